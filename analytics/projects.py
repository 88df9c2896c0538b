"""Rows of the measures of projects: groups by place, owner and fund, told where deliveries are complete."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from analytics.indicators import REGISTRATIONS_TOLD, Indicator
from analytics.row import Amount, Row, Scope, Vintage, empty_row, measured, status_of_denominator, status_with_flag
from data.access import ALL, ANY
from data.categories import level_of
from data.editions import Edition

PROJECT_SOURCE = "Data proyek, pendaftaran dan tenaga kerja"
FUND_GROUPS = ("payer", "level")
NAMES_OF_A_GROUP = ("place", "owner_type", "owner", "fund", "month")
# A sum of the year to date is 0 where nothing was registered or paid, and unknown where none of what was states it.
COUNTED_BESIDE = {"workers_registered": "registrations", "contributions_rp": "payments"}


def group_rows(
    edition: Edition,
    measure: Indicator,
    scope: Scope,
    by: str | None,
    names: dict[str, str],
    month_ends: list[date],
) -> list[Row]:
    """One row a group and month of a measure of projects; `names` are the places asked for, by code."""
    found = _counts(edition, f"{measure.table}_rows", scope, by, names, month_ends)
    key = _key_of(by)
    by_group = {(row[key], row["month"]): row for row in found}
    labels = names if key == "place" else {row[key]: row[key] for row in found}
    return [
        _group_row(measure, label, group, month, by_group[group, month])
        if (group, month) in by_group
        else empty_row(group, label, month, "no_project")
        for group, label in labels.items()
        for month in month_ends
    ]


@dataclass(frozen=True)
class Spread:
    """How far the judged projects of a group differ in cover: sums over them of c, w, c², c × w and w².

    c are the covered placements of a project, w its workers.
    """

    projects: int
    covered: int
    workers: int
    covered_squares: int
    covered_by_workers: int
    workers_squares: int


def spreads_of(edition: Edition, month: date, scope: Scope, by: str, names: Iterable[str]) -> dict[str, Spread]:
    """By group of `by` among the places of these codes."""
    found = _counts(edition, "spread_rows", scope, by, names, [month])
    columns = ("judged_projects", "covered", "judged_workers", "covered_squares", "covered_by_workers")
    return {row[_key_of(by)]: Spread(*(row[column] for column in (*columns, "workers_squares"))) for row in found}


def _counts(
    edition: Edition, query: str, scope: Scope, by: str | None, names: Iterable[str], month_ends: list[date]
) -> list[dict[str, Any]]:
    groups = (
        ANY if by == "owner_type" else ALL,
        ANY if by == "owner" and not scope.owner else scope.owner or ALL,
        ANY if by in ("fund", *FUND_GROUPS) and not scope.fund else scope.fund or ALL,
    )
    if by is None and len(month_ends) > 1:
        # All months, of which the caller takes its own: the next month chosen is then no query.
        whole = (date.fromisoformat(edition.meta["first_month"]), date.fromisoformat(edition.meta["last_month"]))
        return _series(edition, query, tuple(names), whole, groups)
    found = _found(edition, query, tuple(names), (month_ends[0], month_ends[-1]), groups)
    return _put_together(edition, found, by) if by in FUND_GROUPS else found


def _asked(
    edition: Edition, query: str, places: tuple[str, ...], span: tuple[date, date], groups: tuple[str, str, str]
) -> list[dict[str, Any]]:
    (first, last), (owner_type, owner, fund) = span, groups
    return edition.query(
        query, places=list(places), first=first, last=last, owner_type=owner_type, owner=owner, fund=fund
    )


# A page asks for several measures of the same counts. Of breakdowns few are kept: each may be thousands of owners.
_found = lru_cache(maxsize=16)(_asked)
_series = lru_cache(maxsize=128)(_asked)


def _key_of(by: str | None) -> str:
    """The column that tells the groups of a breakdown apart."""
    return "place" if by in (None, "place", "branch") else by


def _put_together(edition: Edition, by_fund: list[dict[str, Any]], by: str | None) -> list[dict[str, Any]]:
    """Rows of the funds of one payer or level as one; a fund that has none stays for itself."""
    payers = {row["fund"]: row["payer"] for row in edition.query("payers")} if by == "payer" else {}
    parts: dict[tuple[str, date], list[dict[str, Any]]] = {}
    for row in by_fund:
        group = payers.get(row["fund"]) if by == "payer" else level_of(row["fund"])
        parts.setdefault((group or row["fund"], row["month"]), []).append(row)
    counts = [name for name in (by_fund[0] if by_fund else {}) if name not in NAMES_OF_A_GROUP]
    return [
        {by: group, "month": month} | {name: _sum_of_funds(rows, name) for name in counts}
        for (group, month), rows in parts.items()
    ]


def _sum_of_funds(rows: list[dict[str, Any]], column: str) -> Amount:
    beside = COUNTED_BESIDE.get(column)
    stated = [row[column] for row in rows if row[column] is not None and (beside is None or row[beside])]
    return sum(stated) if stated or (beside and not any(row[beside] for row in rows)) else None


def _group_row(measure: Indicator, label: str, group: str, month: date, counted: dict[str, Any]) -> Row:
    reason = _why_untold(measure, counted)
    numerator = None if reason else sum(counted[column] for column in measure.numerator)
    # The persons on incomplete rosters are not all, and nobody knows the workers where no project states them;
    # projects, their value and stated workers are known all the same.
    unsized = measure.denominator == "workers" and counted["unsized_projects"] == counted["running_projects"]
    is_partial = reason is not None and (measure.denominator == "roster_persons" or unsized)
    denominator = counted[measure.denominator] if measure.denominator and not is_partial else None
    status = "no_data" if reason else status_of_denominator(measure, denominator)
    estimate = Vintage(denominator, None, None, None, "") if denominator is not None else None
    value, low, high = measured(measure, status, numerator, 0.0, estimate)
    return Row(
        group=group,
        label=label,
        month=f"{month:%Y-%m}",
        numerator=numerator,
        denominator=denominator,
        value=value,
        low=low,
        high=high,
        status=status_with_flag(measure, status, value),
        source=None if reason else PROJECT_SOURCE,
        as_of=None if reason else month,
        origin=None if reason else "persons",
        unsized_projects=counted.get("unsized_projects"),
        running_projects=counted["running_projects"] or None,
        left_out=counted[measure.left_out] if measure.left_out else None,
        reason=reason,
        **_split(measure, counted, told=reason is None),
        **(_known_part(measure, counted) if reason == "not_complete" else {}),
    )


def _known_part(measure: Indicator, counted: dict[str, Any]) -> dict[str, Any]:
    """What is registered of the projects whose registrations are complete, where those of others are not."""
    if measure.told != REGISTRATIONS_TOLD:
        return {}
    known = counted["registration_known_projects"]
    return {"known_projects": known, "known_numerator": sum(counted[column] or 0 for column in measure.numerator)}


def _why_untold(measure: Indicator, counted: dict[str, Any]) -> str | None:
    assert measure.told is not None, measure.code
    known, projects = (counted[column] for column in measure.told)
    if projects == 0:
        return "no_project"
    if known < projects:
        return "not_complete"
    return "none_stated" if any(counted[column] is None for column in measure.numerator) else None


def _split(measure: Indicator, counted: dict[str, Any], *, told: bool) -> dict[str, Any]:
    named, unnamed = (counted[column] if told and column else None for column in (measure.named, measure.unnamed))
    if measure.unit == "days":
        return {"named_persons": None, "unnamed_headcount": None, "named_days": named, "unnamed_days": unnamed}
    return {"named_persons": named, "unnamed_headcount": unnamed}
