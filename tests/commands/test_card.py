"""cakupan.py card and verify: what they write, journal and print, and how they end."""

import pytest

from data import journal
from tests.shell import landed, refused, run_here


@pytest.fixture(scope="module")
def taken(card_home, tmp_path_factory):
    """A card of P-2 as a file, and what was printed."""
    path = tmp_path_factory.mktemp("keluar") / "kartu.pdf"
    return path, landed(card_home, "card", "P-2", "--out", path)


def test_a_card_is_written_and_journaled_with_its_hash(card_home, taken):
    path, told = taken
    [entry] = journal.entries(card_home, kind="export", text=told["sha256"])
    assert path.read_bytes().startswith(b"%PDF-")
    assert (told["result"], told["edition"], told["journal_entry"]) == ("belum_memenuhi", 1, entry.number)
    assert {name: entry.facts[name] for name in ("name", "table", "project", "payment", "edition", "card_hash")} == {
        "name": "kartu.pdf", "table": "card", "project": "P-2", "payment": 0, "edition": 1,
        "card_hash": told["card_hash"],
    }  # fmt: skip


def test_the_same_card_is_the_same_file_again(card_home, taken, tmp_path):
    path, _told = taken
    landed(card_home, "card", "P-2", "--out", tmp_path / "lagi.pdf")
    assert (tmp_path / "lagi.pdf").read_bytes() == path.read_bytes()


def test_a_card_that_was_taken_is_confirmed(card_home, taken):
    path, told = taken
    found = landed(card_home, "verify", path)
    assert (found["is_confirmed"], found["journal_is_whole"]) == (True, True)
    assert {name: found["card"][name] for name in ("project", "is_same", "result", "result_now", "card_hash")} == {
        "project": "P-2", "is_same": True, "result": "belum_memenuhi", "result_now": "belum_memenuhi",
        "card_hash": told["card_hash"],
    }  # fmt: skip


def test_an_old_card_is_told_the_result_of_today(card_home, taken):
    path, _told = taken
    said = run_here(card_home, "verify", path)
    assert "Hasil kini" not in said.stdout
    card_home.current_path.write_text("2")
    said = run_here(card_home, "verify", path)
    card_home.current_path.write_text("1")
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.startswith("Cocok: ")
    assert "Hasil kini (edisi 2): Memenuhi, terlambat." in said.stdout


def test_a_changed_file_ends_with_1_and_says_that_it_cannot_be_confirmed(card_home, taken, tmp_path):
    path, told = taken
    (tmp_path / "ubah.pdf").write_bytes(path.read_bytes().replace(b"%PDF", b"%PDf", 1))
    said = run_here(card_home, "verify", tmp_path / "ubah.pdf")
    assert (said.returncode, said.stderr) == (1, "")
    assert said.stdout.startswith("Tidak dapat dipastikan: ")
    assert told["card_hash"] in said.stdout


def test_any_file_may_be_asked_about(card_home, tmp_path):
    (tmp_path / "a.csv").write_text("a;b\r\n", "utf-8")
    assert run_here(card_home, "verify", tmp_path / "a.csv").returncode == 1


def test_a_card_of_an_earlier_edition_or_in_english_can_be_had(card_home, tmp_path):
    later = landed(card_home, "card", "P-2", "--edition", "2", "--language", "en", "--out", tmp_path / "en.pdf")
    assert (later["result"], later["edition"]) == ("terlambat", 2)


def test_what_cannot_be_is_refused_and_leaves_no_file_and_no_entry(card_home, tmp_path):
    before = journal.head(card_home)
    out = tmp_path / "kartu.pdf"
    assert "'P-9'" in refused(card_home, "card", "P-9", "--out", out)
    assert "Pembayaran 7" in refused(card_home, "card", "P-1", "--payment", "7", "--out", out)
    assert "'fr'" in refused(card_home, "card", "P-1", "--language", "fr", "--out", out)
    assert "Edisi 9" in refused(card_home, "card", "P-1", "--edition", "9", "--out", out)
    assert "tidak dapat ditulis" in refused(card_home, "card", "P-1", "--out", tmp_path / "tidak-ada" / "kartu.pdf")
    assert "tidak dapat dibaca" in refused(card_home, "verify", tmp_path / "tidak-ada.pdf")
    assert (list(tmp_path.iterdir()), journal.head(card_home)) == ([], before)


def test_a_journal_that_cannot_be_written_keeps_the_card_back(card_home, tmp_path):
    card_home.journal_path.rename(card_home.root / "jurnal")
    card_home.journal_path.mkdir()
    try:
        said = run_here(card_home, "card", "P-1", "--out", tmp_path / "kartu.pdf")
    finally:
        card_home.journal_path.rmdir()
        (card_home.root / "jurnal").rename(card_home.journal_path)
    assert said.returncode == 2
    assert list(tmp_path.iterdir()) == []
