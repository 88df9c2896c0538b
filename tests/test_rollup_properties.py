"""Whatever the deliveries, a published edition is what the naive twin counts.

An example costs about a second, most of it the edition: CAKUPAN_EXAMPLES=20 runs twenty times as many.
"""

import os
import tempfile
from datetime import date
from itertools import product
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from analytics import compute, provenance
from analytics.compute import Scope
from analytics.counting import BY_PROJECT, COUNTED
from data.editions import current_edition, publish
from data.home import Home
from data.ledger import undo
from tests import naive, naive_origin, naive_persons, naive_projects
from tests.strategies import renumbered, with_undone, without_undone, worlds
from tests.worlds import load_world

TABLES = (
    "population",
    "sector_members",
    "work",
    "activity",
    "project",
    "registration",
    "project_flow",
    "project_month",
    "owner",
    "fund",
    "vintage",
    "official_figure",
    "place",
    "branch_member",
    "source_rows",
    "person_places",
)
SPLITS = [{"partitions": 1, "block_months": 60}, {"partitions": 3, "block_months": 7}]
SCOPES = ["00", "16", "16.71", "16.02", "93", "branch:kota", "branch:musi", "group:satu"]


def property_of_worlds(examples):
    return settings(
        max_examples=examples * int(os.environ.get("CAKUPAN_EXAMPLES", "1")),
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )


def in_new_home(world, check, **split):
    """`check(home, tables)` on the edition of the world, published in a home of its own."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        load_world(home, world)
        return check(home, published(home, world["as_of"], **split))


def published(home, as_of, **split):
    number = publish(home, as_of=as_of, **split)
    with duckdb.connect(str(home.editions_dir / f"{number:06d}.duckdb"), read_only=True) as edition:
        return {table: rows_of(edition, table) for table in TABLES}


def rows_of(edition, table):
    result = edition.execute(f"select * from {table}")
    names = [column[0] for column in result.description]
    return sorted((dict(zip(names, row, strict=True)) for row in result.fetchall()), key=repr)


def only_tables(_home, tables):
    return tables


def described(world):
    """The deliveries without blank columns, for reading a failing example."""
    lines = [f"as_of {world['as_of']}, personal covers {world['personal_covers_project']}"]
    for batch in world["batches"]:
        lines.append(str({key: value for key, value in batch.items() if value is not None}))
        rows = [row for row in world["rows"][batch["kind"]] if row["batch_id"] == batch["batch_id"]]
        lines += ["    " + str({key: value for key, value in row.items() if value is not None}) for row in rows]
    return "\n".join(lines)


def by_key(rows, key):
    found = {key(row): row for row in rows}
    assert len(found) == len(rows), "two rows of one group"
    return found


def owner_group(row):
    if row["owner"] != "*":
        return ("pemilik", row["owner"])
    return naive.ALL if row["owner_type"] == "*" else ("jenis", row["owner_type"])


def assert_same_population(rows, world):
    expected = naive.population(world, first=min((row["month"] for row in rows), default=None))
    found = by_key(rows, lambda row: (row["place"], row["month"]))
    assert sorted(found) == sorted(expected)
    for key, row in expected.items():
        unstated = {column for column in ("source", "as_of") if row[column] is None}
        assert {column: found[key][column] for column in row.keys() - unstated} == {
            column: value for column, value in row.items() if column not in unstated
        }, key


def assert_same_sectors(rows, expected):
    found = by_key(rows, lambda row: (row["place"], row["sector"], row["month"]))
    assert sorted(found) == sorted(expected)
    for key, row in expected.items():
        unstated = {column for column in ("source", "as_of") if row[column] is None}
        assert {column: found[key][column] for column in row.keys() - unstated} == {
            column: value for column, value in row.items() if column not in unstated
        }, key


def assert_same_groups(rows, expected):
    found = by_key(rows, lambda row: (row["place"], owner_group(row), row["fund"], row["month"]))
    assert sorted(found) == sorted(expected)
    for key, row in expected.items():
        assert {column: found[key][column] for column in row} == row, key


def assert_same_projects(rows, column, expected):
    found = by_key(rows, lambda row: (row["kode_proyek"], row[column]))
    assert sorted(found) == sorted(expected)
    for key, row in expected.items():
        assert {name: found[key][name] for name in row} == row, key


def assert_projects_add_up(tables):
    """What the nation's groups say of all projects is the sum over single ones."""
    for m in {row["month"] for row in tables["project_month"]}:
        projects = [row for row in tables["project_month"] if row["month"] == m]
        [work] = of_all(tables["work"], m)
        assert work["running_projects"] == len(projects)
        assert work["workers"] == sum(row["workers"] or 0 for row in projects)
        assert work["covered_named"] == sum(row["covered_named"] or 0 for row in projects)
        assert work["covered_unnamed"] == sum(row["covered_unnamed"] or 0 for row in projects)
        assert work["judged_projects"] == sum(row["is_judged"] for row in projects)
        assert work["unsized_projects"] == sum(row["workers"] is None for row in projects)
        [activity] = of_all(tables["activity"], m)
        assert activity["registered_projects"] == sum(row["is_registered"] is True for row in projects)
        assert activity["registration_known_projects"] == sum(row["is_registered"] is not None for row in projects)


