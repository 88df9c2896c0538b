-- Of each owner and each contractor in each place: its projects, and the files that they stand in. Null limits nothing.
with seen as (
    select owner, penyedia, place, file_name, mulai
    from project
    where ($places is null or place in (select unnest(cast($places as varchar[]))))
        and ($owners is null or owner in (select unnest(cast($owners as varchar[]))))
), named as (
    select 'pemilik' as field, owner as name, place, file_name, mulai from seen
    union all
    select 'penyedia', penyedia, place, file_name, mulai from seen where penyedia is not null
)
select field, name, place, count(*) as projects, list(distinct file_name order by file_name) as files, min(mulai) as first,
    max(mulai) as last
from named
group by field, name, place
order by field, name, place
