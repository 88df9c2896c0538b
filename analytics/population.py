"""Rows of the measures of people: members by place and sector over a dated estimate of the workers."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from analytics.indicators import Indicator
from analytics.row import Row, Vintage, measured, status_of_denominator, status_with_flag
from data.categories import CONSTRUCTION
from data.editions import Edition


def population_rows(
    edition: Edition,
    measure: Indicator,
    groups: dict[str, str],
    month_ends: list[date],
    vintage: str | None,
    *,
    sectors: tuple[str, ...],
) -> list[Row]:
    """One row a sector, place of `groups` (names by code) and month; `vintage` names the source of the estimate."""
    counted = _counted_of(edition, tuple(groups), sectors)
    estimates: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in estimates_of(edition, tuple(groups), sectors):
        if vintage in (None, row["source"]):
            estimates.setdefault((row["sector"], row["place"]), []).append(row)
    return [
        _population_row(
            measure,
            sector,
            place,
            label,
            month,
            counted.get((sector, place, month)),
            _latest(estimates.get((sector, place), []), month),
        )
        for sector in sectors
        for place, label in groups.items()
        for month in month_ends
    ]


@lru_cache(maxsize=256)
def _counted_of(
    edition: Edition, codes: tuple[str, ...], sectors: tuple[str, ...]
) -> dict[tuple[str, str, date], dict[str, Any]]:
    """All months, by sector, place and month: a page asks for the same places several times."""
    first, last = (date.fromisoformat(edition.meta[name]) for name in ("first_month", "last_month"))
    span = {"places": list(codes), "first": first, "last": last}
    found = []
    if CONSTRUCTION in sectors:
        found += [{"sector": CONSTRUCTION, **row} for row in edition.query("population_rows", **span)]
    if others := [sector for sector in sectors if sector != CONSTRUCTION]:
        found += edition.query("sector_member_rows", **span, sectors=others)
    return {(row["sector"], row["place"], row["month"]): row for row in found}


@lru_cache(maxsize=256)
def estimates_of(edition: Edition, codes: tuple[str, ...], sectors: tuple[str, ...]) -> list[dict[str, Any]]:
    """Every estimate of the workers of these sectors in these places, oldest first."""
    return edition.query("vintage_rows", places=list(codes), sectors=list(sectors))


def _latest(estimates: Iterable[dict[str, Any]], month: date) -> Vintage | None:
    """The newest estimate not after the month, from the first source in the configured order that has one."""
    known = [row for row in estimates if row["per_tanggal"] <= month]
    if not known:
        return None
    return _vintage(min(known, key=lambda row: (row["source_rank"], -row["per_tanggal"].toordinal(), row["source"])))


def _vintage(row: dict[str, Any]) -> Vintage:
    return Vintage(row["workers"], row["low"], row["high"], row["per_tanggal"], row["source"])


def _population_row(
    measure: Indicator,
    sector: str,
    place: str,
    label: str,
    month: date,
    counted: dict[str, Any] | None,
    estimate: Vintage | None,
) -> Row:
    numerator = counted[measure.numerator[0]] if counted else None
    if measure.denominator is None:
        estimate = None
    if numerator is None:
        status = "no_data"
    elif counted and counted["origin"] == "mixed":
        status = "mixed_sources"
    else:
        status = status_of_denominator(measure, estimate.workers if estimate else None)
    half_unit = counted["half_unit"] if counted else 0.0
    value, low, high = measured(measure, status, numerator, half_unit, estimate)
    by_person = counted is not None and counted["origin"] == "persons" and measure.kind == "stock"
    return Row(
        group=place,
        label=label,
        month=f"{month:%Y-%m}",
        numerator=numerator,
        denominator=estimate.workers if estimate else None,
        value=value,
        low=low,
        high=high,
        named_persons=counted["named_persons"] if counted and by_person else None,
        unnamed_headcount=counted["unnamed_headcount"] if counted and by_person else None,
        status=status_with_flag(measure, status, value),
        source=counted["source"] if counted else None,
        as_of=counted["as_of"] if counted else None,
        origin=counted["origin"] if counted else None,
        denominator_source=estimate.source if estimate else None,
        denominator_as_of=estimate.per_tanggal if estimate else None,
        sector=sector,
    )
