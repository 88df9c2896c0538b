"""Suggestions that two names are one: what is found, and what never is."""

import shutil
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import names
from analytics.name_shapes import firm, office
from analytics.names import Name, candidates, pairs
from data.access import LOCAL, Grant
from data.aliases import aliases_of, confirm, reject
from data.editions import current_edition, publish
from data.home import Home
from data.importers import import_file

AS_OF = date(2024, 7, 31)


def offices(*told: tuple[str, str], count: int = 5) -> list[tuple[str, str, str]]:
    """Pairs found among offices, each with the places of its projects; the first occurs most."""
    known = [Name("pemilik", name, count - n, tuple(places.split())) for n, (name, places) in enumerate(told)]
    return [(found.keep.name, found.other.name, found.how) for found in pairs(known, office)]


def firms(*told: str) -> list[tuple[str, str, str]]:
    known = [Name("penyedia", name, len(told) - n, ("16.71",)) for n, name in enumerate(told)]
    return [(found.keep.name, found.other.name, found.how) for found in pairs(known, firm)]


@pytest.mark.parametrize(
    "written",
    [
        "DINAS PUPR KAB. OKI",
        "Dinas PUPR Kabupaten Ogan Komering Ilir",
        "PUPR OKI",
        "DPUPR Kab OKI",
        "Dinas Pekerjaan Umum & Penataan Ruang Kab. OKI",
        "Kab. OKI - Dinas PUPR",
    ],
)
def test_an_office_is_known_by_case_abbreviation_order_and_the_ways_to_write_its_place(written):
    found = offices(("Dinas PUPR Kab. OKI", "16.02"), (written, "16.02"))
    assert found == [("Dinas PUPR Kab. OKI", written, "key")]


@pytest.mark.parametrize("written", ["CV. MAJU JAYA", "Maju Jaya, CV", "C.V. Maju-Jaya", "MAJUJAYA", "cv maju  jaya"])
def test_a_firm_is_known_by_case_punctuation_spaces_and_where_its_legal_form_stands(written):
    assert firms("CV Maju Jaya", written) == [("CV Maju Jaya", written, "key")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dinas PUPR Kab. OKI", "Dinas PUPR Kab. OKU"),
        ("Dinas PUPR OKU", "Dinas PUPR OKU Timur"),
        ("Dinas PUPR Musi Rawas", "Dinas PUPR Musi Rawas Utara"),
        ("Dinas Kesehatan Kota Palembang", "Dinas Kesehatan Provinsi Sumatera Selatan"),
        ("SDN 117 Palembang", "SDN 17 Palembang"),
        ("BBWS Sumatera VIII", "BBWS Sumatera VI"),
        ("Dinas Pertanian Kota Palembang", "Dinas Pertanahan Kota Palembang"),
        ("Sekretariat Daerah Kota Palembang", "Sekretariat DPRD Kota Palembang"),
        ("Kecamatan Ilir Barat I Kota Palembang", "Kecamatan Ilir Barat II Kota Palembang"),
    ],
)
def test_offices_of_other_places_numbers_or_tasks_are_never_one(one, other):
    assert offices((one, "16.71 16.02"), (other, "16.71 16.02")) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CV Karya Abadi", "CV Abadi Karya"),
        ("CV Maju Jaya", "PT Maju Jaya"),
        ("CV Maju", "CV Maju Jaya"),
        ("CV Mitra 1", "CV Mitra 2"),
        ("CV Nusa Dua", "CV Nusa Tua"),
    ],
)
def test_firms_of_other_words_order_form_or_numbers_are_never_one(one, other):
    assert firms(one, other) == []


