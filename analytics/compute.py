"""Rows of an indicator for a scope: the only place where a numerator meets a denominator."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from analytics.indicators import INDICATORS, Indicator
from data.categories import CONSTRUCTION
from data.editions import Edition
from data.errors import CakupanError

ALL = "*"
ANY = "?"
NATION = "00"
PROJECT_SOURCE = "Data proyek, pendaftaran dan tenaga kerja"
DIMENSIONS = ("place", "branch", "owner_type", "owner", "fund")
JSON_FIELDS = (
    "group", "month", "numerator", "denominator", "value", "low", "high", "named_persons", "unnamed_headcount",
    "status", "source", "as_of",
)  # fmt: skip


@dataclass(frozen=True)
class Scope:
    """What the reader has chosen: a place (or 'branch:CODE'), perhaps one owner, perhaps one fund."""

    place: str = "16"
    owner: str | None = None
    fund: str | None = None


@dataclass(frozen=True)
class Row:
    """One group at one month end.

    `value` is in the indicator's unit and None unless `status` is ok or implausible; `low` and `high` are what the
    published error of numerator and denominator allows, None when no error is published. `as_of` is the month end, or a
    report's own date. `source` is the numerator's, `denominator_source` the denominator's. `running_projects` is None for
    people measures, and where no project of the group is known to run in that month: nothing lacks there.
    """

    group: str
    label: str
    month: str
    numerator: int | None
    denominator: int | None
    value: float | None
    low: float | None
    high: float | None
    named_persons: int | None
    unnamed_headcount: int | None
    status: str
    source: str | None
    as_of: date | None
    origin: str | None = None
    denominator_source: str | None = None
    denominator_as_of: date | None = None
    unsized_projects: int | None = None
    running_projects: int | None = None

    def as_json(self) -> dict[str, Any]:
        """The public fields, dates as ISO text."""
        return {name: getattr(self, name) for name in JSON_FIELDS} | {"as_of": self.as_of and self.as_of.isoformat()}


@dataclass(frozen=True)
class Vintage:
    """One dated estimate of the workers of a place; `low` and `high` are None when no error is published."""

    workers: int
    low: float | None
    high: float | None
    per_tanggal: date | None
    source: str


def rows(edition: Edition, indicator: str, month: date, scope: Scope, by: str | None = None) -> list[Row]:
    """One row per group of `by` (place, branch, owner_type, owner, fund), or one for the scope.

    CakupanError when the indicator, the place or the breakdown is unknown, or they do not fit each other.
    """
    measure = _fitting(indicator, scope, by)
    if measure.table == "population":
        groups = _places_of(edition, scope.place, by)
        return _population_rows(edition, measure, groups, [month])
    return _work_rows(edition, measure, scope, by, [month])


def trend(edition: Edition, indicator: str, scope: Scope, first: date, last: date) -> list[Row]:
    """One row per month end from first to last, oldest first; months without data are rows too."""
    measure = _fitting(indicator, scope, None)
    month_ends = [month for month in months(edition) if first <= month <= last]
    if measure.table == "population":
        return _population_rows(edition, measure, _places_of(edition, scope.place, None), month_ends)
    return _work_rows(edition, measure, scope, None, month_ends)


def months(edition: Edition) -> list[date]:
    """Month ends this edition speaks of, oldest first."""
    if not edition.meta["first_month"]:
        return []
    month, last = (date.fromisoformat(edition.meta[key]) for key in ("first_month", "last_month"))
    found = []
    while month <= last:
        found.append(month)
        month = month_end(month + timedelta(days=1))
    return found


def month_end(day: date) -> date:
    """The last day of the month of `day`."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def default_month(edition: Edition, scope: Scope) -> date | None:
    """The latest month with the scope's headline measure; else with its count; else the latest; None without data."""
    month_ends = months(edition)
    if not month_ends:
        return None
    series = trend(edition, headline_indicator(scope), scope, month_ends[0], month_ends[-1])
    with_value = [month for month, row in zip(month_ends, series, strict=True) if row.value is not None]
    counted = [month for month, row in zip(month_ends, series, strict=True) if row.status == "no_denominator"]
    return (with_value or counted or month_ends)[-1]


def default_place(edition: Edition) -> str:
    """The home province if this edition has anything of it, else the smallest place that holds all it has."""
    seen = {place["code"]: place for place in places(edition) if place["has_data"] and place["kind"] != "cabang"}
    if (home := edition.meta["home_place"]) in seen:
        return home
    parents = {place["parent"] for place in seen.values()}
    smallest = {code: place for code, place in seen.items() if code not in parents}
    if len(smallest) == 1:
        return next(iter(smallest))
    provinces = {code if place["kind"] == "provinsi" else place["parent"] for code, place in smallest.items()}
    return provinces.pop() if len(provinces) == 1 else NATION


