"""Fifty people at once, signed in with fifty scopes, and the next edition published beside them on the same cores.

Each of them changes the scope every few seconds. An answer is right if it says what a server without any other reader
says to the same reader at the same address in the same edition, to the byte, and if its headline is the one that
compute gives in this process. The next edition has other counts than the last, so a page of both would show.
"""

import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import psutil
from streamlit.proto.Delta_pb2 import Delta
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from analytics import compute
from data import accounts
from data.access import Grant
from data.accounts import Account
from data.config import load_config
from data.editions import Edition, current_edition, open_edition
from data.home import Home
from data.ledger import open_ledger
from tests.bench.child import PROJECT, run_alone
from tests.bench.reader import Answer, Reader
from tests.bench.result_table import Line
from tests.bench.running_server import Running, running
from tests.bench.statements import read_sql
from tests.bench.synthetic import AS_OF
from tests.bench.workbench import Workbench
from tests.system.security.wire import Browser
from ui import formats

USERS = 50
PHASE_SECONDS = 60
THINK_SECONDS = (2.0, 5.0)
RECENT_MONTHS = 24
CHECKED = 60
GOAL_SECONDS = 1.0  # where a reader begins to notice that he waits
PASSWORD = "empat-kata-acak-sekali"
PHASES = ("before", "during", "after")
PAGES = ("", "perbandingan")
# What a reader reads. A box says besides whether the server or the reader moved it last.
READ = ("html", "plotly_chart", "page_link")
EDITION = re.compile(r"ck-footer\">Edisi (\d+),")
FIGURE = re.compile(r"ck-figure\"><b class=\"\w*\">([^<]*)</b>")
BROKEN = "tidak dapat ditampilkan karena kesalahan"


@dataclass(frozen=True)
class User:
    """One of the crowd: how the server knows them, and what they may choose."""

    number: int
    name: str
    cookie: str
    edition: Edition
    grant: Grant

    def addresses(self) -> Iterator[tuple[str, dict[str, str]]]:
        """Without end, a page and an address that this user might choose."""
        chance = random.Random(self.number)
        months = compute.months(self.edition)[-RECENT_MONTHS:]
        places = [place["code"] for place in compute.places(self.edition) if place["has_data"]]
        while True:
            place = chance.choice(places)
            address = {"place": place, "month": f"{chance.choice(months):%Y-%m}"}
            if self.grant.owners:
                address["owner"] = chance.choice(sorted(self.grant.owners))
            elif chance.random() < 0.4 and (owners := compute.owners(self.edition, place)):
                address["owner"] = chance.choice(owners)["owner"]
            if chance.random() < 0.3 and (funds := compute.funds(self.edition, place)):
                address["fund"] = chance.choice(funds)["fund"]
            yield chance.choice(PAGES), address


@dataclass(frozen=True)
class Told:
    """One answer: who asked for what, when, how long it took, and what was to be read."""

    user: User
    page: str
    address: dict[str, str]
    asked_at: float
    seconds: float
    read: list[bytes]

    @property
    def text(self) -> str:
        return b"".join(self.read).decode("utf-8", "replace")

    @property
    def edition(self) -> int | None:
        found = EDITION.search(self.text)
        return int(found[1]) if found else None


@dataclass
class Crowd:
    """What happened to all users together."""

    told: list[Told] = field(default_factory=list)
    failed: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    leave: threading.Event = field(default_factory=threading.Event)


def measure_crowd(bench: Workbench) -> list[Line]:
    home, made = _home(bench)
    with running(home, "server.py") as server:
        users, sign_in = _sign_in_all(home, server, max(2, round(USERS * bench.scale)))
        crowd, published, held = _meet(home, server, users, max(5.0, PHASE_SECONDS * bench.scale))
    wrong, checked = _check(home, crowd.told)
    return [
        sign_in,
        *_phase_lines(bench, crowd, published),
        _memory_line(held, len(users)),
        _faults_line(bench, crowd, wrong, checked, made["persons"]),
    ]


def _home(bench: Workbench) -> tuple[Home, dict[str, Any]]:
    """A copy of the synthetic home that asks for a password; other measurements go on with the original."""
    synthetic, made = bench.synthetic_home
    if current_edition(synthetic) is None:
        run_alone("publishing:publish_home", root=synthetic.root)
    home = Home(bench.folder / "crowd")
    shutil.copytree(synthetic.root, home.root)
    home.config_path.write_text('[identity]\nmode = "password"\n', "utf-8")
    return home, made


