"""Registrations, deadlines, days without cover, the year, targets, on paper; edition and twin must both agree."""

from datetime import date
from decimal import Decimal

import pytest

from analytics import compute
from analytics.compute import Scope
from tests import naive
from tests.side_by_side import Cases, owner_there, there
from tests.worlds import deliver

JUNE, JULY = date(2024, 6, 30), date(2024, 7, 31)
YEAR = (date(2024, 1, 1), date(2024, 12, 31))
MONDAY = date(2024, 6, 3)
# Tue 4 .. Fri 7 make 4 working days, Fri 14 is the 9th, Mon 17 is Idul Adha, Fri 21 is the 13th, Mon 24 the 14th.
DEADLINE = date(2024, 6, 24)
CASES = Cases(as_of=JULY)


def measured(edition, world, code, month=JULY, *, place="16", owner=None, fund=None):
    """The one row of the scope, after the twin has said the same."""
    scope = Scope(place=there(world, place), owner=owner_there(world, owner), fund=fund)
    [row] = compute.rows(edition, code, month, scope)
    group = (place, ("pemilik", owner) if owner else naive.ALL, fund or "*", month)
    twin = naive.activity_indicator(code, naive.activity(world).get(group))
    assert (row.status, row.numerator) == (twin["status"], twin["numerator"])
    assert (row.value and float(row.value)) == pytest.approx(twin["value"] and float(twin["value"]))
    return row


def project(code, **columns):
    return {"kode_proyek": code, "mulai": date(2024, 6, 1), "selesai": date(2024, 12, 31), **columns}


def registration(code, on=date(2024, 6, 10), **columns):
    return {"kode_proyek": code, "tgl_daftar": on, **columns}


def deliver_completely(world, kind, *rows, complete_for="16"):
    deliver(world, kind, *rows, complete_for=complete_for, period=YEAR)


@CASES.case
def test_a_project_is_registered_from_the_date_of_its_registration(world):
    deliver(world, "proyek", project("P1"), project("P2"), project("P3"))
    deliver_completely(world, "pendaftaran", registration("P1"), registration("P2", date(2024, 7, 1)))
    edition = yield
    assert measured(edition, world, "project_registration", JUNE).value == pytest.approx(100 * 1 / 3)
    assert measured(edition, world, "project_registration", JULY).value == pytest.approx(100 * 2 / 3)


@CASES.case
def test_without_complete_registrations_nothing_is_unregistered(world):
    deliver(world, "proyek", project("P1", nilai_kontrak=Decimal(10)))
    edition = yield
    row = measured(edition, world, "project_registration")
    assert (row.status, row.reason, row.value, row.numerator, row.denominator) == (
        "no_data", "not_complete", None, None, 1,
    )  # fmt: skip
    assert measured(edition, world, "value_registration").status == "no_data"


@CASES.case
def test_registrations_complete_for_one_owner_change_that_owner_alone(world):
    deliver(world, "proyek", project("P1"), project("P2"), project("P3", pemilik="Dinas Perkim"))
    deliver_completely(world, "pendaftaran", registration("P1"), complete_for="Dinas PUPR")
    edition = yield
    assert measured(edition, world, "project_registration", owner="Dinas PUPR").value == pytest.approx(100 * 1 / 2)
    assert measured(edition, world, "project_registration", owner="Dinas Perkim").status == "no_data"
    assert measured(edition, world, "project_registration").status == "no_data"


@CASES.case
def test_a_registration_no_longer_listed_stands_no_longer(world):
    deliver(world, "proyek", project("P1"), project("P2"))
    deliver(world, "pendaftaran", registration("P1"), registration("P2"))
    period = (date(2024, 7, 1), date(2024, 7, 31))
    deliver(world, "pendaftaran", registration("P1"), as_of=JULY, complete_for="16", period=period)
    edition = yield
    assert measured(edition, world, "project_registration").value == pytest.approx(100 * 1 / 2)


