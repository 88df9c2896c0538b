-- One row is one kabupaten/kota and month in which its registrations are completely known: the registrations of that date.
with known as (
    select place, month
    from activity
    where owner_type = '*' and owner = '*' and fund = '*' and running_projects > 0
        and registration_known_projects = running_projects
        and place in (select unnest(cast($places as varchar[]))) and month between $first and $last
), counted as (
    select place, cast(last_day(tgl_daftar) as date) as month, count(*) as registrations
    from registration
    where place in (select unnest(cast($places as varchar[])))
    group by all
)
select known.place, place.name as place_name, month, coalesce(registrations, 0) as registrations
from known left join counted using (place, month) join place on place.code = known.place
where place.kind in ('kabupaten', 'kota')
order by known.place, month
