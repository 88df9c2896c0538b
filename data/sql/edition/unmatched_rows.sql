-- Rows that belong to no project of the register, as far as they were declared for these places and owners; null limits nothing.
select kind, reason, kode_proyek, no_spk, no_proyek_bpjs, npp, day, amount_rp, headcount, rows, place, owner, batch_id, file_name,
    row_number
from unmatched
where ($places is null or place in (select unnest(cast($places as varchar[]))))
    and ($owners is null or owner in (select unnest(cast($owners as varchar[]))))
order by kind, kode_proyek nulls last, no_spk nulls last, day, batch_id, row_number
