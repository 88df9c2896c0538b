"""The recapitulation of a month: what officials list by place, owner or source of funds, and its true total."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from analytics.compute import OLDEST_SCHEMA, places, rows
from analytics.indicators import INDICATORS
from analytics.row import Amount, Row, Scope, empty_row
from data.editions import Edition

By = Literal["place", "branch", "owner", "fund", "payer", "level"]
# Whence each column comes: `cakupan.py show` of the same indicator and scope says the same.
INDICATOR_OF = {
    "projects": "project_registration",
    "registered": "project_registration",
    "unregistered": "project_registration",
    "untold": "project_registration",
    "registered_pct": "project_registration",
    "contract_value_rp": "value_registration",
    "workers": "placement_coverage",
    "covered": "placement_coverage",
    "covered_pct": "placement_coverage",
    "contributions_rp": "contributions_paid_rp",
    "persons": "site_coverage",
    "protected_persons": "site_coverage",
}
INDICATORS_USED = tuple(dict.fromkeys(INDICATOR_OF.values()))
SHARES = ("registered_pct", "covered_pct")
# Not added up down a column: who works on two projects is one person.
PERSONS_ONCE = ("persons", "protected_persons")
# Persons on rosters are told of no payer and no level of government: those of their funds must not be added up.
WITHOUT_PERSONS = ("payer", "level")


@dataclass(frozen=True)
class RecapRow:
    """One group, or the scope itself, at one month end.

    `rows` are the indicators' own, by code, and every number is one of theirs. A number is None where it is not known;
    the status and reason of its row say why.
    """

    group: str
    label: str
    rows: Mapping[str, Row]

    @property
    def projects(self) -> int | None:
        """Running projects."""
        return self.rows["project_registration"].denominator

    @property
    def registered(self) -> int | None:
        """Of those whose registrations are completely known; with `unregistered` and `untold` they are all projects."""
        row = self.rows["project_registration"]
        return row.numerator if row.known_numerator is None else row.known_numerator

    @property
    def unregistered(self) -> int | None:
        if self.registered is None or self.projects is None:
            return None
        return self.projects - self.registered - (self.untold or 0)

    @property
    def untold(self) -> int | None:
        """Projects of which nobody can say whether they are registered: no complete delivery speaks of them."""
        row = self.rows["project_registration"]
        if row.known_projects is not None:
            return row.denominator - row.known_projects
        return None if row.numerator is None else 0

    @property
    def contract_value_rp(self) -> Decimal | None:
        """Of the running projects that state one; `unpriced_projects` do not."""
        return self.rows["value_registration"].denominator

    @property
    def unpriced_projects(self) -> int | None:
        return self.rows["value_registration"].left_out

    @property
    def workers(self) -> int | None:
        """Placements on the running projects: a person on two of them counts twice. Of `unsized_projects` none."""
        return self.rows["placement_coverage"].denominator

    @property
    def unsized_projects(self) -> int | None:
        return self.rows["placement_coverage"].left_out

    @property
    def covered(self) -> int | None:
        """Of the placements those that are covered."""
        return self.rows["placement_coverage"].numerator

    @property
    def contributions_rp(self) -> Decimal | None:
        """Paid from 1 January to the month end; `unpriced_payments` state no amount."""
        return self.rows["contributions_paid_rp"].value

    @property
    def unpriced_payments(self) -> int | None:
        return self.rows["contributions_paid_rp"].left_out

    @property
    def persons(self) -> int | None:
        """On rosters of running projects, each person once; None where rosters are not complete."""
        row = self.rows.get("site_coverage")
        return row.denominator if row else None

    @property
    def protected_persons(self) -> int | None:
        row = self.rows.get("site_coverage")
        return row.numerator if row else None

    @property
    def registered_pct(self) -> float | None:
        return self.rows["project_registration"].value

    @property
    def covered_pct(self) -> float | None:
        return self.rows["placement_coverage"].value

    def why_unknown(self, column: str) -> str | None:
        """Why the column has no number: the reason of its indicator's row, else its status. None where it has one."""
        if getattr(self, column) is not None:
            return None
        row = self.rows.get(INDICATOR_OF[column])
        return "not_told" if row is None else row.reason or row.status


