"""An act rehearsed in a copy: what an import, an undo or a publish would make of the data, without touching it.

The writer lock is held only while the ledger is copied. The act itself, the judging and the building of editions are
those of the real thing, done in a private folder that goes away afterwards, also after a process that was killed.
"""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from data.access import LOCAL, Grant, Reader
from data.aliases import aliases_of
from data.demo.leaving import demo_in_the_way, settings_left
from data.disk import hindrance_told
from data.editions import Edition, current_edition, open_edition, publish
from data.home import JAKARTA, Home
from data.importers import ImportResult, import_files
from data.ledger import open_ledger, read_meta, undo
from data.ledger_changes import kind_changes
from data.preview import Happening, KindChanges
from data.scratch import Scratch, private_folder
from data.state import KIND_OF_NAMES, LiveBatch, State, happened_after, state_of, token_of
from data.steps import Progress, one_of_several

LONGEST_WAIT_SECONDS = 5  # a status is read in less, an import takes longer: whoever would wait for that is told
LEDGER_FILES = ("ledger.duckdb", "ledger.duckdb.wal")


@dataclass(frozen=True)
class Rehearsed:
    """Both states, for as long as the rehearsal's context lasts.

    `before` is None where there was nothing. results: those of an import. happened: what an edition served now does not
    know yet, oldest first, and whether it was made under other settings or by another program.
    """

    token: str
    as_of: date
    baseline: Literal["served", "built", "none"]
    before: Edition | None
    after: Edition
    kinds: list[KindChanges]
    results: list[ImportResult]
    happened: list[Happening]
    settings_changed: bool


@contextmanager
def rehearsed_import(
    home: Home,
    files: Sequence[Path],
    options: dict[str, Any],
    *,
    as_of: date | None = None,
    replace_demo: bool = False,
    progress: Progress | None = None,
    reader: Reader = LOCAL,
) -> Iterator[Rehearsed]:
    """What import_files with these options and then a publish would make; `replace_demo`: of no data at all.

    FileRefused as from import_files; CakupanError for a demonstration that is not to be replaced. HomeBusy, as from all
    of these, when somebody writes for long.
    """
    with _copied(home, reader) as copy:
        if copy.is_demo and not replace_demo:
            raise demo_in_the_way(home)
        yield _rehearsed(
            _emptied(copy) if copy.is_demo else copy,
            lambda scratch: import_files(scratch, files, progress=progress, reader=reader, **options),
            as_of=as_of,
            progress=progress,
            grant=reader.grant,
        )


@contextmanager
def rehearsed_undo(
    home: Home, batch: int, *, as_of: date | None = None, progress: Progress | None = None, reader: Reader = LOCAL
) -> Iterator[Rehearsed]:
    """What undoing a batch and then a publish would make. CakupanError where there is no such live batch."""

    def act(scratch: Home) -> list[ImportResult]:
        undo(scratch, batch, reader=reader)
        return []

    with _copied(home, reader) as copy:
        yield _rehearsed(copy, act, as_of=as_of, progress=progress, grant=reader.grant)


@contextmanager
def rehearsed_publish(
    home: Home, *, as_of: date | None = None, progress: Progress | None = None, reader: Reader = LOCAL
) -> Iterator[Rehearsed]:
    """What a publish would make of the data as they are, beside the edition served now, whatever its day."""
    with _copied(home, reader) as copy:
        day = as_of or datetime.now(JAKARTA).date()
        after = _built(copy.scratch, day, progress, reader.grant)
        served = copy.served
        yield Rehearsed(
            token=copy.token,
            as_of=day,
            baseline="served" if served else "none",
            before=open_edition(home, served.number, reader.grant) if served else None,
            after=after,
            kinds=_kind_changes(copy.scratch, served.batches if served else frozenset(), copy.state.numbers),
            results=[],
            happened=_unknown_to(served, copy),
            settings_changed=served is not None and served.is_made_otherwise(copy.state),
        )


@dataclass(frozen=True)
class _Served:
    """The edition served now, without the limits of a grant, and what its sidecar says it was made from."""

    edition: Edition
    sidecar: dict[str, Any]

    @property
    def number(self) -> int:
        return self.edition.number

    @property
    def as_of(self) -> date:
        return date.fromisoformat(self.edition.meta["as_of"])

    @property
    def is_demo(self) -> bool:
        return self.edition.meta["demo"] == "1"

    @property
    def batches(self) -> frozenset[int]:
        return frozenset(batch["batch"] for batch in self.sidecar["batches"])

    def is_made_otherwise(self, state: State) -> bool:
        """Under other settings or by another program; names are told one by one."""
        then, now = self.sidecar.get("made_from", {}), state.as_facts()
        return any(then.get(part) != now[part] for part in ("settings", "program"))


@dataclass(frozen=True)
class _Copy:
    """The ledger as it was when it was copied, in a scratch home; `served` is None where no edition is served."""

    home: Home
    scratch: Scratch
    state: State
    token: str
    served: _Served | None
    is_demo: bool


def _rehearsed(
    copy: _Copy,
    act: Callable[[Home], list[ImportResult]],
    *,
    as_of: date | None,
    progress: Progress | None,
    grant: Grant,
) -> Rehearsed:
    """The act done in the copy; and the same without it, where the served edition does not tell that already."""
    day = as_of or _day_of(copy.served)
    untouched = None
    if copy.state.batches and not (copy.served and copy.served.as_of == day and copy.state.made(copy.served.sidecar)):
        untouched = replace(copy.scratch, root=copy.scratch.root / "untouched")
        _copy_books(copy.scratch, untouched)
    results = act(copy.scratch)
    after_act = _state(copy.scratch)
    kinds = _kind_changes(copy.scratch, copy.state.numbers, after_act.numbers)
    # How files are read may have been remembered; that changes no number.
    is_same = _has_before(copy, untouched) and after_act.batches == copy.state.batches
    built = (untouched is not None) + (not is_same)
    before = _before(copy, untouched, day, one_of_several(progress, 0, built), grant)
    after = before if is_same else _built(copy.scratch, day, one_of_several(progress, built - 1, built), grant)
    assert after is not None, day
    return Rehearsed(
        token=copy.token,
        as_of=day,
        baseline="built" if untouched else "served" if before else "none",
        before=before,
        after=after,
        kinds=kinds,
        results=results,
        happened=[],
        settings_changed=False,
    )


