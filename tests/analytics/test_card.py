"""What a card states, its hash, and the mark by which it is found again."""

import base64
import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.card import CardFacts, Mark, as_known_then, card_facts, read_mark
from data.access import EVERYTHING, LOCAL, Grant
from data.cases import Waiver
from data.casework import casework, record_waiver
from data.editions import open_edition
from tests.card_home import AS_OF

PALEMBANG = Grant(frozenset({"16.71"}), None)


def stated(home, code="P-1", payment=0, *, edition=1, grant=EVERYTHING, known=None) -> CardFacts:
    facts = card_facts(open_edition(home, edition, grant), code, payment, known)
    assert facts is not None
    return facts


def test_a_card_states_the_judgement_of_the_position_or_of_a_payment(card_home):
    assert [
        (stated(card_home, payment=n).judgement.judged_on, stated(card_home, payment=n).result) for n in (0, 1, 2)
    ] == [
        (AS_OF, "memenuhi"),
        (date(2024, 2, 1), "memenuhi"),
        (date(2024, 6, 3), "memenuhi"),
    ]
    assert stated(card_home, "P-2").result == "belum_memenuhi"
    assert stated(card_home, "P-3").result == "belum_dapat_dinilai"


def test_the_rules_that_judge_stand_on_it(card_home):
    assert {check.rule.code for check in stated(card_home).checks if check.rule.kind == "wajib"} >= {"terdaftar"}


def test_an_unknown_project_and_an_unknown_payment_have_no_card(card_home):
    edition = open_edition(card_home, 1)
    assert card_facts(edition, "P-9") is None
    assert card_facts(edition, "P-1", 3) is None


def test_a_project_outside_the_grant_has_no_card(card_home):
    assert card_facts(open_edition(card_home, 1, PALEMBANG), "P-3") is None
    assert card_facts(open_edition(card_home, 1, Grant(None, frozenset({"Dinas PUTR"}))), "P-1") is None


def test_a_limited_grant_states_the_same_card_but_not_the_edition_s_hash(card_home):
    whole, part = stated(card_home), stated(card_home, grant=PALEMBANG)
    assert (whole.card_hash, whole.mark) == (part.card_hash, part.mark)
    assert whole.content_hash == open_edition(card_home, 1).meta["content_hash"]
    assert part.content_hash is None


def test_every_card_has_a_hash_of_its_own(card_home):
    asked = [("P-1", 0, 1), ("P-1", 1, 1), ("P-1", 2, 1), ("P-2", 0, 1), ("P-1", 0, 2), ("P-2", 0, 2)]
    cards = [stated(card_home, code, payment, edition=edition) for code, payment, edition in asked]
    assert len({card.card_hash for card in cards}) == len(cards)


def test_the_same_card_has_the_same_hash_again(card_home):
    assert stated(card_home).card_hash == stated(card_home).card_hash


def test_a_change_of_any_part_changes_the_hash(card_home):
    card = stated(card_home)
    found = card.dossier
    changed = [
        replace(card, result="terlambat"),
        replace(card, as_of=date(2024, 9, 29)),
        replace(card, is_demo=True),
        replace(card, judgement=replace(card.judgement, late_days=1)),
        replace(card, checks=card.checks[1:]),
        replace(card, dossier=replace(found, project=replace(found.project, penyedia="PT Lain"))),
        replace(card, dossier=replace(found, registrations=[replace(found.registrations[0], row_number=3)])),
        replace(card, dossier=replace(found, payments=found.payments[1:])),
    ]
    assert card.card_hash not in {one.card_hash for one in changed}
    assert len({one.card_hash for one in changed}) == len(changed)


def test_the_mark_tells_which_card_it_is(card_home):
    card = stated(card_home, payment=2)
    assert read_mark(f"… /Keywords({card.mark})".encode()) == Mark(1, "P-1", 2, 0, card.card_hash)


@pytest.mark.parametrize(
    "content", [b"", b"cakupan-card:1:", b"cakupan-card:1:AAAA", b"cakupan-card:2:e30", b"%PDF-1.7"]
)
def test_a_file_without_a_mark_that_can_be_read_is_no_card(content):
    assert read_mark(content) is None


@pytest.mark.parametrize("number", [-1, 10**9, 10**30, 10**900], ids=["-1", "10^9", "10^30", "10^900"])
@pytest.mark.parametrize("name", ["edition", "payment", "entry"])
def test_a_number_that_nothing_here_bears_makes_no_mark(name, number):
    told = {"edition": 1, "project": "P-1", "payment": 0, "entry": 0, "card_hash": "0"} | {name: number}
    forged = base64.urlsafe_b64encode(json.dumps(told).encode())
    assert read_mark(b"cakupan-card:1:" + forged.rstrip(b"=")) is None


@given(st.binary(max_size=200))
def test_no_mark_however_broken_ends_in_an_error(content):
    assert read_mark(b"cakupan-card:1:" + content) is None


def test_an_exception_that_holds_on_the_day_judged_is_stated_and_what_came_later_is_not(card_home):
    edition = open_edition(card_home, 2)
    before = stated(card_home, "P-2", edition=2, known=casework(card_home, edition))
    entry = record_waiver(
        card_home, LOCAL, edition, Waiver("P-2", "Bencana banjir", "PA Dinas PUPR", date(2040, 12, 31))
    )
    known = casework(card_home, edition)
    after = stated(card_home, "P-2", edition=2, known=known)
    assert (before.waiver, before.entry) == (None, 0)
    assert after.waiver is not None and (after.waiver.number, after.entry) == (entry.number, entry.number)
    assert after.card_hash != before.card_hash
    then = as_known_then(known, Mark(2, "P-2", 0, before.entry, before.card_hash))
    assert stated(card_home, "P-2", edition=2, known=then).card_hash == before.card_hash
