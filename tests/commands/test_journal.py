"""cakupan.py journal: what it prints, and how it ends."""

import json
import shutil
import sqlite3
from contextlib import closing

import pytest

from data import journal
from data.access import EVERYTHING, LOCAL, Reader
from data.editions import publish
from data.home import Home
from data.importers import import_file
from data.journal import append
from tests.shell import landed, refused, run_here

SITI = Reader("siti", "steward", EVERYTHING, is_authenticated=True)
PROJECTS = "kode_proyek,nama_proyek,wilayah,pemilik,mulai,selesai\nP-1,Jalan,16.71,Dinas PUPR,2024-01-01,2024-12-31\n"


def tamper(home) -> None:
    with closing(sqlite3.connect(home.journal_path, isolation_level=None)) as file:
        [(sql,)] = file.execute("select sql from sqlite_schema where name = 'entry_is_never_changed'")
        file.execute("drop trigger entry_is_never_changed")
        file.execute("update entry set who = 'orang lain' where number = 1")
        file.execute(sql)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """One batch and one edition, both journaled; to be copied."""
    folder = tmp_path_factory.mktemp("jurnal")
    home = Home(folder / "home")
    (folder / "proyek.csv").write_text(PROJECTS, "utf-8")
    import_file(home, folder / "proyek.csv", reader=SITI)
    publish(home, reader=SITI)
    return home


@pytest.fixture
def delivered(made, home):
    """A copy of it for this test alone."""
    shutil.copytree(made.root, home.root, dirs_exist_ok=True)
    return home


def test_a_whole_journal_ends_with_0_and_prints_its_head_to_note_down(delivered):
    said = run_here(delivered, "journal", "verify")
    number, head = journal.head(delivered)
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.splitlines() == [
        "Jurnal utuh: 2 entri.",
        f"Ujung jurnal: entri {number}, hash {head}",
        "Catat ujung ini di tempat lain; dengan itu pemotongan atau penulisan ulang ketahuan.",
        "Entri 2 belum dikuatkan oleh edisi mana pun; penerbitan berikutnya menguatkannya.",
    ]


def test_a_broken_journal_ends_with_1_and_names_the_entry(delivered):
    tamper(delivered)
    said = run_here(delivered, "journal", "verify")
    assert said.returncode == 1
    assert said.stderr == "Entri 1 diubah: isinya tidak lagi sesuai dengan hash-nya.\n"
    assert said.stdout.startswith("Jurnal RUSAK: 2 entri.\n")


def test_what_is_broken_is_told_as_json_too(delivered):
    tamper(delivered)
    said = run_here(delivered, "journal", "verify", "--json")
    facts = json.loads(said.stdout)
    assert (said.returncode, facts["is_whole"], facts["entries"], facts["confirmed"]) == (1, False, 2, 1)
    problem = "Entri 1 diubah: isinya tidak lagi sesuai dengan hash-nya."
    assert facts["faults"] == [{"number": 1, "problem": problem}]


def test_nothing_is_added_to_a_broken_journal(delivered):
    tamper(delivered)
    with closing(sqlite3.connect(delivered.journal_path, isolation_level=None)) as file:
        [(sql,)] = file.execute("select sql from sqlite_schema where name = 'entry_is_never_removed'")
        file.execute("drop trigger entry_is_never_removed")
        file.execute("delete from entry where number = 2")
        file.execute(sql)
    assert run_here(delivered, "journal", "verify").returncode == 1
    assert journal.count(delivered) == 1


def test_what_a_dead_process_left_unsaid_is_appended(delivered):
    for path in delivered.root.glob("journal.sqlite*"):
        path.unlink()
    (delivered.editions_dir / "000001.json").unlink()
    assert landed(delivered, "journal", "verify")["recorded_late"] == 1
    assert landed(delivered, "journal", "verify")["recorded_late"] == 0


def test_while_another_process_writes_the_chain_is_checked_all_the_same(delivered):
    with delivered.writer_lock("impor"):
        facts = landed(delivered, "journal", "verify")
    assert facts["is_whole"]
    assert facts["notes"][0].startswith("Buku besar belum dibandingkan dengan jurnal: Data sedang ditulis oleh proses")


def test_a_ledger_that_cannot_be_opened_does_not_hide_the_verdict(delivered):
    delivered.ledger_path.write_bytes(b"bukan buku besar " * 1000)
    facts = landed(delivered, "journal", "verify")
    assert facts["is_whole"] and facts["entries"] == 2
    assert "pulihkan dari cadangan" in facts["notes"][0]


def test_without_a_journal_all_is_well(home):
    said = run_here(home, "journal", "verify")
    assert (said.returncode, said.stdout) == (0, "Jurnal utuh: 0 entri.\n")
    assert list(home.root.iterdir()) == []


def test_entries_are_shown_newest_first_in_plain_words(delivered):
    append(delivered, "export", {"name": "cakupan.csv", "rows": 1234, "bytes": 5, "edition": 1, "place": "16"}, LOCAL)
    export, published, imported = run_here(delivered, "journal", "show").stdout.splitlines()
    assert export.endswith(
        "WIB  lokal (tanpa autentikasi)  Unduhan  cakupan.csv: 1.234 baris, 5 bita, edisi 1. Lingkup: wilayah 16."
    )
    assert "  siti  Penerbitan  Edisi 1 diterbitkan, dihitung per " in published
    assert imported.endswith("siti  Impor  Batch 1: proyek dari proyek.csv, 1 baris diterima, 0 ditolak.")


def test_entries_are_filtered(delivered):
    append(delivered, "undo", {"batch": 9}, LOCAL)
    assert [entry["number"] for entry in landed(delivered, "journal", "show", "--kind", "import")] == [1]
    assert [entry["number"] for entry in landed(delivered, "journal", "show", "--who", "siti")] == [2, 1]
    assert [entry["number"] for entry in landed(delivered, "journal", "show", "--limit", "1")] == [3]
    assert landed(delivered, "journal", "show", "--to", "2020-01-01") == []
    assert len(landed(delivered, "journal", "show", "--from", "2020-01-01", "--text", "PROYEK.csv")) == 1


def test_a_filter_that_means_nothing_is_refused(home):
    assert refused(home, "journal", "show", "--kind", "impor").startswith(
        "Jenis 'impor' tidak dikenal; pilih: sign_in, "
    )
    assert refused(home, "journal", "show", "--from", "kemarin") == "'kemarin' bukan tanggal; tulis seperti 2024-07-31."


def test_the_shell_journals_the_user_of_the_system(home, tmp_path, monkeypatch):
    monkeypatch.setenv("LOGNAME", "operator")
    (tmp_path / "proyek.csv").write_text(PROJECTS, "utf-8")
    landed(home, "import", tmp_path / "proyek.csv")
    landed(home, "publish")
    assert run_here(home, "undo", 1).returncode == 0
    found = [(entry.kind, entry.who, entry.role, entry.is_authenticated) for entry in journal.entries(home)]
    assert found == [(kind, "operator", "admin", False) for kind in ("undo", "publish", "import")]


def test_an_account_that_may_not_read_the_journal_is_refused(home, monkeypatch):
    from data import accounts

    accounts.add(home, accounts.Account("siti", "Siti", "steward", places=("16",)))
    monkeypatch.setenv("CAKUPAN_ACCOUNT", "siti")
    for command in ("verify", "show"):
        assert refused(home, "journal", command) == (
            "Akun 'siti' (Petugas data) tidak boleh membaca jurnal; mintalah kepada Pengelola."
        )
