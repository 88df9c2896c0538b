"""A file that is taken is journaled, and refused to who may no longer have it."""

import hashlib
from datetime import UTC, datetime

import pytest

from analytics.verification import verify
from data import accounts, journal
from data.access import LOCAL
from data.accounts import Account
from data.errors import CakupanError
from data.journal import JournalUnusable
from identity import connections
from reports.workbook import Heading, Sheet, workbook_bytes
from ui.downloads import Taker, take

NAME = "cakupan-16-2024-07-tren.csv"
FACTS = {"edition": 3, "month": "2024-07", "place": "16", "table": "tren", "rows": 2}
CONTENT = b"Bulan;Cakupan\n2024-07;45,6\n"
BRANCH = Account("lahat", "Cabang Lahat", "branch", branches=("lahat",))


@pytest.fixture
def taker(home) -> Taker:
    """Of a branch, signed in."""
    accounts.add(home, BRANCH, "kuda-laut-biru-tiga")
    token = accounts.open_session(home, "lahat", "10.0.0.1", datetime.now(UTC))
    return Taker(home, BRANCH.reader(), accounts.session_id_of(token))


def test_a_file_is_journaled_with_scope_size_and_hash_when_it_is_taken(taker):
    assert take(taker, lambda: CONTENT, NAME, FACTS) == CONTENT
    [entry] = journal.entries(taker.home)
    assert (entry.kind, entry.who, entry.role, entry.is_authenticated) == ("export", "lahat", "branch", True)
    assert entry.facts == FACTS | {
        "name": NAME,
        "format": "csv",
        "bytes": len(CONTENT),
        "sha256": hashlib.sha256(CONTENT).hexdigest(),
    }


@pytest.mark.parametrize("kind", ["csv", "xlsx", "pdf"])
def test_any_file_that_was_taken_is_confirmed_afterwards_and_a_changed_one_is_not(taker, kind):
    sheet = Sheet("Tren", [("Edisi", 3)], [Heading("Bulan")], [["2024-07"]])
    read = {"csv": lambda: CONTENT, "xlsx": lambda: workbook_bytes(sheet, "id"), "pdf": lambda: b"%PDF-1.7 kartu"}[kind]
    content = take(taker, read, f"berkas.{kind}", FACTS)
    found = verify(taker.home, LOCAL, content)
    assert (found.is_confirmed, [entry.facts["format"] for entry in found.exports]) == (True, [kind])
    assert not verify(taker.home, LOCAL, content[:-1] + b"?").is_confirmed


def test_a_template_is_not_journaled(taker):
    assert take(taker, lambda: b"nik,kode_proyek\n", "tenaga_kerja.csv", None) == b"nik,kode_proyek\n"
    assert journal.count(taker.home) == 0


def never() -> bytes:
    raise AssertionError("the file was made")


def disable(taker):
    accounts.disable(taker.home, "lahat")


def sign_out(taker):
    accounts.end_session(taker.home, taker.owner)


@pytest.mark.parametrize("ended", [disable, sign_out])
def test_who_is_out_by_now_gets_no_file(taker, ended):
    ended(taker)
    with pytest.raises(CakupanError, match="Sesi Anda sudah berakhir"):
        take(taker, never, NAME, FACTS)
    assert journal.count(taker.home) == 0


@pytest.mark.parametrize("change", [{"branches": ("palembang",)}, {"role": "viewer"}])
def test_who_sees_something_else_by_now_gets_no_file_of_before(taker, change):
    accounts.change(taker.home, "lahat", **change)
    with pytest.raises(CakupanError):
        take(taker, never, NAME, FACTS)
    assert journal.count(taker.home) == 0


def test_a_file_that_cannot_be_journaled_is_given_to_nobody(taker):
    taker.home.journal_path.mkdir()
    with pytest.raises(JournalUnusable, match="tidak dapat ditulis"):
        take(taker, lambda: b"tidak tercatat", NAME, FACTS)


def test_without_sign_in_the_reader_of_this_machine_is_journaled_as_such(home):
    take(Taker(home, LOCAL, connections.LOCAL_OWNER), lambda: CONTENT, NAME, FACTS)
    assert [(entry.who, entry.is_authenticated) for entry in journal.entries(home)] == [("lokal", False)]


def test_nobody_takes_files_as_the_reader_of_this_machine_with_a_session(taker):
    with pytest.raises(CakupanError):
        take(Taker(taker.home, LOCAL, taker.owner), never, NAME, FACTS)
