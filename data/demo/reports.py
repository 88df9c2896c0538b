"""Monthly recapitulations of active members by segment and sector, as a regional office would send them."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from data.demo.cover import unnamed_on
from data.demo.deliveries import HOME, DemoDelivery, Demonstration, write_rows
from data.demo.people import Personal, Placements, named_on
from data.demo.scenario import AS_OF, NO_DAY, day_number, read_table

FIRST_YEAR = 2023
SOURCE = "Rekap contoh Kanwil"
WOBBLE_PERMIL = 4
COLUMNS = ["wilayah", "bulan", "segmen", "sektor", "peserta_aktif", "sumber"]


@dataclass(frozen=True)
class Builders:
    """The construction workers of a place, as far as they matter to these months."""

    place: str
    projects: np.ndarray  # whether each project lies in the place
    placements: Placements  # of members only
    personal: Personal


def write_reports(demo: Demonstration, folder: Path) -> DemoDelivery:
    """Construction is counted from the persons of the demonstration, the other sectors grow by demo_sectors.csv."""
    random = demo.scenario.draws("reports")
    builders = [_builders(demo, place) for place in sorted({row["wilayah"] for row in read_table("sectors")})]
    rows = []
    for number, month in enumerate(_month_ends()):
        for of_place in builders:
            rows += _construction(demo, of_place, month)
        for told in read_table("sectors"):
            first, growth = int(told["peserta_januari_2023"]), int(told["tambah_per_bulan_permil"])
            permil = 1000 + growth * number + int(random.integers(-WOBBLE_PERMIL, WOBBLE_PERMIL + 1))
            members = round(first * demo.scenario.share) * permil // 1000
            rows.append(_row(told["wilayah"], month, told["segmen"], told["sektor"], members))
    path = folder / "rekap_2023_2025.csv"
    write_rows(path, COLUMNS, rows)
    return DemoDelivery(path, "rekap", {"data_as_of": AS_OF})


def _row(place: str, month: date, segment: str, sector: str, members: int) -> dict[str, str]:
    values = (place, month.isoformat(), segment, sector, str(members), SOURCE)
    return dict(zip(COLUMNS, values, strict=True))


def _month_ends() -> list[date]:
    firsts = [date(year, month, 1) for year in range(FIRST_YEAR, AS_OF.year + 1) for month in range(1, 13)]
    month_ends = [first - timedelta(days=1) for first in firsts[1:]]
    return [month for month in month_ends if month <= AS_OF]


def _builders(demo: Demonstration, place: str) -> Builders:
    is_inside = np.array([place in (HOME, row.code) for row in demo.scenario.places])
    placements, personal = demo.placements, demo.personal
    project = placements.project
    lasts = demo.cover.cover_end >= day_number(date(FIRST_YEAR, 1, 1))
    inside = is_inside[demo.projects.place]
    member = placements.member & inside[project] & lasts[project]
    builds = personal.is_construction & is_inside[personal.place]
    return Builders(
        place=place,
        projects=inside,
        placements=Placements(**{name: column[member] for name, column in vars(placements).items()}),
        personal=Personal(**{name: column[builds] for name, column in vars(personal).items()}),
    )


def _construction(demo: Demonstration, builders: Builders, month: date) -> list[dict[str, str]]:
    """JAKON in one number, PU and BPU of the sector. Who has two of them is in both, as in any recapitulation."""
    day, personal = day_number(month), builders.personal
    named = named_on(demo.projects, demo.cover, builders.placements, day)
    unnamed = unnamed_on(demo.projects, demo.cover, day)[builders.projects].sum()
    active = (personal.start <= day) & ((personal.end == NO_DAY) | (day <= personal.end))
    active &= (personal.paid_day != NO_DAY) & (personal.paid_day <= day)
    wage_earners = int((active & personal.is_wage_earner).sum())
    return [
        _row(builders.place, month, "JAKON", "", len(named) + int(unnamed)),
        _row(builders.place, month, "PU", "konstruksi", wage_earners),
        _row(builders.place, month, "BPU", "konstruksi", int(active.sum()) - wage_earners),
    ]
