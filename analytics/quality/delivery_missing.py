"""A month without a complete delivery. Somebody who sends complete files of a kind for a place or an owner is
expected to send them for every month from the first one covered on. A month is missing when no live delivery of that
kind, of whatever sender, is complete for the place or owner in that month: not for itself, not for a wider place that
holds it, and not for all of its parts. A month counts once the days allowed after its end have passed. Looked at are
the last 36 months: a file that never came can still be asked for. Additional files (tambahan) cannot show that
nothing lacks."""

from datetime import date, timedelta

from analytics.indicators import Text
from analytics.quality.rule import Finding, Rule, Span, Threshold, defined, limits
from data.editions import Edition

MONTHS_BACK = 36
DAYS_ALLOWED = 14
FEWEST_MONTHS = 2
SINCE = date(2025, 6, 1)
OWN = Text("Kebiasaan pengelola; belum ada aturan tertulis.", "Practice of this office; no written rule yet.")


def find(edition: Edition, span: Span) -> list[Finding]:
    first = months_before(span.last, MONTHS_BACK - 1)
    rows = edition.query("quality_deliveries", first=first, last=span.last, **limits(edition))
    due = [row for row in rows if row["month"] + timedelta(days=DAYS_ALLOWED) <= span.as_of]
    return [_finding(row) for row in due if _is_missing(row)]


def months_before(month: date, count: int) -> date:
    """The first day of the month so many months before."""
    index = month.year * 12 + month.month - 1 - count
    return date(index // 12, index % 12 + 1, 1)


def _is_missing(row: dict) -> bool:
    by_all_parts = 0 < row["parts"] == row["parts_covered"]
    return row["months"] >= FEWEST_MONTHS and not row["is_covered"] and not by_all_parts


def _finding(row: dict) -> Finding:
    is_place = row["scope_name"] is not None
    return Finding(
        rule="delivery_missing",
        value=row["parts_covered"],
        expected=max(1, row["parts"]),
        place=row["scope"] if is_place else None,
        owner=None if is_place else row["scope"],
        sender=row["sender"],
        month=row["month"],
        subject=row["kind"],
        facts={"kind": row["kind"], "scope": row["scope_name"] or row["scope"]},
    )


RULE = Rule(
    code="delivery_missing",
    label=Text("Kiriman lengkap tidak ada", "Complete delivery missing"),
    definition=defined(
        __doc__,
        "Bulan tanpa kiriman lengkap. Siapa yang mengirim berkas lengkap satu jenis untuk satu wilayah atau pemilik "
        "diharapkan mengirimnya untuk setiap bulan sejak bulan pertama yang dicakup. Sebuah bulan kurang bila tidak "
        "ada kiriman berlaku jenis itu, dari pengirim mana pun, yang lengkap untuk wilayah atau pemilik itu pada "
        "bulan itu: tidak untuk dirinya, tidak untuk wilayah lebih luas yang memuatnya, dan tidak untuk semua "
        "bagiannya. Bulan dihitung sesudah hari tenggang lewat. Yang dilihat 36 bulan terakhir: berkas yang tidak "
        "pernah datang masih dapat diminta. Kiriman tambahan tidak dapat menunjukkan bahwa tidak ada yang kurang.",
    ),
    why=Text(
        "Tidak ada kiriman lengkap jenis {kind} untuk {scope} yang memuat {month}; lengkap untuk {value} dari "
        "{expected} bagian.",
        "No complete delivery of kind {kind} for {scope} covers {month}; complete for {value} of {expected} parts.",
    ),
    measured=Text("Bagian yang lengkap", "Parts that are complete"),
    unit="count",
    about="deliveries",
    severity="berat",
    owner="steward",
    version=1,
    thresholds=(
        Threshold(
            Text("Hari tenggang sesudah akhir bulan", "Days allowed after the month end"), DAYS_ALLOWED, SINCE, OWN
        ),
        Threshold(
            Text("Bulan yang sudah dicakup, sekurangnya", "Months covered so far, at least"), FEWEST_MONTHS, SINCE, OWN
        ),
        Threshold(Text("Bulan ke belakang", "Months looked back"), MONTHS_BACK, SINCE, OWN),
    ),
    find=find,
)
