"""A month unlike the place's own history. Of a kabupaten/kota the registrations of projects in a month (only months
whose registrations are completely known), and of any place its new members, are compared with up to 36 earlier months
of the same series, at least 24. A month is an outlier when it lies further from their median than 3.5 times their
spread, and by at least 20. The spread is 1.4826 times the median of the distances from the median (MAD), which one
strange month does not move; where most months are equal it is 1.2533 times the mean distance."""

from collections.abc import Sequence
from datetime import date
from statistics import fmean, median

from analytics.indicators import Text
from analytics.quality.delivery_missing import months_before
from analytics.quality.rule import Finding, Rule, Span, Threshold, defined, of_people
from data.editions import Edition

MOST_SPREADS = 3.5
MAD_SCALE, MEAN_SCALE = 1.4826, 1.2533
MOST_HISTORY, FEWEST_HISTORY = 36, 24
LEAST_DISTANCE = 20
SUMS = ("cabang", "kelompok", "negara")
NAMES = {
    "registrations": Text("pendaftaran proyek baru", "new registrations of projects"),
    "new_members": Text("peserta konstruksi baru", "new construction members"),
}
SINCE = date(2025, 6, 1)
OWN = Text("Batas kewajaran pengelola, bukan aturan.", "What this office finds plausible, no rule.")


def find(edition: Edition, span: Span) -> list[Finding]:
    asked = {
        "first": months_before(span.first, MOST_HISTORY),
        "last": span.last,
    }
    people = of_people(edition, "quality_people", **asked)
    joined = [row for row in people if row["new_members"] is not None and row["place_kind"] not in SUMS]
    found = _of(of_people(edition, "quality_registrations_by_month", **asked), "registrations", span)
    return found + _of(joined, "new_members", span)


def _of(rows: list[dict], measure: str, span: Span) -> list[Finding]:
    by_place: dict[str, list[dict]] = {}
    for row in rows:
        by_place.setdefault(row["place"], []).append(row)
    return [finding for series in by_place.values() for finding in _of_series(series, measure, span)]


def _of_series(series: list[dict], measure: str, span: Span) -> list[Finding]:
    """`series` are the known months of one place, oldest first."""
    found = []
    for number, row in enumerate(series):
        if row["month"] < span.first:
            continue
        history = [other[measure] for other in series[max(0, number - MOST_HISTORY) : number]]
        if is_outlier(row[measure], history):
            found.append(_finding(row, measure, history))
    return found


def is_outlier(value: int, history: Sequence[int]) -> bool:
    """Whether a value lies too far from the median of its history; never with too short a history."""
    if len(history) < FEWEST_HISTORY:
        return False
    middle = median(history)
    return abs(value - middle) >= LEAST_DISTANCE and abs(value - middle) > MOST_SPREADS * spread(history)


def spread(history: Sequence[int]) -> float:
    """A spread like a standard deviation that outliers hardly move; 0 where all values are equal."""
    middle = median(history)
    distances = [abs(value - middle) for value in history]
    return MAD_SCALE * median(distances) or MEAN_SCALE * fmean(distances)


def _finding(row: dict, measure: str, history: Sequence[int]) -> Finding:
    return Finding(
        rule="outlier",
        value=row[measure],
        expected=round(median(history)),
        place=row["place"],
        month=row["month"],
        subject=measure,
        facts={"measure": NAMES[measure], "months": len(history), "least": min(history), "most": max(history)},
    )


RULE = Rule(
    code="outlier",
    label=Text("Menyimpang dari riwayat sendiri", "Unlike its own history"),
    definition=defined(
        __doc__,
        "Bulan yang tidak seperti riwayat wilayahnya sendiri. Pendaftaran proyek dalam sebulan di suatu "
        "kabupaten/kota (hanya bulan yang pendaftarannya lengkap diketahui) dan peserta baru suatu wilayah "
        "dibandingkan dengan paling banyak 36, sekurangnya 24 bulan sebelumnya dari deret yang sama. Sebuah bulan "
        "menyimpang bila jaraknya dari median bulan-bulan itu lebih dari 3,5 kali sebarannya, dan sekurangnya 20. "
        "Sebarannya 1,4826 kali median jarak dari median (MAD), yang tidak tergeser oleh satu bulan aneh; bila "
        "sebagian besar bulan sama, 1,2533 kali rata-rata jarak.",
    ),
    why=Text(
        "{value} {measure}; dalam {months} bulan sebelumnya median {expected}, antara {least} dan {most}.",
        "{value} {measure}; in the {months} months before the median is {expected}, between {least} and {most}.",
    ),
    measured=Text("Dalam sebulan", "In a month"),
    unit="count",
    about="people",
    severity="sedang",
    owner="branch",
    version=1,
    thresholds=(
        Threshold(
            Text("Jarak dari median, kali sebaran", "Distance from the median, times the spread"),
            MOST_SPREADS,
            SINCE,
            Text(
                "Iglewicz dan Hoaglin, How to Detect and Handle Outliers (ASQC, 1993).",
                "Iglewicz and Hoaglin, How to Detect and Handle Outliers (ASQC, 1993).",
            ),
        ),
        Threshold(Text("Jarak dari median, sekurangnya", "Distance, at least"), LEAST_DISTANCE, SINCE, OWN),
        Threshold(Text("Riwayat, sekurangnya (bulan)", "History, at least (months)"), FEWEST_HISTORY, SINCE, OWN),
    ),
    find=find,
)
