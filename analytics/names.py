"""Which names may be two spellings of one: owners, contractors, units of targets, places. Suggestions only.

Two names are suggested as one when they are equal once abbreviations, order, punctuation and legal form are taken away
(`key`), when they differ in one mistyped word (`close`), or when one office's name is a part of the other's (`part`).
Never when the numbers, places or legal forms in them differ: 'Dinas PUPR Kab. OKI' is not 'Dinas PUPR Kab. OKU'.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import combinations, product
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from analytics.name_shapes import Shape, firm, known_words, office
from data.aliases import Aliases
from data.editions import ALIASES_SINCE, PLACE_CLOSE, Edition
from data.places import all_places, name_key, nearest_places, resolve_place

# A word that differs is taken for a mistyped one from this similarity on: one letter in five. Measured on the 911
# contractors of the demonstration and 180 real ones, see docs/decisions.md.
CLOSE = 0.8
OFFERED_PLACES = 3  # that a refused spelling may mean
SHORTEST = 5  # letters of a word that may be mistyped, as the longer of the two: of shorter ones each makes another
COMPARED_TOGETHER = 500  # words with all others of their block: a table of some megabytes
RARE = 2  # a mistyped word stands in few names; what stands in more is a word of its own
MOST_WORDS_MORE = 4  # by which the name of an office may be longer than its short form
WHOLE = {"places": None, "owners": None}  # what is asked of an edition as a whole
PERSON = "Perseorangan"  # stands for everybody whose name is not kept
HOW = ("key", "close", "part")


@dataclass(frozen=True)
class Name:
    """One name as it stands in the edition. `count`: projects, of a unit targets, of a place refused rows."""

    field: str
    name: str
    count: int
    places: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Candidate:
    """Two names that may be one; `keep` is the one that occurs more. `similarity`: of the word that differs.

    `offered`: of a spelling of a place the names of all that it may mean, the nearest (`keep`) first.
    """

    field: str
    keep: Name
    other: Name
    how: str
    similarity: float
    offered: tuple[str, ...] = ()

    @property
    def same_places(self) -> bool:
        return bool(set(self.keep.places) & set(self.other.places))


def are_told(edition: Edition) -> bool:
    """Editions of older programs were published without aliases."""
    return int(edition.meta["schema_version"]) >= ALIASES_SINCE


def candidates(edition: Edition, aliases: Aliases) -> list[Candidate]:
    """The pairs of `alike` on which no person has decided."""
    return undecided(alike(edition), aliases)


def undecided(found: Iterable[Candidate], aliases: Aliases) -> list[Candidate]:
    """Without those that were said to be two, or one already, which the next publish will show."""
    left = (_without_rejected(one, aliases) for one in found)
    return [one for one in left if one is not None and not _is_decided(one, aliases)]


def alike(edition: Edition) -> list[Candidate]:
    """What the grant of the edition shows of owners and contractors, and of units and places where it shows all.

    The surest first, then those that concern most.
    """
    names = _names(edition)
    found = [*_offices(names["pemilik"]), *_firms(names["penyedia"])]
    if edition.grant.areas is None and edition.grant.owners is None:
        found += [*_units(edition), *_places(edition)]
    return sorted(found, key=lambda one: (HOW.index(one.how), -one.other.count, one.field, one.other.name))


def pairs(names: Iterable[Name], shape: Callable[[str], Shape]) -> list[Candidate]:
    """Of each name at most one other that it may be a spelling of; of two equally sure the one that occurs more."""
    known = {name.name: name for name in names if name.name != PERSON}
    shapes = {name: shape(name) for name in known}
    best: dict[str, Candidate] = {}
    for one, other, how, similarity in _alike(shapes, known):
        keep, less = sorted((known[one], known[other]), key=lambda name: (-name.count, name.name))
        found = Candidate(keep.field, keep, less, how, similarity)
        if less.name not in best or _sureness(found) < _sureness(best[less.name]):
            best[less.name] = found
    return list(best.values())


_offices = partial(pairs, shape=office)
_firms = partial(pairs, shape=firm)


def _sureness(candidate: Candidate) -> tuple[Any, ...]:
    return HOW.index(candidate.how), -candidate.similarity, -candidate.keep.count, candidate.keep.name


def _alike(shapes: Mapping[str, Shape], known: Mapping[str, Name]) -> Iterator[tuple[str, str, str, float]]:
    for one, other in _in_one_block(shapes.values(), lambda shape: ((shape.core,), (shape.joined,))):
        if _may_be_one(one, other, known):
            yield one.name, other.name, "part" if bool(one.places) != bool(other.places) else "key", 1.0
    frequency = _frequency(shapes.values())
    for words in ("core", "full"):
        for one, other in _but_for_one_word(shapes.values(), words):
            similarity = _mistyped(getattr(one, words), getattr(other, words), frequency)
            if similarity >= CLOSE and _may_be_one(one, other, known, is_whole=words == "full"):
                yield one.name, other.name, "close", similarity
    yield from _parts(shapes, known)


def _in_one_block(shapes: Iterable[Shape], keys: Callable[[Shape], Iterable[Any]]) -> Iterator[tuple[Shape, Shape]]:
    """Pairs that share a key: comparing each name with each would take a million times as long for ten thousand."""
    blocks: dict[Any, list[Shape]] = defaultdict(list)
    for shape in shapes:
        for key in set(keys(shape)):
            blocks[key].append(shape)
    for block in blocks.values():
        yield from combinations(block, 2)


def _but_for_one_word(shapes: Iterable[Shape], words: str) -> Iterator[tuple[Shape, Shape]]:
    """Pairs of names that differ in one word, which is like the other's. Thousands of firms may share all other words,
    or have but one: their words are compared in C."""
    blocks: dict[Any, dict[str, list[Shape]]] = defaultdict(lambda: defaultdict(list))
    for shape in shapes:
        for key, word in _all_but_one(shape, words):
            blocks[key][word].append(shape)
    for by_word in blocks.values():
        for one, other in _like_words(list(by_word)):
            yield from product(by_word[one], by_word[other])


def _like_words(words: list[str]) -> Iterator[tuple[str, str]]:
    # The table is of single precision, where four letters in five may be less than 0,8: `_mistyped` decides.
    least = CLOSE - 0.01
    for first in range(0, len(words), COMPARED_TOGETHER):
        some, others = words[first : first + COMPARED_TOGETHER], words[first:]
        alike = process.cdist(some, others, scorer=OSA.normalized_similarity, score_cutoff=least)
        for row, column in zip(*alike.nonzero(), strict=True):
            if column > row:
                yield some[row], others[column]


def _all_but_one(shape: Shape, words: str) -> Iterator[tuple[tuple[Any, ...], str]]:
    """The name once without each of its words, and that word; and how many words it has, for only one may differ. Of a
    firm also where the word stood."""
    told: tuple[str, ...] = getattr(shape, words)
    for position, word in enumerate(told):
        yield (len(told), position * shape.is_ordered, *told[:position], *told[position + 1 :]), word


def _mistyped(one: tuple[str, ...], other: tuple[str, ...], frequency: Mapping[str, int]) -> float:
    """How like the only word is that differs; 0 where it is no mistyped one."""
    mine, theirs = _without(one, other), _without(other, one)
    if len(mine) != 1 or len(theirs) != 1:
        return 0.0
    (word,), (like) = mine, theirs[0]
    if max(len(word), len(like)) < SHORTEST or {word, like} <= known_words():
        return 0.0
    if min(frequency[word], frequency[like]) > RARE:
        return 0.0
    return OSA.normalized_similarity(word, like)


def _without(words: tuple[str, ...], others: tuple[str, ...]) -> list[str]:
    left = list(words)
    for word in others:
        if word in left:
            left.remove(word)
    return left


def _frequency(shapes: Iterable[Shape]) -> dict[str, int]:
    """In how many names each word stands."""
    counted: dict[str, int] = defaultdict(int)
    for shape in shapes:
        for word in {*shape.core, *shape.full}:
            counted[word] += 1
    return counted


def _parts(shapes: Mapping[str, Shape], known: Mapping[str, Name]) -> Iterator[tuple[str, str, str, float]]:
    """Offices whose name is a part of another's, in the same places. The parts of firms' names are other firms."""
    if any(name.field == "penyedia" for name in known.values()):
        return
    blocks: dict[str, list[Shape]] = defaultdict(list)
    for shape in shapes.values():
        for place in known[shape.name].places:
            blocks[place].append(shape)
    seen = set()
    for block in blocks.values():
        for one, other in combinations(sorted(block, key=lambda shape: len(shape.core)), 2):
            more = _without(other.core, one.core)
            most = MOST_WORDS_MORE if len(one.core) > 1 else 1
            is_part = 0 < len(more) <= most and not _without(one.core, other.core)
            if is_part and (one.name, other.name) not in seen and _may_be_one(one, other, known):
                seen.add((one.name, other.name))
                yield one.name, other.name, "part", len(one.core) / len(other.core)


def _may_be_one(one: Shape, other: Shape, known: Mapping[str, Name], *, is_whole: bool = False) -> bool:
    """Numbers, legal forms and places agree. Where only one names its place the other's projects must lie in it; so too
    where the place itself may be what is mistyped (`is_whole`)."""
    if one.numbers != other.numbers or (one.legal_form and other.legal_form and one.legal_form != other.legal_form):
        return False
    if len(one.places) == len(other.places):
        return all(mine & theirs for mine, theirs in zip(one.places, other.places, strict=True))
    if one.places and other.places:
        return False
    placed, bare = (one, other) if one.places else (other, one)
    worked_in = set(known[bare.name].places)
    if is_whole:
        return bool(worked_in & set(known[placed.name].places))
    codes = frozenset[str]().union(*placed.places)
    # What works in one kabupaten is no office of the province.
    lies_in = _provinces_of(worked_in) if len(worked_in) > 1 else worked_in
    return bool(lies_in) and lies_in <= codes


def _provinces_of(places: Iterable[str]) -> set[str | None]:
    return {code if all_places()[code].kind == "provinsi" else all_places()[code].parent for code in places}


def _without_rejected(candidate: Candidate, aliases: Aliases) -> Candidate | None:
    """A spelling of a place with what it may still mean; None once a person has said of all places that it is none."""
    if candidate.field != "wilayah":
        return candidate
    codes = {name: _code(name) for name in candidate.offered}
    left = [name for name in codes if not aliases.are_different("wilayah", candidate.other.name, codes[name])]
    return replace(candidate, keep=Name("wilayah", codes[left[0]], 0), offered=tuple(left)) if left else None


def _is_decided(candidate: Candidate, aliases: Aliases) -> bool:
    if candidate.field == "wilayah":
        return name_key(candidate.other.name) in aliases.place_codes
    names = aliases.names[candidate.field]
    keep, other = (names.get(name.name, name.name) for name in (candidate.keep, candidate.other))
    return keep == other or any(
        aliases.are_different(candidate.field, *names)
        for names in ((candidate.keep.name, candidate.other.name), (keep, other))
    )


def _names(edition: Edition) -> dict[str, list[Name]]:
    areas, owners = edition.grant.areas, edition.grant.owners
    limits = {
        "places": None if areas is None else sorted(edition.visible_places),
        "owners": None if owners is None else sorted(owners),
    }
    rows: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in edition.query("name_rows", **limits):
        rows[row["field"], row["name"]].append(row)
    names: dict[str, list[Name]] = {"pemilik": [], "penyedia": []}
    for (field, name), of_places in rows.items():
        names[field].append(
            Name(
                field,
                name,
                sum(row["projects"] for row in of_places),
                tuple(row["place"] for row in of_places),
                tuple(sorted({file for row in of_places for file in row["files"]})),
                min(row["first"] for row in of_places),
                max(row["last"] for row in of_places),
            )
        )
    return names


def _units(edition: Edition) -> Iterator[Candidate]:
    """Units of targets that are no place, branch or group, beside those that are; known ones are never one."""
    rows = edition.query("target_units", **WHOLE)
    names = [Name("unit", row["name"], row["targets"], files=tuple(row["files"])) for row in rows]
    unknown = {row["name"] for row in rows if row["is_unknown"]}
    for found in pairs(names, office):
        keep, other = found.keep, found.other
        if keep.name in unknown and other.name not in unknown:
            keep, other = other, keep
        if other.name in unknown:
            yield Candidate("unit", keep, other, found.how, found.similarity)


def _places(edition: Edition) -> Iterator[Candidate]:
    """What was written where a place should be, and the place whose name is most like it."""
    for row in edition.query("unread_places", **WHOLE):
        other = Name("wilayah", row["written"], row["rows"])
        offered = tuple(nearest_places(row["written"], OFFERED_PLACES, closeness=PLACE_CLOSE))
        if offered:
            similarity = OSA.normalized_similarity(row["written"].casefold(), offered[0].casefold())
            yield Candidate("wilayah", Name("wilayah", _code(offered[0]), 0), other, "close", similarity, offered)


def _code(name: str) -> str:
    place = resolve_place(name)
    assert place is not None, name
    return place.code
