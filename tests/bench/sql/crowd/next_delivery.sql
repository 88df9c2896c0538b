-- Every tenth person's memberships turn out to have ended long ago: hardly a count is that of the edition before.
update kepesertaan set mulai = date '2019-01-01', selesai = date '2019-01-31' where person_id % 10 = 0;
