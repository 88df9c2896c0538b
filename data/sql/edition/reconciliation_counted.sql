-- Projects of a scope by the probable cause of what differs. A list or text that is null limits nothing.
select cause, count(*) as rows,
    sum(owed_rp - contribution_rp) filter (cause in ('iuran_belum_dibayar', 'iuran_sebelum_adendum', 'iuran_kurang')) as lacking_rp
from reconciliation
where ($places is null or place in (select unnest(cast($places as varchar[]))))
    and ($owners is null or owner in (select unnest(cast($owners as varchar[]))))
    and ($fund is null or fund = $fund)
group by cause
order by cause
