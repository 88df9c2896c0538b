"""What it takes: the fewest projects that, once registered and covered, close the gap to a target."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from analytics.attainment import TargetRow
from analytics.indicators import INDICATORS, YEAR_TO_DATE
from analytics.register import has_register
from analytics.row import Scope
from analytics.seasons import seen_on
from analytics.tariff import contribution
from analytics.within import places_inside
from data.access import ALL
from data.categories import CONSTRUCTION
from data.editions import Edition
from data.errors import CakupanError
from data.working_days import working_days_counted


@dataclass(frozen=True)
class ClosingProject:
    """One project that runs at the month end and could bring a target closer.

    `closes` is by how much, in the unit of the gap; None where it cannot be told, and `reason` says why: unknown
    (registrations or memberships are not complete), unsized (the number of workers is not stated) or unpriced (the
    contract value is not). `reached` adds up `closes` down the list. `days_left` are working days from the day the
    reader stands on to the last day to register, negative when that is past, None without the date of a work order;
    `days_running` are calendar days to the end of the project; `runs_at_deadline`: it still runs on the target date.
    """

    kode_proyek: str
    nama_proyek: str
    place: str
    place_name: str
    owner: str
    owner_type: str
    fund: str
    payer: str | None
    penyedia: str | None
    telepon_penyedia: str | None
    nilai_kontrak: Decimal | None
    no_spk: str | None
    tgl_spk: date | None
    deadline: date | None
    mulai: date
    selesai: date
    is_registered: bool | None
    workers: int | None
    covered: int | None
    closes: Decimal | None = None
    reached: Decimal | None = None
    days_left: int | None = None
    days_running: int = 0
    runs_at_deadline: bool = False
    reason: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {name: str(fact) if isinstance(fact, date | Decimal) else fact for name, fact in asdict(self).items()}


@dataclass(frozen=True)
class ClosingList:
    """The fewest projects that close a gap, largest first; all that there are where they do not.

    `gap` is in `gap_unit` (persons, projects, rupiah), `closed` what the rows add up to. `candidates` counts the
    projects of which the rows are some. `unknown` are those that might belong to them: they are never counted.
    Of a state only what still runs on the target date helps then: `closed_at_deadline` is that part of `closed`; of a
    sum of the year it is all of it. `is_old` says that the edition does not know single projects.
    """

    rows: tuple[ClosingProject, ...]
    unknown: tuple[ClosingProject, ...]
    gap: Decimal
    gap_unit: str
    closed: Decimal
    closed_at_deadline: Decimal
    candidates: int
    is_old: bool = False

    @property
    def is_closed(self) -> bool:
        return self.closed >= self.gap

    def as_json(self) -> dict[str, Any]:
        amounts = {name: str(getattr(self, name)) for name in ("gap", "closed", "closed_at_deadline")}
        told = {name: getattr(self, name) for name in ("gap_unit", "candidates", "is_closed", "is_old")}
        return amounts | told | {name: [row.as_json() for row in getattr(self, name)] for name in ("rows", "unknown")}


Record = dict[str, Any]  # a row of data/sql/edition/closing_keys.sql


def _uncovered(record: Record) -> Decimal | None:
    return None if record["covered"] is None else Decimal(record["workers"] - record["covered"])


def _workers(record: Record) -> Decimal | None:
    return None if record["workers"] is None else Decimal(record["workers"])


def _one_project(_record: Record) -> Decimal:
    return Decimal(1)


def _contract_value(record: Record) -> Decimal | None:
    return record["nilai_kontrak"]


def _contribution(record: Record) -> Decimal | None:
    """What its contract owes; where it does not say whether the value holds VAT, the lesser: it does."""
    if record["nilai_kontrak"] is None:
        return None
    try:
        return contribution(record["nilai_kontrak"], record["signed_on"], includes_vat=record["termasuk_ppn"]).total_rp
    except CakupanError:  # a value that no contract has, or a day before the first tariff
        return None


# By how much one project closes the gap of a measure: measures of cover by its workers without cover, those of
# registrations if it has none, that of contributions by what it owes if it has not paid. What is not named here no
# project of today closes, as a deadline that is past.
CLOSED_BY: dict[str, Callable[[Record], Decimal | None]] = {
    "population_coverage": _uncovered,
    "active_members": _uncovered,
    "placement_coverage": _uncovered,
    "project_registration": _one_project,
    "projects_registered_ytd": _one_project,
    "workers_registered_ytd": _workers,
    "value_registration": _contract_value,
    "contributions_paid_rp": _contribution,
}
BY_VALUE = (_contract_value, _contribution)
TOLD_OF_KEYS = ("is_registered", "workers", "covered", "closes", "reached", "reason")


def closing_list(edition: Edition, month: date, scope: Scope, target: TargetRow) -> ClosingList | None:
    """Of the scope's projects that run at the month end and are not over on the day the reader stands on.

    None where no list can be made: the target stands beside no measure of the month, no project closes its measure
    (CLOSED_BY), or the scope is of another sector than construction. A person on two projects is counted on both, as in
    every sum over projects.
    """
    edition.refuse_outside(place=scope.place, owner=scope.owner or ALL)
    amount = CLOSED_BY.get(target.measure or "")
    if scope.sector != CONSTRUCTION or amount is None or target.gap is None or target.gap_unit is None:
        return None
    if not has_register(edition):
        return ClosingList((), (), target.gap, target.gap_unit, Decimal(0), Decimal(0), 0, is_old=True)
    within = {"places": places_inside(edition, scope.place), "owners": [scope.owner] if scope.owner else None}
    stands_on = seen_on(edition, month)
    running = edition.query("closing_keys", **within, fund=scope.fund, month=month, seen_on=stands_on)
    known, unknown = _sorted_out(running, amount)
    needed = _fewest(known, target.gap)
    told = _projects(edition, within, [*needed, *unknown], (stands_on, target.target.deadline))
    rows, others = told[: len(needed)], told[len(needed) :]
    closed = sum((record["closes"] for record in needed), Decimal(0))
    is_sum = INDICATORS[target.measure or ""].counting == YEAR_TO_DATE
    lasting = closed if is_sum else sum((row.closes for row in rows if row.closes and row.runs_at_deadline), Decimal(0))
    return ClosingList(rows, others, target.gap, target.gap_unit, closed, lasting, len(known))


def _sorted_out(running: list[Record], amount: Callable[[Record], Decimal | None]) -> tuple[list[Record], list[Record]]:
    """What closes something, largest first, and what nobody can tell of."""
    known, unknown = [], []
    # What is registered and not paid still owes its contribution.
    needed = "is_paid" if amount is _contribution else "is_registered"
    for record in running:
        is_told = record["is_judged"] if amount is _uncovered else record[needed] is not None
        if amount is not _uncovered and record[needed]:
            continue
        closes = amount(record) if is_told else None
        if closes is None:
            lacking = "unpriced" if amount in BY_VALUE else "unsized"
            unknown.append(record | {"reason": lacking if is_told else "unknown"})
        elif closes > 0:
            known.append(record | {"closes": closes})
    known.sort(key=lambda record: (-record["closes"], -(record["workers"] or 0), record["kode_proyek"]))
    return known, unknown


def _fewest(known: list[Record], gap: Decimal) -> list[Record]:
    """The first of them, which are the largest, until they close the gap: no fewer can add up to as much."""
    needed, reached = [], Decimal(0)
    for record in known:
        if reached >= gap:
            break
        reached += record["closes"]
        needed.append(record | {"reached": reached})
    return needed


def _projects(
    edition: Edition, within: dict[str, Any], records: list[Record], days: tuple[date, date]
) -> tuple[ClosingProject, ...]:
    """The records with what is shown of their projects, in their order, seen on the first of the days."""
    stands_on, target_date = days
    codes = [record["kode_proyek"] for record in records]
    found = {row["kode_proyek"]: row for row in edition.query("closing_projects", **within, codes=codes)}
    days_left = _working_days_from(stands_on, [row["deadline"] for row in found.values() if row["deadline"]])

    def project(record: Record) -> ClosingProject:
        shown = found[record["kode_proyek"]]
        told: dict[str, Any] = {name: record.get(name) for name in TOLD_OF_KEYS}
        return ClosingProject(
            **shown,
            **told,
            days_left=days_left.get(shown["deadline"]),
            days_running=(shown["selesai"] - stands_on).days,
            runs_at_deadline=shown["selesai"] >= target_date,
        )

    return tuple(project(record) for record in records)


def _working_days_from(day: date, deadlines: list[date]) -> dict[date, int]:
    """By deadline, the working days after `day` up to it; negative those that have passed since."""
    years = {deadline.year for deadline in (day, *deadlines)}
    counted = _counted(min(years), max(years))
    return {deadline: counted[deadline] - counted[day] for deadline in deadlines}


@lru_cache(maxsize=16)
def _counted(first_year: int, last_year: int) -> dict[date, int]:
    """By whole years: looking each day up among the holidays takes longer than all the rest of a list."""
    return working_days_counted(date(first_year, 1, 1), date(last_year, 12, 31))
