"""What a page remembers of the ledger: until it changes, by whom and however it ends."""

import duckdb
import pytest

from data import ledger
from data.access import LOCAL
from data.home import Home
from data.importers import import_file
from ui import ledger_status

PROJECTS = "kode_proyek,nama_proyek,wilayah,pemilik,mulai,selesai\nP-1,Jalan,16.71,Dinas PUPR,2024-01-01,2024-12-31\n"


def test_an_undo_that_was_killed_before_its_checkpoint_is_seen_at_once(home: Home, tmp_path, monkeypatch):
    path = tmp_path / "proyek.csv"
    path.write_text(PROJECTS, "utf-8")
    import_file(home, path)
    assert [batch.is_live for batch in ledger_status.status(LOCAL).batches] == [True]
    undo_and_die(home, monkeypatch)
    assert [batch.is_live for batch in ledger_status.status(LOCAL).batches] == [False]


def undo_and_die(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was committed stands in DuckDB's log alone, and the ledger's file is as it was."""
    connect = ledger._connect

    def connect_to_die(path) -> duckdb.DuckDBPyConnection:
        opened = connect(path)
        opened.execute("pragma disable_checkpoint_on_shutdown")
        return opened

    with monkeypatch.context() as dying:
        dying.setattr(ledger, "_connect", connect_to_die)
        ledger.undo(home, 1)
    assert ledger.log_of(home.ledger_path).exists()
