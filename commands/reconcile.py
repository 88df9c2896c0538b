"""cakupan.py reconcile: what differs between projects, registrations and payments, as Mutu Data shows it."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from commands.reader import shell_reader
from commands.telling import print_json
from commands.wanted import refuse_unknown, refuse_unknown_place
from data.errors import CakupanError
from data.home import Home

SHOWN = 50
ALL_LINES = 10**9


def reconcile(
    place: Annotated[str | None, typer.Option(help="Kode Kemendagri (16.71), branch:KODE atau group:KODE.")] = None,
    owner: Annotated[str | None, typer.Option(help="Nama pemilik proyek.")] = None,
    fund: Annotated[str | None, typer.Option(help="Sumber dana.")] = None,
    cause: Annotated[list[str] | None, typer.Option(help="Kode sebab; boleh diulang. Tanpa ini: yang berbeda.")] = None,
    search: Annotated[str, typer.Option(help="Kode, nomor SPK, nama, penyedia, pemilik atau berkas.")] = "",
    reports: Annotated[bool, typer.Option("--reports", help="Peserta menurut orang di samping laporan.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Keluaran JSON.")] = False,
) -> None:
    """Pencocokan proyek, pendaftaran dan pembayaran baris demi baris, dengan sebab yang paling mungkin."""
    from data.editions import published_edition

    home = Home.from_environment()
    edition = published_edition(home, shell_reader(home).grant)
    _refuse_older(edition)
    scope = _scope(edition, place, owner, fund)
    if reports:
        _tell_pairs(edition, scope, as_json=as_json)
    else:
        _tell_lines(edition, scope, causes=cause or [], search=search, as_json=as_json)


def _refuse_older(edition: Any) -> None:
    from analytics.reconciliation import has_reconciliation

    if not has_reconciliation(edition):
        raise CakupanError(
            f"Edisi {edition.number} dibuat sebelum proyek dan pendaftaran dicocokkan; jalankan publish lebih dahulu."
        )


def _scope(edition: Any, place: str | None, owner: str | None, fund: str | None) -> Any:
    from analytics.compute import Scope, default_scope

    start = default_scope(edition)
    if place is not None:
        refuse_unknown_place(edition, place)
    scope = Scope(place or start.place, owner or start.owner, fund)
    refuse_unknown(edition, scope)
    return scope


def _tell_lines(edition: Any, scope: Any, *, causes: list[str], search: str, as_json: bool) -> None:
    from analytics.causes import DIFFERENCES
    from analytics.reconciliation import line_as_json, lines, summary

    limit = ALL_LINES if as_json else SHOWN
    found = lines(edition, scope, causes=causes or DIFFERENCES, search=search, limit=limit)
    counts = summary(edition, scope)
    if as_json:
        print_json({"causes": [asdict(one) for one in counts], "lines": [line_as_json(row) for row in found.rows]})
        return
    _tell_of_what(edition)
    from ui import reconciliation_words as words

    for count in counts:
        typer.echo(f"{count.lines:>8}  {words.marked(count.cause, 'id')} ({count.cause})")
    for line in found.rows:
        typer.echo(f"{words.subject(line, 'id')}\n    {words.marked(line.cause, 'id')}: {words.explained(line, 'id')}")
    if found.total > len(found.rows):
        typer.echo(f"… dan {found.total - len(found.rows)} baris lagi (lihat dengan --json).")


def _tell_pairs(edition: Any, scope: Any, *, as_json: bool) -> None:
    from analytics.count_pairs import CAUSES, count_pairs

    found = count_pairs(edition, scope)
    if as_json:
        told = ("difference", "difference_pct", "is_within_rounding")
        print_json([asdict(pair) | {name: getattr(pair, name) for name in told} for pair in found])
        return
    _tell_of_what(edition)
    from ui.count_pairs import difference

    for pair in found:
        counts = f"orang {pair.persons:>9}  laporan {pair.reported:>9}"
        cause = CAUSES[pair.cause].label.id
        typer.echo(f"{pair.place_name:<32} {pair.month:%Y-%m}  {counts}  {difference(pair, 'id'):>18}  {cause}")


def _tell_of_what(edition: Any) -> None:
    if edition.meta["demo"] == "1":
        typer.echo("DATA CONTOH")
    typer.echo(f"Posisi {edition.meta['as_of']}, edisi {edition.number}.")
