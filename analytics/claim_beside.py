"""What is stored beside the figures of a text: of this edition, or else of an earlier one.

A share is set beside the stored figure nearest to it (analytics.claim_stored). A *lone* figure, which no word relates
to another, is compared where the text says of what and when it speaks: a percentage of *cakupan* (coverage), a count of
*peserta aktif* (active members) or *pekerja* (the estimate), of the places and the month or year that are named.
consistent: a stored figure of then lies within what its digits allow. inconsistent: of the one month that is named
there are stored figures, under whichever estimate, and none does; `off_by` is stated − stored, of the nearest.
cannot_tell: the text names no time, or nothing of that time is stored, or a place is named that may not be seen: no
figure of another place stands beside it then, be it lone or a share.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from analytics import compute
from analytics.claim_figures import Figure
from analytics.claim_places import END, before
from analytics.claim_results import LEVEL, is_of_another
from analytics.claim_stored import (
    PARTS,
    Named,
    Nearest,
    Stored,
    instead_of,
    is_in,
    named_in,
    nearest,
    places_named,
    stored_figures,
    stored_of_row,
)
from analytics.claims import Checked, Claim
from analytics.row import Scope
from data.access import OutsideScope
from data.editions import Edition, open_edition
from data.errors import CakupanError
from data.home import Home
from data.importers.meanings import MONTHS

EARLIER = 6  # editions before the served one that are looked into: each takes some tenths of a second
SMALLEST = 1000  # of lone counts: smaller ones count kabupaten, projects and articles
MEMBERS = re.compile(r"\b(?:peserta|members?|terlindungi|covered)\b", re.IGNORECASE)
WORKERS = re.compile(r"\b(?:pekerja|tenaga kerja|workers?|potensi)\b", re.IGNORECASE)
# With such a word a sentence may speak of another measure, of some of the workers or of a change: it is left alone.
OF_ELSE = re.compile(
    r"\b(?:penempatan|placements?|proyek|projects?|paket|nilai|value|kontrak|contracts?|iuran|contributions?"
    r"|sektor(?! (?:jasa )?konstruksi)|(?<!construction )sectors?|segmen(?! (?:jasa )?konstruksi)"
    r"|PU|BPU|PMI|UCJ|universal|formal|informal|rentan|semua pekerja|seluruh pekerja|all workers|JHT|JP|JKP"
    r"|perempuan|wanita|laki-laki|pria|wom[ae]n|m[ae]n|(?:fe)?males?"
    r"|pertumbuhan|kenaikan|penurunan|selisih|growth|increase|decrease|difference"
    r"|belum|tidak|tanpa|not|without|uncovered|unprotected|bernama|nama(?:nya)?|names?|named|unnamed|new"
    # Flows, gaps and parts of the members: 'tambahan 9.388 peserta', '4.223 peserta lagi', 'di antaranya'.
    r"|(?:per)?tambahan|penambahan|pengurangan|berhenti|keluar|masuk|mendaftar|bergabung|pindah|beralih|mundur|pensiun"
    r"|(?<!lebih )kurang(?:nya)?(?! (?:dari|lebih))|kekurangan|dibutuhkan|butuh|perlu|diperlukan|lagi|sisa(?:nya)?"
    r"|tersisa|need(?:s|ed)?|another|additional|additions?|extra|further|short(?:fall)?|missing|remain(?:s|ing)?|joined"
    r"|joining|left|leaving|leavers|quit|enrol(?:l?ed|s)?|net|bersih|di antara\w*|among|of (?:them|whom|which)"
    r"|pelatihan|training|sosialisasi|bimtek|APBD|APBN|swasta|private|harian|borongan|PKWT|lain(?:nya)?|others?"
    # 'cakupan baru 43 persen' says only; 'peserta baru' speaks of another measure.
    r"|baru(?! (?:sekitar |mencapai |sebesar )?[0-9][0-9.,]* ?(?:%|persen))|tepat waktu|on time)\b",
    re.IGNORECASE,
)
# So many came or went in the month: no number of members at its end.
FLOW = re.compile(
    r"\b(?:sepanjang|selama|during|throughout|(?:menjadi|jadi) (?:peserta|anggota)|bec[ao]m(?:e|ing)|stopped|ceased)\b",
    re.IGNORECASE,
)
# Far fewer members than are stored may be some of them, unless the text says that they are all.
ALL_MEMBERS = re.compile(
    r"\b(?:(?:peserta|pekerja) aktif|active (?:members|workers)|(?:jumlah|total|seluruh|semua) peserta|all members"
    r"|(?:number|total) of (?:active )?members|total members(?:hip)?)\b",
    re.IGNORECASE,
)
# Behind a count of members nothing else is said of them: '90.000 peserta menerima kartu' counts some of them.
ENDS_THERE = re.compile(
    r"(?:(?i:[ -]|[0-9]|\b(?:peserta|pekerja|tenaga kerja|anggota|orang|jiwa|aktif|jasa|konstruksi|construction|active"
    r"|workers?|members?|people|persons?|yang|who|sudah|telah|already|are|were|is|was|have been|terlindungi|covered"
    r"|protected|insured|ketenagakerjaan)\b)|\b[A-Z]\w*)*+"
    r"(?i:$|[.,;:()!?]|\b(?:di|pada|per|hingga|sampai|in|by|at|on|as of|or|atau|dari|of|dan|and|sedangkan|while"
    r"|sementara|naik|turun|up|down)\b)"
)
YEAR = re.compile(r"\b((?:19|20)[0-9]{2})\b")
NAMED_MONTH = re.compile(r"\b([A-Za-z]{3,9})\.? ((?:19|20)[0-9]{2})\b|\b((?:19|20)[0-9]{2})-(0[1-9]|1[0-2])\b")
AROUND = 60  # characters behind a figure in which the word stands that says what it counts


@dataclass(frozen=True)
class Lone:
    """A figure that no word relates to another, and what is stored of the time that the text names.

    `part` is what it is compared with: percent, numerator or denominator. `edition` is the number of an earlier edition
    in which it stands; None: the served one. `instead` is what the served edition says of that place and month where
    only an earlier one says the figure. `unseen` is the name of a place that is spoken of and may not be seen.
    """

    figure: Figure
    part: str
    verdict: str
    stored: Stored | None = None
    off_by: Fraction | None = None
    edition: int | None = None
    instead: Stored | None = None
    unseen: str | None = None


@dataclass(frozen=True)
class Beside:
    """Beside each claim of a text its nearest stored figure; the lone figures; and the verdict of it all.

    `unchecked` are the figures that neither a claim nor a lone judgement takes up: the verdict says nothing of them.
    """

    nearest: tuple[Nearest | None, ...]
    lone: tuple[Lone, ...]
    verdict: str
    reason: str | None
    unchecked: tuple[Figure, ...] = ()


def beside(home: Home, edition: Edition | None, checked: Checked) -> Beside:
    """What the grant of the edition shows of it; without an edition only what the arithmetic says."""
    if edition is None:
        return Beside((None,) * len(checked.claims), (), checked.verdict, checked.reason, _unchecked(checked, ()))
    editions = _Editions(home, edition)
    found = tuple(_nearest(editions, checked))
    lone = tuple(_judged(editions, checked, figure, part) for figure, part in _lone(checked))
    verdicts = {checked.verdict, *(one.verdict for one in lone)}
    verdict = next((one for one in ("inconsistent", "consistent") if one in verdicts), "cannot_tell")
    reason = checked.reason if verdict == checked.verdict else None
    if verdict == "consistent" and (contradicted := _contradicted(checked, found, lone)):
        verdict, reason = "cannot_tell", contradicted
    elif verdict == "cannot_tell" and any(one.unseen for one in lone):
        reason = "outside_scope"
    return Beside(found, lone, verdict, reason, _unchecked(checked, lone))


def _contradicted(checked: Checked, found: tuple[Nearest | None, ...], lone: tuple[Lone, ...]) -> str | None:
    """Why a text whose figures agree with something stored cannot be called true: the served edition says otherwise."""
    if any(one.instead for one in lone) or any(near and near.instead and near.edition for near in found):
        return "superseded"
    if any(near and near.instead for near in found):
        return "other_month"
    is_one_month = len(_months_named(checked.text.text)) == 1
    pairs = zip(checked.claims, found, strict=True)
    if is_one_month and any(near and _is_stored_otherwise(checked, claim, near) for claim, near in pairs):
        return "stored_otherwise"
    return None


def _is_stored_otherwise(checked: Checked, claim: Claim, near: Nearest) -> bool:
    """A share of the very estimate of workers that is stored of the month named, of other members than are stored."""
    is_of_it = near.agrees == ("denominator",) and near.stored.origin == "coverage" and not near.is_other_month
    return is_of_it and not OF_ELSE.search(_sentence(checked.text.text, claim.first))


class _Editions:
    """The served edition and those before it, each opened only when the newer ones do not know a figure."""

    def __init__(self, home: Home, edition: Edition) -> None:
        self.home, self.edition = home, edition
        self._stored: dict[int, list[Stored]] = {}
        self._named: dict[tuple[int, str], Named] = {}  # figures share their sentence, and all of them the text

    def each(self) -> Iterator[tuple[Edition, int | None]]:
        """The served one with None, then the earlier ones of the same data with their numbers, the newest first."""
        yield self.edition, None
        numbers = sorted(int(path.stem) for path in self.home.editions_dir.glob("[0-9]*.duckdb"))
        earlier = [number for number in numbers if number < self.edition.number][-EARLIER:]
        for number in reversed(earlier):
            try:
                older = open_edition(self.home, number, self.edition.grant)
            except CakupanError:
                continue
            if older.meta["demo"] == self.edition.meta["demo"]:
                yield older, number

    def stored(self, edition: Edition, text: str) -> list[Stored]:
        if edition.number not in self._stored:
            self._stored[edition.number] = stored_figures(edition, text)
        return self._stored[edition.number]

    def named(self, edition: Edition, text: str, figure: Figure) -> Named:
        """The places that the sentence of the figure names, or those of the whole text."""
        of_sentence = self._named_in(edition, _sentence(text, figure))
        return of_sentence if of_sentence.seen or of_sentence.unseen else self._named_in(edition, text)

    def places(self, edition: Edition, text: str, figure: Figure) -> list[str]:
        """Those that are named and seen; without any the default one."""
        return list(self.named(edition, text, figure).seen) or places_named(edition, "")

    def _named_in(self, edition: Edition, text: str) -> Named:
        if (edition.number, text) not in self._named:
            self._named[edition.number, text] = named_in(edition, text)
        return self._named[edition.number, text]


def _nearest(editions: _Editions, checked: Checked) -> Iterator[Nearest | None]:
    """Of the served edition, unless an earlier one agrees in more parts of the claim."""
    text = checked.text.text
    months = _months_named(text)
    for claim in checked.claims:
        best: Nearest | None = None
        is_told = claim.kind == "share" and editions.named(editions.edition, text, claim.first).unseen is None
        for edition, number in editions.each() if is_told else ():
            places = editions.places(edition, text, claim.first)
            stored = [one for one in editions.stored(edition, text) if one.place in places]
            found = nearest(claim, stored, text, months)
            if found is not None and (best is None or len(found.agrees) > len(best.agrees)):
                best = replace(found, edition=number)
            if best is not None and len(best.agrees) == len(PARTS):
                break
        served = editions.stored(editions.edition, text) if best else []
        yield best and replace(best, instead=instead_of(best, claim, served, months))


def _unchecked(checked: Checked, lone: tuple[Lone, ...]) -> tuple[Figure, ...]:
    taken = _claimed(checked) | {one.figure.start for one in lone}
    return tuple(figure for figure in checked.text.figures if figure.start not in taken)


def _claimed(checked: Checked) -> set[int]:
    """Where the figures of the claims start."""
    return {
        figure.start
        for claim in checked.claims
        for figure in (claim.first, claim.second, claim.stated, *claim.parts)
        if figure is not None
    }


def _lone(checked: Checked) -> Iterator[tuple[Figure, str]]:
    """The figures that belong to no claim, with the part that the words beside them name; others are left out."""
    used = _claimed(checked)
    text = checked.text
    for place, figure in enumerate(text.figures):
        told, after = before(text, place), text.text[figure.end : figure.end + AROUND]
        if figure.start in used or is_of_another(text, place) or OF_ELSE.search(_sentence(text.text, figure)):
            continue
        if figure.kind == "percent" and LEVEL.search(text.text):
            yield figure, "percent"
        elif figure.kind == "count" and figure.value >= SMALLEST and not FLOW.search(_sentence(text.text, figure)):
            words = [("numerator", MEMBERS), ("denominator", WORKERS)]
            named = [(found.start(), part) for part, word in words if (found := word.search(after))]
            named = named or [(0, part) for part, word in words if word.search(told)]
            if named:
                yield figure, min(named)[1]


def _judged(editions: _Editions, checked: Checked, figure: Figure, part: str) -> Lone:
    text = checked.text.text
    months, years = _months_named(text), {int(year) for year in YEAR.findall(text)}
    unseen = editions.named(editions.edition, text, figure).unseen
    fallback, served = Lone(figure, part, "cannot_tell", unseen=unseen), list[Stored]()
    if unseen is not None:
        return fallback
    for edition, number in editions.each():
        places = editions.places(edition, text, figure)
        of_then = [one for one in editions.stored(edition, text) if one.place in places and _is_of(one, months, years)]
        if len(months) == 1:
            of_then += _of_month(edition, next(iter(months)), places)
        told = [one for one in of_then if _part(one, part) is not None]
        agreeing = next((one for one in told if _lies_in(_part(one, part), figure)), None)
        if agreeing is not None:
            instead = _nearest_of(figure, part, [one for one in served if _is_alike(one, agreeing)])
            verdict = "cannot_tell" if instead else "consistent"
            return Lone(figure, part, verdict, agreeing, edition=number, instead=instead)
        if number is None and told:
            served = told
            closest = _nearest_of(figure, part, told) or told[0]
            apart = figure.value - (_part(closest, part) or 0)
            is_some = part == "numerator" and 2 * figure.value < (_part(closest, part) or 0)
            is_all = not is_some or ALL_MEMBERS.search(_sentence(text, figure))
            is_all = is_all and (part == "percent" or ENDS_THERE.match(text, figure.end))
            # Of two places that are named it may be the figure of the one of which nothing is stored.
            is_of_all_places = {one.place for one in told} >= set(places)
            is_certain = len(months) == 1 and part != "denominator" and is_of_all_places and bool(is_all)
            fallback = Lone(figure, part, "inconsistent" if is_certain else "cannot_tell", closest, apart)
    return fallback


def _nearest_of(figure: Figure, part: str, told: list[Stored]) -> Stored | None:
    return min(told, key=lambda one: abs((_part(one, part) or 0) - figure.value), default=None)


def _is_alike(one: Stored, other: Stored) -> bool:
    """Of the same place and month."""
    return one.place == other.place and other.as_of is not None and is_in(one, [other.as_of])


def _months_named(text: str) -> set[date]:
    """Last days of the months that the text names."""
    found = set()
    for word, year, iso_year, iso_month in NAMED_MONTH.findall(text):
        number = int(iso_month) if iso_month else MONTHS.get(word.lower())
        if number:
            first = date(int(iso_year or year), number, 1)
            found.add((first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
    return found


def _is_of(one: Stored, months: set[date], years: set[int]) -> bool:
    """Of a month that is named; where only a year is, of that year. Where no time is named nothing is of then."""
    if one.as_of is None:
        return False
    if months:
        return is_in(one, months)
    return one.as_of.year in years


def _sentence(text: str, figure: Figure) -> str:
    start = max((found.end() for found in END.finditer(text, 0, figure.start)), default=0)
    following = END.search(text, figure.end)
    return text[start : following.start() if following else len(text)]


def _of_month(edition: Edition, month: date, places: list[str]) -> list[Stored]:
    """The coverage of the month under every estimate that may be divided by."""
    found: list[Stored] = []
    for place in places:
        try:
            rows = compute.by_vintage(edition, "population_coverage", month, Scope(place))
        except OutsideScope:
            continue
        found += [stored_of_row(row) for row in rows if row.value is not None and row.denominator]
    return found


def _part(one: Stored, part: str) -> Fraction | None:
    value = {"percent": one.pct, "numerator": one.numerator, "denominator": one.denominator}[part]
    return None if value is None else Fraction(value)


def _lies_in(value: Fraction | None, figure: Figure) -> bool:
    """Within what the digits allow, closing zeros taken for rounding: 123.000 may be 122.950."""
    low, high = figure.zeros_low, figure.zeros_high
    return value is not None and low <= value and (high is None or value <= high)
