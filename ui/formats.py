"""Numbers, money and dates as officials write them; the only place where a figure is rounded for reading.

Every function takes the language, 'id' or 'en', and knows nothing of the screen. Rounding is half-up on Decimal,
so 44,55 reads 44,6. Sources: domain.md section 8; separators and month names by Babel (Unicode CLDR).
"""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal

Number = int | float | Decimal | Fraction

UNKNOWN = "–"
MINUS = "\N{MINUS SIGN}"  # as wide as a plus, and no line breaks after it

# M is *miliar* (10^9) and never million, so English words are written out.
SCALES = {
    "id": ((10**9, "M"), (10**6, "jt"), (10**3, "ribu")),
    "en": ((10**9, "billion"), (10**6, "million"), (10**3, "thousand")),
}


def _decimal(value: Number) -> Decimal:
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _rounded(value: Number, decimals: int) -> Decimal:
    rounded = _decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return rounded or abs(rounded)  # never "-0,0"


@lru_cache(maxsize=50_000)
def number(value: Number | None, language: str, decimals: int = 0) -> str:
    """1.234.567,8: always as many decimals as asked for; a dash where nothing is known. Remembered: tables repeat."""
    if value is None:
        return UNKNOWN
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(_rounded(value, decimals), pattern, locale=language).replace("-", MINUS)


def stated(value: Decimal, language: str) -> str:
    """Every digit that its issuer printed, and no more: 52,15 or 48; a target is quoted, never rounded."""
    return number(value, language, decimals_stated(value))


def decimals_stated(value: Decimal) -> int:
    return max(0, -int(value.normalize().as_tuple().exponent))


def decimals_of_part(part: Number, whole: Decimal, share_pct: Number | None, least: int) -> int:
    """The fewest decimals, from `least`, of a part whose printed digits over the whole give the printed percentage."""
    every = max(least, decimals_stated(_decimal(part)))
    if share_pct is None or whole == 0:
        return least
    told = _rounded(share_pct, 1)
    enough = (places for places in range(least, every) if _rounded(100 * _rounded(part, places) / whole, 1) == told)
    return next(enough, every)


def stated_rupiah(value: Decimal, language: str) -> str:
    """The same of money: Rp13,95 M where at most three decimals of its scale say all of it, else every digit."""
    step = Decimal(1).scaleb(int(value.normalize().as_tuple().exponent))
    if 1000 * step < _scale(value, language)[0]:
        return rupiah(value, language)
    return "Rp" + rounded_count(value, step, language)


def percent(value: Number | None, language: str) -> str:
    """45,6 %, from a value already in percent; a dash where nothing is known. English has no space before the sign."""
    return UNKNOWN if value is None else number(value, language, 1) + (" %" if language == "id" else "%")


def whole_percent(value: int, language: str) -> str:
    """40 %, for axes."""
    return number(value, language) + (" %" if language == "id" else "%")


def in_unit(value: Number | None, unit: str, language: str, *, short: bool = False) -> str:
    """A value in the unit of its indicator: 45,6 %, Rp1.234.567, 1.234; short: money and counts in their scale."""
    if value is None:
        return UNKNOWN
    if unit == "percent":
        return percent(value, language)
    scaled = _short(value, language) if short else number(value, language)
    return f"Rp{scaled}".replace("Rp" + MINUS, MINUS + "Rp") if unit == "rupiah" else scaled


def percent_range(low: Number, high: Number, language: str) -> str:
    """44,5–46,6 %."""
    return f"{number(low, language, 1)}–{percent(high, language)}"


def points(value: Number, language: str, *, signed: bool = False) -> str:
    """Percentage points without their unit: 3,2; signed: +3,2 or −0,4."""
    text = number(abs(_decimal(value)), language, 1)
    if not signed or _rounded(value, 1) == 0:
        return text
    return ("+" if value > 0 else MINUS) + text


def moved(persons: int, language: str) -> str:
    """A movement of persons with its sign: +1.482 or −69.118; 0 has none."""
    return ("+" if persons > 0 else "") + number(persons, language)


def rupiah(value: Number, language: str) -> str:
    """Rp1.234.567, whole rupiah."""
    sign = MINUS if value < 0 else ""
    return f"{sign}Rp{number(abs(_decimal(value)), language)}"


def short(value: Number, language: str) -> str:
    """Rounded to one decimal of its scale: 950, 12,3 ribu, 1,2 jt, 2,3 M (miliar). For labels, not for evidence."""
    size = abs(_decimal(value))
    for unit, word in SCALES[language]:
        # What would round up to 1.000 of a smaller scale belongs to this one: 999.960 is 1 jt.
        if size >= unit - Decimal(unit) / 20_000 and size >= 1000:
            return f"{_trimmed(_decimal(value) / unit, language)} {word}"
    return number(value, language)


_short = short  # where a parameter has the same name


def _trimmed(value: Decimal, language: str) -> str:
    rounded = _rounded(value, 1)
    return number(rounded, language, 0 if rounded == rounded.to_integral_value() else 1)


def rounded_count(value: Number, unit: Number, language: str) -> str:
    """A count published to the nearest `unit`, with no digit that the unit does not allow: 7,36 jt for 10.000."""
    return _in_scale(value, _scale(value, language), unit, language)


def count_range(low: Number, high: Number, language: str) -> str:
    """What a published rounding allows, to a tenth of its unit: 7,355–7,365 jt."""
    scale = _scale(high, language)
    least, most = (_in_scale(value, scale, (_decimal(high) - _decimal(low)) / 10, language) for value in (low, high))
    return f"{least.removesuffix(' ' + scale[1])}–{most}"


def _scale(value: Number, language: str) -> tuple[int, str]:
    size = abs(_decimal(value))
    return next(((unit, word) for unit, word in SCALES[language] if size >= unit), (1, ""))


def _in_scale(value: Number, scale: tuple[int, str], unit: Number, language: str) -> str:
    size, word = scale
    decimals = next((places for places in range(len(str(size))) if Decimal(size).scaleb(-places) <= unit), 0)
    return f"{number(_decimal(value) / size, language, decimals)} {word}".rstrip()


def persons(counts: Sequence[int], language: str) -> list[str]:
    """Counts that stand together, nothing lost: '123 ribu', '270 ribu' if all are round thousands, else every digit."""
    round_thousands = all(10_000 <= count < 10**6 and count % 1000 == 0 for count in counts)
    return [short(count, language) if round_thousands else number(count, language) for count in counts]


@lru_cache(maxsize=5_000)
def day(value: date | None, language: str) -> str:
    """9 Juli 2024; a dash where nothing is known."""
    return UNKNOWN if value is None else format_date(value, "d MMMM y", locale=language)


@lru_cache(maxsize=5_000)
def day_of_month(value: date, language: str) -> str:
    """9 Juli, where the year already stands beside it."""
    return format_date(value, "d MMMM", locale=language)


@lru_cache(maxsize=5_000)
def month(value: date, language: str) -> str:
    """Juli 2024."""
    return format_date(value, "MMMM y", locale=language)


@lru_cache(maxsize=5_000)
def short_month(value: date, language: str) -> str:
    """Jul 2024, for axes."""
    return format_date(value, "MMM y", locale=language)
