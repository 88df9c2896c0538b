"""The funnel: who differs, who is not judged, and what is said of the limits."""

from itertools import pairwise
from math import sqrt
from typing import Any

import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from analytics.compare import Comparison, Entry
from ui import charts, funnels
from ui.funnels import funnel_figure, funnel_subtitle, funnel_title


@pytest.fixture
def entry(row):
    """A function that makes one owner: registered of projects, and what is said of it."""

    def make(name, registered, projects, judgement):
        made = row("2024-07", registered, projects, group=name, label=name)
        return Entry(made, projects=projects, judgement=judgement)

    return make


@pytest.fixture
def owners(entry, row):
    """Average 50 %, φ 2,25: of 100 projects 99,8 % limits at 50 ± 3,09 · 1,5 · 5 = 50 ± 23,175."""
    entries = [
        entry("Dinas A", 80, 100, "above"),
        entry("Dinas B", 20, 100, "below"),
        entry("Dinas C", 50, 100, "average"),
        entry("Dinas D", 0, 4, "too_few"),
        entry("Dinas E", None, None, None),
    ]
    return Comparison(entries, row("2024-07", 150, 304), "chance", True, 50.0, 2.25)


def traces(figure) -> list[Any]:
    """As plotly's objects, which refuse what plotly does not know."""
    return list(go.Figure(figure).data)


def annotations(figure) -> list[Any]:
    return list(go.Figure(figure).layout.annotations)


def height_of(note):
    """Where a name stands, in percent of the axis; its line leads to the point itself."""
    return note.y - note.ay / funnels.PIXELS_PER_PCT


def points(figure):
    """(symbol, [(projects, percent)]) of every kind of judgement drawn."""
    marked = [trace for trace in traces(figure) if trace.mode == "markers"]
    return {trace.marker.symbol: list(zip(trace.x, trace.y, strict=True)) for trace in marked}


def test_each_judgement_has_a_shape_and_what_has_no_figure_is_not_drawn(owners):
    assert points(funnel_figure(owners, "id", dark=False)) == {
        "circle-open": [(4, 0.0)],
        "circle": [(100, 50.0)],
        "triangle-down": [(100, 20.0)],
        "triangle-up": [(100, 80.0)],
    }


def test_shape_and_colour_together_say_who_differs(owners):
    colours = {trace.marker.symbol: trace.marker.color for trace in traces(funnel_figure(owners, "id", dark=False))}
    assert (colours["triangle-up"], colours["triangle-down"]) == (charts.LIGHT.better, charts.LIGHT.concern)
    dark = {trace.marker.symbol: trace.marker.color for trace in traces(funnel_figure(owners, "id", dark=True))}
    assert dark["triangle-up"] == charts.DARK.better


def test_the_limits_are_widened_by_the_overdispersion_and_begin_where_groups_are_judged(owners):
    lines = [trace for trace in traces(funnel_figure(owners, "id", dark=False)) if trace.mode == "lines"]
    average, low, high, inner_low, inner_high = lines
    assert list(average.y) == [50, 50]
    assert [line.x[0] for line in (low, high, inner_low, inner_high)] == [5, 5, 5, 5]
    ends = [low.y[-1], high.y[-1], inner_low.y[-1], inner_high.y[-1]]
    last = 100 * 1.3
    reach = [z * sqrt(2.25) * sqrt(50 * 50 / last) for z in (3.09, 1.96)]
    assert ends == pytest.approx([50 - reach[0], 50 + reach[0], 50 - reach[1], 50 + reach[1]], abs=0.01)
    assert [line.line.dash for line in lines] == ["dash", None, None, "dot", "dot"]


def test_percentages_run_from_zero_and_projects_by_their_logarithm(owners):
    layout: Any = go.Figure(funnel_figure(owners, "id", dark=False)).layout
    assert (layout.yaxis.range, layout.xaxis.type) == ((0, 105), "log")
    assert layout.xaxis.ticktext == ("1", "2", "5", "10", "20", "50", "100")


def test_those_who_differ_are_named_and_the_names_of_hostile_files_are_text(owners, entry):
    hostile = "<b onmouseover=x>Dinas yang namanya panjang sekali"
    comparison = Comparison([*owners.entries, entry(hostile, 99, 100, "above")], owners.whole, None, True, 50.0, 2.25)
    texts = [note.text for note in annotations(funnel_figure(comparison, "id", dark=False))]
    assert texts == [
        "rata-rata 50,0 %",
        "di bawah 5 proyek:<br>tidak dinilai",
        "Dinas A",
        "&lt;b onmouseover=x&gt;<br>Dinas yang…",
        "Dinas B",
    ]


def test_at_most_six_are_named_those_farthest_from_the_average_and_no_two_names_meet(entry, row):
    entries = [entry(f"Dinas {place}", 80 + place, 100, "above") for place in range(9)]
    comparison = Comparison(entries, row("2024-07", 50, 100), None, True, 50.0, 2.25)
    named = annotations(funnel_figure(comparison, "id", dark=False))[2:]
    assert [note.text for note in named] == [f"Dinas {place}" for place in range(3, 9)]
    assert height_of(named[0]) == 83
    heights = [height_of(note) for note in named]
    assert all(above - below >= funnels.LABEL_APART_PCT - 1e-9 for below, above in pairwise(heights))


