"""One writer at a time, told apart by the operating system."""

import json
import os
import threading

import pytest

from data.errors import CakupanError, HomeBusy
from data.home import Home
from tests.full_disk import needs_limits, no_file_beyond


def test_a_second_writer_is_told_who_writes_and_since_when(home):
    with home.writer_lock("impor roster.csv"):
        since = json.loads((home.root / "writer.json").read_text())["since"]
        with pytest.raises(HomeBusy) as refused, home.writer_lock("penerbitan edisi"):
            pass
    assert str(refused.value) == (
        f"Data sedang ditulis oleh proses {os.getpid()} (impor roster.csv) sejak pukul {since} WIB; "
        "coba lagi setelah selesai."
    )


def test_a_second_writer_is_told_the_account_that_writes(home):
    with home.writer_lock("impor roster.csv", who="ayu"):
        since = json.loads((home.root / "writer.json").read_text())["since"]
        with pytest.raises(HomeBusy) as refused, home.writer_lock("penerbitan edisi", who="budi"):
            pass
    assert str(refused.value) == (
        f"Data sedang ditulis oleh akun ayu (impor roster.csv, proses {os.getpid()}) sejak pukul {since} WIB; "
        "coba lagi setelah selesai."
    )
    assert (refused.value.who, refused.value.doing, refused.value.since) == ("ayu", "impor roster.csv", since)


def test_a_released_lock_can_be_taken_again(home):
    with home.writer_lock("impor"):
        pass
    with home.writer_lock("penerbitan edisi"):
        assert json.loads((home.root / "writer.json").read_text())["doing"] == "penerbitan edisi"


def test_the_lock_is_released_when_the_work_fails(home):
    with pytest.raises(ZeroDivisionError), home.writer_lock("impor"):
        raise ZeroDivisionError
    with home.writer_lock("impor lagi"):
        pass


def test_a_holder_whose_note_cannot_be_read_still_keeps_others_out(home):
    with home.writer_lock("impor"):
        (home.root / "writer.json").write_text("{")
        with pytest.raises(HomeBusy, match="oleh proses lain"), home.writer_lock("penerbitan edisi"):
            pass


def test_a_home_that_is_a_file_is_refused_with_its_path(tmp_path):
    (tmp_path / "berkas").write_text("bukan folder")
    with (
        pytest.raises(CakupanError, match=r"berkas tidak dapat ditulis"),
        Home(tmp_path / "berkas").writer_lock("impor"),
    ):
        pass


def test_the_home_is_named_by_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("CAKUPAN_HOME", str(tmp_path / "lain"))
    assert Home.from_environment().ledger_path == tmp_path / "lain" / "ledger.duckdb"


def test_without_the_environment_the_home_is_var_beside_the_program(monkeypatch):
    monkeypatch.delenv("CAKUPAN_HOME")
    assert (Home.from_environment().root.name, (Home.from_environment().root.parent / "cakupan.py").exists()) == (
        "var",
        True,
    )


def test_a_writer_waits_for_one_who_only_reads(home):
    reading, begun = threading.Event(), threading.Event()

    def read():
        with home.writer_lock("pembacaan status", is_short=True):
            reading.set()
            begun.wait(10)

    reader = threading.Thread(target=read)
    reader.start()
    assert reading.wait(10)
    threading.Timer(0.3, begun.set).start()
    with home.writer_lock("impor roster.csv"):
        assert begun.is_set()
    reader.join()


def test_who_writes_is_told_without_taking_the_lock_and_who_reads_is_not(home):
    assert home.busy() is None
    with home.writer_lock("impor roster.csv"):
        assert "(impor roster.csv) sejak pukul" in (home.busy() or "")
    with home.writer_lock("pembacaan status", is_short=True):
        assert home.busy() is None
    assert home.busy() is None


@needs_limits
def test_a_full_disk_keeps_nobody_from_holding_the_home_but_costs_the_name_of_who_does(home):
    with no_file_beyond(0), home.writer_lock("penerbitan edisi", who="ani"):
        assert home.busy() == "Data sedang ditulis oleh proses lain; coba lagi setelah selesai."
    assert home.busy() is None
