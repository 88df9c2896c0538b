"""What an address means on Perbandingan: tab, breakdown, measure, owners to follow."""

from datetime import date

import pytest

from analytics.compute import Scope
from ui.cached import Place
from ui.scope_bar import Selection
from ui.views import Known, fitting_measures, read_view, selection_within

PLACES = {
    "16": Place("16", "Sumatera Selatan", "provinsi", "00"),
    "16.71": Place("16.71", "Kota Palembang", "kota", "16"),
    "branch:kota": Place("branch:kota", "Cabang Kota", "cabang", "16"),
}
OWNERS = ["BBPJN", "Dinas PUPR"]


def viewed(scope=None, *, has_people=True, sectors=("konstruksi",), **params):
    scope = scope or Scope("16")
    selection = Selection(date(2024, 7, 31), None, scope, PLACES[scope.place])
    return read_view(
        params, selection, Known(PLACES, OWNERS, lambda _place: list(sectors), lambda _scope: has_people), "id"
    )


def test_an_empty_address_compares_the_coverage_of_places():
    view = viewed()
    assert (view.tab, view.by, view.measure, view.ignored) == ("wilayah", "place", "population_coverage", ())


@pytest.mark.parametrize(("tab", "by"), [("pemilik", "owner"), ("dana", "fund")])
def test_owners_and_funds_are_compared_by_their_placements(tab, by):
    view = viewed(tab=tab)
    assert (view.by, view.measure, view.ignored) == (by, "placement_coverage", ())


def test_where_nobody_has_counted_people_the_projects_are_compared():
    assert viewed(has_people=False).measure == "project_registration"


def test_a_measure_of_people_in_the_tab_of_owners_is_explained_and_replaced():
    view = viewed(tab="pemilik", measure="population_coverage")
    assert view.measure == "placement_coverage"
    [sentence] = view.ignored
    assert "tidak ada survei pekerja menurut keduanya; yang ditampilkan cakupan penempatan kerja" in sentence


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("tab", "x", "Bagian “x” pada tautan tidak dikenal; diabaikan."),
        ("by", "owner", "Rincian “owner” pada tautan tidak dapat dipakai di sini; diabaikan."),
        ("measure", "<b>", "Ukuran “<b>” pada tautan tidak dapat dipakai di sini; diabaikan."),
        (
            "measure",
            "target_attainment",
            "Ukuran “target_attainment” pada tautan tidak dapat dipakai di sini; diabaikan.",
        ),
    ],
)
def test_an_unknown_value_is_ignored_with_a_sentence(name, value, sentence):
    view = viewed(**{name: value})
    assert view.ignored == (sentence,)
    assert (view.tab, view.by, view.measure) == ("wilayah", "place", "population_coverage")


def test_the_chosen_owner_stands_among_the_others():
    view = viewed(Scope("16", owner="BBPJN", fund="APBN"), tab="pemilik")
    assert (view.scope, view.chosen) == (Scope("16", fund="APBN"), "BBPJN")


def test_the_chosen_fund_stands_among_the_others_but_narrows_its_payers():
    assert viewed(Scope("16", fund="APBN"), tab="dana").scope == Scope("16")
    assert viewed(Scope("16", fund="APBN"), tab="dana", by="payer").scope == Scope("16", fund="APBN")


def test_a_kabupaten_stands_among_those_of_its_province_and_a_branch_among_branches():
    view = viewed(Scope("16.71"))
    assert (view.scope.place, view.chosen) == ("16", "16.71")
    view = viewed(Scope("branch:kota"), by="branch")
    assert (view.scope.place, view.chosen) == ("16", "branch:kota")


def test_a_branch_shows_the_places_within_it():
    view = viewed(Scope("branch:kota"))
    assert (view.scope.place, view.chosen) == ("branch:kota", None)


def test_the_owners_to_follow_stand_in_the_address_and_unknown_ones_are_said():
    view = viewed(tab="pemilik", show="Dinas PUPR|Dinas X")
    assert view.show == ("Dinas PUPR",)
    assert view.ignored == ("Pemilik proyek “Dinas X” pada tautan tidak dikenal; diabaikan.",)


def test_persons_counted_once_do_not_add_up_to_a_payer():
    assert "site_coverage" in fitting_measures(Scope("16"), "fund")
    assert "site_coverage" not in fitting_measures(Scope("16"), "payer")


def test_with_a_filter_or_another_sector_only_what_exists_is_offered():
    assert fitting_measures(Scope("16", owner="BBPJN"), "place")[0] == "placement_coverage"
    people = ["population_coverage", "active_members", "gap_to_estimate"]
    assert fitting_measures(Scope("16", sector="semua sektor"), "place") == people


