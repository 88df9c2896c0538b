select distinct pemilik from proyek join live_batch using (batch_id)
