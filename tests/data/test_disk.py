"""What is asked of the disk, and how its faults are told."""

import errno
import os
import sqlite3

import duckdb
import pytest

from data.disk import give_to_owner_of, hindrance_told
from data.errors import CakupanError, hindrance

FULL = os.strerror(errno.ENOSPC)


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (OSError(errno.ENOSPC, FULL), "cakram penuh"),
        (duckdb.IOException(f'Could not write file "x.wal": {FULL}'), "cakram penuh"),
        (sqlite3.OperationalError("database or disk is full"), "cakram penuh"),
        (duckdb.IOException('Cannot open file "x": Permission denied'), "izin ditolak"),
        (duckdb.IOException('Could not set lock on file "x": Conflicting lock is held'), "sedang dipakai program lain"),
    ],
)
def test_a_fault_of_the_disk_is_told_in_a_sentence_whoever_stumbles_over_it(error, word):
    with pytest.raises(CakupanError) as told, hindrance_told("Penerbitan", "edisi yang dilayani tidak berubah"):
        raise error
    sentence = f"Penerbitan berhenti ({word}); edisi yang dilayani tidak berubah, perbaiki lalu ulangi."
    assert str(told.value) == sentence


def test_a_fault_of_the_program_stays_what_it_is_and_tells_no_cell():
    wrong = duckdb.ConversionException("Could not convert string '1671016507900001' to DATE")
    assert hindrance(wrong) is None
    with pytest.raises(duckdb.ConversionException), hindrance_told("Penerbitan"):
        raise wrong


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only the administrator gives files away")
def test_what_the_administrator_makes_belongs_to_the_owner_of_the_home(tmp_path):
    home, made = tmp_path / "home", tmp_path / "home" / "ledger.duckdb"
    home.mkdir()
    os.chown(home, 4711, 4712)
    made.write_bytes(b"")
    give_to_owner_of(made, home)
    assert (made.stat().st_uid, made.stat().st_gid) == (4711, 4712)
