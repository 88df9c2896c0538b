"""Titles that say what the numbers say."""

from datetime import date

import pytest

from analytics.change import PersonsStep, Step
from ui import rankings, sentences


def test_a_reported_figure_keeps_its_own_date(row):
    assert sentences.dated(row("2024-07", 1, 4, as_of=date(2024, 7, 9)), "id") == "Juli 2024, posisi 9 Juli"
    assert sentences.dated(row("2024-07", 1, 4, as_of=date(2024, 7, 31)), "id") == "Juli 2024"
    assert sentences.dated(row("2024-01", 1, 4, as_of=date(2023, 12, 9)), "en") == "January 2024, as of 9 December 2023"
    assert sentences.dated(row("2024-07"), "id") == "Juli 2024"


@pytest.mark.parametrize(
    ("before", "title"),
    [
        (424, "Cakupan Sumsel naik 3,2 poin menjadi 45,6 % sejak Juli 2023"),
        (466, "Cakupan Sumsel turun 1,0 poin menjadi 45,6 % sejak Juli 2023"),
        (456, "Cakupan Sumsel tetap 45,6 % sejak Juli 2023"),
    ],
)
def test_the_title_of_a_trend_says_how_far_and_whereto(row, before, title):
    now, then = row("2024-07", 456, 1000), row("2023-07", before, 1000)
    assert sentences.trend_title("Cakupan Sumsel", now, then, "id") == title


def test_the_title_claims_no_change_where_there_is_nothing_to_compare_with(row):
    now = row("2024-07", 456, 1000)
    assert sentences.trend_title("Cakupan Sumsel", now, None, "id") == "Cakupan Sumsel 45,6 % pada Juli 2024"
    assert sentences.trend_title("Cakupan Sumsel", now, row("2023-07"), "id") == "Cakupan Sumsel 45,6 % pada Juli 2024"


def test_an_implausible_month_is_not_compared_in_either_direction(row):
    flagged = row("2017-12", 4, 1, status="implausible")
    assert sentences.trend_title("Cakupan", row("2024-07", 1, 4), flagged, "id") == "Cakupan 25,0 % pada Juli 2024"
    assert "melebihi 100 %" in sentences.trend_title("Cakupan", flagged, row("2016-12", 1, 4), "id")


def test_a_count_says_by_how_many_it_moved(row):
    now, then = row("2024-07", 8123), row("2023-07", 8000)
    assert sentences.count_title("Peserta", now, then, "id") == "Peserta bertambah 123 menjadi 8.123 sejak Juli 2023"
    assert sentences.count_title("Peserta", then, now, "id") == "Peserta berkurang 123 menjadi 8.000 sejak Juli 2024"
    assert sentences.count_title("Peserta", now, now, "id") == "Peserta tetap 8.123 sejak Juli 2024"
    assert sentences.count_title("Peserta", now, row("2023-07"), "id") == "Peserta 8.123 orang pada Juli 2024"


def test_a_change_is_named_by_its_largest_gain_and_loss():
    steps = [
        Step("start", 0, 40.0, 1),
        Step("joined", 40.0, 52.0, 1),
        Step("ended", 52.0, 45.0, 1),
        Step("net", 45.0, 46.0, 1),
        Step("end", 0, 46.0, 1),
    ]
    title = "Naik 6,0 poin: peserta baru menambah 12,0 poin; kepesertaan berakhir mengurangi 7,0 poin"
    assert sentences.change_title(steps, "id") == title
    assert sentences.change_title([steps[0], Step("end", 0, 40.0, 1)], "id") == "Tetap 40,0 %"


def test_a_net_change_is_said_once():
    steps = [Step("start", 0, 40.0, 1), Step("net", 40.0, 39.0, 1), Step("end", 0, 39.0, 1)]
    assert sentences.change_title(steps, "id") == "Turun 1,0 poin"


def test_more_workers_are_the_cause_and_not_the_direction_of_a_change():
    steps = [Step("start", 0, 70.0, 7), Step("more_workers", 70.0, 60.0, None), Step("end", 0, 60.0, 7)]
    assert sentences.change_title(steps, "id") == "Turun 10,0 poin: bertambahnya pekerja proyek mengurangi 10,0 poin"
    assert sentences.change_title(steps, "en") == "Down 10.0 points: more project workers took away 10.0 points"


def test_a_change_without_a_percentage_is_told_in_persons():
    steps = [
        PersonsStep("start", 0, 8_000),
        PersonsStep("joined", 8_000, 8_600),
        PersonsStep("ended", 8_600, 8_512),
        PersonsStep("end", 0, 8_512),
    ]
    title = "Bertambah 512 orang: peserta baru menambah 600 orang; kepesertaan berakhir mengurangi 88 orang"
    assert sentences.persons_change_title(steps, "id") == title


def test_the_ranking_is_named_by_its_first_group_and_its_share_of_the_whole_scope(row):
    rows = [row("2024-07", 4, 10, value=6.0, label="OKI"), row("2024-07", 6, 10, value=4.0, label="Lahat")]
    whole = row("2024-07", 15, 30, value=15.0)  # 5 more on projects of the province itself
    expected = "OKI menanggung 40,0 % dari seluruh 15 penempatan yang belum terlindungi"
    assert rankings.lacking_title(rows, whole, "id") == expected
    assert rankings.lacking_title(rows, whole, "en") == "OKI holds 40.0% of all 15 placements not covered"
    assert rankings.outside(rows, whole) == 15 - 6 - 4


def test_no_share_is_claimed_of_a_whole_that_could_not_be_judged(row):
    rows, whole = [row("2024-07", 4, 10, value=6.0, label="OKI")], row("2024-07")
    assert "%" not in rankings.lacking_title(rows, whole, "id")
    assert rankings.outside(rows, whole) == 0


def test_a_rounded_report_shows_no_digit_that_was_not_published(row):
    nation = row("2024-07", 7_360_000, low=7_355_000, high=7_365_000)
    assert sentences.count(nation, "id") == "7,36 jt"
    assert sentences.count(row("2024-07", 8_123, low=8_122.5, high=8_123.5), "id") == "8.123"
    before = row("2023-07", 7_100_000, low=7_095_000, high=7_105_000)
    assert (
        sentences.count_title("Peserta", nation, before, "id")
        == "Peserta bertambah 260 ribu menjadi 7,36 jt sejak Juli 2023"
    )


def test_groups_that_could_not_be_judged_are_not_ranked(row):
    known, unknown = row("2024-07", 4, 10, value=6.0, label="OKI"), row("2024-07", label="Lahat")
    more = row("2024-07", 1, 10, value=9.0, label="Muba")
    assert rankings.ranked([known, unknown, more]) == [more, known]


@pytest.mark.parametrize("name", ["PT *Tebal* _miring_ [x](http://y) `kode` $x$ :red[a]", "A|B~C#D", "Sp. Sekayu - 1"])
def test_markdown_in_a_name_shows_as_written(name):
    escaped = rankings.plain(name)
    assert escaped.replace("\\", "") == name
    assert all(escaped[at - 1] == "\\" for at, mark in enumerate(escaped) if mark in "*_[]`$|~#:")


def test_what_the_product_itself_names_is_translated_and_a_senders_name_is_not():
    assert sentences.source_name("Data kepesertaan per orang", "en") == "Membership data by person"
    assert sentences.source_name("Kanwil", "en") == "Kanwil"
    assert sentences.category_name("belum diisi", "en") == "not filled in"
    assert sentences.category_name("Dinas PUPR", "en") == "Dinas PUPR"
