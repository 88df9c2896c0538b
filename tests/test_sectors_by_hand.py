"""Sectors other than construction, and all sectors together, on paper; edition and naive twin must both agree."""

from datetime import date
from decimal import Decimal

import pytest

from analytics import change, compute
from analytics.compute import ALL_SECTORS, Row, Scope
from analytics.indicators import INDICATORS
from data.categories import CONSTRUCTION, SECTORS
from data.editions import current_edition, publish
from data.errors import CakupanError
from data.importers import import_file
from data.places import all_places
from tests import naive
from tests.side_by_side import Cases, owner_there, there
from tests.worlds import deliver, empty_world, load_world

JUNE, JULY = date(2024, 6, 30), date(2024, 7, 31)
OTHERS = [sector for sector in SECTORS if sector != CONSTRUCTION]
CASES = Cases(as_of=JULY)


@pytest.fixture
def world():
    return empty_world(JULY)


def published(home, world):
    load_world(home, world)
    publish(home, as_of=world["as_of"])
    edition = current_edition(home)
    assert edition is not None
    return edition


def measured(edition, world, code, sector, month=JULY, *, place="16") -> Row:
    """The one row of the scope, after the twin has said the same."""
    [row] = compute.rows(edition, code, month, Scope(there(world, place), sector=sector))
    if sector == CONSTRUCTION:
        twin = naive.indicator(world, code, month, place)
    else:
        twin = naive.sector_indicator(world, code, month, place, sector)
    assert (row.status, row.numerator, row.sector) == (twin["status"], twin["numerator"], sector)
    assert (row.value, row.low, row.high) == pytest.approx((twin["value"], twin["low"], twin["high"]))
    return row


def recap(segment, members, sector=None, **columns):
    return {"wilayah": "16", "bulan": JULY, "segmen": segment, "sektor": sector, "peserta_aktif": members, **columns}


def official(members, place="16", **columns):
    told = {"wilayah": place, "per_tanggal": date(2024, 7, 9), "segmen": "semua segmen", "peserta": members}
    return told | columns


def estimate(workers, sector, place="16", **columns):
    return {"wilayah": place, "per_tanggal": date(2024, 2, 1), "sektor": sector, "pekerja": workers, **columns}


def target(value, segment="semua segmen", sector=None, **columns):
    told = {"tahun": 2024, "nilai": Decimal(value), "segmen": segment, "sektor": sector}
    return told | {"penerbit": f"{segment}, {sector}"} | columns


@CASES.case
def test_a_sector_is_what_wage_earners_and_the_others_are_together(world):
    deliver(world, "rekap", recap("PU", 30, "perdagangan"), recap("BPU", 12, "perdagangan"), recap("JAKON", 5))
    deliver(world, "penduduk_bekerja", estimate(600, "perdagangan"))
    edition = yield
    row = measured(edition, world, "population_coverage", "perdagangan")
    assert row.value == pytest.approx(100 * (30 + 12) / 600)
    assert (row.named_persons, row.source, row.as_of) == (None, "Kanwil", JULY)
    assert measured(edition, world, "gap_to_estimate", "perdagangan").value == 600 - (30 + 12)
    assert measured(edition, world, "active_members", CONSTRUCTION).value == 5


@CASES.case
def test_one_segment_of_a_sector_alone_would_understate_it(world):
    deliver(world, "rekap", recap("PU", 30, "perdagangan", wilayah="16.71"), recap("BPU", 30, "perdagangan"))
    edition = yield
    for place in ("16", "16.71"):
        assert measured(edition, world, "active_members", "perdagangan", place=place).status == "no_data"


@CASES.case
def test_the_two_segments_of_a_sector_must_be_told_by_one_source(world):
    deliver(world, "rekap", recap("PU", 30, "perdagangan"), recap("BPU", 12, "perdagangan", sumber="Disnaker"))
    edition = yield
    assert measured(edition, world, "active_members", "perdagangan").status == "no_data"


@CASES.case
def test_all_sectors_are_the_totals_of_all_three_segments(world):
    deliver(
        world,
        "rekap",
        recap("JAKON", 100),
        recap("PU", 500),
        recap("PU", 40, CONSTRUCTION),
        recap("BPU", 200),
        recap("BPU", 70, "pertanian"),
    )
    edition = yield
    assert measured(edition, world, "active_members", ALL_SECTORS).value == 100 + 500 + 200
    assert measured(edition, world, "active_members", CONSTRUCTION).value == 100 + 40


