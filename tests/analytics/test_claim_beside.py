"""Figures that stand alone, and figures of earlier editions: what is stored beside them."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from analytics.claim_beside import beside
from analytics.claims import check
from data.access import Grant
from data.editions import current_edition, publish
from data.home import Home
from data.importers import import_file

JULY = date(2024, 7, 31)
REPORT = "wilayah,bulan,segmen,peserta_aktif,sumber\n"
ESTIMATES = """wilayah,sektor,per_tanggal,pekerja,sumber
16,konstruksi,2024-05-31,270000,Kanwil
16,konstruksi,2024-02-29,174890,BPS Sakernas
16.71,konstruksi,2024-05-31,100000,Kanwil
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Home:
    """Sumsel in June and July 2024: 100.000, then 123.000 of 270.000 (Kanwil) or 174.890 (BPS); Palembang 48.100 of
    100.000 in July. Edition 1 had 120.000 for July."""
    folder = tmp_path_factory.mktemp("klaim")
    home = Home(folder / "home")
    for name, text, day in (
        ("perkiraan", ESTIMATES, date(2024, 6, 1)),
        ("rekap", f"{REPORT}16,2024-06,JAKON,100000,Kanwil\n16.71,2024-07,JAKON,48100,Kanwil\n", date(2024, 8, 1)),
        ("juli", f"{REPORT}16,2024-07,JAKON,120000,Kanwil\n", date(2024, 8, 1)),
        ("ralat", f"{REPORT}16,2024-07,JAKON,123000,Kanwil\n", date(2024, 8, 20)),
    ):
        if name == "ralat":
            publish(home, as_of=date(2024, 8, 31))
        path = folder / f"{name}.csv"
        path.write_text(text, "utf-8")
        import_file(home, path, data_as_of=day)
    publish(home, as_of=date(2024, 8, 31))
    return home


def found(home: Home, text: str, grant: Grant | None = None):
    edition = current_edition(home, grant or Grant(None, None))
    return beside(home, edition, check(text))


def lone(home: Home, text: str) -> Any:
    [one] = found(home, text).lone
    return one


def test_a_lone_percentage_of_a_month_agrees_with_the_coverage_of_that_month(home):
    # 100 × 123.000 / 270.000 = 45,56.
    one = lone(home, "Cakupan Sumatera Selatan Juli 2024 mencapai 45,6 %")
    assert (one.verdict, one.stored.as_of, one.stored.numerator, one.edition) == ("consistent", JULY, 123_000, None)
    assert found(home, "Coverage of July 2024 was 45.6%").verdict == "consistent"


def test_it_may_be_true_under_another_estimate_of_the_workers(home):
    # 100 × 123.000 / 174.890 = 70,33.
    one = lone(home, "Cakupan Sumatera Selatan Juli 2024 70,3 %")
    assert (one.verdict, one.stored.denominator) == ("consistent", 174_890)


def test_a_lone_percentage_that_no_estimate_gives_is_inconsistent_by_how_much(home):
    one = lone(home, "Cakupan Sumatera Selatan Juli 2024 mencapai 50,0 %")
    assert (one.verdict, one.off_by) == ("inconsistent", 50 - Fraction(100 * 123_000, 270_000))
    assert found(home, "Cakupan Sumatera Selatan Juli 2024 mencapai 50,0 %").verdict == "inconsistent"


def test_what_only_an_earlier_edition_says_is_not_called_true_and_both_are_named(home):
    # 100 × 120.000 / 270.000 = 44,44 was published first, and corrected since.
    told = found(home, "Cakupan Sumatera Selatan Juli 2024 mencapai 44,4 %")
    [one] = told.lone
    assert one.stored is not None and one.instead is not None
    assert (one.verdict, one.edition, one.stored.numerator) == ("cannot_tell", 1, 120_000)
    assert (one.instead.as_of, one.instead.numerator) == (JULY, 123_000)
    assert told.verdict == "cannot_tell"
    share = found(home, "120 ribu dari 270 ribu pekerja, atau 44,4 %")
    assert (share.verdict, share.reason) == ("cannot_tell", "superseded")
    near: Any
    [near] = found(home, "120 ribu dari 270 ribu pekerja, atau 44,4 %").nearest
    assert (near.edition, near.stored.numerator, near.agrees) == (1, 120_000, ("percent", "numerator", "denominator"))


