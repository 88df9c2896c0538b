"""A drawing says what its chart says: every mark lies where its value is; nothing collides, escapes or is capped."""

import re
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from reports.canvas import DARK, LIGHT, width_of, wrapped
from reports.drawing import png_of_chart, svg
from reports.pack import Chart, Point, Series
from tests.reports.sample_pack import (
    HOSTILE,
    PERCENT_TICKS,
    bullets_chart,
    dots_chart,
    ladder_chart,
    trend_chart,
    waterfall_chart,
)

SVG = "{http://www.w3.org/2000/svg}"
CHARTS = {
    "line": trend_chart(),
    "dots": dots_chart(),
    "waterfall": waterfall_chart(),
    "bullets": bullets_chart(),
    "ladder": ladder_chart(),
}
WIDTHS = (340, 480, 720, 1080)
VALUES = st.floats(0, 100).map(lambda value: round(value, 3))
MONTHS = st.lists(st.one_of(st.none(), VALUES), min_size=2, max_size=70)


def root_of(chart: Chart, **options: Any) -> Element:
    return fromstring(svg(chart, **{"width": 720, "language": "id"} | options))  # noqa: S314 (our own text)


def texts(root: Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def marks(root: Element, series: int = 0) -> dict[int, Element]:
    """The mark of each value of a series, by the number of its category."""
    found = [element for element in root.iter() if element.get("data-series") == str(series)]
    return {int(element.get("data-at", -1)): element for element in found if element.get("data-at")}


def number(element: Element, name: str) -> float:
    return float(element.attrib[name])


def lines(values: list[float | None], breaks: tuple[int, ...] = ()) -> Chart:
    points = [Point(value, "–" if value is None else f"{value}") for value in values]
    months = [f"Jan {2000 + at}" for at in range(len(values))]
    return Chart("line", "percent", months, [Series("Cakupan", points)], PERCENT_TICKS, "Garis.", breaks)


def dots(values: list[float | None], names: list[str] | None = None) -> Chart:
    points = [Point(value, "–" if value is None else f"{value}") for value in values]
    names = names or [f"Dinas {at}" for at in range(len(values))]
    return Chart("dots", "percent", names, [Series("Cakupan", points)], PERCENT_TICKS, "Titik.")


def tick_places(root: Element, name: str) -> list[float]:
    """Where the lines of the axis of values stand: those that run through everything and belong to no series."""
    found = [line for line in root.iter(f"{SVG}line") if line.get("stroke") == LIGHT.line]
    return sorted({number(line, name) for line in found})


def assert_in_proportion(values: list[float], places: list[float]) -> None:
    """Differences of places are differences of values, to the rounding of the drawing (1/100 pixel)."""
    if not values:
        return
    least, most = values.index(min(values)), values.index(max(values))
    whole = values[most] - values[least]
    for value, place in zip(values, places, strict=True):
        told = places[least] + (places[most] - places[least]) * (value - values[least]) / (whole or 1)
        assert abs(place - told) < 0.03, (value, place, told)


@settings(max_examples=60)
@given(MONTHS)
def test_every_month_of_a_line_lies_where_its_value_is(values):
    root = root_of(lines(values))
    found = marks(root)
    assert sorted(found) == [at for at, value in enumerate(values) if value is not None]
    ticks = tick_places(root, "y1")[::-1]
    known = [value for value in values if value is not None]
    assert_in_proportion(
        [float(value) for value, _text in PERCENT_TICKS] + known,
        ticks + [number(found[at], "cy") for at in sorted(found)],
    )
    assert_in_proportion([float(at) for at in sorted(found)], [number(found[at], "cx") for at in sorted(found)])


@settings(max_examples=60)
@given(st.lists(st.one_of(st.none(), VALUES), min_size=1, max_size=40))
def test_every_dot_lies_where_its_value_is(values):
    root = root_of(dots(values))
    found = marks(root)
    assert sorted(found) == [at for at, value in enumerate(values) if value is not None]
    known = [value for value in values if value is not None]
    axis = [float(value) for value, _text in PERCENT_TICKS]
    assert_in_proportion(axis + known, tick_places(root, "x1") + [number(found[at], "cx") for at in sorted(found)])


@settings(max_examples=60)
@given(st.lists(st.tuples(st.floats(-50, 100), st.floats(-50, 100)), min_size=1, max_size=12))
def test_every_bar_of_a_waterfall_reaches_from_its_base_to_its_value(steps):
    points = [Point(round(value, 2), "x", base=round(base, 2)) for value, base in steps]
    chart = Chart("waterfall", "points", ["Langkah"] * len(steps), [Series("", points)], [(0.0, "0"), (100.0, "1")], "")
    root = root_of(chart)
    left, right = tick_places(root, "x1")
    for at, bar in marks(root).items():
        low, high = sorted((points[at].base, points[at].value or 0.0))
        begin, end = number(bar, "x"), number(bar, "x") + number(bar, "width")
        assert begin == pytest.approx(left + (right - left) * low / 100, abs=0.05)
        assert end == pytest.approx(max(left + (right - left) * high / 100, begin + 1), abs=0.05)


def test_the_bars_of_a_ladder_are_to_the_scale_of_each_other():
    found = marks(root_of(ladder_chart()))
    whole = number(found[0], "width")
    assert [number(found[at], "width") / whole for at in range(6)] == pytest.approx(
        [count / 1200 for count in (1200, 900, 840, 610, 500, 480)], abs=1e-4
    )


def test_parts_of_a_rung_stand_side_by_side_and_widen_the_axis():
    """900 kept and 300 lost are 1.200 wide, although the axis is marked to 1.000 only."""
    rungs = [Point(900.0, "900"), Point(600.0, "600")]
    lost = [Point(300.0, "300"), Point(0.0, "0")]
    series = [Series("memenuhi", rungs), Series("hilang", lost, tone="concern")]
    chart = Chart("ladder", "projects", ["Wajib", "Aktif"], series, [(0.0, "0"), (1000.0, "1.000")], "")
    root = root_of(chart)
    kept, gone = marks(root, 0), marks(root, 1)
    assert list(gone) == [0]  # nobody is lost on the second
    assert number(gone[0], "x") == pytest.approx(number(kept[0], "x") + number(kept[0], "width"), abs=0.02)
    left, thousand = tick_places(root, "x1")
    ends = number(gone[0], "x") + number(gone[0], "width")
    assert ends == pytest.approx(left + (thousand - left) * 1200 / 1000, abs=0.05)
    assert ends <= 720


def test_bullets_show_value_target_and_what_is_compared():
    root = root_of(bullets_chart())
    left, *_, right = tick_places(root, "x1")

    def at(value: float) -> float:
        return left + (right - left) * value / 100

    values, before, targets = (marks(root, number) for number in range(3))
    assert [number(values[row], "x") + number(values[row], "width") for row in (0, 1)] == pytest.approx(
        [at(45.6), at(88.0)], abs=0.02
    )
    assert [number(targets[row], "x1") for row in (0, 1)] == pytest.approx([at(52.15), at(80.0)], abs=0.02)
    assert list(before) == [0]  # the second has no value a year earlier
    assert {"sekarang", "bulan yang sama tahun lalu", "target", "target 52,1 %", "target 80,0 %"} <= set(texts(root))


@settings(max_examples=60)
@given(MONTHS, st.sets(st.integers(1, 69), max_size=5))
def test_a_line_never_crosses_a_gap_or_a_change_of_source(values, breaks):
    starts = tuple(sorted(at for at in breaks if at < len(values)))
    root = root_of(lines(values, starts))
    pieces, run = [], 0
    for at, value in enumerate(values):
        if (value is None or at in starts) and run > 1:
            pieces.append(run)
        run = 0 if value is None else 1 if at in starts else run + 1
    pieces += [run] if run > 1 else []
    drawn = [path for path in root.iter(f"{SVG}path") if path.get("data-line") == "0"]
    assert [path.attrib["d"].count("L") + 1 for path in drawn] == pieces
    dotted = [line for line in root.iter(f"{SVG}line") if line.get("stroke-dasharray") == "2 3"]
    assert len(dotted) == len(starts)


def test_a_break_is_named_in_the_language_of_the_reader():
    assert "ganti sumber" in texts(root_of(trend_chart()))
    assert "source changes" in texts(root_of(trend_chart(), language="en"))


def test_intervals_reach_from_their_low_to_their_high_end():
    root = root_of(dots_chart())
    left, *_, right = tick_places(root, "x1")
    band = next(element for element in root.iter() if element.get("data-interval") == "1")
    assert [number(band, name) for name in ("x1", "x2")] == pytest.approx(
        [left + (right - left) * value / 100 for value in (4.0, 30.0)], abs=0.02
    )


@pytest.mark.parametrize("value", [399.0, -12.5])
def test_nothing_is_capped_at_the_ends_of_the_axis(value):
    """A value beyond all marks of the axis lies as far beyond them, within the drawing."""
    found = root_of(dots([value, 50.0]))
    zero, *_, hundred = tick_places(found, "x1")
    told = number(marks(found)[0], "cx")
    assert told == pytest.approx(zero + (hundred - zero) * value / 100, abs=0.05)
    assert 0 < told < 720


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", CHARTS)
def test_every_text_lies_within_the_drawing(kind, width):
    root = root_of(CHARTS[kind], width=width)
    high = number(root, "height")
    for element in root.iter(f"{SVG}text"):
        size, anchor = number(element, "font-size"), element.get("text-anchor", "start")
        bold = element.get("font-weight") == "600"
        long = width_of(element.text or "", size, bold=bold)
        left = number(element, "x") - {"start": 0, "middle": long / 2, "end": long}[anchor]
        assert left >= -0.5 and left + long <= width + 0.5, element.text
        assert 0 <= number(element, "y") <= high, element.text


@pytest.mark.parametrize("width", WIDTHS)
def test_names_take_two_lines_at_most_and_end_before_the_values(width):
    names = [name + " " + "Dinas Perumahan Rakyat dan Kawasan Permukiman " * 4 for name in HOSTILE]
    root = root_of(dots([50.0] * len(names), names), width=width)
    track = min(tick_places(root, "x1")) if width >= 480 else width
    told = [element for element in root.iter(f"{SVG}text") if element.get("x") == "0"]
    assert len(told) == 2 * len(names)
    assert all(width_of(element.text or "", 13) <= track for element in told)
    assert sum((element.text or "").endswith("…") for element in told) == len(names)


def test_rows_do_not_meet():
    root = root_of(dots([float(at) for at in range(30)], ["Dinas Perumahan Rakyat " * 5] * 30))
    told = [number(element, "y") for element in root.iter(f"{SVG}text") if element.get("x") == "0"]
    assert min(after - before for before, after in pairwise(told)) >= 13


@pytest.mark.parametrize("values", [(50.0, 50.0, 50.0, 50.0), (0.0, 0.1, 0.2, 0.0), (100.0, 99.9, 99.8, 100.0)])
def test_names_at_the_ends_of_lines_move_apart(values):
    series = [Series(f"Garis {at}", [Point(value, f"{value} %")] * 3) for at, value in enumerate(values)]
    chart = Chart("line", "percent", ["Mei 2024", "Jun 2024", "Jul 2024"], series, PERCENT_TICKS, "")
    root = root_of(chart)
    ends = [element for element in root.iter(f"{SVG}text") if number(element, "x") > marks_end(root)]
    places = sorted(number(element, "y") for element in ends)
    assert len(places) == 2 * len(values)
    assert min(after - before for before, after in pairwise(places)) >= 12


def marks_end(root: Element) -> float:
    return max(number(mark, "cx") for mark in marks(root).values())


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("count", [1, 2, 13, 36, 70])
def test_names_of_months_do_not_meet(width, count):
    months = [f"{('Jan', 'Feb', 'Mar', 'Apr')[at % 4]} {2000 + at // 4}" for at in range(count)]
    chart = replace(lines([1.0] * count), categories=months)
    root = root_of(chart, width=width)
    told = [element for element in root.iter(f"{SVG}text") if element.text in ("Jan", "Feb", "Mar", "Apr")]
    places = sorted(number(element, "x") for element in told)
    assert all(after - before >= 26 for before, after in pairwise(places))
    assert any(element.text == months[-1].split()[0] for element in told)  # the latest is always named


def test_marks_of_the_axis_that_have_no_room_are_left_out_evenly():
    ticks = [(float(at), f"Rp{at}.000.000.000.000") for at in range(9)]
    chart = replace(dots([4.0]), ticks=ticks)
    told = [text for text in texts(root_of(chart, width=600)) if text.startswith("Rp")]
    steps = {int(after[2]) - int(before[2]) for before, after in pairwise(told)}
    assert len(told) >= 2 and len(steps) == 1


def test_hostile_names_are_words_and_never_elements():
    root = root_of(dots([50.0] * len(HOSTILE), list(HOSTILE)))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {"svg", "text", "line", "circle", "title"}
    told = texts(root)
    assert "<script>alert(1)</script>" in " ".join(told)
    assert HOSTILE[0] in told  # a drawing runs no formula: nothing to defuse
    assert not any(sign in "".join(told) for sign in "\u202e\u202c\x07")


@pytest.mark.parametrize("kind", CHARTS)
def test_what_a_chart_shows_is_said_in_words(kind):
    hostile = replace(CHARTS[kind], alt='Naik "3,2" <poin> & lebih')
    root = root_of(hostile)
    assert (root.get("role"), root.get("aria-label")) == ("img", hostile.alt)


@pytest.mark.parametrize("kind", CHARTS)
def test_every_value_tells_itself_to_a_pointer(kind):
    chart = CHARTS[kind]
    told = [element.text for element in root_of(chart).iter(f"{SVG}title")]
    known = [point.text for point in chart.series[0].points if point.value is not None]
    assert [text for text in known if not any((title or "").endswith(text) for title in told)] == []


def test_a_tone_is_a_shape_as_well_as_a_colour():
    tones = (None, "better", "concern", "unmet", "context")
    points = [Point(50.0, "50", tone=tone) for tone in tones]
    chart = replace(dots([50.0] * 5), series=[Series("Cakupan", points)])
    found = marks(root_of(chart))
    shapes = [found[at].get("d", "").count("L") for at in range(5)]
    colours = [found[at].get("fill") for at in range(4)]
    assert shapes == [0, 2, 2, 3, 3]
    tips = [[float(y) for y in re.findall(r" ([\d.]+) [LZ]", found[at].get("d", ""))] for at in (1, 2)]
    assert tips[0][0] < tips[0][1] and tips[1][0] > tips[1][1]  # one points up, the other down
    assert colours == [LIGHT.main, LIGHT.better, LIGHT.concern, LIGHT.unmet]
    assert found[4].get("fill") == LIGHT.paper  # hollow


@pytest.mark.parametrize("kind", CHARTS)
def test_the_dark_drawing_differs_only_in_its_colours(kind):
    light, dark = svg(CHARTS[kind], width=720), svg(CHARTS[kind], width=720, dark=True)
    for name, colour in vars(LIGHT).items():
        assert colour not in dark or colour in vars(DARK).values(), name
    plain = [list(fromstring(text).iter()) for text in (light, dark)]  # noqa: S314
    assert [element.tag for element in plain[0]] == [element.tag for element in plain[1]]


def test_a_drawing_fills_the_height_it_is_given_and_is_higher_where_rows_would_collide():
    assert number(root_of(dots([1.0, 2.0]), height=400), "height") == 400
    many = root_of(dots([1.0] * 60), height=400)
    assert number(many, "height") > 60 * 20
    assert number(root_of(trend_chart(), height=222), "height") == 222


@pytest.mark.parametrize("kind", ["line", "dots", "waterfall", "bullets", "ladder"])
def test_a_chart_without_any_value_is_drawn_empty(kind):
    empty = Chart(kind, "percent", ["Jul 2024", "Agu 2024"], [Series("x", [Point(None, "–")] * 2)], [], "Kosong.")
    assert marks(root_of(empty)) == {}
    assert root_of(replace(empty, categories=[], series=[])).get("aria-label") == "Kosong."


@settings(max_examples=80)
@given(st.text(max_size=200), st.floats(30, 300), st.integers(1, 3))
def test_wrapped_lines_are_no_longer_and_no_more_than_asked(text, width, most):
    told = wrapped(text, 13, width=width, most=most)
    assert 1 <= len(told) <= most
    assert all(width_of(line, 13) <= width or len(line) <= 2 for line in told)


def test_words_are_kept_whole_where_they_fit():
    assert wrapped("Dinas Pekerjaan Umum", 13, width=1000, most=2) == ["Dinas Pekerjaan Umum"]
    assert wrapped("Dinas Pekerjaan Umum", 13, width=width_of("Dinas Pekerjaan ", 13), most=2) == [
        "Dinas Pekerjaan",
        "Umum",
    ]


@pytest.mark.parametrize("kind", CHARTS)
def test_the_picture_has_the_width_asked_for_and_shows_words_in_the_shipped_font(kind):
    picture = Image.open(BytesIO(png_of_chart(CHARTS[kind], 900, "id")))
    assert picture.width == 900
    ink = np.asarray(picture.convert("L")) < 200
    names = ink[:, : int(900 * 60 / 720)]  # the left edge holds names or marks of the axis: words only
    assert names.sum() > 150


def test_equal_charts_are_equal_drawings_and_pictures():
    assert svg(trend_chart()) == svg(trend_chart())
    assert png_of_chart(dots_chart(), 600, "id") == png_of_chart(dots_chart(), 600, "id")
