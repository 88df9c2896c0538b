"""kill -9 anywhere leaves the ledger whole and the last edition served."""

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from analytics.compute import Scope, rows
from data.editions import current_edition, earlier_editions, open_edition, publish
from data.home import Home
from data.importers import import_file
from data.ledger import open_ledger, status, undo
from tests.system.killing import Point, run_and_die

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")

ROOT = Path(__file__).parents[2]
AS_OF = "2024-07-31"
ROSTER_ROWS = 6_000
KINDS = ("proyek", "tenaga_kerja", "angka_resmi")


def write_projects(folder: Path) -> Path:
    lines = [f"P-{n},Jalan {n},16.71,Dinas PUPR,2021-01-01,2024-12-31,{n % 40}" for n in range(300)]
    path = folder / "proyek.csv"
    path.write_text("\n".join(["kode_proyek,nama_proyek,wilayah,pemilik,mulai,selesai,tenaga_kerja", *lines]), "utf-8")
    return path


def write_roster(folder: Path, name: str, rows_written: int = ROSTER_ROWS) -> Path:
    """A roster whose bytes differ by its name, so that one landed does not stand for another."""
    lines = [
        f"167101{1 + n % 28:02}0190{1 + n // 28:04},P-{n % 300},2024-0{1 + n % 6}-01,2024-12-31"
        for n in range(rows_written)
    ]
    path = folder / f"{name}.csv"
    path.write_text("\n".join([f"nik,kode_proyek,mulai,selesai,catatan {name}", *lines]) + "\n", "utf-8")
    return path


def write_official(folder: Path) -> Path:
    path = folder / "angka_resmi.csv"
    path.write_text(
        "wilayah,per_tanggal,segmen,peserta,potensi,sumber\n16,2024-07-09,jasa konstruksi,123000,270000,Kanwil\n",
        "utf-8",
    )
    return path


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Home:
    """A home with projects, an official figure and one published edition, in which runs die."""
    folder = tmp_path_factory.mktemp("dibunuh")
    home = Home(folder / "home")
    import_file(home, write_projects(folder))
    import_file(home, write_official(folder))
    publish(home, date(2024, 7, 31))
    return home


def assert_ledger_is_whole(home: Home) -> list[dict]:
    """Every batch has all its rows, and no row is without its batch. Returns the batches."""
    batches = status(home)["batches"]
    with open_ledger(home) as ledger:
        counted = {
            batch_id: counted
            for kind in KINDS
            for batch_id, counted in ledger.execute(f"select batch_id, count(*) from {kind} group by 1").fetchall()
        }
        persons = ledger.execute(
            "select count(*), count(distinct nik_hmac), count(distinct person_id) from person"
        ).fetchall()[0]
        unknown = ledger.execute("select count(*) from tenaga_kerja anti join person using (person_id)").fetchall()[0][
            0
        ]
    assert counted == {batch["batch_id"]: batch["rows_accepted"] for batch in batches}
    assert len(set(persons)) == 1 and unknown == 0, (persons, unknown)
    return batches


def edition_bytes(home: Home) -> str:
    edition = current_edition(home)
    assert edition is not None
    return hashlib.sha256(edition.path.read_bytes()).hexdigest()


def headline(home: Home, number: int) -> float | None:
    return rows(open_edition(home, number), "population_coverage", date(2024, 7, 31), Scope("16"))[0].value


# Seeded: the same moments on every run, so that a failure can be repeated.
IMPORT_POINTS = [
    Point(stage="membaca"),
    Point(stage="memeriksa"),
    Point(stage="menyimpan"),
    Point(file=".part", event="open"),
    Point(file=".aes"),
    *(Point(stage="memeriksa", after_seconds=random.Random(seed).uniform(0, 0.3)) for seed in range(4)),
    *(Point(stage="menyimpan", after_seconds=after) for after in (0.001, 0.003, 0.006, 0.010, 0.015, 0.025)),
]


def test_a_killed_import_lands_whole_or_not_at_all(served, tmp_path):
    edition = edition_bytes(served)
    for number, point in enumerate(IMPORT_POINTS):
        before = len(status(served)["batches"])
        roster = write_roster(tmp_path, f"roster {number}")
        assert run_and_die(served, ["import", str(roster)], point) or point.after_seconds, str(point)
        batches = assert_ledger_is_whole(served)
        assert [batch["rows_accepted"] for batch in batches[before:]] in ([], [ROSTER_ROWS]), str(point)
        assert edition_bytes(served) == edition, str(point)
    assert import_file(served, write_roster(tmp_path, "sesudahnya"))[0].rows_accepted == ROSTER_ROWS
    assert not list(served.uploads_dir.glob("*.part"))


def test_an_import_killed_before_its_commit_comes_in_when_sent_again(served, tmp_path):
    roster = write_roster(tmp_path, "kirim ulang", 500)
    before = len(status(served)["batches"])
    assert run_and_die(served, ["import", str(roster)], Point(stage="menyimpan"))
    assert len(assert_ledger_is_whole(served)) == before
    [landed] = import_file(served, roster)
    assert len(assert_ledger_is_whole(served)) == before + 1
    assert landed.batch is not None
    undo(served, landed.batch)