def test_the_place_that_is_named_is_the_one_compared(home):
    one = lone(home, "Cakupan Palembang Juli 2024 48,1 %")
    assert (one.verdict, one.stored.place) == ("consistent", "16.71")
    # The province's 45,6 % is not the city's, nor the city's of a sentence before.
    one = lone(home, "Cakupan Palembang Juli 2024 45,6 %")
    assert (one.verdict, one.stored.place, one.off_by) == ("inconsistent", "16.71", Fraction("45.6") - Fraction("48.1"))
    one = lone(home, "Palembang maju. Cakupan Sumatera Selatan Juli 2024 45,6 %")
    assert (one.verdict, one.stored.place) == ("consistent", "16")


@pytest.mark.parametrize(
    ("text", "part", "verdict"),
    [
        ("Juli 2024: 123 ribu peserta aktif", "numerator", "consistent"),
        ("Juli 2024: seratus dua puluh tiga ribu peserta aktif", "numerator", "consistent"),
        ("Juli 2024: 150 ribu peserta aktif", "numerator", "inconsistent"),
        ("Pada Juli 2024 ada 270 ribu pekerja", "denominator", "consistent"),
        ("Pada Juli 2024 ada 290 ribu pekerja", "denominator", "cannot_tell"),  # estimates differ
    ],
)
def test_a_lone_count_is_compared_with_members_or_workers_as_the_text_calls_it(home, text, part, verdict):
    one = lone(home, text)
    assert (one.part, one.verdict) == (part, verdict)


def test_where_only_a_year_is_named_a_figure_can_agree_and_never_contradict(home):
    assert lone(home, "Cakupan pada 2024 mencapai 45,6 %").verdict == "consistent"
    assert lone(home, "Cakupan pada 2024 mencapai 50 %").verdict == "cannot_tell"


@pytest.mark.parametrize("text", ["Cakupan 45,6 %", "Cakupan Desember 1999 45,6 %", "Cakupan Agustus 2024 45,6 %"])
def test_without_a_time_or_anything_stored_of_it_nothing_is_told(home, text):
    one = lone(home, text)
    assert (one.verdict, one.stored) == ("cannot_tell", None)


@pytest.mark.parametrize("text", ["17 kabupaten pada Juli 2024", "Target Juli 2024 50 %", "Juli 2024: 5.000 proyek"])
def test_what_is_no_figure_of_coverage_is_left_alone(home, text):
    assert found(home, text).lone == ()


@pytest.mark.parametrize(
    "text",
    [
        "Cakupan penempatan kerja Juli 2024 75,1 %",
        "Coverage of placements in July 2024 was 75.1 %",
        "Cakupan proyek terdaftar Juli 2024 80,5 %",
        "Cakupan semua sektor Juli 2024 40 %",
        "Cakupan perempuan Juli 2024 12 %",
        "Pertumbuhan cakupan Juli 2024 2 %",
        "Juli 2024: 226.908 peserta PU",
    ],
)
def test_what_may_be_another_measure_or_a_part_contradicts_nothing(home, text):
    assert found(home, text).lone == ()


def test_construction_is_the_sector_that_is_meant(home):
    assert lone(home, "Cakupan sektor konstruksi Juli 2024 45,6 %").verdict == "consistent"


def test_who_sees_nothing_of_a_place_is_told_nothing_of_it(home):
    grant = Grant(frozenset({"16.04"}), None)
    told = found(home, "Cakupan Sumatera Selatan Juli 2024 mencapai 50,0 %", grant)
    assert (told.verdict, [one.stored for one in told.lone]) == ("cannot_tell", [None])


