"""Originals and logs go when their time has passed; nothing that is computed changes."""

import hashlib
import os
import sqlite3
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from data import journal, keys
from data.access import LOCAL
from data.config import Retention
from data.editions import current_edition, open_edition, publish
from data.errors import CakupanError, HomeBusy
from data.home import Home
from data.importers import import_file
from data.keys import read_encrypted
from data.ledger import undo
from data.logs import FILE_NAME
from data.retention import Purged, purge

DAY = 24 * 60 * 60
KEEP_A_YEAR = Retention(uploads_days=365, logs_days=0)
OFFICIAL = "wilayah,per_tanggal,segmen,peserta,potensi,sumber\n16,2024-07-09,jasa konstruksi,{},270000,Kanwil\n"


def bring_in(home: Home, folder: Path, members: int) -> Path:
    path = folder / f"angka-{members}.csv"
    path.write_text(OFFICIAL.format(members), "utf-8")
    batch = import_file(home, path)[0].batch
    with duckdb.connect(str(home.ledger_path)) as ledger:
        found = ledger.execute("select file_sha256 from batch where batch_id = ?", [batch]).fetchone()
    assert found is not None
    return home.uploads_dir / f"{found[0]}.aes"


def delivered_days_ago(home: Home, original: Path, days: int) -> None:
    """As if that delivery had come in then."""
    then = datetime.now(UTC).replace(tzinfo=None) - timedelta(days=days)
    with duckdb.connect(str(home.ledger_path)) as ledger:
        ledger.execute("update batch set imported_at = ? where file_sha256 = ?", [then, original.stem])


def aged(path: Path, days: int) -> None:
    then = time.time() - days * DAY
    os.utime(path, (then, then))


@pytest.fixture
def two(home, tmp_path) -> tuple[Path, Path]:
    """The originals of a delivery of 366 days ago and of one of 364 days ago."""
    old, new = (bring_in(home, tmp_path, members) for members in (123_000, 124_000))
    delivered_days_ago(home, old, 366)
    delivered_days_ago(home, new, 364)
    return old, new


def test_an_original_goes_after_its_time_and_is_journaled_by_counts(home, two):
    old, new = two
    size = old.stat().st_size
    assert purge(home, KEEP_A_YEAR) == Purged(1, size, 0)
    assert (old.exists(), new.exists()) == (False, True)
    [entry] = journal.entries(home, kind="purge")
    assert entry.facts == {"originals": 1, "bytes": size, "log_files": 0}
    assert purge(home, KEEP_A_YEAR) == Purged(0, 0, 0)
    assert journal.count(home, kind="purge") == 1, "a purge that finds nothing is no act"


def test_a_trial_only_counts(home, two):
    assert purge(home, KEEP_A_YEAR, dry_run=True).originals == 1
    assert all(original.exists() for original in two)
    assert journal.count(home, kind="purge") == 0


def test_zero_days_keep_everything(home, two):
    assert purge(home, Retention(uploads_days=0, logs_days=0)) == Purged(0, 0, 0)
    assert all(original.exists() for original in two)


def test_the_numbers_stay_and_a_batch_can_be_undone_without_its_original(home, two):
    before = open_edition(home, publish(home, date(2024, 7, 31))).meta["content_hash"]
    purge(home, Retention(uploads_days=1, logs_days=0))
    assert list(home.uploads_dir.iterdir()) == []
    assert open_edition(home, publish(home, date(2024, 7, 31))).meta["content_hash"] == before
    undo(home, 1)
    publish(home, date(2024, 7, 31))
    assert current_edition(home) is not None
    with pytest.raises(CakupanError, match="bila belum melewati masa simpannya, pulihkan dari cadangan"):
        read_encrypted(home, two[0].stem)


def test_a_file_that_came_in_again_has_its_time_again(home, two, tmp_path):
    old, _ = two
    undo(home, 1)
    assert bring_in(home, tmp_path, 123_000) == old
    delivered_days_ago(home, old, 0)
    assert purge(home, KEEP_A_YEAR).originals == 0


def test_a_part_of_a_procurement_set_is_as_old_as_its_file(home, two):
    part = two[1].with_name("0" * 64 + ".aes")
    part.write_bytes(b"bagian")
    aged(part, 366)
    assert purge(home, KEEP_A_YEAR).originals == 2
    assert not part.exists()


def test_files_of_the_log_go_after_their_own_time(home):
    home.logs_dir.mkdir()
    for name, days in {FILE_NAME: 0, f"{FILE_NAME}.1": 89, f"{FILE_NAME}.2": 91, "lain.txt": 91}.items():
        (home.logs_dir / name).write_text("x", "utf-8")
        aged(home.logs_dir / name, days)
    assert purge(home, Retention(uploads_days=0, logs_days=90)).log_files == 1
    assert sorted(path.name for path in home.logs_dir.iterdir()) == [FILE_NAME, f"{FILE_NAME}.1", "lain.txt"]


def test_nothing_is_purged_while_another_process_writes(home, two):
    with home.writer_lock("impor besar"), pytest.raises(HomeBusy, match="impor besar"):
        purge(home, KEEP_A_YEAR)
    assert all(original.exists() for original in two)


def test_purging_a_home_that_is_not_there_makes_none(tmp_path):
    assert purge(Home(tmp_path / "tidak-ada"), KEEP_A_YEAR) == Purged(0, 0, 0)
    assert not (tmp_path / "tidak-ada").exists()


PDF = b"%PDF-1.7 bukti"


def named_scan(home: Home, days: int, content: bytes = PDF) -> Path:
    """A scan and the entry that names it, as if both had come so long ago."""
    sha256 = hashlib.sha256(content).hexdigest()
    keys.ensure_keys(home)
    path = keys.store_evidence(home, content, sha256)
    journal.append(home, "proof", {"scan_sha256": sha256}, LOCAL)
    then = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="milliseconds")
    with sqlite3.connect(home.journal_path, isolation_level=None) as file:
        file.execute("drop trigger entry_is_never_changed")
        file.execute("update entry set at = ? where facts like ?", [then, f"%{sha256}%"])
    file.close()
    return path


def test_a_scan_is_kept_for_good_unless_a_time_is_set(home):
    old = named_scan(home, 4_000)
    assert purge(home, Retention(uploads_days=1, logs_days=1)) == Purged(0, 0, 0, 0)
    assert old.exists()


@pytest.mark.parametrize(("days", "is_kept"), [(364, True), (366, False)])
def test_a_scan_goes_after_its_time_and_is_journaled(home, days, is_kept):
    path = named_scan(home, days)
    limited = Retention(uploads_days=0, logs_days=0, evidence_days=365)
    assert purge(home, limited, dry_run=True).scans == int(not is_kept)
    assert path.exists()
    assert purge(home, limited).scans == int(not is_kept)
    assert path.exists() == is_kept
    assert [entry.facts["scans"] for entry in journal.entries(home, kind="purge")] == [1] * (not is_kept)


def test_a_scan_that_no_entry_names_goes_at_once_and_the_others_stay(home):
    named, orphan = named_scan(home, 0), keys.store_evidence(home, b"x", "0" * 64)
    assert purge(home, Retention(uploads_days=0, logs_days=0)).scans == 1
    assert (named.exists(), orphan.exists()) == (True, False)


def test_without_any_entry_that_names_a_scan_none_goes(home):
    keys.ensure_keys(home)
    kept = keys.store_evidence(home, b"x", "0" * 64)
    journal.append(home, "export", {}, LOCAL)
    assert purge(home, Retention(uploads_days=0, logs_days=0, evidence_days=1)).scans == 0
    assert kept.exists()
