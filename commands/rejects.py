"""cakupan.py rejects: the refused rows of a batch as a workbook that goes back to its sender."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from commands.reader import acting
from commands.written import refuse_place, written
from data.home import Home

STDOUT = Path("-")


def rejects(
    batch: Annotated[int, typer.Argument(help="Nomor batch; lihat perintah status.")],
    out: Annotated[Path, typer.Option("--out", help="Berkas XLSX yang ditulis; - untuk keluaran baku.")],
) -> None:
    """Tulis baris yang ditolak dari satu batch sebagai XLSX untuk pengirimnya; dicatat di jurnal sebagai unduhan.

    Berkas itu berisi sel aslinya, juga NIK dan nama: kirim hanya kepada pengirimnya.
    """
    from commands.seen import refuse_beyond_grant
    from data.exports import record_export
    from data.importers.returned import returned

    home = Home.from_environment()
    reader = acting(home, "import")
    refuse_beyond_grant(home, reader, batch)
    if out != STDOUT:
        refuse_place(home, out)
    made = returned(home, batch)
    facts = {"batch": batch, "rows": made.rows}
    if out == STDOUT:
        record_export(home, reader, made.name, made.content, facts)
        sys.stdout.buffer.write(made.content)
        return
    with written(out, made.content):
        entry = record_export(home, reader, out.name, made.content, facts)
    typer.echo(
        f"{out}: {made.rows} baris yang ditolak dari batch {batch}. Dicatat di jurnal sebagai entri {entry.number}."
    )