def headline_indicator(scope: Scope) -> str:
    """population_coverage; by owner or fund no count of workers exists, so the projects are the population there."""
    return "placement_coverage" if scope.owner or scope.fund else "population_coverage"


@lru_cache(maxsize=8)
def places(edition: Edition) -> list[dict[str, Any]]:
    """Every place and branch: code, name, short_name, kind, parent, has_data."""
    return edition.query("places")


def owners(edition: Edition, place: str) -> list[dict[str, Any]]:
    """Owners with a running project in the place in any month: owner, owner_type, projects."""
    return edition.query("owners", place=place)


def funds(edition: Edition, place: str) -> list[dict[str, Any]]:
    """Funds of projects in the place: fund, payer, projects."""
    return edition.query("funds", place=place)


def vintages(edition: Edition, place: str) -> list[Vintage]:
    """Every estimate of the place's construction workers, oldest first."""
    found = edition.query("vintage_rows", places=[place], sector=CONSTRUCTION)
    return [_vintage(row) for row in found]


def _fitting(indicator: str, scope: Scope, by: str | None) -> Indicator:
    if indicator not in INDICATORS:
        raise CakupanError(f"Indikator '{indicator}' tidak dikenal; pilih salah satu: {', '.join(INDICATORS)}.")
    if by is not None and by not in DIMENSIONS:
        raise CakupanError(f"Rincian '{by}' tidak dikenal; pilih salah satu: {', '.join(DIMENSIONS)}.")
    measure = INDICATORS[indicator]
    wanted = [by, "owner" if scope.owner else None, "fund" if scope.fund else None]
    unfit = next((dimension for dimension in wanted if dimension and dimension not in measure.split_by), None)
    if unfit:
        raise CakupanError(
            f"{indicator} tidak ada menurut {unfit}: tidak ada survei pekerja menurut pemilik atau sumber dana; "
            "pakai placement_coverage."
        )
    return measure


def _places_of(edition: Edition, place: str, by: str | None) -> dict[str, str]:
    """Code and name of the groups: the place itself, its children, or its branches."""
    known = {row["code"]: row for row in places(edition)}
    if place not in known:
        raise CakupanError(f"Wilayah '{place}' tidak dikenal; pakai kode Kemendagri seperti 16.71 atau branch:KODE.")
    if by == "branch":
        chosen = [code for code, row in known.items() if row["kind"] == "cabang" and place in (row["parent"], NATION)]
    elif by == "place" and known[place]["kind"] == "cabang":
        chosen = [row["place"] for row in edition.query("branch_places", branch=place)]
    elif by == "place":
        chosen = [code for code, row in known.items() if row["parent"] == place and row["kind"] != "cabang"]
    else:
        chosen = [place]
    return {code: known[code]["name"] for code in chosen}


def _population_rows(edition: Edition, measure: Indicator, groups: dict[str, str], month_ends: list[date]) -> list[Row]:
    if not month_ends:
        return []
    counted, estimates = _counted_of(edition, tuple(groups)), _estimates_of(edition, tuple(groups))
    return [
        _population_row(measure, place, label, month, counted.get((place, month)), _latest(estimates, place, month))
        for place, label in groups.items()
        for month in month_ends
    ]


@lru_cache(maxsize=256)
def _counted_of(edition: Edition, codes: tuple[str, ...]) -> dict[tuple[str, date], dict[str, Any]]:
    """All months of the places: a page asks for the same places several times, and an edition never changes."""
    every_month = months(edition)
    found = edition.query("population_rows", places=list(codes), first=every_month[0], last=every_month[-1])
    return {(row["place"], row["month"]): row for row in found}


@lru_cache(maxsize=256)
def _estimates_of(edition: Edition, codes: tuple[str, ...]) -> list[dict[str, Any]]:
    return edition.query("vintage_rows", places=list(codes), sector=CONSTRUCTION)


def _latest(estimates: Iterable[dict[str, Any]], place: str, month: date) -> Vintage | None:
    """The newest estimate not after the month, from the first source in the configured order that has one."""
    known = [row for row in estimates if row["place"] == place and row["per_tanggal"] <= month]
    if not known:
        return None
    return _vintage(min(known, key=lambda row: (row["source_rank"], -row["per_tanggal"].toordinal(), row["source"])))


def _vintage(row: dict[str, Any]) -> Vintage:
    return Vintage(row["workers"], row["low"], row["high"], row["per_tanggal"], row["source"])


