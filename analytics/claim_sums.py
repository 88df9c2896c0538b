"""Figures that a text adds up: 'A + B = C' and the other way round, 'A ditambah B menjadi C', 'C terdiri atas A dan B',
'A dan B, totalnya C'.

A sum is one only where a word or a sign says so; figures that merely stand in a row are never added. After 'totalnya'
the same things must be counted: '10 proyek dan 20 pekerja, totalnya 3 paket' claims no sum.
"""

import re
from collections.abc import Iterator

from analytics.claim_figures import Figure, Text
from analytics.claim_places import before, gap, near

PLUS = re.compile(r"^[^+=;]{0,40}(?:\+|\bditambah\b|\bplus\b)[^+=;0-9]{0,40}$", re.IGNORECASE)
SIGN = re.compile(r"^[^+=;]{0,40}= ?(?:Rp\.? ?)?$", re.IGNORECASE)
EQUALS = re.compile(r"=|\b(?:menjadi|sama dengan|adalah|makes?|equals?|totals?|jumlahnya|totalnya)\b", re.IGNORECASE)
CONSISTS = re.compile(
    r"\b(?:terdiri (?:atas|dari)|terbagi (?:atas|menjadi)|yang meliputi|consists? of|made up of|compris(?:ing|es))\b",
    re.IGNORECASE,
)
LISTED = re.compile(r"^[^;=+0-9]{0,60}(?:,|\bdan\b|\bserta\b|\band\b|\bplus\b)[^;=+0-9]{0,40}$", re.IGNORECASE)
TOTAL = re.compile(r"\b(?:totalnya|total|jumlahnya|seluruhnya|semuanya|in total|in all|altogether)\b", re.IGNORECASE)
# In a row of parts such a word begins something else: a share, a change, a target.
RELATES = re.compile(
    r"\b(?:dari|of|menjadi|naik|turun|rose|fell|target|sasaran|atau|or|sedangkan|while|dibanding\w*)\b", re.IGNORECASE
)
NOUN = re.compile(r"^ ?([a-z]{3,})", re.IGNORECASE)
MOST_PARTS = 20
Sum = tuple[tuple[int, ...], int]  # places of the parts and of the total among the figures of the text


def sums(text: Text) -> Iterator[Sum]:
    """The sums of a text in order; no figure stands in two of them."""
    used: set[int] = set()
    for place in range(len(text.figures)):
        for find in (_by_sign, _by_sign_first, _by_parts, _by_total):
            found = find(text, place)
            if found is not None and not used & {*found[0], found[1]}:
                used |= {*found[0], found[1]}
                yield found
                break


def _by_sign(text: Text, place: int) -> Sum | None:
    """'A + B = C', 'A ditambah B menjadi C'."""
    last = _last_added(text, place)
    total = last + 1
    if last == place or total >= len(text.figures) or not _alike(text, place, total):
        return None
    return (tuple(range(place, total)), total) if EQUALS.search(gap(text, last)) else None


def _by_sign_first(text: Text, place: int) -> Sum | None:
    """'C = A + B'."""
    if place + 2 >= len(text.figures) or not SIGN.match(gap(text, place)) or not _alike(text, place, place + 1):
        return None
    last = _last_added(text, place + 1)
    return (tuple(range(place + 1, last + 1)), place) if last > place + 1 else None


def _last_added(text: Text, place: int) -> int:
    """The last of the figures of one kind with a plus between them."""
    last = place
    while last + 1 < len(text.figures) and PLUS.match(gap(text, last)) and _alike(text, last, last + 1):
        last += 1
    return last


def _by_parts(text: Text, place: int) -> Sum | None:
    """'C terdiri atas A dan B'."""
    if place + 2 >= len(text.figures) or not CONSISTS.search(gap(text, place)) or not near(text, place, place + 1):
        return None
    last = _last_listed(text, place + 1)
    return (tuple(range(place + 1, last + 1)), place) if last > place + 1 and _alike(text, place, last) else None


def _by_total(text: Text, place: int) -> Sum | None:
    """'A dan B, totalnya C'."""
    last = _last_listed(text, place)
    while last > place:
        if TOTAL.search(before(text, last)) and last - place >= 2:
            parts = tuple(range(place, last))
            return (parts, last) if _count_the_same(text, (*parts, last)) else None
        last -= 1
    return None


def _last_listed(text: Text, place: int) -> int:
    """The last of the figures of one kind that stand in a row, with commas and *dan* between them."""
    last = place
    while last + 1 < len(text.figures) and last - place < MOST_PARTS and _alike(text, last, last + 1):
        between = gap(text, last)
        if not LISTED.match(between) or RELATES.search(between):
            break
        last += 1
    return last


def _alike(text: Text, one: int, other: int) -> bool:
    kinds = {text.figures[one].kind, text.figures[other].kind}
    return len(kinds) == 1 and kinds <= {"count", "rupiah", "percent"} and near(text, min(one, other), max(one, other))


def _count_the_same(text: Text, places: tuple[int, ...]) -> bool:
    nouns = {noun for place in places if (noun := _noun(text, text.figures[place]))}
    return len(nouns) <= 1


def _noun(text: Text, figure: Figure) -> str | None:
    found = NOUN.match(text.text[figure.end : figure.end + 30])
    word = found[1].lower() if found else None
    return None if word in ("dan", "and", "serta", "plus", "atau", "totalnya", "total", "ditambah", "jadi") else word