def test_names_below_the_average_give_way_downwards(entry, row):
    entries = [entry("Dinas A", 12, 100, "below"), entry("Dinas B", 11, 100, "below")]
    comparison = Comparison(entries, row("2024-07", 50, 100), None, True, 50.0, 2.25)
    named = annotations(funnel_figure(comparison, "id", dark=False))[2:]
    heights = [(note.text, note.y, height_of(note)) for note in named]
    assert heights == [("Dinas A", 12, 12), ("Dinas B", 11, pytest.approx(12 - funnels.LABEL_APART_PCT))]


def test_a_name_stands_right_of_its_point_where_there_is_room(entry, row):
    entries = [entry("Kecil", 6, 6, "above"), entry("Besar", 10, 1000, "below")]
    comparison = Comparison(entries, row("2024-07", 50, 100), None, True, 50.0, 2.25)
    small, big = annotations(funnel_figure(comparison, "id", dark=False))[2:]
    assert [(note.text, note.xanchor) for note in (small, big)] == [("Kecil", "left"), ("Besar", "right")]


def test_the_group_that_the_reader_chose_is_named_whatever_is_said_of_it(owners):
    figure = funnel_figure(owners, "id", dark=False, chosen="Dinas C")
    assert [note.text for note in annotations(figure)[2:]] == ["Dinas C", "Dinas A", "Dinas B"]


def test_the_title_counts_those_who_differ_among_those_who_are_judged(owners, entry):
    assert funnel_title(owners, "pemilik proyek", "id") == "2 dari 3 pemilik proyek berbeda dari rata-rata"
    assert funnel_title(owners, "owners", "en") == "Different from the average: 2 of 3 owners"
    calm = Comparison([entry("A", 5, 10, "average")], owners.whole, None, True, 50.0, 1.0)
    assert funnel_title(calm, "pemilik proyek", "id") == "Tidak satu pun dari 1 pemilik proyek berbeda dari rata-rata"


def test_the_subtitle_explains_the_overdispersion_in_a_sentence(owners):
    assert funnel_subtitle(owners, "pemilik proyek", "id") == (
        "Rata-rata 50,0 %, Juli 2024. Di luar garis penuh (batas 99,8 %) disebut berbeda dari rata-rata; garis titik: "
        "batas 95 %. Beda antar-pemilik proyek lebih besar daripada kebetulan (φ = 2,3), maka batas dilebarkan 1,5 "
        "kali (√φ). 1 pemilik proyek belum ada data dan tidak digambar."
    )
    even = Comparison(owners.entries[:3], owners.whole, None, True, 50.0, 1.0)
    assert "tidak lebih besar daripada kebetulan (φ = 1,0), jadi batas tidak dilebarkan" in funnel_subtitle(
        even, "x", "id"
    )


def test_the_pointer_says_name_share_counts_and_judgement(owners):
    hovers = [text for trace in traces(funnel_figure(owners, "id", dark=False)) for text in trace.customdata or ()]
    assert hovers == [
        "<b>Dinas D</b><br>0,0 %<br>0 dari 4 proyek<br>○ kurang dari 5 proyek, tidak dinilai",
        "<b>Dinas C</b><br>50,0 %<br>50 dari 100 proyek<br>● tidak berbeda dari rata-rata",
        "<b>Dinas B</b><br>20,0 %<br>20 dari 100 proyek<br>▼ berbeda dari rata-rata: di bawah",
        "<b>Dinas A</b><br>80,0 %<br>80 dari 100 proyek<br>▲ berbeda dari rata-rata: di atas",
    ]


def page(comparison):
    """What the page does; run by AppTest from its text."""
    from ui import funnels

    funnels.show_funnel(comparison, "pemilik proyek", "id")


def looked_at(comparison):
    app = AppTest.from_function(page, kwargs={"comparison": comparison}).run(timeout=30)
    assert not app.exception, app.exception
    html = "\n".join(part.proto.body for part in app.get("html"))
    return html, [chart.proto for chart in app.get("plotly_chart")]


def test_the_picture_has_words_for_who_cannot_see_it(owners):
    html, [chart] = looked_at(owners)
    assert "2 dari 3 pemilik proyek berbeda dari rata-rata" in html
    assert chart.alt == (
        "Grafik corong pemilik proyek di Sumatera Selatan: jumlah proyek mendatar, persentase tegak. "
        "2 dari 3 pemilik proyek berbeda dari rata-rata. Di atas: Dinas A. Di bawah: Dinas B."
    )


def test_measures_without_an_average_of_projects_have_no_funnel(owners):
    assert looked_at(Comparison(owners.entries, owners.whole, None, True)) == ("", [])


@pytest.mark.parametrize(
    ("average", "said"),
    [
        (60.0, "Siapa berbeda dari rata-rata belum dapat dinilai: kurang dari 5 pemilik proyek punya 5 proyek"),
        (100.0, "Tidak satu pun pemilik proyek berbeda dari rata-rata: semuanya 100,0 %."),
    ],
)
def test_without_limits_a_sentence_says_why(owners, average, said):
    html, charts_drawn = looked_at(Comparison(owners.entries, owners.whole, None, True, average, None))
    assert said in html
    assert charts_drawn == []
