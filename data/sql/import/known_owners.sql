select pemilik from proyek join live_batch using (batch_id)
union
select pemilik from announced
