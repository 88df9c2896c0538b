"""Whether a file is what left this system: by the journal, and for a card by its edition."""

import base64
import shutil
import sqlite3
from contextlib import closing
from datetime import date

import msgspec

from analytics.card import Mark, card_facts
from analytics.verification import verify
from data import packs
from data.access import EVERYTHING, LOCAL, Grant, Reader
from data.cases import Proof
from data.casework import casework, record_proof
from data.editions import open_edition
from data.exports import record_export, sha256_of
from data.home import Home
from data.packs import PackFacts, PackRequest
from tests.card_home import serve

SITI = Reader("siti", "payer", EVERYTHING, is_authenticated=True)
ELSEWHERE = Reader("budi", "opd", Grant(frozenset({"16.07"}), None), is_authenticated=True)
FACTS = {"edition": 1, "place": "16.71"}


def card_of(home, code):
    """A stand-in for the PDF: of a card's file only its mark matters here."""
    edition = open_edition(home, 1)
    facts = card_facts(edition, code, 0, casework(home, edition))
    assert facts is not None
    return b"%PDF-1.7 " + facts.mark.encode()


def take_card(home, code, reader=SITI):
    content = card_of(home, code)
    record_export(home, reader, "kartu.pdf", content, FACTS)
    return content


def test_a_file_that_was_taken_is_found_with_who_and_when(card_home):
    content = b"Pemilik;Cakupan\r\n"
    entry = record_export(card_home, SITI, "tabel.csv", content, FACTS | {"rows": 1})
    found = verify(card_home, LOCAL, content)
    assert found.is_confirmed
    assert [(one.number, one.who, one.facts["edition"]) for one in found.exports] == [(entry.number, "siti", 1)]
    assert (found.sha256, found.bytes, found.card) == (sha256_of(content), 17, None)


def test_one_byte_more_and_nothing_is_confirmed(card_home):
    content = b"Pemilik;Kartu\r\n"
    record_export(card_home, SITI, "tabel.csv", content, FACTS)
    found = verify(card_home, LOCAL, content + b" ")
    assert (found.is_confirmed, found.exports, found.journal_is_whole) == (False, (), None)


def test_a_file_of_a_kept_pack_is_known_without_anybody_having_taken_it(card_home):
    request = PackRequest("Rapat", date(2024, 10, 7), "opd", date(2024, 9, 30), "16.71")
    facts = PackFacts(edition=1, demo=False, content_hash="a" * 64, casework=0, sections=())
    kept = packs.keep(card_home, SITI, request, {"pdf": b"%PDF bahan rapat"}, facts)
    found = verify(card_home, ELSEWHERE, b"%PDF bahan rapat")
    assert (found.is_confirmed, found.exports, [entry.number for entry in found.packs]) == (True, (), [kept.number])
    assert not verify(card_home, LOCAL, b"%PDF bahan rapaT").is_confirmed


def test_the_same_bytes_taken_twice_are_told_oldest_first(card_home):
    content = b"dua kali"
    numbers = [record_export(card_home, reader, "a.csv", content, FACTS).number for reader in (SITI, LOCAL)]
    assert [entry.number for entry in verify(card_home, LOCAL, content).exports] == numbers


def test_a_hash_that_only_stands_in_another_fact_is_no_export_of_the_file(card_home):
    content = b"bukan unduhan"
    record_export(card_home, SITI, f"{sha256_of(content)}.csv", b"yang lain", FACTS)
    assert verify(card_home, LOCAL, content).exports == ()


def test_a_card_is_reckoned_anew_from_its_edition(card_home):
    found = verify(card_home, LOCAL, take_card(card_home, "P-1"))
    assert found.is_confirmed
    assert found.card is not None and found.card.recomputed is not None
    assert (found.card.is_same, found.card.is_outdated) == (True, False)
    assert found.card.recomputed.result == "memenuhi"


def test_a_card_that_nobody_took_here_is_not_confirmed_although_it_states_the_truth(card_home):
    found = verify(card_home, LOCAL, card_of(card_home, "P-2"))
    assert not found.is_confirmed
    assert found.card is not None and found.card.is_same


def test_a_card_with_another_hash_is_told_what_its_edition_states(card_home):
    forged = Mark(1, "P-2", 0, 0, "0" * 64)
    content = b"cakupan-card:1:" + base64.urlsafe_b64encode(msgspec.json.encode(forged)).rstrip(b"=")
    record_export(card_home, SITI, "kartu.pdf", content, FACTS)
    found = verify(card_home, LOCAL, content)
    assert not found.is_confirmed
    assert found.card is not None and found.card.recomputed is not None
    assert (found.card.is_same, found.card.recomputed.result) == (False, "belum_memenuhi")


def test_an_old_card_stays_right_and_is_told_the_result_of_today(card_home, tmp_path):
    later = Home(tmp_path / "rumah")
    shutil.copytree(card_home.root, later.root)
    content = take_card(later, "P-2")
    serve(later, 2)
    found = verify(later, LOCAL, content)
    assert found.is_confirmed
    assert found.card is not None and found.card.recomputed is not None and found.card.now is not None
    assert (found.card.recomputed.result, found.card.now.result) == ("belum_memenuhi", "terlambat")
    assert (found.card.is_same, found.card.is_outdated, found.card.now.edition) == (True, True, 2)


def test_a_proof_recorded_after_the_card_leaves_it_right_and_changes_the_result_of_today(card_home, tmp_path):
    later = Home(tmp_path / "rumah")
    shutil.copytree(card_home.root, later.root)
    before = take_card(later, "P-2")
    first, last = date(2024, 9, 2), date(2024, 12, 31)
    record_proof(later, LOCAL, open_edition(later, 1), Proof("P-2", "JK/2", "BB/2", first, first, first, last))
    found = verify(later, LOCAL, before)
    assert found.is_confirmed
    assert found.card is not None and found.card.recomputed is not None and found.card.now is not None
    assert (found.card.recomputed.result, found.card.now.result) == ("belum_memenuhi", "bukti_manual")
    with_proof = take_card(later, "P-2")
    again = verify(later, LOCAL, with_proof)
    assert with_proof != before
    assert again.is_confirmed
    assert again.card is not None and (again.card.is_same, again.card.is_outdated) == (True, False)


def test_a_card_of_an_edition_that_is_gone_can_be_told_neither_right_nor_wrong(card_home):
    gone = Mark(77, "P-1", 0, 0, "0" * 64)
    content = b"cakupan-card:1:" + base64.urlsafe_b64encode(msgspec.json.encode(gone)).rstrip(b"=")
    found = verify(card_home, LOCAL, content)
    assert found.card is not None
    assert (found.card.recomputed, found.card.is_same) == (None, None)


def test_a_reader_who_may_not_see_the_project_is_told_nothing_of_its_result(card_home):
    found = verify(card_home, ELSEWHERE, take_card(card_home, "P-1"))
    assert found.is_confirmed
    assert found.card is not None
    assert (found.card.recomputed, found.card.now) == (None, None)


def test_a_broken_journal_confirms_nothing(card_home, tmp_path):
    content = take_card(card_home, "P-1")
    shutil.copytree(card_home.root, tmp_path / "rumah")
    broken = Home(tmp_path / "rumah")
    with closing(sqlite3.connect(broken.journal_path, isolation_level=None)) as file:
        file.execute("drop trigger entry_is_never_changed")
        file.execute("update entry set who = 'orang lain' where number = 1")
    found = verify(broken, LOCAL, content)
    assert found.exports
    assert (found.journal_is_whole, found.is_confirmed) == (False, False)
