create temp table assumption (personal_covers_project boolean);
create temp table report_source (source varchar, source_rank integer);
create temp table denominator_source (source varchar, source_rank integer);
create temp table fund_payer (fund varchar, payer varchar);
create temp table work_order_deadline (tgl_spk date, deadline date);
