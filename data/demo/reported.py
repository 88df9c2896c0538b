"""Active construction members of a place as an office counts them for a report: not always as persons are counted."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from data.demo.cover import unnamed_on
from data.demo.deliveries import HOME, Demonstration
from data.demo.people import Personal, Placements, named_on
from data.demo.scenario import NO_DAY, day_number

COLUMNS = ["wilayah", "bulan", "segmen", "sektor", "peserta_aktif", "sumber"]
# Who has two memberships is in both, as in any recapitulation; or once; or only who is registered by name counts.
MEMBERSHIPS, PERSONS, NAMED = "kepesertaan", "orang", "bernama"


@dataclass(frozen=True)
class Builders:
    """The construction workers of a place, as far as they matter from some day on."""

    place: str
    projects: np.ndarray  # whether each project lies in the place
    placements: Placements  # of members only
    personal: Personal


@dataclass(frozen=True)
class Report:
    """How one place is reported for one month; `jakon_permil` of its project workers are in the report."""

    source: str
    counting: str = MEMBERSHIPS
    jakon_permil: int = 1000


def builders_in(demo: Demonstration, place: str, *, since: date) -> Builders:
    is_inside = np.array([place in (HOME, row.code) for row in demo.scenario.places])
    placements, personal = demo.placements, demo.personal
    project = placements.project
    lasts = demo.cover.cover_end >= day_number(since)
    inside = is_inside[demo.projects.place]
    member = placements.member & inside[project] & lasts[project]
    builds = personal.is_construction & is_inside[personal.place]
    return Builders(
        place=place,
        projects=inside,
        placements=Placements(**{name: column[member] for name, column in vars(placements).items()}),
        personal=Personal(**{name: column[builds] for name, column in vars(personal).items()}),
    )


def construction_rows(demo: Demonstration, builders: Builders, month: date, report: Report) -> list[dict[str, str]]:
    """JAKON in one number, PU and BPU of the sector."""
    jakon, wage_earners, others = _counted(demo, builders, month, report.counting)
    told = (("JAKON", "", jakon * report.jakon_permil // 1000), ("PU", "konstruksi", wage_earners))
    return [
        report_row(builders.place, month, segment, sector, members, report.source)
        for segment, sector, members in (*told, ("BPU", "konstruksi", others))
    ]


def persons_of(demo: Demonstration, builders: Builders, day: date) -> int:
    """Each person once, and those registered without a name."""
    return sum(_counted(demo, builders, day, PERSONS))


def report_row(place: str, month: date, segment: str, sector: str, members: int, source: str) -> dict[str, str]:
    values = (place, month.isoformat(), segment, sector, str(members), source)
    return dict(zip(COLUMNS, values, strict=True))


def _counted(demo: Demonstration, builders: Builders, on: date, counting: str) -> tuple[int, int, int]:
    """JAKON, PU and BPU."""
    day, personal = day_number(on), builders.personal
    named = named_on(demo.projects, demo.cover, builders.placements, day)
    unnamed = 0 if counting == NAMED else int(unnamed_on(demo.projects, demo.cover, day)[builders.projects].sum())
    active = (personal.start <= day) & ((personal.end == NO_DAY) | (day <= personal.end))
    active &= (personal.paid_day != NO_DAY) & (personal.paid_day <= day)
    if counting == PERSONS:
        active &= ~np.isin(personal.person, named)
    wage_earners = int((active & personal.is_wage_earner).sum())
    return len(named) + unnamed, wage_earners, int(active.sum()) - wage_earners
