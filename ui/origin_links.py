"""From a number in a table to where it comes from: the cell itself is the link, in files it is a number as before."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any, Protocol
from urllib.parse import quote_plus, urlencode

from analytics.compute import Row
from data.categories import CONSTRUCTION
from ui import asked_number, cached
from ui.asked_number import MEASURES
from ui.cached import ServedEdition
from ui.scope_bar import Selection
from ui.tables import Column
from ui.texts import translator

# Of which breakdowns a group has an address: nothing is chosen by payer or level of government.
FIELDS = {"place": "place", "branch": "place", "owner": "owner", "fund": "fund", "sector": "sector"}


class Link(Protocol):
    """A column made to lead from each of its numbers to its origin."""

    def __call__(self, column: Column, row_of: Callable[[Any], Any] = ...) -> Column: ...


@dataclass(frozen=True)
class Origins:
    """Ways from the rows of one page to their origins. They carry measure and scope, so never a person."""

    edition: ServedEdition
    selection: Selection
    language: str
    known: dict[tuple[str, str], str | None] = field(default_factory=dict, compare=False, repr=False)

    def of(self, measure: str, by: str | None = None) -> Link:
        """For columns of rows of the measure, by group; without `by` of the scope itself, month by month."""
        return linked(lambda row: self.of_row(row, measure, by), self.language)

    def of_row(self, row: Row, measure: str, by: str | None = None) -> str | None:
        """The address of the origin of a row's number; None where there is none to tell of."""
        if row.numerator is None or (by is not None and by not in FIELDS):
            return None
        name = FIELDS[by] if by else ""
        beginning = self._beginning(measure, name)
        if beginning is None:
            return None
        is_usual = name == "sector" and row.group == CONSTRUCTION
        of_group = f"&{name}={_quoted(row.group)}" if name and not is_usual else ""
        return f"{beginning}&month={row.month}{of_group}"

    def _beginning(self, measure: str, name: str) -> str | None:
        """The address but for the month and the parameter of that name: hundreds of rows differ in nothing else."""
        if (measure, name) not in self.known:
            told = asked_number.address("asal", measure, self.selection, self.language)
            kept = {one: value for one, value in told.items() if one not in ("month", name)}
            whole = self.at(measure, self.selection)
            self.known[measure, name] = whole and f"{asked_number.PAGE}?{urlencode(kept)}"
        return self.known[measure, name]

    def at(self, measure: str, selection: Selection) -> str | None:
        """The address of the origin of one number, None for a measure or an edition that has none."""
        if measure not in MEASURES or not cached.has_origin(self.edition.key):
            return None
        return asked_number.href("asal", measure, selection, self.language)

    def of_month(self, measure: str, month: date) -> str | None:
        """The same of the scope in another month."""
        return self.at(measure, replace(self.selection, month=month))

    def of_vintage(self, measure: str, source: str | None) -> str | None:
        """The same divided by another estimate."""
        return self.at(measure, replace(self.selection, vintage=source))


@lru_cache(maxsize=5_000)
def _quoted(group: str) -> str:
    return quote_plus(group)


def _itself(line: Any) -> Any:
    return line


def linked(address: Callable[[Any], str | None], language: str) -> Link:
    """Columns whose known cells lead to `address` of their line, or of `row_of` of it where the line holds the row."""
    _ = translator(language)

    def link(column: Column, row_of: Callable[[Any], Any] = _itself) -> Column:
        def way(line: Any) -> str | None:
            row = None if column.raw(line) is None else row_of(line)
            return None if row is None else address(row)

        return replace(column, link=way, says=_("asal angka"))

    return link


def nowhere(column: Column, row_of: Callable[[Any], Any] = _itself) -> Column:
    """For files, and for tables of numbers without an origin: the column as it is."""
    del row_of
    return column
