"""Each indicator by hand, on worlds small enough to count on paper; the edition and the naive twin must both agree."""

from datetime import date

import pytest

from analytics import compute
from analytics.compute import Scope
from data.editions import current_edition, publish
from data.places import all_places
from tests import naive
from tests.side_by_side import Cases, owner_there, there
from tests.worlds import deliver, empty_world, load_world

MAY, JUNE, JULY = date(2024, 5, 31), date(2024, 6, 30), date(2024, 7, 31)
YEAR = (date(2024, 1, 1), date(2024, 12, 31))
SPELL = {"mulai": date(2024, 6, 1), "selesai": date(2024, 12, 31)}
PAID = {**SPELL, "tgl_bayar": date(2024, 6, 1)}
CASES = Cases(as_of=JULY)


@pytest.fixture
def world():
    return empty_world(date(2024, 7, 31))


def published(home, world):
    load_world(home, world)
    publish(home, as_of=world["as_of"])
    return current_edition(home)


def measured(edition, world, code, month=JULY, *, place="16", owner=None, fund=None):
    """The one row of the scope, after the twin has said the same."""
    scope = Scope(place=there(world, place), owner=owner_there(world, owner), fund=fund)
    [row] = compute.rows(edition, code, month, scope)
    twin = naive.indicator(world, code, month, place, ("pemilik", owner) if owner else naive.ALL, fund or "*")
    assert row.status == twin["status"]
    assert row.value == pytest.approx(twin["value"])
    return row


def project(code, **columns):
    return {"kode_proyek": code, **SPELL, **columns}


def member(person, code, **columns):
    return {"person_id": person, "kode_proyek": code, **PAID, **columns}


def personal_member(person, segment="PU", **columns):
    return {"person_id": person, "segmen": segment, "wilayah": "16.71", "sektor": "konstruksi", **PAID, **columns}


def on_roster(person, code, **columns):
    return {"person_id": person, "kode_proyek": code, **SPELL, **columns}


def registration(code, headcount, **columns):
    return {"kode_proyek": code, "tgl_daftar": date(2024, 6, 1), "tenaga_kerja": headcount, **PAID, **columns}


def estimate(workers, place="16", **columns):
    return {"wilayah": place, "per_tanggal": date(2024, 1, 1), "pekerja": workers, **columns}


def official(**columns):
    return {"wilayah": "16", "per_tanggal": date(2024, 7, 9), **columns}


def deliver_completely(world, kind, *rows, complete_for="16"):
    deliver(world, kind, *rows, complete_for=complete_for, period=YEAR)


@CASES.case
def test_the_published_figure_of_july_2024_is_shown_with_the_band_of_its_rounding(world):
    deliver(
        world,
        "angka_resmi",
        official(peserta=123_000, peserta_presisi=1_000, potensi=270_000, potensi_presisi=10_000),
    )
    edition = yield
    row = measured(edition, world, "population_coverage")
    assert row.value == pytest.approx(100 * 123_000 / 270_000)
    assert row.low == pytest.approx(100 * (123_000 - 500) / (270_000 + 5_000))
    assert row.high == pytest.approx(100 * (123_000 + 500) / (270_000 - 5_000))
    assert (row.numerator, row.denominator, row.status) == (123_000, 270_000, "ok")
    assert (row.named_persons, row.unnamed_headcount) == (None, None)
    assert (row.as_of, row.source) == (date(2024, 7, 9), "Kanwil")


def test_members_of_projects_added_up_to_399_percent_are_shown_and_flagged(home, world):
    figure = {"peserta": 689_970, "peserta_presisi": 1, "potensi": 172_882, "potensi_presisi": 1}
    deliver(world, "angka_resmi", official(per_tanggal=date(2017, 12, 31), **figure))
    row = measured(published(home, world), world, "population_coverage", date(2017, 12, 31))
    assert row.value == pytest.approx(100 * 689_970 / 172_882)
    assert round(row.value, 2) == 399.10
    assert row.status == "implausible"


