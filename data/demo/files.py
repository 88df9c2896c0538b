"""The demonstration as the files that senders would deliver, written as CSV."""

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv

from data.demo.contribution import contribution_rp
from data.demo.cover import Cover
from data.demo.people import Personal, Placements
from data.demo.projects import Projects
from data.demo.scenario import AS_OF, NO_DAY, Scenario, day_number, read_table

FIRST_DELIVERY_END = date(2024, 12, 31)
ADDENDA_FROM = date(2024, 12, 1)
ADDENDA_AS_OF = date(2025, 1, 15)
ROSTERS_UNTIL = date(2023, 2, 28)
ROSTERS_AGAIN_FROM = date(2023, 4, 1)  # nobody sent the rosters of March 2023
VAT_RAISED = date(2022, 4, 1)
HOME = "16"

Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True)
class DemoDelivery:
    """One file and how its sender delivered it: keyword arguments of import_file."""

    path: Path
    kind: str
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Demonstration:
    """Everything the files are written from. `nik` has one element a person; the last ones belong to rejected rows."""

    scenario: Scenario
    projects: Projects
    cover: Cover
    placements: Placements
    personal: Personal
    nik: np.ndarray
    reserved: int


def write_files(demo: Demonstration, folder: Path, progress: Progress) -> list[DemoDelivery]:
    """Write all deliveries in the order of import."""
    writers = (
        _write_first_projects,
        _write_addenda,
        _write_second_projects,
        _write_registrations,
        _write_memberships,
        _write_first_rosters,
        _write_second_rosters,
        _write_pasted_roster,
        _write_denominators,
    )
    deliveries = []
    for done, write in enumerate(writers):
        progress("menulis berkas contoh", done, len(writers))
        deliveries.append(write(demo, folder))
    progress("menulis berkas contoh", len(writers), len(writers))
    return deliveries


def _complete(first: str, last: str, as_of: date) -> dict[str, Any]:
    return {"complete_for": HOME, "period": f"{first}..{last}", "data_as_of": as_of}


def _write_first_projects(demo: Demonstration, folder: Path) -> DemoDelivery:
    projects = demo.projects
    rows = np.flatnonzero(projects.start <= day_number(FIRST_DELIVERY_END))
    table = _project_table(demo, rows, settled=projects.contract_end[rows] < day_number(ADDENDA_FROM))
    path = _write_csv(folder / "proyek_2021_2024.csv", table, _rejected_projects("proyek_2021_2024", table))
    return DemoDelivery(path, "proyek", _complete("2021-01", "2024-12", FIRST_DELIVERY_END))


def _write_addenda(demo: Demonstration, folder: Path) -> DemoDelivery:
    """The same projects again, with a higher value and a later end."""
    projects = demo.projects
    first, last = day_number(ADDENDA_FROM), day_number(FIRST_DELIVERY_END)
    in_december = (projects.contract_end >= first) & (projects.contract_end <= last)
    rows = np.flatnonzero(in_december & (projects.end > projects.contract_end))
    table = _project_table(demo, rows, settled=np.ones(len(rows), dtype=bool))
    return DemoDelivery(_write_csv(folder / "proyek_adendum_2024.csv", table), "proyek", {"data_as_of": ADDENDA_AS_OF})


def _write_second_projects(demo: Demonstration, folder: Path) -> DemoDelivery:
    rows = np.flatnonzero(demo.projects.end > day_number(FIRST_DELIVERY_END))
    table = _project_table(demo, rows, settled=np.ones(len(rows), dtype=bool))
    path = _write_csv(folder / "proyek_2025.csv", table, _rejected_projects("proyek_2025", table))
    return DemoDelivery(path, "proyek", _complete("2025-01", "2025-06", AS_OF))


