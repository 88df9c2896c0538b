"""From a number to its parts, deliveries and rows, by hand: what is shown adds up, and nothing beyond the grant."""

import gzip
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analytics import provenance
from analytics.compute import Scope
from analytics.counting import BY_PROJECT, COUNTED
from analytics.indicators import INDICATORS
from analytics.provenance import Asked
from data.access import EVERYTHING, Grant, OutsideScope
from data.editions import open_edition, publish, published_edition
from data.errors import CakupanError
from data.home import Home
from tests.worlds import deliver, empty_world, load_world

FIXTURES = Path(__file__).parents[1] / "fixtures"
JUNE = date(2024, 6, 30)
YEAR = (date(2024, 1, 1), date(2024, 12, 31))
SPAN = {"mulai": date(2024, 4, 1), "selesai": date(2024, 12, 31)}
PAID = {"tgl_daftar": date(2024, 4, 2), "tgl_bayar": date(2024, 4, 3)}
MILLION = Decimal(1_000_000)
EVERY = 1000


def small_world():
    """In Palembang A with 10 workers, of whom persons 1 and 2 are members; B with 6 in OKI. 3 is a member alone."""
    world = empty_world(JUNE)
    projects = (
        {"kode_proyek": "A", "tenaga_kerja": 10, "nilai_kontrak": 30 * MILLION, "tgl_spk": date(2024, 4, 1)},
        {"kode_proyek": "B", "tenaga_kerja": 6, "nilai_kontrak": 10 * MILLION, "wilayah": "16.02", "pemilik": "BBPJN"},
    )
    deliver(world, "proyek", *({**SPAN, **project} for project in projects))  # 1, rows 2 and 3
    former = {**PAID, "kode_proyek": "A", "tenaga_kerja": 5, "iuran_dibayar": MILLION}
    deliver(world, "pendaftaran", former, as_of=date(2024, 5, 1))  # 2, row 2, stated anew by 3
    newer = former | {"tenaga_kerja": 6}
    waiting = {**PAID, "kode_proyek": "Z", "tenaga_kerja": 9}
    deliver(world, "pendaftaran", newer, waiting, as_of=JUNE, complete_for="16", period=YEAR)  # 3, rows 3 and 4
    jakon = {**SPAN, "kode_proyek": "A", "tgl_bayar": PAID["tgl_bayar"]}
    personal = {**SPAN, "segmen": "PU", "sektor": "konstruksi", "wilayah": "16.71", "tgl_bayar": PAID["tgl_bayar"]}
    members = ({**jakon, "person_id": 1}, {**jakon, "person_id": 2}, {**personal, "person_id": 3})
    deliver(world, "kepesertaan", *members, complete_for="16", period=YEAR)  # 4, rows 2 to 4
    roster = ({**SPAN, "kode_proyek": "A", "person_id": person} for person in (1, 2))
    deliver(world, "tenaga_kerja", *roster, complete_for="16.71", period=YEAR)  # 5, rows 2 and 3
    estimates = (("16.71", 20), ("16.02", 30))
    day = date(2024, 1, 31)
    deliver(  # 6, rows 2 and 3
        world, "penduduk_bekerja", *({"wilayah": w, "per_tanggal": day, "pekerja": n} for w, n in estimates)
    )
    # 7, rows 2 and 3: of two kabupaten of another province, which reports nothing itself.
    reported = (("93.01", 70), ("93.02", 30))
    deliver(world, "rekap", *({"wilayah": w, "bulan": JUNE, "peserta_aktif": n} for w, n in reported))
    target = {"unit": "16.71", "tahun": 2024, "nilai": Decimal(50)}
    deliver(world, "target", target)  # 8, row 2
    return world


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("origin") / "home")
    load_world(home, small_world())
    publish(home, as_of=JUNE)
    return home


@pytest.fixture(scope="module")
def edition(home):
    return published_edition(home, EVERYTHING)


def asked(measure, place="16.71", owner=None):
    return Asked(measure, JUNE, Scope(place, owner=owner))


def found(edition, measure, place="16.71", owner=None):
    [origin] = provenance.origin(edition, asked(measure, place, owner))
    return origin


def behind(origin):
    return {(row.number, row.kind): (row.rows, row.projects, row.first_row, row.last_row) for row in origin.deliveries}


def test_a_count_of_persons_has_named_and_unnamed_parts_over_a_dated_estimate(edition):
    origin = found(edition, "population_coverage")
    parts = [(part.side, part.code, part.amount, part.source) for part in origin.parts]
    named, unnamed = 3, 6 - 2
    assert parts == [
        ("numerator", "named", named, "Data kepesertaan per orang"),
        ("numerator", "unnamed", unnamed, "Data kepesertaan per orang"),
        ("denominator", "estimate", 20, "BPS"),
    ]
    assert origin.row.value == 100 * (named + unnamed) / 20


