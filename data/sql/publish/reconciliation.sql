-- Each project of the register beside its registrations and payments. A difference is told only where the data can tell it: no
-- registration where registrations are completely known, an amount beyond what every reading of the contract allows.
insert into edition.reconciliation
with ordered as (
    -- Marks between the parts of a number, capitals and leading zeros are written as one likes.
    select kode_proyek,
        regexp_replace(trim(regexp_replace(lower(no_spk), '[^a-z0-9]+', '/', 'g'), '/'), '(^|/)0+([0-9])', '\1\2', 'g') as number
    from edition.project
    where no_spk is not null
), same_order as (
    select ordered.kode_proyek, min(other.kode_proyek) as same_order
    from ordered join ordered as other using (number)
    where other.kode_proyek <> ordered.kode_proyek and number <> ''
    group by ordered.kode_proyek
), bracket as (
    -- A relief, cheaper than the tariffs before and after it, had conditions that no data tell of: paying in full is right too.
    select effective_from, effective_to, lower_rp, coalesce(upper_rp, 9e17) as upper_rp, jkk_pct + jkm_pct as pct,
        greatest(pct, case when before is not null and after is not null then least(before, after) end) as full_pct
    from (
        select *, lag(jkk_pct + jkm_pct) over by_date as before, lead(jkk_pct + jkm_pct) over by_date as after
        from tariff_bracket
        window by_date as (partition by lower_rp order by effective_from)
    )
), contract as (
    select kode_proyek, nilai_kontrak, termasuk_ppn, coalesce(tgl_spk, mulai) as signed_on, true as is_present from edition.project
    union all
    select kode_proyek, old.nilai_kontrak, termasuk_ppn, coalesce(tgl_spk, mulai), false
    from edition.addendum as old join edition.project using (kode_proyek)
    where old.nilai_kontrak <> project.nilai_kontrak
), base as (
    -- Where the file does not say, the value may hold VAT or not.
    select kode_proyek, signed_on, is_present, nilai_kontrak,
        nilai_kontrak / case when coalesce(termasuk_ppn, true) then 1 + coalesce(pct, 0) / 100 else 1 end as least_rp,
        nilai_kontrak / case when coalesce(termasuk_ppn, false) then 1 + coalesce(pct, 0) / 100 else 1 end as most_rp,
        cast(nilai_kontrak as decimal(29, 2))
            * cast(case when coalesce(termasuk_ppn, false) then 1 else 1 + coalesce(pct, 0) / 100 end as decimal(9, 6)) as payable_rp
    from contract left join vat_rate on signed_on between vat_rate.effective_from and vat_rate.effective_to
    where nilai_kontrak is not null
), owed as (
    select kode_proyek, is_present, nilai_kontrak, payable_rp,
        round(sum(greatest(0, least(least_rp, upper_rp) - lower_rp) * pct / 100)) as owed_rp,
        round(sum(greatest(0, least(most_rp, upper_rp) - lower_rp) * full_pct / 100)) as owed_most_rp
    from base join bracket on signed_on between effective_from and effective_to
    group by kode_proyek, is_present, nilai_kontrak, payable_rp
), at_once as (
    select one.kode_proyek, one.number,
        case when count(other.tenaga_kerja) = count(*) then sum(other.tenaga_kerja) end as headcount, count(*) as together
    from edition.registration as one join edition.registration as other
        on other.kode_proyek = one.kode_proyek and one.cover_from between other.cover_from and other.cover_to
    group by one.kode_proyek, one.number
), registered as (
    select kode_proyek, count(*) as registrations, min(tgl_daftar) as registered_on,
        case when count(*) filter (iuran_dibayar is null and (tgl_bayar is not null or no_sertifikat is not null)) = 0
            then coalesce(sum(iuran_dibayar), 0) end as contribution_rp
    from edition.registration
    group by kode_proyek
), peak as (
    select kode_proyek, case when count(headcount) = count(*) then max(headcount) end as headcount from at_once group by kode_proyek
), paid as (
    select kode_proyek, count(*) as payments, min(tgl_bayar) as first_paid_on, min(number) as first_number, sum(jumlah) as paid_rp
    from edition.payment
    where tgl_bayar is not null
    group by kode_proyek
), roster as (
    select project_id, max(roster_persons) as roster_persons from project_roster_total group by project_id
), beside as (
    select kode_proyek, project.place, project.owner, project.fund, project.result = 'belum_jatuh_tempo' as is_open, same_order,
        project.is_registered, coalesce(registrations, 0) as registrations, registered_on, contribution_rp, owed.owed_rp,
        owed.owed_most_rp,
        peak.headcount, coalesce(project.tenaga_kerja, nullif(roster_persons, 0)) as expected_workers,
        nullif(roster_persons, 0) as roster_persons, coalesce(payments, 0) as payments, first_paid_on, paid_rp, owed.payable_rp,
        not first_payment.is_registered and registered_on is not null as is_registered_after,
        $rounding_rp * greatest(1, coalesce(registrations, 0)) as rounding_rp
    from edition.project join (select project_id, kode_proyek from live_project) using (kode_proyek)
    left join same_order using (kode_proyek)
    left join owed on owed.kode_proyek = project.kode_proyek and is_present
    left join registered using (kode_proyek)
    left join peak using (kode_proyek)
    left join paid using (kode_proyek)
    left join roster using (project_id)
    left join edition.judgement as first_payment
        on first_payment.kode_proyek = project.kode_proyek and first_payment.payment = first_number
), former as (
    -- Exactly what an earlier value of the contract owed, by one reading or the other.
    select kode_proyek, max(earlier.owed_rp) as owed_before_rp
    from beside join owed as earlier using (kode_proyek)
    where not is_present and contribution_rp > 0
        and contribution_rp between earlier.owed_rp - rounding_rp and earlier.owed_most_rp + rounding_rp
    group by kode_proyek
), headcount_rule as (
    select max(threshold) as tolerated_pct from edition.rule where code = 'headcount_below_declared'
), judged as (
    select beside.*, owed_before_rp, concat_ws(',',
        case when same_order is not null then 'spk_ganda' end,
        case when not is_registered and not is_open and roster_persons > 0 then 'daftar_pekerja_saja' end,
        case when not is_registered and not is_open and roster_persons is null then 'belum_terdaftar' end,
        case when is_registered_after then 'daftar_sesudah_bayar' end,
        case when paid_rp > payable_rp + $rounding_rp then 'bayar_melebihi_kontrak' end,
        case when contribution_rp = 0 and is_open then null
            when contribution_rp = 0 and owed_rp > rounding_rp then 'iuran_belum_dibayar'
            when contribution_rp < owed_rp - rounding_rp and owed_before_rp is not null then 'iuran_sebelum_adendum'
            when contribution_rp < owed_rp - rounding_rp then 'iuran_kurang'
            when contribution_rp > owed_most_rp + rounding_rp then 'iuran_lebih' end,
        case when abs(headcount - expected_workers) > expected_workers * tolerated_pct / 100 then 'tenaga_kerja_beda' end) as causes
    from beside left join former using (kode_proyek) cross join headcount_rule
)
select kode_proyek, place, owner, fund,
    case when causes <> '' then split_part(causes, ',', 1) when is_registered is null then 'belum_diketahui'
        when is_open and (not is_registered or contribution_rp = 0) then 'belum_jatuh_tempo' else 'cocok' end, causes,
    same_order, is_registered, registrations, registered_on, contribution_rp, owed_rp, owed_most_rp, owed_before_rp, headcount,
    expected_workers, roster_persons, payments, first_paid_on, paid_rp, payable_rp
from judged
order by kode_proyek