def _project_table(demo: Demonstration, rows: np.ndarray, *, settled: np.ndarray) -> pa.Table:
    """settled: whether the sender already knew the addendum."""
    scenario, projects = demo.scenario, demo.projects
    owner, kind = projects.owner[rows], projects.kind[rows]
    holds_vat = ["tidak" if row.owner_type == "Swasta" else "ya" for row in scenario.owners]
    end = np.where(settled, projects.end[rows], projects.contract_end[rows])
    return pa.table(
        {
            "kode_proyek": pa.array(projects.code[rows]),
            "nama_proyek": pa.array(projects.name[rows]),
            "wilayah": _labels([place.code for place in scenario.places], projects.place[rows]),
            "pemilik": _labels([row.name for row in scenario.owners], owner),
            "jenis_pemilik": _labels([row.owner_type for row in scenario.owners], owner),
            "sumber_dana": _labels([row.fund for row in scenario.owners], owner),
            "nilai_kontrak": pa.array(np.where(settled, projects.value_rp[rows], projects.contract_value_rp[rows])),
            "termasuk_ppn": _labels(holds_vat, owner),
            "no_spk": pa.array(projects.order_number[rows]),
            "tgl_spk": _days(projects.order_day[rows]),
            "mulai": _days(projects.start[rows]),
            "selesai": _days(end),
            "selesai_pemeliharaan": _days(end + 180),
            "penyedia": pa.array(projects.contractor[rows]),
            "tenaga_kerja": _counts(projects.declared_workers[rows]),
            "jenis_pekerjaan": _labels([row.work_type for row in scenario.kinds], kind),
        }
    )


def _write_registrations(demo: Demonstration, folder: Path) -> DemoDelivery:
    table = pa.concat_tables([_first_registrations(demo), _extensions(demo)])
    spoilt = [
        _first_row(table) | {"no_proyek_bpjs": f"99{number:011}", wrong["kolom"]: wrong["nilai"]}
        for number, wrong in enumerate(_rejects("pendaftaran"))
    ]
    path = _write_csv(folder / "pendaftaran.csv", table, spoilt)
    return DemoDelivery(path, "pendaftaran", _complete("2021-01", "2025-06", AS_OF))


def _first_registrations(demo: Demonstration) -> pa.Table:
    projects, cover = demo.projects, demo.cover
    rows = np.flatnonzero(cover.registered_day != NO_DAY)
    random = demo.scenario.draws("registration file")
    by_order_number = random.random(len(rows)) * 100 < demo.scenario.settings["tanpa_kode_pct"]
    paid_rp = contribution_rp(projects.contract_value_rp, _vat_pct(demo))[rows]
    paid = cover.paid_day[rows] != NO_DAY
    return _registration_table(
        demo, rows,
        serial=rows, by_order_number=by_order_number, registered=cover.registered_day[rows],
        paid_day=cover.paid_day[rows], paid_rp=np.where(paid, paid_rp, 0), start=projects.start[rows],
        end=projects.contract_end[rows],
    )  # fmt: skip


def _extensions(demo: Demonstration) -> pa.Table:
    """A second registration for the days and the value that an addendum added."""
    projects, cover = demo.projects, demo.cover
    rows = np.flatnonzero((cover.paid_day != NO_DAY) & (cover.cover_end > projects.contract_end))
    vat_pct = _vat_pct(demo)
    added_rp = contribution_rp(projects.value_rp, vat_pct) - contribution_rp(projects.contract_value_rp, vat_pct)
    contract_end = projects.contract_end[rows]
    return _registration_table(
        demo, rows,
        serial=rows + 500_000, by_order_number=np.zeros(len(rows), dtype=bool), registered=contract_end,
        paid_day=np.maximum(cover.paid_day[rows], contract_end), paid_rp=added_rp[rows], start=contract_end + 1,
        end=cover.cover_end[rows],
    )  # fmt: skip


def _vat_pct(demo: Demonstration) -> np.ndarray:
    """The VAT inside each contract value: public contracts hold it, private ones do not."""
    settings, projects = demo.scenario.settings, demo.projects
    before = projects.order_day < day_number(VAT_RAISED)
    private = np.array([owner.owner_type == "Swasta" for owner in demo.scenario.owners])[projects.owner]
    return np.where(private, 0, np.where(before, settings["ppn_pct_sebelum_april_2022"], settings["ppn_pct"]))