@dataclass(frozen=True)
class Difference:
    """Total less the sum of the rows, of one column, and why they are not the same.

    reason: persons_once (who works for several groups is one person), elsewhere (work that lies in no group: placed no
    closer than the scope), overlap (what belongs to several groups).
    """

    column: str
    amount: Amount
    reason: str


@dataclass(frozen=True)
class Recap:
    """The groups of `by`, and `total`: the scope's own row, never their sum. None where the grant does not show it.

    `differences` are those of the columns whose rows do not add up to the total; a row that does not know its number
    adds nothing. Of a column whose total is not known there is none: `total.why_unknown` says why.
    """

    month: date
    scope: Scope
    by: By
    rows: Sequence[RecapRow]
    total: RecapRow | None
    differences: Sequence[Difference]

    def known(self, column: str) -> tuple[Amount, int]:
        """What the rows that know this number add up to, and how many they are: all there is without a total."""
        parts = [part for row in self.rows if (part := getattr(row, column)) is not None]
        return (sum(parts) if parts else None), len(parts)


def recap(edition: Edition, month: date, scope: Scope, by: By) -> Recap:
    """Owners and funds without a project in the month, or a payment in the year, are left out; places are all there.

    Places come in the order of their codes, the others in that of their names. CakupanError as compute.rows.
    """
    told = [code for code in INDICATORS_USED if code != "site_coverage" or by not in WITHOUT_PERSONS]
    found = {code: {row.group: row for row in rows(edition, code, month, scope, by)} for code in told}
    labels = {group: row.label for by_group in found.values() for group, row in by_group.items()}
    lines = [_line(edition, month, found, group, labels[group]) for group in sorted(labels, key=_in_alphabet)]
    if by not in ("place", "branch"):
        lines = [line for line in lines if _has_something(line)]
    total = _total(edition, month, scope)
    return Recap(month, scope, by, lines, total, _differences(lines, total) if total else [])


def _in_alphabet(group: str) -> tuple[str, str]:
    """As an office lists names: Dinas Pendidikan before Dinas PUPR."""
    return group.casefold(), group


def _line(edition: Edition, month: date, found: Mapping[str, Mapping[str, Row]], group: str, label: str) -> RecapRow:
    """A group that an indicator does not know has no project of its, or the edition is older than the indicator."""

    def missing(code: str) -> Row:
        is_older = int(edition.meta["schema_version"]) < OLDEST_SCHEMA[INDICATORS[code].table]
        return empty_row(group, label, month, "edition_older" if is_older else "no_project")

    return RecapRow(group, label, {code: by_group.get(group) or missing(code) for code, by_group in found.items()})


def _has_something(line: RecapRow) -> bool:
    """Owners whose projects are over by the month end may have paid in the year."""
    return any(line.rows[code].reason != "no_project" for code in ("placement_coverage", "contributions_paid_rp"))


def _total(edition: Edition, month: date, scope: Scope) -> RecapRow | None:
    """Of all owners together nothing may be told to who sees some of them."""
    if edition.grant.owners is not None and scope.owner is None:
        return None
    name = next(row["name"] for row in places(edition) if row["code"] == scope.place)
    return RecapRow(scope.place, name, {code: rows(edition, code, month, scope)[0] for code in INDICATORS_USED})


def _differences(lines: Sequence[RecapRow], total: RecapRow) -> list[Difference]:
    found = []
    for column in (column for column in INDICATOR_OF if column not in SHARES):
        whole, parts = getattr(total, column), [getattr(line, column) for line in lines]
        known = [part for part in parts if part is not None]
        if whole is not None and known and whole != sum(known):
            found.append(Difference(column, whole - sum(known), _why(column, whole - sum(known))))
    return found


def _why(column: str, amount: Amount) -> str:
    if amount > 0:
        return "elsewhere"
    return "persons_once" if column in PERSONS_ONCE else "overlap"
