"""A measure's months of the years before: what the course, the pace and the projection of a year are held against."""

from datetime import date
from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache

from analytics.compute import months, trend
from analytics.indicators import INDICATORS
from analytics.row import Row, Scope, month_end
from data.editions import Edition

# Fewer years before do not tell a season from the events of one year.
FEWEST_SEASONS = 3
UNROUNDED = Context(prec=50)


@lru_cache(maxsize=64)
def monthly(edition: Edition, measure: str, scope: Scope) -> dict[date, Row]:
    """By month end, the measure's row of every month of the edition."""
    known = months(edition)
    if not known:
        return {}
    return dict(zip(known, trend(edition, measure, scope, known[0], known[-1]), strict=True))


def exact_value(row: Row | None) -> Fraction | None:
    """The value of a measure of which more is better, as a fraction, in its unit; None where it is unknown."""
    if row is None or row.value is None:
        return None
    if row.denominator is None:
        return Fraction(row.numerator)
    return 100 * Fraction(row.numerator) / Fraction(row.denominator)


def level(measure: str, row: Row) -> Fraction:
    """What is followed over the year: the value; of a share of an estimate the numerator, as estimates jump."""
    value = exact_value(row)
    assert value is not None, row
    return Fraction(row.numerator) if INDICATORS[measure].denominator == "vintage" else value


def seasons(measure: str, rows: dict[date, Row], month: date, until: date) -> dict[int, tuple[Fraction, Fraction]]:
    """By earlier year, the levels of the same month and of the month of `until`, where both are known and not 0.

    `month` and `until` lie in one year. A year in which the source changed between the two is left out.
    """
    found = {}
    for year in sorted({day.year for day in rows if day.year < month.year}):
        then, later = (rows.get(in_year(day, year)) for day in (month, until))
        if then is not None and later is not None and same_count(then, later):
            levels = (level(measure, then), level(measure, later))
            if all(levels):
                found[year] = levels
    return found


def same_count(row: Row, other: Row) -> bool:
    """Whether both are known and counted in the same way from the same source."""
    is_known = row.value is not None and other.value is not None
    return is_known and (row.source, row.origin) == (other.source, other.origin)


def in_year(month: date, year: int) -> date:
    """The end of the same month of another year."""
    return month_end(date(year, month.month, 1))


def seen_on(edition: Edition, month: date) -> date:
    """Where the reader of a month stands: at the position in the edition's last month, else at the month's end."""
    return date.fromisoformat(edition.meta["as_of"]) if month == months(edition)[-1] else month


def weeks_between(day: date, later: date) -> Fraction:
    return Fraction((later - day).days, 7)


def as_decimal(number: Fraction) -> Decimal:
    """To fifty significant digits: no share of what can be counted comes so close to a limit without reaching it."""
    return UNROUNDED.divide(Decimal(number.numerator), Decimal(number.denominator))
