"""The register of projects: one page of it, what is about to fall due, results counted, and one project's dossier."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from analytics.row import Scope
from analytics.within import NATION, places_inside
from data.access import EVERYTHING
from data.editions import Edition
from data.errors import CakupanError
from data.working_days import working_days_counted

OLDEST_SCHEMA = 4
SORTS = (
    "kode_proyek", "nama_proyek", "place", "owner", "fund", "penyedia", "nilai_kontrak", "tenaga_kerja", "no_spk",
    "tgl_spk", "deadline", "mulai", "selesai", "result", "late_days", "unprotected_days", "days_left", "workers",
    "uncovered",
)  # fmt: skip


@dataclass(frozen=True)
class RegisterRow:
    """One project as known at the edition's position, and how it is judged then (data/sql/publish/judgement.sql).

    `deadline` is the last day to register after the work order. `days_left` are working days, the others calendar
    days. `workers` are those of the last month end if the project runs then, else the declared headcount; `uncovered`
    of them are known not to be covered. None is unknown, or does not apply.
    """

    kode_proyek: str
    nama_proyek: str
    place: str
    place_name: str
    owner: str
    owner_type: str
    fund: str
    payer: str | None
    penyedia: str | None
    telepon_penyedia: str | None
    nilai_kontrak: Decimal | None
    tenaga_kerja: int | None
    no_spk: str | None
    tgl_spk: date | None
    deadline: date | None
    mulai: date
    selesai: date
    cara_pelaksanaan: str | None
    result: str
    reason: str | None
    late_days: int | None
    unprotected_days: int | None
    days_left: int | None
    is_registered: bool | None
    notes: tuple[str, ...]
    workers: int | None
    uncovered: int | None
    file_name: str
    row_number: int


@dataclass(frozen=True)
class RegisterPage:
    """Some rows of those that were asked for, and how many there are in all."""

    rows: list[RegisterRow]
    total: int


@dataclass(frozen=True)
class ResultCount:
    """Projects of one group ('*': all) with one result, and the sum of their contract values as far as stated."""

    group: str
    result: str
    projects: int
    nilai_kontrak: Decimal | None


@dataclass(frozen=True)
class Registration:
    """One registration of a project; the cover is None until it is paid."""

    number: int
    no_proyek_bpjs: str | None
    npp: str | None
    tgl_daftar: date
    tgl_bayar: date | None
    iuran_dibayar: Decimal | None
    tenaga_kerja: int | None
    cover_from: date | None
    cover_to: date | None
    no_sertifikat: str | None
    file_name: str
    row_number: int


@dataclass(frozen=True)
class Payment:
    """One payment under the contract ('uang muka', 'termin', 'retensi'); without `tgl_bayar` it is asked for only."""

    number: int
    kind: str
    tgl_permohonan: date | None
    tgl_bayar: date | None
    termin: str | None
    jumlah: Decimal | None
    progres: Decimal | None
    file_name: str
    row_number: int


@dataclass(frozen=True)
class Addendum:
    """What the contract said before an addendum."""

    versi: int | None
    tgl: date | None
    nilai_kontrak: Decimal | None
    selesai: date | None


@dataclass(frozen=True)
class Judgement:
    """The result at one moment: payment 1 and up, or 0, the edition's position."""

    payment: int
    judged_on: date
    result: str
    reason: str | None
    late_days: int | None
    unprotected_days: int | None
    days_left: int | None
    is_registered: bool | None
    notes: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Dossier:
    """Everything that is known of one project, and how it is judged at each payment and at the position."""

    project: RegisterRow
    registrations: list[Registration]
    payments: list[Payment]
    addenda: list[Addendum]
    judgements: list[Judgement]


def register(
    edition: Edition,
    scope: Scope,
    *,
    search: str = "",
    results: tuple[str, ...] = (),
    running_only: bool = False,
    sort: str = "kode_proyek",
    descending: bool = False,
    limit: int = 50,
    offset: int = 0,
    overlaid: Mapping[str, str] | None = None,
) -> RegisterPage:
    """One page of the projects of a scope, searched, filtered, sorted and cut by the database.

    `search` is looked for in code, name, work order, contractor and owner, whatever the case. Without `results` every
    result is shown. `overlaid` gives projects (by code) another result than the stored one: a proof by hand. What has
    no value to sort by comes last. CakupanError when the place or the sorting is unknown; OutsideScope beyond the
    grant. Of an edition from before the register was kept: no rows.
    """
    if sort not in SORTS:
        raise CakupanError(f"Urutan '{sort}' tidak dikenal; pilih salah satu: {', '.join(SORTS)}.")
    within = _within(edition, scope)
    if not has_register(edition):
        return RegisterPage([], 0)
    asked = (
        within
        | _overlay(overlaid)
        | {
            "search": search.strip().lower() or None,
            "results": list(results) or None,
            "running_on": edition.meta["as_of"] if running_only else None,
            "sort": sort,
            "descending": descending,
            "limit": limit,
        }
    )
    keys = edition.query("register_keys", **asked, offset=offset)
    if not keys and offset:
        past_the_end = edition.query("register_keys", **asked | {"limit": 1}, offset=0)
        return RegisterPage([], past_the_end[0]["total"] if past_the_end else 0)
    codes = [row["kode_proyek"] for row in keys]
    return RegisterPage(_rows(edition, within, codes, overlaid or {}), keys[0]["total"] if keys else 0)


