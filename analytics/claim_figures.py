"""The figures in an Indonesian or English text: what each says, and what its printed digits allow.

Rounding. A figure is rounded to its last printed digit: 123 ribu is 122,5 to 123,5 ribu, 45,6 % is 45,55 to 45,65 %. A
count printed in full (935.079) is exact. A word before it widens it: with *sekitar* (about, kira-kira …) closing zeros
are rounding too, as far as two digits remain, and it is at least one printed unit wide: sekitar 270 ribu is 265 to 275
ribu, sekitar 123 ribu is 122 to 124 ribu. *hampir* (nearly) reaches down by twice that half, *lebih dari* (more than)
has no upper end, *kurang dari* (less than) none but zero below.

Marks. 45,6 or 45.6, 1.234.567 or 1,234,567. A count or an amount printed in full has no decimals of three digits: 1.234
and 1,234 are 1234. Of percentages and before a scale (1.234 juta) each number that can be read in one way only decides
the mark of those that cannot; without one the words of the text decide, Indonesian first. M is *miliar*, never million.
Per mille (12 ‰, 12 per mil) is read as percent.

Words. 'seratus dua puluh tiga ribu' and 'setengah juta' are figures as 123 ribu and 0,5 juta are (number_words).

No figures: dates, years, times of day, references (Perda 2/2022, Pasal 5), ranks (peringkat 3 dari 17), durations,
multiples (naik 2 kali), telephone numbers, digits within a code. All patterns take time in proportion to the text.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from analytics.number_words import Worded, numbers_in
from data.cases import could_be_nik, in_plain_digits
from data.errors import CakupanError

MOST_CHARACTERS = 10_000
MOST_FIGURES = 200
MOST_DIGITS = 18  # APBN is written with sixteen
KEPT_DIGITS = 2
BEFORE = 48

SCALES = {
    1000: ("ribu", "rb", "thousand", "k"),
    10**6: ("juta", "jt", "million", "mn"),
    10**9: ("miliar", "milyar", "m", "billion", "bn"),
    10**12: ("triliun", "trilyun", "t", "trillion"),
}
SCALE_OF = {word: scale for scale, words in SCALES.items() for word in words}
MONTH = (
    r"(?:januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember|january|february|march|"
    r"may|june|july|august|october|december|jan|feb|mar|apr|jun|jul|agu|ags|aug|sep|sept|okt|oct|nov|des|dec)\b\.?"
)
COUNTED = r"(?:pekerja|tenaga|orang|peserta|jiwa|proyek|paket|workers?|people|persons?|members?|projects?)\b"
LEGAL = (
    r"(?:perda|perwali|pergub|perbup|perpres|permenaker|permen|kepmen|inpres|keppres|uu|pp|sk|se|nomor|no|number|"
    r"pasal|ayat|bab|article|section|law|regulation|tahun|year|ta|kode|code|edisi|edition|halaman|page|hlm|triwulan|"
    r"semester|kuartal|quarter|tw|rt|rw)"
)
YEAR = r"(?:19|20)[0-9]{2}(?![0-9]|[.,][0-9])"
NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
# In this order; what one takes the next does not see.
PASSED_OVER = (
    ("time", r"\b(?:pukul|jam) [0-2]?[0-9][.:][0-5][0-9](?![0-9]|[.,:][0-9]| ?[%0-9])"),
    ("time", r"(?<![0-9.,:/])[0-2]?[0-9][.:][0-5][0-9] ?(?:wib|wita|wit|am|pm)\b"),
    ("telephone", r"(?<![0-9.,/])(?:\+62|\(?\b0[0-9]{2,3}\)?)[ /-]?[0-9]{3,8}(?:[ -][0-9]{3,8}){0,2}(?![0-9.,/%])"),
    ("factor", r"[x×*] ?100 ?(?:%|persen\b|percent\b)"),
    ("date", rf"(?<![0-9.,])[0-9]{{1,2}}(?: ?- ?[0-9]{{1,2}})? {MONTH}(?: [0-9]{{4}}(?![0-9]))?"),
    ("date", rf"\b{MONTH} (?:[0-9]{{1,2}}(?:st|nd|rd|th)?,? )?[0-9]{{4}}(?![0-9.,]*[0-9])"),
    ("date", r"(?<![0-9.,/-])[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?(?![0-9-])"),
    ("date", r"(?<![0-9.,/-])[0-9]{1,2}([/.-])[0-9]{1,2}\1(?:[0-9]{4}|[0-9]{2})(?![0-9/-]|[.,][0-9])"),
    ("reference", rf"\b{LEGAL}\.? ?[0-9]{{1,6}}(?:[/-][a-z0-9]{{1,20}}){{0,4}}(?! ?[=/%0-9]|[.,][0-9])"),
    ("reference", rf"(?<![0-9.,/])[0-9]{{1,2}}/{YEAR}"),
    ("year", rf"(?<![0-9.,])(?<!rp)(?<!rp )(?<!rp\. ){YEAR}(?! ?(?:%|persen|percent|ribu|juta|{COUNTED}))"),
    ("rank", r"\b(?:peringkat|urutan|ranking|ranked|rank|juara|place) (?:ke )?[0-9]{1,3}(?! ?[%0-9]|[.,][0-9])"),
    ("multiple", r"(?<![0-9.,])[0-9]{1,4}(?:[.,][0-9]{1,2})? ?(?:x|kali|times|fold)\b"),
    ("duration", r"(?<![0-9.,])[0-9]{1,4} ?(?:hari|jam|minggu|bulan|tahun|menit|days?|hours?|weeks?|months?|years?)\b"),
)  # fmt: skip
PASSED = [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in PASSED_OVER]
SCALE = re.compile(
    r" ?(ribu|rb|juta|jt|miliar|milyar|triliun|trilyun|thousand|million|billion|trillion|mn|bn)\b", re.IGNORECASE
)
SHORT_SCALE = re.compile(r" ?([MT])\b|([kK])\b")
POINTS = re.compile(
    r" ?(?:percentage[ -]points?|poin persen(?:tase)?|persen(?:tase)? poin|% ?poin|poin|points?|ppt|pp)\b",
    re.IGNORECASE,
)
PERMILLE = re.compile(r" ?(?:‰|(?:per ?mil|permil|per ?mille|per thousand)\b)", re.IGNORECASE)
PERCENT = re.compile(r" ?(?:%|(?:persen|prosen|percent|per cent|pct)\b)", re.IGNORECASE)
RUPIAH_AFTER = re.compile(r" ?rupiah\b", re.IGNORECASE)
RUPIAH_BEFORE = re.compile(r"(?:rp|idr)\.? ?$", re.IGNORECASE)
MORE_AFTER = re.compile(r" ?lebih\b(?! (?:dari|banyak|sedikit|tinggi|rendah|besar|kecil))", re.IGNORECASE)
WIDENED = (
    ("about", r"(?:kurang lebih|lebih kurang|sekitar|kira-kira|kisaran|about|around|approximately|roughly|some|±|~)"),
    ("nearly", r"(?:hampir|mendekati|nearly|almost)"),
    ("more", r"(?:lebih dari|di atas|sedikitnya|setidaknya|paling sedikit|minimal|more than|over|above|at least)"),
    ("less", r"(?:kurang dari|di bawah|paling banyak|maksimal|less than|under|below|at most|up to)"),
)
WIDE = [(name, re.compile(rf"(?<![a-z]){words} ?(?:(?:rp|idr)\.? ?)?$", re.IGNORECASE)) for name, words in WIDENED]
# Letters, hyphenated or not, and a stroke make a code of what follows; a stroke after a number divides.
GLUED, DIVIDED = (
    re.compile(r"[^\W\d]-?$|/$"),
    re.compile(r"(?:[0-9%] ?| |[0-9] ?(?:rb|ribu|jt|juta|k|m))/$", re.IGNORECASE),
)
RANGE = re.compile(r" ?(?:-|sampai(?: dengan)?|hingga|s\.?d\.?|s/d|to|and|dan) ?", re.IGNORECASE)
FROM = re.compile(r"(?:(?<!\blebih )(?<!\bkurang )\bdari|\bfrom)(?: [a-z]+){0,2} $", re.IGNORECASE)
BETWEEN = re.compile(r"\b(?:antara|between) $", re.IGNORECASE)
ENGLISH = re.compile(
    r"\b(?:of|the|percent|or|and|workers|from|to|thousand|million|billion|only|members)\b", re.IGNORECASE
)
INDONESIAN = re.compile(
    r"\b(?:dari|persen|atau|dan|pekerja|menjadi|ribu|juta|miliar|baru|peserta|sekitar|yang)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Figure:
    """One figure of a text. `kind` is count, rupiah, percent or points.

    `low` to `high` is what its digits and the word before it allow; `high` None: no end. `zeros_low` and `zeros_high`
    are what they would allow if the closing zeros of a count printed in full were rounding: 270.000 as 265.000 to
    275.000; else as low and high. `start` and `end` are places in Text.text.
    """

    text: str
    kind: str
    value: Fraction
    low: Fraction
    high: Fraction | None
    zeros_low: Fraction
    zeros_high: Fraction | None
    start: int
    end: int
    width: str = "printed"
    scale: int = 1


@dataclass(frozen=True)
class Text:
    """A text as it was read: its plain characters, its figures in order, and numbers that are none with the reason."""

    text: str
    figures: tuple[Figure, ...]
    passed_over: tuple[tuple[str, str], ...]


def read(text: str) -> Text:
    """The figures of a text; CakupanError when it is too long, or holds what could be a NIK, which is not quoted."""
    if len(text) > MOST_CHARACTERS:
        raise CakupanError(
            f"Teks berisi {len(text)} huruf, paling banyak {MOST_CHARACTERS}; periksa bagian demi bagian."
        )
    plain = _plain(text)
    _refuse_persons(plain)
    masked, passed = _without_dates(plain)
    mark = _decimal_mark(masked)
    found = [_figure_in_words(plain, masked, worded) for worded in numbers_in(masked)]
    for match in NUMBER.finditer(masked):
        figure = _figure(plain, masked, match, mark)
        if figure is None:
            passed.append((match[0], "unread"))
        else:
            found.append(figure)
        if len(found) > MOST_FIGURES:
            raise CakupanError(f"Teks memuat lebih dari {MOST_FIGURES} angka; periksa bagian demi bagian.")
    found.sort(key=lambda figure: figure.start)
    return Text(plain, tuple(_with_ranges(plain, found)), tuple(passed))


def _plain(text: str) -> str:
    """One line of ordinary characters and digits; marks that cannot be seen are gone."""
    text = in_plain_digits(text.replace("…", " "))
    kept = (one for one in text if unicodedata.category(one) not in ("Cn", "Co", "Cs"))
    told = "".join("-" if one in "‐‑‒–—−" else one for one in kept)
    told = re.sub(r"[\r\n]+", " ; ", told.strip())
    return " ".join("".join(one if one.isprintable() else " " for one in told).split())


def _refuse_persons(plain: str) -> None:
    grouped = re.sub(r"(?<![0-9.])[0-9]{1,3}(?:\.[0-9]{3}){4,5}(?![0-9]|\.[0-9])", "", plain)
    grouped = re.sub(r"(?<![0-9,])[0-9]{1,3}(?:,[0-9]{3}){4,5}(?![0-9]|,[0-9])", "", grouped)
    if could_be_nik(grouped) or re.search(r"[0-9]{16}", plain):
        raise CakupanError(
            "Teks memuat deretan 16 angka atau lebih yang dapat berupa NIK, jadi tidak dibaca; hapus lebih dahulu."
        )


def _without_dates(plain: str) -> tuple[str, list[tuple[str, str]]]:
    """The text, equally long, with letters in the place of digits that are no figures."""
    passed: list[tuple[str, str]] = []
    for name, pattern in PASSED:
        pieces, last = [], 0
        for match in pattern.finditer(plain):
            passed.append((match[0].strip(), name))
            pieces += [plain[last : match.start()], re.sub(r"[0-9]", "_", match[0])]
            last = match.end()
        plain = "".join(pieces) + plain[last:]
    return plain, passed


def _decimal_mark(plain: str) -> str:
    votes = {",": 0, ".": 0}
    for match in NUMBER.finditer(plain):
        if mark := _own_mark(match[0]):
            votes[mark] += 1
    if votes[","] != votes["."]:
        return max(votes, key=lambda mark: votes[mark])
    return "." if len(ENGLISH.findall(plain)) > len(INDONESIAN.findall(plain)) else ","


def _own_mark(number: str) -> str | None:
    """The decimal mark that a number's own form proves; None where it may be either, or has none."""
    marks = [one for one in number if one in ",."]
    if len(set(marks)) == 2:
        return marks[-1]
    if len(marks) > 1:
        return "," if marks[0] == "." else "."
    if not marks:
        return None
    whole, part = number.split(marks[0])
    if len(part) != 3 or len(whole) > 3 or whole.startswith("0"):
        return marks[0]
    return None


