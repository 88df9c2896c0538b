"""The ladder of protection: how many running projects are left at each rung, and how many are lost on the way."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from analytics.indicators import Text
from analytics.row import Scope
from data.editions import Edition

RungCode = Literal["wajib", "terdaftar", "dibayar", "tepat_waktu", "nama_tercatat", "aktif"]
RUNGS: dict[RungCode, Text] = {
    "wajib": Text("Wajib didaftarkan", "Must be registered"),
    "terdaftar": Text("Terdaftar", "Registered"),
    "dibayar": Text("Iuran dibayar", "Contribution paid"),
    "tepat_waktu": Text("Tepat waktu", "In time"),
    "nama_tercatat": Text("Nama tercatat", "Names recorded"),
    "aktif": Text("Aktif pada akhir bulan", "Active at month end"),
}


@dataclass(frozen=True)
class Rung:
    """One rung of one group at one month end.

    `projects` have reached it over all rungs below; of those on the rung below, `lost` do not reach it, of `unknown`
    it cannot be told, and for `not_due` the deadline has not passed: projects + lost + unknown + not_due are those of
    the rung below. On the first, `not_due` are running projects that no rule binds.
    """

    group: str
    label: str
    rung: RungCode
    projects: int
    lost: int
    unknown: int
    not_due: int


def ladder(edition: Edition, month: date, scope: Scope, by: Literal["owner", "fund"] | None = None) -> list[Rung]:
    """All rungs of each group, in the order of RUNGS; one group, the scope's place, without `by`."""
    raise NotImplementedError