@CASES.case
def test_without_one_segment_all_sectors_are_unknown(world):
    lacking = {"16.71": "JAKON", "16.02": "PU", "16.07": "BPU"}
    for place, missing in lacking.items():
        told = (segment for segment in ("JAKON", "PU", "BPU") if segment != missing)
        deliver(world, "rekap", *(recap(segment, 10, wilayah=place) for segment in told))
    edition = yield
    for place in lacking:
        assert measured(edition, world, "active_members", ALL_SECTORS, place=place).status == "no_data"


@CASES.case
def test_a_recapitulation_of_construction_alone_is_not_one_of_all_sectors(world):
    deliver(world, "rekap", recap("JAKON", 100), recap("PU", 40, CONSTRUCTION), recap("BPU", 3, CONSTRUCTION))
    edition = yield
    assert measured(edition, world, "active_members", CONSTRUCTION).value == 100 + 40 + 3
    assert measured(edition, world, "active_members", ALL_SECTORS).status == "no_data"


@CASES.case
def test_all_seventeen_sectors_stand_in_for_the_total_of_a_segment_and_sixteen_do_not(world):
    for place, told in {"16.71": SECTORS, "16.02": OTHERS}.items():
        totals = [recap("JAKON", 100, wilayah=place), recap("PU", 500, wilayah=place)]
        deliver(world, "rekap", *totals, *(recap("BPU", 2, sector, wilayah=place) for sector in told))
    edition = yield
    assert measured(edition, world, "active_members", ALL_SECTORS, place="16.71").value == 100 + 500 + 17 * 2
    assert measured(edition, world, "active_members", ALL_SECTORS, place="16.02").status == "no_data"


@CASES.case
def test_an_official_figure_of_all_segments_is_one_of_all_sectors_with_its_rounding(world):
    deliver(
        world,
        "angka_resmi",
        official(915_000, peserta_presisi=1_000, potensi=3_000_000, potensi_presisi=100_000),
    )
    edition = yield
    row = measured(edition, world, "population_coverage", ALL_SECTORS)
    assert row.value == pytest.approx(100 * 915_000 / 3_000_000)
    assert row.low == pytest.approx(100 * (915_000 - 500) / (3_000_000 + 50_000))
    assert row.high == pytest.approx(100 * (915_000 + 500) / (3_000_000 - 50_000))
    assert (row.as_of, row.denominator_source) == (date(2024, 7, 9), "Kanwil")
    assert measured(edition, world, "population_coverage", CONSTRUCTION).status == "no_data"


@CASES.case
def test_a_month_end_count_of_all_sectors_wins_over_a_dated_figure(world):
    deliver(world, "angka_resmi", official(950), official(960, per_tanggal=JULY))
    deliver(world, "rekap", recap("JAKON", 100), recap("PU", 500), recap("BPU", 200))
    edition = yield
    row = measured(edition, world, "active_members", ALL_SECTORS)
    assert (row.value, row.as_of) == (100 + 500 + 200, JULY)


@CASES.case
def test_the_configured_order_of_sources_decides_between_reports_of_a_sector(world):
    world["report_sources"] = ["Disnaker"]
    deliver(world, "rekap", recap("PU", 30, "perdagangan"), recap("BPU", 12, "perdagangan"))
    deliver(
        world,
        "rekap",
        recap("PU", 7, "perdagangan", sumber="Disnaker"),
        recap("BPU", 1, "perdagangan", sumber="Disnaker"),
    )
    edition = yield
    row = measured(edition, world, "active_members", "perdagangan")
    assert (row.value, row.source) == (7 + 1, "Disnaker")


def test_a_place_without_a_report_of_its_own_has_the_sum_of_its_parts(home, world):
    deliver(
        world,
        "angka_resmi",
        official(30, "16.71", peserta_presisi=10),
        official(12, "16.02"),
        official(8, "32.04"),
        official(500, "51"),
    )
    edition = published(home, world)
    for place, members in {"16": 30 + 12, "branch:kota": 30 + 12, "group:satu": 30, "00": 30 + 12 + 8 + 500}.items():
        row = measured(edition, world, "active_members", ALL_SECTORS, place=place)
        assert (row.status, row.value, row.numerator) == ("mixed_sources", None, members)


def test_the_own_report_of_a_province_is_never_added_to_its_parts(home, world):
    deliver(world, "angka_resmi", official(100), official(30, "16.71"))
    edition = published(home, world)
    assert measured(edition, world, "active_members", ALL_SECTORS).value == 100
    assert measured(edition, world, "active_members", ALL_SECTORS, place="00").numerator == 100