def _value(number: str, mark: str, *, is_in_full: bool) -> tuple[Fraction, int] | None:
    """The number and its printed decimals; None where its groups are not of three."""
    own = _own_mark(number)
    if own is None and is_in_full:
        mark = "," if "." in number else "."
    mark = own or mark
    whole, _, part = number.partition(mark)
    groups = whole.split("." if mark == "," else ",")
    well_formed = len(groups) == 1 or (1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:]))
    digits = "".join(groups) + part
    if not well_formed or (part and not part.isdigit()) or not digits.isdigit() or len(digits) > MOST_DIGITS:
        return None
    return Fraction(int(digits), 10 ** len(part)), len(part)


def _figure(plain: str, masked: str, match: re.Match[str], mark: str) -> Figure | None:
    start, end = match.span()
    before = masked[max(0, start - BEFORE) : start]
    is_rupiah = bool(RUPIAH_BEFORE.search(before))
    is_glued = bool(GLUED.search(before)) and not DIVIDED.search(before)
    scale, end = _scale(masked, end)
    kind, after = _kind(masked, end, is_rupiah=is_rupiah)
    read_value = _value(match[0], mark, is_in_full=scale == 1 and kind in ("count", "rupiah"))
    if read_value is None or (is_glued and not is_rupiah):
        return None
    value, decimals = read_value
    if kind == "count" and re.match(r"[^\W\d]", masked[after : after + 1]):
        return None
    sign = -1 if re.search(r"(?:^|[ (])-$", before) else 1
    return _read_as(plain, masked, (start, end), sign * value, decimals, scale)


