"""Which targets stand beside which measure, how far a value has come towards one, and in which words that is rated."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analytics.indicators import DECLARED, Indicator, Text
from data.categories import (
    ALL_SECTORS,
    ALL_SEGMENTS,
    CONSTRUCTION,
    CONSTRUCTION_SEGMENT,
    resolve_counting,
    resolve_target_unit,
)
from data.places import name_key


@dataclass(frozen=True)
class Target:
    """One version of a target as its issuer states it, for its year; `target` is in `unit_of_measure`.

    `data_as_of` and `file_name` say which delivery first stated it so; None in editions before schema 4. A superseded
    version was replaced by a later delivery of the same issuer's target.
    """

    unit: str
    place: str | None
    year: int
    indicator: str
    segment: str
    sector: str | None
    counting: str
    target: Decimal
    unit_of_measure: str
    issuer: str
    document: str | None
    data_as_of: date | None = None
    file_name: str | None = None
    is_superseded: bool = False

    @property
    def deadline(self) -> date:
        """The target date: deliveries state a year alone, which ends with December."""
        return date(self.year, 12, 31)


# Words by which inspectorates rate yearly attainment: above how many percent of the target each is given.
RATINGS = (
    (Decimal(90), Text("Sangat Baik", "Very good")),
    (Decimal(75), Text("Baik", "Good")),
    (Decimal(65), Text("Cukup", "Fair")),
    (Decimal(50), Text("Kurang", "Poor")),
)
LOWEST_RATING = Text("Sangat Kurang", "Very poor")
RATING_RULE = Text(
    "Capaian di atas 90 % Sangat Baik, di atas 75 % Baik, di atas 65 % Cukup, di atas 50 % Kurang, selebihnya Sangat "
    "Kurang; dinilai pada tanggal sasaran, dari angka yang belum dibulatkan.",
    "Attainment above 90% is Very good, above 75% Good, above 65% Fair, above 50% Poor, anything else Very poor; rated "
    "at the target date, on the unrounded figure.",
)


def rating(attained_pct: Decimal) -> Text:
    """The word for yearly attainment at the target date, in percent of the target, unrounded (RATING_RULE)."""
    return next((word for above, word in RATINGS if attained_pct > above), LOWEST_RATING)


def measure_of(target: Target) -> Indicator | None:
    """The indicator the target names, by its code or its label in either language; None when it names none of ours."""
    wanted = name_key(target.indicator)
    named = (i for i in DECLARED if wanted in map(name_key, (i.code, i.label.id, i.label.en)))
    return next((i for i in named if i.denominator != "target"), None)


def obstacle(target: Target, sector: str = CONSTRUCTION) -> str | None:
    """Why the target stands beside no measure of the sector; None when it does.

    The first of: indicator (none of ours), segment, sector, counting, unit, direction (better when lower).
    The published UCJ targets concern all workers: beside construction they end at segment.
    """
    measure = measure_of(target)
    if measure is None:
        return "indicator"
    checks = {
        "segment": target.segment in _segments(target, measure, sector),
        "sector": _sector_meant(target) == sector,
        "counting": resolve_counting(target.counting) == measure.counting,
        "unit": resolve_target_unit(target.unit_of_measure) == measure.unit,
        "direction": measure.better == "higher",
    }
    return next((reason for reason, holds in checks.items() if not holds), None)


def _segments(target: Target, measure: Indicator, sector: str) -> tuple[str, ...]:
    """The segments of which the measure of a sector speaks, as a target names them."""
    if "sector" not in measure.split_by:
        return (measure.segment,) if sector == CONSTRUCTION else ()
    if sector != CONSTRUCTION:
        return (ALL_SEGMENTS,)
    # Members in construction are those of its own segment and the wage earners and others who work in it.
    return (measure.segment, ALL_SEGMENTS) if target.sector == CONSTRUCTION else (measure.segment,)


def _sector_meant(target: Target) -> str:
    """Without a sector a target speaks of all that its segment holds; that of construction holds construction alone."""
    if target.sector not in (None, ALL_SECTORS):
        return target.sector
    return CONSTRUCTION if target.segment == CONSTRUCTION_SEGMENT else ALL_SECTORS


def attainment_pct(value: float | Decimal | None, target: Decimal) -> float | None:
    """100 times value over target, unrounded; None when the value is unknown or the target zero."""
    return None if value is None or target == 0 else float(100 * Decimal(str(value)) / target)
