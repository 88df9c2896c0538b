insert into edition.fund
select fund, fund_payer.payer, count(*)
from live_project left join fund_payer using (fund)
group by fund, fund_payer.payer
order by fund
