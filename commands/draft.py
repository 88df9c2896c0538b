"""`cakupan.py draft`: what a page has uploaded, given to another command as files."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from signal import SIGTERM, signal
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.reader import acting
from commands.telling import print_json
from data.access import Reader
from data.errors import CakupanError, FileRefused
from data.home import Home

if TYPE_CHECKING:
    from data.staging import Draft, Laid

STOPPED = 143  # as a shell says of a program that SIGTERM ended


def draft(
    context: typer.Context,
    token: Annotated[str, typer.Argument(help="Unggahan mana.")],
    landed: Annotated[bool, typer.Option("--landed", help="Buang berkasnya bila perintah itu berhasil.")] = False,
    recognise: Annotated[bool, typer.Option("--recognise", help="Kenali tiap berkasnya; keluaran JSON.")] = False,
) -> None:
    """Jalankan perintah lain dengan berkas unggahan: `draft TOKEN -- import --json-lines`. Dipakai halaman."""
    from data import staging

    home = Home.from_environment()
    found = _own(home, token, acting(home, "import"))
    with _stopped_tidily(), staging.in_the_clear(home, found) as laid:
        if recognise:
            print_json(_recognised(home, found, laid))
            return
        program = context.find_root().command
        arguments = [*context.args, *_choices(found, laid), *map(str, laid.paths)]
        program.main(arguments, prog_name="cakupan.py", standalone_mode=False)
    if landed:
        staging.remove(home, found, *found.files)  # what was uploaded meanwhile did not land


def _own(home: Home, token: str, reader: Reader) -> "Draft":
    """In the shell nobody proves a name, and whoever has one reads the home anyway."""
    from data import staging

    found = staging.draft_with(home, token)
    if reader.is_authenticated and found.account != reader.name:
        raise CakupanError("Unggahan ini milik akun lain.")
    return found


def _recognised(home: Home, found: "Draft", laid: "Laid") -> list[dict[str, Any]]:
    """Every file by itself: one that cannot be read says why, and the others are read."""
    import msgspec

    from data.importers.choice import Choice
    from data.importers.delivery import read_sender
    from data.importers.files import sha256_of, shown_name
    from data.importers.recognise import Recognised, recognise_with
    from data.mappings import mappings_of

    mappings = mappings_of(home, read_sender(found.answers.get("sender")))
    choices = msgspec.convert(found.answers.get("choices", {}), dict[str, list[Choice]])
    told = []
    for path in laid.paths:
        key = sha256_of(path) if path.is_file() else ""
        try:
            told.append(
                asdict(recognise_with(path, mappings, {key: choices[key]} if key in choices else {}, kind=None))
            )
        except FileRefused as refused:
            size = path.stat().st_size
            told.append(asdict(Recognised(shown_name(path), key, size, False, False, (), str(refused))))
    return told


def _choices(found: "Draft", laid: "Laid") -> list[str]:
    """How the files are to be read, as the account chose it."""
    chosen = found.answers.get("choices")
    if not chosen:
        return []
    path = laid.folder / "choices.json"
    path.write_text(json.dumps(chosen), "utf-8")
    return [f"--choices={path}"]


@contextmanager
def _stopped_tidily() -> Iterator[None]:
    """A page ends its child by SIGTERM, which would leave files with persons in the clear."""
    former = signal(SIGTERM, lambda *_told: sys.exit(STOPPED))
    try:
        yield
    finally:
        signal(SIGTERM, former)
