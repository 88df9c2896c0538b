"""A month whose complete delivery came late. For every month of a sender's complete deliveries of one kind for one
place or owner, the days from the month end to the day on which the first live delivery covering it came in (by the
clock of Jakarta; in the demonstration its position, since all its files are made on one day). Late is more than the
days allowed. Months covered by the sender's first delivery are not judged: that one brings the past with it. Looked
at are the last 12 months."""

from datetime import date

from analytics.indicators import Text
from analytics.quality.rule import Finding, Rule, Span, Threshold, defined, limits
from data.editions import Edition

DAYS_ALLOWED = 14
SINCE = date(2025, 6, 1)


def find(edition: Edition, span: Span) -> list[Finding]:
    rows = edition.query("quality_deliveries", first=span.first, last=span.last, **limits(edition))
    came = [row for row in rows if row["arrived"] is not None and row["is_after_first"]]
    return [_finding(row) for row in came if (row["arrived"] - row["month"]).days > DAYS_ALLOWED]


def _finding(row: dict) -> Finding:
    is_place = row["scope_name"] is not None
    return Finding(
        rule="delivery_late",
        value=(row["arrived"] - row["month"]).days,
        expected=DAYS_ALLOWED,
        place=row["scope"] if is_place else None,
        owner=None if is_place else row["scope"],
        sender=row["sender"],
        month=row["month"],
        subject=row["kind"],
        facts={"kind": row["kind"], "scope": row["scope_name"] or row["scope"], "arrived": row["arrived"]},
    )


RULE = Rule(
    code="delivery_late",
    label=Text("Kiriman lengkap terlambat", "Complete delivery late"),
    definition=defined(
        __doc__,
        "Bulan yang kiriman lengkapnya datang terlambat. Untuk setiap bulan dari kiriman lengkap satu jenis oleh satu "
        "pengirim untuk satu wilayah atau pemilik: hari dari akhir bulan sampai hari masuknya kiriman berlaku pertama "
        "yang memuatnya (waktu Jakarta; pada data contoh posisinya, sebab semua berkasnya dibuat pada satu hari). "
        "Terlambat bila lebih dari hari yang diperkenankan. Bulan dalam kiriman pertama pengirim itu tidak dinilai: "
        "kiriman itu membawa masa lalu. Yang dilihat 12 bulan terakhir.",
    ),
    why=Text(
        "{kind} untuk {scope} bulan {month} baru masuk {arrived}, {value} hari sesudah akhir bulan; paling lambat "
        "{expected} hari.",
        "{kind} for {scope} of {month} came on {arrived}, {value} days after the month end; at most "
        "{expected} days are allowed.",
    ),
    measured=Text("Hari sesudah akhir bulan", "Days after the month end"),
    unit="count",
    about="deliveries",
    severity="sedang",
    owner="steward",
    version=1,
    thresholds=(
        Threshold(
            Text("Hari sesudah akhir bulan, paling banyak", "Days after the month end, at most"),
            DAYS_ALLOWED,
            SINCE,
            Text("Kebiasaan pengelola; belum ada aturan tertulis.", "Practice of this office; no written rule yet."),
        ),
    ),
    find=find,
)
