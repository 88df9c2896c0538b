"""Registrations, payments and addenda of an edition, from deliveries that correct and withdraw each other."""

from datetime import date, timedelta
from decimal import Decimal

import duckdb
import pytest

from data.editions import publish
from data.home import Home
from tests.worlds import deliver, empty_world, load_world

POSITION = date(2025, 6, 30)
DAY = timedelta(days=1)
EARLIER, LATER = date(2025, 1, 1), date(2025, 6, 1)
FIRST_HALF = (date(2025, 1, 1), POSITION)
CODES = (
    "kept",
    "left-out",
    "over",
    "future",
    "paid-later",
    "words",
    "asked",
    "gone",
    "changed",
    "changed-back",
)


def registered(code, on, paid=None, **columns):
    return {"kode_proyek": code, "tgl_daftar": on, "tgl_bayar": paid, "no_sertifikat": f"S {code}"} | columns


def asked(code, on, paid=None, termin: str | None = "Termin 1", rp=100):
    return {"kode_proyek": code, "tgl_permohonan": on, "tgl_bayar": paid, "termin": termin, "jumlah": Decimal(rp)}


def before_addendum(batch_id, code, version, rp):
    row = {"kode_proyek": code, "versi": version, "tgl": EARLIER, "nilai_kontrak": Decimal(rp), "selesai": POSITION}
    return row | {"batch_id": batch_id, "data_as_of": EARLIER}


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """{table: {code: its rows}}, as they are stored"""
    world = empty_world(POSITION)
    dates = {"mulai": EARLIER, "selesai": date(2025, 12, 31)}
    projects = [{"kode_proyek": code, "no_spk": f"SPK {code}", **dates} for code in CODES]
    projects[2] |= {"selesai": date(2025, 3, 31)}
    first = deliver(world, "proyek", *projects, as_of=EARLIER)
    second = deliver(world, "proyek", projects[8], as_of=LATER)
    third = deliver(world, "proyek", projects[9], as_of=LATER, undone=True)
    world["rows"]["nilai_lama"] = [
        before_addendum(first, "changed", 0, 10),
        before_addendum(second, "changed", 0, 20),
        before_addendum(second, "changed", 1, 30),
        before_addendum(first, "changed-back", 0, 40),
        before_addendum(third, "changed-back", 0, 50),
    ]
    deliver(
        world, "pendaftaran",
        registered("kept", date(2025, 2, 3)),
        registered("left-out", date(2025, 2, 3)),
        registered("over", date(2025, 2, 3), date(2025, 2, 4)),
        registered("paid-later", date(2025, 2, 3), POSITION + DAY, iuran_dibayar=Decimal(5)),
        registered("future", POSITION + DAY, POSITION + DAY),
        as_of=EARLIER,
    )  # fmt: skip
    deliver(
        world, "pendaftaran",
        registered("kept", date(2025, 2, 3), date(2025, 2, 4), tenaga_kerja=7),
        as_of=LATER, complete_for="16.71", period=(date(2025, 4, 1), POSITION),
    )  # fmt: skip
    deliver(
        world, "pembayaran",
        asked("words", EARLIER, EARLIER, "Uang muka 20%"),
        asked("words", EARLIER, EARLIER + DAY, "PEMBAYARAN UANG-MUKA"),
        asked("words", EARLIER, EARLIER + 2 * DAY, "Retensi 5%"),
        asked("words", EARLIER, EARLIER + 3 * DAY, "Masa pemeliharaan"),
        asked("words", EARLIER, EARLIER + 4 * DAY, "MC-04"),
        asked("words", EARLIER, EARLIER + 5 * DAY, None),
        asked("asked", LATER, rp=1),
        asked("asked", LATER, termin="Termin 2", rp=2),
        asked("asked", LATER, POSITION + DAY, "Termin 3", rp=3),
        asked("asked", None, POSITION + DAY, "Termin 4", rp=4),
        asked("asked", POSITION + DAY, termin="Termin 5", rp=5),
        asked("nobody", EARLIER),
        as_of=EARLIER,
    )  # fmt: skip
    deliver(world, "pembayaran", asked("asked", LATER, LATER + DAY, rp=6), as_of=LATER)
    deliver(world, "pembayaran", asked("asked", LATER, LATER + DAY, rp=7), as_of=LATER + DAY)
    deliver(world, "pembayaran", asked("gone", LATER, LATER), as_of=LATER, undone=True)
    return tables_of(Home(tmp_path_factory.mktemp("tables") / "home"), world)


