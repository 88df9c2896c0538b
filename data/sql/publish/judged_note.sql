-- One row is what is told beside the result of one judged moment; it decides nothing. Facts are always told, the others where
-- a rule for them is in force. Names are those of the last month end by then.
create temp table judged_note as
with expected as (
    -- What the contract owes by the tariff of its work order's day; a value is taken to hold VAT where the file does not say.
    select project_id, payment, sum(greatest(0, least(base_rp, coalesce(upper_rp, base_rp)) - lower_rp) * (jkk_pct + jkm_pct) / 100)
        as owed_rp
    from (
        select project_id, payment, coalesce(begins, mulai) as tariff_day,
            nilai_kontrak / case when coalesce(termasuk_ppn, true) then 1 + coalesce(pct, 0) / 100 else 1 end as base_rp
        from judged_state left join vat_rate on coalesce(begins, mulai) between vat_rate.effective_from and vat_rate.effective_to
        where nilai_kontrak is not null
    ) join tariff_bracket on tariff_day between effective_from and effective_to
    group by project_id, payment
), flagged as (
    select state.*, month.is_registered and not is_named as has_nameless, owed_rp, kind as place_kind
    from judged_state as state
    join edition.place on place.code = state.place
    left join expected using (project_id, payment)
    asof left join edition.project_month as month on month.kode_proyek = state.kode_proyek and month.month <= state.judged_on
), fact as (
    select project_id, payment, unnest([
        case when is_registered and not is_paid and not is_paid_some_day and rules is not null and not is_payment_demanded
            then 'not_paid' end,
        case when regexp_matches(lower(penyedia), '\bkso\b') then 'kso' end,
        case when cara_pelaksanaan = 'swakelola' then 'swakelola' end,
        case when cara_pelaksanaan = 'darurat' then 'emergency' end,
        case when place_kind = 'provinsi' then 'province_placed' end
    ]) as note
    from flagged
), of_rule as (
    select project_id, payment, code as note
    from flagged join edition.rule on kind = 'catatan' and coalesce(begins, mulai) >= effective_from
    where code = 'headcount_low' and nilai_kontrak > threshold * headcount
        or code = 'registered_at_payment' and payment > 0 and judged_on - registered_on between 0 and threshold
        or code = 'contribution_short' and paid_rp < owed_rp * (1 - threshold / 100)
        or code = 'names_missing' and has_nameless
        or code = 'headcount_below_declared' and headcount < tenaga_kerja * (1 - threshold / 100)
)
select project_id, payment, string_agg(note, ',' order by note) as notes
from (from fact where note is not null union all from of_rule)
group by project_id, payment
