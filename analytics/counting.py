"""From which kinds of rows each indicator is counted, and over which projects and time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from analytics.indicators import INDICATORS
from analytics.row import month_end

REPORTS, ESTIMATES, TARGETS = ("rekap", "angka_resmi"), ("penduduk_bekerja", "angka_resmi"), ("target",)

Frame = Literal["people", "running", "due", "registered", "paid", "at_work", "stated"]


@dataclass(frozen=True)
class Counting:
    """How an indicator is counted from rows: which projects (`frame`) and kinds of rows bear on each part.

    `parts` are the numerator's; `of` is the denominator where it is counted too, None where it is an estimate or there
    is none. `months` is how many months up to the one shown are looked at, 0 for the year to date. `ever`: a row that
    has ended by then bears on it as well, as a registration does on "registered".
    """

    frame: Frame
    parts: Mapping[str, tuple[str, ...]]
    of: tuple[str, tuple[str, ...]] | None = None
    months: int = 1
    ever: bool = False


MEMBERS = Counting("people", {"named": ("kepesertaan", "proyek"), "unnamed": ("pendaftaran", "proyek")})
PLACEMENTS = Counting(
    "running",
    {"named": ("tenaga_kerja", "kepesertaan"), "unnamed": ("pendaftaran", "proyek")},
    ("workers", ("proyek", "tenaga_kerja")),
)
COUNTED = {
    "population_coverage": MEMBERS,
    "active_members": MEMBERS,
    "gap_to_estimate": MEMBERS,
    "new_members": Counting("people", {"new_members": ("kepesertaan", "proyek")}, months=2),
    "ended_members": Counting("people", {"ended_members": ("kepesertaan", "proyek")}, months=2),
    "placement_coverage": PLACEMENTS,
    "unprotected_placements": PLACEMENTS,
    "site_coverage": Counting(
        "running", {"protected": ("tenaga_kerja", "kepesertaan")}, ("persons", ("tenaga_kerja", "proyek"))
    ),
    "project_registration": Counting("running", {"registered": ("pendaftaran",)}, ("projects", ("proyek",)), ever=True),
    "value_registration": Counting(
        "running", {"registered_value": ("pendaftaran", "proyek")}, ("value", ("proyek",)), ever=True
    ),
    "on_time_registration": Counting("due", {"on_time": ("pendaftaran",)}, ("due", ("proyek",)), months=12, ever=True),
    "uncovered_worker_days": Counting(
        "at_work", {"named_days": ("tenaga_kerja", "kepesertaan"), "unnamed_days": ("proyek", "pendaftaran")}
    ),
    "contributions_paid_rp": Counting("paid", {"contributions": ("pendaftaran",)}, months=0),
    "projects_registered_ytd": Counting("registered", {"registered": ("pendaftaran",)}, months=0),
    "workers_registered_ytd": Counting("registered", {"headcount": ("pendaftaran",)}, months=0),
    "target_attainment": Counting("stated", {"measured": ()}, ("target", TARGETS)),
}
# Of which measures it is told what every single project adds; of the others persons or days are shared by projects.
BY_PROJECT = {
    "placement_coverage": "origin_running",
    "unprotected_placements": "origin_running",
    "project_registration": "origin_running",
    "value_registration": "origin_running",
    "on_time_registration": "origin_due",
    "contributions_paid_rp": "origin_year",
    "projects_registered_ytd": "origin_year",
    "workers_registered_ytd": "origin_year",
}


def span_of(measure: str, month: date) -> tuple[date, date]:
    """The first and the last day that the measure looks at, for the month that ends on `month`."""
    counting = COUNTED[measure]
    if counting.months == 0:
        return date(month.year, 1, 1), month
    if INDICATORS[measure].kind == "stock":
        return month, month
    first = month
    for _ in range(counting.months - 1):
        first = month_end(first.replace(day=1) - date.resolution)
    # New and ended members lie between two month ends; what flows through a month begins on its first day.
    return (first if counting.frame == "people" else first.replace(day=1)), month
