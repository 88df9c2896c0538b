"""The script of Ringkasan against the same page computed from the ledger, both in a running server.

They are asked for over the websocket. Not by AppTest: that runs the script without the collection of garbage after each
run and without packing the answer, and parses all elements instead.
"""

import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice, product
from pathlib import Path

from analytics import compute
from data.editions import current_edition
from data.home import Home
from tests.bench.child import peak_mb, run_alone
from tests.bench.live_edition import live_edition
from tests.bench.reader import Answer, Reader
from tests.bench.result_table import Line, times
from tests.bench.running_server import Running, running
from tests.bench.workbench import Workbench

GOAL_RATIO = 10
GOAL_SECONDS = 0.060
PLACES = ("16", "16.71", "16.07", "16.02", "branch:palembang", "branch:oku", "00", "16.01", "16.03", "16.74")
MONTHS = [compute.month_end(date(year, month, 1)) for year, month in product((2024, 2025), range(1, 7))]
NEW_SCOPES = 60
LIVE_SCOPES = 8


def measure_page(bench: Workbench) -> list[Line]:
    home, made = bench.synthetic_home
    if current_edition(home) is None:
        run_alone("publishing:publish_home", root=home.root)
    numbers = run_alone("page_script:equal_numbers", root=home.root).returned
    with running(home, "server.py") as server:
        new, seen = visit(server, NEW_SCOPES, times_each=2)
        served_mb = peak_mb(server.pid)
    with running(home, "-m", "tests.bench.live_server") as server:
        [live] = visit(server, LIVE_SCOPES, times_each=1)
        live_mb = peak_mb(server.pid)
    elements = _same_page(new, live)
    persons = f"{made['persons']:,} persons"
    ratio = live.seconds / new.seconds
    return [
        _page_line(
            f"Ringkasan, p50 of {NEW_SCOPES} reruns, each scope new to the server; {persons}", new, served_mb, bench
        ),
        _page_line("Ringkasan, p50 of as many reruns, each scope seen once before", seen, served_mb, bench),
        Line(
            f"computed live, p50 of {LIVE_SCOPES} new scopes; {numbers} equal rows, {elements} equal elements",
            live.seconds,
            live.cpu_seconds,
            live_mb,
            ratio=times(live, new),
            goal=f"≥ {GOAL_RATIO} ×",
            met=bench.judge(ratio >= GOAL_RATIO),
        ),
    ]


def _page_line(what: str, visit: "Visit", served_mb: float, bench: Workbench) -> Line:
    reached = bench.judge(visit.seconds <= GOAL_SECONDS)
    goal = f"≤ {1000 * GOAL_SECONDS:.0f} ms"
    return Line(what, visit.seconds, visit.cpu_seconds, served_mb, goal=goal, met=reached)


@dataclass(frozen=True)
class Visit:
    """Answers of one round through the scopes, and the processor time of the server for one of them, on average."""

    answers: list[Answer]
    cpu_seconds: float

    @property
    def seconds(self) -> float:
        """The median."""
        return statistics.median(answer.seconds for answer in self.answers)


def _scopes(count: int) -> Iterator[dict[str, str]]:
    every = ({"place": place, "month": f"{month:%Y-%m}"} for month in MONTHS for place in PLACES)
    return islice(every, count)


def visit(server: Running, scopes: int, *, times_each: int) -> list[Visit]:
    """Rounds through the first scopes, after one page that warms what any page needs."""
    visits = []
    with Reader(server.port) as reader:
        reader.open(place="16.12", month="2023-12")
        for _ in range(times_each):
            before = server.cpu_seconds()
            answers = [reader.open(**scope) for scope in _scopes(scopes)]
            visits.append(Visit(answers, (server.cpu_seconds() - before) / scopes))
    return visits


def _same_page(some: Visit, others: Visit) -> int:
    """How many elements were compared."""
    for one, other, scope in zip(some.answers, others.answers, _scopes(LIVE_SCOPES), strict=False):
        assert one.elements == other.elements, scope
    return sum(len(other.elements) for other in others.answers)


def equal_numbers(root: str) -> int:
    """How many rows the edition and the ledger were asked for and agreed on."""
    home = Home(Path(root))
    edition = current_edition(home)
    assert edition, home
    counted, compared = live_edition(home, edition.number), 0
    first, last = compute.months(edition)[0], compute.months(edition)[-1]
    for place, measure in product(
        ("16", "16.71", "branch:oku"), ("population_coverage", "new_members", "ended_members")
    ):
        scope = compute.Scope(place)
        held = compute.trend(edition, measure, scope, first, last)
        assert held == compute.trend(counted, measure, scope, first, last), (place, measure)
        compared += len(held)
    for measure, by in product(("placement_coverage", "site_coverage"), ("place", "owner", "owner_type", "fund")):
        held = compute.rows(edition, measure, MONTHS[0], compute.Scope("16"), by)
        assert held == compute.rows(counted, measure, MONTHS[0], compute.Scope("16"), by), (measure, by)
        compared += len(held)
    return compared