def test_each_delivery_behind_a_number_says_how_many_rows_and_where(edition):
    assert behind(found(edition, "population_coverage")) == {
        (6, "penduduk_bekerja"): (1, 0, 2, 2),
        (4, "kepesertaan"): (3, 1, 2, 4),
        (3, "pendaftaran"): (1, 1, 3, 3),  # not row 4, whose project nobody knows; and not what 2 said before
        (1, "proyek"): (1, 1, 2, 2),
    }


def test_rows_of_persons_are_counted_by_project_and_those_without_one_by_place(edition):
    origin = found(edition, "population_coverage")
    [memberships] = [row for row in origin.deliveries if row.kind == "kepesertaan"]
    page = provenance.delivery_rows(edition, origin.asked, origin.row, memberships, limit=EVERY)
    assert [(row.kode_proyek, row.place_name, row.rows, row.first_row, row.last_row) for row in page.found] == [
        ("A", "Kota Palembang", 2, 2, 3),
        (None, "Kota Palembang", 1, 4, 4),
    ]


def test_projects_add_up_to_the_number(edition):
    page = provenance.counted_projects(edition, asked("placement_coverage", "16"), limit=1)
    # Of A's workers two are named, and four of the other eight registered; B is not registered.
    assert (page.total, page.numerator, page.denominator) == (2, 2 + 4, 10 + 6)
    assert [(row.kode_proyek, row.numerator, row.denominator) for row in page.found] == [("A", 6, 10)]


@pytest.mark.parametrize("measure", COUNTED)
@pytest.mark.parametrize("place", ["16", "16.71", "branch:kota", "00"])
def test_parts_projects_and_rows_add_up_whatever_is_asked(edition, measure, place):
    for origin in provenance.origin(edition, asked(measure, place)):
        parts = origin.parts_of("numerator")
        assert origin.row.numerator is None or sum(part.amount for part in parts) == origin.row.numerator
        for delivery in origin.deliveries:
            page = provenance.delivery_rows(edition, origin.asked, origin.row, delivery, limit=EVERY)
            assert sum(row.rows for row in page.found) == page.rows == delivery.rows
            assert page.total == len(page.found)
        page = provenance.counted_projects(edition, origin.asked, limit=EVERY)
        if origin.row.numerator is not None and measure in BY_PROJECT:
            assert page.numerator == sum(row.numerator or 0 for row in page.found) == origin.row.numerator
            assert page.denominator == origin.row.denominator


def withdrawn_world():
    """A and B are due on 22 March, and registered, A in time. The complete delivery of June lists neither any more."""
    world = empty_world(JUNE)
    spans = {"mulai": date(2024, 3, 4), "selesai": date(2024, 12, 31), "tgl_spk": date(2024, 3, 1)}
    deliver(world, "proyek", *({**spans, "kode_proyek": code, "tenaga_kerja": 10} for code in "AB"))
    paid = {"iuran_dibayar": MILLION, "tenaga_kerja": 7}
    days = {"A": date(2024, 3, 5), "B": date(2024, 4, 15)}
    rows = [{**paid, "kode_proyek": code, "tgl_daftar": day, "tgl_bayar": day} for code, day in days.items()]
    earlier = (date(2024, 1, 1), date(2024, 5, 31))
    deliver(world, "pendaftaran", *rows, as_of=earlier[1], complete_for="16", period=earlier)
    deliver(world, "pendaftaran", as_of=JUNE, complete_for="16", period=(date(2024, 6, 1), JUNE))
    return world


def test_what_a_later_delivery_withdrew_still_adds_up_to_what_it_was_counted_for(tmp_path):
    home = Home(tmp_path / "home")
    load_world(home, withdrawn_world())
    publish(home, as_of=JUNE)
    edition = published_edition(home, EVERYTHING)
    expected = {
        "project_registration": (0, 2),  # in June neither stands
        "on_time_registration": (1, 2),
        "projects_registered_ytd": (1 + 1, None),
        "workers_registered_ytd": (7 + 7, None),
        "contributions_paid_rp": (2 * MILLION, None),
    }
    for measure, amounts in expected.items():
        [origin] = provenance.origin(edition, asked(measure))
        page = provenance.counted_projects(edition, origin.asked, limit=EVERY)
        assert (origin.row.numerator, origin.row.denominator) == amounts, measure
        assert (page.numerator, page.denominator, page.total) == (*amounts, 2), measure


