"""cakupan.py preview: what an import, an undo or a publish would change, told before anything is written."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

import typer
from msgspec.structs import replace

from commands import import_options
from commands.background import let_readers_go_first
from commands.reader import acting
from commands.telling import print_line, progress_told, refusals_told, stopped_tidily
from commands.wanted import day_named, month_named
from data.access import EVERYTHING, Reader
from data.home import Home
from data.preview import Act, Effect, FileResult, Happening, Preview, Refused, as_json

SHOWN_EFFECTS = 30
FIRST_STAGE = "Menyiapkan pratinjau"

app = typer.Typer(help="Pratinjau: apa yang akan berubah; tidak ada yang disimpan.", no_args_is_help=True)
AsOf = Annotated[str | None, typer.Option(help="Tanggal posisi edisi yang dihitung.")]
Month = Annotated[str | None, typer.Option(help="Bulan yang angkanya ditunjukkan, mis. 2024-07.")]
JsonLines = Annotated[bool, typer.Option("--json-lines", help="Kemajuan dan hasil sebagai baris JSON.")]
Progress = Callable[[str, int, int | None], None]


@app.command("import")
def preview_import(
    files: import_options.Files,
    kind: import_options.Kind = None,
    data_as_of: import_options.DataAsOf = None,
    complete_for: import_options.CompleteFor = None,
    period: import_options.Period = None,
    sender: import_options.Sender = None,
    choices: import_options.ChoicesFile = None,
    replace_demo: Annotated[bool, typer.Option("--replace-demo", help="Seakan data contoh dibuang dahulu.")] = False,
    as_of: AsOf = None,
    month: Month = None,
    json_lines: JsonLines = False,
) -> None:
    """Apa yang berubah bila berkas ini dimasukkan lalu diterbitkan."""
    from commands.seen import refuse_complete_beyond
    from data.rehearsal import rehearsed_import

    options = import_options.delivered_as(
        kind=kind,
        data_as_of=data_as_of,
        complete_for=complete_for,
        period=period,
        sender=sender,
        choices=choices,
    )

    def rehearse(home: Home, reader: Reader, progress: Progress) -> AbstractContextManager[Any]:
        refuse_complete_beyond(home, reader, complete_for)
        day = day_named(as_of)
        wanted = {"as_of": day, "replace_demo": replace_demo, "progress": progress, "reader": reader}
        return rehearsed_import(home, files, options, **wanted)

    _tell("import", rehearse, month=month, json_lines=json_lines)


@app.command("undo")
def preview_undo(
    batch: Annotated[int, typer.Argument(help="Nomor batch; lihat perintah status.")],
    as_of: AsOf = None,
    month: Month = None,
    json_lines: JsonLines = False,
) -> None:
    """Apa yang berubah bila batch ini dibatalkan lalu diterbitkan."""
    from commands.seen import refuse_beyond_grant
    from data.rehearsal import rehearsed_undo

    def rehearse(home: Home, reader: Reader, progress: Progress) -> AbstractContextManager[Any]:
        refuse_beyond_grant(home, reader, batch)
        return rehearsed_undo(home, batch, as_of=day_named(as_of), progress=progress, reader=reader)

    _tell("undo", rehearse, month=month, json_lines=json_lines, batch=batch)


@app.command("publish")
def preview_publish(as_of: AsOf = None, month: Month = None, json_lines: JsonLines = False) -> None:
    """Apa yang berubah bila edisi baru diterbitkan sekarang."""
    from data.rehearsal import rehearsed_publish

    def rehearse(home: Home, reader: Reader, progress: Progress) -> AbstractContextManager[Any]:
        return rehearsed_publish(home, as_of=day_named(as_of), progress=progress, reader=reader)

    _tell("publish", rehearse, month=month, json_lines=json_lines)


def _tell(
    act: Act,
    rehearse: Callable[[Home, Reader, Progress], AbstractContextManager[Any]],
    *,
    month: str | None,
    json_lines: bool,
    batch: int | None = None,
) -> None:
    from data.acts import record_preview, refuse_unjournaled_preview

    home = Home.from_environment()
    let_readers_go_first()
    with stopped_tidily(), refusals_told(as_lines=json_lines):
        reader = acting(home, act)
        chosen = month_named(month) if month else None
        refuse_unjournaled_preview(home)
        with (
            progress_told(as_lines=json_lines, first=FIRST_STAGE) as progress,
            rehearse(home, reader, progress) as rehearsed,
        ):
            told = _preview(act, rehearsed, reader, month=chosen, batch=batch)
            previewed = _previewed(told, rehearsed)
        record_preview(home, previewed, reader)
    if json_lines:
        print_line({"preview": as_json(told)})
    else:
        _print(told)


def _preview(act: Act, rehearsed: Any, reader: Reader, *, month: date | None, batch: int | None) -> Preview:
    """Under a limited grant no cell, file or row of others is told; what a publish brings may be theirs alone."""
    from analytics.effect import effects

    found = effects(rehearsed.before, rehearsed.after, month)
    kinds, happened = rehearsed.kinds, rehearsed.happened
    if reader.grant != EVERYTHING:
        kinds = [] if act == "publish" else [replace(kind, examples=[], unchanged=None) for kind in kinds]
        happened = [replace(one, file=None, rows=None, names=None) for one in happened]
    served = rehearsed.before.number if rehearsed.before and rehearsed.baseline == "served" else None
    return Preview(
        act=act,
        token=rehearsed.token,
        as_of=rehearsed.as_of,
        baseline=rehearsed.baseline,
        baseline_edition=served,
        month=found.month,
        first_changed=found.first_changed,
        last_changed=found.last_changed,
        files=[_file(result) for result in rehearsed.results],
        kinds=kinds,
        effects=found.rows,
        happened=happened,
        batch=batch,
        settings_changed=rehearsed.settings_changed,
    )


def _previewed(told: Preview, rehearsed: Any) -> dict[str, Any]:
    """What the journal keeps of it: what was previewed, nothing of what was found."""
    facts: dict[str, Any] = {"act": told.act, "as_of": told.as_of.isoformat()}
    if told.act == "import":
        facts["sha256"] = list(dict.fromkeys(result.sha256 for result in rehearsed.results))
    if told.batch is not None:
        facts["batch"] = told.batch
    return facts


def _file(result: Any) -> FileResult:
    facts = asdict(result)
    rejects = [Refused(**reject) for reject in facts.pop("rejects")]
    del facts["sha256"]
    return FileResult(lands=facts.pop("batch") is not None, rejects=rejects, **facts)


def _print(told: Preview) -> None:
    typer.echo(f"Pratinjau per {told.as_of}; tidak ada yang disimpan. Tanda: {told.token}")
    for file in told.files:
        landed = "akan masuk" if file.lands else "tidak ada yang baru"
        typer.echo(
            f"{file.file}: {file.kind}, {landed}: {file.rows_read} baris dibaca, {file.rows_accepted} diterima, "
            f"{file.rows_rejected} ditolak."
        )
        for note in file.notes:
            typer.echo(f"  {note}")
    for one in told.happened:
        typer.echo(f"Belum ada di edisi: {_happened(one)}")
    if told.settings_changed:
        typer.echo("Belum ada di edisi: pengaturan atau program berubah.")
    for kind in told.kinds:
        typer.echo(
            f"{kind.kind}: {kind.new} baris baru, {kind.changed} berubah, {kind.gone} tidak berlaku lagi "
            f"({kind.ended} di antaranya berakhir){'' if kind.unchanged is None else f', {kind.unchanged} tetap'}."
        )
        for cell in kind.examples:
            typer.echo(f"  {cell.key}, {cell.column}: {cell.old or 'kosong'} → {cell.new or 'kosong'}")
    _print_effects(told)


def _happened(one: Happening) -> str:
    act = {"import": "masuk", "undo": "dibatalkan"}.get(one.what, "padanan nama")
    what = f"batch {one.batch} {act}" if one.batch else act
    if one.names:
        what = f"{act} '{one.names.written}' dan '{one.names.name}'"
    return " ".join(filter(None, (what, one.file and f"({one.file})", one.who and f"oleh {one.who}")))


def _print_effects(told: Preview) -> None:
    if told.first_changed is None:
        typer.echo("Tidak ada angka utama yang berubah.")
        return
    typer.echo(
        f"Angka utama berubah pada {told.first_changed:%Y-%m} sampai {told.last_changed:%Y-%m}; "
        f"pada {told.month:%Y-%m}:"
    )
    for effect in told.effects[:SHOWN_EFFECTS]:
        typer.echo(_effect(effect))
    if len(told.effects) > SHOWN_EFFECTS:
        typer.echo(f"… dan {len(told.effects) - SHOWN_EFFECTS} lagi (lihat dengan --json-lines).")


def _effect(effect: Effect) -> str:
    from analytics.indicators import INDICATORS
    from ui import formats

    measure = INDICATORS[effect.indicator]
    sides = effect.before, effect.after
    whose = f"{effect.owner}, {effect.place_name}" if effect.owner else effect.place_name
    counts = [formats.number(side.numerator, "id") for side in sides]
    if measure.denominator is None:
        # A count stands also where it is not called a value: of a place whose parts count in different ways.
        return f"  {measure.label.id}, {whose}: {' → '.join(counts)}"
    values = " → ".join(formats.percent(side.value, "id") for side in sides)
    shares = [
        f"{count} dari {formats.number(side.denominator, 'id')}" for count, side in zip(counts, sides, strict=True)
    ]
    return f"  {measure.label.id}, {whose}: {values} ({' → '.join(shares)})"