CITY = Grant(frozenset({"16.71"}), None)  # Palembang had 48,1 % in July


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Peserta aktif Bali Juli 2024 sebanyak 48.100 orang.", "Bali"),
        ("Cakupan pekerja konstruksi Bali Juli 2024 mencapai 48,1 persen.", "Bali"),
        ("cakupan bali Juli 2024 50 %", "Bali"),
        ("Cakupan Sumatera Selatan Juli 2024 mencapai 45,6 %", "Sumatera Selatan"),
        ("Coverage of South Sumatra in July 2024 was 48.1%", "Sumatera Selatan"),
        ("Cakupan DKI Juli 2024 48,1 %", "Daerah Khusus Ibukota Jakarta"),
        ("Cakupan Bandung Juli 2024 48,1 %", "Kabupaten Bandung / Kota Bandung"),
        ("Cakupan Jambi Juli 2024 48,1 %", "Jambi"),
        ("Cakupan nasional Juli 2024 48,1 %", "Indonesia"),
        ("Cakupan Cabang Palembang Juli 2024 48,1 %", "Cabang Palembang"),
        ("Cakupan Palembang dan Bali Juli 2024 48,1 %", "Bali"),
        ("Bali maju. Cakupan Juli 2024 48,1 %", "Bali"),
    ],
)
def test_a_place_that_is_not_seen_is_compared_with_no_other(home, text, place):
    told = found(home, text, CITY)
    assert (told.verdict, told.reason) == ("cannot_tell", "outside_scope")
    assert [(one.verdict, one.stored, one.unseen) for one in told.lone] == [("cannot_tell", None, place)]


@pytest.mark.parametrize(
    "text",
    [
        "Cakupan Juli 2024 48,1 %",
        "Cakupan Palembang Juli 2024 48,1 %",
        "Cakupan PLG Juli 2024 48,1 %",
        "Bali maju. Cakupan Palembang Juli 2024 48,1 %",
        "Cakupan Juli 2024 di puncak 48,1 %",
    ],
)
def test_a_place_that_is_seen_or_none_is_compared_as_ever(home, text):
    [one] = found(home, text, CITY).lone
    assert (one.verdict, one.stored and one.stored.place, one.unseen) == ("consistent", "16.71", None)


def test_a_longer_name_is_not_the_shorter_one_that_is_seen(home):
    told = found(home, "Cakupan OKU Timur Juli 2024 50 %", Grant(frozenset({"16.01"}), None))
    assert [one.unseen for one in told.lone] == ["Kabupaten Ogan Komering Ulu Timur"]


def test_of_two_places_that_are_named_the_one_with_figures_does_not_answer_for_the_other(home):
    assert lone(home, "Cakupan Lahat dan Sumatera Selatan Juli 2024 50,0 %").verdict == "cannot_tell"
    assert lone(home, "Cakupan Palembang dan Sumatera Selatan Juli 2024 50,0 %").verdict == "inconsistent"


@pytest.mark.parametrize(
    ("text", "grant", "place"),
    [
        ("Bali Juli 2024: 48.100 dari 100.000 pekerja, atau 48,1 %", CITY, None),
        ("Palembang dan Bali: 48.100 dari 100.000 pekerja, atau 48,1 %", CITY, None),
        ("Bali Juli 2024: 123.000 dari 270.000 pekerja, atau 45,6 %", None, None),  # seen, and nothing is stored
        ("Palembang: 48.100 dari 100.000 pekerja, atau 48,1 %", CITY, "16.71"),
        ("48.100 dari 100.000 pekerja, atau 48,1 %", CITY, "16.71"),
    ],
)
def test_no_figure_of_another_place_stands_beside_a_share(home, text, grant, place):
    told = found(home, text, grant)
    [near] = told.nearest
    assert (told.verdict, near and near.stored.place) == ("consistent", place)


def test_without_an_edition_the_arithmetic_alone_is_judged(tmp_path):
    told = beside(Home(tmp_path), None, check("1 dari 2 pekerja, atau 50 %; cakupan Juli 2024 45,6 %"))
    assert (told.verdict, told.lone, told.nearest) == ("consistent", (), (None,))


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Cakupan Sumatera Selatan Juli 2024 baru 45,6 persen", "consistent"),
        ("Kepesertaan jasa konstruksi Sumatera Selatan Juli 2024 sebesar 55,6 %", "inconsistent"),
        ("Kepesertaan Sumatera Selatan Juli 2024 sebesar 55,6 %", "cannot_tell"),  # perhaps of all workers
        ("Cakupan peserta baru Sumatera Selatan Juli 2024 sebesar 55,6 %", "cannot_tell"),
    ],
)
def test_words_of_press_releases_name_the_coverage_of_construction(home, text, verdict):
    assert found(home, text).verdict == verdict


