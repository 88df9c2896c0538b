"""What the ledger holds, asked of a child: a page never opens the ledger itself."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from time import monotonic
from typing import Any

from data.access import Grant, Reader
from data.errors import CakupanError
from data.home import JAKARTA, Home
from data.ledger import log_of
from ui import child, downloads

LONGEST_SECONDS = 60
KEPT = 40  # one an account and state of the ledger
Stamp = tuple[int, int, int, str]
Asked = tuple[str, Stamp, str, Grant]
_known: dict[Asked, "LedgerStatus"] = {}
# While somebody writes, a child asked by every click of every page would only slow them down.
BUSY_SECONDS = 5.0
_while_busy: dict[Asked, tuple[float, "LedgerStatus"]] = {}


@dataclass(frozen=True)
class Batch:
    """One delivery. imported_at and undone_at by the office's clock; scope None: it only adds.

    rows_open: refused rows that no later delivery has put right.
    """

    number: int
    kind: str
    file_name: str
    sender: str | None
    imported_at: datetime
    data_as_of: date
    scope: str | None
    period_from: date | None
    period_to: date | None
    rows_read: int
    rows_accepted: int
    rows_rejected: int
    rows_open: int
    undone_at: datetime | None
    reasons: tuple[tuple[str, int], ...] = ()

    @property
    def is_live(self) -> bool:
        return self.undone_at is None


@dataclass(frozen=True)
class LedgerStatus:
    """Every delivery of the ledger as far as the reader may see them, the last first; `waiting` rows by kind.

    refused: why it cannot be told now, in a sentence; there are then no deliveries. busy: who writes and since when.
    is_current False: it is as it was before they began.
    """

    is_demo: bool
    batches: tuple[Batch, ...] = ()
    waiting: tuple[tuple[str, int], ...] = ()
    refused: str = ""
    busy: str = ""
    is_current: bool = True

    @property
    def senders(self) -> list[str]:
        """Who has sent something, the one of the last delivery first."""
        return list(dict.fromkeys(batch.sender for batch in self.batches if batch.sender))


def status(reader: Reader) -> LedgerStatus:
    """As the ledger is now; remembered until it changes."""
    home = Home.from_environment()
    if not home.ledger_path.exists():
        return LedgerStatus(is_demo=False)
    asked, busy = (str(home.root), _stamp(home), reader.name, reader.grant), home.busy() or ""
    if asked not in _known:
        at, told = _while_busy.get(asked, (-BUSY_SECONDS, None))
        if busy and told and monotonic() < at + BUSY_SECONDS:
            return replace(told, busy=busy)
        environment = child.child_environment(reader, downloads.session_of_this_run(reader))
        try:
            told = _status(child.answer(["status", "--json"], environment, LONGEST_SECONDS))
        except CakupanError as refused:
            return LedgerStatus(is_demo=False, refused=str(refused))
        if told.busy or not told.is_current:
            _while_busy.clear()
            _while_busy[asked] = monotonic(), told
            return told
        _keep(asked, told)
    return replace(_known[asked], busy=busy)


def _keep(asked: Asked, told: LedgerStatus) -> None:
    _known[asked] = told
    while len(_known) > KEPT:
        _known.pop(next(iter(_known)), None)


def _stamp(home: Home) -> Stamp:
    """What changes with every import, undo and publish, also of one that was killed before DuckDB took its log over."""
    file, current = home.ledger_path.stat(), home.current_path
    try:
        logged = log_of(home.ledger_path).stat().st_size
    except FileNotFoundError:
        logged = 0
    return file.st_mtime_ns, file.st_size, logged, current.read_text("utf-8") if current.exists() else ""


def _status(told: dict[str, Any]) -> LedgerStatus:
    batches = tuple(_batch(facts) for facts in reversed(told["batches"]))
    waiting = tuple((row["kind"], row["rows"]) for row in told["waiting"])
    return LedgerStatus(told["demo"], batches, waiting, "", told["busy"] or "", told["is_current"])


def _batch(facts: dict[str, Any]) -> Batch:
    return Batch(
        number=facts["batch_id"],
        kind=facts["kind"],
        file_name=facts["file_name"],
        sender=facts["sender"],
        imported_at=_local(facts["imported_at"]),
        data_as_of=date.fromisoformat(facts["data_as_of"]),
        scope=facts["scope_value"],
        period_from=_day(facts["period_from"]),
        period_to=_day(facts["period_to"]),
        rows_read=facts["rows_read"],
        rows_accepted=facts["rows_accepted"],
        rows_rejected=facts["rows_rejected"],
        rows_open=facts["rows_open"],
        undone_at=_local(facts["undone_at"]) if facts["undone_at"] else None,
        reasons=tuple((reason["code"], reason["rows"]) for reason in facts["reasons"]),
    )


def _local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).astimezone(JAKARTA)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
