"""What a file taken from the screen carries."""

import csv
from datetime import date

import pytest

from analytics.change import PersonsStep, Step
from analytics.compute import Scope
from analytics.projects import PROJECT_SOURCE
from data.editions import PERSONS_SOURCE
from ui import columns, scope_bar, tables
from ui.cached import Place, ServedEdition
from ui.scope_bar import Selection

JUNE, JULY = date(2024, 6, 30), date(2024, 7, 31)
EDITION = ServedEdition("var", 7, {"demo": "1"})


def stamp_of(place="16", owner=None, language="id"):
    scope = Scope(place=place, owner=owner)
    return scope_bar.stamp(
        EDITION, Selection(JULY, JUNE, scope, Place(place, "Sumatera Selatan", "provinsi")), language
    )


def file_of(of_table, rows, language="id", **scope):
    """The rows of a file as dictionaries by header."""
    content = tables.csv_bytes(of_table, rows, stamp_of(language=language, **scope), language).decode("utf-8-sig")
    return list(csv.DictReader(content.splitlines(), delimiter=";" if language == "id" else ","))


@pytest.fixture
def covered(row):
    return row(
        "2024-07", 1, 3, source=PERSONS_SOURCE, denominator_source="BPS Sakernas", denominator_as_of=date(2024, 2, 29)
    )


def test_a_row_of_a_trend_says_where_both_numbers_come_from_and_of_which_scope_and_edition(covered):
    [told] = file_of(columns.trend_columns("id"), [covered], owner="Dinas PUPR")
    assert (told["Bulan"], told["Cakupan, %"], told["Terlindungi"]) == ("2024-07", "33,333333333333", "1")
    assert (told["Keterangan"], told["Kode keterangan"]) == ("ada", "ok")
    assert told["Sumber pembilang"] == "Data kepesertaan per orang"
    assert (told["Sumber penyebut"], told["Tanggal penyebut"]) == ("BPS Sakernas", "2024-02-29")
    scope = (told["Lingkup: kode wilayah"], told["Lingkup: pemilik proyek"], told["Lingkup: sumber dana"])
    assert scope == ("16", "Dinas PUPR", "semua")
    assert (told["Edisi"], told["DATA CONTOH"]) == ("7", "DATA CONTOH")


def test_headers_sources_and_words_are_in_the_language_of_the_page(covered):
    [told] = file_of(columns.trend_columns("en"), [covered], language="en")
    assert (told["Status"], told["Status code"]) == ("known", "ok")
    assert told["Source of numerator"] == "Membership data by person"
    assert (told["Scope: project owner"], told["Scope: month"]) == ("all", "2024-07")


def test_a_month_without_data_has_no_source_and_no_zero(row):
    [told] = file_of(columns.trend_columns("id"), [row("2024-07")])
    named = (
        "Cakupan, %",
        "Terlindungi",
        "Pekerja",
        "Posisi",
        "Sumber pembilang",
        "Sumber penyebut",
        "Tanggal penyebut",
    )
    assert [told[name] for name in named] == [""] * len(named)


def test_the_denominator_of_placements_is_counted_where_its_numerator_is(row):
    [told] = file_of(
        columns.lacking_columns("Pemilik", "id"), [row("2024-07", 4, 10, value=6.0, source=PROJECT_SOURCE)]
    )
    assert told["Belum terlindungi"] == "6"
    assert told["Sumber penyebut"] == told["Sumber pembilang"] == PROJECT_SOURCE
    assert told["Tanggal penyebut"] == "2024-07-31"


def test_every_step_of_a_change_repeats_both_months_and_the_sources_of_the_figure(covered):
    steps = [Step("start", 0.0, 40.0, 400), Step("joined", 40.0, 42.0, 20), Step("end", 0.0, 42.0, 420)]
    told = file_of(columns.change_columns((JUNE, JULY), covered, "id", counts=False), steps)
    assert [(line["Poin persen"], line["Gerak, orang"]) for line in told] == [("40", "400"), ("2", "20"), ("42", "420")]
    assert {(line["Lingkup: bulan"], line["Dibandingkan dengan"]) for line in told} == {("2024-07", "2024-06")}
    assert {line["Sumber penyebut"] for line in told} == {"BPS Sakernas"}


def test_a_change_in_persons_has_no_column_of_points(row):
    steps = [PersonsStep("start", 0, 8), PersonsStep("net", 8, 6), PersonsStep("end", 0, 6)]
    told = file_of(columns.change_columns((JUNE, JULY), row("2024-07", 6), "id", counts=True), steps)
    assert [line["Gerak, orang"] for line in told] == ["8", "-2", "6"]
    assert "Poin persen" not in told[0]


def test_a_file_is_named_after_its_scope_and_a_branch_without_its_colon():
    assert stamp_of(place="16.71").file_stem == "cakupan-16.71-2024-07"
    assert stamp_of(place="branch:palembang").file_stem == "cakupan-branch-palembang-2024-07"
