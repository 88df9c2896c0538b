"""Every import, undo and publish has its entry: at once, or late when a process died before it could write it."""

import json
import shutil
import sqlite3
import stat
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from data import journal, packs
from data.access import EVERYTHING, LOCAL, Reader
from data.acts import catch_up, imported_by
from data.demo import CONFIG
from data.demo.leaving import clear_demo
from data.editions import publish
from data.errors import CakupanError, FileRefused
from data.home import Home
from data.importers import import_file
from data.journal import JournalUnusable, entries
from data.keys import ensure_secret
from data.ledger import mark_demo, open_ledger, status, undo
from data.packs import PackFacts, PackRequest
from data.state import happened_after
from tests.shell import run_here

SITI = Reader("siti", "steward", EVERYTHING, is_authenticated=True)
PROJECTS = "kode_proyek,nama_proyek,wilayah,pemilik,mulai,selesai\nP-1,Jalan,16.71,Dinas PUPR,2024-01-01,2024-12-31\n"
DAY = date(2024, 7, 31)


def deliver(home: Home, folder: Path, text: str = PROJECTS, **options):
    """Import a text as a file; returns its only result."""
    path = folder / "proyek.csv"
    path.write_text(text, "utf-8")
    return import_file(home, path, **options)[0]


def told(home: Home) -> list[tuple]:
    """(kind, who, recorded late) of each entry, oldest first."""
    return [(e.kind, e.who, e.facts.get("recorded_late", False)) for e in reversed(entries(home, limit=-1))]


def forget(home: Home) -> None:
    """As if every process had died before it wrote its entry."""
    for path in home.root.glob("journal.sqlite*"):
        path.unlink()


def late(home: Home) -> int:
    with home.writer_lock("percobaan"), open_ledger(home, key_needed=False) as ledger:
        return catch_up(home, ledger)


def test_import_undo_and_publish_are_journaled_under_the_readers_name(home, tmp_path):
    deliver(home, tmp_path, PROJECTS + "P-2,Jalan,99.99,Dinas PUPR,2024-01-01,2024-12-31\n", reader=SITI)
    undo(home, 1, reader=SITI)
    publish(home, DAY, reader=SITI)
    assert told(home) == [(kind, "siti", False) for kind in ("import", "undo", "publish")]
    published, undone, imported = entries(home)
    assert imported.facts["batch"] == undone.facts["batch"] == 1
    assert (imported.facts["file"], imported.facts["kind"]) == ("proyek.csv", "proyek")
    assert [imported.facts[f"rows_{name}"] for name in ("read", "accepted", "rejected")] == [2, 1, 1]
    sidecar = json.loads((home.editions_dir / "000001.json").read_text("utf-8"))
    assert (published.facts["edition"], published.facts["as_of"]) == (1, "2024-07-31")
    assert published.facts["content_hash"] == sidecar["content_hash"]


def test_who_names_no_reader_acts_as_whoever_sits_at_the_machine(home, tmp_path):
    deliver(home, tmp_path)
    [entry] = entries(home)
    assert (entry.who, entry.is_authenticated) == (LOCAL.name, False)


def test_what_changes_nothing_is_not_journaled(home, tmp_path):
    deliver(home, tmp_path, dry_run=True)
    assert not home.journal_path.exists()
    deliver(home, tmp_path)
    deliver(home, tmp_path)
    deliver(home, tmp_path, dry_run=True)
    with pytest.raises(FileRefused):
        deliver(home, tmp_path, "nik,kode_proyek,mulai\n")
    with pytest.raises(CakupanError):
        undo(home, 99)
    assert told(home) == [("import", "lokal", False)]


def test_a_publish_notes_the_journals_head_in_its_sidecar(home, tmp_path):
    deliver(home, tmp_path)
    head = journal.head(home)
    publish(home, DAY)
    sidecar = json.loads((home.editions_dir / "000001.json").read_text("utf-8"))
    assert (sidecar["journal_number"], sidecar["journal_hash"]) == head
    assert (journal.verify(home).confirmed, journal.verify(home).faults) == (1, [])