def _figure_in_words(plain: str, masked: str, worded: Worded) -> Figure:
    return _read_as(plain, masked, (worded.start, worded.end), worded.value, worded.decimals, worded.scale)


def _read_as(plain: str, masked: str, place: tuple[int, int], value: Fraction, decimals: int, scale: int) -> Figure:
    """The figure with what stands before and after its number: a unit, and a word that widens it."""
    start, end = place
    before = masked[max(0, start - BEFORE) : start]
    kind, after = _kind(masked, end, is_rupiah=bool(RUPIAH_BEFORE.search(before)))
    if PERMILLE.match(masked, end):
        value, decimals = value / 10, decimals + 1
    end = after
    width = next((name for name, words in WIDE if words.search(before)), "printed")
    if width == "printed" and MORE_AFTER.match(masked, end):
        width = "more"
    exact = kind == "count" and scale == 1 and decimals == 0
    signed = value * scale
    bare = Figure(plain[start:end], kind, signed, signed, signed, signed, signed, start, end, width, scale)
    return _widened(bare, Fraction(scale, 10**decimals), is_exact=exact)


def _scale(text: str, end: int) -> tuple[int, int]:
    found = SCALE.match(text, end) or SHORT_SCALE.match(text, end)
    if not found:
        return 1, end
    word = next(group for group in found.groups() if group)
    return SCALE_OF[word.lower()], found.end()


