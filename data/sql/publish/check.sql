-- One row is one way in which the new edition contradicts the ledger or itself; none is the only good answer.
select 'batch ' || batch_id || ': ' || rows_accepted || ' baris diterima, ' || coalesce(counted, 0) || ' tersimpan' as contradiction
from ledger.batch
left join (
    select batch_id, count(*) as counted from (
        select batch_id from ledger.proyek union all select batch_id from ledger.pendaftaran
        union all select batch_id from ledger.tenaga_kerja union all select batch_id from ledger.kepesertaan
        union all select batch_id from ledger.rekap union all select batch_id from ledger.penduduk_bekerja
        union all select batch_id from ledger.angka_resmi union all select batch_id from ledger.pembayaran
        union all select batch_id from ledger.target)
    group by batch_id
) using (batch_id)
where coalesce(counted, 0) <> rows_accepted
union all
select 'proyek berjalan ' || month || ': ' || running_projects || ' menurut kelompok, ' || running || ' menurut proyek'
from edition.work
join (select month, count(*) as running from project_running group by month) using (month)
where place = '00' and owner_type = '*' and owner = '*' and fund = '*' and running_projects <> running
union all
select 'penempatan ' || month || ' menurut pemilik dan menurut sumber dana berbeda'
from edition.work
where place = '00' and (owner <> '*' and fund = '*' or owner = '*' and owner_type = '*')
group by month
having sum(workers) filter (owner <> '*') <> sum(workers) filter (owner = '*' and fund = '*')
    or sum(workers) filter (owner = '*' and fund <> '*') <> sum(workers) filter (owner = '*' and fund = '*')
union all
select 'terlindungi melebihi yang bekerja: ' || place || ' ' || month
from edition.work
where protected_persons > roster_persons or covered_named + covered_unnamed > judged_workers
union all
select 'proyek satu per satu dan kelompoknya berbeda pada ' || month
from edition.work join edition.activity using (place, owner_type, owner, fund, month)
join (
    select month, coalesce(sum(workers), 0) as workers, coalesce(sum(covered_named + covered_unnamed), 0) as covered,
        count(*) filter (is_registered) as registered
    from edition.project_month
    group by month
) as project using (month)
where place = '00' and owner_type = '*' and owner = '*' and fund = '*'
    and (work.workers, covered_named + covered_unnamed, registered_projects) <> (project.workers, covered, registered)
