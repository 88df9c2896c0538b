-- Newest first. The inner query is answered from the index alone unless a text is looked for.
with chosen as (
    select number
    from entry
    where (:kind is null or kind = :kind)
        and (:who is null or who = :who)
        and (:first is null or at >= :first)
        and (:last is null or at < :last)
        and (:text is null or instr(lower(who || ' ' || facts), lower(:text)) > 0)
    order by number desc
    limit :limit offset :offset
)
select number, at, who, role, is_authenticated, kind, facts, previous_hash, hash
from entry join chosen using (number)
order by number desc
