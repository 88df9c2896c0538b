"""Rows of files that belong to no project of the register, and the projects that they may mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from analytics.causes import OF_ROWS
from analytics.near_numbers import MOST_LOOKED_UP, KnownNumbers
from analytics.row import Scope
from analytics.within import NATION, places_inside
from data.access import EVERYTHING
from data.editions import Edition

# An office may register some days before the order is signed, and a roster begin some days after the project: with more
# days between them it is another project.
DAYS_APART = 14
# What resembles more than three projects resembles none in particular.
MOST_CANDIDATES = 3


PERSONS = ("tenaga_kerja", "kepesertaan")


@dataclass(frozen=True)
class Candidate:
    """A project that a row without one may mean.

    `how`: 'penulisan' the same number but for marks, 'satu_tanda' one character differs, 'spk_sama' it bears the very
    number. `column` is the number compared (kode_proyek, no_spk). `fits` are further facts that agree: iuran, jumlah,
    tenaga_kerja.
    """

    kode_proyek: str
    column: str
    how: str
    fits: tuple[str, ...]


@dataclass(frozen=True)
class UnmatchedRow:
    """One row of a file that belongs to no project of the register; of rosters and memberships all `rows` of one file
    that name the same project. `place` or `owner` is what its delivery was declared complete for.
    """

    kind: str
    cause: str
    kode_proyek: str | None
    no_spk: str | None
    no_proyek_bpjs: str | None
    npp: str | None
    day: date | None
    amount_rp: Decimal | None
    headcount: int | None
    rows: int
    place: str | None
    owner: str | None
    batch_id: int
    file_name: str
    row_number: int
    candidates: tuple[Candidate, ...] = ()


def bounds_of(edition: Edition, scope: Scope) -> dict[str, Any]:
    """Where a scope's projects lie and whose they are, never beyond the grant: what each query is bound to."""
    inside = places_inside(edition, scope.place)
    is_everywhere = scope.place == NATION and edition.grant == EVERYTHING
    return {"places": None if is_everywhere else inside, "owners": _owners(edition, scope), "fund": scope.fund}


def _owners(edition: Edition, scope: Scope) -> list[str] | None:
    if scope.owner is not None:
        return [scope.owner]
    return None if edition.grant.owners is None else sorted(edition.grant.owners)


@lru_cache(maxsize=64)
def unmatched(edition: Edition, scope: Scope) -> tuple[UnmatchedRow, ...]:
    """Rows without a project that may be the scope's, by cause.

    Whose they are nobody knows but for what their delivery was declared for: the others are shown to who may see
    everything, of the nation and of provinces. A fund no delivery is declared for.
    """
    if scope.fund is not None:
        return ()
    within = bounds_of(edition, scope)
    is_wide = scope.place == NATION or ("." not in scope.place and ":" not in scope.place)
    if edition.grant == EVERYTHING and scope.owner is None and is_wide:
        within = {"places": None, "owners": None}
    rows = edition.query("unmatched_rows", places=within["places"], owners=within["owners"])
    if not rows:
        return ()
    looked_up = [row for row in rows if row["reason"] != "dihapus"][:MOST_LOOKED_UP]
    near = _near(edition, within, looked_up)
    codes = {code for named in near.values() for code, _column, _how in named}
    asked = {"places": within["places"], "owners": within["owners"], "codes": sorted(codes)}
    projects = {row["kode_proyek"]: row for row in edition.query("candidate_projects", **asked)}
    told = [_unmatched_row(row, near.get(_numbers_of(row), []), projects) for row in rows]
    return tuple(sorted(told, key=lambda row: list(OF_ROWS).index(row.cause)))


Numbers = tuple[str | None, str | None]  # a project's code and its work order's number, as a row has them
Near = list[tuple[str, str, str]]  # (kode_proyek, column that is alike, how)


def _numbers_of(row: Mapping[str, Any]) -> Numbers:
    return row["kode_proyek"], row["no_spk"]


