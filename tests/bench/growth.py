"""How publish, the edition and the page grow with the persons of a nation, from a province's to all of construction.

Places and owners are those of a nation at every size (514 kabupaten/kota, 4.000 owners); more persons work on more
projects, about 13 persons a project. So what is counted by person grows with the persons, the edition only as far as
more of its groups have a project in a month. At scale 1 this takes about half an hour, most of it the largest size.
"""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import duckdb

from data.editions import current_edition
from data.home import Home
from tests.bench.child import Finished, peak_mb, run_alone
from tests.bench.page_script import NEW_SCOPES, Visit, visit
from tests.bench.result_table import Line, line_of, times
from tests.bench.running_server import running
from tests.bench.workbench import Workbench

SIZES = (270_000, 1_000_000, 3_000_000, 8_500_000)
GOAL_SECONDS, GOAL_MB = 360, 16 * 1024
# Beyond this the obvious join is stopped, and not tried with more persons.
OBVIOUS_SECONDS = 300
GOAL_PAGE_RATIO = 1.5


def measure_growth(bench: Workbench) -> list[Line]:
    lines, smallest, obvious_survives = [], None, True
    for size in SIZES:
        persons = round(size * bench.scale)
        home = Home(bench.folder / f"nation-{size}")
        made = run_alone("synthetic:fill_ledger", root=home.root, persons=persons, nation=True).returned
        published = run_alone("publishing:publish_home", root=home.root)
        lines.append(_publish_line(bench, home, made, published, persons))
        page = _page(home)
        smallest = smallest or page
        lines.append(_page_line(bench, page, smallest))
        if obvious_survives:
            obvious = _join_obviously(home, bench.folder / f"obvious-{size}.duckdb")
            obvious_survives = obvious is not None
            lines.append(_obvious_line(obvious, published))
        shutil.rmtree(home.root)
    return lines


def _publish_line(bench: Workbench, home: Home, made: dict, published: Finished, persons: int) -> Line:
    sizes = f"{persons:,} persons, {made['tenaga_kerja']:,} stays, {made['kepesertaan']:,} memberships"
    what = f"publish: {sizes}, {made['proyek']:,} projects; {_edition_size(home)}"
    if persons != SIZES[-1]:
        return line_of(what, published)
    reached = published.seconds <= GOAL_SECONDS and published.peak_mb <= GOAL_MB
    return line_of(what, published, goal=f"≤ {GOAL_SECONDS} s, ≤ 16 GB", met=bench.judge(reached))


def _edition_size(home: Home) -> str:
    edition = current_edition(home)
    assert edition, home
    with duckdb.connect(str(edition.path), read_only=True) as connection:
        rows = connection.execute("select (select count(*) from work) + (select count(*) from activity)").fetchall()
    return f"edition {edition.path.stat().st_size / 1e6:.0f} MB, {rows[0][0]:,} rows of groups"


def _page(home: Home) -> tuple[Visit, Visit, float]:
    """Each scope new to the server, the same scopes again, and the memory of the server."""
    with running(home, "server.py") as server:
        new, seen = visit(server, NEW_SCOPES, times_each=2)
        return new, seen, peak_mb(server.pid)


def _page_line(bench: Workbench, page: tuple[Visit, Visit, float], smallest: tuple[Visit, Visit, float]) -> Line:
    new, seen, served_mb = page
    grown = new.seconds / smallest[0].seconds
    return Line(
        f"· Ringkasan, p50 of {NEW_SCOPES} new scopes; seen before {1000 * seen.seconds:.0f} ms",
        new.seconds,
        new.cpu_seconds,
        served_mb,
        ratio=f"{grown:.1f} × the smallest",
        goal=f"≤ {GOAL_PAGE_RATIO} ×",
        met=bench.judge(grown <= GOAL_PAGE_RATIO),
    )


def _join_obviously(home: Home, result: Path) -> Finished | None:
    """None where it needed more time, memory or disk than there is."""
    try:
        return run_alone("publishing:join_obviously", within_seconds=OBVIOUS_SECONDS, root=home.root, result=result)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        return None
    finally:
        for left_over in _files_of(result):
            left_over.unlink()


def _files_of(database: Path) -> Iterator[Path]:
    return database.parent.glob(f"{database.name}*")


def _obvious_line(obvious: Finished | None, published: Finished) -> Line:
    if obvious is None:
        return Line(f"· obvious join: stopped at {OBVIOUS_SECONDS} s or out of memory; not tried with more persons")
    what = f"· obvious join: {obvious.returned['run']} combinations, members by place"
    return line_of(what, obvious, ratio=times(obvious, published))