def _registration_table(
    demo: Demonstration, rows: np.ndarray, *, serial: np.ndarray, by_order_number: np.ndarray, registered: np.ndarray,
    paid_day: np.ndarray, paid_rp: np.ndarray, start: np.ndarray, end: np.ndarray,
) -> pa.Table:  # fmt: skip
    projects = demo.projects
    years = (projects.year[rows] % 100).tolist()
    numbers = [f"{year:02}16{number:09}" for year, number in zip(years, serial.tolist(), strict=True)]
    certificates = [
        f"JK/{number}" if paid else None for number, paid in zip(numbers, (paid_day != NO_DAY).tolist(), strict=True)
    ]
    return pa.table(
        {
            "kode_proyek": pa.array(projects.code[rows], mask=by_order_number),
            "no_spk": pa.array(projects.order_number[rows]),
            "no_proyek_bpjs": pa.array(numbers),
            "npp": pa.array([f"J{1_000_000 + row:07}" for row in rows.tolist()]),
            "tgl_daftar": _days(registered),
            "tgl_bayar": _days(paid_day),
            "iuran_dibayar": _counts(paid_rp),
            "tenaga_kerja": _counts(demo.cover.headcount[rows]),
            "mulai": _days(start),
            "selesai": _days(end),
            "no_sertifikat": pa.array(certificates, pa.string()),
        }
    )


def _write_memberships(demo: Demonstration, folder: Path) -> DemoDelivery:
    table = pa.concat_tables([_project_memberships(demo), _personal_memberships(demo)])
    path = _write_csv(folder / "kepesertaan.csv", table, _spoilt_persons(demo, "kepesertaan", table))
    return DemoDelivery(path, "kepesertaan", _complete("2021-01", "2025-06", AS_OF))


def _project_memberships(demo: Demonstration) -> pa.Table:
    projects, cover, placements = demo.projects, demo.cover, demo.placements
    member = np.flatnonzero(placements.member)
    project = placements.project[member]
    random = demo.scenario.draws("membership file")
    end_not_told = random.random(len(member)) * 100 < demo.scenario.settings["selesai_kosong_pct"]
    end_not_told &= cover.cover_end[project] == projects.end[project]
    nothing = pa.nulls(len(member), pa.string())
    return pa.table(
        {
            "nik": pa.array(demo.nik[placements.person[member]]),
            "segmen": _labels(["JAKON"], np.zeros(len(member), dtype=np.int64)),
            "kode_proyek": _labels(projects.code, project),
            "wilayah": nothing,
            "sektor": nothing,
            "mulai": _days(projects.start[project]),
            "selesai": _days(np.where(end_not_told, NO_DAY, cover.cover_end[project])),
            "tgl_bayar": _days(cover.paid_day[project]),
        }
    )


def _personal_memberships(demo: Demonstration) -> pa.Table:
    personal = demo.personal
    return pa.table(
        {
            "nik": pa.array(demo.nik[personal.person]),
            "segmen": _labels(["BPU", "PU"], personal.is_wage_earner.astype(np.int64)),
            "kode_proyek": pa.nulls(len(personal.person), pa.string()),
            "wilayah": _labels([place.code for place in demo.scenario.places], personal.place),
            "sektor": _labels(["perdagangan", "konstruksi"], personal.is_construction.astype(np.int64)),
            "mulai": _days(personal.start),
            "selesai": _days(personal.end),
            "tgl_bayar": _days(personal.paid_day),
        }
    )


def _write_first_rosters(demo: Demonstration, folder: Path) -> DemoDelivery:
    placements = demo.placements
    table = _roster_table(demo, placements.on_roster & (placements.start <= day_number(ROSTERS_UNTIL)))
    path = folder / "tenaga_kerja_2021_2023.csv"
    _write_csv(path, table, _spoilt_persons(demo, path.stem, table))
    return DemoDelivery(path, "tenaga_kerja", _complete("2021-01", "2023-02", ROSTERS_UNTIL))


def _write_second_rosters(demo: Demonstration, folder: Path) -> DemoDelivery:
    placements = demo.placements
    table = _roster_table(demo, placements.on_roster & (placements.end >= day_number(ROSTERS_AGAIN_FROM)))
    path = folder / "tenaga_kerja_2023_2025.csv"
    waiting = [
        {"nik": str(demo.nik[-1 - number]), "kode_proyek": f"2025-1671-{90_001 + number // 4}", "mulai": "2025-06-02"}
        for number in range(demo.scenario.settings["menunggu_proyek_baris"])
    ]
    _write_csv(path, table, _spoilt_persons(demo, path.stem, table) + waiting)
    return DemoDelivery(path, "tenaga_kerja", _complete("2023-04", "2025-06", AS_OF))