def repeated_world():
    """A and B run for two years: registered and paid for in 2023 and again in April 2024, all in one delivery."""
    world = empty_world(JUNE)
    spans = {"mulai": date(2023, 3, 1), "selesai": date(2024, 12, 31), "tenaga_kerja": 10}
    deliver(world, "proyek", *({**spans, "kode_proyek": code} for code in "AB"))
    former = {"tgl_daftar": date(2023, 3, 1), "tgl_bayar": date(2023, 3, 2)}
    paid = {"iuran_dibayar": MILLION, "tenaga_kerja": 7}
    rows = [
        {**days, **paid, "kode_proyek": code, "no_proyek_bpjs": f"{code}{number}"}
        for code in "AB"
        for number, days in enumerate((former, PAID))
    ]
    deliver(world, "pendaftaran", *rows, as_of=JUNE, complete_for="16", period=(date(2023, 1, 1), YEAR[1]))
    return world


@pytest.fixture(scope="module")
def repeated_home(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("repeated") / "home")
    load_world(home, repeated_world())
    publish(home, as_of=JUNE)
    return home


@pytest.mark.parametrize("measure", ["contributions_paid_rp", "projects_registered_ytd", "workers_registered_ytd"])
def test_of_a_count_of_the_year_it_is_known_how_many_rows_make_it(repeated_home, measure):
    edition = published_edition(repeated_home, EVERYTHING)
    [origin] = provenance.origin(edition, asked(measure))
    listed = sum(row.rows for row in origin.deliveries)
    page = provenance.counted_projects(edition, origin.asked, limit=1)
    assert (page.rows, listed, page.total) == (2, 2 + 2, 2)


def test_it_is_said_of_every_indicator_how_it_is_counted():
    assert COUNTED.keys() == INDICATORS.keys()


def test_a_reported_number_leads_to_the_row_of_its_report(edition):
    origin = found(edition, "active_members", "93.01")
    assert [(part.code, part.amount, part.source) for part in origin.parts] == [("reported", 70, "Kanwil")]
    assert behind(origin) == {(7, "rekap"): (1, 0, 2, 2)}


def test_a_sum_of_reports_leads_to_each_place(edition):
    origin = found(edition, "active_members", "93")
    assert [(part.code, part.place, part.amount) for part in origin.parts] == [
        ("summed", "93.01", 70),
        ("summed", "93.02", 30),
    ]
    assert origin.deliveries == ()


def test_a_target_leads_to_the_row_that_states_it(edition):
    origin = found(edition, "target_attainment")
    assert behind(origin) == {(8, "target"): (1, 0, 2, 2)}


def test_a_number_that_is_not_known_has_no_parts(edition):
    origin = found(edition, "placement_coverage", "93.01")
    assert (origin.row.reason, origin.parts, origin.deliveries) == ("no_project", (), ())


def test_a_limited_reader_sees_rows_of_the_scope_and_no_details_of_wider_deliveries(home):
    within = published_edition(home, Grant(frozenset({"16.71"}), None))
    origin = found(within, "placement_coverage")
    details = {row.kind: row.details is not None for row in origin.deliveries}
    # The roster is declared for Palembang, registrations and memberships for the whole province, projects for nothing.
    assert details == {"tenaga_kerja": True, "pendaftaran": False, "kepesertaan": False, "proyek": False}
    assert behind(origin)[1, "proyek"] == (1, 1, 2, 2)
    with pytest.raises(OutsideScope):
        found(within, "placement_coverage", "16.02")
    with pytest.raises(OutsideScope):
        provenance.counted_projects(within, asked("placement_coverage", "16"), limit=EVERY)


def test_an_owner_sees_the_rows_of_its_own_projects_alone(home):
    within = published_edition(home, Grant(None, frozenset({"BBPJN"})))
    origin = found(within, "project_registration", "16", "BBPJN")
    assert behind(origin) == {(1, "proyek"): (1, 1, 3, 3)}
    for measure, owner in (("population_coverage", None), ("placement_coverage", "Dinas PUPR")):
        with pytest.raises(OutsideScope):
            found(within, measure, "16", owner)


def test_an_edition_of_an_older_program_says_to_publish_again(tmp_path):
    home = Home(tmp_path / "home")
    home.editions_dir.mkdir(parents=True)
    with (
        gzip.open(FIXTURES / "edition-schema-4.duckdb.gz") as packed,
        (home.editions_dir / "000001.duckdb").open("wb") as out,
    ):
        shutil.copyfileobj(packed, out)
    with pytest.raises(CakupanError, match="terbitkan lagi"):
        provenance.origin(open_edition(home, 1), asked("placement_coverage"))