def test_sectors_are_compared_beside_all_sectors_with_estimates_of_their_own():
    view = viewed(Scope("16", sector="perdagangan"), sectors=["konstruksi", "semua sektor", "perdagangan"], by="sector")
    assert (view.by, view.measure, view.scope, view.chosen) == (
        "sector", "population_coverage", Scope("16", sector="semua sektor"), "perdagangan",
    )  # fmt: skip
    chosen = Selection(date(2024, 7, 31), None, Scope("16"), PLACES["16"])
    within = selection_within({"vintage": "BPS"}, chosen, view, PLACES, [], "id")
    assert (within.scope, within.vintage, within.ignored) == (view.scope, None, ())


@pytest.mark.parametrize("scope", [Scope("16"), Scope("16", owner="Dinas PUPR")])
def test_sectors_are_no_breakdown_where_there_is_only_construction_or_an_owner_is_chosen(scope):
    sectors = ["konstruksi"] if scope.owner is None else ["konstruksi", "semua sektor"]
    view = viewed(scope, sectors=sectors, by="sector")
    assert view.by == "place"
    assert view.ignored == ("Rincian “sector” pada tautan tidak dapat dipakai di sini; diabaikan.",)


def test_a_kabupaten_among_those_of_its_province_takes_the_estimates_of_the_province():
    selection = Selection(date(2024, 7, 31), None, Scope("16.71"), PLACES["16.71"])
    view = viewed(Scope("16.71"))
    within = selection_within({"vintage": "BPS"}, selection, view, PLACES, ["Kanwil", "BPS"], "id")
    assert (within.place.name, within.vintage) == ("Sumatera Selatan", "BPS")
    refused = selection_within({"vintage": "Dinas"}, selection, view, PLACES, ["Kanwil", "BPS"], "id")
    assert refused.vintage is None
    assert refused.ignored == (
        "Penyebut “Dinas” pada tautan tidak punya perkiraan untuk wilayah dan bulan ini; diabaikan.",
    )


def test_no_more_owners_are_followed_than_the_box_takes():
    known = Known(PLACES, [f"Dinas {number}" for number in range(14)], lambda _place: [], lambda _scope: True)
    selection = Selection(date(2024, 7, 31), None, Scope("16"), PLACES["16"])
    view = read_view({"tab": "pemilik", "show": "|".join(known.owners)}, selection, known, "id")
    assert view.show == tuple(known.owners[:12])
    assert view.ignored == ("Paling banyak 12 pemilik diikuti sekaligus; sisanya pada tautan diabaikan.",)


def held(place, by="place", **holders):
    """What stands around a place for who sees neither its province nor any branch but those of `holders`."""
    places = {code: seen for code, seen in PLACES.items() if code != "16"}
    selection = Selection(date(2024, 7, 31), None, Scope(place), PLACES[place])
    known = Known(places, OWNERS, lambda _place: ["konstruksi"], lambda _scope: True, False, holders.get)
    return read_view({"tab": "wilayah", "by": by}, selection, known, "id")


def test_a_kabupaten_stands_in_its_branch_where_the_province_is_not_seen():
    view = held("16.71", **{"16.71": "branch:kota"})
    assert (view.scope.place, view.chosen, view.breakdowns) == ("branch:kota", "16.71", ("place",))


def test_a_branch_without_the_province_offers_its_places_and_no_branches():
    view = held("branch:kota", by="branch")
    assert (view.by, view.scope.place, view.breakdowns) == ("place", "branch:kota", ("place",))


def test_a_kabupaten_that_nothing_seen_holds_has_nothing_beside_it():
    assert held("16.71").breakdowns == ()


@pytest.mark.parametrize("by", ["fund", "payer", "level"])
def test_funds_and_their_payers_are_those_of_the_same_place(by):
    view = viewed(Scope("16.71"), tab="dana", by=by)
    assert (view.by, view.scope.place, view.chosen) == (by, "16.71", None)


def test_several_own_owners_are_compared_without_all_of_them_together():
    selection = Selection(date(2024, 7, 31), None, Scope("16", owner="BBPJN"), PLACES["16"])
    own = Known(PLACES, OWNERS, lambda _place: ["konstruksi"], lambda _scope: True, only_owners=True)
    view = read_view({"tab": "pemilik"}, selection, own, "id")
    assert (view.by, view.scope, view.chosen, view.has_whole) == ("owner", Scope("16"), "BBPJN", False)
    single = Known(PLACES, ["BBPJN"], lambda _place: ["konstruksi"], lambda _scope: True, only_owners=True)
    assert read_view({}, selection, single, "id").tabs == ("wilayah", "dana")
    assert read_view({"tab": "wilayah"}, selection, own, "id").has_whole