@CASES.case
def test_registered_value_leaves_projects_without_a_value_out_and_counts_them(world):
    deliver(
        world,
        "proyek",
        project("P1", nilai_kontrak=Decimal("300000000.50")),
        project("P2", nilai_kontrak=Decimal(100_000_000)),
        project("P3"),
    )
    deliver_completely(world, "pendaftaran", registration("P1"), registration("P3"))
    edition = yield
    row = measured(edition, world, "value_registration")
    assert row.value == pytest.approx(100 * 300_000_000.50 / (300_000_000.50 + 100_000_000))
    assert (row.numerator, row.denominator) == (Decimal("300000000.50"), Decimal("400000000.50"))
    assert (row.as_json()["numerator"], row.left_out) == ("300000000.50", 1)


@CASES.case
def test_where_no_project_states_a_value_there_is_none(world):
    deliver(world, "proyek", project("P1"))
    deliver_completely(world, "pendaftaran", registration("P1"))
    edition = yield
    row = measured(edition, world, "value_registration")
    assert (row.status, row.reason) == ("no_data", "none_stated")


@CASES.case
def test_the_deadline_is_the_fourteenth_working_day_and_that_day_is_still_in_time(world):
    codes = ("P1", "P2", "P3", "P4")
    deliver(world, "proyek", *(project(code, tgl_spk=MONDAY) for code in codes[:3]), project("P4"))
    late = date(2024, 6, 25)
    deliver_completely(world, "pendaftaran", registration("P1", DEADLINE), registration("P2", late), registration("P4"))
    edition = yield
    row = measured(edition, world, "on_time_registration")
    assert naive.deadline(MONDAY) == DEADLINE
    assert row.value == pytest.approx(100 * 1 / 3)
    assert row.left_out == 1


@CASES.case
def test_a_deadline_counts_for_twelve_months_from_its_own(world):
    world["as_of"] = date(2025, 6, 30)
    whole = (date(2024, 1, 1), date(2025, 12, 31))
    spell = {"mulai": date(2024, 7, 1), "selesai": date(2025, 12, 31)}
    deliver(world, "proyek", project("P1", tgl_spk=MONDAY, **spell), project("P2", tgl_spk=date(2024, 7, 15), **spell))
    deliver(world, "pendaftaran", registration("P1"), complete_for="16", period=whole)
    edition = yield
    assert measured(edition, world, "on_time_registration", JULY).value == 100 * 1 / 1
    assert measured(edition, world, "on_time_registration", date(2025, 5, 31)).value == 100 * 1 / 2
    assert measured(edition, world, "on_time_registration", date(2025, 6, 30)).value == 100 * 0 / 1


@CASES.case
def test_lateness_is_not_told_where_registrations_of_the_deadlines_month_are_unknown(world):
    deliver(world, "proyek", project("P1", tgl_spk=MONDAY))
    deliver(world, "pendaftaran", complete_for="16", period=(date(2024, 7, 1), JULY))
    edition = yield
    row = measured(edition, world, "on_time_registration")
    assert (row.status, row.denominator) == ("no_data", 1)


@CASES.case
def test_days_without_cover_are_named_days_and_an_estimate_for_the_rest(world):
    deliver(world, "proyek", project("P1", tenaga_kerja=3))
    deliver_completely(
        world, "pendaftaran", registration("P1", tgl_bayar=date(2024, 6, 16), tenaga_kerja=2, mulai=date(2024, 6, 1))
    )
    deliver(
        world,
        "tenaga_kerja",
        {"person_id": 1, "kode_proyek": "P1", "mulai": date(2024, 6, 11), "selesai": None},
        {"person_id": 2, "kode_proyek": "P1", "mulai": date(2024, 5, 1), "selesai": date(2024, 6, 10)},
    )
    cover = {"kode_proyek": "P1", "tgl_bayar": date(2024, 6, 1)}
    deliver_completely(
        world,
        "kepesertaan",
        cover | {"person_id": 1, "mulai": date(2024, 6, 21), "tgl_bayar": date(2024, 6, 26)},
        cover | {"person_id": 2, "mulai": date(2024, 6, 3), "selesai": date(2024, 6, 6)},
    )
    edition = yield
    row = measured(edition, world, "uncovered_worker_days", JUNE)
    worked = 20 + 10
    exposed = 15 + (2 + 4)
    unnamed = 3 * 30 - worked
    spare = 2 * 15 - (worked - exposed)
    assert (row.named_days, row.unnamed_days) == (exposed, unnamed - spare)
    assert row.value == 15 + 6 + 60 - 21


