-- Those past their limits, and of one account all but its newest.
delete from session
where opened_at <= :opened_before
    or seen_at <= :seen_before
    or id in (select id from session where account = :name order by opened_at desc, rowid desc limit -1 offset :most)
