"""The places of Indonesia by Kemendagri code, and what people call them in files."""

import csv
import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path

PLACES_FILE = Path(__file__).parent / "reference" / "places.csv"
CODE = re.compile(r"\d\d(\.\d\d)?")
SPELLED_OUT = {
    "&": "dan",
    "adm": "administrasi",
    "kab": "kabupaten",
    "kep": "kepulauan",
    "prop": "provinsi",
    "propinsi": "provinsi",
    "prov": "provinsi",
    "sumatra": "sumatera",
}
LONGEST_NAME = 5  # words of the name of a place, with its kind
HINTED = 0.6  # from this likeness on a name is a hint to who reads it
KINDS = ("negara", "provinsi", "kabupaten", "kota")
KIND_PREFIX = re.compile(r"(kabupaten administrasi|kota administrasi|kabupaten|kota|provinsi) ", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """The nation ('00'), a province ('16') or a kabupaten/kota ('16.71').

    name is the full one ('Kota Palembang'), short_name is unique and for narrow spaces ('Palembang', 'Kab. Bandung').
    parent is None for the nation. bps_code and sirup_code are None where no source gave them: neither follows from
    the Kemendagri code.
    """

    code: str
    name: str
    short_name: str
    kind: str
    parent: str | None
    bps_code: str | None = None
    sirup_code: str | None = None


@lru_cache(maxsize=1)
def all_places() -> dict[str, Place]:
    """Every place by its Kemendagri code, nation first, in the order of the codes."""
    return {
        row["kode"]: Place(
            code=row["kode"],
            name=row["nama"],
            short_name=row["nama_pendek"],
            kind=row["jenis"],
            parent=row["induk"] or None,
            bps_code=row["bps"] or None,
            sirup_code=row["sirup"] or None,
        )
        for row in _rows()
    }


def resolve_place(text: str | None) -> Place | None:
    """The place meant by a dotted Kemendagri code or by a name; case, spaces and punctuation do not matter.

    None when unknown, and when it may be two places: 'Bandung' is a kabupaten and a kota, 'Jambi' a province and a
    kota. An undotted '1671' is None too: BPS and Kemendagri give such digits to different places.
    """
    text = (text or "").strip()
    if CODE.fullmatch(text):
        return all_places().get(text)
    codes = _codes_by_key().get(name_key(text), frozenset())
    return all_places()[min(codes)] if len(codes) == 1 else None


def nearest_places(text: str | None, count: int = 3, *, closeness: float = HINTED) -> list[str]:
    """At most count names to suggest for a text that resolve_place does not know; each of them resolves.

    All candidates of an ambiguous name, however many; the places that use the digits of an undotted code; else names
    spelled alike, the nearest first; `closeness` is how alike they must be (difflib's ratio).
    """
    text = (text or "").strip()
    if same := _codes_by_key().get(name_key(text)):
        return [_unambiguous_name(code) for code in sorted(same)]
    if not re.search(r"[^\d.\s]", text):
        return [_unambiguous_name(code) for code in _codes_with_digits(text)][:count]
    return [_unambiguous_name(code) for code in _codes_spelled_like(text, count, closeness)]


def places_named(words: Sequence[str]) -> list[tuple[int, int, frozenset[str]]]:
    """Where names of places stand in a text: first word, the one behind the last, and the codes that may be meant.

    The longest name counts: 'OKU Timur' is not 'OKU'.
    """
    found, start = [], 0
    while start < len(words):
        for end in range(min(len(words), start + LONGEST_NAME), start, -1):
            if codes := _codes_by_key().get(name_key(" ".join(words[start:end]))):
                found.append((start, end, codes))
                start = end
                break
        else:
            start += 1
    return found


def name_key(text: str) -> str:
    """What is compared of a name: letters and digits in lower case, the usual abbreviations spelled out."""
    words: list[str] = re.findall(r"&|[^\W_]+", text.lower())
    return "".join(SPELLED_OUT.get(word, word) for word in words)


def _rows() -> list[dict[str, str]]:
    with PLACES_FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@lru_cache(maxsize=1)
def _codes_by_bare_key() -> dict[str, frozenset[str]]:
    """The places by the keys of their names without 'Kabupaten', 'Kota' or 'Provinsi'."""
    codes: dict[str, set[str]] = {}
    for row in _rows():
        aliases = row["alias"].split("|") if row["alias"] else []
        for name in (row["nama"], row["nama_pendek"], *aliases):
            bare = KIND_PREFIX.sub("", name.replace("Kab. ", "Kabupaten "), count=1)
            codes.setdefault(name_key(bare), set()).add(row["kode"])
    return {key: frozenset(found) for key, found in codes.items()}


@lru_cache(maxsize=1)
def _codes_by_key() -> dict[str, frozenset[str]]:
    """The places by every key they are known by: bare, with the kind before it or behind it ('Bandung (Kab.)')."""
    places = all_places()
    codes: dict[str, set[str]] = {}
    for bare, found in _codes_by_bare_key().items():
        for code in found:
            kind = places[code].kind
            for key in (bare, kind + bare, bare + kind, name_key(places[code].name)):
                codes.setdefault(key, set()).add(code)
    return {key: frozenset(found) for key, found in codes.items()}


def _unambiguous_name(code: str) -> str:
    """The full name, with the kind before it where the name alone also means another place ('Provinsi Jambi')."""
    place = all_places()[code]
    return place.name if resolve_place(place.name) else f"{place.kind.capitalize()} {place.name}"


def _codes_with_digits(text: str) -> list[str]:
    """Kemendagri or BPS codes with these digits; '16.1' may be 16.10 from which a spreadsheet cut the zero."""
    digits = re.sub(r"\D", "", text)
    return [
        place.code
        for place in all_places().values()
        if digits and (digits in (place.bps_code, place.code.replace(".", "")) or f"{text}0" == place.code)
    ]


@lru_cache(maxsize=4096)
def _codes_spelled_like(text: str, count: int, closeness: float) -> list[str]:
    key = name_key(text)
    kind = next((kind for kind in KINDS if key.startswith(kind) or key.endswith(kind)), "")
    bare = key.removeprefix(kind).removesuffix(kind) or key
    by_key = _codes_by_bare_key()
    spellings = difflib.get_close_matches(bare, list(by_key), n=count, cutoff=closeness)
    places = all_places()
    codes = chain.from_iterable(
        sorted(by_key[spelling], key=lambda code: (places[code].kind != kind, code)) for spelling in spellings
    )
    return list(dict.fromkeys(codes))[:count]