def _population_row(
    measure: Indicator, place: str, label: str, month: date, counted: dict[str, Any] | None, estimate: Vintage | None
) -> Row:
    numerator = counted[measure.numerator[0]] if counted else None
    if measure.denominator is None:
        estimate = None
    if numerator is None:
        status = "no_data"
    elif counted and counted["origin"] == "mixed":
        status = "mixed_sources"
    else:
        status = _status_of_denominator(measure, estimate.workers if estimate else None)
    half_unit = counted["half_unit"] if counted else 0.0
    value, low, high = _measured(measure, status, numerator, half_unit, estimate)
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
        status=_plausibility(measure, status, value),
        source=counted["source"] if counted else None,
        as_of=counted["as_of"] if counted else None,
        origin=counted["origin"] if counted else None,
        denominator_source=estimate.source if estimate else None,
        denominator_as_of=estimate.per_tanggal if estimate else None,
    )


def _work_rows(edition: Edition, measure: Indicator, scope: Scope, by: str | None, month_ends: list[date]) -> list[Row]:
    if not month_ends:
        return []
    names = _places_of(edition, scope.place, by if by in ("place", "branch") else None)
    found = edition.query(
        "work_rows",
        places=list(names),
        first=month_ends[0],
        last=month_ends[-1],
        owner_type=ANY if by == "owner_type" else ALL,
        owner=ANY if by == "owner" and not scope.owner else scope.owner or ALL,
        fund=ANY if by == "fund" and not scope.fund else scope.fund or ALL,
    )
    key = by if by in ("owner_type", "owner", "fund") else "place"
    by_group = {(row[key], row["month"]): row for row in found}
    labels = names if key == "place" else {row[key]: row[key] for row in found}
    return [
        _work_row(measure, group, label, month, by_group.get((group, month)))
        for group, label in labels.items()
        for month in month_ends
    ]


def _work_row(measure: Indicator, group: str, label: str, month: date, counted: dict[str, Any] | None) -> Row:
    status, numerator, denominator = "no_data", None, None
    if counted and measure.denominator:
        judged = counted["judged_projects" if measure.denominator == "workers" else "rostered_projects"]
        denominator = counted[measure.denominator]
        if judged == counted["running_projects"]:
            numerator = sum(counted[column] for column in measure.numerator)
            status = _status_of_denominator(measure, denominator)
        elif measure.denominator != "workers" or counted["unsized_projects"] == counted["running_projects"]:
            denominator = None
    estimate = Vintage(denominator, None, None, None, "") if denominator is not None else None
    value, low, high = _measured(measure, status, numerator, 0.0, estimate)
    told = counted is not None and numerator is not None
    placements = measure.denominator == "workers"
    return Row(
        group=group,
        label=label,
        month=f"{month:%Y-%m}",
        numerator=numerator,
        denominator=denominator,
        value=value,
        low=low,
        high=high,
        named_persons=counted["covered_named" if placements else "protected_persons"] if counted and told else None,
        unnamed_headcount=counted["covered_unnamed"] if counted and told and placements else None,
        status=_plausibility(measure, status, value),
        source=PROJECT_SOURCE if told else None,
        as_of=month if told else None,
        origin="persons" if told else None,
        unsized_projects=counted["unsized_projects"] if counted else None,
        running_projects=counted["running_projects"] if counted else None,
    )


def _status_of_denominator(measure: Indicator, denominator: int | None) -> str:
    if measure.denominator is None:
        return "ok"
    if denominator is None:
        return "no_denominator"
    return "zero_denominator" if denominator == 0 and measure.unit == "percent" else "ok"


def _measured(
    measure: Indicator, status: str, numerator: int | None, half_unit: float, estimate: Vintage | None
) -> tuple[float | None, float | None, float | None]:
    """Value and its bounds in the indicator's unit; all None unless the status is ok."""
    if status != "ok" or numerator is None:
        return None, None, None
    least, most = numerator - half_unit, numerator + half_unit
    if measure.denominator is None:
        return (float(numerator), least, most) if half_unit else (float(numerator), None, None)
    assert estimate is not None, (measure.code, numerator)
    fewest = estimate.workers if estimate.low is None else estimate.low
    largest = estimate.workers if estimate.high is None else estimate.high
    # A rounding as large as the estimate itself leaves no bound that means anything.
    has_published_error = fewest > 0 and bool(half_unit or fewest < estimate.workers or largest > estimate.workers)
    if measure.unit == "persons":
        value = float(estimate.workers - numerator)
        return (value, fewest - most, largest - least) if has_published_error else (value, None, None)
    value = 100 * numerator / estimate.workers
    return (value, 100 * least / largest, 100 * most / fewest) if has_published_error else (value, None, None)


def _plausibility(measure: Indicator, status: str, value: float | None) -> str:
    if value is None:
        return status
    least, most = measure.plausible
    outside = (least is not None and value < least) or (most is not None and value > most)
    return "implausible" if outside else status