def _account(home: Home, number: int) -> Account:
    """Of all roles and of scopes of every size."""
    edition = current_edition(home)
    assert edition, home
    owners = sorted(row["owner"] for row in compute.owners(edition, "16"))
    places = sorted(row["code"] for row in compute.places(edition) if row["code"].startswith("16."))
    branches = [branch.code for branch in load_config(home).branch]
    role, scope = [
        ("admin", {"places": ("00",)}),
        ("inspector", {"places": ("16",)}),
        ("viewer", {"places": (places[number % len(places)],)}),
        ("branch", {"branches": (branches[number % len(branches)],)}),
        ("opd", {"owners": (owners[number % len(owners)],)}),
    ][number % 5]
    return Account(f"pembaca{number}", f"Pembaca {number}", role, **scope)


def _sign_in_all(home: Home, server: Running, count: int) -> tuple[list[User], Line]:
    """All at once through the form; who is told to wait waits."""
    every = [_account(home, number) for number in range(count)]
    for account in every:
        accounts.add(home, account, PASSWORD)
    waited = Counter[int]()
    began = time.monotonic()
    with ThreadPoolExecutor(count) as threads:
        cookies = list(threads.map(lambda account: _sign_in(server, account, waited), every))
    seconds = time.monotonic() - began
    edition = current_edition(home)
    assert edition, home
    users = [
        User(number, account.name, cookie, open_edition(home, edition.number, account.grant), account.grant)
        for number, (account, cookie) in enumerate(zip(every, cookies, strict=True))
    ]
    told = ", ".join(f"{times} × status {status}" for status, times in sorted(waited.items()))
    return users, Line(f"{count} sign in through the form at the same moment; {told}", seconds)


def _sign_in(server: Running, account: Account, answered: Counter[int]) -> str:
    browser = Browser(server.port, {})
    while True:
        answer = browser.sign_in(account.name, PASSWORD)
        answered[answer.status] += 1
        if answer.status == 303:
            return browser.cookie
        assert answer.status in (429, 503), answer
        time.sleep(min(5, int(answer.first("retry-after") or 1)))


def _meet(
    home: Home, server: Running, users: Sequence[User], phase_seconds: float
) -> tuple[Crowd, tuple[float, float], list[float]]:
    """The crowd, when the publish began and ended, and the server's memory before, with all of them, and after."""
    crowd = Crowd()
    with Reader(server.port, cookie=users[0].cookie) as first:
        for page in PAGES:
            first.open(page)
    held = [_resident_mb(server)]
    arrived = threading.Barrier(len(users) + 1)
    threads = [threading.Thread(target=_use, args=(server, user, crowd, arrived)) for user in users]
    for thread in threads:
        thread.start()
    try:
        arrived.wait()
        held.append(_resident_mb(server))
        arrived.wait()
        time.sleep(phase_seconds)
        published = _publish_next(home)
        time.sleep(phase_seconds)
    finally:
        arrived.abort()
        crowd.leave.set()
        for thread in threads:
            thread.join()
    held.append(_resident_mb(server))
    return crowd, published, held


def _resident_mb(server: Running) -> float:
    return psutil.Process(server.pid).memory_info().rss / 1024**2


def _publish_next(home: Home) -> tuple[float, float]:
    """As an operator does it in the shell."""
    with open_ledger(home) as ledger:
        ledger.execute(read_sql("crowd/next_delivery"))
    command = [sys.executable, "cakupan.py", "publish", "--as-of", AS_OF.isoformat()]
    began = time.monotonic()
    subprocess.run(
        command, cwd=PROJECT, env={**os.environ, "CAKUPAN_HOME": str(home.root)}, check=True, stdout=subprocess.DEVNULL
    )
    return began, time.monotonic()


def _use(server: Running, user: User, crowd: Crowd, arrived: threading.Barrier) -> None:
    """Arrive, wait for all the others, then look around until everybody leaves; who is thrown out comes again."""
    addresses, chance, waited = user.addresses(), random.Random(-1 - user.number), False
    while not crowd.leave.is_set():
        try:
            with Reader(server.port, cookie=user.cookie) as reader:
                reader.open()
                if not waited:
                    waited = True
                    arrived.wait()
                    arrived.wait()
                    crowd.leave.wait(chance.uniform(0, THINK_SECONDS[1]))
                while not crowd.leave.is_set():
                    page, address = next(addresses)
                    _ask(reader, user, page, address, crowd)
                    crowd.leave.wait(chance.uniform(*THINK_SECONDS))
        except (ConnectionClosed, InvalidHandshake, OSError, EOFError) as dropped:
            crowd.dropped[f"{type(dropped).__name__}: {dropped}"[:200]] += 1
        except AssertionError as failure:
            crowd.failed[str(failure)[:200]] += 1


