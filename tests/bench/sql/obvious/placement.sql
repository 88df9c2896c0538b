-- One row is one person on one running project at one month end, and whether the person is covered there.
create temp table placement as
with project_cover as (
    select distinct month, person_id, kode_proyek
    from calendar
    join ledger.kepesertaan on tgl_bayar <= month and kepesertaan.mulai <= month
    join ledger.proyek using (kode_proyek)
    where coalesce(kepesertaan.selesai, proyek.selesai) >= month and segmen = 'JAKON'
), personal_cover as (
    select distinct month, person_id
    from calendar
    join ledger.kepesertaan on tgl_bayar <= month and mulai <= month
    where coalesce(selesai, month) >= month and segmen <> 'JAKON'
), placed as (
    select distinct month, person_id, kode_proyek, wilayah, jenis_pemilik, pemilik, sumber_dana
    from calendar
    join ledger.proyek on month between proyek.mulai and proyek.selesai
    join ledger.tenaga_kerja using (kode_proyek)
    where tenaga_kerja.mulai <= month and coalesce(tenaga_kerja.selesai, month) >= month
)
select month, person_id, kode_proyek, '00' as nation, left(wilayah, 2) as province, wilayah as kabupaten, branch_member.branch,
    jenis_pemilik as owner_type, pemilik as owner, sumber_dana as fund,
    project_cover.person_id is not null or personal_cover.person_id is not null as is_covered
from placed
left join edition.branch_member on branch_member.place = placed.wilayah and branch_member.branch like 'branch:%'
left join project_cover using (month, person_id, kode_proyek)
left join personal_cover using (month, person_id)
