-- How the text of a cell becomes a value, a macro for each reading in data/importers/kinds.py.
-- chr(2) begins what a workbook holds as a number, date or boolean.
create or replace temp macro read_text(cell) as ltrim(cell, chr(2));
create or replace temp macro read_identifier(cell) as ltrim(cell, chr(2));
-- Sixteen digits fit a bigint; what fails the rules below never gets further than this table.
create or replace temp macro read_nik(cell) as
    case when regexp_full_match(cell, '[1-9][0-9]{15}') then try_cast(cell as bigint) end;
-- A person as contractor loses the name. A firm shows by a legal form before its name, or behind it after a comma;
-- forms that resemble neither a name, nor initials, nor a degree (S. Pt) may follow without one. Nothing else is kept.
create or replace temp macro read_contractor(cell) as
    case
        when cell is null then null
        when regexp_matches(upper(ltrim(cell, chr(2))),
            '^[^A-Z0-9]*('
            || 'P\.T|C\.V|PT|CV|UD|PD|FA|FIRMA|KSO|KERJA SAMA OPERASI|KOPERASI|PERUM|PERUMDA|PERSERODA|YAYASAN|BUMDES|BUMDESA|BUMN|BUMD'
            || '|POKMAS|KELOMPOK|SWAKELOLA|UPTD|DINAS|LEMBAGA|UNIVERSITAS'
            || '|BALAI (BESAR|WILAYAH|PELAKSANA|PELAKSANAAN|PENGELOLA|TEKNIK|TEKNOLOGI|PRASARANA|PENGUJIAN|LATIHAN)'
            || ')([^A-Z''`\x{2019}]|$)')
            or regexp_matches(upper(ltrim(cell, chr(2))),
                '(,[ ]*(PT|CV|UD|FIRMA|KSO|TBK|LTD|INC|KOPERASI)|[A-Z]{2}[.)]? +(PT|CV|KSO|TBK|LTD|[(]PERSERO[)]))\.?$')
            then ltrim(cell, chr(2))
        else 'Perseorangan'
    end;
-- The telephone number of an office. What holds words may name a person, what is longer may be a NIK: neither is kept.
create or replace temp macro read_phone(cell) as
    case when length(regexp_replace(cell, '[^0-9]', '', 'g')) between 5 and 14
        and regexp_full_match(ltrim(cell, chr(2)), '[+0-9(][0-9 ()./-]*') then ltrim(cell, chr(2)) end;
create or replace temp macro read_place(cell) as (select value from lexicon_place where text = cell);
create or replace temp macro read_fund(cell) as (select value from lexicon_fund where text = cell);
create or replace temp macro read_owner_type(cell) as (select value from lexicon_owner_type where text = cell);
create or replace temp macro read_work_mode(cell) as (select value from lexicon_work_mode where text = cell);
create or replace temp macro read_segment(cell) as (select value from lexicon_segment where text = cell);
create or replace temp macro read_official_segment(cell) as
    (select value from lexicon_official_segment where text = cell);
create or replace temp macro read_sector(cell) as (select value from lexicon_sector where text = cell);
create or replace temp macro read_sector_or_all(cell) as (select value from lexicon_sector_or_all where text = cell);
create or replace temp macro read_date(cell) as (select value from lexicon_date where text = cell);
create or replace temp macro read_month_end(cell) as (select value from lexicon_month_end where text = cell);
create or replace temp macro read_money_rp(cell) as (select value from lexicon_money_rp where text = cell);
create or replace temp macro read_count(cell) as (select value from lexicon_count where text = cell);
create or replace temp macro read_percent(cell) as (select value from lexicon_percent where text = cell);
create or replace temp macro read_boolean(cell) as (select value from lexicon_boolean where text = cell);
create or replace temp macro read_year(cell) as (select value from lexicon_year where text = cell);
create or replace temp macro read_number(cell) as (select value from lexicon_number where text = cell);
create or replace temp macro read_unit(cell) as (select value from lexicon_unit where text = cell);
