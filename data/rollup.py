"""Persons into counts: the bit masks of data/sql/rollup, block by block and partition by partition."""

import duckdb

from data.sql import read_sql
from data.steps import COUNTING, Progress

BLOCK_MONTHS = 60  # one BIGINT holds 60 months and the carry bit of the month before
# A publish may take half of the memory there is, between these: an office computer has 8 GiB.
LEAST_GIB, MOST_GIB = 4, 12
# What the persons of one partition need, their masks and days. Each partition reads the ledger again: 8,5 million
# persons take 444 processor seconds in eleven parts and 275 in four.
ROWS_PER_GIB = 1_000_000
GIB_PER_UNIT = {"KiB": 2**-20, "MiB": 2**-10, "GiB": 1, "TiB": 2**10}

BLOCK_TABLES = ("block_month", "block", "month_bit", "scope_cut", "running_mask")
SPELL_TABLES = ("member_spell", "roster_spell")
MASK_QUERIES = ("membership_mask", "roster_mask")
SPAN_TABLES = ("work_span", "cover_span")
COUNT_QUERIES = ("project_named", "place_named", "project_roster", "site_persons", "person_places")


def roll_up(
    building: duckdb.DuckDBPyConnection, *, partitions: int | None, block_months: int, progress: Progress
) -> None:
    """Fill the temp tables `<count>_total` (those of COUNT_QUERIES, and project_days) from the ledger.

    Each holds one row a group and month. Partitions divide persons, so their counts add; blocks divide months.
    """
    building.execute(read_sql("publish/partial_counts"))
    partitions = partitions or _partitions_needed(building)
    first_indexes = _block_starts(building, block_months)
    for block, first_index in enumerate(first_indexes):
        for name in BLOCK_TABLES:
            _rebuild(building, f"publish/{name}", first_index=first_index, months=block_months)
        for partition in range(partitions):
            progress(COUNTING, block * partitions + partition, len(first_indexes) * partitions)
            _count_partition(building, partitions=partitions, partition=partition)
            if block == 0:  # stays and memberships are the same in every block
                building.execute(read_sql("publish/source_persons"))
    for name in (*COUNT_QUERIES, "project_days"):
        building.execute(read_sql(f"publish/{name}_total"))


def memory_gib(connection: duckdb.DuckDBPyConnection) -> int:
    """How much a publish may take: half of what DuckDB finds, containers heeded; its own limit is 80 % of that."""
    return max(LEAST_GIB, min(MOST_GIB, round(limit_gib(connection) / 0.8 / 2)))


def limit_gib(connection: duckdb.DuckDBPyConnection) -> float:
    """The memory that this connection may take."""
    number, unit = connection.execute("select current_setting('memory_limit')").fetchall()[0][0].split()
    return float(number) * GIB_PER_UNIT[unit]


def _count_partition(building: duckdb.DuckDBPyConnection, **partition: int) -> None:
    for name in SPELL_TABLES:
        _rebuild(building, f"publish/{name}", **partition)
    for name in MASK_QUERIES:
        building.execute(read_sql("publish/make_mask", table=name, query=read_sql(f"rollup/{name}")))
    for name in COUNT_QUERIES:
        building.execute(read_sql("publish/add_counts", table=name, query=read_sql(f"rollup/{name}")))
    for name in (*SPAN_TABLES, "day_turns"):
        building.execute(read_sql(f"publish/{name}"))


def _rebuild(building: duckdb.DuckDBPyConnection, query: str, **parameters: int) -> None:
    text = read_sql(query)
    building.execute(text, {name: value for name, value in parameters.items() if f"${name}" in text})


def _partitions_needed(building: duckdb.DuckDBPyConnection) -> int:
    rows = building.execute(read_sql("publish/person_rows")).fetchall()[0][0]
    return 1 + rows // (ROWS_PER_GIB * round(limit_gib(building)))


def _block_starts(building: duckdb.DuckDBPyConnection, block_months: int) -> list[int]:
    first, last = building.execute(read_sql("publish/calendar_indexes")).fetchall()[0]
    return [] if first is None else list(range(first, last + 1, block_months))
