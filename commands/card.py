"""cakupan.py card and verify: the card of a project as a file, and whether a file is what left this system."""

from pathlib import Path
from typing import Annotated, Any

import typer

from commands.reader import shell_reader
from commands.telling import print_json
from commands.wanted import language_named
from commands.written import written
from data.errors import CakupanError, obstacle
from data.home import Home

UNCONFIRMED = 1
MOST_BYTES = 200 * 2**20  # larger than any file that leaves here
AsJson = Annotated[bool, typer.Option("--json", help="Keluaran JSON.")]


def card(
    code: Annotated[str, typer.Argument(help="Kode proyek.")],
    out: Annotated[Path, typer.Option("--out", help="Berkas PDF yang ditulis.")],
    payment: Annotated[int, typer.Option(min=0, help="Nomor pembayaran; 0: posisi edisi.")] = 0,
    language: Annotated[str, typer.Option("--language", help="Bahasa: id atau en.")] = "id",
    edition_number: Annotated[int | None, typer.Option("--edition", help="Nomor edisi; bawaan: yang dilayani.")] = None,
    as_json: AsJson = False,
) -> None:
    """Tulis kartu hasil pemeriksaan satu proyek sebagai PDF satu halaman; dicatat di jurnal sebagai unduhan."""
    from analytics.card import card_facts
    from data.casework import casework
    from data.editions import published_edition
    from data.exports import record_export
    from ui import card as cards

    language = language_named(language)
    home = Home.from_environment()
    reader = shell_reader(home)
    edition = published_edition(home, reader.grant, edition_number)
    facts = card_facts(edition, code, payment, casework(home, edition))
    if facts is None:
        raise CakupanError(_unknown(edition, code, payment))
    content = cards.card_bytes(facts, language)
    with written(out, content):
        entry = record_export(home, reader, out.name, content, cards.export_facts(facts))
    told = {"file": str(out), "result": facts.result, "card_hash": facts.card_hash, "edition": facts.edition}
    if as_json:
        print_json(told | {"sha256": entry.facts["sha256"], "journal_entry": entry.number})
    else:
        typer.echo(f"{out}: {cards.told(facts, 'id').rstrip('.')}. Dicatat di jurnal sebagai entri {entry.number}.")


def verify(
    file: Annotated[Path, typer.Argument(help="Berkas PDF, XLSX, ZIP dan lain-lain.")],
    as_json: AsJson = False,
) -> None:
    """Periksa apakah sebuah berkas keluar dari sistem ini apa adanya. Kode keluar 0: ya; 1: tidak dapat dipastikan."""
    from analytics.verification import verify as verified

    home = Home.from_environment()
    found = verified(home, shell_reader(home), _read(file))
    if as_json:
        print_json(_facts(found))
    else:
        from ui.verified import told

        for line in told(found, "id"):
            typer.echo(line)
    if not found.is_confirmed:
        raise typer.Exit(UNCONFIRMED)


def _unknown(edition: Any, code: str, payment: int) -> str:
    """The same whether there is no such project or it is another's."""
    from analytics.register import dossier, has_register

    if not has_register(edition):
        return f"Edisi {edition.number} dibuat sebelum proyek dinilai satu per satu; jalankan publish lebih dahulu."
    found = dossier(edition, code)
    if found is None:
        return f"Proyek '{code}' tidak dikenal dalam lingkup akun ini; periksa kodenya."
    known = ", ".join(str(one.payment) for one in found.judgements)
    return f"Pembayaran {payment} tidak ada pada proyek '{code}'; yang dinilai: {known}."


def _facts(found: Any) -> dict[str, Any]:
    return {
        "is_confirmed": found.is_confirmed,
        "sha256": found.sha256,
        "exports": [_entry_facts(entry) for entry in found.exports],
        "packs": [_entry_facts(entry) for entry in found.packs],
        "journal_is_whole": found.journal_is_whole,
        "card": _card_facts(found.card) if found.card else None,
    }


def _entry_facts(entry: Any) -> dict[str, Any]:
    return {
        "number": entry.number,
        "at": entry.at.isoformat(),
        "who": entry.who,
        "role": entry.role,
        "is_authenticated": entry.is_authenticated,
        "facts": entry.facts,
    }


def _card_facts(check: Any) -> dict[str, Any]:
    recomputed, now = check.recomputed, check.now
    return {
        "edition": check.mark.edition,
        "project": check.mark.project,
        "payment": check.mark.payment,
        "card_hash": check.mark.card_hash,
        "recomputed_hash": recomputed and recomputed.card_hash,
        "is_same": check.is_same,
        "result": recomputed and recomputed.result,
        "result_now": now and now.result,
        "edition_now": now and now.edition,
    }


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CakupanError(f"Berkas '{path}' lebih besar dari berkas mana pun yang keluar dari sini.")
        return path.read_bytes()
    except OSError as hindered:
        raise CakupanError(f"Berkas '{path}' tidak dapat dibaca ({obstacle(hindered)}); periksa namanya.") from hindered