PUBLISH_POINTS = [
    Point(stage="Menyiapkan live_project"),
    Point(stage="Menghitung orang"),
    Point(stage="Menyusun work"),
    Point(stage="Memeriksa edisi"),
    Point(file=".json.new", event="open"),
    Point(file=".json"),
    Point(file=".duckdb"),
    Point(file="current.new", event="open"),
    Point(file="current"),
    *(Point(stage="Menyiapkan", after_seconds=random.Random(seed).uniform(0, 0.4)) for seed in range(4)),
    *(Point(stage="Memeriksa edisi", after_seconds=after) for after in (0.002, 0.01, 0.03)),
]


def test_a_killed_publish_leaves_the_last_edition_served(served):
    value = headline(served, 1)
    for point in PUBLISH_POINTS:
        number, edition = int(served.current_path.read_text()), edition_bytes(served)
        killed = run_and_die(served, ["publish", "--as-of", AS_OF], point)
        assert killed or point.after_seconds, str(point)
        now = int(served.current_path.read_text())
        assert now == number or (point.after_seconds and now > number), str(point)
        assert now > number or edition_bytes(served) == edition, str(point)
        assert headline(served, now) == value, str(point)
        assert_ledger_is_whole(served)
    number = publish(served, date.fromisoformat(AS_OF))
    assert headline(served, number) == value
    assert {path.suffix for path in served.editions_dir.iterdir()} == {".duckdb", ".json"}
    assert not list(served.editions_dir.glob(".building*"))


def test_a_finished_edition_that_never_became_current_keeps_its_number(served):
    assert run_and_die(served, ["publish", "--as-of", AS_OF], Point(file="current"))
    orphan = max(served.editions_dir.glob("0*.duckdb"))
    before = hashlib.sha256(orphan.read_bytes()).hexdigest()
    next_number = int(orphan.stem) + 1
    assert publish(served, date.fromisoformat(AS_OF)) == next_number
    earlier = [edition.number for edition in earlier_editions(open_edition(served, next_number), served, 100)]
    assert int(orphan.stem) not in earlier and {1, next_number} <= set(earlier)
    assert hashlib.sha256(orphan.read_bytes()).hexdigest() == before


FIRST_START_POINTS = [
    Point(file="person.key"),
    Point(file="files.key.new", event="open"),
    Point(file="files.key"),
    *(Point(file="files.key", after_seconds=after) for after in (0.005, 0.02, 0.05, 0.1)),
    Point(file="ledger.duckdb"),
    *(Point(file="ledger.duckdb", after_seconds=after) for after in (0.001, 0.01)),
]


@pytest.mark.parametrize("point", FIRST_START_POINTS, ids=str)
def test_a_first_start_that_was_killed_can_begin_again(tmp_path, point):
    home = Home(tmp_path / "home")
    projects = write_projects(tmp_path)
    run_and_die(home, ["import", str(projects)], point)
    again = import_file(home, projects)[0]
    assert again.batch == 1 or "sudah masuk sebagai batch 1" in again.notes[0]
    assert [batch["rows_accepted"] for batch in assert_ledger_is_whole(home)] == [300]


def start(home: Home, *arguments: str) -> subprocess.Popen:
    """`cakupan.py` as a user starts it."""
    return subprocess.Popen(
        [sys.executable, str(ROOT / "cakupan.py"), *arguments],
        env=os.environ | {"CAKUPAN_HOME": str(home.root)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def holder(home: Home, process: subprocess.Popen) -> dict:
    """What the lock's note says as soon as this process holds it."""
    note = home.root / "writer.json"
    while process.poll() is None:
        held = json.loads(note.read_text() or "{}") if note.exists() else {}
        if held.get("pid") == process.pid and "pemeriksaan" not in held["doing"]:
            return held
        time.sleep(0.002)
    raise AssertionError(process.communicate())


@pytest.mark.parametrize("after_seconds", [0.0, 0.05, 0.2])
def test_the_shells_import_can_be_killed_and_repeated(served, tmp_path, after_seconds):
    roster = write_roster(tmp_path, f"cangkang {after_seconds}")
    before = len(status(served)["batches"])
    with start(served, "import", str(roster)) as process:
        holder(served, process)
        time.sleep(after_seconds)
        process.kill()
        process.communicate()
    assert len(assert_ledger_is_whole(served)) in (before, before + 1)
    assert current_edition(served) is not None


def test_a_second_writer_is_told_who_writes_and_since_when(served, tmp_path):
    roster = write_roster(tmp_path, "sedang masuk")
    with start(served, "import", str(roster)) as first:
        held = holder(served, first)
        first.send_signal(signal.SIGSTOP)
        with start(served, "publish") as second:
            out, err = second.communicate()
        first.send_signal(signal.SIGCONT)
        first.communicate()
    assert (second.returncode, out) == (2, "")
    assert err == (
        f"Data sedang ditulis oleh proses {first.pid} (impor 1 berkas) sejak pukul {held['since']} WIB; "
        "coba lagi setelah selesai.\n"
    )
    assert first.returncode == 0


def test_the_lock_of_a_killed_writer_holds_nobody_back(served, tmp_path):
    with start(served, "import", str(write_roster(tmp_path, "mati"))) as first:
        holder(served, first)
        first.kill()
        first.communicate()
    assert import_file(served, write_roster(tmp_path, "penerus", 100))[0].rows_accepted == 100
