"""Pengelolaan: the journal with its filters and pages, the state of its chain, and the accounts."""

import csv
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime

import pytest
import streamlit as st

from data import accounts, journal
from data.access import EVERYTHING, LOCAL, Reader
from data.accounts import Account
from data.home import Home
from data.journal import append, append_all
from tests.pages.conftest import html_of, text_of
from ui import journal_table, tables

SITI = Reader("siti", "steward", EVERYTHING, is_authenticated=True)
HOSTILE = '<img src=x onerror="alert(1)"> \u202egpj.exe =cmd|1 ' + "x" * 300


@pytest.fixture(scope="module")
def filled(tmp_path_factory) -> Home:
    """A journal of 120 entries without an edition: 117 downloads of siti, an import with a hostile name, an undo of
    nobody in particular, and a publish."""
    home = Home(tmp_path_factory.mktemp("jurnal") / "home")
    downloads = [("export", {"name": f"unduhan-{n}.csv", "rows": n, "bytes": 10 * n}) for n in range(1, 118)]
    append_all(home, downloads, SITI)
    append(home, "import", {"batch": 1, "kind": "proyek", "file": HOSTILE, "rows_accepted": 1}, SITI)
    append(home, "undo", {"batch": 1, "kind": "proyek", "file": HOSTILE, "rows_accepted": 1}, LOCAL)
    append(home, "publish", {"edition": 4, "as_of": "2024-07-31", "batches": 1, "content_hash": "ab" * 32}, SITI)
    return home


@pytest.fixture(autouse=True)
def _checked_anew():
    journal_table._verified.cache_clear()


@pytest.fixture
def taken(monkeypatch):
    """Every file of the page as (name, callable that makes it)."""
    files = {}
    offered = st.download_button

    def offer(text, data, name, *arguments, **options):
        files[name] = data
        return offered(text, data, name, *arguments, **options)

    monkeypatch.setattr(st, "download_button", offer)
    return files


def numbers(app) -> list[str]:
    """Numbers of the entries on the page, from the top."""
    rows = html_of(app).split("<tr>")[2:]
    return [
        row.split("</td>")[0].removeprefix('<td class="num">') for row in rows if row.startswith('<td class="num">')
    ]


def test_the_newest_fifty_are_shown_and_the_rest_page_by_page(look, filled):
    app = look(filled, "pengelolaan")
    assert numbers(app) == [str(n) for n in range(120, 70, -1)]
    assert "1–50 dari 120" in text_of(app)
    app.button(key="journal-older").click().run()
    app.button(key="journal-older").click().run()
    assert numbers(app) == [str(n) for n in range(20, 0, -1)]
    assert "101–120 dari 120" in text_of(app)
    assert app.button(key="journal-older").disabled
    app.button(key="journal-newer").click().run()
    assert numbers(app)[0] == "70"


def test_entries_are_told_in_plain_words_in_both_languages(look, filled):
    text = text_of(look(filled, "pengelolaan"))
    assert "Penerbitan Edisi 4 diterbitkan, dihitung per 2024-07-31, dari 1 kiriman; sidik isi abababababab." in text
    assert "lokal (tanpa autentikasi) Pengelola Pembatalan Batch 1 dibatalkan: proyek dari" in text
    assert "siti Petugas data Unduhan unduhan-117.csv: 117 baris, 1.170 bita." in text
    text = text_of(look(filled, "pengelolaan", lang="en"))
    assert "Publish Edition 4 published, computed as of 2024-07-31, from 1 delivery; content hash abababababab." in text
    assert "siti Data officer Download unduhan-117.csv: 117 rows, 1,170 bytes." in text


def test_filters_begin_again_at_the_newest(look, filled):
    app = look(filled, "pengelolaan")
    app.button(key="journal-older").click().run()
    app.selectbox(key="journal-kind").select("export").run()
    assert numbers(app)[0] == "117" and "1–50 dari 117" in text_of(app)
    app.text_input(key="journal-text").input("unduhan-11").run()
    assert numbers(app) == [str(n) for n in (117, 116, 115, 114, 113, 112, 111, 110, 11)]
    app.selectbox(key="journal-who").select("lokal").run()
    assert numbers(app) == [] and "Tidak ada entri dengan saringan ini." in text_of(app)


def test_days_without_entries_say_so(look, filled):
    app = look(filled, "pengelolaan")
    app.date_input(key="journal-last").set_value(date(2020, 1, 1)).run()
    assert "Tidak ada entri dengan saringan ini." in text_of(app)


def test_what_one_looks_for_is_not_in_the_address(look, filled):
    app = look(filled, "pengelolaan")
    app.text_input(key="journal-text").input("rahasia").run()
    assert "rahasia" not in str(dict(app.query_params))


def test_hostile_facts_come_out_harmless(look, filled):
    html = html_of(look(filled, "pengelolaan"))
    assert "<img" not in html and "\u202e" not in html
    assert "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;" in html
    assert "x" * 120 not in html


def test_a_whole_chain_tells_how_many_entries_and_its_head(look, filled):
    text = text_of(look(filled, "pengelolaan"))
    assert "Rantai utuh: 120 entri diperiksa pukul " in text
    assert journal.head(filled)[1][:16] in text


