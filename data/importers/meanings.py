"""What the text of a cell means. Each distinct text of a file is read once, here, and joined back in SQL."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import Any

from data.categories import (
    resolve_fund,
    resolve_official_segment,
    resolve_owner_type,
    resolve_sector,
    resolve_sector_or_all,
    resolve_segment,
    resolve_work_mode,
)
from data.importers.kinds import Reading
from data.places import name_key, nearest_places, resolve_place

DEFAULT_MARK = ","  # Indonesian, where a file does not show its decimal mark
NO_SPELLINGS: Mapping[str, str] = MappingProxyType({})
TYPED = "\x02"  # begins the text of a workbook's number, date or boolean; stripped from everything else
EARLIEST = date(1945, 8, 17)
FARTHEST_YEARS_AHEAD = 10
CENTURY = 2000  # of a year of two digits
EXCEL_DAY_ZERO = date(1899, 12, 30)
MAX_COUNT = 2**31 - 1
MAX_MONEY_RP = Decimal(10) ** 16
MAX_PERCENT = Decimal(10) ** 7
MAX_NUMBER = Decimal(10) ** 14
MAX_HINTED_TEXTS = 300  # names to suggest are searched for so many distinct unknown places; the search is slow

_MONTH_NAMES = (
    "januari january jan", "februari february pebruari feb peb", "maret march mar mrt", "april apr", "mei may",
    "juni june jun", "juli july jul", "agustus august agu agt ags aug", "september sept sep", "oktober october okt oct",
    "november nopember nov nop", "desember december des dec",
)  # fmt: skip
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}

TIME = r"(?:[T ]\d{1,2}[:.]\d{2}.*)?"
YEAR_FIRST = re.compile(rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){TIME}", re.ASCII)
DAY_FIRST = re.compile(rf"(?P<day>\d{{1,2}})[-/.](?P<month>\d{{1,2}})[-/.](?P<year>\d{{4}}){TIME}", re.ASCII)
DAY_WORD = re.compile(
    r"(?:[A-Za-z']+, *)?(?P<day>\d{1,2})[ -](?P<month>[A-Za-z]+)\.?[ -](?P<year>\d{4}|\d{2})", re.ASCII
)
YEAR_MONTH = re.compile(r"(?P<year>\d{4})[-/](?P<month>\d{1,2})", re.ASCII)
MONTH_YEAR = re.compile(r"(?P<month>\d{1,2})[-/](?P<year>\d{4})", re.ASCII)
WORD_YEAR = re.compile(r"(?P<month>[A-Za-z]+)\.?[ -](?P<year>\d{4}|\d{2})", re.ASCII)
SERIAL = re.compile(rf"{TYPED}(\d{{4,6}})(?:\.\d+)?", re.ASCII)

GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*", re.ASCII)
AMBIGUOUS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
CURRENCY = re.compile(r"^(-?)\s*(?:rp|idr)\.?\s*(?=[\d-])", re.IGNORECASE)
TRUE = frozenset(("ya", "y", "true", "1", "benar", "yes"))
FALSE = frozenset(("tidak", "tdk", "n", "false", "0", "salah", "no", "bukan", "belum"))


@dataclass(frozen=True)
class Meaning:
    """A value, or the code of the reason why there is none; hint completes the reason's remedy."""

    value: Any = None
    problem: str | None = None
    hint: str | None = None


def read_date(text: str, today: date) -> Meaning:
    """A day as written, day before month; a time of day is dropped, never shifted to another zone.

    A year of two digits is one of this century, beside the word of a month only: '14-Mar-25' is how spreadsheets write,
    '9/7/24' could be anything.
    """
    if found := SERIAL.fullmatch(text):
        return _in_bounds(EXCEL_DAY_ZERO + timedelta(days=int(found[1])), today)
    text = text.removeprefix(TYPED)
    for form in (YEAR_FIRST, DAY_FIRST, DAY_WORD):
        if found := form.fullmatch(text):
            return _day(found["year"], found["month"], found["day"], today)
    return Meaning(problem="bukan_tanggal")


def read_month_end(text: str, today: date) -> Meaning:
    """The last day of the month named, or of the month in which the day lies."""
    for form in (YEAR_MONTH, MONTH_YEAR, WORD_YEAR):
        if found := form.fullmatch(text):
            day = _day(found["year"], found["month"], "1", today)
            break
    else:
        day = read_date(text, today)
    return Meaning(month_end(day.value)) if day.value else day


