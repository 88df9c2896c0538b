-- The target as the latest live delivery states it. A unit is a Kemendagri code, or a branch or group by its name or code.
insert into edition.target
with winner as (
    select unit, tahun, indikator, segmen, sektor, jenis_hitungan, nilai, satuan, penerbit, dokumen, target.data_as_of, file_name
    from ledger.target join ledger.live_batch using (batch_id) join ledger.batch using (batch_id)
    qualify row_number() over (
        partition by unit, tahun, indikator, segmen, sektor, jenis_hitungan, penerbit
        order by target.data_as_of desc, target.batch_id desc) = 1
), named as (
    select code, unnest([code, lower(name)]) as unit from edition.place where kind in ('cabang', 'kelompok')
    union all
    select code, code from edition.place where kind not in ('cabang', 'kelompok')
)
select winner.unit, any_value(named.code order by named.code), tahun, indikator, segmen, sektor, jenis_hitungan, nilai, satuan,
    penerbit, dokumen, data_as_of, file_name, false
from winner left join named on named.unit = lower(winner.unit)
group by winner.unit, tahun, indikator, segmen, sektor, jenis_hitungan, nilai, satuan, penerbit, dokumen, data_as_of, file_name
order by all
