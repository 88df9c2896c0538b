"""What the screen says of one and of two, in English, by the functions that say it."""

from datetime import UTC, datetime

import pytest

from data.journal import Entry
from identity import sign_in_page
from ui import aims, journal_words, results, sentences


def told_of_import(accepted):
    facts = {"batch": 7, "kind": "proyek", "file": "a.csv", "rows_accepted": accepted, "rows_rejected": 1}
    return journal_words.told(entry_of("import", facts), "en")


def entry_of(kind, facts):
    at = datetime(2024, 7, 9, tzinfo=UTC)
    return Entry(7, at, "sari", "steward", is_authenticated=True, kind=kind, facts=facts, previous_hash="0", hash="1")


@pytest.mark.parametrize(
    ("told", "of_one", "of_two"),
    [
        (lambda n: results.days("belum_jatuh_tempo", None, None, n, "en"), "1 working day left", "2 working days left"),
        (
            lambda n: results.days("terlambat", n, n, None, "en"),
            "registered 1 day after the deadline; 1 day without protection",
            "registered 2 days after the deadline; 2 days without protection",
        ),
        (lambda n: sentences.listed(["A", *"BC"[:n]], 1, "en"), "A and 1 other", "A and 2 others"),
        (lambda n: sentences.reporting((1, n), "en"), "1 of 1 place reporting", "1 of 2 places reporting"),
        (lambda n: aims.amount(n, "projects", "en"), "1 project", "2 projects"),
        (lambda n: aims.amount(n, "persons", "en"), "1 person", "2 persons"),
        (lambda n: sign_in_page.duration(n, "en"), "1 second", "2 seconds"),
        (
            told_of_import,
            "Batch 7: proyek from a.csv, 1 row accepted, 1 refused.",
            "Batch 7: proyek from a.csv, 2 rows accepted, 1 refused.",
        ),
    ],
)
def test_english_tells_one_from_two(told, of_one, of_two):
    assert (told(1), told(2)) == (of_one, of_two)


def test_a_sentence_of_nothing_known_is_one_of_several():
    assert "– rows accepted" in journal_words.told(entry_of("import", {"batch": 7}), "en")