def _near(edition: Edition, within: Mapping[str, Any], rows: list[dict[str, Any]]) -> dict[Numbers, Near]:
    """Of the numbers of these rows, the projects with the same or nearly the same ones."""
    if not rows:
        return {}
    known = edition.query("plain_numbers", places=within["places"], owners=within["owners"])
    by_code = KnownNumbers((row["plain_code"], row["kode_proyek"]) for row in known)
    by_order = KnownNumbers((row["plain_order"], row["kode_proyek"]) for row in known)
    return {_numbers_of(row): [*_alike(row, "kode_proyek", by_code), *_alike(row, "no_spk", by_order)] for row in rows}


def _alike(row: Mapping[str, Any], column: str, known: KnownNumbers) -> Near:
    same, one_off = known.same(row[column]), known.one_off(row[column])
    return [(code, column, "penulisan") for code in same] + [(code, column, "satu_tanda") for code in one_off]


def searched(row: UnmatchedRow) -> str:
    """The texts in which a reader's words are looked for, in lower case."""
    told = (row.kode_proyek, row.no_spk, row.no_proyek_bpjs, row.npp, row.file_name)
    return "\n".join(filter(None, told)).lower()


def _unmatched_row(row: dict[str, Any], near: Near, projects: Mapping[str, dict[str, Any]]) -> UnmatchedRow:
    candidates = () if row["reason"] == "dihapus" else _candidates(row, near, projects)
    facts = {name: value for name, value in row.items() if name != "reason"}
    return UnmatchedRow(**facts, cause=_cause_of_row(row, candidates), candidates=candidates)


def _cause_of_row(row: Mapping[str, Any], candidates: tuple[Candidate, ...]) -> str:
    if row["reason"] == "spk_ganda":
        return "pendaftaran_spk_ganda"
    if row["reason"] == "dihapus":
        return "proyek_dihapus"
    if candidates:
        return "nomor_mirip"
    names = {"tenaga_kerja": "pekerja", "kepesertaan": "peserta"}
    return f"{names.get(row['kind'], row['kind'])}_tanpa_proyek"


def _candidates(row: Mapping[str, Any], near: Near, projects: Mapping[str, dict[str, Any]]) -> tuple[Candidate, ...]:
    """The projects that a row may mean, those with most agreeing facts first; none where too many are alike."""
    found: dict[str, Candidate] = {}
    for code, column, how in near:
        project = projects[code]
        # One character is what tells the projects of a series apart: it must lack what the row brings.
        if how == "satu_tanda" and not (_lacks(project, row["kind"]) and _is_in_time(project, row)):
            continue
        is_exact = project[column] == row[column]
        found.setdefault(code, Candidate(code, column, "spk_sama" if is_exact else how, _fitting(project, row)))
    ordered = sorted(found.values(), key=lambda one: (one.how == "satu_tanda", -len(one.fits), one.kode_proyek))
    surest = [one for one in ordered if one.how != "satu_tanda"] or [one for one in ordered if one.fits] or ordered
    return tuple(surest) if len(surest) <= MOST_CANDIDATES else ()


def _lacks(project: Mapping[str, Any], kind: str) -> bool:
    """Whether the project has nothing yet of what a row of this kind tells."""
    column = {"pendaftaran": "registrations", "pembayaran": "payments", "tenaga_kerja": "roster_persons"}.get(kind)
    return column is None or not project[column]


def _is_in_time(project: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    if row["day"] is None:
        return False
    some_days = timedelta(days=DAYS_APART)
    if row["kind"] in PERSONS:  # of whom nothing else can be compared
        return abs(row["day"] - project["mulai"]) <= some_days
    # A contract is paid after its end as often as before; nobody is registered then.
    earliest = min(project["begins"], project["mulai"]) - some_days
    return earliest <= row["day"] and (row["kind"] == "pembayaran" or row["day"] <= project["selesai"])


def _fitting(project: Mapping[str, Any], row: Mapping[str, Any]) -> tuple[str, ...]:
    """Which amounts of the row are those that the project would have."""
    amount, fits = row["amount_rp"], []
    if amount is not None and row["kind"] == "pendaftaran" and project["owed_rp"] is not None:
        fits += ["iuran"] if project["owed_rp"] - 1 <= amount <= project["owed_most_rp"] + 1 else []
    if amount is not None and row["kind"] == "pembayaran" and project["payable_rp"] == amount:
        fits += ["jumlah"]
    if row["headcount"] is not None and row["headcount"] == project["expected_workers"]:
        fits += ["tenaga_kerja"]
    return tuple(fits)