@CASES.case
def test_a_branch_has_the_estimate_of_its_parts_and_sectors_are_not_added_up(world):
    deliver(world, "rekap", recap("PU", 30, "real estat"))
    deliver(
        world,
        "penduduk_bekerja",
        estimate(600, ALL_SECTORS, "16.71"),
        estimate(400, ALL_SECTORS, "16.02"),
        *(estimate(10, sector, "16.07") for sector in SECTORS),
    )
    edition = yield
    [branch] = compute.rows(
        edition, "population_coverage", JULY, Scope(there(world, "branch:kota"), sector=ALL_SECTORS)
    )
    assert (branch.status, branch.denominator) == ("no_data", 600 + 400)
    assert compute.sectors(edition, there(world, "16.07")) == [CONSTRUCTION, *sorted(OTHERS)]


@CASES.case
def test_an_estimate_beside_an_official_figure_of_one_source_and_day_counts_once(world):
    day = {"per_tanggal": date(2024, 7, 9), "sumber": "Kanwil"}
    deliver(world, "angka_resmi", official(30, "16.71", potensi=700))
    deliver(world, "penduduk_bekerja", estimate(600, ALL_SECTORS, "16.71", **day))
    edition = yield
    assert measured(edition, world, "population_coverage", ALL_SECTORS, place="16.71").denominator == 600
    assert measured(edition, world, "population_coverage", ALL_SECTORS, place="branch:kota").denominator is None


@CASES.case
def test_each_sector_told_of_a_place_is_a_row_construction_first(world):
    deliver(world, "rekap", recap("JAKON", 4), recap("PU", 30, "perdagangan"), recap("BPU", 12, "perdagangan"))
    deliver(world, "angka_resmi", official(915))
    deliver(world, "penduduk_bekerja", estimate(60, "pertanian"), estimate(8, CONSTRUCTION))
    edition = yield
    found = compute.rows(edition, "population_coverage", JULY, Scope(there(world, "16")), by="sector")
    assert {row.group: (row.status, row.value) for row in found} == {
        CONSTRUCTION: ("ok", 100 * 4 / 8),
        ALL_SECTORS: ("no_denominator", None),
        "perdagangan": ("no_denominator", None),
        "pertanian": ("no_data", None),
    }
    assert [row.group for row in found] == compute.sectors(edition, there(world, "16")) == [row.sector for row in found]
    assert compute.sectors(edition, there(world, "16.71")) == [CONSTRUCTION]


@CASES.case
def test_the_default_month_the_trend_and_the_other_estimates_follow_the_sector(world):
    deliver(world, "rekap", recap("JAKON", 4), *(recap(s, 30, "perdagangan", bulan=JUNE) for s in ("PU", "BPU")))
    shop_workers = [estimate(600, "perdagangan"), estimate(500, "perdagangan", sumber="Dinas")]
    deliver(world, "penduduk_bekerja", estimate(8, CONSTRUCTION), *shop_workers)
    edition = yield
    scope = Scope(there(world, "16"), sector="perdagangan")
    assert compute.default_month(edition, Scope(there(world, "16"))) == JULY
    assert compute.default_month(edition, scope) == JUNE
    drawn = compute.trend(edition, "population_coverage", scope, JUNE, JULY, vintage="Dinas")
    assert [row.value for row in drawn] == [100 * (30 + 30) / 500, None]
    others = compute.by_vintage(edition, "population_coverage", JUNE, scope)
    assert {row.denominator_source: row.value for row in others} == {"BPS": 100 * 60 / 600, "Dinas": 100 * 60 / 500}


@CASES.case
def test_a_source_that_states_no_estimate_of_the_sector_is_refused(world):
    deliver(world, "rekap", recap("JAKON", 4))
    deliver(world, "penduduk_bekerja", estimate(8, CONSTRUCTION), estimate(600, "perdagangan", sumber="Dinas"))
    edition = yield
    with pytest.raises(CakupanError, match="'Dinas' tidak ada di edisi ini; pilih: BPS"):
        compute.rows(edition, "population_coverage", JULY, Scope(there(world, "16")), vintage="Dinas")
    found = compute.rows(edition, "population_coverage", JULY, Scope(there(world, "16")), by="sector", vintage="Dinas")
    assert [(row.group, row.denominator) for row in found] == [(CONSTRUCTION, None), ("perdagangan", 600)]


