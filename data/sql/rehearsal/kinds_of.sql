select distinct kind from batch where batch_id in (select unnest($batches))