@CASES.case
def test_undated_figures_and_other_segments_are_nowhere(world):
    deliver(
        world,
        "angka_resmi",
        official(peserta=123_000, potensi=270_000, per_tanggal=None),
        official(peserta=915_142, potensi=3_000_000, segmen="semua segmen"),
        official(wilayah="16.71", peserta=10),
    )
    edition = yield
    assert measured(edition, world, "population_coverage", place="16.02").status == "no_data"
    row = measured(edition, world, "population_coverage")
    assert (row.status, row.value, row.numerator) == ("mixed_sources", None, 10)


@CASES.case
def test_one_person_on_three_projects_counts_once_and_headcounts_are_added(world):
    deliver(world, "proyek", project("P1"), project("P2"), project("P3"))
    deliver_completely(world, "kepesertaan", member(1, "P1"), member(1, "P2"), member(1, "P3"), member(2, "P1"))
    deliver(world, "pendaftaran", registration("P2", 31))
    deliver(world, "penduduk_bekerja", estimate(80))
    edition = yield
    row = measured(edition, world, "population_coverage")
    assert row.value == pytest.approx(100 * (2 + (31 - 1)) / 80)
    assert (row.named_persons, row.unnamed_headcount, row.numerator) == (2, 31 - 1, 2 + 31 - 1)
    assert measured(edition, world, "active_members").value == 2 + (31 - 1)


@CASES.case
def test_a_membership_without_payment_date_is_not_active(world):
    deliver(world, "proyek", project("P1"))
    deliver_completely(
        world,
        "kepesertaan",
        member(1, "P1"),
        member(2, "P1", tgl_bayar=None),
        member(3, "P1", tgl_bayar=JULY),
        member(4, "P1", tgl_bayar=date(2024, 8, 1)),
    )
    edition = yield
    assert measured(edition, world, "active_members", JULY).named_persons == 1 + 1
    assert measured(edition, world, "active_members", JUNE).named_persons == 1


@CASES.case
def test_more_names_than_registered_on_one_project_take_nothing_from_another(world):
    deliver(world, "proyek", project("P1"), project("P2"))
    deliver_completely(world, "kepesertaan", member(1, "P1"), member(2, "P1"), member(3, "P1"))
    deliver(world, "pendaftaran", registration("P1", 1), registration("P2", 5), registration("P2", 90, tgl_bayar=None))
    edition = yield
    row = measured(edition, world, "active_members")
    assert row.unnamed_headcount == max(0, 1 - 3) + (5 - 0)
    assert row.value == 3 + 5


def test_only_construction_of_personal_members_counts_in_the_population(home, world):
    deliver_completely(
        world,
        "kepesertaan",
        personal_member(1),
        personal_member(2, "BPU", selesai=None),
        personal_member(3, sektor="perdagangan"),
        personal_member(4, "BPU", sektor=None),
        personal_member(5, wilayah="32.04"),
    )
    edition = published(home, world)
    assert measured(edition, world, "active_members", place="16.71").value == 1 + 1
    assert measured(edition, world, "active_members", place="branch:kota").value == 1 + 1
    assert measured(edition, world, "active_members", place="32.04").status == "no_data"


@CASES.case
def test_a_member_of_29_february_alone_is_active_at_the_end_of_february_2024(world):
    leap_day = date(2024, 2, 29)
    deliver_completely(world, "kepesertaan", personal_member(1, mulai=leap_day, selesai=leap_day, tgl_bayar=leap_day))
    edition = yield
    assert measured(edition, world, "active_members", leap_day).value == 1
    assert measured(edition, world, "active_members", date(2024, 3, 31)).value == 0
    assert measured(edition, world, "ended_members", date(2024, 3, 31)).value == 1


