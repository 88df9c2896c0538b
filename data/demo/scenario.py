"""What the demonstration tells: owners, kinds of work, seasons and habits, read from data/reference/demo_*.csv."""

import csv
import zlib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

REFERENCE = Path(__file__).parent.parent / "reference"

FIRST_DAY = date(2021, 1, 1)
AS_OF = date(2025, 6, 30)
REFERENCE_DAY = date(2024, 7, 31)
NO_DAY = 0
MAINTENANCE_DAYS = 180


@dataclass(frozen=True)
class Owner:
    name: str
    code: str
    owner_type: str
    fund: str
    place: str
    profile: str
    weight: int
    first_year: int
    last_year: int


@dataclass(frozen=True)
class Kind:
    code: str
    name_pattern: str
    work_type: str
    value_million_rp: tuple[int, int]
    workers: tuple[int, int]
    days: tuple[int, int]
    multi_year: bool


@dataclass(frozen=True)
class DemoPlace:
    code: str
    project_weight: int
    personal_weight: int
    unregistered_factor: float
    named_factor: float
    localities: tuple[str, ...]


@dataclass(frozen=True)
class Year:
    year: int
    projects: int
    unregistered_factor: float
    on_time_factor: float
    named_factor: float


@dataclass(frozen=True)
class Compliance:
    unregistered_pct: int
    on_time_pct: int
    before_payment_pct: int
    named_pct: int


@dataclass(frozen=True)
class Scenario:
    """The tables of one demonstration; `share` shrinks it for quick tests (1.0 is the whole province)."""

    share: float
    owners: list[Owner]
    kinds: list[Kind]
    profiles: dict[str, list[tuple[int, int]]]
    places: list[DemoPlace]
    years: list[Year]
    compliance: dict[str, Compliance]
    seasons: dict[tuple[str, int | None], list[int]]
    settings: dict[str, int]

    def scaled(self, name: str) -> int:
        """A setting that counts projects or people, shrunk with the demonstration."""
        return round(self.settings[name] * self.share)

    def start_weights(self, fund: str, year: int) -> list[int]:
        """Twelve weights, January to December: the share of projects of a fund that start in each month."""
        season = "APBN" if fund == "APBN" else "Swasta" if fund == "Swasta" else "APBD"
        return self.seasons[(season, year)] if (season, year) in self.seasons else self.seasons[(season, None)]

    def draws(self, stage: str) -> np.random.Generator:
        """Random numbers of one stage, so that a change in one leaves the others as they were."""
        return np.random.Generator(np.random.PCG64([self.settings["benih"], zlib.crc32(stage.encode())]))


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - date(1970, 1, 1).toordinal()


def read_table(name: str) -> list[dict[str, str]]:
    """Rows of data/reference/demo_<name>.csv as text."""
    with (REFERENCE / f"demo_{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def load_scenario(share: float = 1.0) -> Scenario:
    """The demonstration as described in data/reference."""
    kinds = _kinds()
    return Scenario(
        share=share,
        owners=_owners(),
        kinds=kinds,
        profiles=_profiles([kind.code for kind in kinds]),
        places=_places(),
        years=_years(),
        compliance=_compliance(),
        seasons=_seasons(),
        settings={row["nama"]: int(row["nilai"]) for row in read_table("settings")},
    )


def _owners() -> list[Owner]:
    return [
        Owner(
            name=row["pemilik"],
            code=row["kode"],
            owner_type=row["jenis_pemilik"],
            fund=row["sumber_dana"],
            place=row["wilayah"],
            profile=row["profil"],
            weight=int(row["bobot"]),
            first_year=int(row["sejak"]),
            last_year=int(row["sampai"]),
        )
        for row in read_table("owners")
    ]


def _kinds() -> list[Kind]:
    return [
        Kind(
            code=row["jenis"],
            name_pattern=row["nama"],
            work_type=row["jenis_pekerjaan"],
            value_million_rp=(int(row["nilai_dari_juta"]), int(row["nilai_sampai_juta"])),
            workers=(int(row["pekerja_dari"]), int(row["pekerja_sampai"])),
            days=(int(row["hari_dari"]), int(row["hari_sampai"])),
            multi_year=row["tahun_jamak"] == "ya",
        )
        for row in read_table("kinds")
    ]


def _profiles(kind_codes: list[str]) -> dict[str, list[tuple[int, int]]]:
    profiles: dict[str, list[tuple[int, int]]] = {}
    for row in read_table("profiles"):
        profiles.setdefault(row["profil"], []).append((kind_codes.index(row["jenis"]), int(row["bobot"])))
    return profiles


def _places() -> list[DemoPlace]:
    return [
        DemoPlace(
            code=row["wilayah"],
            project_weight=int(row["bobot_proyek"]),
            personal_weight=int(row["bobot_perorangan"]),
            unregistered_factor=float(row["faktor_belum"]),
            named_factor=float(row["faktor_bernama"]),
            localities=tuple(row["tempat"].split("|")),
        )
        for row in read_table("places")
    ]


def _years() -> list[Year]:
    return [
        Year(
            year=int(row["tahun"]),
            projects=int(row["proyek"]),
            unregistered_factor=float(row["faktor_belum"]),
            on_time_factor=float(row["faktor_tepat"]),
            named_factor=float(row["faktor_bernama"]),
        )
        for row in read_table("years")
    ]


def _compliance() -> dict[str, Compliance]:
    return {
        row["jenis_pemilik"]: Compliance(
            unregistered_pct=int(row["belum_terdaftar_pct"]),
            on_time_pct=int(row["tepat_waktu_pct"]),
            before_payment_pct=int(row["menjelang_bayar_pct"]),
            named_pct=int(row["bernama_pct"]),
        )
        for row in read_table("compliance")
    }


def _seasons() -> dict[tuple[str, int | None], list[int]]:
    return {
        (row["musim"], int(row["tahun"]) if row["tahun"] else None): [int(weight) for weight in list(row.values())[2:]]
        for row in read_table("seasons")
    }