def test_a_journal_written_anew_is_found_by_the_sidecar(home, tmp_path):
    deliver(home, tmp_path)
    publish(home, DAY)
    forget(home)
    assert late(home) == 2
    [fault] = journal.verify(home).faults
    assert fault.problem == "Entri 1 bukan yang dicatat edisi 1: jurnal ditulis ulang sampai entri itu."


def test_what_the_journal_lacks_is_appended_late_and_once(home, tmp_path):
    deliver(home, tmp_path, reader=SITI)
    undo(home, 1, reader=SITI)
    in_time = [entry.facts for entry in entries(home)]
    forget(home)
    assert (late(home), late(home)) == (2, 0)
    assert told(home) == [("import", "tidak diketahui", True), ("undo", "tidak diketahui", True)]
    assert [{**facts, "recorded_late": True} for facts in in_time] == [entry.facts for entry in entries(home)]


def test_the_next_act_says_first_what_was_left_unsaid(home, tmp_path):
    deliver(home, tmp_path, reader=SITI)
    forget(home)
    undo(home, 1, reader=SITI)
    assert told(home) == [("import", "tidak diketahui", True), ("undo", "siti", False)]


def test_editions_of_before_the_journal_are_told_once(home, tmp_path):
    deliver(home, tmp_path)
    for _ in range(2):
        publish(home, DAY)
    for path in home.editions_dir.glob("*.json"):
        facts = json.loads(path.read_text("utf-8"))
        del facts["journal_number"], facts["journal_hash"]
        path.write_text(json.dumps(facts), "utf-8")
    forget(home)
    publish(home, DAY, reader=SITI)
    assert [(e.facts["edition"], e.who) for e in entries(home, kind="publish")] == [
        (3, "siti"), (2, "tidak diketahui"), (1, "tidak diketahui"),
    ]  # fmt: skip


def test_an_edition_that_never_became_current_was_never_published(home, tmp_path):
    deliver(home, tmp_path)
    publish(home, DAY)
    for suffix in ("json", "duckdb"):
        shutil.copy(home.editions_dir / f"000001.{suffix}", home.editions_dir / f"000002.{suffix}")
    sidecar = home.editions_dir / "000002.json"
    sidecar.write_text(sidecar.read_text("utf-8").replace('"number": "1"', '"number": "2"'), "utf-8")
    assert publish(home, DAY) == 3
    assert late(home) == 0
    assert [entry.facts["edition"] for entry in entries(home, kind="publish")] == [3, 1]


def test_nothing_happens_that_could_not_be_journaled(home, tmp_path):
    deliver(home, tmp_path)
    publish(home, DAY)
    with closing(sqlite3.connect(home.journal_path)) as file:
        file.execute("pragma user_version = 99")
    with pytest.raises(JournalUnusable):
        deliver(home, tmp_path, PROJECTS.replace("P-1", "P-2"))
    with pytest.raises(JournalUnusable):
        undo(home, 1)
    with pytest.raises(JournalUnusable):
        publish(home, DAY)
    [batch] = status(home)["batches"]
    assert batch["undone_at"] is None
    assert [path.stem for path in home.uploads_dir.glob("*.aes")] == [batch["file_sha256"]]
    assert home.current_path.read_text() == "1" and len(list(home.editions_dir.iterdir())) == 2


def test_a_first_import_that_could_not_be_journaled_begins_no_ledger(home, tmp_path):
    home.journal_path.mkdir()
    with pytest.raises(JournalUnusable):
        deliver(home, tmp_path)
    assert not home.ledger_path.exists()


def test_leaving_the_demonstration_is_journaled_and_the_journal_stays(home, tmp_path):
    with home.writer_lock("percobaan"):
        mark_demo(home)
    deliver(home, tmp_path)
    publish(home, DAY)
    clear_demo(home, [tmp_path / "proyek.csv"], {}, reader=SITI)
    deliver(home, tmp_path, reader=SITI)
    publish(home, DAY, reader=SITI)
    assert [(kind, who) for kind, who, _ in told(home)] == [
        ("import", "lokal"), ("publish", "lokal"), ("demonstration", "siti"), ("import", "siti"), ("publish", "siti"),
    ]  # fmt: skip
    assert [entry.facts["batch"] for entry in entries(home, kind="import")] == [1, 1]
    assert (journal.verify(home).faults, late(home)) == ([], 0)


