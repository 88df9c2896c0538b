"""The ladder of protection: how many running projects are left at each rung, and how many are lost on the way."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from analytics.indicators import Text
from analytics.register import has_register
from analytics.row import Scope
from analytics.within import places_inside
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
    """All rungs of each group, in the order of RUNGS: those with most projects first; the scope itself without `by`.

    Empty where no project runs, and for editions from before single projects were kept. OutsideScope beyond the grant.
    """
    within = {"places": places_inside(edition, scope.place), "owners": _owners(edition, scope), "fund": scope.fund}
    if not has_register(edition):
        return []
    groups: dict[str, Counter[Place]] = {}
    for row in edition.query("ladder_rows", **within, month=month, by=by):
        groups.setdefault(row["group"], Counter()).update(dict.fromkeys(_places_of(row), row["projects"]))
    ordered = sorted(groups.items(), key=lambda group: (-group[1]["wajib", "projects"], group[0]))
    return [rung for group, counted in ordered for rung in _rungs(edition, scope, by and group, counted)]


# On which rung, and in which column of it, a project counts.
Place = tuple[RungCode, Literal["projects", "lost", "unknown", "not_due"]]
FLAGS: dict[RungCode, str] = {
    "terdaftar": "is_registered",
    "dibayar": "is_paid",
    "tepat_waktu": "is_on_time",
    "nama_tercatat": "is_named",
    "aktif": "is_active",
}
WHILE_PENDING = ("terdaftar", "dibayar")


def _places_of(row: Mapping[str, Any]) -> list[Place]:
    """Every rung that these projects reach, and where they leave the ladder."""
    if row["is_unbound"]:
        return [("wajib", "not_due")]
    found: list[Place] = [("wajib", "projects")]
    for rung, flag in FLAGS.items():
        if row[flag] is None:
            return [*found, (rung, "unknown")]
        if not row[flag]:
            return [*found, (rung, "not_due" if row["is_pending"] and rung in WHILE_PENDING else "lost")]
        found.append((rung, "projects"))
    return found


def _rungs(edition: Edition, scope: Scope, group: str | None, counted: Counter[Place]) -> list[Rung]:
    code, label = (group, group) if group else (scope.place, _name(edition, scope.place))
    columns: tuple[Literal["projects", "lost", "unknown", "not_due"], ...] = ("projects", "lost", "unknown", "not_due")
    return [Rung(code, label, rung, *(counted[rung, column] for column in columns)) for rung in RUNGS]


def _name(edition: Edition, place: str) -> str:
    return next(row["name"] for row in edition.query("places") if row["code"] == place)


def _owners(edition: Edition, scope: Scope) -> list[str] | None:
    """The scope's owner; without one those of the grant, each for itself; None where it names none."""
    if scope.owner is not None:
        return [scope.owner]
    return None if edition.grant.owners is None else sorted(edition.grant.owners)
