"""Single projects written by hand, one for each case that an officer meets: data/reference/demo_case*.csv.

They come after everything else, in files of their own, and leave all numbers up to July 2024 as they were drawn.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from data.demo.contribution import contribution_rp
from data.demo.deliveries import DemoDelivery, Demonstration, write_rows
from data.demo.projects import ROMAN_MONTHS
from data.demo.scenario import AS_OF, MAINTENANCE_DAYS, Owner, read_table
from data.demo.ways import phone_of

FIRST_VERSION = date(2025, 3, 31)
ADDENDA_KNOWN = date(2025, 5, 31)
RESERVED_FROM = 40  # the persons before it stand in rejected rows
VAT_PCT = 11


@dataclass(frozen=True)
class Case:
    """One project of demo_cases.csv."""

    row: dict[str, str]
    owner: Owner
    number: int

    @property
    def code(self) -> str:
        return self.row["kode_proyek"]

    @property
    def has_addendum(self) -> bool:
        return self.row["nilai_awal"] != ""

    def value_rp(self, of: str = "akhir") -> int:
        """Contract value: 'awal' before its addendum, 'akhir' now, 'tambahan' what the addendum added."""
        last = int(self.row["nilai_kontrak"])
        first = int(self.row["nilai_awal"] or last)
        return {"awal": first, "akhir": last, "tambahan": last - first}[of]

    def contribution_rp(self, of: str) -> int:
        """What was due; for an addendum the difference between new and old."""
        vat_pct = 0 if self.owner.owner_type == "Swasta" else VAT_PCT
        if of == "tambahan":
            return self.contribution_rp("akhir") - self.contribution_rp("awal")
        return int(contribution_rp(np.array([self.value_rp(of)]), np.array([vat_pct]))[0])

    @property
    def order_number(self) -> str:
        if not self.row["tgl_spk"]:
            return ""
        signed = date.fromisoformat(self.row["tgl_spk"])
        return f"600/K{self.number}/SPK/{self.owner.code}/{ROMAN_MONTHS[signed.month - 1]}/{signed.year}"


def read_cases(demo: Demonstration) -> dict[str, Case]:
    """The cases by project code."""
    owners = {owner.name: owner for owner in demo.scenario.owners}
    return {
        row["kode_proyek"]: Case(row, owners[row["pemilik"]], number)
        for number, row in enumerate(read_table("cases"), 1)
    }


def write_cases(demo: Demonstration, folder: Path) -> list[DemoDelivery]:
    """Contracts before an addendum, the addenda, then all of them as they stand, what was registered, and paid."""
    cases = read_cases(demo)
    changed = [case for case in cases.values() if case.has_addendum]
    return [
        _write_projects(folder / "proyek_kasus_awal.csv", changed, FIRST_VERSION, is_first=True),
        _write_projects(folder / "proyek_kasus_adendum.csv", changed, ADDENDA_KNOWN),
        _write_projects(folder / "proyek_kasus.csv", list(cases.values()), AS_OF),
        _write_registrations(folder / "pendaftaran_kasus.csv", cases),
        _write_memberships(demo, folder / "kepesertaan_kasus.csv", cases),
        _write_payments(folder / "pembayaran_kasus.csv", cases),
    ]


def _write_projects(path: Path, cases: list[Case], as_of: date, *, is_first: bool = False) -> DemoDelivery:
    rows = [_project(case, is_first=is_first) for case in cases]
    write_rows(path, list(rows[0]), rows)
    return DemoDelivery(path, "proyek", {"data_as_of": as_of})


def _project(case: Case, *, is_first: bool) -> dict[str, str]:
    row, owner = case.row, case.owner
    end = row["selesai_awal"] if is_first else row["selesai"]
    maintained = date.fromisoformat(end) + timedelta(days=MAINTENANCE_DAYS)
    return {
        "kode_proyek": case.code,
        "nama_proyek": f"{row['nama']} (kasus contoh: {row['kasus']})",
        "wilayah": row["wilayah"],
        "pemilik": owner.name,
        "jenis_pemilik": owner.owner_type,
        "sumber_dana": owner.fund,
        "nilai_kontrak": str(case.value_rp("awal" if is_first else "akhir")),
        "termasuk_ppn": "tidak" if owner.owner_type == "Swasta" else "ya",
        "no_spk": case.order_number,
        "tgl_spk": row["tgl_spk"],
        "mulai": row["mulai"],
        "selesai": end,
        "selesai_pemeliharaan": maintained.isoformat(),
        "penyedia": row["penyedia"],
        "telepon_penyedia": phone_of(row["penyedia"]),
        "tenaga_kerja": row["tenaga_kerja"],
        "cara_pelaksanaan": row["cara_pelaksanaan"],
        "jenis_pekerjaan": "Pekerjaan Konstruksi",
    }


def _write_registrations(path: Path, cases: dict[str, Case]) -> DemoDelivery:
    rows = [
        _registration(cases[told["kode_proyek"]], told, number)
        for number, told in enumerate(read_table("case_registrations"), 1)
    ]
    write_rows(path, list(rows[0]), rows)
    return DemoDelivery(path, "pendaftaran", {"data_as_of": AS_OF})


def _registration(case: Case, told: dict[str, str], number: int) -> dict[str, str]:
    paid_rp = case.contribution_rp(told["atas_nilai"]) * int(told["bagian_iuran_pct"]) // 100
    project_number = f"2516{700_000_000 + number:09}"
    return {
        "kode_proyek": case.code,
        "no_spk": case.order_number,
        "no_proyek_bpjs": project_number,
        "npp": f"J{8_000_000 + case.number:07}",
        "tgl_daftar": told["tgl_daftar"],
        "tgl_bayar": told["tgl_bayar"],
        "iuran_dibayar": str(paid_rp or ""),
        "tenaga_kerja": told["tenaga_kerja"],
        "mulai": told["mulai"],
        "selesai": told["selesai"],
        "no_sertifikat": f"JK/{project_number}" if paid_rp else "",
    }


def _write_memberships(demo: Demonstration, path: Path, cases: dict[str, Case]) -> DemoDelivery:
    """The members of registrations with names: persons of the reserve, who appear nowhere else."""
    reserve = iter(demo.nik[len(demo.nik) - demo.reserved + RESERVED_FROM :].tolist())
    rows = [
        {
            "nik": str(next(reserve)),
            "segmen": "JAKON",
            "kode_proyek": cases[told["kode_proyek"]].code,
            "mulai": told["mulai"],
            "selesai": told["selesai"],
            "tgl_bayar": told["tgl_bayar"],
        }
        for told in read_table("case_registrations")
        for _ in range(int(told["bernama"]))
    ]
    write_rows(path, list(rows[0]), rows)
    return DemoDelivery(path, "kepesertaan", {"data_as_of": AS_OF})


def _write_payments(path: Path, cases: dict[str, Case]) -> DemoDelivery:
    rows = [
        {
            "kode_proyek": told["kode_proyek"],
            "tgl_permohonan": told["tgl_permohonan"],
            "termin": told["termin"],
            "jumlah": str(cases[told["kode_proyek"]].value_rp() * int(told["bagian_pct"]) // 100),
            "progres": told["progres"],
            "tgl_bayar": told["tgl_bayar"],
        }
        for told in read_table("case_payments")
    ]
    write_rows(path, list(rows[0]), rows)
    return DemoDelivery(path, "pembayaran", {"data_as_of": AS_OF})
