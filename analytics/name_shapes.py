"""What is compared of a name: its words spelled out, its numbers, the places it names, its legal form."""

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from data.places import places_named

WORDS_FILE = Path(__file__).parents[1] / "data" / "reference" / "name_words.csv"
WORD = re.compile(r"[^\W_]+")
# 'P.T.' and 'C.V' are one word each; so is the '(Persero)' that follows a name.
DOTTED = re.compile(r"\b(p\.\s?t|c\.\s?v|u\.\s?d|p\.\s?d)\b\.?", re.IGNORECASE)
APOSTROPHE = re.compile(r"['’‘`]")
LEGAL_FORMS = frozenset(("pt", "cv", "ud", "pd", "fa", "firma", "nv"))
BESIDE_LEGAL_FORM = frozenset(("persero", "tbk"))
EMPTY_WORDS = frozenset(("dan", "dinas", "the", "di"))  # 'PUPR OKI' is how people write 'Dinas PUPR OKI'
ROMAN = re.compile(r"(?=[ivx])x{0,3}(ix|iv|v?i{0,3})")


@dataclass(frozen=True)
class Shape:
    """One name taken apart. `core` are the words that are left: of an office in the order of the alphabet, without its
    places; of a firm as written. `full` has the places as well. `places`: of each place that it names the codes that
    may be meant."""

    name: str
    core: tuple[str, ...]
    full: tuple[str, ...]
    places: tuple[frozenset[str], ...]
    numbers: tuple[str, ...]
    legal_form: str | None
    is_ordered: bool  # the order of its words tells it from others

    @property
    def joined(self) -> str:
        return "".join(self.core)


def office(name: str) -> Shape:
    """An owner of projects, a branch, or whatever else has targets."""
    words = _words(name)
    mentions = places_named(words)
    inside = {position for first, last, _codes in mentions for position in range(first, last)}
    spelled = [(position in inside, part) for position, word in enumerate(words) for part in _spelled_out(word)]
    core = [part for is_place, part in spelled if not is_place]
    return Shape(
        name,
        tuple(sorted(_told(core))),
        tuple(sorted(_told([part for _is_place, part in spelled]))),
        tuple(sorted((codes for _first, _last, codes in mentions), key=sorted)),
        _numbers(core),
        _legal_form(words),
        is_ordered=False,
    )


def firm(name: str) -> Shape:
    """A contractor. The order of its words tells it from others: Karya Abadi is not Abadi Karya."""
    words = _words(name)
    told = _told([word for word in words if word not in LEGAL_FORMS | BESIDE_LEGAL_FORM])
    return Shape(name, told, told, (), _numbers(words), _legal_form(words), is_ordered=True)


def _words(name: str) -> list[str]:
    plain = "".join(char for char in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(char))
    plain = DOTTED.sub(lambda found: re.sub(r"[.\s]", "", found[0]) + " ", APOSTROPHE.sub("", plain))
    return WORD.findall(plain)


def _told(words: list[str]) -> tuple[str, ...]:
    """Without numbers, which must be equal, and what says nothing; where nothing else is left, all of it."""
    kept = tuple(word for word in words if word not in EMPTY_WORDS and _number(word) is None)
    return kept or tuple(words)


def _numbers(words: list[str]) -> tuple[str, ...]:
    return tuple(sorted(filter(None, map(_number, words))))


def _number(word: str) -> str | None:
    """'8' for '008' and 'viii'."""
    if word.isdecimal():
        return str(int(word))
    if ROMAN.fullmatch(word) is None:
        return None
    values = [{"i": 1, "v": 5, "x": 10}[letter] for letter in word]
    following = [*values[1:], 0]
    return str(sum(-value if value < after else value for value, after in zip(values, following, strict=True)))


def _legal_form(words: list[str]) -> str | None:
    """At either end of the name: 'Maju Jaya, CV'."""
    return next((word for word in (*words[:1], *words[-1:]) if word in LEGAL_FORMS), None)


def _spelled_out(word: str) -> list[str]:
    return spelled_out().get(word, word).split()


@cache
def spelled_out() -> dict[str, str]:
    """What abbreviations in the names of offices stand for."""
    with WORDS_FILE.open(encoding="utf-8", newline="") as file:
        return {row["kata"]: row["panjangnya"] for row in csv.DictReader(file)}


@cache
def known_words() -> frozenset[str]:
    """Words that offices are named by: one of them is not a mistyped other."""
    return frozenset(word for words in spelled_out().values() for word in words.split())
