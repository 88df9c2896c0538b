"""What the words of procurement records mean here: owners, funds, places, durations."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from data.categories import resolve_fund, resolve_owner_type
from data.importers.meanings import month_end
from data.places import KIND_PREFIX, Place, name_key, resolve_place

SMALL_WORDS = frozenset(("dan", "di", "ke", "dari", "untuk", "pada", "yang", "atau", "dengan"))
ABBREVIATIONS = frozenset((
    "BBPJN", "BBWS", "BLU", "BLUD", "BPBD", "BPJN", "BPKAD", "BUMD", "BUMN", "BWS", "DPR", "DPRD", "DPUTR", "KB",
    "KPU", "PAUD", "PDAM", "PKK", "PSDA", "PUPR", "PUTR", "RSD", "RSUD", "RSJ", "SD", "SDA", "SKB", "SMA", "SMK",
    "SMP", "SNVT", "TK", "UKM", "UPT", "UPTD", "PU", "TNI", "II", "III", "IV", "VI", "VII", "VIII", "IX",
))  # fmt: skip
GOVERNMENT_TYPES = {
    "provinsi": "OPD provinsi",
    "kabupaten": "OPD kabupaten/kota",
    "kota": "OPD kabupaten/kota",
    "kementerian": "Kementerian",
    "lembaga": "Kementerian",
    "instansi": "Kementerian",
}
KIND_WORD = re.compile(r"(kab|kabupaten|kota|prov|provinsi)\b", re.IGNORECASE)
BARE_BUDGET = re.compile(r"apbd[ -]?(p|perubahan)?", re.IGNORECASE)
DURATION = re.compile(r"(\d{1,4})\s*(?:\([^)]*\))?\s*(hari|minggu|bulan)?(\s+kerja)?", re.IGNORECASE)
MAX_DAYS = 3660


@dataclass(frozen=True)
class Site:
    """A place and how it is known: 'lokasi' as given, 'instansi' the buyer's territory."""

    code: str
    known_from: str


def readable_name(text: str) -> str:
    """A name in capitals as it is written in a letter: 'DINAS KESEHATAN' → 'Dinas Kesehatan'. Mixed case stays."""
    if not text.isupper():
        return text
    return re.sub(r"[^\W\d_]+", lambda found: _readable_word(found[0], is_first=found.start() == 0), text)


def owner_name(buyer: str, government: str) -> str:
    """The buyer with its government, unless its name says it: 'Dinas Kesehatan' alone may be anybody's."""
    name, of = readable_name(buyer), government_name(government)
    if name and (place_in(name) or name_key(of) in name_key(name)):
        return name
    return f"{name} {of}".strip()


def government_name(government: str) -> str:
    """'Kab. Bandung', 'Kota Palembang', 'Provinsi Jawa Barat'; what is no regional government keeps its name."""
    place = resolve_place(government)
    if place is None or place.kind == "negara":
        return readable_name(government)
    if place.kind == "kabupaten":
        return f"Kab. {KIND_PREFIX.sub('', place.name)}"
    return place.name if place.kind == "kota" else f"Provinsi {place.name}"


def owner_type(government_type: str, government: str) -> str:
    """One of OWNER_TYPES; '' when nothing tells."""
    if found := GOVERNMENT_TYPES.get(government_type.lower()):
        return found
    if found := resolve_owner_type(government_type):
        return found
    if government.lower().startswith(("kementerian", "badan", "lembaga", "kepolisian", "mahkamah", "kejaksaan")):
        return "Kementerian"
    place = place_in(government)
    return GOVERNMENT_TYPES.get(place.kind, "") if place else ""


def fund_name(fund: str, type_of_owner: str) -> str:
    """One of FUNDS: a bare APBD is that of the buyer's level, several different ones are 'Lain'.

    '' when blank, the text itself when unknown, so that the rule on funds refuses it.
    """
    parts = [part for text in re.split(r"[,;+/]", fund) if (part := re.sub(r"\b(19|20)\d\d\b", "", text).strip(" -"))]
    found = {_one_fund(part, type_of_owner) or part for part in parts}
    if len(found) > 1:
        return "Lain"
    return next(iter(found), "")


def site_of(locations: tuple[str, ...], government: str) -> Site | None:
    """Where the work lies: the given place, or the province or nation that holds all the given ones.

    Without one the buyer's territory; None when that is not known either.
    """
    given = {place for text in locations if (place := _place_of_location(text))}
    if given:
        provinces = {place.code[:2] for place in given}
        one = next(iter(given)).code if len(given) == 1 else None
        return Site(one or (provinces.pop() if len(provinces) == 1 else "00"), "lokasi")
    territory = place_in(government)
    return Site(territory.code, "instansi") if territory else None


@cache
def place_in(text: str) -> Place | None:
    """The place that a text is or ends in: 'PDAM Tirta Raharja Kabupaten Bandung' ends in one."""
    words = text.split()
    for start in range(len(words)):
        tail = " ".join(words[start:])
        place = resolve_place(tail)
        # Inside a name only with the word for its kind: many a kecamatan is called like a kabupaten.
        if place and (start == 0 or KIND_WORD.match(tail)):
            return place
    return None


def last_day(first: date, duration: str) -> date | None:
    """The last day of '90 Hari Kalender' or '8 (delapan) bulan' from the first; None when it does not say.

    The first day counts. Working days are not read: which days a buyer counts is not known.
    """
    found = DURATION.search(duration)
    if found is None or found[3]:
        return None
    count, unit = int(found[1]), (found[2] or "hari").lower()
    if unit == "bulan":
        months = first.year * 12 + first.month - 1 + count
        if not 0 < count <= MAX_DAYS // 30:
            return None
        after = date(months // 12, months % 12 + 1, 1)
        return min(after + timedelta(days=first.day - 1), month_end(after)) - timedelta(days=1)
    days = count * 7 if unit == "minggu" else count
    return first + timedelta(days=days - 1) if 0 < days <= MAX_DAYS else None


def _readable_word(word: str, *, is_first: bool) -> str:
    if word in ABBREVIATIONS or len(word) == 1:
        return word
    lower = word.lower()
    return lower if lower in SMALL_WORDS and not is_first else lower.capitalize()


def _one_fund(part: str, type_of_owner: str) -> str | None:
    if BARE_BUDGET.fullmatch(part) and type_of_owner.startswith("OPD "):
        return f"APBD {type_of_owner.removeprefix('OPD ')}"
    return resolve_fund(part)


def _place_of_location(text: str) -> Place | None:
    """'Kecamatan Paseh - Bandung (Kab.) - Jawa Barat' names kabupaten and province last; a province alone is enough."""
    parts = [part.strip() for part in text.split(" - ")]
    province = resolve_place(parts[-1])
    if len(parts) > 1 and (place := resolve_place(parts[-2])) and (province is None or place.parent == province.code):
        return place
    return province if province and province.kind != "negara" else None
