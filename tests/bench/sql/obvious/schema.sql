create table obvious.work (place varchar, owner_type varchar, owner varchar, fund varchar, month date,
    roster_persons bigint, protected_persons bigint, covered_named bigint);
create table obvious.members (place varchar, month date, named_persons bigint, new_members bigint, ended_members bigint);