def tables_of(home, world):
    load_world(home, world)
    number = publish(home, POSITION)
    found = {}
    with duckdb.connect(str(home.editions_dir / f"{number:06}.duckdb"), read_only=True) as edition:
        for table in ("registration", "payment", "addendum"):
            result = edition.execute(f"select * from {table}")
            names = [column[0] for column in result.description]
            for row in result.fetchall():
                of_code = found.setdefault(table, {}).setdefault(row[0], [])
                of_code.append(dict(zip(names, row, strict=True)))
    return found


def test_rows_are_stored_by_project_so_that_equal_content_has_an_equal_hash(tables):
    for rows in tables.values():
        assert len(rows) > 1 and list(rows) == sorted(rows)


def test_a_registration_is_as_the_latest_delivery_states_it(tables):
    [row] = tables["registration"]["kept"]
    assert (row["tgl_bayar"], row["tenaga_kerja"]) == (date(2025, 2, 4), 7)
    assert (row["cover_from"], row["cover_to"]) == (date(2025, 2, 4), date(2025, 12, 31))


def test_a_registration_that_a_later_complete_delivery_leaves_out_while_its_cover_lasts_is_gone(tables):
    assert "left-out" not in tables["registration"]


def test_a_registration_whose_cover_was_over_need_not_be_listed_any_more(tables):
    [row] = tables["registration"]["over"]
    assert (row["cover_from"], row["cover_to"]) == (date(2025, 2, 4), date(2025, 3, 31))


def test_what_comes_after_the_position_has_not_happened(tables):
    assert "future" not in tables["registration"]
    assert "paid-later" not in tables["registration"]  # nor listed in June


def test_registrations_are_numbered_by_their_dates_however_they_name_the_project(tmp_path):
    world = empty_world(POSITION)
    project = {"kode_proyek": "P", "no_spk": "SPK P", "mulai": EARLIER, "selesai": POSITION, "sumber_dana": "APBN"}
    deliver(world, "proyek", project)
    deliver(
        world, "pendaftaran",
        registered(None, date(2025, 3, 4), date(2025, 3, 5), no_spk="SPK P", npp="AB123456"),
        registered("P", date(2025, 2, 3), POSITION + DAY, iuran_dibayar=Decimal(5)),
        registered("P", date(2025, 4, 3), iuran_dibayar=Decimal(6)),
    )  # fmt: skip
    rows = tables_of(Home(tmp_path / "home"), world)["registration"]["P"]
    assert [(row["number"], row["tgl_daftar"], row["row_number"], row["npp"]) for row in rows] == [
        (1, date(2025, 2, 3), 3, None),
        (2, date(2025, 3, 4), 2, "AB123456"),
        (3, date(2025, 4, 3), 4, None),
    ]
    # Paid the day after: not paid yet, so no contribution, cover or certificate; without a day it may have been.
    told = ("tgl_bayar", "iuran_dibayar", "cover_from", "no_sertifikat")
    assert [tuple(row[name] for name in told) for row in rows] == [
        (None, None, None, None),
        (date(2025, 3, 5), None, date(2025, 3, 5), "S None"),
        (None, Decimal(6), None, "S P"),
    ]
    assert {(row["place"], row["owner"], row["fund"]) for row in rows} == {("16.71", "Dinas PUPR", "APBN")}


def test_the_words_of_a_payment_tell_its_kind(tables):
    assert [(row["number"], row["termin"], row["kind"]) for row in tables["payment"]["words"]] == [
        (1, "Uang muka 20%", "uang muka"),
        (2, "PEMBAYARAN UANG-MUKA", "uang muka"),
        (3, "Retensi 5%", "retensi"),
        (4, "Masa pemeliharaan", "retensi"),
        (5, "MC-04", "termin"),
        (6, None, "termin"),
    ]


def test_a_request_that_was_paid_since_is_that_payment_and_what_is_paid_later_is_a_request(tables):
    rows = [
        (row["termin"], row["tgl_permohonan"], row["tgl_bayar"], row["jumlah"]) for row in tables["payment"]["asked"]
    ]
    assert rows == [
        ("Termin 2", LATER, None, 2),
        ("Termin 3", LATER, None, 3),
        ("Termin 1", LATER, LATER + DAY, 7),
    ]


def test_payments_of_unknown_projects_and_of_undone_deliveries_are_not_there(tables):
    assert tables["payment"].keys() == {"words", "asked"}


def test_what_a_contract_said_before_comes_with_the_delivery_that_states_the_project(tables):
    told = {code: [(row["versi"], row["nilai_kontrak"]) for row in rows] for code, rows in tables["addendum"].items()}
    assert told == {"changed": [(0, 20), (1, 30)], "changed-back": [(0, 40)]}
