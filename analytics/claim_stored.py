"""The stored figure a claimed share is nearest to: coverage of construction by month, official figures as reported."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from analytics import compute
from analytics.claims import Claim
from analytics.row import Row, Scope
from data import places
from data.access import OutsideScope
from data.editions import Edition

PARTS = ("percent", "numerator", "denominator")
MOST_PLACES = 5  # of those that the text names
WORD = re.compile(r"[^\W_]+")
# Names of places that in small letters are words of every day; '50 kota' are fifty of them.
ORDINARY = frozenset(
    ("banjar", "batang", "batu", "bone", "buru", "kudus", "landak", "malang", "metro", "mitra", "mura", "pati",
     "puncak", "serang", "solo", "sorong", "50 kota")
)  # fmt: skip
ENGLISH = re.compile(r"\b(north|south|east|west|central) (sumatra|java|kalimantan|sulawesi|papua)\b", re.IGNORECASE)
INDONESIAN = {
    "north": "utara", "south": "selatan", "east": "timur", "west": "barat", "central": "tengah", "java": "jawa",
}  # fmt: skip


@dataclass(frozen=True)
class Stored:
    """One stored share. `origin` is coverage (a row of population_coverage) or official (a figure as reported).

    `as_of` is None for an official figure whose day nobody knows. `pct` is recomputed from its counts, or as printed
    where it has none; `printed_pct` is what its issuer printed.
    """

    origin: str
    place: str
    label: str
    as_of: date | None
    numerator: int | None
    denominator: int | None
    pct: Fraction | None
    printed_pct: Fraction | None
    source: str
    denominator_source: str | None = None
    segment: str | None = None


@dataclass(frozen=True)
class Named:
    """The places that a text names: codes of those that may be seen, at most MOST_PLACES, and the name of the first
    that may not; None where there is none."""

    seen: tuple[str, ...]
    unseen: str | None


@dataclass(frozen=True)
class Nearest:
    """The stored figure nearest to a claim, and which of PARTS lie within what the claim's digits allow.

    `edition` is the number of an earlier edition that it stands in; None: the served one. `is_other_month`: the text
    names months, and none is its own. `instead` is what the served edition says of that place in the month that is
    named, or in the month of the figure of an earlier edition, where its members contradict the claim.
    """

    stored: Stored
    agrees: tuple[str, ...]
    edition: int | None = None
    is_other_month: bool = False
    instead: Stored | None = None


def stored_figures(edition: Edition, text: str) -> list[Stored]:
    """Those of the default place and of the places that the text names; none that the grant does not show."""
    names = {row["code"]: row["name"] for row in compute.places(edition)}
    found: list[Stored] = []
    for place in places_named(edition, text):
        try:
            found += _stored_of(edition, place, names.get(place, place))
        except OutsideScope:
            continue
    return found


def nearest(claim: Claim, figures: Sequence[Stored], text: str, months: Collection[date] = ()) -> Nearest | None:
    """The one of which most parts agree; then of a month or year that the text names; then the nearest percentage, the
    newest.

    None for what is no share, or where nothing is stored.
    """
    if claim.kind != "share" or not figures:
        return None
    wanted = _stated_pct(claim)

    def order(one: Stored) -> tuple[int, bool, bool, Fraction, int]:
        apart = abs(one.pct - wanted) if one.pct is not None and wanted is not None else Fraction(10**9)
        named = one.as_of is not None and re.search(rf"\b{one.as_of.year}\b", text) is not None
        return (
            -len(_agreeing(claim, one)),
            not is_in(one, months),
            not named,
            apart,
            -one.as_of.toordinal() if one.as_of else 0,
        )

    best = min(figures, key=order)
    return Nearest(best, _agreeing(claim, best), is_other_month=bool(months) and not is_in(best, months))


def instead_of(found: Nearest, claim: Claim, served: Sequence[Stored], months: Collection[date]) -> Stored | None:
    """What the served edition says of the members of that place and month, where that contradicts the claim."""
    if "numerator" not in found.agrees or not (found.is_other_month or found.edition):
        return None
    wanted = months if found.is_other_month else [found.stored.as_of or date.min]
    alike = (found.stored.place, found.stored.origin, found.stored.segment)
    told = [one for one in served if is_in(one, wanted) and (one.place, one.origin, one.segment) == alike]
    agrees = any("numerator" in _agreeing(claim, one) for one in told)
    return None if agrees or not told else told[0]


def is_in(one: Stored, months: Collection[date]) -> bool:
    """Whether a figure is of one of the months, each told by a day in it."""
    return one.as_of is not None and (one.as_of.year, one.as_of.month) in {(day.year, day.month) for day in months}


def places_named(edition: Edition, text: str) -> list[str]:
    """The default place, and those that the text names and the reader sees."""
    return list(dict.fromkeys([compute.default_place(edition), *named_in(edition, text).seen]))


def named_in(edition: Edition, text: str) -> Named:
    """The places, branches and groups that the text names. What may mean several of which one is not seen is unseen."""
    words = WORD.findall(ENGLISH.sub(_in_indonesian, text))
    seen, unseen = _own_names(edition, text.lower()), []
    for start, end, codes in places.places_named(words):
        said, before = " ".join(words[start:end]), words[start - 1].lower() if start else ""
        meant = _meant(said, codes)
        if said in ORDINARY:
            continue
        if before in ("cabang", "branch") and places.name_key(said) in _branches_unseen(edition):
            unseen.append(f"Cabang {said}")
        elif meant <= edition.visible_places:
            seen += sorted(meant)
        else:
            unseen.append(" / ".join(places.all_places()[code].name for code in sorted(meant)))
    return Named(tuple(dict.fromkeys(seen))[:MOST_PLACES], next(iter(unseen), None))


def _own_names(edition: Edition, lowered: str) -> list[str]:
    """Branches and groups, which only the edition knows."""
    found = []
    for row in compute.places(edition):
        names = {name.lower() for name in (row["short_name"], row["name"]) if name} if ":" in row["code"] else ()
        if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", lowered) for name in names):
            found.append(row["code"])
    return found


def _branches_unseen(edition: Edition) -> set[str]:
    """Keys of the codes of branches beyond the grant: 'Cabang Palembang' is not the Palembang that is seen."""
    wholes = {row["whole"] for row in edition.query("place_parts")} - edition.visible_places
    return {places.name_key(code.removeprefix("branch:")) for code in wholes if code.startswith("branch:")}


def _meant(said: str, codes: frozenset[str]) -> frozenset[str]:
    """'Jambi' is the province, which is called so in full, rather than its kota."""
    called = {code: places.all_places()[code] for code in codes}
    key = places.name_key(said)
    exactly = {code for code, one in called.items() if key in map(places.name_key, (one.name, one.short_name))}
    return frozenset(exactly) or codes


def _in_indonesian(found: re.Match[str]) -> str:
    side, island = (INDONESIAN.get(word.lower(), word) for word in found.groups())
    return f"{island} {side}"


def _stored_of(edition: Edition, place: str, label: str) -> list[Stored]:
    months = compute.months(edition)
    rows = compute.trend(edition, "population_coverage", Scope(place), months[0], months[-1]) if months else []
    reported = edition.query("official_figures", places=[place])
    coverage = [stored_of_row(row) for row in rows if row.value is not None and row.denominator]
    # As reported first: where both say the same, the issuer is the one to quote.
    return [_as_reported(row, label) for row in reported] + coverage


def stored_of_row(row: Row) -> Stored:
    """A row of population_coverage that has a percentage."""
    return Stored(
        origin="coverage",
        place=row.group,
        label=row.label,
        as_of=row.as_of,
        numerator=row.numerator,
        denominator=row.denominator,
        pct=100 * Fraction(row.numerator or 0, row.denominator),
        printed_pct=None,
        source=row.source or "",
        denominator_source=row.denominator_source,
    )


def _as_reported(row: dict[str, Any], label: str) -> Stored:
    printed = None if row["printed_pct"] is None else Fraction(row["printed_pct"])
    members, potential = row["members"], row["potential"]
    return Stored(
        origin="official",
        place=row["place"],
        label=label,
        as_of=row["per_tanggal"],
        numerator=members,
        denominator=potential,
        pct=printed if members is None or not potential else Fraction(100 * members, potential),
        printed_pct=printed,
        source=row["source"],
        segment=row["segment"],
    )


def _stated_pct(claim: Claim) -> Fraction | None:
    return claim.stated.value if claim.stated else claim.value


def _agreeing(claim: Claim, one: Stored) -> tuple[str, ...]:
    stated = claim.stated
    limits = {
        "percent": (stated.low, stated.high) if stated else (claim.low, claim.high),
        "numerator": (claim.first.low, claim.first.high),
        "denominator": (claim.second.low, claim.second.high),
    }
    values = {"percent": one.pct, "numerator": one.numerator, "denominator": one.denominator}
    return tuple(part for part in PARTS if _lies_in(values[part], *limits[part]))


def _lies_in(value: Fraction | int | None, low: Fraction | None, high: Fraction | None) -> bool:
    return value is not None and (low is None or low <= value) and (high is None or value <= high)
