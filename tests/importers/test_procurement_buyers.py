"""What the words of procurement records mean: owners, funds, places, durations, dates."""

from datetime import date
from decimal import Decimal

import pytest

from data.categories import FUNDS, OWNER_TYPES
from data.importers.procurement.buyers import (
    Site,
    fund_name,
    last_day,
    owner_name,
    owner_type,
    place_in,
    readable_name,
    site_of,
)
from data.importers.procurement.records import amount_of, day_of, text_of
from tests.importers.conftest import TODAY


@pytest.mark.parametrize(
    ("buyer", "government", "owner"),
    [
        ("DINAS KESEHATAN", "Kab. Bandung", "Dinas Kesehatan Kab. Bandung"),
        ("SEKRETARIAT DPRD", "Kota Palembang", "Sekretariat DPRD Kota Palembang"),
        ("DINAS PEKERJAAN UMUM DAN TATA RUANG", "Kab. Bandung", "Dinas Pekerjaan Umum dan Tata Ruang Kab. Bandung"),
        ("DINAS PERTANIAN", "Provinsi Jawa Barat", "Dinas Pertanian Provinsi Jawa Barat"),
        ("RUMAH SAKIT UMUM DAERAH KELAS B MAJALAYA", "Kab. Bandung",
         "Rumah Sakit Umum Daerah Kelas B Majalaya Kab. Bandung"),
        ("PDAM Tirta Raharja Kabupaten Bandung", "PDAM Tirta Raharja Kabupaten Bandung",
         "PDAM Tirta Raharja Kabupaten Bandung"),
        ("Dinas PUPR Kota Palembang", "Kota Palembang", "Dinas PUPR Kota Palembang"),
        ("KECAMATAN BANDUNG", "Kab. Bandung", "Kecamatan Bandung Kab. Bandung"),
        ("BALAI JALAN", "Kementerian Pekerjaan Umum", "Balai Jalan Kementerian Pekerjaan Umum"),
        ("", "Kab. Bandung", "Kab. Bandung"),
    ],
)  # fmt: skip
def test_an_owner_has_its_government_unless_its_name_says_it(buyer, government, owner):
    assert owner_name(buyer, government) == owner
    assert owner_name(owner, government) == owner


def test_a_name_in_mixed_case_stays():
    assert readable_name("Bagian Umum SETDA") == "Bagian Umum SETDA"


@pytest.mark.parametrize(
    ("government_type", "government", "expected"),
    [
        ("KABUPATEN", "Kab. Bandung", "OPD kabupaten/kota"),
        ("KOTA", "Kota Palembang", "OPD kabupaten/kota"),
        ("PROVINSI", "Provinsi Jawa Barat", "OPD provinsi"),
        ("KEMENTERIAN", "Kementerian PUPR", "Kementerian"),
        ("BUMD", "PDAM Tirta Raharja Kabupaten Bandung", "BUMN/BUMD/BLUD"),
        ("", "Kota Palembang", "OPD kabupaten/kota"),
        ("", "Kementerian Keuangan", "Kementerian"),
        ("", "Yayasan Contoh", ""),
    ],
)
def test_the_type_of_an_owner_is_that_of_its_government(government_type, government, expected):
    assert owner_type(government_type, government) == expected
    assert expected in (*OWNER_TYPES, "")


@pytest.mark.parametrize(
    ("fund", "type_of_owner", "expected"),
    [
        ("APBD", "OPD kabupaten/kota", "APBD kabupaten/kota"),
        ("APBDP", "OPD kabupaten/kota", "APBD kabupaten/kota"),
        ("APBD-P 2025", "OPD provinsi", "APBD provinsi"),
        ("APBD", "Kementerian", "APBD"),
        ("APBN", "OPD kabupaten/kota", "APBN"),
        ("BLUD", "OPD kabupaten/kota", "BLUD/BUMD"),
        ("BUMD", "BUMN/BUMD/BLUD", "BLUD/BUMD"),
        ("APBD,APBDP", "OPD kabupaten/kota", "APBD kabupaten/kota"),
        ("APBD,APBN", "OPD kabupaten/kota", "Lain"),
        ("2025", "OPD provinsi", ""),
        ("", "OPD provinsi", ""),
    ],
)
def test_a_bare_budget_is_that_of_the_buyers_level(fund, type_of_owner, expected):
    assert fund_name(fund, type_of_owner) == expected
    assert expected in (*FUNDS, "", "APBD")


