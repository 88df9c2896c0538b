"""The chart of Revisi: two lines that plotly accepts, with gaps where nothing was known."""

from datetime import date
from typing import Any

import plotly.graph_objects as go
import pytest

from ui.revision_figure import Point, is_drawable, revision_figure

MAY, JUNE, JULY = date(2024, 5, 31), date(2024, 6, 30), date(2024, 7, 31)
POINTS = [Point(MAY, 40.0, 44.0), Point(JUNE, None, None), Point(JULY, 50.0, 48.0)]


@pytest.mark.parametrize("unit", ["percent", "persons", "projects", "days", "rupiah"])
@pytest.mark.parametrize("dark", [False, True])
def test_both_lines_are_drawn_and_a_month_without_data_is_a_gap(unit, dark):
    figure = go.Figure(revision_figure(POINTS, ("pertama terbit", "sekarang"), unit, "id", dark=dark))
    lines: Any = figure.data
    first, now = lines
    assert (list(first.y), list(now.y)) == ([40.0, None, 50.0], [44.0, None, 48.0])
    assert (first.connectgaps, now.connectgaps) == (False, False)
    assert figure.layout.yaxis.range[0] == 0


def test_the_hover_says_month_line_and_value():
    figure = revision_figure(POINTS, ("pertama terbit", "sekarang"), "percent", "id", dark=False)
    assert figure["data"][0]["customdata"][0] == "<b>Mei 2024</b><br>pertama terbit: 40,0 %"


def test_values_above_a_hundred_widen_the_axis():
    points = [Point(MAY, 399.0, 399.0), Point(JUNE, 380.0, 380.0)]
    figure = go.Figure(revision_figure(points, ("a", "b"), "percent", "id", dark=False))
    assert figure.layout.yaxis.range[1] >= 399


def test_one_month_alone_is_no_line():
    assert not is_drawable([Point(MAY, 40.0, 44.0), Point(JUNE, 41.0, None)])
    assert is_drawable(POINTS)
