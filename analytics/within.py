"""Where somebody with a limited grant begins: which place, which owner, and the places that hold all they may see."""

from collections import Counter
from functools import lru_cache

from data.access import ANY, OutsideScope
from data.editions import Edition
from data.errors import CakupanError

NATION = "00"


def widest_places(edition: Edition) -> list[str]:
    """The granted places themselves, in the order of their codes: whatever may be seen lies in one of them."""
    areas = edition.grant.areas
    return [NATION] if areas is None else sorted(areas & edition.visible_places)


def first_place(edition: Edition) -> str:
    """The granted place; of several the smallest that holds all of them, else the first with data.

    Where the grant names owners, the smallest place that holds all their projects. OutsideScope for a grant of nothing.
    """
    widest, owners = widest_places(edition), edition.grant.owners
    if not widest or owners == frozenset():
        raise OutsideScope(_why_nothing(edition))
    at_work = frozenset(place for place, _owner in _own_projects(edition)) if owners else frozenset()
    if not at_work and edition.grant.areas is None:
        return edition.meta["home_place"]
    if holder := _smallest_holding(edition, at_work or frozenset(widest)):
        return holder
    told = {row["code"] for row in edition.query("places") if row["has_data"]}
    return next((code for code in widest if code in told), widest[0])


def first_owner(edition: Edition) -> str | None:
    """Of the owners a grant names the one with the most projects, by name where equal; None where it names none."""
    if not edition.grant.owners:
        return None
    projects = Counter(dict.fromkeys(edition.grant.owners, 0))
    for (_place, owner), count in _own_projects(edition).items():
        projects[owner] += count
    return min(projects, key=lambda owner: (-projects[owner], owner))


def places_inside(edition: Edition, code: str) -> list[str]:
    """The codes of a place, branch or group that may be seen and of all that lies in it.

    A province's own code is among them: some work is placed in the province only. OutsideScope beyond the grant;
    CakupanError when the edition does not know the code.
    """
    edition.refuse_outside(place=code, owner=ANY)
    inside = _inside(edition)
    if code not in inside:
        raise CakupanError(
            f"Wilayah '{code}' tidak dikenal; pakai kode Kemendagri seperti 16.71, branch:KODE atau group:KODE."
        )
    return sorted(inside[code])


def smallest_holder(edition: Edition, code: str) -> str | None:
    """The smallest other place, branch or group that may be seen and holds this one; None where there is none."""
    inside = _inside(edition)
    holders = [whole for whole, parts in inside.items() if code in parts and whole != code]
    return min(holders, key=lambda whole: (len(inside[whole]), whole), default=None)


def _why_nothing(edition: Edition) -> str:
    if edition.grant.areas == frozenset() or edition.grant.owners == frozenset():
        return "Akun ini belum diberi lingkup; minta pengelola mengisinya."
    named = ", ".join(sorted(edition.grant.areas or ()))
    return f"Edisi ini tidak memuat wilayah akun ini ({named}); minta pengelola memeriksa lingkupnya."


@lru_cache(maxsize=64)
def _own_projects(edition: Edition) -> dict[tuple[str, str], int]:
    """Projects by place and owner: those of the grant's owners, in the places that may be seen."""
    asked = {"places": sorted(edition.visible_places), "owners": sorted(edition.grant.owners or ())}
    return {(row["place"], row["owner"]): row["projects"] for row in edition.query("project_places", **asked)}


def _smallest_holding(edition: Edition, codes: frozenset[str]) -> str | None:
    """The smallest visible place, branch or group that holds all of these; a single one holds itself."""
    if len(codes) == 1:
        return next(iter(codes))
    inside = _inside(edition)
    # A branch lies in whatever holds all its members.
    wanted = {part for code in codes for part in (inside[code] - {code} if ":" in code else {code})}
    holders = [code for code in edition.visible_places if wanted <= inside[code]]
    return min(holders, key=lambda code: (len(inside[code]), code not in codes, code), default=None)


@lru_cache(maxsize=64)
def _inside(edition: Edition) -> dict[str, frozenset[str]]:
    """By code of a place, branch or group: itself and all that lies in it."""
    parts: dict[str, list[str]] = {code: [] for code in edition.visible_places}
    for row in edition.query("place_parts"):
        if row["whole"] in parts:  # and then its part: it lies in what is seen
            parts[row["whole"]].append(row["part"])

    def all_in(code: str) -> frozenset[str]:
        return frozenset((code,)).union(*(all_in(part) for part in parts[code]))

    return {code: all_in(code) for code in parts}
