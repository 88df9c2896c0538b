"""Which targets stand beside which measure, and how far a value has come towards one."""

from dataclasses import dataclass
from decimal import Decimal

from analytics.indicators import DECLARED, Indicator
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
    """One target as its issuer states it, for the year that ends with December; `target` is in `unit_of_measure`."""

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
