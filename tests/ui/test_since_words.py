"""What has moved since the last meeting, in words of both languages."""

import inspect
from datetime import date

import pytest

from analytics import since as sinces
from analytics.change import PersonsStep, Step
from analytics.row import empty_row
from analytics.since import Since
from ui import since_words

APRIL, JUNE = date(2024, 4, 30), date(2024, 6, 30)
REASONS = (
    "same_position", "earlier_month", "other_place", "other_members", "other_denominator", "edition_older",
    "no_value_then", "no_value_restated", "no_value_now",
)  # fmt: skip
UNSPLIT = ("other_schema", "both_deliveries", "hidden_deliveries")


def found(*steps, month_then=APRIL, month_now=JUNE, **told):
    then, now = (empty_row("16", "Sumsel", month, "no_project") for month in (month_then, month_now))
    return Since("population_coverage", then, then, now, steps=steps, **told)


MOVED = found(
    Step("start", 0.0, 40.0, 40), Step("real", 40.0, 45.0, 5), Step("late", 45.0, 47.0, 2),
    Step("correction", 47.0, 44.0, -3), Step("end", 0.0, 44.0, 44),
)  # fmt: skip


def test_the_title_says_what_added_most_and_what_took_most_away():
    assert since_words.title(MOVED, "id") == (
        "Sejak rapat terakhir naik 4,0 poin: perubahan nyata menambah 5,0 poin; koreksi mengurangi 3,0 poin"
    )
    assert since_words.title(MOVED, "en").startswith("Since the last meeting, up 4.0 points: ")


def test_in_persons_the_title_says_persons():
    counted = found(PersonsStep("start", 0, 40), PersonsStep("real", 40, 45), PersonsStep("end", 0, 45))
    assert since_words.title(counted, "id") == (
        "Sejak rapat terakhir bertambah 5 orang: perubahan nyata menambah 5 orang"
    )


def test_each_bar_that_occurs_is_explained_and_no_other():
    told = since_words.explained(MOVED, "id")
    assert [text.partition(":")[0] for text in told] == ["Perubahan nyata", "Data terlambat", "Koreksi"]
    together = found(Step("start", 0.0, 1.0, 1), Step("end", 0.0, 1.0, 1), unsplit="both_deliveries")
    assert since_words.explained(together, "id") == [since_words.why_unsplit("both_deliveries", "id")]


def test_totals_are_months_and_editions_where_the_month_is_the_same():
    first, real, *_others, last = MOVED.steps
    labels = [since_words.step_label(step, MOVED, (3, 4), "id") for step in (first, real, last)]
    assert labels == ["Apr 2024", "Perubahan nyata", "Jun 2024"]
    same = found(first, last, month_now=APRIL)
    assert [since_words.step_label(step, same, (3, 4), "id") for step in (first, last)] == [
        "Apr 2024, edisi 3",
        "Apr 2024, edisi 4",
    ]


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_reason_that_analytics_gives_is_a_sentence(language):
    given = inspect.getsource(sinces)
    assert all(f'"{reason}"' in given for reason in (*REASONS, *UNSPLIT))
    sentences = [since_words.why_untold(reason, language) for reason in REASONS]
    sentences += [since_words.why_unsplit(reason, language) for reason in UNSPLIT]
    assert len(set(sentences)) == len(REASONS) + len(UNSPLIT)
    assert all(sentence.endswith(".") for sentence in sentences)
    assert since_words.title(found(reason="other_place"), language) == since_words.why_untold("other_place", language)
