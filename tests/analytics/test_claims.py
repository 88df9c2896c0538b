"""What sentences claim of their figures, by hand; what is true is never called untrue, and the other way round."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.claim_figures import MOST_CHARACTERS, MOST_FIGURES, read
from analytics.claims import check
from data.errors import CakupanError

THOUSAND, MILLION, MILIAR = 1000, 10**6, 10**9
SCALES = {"": 1, " ribu": THOUSAND, " juta": MILLION, " M": MILIAR}


def only(text):
    [claim] = check(text).claims
    return claim


def outcome(text):
    """The verdict, whose ranges hold their figures, or the sentence that refuses the text."""
    try:
        told = check(text)
    except CakupanError as refused:
        return str(refused)
    for figure in told.text.figures:
        assert figure.low <= figure.value, figure
        assert figure.high is None or figure.value <= figure.high, figure
    return told.verdict


def said(text):
    """(kind, value) of every figure."""
    return [(figure.kind, figure.value) for figure in read(text).figures]


def test_123_of_about_270_thousand_is_45_point_6_percent_from_44_5_to_46_6():
    claim = only("123 ribu dari sekitar 270 ribu pekerja, atau 45,6 persen")
    assert (claim.verdict, claim.value) == ("consistent", Fraction(100 * 123, 270))
    assert (claim.low, claim.high) == (Fraction(100 * 122_500, 275_000), Fraction(100 * 123_500, 265_000))


def test_without_the_word_for_about_the_closing_zero_of_270_thousand_is_meant():
    claim = only("123 ribu dari 270 ribu pekerja, atau 45,6 persen")
    assert (claim.low, claim.high) == (Fraction(100 * 122_500, 270_500), Fraction(100 * 123_500, 269_500))


def test_the_50_point_88_percent_of_bali_is_inconsistent_by_almost_a_point():
    claim = only("Cakupan Bali 50,88 % … yaitu 935.079 dari 1.873.899 pekerja")
    assert (claim.verdict, claim.low) == ("inconsistent", claim.high)
    assert claim.off_by == Fraction("50.88") - Fraction(100 * 935_079, 1_873_899)
    assert claim.beyond == Fraction("50.875") - Fraction(100 * 935_079, 1_873_899)
    assert only("50,88 % … 935.079 dari 1.873.899").verdict == "inconsistent"
    assert only("49,90 % … 935.079 dari 1.873.899").verdict == "consistent"


def test_more_than_everybody_is_consistent_and_flagged():
    claim = only("689.970 / 172.882 = 399 %")
    assert (claim.verdict, claim.notes, claim.value) == ("consistent", ("over_100",), Fraction(68_997_000, 172_882))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2,3 M", [("count", Fraction("2.3") * MILIAR)]),
        ("1,2 jt dan 270rb", [("count", Fraction("1.2") * MILLION), ("count", Fraction(270 * THOUSAND))]),
        ("2,5 million or 3 billion", [("count", Fraction("2.5") * MILLION), ("count", Fraction(3 * MILIAR))]),
        ("Rp494.248.735.331 dan Rp 13,95 M", [("rupiah", 494_248_735_331), ("rupiah", Fraction("13.95") * MILIAR)]),
        ("Rp445.269.130.928,83", [("rupiah", Fraction("445269130928.83"))]),
        ("APBN Rp3.621.300.000.000.000", [("rupiah", 3_621_300_000_000_000)]),
        ("naik 3,2 poin", [("points", Fraction("3.2"))]),
        ("up 3.2 percentage points", [("points", Fraction("3.2"))]),
        ("1,234 of 5,678 workers, 21.7%", [("count", 1234), ("count", 5678), ("percent", Fraction("21.7"))]),
        ("1.234 dari 5.678 pekerja", [("count", 1234), ("count", 5678)]),
        ("2024 pekerja", [("count", 2024)]),
        ("٤٥,٦ %", [("percent", Fraction("45.6"))]),
        ("berubah -0,4 poin", [("points", Fraction("-0.4"))]),
    ],
)
def test_numbers_are_read_as_officials_write_them(text, expected):
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "9 Juli 2024",
        "Perda 2/2022",
        "July 9, 2024",
        "per 31-12-2024 dan 2024-12-31",
        "31.12.2024",
        "Tahun 2024, triwulan 2",
        "2023-2024",
        "Permenaker 44/2015 Pasal 5 ayat 2",
        "14 hari kerja",
        "COVID-19 pada RT05",
        "Nomor 12/SE/2025",
        "",
        "tanpa angka",
    ],
)
def test_dates_references_and_codes_are_no_figures(text):
    assert said(text) == []
    assert (check(text).verdict, check(text).reason) == ("cannot_tell", "no_numbers")


def test_a_range_is_one_figure_with_its_own_rounding():
    [figure] = read("44,5–46,6 %").figures
    assert (figure.kind, figure.low, figure.high) == ("percent", Fraction("44.45"), Fraction("46.65"))
    [figure] = read("antara 2 dan 3 juta").figures
    assert (figure.low, figure.high) == (Fraction("1.5") * MILLION, Fraction("3.5") * MILLION)
    assert only("123 ribu dari sekitar 270 ribu, 44,5–46,6 %").verdict == "consistent"


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("270 ribu", 269_500, 270_500),
        ("sekitar 270 ribu", 265_000, 275_000),
        ("sekitar 123 ribu", 122_000, 124_000),
        ("sekitar 100 ribu", 95_000, 105_000),
        ("hampir 270 ribu", 260_000, 270_000),
        ("lebih dari 270 ribu", 270_000, None),
        ("270 ribu lebih", 270_000, None),
        ("kurang dari 270 ribu", 0, 270_000),
        ("270.000", 270_000, 270_000),
        ("sekitar 270.000", 265_000, 275_000),
    ],
)
def test_the_printed_digits_and_the_word_before_them_give_the_range(text, low, high):
    [figure] = read(text).figures
    assert (figure.low, figure.high) == (low, high)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("naik 3,2 poin dari 42,4 % menjadi 45,6 %", "consistent"),
        ("Cakupan naik 3,2 poin dari 42,4 % menjadi 45,6 %", "consistent"),
        ("Cakupan naik 4,2 poin dari 42,4 % menjadi 45,6 %", "inconsistent"),
        ("Lebih baik dari setahun sebelumnya. Cakupan naik 4,2 persen dari 42,4 % menjadi 45,6 %", "inconsistent"),
        ("Cakupan naik 4,2 persen dari 42,4 persen menjadi 45,6 persen", "inconsistent"),
        ("Peningkatan cakupan sebesar 4,2 persen dari 42,4 persen menjadi 45,6 persen", "inconsistent"),
        ("Penurunan kepesertaan 12 persen dari 120.500 menjadi 108.450 orang", "inconsistent"),
        ("An increase in coverage of 3.2 percent from 42.4 percent to 45.6 percent", "consistent"),
        ("Coverage grew by 4.2 percentage points from 42.4 percent to 45.6 percent", "inconsistent"),
        ("naik dari 42,4 % menjadi 45,6 %, atau 3,2 poin", "consistent"),
        ("dari 42,4 % naik 3,2 poin menjadi 45,6 %", "consistent"),
        ("naik dari 42,4 % menjadi 45,6 %", "consistent"),
        ("turun dari 42,4 % menjadi 45,6 %", "inconsistent"),
        ("naik dari 42,4 % menjadi 45,6 %, atau 3,4 poin", "inconsistent"),
        ("turun dari 45,6 % menjadi 42,4 %, atau 3,2 poin", "consistent"),
        ("naik 7,5 persen dari 42,4 % menjadi 45,6 %", "consistent"),  # 100 × 45,6 / 42,4 − 100 = 7,55
        ("naik dari 100 ribu menjadi 123 ribu, atau 23 %", "consistent"),
        ("naik dari 100 ribu menjadi 123 ribu, atau 30 %", "inconsistent"),
        ("rose from 42.4% to 45.6%, up 3.2 points", "consistent"),
        ("dari 42,4 % menjadi 45,6 %", "cannot_tell"),
    ],
)
def test_a_change_is_checked_by_its_points_its_percentage_or_its_word(text, verdict):
    assert only(text).verdict == verdict


@pytest.mark.parametrize(
    "text",
    [
        "Dari sekitar 270 ribu pekerja, baru 123 ribu yang menjadi peserta (45,6 %).",
        "45,6 persen dari 270 ribu pekerja, atau 123 ribu",
        "123 ribu atau 45,6 persen dari 270 ribu pekerja",
        "123 ribu (45,6 %) dari 270 ribu pekerja",
        "Pada 9 Juli 2024 (Perda 2/2022) 123 ribu dari 270 ribu pekerja terlindungi. Artinya 45,6 persen.",
        "123 thousand of about 270 thousand workers, or 45.6 percent",
        "Rp1,23 M dari Rp2,7 M (45,6 %)",
        "Rp1,23 M dari 2,7 M (45,6 %)",
        "Peserta 123 ribu, potensi 270 ribu, cakupan 45,6 %",
    ],
)
def test_a_share_is_found_in_whatever_order_it_is_told(text):
    claim = only(text)
    assert (claim.verdict, claim.value) == ("consistent", Fraction(100 * 123, 270))


@pytest.mark.parametrize(
    "text",
    [
        "123 ribu dari 270 ribu pekerja 51,2 persen",
        "123 ribu dari 270 ribu pekerja mencapai 51,2 persen",
        "123 ribu dari 270 ribu pekerja, cakupannya baru 51,2 persen",
        "123 ribu dari 270 ribu pekerja (sekitar 51,2 %)",
        "123 ribu dari 270 ribu pekerja, lebih dari 50 persen",
        "51,2 persen, yaitu 123 ribu dari 270 ribu pekerja",
        "(123.456/270.123) x 100% = 51,2%",
        "123rb/270rb = 51,2%",
        "12 dari 17 kabupaten/kota, atau 51,2 persen, sudah melapor",
        "naik dari 100 ribu menjadi 123 ribu, meningkat 30 %",
    ],
)
def test_a_percentage_that_the_text_binds_to_its_figures_is_judged(text):
    assert only(text).verdict == "inconsistent"


@pytest.mark.parametrize(
    "text",
    [
        "935.079 dari 1.873.899 pekerja (49.9%), naik dari 48.2%",
        "123.456 dari 270.123 pekerja, 45.7 persen",
        "123,456 of 270.123 workers, or 45.7 percent",
    ],
)
def test_a_count_in_full_keeps_its_thousands_whatever_mark_its_percentage_has(text):
    share = check(text).claims[-1]
    assert (share.verdict, share.first.value >= 123_456) == ("consistent", True)


def test_per_mille_is_a_tenth_of_a_percentage():
    assert said("12 ‰") == said("12 per mil") == [("percent", Fraction("1.2"))]
    [figure] = read("12 ‰").figures
    assert (figure.low, figure.high) == (Fraction("1.15"), Fraction("1.25"))
    assert only("1.234 dari 100.567 pekerja, atau 12 ‰").verdict == "consistent"  # 1000 × 1.234 / 100.567 = 12,27
    assert only("1.234 dari 100.567 pekerja, atau 13 ‰").verdict == "inconsistent"


def test_each_of_several_claims_has_its_own_percentage():
    told = check("50 % (10 dari 20) dan 70 % (30 dari 40), sedangkan 1 dari 4 (25 %)")
    assert [(claim.value, claim.verdict) for claim in told.claims] == [
        (100 * 10 // 20, "consistent"), (100 * 30 // 40, "inconsistent"), (100 * 1 // 4, "consistent"),
    ]  # fmt: skip
    assert (told.verdict, told.claims[1].off_by) == ("inconsistent", 70 - 100 * 30 // 40)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("123 ribu dari 270 ribu pekerja", "nothing_stated"),
        ("3 dari 0 pekerja (5 %)", "zero_denominator"),
        ("123.000 dari 270.000 pekerja, atau 45,8 %", "closing_zeros"),
        ("Rp2,3 M dari 4.600 pekerja (50 %)", "unequal_kinds"),
        ("1,2 jt dari Rp3 M (9 %)", "unequal_kinds"),
        ("Rp2,3 M dari 4,6 juta pekerja (50 %)", "unequal_kinds"),
        ("Peserta 10, potensi 20, naik 70 %", "no_relation"),
        ("Cakupan 45,6 %", "one_number"),
        ("12 dari 17 kabupaten sudah di atas 75 persen", "result_unsaid"),
    ],
)
def test_what_cannot_be_told_has_its_reason(text, reason):
    assert (check(text).verdict, check(text).reason) == ("cannot_tell", reason)


@pytest.mark.parametrize(
    "text",
    [
        "123 ribu dari 270 ribu pekerja, naik 3,2 persen",
        "123 ribu dari 270 ribu pekerja, target 50 %",
        "Target 50 %: 123 ribu dari 270 ribu pekerja",
        "dari 270 ribu pekerja, naik 20 ribu, 50 % terdaftar",
        "naik dari 100 ribu menjadi 123 ribu pekerja, cakupan 45,6 %",
        "naik dari 100 ribu menjadi 123 ribu pekerja, atau 45,6 % dari 270 ribu",
        "naik dari 100 ribu menjadi 123 ribu pekerja (dari 270 ribu)",
        "naik dari 42,4 % menjadi 45,6 %, masih 4,4 poin di bawah target",
        "Dari 3 juta pekerja, 270 ribu di jasa konstruksi dan 123 ribu (45,6 %) terdaftar",
        "Sumsel 31,33 % menjadi 51 % pada Agustus 2025",
        "lebih dari 100 ribu orang dan 20 ribu keluarga (50 %)",
        "100 ribu orang, kurang dari 200 ribu keluarga, 60 %",
        "Dari 17 kabupaten/kota, 5 sudah di atas 50 persen",
        "5 dari 17 kabupaten/kota mencapai cakupan di atas 50 persen",
        "12 dari 17 OPD sudah melapor, dengan 85 persen proyek terdaftar",
        "Cakupan Sumsel 45,6 persen. Sebanyak 12 dari 17 kabupaten/kota sudah melapor.",
        "Palembang peringkat 3 dari 17 kabupaten/kota dengan cakupan 45,6 persen",
        "Palembang berada di urutan 3 dari 17 kabupaten/kota (45,6 persen)",
        "123.000 peserta dari 270.000 pekerja; 60 persen di antaranya laki-laki",
        "123.000 dari 270.000 pekerja terlindungi, sedangkan nasional 52,15 persen",
        "123 ribu dari 270 ribu pekerja belum terlindungi, 45,6 persen sudah",
        "20.305 proyek dari 78 pemilik, 73,9 persen di antaranya terdaftar",
        "Rp5 miliar dari APBD dan Rp2 miliar dari APBN, 71 persen",
        "1.200 pekerja dari Palembang, 300 dari Lahat, 80 persen laki-laki",
        "Iuran JKK 0,21 % dan JKM 0,03 % dari Rp100.000.000, jadi Rp240.000",
        "Denda 2 % dari iuran Rp1.000.000 per bulan, atau Rp20.000",
        "45,6 persen dari 270 ribu pekerja di 17 kabupaten/kota sudah terlindungi",
        "jumlah pekerja naik dari 100.000 menjadi 123.000, sementara proyek naik 12 persen",
        "naik dari 100 ribu (2024) ke 123 ribu (2025), rata-rata 11 persen per tahun",
        "naik 3 kali dari 40 menjadi 120",
        "Rapat pukul 10:30 WIB, cakupan 45,6 %",
        "Telp. 0711/354567. Cakupan 45,6 %",
        "Hubungi +62 812 3456 7890: 123 ribu dari 270 ribu, 45,6 %",
    ],
)
def test_figures_of_something_else_never_make_a_sentence_untrue(text):
    assert check(text).verdict != "inconsistent"


@pytest.mark.parametrize(
    "number",
    [
        "1671014107900001",
        "1671 0141 0790 0001",
        "16.71.01.410790.0001",
        "16710141\u200b07900001",
        "１６７１０１４１０７９００００１",
    ],
)
def test_what_could_be_a_nik_is_refused_and_not_repeated(number):
    with pytest.raises(CakupanError, match="NIK") as refused:
        check(f"{number} dari 270 ribu")
    assert not [run for run in ("1671", "0790", "9000", "16.71") if run in str(refused.value)]


@pytest.mark.parametrize(
    "text",
    ["1" * 15 + "," * 5000, "1." * 4999, "1.234" * 1999, "sekitar " * 1200, " " * 9999 + "1", "dari (" * 1600,
     "\u202e" * 9000 + "5 %", "1/" * 4000, "'; drop table x; --", "<script>1 dari 2</script>", "\x00\x1b[31m5 %",
     "9" * 15, "naik dari 1 menjadi 2" + "(" * 9000 + ". naik 3",
     "naik dari 1 menjadi 2 naik " + "rp rp. " * 1200 + "3",
     "naik dari 1 menjadi 2 " + "orang pada " * 850 + "naik 3", "naik dari 1 menjadi 2, naik 1. " * 60],
)  # fmt: skip
def test_hostile_text_is_read_or_refused_in_a_sentence(text):
    assert len(outcome(text)) < 200


def test_long_texts_and_many_figures_are_refused():
    with pytest.raises(CakupanError, match=str(MOST_CHARACTERS + 1)):
        check("a" * (MOST_CHARACTERS + 1))
    with pytest.raises(CakupanError, match=str(MOST_FIGURES)):
        check("5 dan " * (MOST_FIGURES + 1))


@given(st.text(max_size=200) | st.text("0123456789.,% -/()dariatunkjeoMRp", max_size=120))
def test_any_text_is_read_or_refused(text):
    assert outcome(text)


def rounded(value, unit):
    """Half-up to the unit, by hand: what a printed figure is of a true one."""
    return (value / unit + Fraction(1, 2)).__floor__() * unit


def printed(value, decimals=0):
    """1.045,60 of 1045.6: an Indonesian number with as many decimals."""
    digits = f"{int(value * 10**decimals):0{decimals + 1}d}"
    whole, part = (digits, "") if decimals == 0 else (digits[:-decimals], "," + digits[-decimals:])
    return f"{int(whole):,}".replace(",", ".") + part


counts = st.integers(1, 10**10)
scales = st.sampled_from(list(SCALES))
shares = st.sampled_from(
    ["{part} dari {whole} pekerja, atau {pct} persen", "{pct} % ({part} dari {whole})",
     "dari {whole}, {part} ({pct} %)", "{pct} persen dari {whole} pekerja, yaitu {part}"]
)  # fmt: skip


@st.composite
def true_shares(draw):
    """A true part and whole, each printed at a rounding that leaves something of it, and the true percentage."""
    whole, part = draw(counts), draw(counts)
    words, told = draw(st.tuples(scales, scales)), []
    for value, word in zip((part, whole), words, strict=True):
        decimals = draw(st.integers(0, 3)) if SCALES[word] > 1 else 0
        shown = rounded(Fraction(value), Fraction(SCALES[word], 10**decimals)) / SCALES[word]
        told.append((shown, decimals, word))
    decimals = draw(st.integers(0, 3))
    return Fraction(100 * part, whole), told, decimals


@given(true_shares(), shares)
def test_a_sentence_of_true_numbers_at_any_rounding_is_never_inconsistent(true, sentence):
    pct, [part, whole], decimals = true
    told = sentence.format(
        part=printed(*part[:2]) + part[2],
        whole=printed(*whole[:2]) + whole[2],
        pct=printed(rounded(pct, Fraction(1, 10**decimals)), decimals),
    )
    if part[0] and whole[0]:
        assert check(told).verdict == "consistent", told


@given(st.integers(1, 999_999), st.integers(1, 999_999), st.integers(1, 3), st.integers(1, 10**6), shares)
def test_a_percentage_off_by_more_than_the_rounding_is_inconsistent(part, whole, decimals, more, sentence):
    unit = Fraction(1, 10**decimals)
    stated = rounded(Fraction(100 * (part * 10 + 1), whole * 10 + 3), unit) + more * unit
    told = sentence.format(part=printed(part * 10 + 1), whole=printed(whole * 10 + 3), pct=printed(stated, decimals))
    claim = only(told)
    assert claim.verdict == "inconsistent", told
    assert claim.off_by == stated - Fraction(100 * (part * 10 + 1), whole * 10 + 3)


def naive_share_verdict(part, whole, stated):
    """Tries the corners of a finely divided range instead of reasoning about it; each is (value, half)."""
    steps = [Fraction(step, 4) for step in range(-4, 5)]
    found = [100 * (part[0] + one * part[1]) / (whole[0] + other * whole[1]) for one in steps for other in steps]
    return min(found) <= stated[0] + stated[1] and max(found) >= stated[0] - stated[1]


@given(st.integers(1, 999), st.integers(1, 999), st.integers(0, 2000))
def test_the_verdict_is_that_of_trying_the_numbers(part, whole, tenths):
    half = Fraction(1, 2)
    possible = naive_share_verdict((part, half), (whole, half), (Fraction(tenths, 10), Fraction(1, 20)))
    told = f"{part} ribu dari {whole} ribu pekerja, atau {printed(Fraction(tenths, 10), 1)} persen"
    assert only(told).verdict == ("consistent" if possible else "inconsistent"), told


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("seratus dua puluh tiga ribu", 122_500, 123_500),
        ("setengah juta", 450_000, 550_000),
        ("satu setengah juta", 1_450_000, 1_550_000),
        ("dua juta tiga ratus ribu", 2_299_500, 2_300_500),
        ("seribu lima ratus", 1500, 1500),
        ("sekitar dua ratus tujuh puluh ribu", 265_000, 275_000),
        ("lebih dari tiga juta", 3_000_000, None),
        ("empat puluh lima koma enam persen", Fraction("45.55"), Fraction("45.65")),
        ("lima belas persen", Fraction("14.5"), Fraction("15.5")),
        ("one hundred and twenty-three thousand", 122_500, 123_500),
        ("half a million", 450_000, 550_000),
        ("forty-five point six percent", Fraction("45.55"), Fraction("45.65")),
        ("two million three hundred thousand", 2_299_500, 2_300_500),
    ],
)
def test_numbers_in_words_are_read_as_those_in_digits_are(text, low, high):
    [figure] = read(text).figures
    assert (figure.low, figure.high, figure.text in text) == (low, high, True)


@pytest.mark.parametrize(
    "text",
    [
        "salah satu dari dua kabupaten",
        "ratusan ribu",
        "beberapa juta",
        "empat belas hari kerja",
        "tahun dua ribu dua puluh empat",
        "dua ratus juta ribu",
        "one of the two",
        "Setengah jalan",
    ],
)
def test_ordinary_words_years_and_durations_are_no_figures(text):
    assert said(text) == []


def test_claims_in_words_are_judged_like_those_in_digits():
    claim = only("seratus dua puluh tiga ribu dari sekitar dua ratus tujuh puluh ribu pekerja, atau 45,6 persen")
    assert (claim.verdict, claim.value) == ("consistent", Fraction(100 * 123, 270))
    assert only("one hundred and twenty-three thousand of 270 thousand workers, or 54.6%").verdict == "inconsistent"


UNITS = ("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")


def below_thousand(number):
    """As it is spoken, by another way than it is read: hundreds, then ten and teens, then tens."""
    hundreds, rest = divmod(number, 100)
    words = ["seratus"] if hundreds == 1 else [UNITS[hundreds], "ratus"] if hundreds else []
    if rest in (10, 11):
        words.append("sepuluh" if rest == 10 else "sebelas")
    elif 11 < rest < 20:
        words += [UNITS[rest - 10], "belas"]
    else:
        words += ([UNITS[rest // 10], "puluh"] if rest >= 20 else []) + [UNITS[rest % 10]]
    return " ".join(word for word in words if word)


@given(st.integers(1, 999), st.integers(0, 999))
def test_every_number_of_thousands_is_read_as_it_is_spoken(thousands, rest):
    spoken = "seribu" if thousands == 1 else f"{below_thousand(thousands)} ribu"
    [figure] = read(f"{spoken} {below_thousand(rest)}".strip() + " pekerja").figures
    assert figure.value == thousands * THOUSAND + rest
    assert figure.low is not None and figure.high is not None
    assert figure.high - figure.low == (0 if rest else THOUSAND)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("100 + 23 = 123", "consistent"),
        ("100 + 23 + 7 = 131", "inconsistent"),
        ("123 peserta = 100 + 23", "consistent"),
        ("Rp446.819.131 = Rp402.182.217,84 + Rp44.636.913,09", "consistent"),
        ("Rp446.819.131 = Rp402.182.217,84 + Rp44.636.914,09", "inconsistent"),
        ("123 ribu peserta terdiri atas 100 ribu laki-laki dan 23 ribu perempuan", "consistent"),
        ("123 ribu peserta terdiri dari 100 ribu laki-laki dan 33 ribu perempuan", "inconsistent"),
        ("100 proyek APBD ditambah 23 proyek APBN menjadi 123 proyek", "consistent"),
        ("Terdaftar 100 pekerja, 20 pekerja dan 3 pekerja, totalnya 124 pekerja", "inconsistent"),
        ("Rp1,2 M + Rp0,8 M = Rp2,0 M", "consistent"),
        ("Rp1,2 M + Rp0,8 M = Rp2,3 M", "inconsistent"),
        ("45,6 % ditambah 54,4 % menjadi 100 %", "consistent"),
        ("270 workers consist of 123 members and 147 others", "consistent"),
        ("seratus ribu ditambah dua puluh tiga ribu menjadi 123 ribu", "consistent"),
    ],
)
def test_what_is_said_to_add_up_is_added(text, verdict):
    claim = only(text)
    assert (claim.kind, claim.verdict) == ("sum", verdict)


def test_a_sum_may_miss_by_as_much_as_its_parts_are_rounded():
    # 1,2 M is 1,15 to 1,25 M and 0,8 M 0,75 to 0,85 M: together 1,90 to 2,10 M; 2,1 M begins at 2,05 M, 2,2 M at 2,15.
    claim = only("Rp1,2 M + Rp0,8 M = Rp2,1 M")
    assert (claim.low, claim.high) == (Fraction("1.9") * MILIAR, Fraction("2.1") * MILIAR)
    assert claim.verdict == "consistent"
    off = only("Rp1,2 M + Rp0,8 M = Rp2,2 M")
    assert (off.verdict, off.off_by, off.beyond) == (
        "inconsistent", Fraction("0.2") * MILIAR, Fraction("0.05") * MILIAR,
    )  # fmt: skip


def test_a_sum_and_its_share_are_two_claims_of_one_sentence():
    told = check("123 orang terdiri atas 100 laki-laki dan 23 perempuan; 100 dari 200 pekerja, atau 60 %")
    assert [(claim.kind, claim.verdict) for claim in told.claims] == [("sum", "consistent"), ("share", "inconsistent")]


@pytest.mark.parametrize(
    "text",
    [
        "10 proyek dan 20 pekerja, totalnya 3 paket",
        "10 proyek, 20 pekerja",
        "naik dari 10 menjadi 20",
        "10 dan 20, sedangkan total 40 tahun lalu",
        "10 + 20",
        "123 = 123",
    ],
)
def test_figures_in_a_row_are_not_added_unless_the_text_says_so(text):
    assert [claim.kind for claim in check(text).claims if claim.kind == "sum"] == []


@given(st.lists(st.integers(1, 10**6), min_size=2, max_size=6), st.integers(-3, 3), st.sampled_from(("+", "ditambah")))
def test_a_sum_of_counts_printed_in_full_is_consistent_only_when_it_is_right(parts, off, word):
    total = sum(parts) + off
    if total <= 0:
        return
    claim = only(f" {word} ".join(printed(part) for part in parts) + f" = {printed(total)}")
    assert (claim.kind, claim.value) == ("sum", sum(parts))
    rounded_ones = any(number % 1000 == 0 for number in (*parts, total))
    assert claim.verdict == ("consistent" if off == 0 else "cannot_tell" if rounded_ones else "inconsistent")


def test_a_change_begins_in_its_own_sentence():
    claim = only("Lebih baik dari setahun sebelumnya. Cakupan naik 3,2 persen dari 42,4 persen menjadi 45,6 persen")
    assert [figure.text for figure in (claim.first, claim.second)] == ["42,4 persen", "45,6 persen"]


@pytest.mark.parametrize(("stated", "notes"), [("3,2", ("in_points",)), ("7,5", ())])
def test_percent_of_percents_may_be_points_or_relative_and_points_are_noted(stated: str, notes: tuple[str, ...]):
    claim = only(f"Cakupan naik {stated} persen dari 42,4 persen menjadi 45,6 persen")
    assert (claim.verdict, claim.notes) == ("consistent", notes)


@pytest.mark.parametrize(("share", "verdict"), [("8,8", "consistent"), ("18,8", "inconsistent")])
def test_a_change_told_as_a_count_and_as_a_percentage_is_checked_twice(share, verdict):
    # 127.297 − 117.000 = 10.297, and 100 × 10.297 / 117.000 = 8,80.
    told = check(f"Peserta naik dari 117.000 menjadi 127.297 orang, bertambah 10.297 orang ({share} persen).")
    assert [claim.verdict for claim in told.claims] == ["consistent", verdict]
    assert told.verdict == verdict


GREW, ROSE = "Peserta naik dari 115.385 menjadi 127.297 orang", "Members grew from 115,385 to 127,297"  # by 11.912


@pytest.mark.parametrize(
    ("size", "verdict"),
    [
        (f"{GREW}, bertambah 11.912 orang", "consistent"),
        (f"{GREW}, bertambah 21.912 orang", "inconsistent"),
        (f"{GREW}, bertambah 11.921 orang atau 10,3 persen", "inconsistent"),
        (f"{GREW}, atau tumbuh 10,3 persen", "consistent"),
        (f"{GREW}, atau tumbuh 20,3 persen", "inconsistent"),
        (f"{GREW} dengan pertumbuhan 20,3 persen", "inconsistent"),
        (f"{GREW} pada Juni 2025, bertambah 21.912 orang", "inconsistent"),
        (f"{GREW}. Kenaikannya 11.912 orang.", "consistent"),
        (f"{GREW}. Kenaikannya 21.912 orang.", "inconsistent"),
        ("Peserta turun dari 123.096 menjadi 82.120 orang, berkurang 40.796 orang", "inconsistent"),
        ("Iuran naik dari Rp1,2 miliar menjadi Rp1,5 miliar, bertambah Rp300 juta", "consistent"),
        ("Iuran naik dari Rp1,2 miliar menjadi Rp1,5 miliar, bertambah Rp700 juta", "inconsistent"),
        (f"{GREW}. Artinya bertambah 21.912 orang.", "inconsistent"),
        (f"{GREW}, ada penambahan sebanyak 21.912 orang", "inconsistent"),
        (f"{GREW}, bertambah lagi 21.912 orang", "inconsistent"),
        ("Peserta turun dari 123.096 menjadi 82.120 orang, hilang 50.976 orang", "inconsistent"),
        ("Proyek berkurang dari 150 menjadi 120 paket, turun 30 paket", "consistent"),
        ("Proyek berkurang dari 150 menjadi 120 paket, turun 40 paket", "inconsistent"),
        ("The backlog shrank from 150 to 120 files, a reduction of 50 files", "inconsistent"),
        ("Peserta menyusut dari 123.096 menjadi 82.120 orang, atau susut 50.976 orang", "inconsistent"),
        (f"{ROSE}, an increase of 11,912", "consistent"),
        (f"{ROSE}, an increase of 21,912", "inconsistent"),
        (f"{ROSE}, gaining 21,912", "inconsistent"),
        (f"{ROSE}, an increase of 20.3 percent", "inconsistent"),
        ("Coverage rose 3.7 percentage points, from 42.7% to 47.4%", "inconsistent"),
        ("Coverage rose by 5.7 points from 42.7 percent to 46.5 percent", "inconsistent"),
    ],
)
def test_the_size_of_a_change_told_behind_it_is_judged(size, verdict):
    assert check(size).verdict == verdict


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"{GREW}, bertambah 2.000 orang di Palembang saja", "result_unsaid"),
        (f"{GREW}, bertambah 9.000 laki-laki dan 2.912 perempuan", "result_unsaid"),
        (f"{GREW}, bertambah 12 kabupaten", "result_unsaid"),
        (f"{GREW}, 15.000 orang lebih sedikit dari target", "result_unsaid"),
        ("Cakupan naik dari 42,7 % menjadi 46,5 %, 6 poin lebih tinggi daripada nasional", "result_unsaid"),
        (f"{GREW}, bertambah 4.975 orang bulan lalu", "result_unsaid"),
        (f"{GREW}, pada Juni bertambah 4.975 orang", "result_unsaid"),
        (f"{ROSE}, up 4.1 percent month on month", "result_unsaid"),
        (f"{ROSE}, a 20.3 percent increase", "result_unsaid"),
        (f"{ROSE} (+20.3 percent)", "result_unsaid"),
        (f"{GREW}, berkurang 11.912 orang", "result_unsaid"),
        (f"{ROSE}, up 2,100 in June alone", "result_unsaid"),
        ("naik tiga kali lipat dari 41 ribu menjadi 82 ribu", "multiple"),
        ("naik tiga kali lipat dari 41 ribu menjadi 82 ribu, bertambah 41 ribu", "multiple"),
        ("Members fell by half, from 123,096 to 82,120", "multiple"),
    ],
)
def test_the_word_of_a_direction_alone_proves_nothing_where_the_text_tells_more(text, reason):
    assert (check(text).verdict, check(text).reason) == ("cannot_tell", reason)


@pytest.mark.parametrize(
    "text",
    [
        f"{GREW} untuk pertama kali",
        "Coverage rose from 42.7% to 46.5%, 6 points above the national average",
        f"{GREW}. Proyek bertambah 300.",
        f"{ROSE} in the first half of 2025",
        "naik dari setengah juta menjadi 600 ribu",
    ],
)
def test_what_is_no_size_of_the_change_leaves_its_direction_judged(text):
    assert check(text).verdict == "consistent"


COVERED = "Dari 274.000 pekerja, 127.297 (46,5 persen) terlindungi"  # 146.703 are left: 100 × 146.703 / 274.000 = 53,54


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (f"{COVERED} dan 146.703 (53,5 persen) belum", "consistent"),
        (f"{COVERED} dan 146.703 (63,5 persen) belum", "inconsistent"),
        (f"{COVERED}, sedangkan 146.703 orang atau 63,5 persen belum", "inconsistent"),
        (f"{COVERED}. Sebanyak 146.703 (63,5 persen) belum.", "inconsistent"),
        ("Of 274,000 workers, 127,297 (46.5 percent) are covered and 146,703 (53.5 percent) are not", "consistent"),
        ("Of 274,000 workers, 127,297 (46.5 percent) are covered and 146,703 (63.5 percent) are not", "inconsistent"),
        ("127,297 of 274,000 workers (46.5 percent) are covered, 146,703 (63.5 percent) are not", "inconsistent"),
        ("Dari 1.000 pekerja, 500 (50 %) tetap, 300 (30 %) kontrak dan 200 (20 %) harian", "consistent"),
        ("Dari 1.000 pekerja, 500 (50 %) tetap, 300 (30 %) kontrak dan 200 (25 %) harian", "inconsistent"),
        (f"{COVERED} dan 12.000 (9,4 persen) di antaranya perempuan", "consistent"),  # of the 127.297
        (f"{COVERED}, sementara di Palembang 34.670 (52,5 persen)", "cannot_tell"),
        (f"{COVERED} dan 88.305 kartu (65 persen) dibagikan", "cannot_tell"),
        (f"{COVERED} dan 1.200 proyek (70 persen) terdaftar", "cannot_tell"),
        (f"{COVERED}; 34.670 (52,5 persen) di Palembang", "consistent"),
    ],
)
def test_every_part_of_a_whole_is_checked_by_its_own_percentage(text, verdict):
    assert check(text).verdict == verdict
