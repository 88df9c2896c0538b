-- One row is one version of a target: the one in force as the latest live delivery states it, superseded ones as earlier did.
-- A delivery that repeats the version before adds none. A unit is a Kemendagri code, or a branch or group by its name or code.
insert into edition.target
with named as (
    select code, unnest([code, lower(name)]) as unit from edition.place where kind in ('cabang', 'kelompok')
    union all
    select code, code from edition.place where kind not in ('cabang', 'kelompok')
), placed as (
    select unit, min(code) as place from named group by unit
), stated as (
    select target.unit, place, coalesce(place, lower(target.unit)) as whose, tahun, indikator, segmen, sektor, jenis_hitungan, nilai,
        satuan, penerbit, dokumen, target.data_as_of, batch_id, file_name
    from (
        select target.* replace (coalesce(alias.name, unit) as unit)
        from ledger.target left join edition.alias on alias.field = 'unit' and alias.written = unit
    ) as target
    join ledger.live_batch using (batch_id) join ledger.batch using (batch_id)
    left join placed on placed.unit = lower(target.unit)
    qualify row_number() over (
        partition by whose, tahun, indikator, segmen, sektor, jenis_hitungan, penerbit, batch_id
        order by target.data_as_of desc, row_number) = 1
), compared as (
    select *, (nilai, satuan, dokumen) is not distinct from lag((nilai, satuan, dokumen)) over one_target as is_repeated
    from stated
    window one_target as (
        partition by whose, tahun, indikator, segmen, sektor, jenis_hitungan, penerbit order by data_as_of, batch_id)
)
select unit, place, tahun, indikator, segmen, sektor, jenis_hitungan, nilai, satuan, penerbit, dokumen, data_as_of, file_name,
    lead(true, 1, false) over one_target
from compared
where not is_repeated
window one_target as (
    partition by whose, tahun, indikator, segmen, sektor, jenis_hitungan, penerbit order by data_as_of, batch_id)
order by all
