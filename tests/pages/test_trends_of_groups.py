"""The panels under Perbandingan, as they are drawn: lines, axis, title and key."""

import re
from datetime import date
from html import unescape
from urllib.parse import unquote

import pytest

from data.editions import publish
from data.home import Home
from tests.pages.conftest import html_of, text_of
from tests.worlds import deliver, empty_world, load_world

MONTHS = [f"{year}-{month:02}" for year in (2022, 2023, 2024) for month in range(1, 13)]
WIDTH, HEIGHT, EDGE = 240, 80, 3
LINES = {"before": "opacity=", "whole": "stroke-dasharray=", "now": "stroke-width='2.2'"}
PALEMBANG, OKI, LAHAT = "Kota Palembang", "Kabupaten Ogan Komering Ilir", "Kabupaten Lahat"


def month_end(month):
    year, number = int(month[:4]), int(month[5:])
    return date.fromordinal(date(year + number // 12, number % 12 + 1, 1).toordinal() - 1)


@pytest.fixture(scope="module")
def three_years(tmp_path_factory):
    """Members of 100 workers each, from 2022 to 2024, and of 300 in the province, always 90.

    Palembang: 10 in January 2022 and one more each month, 45 in December 2024. Lahat: 40 and a year later 35.
    OKI: 50 in December 2023; in 2024 from the Kanwil until March, from its branch in April, May, July and December.
    """
    world = empty_world(date(2024, 12, 31))
    for place, workers in (("16", 300), ("16.71", 100), ("16.02", 100), ("16.04", 100)):
        deliver(world, "penduduk_bekerja", {"wilayah": place, "per_tanggal": date(2021, 12, 31), "pekerja": workers})
    told = [("16", month, 90, "Kanwil") for month in MONTHS]
    told += [("16.71", month, 10 + number, "Kanwil") for number, month in enumerate(MONTHS)]
    told += [("16.04", "2023-12", 40, "Kanwil"), ("16.04", "2024-12", 35, "Kanwil")]
    told += [("16.02", "2023-12", 50, "Kanwil"), ("16.02", "2024-01", 20, "Kanwil"), ("16.02", "2024-02", 21, "Kanwil")]
    told += [("16.02", "2024-03", 22, "Kanwil"), ("16.02", "2024-04", 23, "Cabang"), ("16.02", "2024-05", 24, "Cabang")]
    told += [("16.02", "2024-07", 25, "Cabang"), ("16.02", "2024-12", 30, "Cabang")]
    for place, month, members, source in told:
        counted = {"wilayah": place, "bulan": month_end(month), "peserta_aktif": members, "sumber": source}
        deliver(world, "rekap", counted)
    home = Home(tmp_path_factory.mktemp("years") / "home")
    load_world(home, world)
    publish(home, as_of=world["as_of"])
    return home


@pytest.fixture
def compare(look):
    return lambda home, **params: look(home, page="perbandingan", **params)


def panels_of(app):
    """By name of the group, its panel as HTML."""
    found = re.findall(r'<figure class="panel[^"]*">(.*?)</figure>', html_of(app))
    names = [re.sub(r"<[^>]*>", "", panel.partition("</span>")[0]) for panel in found]
    return dict(zip(map(unescape, names), found, strict=True))


def drawn(panel, line, months, top):
    """The unbroken pieces of a line, each as [(month, percent)]; a piece of one month is a dot."""
    [picture] = re.findall(r'src="data:image/svg\+xml,([^"]*)"', panel)
    paths = re.findall(r"<path d='([^']*)' ([^/]*)/>", unescape(unquote(picture)))
    pieces = [path.replace("h0", "").split("M")[1:] for path, style in paths if LINES[line] in style]
    return [[_told(point, months, top) for point in piece.split("L")] for found in pieces for piece in found]


def _told(point, months, top):
    x, y = map(float, point.split())
    place = round((x - EDGE) * (len(months) - 1) / (WIDTH - 2 * EDGE))
    return months[place], pytest.approx(top * (HEIGHT - EDGE - y) / (HEIGHT - 2 * EDGE), abs=0.1)


# The highest share is the province's 30 % until 2023, and OKI's 50 % of December 2023 afterwards.
@pytest.mark.parametrize(("count", "shown", "top"), [(10, 10, 40), (20, 20, 40), (30, 24, 60), (36, 24, 60)])
def test_the_line_behind_is_the_same_month_a_year_before(compare, three_years, count, shown, top):
    panel = panels_of(compare(three_years, month=MONTHS[count - 1]))[PALEMBANG]
    months = MONTHS[count - shown : count]
    assert drawn(panel, "now", months, top) == [[(month, 10 + MONTHS.index(month)) for month in months]]
    behind = [(month, 10 + MONTHS.index(month) - 12) for month in months if month >= "2023-01"]
    assert drawn(panel, "before", months, top) == ([behind] if behind else [])


def test_a_line_breaks_at_a_gap_and_where_the_source_changes_and_a_month_alone_is_a_dot(compare, three_years):
    panel = panels_of(compare(three_years, month="2024-12"))[OKI]
    assert drawn(panel, "now", MONTHS[12:], 60) == [
        [("2023-12", 50), ("2024-01", 20), ("2024-02", 21), ("2024-03", 22)],
        [("2024-04", 23), ("2024-05", 24)],
        [("2024-07", 25)],
        [("2024-12", 30)],
    ]
    assert drawn(panel, "before", MONTHS[12:], 60) == [[("2024-12", 50)]]


def test_the_province_is_a_dashed_line_in_every_panel(compare, three_years):
    panels = panels_of(compare(three_years, month="2024-12"))
    assert sorted(panels) == sorted([PALEMBANG, OKI, LAHAT])
    for panel in panels.values():
        assert drawn(panel, "whole", MONTHS[12:], 60) == [[(month, 100 * 90 / 300) for month in MONTHS[12:]]]


@pytest.mark.parametrize(
    ("params", "marks"),
    [
        ({"month": "2024-12"}, ["60 %", "30 %", "0"]),  # 50 % is the highest
        ({"month": "2022-10"}, ["40 %", "20 %", "0"]),  # the province's 30 %
        ({"month": "2024-12", "lang": "en"}, ["60%", "30%", "0"]),
        ({"month": "2024-12", "measure": "active_members"}, ["50", "25", "0"]),  # 50 members, in steps of 10
        ({"month": "2023-11", "measure": "active_members"}, ["40", "20", "0"]),  # 10 + 22 members
    ],
)
def test_all_panels_share_one_axis_that_holds_the_highest(compare, three_years, params, marks):
    panels = panels_of(compare(three_years, **params))
    for panel in panels.values():
        assert re.findall(r'<i aria-hidden="true" class="\w+">(.*?)</i>', panel) == marks


def test_a_share_of_all_is_the_top_of_its_axis(compare, owners_home):
    panels = panels_of(compare(owners_home, tab="pemilik", measure="project_registration"))
    assert drawn(panels["BBPJN"], "now", ["2024-06", "2024-07"], 100) == [[("2024-06", 100), ("2024-07", 100)]]


def test_the_title_counts_the_groups_that_rose_in_a_year(compare, three_years):
    # Palembang from 33 to 45, Lahat fell from 40 to 35; OKI changed its source and is not compared.
    text = text_of(compare(three_years, month="2024-12"))
    assert "Cakupan pekerja konstruksi naik di 1 dari 2 kabupaten/kota sejak Desember 2023" in text
    # Palembang's 24, OKI's 8 and Lahat's 2 of 17 kabupaten and kota.
    assert f"{24 + 8 + 2} dari {17 * 24} bulan ada datanya" in text


def test_without_a_year_before_the_title_counts_nothing(compare, three_years):
    text = text_of(compare(three_years, month="2022-12"))
    assert "Cakupan pekerja konstruksi dari bulan ke bulan" in text
    assert "naik di" not in text


def test_one_month_is_no_trend(compare, three_years):
    app = compare(three_years, month="2022-01")
    assert "Tren belum dapat digambar" in text_of(app)
    assert panels_of(app) == {}


def key_of(app):
    [key] = [part for part in re.findall(r'<p class="ck-key">(.*?)</p>', html_of(app)) if "<i class" in part]
    return [unescape(text) for text in re.findall(r"</i>(.*?)</span>", key)]


def test_the_key_names_the_lines_that_are_drawn(compare, three_years):
    assert key_of(compare(three_years, month="2024-12")) == [
        "24 bulan terakhir", "setahun sebelumnya", "Sumatera Selatan",
    ]  # fmt: skip
    assert key_of(compare(three_years, month="2022-10")) == ["10 bulan terakhir", "Sumatera Selatan"]


def test_a_sum_of_counts_is_no_line_of_context(compare, three_years):
    app = compare(three_years, month="2024-12", measure="active_members")
    assert key_of(app) == ["24 bulan terakhir", "setahun sebelumnya"]
    assert drawn(panels_of(app)[PALEMBANG], "whole", MONTHS[12:], 50) == []
