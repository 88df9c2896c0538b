-- The edition's population_rows, counted at the moment of asking: a join of months and memberships by date. Everything in
-- this ledger is complete, so all counts are of persons.
with month_end as (
    select unnest(generate_series(date_trunc('month', cast($first as date)) - interval 1 month,
        date_trunc('month', cast($last as date)), interval 1 month)) as month_start
), calendar as (
    select cast(last_day(month_start) as date) as month from month_end
), asked as (
    select place, group_place from place_level where group_place in (select unnest(cast($places as varchar[])))
), project_member as (
    select distinct month, person_id, kode_proyek, proyek.wilayah
    from calendar
    join ledger.kepesertaan on tgl_bayar <= month and kepesertaan.mulai <= month
    join ledger.proyek using (kode_proyek)
    where coalesce(kepesertaan.selesai, proyek.selesai) >= month and segmen = 'JAKON'
), active as (
    select distinct group_place, month, person_id
    from (
        select month, person_id, wilayah from project_member
        union all
        select month, person_id, wilayah
        from calendar join ledger.kepesertaan on tgl_bayar <= month and mulai <= month
        where coalesce(selesai, month) >= month and segmen <> 'JAKON' and sektor = 'konstruksi'
    ) join asked on asked.place = wilayah
), turned as (
    select group_place, month, person_id,
        lag(month) over person = last_day(month - interval 1 month) as was_active,
        lead(month) over person = last_day(month + interval 1 day) as stays_active
    from active
    window person as (partition by group_place, person_id order by month)
), counted as (
    select group_place, month, count(*) as named, count(*) filter (was_active is not true) as joined
    from turned group by all
), gone as (
    select group_place, cast(last_day(month + interval 1 day) as date) as month, count(*) as persons
    from turned where stays_active is not true group by all
), headcount as (
    select month, kode_proyek, proyek.wilayah, sum(pendaftaran.tenaga_kerja) as headcount
    from calendar
    join ledger.pendaftaran on tgl_bayar <= month
    join ledger.proyek using (kode_proyek)
    where month between coalesce(pendaftaran.mulai, proyek.mulai) and coalesce(pendaftaran.selesai, proyek.selesai)
    group by all
), unnamed as (
    select group_place, month, sum(greatest(0, headcount - coalesce(named, 0))) as persons
    from headcount
    left join (select month, kode_proyek, count(*) as named from project_member group by all) using (month, kode_proyek)
    join asked on asked.place = wilayah
    group by all
)
select group_place as place, month, cast(coalesce(named, 0) + coalesce(unnamed.persons, 0) as bigint) as numerator,
    0.0::double as half_unit, coalesce(named, 0) as named_persons, cast(coalesce(unnamed.persons, 0) as bigint) as unnamed_headcount,
    coalesce(joined, 0) as new_members, coalesce(gone.persons, 0) as ended_members, 'persons' as origin,
    'Data kepesertaan per orang' as source, month as as_of
from (select distinct group_place from asked) cross join calendar
left join counted using (group_place, month)
left join gone using (group_place, month)
left join unnamed using (group_place, month)
where month between $first and $last
order by place, month
