"""What the charts show and what they never show."""

from datetime import date
from typing import Any

import plotly.graph_objects as go
import pytest

from analytics.change import PersonsStep, Step
from ui import charts

JUNE, JULY = date(2024, 6, 30), date(2024, 7, 31)


def traces(figure) -> list[Any]:
    """As plotly's objects, which refuse what plotly does not know."""
    return list(go.Figure(figure).data)


def layout_of(figure) -> Any:
    return go.Figure(figure).layout


def lines(figure):
    """(months, values) of each drawn stretch, in order."""
    return [
        ([f"{x:%Y-%m}" for x in t.x], list(t.y)) for t in traces(figure) if t.hovertemplate and t.mode != "markers+text"
    ]


def trend(rows, marked=(JULY,), **options):
    return charts.trend_figure(rows, marked, "id", dark=False, **options)


def test_a_month_without_data_breaks_the_line_and_is_not_drawn(row):
    rows = [row("2024-01", 1, 4), row("2024-02", 2, 4), row("2024-03"), row("2024-04", 3, 4), row("2024-05", 3, 4)]
    assert lines(trend(rows)) == [(["2024-01", "2024-02"], [25.0, 50.0]), (["2024-04", "2024-05"], [75.0, 75.0])]


def test_a_change_of_source_breaks_the_line_and_is_marked_at_the_first_month_of_the_new_source(row):
    rows = [row("2024-01", 1, 4), row("2024-02", 2, 4), row("2024-03", 3, 4, source="Per orang"), row("2024-04", 3, 4)]
    figure = trend(rows)
    assert [months for months, _ in lines(figure)] == [["2024-01", "2024-02"], ["2024-03"], ["2024-04"]]
    assert [shape.x0 for shape in layout_of(figure).shapes] == ["2024-03-31", "2024-04-30"]
    assert [note.text for note in layout_of(figure).annotations].count("ganti sumber") == 2


def test_a_change_of_source_behind_a_gap_is_marked_too(row):
    rows = [row("2024-01", 1, 4), row("2024-02"), row("2024-03", 3, 4, source="Per orang")]
    assert [shape.x0 for shape in layout_of(trend(rows)).shapes] == ["2024-03-31"]


def test_an_implausible_month_is_flagged_above_the_axis_and_no_part_of_the_line(row):
    rows = [row("2024-06", 690, 173, status="implausible"), row("2024-07", 1, 4)]
    figure = trend(rows)
    [flag] = [trace for trace in traces(figure) if trace.mode == "markers+text"]
    assert flag.text == (" 398,8 %, di luar skala",)
    assert flag.marker.symbol == "triangle-up"
    assert lines(figure) == [(["2024-07"], [25.0])]
    assert layout_of(figure).yaxis.range[1] < 100


@pytest.mark.parametrize("share", [1, 30, 55, 99])
def test_the_percentage_axis_starts_at_zero_and_holds_the_band(row, share):
    rows = [row("2024-06", share, 100, low=share - 1, high=share + 1), row("2024-07", share, 100)]
    least, most = layout_of(trend(rows)).yaxis.range
    assert least == 0
    assert share + 1 <= most <= 110


def test_the_band_is_drawn_between_low_and_high(row):
    rows = [row("2024-06", 40, 100, low=38, high=42), row("2024-07", 41, 100, low=39, high=43)]
    [band] = [trace for trace in traces(trend(rows)) if trace.fill == "toself"]
    assert list(band.y) == [42, 43, 39, 38]


def test_marked_months_carry_their_value_and_the_first_is_bold(row):
    rows = [row("2024-06", 40, 100), row("2024-07", 41, 100)]
    assert {note.text for note in layout_of(trend(rows, (JULY, JUNE))).annotations} == {"<b>41,0 %</b>", "40,0 %"}


def test_counts_are_drawn_where_there_is_no_denominator_and_a_million_is_jt(row):
    figure = trend([row("2024-06", 7_360_000), row("2024-07", 7_400_000)], counts=True)
    assert lines(figure) == [(["2024-06", "2024-07"], [7_360_000, 7_400_000])]
    assert layout_of(figure).yaxis.ticktext == ("0", "2 jt", "4 jt", "6 jt", "8 jt")


