"""cakupan.py recognise: what a file seems to hold, before anything is imported."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from commands.reader import acting
from commands.telling import print_json
from data.home import Home


def recognise(
    file: Annotated[Path, typer.Argument(help="Berkas CSV atau XLSX, atau folder data pengadaan.")],
    sender: Annotated[str | None, typer.Option(help="Instansi pengirim; pemetaannya yang diingat dipakai.")] = None,
    kind: Annotated[str | None, typer.Option(help="Jenis berkas; tanpa ini dikenali dari isinya.")] = None,
    choices: Annotated[
        Path | None, typer.Option("--choices", help="Berkas JSON: lembar, baris judul dan kolom yang dipilih.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Keluaran JSON.")] = False,
) -> None:
    """Kenali lembar, jenis, baris judul dan kolom berkas; tidak ada yang disimpan, orang tidak ditampilkan."""
    from data.importers.choice import read_choices
    from data.importers.delivery import read_sender
    from data.importers.recognise import recognise_with
    from data.mappings import mappings_of

    home = Home.from_environment()
    acting(home, "import")
    mappings = mappings_of(home, read_sender(sender))
    found = recognise_with(file, mappings, read_choices(choices) if choices else {}, kind=kind)
    if as_json:
        print_json(asdict(found))
    else:
        _print(found)


def _print(found: Any) -> None:
    typer.echo(f"{found.file} ({found.bytes} bita, SHA-256 {found.sha256[:12]})")
    for sheet in found.sheets:
        header = f", judul kolom di baris {sheet.header_row}" if sheet.header_row else ""
        typer.echo(f"  {sheet.name or 'isi'}: {sheet.kind or 'tidak dikenali'}, {sheet.rows} baris{header}")
        for column in sheet.headers:
            fate = column.column or ("pribadi, dibuang" if column.is_personal else "tidak dibaca")
            typer.echo(f"    {column.text or f'kolom {column.position + 1}'}: {fate}")
        if sheet.hidden_rows or sheet.hidden_columns:
            typer.echo(f"    {sheet.hidden_rows} baris dan {sheet.hidden_columns} kolom tersembunyi ikut dibaca")
    if found.problem:
        typer.echo(f"  {found.problem}")
