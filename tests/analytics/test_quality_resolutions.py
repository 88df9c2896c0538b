"""What is said about a finding: by whom, how long it holds, and that nothing else may be written."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from analytics.quality import RULES, findings
from analytics.quality.resolutions import OTHER_VALUE, STILL_FOUND, Seen, of_edition, resolve
from data import journal, quality_notes
from data.access import EVERYTHING, LOCAL, Grant, Reader
from data.editions import open_edition
from data.quality_notes import NoteRefused
from tests.quality_edition import AS_OF, edition_of

BRANCH = Reader("cabang", "branch", Grant(frozenset({"16.02"}), None), is_authenticated=True)
KEY = "over_hundred|16.71||||2025-06|konstruksi"
SAID: dict[str, Any] = {
    "state": "bukan_masalah",
    "office": "Cabang Palembang",
    "reason": "Pekerja dari luar kota ikut dihitung.",
}
JUNE = AS_OF


def said(**changes: Any) -> dict[str, Any]:
    return SAID | changes


def over_a_hundred(home, *, number=1, members=101, **options):
    people = {
        "population": [{"place": place, "month": JUNE, "numerator": members} for place in ("16.71", "16.02")],
        "vintage": [{"place": place, "per_tanggal": date(2025, 1, 31), "workers": 100} for place in ("16.71", "16.02")],
    }
    return edition_of(home, number=number, **people, **options)


@pytest.fixture
def edition(home):
    return over_a_hundred(home)


def state_of(home, edition, key=KEY):
    return {one.finding.key: one.state for one in of_edition(home, edition)}[key]


def test_a_finding_is_open_until_somebody_speaks_of_it(home, edition):
    assert state_of(home, edition) == "terbuka"
    entry = resolve(home, LOCAL, edition, KEY, **SAID)
    assert state_of(home, edition) == "bukan_masalah"
    assert state_of(home, edition, KEY.replace("16.71", "16.02")) == "terbuka"
    assert (entry.kind, entry.facts["finding"], entry.facts["value"]) == ("quality_note", KEY, "101")
    [one] = [one for one in of_edition(home, edition) if one.finding.key == KEY]
    assert not one.is_open and [noted.number for noted in one.history] == [entry.number]


def test_who_follows_it_up_leaves_it_open_and_the_newest_word_counts(home, edition):
    resolve(home, LOCAL, edition, KEY, **SAID)
    resolve(home, LOCAL, edition, KEY, **said(state="ditindaklanjuti"))
    [one] = [one for one in of_edition(home, edition) if one.finding.key == KEY]
    assert one.is_open and one.state == "ditindaklanjuti"
    assert [noted.note.state for noted in one.history] == ["bukan_masalah", "ditindaklanjuti"]


def test_a_word_is_on_what_was_seen(home, edition):
    with pytest.raises(NoteRefused, match="berubah sejak halaman ini dibuka"):
        resolve(home, LOCAL, edition, KEY, **SAID, seen=Seen("100", 0))
    first = resolve(home, LOCAL, edition, KEY, **SAID, seen=Seen("101", 0))
    later = SAID | {"state": "diterima"}
    with pytest.raises(NoteRefused, match="Cabang Palembang menanggapi temuan ini"):
        resolve(home, LOCAL, edition, KEY, **later, seen=Seen("101", 0))
    resolve(home, LOCAL, edition, KEY, **later, seen=Seen("101", first.number))
    assert state_of(home, edition) == "diterima"


@pytest.mark.parametrize(
    ("state", "members", "expected"),
    [
        ("diterima", 101, "diterima"),
        ("bukan_masalah", 101, "bukan_masalah"),
        ("diperbaiki", 101, "terbuka_lagi"),  # said to be put right, and still there
        ("ditindaklanjuti", 101, "ditindaklanjuti"),
        ("diterima", 102, "terbuka_lagi"),
        ("ditindaklanjuti", 102, "terbuka_lagi"),
    ],
)
def test_in_the_next_edition_a_word_holds_while_the_value_stays(home, edition, state, members, expected):
    resolve(home, LOCAL, edition, KEY, **said(state=state))
    assert state_of(home, edition) == state
    assert state_of(home, over_a_hundred(home, number=2, members=members)) == expected


def test_a_rule_that_is_defined_anew_opens_its_findings_again(home, edition, monkeypatch):
    resolve(home, LOCAL, edition, KEY, **SAID)
    rule = RULES["over_hundred"]
    monkeypatch.setitem(RULES, rule.code, replace(rule, version=rule.version + 1))
    assert state_of(home, edition) == "terbuka_lagi"


@pytest.mark.parametrize(
    ("state", "members", "why"),
    [("diterima", 101, None), ("diterima", 102, OTHER_VALUE), ("diperbaiki", 101, STILL_FOUND)],
)
def test_a_finding_that_opens_again_says_why(home, edition, state, members, why):
    resolve(home, LOCAL, edition, KEY, **said(state=state))
    later = of_edition(home, over_a_hundred(home, number=2, members=members))
    [one] = [one for one in later if one.finding.key == KEY]
    assert one.reopened_by == why
    assert [noted.note.state for noted in one.history] == [state]


def test_what_is_said_of_the_demonstration_says_nothing_of_real_data(home):
    demo = over_a_hundred(home, demo=True)
    resolve(home, LOCAL, demo, KEY, **SAID)
    assert state_of(home, demo) == "bukan_masalah"
    assert state_of(home, over_a_hundred(home, number=2)) == "terbuka"


def test_who_does_not_see_a_finding_cannot_speak_of_it(home, edition):
    with pytest.raises(NoteRefused, match="tidak ada dalam lingkup akun ini"):
        resolve(home, BRANCH, edition, KEY, **SAID)
    resolve(home, BRANCH, edition, KEY.replace("16.71", "16.02"), **SAID)
    seen = of_edition(home, open_edition(home, 1, BRANCH.grant))
    assert [(one.finding.place, one.state) for one in seen] == [("16.02", "bukan_masalah")]


@pytest.mark.parametrize("role", ["viewer", "opd", "payer"])
def test_other_roles_may_only_look(home, edition, role):
    with pytest.raises(NoteRefused, match="tidak boleh menyelesaikan temuan mutu; yang boleh: Petugas data"):
        resolve(home, Reader("a", role, EVERYTHING, is_authenticated=True), edition, KEY, **SAID)
    assert journal.entries(home, kind="quality_note") == []


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"state": "selesai"}, "Penyelesaian 'selesai' tidak dikenal; pilih salah satu: ditindaklanjuti"),
        ({"office": " "}, "Unit kerja belum diisi; isi dahulu."),
        ({"office": "x" * 201}, "Unit kerja berisi 201 huruf, paling banyak 200"),
        ({"reason": ""}, "Alasan belum diisi"),
        ({"reason": "Sudah benar."}, "Alasan 'Sudah benar.' terlalu singkat"),
        ({"reason": "a b c d e f g"}, "terlalu singkat"),  # 13 letters
        ({"reason": "x" * 2001}, "berisi 2001 huruf"),
        ({"reason": "Orang ber-NIK 1671010101900001 sudah dihapus."}, r"deretan 16 angka \(1671…\)"),
        ({"office": "Seksi 1671 0101 0190 0001"}, "dapat berupa NIK"),
    ],
)
def test_what_is_not_said_well_is_not_written(home, edition, wrong, sentence):
    with pytest.raises(NoteRefused, match=sentence):
        resolve(home, LOCAL, edition, KEY, **SAID | wrong)
    assert journal.entries(home, kind="quality_note") == []


def test_the_same_again_is_refused_and_in_a_later_edition_is_not(home, edition):
    resolve(home, LOCAL, edition, KEY, **SAID)
    with pytest.raises(NoteRefused, match="sudah tercatat pada entri 1"):
        resolve(home, LOCAL, edition, KEY, **said(office="  Cabang   Palembang "))
    resolve(home, LOCAL, over_a_hundred(home, number=2), KEY, **SAID)
    assert journal.verify(home).is_whole and len(journal.entries(home, kind="quality_note")) == 2


def test_an_entry_that_this_program_did_not_write_is_passed_over(home, edition):
    journal.append(home, "quality_note", {"finding": KEY, "state": 7}, LOCAL)
    assert state_of(home, edition) == "terbuka"
    assert quality_notes.notes(home, is_demo=False) == {}


def test_no_value_of_the_data_is_corrected(home, edition):
    before = findings(edition)
    resolve(home, LOCAL, edition, KEY, **said(state="diperbaiki"))
    assert findings(edition) == before
