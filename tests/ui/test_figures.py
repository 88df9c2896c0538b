"""Every figure as plotly reads it: with validation, which a page leaves out."""

import json
from datetime import date

import plotly.graph_objects as go
import plotly.io
import pytest
from streamlit.testing.v1 import AppTest

from analytics.change import PersonsStep, Step
from analytics.compare import Comparison, Entry
from data.boundaries import Boundary
from ui import charts, funnels, maps

JUNE, JULY = date(2024, 6, 30), date(2024, 7, 31)
SQUARE = ((104.0, -3.0), (105.0, -3.0), (105.0, -2.0), (104.0, -2.0), (104.0, -3.0))


def trends(row, **look):
    """A band, a lone month with its error, a change of source, a flagged month; and counts."""
    told = [
        row("2024-01", 40, 100, low=38, high=42),
        row("2024-02", 41, 100, low=39, high=43),
        row("2024-03"),
        row("2024-04", 42, 100, low=40, high=44, source="Per orang"),
        row("2024-05", 690, 173, status="implausible"),
        row("2024-06", 43, 100),
        row("2024-07", 44, 100),
    ]
    yield charts.trend_figure(told, (JULY, JUNE), **look)
    yield charts.trend_figure([row("2024-06", 7_000_000), row("2024-07", 8)], (JULY,), counts=True, **look)


def waterfalls(**look):
    steps = [Step("start", 0.0, 40.0, 400), Step("joined", 40.0, 52.0, 120), Step("end", 0.0, 52.0, 520)]
    persons = [PersonsStep("start", 0, 8_000), PersonsStep("net", 8_000, 7_900), PersonsStep("end", 0, 7_900)]
    yield charts.waterfall_figure(steps, (JUNE, JULY), **look)
    yield charts.waterfall_figure(persons, (JUNE, JULY), **look)


def funnel(row, **look):
    judged = (("above", 80, 100), ("below", 20, 100), ("average", 50, 100), ("too_few", 0, 4))
    entries = [
        Entry(row("2024-07", registered, projects, group=word, label=word), projects=projects, judgement=word)
        for word, registered, projects in judged
    ]
    comparison = Comparison(entries, row("2024-07", 150, 304), "chance", True, 50.0, 2.25)
    return funnels.funnel_figure(comparison, chosen="average", **look)


def a_map(place, **look):
    """A value, a flagged one, none."""
    rows = [place("16.02", 1, 10), place("16.71", 30, 10, status="implausible"), place("16.04")]
    outlined = [Boundary(row.group, (SQUARE,), (104.5, -2.5)) for row in rows]
    return maps.map_figure(outlined, rows, in_percent=True, chosen="16.02", **look)


def sent(figure):
    """What a browser would get; plotly leaves out empty lists of shapes."""
    spec = json.loads(str(plotly.io.to_json(figure, validate=False)))
    return spec["data"], {name: value for name, value in spec["layout"].items() if value != []}


@pytest.fixture(params=["id", "en"])
def language(request):
    return request.param


@pytest.mark.parametrize("dark", [False, True])
def test_plotly_knows_every_property_of_every_figure_and_drops_none(row, place, language, dark):
    look = {"language": language, "dark": dark}
    for figure in (*trends(row, **look), *waterfalls(**look), funnel(row, **look), a_map(place, **look)):
        assert sent(go.Figure(figure)) == sent(figure)


def test_a_misspelt_property_is_refused(row):
    figure = charts.trend_figure([row("2024-06", 1, 4), row("2024-07", 2, 4)], (JULY,), "id", dark=False)
    figure["data"][0]["hovertemplat"] = "x"
    with pytest.raises(ValueError, match="hovertemplat"):
        go.Figure(figure)


def page(figure):
    """What the page does; run by AppTest from its text."""
    from ui import charts

    charts.show_chart(figure, "Grafik", "id", "grafik")


def test_the_browser_gets_the_figure_as_it_was_built():
    [figure, _] = waterfalls(language="id", dark=False)
    app = AppTest.from_function(page, kwargs={"figure": figure}).run(timeout=30)
    assert not app.exception, app.exception
    [chart] = app.get("plotly_chart")
    assert json.loads(chart.proto.spec) == json.loads(str(plotly.io.to_json(figure, validate=False)))
    assert chart.proto.alt == "Grafik"
