"""cakupan.py export: the meeting pack of a scope as files, kept and journaled; and the packs that cron makes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.reader import shell_reader
from commands.telling import line_of_progress, print_json, print_line, refusals_told, show_progress, stopped_tidily
from commands.wanted import (
    day_named,
    language_named,
    month_named,
    refuse_unknown,
    refuse_unknown_month,
    refuse_unknown_place,
    sector_named,
)
from commands.written import refuse_place, written
from data.access import Grant, Reader
from data.errors import CakupanError
from data.home import JAKARTA, Home
from data.pack_kinds import AUDIENCES, FORMATS, Audience

if TYPE_CHECKING:
    from data.config import Schedule
    from data.packs import PackRequest

NOT_ALL = 1


@dataclass(frozen=True)
class Wanted:
    """What was asked for, as it was written; None: as the screen begins."""

    month: str | None = None
    place: str | None = None
    owner: str | None = None
    fund: str | None = None
    sector: str | None = None
    vintage: str | None = None
    compare: str | None = None
    meeting: str | None = None
    day: str | None = None
    audience: str = "pimpinan"
    sections: str | None = None
    language: str = "id"
    edition: int | None = None


@dataclass(frozen=True)
class Order:
    """A pack to be made; `paths` are the files to be written of it, by format."""

    request: "PackRequest"
    formats: Sequence[str]
    edition: int
    paths: Mapping[str, Path] = field(default_factory=dict)


def export(
    out: Annotated[
        Path | None, typer.Option("--out", help="Berkas yang ditulis; tanpa ini bahan disimpan saja.")
    ] = None,
    formats: Annotated[
        str | None, typer.Option("--format", help=f"{', '.join(FORMATS)}; tanpa --out boleh beberapa, dipisah koma.")
    ] = None,
    month: Annotated[str | None, typer.Option(help="Bulan, mis. 2024-07; bawaan: bulan lengkap terakhir.")] = None,
    place: Annotated[str | None, typer.Option(help="Kode Kemendagri (16.71), branch:KODE atau group:KODE.")] = None,
    owner: Annotated[str | None, typer.Option(help="Nama pemilik proyek.")] = None,
    fund: Annotated[str | None, typer.Option(help="Sumber dana.")] = None,
    sector: Annotated[str | None, typer.Option(help="Sektor; bawaan: konstruksi.")] = None,
    vintage: Annotated[str | None, typer.Option(help="Sumber penyebut; bawaan: urutan baku.")] = None,
    compare: Annotated[str | None, typer.Option(help="Bulan pembanding; bawaan: bulan yang sama tahun lalu.")] = None,
    meeting: Annotated[
        str | None, typer.Option(help="Nama rapat; bahan senama dan selingkup adalah satu seri.")
    ] = None,
    day: Annotated[str | None, typer.Option(help="Tanggal rapat, mis. 2024-08-05; bawaan: hari ini.")] = None,
    audience: Annotated[str, typer.Option(help=f"Peserta rapat: {', '.join(AUDIENCES)}.")] = "pimpinan",
    sections: Annotated[str | None, typer.Option(help="Kode bagian, dipisah koma; bawaan: menurut peserta.")] = None,
    language: Annotated[str, typer.Option("--language", help="Bahasa: id atau en.")] = "id",
    edition: Annotated[int | None, typer.Option("--edition", help="Nomor edisi; bawaan: yang dilayani.")] = None,
    schedule: Annotated[
        str | None,
        typer.Option(help="Nama jadwal di config.toml, atau weekly atau monthly: semua yang berkala begitu."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Keluaran JSON.")] = False,
    json_lines: Annotated[bool, typer.Option("--json-lines", help="Kemajuan dan hasil sebagai JSON sebaris.")] = False,
) -> None:
    """Buat bahan rapat, simpan, dan tulis sebagai berkas; dicatat di jurnal. Kode keluar 0: jadi; 2: ditolak;
    1: ada jadwal yang tidak jadi, yang lain jadi."""
    home, tell = Home.from_environment(), _Telling(as_json=as_json, json_lines=json_lines)
    wanted = Wanted(
        month, place, owner, fund, sector, vintage, compare, meeting, day, audience, sections, language, edition
    )
    with stopped_tidily(), refusals_told(as_lines=json_lines):
        if schedule is None:
            reader = shell_reader(home)
            tell.made(_make(home, reader, _order(home, reader.grant, wanted, formats, out), tell))
            return
        if (wanted, formats, out) != (Wanted(), None, None):
            raise CakupanError("--schedule mengambil lingkup, format dan folder dari config.toml; hilangkan yang lain.")
        _make_scheduled(home, schedule, tell)


class _Telling:
    """What is said while packs are made and once they are: to people, as JSON, or line by line to a page."""

    def __init__(self, *, as_json: bool, json_lines: bool) -> None:
        self.as_json, self.json_lines = as_json, json_lines

    def progress(self, stage: str, done: int, total: int | None) -> None:
        (line_of_progress if self.json_lines else show_progress)(stage, done, total)

    def made(self, told: dict[str, Any]) -> None:
        if self.json_lines:
            print_line({"made": told})
        elif self.as_json:
            print_json(told)
        else:
            formats = ", ".join(file["format"].upper() for file in told["files"])
            typer.echo(
                f"{told['meeting']}, {told['day']}: {formats} dari edisi {told['edition']}; disimpan sebagai bahan "
                f"entri {told['pack']} di jurnal."
            )
            for path in told["written"]:
                typer.echo(f"  {path}")


def _make(home: Home, reader: Reader, order: Order, tell: _Telling) -> dict[str, Any]:
    """Make and keep a pack, and write its files; each is journaled before it stands under its name."""
    import msgspec

    from data.exports import record_export
    from data.packs import export_facts
    from ui.pack_files import make_pack

    made = make_pack(home, reader, order.request, order.formats, tell.progress, edition_number=order.edition)
    facts = export_facts(made.kept)
    for format_, path in order.paths.items():
        with written(path, made.files[format_]):
            record_export(home, reader, path.name, made.files[format_], facts)
    return {
        "pack": made.kept.number,
        "meeting": made.kept.request.meeting,
        "day": made.kept.request.day,
        "edition": made.kept.facts.edition,
        "content_hash": made.kept.facts.content_hash,
        "files": msgspec.to_builtins(made.kept.files),
        "written": [str(path) for path in order.paths.values()],
    }


def _order(home: Home, grant: Grant, wanted: Wanted, formats: str | None, out: Path | None) -> Order:
    from data.editions import published_edition

    chosen = _formats(formats, out)
    if out is not None:
        refuse_place(home, out)
    edition = published_edition(home, grant, wanted.edition)
    request = _request(edition, wanted)
    return Order(request, chosen, edition.number, {} if out is None else {chosen[0]: out})


def _formats(text: str | None, out: Path | None) -> list[str]:
    ending = out.suffix.removeprefix(".").lower() if out else ""
    names = [name.strip().lower() for name in text.split(",")] if text is not None else [ending if out else "zip"]
    for name in names:
        if name not in FORMATS:
            raise CakupanError(f"Format '{name}' tidak ada; pilih dengan --format: {', '.join(FORMATS)}.")
    if out is not None and names != [ending]:
        raise CakupanError(f"Berkas '{out.name}' tidak berakhiran .{', .'.join(names)}; --out memuat satu format.")
    return list(dict.fromkeys(names))


def _request(edition: Any, wanted: Wanted) -> "PackRequest":
    """CakupanError for whatever means nothing: mistyped it would make a pack of something else."""
    from analytics import compute
    from data.packs import PackRequest, checked
    from ui.meeting import usual_meeting

    start = compute.default_scope(edition)
    scope = compute.Scope(wanted.place or start.place, wanted.owner or start.owner, wanted.fund)
    scope = compute.Scope(scope.place, scope.owner, scope.fund, sector_named(wanted.sector))
    refuse_unknown_place(edition, scope.place)
    refuse_unknown(edition, scope)
    month = month_named(wanted.month) if wanted.month is not None else compute.default_month(edition, scope)
    compared = month_named(wanted.compare) if wanted.compare is not None else None
    for named in filter(None, (month, compared)):
        refuse_unknown_month(edition, named)
    today, language = datetime.now(JAKARTA).date(), language_named(wanted.language)
    audience = _audience_named(wanted.audience)
    told = {
        "meeting": usual_meeting(audience, language) if wanted.meeting is None else wanted.meeting,
        "day": day_named(wanted.day) or today,
        "audience": audience,
        "month": month,
        "place": scope.place,
        "owner": scope.owner,
        "fund": scope.fund,
        "sector": scope.sector,
        "compared": compared,
        "vintage": wanted.vintage,
        "sections": tuple(filter(None, (code.strip() for code in (wanted.sections or "").split(",")))),
        "language": language,
    }
    return checked(PackRequest(**told), today)


def _audience_named(text: str) -> Audience:
    found: Audience | None = next((audience for audience in AUDIENCES if audience == text), None)
    if found is None:
        raise CakupanError(f"Peserta rapat '{text}' tidak ada; pilih: {', '.join(AUDIENCES)}.")
    return found


def _make_scheduled(home: Home, name: str, tell: _Telling) -> None:
    """Every pack that is due under this name; one that cannot be made keeps none of the others back."""
    reader, due, made = shell_reader(home), _schedules(home, name), 0
    for schedule in due:
        try:
            told = _make(home, reader, _scheduled_order(home, reader.grant, schedule), tell)
        except CakupanError as refused:
            typer.echo(f"Jadwal {schedule.name} tidak jadi: {refused}", err=True)
            continue
        made += 1
        tell.made({"schedule": schedule.name} | told)
    if made < len(due):
        raise typer.Exit(NOT_ALL)


def _schedules(home: Home, name: str) -> "list[Schedule]":
    from data.config import HOW_OFTEN, load_config

    known = load_config(home).schedule
    found = [
        one for one in known if name in (one.name, *(word for word, every in HOW_OFTEN.items() if every == one.every))
    ]
    if not found:
        names = ", ".join(one.name for one in known) or "belum ada satu pun"
        raise CakupanError(f"Jadwal '{name}' tidak ada di config.toml; yang ada: {names}.")
    return found


def _scheduled_order(home: Home, grant: Grant, schedule: "Schedule") -> Order:
    from data.editions import published_edition
    from data.packs import file_stem

    scope = schedule.scope
    wanted = Wanted(
        place=scope.place,
        owner=scope.owner,
        fund=scope.fund,
        sector=scope.sector,
        meeting=schedule.meeting,
        audience=schedule.audience,
        sections=",".join(schedule.sections),
        language=schedule.language,
    )
    edition = published_edition(home, grant)
    request = _request(edition, wanted)
    stem = file_stem(request, is_demo=edition.meta["demo"] == "1")
    folder = Path(schedule.folder)
    if not folder.is_dir():
        # Not made here: a medium that is not mounted would fill the system's own disk.
        raise CakupanError(f"Folder {folder} tidak ada; buat folder itu atau pasang medianya dahulu.")
    paths = {format_: folder / f"{stem}.{format_}" for format_ in dict.fromkeys(schedule.formats)}
    for path in paths.values():
        refuse_place(home, path)
    return Order(request, list(paths), edition.number, paths)
