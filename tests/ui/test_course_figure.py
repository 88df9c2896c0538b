"""The line towards a target: where it breaks, where the dashed target lies, and that its labels keep apart."""

from dataclasses import replace
from datetime import date
from typing import Any

import plotly.graph_objects as go
import pytest

from analytics.projection import Point
from ui.course_figure import LABEL_GAP, Course, apart, course_figure, is_drawable, stretches

MONTHS = ("2024-11", "2024-12", "2025-01", "2025-02")


def course(rows, *, points=(), unit="percent", is_sum=False, targets=None):
    return Course(rows, targets or {2025: 50.0}, points, unit, is_sum)


def drawn(found, **options) -> Any:
    """Checked by plotly, which refuses a misspelt property."""
    return go.Figure(course_figure(found, "id", dark=False, **options))


def point(month, value, known=None):
    return Point(date(2025, month, 28), value, value - 2.0, value + 2.0, known)


def test_a_sum_of_the_year_begins_anew_in_january_and_a_state_goes_on(row):
    rows = [row(month, 1, 4) for month in MONTHS]
    assert [len(run) for run in stretches(course(rows, is_sum=True))] == [2, 2]
    assert [len(run) for run in stretches(course(rows))] == [4]


def test_a_line_crosses_no_gap_and_no_change_of_source(row):
    gap = [row("2024-11", 1, 4), row("2024-12"), row("2025-01", 1, 4)]
    assert [len(run) for run in stretches(course(gap))] == [1, 1]
    changed = [row("2024-11", 1, 4), row("2024-12", 1, 4, source="Per orang")]
    assert [len(run) for run in stretches(course(changed))] == [1, 1]


def test_each_year_has_its_target_as_a_dark_dashed_line_and_the_last_is_named(row):
    rows = [row(month, 1, 4) for month in MONTHS]
    figure = drawn(course(rows, targets={2024: 40.0, 2025: 50.0}))
    lines = [(shape.x0, shape.x1, shape.y0, shape.line.dash) for shape in figure.layout.shapes]
    assert lines == [
        ("2024-11-30", "2024-12-31", 40.0, "dash"),
        ("2025-01-01", "2025-12-31", 50.0, "dash"),
    ]
    assert [note.text for note in figure.layout.annotations] == ["<b>25,0 %</b>", "target<br>50,0 %"]


def test_the_projection_has_a_band_and_what_is_left_of_today_is_dotted(row):
    rows = [row(month, 2, 4) for month in MONTHS]
    figure = drawn(course(rows, points=[point(3, 48.0, 40.0), point(12, 45.0, 10.0)]))
    assert [(trace.fill, trace.line.dash) for trace in figure.data][:3] == [
        ("toself", None),
        (None, "dot"),
        (None, "dash"),
    ]
    assert [*figure.data[0].y] == [50.0, 50.0, 47.0, 43.0, 46.0, 50.0]
    assert {"<b>45,0 %</b>", "10,0 %"} <= {note.text for note in figure.layout.annotations}


@pytest.mark.parametrize(
    ("unit", "text"), [("rupiah", "target<br>Rp2 jt"), ("persons", "target<br>2 jt"), ("percent", "target<br>50,0 %")]
)
def test_the_axis_is_in_the_unit_of_the_measure(row, unit, text):
    rows = [row(month, 1, 4) for month in MONTHS] if unit == "percent" else [row(month, 9, None) for month in MONTHS]
    if unit != "percent":
        rows = [_counted(one) for one in rows]
    figure = drawn(course(rows, unit=unit, targets={2025: 50.0 if unit == "percent" else 2_000_000.0}))
    assert text in [note.text for note in figure.layout.annotations]
    assert figure.layout.yaxis.range[0] == 0


def _counted(row):
    return replace(row, status="ok", value=row.numerator)


def test_labels_in_the_margin_never_cover_each_other():
    places = apart([48.0, 47.0, 46.5], 60.0)
    high, middle, low = sorted(places, reverse=True)
    assert high - middle >= LABEL_GAP * 60 - 1e-9
    assert middle - low >= LABEL_GAP * 60 - 1e-9
    assert apart([50.0, 10.0], 60.0) == [50.0, 10.0]
    assert min(apart([1.0, 0.5, 0.0], 60.0)) >= 0


def test_one_month_is_no_line(row):
    assert not is_drawable([row("2024-11", 1, 4), row("2024-12")])
    assert is_drawable([row("2024-11", 1, 4), row("2024-12", 1, 4)])
