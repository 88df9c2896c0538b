"""Notes on many findings together: all or none in the journal, and afterwards as if each had been given singly."""

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import journal
from data.access import EVERYTHING, LOCAL, Reader
from data.home import Home
from data.journal import JournalUnusable
from data.quality_notes import MOST_IN_AN_ENTRY, NoteRefused, QualityNote, notes, record, record_together

ROOT = Path(__file__).parents[2]
LONGEST_CELL = 32_767  # characters that a cell of a workbook holds
REASON = "Dibahas bersama pada rapat monev."


def note(finding, *, value="1", state="diterima", reason=REASON):
    return QualityNote(finding, 1, value, state, "Inspektorat", reason)


def together(home, findings, *, seen=None, value="1", edition=1, state="diterima", reader=LOCAL):
    every = [note(finding, value=value, state=state) for finding in findings]
    numbers = dict.fromkeys(findings, 0) | (seen or {})
    return record_together(home, reader, every, seen=numbers, edition=edition, is_demo=False)


def newest(home):
    return {finding: said[-1].note.state for finding, said in notes(home, is_demo=False).items()}


def test_two_hundred_and_thirty_findings_are_three_entries_that_say_of_how_many_they_are_a_part(home):
    findings = [f"rule|{number:03}" for number in range(230)]
    done = together(home, findings)
    assert [len(entry.facts["findings"]) for entry in done.entries] == [100, 100, 230 - 2 * 100]
    assert {entry.facts["together"] for entry in done.entries} == {230}
    assert (done.noted, done.left_out) == (tuple(findings), {})
    assert newest(home) == dict.fromkeys(findings, "diterima")
    [one] = notes(home, is_demo=False)["rule|229"]
    assert (one.number, one.note, one.edition) == (3, note("rule|229"), 1)
    assert notes(home, is_demo=True) == {}
    assert journal.verify(home).is_whole


def test_an_entry_fits_into_a_cell_of_a_workbook_with_the_longest_reason_and_long_names(home):
    findings = [f"registered_at_payment|16.71|{'Dinas' * 40}||{number:013}|2025-06|" for number in range(100)]
    every = [note(finding, reason="kata " * 400) for finding in findings]
    [entry] = record_together(home, LOCAL, every, seen=dict.fromkeys(findings, 0), edition=1, is_demo=False).entries
    assert len(entry.facts["findings"]) == MOST_IN_AN_ENTRY
    assert len(journal.canonical(entry.facts)) <= LONGEST_CELL


def test_an_entry_that_the_file_refuses_takes_those_before_it_back(home):
    together(home, ["a"])
    with closing(sqlite3.connect(home.journal_path, isolation_level=None)) as file:
        file.execute(
            "create trigger full before insert on entry when new.number = 3 begin select raise(abort, 'full'); end"
        )
    with pytest.raises(JournalUnusable):
        together(home, [f"b|{number:03}" for number in range(150)])
    assert newest(home) == {"a": "diterima"} and journal.count(home) == 1


