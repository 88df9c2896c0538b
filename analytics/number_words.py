"""Numbers in words, Indonesian and English: 'seratus dua puluh tiga ribu', 'setengah juta', 'half a million'.

Read is what cannot be an article or an ordinary word: a number with a scale (ribu, juta …), of two words or more, or
before a percent sign or word. 'salah satu' and 'dua kabupaten' stay words; so do years, durations and multiples.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

ONES = {
    word: number
    for number, words in enumerate(
        ("nol zero", "satu one", "dua two", "tiga three", "empat four", "lima five", "enam six", "tujuh seven",
         "delapan eight", "sembilan nine", "sepuluh ten", "sebelas eleven", "twelve", "thirteen", "fourteen", "fifteen",
         "sixteen", "seventeen", "eighteen", "nineteen")
    )
    for word in words.split()
}  # fmt: skip
TENS = {
    word: 10 * (number + 2)
    for number, word in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"))
}
SCALES = {
    "ribu": 1000, "thousand": 1000, "juta": 10**6, "million": 10**6, "miliar": 10**9, "milyar": 10**9, "billion": 10**9,
    "triliun": 10**12, "trilyun": 10**12, "trillion": 10**12,
}  # fmt: skip
WHOLE = {"seratus": 100, "seribu": 1000, "sejuta": 10**6}
HALF = ("setengah", "separuh", "half")
POINT = ("koma", "point")
BELAS, PULUH, HUNDRED = "belas", "puluh", ("ratus", "hundred")
WORDS = (*ONES, *TENS, *SCALES, *WHOLE, *HALF, *POINT, BELAS, PULUH, *HUNDRED)
ANY = "|".join(sorted(WORDS, key=len, reverse=True))
# 'and' and 'a' only inside: 'one hundred and five', 'half a million'. A number in digits before a scale is no word.
PHRASE = re.compile(
    rf"(?<![\w-])(?:a (?=hundred|thousand|million|half))?(?:{ANY})(?:[ -](?:and |a )?(?:{ANY}))*(?![\w-])"
)
AFTER_DIGITS = re.compile(r"[0-9][0-9.,]* ?$")
PERCENT_AFTER = re.compile(r" ?(?:%|persen|prosen|percent|per cent|pct|poin|points?)")
YEAR_BEFORE = re.compile(r"\b(?:tahun|year|pasal|article|ayat|nomor|number) $")
DURATION_AFTER = re.compile(r" (?:kali|times|hari|jam|minggu|bulan|tahun|menit|days?|hours?|weeks?|months?|years?)\b")
MOST_WORDS = 24


@dataclass(frozen=True)
class Worded:
    """A number in words from `start` to `end`: `value` times `scale`, with as many decimals as are told of `value`."""

    start: int
    end: int
    value: Fraction
    decimals: int
    scale: int


def numbers_in(text: str) -> Iterator[Worded]:
    """The numbers in words of a text, in order. What is no well-formed number is none."""
    lowered = text.lower()
    for found in PHRASE.finditer(lowered):
        words = [word for word in re.split(r"[ -]", found[0]) if word not in ("and", "a")]
        before = lowered[max(0, found.start() - 24) : found.start()]
        if len(words) > MOST_WORDS or AFTER_DIGITS.search(before):
            continue
        if YEAR_BEFORE.search(before) or DURATION_AFTER.match(lowered, found.end()):
            continue
        has_scale = any(word in SCALES or word in ("seribu", "sejuta") for word in words)
        if not (has_scale or len(words) > 1 or PERCENT_AFTER.match(lowered, found.end())) or words in map(list, _BARE):
            continue
        read = _read(words)
        if read is not None:
            yield Worded(found.start(), found.end(), *read)


_BARE = [(word,) for word in (*SCALES, *HALF, *POINT, BELAS, PULUH, *HUNDRED)]


def _read(words: list[str]) -> tuple[Fraction, int, int] | None:
    """Value, decimals and scale: 'dua juta tiga ratus ribu' is 2.300 thousand."""
    if words[0] in HALF and len(words) == 2 and words[1] in SCALES:
        return Fraction(1, 2), 1, SCALES[words[1]]
    if any(word in POINT for word in words):
        return _with_point(words)
    groups, least = _groups(words)
    if groups is None:
        return None
    decimals = 0
    if least < 0:  # 'satu setengah juta'
        decimals, least = 1, -least
    return groups / least, decimals, least


def _with_point(words: list[str]) -> tuple[Fraction, int, int] | None:
    """'empat puluh lima koma enam' is 45,6; the digits behind the mark are told one by one."""
    place = next(number for number, word in enumerate(words) if word in POINT)
    scale = SCALES.get(words[-1], 1)
    digits = words[place + 1 : len(words) - (scale > 1)]
    whole, _least = _groups(words[:place])
    if whole is None or not digits or any(ONES.get(word, 10) > 9 for word in digits):
        return None
    told = "".join(str(ONES[word]) for word in digits)
    return whole + Fraction(int(told), 10 ** len(told)), len(told), scale


def _groups(words: list[str]) -> tuple[Fraction | None, int]:
    """The number, and the smallest scale told of it (negative where a half of it is told); None for no number."""
    total, rest, last = Fraction(0), list(words), 10**15
    least = 1
    while rest:
        end = next((place for place, word in enumerate(rest) if word in SCALES), None)
        group, rest, scale = (rest, [], 1) if end is None else (rest[:end], rest[end + 1 :], SCALES[rest[end]])
        if group and group[0] in ("seribu", "sejuta") and scale == 1:
            scale = WHOLE[group[0]]
            rest, group = group[1:], ["satu"]
        half = bool(group) and group[-1] in HALF
        count = _below_thousand(group[:-1] if half else group)
        if count is None or (scale >= last) or (half and (rest or scale == 1)):
            return None, 1
        total += (count + (Fraction(1, 2) if half else 0)) * scale
        last, least = scale, -scale if half else scale
    return (total, least) if words else (None, 1)


def _below_thousand(words: list[str]) -> int | None:
    """1 to 999; 0 for 'nol'. Each word must stand where it can."""
    if not words:
        return None
    total, rest = 0, list(words)
    if rest[0] == "seratus":
        total, rest = 100, rest[1:]
    elif len(rest) > 1 and rest[1] in HUNDRED and 0 < ONES.get(rest[0], 0) < 10:
        total, rest = 100 * ONES[rest[0]], rest[2:]
    elif rest[0] == "hundred":
        total, rest = 100, rest[1:]
    tens = _below_hundred(rest)
    return None if tens is None else total + tens


def _below_hundred(words: list[str]) -> int | None:
    match words:
        case []:
            return 0
        case [one] if one in ONES:
            return ONES[one]
        case [one, "belas"] if 1 < ONES.get(one, 0) < 10:
            return 10 + ONES[one]
        case [one, "puluh", *rest] if 1 < ONES.get(one, 0) < 10 and len(rest) < 2:
            after = _below_hundred(rest)
            return None if after is None or after > 9 else 10 * ONES[one] + after
        case [tens, *rest] if tens in TENS and len(rest) < 2:
            after = _below_hundred(rest)
            return None if after is None or after > 9 else TENS[tens] + after
    return None
