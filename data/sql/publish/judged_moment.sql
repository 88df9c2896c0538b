-- One row is one project of the register at one of its payments, or at the position (payment 0): what the contract said then,
-- and which rules bind it. The deadline counts from the work order; where the owner does the work without one, from its start.
-- Until last_day the work could be protected: the day judged, or the end of the work; on cover_day it must have been.
create temp table judged_moment as
with moment as (
    select kode_proyek, 0 as payment, $as_of as judged_on from live_project join project_register using (project_id)
    union all
    -- A request that is not paid yet would be paid now.
    select kode_proyek, number, coalesce(tgl_bayar, greatest(tgl_permohonan, $as_of)) from edition.payment
), old_version as (
    -- On which day the contract as it now stands was signed nobody says; an older one ends with the next older one's signing.
    select kode_proyek, versi, selesai, nilai_kontrak,
        lead(tgl) over (partition by kode_proyek order by versi, tgl, nilai_kontrak, selesai) as replaced_on
    from edition.addendum
), version_then as (
    select kode_proyek, payment, arg_min_null(old.selesai, versi) filter (judged_on < replaced_on) as selesai,
        -- The least that the contract may have been worth.
        min(old.nilai_kontrak) filter (payment > 0 and (judged_on < replaced_on or replaced_on is null and judged_on <= old.selesai))
            as nilai_kontrak
    from moment join old_version as old using (kode_proyek)
    group by kode_proyek, payment
), bound as (
    select project_id, string_agg(code, ',' order by code) as rules, bool_or(demand = 'payment') as is_payment_demanded
    from (
        select distinct project_id, code, demand
        from live_project as project
        left join fund_payer using (fund)
        join place_level using (place)
        join (select *, unnest(string_split(case when places = '' then '00' else places end, ',')) as bound_place
              from edition.rule where kind = 'wajib') as rule on rule.bound_place = group_place
        where coalesce(tgl_spk, case when cara_pelaksanaan = 'swakelola' then mulai end) >= effective_from
            and (payer is null or not list_contains(string_split(not_for_payers, ','), payer))
    )
    group by project_id
), stated as (
    select project_id, kode_proyek, payment, judged_on, place, owner, mulai, penyedia, cara_pelaksanaan, tenaga_kerja,
        termasuk_ppn, coalesce(tgl_spk, case when cara_pelaksanaan = 'swakelola' then mulai end) as begins,
        coalesce(version_then.selesai, project.selesai) as selesai,
        least(version_then.nilai_kontrak, project.nilai_kontrak) as nilai_kontrak
    from moment join live_project as project using (kode_proyek)
    left join version_then using (kode_proyek, payment)
)
select stated.*, deadline, rules, coalesce(is_payment_demanded, false) as is_payment_demanded,
    least(judged_on, selesai) as last_day, greatest(mulai, least(judged_on, selesai)) as cover_day
from stated left join bound using (project_id) left join work_order_deadline on work_order_deadline.tgl_spk = begins