@pytest.mark.parametrize(
    "text",
    [
        "Pada Juli 2024 ada tambahan 9.388 orang peserta di Sumatera Selatan",
        "Juli 2024 peserta bertambah 9.388 orang dan berkurang 4.413 orang, sehingga bertambah bersih 4.975 orang",
        "Sepanjang Juli 2024, 4.413 peserta berhenti",
        "Juli 2024 peserta konstruksi Sumatera Selatan bertambah 8.812 orang",
        "Pada Juli 2024 peserta Sumatera Selatan naik 100.000 orang",
        "Masih dibutuhkan 92.000 peserta lagi pada Juli 2024",
        "Another 92,000 members are needed as of July 2024",
        "During July 2024, 94,130 members were counted at the desks",
        "Pada Juli 2024 tercatat 88.305 peserta yang namanya diketahui",
        "Pada Juli 2024 sudah 90.000 peserta menerima kartu digital",
        "Pada Juli 2024 ada 4.413 peserta di Kecamatan Ilir Timur",
        "Pada Juli 2024 cakupan Sumatera Selatan naik 3,7 persen",
    ],
)
def test_flows_gaps_and_parts_of_the_members_are_not_held_against_all_of_them(home, text):
    assert found(home, text).verdict == "cannot_tell"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Juli 2024: peserta bertambah menjadi 123.000 orang", "consistent"),
        ("Juli 2024: peserta bertambah menjadi 133.000 orang", "inconsistent"),
        ("Juli 2024: 12.300 peserta aktif", "inconsistent"),
        ("Pada Juli 2024 sebanyak 133.000 peserta Sumatera Selatan sudah terlindungi", "inconsistent"),
        ("In July 2024, 133,000 active members were covered in South Sumatra", "inconsistent"),
        ("Cakupan Juli 2024 kurang lebih 46 persen", "consistent"),
    ],
)
def test_what_the_members_came_to_is_compared(home, text, verdict):
    assert found(home, text).verdict == verdict


@pytest.mark.parametrize(
    ("text", "unchecked"),
    [
        ("Per Juli 2024 cakupan Sumatera Selatan 45,6 persen, naik 7,3 poin dari setahun sebelumnya", ["7,3 poin"]),
        ("123 ribu dari 270 ribu pekerja, atau 45,6 persen, di 17 kabupaten", ["17"]),
        ("123 ribu dari 270 ribu pekerja, atau 45,6 persen", []),
    ],
)
def test_the_figures_that_no_judgement_takes_up_are_told(home, text, unchecked):
    told = found(home, text)
    assert (told.verdict, [figure.text for figure in told.unchecked]) == ("consistent", unchecked)


def test_a_share_of_another_month_than_the_one_named_is_not_called_true(home):
    text = "123.000 dari 270.000 pekerja (45,6 %) terlindungi per {month} 2024"
    told = found(home, text.format(month="Juni"))
    near: Any
    [near] = told.nearest
    assert (told.verdict, told.reason) == ("cannot_tell", "other_month")
    assert (near.stored.as_of, near.is_other_month, near.instead.numerator) == (JULY, True, 100_000)
    told = found(home, text.format(month="Juli"))
    [near] = told.nearest
    assert (told.verdict, near.is_other_month, near.instead) == ("consistent", False, None)


def test_of_figures_that_agree_equally_the_month_named_is_taken(home):
    [near] = found(home, "12.345 dari 270.000 pekerja per Juni 2024").nearest
    assert near is not None and near.stored.as_of == date(2024, 6, 30)


def test_a_month_of_which_nothing_is_stored_contradicts_nothing_but_is_told(home):
    told = found(home, "123.000 dari 270.000 pekerja (45,6 %) terlindungi, kata Kanwil 5 September 2024")
    [near] = told.nearest
    assert near is not None and near.is_other_month
    assert (told.verdict, near.instead) == ("consistent", None)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Pada Juli 2024 sebanyak 133.000 dari 270.000 pekerja (49,3 %) terlindungi", "cannot_tell"),
        ("Pada Juli 2024 sebanyak 147.000 dari 270.000 pekerja (54,4 %) belum terlindungi", "consistent"),
        ("Sebanyak 133.000 dari 270.000 pekerja (49,3 %) terlindungi", "consistent"),  # names no time
    ],
)
def test_a_share_of_the_stored_workers_with_other_members_is_not_called_true(home, text, verdict):
    assert found(home, text).verdict == verdict
