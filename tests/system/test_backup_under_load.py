"""A backup that is taken while files come in, editions are published and pages are read comes back to equal numbers."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from data import journal
from data.backup import read_manifest
from data.editions import publish
from data.home import Home
from data.importers import import_file
from data.ledger import status
from tests.browser.conftest import is_healthy, serve
from tests.shell import landed, run_child

pytestmark = pytest.mark.skipif(os.name == "nt", reason="an open folder cannot be exchanged on Windows")

ROOT = Path(__file__).parents[2]
PROJECTS, BACKUPS = 300, 3
PATIENCE_S = 120
QUESTIONS = (
    ("population_coverage",),
    ("placement_coverage", "--by", "owner"),
    ("site_coverage", "--by", "place", "--place", "16"),
    ("projects_registered_ytd",),
    ("uncovered_worker_days", "--by", "fund"),
)
# Imports and publishes one after the other until somebody closes its input.
WRITER = """
import os, sys, threading
from datetime import date
from pathlib import Path
from data.editions import publish
from data.errors import HomeBusy
from data.home import Home
from data.importers import import_file
home, folder = Home(Path(sys.argv[1])), Path(sys.argv[2])
over = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
number = 0
while not over.is_set():
    number += 1
    persons = [f"167101{1 + n % 28:02}0190{1 + n // 28:04}" for n in range(4000)]
    lines = [f"{nik},P-{(n + number) % 300},2024-01-01,2024-12-31" for n, nik in enumerate(persons)]
    path = folder / f"roster-{number}.csv"
    path.write_text("\\n".join(["nik,kode_proyek,mulai,selesai", *lines]), "utf-8")
    try:
        import_file(home, path)
        publish(home, date(2024, 7, 31))
        print("published", flush=True)
    except HomeBusy:
        print("busy", flush=True)
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Home:
    folder = tmp_path_factory.mktemp("beban")
    home = Home(folder / "home")
    lines = [f"P-{n},Jalan {n},16.71,Dinas {n % 5},APBN,2021-01-01,2024-12-31,{n % 40}" for n in range(PROJECTS)]
    projects = folder / "proyek.csv"
    header = "kode_proyek,nama_proyek,wilayah,pemilik,sumber_dana,mulai,selesai,tenaga_kerja"
    projects.write_text("\n".join([header, *lines]), "utf-8")
    figures = folder / "angka.csv"
    figures.write_text(
        "wilayah,per_tanggal,segmen,peserta,potensi,sumber\n16,2024-07-09,jasa konstruksi,123000,270000,Kanwil\n",
        "utf-8",
    )
    import_file(home, projects)
    import_file(home, figures)
    publish(home, date(2024, 7, 31))
    return home


class Writer:
    """A process that imports and publishes without pause; `did` is what it said so far."""

    def __init__(self, process: subprocess.Popen) -> None:
        self.process, self.did = process, []
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.did.append(line.strip())

    def wait_for_publish(self) -> None:
        """Until it published once more than at this moment."""
        before, until = len(self.did), time.monotonic() + PATIENCE_S
        while "published" not in self.did[before:]:
            assert time.monotonic() < until, self.did
            time.sleep(0.1)

    def end(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        assert self.process.wait(120) == 0
        self._listener.join()
        assert self.process.stdout is not None
        self.process.stdout.close()


@contextmanager
def writing(home: Home, folder: Path) -> Iterator[Writer]:
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(home.root), str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    writer = Writer(process)
    try:
        yield writer
    finally:
        writer.end()


def answers(home: Home) -> list:
    """What the shell says to every question; the same number to the last digit is the same text."""
    return [landed(home, "show", *question) for question in QUESTIONS]


def edition_as_it_was(home: Home, number: int, folder: Path) -> Home:
    """A home that serves this one edition of the original: what readers saw when the backup was taken."""
    seen = Home(folder / f"edisi-{number}")
    seen.editions_dir.mkdir(parents=True)
    for suffix in (".duckdb", ".json"):
        name = f"{number:06}{suffix}"
        (seen.editions_dir / name).write_bytes((home.editions_dir / name).read_bytes())
    seen.current_path.write_text(str(number), "utf-8")
    return seen


def test_backups_under_load_come_back_to_equal_numbers(home, tmp_path):
    shelf, senders = tmp_path / "rak", tmp_path / "pengirim"
    shelf.mkdir()
    senders.mkdir()
    with serve(home.root, tmp_path / "server.log") as server, writing(home, senders) as writer:
        port = int(server.url.rsplit(":", 1)[1])
        made = []
        for _ in range(BACKUPS):
            writer.wait_for_publish()
            made.append(landed(home, "backup", shelf, "--with-keys", run=run_child))
            assert is_healthy(port)
        writer.wait_for_publish()
    assert len({backup["path"] for backup in made}) == BACKUPS
    editions, other = [], home
    for number, backup in enumerate(made):
        other = Home(tmp_path / f"pulih-{number}")
        restored = landed(Home(other.root), "restore", backup["path"], run=run_child)
        editions.append(restored["edition"])
        manifest = read_manifest(Path(backup["path"]))
        assert answers(other) == answers(edition_as_it_was(home, restored["edition"], other.root.parent))
        assert len(status(other)["batches"]) == manifest.batches
        assert journal.verify(other).faults == []
    assert editions == sorted(set(editions))
    assert_goes_on(other, tmp_path)


def assert_goes_on(restored: Home, folder: Path) -> None:
    """The restored home takes the next file of a person it knows, and publishes the next edition."""
    before = status(restored)["batches"]
    path = folder / "lanjutan.csv"
    path.write_text("nik,kode_proyek,mulai,selesai\n" + f"167101{1:02}0190{1:04},P-1,2024-02-01,2024-12-31\n", "utf-8")
    [result] = import_file(restored, path)
    assert (result.rows_accepted, result.batch) == (1, 1 + before[-1]["batch_id"])
    number = publish(restored, date(2024, 7, 31))
    assert json.loads((restored.editions_dir / f"{number:06}.json").read_text("utf-8"))["batches"][-1]["rows"] == 1
    assert journal.verify(restored).faults == []


def test_a_running_server_serves_what_was_restored_under_it(home, tmp_path):
    """The pointer decides; a page that is asked for afterwards reads the restored edition."""
    current = int(home.current_path.read_text("utf-8"))
    backup = landed(home, "backup", tmp_path)
    publish(home, date(2024, 6, 30))
    with serve(home.root, tmp_path / "server.log") as server:
        port = int(server.url.rsplit(":", 1)[1])
        restored = landed(home, "restore", backup["path"], "--replace", run=run_child)
        assert restored["edition"] == current
        assert int(home.current_path.read_text("utf-8")) == current
        assert is_healthy(port)
        log = home.logs_dir / "cakupan.log"
        assert not log.exists() or "ERROR" not in log.read_text("utf-8")
    assert publish(home, date(2024, 7, 31)) > current + 1, "the number that was taken away never comes again"
