"""How far a place has come towards each of its targets, and whether it is on course to the target date."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from analytics.compute import target_versions
from analytics.indicators import INDICATORS, YEAR_TO_DATE, Text
from analytics.row import Row, Scope
from analytics.seasons import FEWEST_SEASONS, as_decimal, exact_value, monthly, seasons
from analytics.targets import Target, measure_of, obstacle, rating
from data.editions import Edition

ON_COURSE, BELOW_COURSE = "sesuai_jalur", "di_bawah_jalur"
COURSES = {
    ON_COURSE: Text("sesuai jalur", "on course"),
    BELOW_COURSE: Text("di bawah jalur", "below course"),
}
# What a gap is counted in, by the denominator whose share a target states.
GAP_UNITS = {
    "vintage": "persons", "workers": "persons", "roster_persons": "persons", "running_projects": "projects",
    "due_projects": "projects", "contract_value_rp": "rupiah",
}  # fmt: skip


@dataclass(frozen=True)
class Path:
    """What should be reached by the month to arrive at the target date, in the target's unit, and how that is known.

    seasonal: the target times the mean share of a year's final value that `years` had reached in the same month.
    linear: along a straight line from the beginning of the year; a state begins where last year ended, a sum at 0.
    """

    expected: Decimal
    method: str
    years: tuple[int, ...]


@dataclass(frozen=True)
class TargetRow:
    """One version of a target, and what stands beside it in one month.

    `obstacle` says why nothing does (analytics.targets.obstacle). `row` and `last_year` are the measure's in the month
    and a year before. `pct` is unrounded, None where the value is unknown. `rating` is given once the target date is
    reached and not after the position, `course` before it. `gap` is what lacks, in `gap_unit` (persons, projects,
    rupiah), with the denominator held constant; 0 or less where the target is reached. A superseded version has no
    attainment, and `superseded_by` is what came next.
    """

    target: Target
    measure: str | None = None
    unit: str | None = None
    obstacle: str | None = None
    row: Row | None = None
    last_year: Row | None = None
    pct: Decimal | None = None
    rating: Text | None = None
    course: str | None = None
    path: Path | None = None
    gap: Decimal | None = None
    gap_unit: str | None = None
    superseded_by: Target | None = None

    @property
    def value(self) -> Any:
        return self.row.value if self.row else None

    @property
    def is_superseded(self) -> bool:
        return self.target.is_superseded

    def as_json(self) -> dict[str, Any]:
        """Everything under the names of the fields; amounts and dates as text."""
        raise NotImplementedError


def target_rows(edition: Edition, month: date, scope: Scope) -> list[TargetRow]:
    """Every version of every target of the scope's place for the year of the month, the one in force first.

    A target is a place's, whatever owner and fund the scope names; under a grant of owners there are none.
    """
    raise NotImplementedError


_ = (asdict, replace, Fraction, YEAR_TO_DATE, INDICATORS, FEWEST_SEASONS, as_decimal, exact_value, monthly, seasons)
_ = (measure_of, obstacle, rating, target_versions)
