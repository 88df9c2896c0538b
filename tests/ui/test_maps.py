"""The map of a file, and the switch between map and tiles."""

import json
import os
import re
from html import unescape
from typing import Any

import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from analytics.compare import Comparison, Entry
from data.boundaries import read_boundaries
from ui import maps, tiles

WEST = [[104, -3], [105, -3], [105, -2], [104, -2], [104, -3]]
EAST = [[105, -3], [106, -3], [106, -2], [105, -2], [105, -3]]
HOLE = [[105.4, -2.6], [105.6, -2.6], [105.6, -2.4], [105.4, -2.4], [105.4, -2.6]]


def compared(rows, *, is_ranked=True):
    return Comparison([Entry(row) for row in rows], rows[0], None, is_ranked)


def outlines(*features):
    made = [
        {
            "type": "Feature",
            "properties": {"kode": code},
            "geometry": {"type": "Polygon", "coordinates": [[list(point) for point in ring] for ring in rings]},
        }
        for code, *rings in features
    ]
    return json.dumps({"type": "FeatureCollection", "features": made})


@pytest.fixture
def outlined(tmp_path):
    """OKI in the west, Palembang with a hole in the east."""
    path = tmp_path / "batas.geojson"
    path.write_text(outlines(("16.02", WEST), ("16.71", EAST, HOLE)), "utf-8")
    return read_boundaries(path).places


def test_the_title_names_the_ends_where_places_may_be_ranked(place):
    rows = [place("16.71", 1, 8), place("16.04"), place("16.02", 3, 4), place("16.11", 3, 1, status="implausible")]
    assert maps.places_title(compared(rows), "placement_coverage", "id") == (
        "Cakupan penempatan kerja dari 12,5 % di Kota Palembang sampai 75,0 % di Kabupaten Ogan Komering Ilir"
    )


def test_of_other_sectors_the_title_does_not_speak_of_construction(place):
    rows = [place("16.71", 1, 8, sector="perdagangan"), place("16.02", 3, 4, sector="perdagangan")]
    title = maps.places_title(compared(rows, is_ranked=False), "population_coverage", "id")
    assert "konstruksi" not in title
    assert title.endswith(": ada angka bagi 2 dari 2 wilayah")


def test_estimates_of_kabupaten_are_indicative_and_their_title_ranks_nothing(place):
    comparison = compared([place("16.71", 1, 8), place("16.04"), place("16.02", 3, 4)], is_ranked=False)
    title = maps.places_title(comparison, "population_coverage", "id")
    assert title == "Cakupan pekerja konstruksi: ada angka bagi 2 dari 3 wilayah"
    assert maps.is_indicative(comparison, "population_coverage")
    assert not maps.is_indicative(comparison, "placement_coverage")
    assert not maps.is_indicative(compared([place("16", 1, 8)], is_ranked=False), "population_coverage")


def traces(figure) -> list[Any]:
    """As plotly's objects, which refuse what plotly does not know."""
    return list(go.Figure(figure).data)


def drawn_map(outlined, rows, *, dark=False):
    return maps.map_figure(outlined, rows, "id", dark=dark, in_percent=True)


def test_the_place_that_the_reader_chose_has_a_heavy_line(outlined, place):
    rows = [place("16.02", 1, 10), place("16.71", 9, 10)]
    drawn = traces(maps.map_figure(outlined, rows, "id", dark=False, in_percent=True, chosen="16.02"))
    assert [trace.line.width for trace in drawn[:2]] == [0.8, 2.5]
    assert drawn[1].text.startswith("Kabupaten Ogan Komering Ilir")


def test_the_map_is_one_filled_outline_for_each_place_with_equal_aspect_at_its_latitude(outlined, place):
    figure = drawn_map(outlined, [place("16.02", 1, 10), place("16.71", 9, 10)])
    oki, palembang, labels = traces(figure)
    assert [oki.type, oki.fill, oki.fillcolor] == ["scatter", "toself", tiles.LIGHT_CLASSES[0][0]]
    assert palembang.fillcolor == tiles.LIGHT_CLASSES[4][0]
    # Two squares of a degree side by side are 2 degrees wide: 2000 of the grid, and 1000 / cos 2,5° high.
    assert (min(oki.x), max(oki.x), max(palembang.x[:5])) == (0, 1000, 2000)
    assert max(oki.y) == 1001
    assert palembang.x[5] is None  # a gap before the hole
    assert labels.text == ("OKI<br><b>10,0 %</b>", "PLG<br><b>90,0 %</b>")


def test_a_place_without_data_is_hatched_and_worded_in_its_hover(outlined, place):
    figure = drawn_map(outlined, [place("16.02"), place("16.71", 9, 10)], dark=True)
    oki, palembang, labels = traces(figure)
    assert oki.fillpattern.shape == "/"
    assert palembang.fillpattern.shape is None
    assert oki.text == "Kabupaten Ogan Komering Ilir<br>○ belum ada data<br>Juli 2024"
    assert palembang.text == "Kota Palembang<br>90,0 %<br>9 dari 10<br>Juli 2024"
    assert labels.text[0] == "OKI"


