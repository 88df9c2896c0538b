"""Whatever the deliveries, a published edition is what the naive twin counts by hand."""

import tempfile
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from analytics import compute
from analytics.compute import Scope
from data.editions import current_edition, publish
from data.home import Home
from data.ledger import undo
from tests import naive
from tests.strategies import renumbered, without_undone, worlds
from tests.worlds import load_world

TABLES = ("population", "work", "project", "owner", "fund", "vintage", "official_figure", "place", "branch_member")
SPLITS = [{"partitions": 1, "block_months": 60}, {"partitions": 3, "block_months": 7}]
SCOPES = ["00", "16", "16.71", "16.02", "93", "branch:kota", "branch:musi"]


def property_of_worlds(examples):
    return settings(
        max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck), print_blob=False
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


def only_tables(home, tables):
    return tables


def described(world):
    """The deliveries without blank columns, for reading a failing example."""
    lines = [f"as_of {world['as_of']}, personal covers {world['personal_covers_project']}"]
    for batch in world["batches"]:
        lines.append(str({key: value for key, value in batch.items() if value is not None}))
        for row in world["rows"][batch["kind"]]:
            if row["batch_id"] == batch["batch_id"]:
                lines.append("    " + str({key: value for key, value in row.items() if value is not None}))
    return "\n".join(lines)


def by_key(rows, key):
    found = {key(row): row for row in rows}
    assert len(found) == len(rows), "two rows of one group"
    return found


def owner_group(row):
    if row["owner"] != "*":
        return ("pemilik", row["owner"])
    return naive.ALL if row["owner_type"] == "*" else ("jenis", row["owner_type"])


def assert_same_population(rows, expected):
    found = by_key(rows, lambda row: (row["place"], row["month"]))
    assert sorted(found) == sorted(expected)
    for key, row in expected.items():
        unstated = {column for column in ("source", "as_of") if row[column] is None}
        assert {column: found[key][column] for column in row.keys() - unstated} == {
            column: value for column, value in row.items() if column not in unstated
        }, key


def assert_same_work(rows, expected):
    found = by_key(rows, lambda row: (row["place"], owner_group(row), row["fund"], row["month"]))
    assert sorted(found) == sorted(expected)
    for key, row in expected.items():
        assert {column: found[key][column] for column in row} == row, key


@property_of_worlds(15)
@given(worlds(), st.sampled_from(SPLITS))
def test_the_cubes_of_an_edition_are_what_the_twin_counts(world, split):
    note(described(world))
    tables = in_new_home(world, only_tables, **split)
    assert_same_population(tables["population"], naive.population(world))
    assert_same_work(tables["work"], naive.work(world))


@property_of_worlds(6)
@given(worlds(), st.data())
def test_indicators_are_what_the_twin_counts(world, data):
    months = naive.months(world)
    month = data.draw(st.sampled_from(months)) if months else date(2024, 2, 29)
    note(described(world))
    in_new_home(world, lambda home, _: assert_same_indicators(current_edition(home), world, month))


def assert_same_indicators(edition, world, m):
    for place in SCOPES:
        for code in (*naive.POPULATION_INDICATORS, *naive.WORK_INDICATORS):
            [row] = compute.rows(edition, code, m, Scope(place=place))
            assert_same_row(row, naive.indicator(world, code, m, place), (code, place))
        for code in naive.WORK_INDICATORS:
            for split in ("owner_type", "owner", "fund"):
                assert_same_split(edition, world, m, code, place, split)


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


def _is_of_split(key, split):
    owner, fund = key
    if split == "fund":
        return owner == naive.ALL and fund != "*"
    return fund == "*" and owner[0] == {"owner_type": "jenis", "owner": "pemilik"}[split]


def assert_same_row(row, twin, where):
    assert row.status == twin["status"], where
    for column in ("value", "low", "high"):
        assert getattr(row, column) == pytest.approx(twin[column]), (where, column)
    if twin["status"] in ("ok", "implausible") and where[0] != "gap_to_estimate":
        for column in ("numerator", "denominator", "named_persons", "unnamed_headcount"):
            assert getattr(row, column) == twin[column], (where, column)


@property_of_worlds(5)
@given(worlds())
def test_an_undone_delivery_leaves_the_edition_as_if_it_had_never_come(world):
    note(described(world))
    never = in_new_home(without_undone(world), only_tables)
    live = world | {"batches": [batch | {"undone": False} for batch in world["batches"]]}

    def undone(home, _):
        for batch in world["batches"]:
            if batch["undone"]:
                undo(home, batch["batch_id"])
        return published(home, world["as_of"])

    assert in_new_home(live, undone) == never


@property_of_worlds(5)
@given(worlds(distinct_dates=True), st.data())
def test_the_order_of_imports_does_not_matter_when_each_states_its_date(world, data):
    order = data.draw(st.permutations([batch["batch_id"] for batch in world["batches"]]))
    note(described(world))
    assert in_new_home(renumbered(world, order), only_tables) == in_new_home(world, only_tables)


@property_of_worlds(4)
@given(worlds())
def test_partitions_and_blocks_of_the_rollup_do_not_show(world):
    note(described(world))

    def both(home, _):
        return [published(home, world["as_of"], **split) for split in SPLITS]

    one, other = in_new_home(world, both)
    assert one == other
