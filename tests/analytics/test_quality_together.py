"""Many findings of a rule settled at once: as they were seen, by what may be seen at the moment of writing."""

from datetime import date, timedelta

import pytest

from analytics.quality.resolutions import as_seen, of_edition, resolve, resolve_together
from data import journal
from data.access import EVERYTHING, LOCAL, Grant, Reader
from data.quality_notes import NoteRefused
from tests.quality_edition import edition_of

BRANCH = Reader("cabang", "branch", Grant(frozenset({"16.02"}), None), is_authenticated=True)
SAID = {"state": "diterima", "office": "Inspektorat", "reason": "Dibahas bersama pada rapat monev."}
PAID = date(2025, 3, 10)
PLACES = {"P-1": "16.71", "P-2": "16.71", "P-3": "16.02"}


def at_payment(home, *, number=1, days=(0, 0, 0), also=()):
    """Three projects in two places, each registered so many days before it was paid; `also` are further projects."""
    of = {code: {"kode_proyek": code, "place": place} for code, place in PLACES.items()}
    return edition_of(
        home,
        number=number,
        project=[*of.values(), *also],
        registration=[
            of[code] | {"tgl_daftar": PAID - timedelta(days=before), "tenaga_kerja": 5}
            for code, before in zip(of, days, strict=True)
        ]
        + [{"kode_proyek": one["kode_proyek"], "tenaga_kerja": 1} for one in also],
        payment=[of[code] | {"tgl_bayar": PAID} for code in of],
    )


def key(code):
    return f"registered_at_payment|{PLACES[code]}|Dinas PUPR||{code}|2025-03|"


def seen_in(home, edition):
    return as_seen(of_edition(home, edition))


def states(home, edition):
    return {one.finding.project: one.state for one in of_edition(home, edition)}


def test_one_word_on_all_findings_of_a_rule_is_a_note_on_each(home):
    edition = at_payment(home)
    done = resolve_together(home, LOCAL, seen_in(home, edition), **SAID)
    assert (set(done.noted), done.left_out) == ({key("P-1"), key("P-2"), key("P-3")}, {})
    [entry] = done.entries
    assert entry.facts["findings"] == {key(code): "0" for code in PLACES} and entry.facts["together"] == 3
    for one in of_edition(home, edition):
        [noted] = one.history
        assert (noted.number, noted.note.reason, noted.note.office) == (entry.number, SAID["reason"], "Inspektorat")
    assert states(home, edition) == dict.fromkeys(PLACES, "diterima")


def test_each_opens_again_when_its_own_value_changes(home):
    resolve_together(home, LOCAL, seen_in(home, at_payment(home)), **SAID)
    assert states(home, at_payment(home, number=2, days=(0, 1, 0))) == {
        "P-1": "diterima", "P-2": "terbuka_lagi", "P-3": "diterima",
    }  # fmt: skip


def test_a_value_that_changed_since_it_was_seen_is_told_and_not_settled(home):
    seen = seen_in(home, at_payment(home))
    now = at_payment(home, number=2, days=(0, 1, 0))
    done = resolve_together(home, LOCAL, seen, **SAID)
    assert (set(done.noted), done.left_out) == ({key("P-1"), key("P-3")}, {"changed": (key("P-2"),)})
    assert states(home, now) == {"P-1": "diterima", "P-2": "terbuka", "P-3": "diterima"}
    assert {noted.edition for one in of_edition(home, now) for noted in one.history} == {2}


def test_a_finding_that_is_none_any_more_is_told(home):
    seen = seen_in(home, at_payment(home))
    at_payment(home, number=2, days=(0, 30, 0))
    assert resolve_together(home, LOCAL, seen, **SAID).left_out == {"gone": (key("P-2"),)}


def test_a_limited_reader_settles_what_he_sees_whatever_the_page_sent(home):
    edition = at_payment(home)
    done = resolve_together(home, BRANCH, seen_in(home, edition), **SAID)
    assert (done.noted, set(done.left_out["gone"])) == ((key("P-3"),), {key("P-1"), key("P-2")})
    [entry] = journal.entries(home)
    assert list(entry.facts["findings"]) == [key("P-3")] and entry.who == "cabang"
    assert states(home, edition) == {"P-1": "terbuka", "P-2": "terbuka", "P-3": "diterima"}


def test_whom_nothing_of_it_is_shown_writes_nothing(home):
    seen = {one: value for one, value in seen_in(home, at_payment(home)).items() if "16.71" in one}
    done = resolve_together(home, BRANCH, seen, **SAID)
    assert (done.entries, len(done.left_out["gone"]), journal.count(home)) == ((), 2, 0)


def test_who_spoke_since_is_not_spoken_over(home):
    edition = at_payment(home)
    seen = seen_in(home, edition)
    resolve(home, LOCAL, edition, key("P-1"), state="bukan_masalah", office=SAID["office"], reason=SAID["reason"])
    done = resolve_together(home, LOCAL, seen, **SAID)
    assert done.left_out == {"spoken": (key("P-1"),)}
    assert states(home, edition) == {"P-1": "bukan_masalah", "P-2": "diterima", "P-3": "diterima"}
    assert len(resolve_together(home, LOCAL, seen_in(home, edition), **SAID | {"state": "diperbaiki"}).noted) == 3


def test_findings_of_two_rules_are_not_settled_together(home):
    headcount = {"kode_proyek": "P-4", "nilai_kontrak": 10**9}
    edition = at_payment(home, also=[headcount])
    assert {one.finding.rule for one in of_edition(home, edition)} == {"registered_at_payment", "headcount_of_one"}
    with pytest.raises(NoteRefused, match="dari satu aturan saja"):
        resolve_together(home, LOCAL, seen_in(home, edition), **SAID)
    assert journal.count(home) == 0


@pytest.mark.parametrize("role", ["viewer", "opd", "payer"])
def test_other_roles_may_only_look(home, role):
    seen = seen_in(home, at_payment(home))
    with pytest.raises(NoteRefused, match="tidak boleh menyelesaikan temuan mutu"):
        resolve_together(home, Reader("a", role, EVERYTHING, is_authenticated=True), seen, **SAID)
    assert journal.count(home) == 0


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"state": "selesai"}, "Penyelesaian 'selesai' tidak dikenal"),
        ({"reason": "Ya."}, "Alasan 'Ya.' terlalu singkat"),
    ],
)
def test_what_is_not_said_well_is_written_on_none(home, wrong, sentence):
    seen = seen_in(home, at_payment(home))
    with pytest.raises(NoteRefused, match=sentence):
        resolve_together(home, LOCAL, seen, **SAID | wrong)
    assert journal.count(home) == 0
