"""cakupan.py backup, restore and purge: copies of the home, the way back, and what is kept no longer."""

from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from commands.reader import acting, shell_reader
from commands.telling import print_json, show_progress
from data.errors import CakupanError
from data.home import Home

WAIT_SECONDS = 15 * 60

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
    from data.backup import back_up

    if keep is not None and keep < 1:
        raise CakupanError(f"--keep {keep} akan menghapus semua cadangan; tulis 1 atau lebih.")
    home = Home.from_environment()
    reader = acting(home, "back_up")
    made = back_up(
        home, folder, with_keys=with_keys, wait_seconds=wait, keep=keep, progress=show_progress, reader=reader
    )
    if as_json:
        print_json(asdict(made))
        return
    typer.echo(f"Cadangan {made.path}: {made.files} berkas, {made.size_bytes / 1e6:.1f} MB, {_edition(made.edition)}.")
    for name in made.removed:
        typer.echo(f"Cadangan lama {name} dihapus.")
    for name in made.broken:
        typer.echo(
            f"Bahan rapat {name} berubah sejak disimpan: salin kembali dari cadangan lama, yang karena itu tidak ada "
            "yang dihapus.",
            err=True,
        )
    if made.has_keys:
        typer.echo("Cadangan ini memuat kunci: siapa pun yang memegangnya dapat menguji NIK. Simpan terkunci.")
    else:
        typer.echo(
            "Kunci tidak ikut. Simpan folder keys terpisah: tanpa kunci, data yang dipulihkan tidak dapat ditambah."
        )


def restore(
    source: Annotated[Path, typer.Argument(metavar="CADANGAN", help="Folder cadangan, mis. cakupan-20261122-101500.")],
    replace: Annotated[bool, typer.Option("--replace", help="Gantikan isi yang ada; isi lama disisihkan.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Periksa keutuhannya saja; tidak ada yang berubah.")] = False,
    as_json: AsJson = False,
) -> None:
    """Pulihkan CAKUPAN_HOME dari cadangan, sesudah setiap berkasnya diperiksa."""
    from data import restore as restoring

    if check:
        _print_checked(source, restoring.check(source, show_progress), as_json=as_json)
        return
    home = Home.from_environment()
    reader = acting(home, "back_up")
    restored = restoring.restore(home, source, replace=replace, progress=show_progress, reader=reader)
    if as_json:
        print_json(asdict(restored))
        return
    typer.echo(f"{home.root} dipulihkan dari {source}: {restored.files} berkas, {_edition(restored.edition)}.")
    if restored.kept_aside:
        typer.echo(f"Isi lama disisihkan di {restored.kept_aside}; hapus bila tidak diperlukan lagi.")
    if not restored.has_keys:
        typer.echo(f"Kunci tidak ada dalam cadangan: letakkan kedua kunci di {home.keys_dir} sebelum mengimpor.")
    if restored.restart_needed:
        typer.echo("Edisi bernomor sama berbeda isinya: mulai ulang program yang sedang melayani.")


def purge(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Sebutkan saja; tidak ada yang dihapus.")] = False,
    as_json: AsJson = False,
) -> None:
    """Hapus berkas asli, pindaian bukti dan catatan program yang melewati masa simpannya (retention di config.toml)."""
    from data.config import load_config
    from data.retention import purge as purge_overdue

    home = Home.from_environment()
    reader = acting(home, "back_up")
    purged = purge_overdue(home, load_config(home).retention, dry_run=dry_run, reader=reader)
    if as_json:
        print_json(asdict(purged))
        return
    typer.echo(
        f"{purged.originals} berkas asli ({purged.size_bytes / 1e6:.1f} MB) dan {purged.log_files} berkas catatan "
        f"{'akan dihapus' if dry_run else 'dihapus'}."
    )
    if purged.scans:
        typer.echo(f"{purged.scans} pindaian bukti {'akan dihapus' if dry_run else 'dihapus'}.")


def purge_overdue_originals(home: Home) -> None:
    """After an import or a publish: whatever has passed its time goes; what hinders it, hinders nothing else."""
    from data.config import load_config
    from data.retention import purge as purge_overdue

    with suppress(CakupanError, OSError):
        purge_overdue(home, load_config(home).retention, reader=shell_reader(home))


def _print_checked(source: Path, manifest: Any, *, as_json: bool) -> None:
    if as_json:
        import msgspec

        print_json(msgspec.to_builtins(manifest))
        return
    total = sum(file.bytes for file in manifest.files)
    typer.echo(
        f"Cadangan {source} utuh: {len(manifest.files)} berkas, {total / 1e6:.1f} MB, {_edition(manifest.edition)}, "
        f"{manifest.batches} kiriman, {'dengan' if manifest.has_keys else 'tanpa'} kunci, dibuat {manifest.made_at}."
    )


def _edition(number: int | None) -> str:
    return f"edisi {number}" if number is not None else "tanpa edisi"