@CASES.case
def test_what_moved_another_sector_is_one_bar_or_a_change_of_source(world):
    july = [recap("PU", 50, "perdagangan"), recap("BPU", 20, "perdagangan")]
    june = [recap("PU", 30, "perdagangan", bulan=JUNE), recap("BPU", 12, "perdagangan", bulan=JUNE)]
    deliver(world, "rekap", *june, *july)
    deliver(world, "penduduk_bekerja", estimate(600, "perdagangan"))
    edition = yield
    bars = change.steps(edition, Scope(there(world, "16"), sector="perdagangan"), JULY, JUNE)
    assert [(bar.kind, bar.persons) for bar in bars] == [("start", 42), ("net", (50 + 20) - (30 + 12)), ("end", 70)]


def attained(edition, world, sector):
    """{(segment, sector) of the target: attainment}, after the twin has said the same."""
    found = compute.rows(edition, "target_attainment", JULY, Scope(there(world, "16"), sector=sector))
    told = {(row.target.issuer, row.target.segment, row.target.sector): row.value for row in found if row.target}
    assert told == pytest.approx(naive.attainments(world, JULY, "16", sector))
    assert {row.sector for row in found} == {sector}
    return {key[1:]: value for key, value in told.items()}


@CASES.case
def test_a_target_stands_beside_the_sector_of_which_it_speaks(world):
    deliver(world, "rekap", recap("JAKON", 100), recap("PU", 500), recap("BPU", 200))
    deliver(world, "rekap", *(recap(segment, 40, "perdagangan") for segment in ("PU", "BPU")))
    deliver(world, "penduduk_bekerja", estimate(400, CONSTRUCTION), estimate(2_000, ALL_SECTORS))
    deliver(world, "penduduk_bekerja", estimate(160, "perdagangan"))
    deliver(
        world,
        "target",
        target(50, "jasa konstruksi"),
        target(32, sector=CONSTRUCTION),
        target(51),
        target(52, sector=ALL_SECTORS),
        target(25, sector="perdagangan"),
        target(60, "penerima upah"),
        target(70, "penerima upah", "perdagangan"),
    )
    edition = yield
    assert attained(edition, world, CONSTRUCTION) == pytest.approx({
        ("jasa konstruksi", None): 100 * (100 * 100 / 400) / 50,
        ("semua segmen", CONSTRUCTION): 100 * (100 * 100 / 400) / 32,
    })  # fmt: skip
    assert attained(edition, world, ALL_SECTORS) == pytest.approx({
        ("semua segmen", None): 100 * (100 * 800 / 2_000) / 51,
        ("semua segmen", ALL_SECTORS): 100 * (100 * 800 / 2_000) / 52,
    })  # fmt: skip
    assert attained(edition, world, "perdagangan") == {("semua segmen", "perdagangan"): 100 * (100 * 80 / 160) / 25}


@CASES.case
def test_a_target_of_all_workers_is_listed_with_why_it_is_no_target_of_construction(world):
    deliver(world, "angka_resmi", official(915, potensi=3_000))
    deliver(world, "target", target(51), target(25, sector="perdagangan"), target(40, "jasa konstruksi"))
    edition = yield

    def why_not(sector):
        return {
            (t.segment, t.sector): reason for t, reason in compute.targets(edition, there(world, "16"), 2024, sector)
        }

    assert why_not(CONSTRUCTION) == {
        ("semua segmen", None): "segment", ("semua segmen", "perdagangan"): "segment", ("jasa konstruksi", None): None,
    }  # fmt: skip
    assert why_not(ALL_SECTORS) == {
        ("semua segmen", None): None, ("semua segmen", "perdagangan"): "sector", ("jasa konstruksi", None): "segment",
    }  # fmt: skip
    [row] = compute.rows(edition, "target_attainment", JULY, Scope(there(world, "16"), sector=ALL_SECTORS))
    assert row.label == f"{all_places()[there(world, '16')].name} · Cakupan pekerja · semua sektor · semua segmen, None"


@CASES.case
def test_a_target_of_the_attainment_itself_is_a_target_of_nothing(world):
    deliver(world, "angka_resmi", official(915))
    deliver(world, "target", target(90, "jasa konstruksi", indikator="target_attainment"))
    edition = yield
    assert [reason for _, reason in compute.targets(edition, there(world, "16"), 2024)] == ["indicator"]


@CASES.case
def test_what_only_construction_knows_is_refused_for_another_sector(world):
    deliver(world, "angka_resmi", official(915))
    edition = yield
    of_sectors = {"population_coverage", "active_members", "gap_to_estimate", "target_attainment"}
    for code in INDICATORS.keys() - of_sectors:
        with pytest.raises(CakupanError, match=f"^{code} tidak ada menurut sector: hanya untuk konstruksi; pakai"):
            compute.rows(edition, code, JULY, Scope(there(world, "16"), sector=ALL_SECTORS))
    with pytest.raises(CakupanError, match=r"^Sektor 'dagang' tidak dikenal; pilih: semua sektor, pertanian"):
        compute.rows(edition, "population_coverage", JULY, Scope(there(world, "16"), sector="dagang"))


