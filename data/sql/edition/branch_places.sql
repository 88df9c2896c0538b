select place from branch_member where branch = $branch order by place