def new_work_orders(edition: Edition, scope: Scope) -> list[RegisterRow]:
    """Projects with a work order whose deadline is not over and that are not registered, by working days left.

    Where registrations are not completely known `is_registered` is None: whether help is needed cannot be told.
    """
    within = _within(edition, scope)
    if not has_register(edition):
        return []
    as_of = date.fromisoformat(edition.meta["as_of"])
    codes = [row["kode_proyek"] for row in edition.query("new_work_orders", **within, as_of=as_of)]
    found = _rows(edition, within, codes, {})
    last = max((row.deadline for row in found if row.deadline), default=as_of)
    counted = working_days_counted(as_of, last)
    return [replace(row, days_left=counted[row.deadline] - counted[as_of]) if row.deadline else row for row in found]


def counts_by_result(
    edition: Edition, scope: Scope, by: str | None = None, overlaid: Mapping[str, str] | None = None
) -> list[ResultCount]:
    """Projects of a scope by result at the position, in all or by owner or fund; results without a project are absent.

    CakupanError when the breakdown is unknown; OutsideScope beyond the grant.
    """
    if by not in (None, "owner", "fund"):
        raise CakupanError(f"Rincian '{by}' tidak dikenal; pilih salah satu: owner, fund.")
    within = _within(edition, scope)
    if not has_register(edition):
        return []
    return [ResultCount(**row) for row in edition.query("results_counted", **within, **_overlay(overlaid), by=by)]


def dossier(edition: Edition, code: str) -> Dossier | None:
    """One project by its code; None when there is none, and likewise when it lies outside the grant."""
    if not has_register(edition):
        return None
    areas = None if edition.grant.areas is None else sorted(edition.visible_places)
    within = {"places": areas, "owners": _owners(edition, None)}
    found = _rows(edition, within, [code], {})
    if not found:
        return None
    of_code = within | {"code": code}
    return Dossier(
        found[0],
        [Registration(**row) for row in edition.query("registrations_of", **of_code)],
        [Payment(**row) for row in edition.query("payments_of", **of_code)],
        [Addendum(**row) for row in edition.query("addenda_of", **of_code)],
        [Judgement(**_apart(row, "notes", "rules")) for row in edition.query("judgements_of", **of_code)],
    )


def has_register(edition: Edition) -> bool:
    """Whether the edition keeps single projects with their registrations and payments."""
    return int(edition.meta["schema_version"]) >= OLDEST_SCHEMA


def _rows(
    edition: Edition, within: Mapping[str, Any], codes: list[str], overlaid: Mapping[str, str]
) -> list[RegisterRow]:
    asked = {"places": within["places"], "owners": within["owners"], "codes": codes}
    found = {row["kode_proyek"]: row for row in edition.query("register_rows", **asked)}
    shown = [_apart(found[code], "notes") for code in codes if code in found]
    return [RegisterRow(**row | _shown_result(row, overlaid)) for row in shown]


def _shown_result(row: Mapping[str, Any], overlaid: Mapping[str, str]) -> dict[str, Any]:
    return {"result": overlaid.get(row["kode_proyek"], row["result"])}


def _within(edition: Edition, scope: Scope) -> dict[str, Any]:
    """Where a scope's projects lie and whose they are, never beyond the grant: what each query is bound to."""
    inside = places_inside(edition, scope.place)
    # Everywhere for somebody who may see everything: nothing to look up, project by project.
    is_everywhere = scope.place == NATION and edition.grant == EVERYTHING
    return {"places": None if is_everywhere else inside, "owners": _owners(edition, scope.owner), "fund": scope.fund}


def _owners(edition: Edition, owner: str | None) -> list[str] | None:
    """The owner of the scope; without one those of the grant, each for itself; None where it names none."""
    if owner is not None:
        return [owner]
    return None if edition.grant.owners is None else sorted(edition.grant.owners)


def _overlay(overlaid: Mapping[str, str] | None) -> dict[str, Collection[str]]:
    overlaid = overlaid or {}
    return {"overlaid_codes": list(overlaid), "overlaid_results": list(overlaid.values())}


def _apart(row: dict[str, Any], *columns: str) -> dict[str, Any]:
    """The row with codes that were put together by commas taken apart."""
    return row | {column: tuple(row[column].split(",")) if row[column] else () for column in columns}