@CASES.case
def test_days_of_overlapping_stays_and_covers_count_once(world):
    deliver(world, "proyek", project("P1"))
    deliver_completely(world, "pendaftaran")
    stays = [(date(2024, 6, 1), date(2024, 6, 20)), (date(2024, 6, 10), date(2024, 6, 30))]
    deliver(world, "tenaga_kerja", *({"person_id": 1, "kode_proyek": "P1", "mulai": a, "selesai": b} for a, b in stays))
    paid = {"person_id": 1, "tgl_bayar": date(2024, 6, 1)}
    deliver_completely(
        world,
        "kepesertaan",
        paid | {"kode_proyek": "P1", "mulai": date(2024, 6, 5), "selesai": date(2024, 6, 9)},
        paid | {"segmen": "PU", "wilayah": "16.71", "mulai": date(2024, 6, 8), "selesai": date(2024, 6, 12)},
    )
    edition = yield
    row = measured(edition, world, "uncovered_worker_days", JUNE)
    assert row.value == 30 - (12 - 4)


@CASES.case
def test_a_project_that_ends_within_a_month_counts_until_its_last_day(world):
    deliver(world, "proyek", project("P1", selesai=date(2024, 7, 10), tenaga_kerja=4))
    deliver_completely(world, "pendaftaran")
    edition = yield
    assert measured(edition, world, "uncovered_worker_days", JULY).value == 4 * 10
    assert measured(edition, world, "project_registration", JULY).status == "no_data"


@CASES.case
def test_the_year_begins_again_in_january_and_money_is_exact(world):
    world["as_of"] = date(2025, 1, 31)
    paid = [(date(2024, 6, 16), "240000.25"), (date(2024, 12, 31), "0.50"), (date(2025, 1, 1), "70000.00")]
    deliver(world, "proyek", project("P1", selesai=date(2025, 3, 31)))
    whole = (date(2024, 1, 1), date(2025, 12, 31))
    rows = [
        registration("P1", day, no_proyek_bpjs=f"{n:013}", tgl_bayar=day, iuran_dibayar=Decimal(rp), tenaga_kerja=5 + n)
        for n, (day, rp) in enumerate(paid)
    ]
    deliver(world, "pendaftaran", *rows, complete_for="16", period=whole)
    edition = yield
    december, january = date(2024, 12, 31), date(2025, 1, 31)
    row = measured(edition, world, "contributions_paid_rp", december)
    assert row.value == Decimal("240000.25") + Decimal("0.50")
    assert row.as_json()["value"] == "240000.75"
    assert measured(edition, world, "contributions_paid_rp", january).value == Decimal("70000.00")
    assert measured(edition, world, "projects_registered_ytd", december).value == 1
    assert measured(edition, world, "workers_registered_ytd", december).value == (5 + 0) + (5 + 1)
    assert measured(edition, world, "workers_registered_ytd", january).value == 5 + 2


@CASES.case
def test_registrations_that_state_no_number_give_none_rather_than_zero(world):
    deliver(world, "proyek", project("P1"))
    deliver_completely(world, "pendaftaran", registration("P1", tgl_bayar=date(2024, 6, 16)))
    edition = yield
    for code in ("contributions_paid_rp", "workers_registered_ytd"):
        row = measured(edition, world, code)
        assert (row.status, row.reason, row.left_out) == ("no_data", "none_stated", 1)
    assert measured(edition, world, "projects_registered_ytd").value == 1


def official(**columns):
    return {"wilayah": "16", "per_tanggal": date(2024, 7, 9), "peserta": 123_000, "potensi": 270_000, **columns}


@CASES.case
def test_a_target_is_attained_by_the_same_measure_alone(world):
    deliver(world, "angka_resmi", official())
    deliver(
        world,
        "target",
        {"tahun": 2024, "nilai": Decimal(50)},
        {"tahun": 2024, "nilai": Decimal(51), "segmen": "semua segmen", "penerbit": "Kemendagri"},
        {"tahun": 2025, "nilai": Decimal(60)},
    )
    edition = yield
    [row] = compute.rows(edition, "target_attainment", JULY, Scope(there(world, "16")))
    assert row.value == pytest.approx(100 * (100 * 123_000 / 270_000) / 50)
    assert naive.attainments(world, JULY, "16") == pytest.approx({("Kanwil", "jasa konstruksi", None): row.value})
    assert (row.denominator, row.status, row.target and row.target.issuer) == (Decimal(50), "ok", "Kanwil")
    listed = {target.issuer: reason for target, reason in compute.targets(edition, there(world, "16"), 2024)}
    assert listed == {"Kanwil": None, "Kemendagri": "segment"}


