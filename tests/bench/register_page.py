"""The script of Proyek & Syarat Pencairan at a hundred thousand projects, in a running server."""

import statistics
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from analytics.compute import Scope
from analytics.register import register
from data.editions import current_edition, publish
from data.home import Home
from data.ledger import open_ledger
from data.places import all_places
from tests.bench.child import peak_mb, run_alone
from tests.bench.reader import Reader
from tests.bench.result_table import Line, line_of
from tests.bench.running_server import Running, running
from tests.bench.statements import read_sql
from tests.bench.workbench import Workbench

PROJECTS = 100_000
PROVINCE = "16"
AS_OF = date(2025, 6, 30)
KINDS = {1: "proyek", 2: "pendaftaran", 6: "pembayaran"}
GOAL_SECONDS = 0.100
EACH = 30  # addresses of a kind, each new to the server
PAGE = "proyek"


def measure_register(bench: Workbench) -> list[Line]:
    home = Home(bench.folder / "register")
    projects = round(PROJECTS * bench.scale)
    made = run_alone("register_page:fill_register", root=home.root, projects=projects).returned
    published = run_alone("register_page:publish_register", root=home.root)
    lines = [line_of(f"publish: {projects:,} projects, {made['pembayaran']:,} payments", published)]
    codes = run_alone("register_page:some_codes", root=home.root).returned
    with running(home, "server.py") as server:
        for what, addresses in _addresses(codes):
            lines.append(_line(bench, server, what, list(addresses)))
    return lines


def _line(bench: Workbench, server: Running, what: str, addresses: list[dict[str, str]]) -> Line:
    """The median of addresses that the server has not seen, and the same seen again."""
    with Reader(server.port) as reader:
        reader.open(PAGE, place="16.71")
        before = server.cpu_seconds()
        new = [reader.open(PAGE, **address).seconds for address in addresses]
        cpu = (server.cpu_seconds() - before) / len(addresses)
        seen = statistics.median(reader.open(PAGE, **address).seconds for address in addresses)
    median = statistics.median(new)
    return Line(
        f"{what}, p50 of {len(addresses)}; seen before {1000 * seen:.0f} ms, slowest {1000 * max(new):.0f} ms",
        median,
        cpu,
        peak_mb(server.pid),
        goal=f"≤ {1000 * GOAL_SECONDS:.0f} ms",
        met=bench.judge(median <= GOAL_SECONDS),
    )


def _addresses(codes: list[str]) -> Iterator[tuple[str, Iterator[dict[str, str]]]]:
    numbers = range(1, EACH + 1)
    province, register = {"place": PROVINCE}, {"place": PROVINCE, "bagian": "cari"}
    yield "SPK baru", ({**province, "owner": f"Pemilik {number}"} for number in numbers)
    yield "ladder", ({**province, "bagian": "tangga", "owner": f"Pemilik {number}"} for number in numbers)
    yield "register, a page", (register | {"hal": str(40 * number)} for number in numbers)
    yield "register, a search", (register | {"q": f"ruas {100 + number}"} for number in numbers)
    yield (
        "register, sorted by value, one result",
        (register | {"urut": "nilai", "hasil": "terlambat", "hal": str(number)} for number in numbers),
    )
    yield "dossier", ({"proyek": code} for code in codes)


def fill_register(root: str, projects: int) -> dict[str, int]:
    """Rows by kind of the new ledger in the home at `root`."""
    codes = [place.code for place in all_places().values() if place.parent == PROVINCE]
    given, rows = {"projects": projects, "codes": codes}, {}
    with open_ledger(Home(Path(root))) as ledger:
        for batch_id, kind in KINDS.items():
            text = read_sql(f"register/{kind}")
            ledger.execute(text, {name: value for name, value in given.items() if f"${name}" in text})
            rows[kind] = ledger.execute(f"select count(*) from {kind}").fetchall()[0][0]
            ledger.execute(
                read_sql("synthetic/batch"), {"batch_id": batch_id, "kind": kind, "complete": True, "rows": rows[kind]}
            )
    return rows


def publish_register(root: str) -> int:
    return publish(Home(Path(root)), as_of=AS_OF)


def some_codes(root: str) -> list[str]:
    """Of the largest projects that still run, paid in parts more often than others."""
    edition = current_edition(Home(Path(root)))
    assert edition, root
    found = register(edition, Scope(PROVINCE), running_only=True, sort="nilai_kontrak", descending=True, limit=EACH)
    return [row.kode_proyek for row in found.rows]
