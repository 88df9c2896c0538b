"""A roster of 300.000 rows comes in by the browser while somebody else looks around on the same server.

One person hands the file to the server and has it checked and landed by the child that the page starts; another one
opens page after page. Uploads and quiet times take turns, so that whatever else the machine does meets both alike.
"""

import http.client
import os
import random
import shutil
import statistics
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from http.cookies import SimpleCookie
from itertools import pairwise
from pathlib import Path

from analytics import compute
from data.editions import current_edition
from data.home import Home
from data.ledger import open_ledger, status
from tests.bench.child import run_alone
from tests.bench.reader import Reader
from tests.bench.result_table import Line
from tests.bench.running_server import Running, running
from tests.bench.statements import read_sql
from tests.bench.synthetic import AS_OF
from tests.bench.workbench import Workbench
from ui.child import lines

ROWS = 300_000
ROUNDS = 4
THINK_SECONDS = 0.2
QUIET_SECONDS = 12.0
GOAL_RATIO = 1.5
GOAL_SILENCE_SECONDS = 1.0
LONGEST_SECONDS = 900.0
RECENT_MONTHS = 24
PAGES = ("", "perbandingan", "data-definisi")


@dataclass
class Clicks:
    """What the second person waited for each page, while nobody uploads and during an upload."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: {"quiet": [], "upload": []})


@dataclass
class Uploaded:
    """Of one upload: how long the file took to the server, the child to say its first word and to land it all, and its
    longest silence in between."""

    sent_seconds: float
    begun_seconds: float
    landed_seconds: float
    silence_seconds: float
    lines: int
    accepted: int
    rejected: int


def measure_upload(bench: Workbench) -> list[Line]:
    home, rows = _home(bench), round(ROWS * bench.scale)
    roster = bench.folder / "upload.csv"
    size_mb = run_alone("rosters:write_csv", path=roster, rows=rows).returned / 1e6
    addresses, clicks, uploads, known = _addresses(home), Clicks(), [], len(status(home)["batches"])
    with running(home, "server.py") as server, Reader(server.port) as looker, Reader(server.port) as sender:
        sender.open("data-definisi")
        for _ in range(3 * len(PAGES)):
            page, place, month = next(addresses)
            looker.open(page, place=place, month=month)
        for number in range(ROUNDS):
            _look_around(looker, addresses, clicks.seconds["quiet"], _after(QUIET_SECONDS))
            uploads.append(_upload_beside(home, server, roster, number, looker, sender, addresses, clicks))
    assert all(upload.accepted + upload.rejected == rows for upload in uploads), uploads
    assert len(status(home)["batches"]) == known + ROUNDS
    return _lines(bench, clicks, uploads, f"{rows:,} rows, {size_mb:.0f} MB CSV")


def _home(bench: Workbench) -> Home:
    """A published copy of the synthetic home; other measurements go on with the original."""
    synthetic, _ = bench.synthetic_home
    if current_edition(synthetic) is None:
        run_alone("publishing:publish_home", root=synthetic.root)
    home = Home(bench.folder / "upload")
    shutil.copytree(synthetic.root, home.root)
    with open_ledger(home) as ledger:
        ledger.execute(read_sql("upload/take_numbers")).fetchall()
    return home


def _addresses(home: Home) -> Iterator[tuple[str, str, str]]:
    """Without end, a page, a place and a month that somebody might choose."""
    edition, chance = current_edition(home), random.Random(0)
    assert edition, home
    places = [place["code"] for place in compute.places(edition) if place["has_data"]]
    months = compute.months(edition)[-RECENT_MONTHS:]
    while True:
        yield chance.choice(PAGES), chance.choice(places), f"{chance.choice(months):%Y-%m}"


def _after(seconds: float) -> Callable[[], bool]:
    ends = time.monotonic() + seconds
    return lambda: time.monotonic() > ends


def _look_around(
    looker: Reader, addresses: Iterator[tuple[str, str, str]], waited: list[float], is_over: Callable[[], bool]
) -> None:
    """One page after another until it is over; the last one counts where it began before."""
    while not is_over():
        page, place, month = next(addresses)
        waited.append(looker.open(page, place=place, month=month).seconds)
        time.sleep(THINK_SECONDS)


def _upload_beside(
    home: Home,
    server: Running,
    roster: Path,
    number: int,
    looker: Reader,
    sender: Reader,
    addresses: Iterator[tuple[str, str, str]],
    clicks: Clicks,
) -> Uploaded:
    """One upload on a thread, while this one looks around until it is through."""
    with ThreadPoolExecutor(1) as thread:
        upload = thread.submit(_upload, home, server, roster, number, sender)
        _look_around(looker, addresses, clicks.seconds["upload"], upload.done)
        return upload.result()


def _upload(home: Home, server: Running, roster: Path, number: int, sender: Reader) -> Uploaded:
    """As the browser and the page do it: the bytes to the server, then the child, whose lines are listened to."""
    began = time.monotonic()
    _send(server, sender.session_id, roster)
    sent = time.monotonic()
    # Another position of the data makes another delivery of the same bytes.
    command = ["import", str(roster), "--json-lines", "--data-as-of", str(AS_OF - timedelta(days=number))]
    environment = {**os.environ, "CAKUPAN_HOME": str(home.root)}
    heard, told = [], []
    for line in lines(command, environment, LONGEST_SECONDS):
        heard.append(time.monotonic())
        told.append(line)
    [result] = told[-1]["results"]
    return Uploaded(
        sent_seconds=sent - began,
        begun_seconds=heard[0] - sent,
        landed_seconds=heard[-1] - sent,
        silence_seconds=max(later - earlier for earlier, later in pairwise(heard)),
        lines=len(heard),
        accepted=result["rows_accepted"],
        rejected=result["rows_rejected"],
    )


def _send(server: Running, session_id: str, roster: Path) -> None:
    """The form by which a browser hands a file to its page, with the token that the server gave it."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.request("GET", "/_stcore/health")
    given = connection.getresponse()
    given.read()
    token = SimpleCookie(given.getheader("set-cookie") or "")["_streamlit_xsrf"].value
    mark = uuid.uuid4().hex
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{roster.name}"\r\n\r\n'
    connection.request(
        "PUT",
        f"/_stcore/upload_file/{session_id}/{uuid.uuid4()}",
        body=head.encode() + roster.read_bytes() + f"\r\n--{mark}--\r\n".encode(),
        headers={
            "content-type": f"multipart/form-data; boundary={mark}",
            "cookie": f"_streamlit_xsrf={token}",
            "x-xsrftoken": token,
            "origin": f"http://127.0.0.1:{server.port}",
            "sec-fetch-site": "same-origin",
        },
    )
    answer = connection.getresponse()
    assert answer.status in (200, 204), (answer.status, answer.read()[:200])
    connection.close()


