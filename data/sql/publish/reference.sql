create temp table assumption (personal_covers_project boolean);
create temp table report_source (source varchar, source_rank integer);
create temp table denominator_source (source varchar, source_rank integer);
create temp table fund_payer (fund varchar, payer varchar);
create temp table work_order_deadline (tgl_spk date, deadline date);
-- number: how many working days there are up to this day; the n-th after a day has its number plus n, and is the first so.
create temp table working_day (day date, number integer);
create temp table tariff_bracket (effective_from date, effective_to date, lower_rp bigint, upper_rp bigint,
    jkk_pct decimal(9, 6), jkm_pct decimal(9, 6));
create temp table vat_rate (effective_from date, effective_to date, pct decimal(9, 6));
