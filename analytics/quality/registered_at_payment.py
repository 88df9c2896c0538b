"""Registered when the money was due. The project's first registration is dated on the day of its first payment or one
day before it, and that payment was made in the last 12 months. The obligation follows the work order, not the
payment: until then the workers were not protected, or the date was set to fit."""

from datetime import date

from analytics.indicators import Text
from analytics.quality.rule import Finding, Rule, Span, Threshold, defined, limits
from analytics.row import month_end
from data.editions import Edition

MOST_DAYS = 1


def find(edition: Edition, span: Span) -> list[Finding]:
    asked = {"days": MOST_DAYS, "first": span.first.replace(day=1), "last": span.last}
    return [_finding(row) for row in edition.query("quality_at_payment", **asked, **limits(edition))]


def _finding(row: dict) -> Finding:
    return Finding(
        rule="registered_at_payment",
        value=(row["paid_on"] - row["registered_on"]).days,
        expected=None,
        place=row["place"],
        owner=row["owner"],
        project=row["kode_proyek"],
        month=month_end(row["paid_on"]),
        facts={"name": row["nama_proyek"], "registered": row["registered_on"], "paid": row["paid_on"]},
    )


RULE = Rule(
    code="registered_at_payment",
    label=Text("Terdaftar pada hari pembayaran", "Registered on the day of payment"),
    definition=defined(
        __doc__,
        "Terdaftar ketika uangnya akan cair. Pendaftaran pertama proyek itu bertanggal sama dengan pembayaran "
        "pertamanya atau sehari sebelumnya, dan pembayaran itu terjadi dalam 12 bulan terakhir. Kewajiban mengikuti "
        "SPK, bukan pembayaran: sampai hari itu pekerjanya tidak terlindungi, atau tanggalnya disesuaikan.",
    ),
    why=Text(
        "{name}: didaftarkan {registered}, dibayar pertama kali {paid}.",
        "{name}: registered on {registered}, first paid on {paid}.",
    ),
    measured=Text("Hari sebelum pembayaran", "Days before the payment"),
    unit="count",
    about="projects",
    severity="sedang",
    owner="inspector",
    version=1,
    thresholds=(
        Threshold(
            Text("Hari sebelum pembayaran, paling banyak", "Days before the payment, at most"),
            MOST_DAYS,
            date(2025, 6, 1),
            Text(
                "Permenaker 44/2015: pendaftaran mengikuti SPK, bukan pembayaran.",
                "Permenaker 44/2015: registration follows the work order, not the payment.",
            ),
        ),
    ),
    find=find,
)
