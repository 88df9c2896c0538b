"""What would change if an act were done: plain facts that travel as JSON from the process that rehearses to a page."""

from datetime import date
from typing import Any, Literal

import msgspec

Act = Literal["import", "undo", "publish"]
SHOWN_CHANGES = 20


class CellChange(msgspec.Struct, frozen=True):
    """One cell that would say something else. `key` is the row's natural key in words, as 'P-12'; never a person."""

    key: str
    column: str
    old: str | None
    new: str | None


class KindChanges(msgspec.Struct, frozen=True):
    """Live rows of one kind by natural key, before and after.

    `gone`: they count no more; of those, `ended` are stated still, but absent from a later complete delivery.
    `unchanged` are all others of the kind; None under a limited grant, which does not see how many there are.
    Of persons rows are counted, never shown: `examples`, the first of the changed cells, are then empty.
    """

    kind: str
    new: int
    changed: int
    gone: int
    ended: int
    unchanged: int | None
    examples: list[CellChange] = []


class Figure(msgspec.Struct, frozen=True):
    """One number as an edition tells it (analytics.row.Row); all None where there is no edition."""

    numerator: int | float | None = None
    denominator: int | float | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    status: str = "no_data"
    reason: str | None = None


class Effect(msgspec.Struct, frozen=True):
    """One headline of one place, or of one owner within the place, that differs. `owner` None: all owners together."""

    indicator: str
    place: str
    place_name: str
    owner: str | None
    month: date
    before: Figure
    after: Figure


class Refused(msgspec.Struct, frozen=True):
    """One reason of one refused row; the value is masked where the column is personal (importers.results.Reject)."""

    row: int
    column: str | None
    code: str
    value: str | None
    message: str
    remedy: str


class FileResult(msgspec.Struct, frozen=True):
    """One kind of one file as it would land (importers.results.ImportResult). `lands` False: it changes nothing."""

    file: str
    kind: str
    lands: bool
    rows_read: int
    rows_accepted: int
    rows_rejected: int
    rejects: list[Refused] = []
    notes: list[str] = []
    waiting: int = 0


class NamesJudged(msgspec.Struct, frozen=True):
    """What a person said of two names, in the words of the journal's kind `alias`."""

    field: str
    written: str
    name: str
    verdict: str

    @property
    def changes_editions(self) -> bool:
        """Spellings of places are read at an import; that two names are of two changes no number."""
        return self.field != "wilayah" and self.verdict in ("same", "withdrawn")


class Happening(msgspec.Struct, frozen=True):
    """Something done to the data: `what` is a kind of the journal ('import', 'undo', 'alias' …).

    `who` None: the journal does not say. `at` as ISO text, UTC. batch, kind, file and rows where it concerns a batch,
    `names` where it concerns names.
    """

    what: str
    who: str | None
    at: str
    batch: int | None = None
    kind: str | None = None
    file: str | None = None
    rows: int | None = None
    names: NamesJudged | None = None


class Preview(msgspec.Struct, frozen=True):
    """What an act would do.

    token: the state of the data that this speaks of; the act done with `--expect TOKEN` is refused once it has changed.
    as_of: the day that both editions were judged by; month: that of the effects, None without any month.
    baseline: 'served' (an edition served now, its number in baseline_edition), 'built' (made of the same ledger without
    the act), 'none' (there is no data). first_changed, last_changed: the months between which some headline differs,
    None when none does. happened: for a publish, what the served edition does not know yet.
    """

    act: Act
    token: str
    as_of: date
    baseline: Literal["served", "built", "none"]
    baseline_edition: int | None
    month: date | None
    first_changed: date | None
    last_changed: date | None
    files: list[FileResult] = []
    kinds: list[KindChanges] = []
    effects: list[Effect] = []
    happened: list[Happening] = []
    batch: int | None = None
    settings_changed: bool = False


def as_json(preview: Preview) -> dict[str, Any]:
    """Plain objects, lists, texts and numbers; dates as ISO text."""
    return msgspec.to_builtins(preview)


def from_json(told: Any) -> Preview:
    """The opposite of as_json; msgspec.ValidationError when it is none."""
    return msgspec.convert(told, Preview, strict=False)