@pytest.mark.parametrize(
    ("locations", "government", "site"),
    [
        (("Kecamatan Paseh - Bandung (Kab.) - Jawa Barat",), "Kab. Garut", Site("32.04", "lokasi")),
        (("Jl. A - B - Bandung (Kota) - Jawa Barat",), "Kab. Garut", Site("32.73", "lokasi")),
        (("X - Bandung (Kab.) - Jawa Barat", "Y - Garut (Kab.) - Jawa Barat"), "", Site("32", "lokasi")),
        (("X - Bandung (Kab.) - Jawa Barat", "Y - Palembang (Kota) - Sumatera Selatan"), "", Site("00", "lokasi")),
        (("di beberapa tempat",), "Kab. Bandung", Site("32.04", "instansi")),
        (("Paseh - Bandung (Kab.) - Sumatera Selatan",), "Kab. Bandung", Site("16", "lokasi")),
        ((), "PDAM Tirta Raharja Kabupaten Bandung", Site("32.04", "instansi")),
        ((), "Kementerian PUPR", None),
    ],
)
def test_the_place_of_work_comes_before_the_buyers_territory(locations, government, site):
    assert site_of(locations, government) == site


def test_a_kecamatan_called_like_a_kabupaten_is_no_kabupaten():
    assert place_in("Kecamatan Banjar") is None


@pytest.mark.parametrize(
    ("duration", "last"),
    [
        ("90 Hari Kalender", date(2025, 5, 30)),
        ("90 hari kalender", date(2025, 5, 30)),
        ("90 (sembilan puluh) Hari Kalendar", date(2025, 5, 30)),
        ("Selama 90 hari kalender", date(2025, 5, 30)),
        ("90", date(2025, 5, 30)),
        ("1 hari kalender", date(2025, 3, 2)),
        ("2 minggu", date(2025, 3, 15)),
        ("8 (delapan) bulan", date(2025, 11, 1)),
        ("17 (Tujuh Belas) Hari Kerja", None),
        ("0 hari", None),
        ("99999 hari", None),
        ("Hari Kalender", None),
        ("", None),
    ],
)
def test_a_duration_counts_its_first_day(duration, last):
    assert last_day(date(2025, 3, 2), duration) == last


def test_a_month_from_its_last_day_ends_before_the_next_months_last():
    assert last_day(date(2025, 1, 31), "1 bulan") == date(2025, 2, 27)


@pytest.mark.parametrize(
    "text",
    ["2025-08-13T00:00:00.000000Z", "Aug 13, 2025, 12:00:00AM", "2025-08-13 10:00:00", "13-08-2025", "13 Agustus 2025"],
)
def test_every_style_of_date_is_the_day_as_written(text):
    assert day_of({"a": None, "b": text}, "a", "b", today=TODAY) == date(2025, 8, 13)


@pytest.mark.parametrize("text", [None, "", "None", "besok", "31-02-2025", {"a": 1}, True])
def test_no_date_is_none(text):
    assert day_of({"a": text}, "a", today=TODAY) is None


@pytest.mark.parametrize("text", [None, "None", " ", "DISAMARKAN", "-", ["a"], {"a": 1}, True])
def test_what_says_nothing_is_blank(text):
    assert text_of({"a": text}, "a", "b") == ""


def test_markup_and_line_ends_are_no_text():
    assert text_of({"a": "<p>a.\tPersiapan\r\n</p><p>b &amp; c<br></p>"}, "a") == "a. Persiapan b & c"


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        (5380803707, Decimal(5380803707)), (Decimal("39065469.53"), Decimal("39065469.53")),
        ("39065469.53", Decimal("39065469.53")), ("Rp 475.500.000,00", Decimal(475500000)), ("None", None),
        ("DISAMARKAN", None), (None, None), (True, None),
    ],
)  # fmt: skip
def test_amounts_are_exact(value, amount):
    assert amount_of({"a": value}, "a") == amount
