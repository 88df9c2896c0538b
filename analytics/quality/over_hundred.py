"""Coverage over 100 %. Active members of a place and sector are more than the estimate of the workers they are
divided by: coverage, unrounded, is above 100 % at a month end of the last 12. It is shown as it is, never cut off.
Either the numerator counts somebody twice, or the estimate is too low or of another place or definition."""

from datetime import date

from analytics.indicators import Text
from analytics.quality.rule import Finding, Rule, Span, Threshold, defined, of_people
from data.editions import Edition

MOST_PCT = 100


def find(edition: Edition, span: Span) -> list[Finding]:
    rows = of_people(edition, "quality_people", first=span.first, last=span.last)
    return [_finding(row) for row in rows if row["workers"] and 100 * row["numerator"] > MOST_PCT * row["workers"]]


def _finding(row: dict) -> Finding:
    return Finding(
        rule="over_hundred",
        value=100 * row["numerator"] / row["workers"],
        expected=MOST_PCT,
        place=row["place"],
        month=row["month"],
        subject=row["sector"],
        facts={
            "sector": row["sector"],
            "members": row["numerator"],
            "workers": row["workers"],
            "source": row["vintage_source"],
            "per": row["per_tanggal"],
        },
    )


RULE = Rule(
    code="over_hundred",
    label=Text("Cakupan di atas 100%", "Coverage over 100%"),
    definition=defined(
        __doc__,
        "Cakupan di atas 100%. Peserta aktif suatu wilayah dan sektor lebih banyak daripada perkiraan pekerja yang "
        "menjadi pembaginya: cakupan yang belum dibulatkan di atas 100% pada akhir bulan dalam 12 bulan terakhir. "
        "Angkanya ditampilkan apa adanya, tidak dipotong. Pembilangnya menghitung orang lebih dari sekali, atau "
        "perkiraannya terlalu rendah atau untuk wilayah atau definisi lain.",
    ),
    why=Text(
        "{members} peserta aktif sektor {sector} dari {workers} pekerja menurut {source} per {per}.",
        "{members} active members in {sector} of {workers} workers by {source} as of {per}.",
    ),
    measured=Text("Cakupan", "Coverage"),
    unit="percent",
    about="people",
    severity="berat",
    owner="steward",
    version=1,
    thresholds=(
        Threshold(
            Text("Cakupan, paling banyak (%)", "Coverage, at most (%)"),
            MOST_PCT,
            date(2025, 6, 1),
            Text("Arti bagian dari keseluruhan.", "What a share of a whole means."),
        ),
    ),
    find=find,
)