@CASES.case
def test_without_a_comparable_target_nothing_is_attained(world):
    deliver(world, "angka_resmi", official())
    deliver(world, "target", {"tahun": 2024, "nilai": Decimal(51), "segmen": "semua segmen"})
    edition = yield
    [row] = compute.rows(edition, "target_attainment", JULY, Scope(there(world, "16")))
    assert (row.status, row.reason, row.value) == ("no_denominator", "not_comparable", None)


@CASES.case
def test_each_source_of_estimates_gives_its_own_conclusion(world):
    deliver(world, "angka_resmi", official())
    deliver(world, "penduduk_bekerja", {"wilayah": "16", "per_tanggal": date(2024, 2, 1), "pekerja": 174_890})
    edition = yield
    found = {
        row.denominator_source: row
        for row in compute.by_vintage(edition, "population_coverage", JULY, Scope(there(world, "16")))
    }
    assert found["Kanwil"].value == pytest.approx(100 * 123_000 / 270_000)
    assert found["BPS"].value == pytest.approx(100 * 123_000 / 174_890)
    [chosen] = compute.rows(edition, "population_coverage", JULY, Scope(there(world, "16")), vintage="BPS")
    [drawn] = compute.trend(edition, "population_coverage", Scope(there(world, "16")), JULY, JULY, vintage="BPS")
    assert chosen == drawn == found["BPS"]


@CASES.case
def test_a_group_of_places_counts_persons_once_and_adds_the_estimates_of_its_parts(world):
    paid = {"mulai": date(2024, 6, 1), "tgl_bayar": date(2024, 6, 1), "sektor": "konstruksi"}
    member = paid | {"person_id": 1, "segmen": "BPU"}
    deliver_completely(world, "kepesertaan", member | {"wilayah": "16.71"}, member | {"wilayah": "16.07"})
    estimate = {"per_tanggal": date(2024, 2, 1)}
    deliver(
        world,
        "penduduk_bekerja",
        estimate | {"wilayah": "16.71", "pekerja": 30, "bawah": 20, "atas": 40},
        estimate | {"wilayah": "16.07", "pekerja": 10},
    )
    edition = yield
    [row] = compute.rows(edition, "population_coverage", JULY, Scope(there(world, "group:satu")))
    assert row.value == pytest.approx(100 * 1 / (30 + 10))
    assert (row.low, row.high) == (pytest.approx(100 * 1 / (40 + 10)), pytest.approx(100 * 1 / (20 + 10)))


@CASES.case
def test_a_registration_that_waits_for_its_project_is_no_rival_of_one_that_does_not(world):
    """Both state one number of the registration. The newer names a project that nobody has delivered."""
    deliver(world, "proyek", project("P1", no_spk="SPK-1"), project("P2"))
    deliver_completely(world, "pendaftaran", registration("P1", no_proyek_bpjs="1000000000001"))
    deliver(world, "pendaftaran", registration(None, no_spk="SPK-9", no_proyek_bpjs="1000000000001"))
    deliver(world, "pendaftaran", registration("P9", no_proyek_bpjs="1000000000001"))
    edition = yield
    assert measured(edition, world, "project_registration").value == 100 * 1 / 2


@CASES.case
def test_a_registration_that_has_waited_takes_the_number_when_its_project_comes(world):
    deliver(world, "proyek", project("P1"), project("P2"), project("P9", no_spk="SPK-9"))
    deliver_completely(world, "pendaftaran", registration("P1", no_proyek_bpjs="1000000000001"))
    deliver(world, "pendaftaran", registration(None, no_spk="SPK-9", no_proyek_bpjs="1000000000001"))
    edition = yield
    assert measured(edition, world, "project_registration").value == pytest.approx(100 * 1 / 3)
    [p9] = naive.settled(world)["winners"]["pendaftaran"]
    assert p9["no_spk"] == "SPK-9"
