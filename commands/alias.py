"""cakupan.py alias: which spellings count as one name, and which may."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from commands.reader import acting, shell_reader
from commands.telling import print_json
from data.home import Home

app = typer.Typer(help="Alias: ejaan yang berlaku sebagai nama lain.", no_args_is_help=True)
AsJson = Annotated[bool, typer.Option("--json", help="Keluaran JSON.")]
Field = Annotated[str, typer.Argument(help="pemilik, penyedia, wilayah atau unit.")]
Written = Annotated[str, typer.Argument(help="Ejaan seperti tertulis dalam berkas.")]


@app.command("list")
def list_aliases(as_json: AsJson = False) -> None:
    """Alias yang berlaku, nama yang dinyatakan berbeda, dan usulan dari edisi yang dilayani."""
    from analytics import names
    from data.aliases import aliases_of
    from data.editions import current_edition

    home = Home.from_environment()
    reader = acting(home, "name_aliases")
    known = aliases_of(home)
    edition = current_edition(home, reader.grant)
    is_told = edition is not None and names.are_told(edition)
    suggested = names.candidates(edition, known) if edition is not None and is_told else []
    facts = {
        "in_force": [asdict(alias) for alias in known.in_force],
        "different": [asdict(pair) for pair in known.different],
        "suggested": [asdict(candidate) for candidate in suggested],
    }
    if as_json:
        print_json(facts)
    else:
        _print(known, suggested)


@app.command()
def add(field: Field, written: Written, name: Annotated[str, typer.Argument(help="Nama yang dipakai.")]) -> None:
    """Nyatakan satu ejaan sama dengan satu nama; berlaku pada penerbitan berikutnya."""
    from data import aliases

    home = Home.from_environment()
    entry = aliases.confirm(home, field, written, name, shell_reader(home))
    shown = aliases.shown_name(field, entry.facts["name"])
    typer.echo(
        f"'{entry.facts['written']}' berlaku sebagai '{shown}' mulai penerbitan berikutnya (entri {entry.number})."
    )


@app.command()
def withdraw(field: Field, written: Written) -> None:
    """Tarik alias; berlaku pada penerbitan berikutnya."""
    from data import aliases

    home = Home.from_environment()
    entry = aliases.withdraw(home, field, written, shell_reader(home))
    typer.echo(f"Alias '{entry.facts['written']}' ditarik mulai penerbitan berikutnya (entri {entry.number}).")


@app.command()
def reject(
    field: Field,
    one: Annotated[str, typer.Argument(help="Nama pertama.")],
    other: Annotated[str, typer.Argument(help="Nama kedua.")],
) -> None:
    """Nyatakan dua nama bukan nama yang sama, supaya tidak diusulkan lagi."""
    from data import aliases

    home = Home.from_environment()
    entry = aliases.reject(home, field, one, other, shell_reader(home))
    typer.echo(f"Tercatat: '{one}' dan '{other}' bukan nama yang sama (entri {entry.number}).")


def _print(known: Any, suggested: list[Any]) -> None:
    from data.aliases import shown_name

    for alias in known.in_force:
        name = shown_name(alias.field, known.names[alias.field][alias.written])
        typer.echo(f"{alias.field:<9} '{alias.written}' = '{name}'  ({alias.who}, entri {alias.number})")
    for pair in known.different:
        typer.echo(f"{pair.field:<9} '{pair.names[0]}' bukan '{pair.names[1]}'  ({pair.who}, entri {pair.number})")
    for found in suggested:
        keep = shown_name(found.field, found.keep.name)
        typer.echo(
            f"usulan: {found.field:<9} '{found.other.name}' = '{keep}'?  ({found.other.count} baris atau proyek)"
        )
    if not (known.in_force or known.different or suggested):
        typer.echo("Belum ada alias dan tidak ada usulan.")