def _before(
    copy: _Copy, untouched: Scratch | None, day: date, progress: Progress | None, grant: Grant
) -> Edition | None:
    if untouched is not None:
        return _built(untouched, day, progress, grant)
    return open_edition(copy.home, copy.served.number, grant) if copy.served and _has_before(copy, None) else None


def _has_before(copy: _Copy, untouched: Scratch | None) -> bool:
    return untouched is not None or bool(copy.served and copy.state.batches)


def _day_of(served: _Served | None) -> date:
    today = datetime.now(JAKARTA).date()
    if served is None:
        return today
    # Of a demonstration no month ends: its day stands still.
    return served.as_of if served.is_demo else usual_day(served.as_of, today)


def usual_day(served_as_of: date, today: date) -> date:
    """The day of the edition that is served, as long as a publish of today would speak of no month beyond it."""
    return served_as_of if last_month_end(served_as_of) >= last_month_end(today) else today


def last_month_end(day: date) -> date:
    """The last month end that an edition of this day speaks of."""
    tomorrow = day + timedelta(days=1)
    return day if tomorrow.day == 1 else day.replace(day=1) - timedelta(days=1)


def _built(scratch: Scratch, day: date, progress: Progress | None, grant: Grant) -> Edition:
    number = publish(scratch, day, progress)
    return open_edition(scratch, number, grant)


def _kind_changes(scratch: Scratch, before: frozenset[int], after: frozenset[int]) -> list[KindChanges]:
    with open_ledger(scratch, key_needed=False) as ledger:
        names = aliases_of(scratch, is_demo=read_meta(ledger, "demo") == "1").names["pemilik"]
        return kind_changes(ledger, before, after, owner_names=names)


def _state(scratch: Home) -> State:
    if not scratch.ledger_path.exists():
        return state_of(scratch, None)
    with open_ledger(scratch, key_needed=False) as ledger:
        return state_of(scratch, ledger)


def _unknown_to(served: _Served | None, copy: _Copy) -> list[Happening]:
    """Deliveries that came, and those that went, since the edition; then the names joined or parted. Oldest first."""
    known = served.batches if served else frozenset()
    journaled = happened_after(copy.scratch, 0)
    since = int(served.sidecar.get("journal_number", 0)) if served else 0
    by_act = {(one.what, one.batch): one for one in journaled}
    came = [live for live in copy.state.batches if live.batch not in known]
    imports = [by_act.get(("import", live.batch)) or _unjournaled(live) for live in came]
    gone = sorted(known - copy.state.numbers)
    undos = [by_act.get(("undo", batch)) or Happening("undo", None, "", batch) for batch in gone]
    judged = [one for one in happened_after(copy.scratch, since) if one.what == KIND_OF_NAMES]
    named = [one for one in judged if one.names is None or one.names.changes_editions]
    return sorted([*imports, *undos, *named], key=lambda one: one.at)


def _unjournaled(live: LiveBatch) -> Happening:
    return Happening("import", None, "", live.batch, live.kind, rows=live.rows)


@contextmanager
def _copied(home: Home, reader: Reader) -> Iterator[_Copy]:
    with hindrance_told("Pratinjau"), private_folder(home) as folder:
        scratch = Scratch(folder, keys=home.keys_dir, config=home.config_path)
        with home.writer_lock("penyalinan untuk pratinjau", who=reader.account, wait_seconds=LONGEST_WAIT_SECONDS):
            _copy_books(home, scratch)
            served = _served(home)
        if not scratch.ledger_path.exists():
            scratch = replace(scratch, keys=None)
        state = _state(scratch)
        yield _Copy(home, scratch, state, token_of(scratch, state), served, _is_demo(scratch))


def _emptied(copy: _Copy) -> _Copy:
    """As leaving the demonstration would leave the home: without its data, keys and settings."""
    for name in LEDGER_FILES:
        (copy.scratch.root / name).unlink(missing_ok=True)
    scratch = replace(copy.scratch, keys=None, config=None)
    if settings := settings_left(copy.home):
        scratch.config_path.write_text(settings, "utf-8")
    return replace(copy, scratch=scratch, state=_state(scratch), served=None, is_demo=False)


def _is_demo(scratch: Home) -> bool:
    if not scratch.ledger_path.exists():
        return False
    with open_ledger(scratch, key_needed=False) as ledger:
        return read_meta(ledger, "demo") == "1"


def _served(home: Home) -> _Served | None:
    edition = current_edition(home)
    if edition is None:
        return None
    sidecar = json.loads(edition.path.with_suffix(".json").read_text("utf-8"))
    return _Served(edition, sidecar)


def _copy_books(home: Home, scratch: Home) -> None:
    """Ledger and journal; what a killed writer left beside the ledger belongs to it."""
    scratch.root.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in LEDGER_FILES:
        with suppress(FileNotFoundError):
            shutil.copyfile(home.root / name, scratch.root / name)
    if home.journal_path.exists():
        with (
            closing(sqlite3.connect(home.journal_path)) as original,
            closing(sqlite3.connect(scratch.journal_path)) as copy,
        ):
            original.backup(copy)