def test_a_broken_chain_is_told_with_the_entry(look, home):
    append(home, "undo", {"batch": 1}, SITI)
    with closing(sqlite3.connect(home.journal_path, isolation_level=None)) as file:
        file.execute("drop trigger entry_is_never_changed")
        file.execute("update entry set at = 'kemarin', facts = '{', role = '<b>' where number = 1")
    text = text_of(look(home, "pengelolaan"))
    assert "Rantai RUSAK, diperiksa pukul" in text
    assert "Entri 1 diubah: isinya tidak lagi sesuai dengan hash-nya." in text
    assert "unreadable: {" in text
    text = text_of(look(home, "pengelolaan", lang="en"))
    assert "Entry 1 was changed: its content no longer fits its hash." in text


def test_a_journal_that_cannot_be_read_is_told_and_the_page_stands(look, home):
    home.journal_path.write_bytes(b"bukan basis data, hanya teks " * 40)
    text = text_of(look(home, "pengelolaan"))
    assert "tidak dapat dibaca (DatabaseError); pulihkan dari cadangan." in text


def test_the_download_holds_what_is_filtered_and_is_journaled_itself(look, taken, home):
    append(home, "import", {"batch": 1, "kind": "proyek", "file": "=1+1.csv", "rows_accepted": 1}, SITI)
    append(home, "undo", {"batch": 1}, Reader("=cmd", "", EVERYTHING, is_authenticated=False))
    app = look(home, "pengelolaan")
    app.text_input(key="journal-text").input("batch").run()
    [name] = [name for name in taken if name.endswith("jurnal.csv")]
    header, *rows = csv.reader(taken[name]().decode("utf-8-sig").splitlines(), delimiter=";")
    assert [row[0] for row in rows] == ["2", "1"]
    assert rows[0][header.index("Pelaku")] == "'=cmd"
    assert rows[1][header.index("Hash")] == rows[0][header.index("Hash entri sebelumnya")]
    [entry] = journal.entries(home, kind="export")
    assert (entry.who, entry.facts["table"], entry.facts["rows"], entry.facts["text"]) == (
        "lokal",
        "jurnal",
        2,
        "batch",
    )
    [name] = [name for name in taken if name.endswith("jurnal.xlsx")]
    assert taken[name]().startswith(b"PK")
    assert journal.count(home, kind="export") == 2


def test_a_nik_that_somebody_looks_for_is_not_journaled(look, taken, home):
    append(home, "undo", {"batch": 1, "file": "1671010101900001"}, SITI)
    app = look(home, "pengelolaan")
    app.text_input(key="journal-text").input("1671010101900001").run()
    [name] = [name for name in taken if name.endswith("jurnal.csv")]
    assert len(taken[name]().decode("utf-8-sig").splitlines()) == 1 + 1
    [entry] = journal.entries(home, kind="export")
    assert "1671010101900001" not in str(entry.facts) and entry.facts["text"].startswith("167101")


def test_a_workbook_of_too_many_entries_is_not_offered_and_says_why(look, taken, home, monkeypatch):
    monkeypatch.setattr(tables, "MOST_IN_A_WORKBOOK", 2)
    append_all(home, [("undo", {"batch": n}) for n in range(2)], SITI)
    look(home, "pengelolaan")
    assert any(name.endswith(".xlsx") for name in taken)
    append(home, "undo", {"batch": 3}, SITI)
    taken.clear()
    app = look(home, "pengelolaan")
    assert [name for name in taken if name.endswith(".xlsx")] == []
    assert [said.value for said in app.caption] == ["XLSX memuat paling banyak 2 baris: saring dahulu, atau pakai CSV."]


def test_a_file_holds_as_many_entries_as_there_were_when_it_was_offered(look, taken, home):
    append(home, "undo", {"batch": 1}, SITI)
    look(home, "pengelolaan")
    append(home, "undo", {"batch": 2}, SITI)
    [name] = [name for name in taken if name.endswith("jurnal.csv")]
    assert len(taken[name]().decode("utf-8-sig").splitlines()) == 1 + 1


def test_accounts_are_listed_with_role_scope_state_and_last_sign_in(look, home):
    accounts.add(home, Account("siti", "Siti <b>Aminah</b>", "steward", places=("16.71",)), "kuda-laut-biru-tiga")
    accounts.add(home, Account("budi", "Budi", "viewer"))
    accounts.open_session(home, "siti", "10.0.0.1", datetime(2024, 7, 8, 18, 30, tzinfo=UTC))
    accounts.disable(home, "budi")
    text = text_of(look(home, "pengelolaan"))
    assert "siti Siti <b>Aminah</b> Petugas data aktif 9 Juli 2024 01.30 Kota Palembang" in text
    assert "budi Budi Pembaca nonaktif belum pernah belum diberi lingkup" in text


def test_without_accounts_the_page_says_how_they_are_made(look, home):
    app = look(home, "pengelolaan")
    assert "Belum ada akun: semua yang membuka halaman di komputer ini bekerja tanpa autentikasi." in text_of(app)
    assert "python cakupan.py user add NAMA" in app.code[0].value
    assert not home.accounts_path.exists() and not home.journal_path.exists()
