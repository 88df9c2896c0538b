"""What texts mean: dates, numbers, yes and no."""

from datetime import date
from decimal import Decimal

import pytest

from data.importers.meanings import (
    TYPED,
    decide_decimal_mark,
    read_boolean,
    read_count,
    read_date,
    read_money,
    read_month_end,
    read_number,
    read_percent,
)

TODAY = date(2025, 6, 30)


@pytest.mark.parametrize(
    "text",
    [
        "9/7/2024", "09/07/2024", "09-07-2024", "9.7.2024", "2024-07-09", "2024/7/9", "2024-07-09T00:00:00",
        "2024-07-09 23:59:59", "2024-07-09T23:30:00.000000Z", "9 Juli 2024", "9 Jul 2024", "09-Jul-2024",
        "Selasa, 9 Juli 2024", "9 JULI 2024", "9 July 2024", "9-Jul-24", "09 Juli 24", f"{TYPED}2024-07-09",
        f"{TYPED}2024-07-09 00:00:00", f"{TYPED}45482", f"{TYPED}45482.75",
    ],
)  # fmt: skip
def test_a_day_is_read_as_written_with_the_day_first(text: str):
    assert read_date(text, TODAY).value == date(2024, 7, 9)


@pytest.mark.parametrize(
    ("text", "month"),
    [("1 Agt 2024", 8), ("1 Agustus 2024", 8), ("1 Pebruari 2024", 2), ("1 Okt 2024", 10), ("1 Mei 2024", 5)],
)
def test_indonesian_months_are_known_by_their_usual_spellings(text: str, month: int):
    assert read_date(text, TODAY).value == date(2024, month, 1)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("31/02/2024", "tanggal_mustahil"),
        ("29/02/2023", "tanggal_mustahil"),
        ("7/13/2024", "tanggal_mustahil"),
        ("0/1/2024", "tanggal_mustahil"),
        ("9/7/24", "bukan_tanggal"),
        ("9-Jul-224", "bukan_tanggal"),
        ("9-Jul-45", "tanggal_terlalu_jauh"),
        ("9 Juri 2024", "bukan_tanggal"),
        ("segera", "bukan_tanggal"),
        ("45482", "bukan_tanggal"),
        (f"{TYPED}2024", "tanggal_terlalu_lampau"),
        (f"{TYPED}true", "bukan_tanggal"),
        ("1/1/0001", "tanggal_terlalu_lampau"),
        ("1/1/9999", "tanggal_terlalu_jauh"),
    ],
)
def test_what_is_no_day_says_why(text: str, problem: str):
    assert read_date(text, TODAY).problem == problem


@pytest.mark.parametrize(
    "text", ["2024-02", "02/2024", "Februari 2024", "Feb 2024", "Feb-24", "29-Feb-24", "2024-02-01", "29/2/2024"]
)
def test_a_month_is_read_as_its_last_day(text: str):
    assert read_month_end(text, TODAY).value == date(2024, 2, 29)


@pytest.mark.parametrize("text", ["2024-13", "00/2024", "Juri 2024", "2024"])
def test_what_is_no_month_has_no_value(text: str):
    assert read_month_end(text, TODAY).value is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.234.567,8", "1234567.8"),
        ("1,234,567.8", "1234567.8"),
        ("Rp1.234.567", "1234567"),
        ("Rp 1.234.567,00", "1234567"),
        ("Rp. 1.234.567,-", "1234567"),
        ("IDR 1.234.567", "1234567"),
        ("1234567.8", "1234567.8"),
        ("1234567,8", "1234567.8"),
        ("1 234 567", "1234567"),
        ("0.123", "0.123"),
        ("1234.567", "1234.567"),
        ("1.234.567", "1234567"),
        ("12", "12"),
        ("-12", "-12"),
        ("(12)", "-12"),
        ("\u221212", "-12"),
        (f"{TYPED}1.234", "1.234"),
        (f"{TYPED}1e+16", "1e16"),
    ],
)
@pytest.mark.parametrize("mark", [",", "."])
def test_an_unambiguous_number_means_the_same_whatever_the_file_decides(text: str, number: str, mark: str):
    assert read_number(text, mark) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "mark", "number"),
    [("1.234", ",", "1234"), ("1.234", ".", "1.234"), ("1,234", ",", "1.234"), ("1,234", ".", "1234"),
     ("12.500", ",", "12500"), ("Rp1.500", ",", "1500")],
)  # fmt: skip
def test_an_ambiguous_number_follows_the_files_mark(text: str, mark: str, number: str):
    assert read_number(text, mark) == Decimal(number)


@pytest.mark.parametrize("text", ["", "-", "Rp", "1.23.456", "1,234,56", "1.2.3", "12a", "1..2", "1e5", "0x10", "NaN",
                                  "inf", "1_000", "٣", "1.234.567.8", "1,234.567,8", ".5"])  # fmt: skip
def test_what_is_no_number_is_none(text: str):
    assert read_number(text, ",") is None


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        ([], ","),
        (["1.234", "5"], ","),
        (["1.234", "1.234.567,8"], ","),
        (["1.234", "1234567.8"], "."),
        (["1.234", "1234567.8", "1.234.567", "45,6"], ","),
        (["1.234", "1234567.8", "45,6"], ","),
        (["1,234", "1,234,567"], "."),
        (["1.234", f"{TYPED}1234.5"], ","),
    ],
)
def test_the_unambiguous_numbers_of_a_file_decide_its_decimal_mark(texts: list[str], mark: str):
    assert decide_decimal_mark(texts)[0] == mark


def test_the_decision_is_told_only_where_something_hangs_on_it():
    assert decide_decimal_mark(["12", "1.234.567"])[1] is None
    assert decide_decimal_mark(["1.234"])[1] == (
        "Angka seperti '1.234' dibaca dengan titik sebagai pemisah ribuan, menurut kebiasaan Indonesia."
    )
    assert "titik sebagai tanda desimal, menurut angka lain" in (decide_decimal_mark(["1.234", "5.75"])[1] or "")


def test_money_keeps_two_decimals_rounded_half_up():
    assert read_money(f"{TYPED}445269130928.825", ",").value == Decimal("445269130928.83")


def test_a_percentage_may_carry_its_sign():
    assert read_percent("45,6 %", ",").value == Decimal("45.60")


def test_a_count_may_be_written_with_empty_decimals():
    assert read_count("15,00", ",").value == 15


@pytest.mark.parametrize(
    ("text", "value"),
    [("ya", True), ("Tidak", False), ("TRUE", True), ("0", False), (f"{TYPED}true", True), ("mungkin", None)],
)
def test_yes_and_no(text: str, value: bool | None):
    assert read_boolean(text).value is value
