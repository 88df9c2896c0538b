"""Rows of an indicator for a scope, and what an edition speaks of: months, places, sectors, owners, funds."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from analytics.indicators import INDICATORS, Indicator, label_in
from analytics.population import estimates_of, population_rows
from analytics.projects import FUND_GROUPS, Spread, group_rows, spreads_of
from analytics.row import Row, Scope, empty_row, month_end
from analytics.targets import Target, attainment_pct, measure_of, obstacle
from analytics.within import NATION, first_owner, first_place, widest_places
from data.access import ALL, ANY, EVERYTHING
from data.categories import ALL_SECTORS, CONSTRUCTION, SECTORS
from data.editions import Edition
from data.errors import CakupanError

GROUPS = ("cabang", "kelompok")
DIMENSIONS = ("place", "branch", "sector", "owner_type", "owner", "fund", *FUND_GROUPS)
OLDEST_SCHEMA = {
    "population": 1,
    "work": 1,
    "activity": 2,
    "target": 2,
    "sector_members": 3,
    "spread": 3,
    "versions": 4,
}


def rows(
    edition: Edition, indicator: str, month: date, scope: Scope, by: str | None = None, vintage: str | None = None
) -> list[Row]:
    """One row per group of `by` (one of DIMENSIONS), or one for the scope.

    By sector: each of `sectors`, whatever the sector of the scope.

    payer and level put funds together: who pays them, and whose money they are (pusat, daerah, …). target_attainment
    gives a row per comparable target. `vintage` names the source of the estimate to divide by, in place of the
    configured order. CakupanError when the indicator, the place, the breakdown or the source is unknown, or they do not
    fit each other; OutsideScope, as from all that follows, when the scope lies outside the edition's grant.
    """
    measure = _fitting(edition, indicator, scope, by)
    return _rows(edition, measure, [month], scope, by, _known_vintage(edition, measure, vintage, scope, by))


def rows_of_places(edition: Edition, indicator: str, month: date, codes: Iterable[str]) -> list[Row]:
    """What rows() gives of each of these places, branches and groups alone, as one query; not of targets."""
    measure, known = INDICATORS[indicator], _places_by_code(edition)
    assert measure.table != "target", indicator
    names = {code: known[code]["name"] for code in codes}
    if not _is_told(edition, measure.table):
        return [empty_row(code, name, month, "edition_older") for code, name in names.items()]
    if measure.table == "population":
        return population_rows(edition, measure, names, [month], None, sectors=(CONSTRUCTION,))
    return group_rows(edition, measure, Scope(NATION), None, names, [month])


def trend(
    edition: Edition, indicator: str, scope: Scope, first: date, last: date, vintage: str | None = None
) -> list[Row]:
    """One row per month end from first to last, oldest first; months without data are rows too.

    Of several targets in one month the first issuer's.
    """
    measure = _fitting(edition, indicator, scope, None)
    month_ends = [month for month in months(edition) if first <= month <= last]
    known = _known_vintage(edition, measure, vintage, scope, None)
    found = _rows(edition, measure, month_ends, scope, None, known)
    return list({row.month: row for row in reversed(found)}.values())[::-1]


def trends(
    edition: Edition, indicator: str, scope: Scope, span: tuple[date, date], by: str, vintage: str | None = None
) -> dict[str, list[Row]]:
    """trend() of every group of `by`, by group: as one query, since a comparison asks for all of them."""
    measure = _fitting(edition, indicator, scope, by)
    month_ends = [month for month in months(edition) if span[0] <= month <= span[1]]
    known = _known_vintage(edition, measure, vintage, scope, by)
    found: dict[str, list[Row]] = {}
    for row in _rows(edition, measure, month_ends, scope, by, known):
        found.setdefault(row.group, []).append(row)
    return found


def spreads(edition: Edition, month: date, scope: Scope, by: str) -> dict[str, Spread]:
    """By group of `by`, those of one month; empty for editions that do not hold them (before schema 3)."""
    _refuse_outside(edition, scope, by)
    if not _is_told(edition, "spread"):
        return {}
    return spreads_of(edition, month, scope, by, _project_places(edition, scope, by))


def by_vintage(edition: Edition, indicator: str, month: date, scope: Scope) -> list[Row]:
    """The same numerator under every source of estimates that has one by the month: what each would conclude.

    In the configured order of sources; empty where none has an estimate of the place.
    """
    _refuse_outside(edition, scope, None)
    estimates = estimates_of(edition, (scope.place,), (scope.sector,))
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
        # An older edition knows its places, not the owners and funds of what it does not tell.
        groups = _project_places(edition, scope, by) if by in (None, "place", "branch") else {}
        return [
            empty_row(code, name, month, "edition_older", sector=scope.sector)
            for code, name in groups.items()
            for month in month_ends
        ]
    if measure.table == "population":
        groups = _places_of(edition, scope.place, by)
        return population_rows(edition, measure, groups, month_ends, vintage, sectors=(scope.sector,))
    if measure.table == "target":
        return _target_rows(edition, _places_of(edition, scope.place, by), month_ends, scope.sector)
    return group_rows(edition, measure, scope, by, _project_places(edition, scope, by), month_ends)


def _sector_rows(
    edition: Edition, measure: Indicator, month_ends: list[date], scope: Scope, vintage: str | None
) -> list[Row]:
    if measure.table == "population" and _is_told(edition, "sector_members"):
        place, among = _places_of(edition, scope.place, None), tuple(sectors(edition, scope.place))
        found = population_rows(edition, measure, place, month_ends, vintage, sectors=among)
        return [replace(row, group=row.sector, label=row.sector) for row in found]
    return [
        replace(row, group=sector, label=row.label if row.target else sector)
        for sector in sectors(edition, scope.place)
        for row in _rows(edition, measure, month_ends, replace(scope, sector=sector), None, vintage)
    ]


def _is_told(edition: Edition, table: str) -> bool:
    return OLDEST_SCHEMA[table] <= int(edition.meta["schema_version"])


def months(edition: Edition) -> list[date]:
    """Month ends this edition speaks of, oldest first."""
    return list(_months(edition))


@lru_cache(maxsize=64)
def _months(edition: Edition) -> tuple[date, ...]:
    if not edition.meta["first_month"]:
        return ()
    month, last = (date.fromisoformat(edition.meta[key]) for key in ("first_month", "last_month"))
    found = []
    while month <= last:
        found.append(month)
        month = month_end(month + timedelta(days=1))
    return tuple(found)


def default_month(edition: Edition, scope: Scope) -> date | None:
    """The latest month with the scope's headline measure; else with its count; else with running projects; else the
    latest; None without data."""
    _refuse_outside(edition, scope, None)
    month_ends = months(edition)
    if not month_ends:
        return None
    series = trend(edition, headline_indicator(scope), scope, month_ends[0], month_ends[-1])
    with_value = [month for month, row in zip(month_ends, series, strict=True) if row.value is not None]
    counted = [month for month, row in zip(month_ends, series, strict=True) if row.status == "no_denominator"]
    if with_value or counted or scope.sector != CONSTRUCTION:
        return (with_value or counted or month_ends)[-1]
    projects = trend(edition, "placement_coverage", scope, month_ends[0], month_ends[-1])
    at_work = [month for month, row in zip(month_ends, projects, strict=True) if row.running_projects]
    return (at_work or month_ends)[-1]


def default_scope(edition: Edition) -> Scope:
    """What a page begins with: the default place and, where the grant names owners, the one with the most projects."""
    return Scope(default_place(edition), owner=first_owner(edition))


def default_place(edition: Edition) -> str:
    """The home province if this edition has anything of it, else the smallest place that holds all it has.

    Under a limited grant the granted place; of several the smallest that holds all of them, else the first with data.
    Where the grant names owners, the smallest place that holds all their projects.
    """
    if edition.grant != EVERYTHING:
        return first_place(edition)
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


# As many as there are grants in use at a time.
@lru_cache(maxsize=64)
def places(edition: Edition) -> list[dict[str, Any]]:
    """Every place, branch and group of places: code, name, short_name, kind, parent, has_data."""
    found = edition.query("places")
    reporting = []
    if _is_told(edition, "sector_members") and edition.grant.owners is None:
        reporting = edition.query("sector_places", places=[row["code"] for row in found])
    told = {row["place"] for row in reporting}
    return [row | {"has_data": row["has_data"] or row["code"] in told} for row in found]


@lru_cache(maxsize=64)
def _places_by_code(edition: Edition) -> dict[str, dict[str, Any]]:
    return {row["code"]: row for row in places(edition)}


@lru_cache(maxsize=256)
def sectors(edition: Edition, place: str) -> list[str]:
    """Construction; then those with a count or an estimate of the place in any month: all sectors, others by name.

    Under a grant of owners construction alone: they are known by their projects.
    """
    if edition.grant.owners is not None:
        edition.refuse_outside(place=place, owner=ANY)
        return [CONSTRUCTION]
    found = edition.query("vintage_sectors", place=place)
    if _is_told(edition, "sector_members"):
        found += edition.query("member_sectors", place=place)
    others = {row["sector"] for row in found} & {ALL_SECTORS, *SECTORS} - {CONSTRUCTION}
    return [CONSTRUCTION, *sorted(others, key=lambda sector: (sector != ALL_SECTORS, sector))]


def owners(edition: Edition, place: str) -> list[dict[str, Any]]:
    """Owners with a running project in the place in any month: owner, owner_type, projects (all that may be seen)."""
    return edition.query("owners", place=place)


def funds(edition: Edition, place: str) -> list[dict[str, Any]]:
    """Funds of projects in the place: fund, payer, projects (all that may be seen)."""
    return edition.query("funds", place=place)


def known_owners(edition: Edition) -> list[str]:
    """Owners of projects anywhere in what may be seen, by name; the owners that a grant names, with projects or not."""
    if edition.grant.owners is not None:
        return sorted(edition.grant.owners)
    return sorted({row["owner"] for place in widest_places(edition) for row in owners(edition, place)})


def known_funds(edition: Edition) -> list[str]:
    """Funds of projects anywhere in what may be seen, by name."""
    return sorted({row["fund"] for place in widest_places(edition) for row in funds(edition, place)})


def agency_placed(edition: Edition, month: date, scope: Scope) -> int | None:
    """Running projects of the scope that lie where their buyer does, as their records name no place of work.

    None where no project runs, and of an edition from before this was kept.
    """
    _refuse_outside(edition, scope, None)
    if not _is_told(edition, "sector_members"):
        return None
    asked = {"place": scope.place, "owner": scope.owner or ALL, "fund": scope.fund or ALL, "month": month}
    found = [row for row in edition.query("agency_placed", **asked) if row["running_projects"]]
    return found[0]["agency_placed_projects"] if found else None


def targets(edition: Edition, place: str, year: int, sector: str = CONSTRUCTION) -> list[tuple[Target, str | None]]:
    """Every target of a place and year, each with why it stands beside no measure (analytics.targets.obstacle)."""
    _refuse_outside(edition, Scope(place, sector=sector), None)
    if not _is_told(edition, "target"):
        return []
    return [(target, obstacle(target, sector)) for target in _targets_in_force(edition, [place], year, year)]


def target_versions(edition: Edition, scope: Scope, year: int) -> list[Target]:
    """Every version of every target of the scope's place and year: each in force, then what it replaced, newest first.

    Editions before schema 4 know the one in force alone. Under a grant of owners there are none.
    """
    _refuse_outside(edition, scope, None)
    if not _is_told(edition, "target") or edition.grant.owners is not None:
        return []
    return _target_versions(edition, [scope.place], year, year)


def _targets_in_force(edition: Edition, places_named: list[str], first_year: int, last_year: int) -> list[Target]:
    stated = _target_versions(edition, places_named, first_year, last_year)
    return [target for target in stated if not target.is_superseded]


def _target_versions(edition: Edition, places_named: list[str], first_year: int, last_year: int) -> list[Target]:
    query = "target_versions" if _is_told(edition, "versions") else "target_rows"
    found = edition.query(query, places=places_named, first_year=first_year, last_year=last_year)
    return [Target(**row) for row in found]


def targets_beside(
    edition: Edition, indicator: str, year: int, scope: Scope, by: str | None = None
) -> dict[str, list[Target]]:
    """By group of `by` (place, branch, sector; None: the scope itself), the targets that its measure can stand beside.

    Groups without one are left out; several of one group come in the order of their issuers. Under a grant of owners
    there are none: a target is a place's.
    """
    _refuse_outside(edition, scope, by)
    if not _is_told(edition, "target") or edition.grant.owners is not None:
        return {}
    if by == "sector":
        groups = {sector: (scope.place, sector) for sector in sectors(edition, scope.place)}
    else:
        groups = {code: (code, scope.sector) for code in _places_of(edition, scope.place, by)}
    places_named = sorted({place for place, _sector in groups.values()})
    stated = _targets_in_force(edition, places_named, year, year)
    fitting = {
        group: [target for target in stated if target.place == place and _stands_beside(target, indicator, sector)]
        for group, (place, sector) in groups.items()
    }
    return {group: found for group, found in fitting.items() if found}


def _stands_beside(target: Target, indicator: str, sector: str) -> bool:
    measure = measure_of(target)
    return measure is not None and measure.code == indicator and obstacle(target, sector) is None


def _refuse_outside(edition: Edition, scope: Scope, by: str | None) -> None:
    """Also where the edition is then asked nothing: 'no data' of what one may not see would be an answer."""
    owner = scope.owner or (ANY if by == "owner" else ALL)
    # Nobody is called so: an address that says it means all of them.
    edition.refuse_outside(place=scope.place, owner=ALL if scope.owner == ANY else owner)


def _fitting(edition: Edition, indicator: str, scope: Scope, by: str | None) -> Indicator:
    _refuse_outside(edition, scope, by)
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
    known = _sources(edition, tuple(among))
    if source not in known:
        raise CakupanError(
            f"Sumber penyebut '{source}' tidak ada di edisi ini; pilih: {', '.join(known) or 'belum ada'}."
        )
    return source


@lru_cache(maxsize=64)
def _sources(edition: Edition, among: tuple[str, ...]) -> list[str]:
    """Sources of estimates of these sectors, in the configured order."""
    found = edition.query("vintage_sources", places=sorted(edition.visible_places), sectors=list(among))
    return [row["source"] for row in found]


def _project_places(edition: Edition, scope: Scope, by: str | None) -> dict[str, str]:
    """Code and name of the places of groups of projects: those of the breakdown, or the scope's alone."""
    return _places_of(edition, scope.place, by if by in ("place", "branch") else None)


def _places_of(edition: Edition, place: str, by: str | None) -> dict[str, str]:
    """Code and name of the groups: the place itself, its children, or its branches."""
    known = _places_by_code(edition)
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


def _target_rows(edition: Edition, groups: dict[str, str], month_ends: list[date], sector: str) -> list[Row]:
    stated = _targets_in_force(edition, list(groups), month_ends[0].year, month_ends[-1].year)
    found = []
    for place, label in groups.items():
        for month in month_ends:
            chosen = [target for target in stated if (target.place, target.year) == (place, month.year)]
            comparable = [target for target in chosen if obstacle(target, sector) is None]
            found += [_attainment(edition, target, label, month, sector) for target in comparable]
            if not comparable:
                reason = "not_comparable" if chosen else "no_target"
                found.append(empty_row(place, label, month, reason, status="no_denominator", sector=sector))
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
