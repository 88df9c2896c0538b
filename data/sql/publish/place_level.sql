-- One row says that what lies in `place` also counts in `group_place`: itself, its province, the nation, its branches.
create temp table place_level as
select code as place, code as group_place from edition.place where kind not in ('cabang', 'kelompok')
union all
select code, parent from edition.place where parent is not null and kind not in ('cabang', 'kelompok')
union all
select kab.code, prov.parent from edition.place as kab join edition.place as prov on prov.code = kab.parent
where kab.kind not in ('cabang', 'kelompok') and prov.parent is not null
union all
select place, branch from edition.branch_member