@pytest.mark.parametrize("command", ["import", "publish"])
def test_what_happened_and_could_not_be_journaled_ends_with_1_and_is_recorded_later(
    home, tmp_path, monkeypatch, command
):
    """The disk fills up between the act and its entry."""
    deliver(home, tmp_path)
    (tmp_path / "lain.csv").write_text(PROJECTS.replace("P-1", "P-2"), "utf-8")
    asked = journal.append_all

    def full(home, acts, reader):
        if acts[0][0] == command:
            raise JournalUnusable("Jurnal tidak dapat ditulis (OperationalError).")
        return asked(home, acts, reader)

    monkeypatch.setattr(journal, "append_all", full)
    said = run_here(home, command, *([tmp_path / "lain.csv"] if command == "import" else []))
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr.startswith("Sudah terlaksana, tetapi jurnal")
    monkeypatch.undo()
    assert (late(home), late(home)) == (1, 0)
    assert told(home)[-1] == (command, "tidak diketahui", True)


def test_leaving_the_demonstration_keeps_how_one_signs_in(home, tmp_path):
    """Without it a running server would let everybody in as an administrator."""
    deliver(home, tmp_path)
    mark_demo(home)
    signing_in = '[identity]\nmode = "password"\n'
    home.config_path.write_text(f"{CONFIG}\n{signing_in}", "utf-8")
    home.config_path.chmod(0o600)
    ensure_secret(home, "forms.key")
    first_key = (home.keys_dir / "person.key").read_bytes()
    clear_demo(home, [tmp_path / "proyek.csv"], {}, reader=SITI)
    assert home.config_path.read_text("utf-8") == signing_in
    assert stat.S_IMODE(home.config_path.stat().st_mode) == 0o600
    assert [path.name for path in home.keys_dir.iterdir()] == ["forms.key"]
    deliver(home, tmp_path)
    assert (home.keys_dir / "person.key").read_bytes() != first_key


def test_a_demonstration_is_not_left_for_files_of_which_no_row_is_accepted(home, tmp_path):
    deliver(home, tmp_path)
    mark_demo(home)
    (tmp_path / "salah.csv").write_text(PROJECTS.replace("16.71", "Mars"), "utf-8")
    with pytest.raises(CakupanError, match="Tidak ada baris yang diterima, jadi data contoh tetap"):
        clear_demo(home, [tmp_path / "salah.csv"], {}, reader=SITI)
    assert status(home)["demo"]


def test_leaving_a_demonstration_that_nobody_changed_leaves_no_settings(home, tmp_path):
    deliver(home, tmp_path)
    mark_demo(home)
    home.config_path.write_text(CONFIG, "utf-8")
    clear_demo(home, [tmp_path / "proyek.csv"], {}, reader=SITI)
    assert not home.config_path.exists()


def test_leaving_the_demonstration_takes_its_packs_along_and_their_entries_stay(home, tmp_path):
    deliver(home, tmp_path)
    mark_demo(home)
    request = PackRequest("Rapat", DAY, "opd", DAY, "16")
    kept = packs.keep(home, SITI, request, {"pdf": b"%PDF"}, PackFacts(1, True, "a" * 64, 0, ()))
    clear_demo(home, [tmp_path / "proyek.csv"], {}, reader=SITI)
    assert not home.packs_dir.exists()
    assert [entry.number for entry in packs.entries_of(home, kept.files[0].sha256)] == [kept.number]


def test_entries_of_another_shape_hide_no_delivery_and_stop_no_act(tmp_path):
    home = Home(tmp_path / "home")
    landed = deliver(home, tmp_path, reader=SITI)
    for kind, facts in (("import", {}), ("import", {"batch": [1], "sha256": {}}), ("undo", {"batch": [], "file": 5})):
        journal.append(home, kind, facts, SITI)
    assert [number for number, _sha256 in imported_by(home, "siti")] == [landed.batch]
    assert [one.batch for one in happened_after(home, 0)] == [landed.batch, None, None, None]
    assert landed.batch
    undo(home, landed.batch, reader=SITI)