@CASES.case
def test_joined_and_ended_are_persons_between_two_month_ends(world):
    deliver(world, "proyek", project("P1", mulai=date(2024, 5, 1)), project("P2", mulai=date(2024, 5, 1)))
    stays_by_changing_project = [
        member(1, "P1", mulai=JUNE, selesai=JUNE),
        member(1, "P2", mulai=date(2024, 7, 1)),
    ]
    ends = [member(2, "P1", selesai=date(2024, 7, 30)), member(3, "P1", selesai=JUNE)]
    joins = [member(4, "P2", mulai=JULY)]
    deliver_completely(world, "kepesertaan", *stays_by_changing_project, *ends, *joins)
    edition = yield
    assert measured(edition, world, "new_members").value == 1
    assert measured(edition, world, "ended_members").value == 1 + 1
    assert measured(edition, world, "active_members", JUNE).value == 3
    assert measured(edition, world, "active_members", JULY).value == 3 + 1 - 2


@CASES.case
def test_nobody_joined_or_ended_where_the_month_before_is_a_report(world):
    deliver(world, "kepesertaan", personal_member(1), complete_for="16", period=(date(2024, 7, 1), JULY))
    deliver(world, "rekap", {"wilayah": "16", "bulan": JUNE, "peserta_aktif": 7})
    edition = yield
    assert measured(edition, world, "active_members", JUNE).value == 7
    assert measured(edition, world, "active_members", JULY).value == 1
    assert measured(edition, world, "new_members", JULY).status == "no_data"


@CASES.case
def test_the_gap_is_the_estimate_less_the_members_with_both_errors(world):
    figure = {"peserta": 123_000, "peserta_presisi": 1_000, "potensi": 270_000, "potensi_presisi": 10_000}
    deliver(world, "angka_resmi", official(**figure))
    edition = yield
    row = measured(edition, world, "gap_to_estimate")
    assert row.value == 270_000 - 123_000
    assert row.low == (270_000 - 5_000) - (123_000 + 500)
    assert row.high == (270_000 + 5_000) - (123_000 - 500)


@CASES.case
def test_without_an_estimate_there_is_a_count_and_no_percentage(world):
    deliver(world, "angka_resmi", official(peserta=123_000))
    edition = yield
    row = measured(edition, world, "population_coverage")
    assert (row.status, row.numerator, row.value) == ("no_denominator", 123_000, None)
    assert measured(edition, world, "gap_to_estimate").status == "no_denominator"
    assert measured(edition, world, "active_members").value == 123_000


@CASES.case
def test_an_estimate_of_nobody_divides_nothing(world):
    deliver(world, "angka_resmi", official(peserta=10))
    deliver(world, "penduduk_bekerja", estimate(0))
    edition = yield
    row = measured(edition, world, "population_coverage")
    assert (row.status, row.value, row.denominator) == ("zero_denominator", None, 0)


@CASES.case
def test_an_estimate_holds_until_the_next_and_never_before_its_date(world):
    reports = [{"wilayah": "16", "bulan": m, "peserta_aktif": 30} for m in (MAY, JUNE, JULY)]
    deliver(world, "rekap", *reports)
    dated = [estimate(100, per_tanggal=JUNE), estimate(120, per_tanggal=date(2024, 8, 1))]
    deliver(world, "penduduk_bekerja", *dated, estimate(9, sektor="perdagangan"))
    edition = yield
    assert measured(edition, world, "population_coverage", MAY).status == "no_denominator"
    assert measured(edition, world, "population_coverage", JUNE).value == pytest.approx(100 * 30 / 100)
    assert measured(edition, world, "population_coverage", JULY).value == pytest.approx(100 * 30 / 100)


@CASES.case
def test_the_published_error_of_an_estimate_makes_the_band(world):
    deliver(world, "rekap", {"wilayah": "16", "bulan": JULY, "peserta_aktif": 30})
    deliver(world, "penduduk_bekerja", estimate(100, bawah=80, atas=150))
    edition = yield
    row = measured(edition, world, "population_coverage")
    assert row.low == pytest.approx(100 * 30 / 150)
    assert row.high == pytest.approx(100 * 30 / 80)


