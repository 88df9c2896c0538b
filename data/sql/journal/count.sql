select count(*)
from entry
where (:kind is null or kind = :kind)
    and (:who is null or who = :who)
    and (:first is null or at >= :first)
    and (:last is null or at < :last)
    and (:text is null or instr(lower(who || ' ' || facts), lower(:text)) > 0)