KILLED_BETWEEN_TWO_ENTRIES = """
import os, signal, sys
from pathlib import Path
from data import journal, quality_notes
from data.access import LOCAL
from data.home import Home
from data.quality_notes import QualityNote

hashed, hash_of = [], journal.hash_of

def die_at_the_second(row):
    hashed.append(row)
    if len(hashed) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return hash_of(row)

journal.hash_of = die_at_the_second
every = [QualityNote(f"b|{number:03}", 1, "1", "diterima", "Inspektorat", sys.argv[2]) for number in range(150)]
seen = {note.finding: 0 for note in every}
quality_notes.record_together(Home(Path(sys.argv[1])), LOCAL, every, seen=seen, edition=1, is_demo=False)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_process_that_is_killed_between_two_entries_leaves_none(home):
    together(home, ["a"])
    command = [sys.executable, "-c", KILLED_BETWEEN_TWO_ENTRIES, str(home.root), REASON]
    killed = subprocess.run(command, cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert newest(home) == {"a": "diterima"} and journal.count(home) == 1
    assert len(together(home, ["b|000", "b|149"]).entries) == 1 and journal.verify(home).is_whole


def test_what_somebody_has_spoken_of_since_and_what_is_said_already_are_left_out(home):
    first = record(home, LOCAL, note("b", state="bukan_masalah"), edition=1, is_demo=False)
    second = record(home, LOCAL, note("c"), edition=1, is_demo=False)
    done = together(home, ["a", "b", "c"], seen={"b": 0, "c": second.number})
    assert (done.noted, done.left_out) == (("a",), {"spoken": ("b",), "said": ("c",)})
    assert newest(home) == {"a": "diterima", "b": "bukan_masalah", "c": "diterima"}
    again = together(home, ["a", "b"], seen={"a": done.entries[0].number, "b": first.number})
    assert (again.noted, again.left_out) == (("b",), {"said": ("a",)})


def test_where_nothing_is_left_nothing_is_written(home):
    together(home, ["a"])
    done = together(home, ["a"], seen={"a": 1})
    assert (done.entries, done.noted, journal.count(home)) == ((), (), 1)


def test_who_may_not_and_what_is_said_badly_leave_nothing(home):
    with pytest.raises(NoteRefused, match="tidak boleh menyelesaikan temuan mutu"):
        together(home, ["a"], reader=Reader("a", "payer", EVERYTHING, is_authenticated=True))
    with pytest.raises(NoteRefused, match="Penyelesaian 'selesai' tidak dikenal"):
        together(home, ["a", "b"], state="selesai")
    assert journal.count(home) == 0


def test_a_journal_that_came_back_from_a_backup_is_read_anew(home, tmp_path):
    other = Home(tmp_path / "other")
    other.root.mkdir()
    together(home, ["a"])
    together(other, ["b"])
    assert newest(home) == {"a": "diterima"}
    other.journal_path.replace(home.journal_path)
    assert newest(home) == {"b": "diterima"}


def test_what_was_read_before_does_not_grow_in_the_hands_of_who_asked(home):
    together(home, ["a"])
    before = notes(home, is_demo=False)
    together(home, ["b"])
    assert (set(before), set(newest(home))) == ({"a"}, {"a", "b"})


@pytest.mark.parametrize("findings", [{}, {"a": 7}, ["a"], None])
def test_an_entry_of_many_that_this_program_did_not_write_is_passed_over(home, findings):
    facts = {"version": 1, "state": "diterima", "office": "I", "reason": REASON, "edition": 1, "demo": False}
    journal.append(home, "quality_note", facts | {"findings": findings}, LOCAL)
    assert notes(home, is_demo=False) == {}


SAID = st.sampled_from(["diterima", "bukan_masalah", "ditindaklanjuti"])
FINDINGS = st.sampled_from("abcdef")


@settings(max_examples=15)
@given(
    before=st.lists(st.tuples(FINDINGS, SAID, st.integers(1, 2)), max_size=6),
    chosen=st.lists(FINDINGS, min_size=1, unique=True),
    state=SAID,
    values=st.fixed_dictionaries({finding: st.sampled_from("12") for finding in "abcdef"}),
)
def test_settled_together_is_settled_one_by_one(before, chosen, state, values):
    with tempfile.TemporaryDirectory() as folder:
        homes = [Home(Path(folder) / name) for name in ("together", "singly")]
        for home in homes:
            home.root.mkdir()
            for finding, earlier, edition in before:
                with suppress(NoteRefused):  # the same twice
                    record(home, LOCAL, note(finding, state=earlier), edition=edition, is_demo=False)
        every = [note(finding, value=values[finding], state=state) for finding in chosen]
        said = notes(homes[0], is_demo=False)
        seen = {finding: said[finding][-1].number if finding in said else 0 for finding in chosen}
        done = record_together(homes[0], LOCAL, every, seen=seen, edition=2, is_demo=False)
        recorded = []
        for one in every:
            with suppress(NoteRefused):
                record(homes[1], LOCAL, one, edition=2, is_demo=False)
                recorded.append(one.finding)
        histories = [
            {
                finding: [(noted.note, noted.edition) for noted in said]
                for finding, said in notes(home, is_demo=False).items()
            }
            for home in homes
        ]
        assert histories[0] == histories[1]
        assert list(done.noted) == recorded
