"""cakupan.py journal: is the history whole, and who did what."""

import json
from dataclasses import asdict
from typing import Annotated, Any

import typer

from commands.wanted import day_named
from data.errors import CakupanError
from data.home import Home

BROKEN = 1

app = typer.Typer(help="Jurnal: siapa berbuat apa dan kapan.", no_args_is_help=True)
AsJson = Annotated[bool, typer.Option("--json", help="Keluaran JSON.")]


@app.command()
def verify(as_json: AsJson = False) -> None:
    """Periksa seluruh rantai jurnal. Kode keluar 0: utuh; 1: ada yang diubah, hilang, disisipkan atau ditukar;
    2: tidak dapat diperiksa sekarang."""
    from data import journal

    home = _home()
    found, late, notes = journal.verify(home), 0, []
    if found.is_whole:
        late, notes = _caught_up(home)
        found = journal.verify(home) if late else found
    if as_json:
        faults = [{"number": fault.number, "problem": fault.problem} for fault in found.faults]
        told = {"faults": faults, "is_whole": found.is_whole, "recorded_late": late, "notes": notes}
        _print_json(asdict(found) | told)
    else:
        _print_verification(found, late, notes)
    if not found.is_whole:
        raise typer.Exit(BROKEN)


@app.command()
def show(
    kind: Annotated[str | None, typer.Option(help="Jenis, mis. import, publish, export, sign_in.")] = None,
    who: Annotated[str | None, typer.Option(help="Nama akun.")] = None,
    first: Annotated[str | None, typer.Option("--from", help="Sejak tanggal ini (WIB), mis. 2024-07-01.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Sampai dan dengan tanggal ini (WIB).")] = None,
    text: Annotated[str | None, typer.Option(help="Teks yang dicari dalam nama dan keterangan.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Paling banyak sekian entri, yang terbaru lebih dahulu.")] = 50,
    as_json: AsJson = False,
) -> None:
    """Entri jurnal, yang terbaru lebih dahulu."""
    from data import journal

    if kind is not None and kind not in journal.KINDS:
        raise CakupanError(f"Jenis '{kind}' tidak dikenal; pilih: {', '.join(journal.KINDS)}.")
    since, until = day_named(first), day_named(last)
    found = journal.entries(_home(), kind=kind, who=who, first=since, last=until, text=text, limit=limit)
    if as_json:
        _print_json([asdict(entry) for entry in found])
    else:
        _print_entries(found)


def _home() -> Home:
    from commands.reader import acting

    home = Home.from_environment()
    acting(home, "read_journal")
    return home


def _caught_up(home: Home) -> tuple[int, list[str]]:
    """How many acts were journaled late, and why none could be looked for: the verdict is told all the same."""
    from data.acts import catch_up
    from data.ledger import open_ledger

    if not home.ledger_path.exists():
        return 0, []
    try:
        with home.writer_lock("pemeriksaan jurnal"), open_ledger(home, key_needed=False) as ledger:
            return catch_up(home, ledger), []
    except CakupanError as hindered:
        return 0, [f"Buku besar belum dibandingkan dengan jurnal: {hindered}"]


def _print_verification(found: Any, late: int, notes: list[str]) -> None:
    for fault in found.faults:
        typer.echo(fault.problem, err=True)
    state = "utuh" if found.is_whole else "RUSAK"
    typer.echo(f"Jurnal {state}: {found.entries} entri.")
    if late:
        typer.echo(f"{late} perbuatan yang belum tercatat disusulkan (recorded_late).")
    for note in notes:
        typer.echo(note)
    if not found.entries:
        return
    typer.echo(f"Ujung jurnal: entri {found.head_number}, hash {found.head_hash}")
    typer.echo("Catat ujung ini di tempat lain; dengan itu pemotongan atau penulisan ulang ketahuan.")
    if found.confirmed < found.head_number:
        first, last = found.confirmed + 1, found.head_number
        typer.echo(
            f"Entri {first if first == last else f'{first} sampai {last}'} belum dikuatkan oleh edisi mana pun; "
            "penerbitan berikutnya menguatkannya."
        )


def _print_entries(found: list[Any]) -> None:
    from ui import journal_words

    for entry in found:
        at, kind = journal_words.moment(entry.at, "id"), journal_words.kind_name(entry.kind, "id")
        typer.echo(
            f"{entry.number:>6}  {at} WIB  {journal_words.who(entry, 'id')}  {kind}  {journal_words.told(entry, 'id')}"
        )


def _print_json(facts: Any) -> None:
    typer.echo(json.dumps(facts, ensure_ascii=False, indent=1, default=str))