def month_end(day: date) -> date:
    """The last day of the month of a day."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def decide_decimal_mark(amounts: Iterable[str], others: Iterable[str] = ()) -> tuple[str, str | None]:
    """The file's decimal mark, by its unambiguous numbers (Indonesian ',' if they are silent or even), and a note.

    `others`: numbers that do not depend on it, as percentages; they are asked where the amounts are silent. The note is
    None where no number depends on the decision.
    """
    written = [text for text in amounts if not text.startswith(TYPED)]
    example = next((_bare_number(text) for text in written if is_ambiguous(text)), None)
    votes = _votes(written)
    if not any(votes.values()):
        votes = _votes(others)
    mark = "." if votes["."] > votes[DEFAULT_MARK] else DEFAULT_MARK
    if example is None:
        return mark, None
    why = "menurut angka lain di berkas" if votes[mark] else "menurut kebiasaan Indonesia"
    meaning = "pemisah ribuan" if mark not in example else "tanda desimal"
    shown = "titik" if "." in example else "koma"
    return mark, f"Angka seperti '{example}' dibaca dengan {shown} sebagai {meaning}, {why}."


def _votes(texts: Iterable[str]) -> dict[str, int]:
    marks = [
        _decimal_mark_shown(_bare_number(text).removeprefix("-"))
        for text in texts
        if not text.startswith(TYPED) and not is_ambiguous(text)
    ]
    return {mark: marks.count(mark) for mark in (",", ".")}


def read_number(text: str, mark: str) -> Decimal | None:
    """The number written, '-' or brackets for below zero; mark is the decimal mark of ambiguous ones.

    None when the text is no number.
    """
    if text.startswith(TYPED):
        return _decimal(text[1:])
    bare = _bare_number(text)
    sign, digits = ("-", bare[1:]) if bare.startswith("-") else ("", bare)
    if not re.fullmatch(r"[0-9][0-9.,]*", digits):
        return None
    if not AMBIGUOUS.fullmatch(digits):
        mark = _decimal_mark_shown(digits) or mark
    whole, _, fraction = digits.rpartition(mark) if mark in digits else (digits, "", "")
    grouping = "." if mark == "," else ","
    if grouping in fraction or not (whole.isdigit() or GROUPED.fullmatch(whole)) or (mark in whole):
        return None
    return _decimal(f"{sign}{whole.replace(grouping, '')}.{fraction or '0'}")


def is_ambiguous(text: str) -> bool:
    """Whether a decimal mark decides what this number is."""
    return AMBIGUOUS.fullmatch(_bare_number(text).removeprefix("-")) is not None


def mark_of(reading: Reading, text: str, mark: str) -> str:
    """The decimal mark by which an ambiguous number is read: that of the file, but persons have no decimals, and a
    percentage is rather 45,678 than forty-five thousand."""
    used = "." if "." in text else ","
    if reading is Reading.PERCENT:
        return used
    return mark if reading is not Reading.COUNT else "," if used == "." else "."


def read_money(text: str, mark: str) -> Meaning:
    """Rupiah, two decimals, rounded half up."""
    return _amount(text, mark, limit=MAX_MONEY_RP)


def read_percent(text: str, mark: str) -> Meaning:
    """A printed percentage, with or without its sign."""
    text = text.removesuffix("%").strip()
    return _amount(text, mark_of(Reading.PERCENT, text, mark), limit=MAX_PERCENT)


def read_count(text: str, mark: str) -> Meaning:
    """A whole number of persons."""
    number = read_number(text, mark_of(Reading.COUNT, text, mark))
    if number is None:
        return Meaning(problem="bukan_angka")
    if number < 0:
        return Meaning(problem="angka_negatif")
    if number != number.to_integral_value():
        return Meaning(problem="bukan_bilangan_bulat")
    return Meaning(int(number)) if number <= MAX_COUNT else Meaning(problem="angka_terlalu_besar")


def read_target_number(text: str, mark: str) -> Meaning:
    """A number of any unit, four decimals, rounded half up; a percent sign is dropped."""
    return _amount(text.removesuffix("%").strip(), mark, limit=MAX_NUMBER, step=Decimal("0.0001"))


def read_year(text: str, today: date) -> Meaning:
    """A year of four digits, not more than ten ahead of today."""
    digits = text.removeprefix(TYPED).removesuffix(".0")
    if not re.fullmatch(r"[12][0-9]{3}", digits):
        return Meaning(problem="bukan_tahun")
    in_bounds = EARLIEST.year <= int(digits) <= today.year + FARTHEST_YEARS_AHEAD
    return Meaning(int(digits)) if in_bounds else Meaning(problem="bukan_tahun")


def read_unit(text: str, spellings: Mapping[str, str] = NO_SPELLINGS) -> Meaning:
    """The Kemendagri code of a place; any other unit (a branch, an owner) keeps its name."""
    text = text.removeprefix(TYPED)
    return Meaning(_place_code(text, spellings) or text)


def read_boolean(text: str) -> Meaning:
    word = text.removeprefix(TYPED).lower().removesuffix(".0")
    if word in TRUE or word in FALSE:
        return Meaning(word in TRUE)
    return Meaning(problem="bukan_ya_tidak")


def read_texts(
    reading: Reading, texts: Iterable[str], mark: str, today: date, spellings: Mapping[str, str] = NO_SPELLINGS
) -> dict[str, Meaning]:
    """The meaning of every distinct text of the columns of one reading.

    `spellings`: codes of places by the keys of spellings that a person has confirmed, for what is no known name.
    """
    readers: dict[Reading, Callable[[str], Meaning]] = {
        Reading.DATE: lambda text: read_date(text, today),
        Reading.MONTH_END: lambda text: read_month_end(text, today),
        Reading.MONEY_RP: lambda text: read_money(text, mark),
        Reading.COUNT: lambda text: read_count(text, mark),
        Reading.PERCENT: lambda text: read_percent(text, mark),
        Reading.BOOLEAN: read_boolean,
        Reading.YEAR: lambda text: read_year(text, today),
        Reading.NUMBER: lambda text: read_target_number(text, mark),
        Reading.UNIT: lambda text: read_unit(text, spellings),
        Reading.PLACE: _place_reader(spellings),
        Reading.FUND: _word_reader(resolve_fund, "sumber_dana_tidak_dikenal"),
        Reading.OWNER_TYPE: _word_reader(resolve_owner_type, "jenis_pemilik_tidak_dikenal"),
        Reading.WORK_MODE: _word_reader(resolve_work_mode, "cara_pelaksanaan_tidak_dikenal"),
        Reading.SEGMENT: _word_reader(resolve_segment, "segmen_tidak_dikenal"),
        Reading.OFFICIAL_SEGMENT: _word_reader(resolve_official_segment, "segmen_resmi_tidak_dikenal"),
        Reading.SECTOR: _word_reader(resolve_sector, "sektor_tidak_dikenal"),
        Reading.SECTOR_OR_ALL: _word_reader(resolve_sector_or_all, "sektor_tidak_dikenal"),
    }
    read = readers[reading]
    return {text: read(text) for text in texts}


def _place_code(text: str, spellings: Mapping[str, str]) -> str | None:
    place = resolve_place(text)
    return place.code if place else spellings.get(name_key(text))


def _place_reader(spellings: Mapping[str, str]) -> Callable[[str], Meaning]:
    hinted = 0

    def read(text: str) -> Meaning:
        nonlocal hinted
        text = text.removeprefix(TYPED)
        if code := _place_code(text, spellings):
            return Meaning(code)
        hinted += 1
        names = nearest_places(text[:100]) if hinted <= MAX_HINTED_TEXTS else []
        return Meaning(problem="wilayah_tidak_dikenal", hint=f" (mungkin {' / '.join(names)})" if names else "")

    return read


def _word_reader(resolve: Callable[[str], str | None], problem: str) -> Callable[[str], Meaning]:
    def read(text: str) -> Meaning:
        word = resolve(text.removeprefix(TYPED))
        return Meaning(word) if word else Meaning(problem=problem)

    return read


def _day(year: str, month: str, day: str, today: date) -> Meaning:
    number = int(month) if month.isdigit() else MONTHS.get(month.lower())
    if number is None:
        return Meaning(problem="bukan_tanggal")
    try:
        return _in_bounds(date(int(year) + (CENTURY if len(year) == 2 else 0), number, int(day)), today)
    except ValueError:
        return Meaning(problem="tanggal_mustahil")


def _in_bounds(day: date, today: date) -> Meaning:
    if day < EARLIEST:
        return Meaning(problem="tanggal_terlalu_lampau")
    if day.year > today.year + FARTHEST_YEARS_AHEAD or day > _years_ahead(today):
        return Meaning(problem="tanggal_terlalu_jauh")
    return Meaning(day)


def _years_ahead(today: date) -> date:
    # 29 February has no anniversary in most years.
    return today.replace(year=today.year + FARTHEST_YEARS_AHEAD, day=min(today.day, 28)) + timedelta(
        days=today.day - min(today.day, 28)
    )


def _bare_number(text: str) -> str:
    """Digits, marks and a leading '-' only, where the text is a number: no currency, spaces or ',-' for no cents."""
    text = text.removeprefix(TYPED).replace("\u2212", "-").strip()
    if text.startswith("(") and text.endswith(")"):
        text = f"-{text[1:-1].strip()}"
    text = CURRENCY.sub(r"\1", text)
    text = re.sub(r"[.,]-+$", "", text)
    return re.sub(r"(?<=\d) (?=\d{3}\b)", "", text)


def _decimal_mark_shown(digits: str) -> str | None:
    """The decimal mark that an unambiguous number gives away; None for digits alone and for what is no number."""
    dots, commas = digits.count("."), digits.count(",")
    if not dots and not commas:
        return None
    if dots and commas:
        return "." if digits.rfind(".") > digits.rfind(",") else ","
    used = "." if dots else ","
    if dots + commas > 1:
        return "," if used == "." else "."
    return used


def _amount(text: str, mark: str, *, limit: Decimal, step: Decimal = Decimal("0.01")) -> Meaning:
    number = read_number(text, mark)
    if number is None:
        return Meaning(problem="bukan_angka")
    if number < 0:
        return Meaning(problem="angka_negatif")
    if number >= limit:
        return Meaning(problem="angka_terlalu_besar")
    return Meaning(number.quantize(step, ROUND_HALF_UP))


def _decimal(text: str) -> Decimal | None:
    if not re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]{1,3})?", text) or len(text) > 60:
        return None
    return Decimal(text)
