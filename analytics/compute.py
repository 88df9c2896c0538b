"""Rows of an indicator for a scope: the only place where a numerator meets a denominator."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any

from analytics.indicators import INDICATORS, Indicator, label_in
from analytics.targets import Target, attainment_pct, measure_of, obstacle
from data.categories import ALL_SECTORS, CONSTRUCTION, SECTORS, level_of
from data.editions import Edition
from data.errors import CakupanError

Amount = Any  # None, or int of a count, Decimal of money, float of a share: the indicator's unit says which

ALL = "*"
ANY = "?"
NATION = "00"
GROUPS = ("cabang", "kelompok")
PROJECT_SOURCE = "Data proyek, pendaftaran dan tenaga kerja"
FUND_GROUPS = ("payer", "level")
DIMENSIONS = ("place", "branch", "sector", "owner_type", "owner", "fund", *FUND_GROUPS)
NAMES_OF_A_GROUP = ("place", "owner_type", "owner", "fund", "month")
# A sum of the year to date is 0 where nothing was registered or paid, and unknown where none of what was states it.
COUNTED_BESIDE = {"workers_registered": "registrations", "contributions_rp": "payments"}
JSON_FIELDS = (
    "group", "month", "numerator", "denominator", "value", "low", "high", "named_persons", "unnamed_headcount",
    "status", "source", "as_of",
)  # fmt: skip


MORE_JSON_FIELDS = ("named_days", "unnamed_days", "left_out", "reason")
OLDEST_SCHEMA = {"population": 1, "work": 1, "activity": 2, "target": 2, "sector_members": 3}
SPREAD_SCHEMA = 3


@dataclass(frozen=True)
class Scope:
    """What the reader has chosen: a place (or 'branch:CODE', 'group:CODE'), perhaps one owner, perhaps one fund.

    `sector` is one of SECTORS, or ALL_SECTORS; what has no "sector" in its split_by is told of construction alone.
    """

    place: str = "16"
    owner: str | None = None
    fund: str | None = None
    sector: str = CONSTRUCTION


@dataclass(frozen=True)
class Row:
    """One group at one month end.

    `value` is in the indicator's unit and None unless `status` is ok or implausible; `low` and `high` are what the
    published error of numerator and denominator allows, None when no error is published. `as_of` is the month end, or a
    report's own date. `source` is the numerator's, `denominator_source` the denominator's. `running_projects` is None
    for people measures, and where no project of the group is known to run in that month: nothing lacks there. Rupiah
    are Decimal. `left_out` counts what could not be judged (projects without a headcount, a value, a work order …).
    `reason` says why there is no data: edition_older (published before the indicator existed), no_project,
    not_complete, none_stated; None otherwise. `target` is the one that target_attainment speaks of.
    """

    group: str
    label: str
    month: str
    numerator: Amount
    denominator: Amount
    value: Amount
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
    named_days: int | None = None
    unnamed_days: int | None = None
    left_out: int | None = None
    reason: str | None = None
    target: Target | None = None
    sector: str = CONSTRUCTION

    def as_json(self) -> dict[str, Any]:
        """The public fields, and the others that are known; dates as ISO text, money as text."""
        more = [name for name in MORE_JSON_FIELDS if getattr(self, name) is not None]
        more += ["sector"] if self.sector != CONSTRUCTION else []
        found = {name: getattr(self, name) for name in (*JSON_FIELDS, *more)}
        return {name: _as_text(field) if isinstance(field, date | Decimal) else field for name, field in found.items()}


def _as_text(field: date | Decimal) -> str:
    return field.isoformat() if isinstance(field, date) else str(field)


@dataclass(frozen=True)
class Vintage:
    """One dated estimate of the workers of a place; `low` and `high` are None when no error is published."""

    workers: int
    low: float | None
    high: float | None
    per_tanggal: date | None
    source: str


def rows(
    edition: Edition, indicator: str, month: date, scope: Scope, by: str | None = None, vintage: str | None = None
) -> list[Row]:
    """One row per group of `by` (one of DIMENSIONS), or one for the scope.

    By sector: each of `sectors`, whatever the sector of the scope.

    payer and level put funds together: who pays them, and whose money they are (pusat, daerah, …). target_attainment
    gives a row per comparable target. `vintage` names the source of the estimate to divide by, in place of the
    configured order. CakupanError when the indicator, the place, the breakdown or the source is unknown, or they do not
    fit each other.
    """
    measure = _fitting(indicator, scope, by)
    return _rows(edition, measure, [month], scope, by, _known_vintage(edition, measure, vintage, scope, by))


def trend(
    edition: Edition, indicator: str, scope: Scope, first: date, last: date, vintage: str | None = None
) -> list[Row]:
    """One row per month end from first to last, oldest first; months without data are rows too.

    Of several targets in one month the first issuer's.
    """
    measure = _fitting(indicator, scope, None)
    month_ends = [month for month in months(edition) if first <= month <= last]
    known = _known_vintage(edition, measure, vintage, scope, None)
    found = _rows(edition, measure, month_ends, scope, None, known)
    return list({row.month: row for row in reversed(found)}.values())[::-1]


def trends(
    edition: Edition, indicator: str, scope: Scope, span: tuple[date, date], by: str, vintage: str | None = None
) -> dict[str, list[Row]]:
    """trend() of every group of `by`, by group: as one query, since a comparison asks for all of them."""
    measure = _fitting(indicator, scope, by)
    month_ends = [month for month in months(edition) if span[0] <= month <= span[1]]
    known = _known_vintage(edition, measure, vintage, scope, by)
    found: dict[str, list[Row]] = {}
    for row in _rows(edition, measure, month_ends, scope, by, known):
        found.setdefault(row.group, []).append(row)
    return found


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


def spreads(edition: Edition, month: date, scope: Scope, by: str) -> dict[str, Spread]:
    """By group of `by`, those of one month; empty for editions that do not hold them (before schema 3)."""
    if int(edition.meta["schema_version"]) < SPREAD_SCHEMA:
        return {}
    names = _places_of(edition, scope.place, by if by in ("place", "branch") else None)
    found = _counts(edition, "spread_rows", scope, by, names, [month])
    columns = ("judged_projects", "covered", "judged_workers", "covered_squares", "covered_by_workers")
    return {row[_key_of(by)]: Spread(*(row[column] for column in (*columns, "workers_squares"))) for row in found}


def by_vintage(edition: Edition, indicator: str, month: date, scope: Scope) -> list[Row]:
    """The same numerator under every source of estimates that has one by the month: what each would conclude.

    In the configured order of sources; empty where none has an estimate of the place.
    """
    estimates = _estimates_of(edition, (scope.place,), scope.sector)
    known = sorted({(row["source_rank"], row["source"]) for row in estimates if row["per_tanggal"] <= month})
    return [row for _, source in known for row in rows(edition, indicator, month, scope, vintage=source)]


def _rows(
    edition: Edition, measure: Indicator, month_ends: list[date], scope: Scope, by: str | None, vintage: str | None
) -> list[Row]:
    if not month_ends:
        return []
    if by == "sector":
        return _sector_rows(edition, measure, month_ends, scope, vintage)
    tables = [measure.table] if scope.sector == CONSTRUCTION else [measure.table, "sector_members"]
    if not all(_is_told(edition, table) for table in tables):
        groups = _places_of(edition, scope.place, by if by in ("place", "branch") else None)
        return [
            _empty_row(code, name, month, "edition_older", sector=scope.sector)
            for code, name in groups.items()
            for month in month_ends
        ]
    if measure.table == "population":
        groups = _places_of(edition, scope.place, by)
        return _population_rows(edition, measure, groups, month_ends, vintage, sector=scope.sector)
    if measure.table == "target":
        return _target_rows(edition, _places_of(edition, scope.place, by), month_ends, scope.sector)
    return _group_rows(edition, measure, scope, by, month_ends)


def _sector_rows(
    edition: Edition, measure: Indicator, month_ends: list[date], scope: Scope, vintage: str | None
) -> list[Row]:
    return [
        replace(row, group=sector, label=row.label if row.target else sector)
        for sector in sectors(edition, scope.place)
        for row in _rows(edition, measure, month_ends, replace(scope, sector=sector), None, vintage)
    ]


def _is_told(edition: Edition, table: str) -> bool:
    return OLDEST_SCHEMA[table] <= int(edition.meta["schema_version"])


def _empty_row(
    group: str, label: str, month: date, reason: str, status: str = "no_data", sector: str = CONSTRUCTION
) -> Row:
    nothing = dict.fromkeys(("numerator", "denominator", "value", "low", "high", "named_persons", "unnamed_headcount"))
    as_told = {"status": status, "source": None, "as_of": None, "reason": reason, "sector": sector}
    return Row(group, label, f"{month:%Y-%m}", **nothing, **as_told)


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
    seen = {place["code"]: place for place in places(edition) if place["has_data"] and place["kind"] not in GROUPS}
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
    """Every place, branch and group of places: code, name, short_name, kind, parent, has_data."""
    found = edition.query("places")
    reporting = edition.query("sector_places") if _is_told(edition, "sector_members") else []
    told = {row["place"] for row in reporting}
    return [row | {"has_data": row["has_data"] or row["code"] in told} for row in found]


@lru_cache(maxsize=256)
def sectors(edition: Edition, place: str) -> list[str]:
    """Construction; then those with a count or an estimate of the place in any month: all sectors, others by name."""
    found = edition.query("vintage_sectors", place=place)
    if _is_told(edition, "sector_members"):
        found += edition.query("member_sectors", place=place)
    others = {row["sector"] for row in found} & {ALL_SECTORS, *SECTORS} - {CONSTRUCTION}
    return [CONSTRUCTION, *sorted(others, key=lambda sector: (sector != ALL_SECTORS, sector))]


def owners(edition: Edition, place: str) -> list[dict[str, Any]]:
    """Owners with a running project in the place in any month: owner, owner_type, projects."""
    return edition.query("owners", place=place)


def funds(edition: Edition, place: str) -> list[dict[str, Any]]:
    """Funds of projects in the place: fund, payer, projects."""
    return edition.query("funds", place=place)


def agency_placed(edition: Edition, month: date, scope: Scope) -> int | None:
    """Running projects of the scope that lie where their buyer does, as their records name no place of work.

    None where no project runs, and of an edition from before this was kept.
    """
    if not _is_told(edition, "sector_members"):
        return None
    asked = {"place": scope.place, "owner": scope.owner or ALL, "fund": scope.fund or ALL, "month": month}
    found = [row for row in edition.query("agency_placed", **asked) if row["running_projects"]]
    return found[0]["agency_placed_projects"] if found else None


def targets(edition: Edition, place: str, year: int, sector: str = CONSTRUCTION) -> list[tuple[Target, str | None]]:
    """Every target of a place and year, each with why it stands beside no measure (analytics.targets.obstacle)."""
    if not _is_told(edition, "target"):
        return []
    found = edition.query("target_rows", places=[place], first_year=year, last_year=year)
    return [(target, obstacle(target, sector)) for target in (Target(**row) for row in found)]


def targets_beside(
    edition: Edition, indicator: str, year: int, scope: Scope, by: str | None = None
) -> dict[str, list[Target]]:
    """By group of `by` (place, branch, sector; None: the scope itself), the targets that its measure can stand beside.

    Groups without one are left out; several of one group come in the order of their issuers.
    """
    if not _is_told(edition, "target"):
        return {}
    if by == "sector":
        groups = {sector: (scope.place, sector) for sector in sectors(edition, scope.place)}
    else:
        groups = {code: (code, scope.sector) for code in _places_of(edition, scope.place, by)}
    places_named = sorted({place for place, _sector in groups.values()})
    stated = [
        Target(**row) for row in edition.query("target_rows", places=places_named, first_year=year, last_year=year)
    ]
    fitting = {
        group: [target for target in stated if target.place == place and _stands_beside(target, indicator, sector)]
        for group, (place, sector) in groups.items()
    }
    return {group: found for group, found in fitting.items() if found}


def _stands_beside(target: Target, indicator: str, sector: str) -> bool:
    measure = measure_of(target)
    return measure is not None and measure.code == indicator and obstacle(target, sector) is None


def _fitting(indicator: str, scope: Scope, by: str | None) -> Indicator:
    if indicator not in INDICATORS:
        raise CakupanError(f"Indikator '{indicator}' tidak dikenal; pilih salah satu: {', '.join(INDICATORS)}.")
    if by is not None and by not in DIMENSIONS:
        raise CakupanError(f"Rincian '{by}' tidak dikenal; pilih salah satu: {', '.join(DIMENSIONS)}.")
    measure = INDICATORS[indicator]
    _refuse_sector(measure, scope.sector, by)
    wanted = [by, "owner" if scope.owner else None, "fund" if scope.fund else None]
    unfit = next((dimension for dimension in wanted if dimension and dimension not in measure.split_by), None)
    if unfit in FUND_GROUPS and "fund" in measure.split_by:
        raise CakupanError(
            f"{indicator} tidak ada menurut {unfit}: orang yang bekerja dengan beberapa sumber dana tidak boleh "
            "dijumlahkan; pakai rincian fund."
        )
    if unfit:
        raise CakupanError(
            f"{indicator} tidak ada menurut {unfit}: tidak ada survei pekerja menurut pemilik atau sumber dana; "
            "pakai placement_coverage."
        )
    return measure


def _refuse_sector(measure: Indicator, sector: str, by: str | None) -> None:
    if sector not in (ALL_SECTORS, *SECTORS):
        raise CakupanError(f"Sektor '{sector}' tidak dikenal; pilih: {', '.join((ALL_SECTORS, *SECTORS))}.")
    if "sector" not in measure.split_by and (by == "sector" or sector != CONSTRUCTION):
        told = ", ".join(code for code, indicator in INDICATORS.items() if "sector" in indicator.split_by)
        raise CakupanError(
            f"{measure.code} tidak ada menurut sector: hanya untuk konstruksi; pakai salah satu: {told}."
        )


def _known_vintage(
    edition: Edition, measure: Indicator, source: str | None, scope: Scope, by: str | None
) -> str | None:
    if source is None:
        return None
    if measure.denominator != "vintage":
        raise CakupanError(
            f"{measure.code} tidak memakai perkiraan pekerja, jadi tidak ada sumber '{source}' untuk dipilih."
        )
    among = sectors(edition, scope.place) if by == "sector" else [scope.sector]
    known = [row["source"] for row in edition.query("vintage_sources", sectors=among)]
    if source not in known:
        raise CakupanError(
            f"Sumber penyebut '{source}' tidak ada di edisi ini; pilih: {', '.join(known) or 'belum ada'}."
        )
    return source


def _places_of(edition: Edition, place: str, by: str | None) -> dict[str, str]:
    """Code and name of the groups: the place itself, its children, or its branches."""
    known = {row["code"]: row for row in places(edition)}
    if place not in known:
        raise CakupanError(
            f"Wilayah '{place}' tidak dikenal; pakai kode Kemendagri seperti 16.71, branch:KODE atau group:KODE."
        )
    if by == "branch":
        chosen = [code for code, row in known.items() if row["kind"] == "cabang" and place in (row["parent"], NATION)]
    elif by == "place" and known[place]["kind"] in GROUPS:
        chosen = [row["place"] for row in edition.query("branch_places", branch=place)]
    elif by == "place":
        chosen = [code for code, row in known.items() if row["parent"] == place and row["kind"] not in GROUPS]
    else:
        chosen = [place]
    return {code: known[code]["name"] for code in chosen}


def _population_rows(
    edition: Edition,
    measure: Indicator,
    groups: dict[str, str],
    month_ends: list[date],
    vintage: str | None,
    *,
    sector: str,
) -> list[Row]:
    counted = _counted_of(edition, tuple(groups), sector)
    estimates = [row for row in _estimates_of(edition, tuple(groups), sector) if vintage in (None, row["source"])]
    shared = partial(_population_row, measure, sector)
    return [
        shared(place, label, month, counted.get((place, month)), _latest(estimates, place, month))
        for place, label in groups.items()
        for month in month_ends
    ]


@lru_cache(maxsize=256)
def _counted_of(edition: Edition, codes: tuple[str, ...], sector: str) -> dict[tuple[str, date], dict[str, Any]]:
    """All months of the places: a page asks for the same places several times, and an edition never changes."""
    every_month = months(edition)
    span = {"places": list(codes), "first": every_month[0], "last": every_month[-1]}
    if sector == CONSTRUCTION:
        found = edition.query("population_rows", **span)
    else:
        found = edition.query("sector_member_rows", **span, sector=sector)
    return {(row["place"], row["month"]): row for row in found}


@lru_cache(maxsize=256)
def _estimates_of(edition: Edition, codes: tuple[str, ...], sector: str) -> list[dict[str, Any]]:
    return edition.query("vintage_rows", places=list(codes), sector=sector)


def _latest(estimates: Iterable[dict[str, Any]], place: str, month: date) -> Vintage | None:
    """The newest estimate not after the month, from the first source in the configured order that has one."""
    known = [row for row in estimates if row["place"] == place and row["per_tanggal"] <= month]
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
        sector=sector,
    )


def _group_rows(
    edition: Edition, measure: Indicator, scope: Scope, by: str | None, month_ends: list[date]
) -> list[Row]:
    names = _places_of(edition, scope.place, by if by in ("place", "branch") else None)
    found = _counts(edition, f"{measure.table}_rows", scope, by, names, month_ends)
    key = _key_of(by)
    by_group = {(row[key], row["month"]): row for row in found}
    labels = names if key == "place" else {row[key]: row[key] for row in found}
    return [
        _group_row(measure, label, group, month, by_group[group, month])
        if (group, month) in by_group
        else _empty_row(group, label, month, "no_project")
        for group, label in labels.items()
        for month in month_ends
    ]


def _counts(
    edition: Edition, query: str, scope: Scope, by: str | None, names: Iterable[str], month_ends: list[date]
) -> list[dict[str, Any]]:
    found = edition.query(
        query,
        places=list(names),
        first=month_ends[0],
        last=month_ends[-1],
        owner_type=ANY if by == "owner_type" else ALL,
        owner=ANY if by == "owner" and not scope.owner else scope.owner or ALL,
        fund=ANY if by in ("fund", *FUND_GROUPS) and not scope.fund else scope.fund or ALL,
    )
    return _put_together(edition, found, by) if by in FUND_GROUPS else found


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
    status = "no_data" if reason else _status_of_denominator(measure, denominator)
    estimate = Vintage(denominator, None, None, None, "") if denominator is not None else None
    value, low, high = _measured(measure, status, numerator, 0.0, estimate)
    return Row(
        group=group,
        label=label,
        month=f"{month:%Y-%m}",
        numerator=numerator,
        denominator=denominator,
        value=value,
        low=low,
        high=high,
        status=_plausibility(measure, status, value),
        source=None if reason else PROJECT_SOURCE,
        as_of=None if reason else month,
        origin=None if reason else "persons",
        unsized_projects=counted.get("unsized_projects"),
        running_projects=counted["running_projects"] or None,
        left_out=counted[measure.left_out] if measure.left_out else None,
        reason=reason,
        **_split(measure, counted, told=reason is None),
    )


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


def _target_rows(edition: Edition, groups: dict[str, str], month_ends: list[date], sector: str) -> list[Row]:
    span = {"first_year": month_ends[0].year, "last_year": month_ends[-1].year}
    stated = [Target(**row) for row in edition.query("target_rows", places=list(groups), **span)]
    found = []
    for place, label in groups.items():
        for month in month_ends:
            chosen = [target for target in stated if (target.place, target.year) == (place, month.year)]
            comparable = [target for target in chosen if obstacle(target, sector) is None]
            found += [_attainment(edition, target, label, month, sector) for target in comparable]
            if not comparable:
                reason = "not_comparable" if chosen else "no_target"
                found.append(_empty_row(place, label, month, reason, status="no_denominator", sector=sector))
    return found


def _attainment(edition: Edition, target: Target, label: str, month: date, sector: str) -> Row:
    measure = measure_of(target)
    assert measure is not None and target.place is not None, target
    [row] = rows(edition, measure.code, month, Scope(target.place, sector=sector))
    value = attainment_pct(row.value, target.target)
    bounds = (attainment_pct(bound, target.target) for bound in (row.low, row.high))
    status = row.status if row.value is None else "zero_denominator" if value is None else row.status
    low, high = bounds
    return replace(
        row,
        label=" · ".join((label, *_spoken(measure, sector), target.issuer)),
        numerator=row.value,
        denominator=target.target if measure.unit == "rupiah" else float(target.target),
        value=value,
        low=low,
        high=high,
        status=status,
        denominator_source=target.issuer,
        denominator_as_of=date(target.year, 12, 31),
        target=target,
    )


def _spoken(measure: Indicator, sector: str) -> tuple[str, ...]:
    return (measure.label.id,) if sector == CONSTRUCTION else (label_in(measure, sector).id, sector)


def _status_of_denominator(measure: Indicator, denominator: Amount) -> str:
    if measure.denominator is None:
        return "ok"
    if denominator is None:
        return "no_denominator"
    return "zero_denominator" if denominator == 0 and measure.unit == "percent" else "ok"


def _measured(
    measure: Indicator, status: str, numerator: Amount, half_unit: float, estimate: Vintage | None
) -> tuple[Amount, float | None, float | None]:
    """Value and its bounds in the indicator's unit; all None unless the status is ok."""
    if status != "ok" or numerator is None:
        return None, None, None
    if isinstance(numerator, Decimal):
        # Money states no error; a share of it is a number like any other.
        assert half_unit == 0, numerator
        return (float(100 * numerator / estimate.workers) if estimate else numerator), None, None
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


def _plausibility(measure: Indicator, status: str, value: Amount) -> str:
    if value is None:
        return status
    least, most = measure.plausible
    outside = (least is not None and value < least) or (most is not None and value > most)
    return "implausible" if outside else status
