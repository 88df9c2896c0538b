"""What is read of procurement records, whatever system they come from. Nothing else of them is ever held."""

import html
import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from data.importers.meanings import read_date, read_number

MASKED = frozenset(("", "none", "null", "nan", "-", "disamarkan"))
TAG = re.compile(r"<[^<>]*>")
ENGLISH_DAY = re.compile(r"(?P<month>[A-Za-z]{3,9})\.? (?P<day>\d{1,2}), (?P<year>\d{4})(?:,.*)?", re.ASCII)


@dataclass(frozen=True)
class Announcement:
    """A package as announced: what kind of work it is, who buys it, from which money, where."""

    package: str
    name: str = ""
    work_type: str = ""
    status: str = ""
    buyer: str = ""
    government: str = ""
    government_type: str = ""
    fund: str = ""
    locations: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contract:
    """A contract, or an addendum to one. version is 0 at signing; starts and ends are None where it does not say."""

    package: str
    number: str = ""
    version: int = 0
    signed: date | None = None
    starts: date | None = None
    ends: date | None = None
    value_rp: Decimal | None = None
    provider: str = ""
    is_person: bool = False
    name: str = ""
    buyer: str = ""
    government: str = ""
    government_type: str = ""


@dataclass(frozen=True)
class StartOrder:
    """A start order (SPMK). days is what its text promises ('90 Hari Kalender'), months likewise."""

    package: str
    contract_number: str = ""
    version: int = 0
    ordered: date | None = None
    starts: date | None = None
    ends: date | None = None
    duration: str = ""


@dataclass(frozen=True)
class Payment:
    """A payment by its minutes (BAP)."""

    package: str
    contract_number: str = ""
    minutes_number: str = ""
    handover_number: str = ""
    paid: date | None = None
    amount_rp: Decimal | None = None
    progress_pct: Decimal | None = None
    instalment: str = ""


@dataclass
class Records:
    """Everything that one delivery holds. position is the latest day that it says it was taken from its source."""

    announcements: list[Announcement] = field(default_factory=list)
    contracts: list[Contract] = field(default_factory=list)
    start_orders: list[StartOrder] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    position: date | None = None
    notes: list[str] = field(default_factory=list)

    def seen_on(self, day: date | None) -> None:
        """A day on which something in here was true at its source."""
        if day is not None:
            self.position = max(self.position or day, day)

    def add(self, other: "Records") -> None:
        """Take in the records of another file of the same delivery."""
        self.announcements += other.announcements
        self.contracts += other.contracts
        self.start_orders += other.start_orders
        self.payments += other.payments
        self.notes += other.notes
        self.seen_on(other.position)


def text_of(record: dict[str, Any], *names: str) -> str:
    """The first of these fields that says anything: no HTML, one line; 'None' and DISAMARKAN say nothing."""
    for name in names:
        value = record.get(name)
        if isinstance(value, str | int | Decimal) and not isinstance(value, bool):
            text = " ".join(html.unescape(TAG.sub(" ", str(value))).split())
            if text.lower() not in MASKED:
                return text
    return ""


def day_of(record: dict[str, Any], *names: str, today: date) -> date | None:
    """The day that the first filled field names, as written; None when blank or no day."""
    text = text_of(record, *names)
    if found := ENGLISH_DAY.fullmatch(text):
        text = f"{found['day']} {found['month']} {found['year']}"
    return read_date(text, today).value if text else None


def amount_of(record: dict[str, Any], *names: str) -> Decimal | None:
    """The number in the first filled field; None when blank or no number."""
    for name in names:
        value = record.get(name)
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return Decimal(value)
    text = text_of(record, *names)
    # A text of such a service is a number of a program unless it says 'Rp'.
    return read_number(text, "," if text.lower().startswith("rp") else ".") if text else None


def version_of(record: dict[str, Any]) -> int:
    """The number of the addendum; 0 for the contract as signed."""
    number = amount_of(record, "versi_addendum")
    return int(number) if number is not None and 0 <= number < 1000 else 0
