"""cakupan.py gate: which conditions of membership each project meets, as the page of projects shows them."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from commands.reader import shell_reader
from commands.telling import print_json
from commands.wanted import refuse_unknown
from data.errors import CakupanError
from data.home import Home

SHOWN = 50
ALL_PROJECTS = 10**9


def gate(
    project: Annotated[
        str | None, typer.Option(help="Kode satu proyek, dengan bukti dan setiap pembayarannya.")
    ] = None,
    place: Annotated[str | None, typer.Option(help="Kode Kemendagri (16.71), branch:KODE atau group:KODE.")] = None,
    owner: Annotated[str | None, typer.Option(help="Nama pemilik proyek.")] = None,
    fund: Annotated[str | None, typer.Option(help="Sumber dana.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Keluaran JSON.")] = False,
) -> None:
    """Hasil pemeriksaan syarat kepesertaan per proyek pada posisi edisi; bukan keputusan pembayaran."""
    from analytics.gate import overlay
    from analytics.register import has_register
    from data.casework import casework
    from data.editions import published_edition

    home = Home.from_environment()
    edition = published_edition(home, shell_reader(home).grant)
    if not has_register(edition):
        raise CakupanError(
            f"Edisi {edition.number} dibuat sebelum proyek dinilai satu per satu; jalankan publish lebih dahulu."
        )
    overlaid = overlay(casework(home, edition), edition)
    if project is None:
        _tell_register(edition, _scope(edition, place, owner, fund), overlaid, as_json=as_json)
    else:
        _tell_project(edition, project, overlaid, as_json=as_json)


def _scope(edition: Any, place: str | None, owner: str | None, fund: str | None) -> Any:
    from analytics.compute import Scope, default_scope

    start = default_scope(edition)
    scope = Scope(place or start.place, owner or start.owner, fund)
    refuse_unknown(edition, scope)
    return scope


def _tell_register(edition: Any, scope: Any, overlaid: dict[str, str], *, as_json: bool) -> None:
    from analytics.register import register

    found = register(edition, scope, limit=ALL_PROJECTS if as_json else SHOWN, overlaid=overlaid)
    if as_json:
        print_json([asdict(row) for row in found.rows])
        return
    _tell_of_what(edition)
    for row in found.rows:
        typer.echo(f"{row.kode_proyek:<20} {_told(row)}  {row.owner}: {row.nama_proyek}")
    if found.total > len(found.rows):
        typer.echo(f"… dan {found.total - len(found.rows)} proyek lagi (lihat dengan --json).")


def _tell_project(edition: Any, code: str, overlaid: dict[str, str], *, as_json: bool) -> None:
    from analytics.gate import checks, rules, takes_proof
    from analytics.register import dossier

    found = dossier(edition, code)
    if found is None:
        raise CakupanError(f"Proyek '{code}' tidak dikenal dalam lingkup akun ini; periksa kodenya.")
    judged: list[dict[str, Any]] = [
        asdict(one)
        | {"result": overlaid.get(code, one.result) if takes_proof(found, one) else one.result}
        | {"checks": [_check(check) for check in checks(found, rules(edition), payment=one.payment)]}
        for one in found.judgements
    ]
    if as_json:
        project = asdict(found.project) | {"result": overlaid.get(code, found.project.result)}
        print_json(asdict(found) | {"project": project, "judgements": judged})
        return
    _tell_of_what(edition)
    typer.echo(f"{code}  {found.project.owner}: {found.project.nama_proyek}")
    for one, told in zip(found.judgements, judged, strict=True):
        moment = f"pembayaran {one.payment}" if one.payment else "posisi"
        typer.echo(f"{moment:<14} {one.judged_on}  {_told(one, told['result'])}")
        for check in told["checks"]:
            _tell_check(check)


def _check(check: Any) -> dict[str, Any]:
    rule = check.rule
    told = {"rule": rule.code, "kind": rule.kind, "article": rule.article, "effective_from": rule.effective_from}
    evidence = [asdict(one) for one in check.evidence]
    return told | {"is_in_force": check.is_in_force, "is_met": check.is_met, "evidence": evidence}


def _tell_check(check: dict[str, Any]) -> None:
    if check["kind"] != "wajib":
        return
    documents = {"registration": "pendaftaran", "payment": "bayar iuran", "work_order": "SPK"}
    words = {True: "dipenuhi", False: "belum dipenuhi", None: "belum dapat dinilai"}
    state = words[check["is_met"]] if check["is_in_force"] else "tidak berlaku bagi proyek ini"
    typer.echo(f"  {check['rule']}: {state} ({check['article']}, sejak {check['effective_from']})")
    for one in check["evidence"]:
        number = f" {one['number']}" if one["number"] else ""
        document = documents[one["document"]]
        typer.echo(f"    {document}{number}, {one['dated']}: {one['file_name']} baris {one['row_number']}")


def _told(judged: Any, result: str | None = None) -> str:
    """'■ Belum memenuhi; Belum terdaftar pada tanggal penilaian', with the codes of its notes."""
    from ui import results

    result = result or judged.result
    told = [results.marked(result, "id")]
    if result == judged.result:
        told += [
            results.reason(judged.reason, "id"),
            results.days(result, judged.late_days, judged.unprotected_days, judged.days_left, "id"),
        ]
    notes = f" [{', '.join(judged.notes)}]" if judged.notes else ""
    return "; ".join(text.removesuffix(".") for text in told if text) + notes


def _tell_of_what(edition: Any) -> None:
    from analytics.gate import NOT_A_DECISION

    if edition.meta["demo"] == "1":
        typer.echo("DATA CONTOH")
    typer.echo(f"Posisi {edition.meta['as_of']}, edisi {edition.number}. {NOT_A_DECISION.id}")