@CASES.case
def test_only_another_sector_is_named_in_the_public_fields_of_a_row(world):
    deliver(world, "angka_resmi", official(915))
    edition = yield
    found = compute.rows(edition, "active_members", JULY, Scope(there(world, "16")), by="sector")
    assert [row.as_json().get("sector") for row in found] == [None, ALL_SECTORS]


def test_a_place_of_which_only_another_sector_is_told_has_data(home, world):
    deliver(world, "angka_resmi", official(30, "16.06"))
    edition = published(home, world)
    assert {row["code"] for row in compute.places(edition) if row["has_data"]} >= {"16.06", "16", "00"}
    assert compute.default_place(edition) == "16"


def test_the_months_begin_with_the_first_report_of_any_sector(home, world):
    deliver(world, "rekap", recap("PU", 30, "perdagangan", bulan=date(2024, 3, 31)))
    edition = published(home, world)
    assert compute.months(edition) == naive.months(world)
    assert compute.months(edition)[0] == date(2024, 3, 31)


WAYS_TO_WRITE_ALL = ["Semua", "TOTAL", "Seluruh sektor", "Jumlah", "semua sektor"]


def brought_in(home, path, header, rows):
    path.write_text("\n".join([header, *rows, ""]), "utf-8")
    [result] = import_file(home, path)
    return result.rows_accepted, [reject.code for reject in result.rejects]


def test_estimates_and_targets_may_speak_of_all_sectors(home, tmp_path):
    header = "wilayah,sektor,per_tanggal,pekerja,sumber"
    rows = [f"16,{written},2024-02-0{day},3000000,BPS" for day, written in enumerate(WAYS_TO_WRITE_ALL, start=1)]
    assert brought_in(home, tmp_path / "penduduk_bekerja.csv", header, rows) == (5, [])
    header = "unit,tahun,indikator,segmen,sektor,jenis_hitungan,nilai,satuan,penerbit"
    rows = [f"16,2024,population_coverage,UCJ,{written},posisi,51,%,{written}" for written in WAYS_TO_WRITE_ALL]
    assert brought_in(home, tmp_path / "target.csv", header, rows) == (5, [])
    publish(home, as_of=JULY)
    edition = current_edition(home)
    assert edition is not None and compute.sectors(edition, "16") == [CONSTRUCTION, ALL_SECTORS]
    found = compute.targets(edition, "16", 2024, ALL_SECTORS)
    assert [(stated.sector, reason) for stated, reason in found] == 5 * [(ALL_SECTORS, None)]


def test_a_recapitulation_leaves_the_sector_of_a_total_blank(home, tmp_path):
    header = "wilayah,bulan,segmen,sektor,peserta_aktif,sumber"
    rows = [f"16,2024-0{month},PU,{written},5,Kanwil" for month, written in enumerate(WAYS_TO_WRITE_ALL, start=1)]
    assert brought_in(home, tmp_path / "rekap.csv", header, rows) == (0, 5 * ["sektor_tidak_dikenal"])


@CASES.case
def test_projects_placed_by_the_buyers_territory_are_counted_among_the_running(world):
    spell = {"mulai": date(2024, 6, 1), "selesai": date(2024, 12, 31)}
    deliver(
        world,
        "proyek",
        spell | {"kode_proyek": "P1", "wilayah_dari": "instansi"},
        spell | {"kode_proyek": "P2", "wilayah_dari": "instansi", "mulai": date(2024, 7, 15), "pemilik": "BBPJN"},
        spell | {"kode_proyek": "P3", "wilayah_dari": "instansi", "selesai": date(2024, 7, 30)},
        spell | {"kode_proyek": "P4", "wilayah_dari": "lokasi"},
        spell | {"kode_proyek": "P5"},
    )
    edition = yield
    twin = naive.activity(world)
    for owner, placed in ((None, 1 + 1), ("Dinas PUPR", 1), ("BBPJN", 1)):
        group = ("16", ("pemilik", owner) if owner else naive.ALL, "*", JULY)
        found = compute.agency_placed(edition, JULY, Scope(there(world, "16"), owner_there(world, owner)))
        assert found == placed == twin[group]["agency_placed_projects"]
    assert compute.agency_placed(edition, JUNE, Scope(there(world, "16"))) == len({"P1", "P3"})
    assert compute.agency_placed(edition, JULY, Scope(there(world, "16"), fund="APBN")) is None
