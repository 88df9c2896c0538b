-- Running projects of one month end by what they have reached, in all ('*') or by owner or fund. A list or text that is null
-- limits nothing. is_pending: the deadline is not over.
select case $by when 'owner' then month.owner when 'fund' then month.fund else '*' end as "group",
    coalesce(project.reason = 'rule_later', false) as is_unbound, coalesce(deadline >= $month, false) as is_pending,
    month.is_registered, is_paid, month.is_on_time, is_named, is_active, count(*) as projects
from project_month as month join project using (kode_proyek)
where month = $month and ($places is null or month.place in (select unnest(cast($places as varchar[]))))
    and ($owners is null or month.owner in (select unnest(cast($owners as varchar[]))))
    and ($fund is null or month.fund = $fund)
group by all