def of_all(rows, m):
    return [
        row for row in rows if (row["place"], owner_group(row), row["fund"], row["month"]) == ("00", naive.ALL, "*", m)
    ]


@property_of_worlds(8)
@given(worlds(), st.sampled_from(SPLITS), st.sampled_from(SCOPES), st.data())
def test_cubes_and_indicators_are_what_the_twin_counts(world, split, place, data):
    months = naive.months(world)
    month = data.draw(st.sampled_from(months or [date(2024, 2, 29)]))
    note(described(world))

    def check(home, tables):
        assert_same_population(tables["population"], world)
        members = naive.sector_members(world)
        assert_same_sectors(tables["sector_members"], members)
        assert_same_groups(tables["work"], naive.work(world))
        activity = naive.activity(world)
        assert_same_groups(tables["activity"], activity)
        assert_same_projects(tables["project_month"], "month", naive_projects.project_months(world))
        assert_same_projects(tables["registration"], "number", naive_projects.registrations(world))
        assert_same_projects(tables["project_flow"], "month", naive_projects.project_flows(world))
        assert_same_deadlines(tables["project"], naive_projects.on_time(world))
        assert_projects_add_up(tables)
        assert_same_origins(tables["source_rows"], naive_origin.source_rows(world))
        assert tables["person_places"] == naive_persons.person_places(world)
        assert_same_activity(current_edition(home), activity, month, place)
        assert_same_indicators(current_edition(home), world, month, place)
        assert_same_sector_splits(current_edition(home), world, members, month, place)
        if months:
            assert_origins_add_up(current_edition(home), month, place)

    in_new_home(world, check, **(split if len(months) < 12 else SPLITS[0]))


def assert_same_deadlines(projects, expected):
    found = {row["kode_proyek"]: row["is_on_time"] for row in projects}
    assert {code: found[code] for code in expected} == expected


def assert_origins_add_up(edition, month, place):
    """Parts add up to the numerator, the rows of each delivery to its count, projects to the number."""
    for measure in COUNTED:
        for origin in provenance.origin(edition, provenance.Asked(measure, month, Scope(place))):
            if origin.row.numerator is None:
                continue
            assert sum(part.amount or 0 for part in origin.parts_of("numerator")) == origin.row.numerator, measure
            for behind in origin.deliveries:
                page = provenance.delivery_rows(edition, origin.asked, origin.row, behind, limit=1000)
                assert sum(row.rows for row in page.found) == page.rows == behind.rows, (measure, behind)
            if measure in BY_PROJECT:
                listed = provenance.counted_projects(edition, origin.asked, limit=1000)
                sums = (listed.numerator or 0, listed.denominator)
                assert sums == (origin.row.numerator, origin.row.denominator), measure
                assert (sum(row.numerator or 0 for row in listed.found), len(listed.found)) == (sums[0], listed.total)


def assert_same_indicators(edition, world, m, place):
    for code in (*naive.POPULATION_INDICATORS, *naive.WORK_INDICATORS):
        [row] = compute.rows(edition, code, m, Scope(place=place))
        assert_same_row(row, naive.indicator(world, code, m, place), (code, place))
    assert_same_sector_indicators(edition, world, m, place)
    for code in naive.WORK_INDICATORS:
        for split in ("owner_type", "owner", "fund"):
            assert_same_split(edition, world, m, code, place, split)


def assert_same_sector_indicators(edition, world, m, place):
    for sector in ("konstruksi", naive.ALL_SECTORS, "perdagangan"):
        scope = Scope(place=place, sector=sector)
        attained = compute.rows(edition, "target_attainment", m, scope)
        found = {
            (row.target.issuer, row.target.segment, row.target.sector): row.value for row in attained if row.target
        }
        assert found == pytest.approx(naive.attainments(world, m, place, sector))
        for code in naive.SECTOR_INDICATORS if sector != "konstruksi" else ():
            [row] = compute.rows(edition, code, m, scope)
            assert_same_row(row, naive.sector_indicator(world, code, m, place, sector), (code, place, sector))


def assert_same_sector_splits(edition, world, members, m, place):
    for code, by in product(naive.SECTOR_INDICATORS, ("place", "branch")):
        for row in compute.rows(edition, code, m, Scope(place=place, sector=naive.ALL_SECTORS), by):
            assert row.numerator == members.get((row.group, naive.ALL_SECTORS, m), {}).get("numerator")
    assert compute.sectors(edition, place) == _sectors_told(world, members, place)
    for code in naive.SECTOR_INDICATORS:
        for row in compute.rows(edition, code, m, Scope(place=place), "sector"):
            [alone] = compute.rows(edition, code, m, Scope(place=place, sector=row.group))
            assert (row.value, row.status, row.sector) == (alone.value, alone.status, alone.sector)


