"""Reference places: complete, consistent, and found by what people write."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from data.places import PLACES_FILE, all_places, name_key, nearest_places, resolve_place

SUMSEL_FILE = Path(__file__).parents[3] / "shared" / "data" / "wilayah-sumsel.csv"
# Names shared by a kabupaten and a kota, or by a province and its capital, and an abbreviation of two kabupaten.
AMBIGUOUS_NAMES = """
    Solok Bogor Sukabumi Bandung Tasikmalaya Cirebon Bekasi Banjar Magelang Semarang Pekalongan Tegal Blitar Kediri
    Malang Probolinggo Pasuruan Mojokerto Madiun Tangerang Serang Bima Kupang Jayapura Sorong
    Jambi Bengkulu Gorontalo Yogyakarta Jogja Jogjakarta Mura
"""
AMBIGUOUS = set(AMBIGUOUS_NAMES.split())


def reference_rows():
    with PLACES_FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_there_are_38_provinces_and_514_kabupaten_and_kota():
    kinds = Counter(place.kind for place in all_places().values())
    assert kinds == {"negara": 1, "provinsi": 38, "kabupaten": 514 - 98, "kota": 98}


def test_every_code_stands_once():
    codes = [row["kode"] for row in reference_rows()]
    assert len(codes) == len(set(codes)) == 1 + 38 + 514


def test_every_parent_is_a_place_one_level_up():
    places = all_places()
    kinds_above = {(place.kind, places[place.parent].kind) for place in places.values() if place.parent is not None}
    assert kinds_above == {("provinsi", "negara"), ("kabupaten", "provinsi"), ("kota", "provinsi")}
    assert [place.code for place in places.values() if place.parent is None] == ["00"]


def test_a_kabupaten_or_kota_belongs_to_the_province_its_code_begins_with():
    assert all(place.code[:2] == place.parent for place in all_places().values() if "." in place.code)


def test_the_kind_agrees_with_the_full_name():
    for place in all_places().values():
        if "." in place.code:
            assert place.name.startswith(place.kind.capitalize() + " ")


@pytest.mark.parametrize("column", ["nama", "nama_pendek"])
def test_no_two_places_are_displayed_alike(column):
    assert [name for name, count in Counter(row[column] for row in reference_rows()).items() if count > 1] == []


def test_every_name_short_name_and_alias_finds_its_own_place_or_is_a_known_ambiguity():
    strays = set()
    for row in reference_rows():
        names = [row["nama"], row["nama_pendek"], *filter(None, row["alias"].split("|"))]
        for name in names:
            found = resolve_place(name)
            if found is None:
                strays.add(name)
            else:
                assert found.code == row["kode"], name
    assert strays <= AMBIGUOUS


@pytest.mark.parametrize("name", sorted(AMBIGUOUS))
def test_an_ambiguous_name_is_nobody_and_all_its_places_are_suggested(name):
    assert resolve_place(name) is None
    suggested = nearest_places(name)
    assert len(suggested) >= 2
    assert all(resolve_place(suggestion) for suggestion in suggested)


def test_no_alias_is_written_twice_for_a_place():
    for row in reference_rows():
        keys = [name_key(alias) for alias in row["alias"].split("|") if alias]
        assert len(keys) == len(set(keys)), row["nama"]


@pytest.mark.skipif(not SUMSEL_FILE.exists(), reason="the shared table of Sumsel is not beside this clone")
def test_sumsel_carries_the_codes_and_names_of_the_shared_table():
    with SUMSEL_FILE.open(encoding="utf-8", newline="") as file:
        expected = {
            row["kemendagri"]: (row["bps"], row["sirup_kd_kabkota"], f"{row['jenis']} {row['nama']}")
            for row in csv.DictReader(file)
        }
    sumsel = {
        place.code: (place.bps_code, place.sirup_code, place.name)
        for place in all_places().values()
        if place.parent == "16"
    }
    assert sumsel == expected


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("16.02", "16.02"),
        (" 16 ", "16"),
        ("00", "00"),
        ("Indonesia", "00"),
        ("Kab. OKI", "16.02"),
        ("OGAN KOMERING ILIR", "16.02"),
        ("Kab. Ogan Komering Ilir (OKI)", "16.02"),
        ("Ogan Komering Ulu", "16.01"),
        ("OKU Selatan", "16.09"),
        ("Kab OKU Timur", "16.08"),
        ("Musi Banyu Asin", "16.06"),
        ("Muba", "16.06"),
        ("Banyuasin", "16.07"),
        ("PALI", "16.12"),
        ("Muratara", "16.13"),
        ("Lubuk Linggau", "16.73"),
        ("KOTA LUBUK LINGGAU", "16.73"),
        ("Kota Palembang", "16.71"),
        ("palembang", "16.71"),
        ("Sumsel", "16"),
        ("Prov. Sumatera Selatan", "16"),
        ("PROPINSI SUMATRA SELATAN", "16"),
        ("DKI", "31"),
        ("Kota Adm. Jakarta Pusat", "31.71"),
        ("Kab. Adm. Kep. Seribu", "31.01"),
        ("Bandung (Kab.)", "32.04"),
        ("Bandung (Kota)", "32.73"),
        ("Kota Bandung", "32.73"),
        ("Kotabaru", "63.02"),
        ("Kab. Lima Puluh Kota", "13.07"),
        ("Provinsi Jambi", "15"),
        ("Kab. Gorontalo", "75.01"),
        ("Papua Barat Daya", "96"),
        ("Pangkajene & Kepulauan", "73.10"),
    ],
)
def test_a_place_is_found_as_files_write_it(written, code):
    found = resolve_place(written)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("written", [None, "", "  ", "xyz", "1671", "1602", "16.1", "16.99", "Kab. Palembang", "-"])
def test_what_is_not_a_place_is_nobody(written):
    assert resolve_place(written) is None


@pytest.mark.parametrize(
    ("written", "suggestions"),
    [
        ("Bandung", ["Kabupaten Bandung", "Kota Bandung"]),
        ("Jambi", ["Provinsi Jambi", "Kota Jambi"]),
        ("1674", ["Kota Lubuklinggau", "Kota Prabumulih"]),
        ("16.1", ["Kabupaten Ogan Ilir"]),
        ("9999", []),
        ("", []),
    ],
)
def test_suggestions_say_which_places_could_be_meant(written, suggestions):
    assert nearest_places(written) == suggestions


@pytest.mark.parametrize(
    ("misspelled", "first"),
    [
        ("Palembng", "Kota Palembang"),
        ("Kab. Banyuasn", "Kabupaten Banyuasin"),
        ("Kota Bndung", "Kota Bandung"),
        ("Kab. Bndung", "Kabupaten Bandung"),
        ("Kab. Palembang", "Kota Palembang"),
        ("Ogan Komering Ulu Tmur", "Kabupaten Ogan Komering Ulu Timur"),
    ],
)
def test_the_nearest_spelling_is_suggested_first(misspelled, first):
    suggestions = nearest_places(misspelled)
    assert suggestions[0] == first
    assert len(suggestions) <= 3


def test_display_names_are_those_people_say():
    places = all_places()
    short_names = {code: places[code].short_name for code in ("16", "16.02", "16.06", "16.71", "32.04", "32.73")}
    assert short_names == {
        "16": "Sumsel",
        "16.02": "OKI",
        "16.06": "Musi Banyuasin",
        "16.71": "Palembang",
        "32.04": "Kab. Bandung",
        "32.73": "Kota Bandung",
    }
