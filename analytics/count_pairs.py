"""Active construction members counted from persons against the number reported, per place and month."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import takewhile

from analytics.causes import Cause
from analytics.indicators import Text
from analytics.row import Scope
from analytics.within import places_inside
from data.editions import Edition

OLDEST_SCHEMA = 5
# A report is taken to count something when it is within one per cent of it: two files are never of the same minute.
NEAR_PCT = 1.0
# A difference of three months in a row to the same side, alike within one point, is a way of counting and no accident.
MONTHS_ALIKE = 3
ALIKE_POINTS = 1.0

_CAUSES = (
    Cause(
        "belum_dijelaskan",
        Text("Belum dapat dijelaskan", "Not explained yet"),
        "unmet",
        Text(
            "Selisihnya melebihi pembulatan dan tidak berulang dari bulan ke bulan.",
            "The difference exceeds rounding and does not repeat from month to month.",
        ),
        Text("Tanyakan cara hitung bulan itu kepada pelapor.", "Ask who reported how that month was counted."),
    ),
    Cause(
        "definisi_lain",
        Text("Definisi lain", "Another definition"),
        "late",
        Text(
            "Selisihnya ke arah yang sama dan hampir sebesar bulan-bulan di dekatnya: pelapor menghitung hal lain, "
            "misalnya kepesertaan; orang dengan dua kepesertaan lalu terhitung dua kali.",
            "To the same side and about as large as in the months around it: the report counts something else, such "
            "as memberships; a person with two of them is then counted twice.",
        ),
        Text("Catat definisi pelapor di samping angkanya.", "Note the reporter's definition beside the number."),
    ),
    Cause(
        "kiriman_susulan",
        Text("Kiriman susulan", "Late delivery"),
        "late",
        Text(
            "Salah satu dari keduanya berposisi lebih baru dan lebih besar: yang tercatat belakangan baru ada di situ.",
            "One of the two has a newer position and is larger: what was recorded later is in that one only.",
        ),
        Text("Minta data yang posisinya sama.", "Ask for data of the same position."),
    ),
    Cause(
        "hanya_bernama",
        Text("Tanpa pekerja tak bernama", "Without unnamed workers"),
        "late",
        Text(
            "Laporan sama dengan jumlah orang bernama; pekerja yang terdaftar tanpa nama tidak ikut.",
            "The report equals the named persons; workers registered without a name are left out.",
        ),
        Text("Sandingkan dengan kolom bernama.", "Set it against the named persons."),
    ),
    Cause(
        "tanggal_lain",
        Text("Tanggal lain", "Another day"),
        "late",
        Text("Laporan berposisi di tengah bulan, orang dihitung pada akhir bulan.",
             "The report is of a day within the month, persons are counted at its end."),
        Text("Minta laporan akhir bulan.", "Ask for a report of the month end."),
    ),
    Cause(
        "cocok",
        Text("Cocok", "In agreement"),
        "met",
        Text("Selisihnya tidak melebihi pembulatan laporan.", "The difference is within the report's rounding."),
        Text("Tidak ada.", "Nothing."),
    ),
)  # fmt: skip
CAUSES: dict[str, Cause] = {cause.code: cause for cause in _CAUSES}


@dataclass(frozen=True)
class CountPair:
    """One place at one month end: `persons` (named, and unnamed as far as registrations are known) and `reported`.

    `half_unit` is what the report's rounding allows either way. `as_of` is the day the report speaks of,
    `persons_as_of` and `reported_as_of` are the positions of the deliveries. `difference` is persons less reported;
    `difference_pct` its share of the reported, None where nothing was reported. `cause` is a code of CAUSES.
    """

    place: str
    place_name: str
    month: date
    persons: int
    named_persons: int
    unnamed_headcount: int | None
    persons_as_of: date
    reported: int
    half_unit: float
    source: str
    as_of: date
    reported_as_of: date
    cause: str = ""

    @property
    def difference(self) -> int:
        return self.persons - self.reported

    @property
    def difference_pct(self) -> float | None:
        return 100 * self.difference / self.reported if self.reported else None

    @property
    def is_within_rounding(self) -> bool:
        return abs(self.difference) <= self.half_unit


def has_count_pairs(edition: Edition) -> bool:
    """Whether the edition keeps reports beside the persons that won over them."""
    return int(edition.meta["schema_version"]) >= OLDEST_SCHEMA


def count_pairs(edition: Edition, scope: Scope) -> list[CountPair]:
    """Of the scope's place and of what lies in it, by place and month; none in editions from before.

    People are counted by place alone: OutsideScope for who sees only some owners' projects, and beyond the grant.
    """
    inside = places_inside(edition, scope.place)
    edition.refuse_outside(place=scope.place, owner="*")
    if not has_count_pairs(edition) or not edition.meta["first_month"]:
        return []
    first, last = (date.fromisoformat(edition.meta[name]) for name in ("first_month", "last_month"))
    rows = edition.query("count_pairs", places=inside, first=first, last=last)
    by_place: dict[str, list[CountPair]] = {}
    for row in rows:
        by_place.setdefault(row["place"], []).append(CountPair(**row))
    return [told for pairs in by_place.values() for told in _explained(pairs)]


def _explained(pairs: Sequence[CountPair]) -> list[CountPair]:
    """The pairs of one place, by month, with their probable causes."""
    causes = [_cause(pair, months_alike=_months_alike(pairs, at)) for at, pair in enumerate(pairs)]
    return [replace(pair, cause=cause) for pair, cause in zip(pairs, causes, strict=True)]


def _cause(pair: CountPair, *, months_alike: int) -> str:
    if pair.is_within_rounding:
        return "cocok"
    if pair.as_of != pair.month:
        return "tanggal_lain"
    if pair.unnamed_headcount and _counts(pair, pair.named_persons) and not _counts(pair, pair.persons):
        return "hanya_bernama"
    if (pair.persons_as_of - pair.reported_as_of).days * pair.difference > 0:
        return "kiriman_susulan"
    return "definisi_lain" if months_alike >= MONTHS_ALIKE else "belum_dijelaskan"


def _months_alike(pairs: Sequence[CountPair], at: int) -> int:
    """How many months in a row around this one, itself included, differ as it does."""
    before, after = pairs[:at][::-1], pairs[at + 1 :]
    return 1 + sum(len(list(takewhile(partial(_is_alike, pairs[at]), others))) for others in (before, after))


def _counts(pair: CountPair, counted: int) -> bool:
    """Whether the report may be a count of this."""
    return abs(pair.reported - counted) <= max(pair.half_unit, counted * NEAR_PCT / 100)


def _is_alike(pair: CountPair, other: CountPair) -> bool:
    """To the same side by about the same share."""
    if pair.difference_pct is None or other.difference_pct is None or pair.difference * other.difference <= 0:
        return False
    return abs(pair.difference_pct - other.difference_pct) <= ALIKE_POINTS
