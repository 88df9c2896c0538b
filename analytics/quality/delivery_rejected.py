"""A delivery with many refused rows still open. Of a live delivery more than 5 % of the rows read, or 50 rows or
more, were refused and have not been put right by a corrected file since. What was refused lacks in every number.
Packages of a procurement set that are no construction or not yet under contract ask nothing of anybody and do not
count."""

from datetime import date

from analytics.indicators import Text
from analytics.quality.rule import Finding, Rule, Span, Threshold, defined, limits
from data.editions import Edition

MOST_PCT = 5
MANY_ROWS = 50
SINCE = date(2025, 6, 1)
OWN = Text("Batas kewajaran pengelola, bukan aturan.", "What this office finds plausible, no rule.")


def find(edition: Edition, _span: Span) -> list[Finding]:
    rows = edition.query("quality_rejected", **limits(edition))
    return [_finding(row) for row in rows if is_too_many(row["rows_open"], row["rows_read"])]


def is_too_many(rows_open: int, rows_read: int) -> bool:
    return rows_open >= MANY_ROWS or 100 * rows_open > MOST_PCT * rows_read


def _finding(row: dict) -> Finding:
    is_place = row["scope_name"] is not None
    return Finding(
        rule="delivery_rejected",
        value=row["rows_open"],
        expected=0,
        place=row["scope"] if is_place else None,
        owner=None if is_place else row["scope"],
        sender=row["sender"],
        subject=f"kiriman {row['batch_id']}",
        facts={"batch": row["batch_id"], "file": row["file_name"], "kind": row["kind"], "read": row["rows_read"]},
    )


RULE = Rule(
    code="delivery_rejected",
    label=Text("Baris ditolak belum diperbaiki", "Refused rows still open"),
    definition=defined(
        __doc__,
        "Kiriman dengan banyak baris ditolak yang masih terbuka. Dari kiriman yang berlaku, lebih dari 5% baris yang "
        "dibaca, atau 50 baris atau lebih, ditolak dan belum diperbaiki oleh berkas perbaikan. Yang ditolak tidak ada "
        "dalam angka mana pun. Paket data pengadaan yang bukan konstruksi atau belum berkontrak tidak perlu "
        "diapa-apakan dan tidak dihitung.",
    ),
    why=Text(
        "Kiriman {batch} ({kind}, {file}): {value} dari {read} baris ditolak dan belum diperbaiki.",
        "Delivery {batch} ({kind}, {file}): {value} of {read} rows were refused and are not yet put right.",
    ),
    measured=Text("Baris terbuka", "Rows open"),
    unit="count",
    about="deliveries",
    severity="sedang",
    owner="steward",
    version=1,
    thresholds=(
        Threshold(Text("Bagian baris ditolak, paling banyak (%)", "Share refused, at most (%)"), MOST_PCT, SINCE, OWN),
        Threshold(Text("Baris ditolak dianggap banyak", "Refused rows that are many"), MANY_ROWS, SINCE, OWN),
    ),
    find=find,
)
