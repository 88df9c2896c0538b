"""How the definition of each indicator has changed: one entry a version, the last one in force."""

from dataclasses import dataclass
from datetime import date

from analytics.indicators import Text

FIRST = Text("Definisi pertama.", "First definition.")
BEGUN, SECTORS_BEGUN = date(2026, 11, 21), date(2026, 11, 21)
OTHER_SECTORS = Text(
    "Juga untuk sektor lain dan semua sektor, menurut laporan; konstruksi tetap seperti semula.",
    "Also of other sectors and of all sectors, as reported; construction stays what it was.",
)
OTHER_TARGETS = Text(
    "Target bersektor dibandingkan dengan sektor itu, target semua segmen dengan semua sektor; target konstruksi tetap "
    "seperti semula.",
    "A target with a sector stands beside that sector, one of all segments beside all sectors; targets of construction "
    "stay what they were.",
)


@dataclass(frozen=True)
class Change:
    """A version of a definition: since which day the program counts so, and what is otherwise than before."""

    version: int
    since: date
    what: Text


SECOND = {
    "population_coverage": Change(2, SECTORS_BEGUN, OTHER_SECTORS),
    "active_members": Change(2, SECTORS_BEGUN, OTHER_SECTORS),
    "gap_to_estimate": Change(2, SECTORS_BEGUN, OTHER_SECTORS),
    "target_attainment": Change(2, SECTORS_BEGUN, OTHER_TARGETS),
}


def history(code: str) -> list[Change]:
    """The versions of an indicator's definition, the first one first."""
    return [Change(1, BEGUN, FIRST), *([SECOND[code]] if code in SECOND else [])]
