"""What a rule of quality is, what it finds, and the span of months that the rules look at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from inspect import cleandoc
from typing import Any, Literal

from analytics.indicators import Text
from data.access import EVERYTHING, Grant
from data.editions import Edition

SEVERITIES = ("berat", "sedang", "ringan")
Severity = Literal["berat", "sedang", "ringan"]
Unit = Literal["count", "percent", "rupiah", "day"]
About = Literal["projects", "people", "deliveries"]
Amount = int | float | Decimal | date
Fact = int | float | Decimal | date | str | Text | None


@dataclass(frozen=True)
class Threshold:
    """A number that a rule judges by: since when it is used here, and whence it comes."""

    name: Text
    value: int | float | Decimal
    since: date
    source: Text


@dataclass(frozen=True)
class Span:
    """`last` is the last month end by the position `as_of`; `first` the earliest month end that is looked at."""

    first: date
    last: date
    as_of: date


@dataclass(frozen=True)
class Finding:
    """One thing that a rule found. None where it is of no place, owner, sender, project or month in particular.

    `value` and `expected` are in the rule's unit; `expected` is None where the rule only tells. `subject` tells apart
    findings of one rule that are alike in all else, such as two kinds of file of one sender. `facts` fill the gaps of
    the rule's `why`; their names end in what they are: _pct, _rp, _month, _place.
    """

    rule: str
    value: Amount
    expected: Amount | None
    place: str | None = None
    owner: str | None = None
    sender: str | None = None
    project: str | None = None
    month: date | None = None
    subject: str | None = None
    facts: dict[str, Fact] = field(default_factory=dict, hash=False)

    @property
    def key(self) -> str:
        """What the finding is about, whatever its value: a resolution names it."""
        month = None if self.month is None else f"{self.month:%Y-%m}"
        parts = (self.rule, self.place, self.owner, self.sender, self.project, month, self.subject)
        return "|".join((part or "").replace("|", "/") for part in parts)

    @property
    def value_text(self) -> str:
        """The value as a resolution remembers it: another text is another value."""
        return f"{self.value:.6g}" if isinstance(self.value, float) else str(self.value)


@dataclass(frozen=True)
class Rule:
    """One rule. `definition` in English is the docstring of its file, `owner` the role that answers for its findings.

    `why` is the sentence told of a finding, with gaps for its facts and for {value} and {expected}.
    """

    code: str
    label: Text
    definition: Text
    why: Text
    measured: Text
    unit: Unit
    about: About
    severity: Severity
    owner: str
    version: int
    thresholds: Sequence[Threshold]
    find: Callable[[Edition, Span], list[Finding]]

    def may_hide(self, grant: Grant) -> bool:
        """Whether it may have found something about what the grant covers that the grant does not show: that nothing
        is seen is then no zero. As limits and of_people narrow: a delivery for a wider place, for an owner or for
        nobody in particular holds the rows of a place too; nobody counts people by owner."""
        if self.about == "deliveries":
            return grant != EVERYTHING
        return self.about == "people" and grant.owners is not None


def defined(docstring: str | None, indonesian: str) -> Text:
    """A definition in both languages; the English one is the docstring of the rule's file."""
    assert docstring
    return Text(id=indonesian, en=" ".join(cleandoc(docstring).split()))


def limits(edition: Edition) -> dict[str, Any]:
    """The grant as the parameters of a query about projects or deliveries; None limits nothing."""
    areas, owners = edition.grant.areas, edition.grant.owners
    return {
        "places": None if areas is None else sorted(edition.visible_places),
        "owners": None if owners is None else sorted(owners),
    }


def of_people(edition: Edition, query: str, **asked: Any) -> list[dict[str, Any]]:
    """Rows of a query about people in the places that may be seen; none for who sees only the projects of some owners,
    since nobody counts people by owner."""
    if edition.grant.owners is not None:
        return []
    return edition.query(query, places=sorted(edition.visible_places), **asked)