@CASES.case
def test_a_month_end_recap_beats_a_dated_figure_and_adds_its_segments(world):
    deliver(world, "angka_resmi", official(peserta=999))
    recap = {"wilayah": "16", "bulan": JULY}
    deliver(
        world,
        "rekap",
        recap | {"peserta_aktif": 70},
        recap | {"peserta_aktif": 5, "segmen": "PU", "sektor": "konstruksi"},
        recap | {"peserta_aktif": 3, "segmen": "BPU", "sektor": "konstruksi"},
        recap | {"peserta_aktif": 400, "segmen": "PU", "sektor": "perdagangan"},
    )
    edition = yield
    row = measured(edition, world, "active_members")
    assert row.value == 70 + 5 + 3
    assert row.as_of == JULY


@CASES.case
def test_a_recap_of_jakon_is_construction_whatever_its_sector(world):
    recap = {"wilayah": "16", "bulan": JULY, "segmen": "JAKON"}
    sectors = [
        recap | {"peserta_aktif": 70, "sektor": "konstruksi"},
        recap | {"peserta_aktif": 4, "sektor": "perdagangan"},
    ]
    deliver(world, "rekap", *sectors)
    edition = yield
    assert measured(edition, world, "active_members").value == 70 + 4


@CASES.case
def test_two_senders_of_a_recap_are_not_added(world):
    recap = {"wilayah": "16", "bulan": JULY}
    deliver(world, "rekap", recap | {"peserta_aktif": 70, "sumber": "Kanwil"}, as_of=date(2024, 8, 2))
    deliver(world, "rekap", recap | {"peserta_aktif": 60, "sumber": "Dinas"}, as_of=date(2024, 8, 1))
    edition = yield
    assert measured(edition, world, "active_members").value == 70


@CASES.case
def test_the_configured_sender_of_a_recap_wins_over_a_newer_one(world):
    world["report_sources"] = ["Dinas"]
    recap = {"wilayah": "16", "bulan": JULY}
    deliver(world, "rekap", recap | {"peserta_aktif": 70, "sumber": "Kanwil"}, as_of=date(2024, 8, 2))
    deliver(world, "rekap", recap | {"peserta_aktif": 60, "sumber": "Dinas"}, as_of=date(2024, 8, 1))
    edition = yield
    assert measured(edition, world, "active_members").value == 60


@CASES.case
def test_a_province_with_one_incomplete_child_uses_its_own_report_alone(world):
    deliver_completely(world, "kepesertaan", personal_member(1), complete_for="16.71")
    deliver(world, "rekap", {"wilayah": "16", "bulan": JULY, "peserta_aktif": 50})
    edition = yield
    assert measured(edition, world, "active_members", place="16.71").value == 1
    row = measured(edition, world, "active_members", place="16")
    assert (row.value, row.status, row.named_persons) == (50, "ok", None)


def test_a_province_without_report_adds_its_children_as_mixed_sources(home, world):
    deliver_completely(world, "kepesertaan", personal_member(1), complete_for="16.71")
    deliver(world, "rekap", {"wilayah": "16.02", "bulan": JULY, "peserta_aktif": 50})
    deliver(world, "penduduk_bekerja", estimate(80))
    edition = published(home, world)
    for place in ("16", "branch:kota", "00"):
        row = measured(edition, world, "population_coverage", place=place)
        assert (row.numerator, row.value, row.status) == (1 + 50, None, "mixed_sources")


def test_a_province_whose_children_are_all_complete_counts_its_persons_once(home, world):
    for child in ("93.01", "93.02", "93.03", "93.04"):
        rows = [personal_member(1, wilayah=child)] if child < "93.03" else []
        deliver_completely(world, "kepesertaan", *rows, complete_for=child)
    deliver(world, "rekap", {"wilayah": "93", "bulan": JULY, "peserta_aktif": 50})
    assert measured(published(home, world), world, "active_members", place="93").value == 1


