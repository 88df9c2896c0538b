"""Registrations as they were delivered: for the whole province, but for two months in which only some senders did."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa

from data.demo.contribution import contribution_rp
from data.demo.deliveries import (
    DemoDelivery,
    Demonstration,
    complete,
    counts,
    dates,
    first_row,
    labels_of,
    rejects_of,
    write_csv,
)  # fmt: skip
from data.demo.scenario import AS_OF, NO_DAY, day_number, read_table

VAT_RAISED = date(2022, 4, 1)
FIRST_AS_OF = date(2025, 3, 31)
GAP_AS_OF = date(2025, 5, 31)
GAP_FROM, GAP_TO = "2025-04", "2025-05"  # nobody sent these months for the whole province
LAST_MONTH = "2025-06"


@dataclass(frozen=True)
class Registrations:
    """Columns of equal length, one element a registration as it stands on AS_OF; days since 1970-01-01."""

    project: np.ndarray
    serial: np.ndarray
    by_order_number: np.ndarray  # names the work order only
    registered: np.ndarray
    paid_day: np.ndarray
    paid_rp: np.ndarray
    start: np.ndarray
    end: np.ndarray


def write_registrations(demo: Demonstration, folder: Path) -> list[DemoDelivery]:
    """Complete for the province until March 2025 and in June; for April and May only the senders of demo_senders.csv
    are complete, what the others sent adds a few rows."""
    found = _registrations(demo)
    return [
        _write_first(demo, found, folder),
        *_write_gap(demo, found, folder),
        _write_last(demo, found, folder),
    ]


def _write_first(demo: Demonstration, found: Registrations, folder: Path) -> DemoDelivery:
    day = day_number(FIRST_AS_OF)
    table = _table(demo, found, np.flatnonzero(found.registered <= day), day)
    spoilt = [
        first_row(table) | {"no_proyek_bpjs": f"99{number:011}", wrong["kolom"]: wrong["nilai"]}
        for number, wrong in enumerate(rejects_of("pendaftaran_2021_2025"))
    ]
    path = write_csv(folder / "pendaftaran_2021_2025.csv", table, spoilt)
    return DemoDelivery(path, "pendaftaran", complete("2021-01", f"{FIRST_AS_OF:%Y-%m}", FIRST_AS_OF))


def _write_gap(demo: Demonstration, found: Registrations, folder: Path) -> list[DemoDelivery]:
    """A complete delivery lists whatever stands in its months, so that it ends nothing that goes on."""
    day = day_number(GAP_AS_OF)
    of_months = _stands_after(demo, found, day_number(FIRST_AS_OF)) & (found.registered <= day)
    is_sent = np.zeros(len(found.project), dtype=bool)
    deliveries = []
    for sender in (row["pengirim"] for row in read_table("senders")):
        chosen = of_months & _of_sender(demo, found, sender)
        if chosen.any():
            path = folder / f"pendaftaran_april_mei_2025_{_file_part(demo, sender)}.csv"
            write_csv(path, _table(demo, found, np.flatnonzero(chosen), day))
            deliveries.append(DemoDelivery(path, "pendaftaran", complete(GAP_FROM, GAP_TO, GAP_AS_OF, sender)))
        is_sent |= chosen
    return [_write_others(demo, found, of_months & ~is_sent, folder), *deliveries]


def _write_others(demo: Demonstration, found: Registrations, others: np.ndarray, folder: Path) -> DemoDelivery:
    """What is new of the projects without a complete sender."""
    path = folder / "pendaftaran_april_mei_2025_tambahan.csv"
    new = others & (np.maximum(found.registered, found.paid_day) > day_number(FIRST_AS_OF))
    write_csv(path, _table(demo, found, np.flatnonzero(new), day_number(GAP_AS_OF)))
    return DemoDelivery(path, "pendaftaran", {"data_as_of": GAP_AS_OF})


def _write_last(demo: Demonstration, found: Registrations, folder: Path) -> DemoDelivery:
    rows = np.flatnonzero(_stands_after(demo, found, day_number(GAP_AS_OF)))
    path = write_csv(folder / "pendaftaran_juni_2025.csv", _table(demo, found, rows, day_number(AS_OF)))
    return DemoDelivery(path, "pendaftaran", complete(LAST_MONTH, LAST_MONTH, AS_OF))


def _stands_after(demo: Demonstration, found: Registrations, day: int) -> np.ndarray:
    """Of projects that go on after the day, or registered or paid after it."""
    return (demo.projects.end[found.project] > day) | (found.registered > day) | (found.paid_day > day)


def _of_sender(demo: Demonstration, found: Registrations, sender: str) -> np.ndarray:
    scenario, projects = demo.scenario, demo.projects
    places, owners = [place.code for place in scenario.places], [owner.name for owner in scenario.owners]
    if sender in places:
        return projects.place[found.project] == places.index(sender)
    return projects.owner[found.project] == owners.index(sender)


def _file_part(demo: Demonstration, sender: str) -> str:
    codes = {owner.name: owner.code for owner in demo.scenario.owners}
    return codes.get(sender, sender).replace(".", "").replace("-", "_").lower()


def _registrations(demo: Demonstration) -> Registrations:
    first, more = _first_registrations(demo), _extensions(demo)
    return Registrations(**{name: np.r_[column, vars(more)[name]] for name, column in vars(first).items()})


def _first_registrations(demo: Demonstration) -> Registrations:
    projects, cover = demo.projects, demo.cover
    rows = np.flatnonzero(cover.registered_day != NO_DAY)
    random = demo.scenario.draws("registration file")
    paid_rp = contribution_rp(projects.contract_value_rp, _vat_pct(demo))[rows]
    return Registrations(
        project=rows,
        serial=rows,
        by_order_number=random.random(len(rows)) * 100 < demo.scenario.settings["tanpa_kode_pct"],
        registered=cover.registered_day[rows],
        paid_day=cover.paid_day[rows],
        paid_rp=paid_rp,
        start=projects.start[rows],
        end=projects.contract_end[rows],
    )


def _extensions(demo: Demonstration) -> Registrations:
    """A second registration for the days and the value that an addendum added."""
    projects, cover = demo.projects, demo.cover
    rows = np.flatnonzero((cover.paid_day != NO_DAY) & (cover.cover_end > projects.contract_end))
    vat_pct = _vat_pct(demo)
    added_rp = contribution_rp(projects.value_rp, vat_pct) - contribution_rp(projects.contract_value_rp, vat_pct)
    contract_end = projects.contract_end[rows]
    return Registrations(
        project=rows,
        serial=rows + 500_000,
        by_order_number=np.zeros(len(rows), dtype=bool),
        registered=contract_end,
        paid_day=np.maximum(cover.paid_day[rows], contract_end),
        paid_rp=added_rp[rows],
        start=contract_end + 1,
        end=cover.cover_end[rows],
    )


def _vat_pct(demo: Demonstration) -> np.ndarray:
    """The VAT inside each contract value: public contracts hold it, private ones do not."""
    settings, projects = demo.scenario.settings, demo.projects
    before = projects.order_day < day_number(VAT_RAISED)
    private = np.array([owner.owner_type == "Swasta" for owner in demo.scenario.owners])[projects.owner]
    return np.where(private, 0, np.where(before, settings["ppn_pct_sebelum_april_2022"], settings["ppn_pct"]))


def _table(demo: Demonstration, found: Registrations, rows: np.ndarray, day: int) -> pa.Table:
    """The file as its sender knew it on the day: what was paid later is not yet paid."""
    projects, project = demo.projects, found.project[rows]
    paid = (found.paid_day[rows] != NO_DAY) & (found.paid_day[rows] <= day)
    years, serials = (projects.year[project] % 100).tolist(), found.serial[rows].tolist()
    numbers = [f"{year:02}16{number:09}" for year, number in zip(years, serials, strict=True)]
    certificates = [f"JK/{number}" if is_paid else None for number, is_paid in zip(numbers, paid.tolist(), strict=True)]
    return pa.table(
        {
            "kode_proyek": pa.array(projects.code[project], mask=found.by_order_number[rows]),
            "no_spk": labels_of(projects.order_number, project),
            "no_proyek_bpjs": pa.array(numbers, pa.string()),
            "npp": pa.array([f"J{1_000_000 + row:07}" for row in project.tolist()], pa.string()),
            "tgl_daftar": dates(found.registered[rows]),
            "tgl_bayar": dates(np.where(paid, found.paid_day[rows], NO_DAY)),
            "iuran_dibayar": counts(np.where(paid, found.paid_rp[rows], 0)),
            "tenaga_kerja": counts(demo.cover.headcount[project]),
            "mulai": dates(found.start[rows]),
            "selesai": dates(found.end[rows]),
            "no_sertifikat": pa.array(certificates, pa.string()),
        }
    )
