-- Where the rows behind a number stand: by delivery, or of one delivery ($batch and $kind) by project, place, source and day.
-- A list or text that is null limits nothing. $frame says which projects the number is about: those that run at $last, whose
-- deadline falls, that were registered or paid for, or were at work between $first and $last; 'people' and 'stated' are about
-- no chosen projects. $ever: rows that ended before $first bear on it as well.
with chosen as (
    select kode_proyek from project_month where $frame = 'running' and month = $last
    union all
    select kode_proyek from project where $frame = 'due' and tgl_spk is not null and deadline between $first and $last
    union all
    select kode_proyek from project_flow where $frame = 'registered' and registrations > 0 and month between $first and $last
    union all
    select kode_proyek from project_flow where $frame = 'paid' and payments > 0 and month between $first and $last
    union all
    select kode_proyek from project where $frame = 'at_work' and mulai <= $last and selesai >= $first
), bearing as (
    select *, $batch is not null as is_one
    from source_rows
    where kind in (select unnest(cast($kinds as varchar[])))
        and ($batch is null or batch_id = $batch)
        and place in (select unnest(cast($places as varchar[])))
        and ($owners is null or owner in (select unnest(cast($owners as varchar[]))))
        and ($fund is null or fund = $fund)
        and ($source is null or source = $source)
        and (kode_proyek is not null or $sectors is null or sector in (select unnest(cast($sectors as varchar[]))))
        and first_day <= $last and ($ever or kind = 'proyek' and $frame <> 'people' or last_day >= $first)
        and ($frame in ('people', 'stated') or kode_proyek in (select kode_proyek from chosen))
), counted as (
    select batch_id, kind, case when is_one then kode_proyek end as kode_proyek, case when is_one then place end as place,
        case when is_one then owner end as owner, case when is_one then sector end as sector, case when is_one then source end as source,
        count(distinct kode_proyek) as projects, cast(sum(rows) as bigint) as rows, min(first_row) as first_row,
        max(last_row) as last_row, min(first_day) as first_day, max(last_day) as last_day
    from bearing
    group by all
)
select batch_id, counted.kind, delivery.file_name, data_as_of, kode_proyek, nama_proyek, projects, rows, first_row, last_row, first_day,
    last_day, sector, source, place.name as place_name, count(*) over () as total,
    cast(sum(rows) over () as bigint) as total_rows
from counted join delivery using (batch_id)
left join project using (kode_proyek) left join place on place.code = counted.place
order by batch_id desc, kind, first_row, kode_proyek
limit $limit offset $offset
