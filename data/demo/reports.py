"""Monthly recapitulations of active members by segment and sector, as a regional office would send them."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np

from data.demo.cover import unnamed_on
from data.demo.deliveries import HOME, DemoDelivery, Demonstration, write_rows
from data.demo.people import Placements, named_on
from data.demo.scenario import AS_OF, NO_DAY, day_number, read_table

FIRST_YEAR = 2023
SOURCE = "Rekap contoh Kanwil"
WOBBLE_PERMIL = 4
COLUMNS = ["wilayah", "bulan", "segmen", "sektor", "peserta_aktif", "sumber"]


def write_reports(demo: Demonstration, folder: Path) -> DemoDelivery:
    """Construction is counted from the persons of the demonstration, the other sectors grow by demo_sectors.csv."""
    random = demo.scenario.draws("reports")
    places = sorted({row["wilayah"] for row in read_table("sectors")})
    rows = []
    for number, month in enumerate(_month_ends()):
        for place in places:
            rows += _construction(demo, place, month)
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
    firsts = [date(FIRST_YEAR + number // 12, number % 12 + 1, 1) for number in range(1, 12 * 8)]
    return [day - timedelta(days=1) for day in firsts if day - timedelta(days=1) <= AS_OF]


def _construction(demo: Demonstration, place: str, month: date) -> list[dict[str, str]]:
    """JAKON in one number, PU and BPU of the sector. Who has two of them is in both, as in any recapitulation."""
    day, codes = day_number(month), [row.code for row in demo.scenario.places]
    of_place = np.array([place in (HOME, code) for code in codes])
    inside = of_place[demo.projects.place]
    named = named_on(demo.projects, demo.cover, _placements_on(demo, inside), day)
    unnamed = unnamed_on(demo.projects, demo.cover, day)[inside].sum()
    personal = demo.personal
    active = personal.is_construction & of_place[personal.place] & (personal.start <= day)
    active &= (personal.end == NO_DAY) | (day <= personal.end)
    active &= (personal.paid_day != NO_DAY) & (personal.paid_day <= day)
    wage_earners = int((active & personal.is_wage_earner).sum())
    return [
        _row(place, month, "JAKON", "", len(named) + int(unnamed)),
        _row(place, month, "PU", "konstruksi", wage_earners),
        _row(place, month, "BPU", "konstruksi", int(active.sum()) - wage_earners),
    ]


def _placements_on(demo: Demonstration, chosen_projects: np.ndarray) -> Placements:
    chosen = chosen_projects[demo.placements.project]
    return Placements(**{name: column[chosen] for name, column in vars(demo.placements).items()})
