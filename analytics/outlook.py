"""Will a place arrive at a target: on the target date what became of it, before it what the projection allows."""

from dataclasses import dataclass
from decimal import Decimal

from analytics.attainment import TargetRow
from analytics.indicators import INDICATORS, YEAR_TO_DATE
from analytics.projection import Point, Projection, TooFew

# On the target date; before it by the projection; where there is none, by the course of the day.
REACHED, MISSED = "tercapai", "tidak_tercapai"
LIKELY, OPEN, UNLIKELY = "diperkirakan_tercapai", "belum_pasti", "diperkirakan_tidak_tercapai"
ON_COURSE, BELOW_COURSE = "sesuai_jalur", "di_bawah_jalur"
UNKNOWN = "belum_dapat_dinilai"


@dataclass(frozen=True)
class Outlook:
    """What is to be expected of one target; `end` is the projection's last point, at the target date.

    `end_gap` is what then lacks by the projection, in the unit of the row's gap; 0 or less where the target is reached.
    """

    code: str
    end: Point | None = None
    end_gap: Decimal | None = None


def outlook(row: TargetRow, projected: Projection | TooFew) -> Outlook:
    """Of a comparable target and the projection of its measure for the same place.

    Expected to arrive or not only where the whole band lies on one side of the target. A sum of the year that has
    reached its target has arrived, since it never falls.
    """
    if row.pct is None or row.measure is None:
        return Outlook(UNKNOWN)
    if row.course is None and row.rating is not None:
        return Outlook(REACHED if row.pct >= 100 else MISSED)
    is_sum = INDICATORS[row.measure].counting == YEAR_TO_DATE
    end = projected.points[-1] if isinstance(projected, Projection) and projected.points else None
    lacking = None if end is None else _end_gap(row, end)
    if is_sum and row.pct >= 100:
        return Outlook(REACHED, end, lacking)
    if end is None:
        return Outlook(row.course or UNKNOWN)
    goal = row.target.target
    low, high = Decimal(str(end.low)), Decimal(str(end.high))
    return Outlook(LIKELY if low >= goal else UNLIKELY if high < goal else OPEN, end, lacking)


def _end_gap(row: TargetRow, end: Point) -> Decimal:
    lacking = row.target.target - Decimal(str(end.value))
    assert row.row is not None, row
    return lacking if row.row.denominator is None else lacking / 100 * Decimal(str(row.row.denominator))
