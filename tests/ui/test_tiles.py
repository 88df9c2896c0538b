"""Tiles: what is coloured, what is not, and that every place says so in words."""

import re
from html import unescape

import pytest

from data.places import all_places
from ui import charts, tiles

SUMSEL = [code for code, place in all_places().items() if place.parent == "16"]


def test_every_kabupaten_of_sumsel_has_a_tile_of_its_own():
    placed = tiles.tiles()
    assert sorted(placed) == SUMSEL
    assert len({(tile.row, tile.column) for tile in placed.values()}) == 17
    assert len({tile.abbreviation for tile in placed.values()}) == 17


def test_tiles_lie_as_the_places_do():
    placed = tiles.tiles()
    # Capitals' coordinates: Banyuasin north of Palembang, OKI east of Ogan Ilir, OKU Selatan in the far south.
    assert placed["16.07"].row < placed["16.71"].row < placed["16.10"].row
    assert placed["16.10"].column < placed["16.02"].column
    assert placed["16.73"].column == 1
    assert placed["16.09"].row == max(tile.row for tile in placed.values())


@pytest.mark.parametrize(
    ("value", "expected"), [(0, 0), (19.99, 0), (20, 1), (39.9, 1), (40, 2), (60, 3), (80, 4), (100, 4), (130, 4)]
)
def test_classes_end_at_every_twentieth_percent(value, expected):
    assert tiles.class_of(value) == expected


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_text_on_every_class_is_legible_and_classes_grow_away_from_the_background(dark):
    classes = tiles.DARK_CLASSES if dark else tiles.LIGHT_CLASSES
    assert [pair for pair in classes if contrast(*pair) < 4.5] == []
    away = [contrast(fill, charts.palette(dark=dark).paper) for fill, _ink in classes]
    assert away == sorted(away)
    assert contrast(tiles.FLAGGED_FILL[dark], charts.palette(dark=dark).concern) >= 4.5


def test_a_place_without_data_has_no_colour_of_the_scale_and_zero_has_the_first(place):
    assert tiles.look_of(place("16.71"), in_percent=True) == "none"
    assert tiles.look_of(place("16.71", 0, 10), in_percent=True) == "0"
    assert tiles.look_of(place("16.71", 30, 10, status="implausible"), in_percent=True) == "flagged"


def tile_texts(html):
    """Name and value of every tile in the order of reading."""
    found = re.findall(r'<span class="full">(.*?)</span>.*?<span class="value[^"]*">(.*?)</span>', html)
    return [(unescape(name), unescape(value)) for name, value in found]


def drawn_tiles(rows, language="id", *, in_percent=True):
    return tiles.tiles_html(rows, "Judul", language, in_percent=in_percent)


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


def test_the_place_that_the_reader_chose_is_marked(place):
    rows = [place("16.02", 1, 10), place("16.71", 9, 10)]
    html = tiles.tiles_html(rows, "Judul", "id", in_percent=True, chosen="16.02")
    assert html.count("aria-current") == 1
    assert 'place=16.02" target="_self" aria-current="true"' in html


def test_counts_are_shown_without_colour(place):
    row = place("16.71", 12_345, None, value=12_345, status="ok")
    html = drawn_tiles([row], in_percent=False)
    assert tile_texts(html) == [("Palembang", "12,3 ribu")]
    assert "ck-class-plain" in html
    assert tiles.legend_html([row], "id", in_percent=False) == ""


def test_the_legend_says_in_words_what_each_colour_and_mark_means(place):
    html = tiles.legend_html([place("16.71", 1, 8), place("16.04"), place("16.02")], "id", in_percent=True)
    assert re.findall(r"</i>(.*?)</li>", html) == [
        "di bawah 20 %",
        "20 % sampai di bawah 40 %",
        "40 % sampai di bawah 60 %",
        "60 % sampai di bawah 80 %",
        "80 % atau lebih",
        "○ belum ada data",
    ]
