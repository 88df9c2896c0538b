"""The demonstration as the files that senders would deliver, written as CSV."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa

from data.demo.cases import write_cases
from data.demo.deliveries import (
    DemoDelivery,
    Demonstration,
    Progress,
    complete,
    counts,
    dates,
    first_row,
    labels_of,
    rejects_of,
    write_csv,
    write_rows,
)  # fmt: skip
from data.demo.differences import write_differences
from data.demo.payments import write_payments
from data.demo.registrations import write_registrations
from data.demo.reports import write_official_figures, write_place_reports, write_reports
from data.demo.scenario import AS_OF, MAINTENANCE_DAYS, NO_DAY, day_number, read_table
from data.demo.targets import write_targets
from data.demo.ways import phone_of

FIRST_DELIVERY_END = date(2024, 12, 31)
ADDENDA_FROM = date(2024, 12, 1)
ADDENDA_AS_OF = date(2025, 1, 15)
ROSTERS_UNTIL = date(2023, 2, 28)
ROSTERS_AGAIN_FROM = date(2023, 4, 1)  # nobody sent the rosters of March 2023


def write_files(demo: Demonstration, folder: Path, progress: Progress) -> list[DemoDelivery]:
    """Write all deliveries in the order of import, each with its sender."""
    writers = (
        _write_first_projects,
        _write_addenda,
        _write_second_projects,
        write_registrations,
        _write_memberships,
        _write_first_rosters,
        _write_second_rosters,
        _write_pasted_roster,
        write_payments,
        write_cases,
        write_differences,
        _write_denominators,
        write_reports,
        write_place_reports,
        write_official_figures,
        write_targets,
    )
    deliveries: list[DemoDelivery] = []
    for done, write in enumerate(writers):
        progress("menulis berkas contoh", done, len(writers))
        written = write(demo, folder)
        deliveries += written if isinstance(written, list) else [written]
    progress("menulis berkas contoh", len(writers), len(writers))
    senders = {row["berkas"]: row["pengirim"] for row in read_table("deliverers")}
    return [replace(one, options=one.options | {"sender": senders[one.path.stem]}) for one in deliveries]


def _write_first_projects(demo: Demonstration, folder: Path) -> DemoDelivery:
    projects = demo.projects
    rows = np.flatnonzero(projects.start <= day_number(FIRST_DELIVERY_END))
    table = _project_table(demo, rows, settled=projects.contract_end[rows] < day_number(ADDENDA_FROM))
    path = write_csv(folder / "proyek_2021_2024.csv", table, _rejected_projects("proyek_2021_2024", table))
    return DemoDelivery(path, "proyek", complete("2021-01", "2024-12", FIRST_DELIVERY_END))


def _write_addenda(demo: Demonstration, folder: Path) -> DemoDelivery:
    """The same projects again, with a higher value and a later end."""
    projects = demo.projects
    first, last = day_number(ADDENDA_FROM), day_number(FIRST_DELIVERY_END)
    in_december = (projects.contract_end >= first) & (projects.contract_end <= last)
    rows = np.flatnonzero(in_december & (projects.end > projects.contract_end))
    table = _project_table(demo, rows, settled=np.ones(len(rows), dtype=bool))
    return DemoDelivery(write_csv(folder / "proyek_adendum_2024.csv", table), "proyek", {"data_as_of": ADDENDA_AS_OF})


def _write_second_projects(demo: Demonstration, folder: Path) -> DemoDelivery:
    rows = np.flatnonzero(demo.projects.end > day_number(FIRST_DELIVERY_END))
    table = _project_table(demo, rows, settled=np.ones(len(rows), dtype=bool))
    path = write_csv(folder / "proyek_2025.csv", table, _rejected_projects("proyek_2025", table))
    return DemoDelivery(path, "proyek", complete("2025-01", "2025-06", AS_OF))


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
            "wilayah": labels_of([place.code for place in scenario.places], projects.place[rows]),
            "pemilik": labels_of([row.name for row in scenario.owners], owner),
            "jenis_pemilik": labels_of([row.owner_type for row in scenario.owners], owner),
            "sumber_dana": labels_of([row.fund for row in scenario.owners], owner),
            "nilai_kontrak": pa.array(np.where(settled, projects.value_rp[rows], projects.contract_value_rp[rows])),
            "termasuk_ppn": labels_of(holds_vat, owner),
            "no_spk": pa.array(projects.order_number[rows]),
            "tgl_spk": dates(projects.order_day[rows]),
            "mulai": dates(projects.start[rows]),
            "selesai": dates(end),
            "selesai_pemeliharaan": dates(end + MAINTENANCE_DAYS),
            "penyedia": pa.array(projects.contractor[rows]),
            "telepon_penyedia": pa.array([phone_of(firm) or None for firm in projects.contractor[rows].tolist()]),
            "tenaga_kerja": counts(projects.declared_workers[rows]),
            "cara_pelaksanaan": pa.array([way or None for way in demo.ways[rows].tolist()], pa.string()),
            "jenis_pekerjaan": labels_of([row.work_type for row in scenario.kinds], kind),
        }
    )


def _write_memberships(demo: Demonstration, folder: Path) -> DemoDelivery:
    table = pa.concat_tables([_project_memberships(demo), _personal_memberships(demo)])
    path = write_csv(folder / "kepesertaan.csv", table, _spoilt_persons(demo, "kepesertaan", table))
    return DemoDelivery(path, "kepesertaan", complete("2021-01", "2025-06", AS_OF))


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
            "segmen": labels_of(["JAKON"], np.zeros(len(member), dtype=np.int64)),
            "kode_proyek": labels_of(projects.code, project),
            "wilayah": nothing,
            "sektor": nothing,
            "mulai": dates(projects.start[project]),
            "selesai": dates(np.where(end_not_told, NO_DAY, cover.cover_end[project])),
            "tgl_bayar": dates(cover.paid_day[project]),
        }
    )


def _personal_memberships(demo: Demonstration) -> pa.Table:
    personal = demo.personal
    return pa.table(
        {
            "nik": pa.array(demo.nik[personal.person]),
            "segmen": labels_of(["BPU", "PU"], personal.is_wage_earner.astype(np.int64)),
            "kode_proyek": pa.nulls(len(personal.person), pa.string()),
            "wilayah": labels_of([place.code for place in demo.scenario.places], personal.place),
            "sektor": labels_of(["perdagangan", "konstruksi"], personal.is_construction.astype(np.int64)),
            "mulai": dates(personal.start),
            "selesai": dates(personal.end),
            "tgl_bayar": dates(personal.paid_day),
        }
    )


def _write_first_rosters(demo: Demonstration, folder: Path) -> DemoDelivery:
    placements = demo.placements
    table = _roster_table(demo, placements.on_roster & (placements.start <= day_number(ROSTERS_UNTIL)))
    path = folder / "tenaga_kerja_2021_2023.csv"
    write_csv(path, table, _spoilt_persons(demo, path.stem, table))
    return DemoDelivery(path, "tenaga_kerja", complete("2021-01", "2023-02", ROSTERS_UNTIL))


def _write_second_rosters(demo: Demonstration, folder: Path) -> DemoDelivery:
    placements = demo.placements
    table = _roster_table(demo, placements.on_roster & (placements.end >= day_number(ROSTERS_AGAIN_FROM)))
    path = folder / "tenaga_kerja_2023_2025.csv"
    waiting = [
        {"nik": str(demo.nik[-1 - number]), "kode_proyek": f"2025-1671-{90_001 + number // 4}", "mulai": "2025-06-02"}
        for number in range(demo.scenario.settings["menunggu_proyek_baris"])
    ]
    write_csv(path, table, _spoilt_persons(demo, path.stem, table) + waiting)
    return DemoDelivery(path, "tenaga_kerja", complete("2023-04", "2025-06", AS_OF))


def _roster_table(demo: Demonstration, chosen: np.ndarray) -> pa.Table:
    placements = demo.placements
    rows = np.flatnonzero(chosen)
    return pa.table(
        {
            "nik": pa.array(demo.nik[placements.person[rows]]),
            "kode_proyek": labels_of(demo.projects.code, placements.project[rows]),
            "mulai": dates(placements.start[rows]),
            "selesai": dates(placements.end[rows]),
        }
    )


def _write_pasted_roster(demo: Demonstration, folder: Path) -> DemoDelivery:
    """A roster that went through a spreadsheet as numbers: each NIK lost its last digits, so each row is rejected."""
    path = folder / "tenaga_kerja_tempelan.csv"
    project = str(demo.projects.code[-1])
    pasted = demo.nik[-demo.scenario.settings["tempelan_baris"] :].tolist()
    rows = [{"nik": f"{nik:.5E}", "kode_proyek": project, "mulai": "2025-06-16"} for nik in pasted]
    write_rows(path, list(rows[0]), rows)
    return DemoDelivery(path, "tenaga_kerja", {"data_as_of": AS_OF})


def _write_denominators(_demo: Demonstration, folder: Path) -> DemoDelivery:
    path = folder / "penduduk_bekerja.csv"
    rows = read_table("denominators")
    write_rows(path, list(rows[0]), rows)
    return DemoDelivery(path, "penduduk_bekerja", {"data_as_of": AS_OF})


def _rejected_projects(file_name: str, table: pa.Table) -> list[dict[str, str]]:
    return [
        first_row(table) | {"kode_proyek": f"DITOLAK-{file_name[-4:]}-{number}", wrong["kolom"]: wrong["nilai"]}
        for number, wrong in enumerate(rejects_of(file_name), 1)
    ]


def _spoilt_persons(demo: Demonstration, file_name: str, table: pa.Table) -> list[dict[str, str]]:
    """Rows of persons who appear nowhere else, each with one impossible cell."""
    first_reserved = len(demo.nik) - demo.reserved
    return [
        first_row(table) | {"nik": str(demo.nik[first_reserved + number]), wrong["kolom"]: wrong["nilai"]}
        for number, wrong in enumerate(rejects_of(file_name))
    ]
