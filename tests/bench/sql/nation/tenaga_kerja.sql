-- Three stays a person. Two persons of three stay with one owner; the others go wherever in the nation work is.
insert into tenaga_kerja
with drawn as (
    select i, i % $persons as person,
        case when (i % $persons) % 3 < 2 then hash((i % $persons) + 11) % $projects + (i // $persons) * $owners
            else hash(i + 13) end % $projects as project
    from range(3 * $persons) as t (i)
)
select 3, i + 2, date '2025-06-30', 1 + person, kode_proyek,
    mulai + cast(hash(i + 17) % 25 as integer),
    case when hash(i + 19) % 4 > 0 then mulai + 25 + cast(hash(i + 23) % 300 as integer) end
from drawn join proyek on proyek.row_number = project + 2