def _kind(text: str, end: int, *, is_rupiah: bool) -> tuple[str, int]:
    for kind, pattern in (("points", POINTS), ("percent", PERCENT), ("percent", PERMILLE), ("rupiah", RUPIAH_AFTER)):
        if found := pattern.match(text, end):
            return kind, found.end()
    return ("rupiah" if is_rupiah else "count"), end


def _widened(figure: Figure, unit: Fraction, *, is_exact: bool) -> Figure:
    value = figure.value
    zeros = max(_closing_unit(abs(value), unit) / 2, unit)
    half = {"printed": Fraction(0) if is_exact else unit / 2, "about": zeros, "nearly": 2 * zeros}.get(
        figure.width, unit / 2
    )
    if figure.width == "more":
        ends = (value, None)
    elif figure.width == "less":
        ends = (min(Fraction(0), value), value)
    else:
        ends = (value - half, value if figure.width == "nearly" else value + half)
    has_zeros = is_exact and figure.width == "printed" and value != 0 and value % 1000 == 0
    rounded = (value - zeros, value + zeros) if has_zeros else ends
    return replace(figure, low=ends[0], high=ends[1], zeros_low=rounded[0], zeros_high=rounded[1])


def _closing_unit(value: Fraction, unit: Fraction) -> Fraction:
    """The place of the last digit that is not zero, with at least two digits before the zeros."""
    digits = value / unit
    while unit and digits and digits % 10 == 0 and digits / 10 >= 10 ** (KEPT_DIGITS - 1):
        digits, unit = digits / 10, unit * 10
    return unit


def _with_ranges(plain: str, figures: list[Figure]) -> Iterator[Figure]:
    """'44,5-46,6 %' and 'antara 2 dan 3 juta' are one figure of two ends."""
    waiting: Figure | None = None
    for figure in figures:
        joined = _joined(plain, waiting, figure) if waiting else None
        if waiting and joined is None:
            yield waiting
        waiting = joined or figure
    if waiting:
        yield waiting


def _joined(plain: str, first: Figure, last: Figure) -> Figure | None:
    between, before = plain[first.end : last.start], plain[max(0, first.start - BEFORE) : first.start]
    if not RANGE.fullmatch(between) or FROM.search(before) or first.width == "range":
        return None
    if between.strip().lower() in ("dan", "and") and not BETWEEN.search(before):
        return None
    if first.kind not in (last.kind, "count") or (first.kind == "count" != last.kind and first.scale != 1):
        return None
    times = last.scale if first.scale == 1 else 1
    unit = (last.high - last.value) if last.high is not None else Fraction(0)
    low, high = first.value * times - unit, last.value + unit
    if low > high:
        return None
    middle = (low + high) / 2
    return Figure(
        plain[first.start : last.end], last.kind, middle, low, high, low, high, first.start, last.end, "range"
    )