def test_one_mistyped_letter_of_a_long_word_is_seen_and_that_of_a_place_too():
    assert offices(("Dinas Kesehatan Lahat", "16.04"), ("Dinas Kesehtan Lahat", "16.04")) == [
        ("Dinas Kesehatan Lahat", "Dinas Kesehtan Lahat", "close")
    ]
    assert offices(("Dinas Kesehatan Kota Palembang", "16.71"), ("Dinas Kesehatan Kota Palembnag", "16.71")) == [
        ("Dinas Kesehatan Kota Palembang", "Dinas Kesehatan Kota Palembnag", "close")
    ]
    assert firms("CV Sinar Bintang", "CV Sinar Bintnag") == [("CV Sinar Bintang", "CV Sinar Bintnag", "close")]


def test_the_similarity_from_which_a_word_counts_as_mistyped_is_four_letters_in_five():
    # One of five letters: 1 - 1/5 = 0,8, the threshold itself. Two of nine: 1 - 2/9 = 0,78, below it.
    assert names.CLOSE == 1 - 1 / 5
    assert firms("CV Bumen", "CV Bumer") == [("CV Bumen", "CV Bumer", "close")]
    assert firms("CV Makmurida", "CV Mekmurido") == []
    assert firms("CV Bume", "CV Bumi") == []  # too short to say


def test_a_word_that_stands_in_more_names_is_a_word_of_its_own():
    others = [f"CV {word} Persada" for word in ("Alfa", "Beta", "Gama")]
    assert firms("CV Sari Perkasa", "CV Sari Persasa") == [("CV Sari Perkasa", "CV Sari Persasa", "close")]
    rare, frequent = ["CV Sari Persana"], ["CV Sari Persada"]
    assert firms("CV Sari Persada", *rare, *others) == [("CV Sari Persada", "CV Sari Persana", "close")]
    more = [f"CV {word} Persana" for word in ("Alif", "Betawi", "Gamal")]
    assert firms(*frequent, *rare, *others, *more) == []


def test_a_short_form_of_an_office_is_suggested_where_both_work_in_the_same_places():
    renamed = ("Dinas PU Bina Marga Kota Palembang", "Dinas PU Bina Marga dan Tata Ruang Kota Palembang")
    assert offices((renamed[1], "16.71"), (renamed[0], "16.71")) == [(renamed[1], renamed[0], "part")]
    assert offices((renamed[1], "16.71"), (renamed[0], "16.02")) == []


def test_an_office_without_its_place_is_that_of_the_place_where_all_its_work_is():
    assert offices(("Dinas PUPR Kota Palembang", "16.71"), ("Dinas PUPR", "16.71")) == [
        ("Dinas PUPR Kota Palembang", "Dinas PUPR", "part")
    ]
    assert offices(("Dinas PUPR Kota Palembang", "16.71"), ("Dinas PUPR", "16.71 16.02")) == []
    # Of the province only what works in several of its kabupaten.
    assert offices(("Dinas PUPR Provinsi Sumatera Selatan", "16.71 16.02"), ("Dinas PUPR", "16.71")) == []
    assert offices(("Dinas PUPR Provinsi Sumatera Selatan", "16.71 16.02"), ("Dinas PUPR", "16.71 16.02")) == [
        ("Dinas PUPR Provinsi Sumatera Selatan", "Dinas PUPR", "part")
    ]


def test_each_name_is_suggested_once_beside_the_surest_and_most_frequent():
    found = offices(("Dinas PUPR OKI", "16.02"), ("Dinas PUPR Kab. OKI", "16.02"), ("DPUPR OKI", "16.02"))
    assert found == [
        ("Dinas PUPR OKI", "Dinas PUPR Kab. OKI", "key"),
        ("Dinas PUPR OKI", "DPUPR OKI", "key"),
    ]


def test_persons_whose_names_are_not_kept_are_not_one_contractor():
    assert firms("Perseorangan", "Perseoranga") == []


@given(
    st.lists(
        st.sampled_from(["CV. ", "pt ", "Maju", "Jaya ", "DINAS ", "oki", " dan ", "8", "VIII", "é", "(", "'"]),
        min_size=1,
    )
)
def test_a_name_is_always_like_itself_in_capitals_and_never_of_no_words(parts):
    name = "".join(parts)
    for shape in (office, firm):
        told, shouted = shape(name), shape(name.upper())
        assert (told.core, told.numbers, told.places) == (shouted.core, shouted.numbers, shouted.places)
        assert not told.core or all(told.core)


