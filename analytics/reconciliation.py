"""Procurement, registrations and payments row by row: what differs, and the probable cause of it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from analytics.causes import AT_REST, CAUSES, OF_PROJECTS, OF_ROWS
from analytics.row import Scope
from analytics.unmatched import UnmatchedRow, bounds_of, searched, unmatched
from data.editions import Edition
from data.errors import CakupanError

OLDEST_SCHEMA = 5


@dataclass(frozen=True)
class ReconciledProject:
    """One project beside what is registered and paid for it by the edition's position.

    `cause` is the probable one of `causes`, or says that nothing differs (CAUSES). Amounts are in rupiah:
    `contribution_rp` of all registrations, `owed_rp` to `owed_most_rp` by the tariff, `owed_before_rp` of an earlier
    value where exactly that was paid, `paid_rp` under the contract, `payable_rp` its value with VAT. None is unknown.
    """

    kode_proyek: str
    nama_proyek: str
    place: str
    place_name: str
    owner: str
    fund: str
    cause: str
    causes: tuple[str, ...]
    same_order: str | None
    no_spk: str | None
    tgl_spk: date | None
    mulai: date
    selesai: date
    nilai_kontrak: Decimal | None
    registrations: int
    registered_on: date | None
    contribution_rp: Decimal | None
    owed_rp: Decimal | None
    owed_most_rp: Decimal | None
    owed_before_rp: Decimal | None
    headcount: int | None
    expected_workers: int | None
    roster_persons: int | None
    payments: int
    first_paid_on: date | None
    paid_rp: Decimal | None
    payable_rp: Decimal | None
    file_name: str
    row_number: int


Line = UnmatchedRow | ReconciledProject


@dataclass(frozen=True)
class Lines:
    """Some lines of those that were asked for, and how many there are in all."""

    rows: list[Line]
    total: int


@dataclass(frozen=True)
class CauseCount:
    """How many lines of a scope have one probable cause; of contributions how much lacks, as far as known."""

    cause: str
    lines: int
    lacking_rp: Decimal | None = None


def has_reconciliation(edition: Edition) -> bool:
    """Whether the edition sets projects against their registrations and payments."""
    return int(edition.meta["schema_version"]) >= OLDEST_SCHEMA


def summary(edition: Edition, scope: Scope) -> list[CauseCount]:
    """Lines of a scope by probable cause, in the order of CAUSES; causes without a line are absent.

    CakupanError when the place is unknown; OutsideScope beyond the grant. Of an edition from before: none.
    """
    within = bounds_of(edition, scope)
    if not has_reconciliation(edition):
        return []
    counted = {
        row["cause"]: CauseCount(row["cause"], row["rows"], row["lacking_rp"])
        for row in edition.query("reconciliation_counted", **within)
    }
    for row in unmatched(edition, scope):
        before = counted.get(row.cause)
        counted[row.cause] = CauseCount(row.cause, 1 + (before.lines if before else 0))
    return [counted[cause] for cause in CAUSES if cause in counted]


def lines(
    edition: Edition,
    scope: Scope,
    *,
    causes: Sequence[str] = (*OF_ROWS, *OF_PROJECTS),
    search: str = "",
    limit: int = 25,
    offset: int = 0,
) -> Lines:
    """One page of the lines with one of these probable causes: rows without a project first, then in order of cause.

    `search` is looked for in codes, numbers, names, contractor, owner and file. CakupanError for an unknown cause or
    place; OutsideScope beyond the grant. Of an edition from before: none.
    """
    if unknown := [cause for cause in causes if cause not in CAUSES]:
        raise CakupanError(f"Sebab '{unknown[0]}' tidak dikenal; pilih salah satu: {', '.join(CAUSES)}.")
    within = bounds_of(edition, scope)
    if not has_reconciliation(edition):
        return Lines([], 0)
    wanted = search.strip().lower()
    of_rows = [row for row in unmatched(edition, scope) if row.cause in causes and wanted in searched(row)]
    of_projects = [cause for cause in (*OF_PROJECTS, *AT_REST) if cause in causes]
    asked = within | {"causes": of_projects, "search": wanted or None}
    shown = of_rows[offset : offset + limit]
    projects, total = _page(edition, asked, limit - len(shown), max(0, offset - len(of_rows)))
    return Lines([*shown, *projects], len(of_rows) + total)


def reconciled(edition: Edition, code: str) -> ReconciledProject | None:
    """One project by its code; None when there is none, and likewise when it lies outside the grant."""
    if not has_reconciliation(edition):
        return None
    areas = None if edition.grant.areas is None else sorted(edition.visible_places)
    owners = None if edition.grant.owners is None else sorted(edition.grant.owners)
    return next(iter(_projects(edition, {"places": areas, "owners": owners}, [code])), None)


def line_as_json(line: Line) -> dict[str, Any]:
    """All that is known of a line; `subject` says whether it is a project or a row of a file."""
    subject = "proyek" if isinstance(line, ReconciledProject) else line.kind
    return {"subject": subject} | asdict(line)


def _page(edition: Edition, asked: Mapping[str, Any], limit: int, offset: int) -> tuple[list[ReconciledProject], int]:
    if not asked["causes"]:
        return [], 0
    # At least one key is asked for: with it comes how many there are.
    keys = edition.query("reconciliation_keys", **asked, limit=max(1, limit), offset=offset)
    if not keys and offset:
        before = edition.query("reconciliation_keys", **asked, limit=1, offset=0)
        return [], before[0]["total"] if before else 0
    return _projects(edition, asked, [row["kode_proyek"] for row in keys[:limit]]), keys[0]["total"] if keys else 0


def _projects(edition: Edition, within: Mapping[str, Any], codes: list[str]) -> list[ReconciledProject]:
    asked = {"places": within["places"], "owners": within["owners"], "codes": codes}
    found = {row["kode_proyek"]: row for row in edition.query("reconciliation_rows", **asked)}
    apart = (
        {**found[code], "causes": tuple(filter(None, found[code]["causes"].split(",")))}
        for code in codes
        if code in found
    )
    return [ReconciledProject(**row) for row in apart]
