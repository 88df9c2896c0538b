-- One row is one person with an active construction membership at one month end, in the kabupaten/kota where it counts.
create temp table active_member as
select distinct month, person_id, coalesce(proyek.wilayah, kepesertaan.wilayah) as kabupaten, branch_member.branch
from calendar
join ledger.kepesertaan on tgl_bayar <= month and kepesertaan.mulai <= month
left join ledger.proyek on proyek.kode_proyek = kepesertaan.kode_proyek
left join edition.branch_member on branch_member.place = coalesce(proyek.wilayah, kepesertaan.wilayah)
    and branch_member.branch like 'branch:%'
where coalesce(kepesertaan.selesai, proyek.selesai, month) >= month and (segmen = 'JAKON' or sektor = 'konstruksi')