@pytest.mark.parametrize("top", [1, 7, 60, 123, 999, 8_140_000])
def test_marks_of_counts_are_few_whole_and_within_the_axis(top):
    marks = charts.round_marks(top)
    assert marks[0] == 0
    assert 2 <= len(marks) <= 7
    assert marks[-1] <= top


def test_a_trend_of_no_known_month_still_has_an_axis(row):
    assert lines(trend([row("2024-06"), row("2024-07")])) == []


def test_names_from_the_data_are_escaped_in_the_hover_text(row):
    figure = trend([row("2024-07", 1, 4, source="<a href='x'>klik</a>")])
    assert "<a" not in traces(figure)[0].customdata[0]


STEPS = [
    Step("start", 0.0, 40.0, 400),
    Step("joined", 40.0, 52.0, 120),
    Step("ended", 52.0, 45.0, -70),
    Step("denominator", 45.0, 43.0, None),
    Step("end", 0.0, 43.0, 450),
]


def test_the_waterfall_starts_at_zero_and_each_bar_begins_where_the_last_ended():
    [bars] = traces(charts.waterfall_figure(STEPS, (JUNE, JULY), "id", dark=False))
    assert list(bars.base) == [0, 40, 45, 43, 0]
    assert list(bars.x) == [40, 12, 7, 2, 43]


def test_the_waterfall_says_what_each_bar_is_and_how_much():
    figure = charts.waterfall_figure(STEPS, (JUNE, JULY), "id", dark=False)
    names = ("Jun 2024", "Peserta baru", "Kepesertaan berakhir", "Penyebut", "Jul 2024")
    assert layout_of(figure).yaxis.ticktext == names
    assert [note.text for note in layout_of(figure).annotations] == ["40,0 %", "+12,0", "−7,0", "−2,0", "43,0 %"]


def test_a_change_of_measuring_is_grey_and_not_better_or_worse():
    [bars] = traces(charts.waterfall_figure(STEPS, (JUNE, JULY), "id", dark=False))
    light = charts.LIGHT
    assert list(bars.marker.color) == [light.main, light.better, light.concern, light.grey, light.main]


def test_a_change_of_the_work_itself_is_not_grey():
    steps = [STEPS[0], Step("more_workers", 40.0, 38.0, None), Step("end", 0.0, 38.0, 400)]
    [bars] = traces(charts.waterfall_figure(steps, (JUNE, JULY), "id", dark=False))
    assert bars.marker.color[1] == charts.LIGHT.concern


def test_the_waterfall_is_in_persons_where_there_is_no_percentage():
    steps = [PersonsStep("start", 0, 8_000), PersonsStep("net", 8_000, 7_900), PersonsStep("end", 0, 7_900)]
    figure = charts.waterfall_figure(steps, (JUNE, JULY), "id", dark=False)
    [bars] = traces(figure)
    assert (list(bars.base), list(bars.x)) == ([0, 7_900, 0], [8_000, 100, 7_900])
    assert [note.text for note in layout_of(figure).annotations] == ["8.000", "−100", "7.900"]
    assert layout_of(figure).xaxis.ticktext == ("0", "2 ribu", "4 ribu", "6 ribu", "8 ribu")


def test_the_values_of_a_waterfall_have_room_right_of_the_longest_bar():
    figure = charts.waterfall_figure(STEPS, (JUNE, JULY), "id", dark=False)
    assert layout_of(figure).margin.r >= 60


def test_the_label_of_a_month_inside_the_line_keeps_clear_of_it(row):
    rows = [row(f"2024-{month:02}", share, 100) for month, share in enumerate((40, 30, 42, 43), 6)]
    july, august = layout_of(trend(rows, (JULY, date(2024, 8, 31)))).annotations[::-1]
    assert (july.y, july.yanchor) == (30, "top")  # the lowest of its neighbours: below
    assert (august.y, august.yanchor) == (43, "bottom")  # near the highest: above all of them


def test_light_and_dark_differ_in_colours_only(row):
    rows = [row("2024-06", 40, 100), row("2024-07", 41, 100)]
    light, dark = (charts.trend_figure(rows, (JULY,), "id", dark=dark) for dark in (False, True))
    assert layout_of(light).template.layout.margin == layout_of(dark).template.layout.margin
    assert traces(light)[0].line.color != traces(dark)[0].line.color
