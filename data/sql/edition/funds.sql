select distinct work.fund, fund.payer, fund.projects
from work join fund using (fund)
where place = $place and work.owner = '*' and work.owner_type = '*'
order by work.fund