@CASES.case
def test_placements_of_a_roster_larger_than_declared_are_divided_by_the_roster(world):
    deliver(world, "proyek", project("P1", tenaga_kerja=3), project("P2", tenaga_kerja=10))
    deliver(
        world,
        "tenaga_kerja",
        *[on_roster(person, "P1") for person in (1, 2, 3, 4, 5)],
        *[on_roster(person, "P2") for person in (6, 7, 8, 9)],
    )
    covered_on_p1, covered_on_p2, members_off_roster = [1, 2], [6], [21, 22]
    deliver_completely(
        world,
        "kepesertaan",
        *[member(person, "P1") for person in covered_on_p1],
        *[member(person, "P2") for person in covered_on_p2 + members_off_roster],
    )
    deliver_completely(world, "pendaftaran", registration("P1", 3), registration("P2", 8))
    edition = yield
    row = measured(edition, world, "placement_coverage")
    unnamed_on_p1 = min(5 - 5, 3 - 2)
    unnamed_on_p2 = min(10 - 4, 8 - 1)
    assert (row.named_persons, row.unnamed_headcount) == (2 + 1, unnamed_on_p1 + unnamed_on_p2)
    assert (row.numerator, row.denominator) == (2 + 1 + 0 + 6, max(5, 3) + max(4, 10))
    assert row.value == pytest.approx(100 * (3 + 6) / (5 + 10))


@CASES.case
def test_registered_workers_beyond_those_at_work_cover_nobody(world):
    deliver(world, "proyek", project("P1", tenaga_kerja=4))
    deliver_completely(world, "pendaftaran", registration("P1", 100))
    edition = yield
    row = measured(edition, world, "placement_coverage")
    assert (row.numerator, row.denominator, row.value) == (4, 4, 100)


@CASES.case
def test_one_owner_without_complete_registrations_leaves_the_group_untold(world):
    deliver(
        world,
        "proyek",
        project("P1", pemilik="Dinas PUPR", tenaga_kerja=4, sumber_dana="APBN"),
        project("P2", pemilik="BBPJN", tenaga_kerja=6),
    )
    deliver_completely(world, "pendaftaran", registration("P1", 3), complete_for="Dinas PUPR")
    edition = yield
    assert measured(edition, world, "placement_coverage").status == "no_data"
    assert measured(edition, world, "placement_coverage", owner="BBPJN").status == "no_data"
    row = measured(edition, world, "placement_coverage", owner="Dinas PUPR")
    assert (row.value, row.status) == (100 * 3 / 4, "ok")
    assert measured(edition, world, "placement_coverage", fund="APBN").value == 100 * 3 / 4


@CASES.case
def test_a_named_roster_without_complete_memberships_leaves_placements_untold(world):
    deliver(world, "proyek", project("P1", tenaga_kerja=4))
    deliver(world, "tenaga_kerja", on_roster(1, "P1"))
    deliver_completely(world, "pendaftaran", registration("P1", 3))
    edition = yield
    assert measured(edition, world, "placement_coverage").status == "no_data"


@CASES.case
def test_projects_without_any_worker_divide_nothing(world):
    deliver(world, "proyek", project("P1"))
    for kind in ("pendaftaran", "tenaga_kerja", "kepesertaan"):
        deliver_completely(world, kind)
    edition = yield
    assert measured(edition, world, "placement_coverage").status == "zero_denominator"
    assert measured(edition, world, "site_coverage").status == "zero_denominator"
    assert measured(edition, world, "placement_coverage", MAY).status == "no_data"


@CASES.case
def test_a_worker_covered_on_one_of_two_projects_is_protected_only_within_its_owner(world):
    deliver(world, "proyek", project("P1", pemilik="Dinas PUPR"), project("P2", pemilik="BBPJN"))
    deliver_completely(world, "tenaga_kerja", on_roster(1, "P1"), on_roster(1, "P2"), on_roster(2, "P1"))
    deliver_completely(world, "kepesertaan", member(1, "P1"), member(2, "P1"))
    edition = yield
    assert measured(edition, world, "site_coverage").value == pytest.approx(100 * 1 / 2)
    assert measured(edition, world, "site_coverage", owner="Dinas PUPR").value == pytest.approx(100 * 2 / 2)
    assert measured(edition, world, "site_coverage", owner="BBPJN").value == pytest.approx(100 * 0 / 1)


