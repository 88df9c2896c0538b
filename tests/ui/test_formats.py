"""Figures as officials write them (domain.md section 8), and their English equals."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui import formats


@pytest.mark.parametrize(
    ("value", "decimals", "indonesian", "english"),
    [
        (Decimal("1234567.8"), 1, "1.234.567,8", "1,234,567.8"),
        (1234567, 0, "1.234.567", "1,234,567"),
        (0, 0, "0", "0"),
        (-1500, 0, "−1.500", "−1,500"),
        (Fraction(1, 3), 2, "0,33", "0.33"),
        (None, 0, "–", "–"),
    ],
)
def test_numbers_carry_the_separators_of_the_language(value, decimals, indonesian, english):
    assert formats.number(value, "id", decimals) == indonesian
    assert formats.number(value, "en", decimals) == english


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (100 * 123_000 / 270_000, "45,6 %"),
        (100 * 122_500 / 275_000, "44,5 %"),
        (100 * 123_500 / 265_000, "46,6 %"),
        (100 * 689_970 / 172_882, "399,1 %"),
        (44.55, "44,6 %"),  # binary 44.5499…: read as it is written, then half up
        (Decimal("44.65"), "44,7 %"),  # half to even would say 44,6
        (0, "0,0 %"),
        (-0.04, "0,0 %"),
        (100, "100,0 %"),
    ],
)
def test_percentages_have_one_decimal_rounded_half_up(value, text):
    assert formats.percent(value, "id") == text


def test_english_percentages_have_no_space_before_the_sign():
    assert formats.percent(45.5555, "en") == "45.6%"
    assert formats.percent_range(44.545, 46.604, "en") == "44.5–46.6%"
    assert formats.percent_range(44.545, 46.604, "id") == "44,5–46,6 %"


@pytest.mark.parametrize(("change", "text"), [(3.2, "+3,2"), (-0.44, "−0,4"), (0.04, "0,0"), (-0.04, "0,0")])
def test_signed_points_show_no_sign_on_what_rounds_to_zero(change, text):
    assert formats.points(change, "id", signed=True) == text


@pytest.mark.parametrize(
    ("value", "shown", "money"),
    [
        ("52.1500", "52,15", "Rp52"),
        ("48.0000", "48", "Rp48"),
        ("13950000000.0000", "13.950.000.000", "Rp13,95 M"),
        ("16000000000", "16.000.000.000", "Rp16 M"),
        ("1234567", "1.234.567", "Rp1.234.567"),
    ],
)
def test_a_target_is_quoted_to_its_last_digit(value, shown, money):
    assert formats.stated(Decimal(value), "id") == shown
    assert formats.stated_rupiah(Decimal(value), "id") == money


def test_rupiah_is_whole_and_keeps_its_word_in_english():
    assert formats.rupiah(1234567, "id") == "Rp1.234.567"
    assert formats.rupiah(Decimal("446819130.5"), "id") == "Rp446.819.131"
    assert formats.rupiah(1234567, "en") == "Rp1,234,567"
    assert formats.rupiah(-1234567, "id") == "−Rp1.234.567"


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (950, "950", "950"),
        (999, "999", "999"),
        (1000, "1 ribu", "1 thousand"),
        (12_345, "12,3 ribu", "12.3 thousand"),
        (123_000, "123 ribu", "123 thousand"),
        (999_949, "999,9 ribu", "999.9 thousand"),
        (999_950, "1 jt", "1 million"),
        (1_200_000, "1,2 jt", "1.2 million"),
        (2_300_000_000, "2,3 M", "2.3 billion"),
        (999_950_000, "1 M", "1 billion"),
    ],
)
def test_m_means_miliar_and_never_million(value, indonesian, english):
    assert formats.short(value, "id") == indonesian
    assert formats.short(value, "en") == english


@given(st.integers(min_value=0, max_value=10**12))
def test_a_short_number_never_reads_a_thousand_of_a_scale_that_has_a_larger_one(value):
    assert not formats.short(value, "id").startswith(("1.000 ribu", "1.000 jt"))


def test_round_thousands_read_as_ribu_only_together():
    assert formats.persons([123_000, 270_000], "id") == ["123 ribu", "270 ribu"]
    assert formats.persons([126_872, 274_000], "id") == ["126.872", "274.000"]
    assert formats.persons([5_000, 270_000], "id") == ["5.000", "270.000"]
    assert formats.persons([0], "id") == ["0"]


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (7_360_000, 10_000, "7,36 jt"),
        (7_400_000, 100_000, "7,4 jt"),
        (123_000, 1_000, "123 ribu"),
        (8_100, 100, "8,1 ribu"),
        (950, 10, "950"),
        (3_000_000_000, 1_000_000, "3,000 M"),
    ],
)
def test_a_rounded_count_has_the_digits_of_its_unit(value, unit, text):
    assert formats.rounded_count(value, unit, "id") == text


def test_the_range_of_a_rounded_count_has_one_digit_more():
    assert formats.count_range(7_355_000.0, 7_365_000.0, "id") == "7,355–7,365 jt"
    assert formats.count_range(122_500.0, 123_500.0, "en") == "122.5–123.5 thousand"


def test_a_movement_carries_its_sign():
    assert [formats.moved(persons, "id") for persons in (1482, -69_118, 0)] == ["+1.482", "−69.118", "0"]


def test_dates_are_written_with_the_name_of_the_month():
    assert formats.day(date(2024, 7, 9), "id") == "9 Juli 2024"
    assert formats.day(date(2024, 7, 9), "en") == "9 July 2024"
    assert formats.day(None, "id") == "–"
    assert formats.day_of_month(date(2024, 7, 9), "id") == "9 Juli"
    assert formats.month(date(2024, 8, 31), "id") == "Agustus 2024"
    assert formats.short_month(date(2024, 8, 31), "id") == "Agu 2024"


@given(
    st.fractions(min_value=0, max_value=400, max_denominator=300_000),
    st.decimals(min_value="0.1", max_value=150, places=2),
    st.integers(0, 1),
)
def test_a_part_has_the_decimals_that_give_its_printed_share(exact, whole, least):
    part = float(exact)
    share = float(100 * Decimal(str(part)) / whole)
    decimals = formats.decimals_of_part(part, whole, share, least)
    printed = Decimal(formats.number(part, "en", decimals).replace(",", ""))
    assert decimals >= least
    assert formats.percent(100 * printed / whole, "en") == formats.percent(share, "en")


def test_a_part_beside_no_share_has_no_more_decimals_than_asked_for():
    assert formats.decimals_of_part(45.2708, Decimal(0), None, 1) == 1
    assert formats.decimals_of_part(45.2708, Decimal(48), None, 0) == 0
