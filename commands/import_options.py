"""How a file is delivered, as the shell's import and its preview ask for it."""

from pathlib import Path
from typing import Annotated, Any

import typer

from commands.wanted import day_named

Files = Annotated[list[Path], typer.Argument(help="Berkas CSV atau XLSX, atau folder data pengadaan.")]
Kind = Annotated[str | None, typer.Option(help="Jenis berkas; tanpa ini dikenali dari isinya.")]
DataAsOf = Annotated[str | None, typer.Option(help="Posisi data, mis. 2024-07-31.")]
CompleteFor = Annotated[str | None, typer.Option(help="Kiriman lengkap untuk wilayah atau pemilik ini.")]
Period = Annotated[str | None, typer.Option(help="Masa kiriman lengkap, mis. 2023-01..2024-12.")]
Sender = Annotated[str | None, typer.Option(help="Instansi pengirim berkas.")]
ChoicesFile = Annotated[
    Path | None, typer.Option("--choices", help="Berkas JSON: lembar, baris judul dan kolom yang dipilih.")
]


def delivered_as(
    *,
    kind: str | None,
    data_as_of: str | None,
    complete_for: str | None,
    period: str | None,
    sender: str | None,
    choices: Path | None,
) -> dict[str, Any]:
    """Keyword arguments of import_files; CakupanError for a day or a file of choices that cannot be read."""
    from data.importers.choice import read_choices

    return {
        "kind": kind,
        "data_as_of": day_named(data_as_of),
        "complete_for": complete_for,
        "period": period,
        "sender": sender,
        "choices": read_choices(choices) if choices else None,
    }
