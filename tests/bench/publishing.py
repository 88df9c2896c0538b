"""Publish of all combinations against the obvious join, and against no more than reading the rows."""

import time
from itertools import product
from pathlib import Path

import duckdb

from data.editions import current_edition, publish
from data.home import Home
from data.rollup import memory_gib
from tests.bench.child import run_alone
from tests.bench.result_table import Line, line_of, times
from tests.bench.statements import read_sql
from tests.bench.synthetic import AS_OF
from tests.bench.workbench import Workbench

GOAL_RATIO = 4
OBVIOUS_CPU_SECONDS = 300  # after so much work no further combination is begun
PLACES = ("nation", "province", "kabupaten", "branch")
OWNERS = (("'*'", "'*'"), ("owner_type", "'*'"), ("'*'", "owner"))
FUNDS = ("'*'", "fund")
COMBINATIONS = list(product(PLACES, OWNERS, FUNDS))
MEMBER_PLACES = ("'00'", "left(kabupaten, 2)", "kabupaten", "branch")


def measure_publish(bench: Workbench) -> list[Line]:
    home, made = bench.synthetic_home
    published = run_alone("publishing:publish_home", root=home.root)
    obvious = run_alone("publishing:join_obviously", root=home.root, result=bench.folder / "obvious.duckdb")
    compared = run_alone("publishing:compare", root=home.root, result=bench.folder / "obvious.duckdb").returned
    assert compared["differences"] == [], compared
    assert compared["groups"] > 0, compared
    run = obvious.returned["run"]
    whole = run == len(COMBINATIONS)
    reached = obvious.seconds / published.seconds >= GOAL_RATIO
    sizes = f"{made['persons']:,} persons, {made['tenaga_kerja']:,} stays, {made['kepesertaan']:,} memberships"
    joined = f"obvious join: {run} of {len(COMBINATIONS)} combinations, members by place"
    return [
        line_of(f"publish: {sizes}, 54 months, {len(COMBINATIONS)} combinations", published),
        line_of(
            f"{joined}; {compared['groups']:,} equal rows",
            obvious,
            ratio=("" if whole else "> ") + times(obvious, published),
            goal=f"≥ {GOAL_RATIO} ×",
            met=bench.judge(reached) if whole or reached else None,
        ),
        *(Line(f"· of which {part}", seconds) for part, seconds in obvious.returned["seconds"].items()),
        *measure_scan(bench, published.seconds),
    ]


def measure_scan(bench: Workbench, publish_seconds: float | None = None) -> list[Line]:
    home, made = bench.synthetic_home
    scanned = run_alone("publishing:scan", root=home.root)
    rows = made["tenaga_kerja"] + made["kepesertaan"]
    beside = f"publish {publish_seconds / scanned.returned:.0f} × this" if publish_seconds else ""
    what = f"lower limit: read all {rows:,} person rows once"
    return [Line(what, scanned.returned, peak_mb=scanned.peak_mb, ratio=beside)]


def publish_home(root: str) -> int:
    return publish(Home(Path(root)), AS_OF)


def scan(root: str) -> float:
    """Seconds of the second reading, when the file is in the system's cache."""
    with _attached(Home(Path(root))) as connection:
        connection.execute(read_sql("obvious/scan")).fetchall()
        started = time.perf_counter()
        connection.execute(read_sql("obvious/scan")).fetchall()
    return time.perf_counter() - started


def join_obviously(root: str, result: str) -> dict:
    """How many combinations were counted before the time was over, and the seconds of each part."""
    seconds: dict[str, float] = {}
    started = time.perf_counter()
    with _attached(Home(Path(root)), edition=True, result=result) as connection:
        connection.execute(read_sql("obvious/schema"))
        connection.execute(read_sql("obvious/calendar"))
        connection.execute(read_sql("obvious/active_member"))
        for place in MEMBER_PLACES:
            connection.execute(_with_columns("members", place=place))
        seconds["members by place"] = time.perf_counter() - started
        connection.execute(read_sql("obvious/placement"))
        seconds["join of months, rosters and memberships"] = time.perf_counter() - started - sum(seconds.values())
        run = 0
        while run < len(COMBINATIONS) and time.process_time() < OBVIOUS_CPU_SECONDS:
            place, (owner_type, owner), fund = COMBINATIONS[run]
            connection.execute(_with_columns("combination", place=place, owner_type=owner_type, owner=owner, fund=fund))
            run += 1
        seconds[f"{run} × count(distinct person)"] = time.perf_counter() - started - sum(seconds.values())
    return {"run": run, "seconds": seconds}


def compare(root: str, result: str) -> dict:
    """Rows in which edition and obvious join differ (at most ten), and how many were compared."""
    with _attached(Home(Path(root)), edition=True, result=result) as connection:
        groups = connection.execute(
            "select (select count(*) from obvious.work) + (select count(*) from obvious.members)"
        ).fetchall()
        differences = connection.execute(read_sql("obvious/differences")).fetchmany(10)
    return {"groups": groups[0][0], "differences": differences}


def _with_columns(name: str, **columns: str) -> str:
    text = read_sql(f"obvious/{name}")
    for mark, column in columns.items():
        text = text.replace(f"{{{mark}}}", column)
    return text


def _attached(home: Home, *, edition: bool = False, result: str | None = None) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(f"set memory_limit = '{memory_gib(connection)} GiB'")
    connection.execute(f"set temp_directory = '{home.root / '.spill'}'")
    connection.execute(f"attach '{home.ledger_path}' as ledger (read_only)")
    if edition:
        served = current_edition(home)
        assert served, home
        connection.execute(f"attach '{served.path}' as edition (read_only)")
    if result:
        connection.execute(f"attach '{result}' as obvious")
    return connection
