"""Tiles and map: what is coloured, what is not, and that every place says so in words."""

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
from data.places import all_places
from ui import charts, maps

SUMSEL = [code for code, place in all_places().items() if place.parent == "16"]
WEST = [[104, -3], [105, -3], [105, -2], [104, -2], [104, -3]]
EAST = [[105, -3], [106, -3], [106, -2], [105, -2], [105, -3]]
HOLE = [[105.4, -2.6], [105.6, -2.6], [105.6, -2.4], [105.4, -2.4], [105.4, -2.6]]


@pytest.fixture
def place(row):
    """A function that makes July of one place."""

    def make(code, numerator=None, denominator=None, **columns):
        return row("2024-07", numerator, denominator, group=code, label=all_places()[code].name, **columns)

    return make


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


def test_every_kabupaten_of_sumsel_has_a_tile_of_its_own():
    tiles = maps.tiles()
    assert sorted(tiles) == SUMSEL
    assert len({(tile.row, tile.column) for tile in tiles.values()}) == 17
    assert len({tile.abbreviation for tile in tiles.values()}) == 17


def test_tiles_lie_as_the_places_do():
    tiles = maps.tiles()
    # Capitals' coordinates: Banyuasin north of Palembang, OKI east of Ogan Ilir, OKU Selatan in the far south.
    assert tiles["16.07"].row < tiles["16.71"].row < tiles["16.10"].row
    assert tiles["16.10"].column < tiles["16.02"].column
    assert tiles["16.73"].column == 1
    assert tiles["16.09"].row == max(tile.row for tile in tiles.values())


@pytest.mark.parametrize(
    ("value", "expected"), [(0, 0), (19.99, 0), (20, 1), (39.9, 1), (40, 2), (60, 3), (80, 4), (100, 4), (130, 4)]
)
def test_classes_end_at_every_twentieth_percent(value, expected):
    assert maps.class_of(value) == expected


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_text_on_every_class_is_legible_and_classes_grow_away_from_the_background(dark):
    classes = maps.DARK_CLASSES if dark else maps.LIGHT_CLASSES
    assert [pair for pair in classes if contrast(*pair) < 4.5] == []
    away = [contrast(fill, charts.palette(dark=dark).paper) for fill, _ink in classes]
    assert away == sorted(away)
    assert contrast(maps.FLAGGED_FILL[dark], charts.palette(dark=dark).concern) >= 4.5


def test_a_place_without_data_has_no_colour_of_the_scale_and_zero_has_the_first(place):
    assert maps.look_of(place("16.71"), in_percent=True) == "none"
    assert maps.look_of(place("16.71", 0, 10), in_percent=True) == "0"
    assert maps.look_of(place("16.71", 30, 10, status="implausible"), in_percent=True) == "flagged"


def tile_texts(html):
    """Name and value of every tile in the order of reading."""
    found = re.findall(r'<span class="full">(.*?)</span>.*?<span class="value[^"]*">(.*?)</span>', html)
    return [(unescape(name), unescape(value)) for name, value in found]


def drawn_tiles(rows, language="id", *, in_percent=True):
    return maps.tiles_html(rows, "Judul", language, in_percent=in_percent)


def test_each_tile_says_its_name_and_its_value_or_why_there_is_none(place):
    rows = [place("16.71", 1, 8), place("16.04"), place("16.02", 5, None), place("16.11", 30, 10, status="implausible")]
    assert tile_texts(drawn_tiles(rows)) == [
        ("Palembang", "12,5 %"),
        ("Empat Lawang", "▲ 300,0 %"),
        ("Lahat", "○ belum ada data"),
        ("OKI", "◇ belum ada penyebut"),
    ]
    assert tile_texts(drawn_tiles(rows, "en"))[0] == ("Palembang", "12.5%")


def test_the_grid_of_a_branch_begins_at_its_first_tile(place):
    html = drawn_tiles([place("16.71", 1, 8), place("16.10", 1, 8), place("16.02", 1, 8)])
    assert re.findall(r"grid-row:(\d);grid-column:(\d)", html) == [("1", "1"), ("2", "1"), ("2", "2")]
    assert "repeat(2," in html


def test_the_place_that_the_reader_chose_is_marked(outlined, place):
    rows = [place("16.02", 1, 10), place("16.71", 9, 10)]
    html = maps.tiles_html(rows, "Judul", "id", in_percent=True, chosen="16.02")
    assert html.count("aria-current") == 1
    assert 'place=16.02" target="_self" aria-current="true"' in html
    drawn = traces(maps.map_figure(outlined, rows, "id", dark=False, in_percent=True, chosen="16.02"))
    assert [trace.line.width for trace in drawn[:2]] == [0.8, 2.5]
    assert drawn[1].text.startswith("Kabupaten Ogan Komering Ilir")


def test_counts_are_shown_without_colour(place):
    row = place("16.71", 12_345, None, value=12_345, status="ok")
    html = drawn_tiles([row], in_percent=False)
    assert tile_texts(html) == [("Palembang", "12,3 ribu")]
    assert "ck-class-plain" in html
    assert maps.legend_html([row], "id", in_percent=False) == ""


def test_the_legend_says_in_words_what_each_colour_and_mark_means(place):
    html = maps.legend_html([place("16.71", 1, 8), place("16.04"), place("16.02")], "id", in_percent=True)
    assert re.findall(r"</i>(.*?)</li>", html) == [
        "di bawah 20 %",
        "20 % sampai di bawah 40 %",
        "40 % sampai di bawah 60 %",
        "60 % sampai di bawah 80 %",
        "80 % atau lebih",
        "○ belum ada data",
    ]


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


def test_the_map_is_one_filled_outline_for_each_place_with_equal_aspect_at_its_latitude(outlined, place):
    figure = drawn_map(outlined, [place("16.02", 1, 10), place("16.71", 9, 10)])
    oki, palembang, labels = traces(figure)
    assert [oki.type, oki.fill, oki.fillcolor] == ["scatter", "toself", maps.LIGHT_CLASSES[0][0]]
    assert palembang.fillcolor == maps.LIGHT_CLASSES[4][0]
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
    from datetime import date

    from analytics.compare import Comparison, Entry
    from analytics.compute import Scope
    from ui import cached, maps
    from ui.scope_bar import Selection

    edition = cached.ServedEdition(os.environ["CAKUPAN_HOME"], 1, {})
    sumsel = cached.Place("16", "Sumatera Selatan", "provinsi")
    selection = Selection(date(2024, 7, 31), None, Scope("16"), sumsel)
    comparison = Comparison([Entry(row) for row in rows], rows[0], None, is_ranked)
    maps.show_places(edition, selection, comparison, "id", measure=measure)


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
    assert tile_texts(html) == [("Palembang", "12,5 %"), ("OKI", "75,0 %")]


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
