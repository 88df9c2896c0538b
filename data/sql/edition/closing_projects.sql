-- What is shown of projects that close a gap, and of those that might.
select project.kode_proyek, project.nama_proyek, project.place, place.name as place_name, project.owner, project.owner_type,
    project.fund, project.payer, project.penyedia, project.telepon_penyedia, project.nilai_kontrak, project.no_spk,
    project.tgl_spk, project.deadline, project.mulai, project.selesai
from project join place on place.code = project.place
where project.kode_proyek in (select unnest(cast($codes as varchar[])))
    and project.place in (select unnest(cast($places as varchar[])))
    and ($owners is null or project.owner in (select unnest(cast($owners as varchar[]))))
