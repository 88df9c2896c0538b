-- A text or identifier that is kept in clear holds a NIK: sixteen digits, perhaps in groups, that could be one. Longer
-- runs are codes. The digits before and after a NIK may be other groups, so every row of whole groups is looked at.
insert into found
with suspect as (
    select distinct {column} as cell
    from staged
    where length({column}) between 16 and $max_chars
        and regexp_matches({column}, '(?:[0-9][ .-]*){16}')
), run as (
    select cell, unnest(regexp_extract_all(cell, '[0-9][0-9 .-]*[0-9]')) as digits
    from suspect
), grouped as (
    select cell, regexp_extract_all(digits, '[0-9]+') as parts
    from run
), started as (
    select cell, parts, unnest(range(1, len(parts) + 1)) as first_part
    from grouped
), spanned as (
    select cell, array_to_string(parts[first_part:last_part], '') as nik
    from started
    cross join lateral (select unnest(range(first_part, least(first_part + 16, len(parts) + 1)))) as ends (last_part)
), holding as (
    select distinct cell
    from spanned
    where length(nik) = 16 and nik_has_region(nik) and nik_has_birth_date(nik) and nik_has_serial(nik)
)
select staged.row_number, $column, 'nik_di_kolom_lain', ltrim(staged.{column}, chr(2)), null
from staged
join holding on holding.cell = staged.{column}
