"""Rows that do not agree with each other: demo_difference_*.csv. Each probable cause of the reconciliation occurs.

The projects begin and end within June 2025: no month end knows them, so that they move no number but those of the days
and the year.
"""

from datetime import date
from pathlib import Path

from data.demo.cases import RESERVED_FROM
from data.demo.deliveries import DemoDelivery, Demonstration, write_rows
from data.demo.scenario import AS_OF, Owner, read_table

# Before the complete delivery of projects that no longer lists one of them.
BEFORE_LEFT_OUT = date(2025, 3, 31)
AFTER_CASES = RESERVED_FROM + 92  # the members of demo_case_registrations.csv come before


def write_differences(demo: Demonstration, folder: Path) -> list[DemoDelivery]:
    """A project that was left out later, the projects, registrations, members, and payments."""
    owners = {owner.name: owner for owner in demo.scenario.owners}
    projects = read_table("difference_projects")
    rows = {
        first: [_project(row, owners[row["pemilik"]]) for row in projects if bool(row["dihapus"]) is first]
        for first in (True, False)
    }
    return [
        _write(folder / "proyek_selisih_awal.csv", "proyek", rows[True], BEFORE_LEFT_OUT),
        _write(folder / "proyek_selisih.csv", "proyek", rows[False], AS_OF),
        _write(folder / "pendaftaran_selisih.csv", "pendaftaran", read_table("difference_registrations"), AS_OF),
        _write(folder / "kepesertaan_selisih.csv", "kepesertaan", _members(demo), AS_OF),
        _write(folder / "pembayaran_selisih.csv", "pembayaran", read_table("difference_payments"), AS_OF),
    ]


def _write(path: Path, kind: str, rows: list[dict[str, str]], as_of: date) -> DemoDelivery:
    write_rows(path, list(rows[0]), rows)
    return DemoDelivery(path, kind, {"data_as_of": as_of})


def _project(row: dict[str, str], owner: Owner) -> dict[str, str]:
    stated = {name: value for name, value in row.items() if name != "dihapus"}
    return stated | {
        "jenis_pemilik": owner.owner_type,
        "sumber_dana": owner.fund,
        "termasuk_ppn": "ya",
        "cara_pelaksanaan": "penyedia",
        "jenis_pekerjaan": "Pekerjaan Konstruksi",
    }


def _members(demo: Demonstration) -> list[dict[str, str]]:
    """Persons of the reserve, who appear nowhere else."""
    reserve = iter(demo.nik[len(demo.nik) - demo.reserved + AFTER_CASES :].tolist())
    return [{"nik": str(next(reserve)), "segmen": "JAKON"} | row for row in read_table("difference_members")]