PROJECTS = """kode_proyek,nama_proyek,wilayah,pemilik,penyedia,mulai,selesai
P-1,Jalan,16.71,Dinas PUPR Kota Palembang,CV Maju Jaya,2024-05-10,2024-12-31
P-2,Jalan,16.71,Dinas PUPR Kota Palembang,"Maju Jaya, CV",2024-05-10,2024-12-31
P-3,Jalan,16.71,PUPR Palembang,CV Lain,2024-05-11,2024-12-31
P-4,Jalan,16.02,Dinas Kesehatan OKI,CV Lain,2024-05-11,2024-12-31
P-5,Jalan,Palembank,Dinas PUPR Kota Palembang,CV Lain,2024-05-11,2024-12-31
P-6,Jalan,Atlantis Raya Jaya,Dinas PUPR Kota Palembang,CV Lain,2024-05-11,2024-12-31
"""
TARGETS = """unit,tahun,indikator,segmen,jenis_hitungan,nilai,satuan,penerbit
Kacab Palembang,2024,pendaftaran proyek,jasa konstruksi,proyek,100,proyek,Kanwil
Cabang Palembang,2025,pendaftaran proyek,jasa konstruksi,proyek,100,proyek,Kanwil
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Home:
    folder = tmp_path_factory.mktemp("nama")
    home = Home(folder / "home")
    for name, text in {"proyek": PROJECTS, "target": TARGETS}.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
        import_file(home, folder / f"{name}.csv")
    publish(home, AS_OF)
    return home


def found_in(home: Home, grant: Grant | None = None) -> dict[str, tuple[str, str]]:
    edition = current_edition(home, grant or Grant(None, None))
    assert edition is not None
    return {found.other.name: (found.field, found.keep.name) for found in candidates(edition, aliases_of(home))}


def test_all_four_kinds_of_names_are_suggested_from_an_edition_with_what_speaks_for_it(home):
    assert found_in(home) == {
        "PUPR Palembang": ("pemilik", "Dinas PUPR Kota Palembang"),
        "Maju Jaya, CV": ("penyedia", "CV Maju Jaya"),
        "Kacab Palembang": ("unit", "Cabang Palembang"),
        "Palembank": ("wilayah", "16.71"),
    }
    edition = current_edition(home)
    assert edition is not None
    owner = next(one for one in candidates(edition, aliases_of(home)) if one.field == "pemilik")
    assert (owner.keep.count, owner.other.count, owner.keep.files, owner.same_places) == (2, 1, ("proyek.csv",), True)
    assert (owner.other.places, owner.other.first, owner.other.last) == (
        ("16.71",),
        date(2024, 5, 11),
        date(2024, 5, 11),
    )


def test_a_limited_grant_is_suggested_names_of_what_it_sees_only(home):
    assert found_in(home, Grant(frozenset({"16.71"}), None)) == {
        "PUPR Palembang": ("pemilik", "Dinas PUPR Kota Palembang"),
        "Maju Jaya, CV": ("penyedia", "CV Maju Jaya"),
    }
    assert found_in(home, Grant(frozenset({"16.02"}), None)) == {}
    assert found_in(home, Grant(None, frozenset({"PUPR Palembang"}))) == {}
    assert found_in(home, Grant(frozenset(), None)) == {}


def test_what_a_person_has_decided_is_not_suggested_again(tmp_path_factory, home):
    other = Home(tmp_path_factory.mktemp("nama") / "home")
    shutil.copytree(home.root, other.root)
    confirm(other, "pemilik", "PUPR Palembang", "Dinas PUPR Kota Palembang", LOCAL)
    reject(other, "penyedia", "CV Maju Jaya", "Maju Jaya, CV", LOCAL)
    confirm(other, "wilayah", "Palembank", "16.71", LOCAL)
    assert set(found_in(other)) == {"Kacab Palembang"}
