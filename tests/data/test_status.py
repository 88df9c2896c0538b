"""What status tells while nobody writes, while somebody does, and after."""

import os

import pytest

from data import ledger
from data.home import Home
from data.importers import import_file
from data.status import status

PROJECTS = "kode_proyek,nama_proyek,wilayah,pemilik,mulai,selesai\nP-1,Jalan,16.71,Dinas PUPR,2024-01-01,2024-12-31\n"


@pytest.fixture
def with_one_batch(home: Home, tmp_path) -> Home:
    path = tmp_path / "proyek.csv"
    path.write_text(PROJECTS, "utf-8")
    import_file(home, path)
    return home


def of_ledger(told: dict) -> dict:
    return {name: told[name] for name in ("demo", "schema_version", "batches", "waiting")}


def test_an_empty_home_has_no_batches_and_nothing_is_made_in_it(home: Home):
    told = status(home)
    assert (told["batches"], told["busy"], told["is_current"]) == ([], None, True)
    assert list(home.root.iterdir()) == []


def test_status_is_what_the_ledger_holds_read_or_remembered(with_one_batch: Home):
    held = ledger.status(with_one_batch)
    first, second = status(with_one_batch), status(with_one_batch)
    assert of_ledger(first) == of_ledger(second) == held
    assert (second["busy"], second["is_current"]) == (None, True)


def test_what_is_remembered_is_read_without_the_lock_and_names_who_writes(with_one_batch: Home):
    status(with_one_batch)
    with with_one_batch.writer_lock("impor roster.csv"):
        told = status(with_one_batch)
    assert [batch["batch_id"] for batch in told["batches"]] == [1]
    assert told["is_current"]
    assert told["busy"].startswith(f"Data sedang ditulis oleh proses {os.getpid()} (impor roster.csv) sejak pukul ")


def test_while_a_writer_has_changed_the_ledger_the_last_state_is_told_as_such(with_one_batch: Home):
    before = status(with_one_batch)
    with with_one_batch.writer_lock("impor roster.csv"), ledger.open_ledger(with_one_batch) as opened:
        opened.execute("update batch set sender = 'Kanwil'")
        opened.execute("checkpoint")
        told = status(with_one_batch)
    assert (of_ledger(told), told["is_current"]) == (of_ledger(before), False)
    assert "impor roster.csv" in told["busy"]
    after = status(with_one_batch)
    assert ([batch["sender"] for batch in after["batches"]], after["is_current"]) == (["Kanwil"], True)


def test_a_ledger_that_was_never_read_is_not_told_as_an_empty_one(with_one_batch: Home):
    with with_one_batch.writer_lock("impor roster.csv"):
        told = status(with_one_batch)
    assert (told["batches"], told["is_current"]) == ([], False)


def test_an_undo_is_told_by_the_next_status(with_one_batch: Home):
    status(with_one_batch)
    ledger.undo(with_one_batch, 1)
    assert [batch["undone_at"] is not None for batch in status(with_one_batch)["batches"]] == [True]


def test_a_remembered_state_that_cannot_be_read_is_read_anew(with_one_batch: Home):
    before = status(with_one_batch)
    (with_one_batch.root / "status.json").write_text('{"of_file": [1]}')
    assert status(with_one_batch) == before


def test_only_its_owner_reads_what_is_remembered(with_one_batch: Home):
    status(with_one_batch)
    assert (with_one_batch.root / "status.json").stat().st_mode & 0o777 == 0o600