def _ask(reader: Reader, user: User, page: str, address: dict[str, str], crowd: Crowd) -> None:
    asked_at = time.monotonic()
    answer = reader.open(page, **address)
    told = Told(user, page, address, asked_at, answer.seconds, to_read(answer))
    if BROKEN in told.text:
        crowd.failed[BROKEN] += 1
    crowd.told.append(told)


def to_read(answer: Answer) -> list[bytes]:
    return [packed for packed in answer.elements if Delta.FromString(packed).new_element.WhichOneof("type") in READ]


def _check(home: Home, told: Sequence[Told]) -> tuple[list[str], int]:
    """What is wrong with a sample of the answers, and how many were looked at."""
    sample = random.Random(0).sample(list(told), min(CHECKED, len(told)))
    wrong = []
    current = home.current_path.read_text("utf-8")
    try:
        for number in sorted({one.edition or 0 for one in sample}):
            of_edition = [one for one in sample if one.edition == (number or None)]
            if not number:
                wrong += [f"no edition: {one.page} {one.address}" for one in of_edition]
                continue
            home.current_path.write_text(str(number), "utf-8")
            with running(home, "server.py") as server:
                wrong += [fault for one in of_edition for fault in _faults(home, server, one)]
    finally:
        home.current_path.write_text(current, "utf-8")
    return wrong, len(sample)


def _faults(home: Home, server: Running, one: Told) -> Iterator[str]:
    with Reader(server.port, cookie=one.user.cookie) as reader:
        if to_read(reader.open(one.page, **one.address)) != one.read:
            yield f"differs from a server without others: {one.page} {one.address}"
    figure = FIGURE.search(one.text)
    if figure and (counted := _headline(home, one)) and figure[1] != counted:
        yield f"{figure[1]} instead of {counted}: {one.address}"


def _headline(home: Home, one: Told) -> str | None:
    """The percentage of the scope as this process computes it; None where it has none."""
    assert one.edition
    edition = open_edition(home, one.edition, one.user.grant)
    scope = compute.Scope(one.address["place"], one.address.get("owner"), one.address.get("fund"))
    [month] = [month for month in compute.months(edition) if f"{month:%Y-%m}" == one.address["month"]]
    [row] = compute.rows(edition, compute.headline_indicator(scope), month, scope)
    return None if row.value is None else formats.percent(row.value, "id")


def _phase_lines(bench: Workbench, crowd: Crowd, published: tuple[float, float]) -> list[Line]:
    began, ended = published
    phases: dict[str, list[float]] = {phase: [] for phase in PHASES}
    for one in crowd.told:
        phase = "before" if one.asked_at < began else "during" if one.asked_at < ended else "after"
        phases[phase].append(one.seconds)
    lines = []
    for phase, seconds in phases.items():
        if len(seconds) < 2:
            lines.append(Line(f"{phase} publish: {len(seconds)} answers"))
            continue
        cuts = statistics.quantiles(seconds, n=100, method="inclusive")
        lines.append(
            Line(
                f"{phase} publish: p95 of {len(seconds)} answers; p50 {cuts[49]:.3f}, p99 {cuts[98]:.3f} s",
                cuts[94],
                goal=f"≤ {GOAL_SECONDS:g} s",
                met=bench.judge(cuts[94] <= GOAL_SECONDS),
            )
        )
    return [*lines, Line("· publish beside them, cakupan.py publish", ended - began)]


def _memory_line(held: Sequence[float], users: int) -> Line:
    alone, idle, after = held
    told = f"server with one session {alone:.0f} MB, with {users} more {idle:.0f} MB, after all {after:.0f} MB"
    return Line(f"memory: {told}; {(idle - alone) / users:.2f} MB an idle session", peak_mb=max(held))


def _faults_line(bench: Workbench, crowd: Crowd, wrong: Sequence[str], checked: int, persons: int) -> Line:
    failed, dropped = sum(crowd.failed.values()), sum(crowd.dropped.values())
    for text in [*wrong, *crowd.failed, *crowd.dropped]:
        print(f"- {text}", file=sys.stderr)
    return Line(
        f"{failed} errors, {dropped} dropped connections, {len(wrong)} wrong of {checked} answers checked"
        f" (of {len(crowd.told)}); {persons:,} persons",
        goal="0, 0, 0",
        met=bench.judge(not (failed or dropped or wrong)),
    )
