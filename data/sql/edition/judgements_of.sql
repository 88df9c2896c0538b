-- The rows of one project.
select payment, judged_on, result, reason, late_days, unprotected_days, days_left, is_registered, notes, rules
from judgement
where kode_proyek = $code and ($places is null or place in (select unnest(cast($places as varchar[]))))
    and ($owners is null or owner in (select unnest(cast($owners as varchar[]))))
order by payment
