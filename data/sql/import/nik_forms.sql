-- What a NIK is made of: where it was issued, the birth date DDMMYY in either century (40 is added to a woman's day),
-- a serial from 0001.
create or replace temp macro nik_month_day(nik) as
    '-' || substr(nik, 9, 2) || '-'
        || lpad(cast(cast(substr(nik, 7, 2) as integer)
            - case when substr(nik, 7, 2) > '40' then 40 else 0 end as varchar), 2, '0');
create or replace temp macro nik_has_birth_date(nik) as
    try_cast('19' || substr(nik, 11, 2) || nik_month_day(nik) as date) is not null
    or try_cast('20' || substr(nik, 11, 2) || nik_month_day(nik) as date) is not null;
create or replace temp macro nik_has_region(nik) as left(nik, 4) in (select region from nik_region);
create or replace temp macro nik_has_serial(nik) as right(nik, 4) <> '0000';
