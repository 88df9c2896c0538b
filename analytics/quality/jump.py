"""A jump from one month to the next. Active members of a place and sector change by more than 25 percentage points
otherwise than they usually do in that month of the year, and by at least 100 persons. What is usual is the median of
the same step in earlier years where two or more are known, since cover ends every December; else no change. Places
that are sums of others (branches, groups) are not looked at. Both sources are told: a jump may be a change of
source."""

from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from analytics.indicators import Text
from analytics.quality.rule import Finding, Rule, Span, Threshold, defined, of_people
from data.editions import Edition

MOST_POINTS = 25
FEWEST_PERSONS = 100
FEWEST_YEARS = 2
FIRST_DAY = date(1900, 1, 1)
SUMS = ("cabang", "kelompok", "negara")
SINCE = date(2025, 6, 1)
OWN = Text("Batas kewajaran pengelola, bukan aturan.", "What this office finds plausible, no rule.")


def find(edition: Edition, span: Span) -> list[Finding]:
    rows = of_people(edition, "quality_people", first=FIRST_DAY, last=span.last)
    by_series: dict[tuple[str, str], list[dict]] = {}
    for row in rows:
        if row["place_kind"] not in SUMS:
            by_series.setdefault((row["place"], row["sector"]), []).append(row)
    return [finding for series in by_series.values() for finding in _of_series(series, span)]


def _of_series(series: list[dict], span: Span) -> list[Finding]:
    """`series` are the months of one place and sector, oldest first."""
    found, earlier = [], {month: [] for month in range(1, 13)}
    for before, row in pairwise(series):
        is_next = row["month"].replace(day=1) - timedelta(days=1) == before["month"]
        if not is_next or before["numerator"] == 0:
            continue
        step = 100 * (row["numerator"] - before["numerator"]) / before["numerator"]
        same = earlier[row["month"].month]
        usual = median(same) if len(same) >= FEWEST_YEARS else None
        same.append(step)
        if row["month"] >= span.first and is_jump(before["numerator"], row["numerator"], usual):
            found.append(_finding(before, row, step, usual))
    return found


def is_jump(before: int, after: int, usual_pct: float | None) -> bool:
    """Whether the step differs from the usual one by more than the points allowed, and by enough persons."""
    otherwise = after - before * (1 + (usual_pct or 0) / 100)
    return abs(100 * otherwise) > MOST_POINTS * before and abs(otherwise) >= FEWEST_PERSONS


def _finding(before: dict, row: dict, step: float, usual: float | None) -> Finding:
    return Finding(
        rule="jump",
        value=step,
        expected=usual,
        place=row["place"],
        month=row["month"],
        subject=row["sector"],
        facts={
            "sector": row["sector"],
            "before": before["numerator"],
            "after": row["numerator"],
            "source_before": before["source"],
            "source_after": row["source"],
        },
    )


RULE = Rule(
    code="jump",
    label=Text("Lompatan antarbulan", "Jump between months"),
    definition=defined(
        __doc__,
        "Lompatan dari satu bulan ke bulan berikutnya. Peserta aktif suatu wilayah dan sektor berubah lebih dari 25 "
        "poin persen di luar kebiasaan bulan itu, dan sekurangnya 100 orang. Kebiasaan adalah median langkah yang "
        "sama pada tahun-tahun sebelumnya bila diketahui dua tahun atau lebih, sebab perlindungan berakhir setiap "
        "Desember; bila tidak, tanpa perubahan. Wilayah yang merupakan jumlah wilayah lain (cabang, kelompok) tidak "
        "dilihat. Kedua sumber disebut: lompatan dapat berupa pergantian sumber.",
    ),
    why=Text(
        "Peserta aktif sektor {sector} dari {before} ({source_before}) menjadi {after} ({source_after}) dalam sebulan.",
        "Active members in {sector} went from {before} ({source_before}) to {after} ({source_after}) within a month.",
    ),
    measured=Text("Perubahan sebulan", "Change in a month"),
    unit="percent",
    about="people",
    severity="sedang",
    owner="branch",
    version=1,
    thresholds=(
        Threshold(Text("Beda dari kebiasaan (poin persen)", "Apart from usual (points)"), MOST_POINTS, SINCE, OWN),
        Threshold(Text("Beda dari kebiasaan (orang), sekurangnya", "Persons, at least"), FEWEST_PERSONS, SINCE, OWN),
        Threshold(Text("Tahun yang diketahui, sekurangnya", "Years known, at least"), FEWEST_YEARS, SINCE, OWN),
    ),
    find=find,
)
