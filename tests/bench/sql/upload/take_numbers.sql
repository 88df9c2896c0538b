-- The synthetic batches took their numbers without asking the ledger for them.
select nextval('batch_number') from batch
