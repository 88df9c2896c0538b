-- One row says that a place lies in a whole: a kabupaten in its province, branch or group, a province in the nation.
select code as part, parent as whole from place where kind not in ('cabang', 'kelompok') and parent is not null
union all
select place, branch from branch_member
