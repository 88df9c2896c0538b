"""The shell's door: bring files in, publish editions, show the numbers that the pages show."""

import sys
import traceback
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated, Any

import typer

from commands import alias as alias_commands
from commands import backup as backup_commands
from commands import card as card_commands
from commands import check as check_command
from commands import contribution as contribution_command
from commands import draft as draft_command
from commands import export as export_command
from commands import gate as gate_command
from commands import import_options, users
from commands import journal as journal_commands
from commands import preview as preview_commands
from commands import quality as quality_command
from commands import recognise as recognise_command
from commands import reconcile as reconcile_command
from commands import rejects as rejects_command
from commands import targets as targets_command
from commands.background import let_readers_go_first
from commands.reader import acting, shell_reader
from commands.telling import print_json as _print_json
from commands.telling import print_line as _print_line
from commands.telling import progress_told, refusals_told
from commands.telling import show_progress as _show_progress
from commands.wanted import day_named, month_named, refuse_unknown, sector_named
from commands.without_pandas import do_without_pandas
from data.access import Reader
from data.errors import CakupanError
from data.home import Home

app = typer.Typer(
    help="Cakupan: cakupan BPJS Ketenagakerjaan pekerja konstruksi.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(backup_commands.backup)
app.command()(backup_commands.restore)
app.command()(backup_commands.purge)
app.command()(contribution_command.contribution)
app.command(hidden=True, context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(
    draft_command.draft
)
app.command()(card_commands.card)
app.command()(check_command.check)
app.command()(export_command.export)
app.command()(card_commands.verify)
app.command()(recognise_command.recognise)
app.command()(targets_command.targets)
app.command()(quality_command.quality)
app.command()(gate_command.gate)
app.command()(reconcile_command.reconcile)
app.command()(rejects_command.rejects)
app.add_typer(users.app, name="user")
app.add_typer(alias_commands.app, name="alias")
app.add_typer(journal_commands.app, name="journal")
app.add_typer(preview_commands.app, name="preview")
AsJson = Annotated[bool, typer.Option("--json", help="Keluaran JSON.")]
Expect = Annotated[str | None, typer.Option(help="Tanda dari preview: ditolak bila data berubah sejak pratinjau itu.")]
JsonLines = Annotated[bool, typer.Option("--json-lines", help="Kemajuan dan hasil sebagai JSON sebaris.")]


@app.command("import")
def import_files(
    files: import_options.Files,
    kind: import_options.Kind = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Periksa saja; tidak ada yang disimpan.")] = False,
    data_as_of: import_options.DataAsOf = None,
    complete_for: import_options.CompleteFor = None,
    period: import_options.Period = None,
    sender: import_options.Sender = None,
    choices: import_options.ChoicesFile = None,
    replace_demo: Annotated[bool, typer.Option("--replace-demo", help="Buang data contoh lebih dahulu.")] = False,
    expect: Expect = None,
    as_json: AsJson = False,
    json_lines: JsonLines = False,
) -> None:
    """Masukkan berkas ke buku besar. Kode keluar 0: masuk, walau ada baris ditolak; 2: tidak ada yang masuk;
    1: masuk, tetapi belum tercatat di jurnal."""
    from commands.seen import refuse_complete_beyond

    home = Home.from_environment()
    with refusals_told(as_lines=json_lines), progress_told(as_lines=json_lines) as progress:
        reader = acting(home, "import")
        refuse_complete_beyond(home, reader, complete_for)
        let_readers_go_first()
        options = import_options.delivered_as(
            kind=kind,
            data_as_of=data_as_of,
            complete_for=complete_for,
            period=period,
            sender=sender,
            choices=choices,
        ) | {"progress": progress}
        results = _import(home, files, options, reader, dry_run=dry_run, replace_demo=replace_demo, expect=expect)
    if not dry_run:
        backup_commands.purge_overdue_originals(home)
    if json_lines:
        _print_line({"results": [asdict(result) for result in results]})
        return
    if as_json:
        _print_json([asdict(result) for result in results])
        return
    for result in results:
        _print_import(result, dry_run=dry_run)


@app.command()
def undo(
    batch: Annotated[int, typer.Argument(help="Nomor batch; lihat perintah status.")],
    expect: Expect = None,
    json_lines: JsonLines = False,
) -> None:
    """Batalkan satu batch; berlaku pada penerbitan berikutnya."""
    from commands.seen import refuse_beyond_grant
    from data import ledger

    with refusals_told(as_lines=json_lines):
        home = Home.from_environment()
        reader = acting(home, "undo")
        refuse_beyond_grant(home, reader, batch)
        ledger.undo(home, batch, reader=reader, expect=expect)
    if json_lines:
        _print_line({"undone": batch})
    else:
        typer.echo(f"Batch {batch} dibatalkan; jalankan publish agar angka berubah.")


@app.command()
def status(as_json: AsJson = False) -> None:
    """Isi buku besar: kiriman, baris yang menunggu proyek, edisi yang dilayani."""
    from commands.seen import seen_status

    home = Home.from_environment()
    facts = seen_status(home, acting(home, "import"))
    if as_json:
        _print_json(facts)
    else:
        _print_status(facts)


@app.command()
def publish(
    as_of: Annotated[str | None, typer.Option(help="Tanggal posisi; bawaan: hari ini.")] = None,
    expect: Expect = None,
    as_json: AsJson = False,
    json_lines: JsonLines = False,
) -> None:
    """Terbitkan edisi baru dari buku besar."""
    from data import editions

    with refusals_told(as_lines=json_lines), progress_told(as_lines=json_lines, first="Menyiapkan edisi") as progress:
        home = Home.from_environment()
        reader = acting(home, "publish")
        let_readers_go_first()
        number = editions.publish(home, day_named(as_of), progress, reader=reader, expect=expect)
        backup_commands.purge_overdue_originals(home)
    if json_lines:
        _print_line({"edition": editions.open_edition(home, number, reader.grant).meta})
    elif as_json:
        _print_json(editions.open_edition(home, number, reader.grant).meta)
    else:
        typer.echo(f"Edisi {number} diterbitkan.")


@app.command()
def demo(
    if_empty: Annotated[bool, typer.Option("--if-empty", help="Tidak berbuat apa-apa bila sudah ada data.")] = False,
) -> None:
    """Siapkan data contoh di CAKUPAN_HOME yang masih kosong."""
    from data.ledger import has_batches, is_demo

    home = Home.from_environment()
    acting(home, "import")
    reader = acting(home, "publish")
    if if_empty and home.current_path.exists():
        return
    if if_empty and home.ledger_path.exists():
        # No edition: real data not yet published, a demonstration that was interrupted and is made again, or no data.
        with home.writer_lock("pemeriksaan data contoh", is_short=True):
            if has_batches(home) and not is_demo(home):
                return
    from data.demo import make_demo

    make_demo(home, _show_progress, reader=reader)
    typer.echo(f"Data contoh siap di {home.root}.")


@app.command()
def show(
    indicator: Annotated[str, typer.Argument(help="Kode indikator, mis. population_coverage.")],
    month: Annotated[
        str | None, typer.Option(help="Bulan, mis. 2024-07; bawaan: bulan terakhir yang ada angkanya.")
    ] = None,
    by: Annotated[str | None, typer.Option(help="Rincian: place, branch, sector, owner, owner_type, fund.")] = None,
    place: Annotated[str | None, typer.Option(help="Kode Kemendagri (16.71), branch:KODE atau group:KODE.")] = None,
    owner: Annotated[str | None, typer.Option(help="Nama pemilik proyek.")] = None,
    fund: Annotated[str | None, typer.Option(help="Sumber dana.")] = None,
    sector: Annotated[
        str | None, typer.Option(help="Sektor, mis. perdagangan, atau 'semua sektor'; bawaan: konstruksi.")
    ] = None,
    vintage: Annotated[
        str | None, typer.Option(help="Sumber penyebut; 'semua': satu baris per sumber yang ada.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Angka satu indikator, sama dengan yang tampil di layar."""
    from analytics import compute
    from data.editions import published_edition

    home = Home.from_environment()
    edition = published_edition(home, shell_reader(home).grant)
    start = compute.default_scope(edition)
    scope = compute.Scope(place or start.place, owner or start.owner, fund, sector_named(sector))
    refuse_unknown(edition, scope)
    month_end = month_named(month) if month is not None else compute.default_month(edition, scope)
    if by == "owner":
        scope = replace(scope, owner=owner)
    if month_end is None:
        raise CakupanError("Edisi ini belum berisi bulan apa pun; impor data lalu jalankan publish.")
    if vintage == "semua" and by is None:
        found = compute.by_vintage(edition, indicator, month_end, scope)
    else:
        found = compute.rows(edition, indicator, month_end, scope, by, vintage)
    if as_json:
        _print_json([row.as_json() for row in found])
    else:
        _print_rows(found, indicator, edition.meta)


def _import(
    home: Home,
    files: list[Path],
    options: dict[str, Any],
    reader: Reader,
    *,
    dry_run: bool,
    replace_demo: bool,
    expect: str | None,
) -> list[Any]:
    """Real data never mixes with demonstration data; the latter goes only when the files can be imported."""
    from data.demo.leaving import clear_demo, demo_in_the_way, try_instead
    from data.importers import import_files

    if _holds_demo(home):
        if not replace_demo:
            raise demo_in_the_way(home)
        if dry_run:
            note = f"Data contoh di {home.root} akan dibuang lebih dahulu."
            return [replace(result, notes=[*result.notes, note]) for result in try_instead(files, options)]
        clear_demo(home, files, options, reader=reader, expect=expect)
        expect = None
    return import_files(home, files, dry_run=dry_run, reader=reader, expect=expect, **options)


def _holds_demo(home: Home) -> bool:
    from data import ledger

    if not home.ledger_path.exists():
        return False
    with home.writer_lock("pemeriksaan data contoh", is_short=True):
        return ledger.is_demo(home)


def _print_import(result: Any, *, dry_run: bool) -> None:
    landed = "pemeriksaan saja" if dry_run else f"batch {result.batch}" if result.batch else "tidak ada yang baru"
    typer.echo(
        f"{result.file}: {result.kind}, {landed}: {result.rows_read} baris dibaca, {result.rows_accepted} diterima, "
        f"{result.rows_rejected} ditolak."
    )
    for note in result.notes:
        typer.echo(f"  {note}")
    for reject in result.rejects[:20]:
        typer.echo(f"  baris {reject.row}, {reject.column} '{reject.value}': {reject.message} {reject.remedy}")
    if len(result.rejects) > 20:
        typer.echo(f"  … dan {len(result.rejects) - 20} alasan lagi (lihat dengan --json, paling banyak 10.000).")


def _print_status(facts: dict[str, Any]) -> None:
    edition = facts["edition"]
    if facts["busy"]:
        typer.echo(facts["busy"])
    if not facts["is_current"]:
        typer.echo("Isi buku besar di bawah ini keadaan terakhir yang terbaca.")
    if facts["demo"]:
        typer.echo("DATA CONTOH")
    typer.echo(f"Edisi: {edition['number']} per {edition['as_of']}" if edition else "Edisi: belum ada")
    for batch in facts["batches"]:
        undone = "  DIBATALKAN" if batch["undone_at"] else ""
        scope = f" {batch['scope_value']} {batch['period_from']}..{batch['period_to']}" if batch["scope_value"] else ""
        typer.echo(
            f"{batch['batch_id']:>4}  {batch['kind']:<16} {batch['data_as_of']}  {batch['delivery']}{scope}  "
            f"{batch['rows_accepted']} diterima, {batch['rows_rejected']} ditolak{_to_be_corrected(batch)}  "
            f"{batch['file_name']}{undone}"
        )
    for waiting in facts["waiting"]:
        typer.echo(f"Menunggu proyek: {waiting['rows']} baris {waiting['kind']} dari {waiting['projects']} proyek")


def _to_be_corrected(batch: dict[str, Any]) -> str:
    return f" ({batch['rows_open']} belum diperbaiki)" if batch["rows_open"] else ""


def _print_rows(found: list[Any], indicator: str, meta: dict[str, str]) -> None:
    from analytics.indicators import INDICATORS
    from ui import formats

    if meta["demo"] == "1":
        typer.echo("DATA CONTOH")
    spoken = formats.percent if INDICATORS[indicator].unit == "percent" else _spoken_amount
    for row in found:
        band = f" ({spoken(row.low, 'id')}–{spoken(row.high, 'id')})" if row.low is not None else ""
        value = spoken(row.value, "id") + band
        numerator, denominator = _spoken_parts(row)
        counts = numerator
        if row.denominator is not None:
            counts += f" dari {denominator}"
            counts += f" ({row.denominator_source})" if row.denominator_source else ""
        why = "  ".join(filter(None, (row.status, row.reason, row.source)))
        typer.echo(f"{row.label:<34} {row.month}  {value:<24} {counts:<24} {why}")


def _spoken_parts(row: Any) -> tuple[str, str]:
    """Numerator and denominator; beside a target with the decimals that give the attainment which is printed."""
    from ui import formats

    if row.target is None or not isinstance(row.numerator, float):
        return _spoken_amount(row.numerator, "id"), _spoken_amount(row.denominator, "id")
    least = 0 if row.numerator.is_integer() else 1
    decimals = formats.decimals_of_part(row.numerator, row.target.target, row.value, least)
    return formats.number(row.numerator, "id", decimals), formats.stated(row.target.target, "id")


def _spoken_amount(amount: Any, language: str) -> str:
    """Rupiah are Decimal."""
    from decimal import Decimal

    from ui import formats

    if isinstance(amount, Decimal):
        return formats.rupiah(amount, language)
    return formats.number(amount, language, 0 if amount is None or float(amount).is_integer() else 1)


def _report_unforeseen(kind: type[BaseException], _error: BaseException, trace: Any) -> None:
    """The place of the fault, never its message: a message may quote a cell."""
    last = traceback.extract_tb(trace)[-1]
    typer.echo(f"Galat tak terduga ({kind.__name__} di {Path(last.filename).name}:{last.lineno}); laporkan.", err=True)


def main() -> None:
    sys.excepthook = _report_unforeseen
    try:
        typer.main.get_command(app)()  # not app(): that one puts Typer's own hook in the place of ours
    except CakupanError as wrong:
        typer.echo(str(wrong), err=True)
        raise SystemExit(wrong.exit_code) from None


if __name__ == "__main__":
    do_without_pandas()
    main()
