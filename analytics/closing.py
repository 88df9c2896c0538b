"""What it takes: the fewest projects that, once registered and covered, close a gap."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analytics.row import Scope
from data.editions import Edition


@dataclass(frozen=True)
class ClosingProject:
    """One project that runs at the month end and whose workers are not all covered.

    `closes` is what it would add, in the gap's unit; None where that cannot be told, and `reason` says why: unknown
    (registrations or memberships are not complete), unsized (no number of workers). `days_left` are working days from
    the day the reader stands on to the last day to register, negative when that is past and None without the date of a
    work order; `days_running` calendar days to the end of the project. `reached` adds up `closes` down the list.
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
    closes: int | None
    reached: int | None
    days_left: int | None
    days_running: int
    reason: str | None


@dataclass(frozen=True)
class ClosingList:
    """The fewest projects that close the gap, largest first; all there are where they do not.

    `closed` is what they add up to. `candidates` counts the projects that could be on the list, `unknown` are those of
    which it cannot be told: they are never counted.
    """

    rows: tuple[ClosingProject, ...]
    unknown: tuple[ClosingProject, ...]
    gap: int
    gap_unit: str
    closed: int
    candidates: int

    @property
    def is_closed(self) -> bool:
        return self.closed >= self.gap


def closing_list(edition: Edition, month: date, scope: Scope, gap: Decimal, gap_unit: str = "persons") -> ClosingList:
    """Of the running projects of the scope; `gap` and `gap_unit` (persons, projects) as of attainment.TargetRow.

    Persons: workers without cover. Projects: those without a registration, of which each closes one. A gap in rupiah
    has no list: CakupanError.
    """
    raise NotImplementedError
