"""The few words a funds, owners, segments or sectors column may hold, and how senders write them."""

import csv
import re
from functools import cache
from pathlib import Path

from data.places import name_key, resolve_place

REFERENCE = Path(__file__).parent / "reference"
BUDGET_YEAR = re.compile(r"\b(sumber|dana|tahun|anggaran|t\.?a|20\d\d)\b[.:]?", re.IGNORECASE)
OF_A_GOVERNMENT = re.compile(r"(apbd-?p?|opd|skpd|pemerintah)\b(.+)", re.IGNORECASE)


def resolve_fund(text: str | None) -> str | None:
    """The source of funds meant, one of FUNDS; None when unknown.

    'APBD Sumsel' and 'APBD Kota Palembang' are told apart by their place; bare 'APBD' is None, it may be either.
    """
    bare = BUDGET_YEAR.sub(" ", text or "")
    return _resolve("funds", text) or _resolve("funds", bare) or _of_government(bare, prefix="APBD")


def resolve_owner_type(text: str | None) -> str | None:
    """The type of a project's owner, one of OWNER_TYPES; None when unknown. 'OPD Kota Palembang' goes by its place."""
    return _resolve("owner_types", text) or _of_government(text or "", prefix="OPD")


def resolve_segment(text: str | None) -> str | None:
    """The segment of a membership, one of SEGMENTS; None when unknown."""
    return _resolve("segments", text)


def resolve_official_segment(text: str | None) -> str | None:
    """The segment a published figure speaks of, one of OFFICIAL_SEGMENTS; None when unknown."""
    return _resolve("official_segments", text)


def resolve_sector(text: str | None) -> str | None:
    """The Sakernas sector (17 groups of KBLI 2020), by name or letter, one of SECTORS; None when unknown."""
    return _resolve("sectors", text)


def resolve_sector_or_all(text: str | None) -> str | None:
    """A sector as above, or ALL_SECTORS: what estimates and targets may speak of; None when unknown."""
    return resolve_sector(text) or _resolve("all_sectors", text)


def resolve_counting(text: str | None) -> str | None:
    """How a target counts, one of COUNTINGS: the state at a month end or the sum of the year; None when unknown."""
    return _resolve("countings", text)


def resolve_target_unit(text: str | None) -> str | None:
    """The unit of a target, one of TARGET_UNITS; None when unknown."""
    return _resolve("target_units", (text or "").replace("%", "persen"))


def resolve_work_mode(text: str | None) -> str | None:
    """How a project is carried out, one of WORK_MODES: by a contractor, its owner, or as an emergency; None: other."""
    return _resolve("work_modes", text)


def payer_of(fund: str | None) -> str | None:
    """Who pays what a fund finances, one of PAYERS; None where that cannot be told ('Lain', no fund)."""
    return next((row["pembayar"] or None for row in _rows("funds") if row["nama"] == fund), None)


def level_of(fund: str | None) -> str | None:
    """Whose money a fund is: pusat, daerah, badan usaha dan layanan, swasta; None where that cannot be told."""
    return next((row["tingkat"] or None for row in _rows("funds") if row["nama"] == fund), None)


def _resolve(table: str, text: str | None) -> str | None:
    return _name_by_key(table).get(name_key(text or ""))


def _of_government(text: str, *, prefix: str) -> str | None:
    """prefix + level of the place that follows the word for its budget or its offices, as in 'APBDP Kab. OKI'."""
    found = OF_A_GOVERNMENT.match(text.strip())
    place = resolve_place(found[2]) if found else None
    if place is None or place.kind == "negara":
        return None
    return f"{prefix} provinsi" if place.kind == "provinsi" else f"{prefix} kabupaten/kota"


@cache
def _rows(table: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _name_by_key(table: str) -> dict[str, str]:
    names = {}
    for row in _rows(table):
        for text in (row["nama"], row.get("kode_kbli", ""), *row["alias"].split("|")):
            if key := name_key(text):
                assert names.setdefault(key, row["nama"]) == row["nama"], (table, text)
    return names


def _names(table: str) -> tuple[str, ...]:
    return tuple(row["nama"] for row in _rows(table))


FUNDS = _names("funds")
PAYERS = _names("payers")
OWNER_TYPES = _names("owner_types")
SEGMENTS = _names("segments")
OFFICIAL_SEGMENTS = _names("official_segments")
SECTORS = _names("sectors")
COUNTINGS = _names("countings")
TARGET_UNITS = _names("target_units")
WORK_MODES = _names("work_modes")
CONSTRUCTION = "konstruksi"
(ALL_SECTORS,) = _names("all_sectors")
ALL_SEGMENTS = "semua segmen"
CONSTRUCTION_SEGMENT = "jasa konstruksi"
