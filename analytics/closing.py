"""What it takes: the fewest projects that, once registered and covered, close the gap to a target."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import Any

from analytics.attainment import TargetRow
from analytics.register import has_register
from analytics.row import Scope
from analytics.seasons import seen_on
from analytics.within import places_inside
from data.access import ALL
from data.editions import Edition
from data.working_days import working_days_counted


@dataclass(frozen=True)
class ClosingProject:
    """One project that runs at the month end and could bring a target closer.

    `closes` is by how much, in the unit of the gap; None where it cannot be told, and `reason` says why: unknown
    (registrations or memberships are not complete), unsized (the number of workers is not stated) or unpriced (the
    contract value is not). `reached` adds up `closes` down the list. `days_left` are working days from the day the
    reader stands on to the last day to register, negative when that is past, None without the date of a work order;
    `days_running` are calendar days to the end of the project.
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
    reason: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {name: str(fact) if isinstance(fact, date | Decimal) else fact for name, fact in asdict(self).items()}


@dataclass(frozen=True)
class ClosingList:
    """The fewest projects that close a gap, largest first; all that there are where they do not.

    `gap` is in `gap_unit` (persons, projects, rupiah), `closed` what the rows add up to. `candidates` counts the
    projects of which the rows are some. `unknown` are those that might belong to them: they are never counted.
    `is_old` says that the edition does not know single projects.
    """

    rows: tuple[ClosingProject, ...]
    unknown: tuple[ClosingProject, ...]
    gap: Decimal
    gap_unit: str
    closed: Decimal
    candidates: int
    is_old: bool = False

    @property
    def is_closed(self) -> bool:
        return self.closed >= self.gap


def _uncovered(row: ClosingProject) -> Decimal | None:
    return None if row.workers is None or row.covered is None else Decimal(row.workers - row.covered)


def _unregistered_workers(row: ClosingProject) -> Decimal | None:
    return None if row.workers is None else Decimal(row.workers)


def _one_project(_row: ClosingProject) -> Decimal:
    return Decimal(1)


def _contract_value(row: ClosingProject) -> Decimal | None:
    return row.nilai_kontrak


# By how much one project closes the gap of a measure: measures of cover by its workers without cover, those of
# registrations if it has none. What is not named here no project of today closes, as a deadline that is past.
CLOSED_BY: dict[str, Callable[[ClosingProject], Decimal | None]] = {
    "population_coverage": _uncovered,
    "active_members": _uncovered,
    "placement_coverage": _uncovered,
    "project_registration": _one_project,
    "projects_registered_ytd": _one_project,
    "workers_registered_ytd": _unregistered_workers,
    "value_registration": _contract_value,
}
BY_COVER = (_uncovered,)
WITHOUT_AMOUNT = {_contract_value: "unpriced"}


def closing_list(edition: Edition, month: date, scope: Scope, target: TargetRow) -> ClosingList | None:
    """Of the scope's projects that run at the month end and are not over on the day the reader stands on.

    None where no list can be made: the target stands beside no measure of the month, or no project closes its measure
    (CLOSED_BY). A person on two projects is counted on both, as in every sum over projects.
    """
    owner = scope.owner or ALL
    edition.refuse_outside(place=scope.place, owner=owner)
    amount = CLOSED_BY.get(target.measure or "")
    if amount is None or target.gap is None or target.gap_unit is None:
        return None
    if not has_register(edition):
        return ClosingList((), (), target.gap, target.gap_unit, Decimal(0), 0, is_old=True)
    candidates, unknown = _sorted_out(_running(edition, month, scope), amount)
    needed = _fewest(candidates, target.gap)
    closed = needed[-1].reached if needed else Decimal(0)
    assert closed is not None, needed
    return ClosingList(tuple(needed), tuple(unknown), target.gap, target.gap_unit, closed, len(candidates))


def _running(edition: Edition, month: date, scope: Scope) -> list[tuple[bool, ClosingProject]]:
    """Each running project, and whether its cover can be told."""
    stands_on = seen_on(edition, month)
    found = edition.query(
        "closing_rows",
        places=places_inside(edition, scope.place),
        owners=[scope.owner] if scope.owner else None,
        fund=scope.fund,
        month=month,
        seen_on=stands_on,
    )
    days_left = _working_days_from(stands_on, [row["deadline"] for row in found if row["deadline"]])
    return [
        (
            row.pop("is_judged"),
            ClosingProject(
                **row, days_left=days_left.get(row["deadline"]), days_running=(row["selesai"] - stands_on).days
            ),
        )
        for row in found
    ]


def _working_days_from(day: date, deadlines: list[date]) -> dict[date | None, int]:
    """By deadline, the working days after `day` up to it; negative those that have passed since it."""
    if not deadlines:
        return {}
    counted = working_days_counted(min(day, *deadlines), max(day, *deadlines))
    return {deadline: counted[deadline] - counted[day] for deadline in deadlines}


def _sorted_out(
    running: list[tuple[bool, ClosingProject]], amount: Callable[[ClosingProject], Decimal | None]
) -> tuple[list[ClosingProject], list[ClosingProject]]:
    """What closes something, largest first, and what nobody can tell of."""
    known, unknown = [], []
    for is_judged, row in running:
        is_told = is_judged if amount in BY_COVER else row.is_registered is not None
        closes = amount(row) if is_told else None
        if amount not in BY_COVER and row.is_registered:
            continue
        if closes is None:
            reason = WITHOUT_AMOUNT.get(amount, "unsized") if is_told else "unknown"
            unknown.append(replace(row, reason=reason))
        elif closes > 0:
            known.append(replace(row, closes=closes))
    known.sort(key=lambda row: (-(row.closes or 0), -(row.workers or 0), row.kode_proyek))
    return known, unknown


def _fewest(candidates: list[ClosingProject], gap: Decimal) -> list[ClosingProject]:
    """The first of them, which are the largest, until they close the gap: no fewer can add up to as much."""
    reached = accumulate((row.closes or Decimal(0) for row in candidates), initial=Decimal(0))
    before = list(reached)
    return [
        replace(row, reached=before[number] + (row.closes or 0))
        for number, row in enumerate(candidates)
        if before[number] < gap
    ]
