-- The edition's work_rows, counted at the moment of asking: a join of months, rosters and memberships by date. Everything
-- in this ledger is complete, so every running project is judged and rostered.
with month_end as (
    select unnest(generate_series(date_trunc('month', cast($first as date)), date_trunc('month', cast($last as date)),
        interval 1 month)) as month_start
), calendar as (
    select cast(last_day(month_start) as date) as month from month_end
), running as (
    select month, group_place as place, case when $owner_type = '*' then '*' else jenis_pemilik end as owner_type,
        case when $owner = '*' then '*' else pemilik end as owner, case when $fund = '*' then '*' else sumber_dana end as fund,
        kode_proyek, mulai, selesai, tenaga_kerja as declared
    from calendar join ledger.proyek on month between mulai and selesai
    join place_level on place_level.place = proyek.wilayah
    where group_place in (select unnest(cast($places as varchar[])))
        and $owner_type in ('*', '?', jenis_pemilik) and $owner in ('*', '?', pemilik) and $fund in ('*', '?', sumber_dana)
), project_member as (
    select distinct month, person_id, kode_proyek
    from running join ledger.kepesertaan using (kode_proyek)
    where tgl_bayar <= month and kepesertaan.mulai <= month and coalesce(kepesertaan.selesai, running.selesai) >= month
        and segmen = 'JAKON'
), personal_member as (
    select distinct month, person_id
    from calendar join ledger.kepesertaan on tgl_bayar <= month and mulai <= month
    where coalesce(selesai, month) >= month and segmen <> 'JAKON'
), placed as (
    select distinct month, kode_proyek, person_id
    from running join ledger.tenaga_kerja using (kode_proyek)
    where tenaga_kerja.mulai <= month and coalesce(tenaga_kerja.selesai, month) >= month
), placement as (
    select month, kode_proyek, person_id,
        project_member.person_id is not null as is_member,
        project_member.person_id is not null or personal_member.person_id is not null as is_covered
    from placed
    left join project_member using (month, kode_proyek, person_id)
    left join personal_member using (month, person_id)
), roster as (
    select month, kode_proyek, count(*) as persons, count(*) filter (is_covered) as covered,
        count(*) filter (is_member) as members
    from placement group by all
), headcount as (
    select month, kode_proyek, sum(pendaftaran.tenaga_kerja) as headcount
    from (select distinct month, kode_proyek, mulai, selesai from running) as span
    join ledger.pendaftaran using (kode_proyek)
    where tgl_bayar <= month
        and month between coalesce(pendaftaran.mulai, span.mulai) and coalesce(pendaftaran.selesai, span.selesai)
    group by all
), project as (
    select running.*, coalesce(roster.persons, 0) as roster, coalesce(covered, 0) as covered,
        greatest(coalesce(roster.persons, 0), coalesce(declared, 0)) as workers,
        greatest(0, coalesce(headcount, 0) - coalesce(members, 0)) as unnamed
    from running
    left join roster using (month, kode_proyek)
    left join headcount using (month, kode_proyek)
), summed as (
    select place, owner_type, owner, fund, month, count(*) as projects,
        count(*) filter (declared is null and roster = 0) as unsized, sum(workers) as workers, sum(covered) as covered,
        sum(least(workers - roster, unnamed)) as unnamed
    from project group by all
), persons as (
    select place, owner_type, owner, fund, month, count(distinct person_id) as persons,
        count(distinct person_id) filter (not is_covered) as exposed
    from running join placement using (month, kode_proyek)
    group by all
)
select place, owner_type, owner, fund, month, projects as running_projects, projects as judged_projects,
    unsized as unsized_projects, cast(workers as bigint) as workers, cast(covered as bigint) as covered_named,
    cast(unnamed as bigint) as covered_unnamed, cast(workers as bigint) as judged_workers, projects as rostered_projects,
    coalesce(persons, 0) as roster_persons, coalesce(persons - exposed, 0) as protected_persons
from summed left join persons using (place, owner_type, owner, fund, month)
order by place, owner_type, owner, fund, month