def page(rows, is_ranked, measure):
    """What the page does; run by AppTest from its text."""
    import os

    from analytics.compare import Comparison, Entry
    from ui import cached, maps

    edition = cached.ServedEdition(os.environ["CAKUPAN_HOME"], 1, {})
    comparison = Comparison([Entry(row) for row in rows], rows[0], None, is_ranked)
    maps.show_places(edition, comparison, "id", measure=measure)


def looked_at(rows, *, measure="placement_coverage", is_ranked=True):
    app = AppTest.from_function(page, kwargs={"rows": rows, "is_ranked": is_ranked, "measure": measure})
    app.query_params["month"] = "2024-07"
    app.query_params["vintage"] = "BPS"
    app.run(timeout=30)
    assert not app.exception, app.exception
    return app


def html_of(app):
    return "\n".join(part.proto.body for part in app.get("html") if not part.proto.body.startswith("<style"))


@pytest.mark.usefixtures("home")
def test_without_a_file_there_are_tiles_and_no_choice_and_each_leads_to_its_place(place):
    app = looked_at([place("16.71", 1, 8), place("16.02", 3, 4)])
    assert (len(app.radio), len(app.get("plotly_chart"))) == (0, 0)
    links = re.findall(r'href="([^"]*)"', html_of(app))
    assert [unescape(link) for link in links] == ["?month=2024-07&place=16.71", "?month=2024-07&place=16.02"]


def test_with_a_file_the_map_comes_first_and_the_reader_may_switch(home, place):
    (home.root / "sumsel.geojson").write_text(outlines(("16.02", WEST), ("16.71", EAST), ("99.99", WEST)), "utf-8")
    app = looked_at([place("16.71", 1, 8), place("16.02", 3, 4), place("16.04", 1, 4)])
    assert len(app.get("plotly_chart")) == 1
    assert "ck-tiles" not in html_of(app)
    assert "Tanpa batas dalam sumsel.geojson, jadi tidak digambar: Kabupaten Lahat." in html_of(app)
    assert "diabaikan: 99.99." in html_of(app)
    app.radio[0].set_value("tiles").run()
    assert len(app.get("plotly_chart")) == 0
    assert html_of(app).count("<li style=") == 3


def test_a_file_that_cannot_be_used_is_named_and_the_tiles_stay(home, place):
    (home.root / "batas.geojson").write_text("{", "utf-8")
    html = html_of(looked_at([place("16.71", 1, 8), place("16.02", 3, 4)]))
    assert "batas.geojson bukan FeatureCollection GeoJSON" in html
    assert html.count("<li style=") == 2


def test_a_changed_file_is_read_again(home, place):
    rows = [place("16.71", 1, 8), place("16.02", 3, 4)]
    path = home.root / "batas.geojson"
    path.write_text(outlines(("16.02", WEST), ("16.71", EAST)), "utf-8")
    assert len(looked_at(rows).get("plotly_chart")) == 1
    path.write_text(outlines(("16.04", WEST)), "utf-8")
    os.utime(path, ns=(0, 0))
    assert len(looked_at(rows).get("plotly_chart")) == 0


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("codes", [["32.04", "32.73"], ["16.71"], ["16", "32"]])
def test_nothing_is_drawn_where_neither_tiles_nor_outlines_know_two_places(place, codes):
    app = looked_at([place(code, 1, 8) for code in codes])
    assert html_of(app) == ""


@pytest.mark.usefixtures("home")
def test_of_several_targets_of_a_place_the_first_is_drawn(place):
    rows = [place("16.71", 1, 8), place("16.71", 3, 4), place("16.02", 3, 4)]
    html = html_of(looked_at(rows, measure="target_attainment", is_ranked=False))
    assert re.findall(r'<span class="value">(.*?)</span>', html) == ["12,5 %", "75,0 %"]


@pytest.mark.usefixtures("home")
def test_counts_are_drawn_without_a_legend_and_the_page_says_why(place):
    rows = [place(code, 120, None, value=120, status="ok") for code in ("16.71", "16.02")]
    html = html_of(looked_at(rows, measure="active_members"))
    assert "Jumlah tidak diwarnai" in html
    assert "ck-legend" not in html


@pytest.mark.usefixtures("home")
def test_indicative_figures_are_said_to_be_so(place):
    rows = [place("16.71", 1, 8), place("16.02", 3, 4)]
    assert "indikatif" in html_of(looked_at(rows, measure="population_coverage", is_ranked=False))
    assert "indikatif" not in html_of(looked_at(rows))
