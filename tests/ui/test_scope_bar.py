"""What an address means: the only state of the screen."""

from dataclasses import replace
from datetime import date

import pytest

from analytics.compute import Scope
from ui.cached import Place
from ui.scope_bar import Options, read_selection

MONTHS = [date(2023, 6, 30), date(2023, 7, 31), date(2024, 2, 29), date(2024, 6, 30), date(2024, 7, 31)]
PLACES = {"16": Place("16", "Sumatera Selatan", "provinsi"), "16.71": Place("16.71", "Kota Palembang", "kota")}
OPTIONS = Options(
    places=PLACES,
    known_places=PLACES | {"51": Place("51", "Bali", "provinsi")},
    owners=["BBPJN", "Dinas PUPR"],
    known_funds=["APBN", "BLUD/BUMD"],
    months=MONTHS[::-1],
    default_place="16",
    default_month=lambda scope: MONTHS[-1] if scope.place == "16" else MONTHS[-2],
    vintages=lambda scope, _month: ["Kanwil", "BPS Sakernas"] if scope.place == "16" else [],
    sectors=lambda place: ["konstruksi", "semua sektor"] if place == "16" else ["konstruksi"],
)


def selected(**params):
    return read_selection(params, OPTIONS, "id")


def test_an_empty_address_is_the_default_place_its_latest_month_and_the_same_month_of_last_year():
    selection = selected()
    assert selection.scope == Scope(place="16")
    assert (selection.month, selection.compared) == (date(2024, 7, 31), date(2023, 7, 31))
    assert selection.ignored == ()


def test_an_address_reproduces_the_whole_scope():
    selection = selected(month="2024-06", place="16.71", owner="BBPJN", fund="APBN", compare="2024-02")
    assert selection.scope == Scope(place="16.71", owner="BBPJN", fund="APBN")
    assert (selection.month, selection.compared) == (date(2024, 6, 30), date(2024, 2, 29))
    assert selection.where("id") == "BBPJN, APBN, Kota Palembang"


def test_a_place_that_the_name_of_the_owner_ends_with_is_said_once():
    palembang = selected(place="16.71")
    scope = replace(palembang.scope, owner="Dinas PUPR Kota Palembang", fund="APBN")
    assert replace(palembang, scope=scope).where("id") == "Dinas PUPR Kota Palembang, APBN"
    province = replace(selected(), scope=replace(scope, place="16"))
    assert province.where("id") == "Dinas PUPR Kota Palembang, APBN, Sumatera Selatan"


def test_a_link_to_a_real_place_or_fund_without_data_keeps_it():
    selection = selected(place="51", fund="BLUD/BUMD")
    assert (selection.scope, selection.place.name) == (Scope(place="51", fund="BLUD/BUMD"), "Bali")
    assert selection.ignored == ()


def test_the_default_month_is_that_of_the_place():
    assert selected(place="16.71").month == date(2024, 6, 30)


def test_without_the_same_month_of_last_year_the_earliest_month_is_compared_with():
    assert selected(month="2024-02").compared == date(2023, 6, 30)


def test_the_first_month_has_nothing_to_compare_with():
    assert selected(month="2023-06").compared is None


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("month", "1999-01", "Bulan “1999-01” pada tautan tidak ada datanya; diabaikan."),
        ("month", "", "Bulan “” pada tautan tidak ada datanya; diabaikan."),
        ("place", "1671", "Wilayah “1671” pada tautan tidak dikenal; diabaikan."),
        ("owner", "<b>x</b>", "Pemilik proyek “<b>x</b>” pada tautan tidak dikenal; diabaikan."),
        ("fund", "apbn", "Sumber dana “apbn” pada tautan tidak dikenal; diabaikan."),
        ("compare", "2024-07", "Bulan pembanding “2024-07” pada tautan tidak dapat dipakai; diabaikan."),
        ("compare", "2025-01", "Bulan pembanding “2025-01” pada tautan tidak dapat dipakai; diabaikan."),
    ],
)
def test_an_unknown_value_is_ignored_with_a_sentence(name, value, sentence):
    selection = selected(**{name: value})
    assert selection.ignored == (sentence,)
    assert (selection.month, selection.compared, selection.scope) == (
        date(2024, 7, 31),
        date(2023, 7, 31),
        Scope(place="16"),
    )


def test_a_chosen_estimate_is_that_of_measures_which_divide_by_one():
    selection = selected(vintage="BPS Sakernas")
    assert selection.vintages == ("Kanwil", "BPS Sakernas")
    assert selection.vintage_of("population_coverage") == "BPS Sakernas"
    assert selection.vintage_of("placement_coverage") is None


def test_an_estimate_that_another_place_has_is_ignored_with_a_sentence():
    selection = selected(place="16.71", vintage="BPS Sakernas")
    assert selection.vintage is None
    assert selection.ignored == (
        "Penyebut “BPS Sakernas” pada tautan tidak punya perkiraan untuk wilayah dan bulan ini; diabaikan.",
    )


def test_another_sector_is_part_of_the_scope_and_of_its_name():
    selection = selected(sector="semua sektor")
    assert selection.scope == Scope("16", sector="semua sektor")
    assert selection.where("id") == "semua sektor, Sumatera Selatan"
    assert selection.where("en") == "all sectors, Sumatera Selatan"


def test_projects_are_construction_alone():
    selection = selected(sector="semua sektor", owner="BBPJN")
    assert selection.scope == Scope("16", owner="BBPJN")
    assert selection.ignored == (
        "Proyek hanya ada untuk konstruksi, jadi sektor diabaikan selama pemilik atau sumber dana dipilih.",
    )


def test_a_sector_without_data_in_the_place_is_ignored_with_a_sentence():
    selection = selected(sector="perdagangan")
    assert selection.scope == Scope("16")
    assert selection.ignored == ("Sektor “perdagangan” pada tautan tidak ada datanya di wilayah ini; diabaikan.",)


def test_a_long_hostile_value_is_cut_in_the_sentence():
    [sentence] = selected(owner="x" * 5000).ignored
    assert sentence == f"Pemilik proyek “{'x' * 39}…” pada tautan tidak dikenal; diabaikan."


def test_the_sentence_is_in_the_language_of_the_page():
    assert read_selection({"fund": "?"}, OPTIONS, "en").ignored == (
        "The source of funds “?” in the link is unknown; ignored.",
    )
