"""cakupan.py backup, restore and purge: copies of the home, the way back, and what is kept no longer."""

from pathlib import Path
from typing import Annotated

import typer

from data.backup import WAIT_SECONDS

AsJson = Annotated[bool, typer.Option("--json", help="Keluaran JSON.")]


def backup(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder tempat cadangan dibuat; harus sudah ada.")],
    with_keys: Annotated[
        bool, typer.Option("--with-keys", help="Sertakan kunci; simpan cadangan ini terkunci.")
    ] = False,
    wait: Annotated[int, typer.Option(help="Detik menunggu impor atau publish yang sedang berjalan.")] = WAIT_SECONDS,
    keep: Annotated[int | None, typer.Option(help="Sisakan sekian cadangan terbaru; yang lebih lama dihapus.")] = None,
    as_json: AsJson = False,
) -> None:
    """Salin seluruh CAKUPAN_HOME ke folder baru di DIR; boleh selagi program melayani dan berkas dimasukkan."""


def restore(
    source: Annotated[Path, typer.Argument(metavar="CADANGAN", help="Folder cadangan, mis. cakupan-20261122-101500.")],
    replace: Annotated[bool, typer.Option("--replace", help="Gantikan isi yang ada; isi lama disisihkan.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Periksa keutuhannya saja; tidak ada yang berubah.")] = False,
    as_json: AsJson = False,
) -> None:
    """Pulihkan CAKUPAN_HOME dari cadangan, sesudah setiap berkasnya diperiksa."""


def purge(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Sebutkan saja; tidak ada yang dihapus.")] = False,
    as_json: AsJson = False,
) -> None:
    """Hapus berkas asli kiriman dan catatan program yang melewati masa simpannya ([retention] di config.toml)."""