def _lines(bench: Workbench, clicks: Clicks, uploads: Sequence[Uploaded], what: str) -> list[Line]:
    (quiet_p50, quiet), (p50, during) = (_p50_and_p95(clicks.seconds[when]) for when in ("quiet", "upload"))
    silence = max(upload.silence_seconds for upload in uploads)
    said = sum(upload.lines for upload in uploads)
    return [
        Line(f"a page of another user, p95 of {len(clicks.seconds['quiet'])}; p50 {quiet_p50:.3f} s", quiet),
        Line(
            f"· during an upload of {what}, p95 of {len(clicks.seconds['upload'])}; p50 {p50:.3f} s",
            during,
            ratio=f"{during / quiet:.2f} ×",
            goal=f"≤ {GOAL_RATIO:g} ×",
            met=bench.judge(during <= GOAL_RATIO * quiet),
        ),
        Line(
            f"longest silence between {said} lines of progress of {ROUNDS} uploads",
            silence,
            goal=f"≤ {GOAL_SILENCE_SECONDS:g} s",
            met=bench.judge(silence <= GOAL_SILENCE_SECONDS),
        ),
        Line(
            "· the file on its way to the server, median", statistics.median(upload.sent_seconds for upload in uploads)
        ),
        Line("· until the child's first line, median", statistics.median(upload.begun_seconds for upload in uploads)),
        Line(
            "· checked and landed by the child, median", statistics.median(upload.landed_seconds for upload in uploads)
        ),
    ]


def _p50_and_p95(seconds: Sequence[float]) -> tuple[float, float]:
    cuts = statistics.quantiles(seconds, n=100, method="inclusive")
    return cuts[49], cuts[94]