def _sectors_told(world, members, place):
    """Construction, all sectors, and the others by name, that have a count or an estimate of the place."""
    told = {sector for where, sector, _ in members if where == place}
    settled = naive.settled(world)
    for sector in (naive.ALL_SECTORS, *naive.SECTORS):
        if any(where == place for where, _, _ in naive.vintages(settled, sector)):
            told.add(sector)
    return ["konstruksi", *sorted(told - {"konstruksi"}, key=lambda sector: (sector != naive.ALL_SECTORS, sector))]


def assert_same_split(edition, world, m, code, place, split):
    groups = {
        key[1] if split == "fund" else key[0][1]: key
        for where, *key in naive.MonthEnd(naive.settled(world), m).work()
        if where == place and _is_of_split(key, split)
    }
    rows = {row.group: row for row in compute.rows(edition, code, m, Scope(place=place), by=split)}
    assert rows.keys() >= groups.keys()
    for group, (owner, fund) in groups.items():
        assert_same_row(rows[group], naive.indicator(world, code, m, place, owner, fund), (code, place, group))


def assert_same_activity(edition, activity, m, place):
    for code in naive.ACTIVITY_INDICATORS:
        [row] = compute.rows(edition, code, m, Scope(place=place))
        assert_same_row(row, naive.activity_indicator(code, activity.get((place, naive.ALL, "*", m))), (code, place))
        for split in ("owner_type", "owner", "fund"):
            rows = {row.group: row for row in compute.rows(edition, code, m, Scope(place=place), by=split)}
            groups = {key[1:3] for key in activity if (key[0], key[3]) == (place, m) and _is_of_split(key[1:3], split)}
            assert len(rows) == len(groups)
            for owner, fund in groups:
                group = fund if split == "fund" else owner[1]
                twin = naive.activity_indicator(code, activity[place, owner, fund, m])
                assert_same_row(rows[group], twin, (code, place, group))


def _is_of_split(key, split):
    owner, fund = key
    if split == "fund":
        return owner == naive.ALL and fund != "*"
    return fund == "*" and owner[0] == {"owner_type": "jenis", "owner": "pemilik"}[split]


def assert_same_row(row, twin, where):
    assert row.status == twin["status"], where
    for column in ("value", "low", "high"):
        found, expected = (None if number is None else float(number) for number in (getattr(row, column), twin[column]))
        assert found == pytest.approx(expected), (where, column)
    if twin["status"] in ("ok", "implausible"):
        for column in ("numerator", "denominator", "named_persons", "unnamed_headcount"):
            assert getattr(row, column) == twin[column], (where, column)


@property_of_worlds(2)
@given(worlds(), st.data())
def test_undone_deliveries_leave_the_edition_as_if_they_had_never_come(world, data):
    numbers = [batch["batch_id"] for batch in world["batches"]]
    to_undo = data.draw(st.lists(st.sampled_from(numbers), min_size=2, unique=True))
    live = world | {"batches": [batch | {"undone": False} for batch in world["batches"]]}
    never = without_undone(with_undone(live, to_undo))
    note(f"undone {to_undo}\n{described(live)}")

    def undone(home, _):
        for number in to_undo:
            undo(home, number)
        return published(home, world["as_of"])

    assert in_new_home(live, undone) == in_new_home(never, only_tables)


@property_of_worlds(3)
@given(worlds(distinct_dates=True), st.data())
def test_the_order_of_imports_does_not_matter_when_each_states_its_date(world, data):
    order = data.draw(st.permutations([batch["batch_id"] for batch in world["batches"]]))
    note(described(world))
    found = in_new_home(renumbered(world, order), only_tables)
    # A row's origin names its delivery by the number it got.
    origins = [row | {"batch_id": order[row["batch_id"] - 1]} for row in found["source_rows"]]
    found["source_rows"] = sorted(origins, key=repr)
    assert found == in_new_home(world, only_tables)


def assert_same_origins(rows, expected):
    about = ("kind", "batch_id", "kode_proyek", "place", "sector", "source")
    found = {}
    for row in rows:
        if row["kind"] not in ("target", "pembayaran"):
            day = row["first_day"] if row["source"] is not None else None
            found[*(row[name] for name in about), day] = (row["rows"], row["first_row"], row["last_row"])
    assert found == expected


@property_of_worlds(2)
@given(worlds())
def test_partitions_and_blocks_of_the_rollup_do_not_show(world):
    note(described(world))

    def both(home, tables):
        return tables, published(home, world["as_of"], **SPLITS[1])

    one, other = in_new_home(world, both, **SPLITS[0])
    assert one == other
