"""The card of one project at one judged moment: a page of A4 that a paying officer takes along."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from reports.typesetting import pdf_bytes

# How a result looks: a colour and a shape besides its word. 'unmet' alone is red.
TONES = ("met", "late", "unmet", "open", "unknown")


@dataclass(frozen=True)
class Rule:
    """One rule as it was applied; `tone` is the colour and shape of its word `state`."""

    name: str
    source: str
    tone: str
    state: str
    evidence: str


@dataclass(frozen=True)
class Table:
    """Rows below a heading; `widths` are shares of the line."""

    title: str
    headings: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[str]]
    empty: str


@dataclass(frozen=True)
class CardTexts:
    """All that a card says, in one language. `mark` is what `verify` reads back from the file's keywords."""

    language: str
    title: str
    subtitle: str
    warning: str | None
    project: Sequence[tuple[str, str]]
    tone: str
    result: str
    explanation: str
    disclaimer: str
    rules_title: str
    rule_headings: Sequence[str]
    rules: Sequence[Rule]
    evidence: Table
    notes_title: str
    notes: Sequence[str]
    footer: Sequence[tuple[str, str]]
    closing: str
    mark: str


def card_pdf(texts: CardTexts, *, day: date) -> bytes:
    """The card as a PDF of one page, whatever the names hold; `day` is the position of its edition."""
    assert texts.tone in TONES, texts.tone
    return pdf_bytes("card", asdict(texts), day=day)