def _roster_table(demo: Demonstration, chosen: np.ndarray) -> pa.Table:
    placements = demo.placements
    rows = np.flatnonzero(chosen)
    return pa.table(
        {
            "nik": pa.array(demo.nik[placements.person[rows]]),
            "kode_proyek": _labels(demo.projects.code, placements.project[rows]),
            "mulai": _days(placements.start[rows]),
            "selesai": _days(placements.end[rows]),
        }
    )


def _write_pasted_roster(demo: Demonstration, folder: Path) -> DemoDelivery:
    """A roster that went through a spreadsheet as numbers: each NIK lost its last digits, so each row is rejected."""
    path = folder / "tenaga_kerja_tempelan.csv"
    project = str(demo.projects.code[-1])
    pasted = demo.nik[-demo.scenario.settings["tempelan_baris"] :].tolist()
    rows = [{"nik": f"{nik:.5E}", "kode_proyek": project, "mulai": "2025-06-16"} for nik in pasted]
    _write_rows(path, list(rows[0]), rows)
    return DemoDelivery(path, "tenaga_kerja", {"data_as_of": AS_OF})


def _write_denominators(_demo: Demonstration, folder: Path) -> DemoDelivery:
    path = folder / "penduduk_bekerja.csv"
    rows = read_table("denominators")
    _write_rows(path, list(rows[0]), rows)
    return DemoDelivery(path, "penduduk_bekerja", {"data_as_of": AS_OF})


def _rejects(file_name: str) -> list[dict[str, str]]:
    return [row for row in read_table("rejects") if row["berkas"] == file_name]


def _rejected_projects(file_name: str, table: pa.Table) -> list[dict[str, str]]:
    return [
        _first_row(table) | {"kode_proyek": f"DITOLAK-{file_name[-4:]}-{number}", wrong["kolom"]: wrong["nilai"]}
        for number, wrong in enumerate(_rejects(file_name), 1)
    ]


def _spoilt_persons(demo: Demonstration, file_name: str, table: pa.Table) -> list[dict[str, str]]:
    """Rows of persons who appear nowhere else, each with one impossible cell."""
    first_reserved = len(demo.nik) - demo.reserved
    return [
        _first_row(table) | {"nik": str(demo.nik[first_reserved + number]), wrong["kolom"]: wrong["nilai"]}
        for number, wrong in enumerate(_rejects(file_name))
    ]


def _first_row(table: pa.Table) -> dict[str, str]:
    row = table.slice(0, 1).to_pylist()[0]
    return {name: "" if value is None else str(value) for name, value in row.items()}


def _labels(labels: Any, index: np.ndarray) -> pa.Array:
    return pa.array(labels, pa.string()).take(pa.array(index))


def _days(days: np.ndarray) -> pa.Array:
    return pa.array(days.astype(np.int32), pa.int32(), mask=days == NO_DAY).cast(pa.date32())


def _counts(counts: np.ndarray) -> pa.Array:
    """Whole numbers; 0 means not told and becomes a blank cell."""
    return pa.array(counts, pa.int64(), mask=counts == 0)


def _write_csv(path: Path, table: pa.Table, text_rows: list[dict[str, str]] | None = None) -> Path:
    """The table with plain headers, then rows as text for cells that no typed column could hold."""
    with path.open("wb") as file:
        file.write((",".join(table.column_names) + "\n").encode())
        options = pyarrow.csv.WriteOptions(include_header=False, quoting_style="needed")
        pyarrow.csv.write_csv(table, file, options)
    _write_rows(path, table.column_names, text_rows or [], append=True)
    return path


def _write_rows(path: Path, columns: list[str], rows: list[dict[str, str]], *, append: bool = False) -> None:
    with path.open("a" if append else "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        if not append:
            writer.writeheader()
        writer.writerows(rows)