@CASES.case
def test_site_coverage_needs_complete_rosters_and_memberships(world):
    deliver(world, "proyek", project("P1"))
    deliver(world, "tenaga_kerja", on_roster(1, "P1"))
    deliver_completely(world, "kepesertaan", member(1, "P1"))
    edition = yield
    assert measured(edition, world, "site_coverage").status == "no_data"


@pytest.mark.parametrize(("setting", "covered"), [(True, 1), (False, 0)])
def test_a_personal_membership_of_any_sector_covers_a_project_when_configured(home, world, setting, covered):
    world["personal_covers_project"] = setting
    deliver(world, "proyek", project("P1"))
    deliver_completely(world, "tenaga_kerja", on_roster(1, "P1"))
    deliver_completely(world, "kepesertaan", personal_member(1, sektor="perdagangan", wilayah="32.04"))
    assert measured(published(home, world), world, "site_coverage").value == 100 * covered / 1


@CASES.case
def test_a_roster_counts_only_while_its_project_runs(world):
    deliver(world, "proyek", project("P1", selesai=JUNE), project("P2"))
    deliver_completely(world, "tenaga_kerja", on_roster(1, "P1"), on_roster(2, "P2"))
    deliver_completely(world, "kepesertaan")
    edition = yield
    assert measured(edition, world, "site_coverage", JUNE).denominator == 1 + 1
    assert measured(edition, world, "site_coverage", JULY).denominator == 1


@CASES.case
def test_a_complete_delivery_ends_absent_members_in_its_place_and_period_only(world):
    deliver_completely(
        world, "kepesertaan", personal_member(1), personal_member(2), personal_member(3, wilayah="16.07")
    )
    deliver(
        world,
        "kepesertaan",
        personal_member(1),
        as_of=date(2024, 8, 1),
        complete_for="16.71",
        period=(date(2024, 7, 1), JULY),
    )
    edition = yield
    assert measured(edition, world, "active_members", JUNE).value == 3
    assert measured(edition, world, "active_members", JULY).value == 3 - 1
    assert measured(edition, world, "ended_members", JULY).value == 1


@CASES.case
def test_a_complete_delivery_leaves_the_months_after_its_period_as_they_were(world):
    deliver_completely(world, "kepesertaan", personal_member(1))
    june = (date(2024, 6, 1), JUNE)
    deliver(world, "kepesertaan", as_of=date(2024, 8, 1), complete_for="16", period=june)
    edition = yield
    assert measured(edition, world, "active_members", JUNE).value == 0
    assert measured(edition, world, "active_members", JULY).value == 1
    assert measured(edition, world, "new_members", JULY).value == 1


@CASES.case
def test_an_additional_delivery_ends_nobody_and_corrects_a_row_it_repeats(world):
    deliver_completely(world, "kepesertaan", personal_member(1), personal_member(2))
    deliver(world, "kepesertaan", personal_member(1, selesai=JUNE), as_of=date(2024, 8, 1))
    edition = yield
    assert measured(edition, world, "active_members", JUNE).value == 2
    assert measured(edition, world, "active_members", JULY).value == 2 - 1


@CASES.case
def test_a_complete_delivery_older_than_a_row_does_not_end_it(world):
    deliver(world, "kepesertaan", personal_member(1), as_of=date(2024, 8, 1))
    deliver(world, "kepesertaan", as_of=date(2024, 7, 31), complete_for="16", period=YEAR)
    edition = yield
    assert measured(edition, world, "active_members").value == 1


@CASES.case
def test_rows_of_an_unknown_project_wait(world):
    deliver_completely(world, "kepesertaan", member(1, "P9"), personal_member(2))
    deliver(world, "pendaftaran", registration("P9", 40))
    edition = yield
    assert measured(edition, world, "active_members").value == 1


@CASES.case
def test_a_registration_finds_its_project_by_the_work_order(world):
    deliver(world, "proyek", project("P1", tenaga_kerja=4, no_spk="SPK/1"))
    deliver_completely(world, "pendaftaran", registration(None, 3, no_spk="SPK/1"))
    edition = yield
    assert measured(edition, world, "placement_coverage").value == 100 * 3 / 4


