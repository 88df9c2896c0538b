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
union all
select 'rekonsiliasi: ' || rows || ' baris untuk ' || projects || ' proyek'
from (select count(distinct kode_proyek) as rows from edition.reconciliation) cross join (select count(*) as projects from edition.project)
where rows <> projects
union all
select 'rekonsiliasi ' || reconciliation.kode_proyek || ': ' || causes || ', ' || counted || ' pendaftaran'
from edition.reconciliation
join (select kode_proyek, count(number) as counted from edition.project left join edition.registration using (kode_proyek)
      group by kode_proyek) using (kode_proyek)
where counted <> registrations or counted > 0 and (contains(causes, 'belum_terdaftar') or contains(causes, 'daftar_pekerja_saja'))
union all
select 'tanpa proyek, tetapi ada dalam daftar: ' || unmatched.kode_proyek
from edition.unmatched semi join edition.project using (kode_proyek)
union all
select 'orang dan laporan ' || place || ' ' || month || ': ' || persons || ', padahal ' || numerator
from edition.count_pair join edition.population using (place, month)
where origin <> 'persons' or persons <> numerator
union all
select 'di beberapa tempat lebih banyak orang daripada di daftar: ' || place || ' ' || month
from (select place, month, sum(persons) as persons from edition.person_places group by place, month)
left join (
    select place, month, roster_persons from edition.work where owner_type = '*' and owner = '*' and fund = '*'
) as listed using (place, month)
where persons > coalesce(roster_persons, 0)
union all
select 'asal angka: kiriman ' || batch_id || ' memberi ' || counted || ' baris, ' || rows_accepted || ' diterima'
from edition.delivery
join (select batch_id, sum(rows) as counted from edition.source_rows group by batch_id) using (batch_id)
where counted > rows_accepted
union all
select 'tenggat ' || activity.month || ': ' || on_time_projects || ' dari ' || due_projects || ' menurut kelompok, ' || on_time
    || ' dari ' || due || ' menurut proyek'
from edition.activity
left join (
    select month, sum(due) as due, sum(on_time) as on_time
    from calendar join (
        select last_day(deadline) as due_month, count(*) as due, count(*) filter (is_on_time) as on_time
        from edition.project
        where tgl_spk is not null
        group by due_month
    ) on due_month between last_day(month - interval 11 month) and month
    group by month
) as project using (month)
where place = '00' and owner_type = '*' and owner = '*' and fund = '*'
    and (due_projects, on_time_projects) <> (coalesce(project.due, 0), coalesce(project.on_time, 0))
union all
select 'tahun berjalan ' || activity.month || ' menurut kelompok dan menurut proyek berbeda'
from edition.activity
left join (
    select calendar.month, sum(registrations) as registrations, sum(payments) as payments
    from calendar join edition.project_flow as flow
        on flow.month between date_trunc('year', calendar.month) and calendar.month
    group by calendar.month
) as project using (month)
where place = '00' and owner_type = '*' and owner = '*' and fund = '*'
    and (activity.registrations, activity.payments) <> (coalesce(project.registrations, 0), coalesce(project.payments, 0))