@CASES.case
def test_an_undone_delivery_counts_nowhere(world):
    deliver_completely(world, "kepesertaan", personal_member(1))
    deliver(world, "kepesertaan", personal_member(2), undone=True)
    deliver(world, "kepesertaan", as_of=date(2024, 8, 1), complete_for="16", period=YEAR, undone=True)
    edition = yield
    assert measured(edition, world, "active_members").value == 1


@CASES.case
def test_a_registration_corrected_under_its_projects_other_name_counts_once(world):
    deliver(world, "proyek", project("A", wilayah="16.71", tenaga_kerja=20, no_spk="S1"))
    deliver(world, "pendaftaran", registration(None, 5, no_spk="S1"), as_of=date(2024, 6, 2))
    deliver(world, "pendaftaran", registration("A", 6), as_of=date(2024, 6, 3))
    deliver_completely(world, "kepesertaan")
    edition = yield
    row = measured(edition, world, "active_members")
    assert (row.value, row.unnamed_headcount) == (6, 6)


@CASES.case
def test_naming_the_registered_does_not_take_their_cover_away(world):
    deliver(world, "proyek", project("A", wilayah="16.71", tenaga_kerja=20))
    deliver_completely(world, "pendaftaran", registration("A", 10))
    deliver_completely(world, "kepesertaan", *(member(person, "A") for person in range(1, 11)))
    edition = yield
    assert measured(edition, world, "placement_coverage").value == 100 * 10 / 20


@CASES.case
def test_the_named_on_the_roster_are_part_of_the_registered_headcount(world):
    deliver(world, "proyek", project("A", wilayah="16.71", tenaga_kerja=20))
    deliver_completely(world, "pendaftaran", registration("A", 10))
    deliver_completely(world, "kepesertaan", *(member(person, "A") for person in range(1, 11)))
    deliver_completely(world, "tenaga_kerja", *(on_roster(person, "A") for person in range(1, 5)))
    edition = yield
    row = measured(edition, world, "placement_coverage")
    assert (row.named_persons, row.unnamed_headcount, row.value) == (4, 10 - 4, 100 * (4 + 6) / 20)


def test_deliveries_for_every_kabupaten_tell_nothing_of_a_project_placed_in_the_province(home, world):
    deliver(world, "proyek", project("A", wilayah="16", tenaga_kerja=20))
    for kabupaten in (code for code, place in all_places().items() if place.parent == "16"):
        deliver(world, "pendaftaran", complete_for=kabupaten, period=YEAR)
    assert measured(published(home, world), world, "placement_coverage").status == "no_data"


@CASES.case
def test_a_recap_total_and_its_sectors_are_not_added(world):
    recap = {"wilayah": "16", "bulan": JULY, "segmen": "JAKON", "sumber": "Kanwil"}
    deliver(world, "rekap", {**recap, "sektor": None, "peserta_aktif": 100})
    deliver(world, "rekap", {**recap, "sektor": "konstruksi", "peserta_aktif": 90})
    edition = yield
    assert measured(edition, world, "active_members").value == 100


@CASES.case
def test_a_recap_without_jakon_is_no_count_of_construction_members(world):
    deliver(
        world,
        "rekap",
        {
            "wilayah": "16",
            "bulan": JULY,
            "segmen": "PU",
            "sektor": "konstruksi",
            "sumber": "Kanwil",
            "peserta_aktif": 7,
        },
    )
    edition = yield
    assert measured(edition, world, "active_members").status == "no_data"


@CASES.case
def test_a_rounding_as_large_as_the_estimate_gives_no_band(world):
    deliver(world, "angka_resmi", official(peserta=100, peserta_presisi=1, potensi=400, potensi_presisi=1000))
    edition = yield
    row = measured(edition, world, "population_coverage")
    assert (row.value, row.low, row.high) == (100 * 100 / 400, None, None)
