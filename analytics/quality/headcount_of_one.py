"""One worker registered on a large contract. None of the project's registrations states more than one worker, all of
them state a number, the contract is worth Rp1 billion or more, and the project ran in the last 12 months. Such a
registration passes as registered while it protects nobody but one. A registration without a number is unknown, not
one."""

from datetime import date
from decimal import Decimal

from analytics.indicators import Text
from analytics.quality.rule import Finding, Rule, Span, Threshold, defined, limits
from data.editions import Edition

MOST_WORKERS = 1
LEAST_RP = Decimal(1_000_000_000)
SINCE = date(2025, 6, 1)
OWN = Text("Batas kewajaran pengelola, bukan aturan.", "What this office finds plausible, no rule.")


def find(edition: Edition, span: Span) -> list[Finding]:
    asked = {"most": MOST_WORKERS, "least_rp": LEAST_RP, "first": span.first.replace(day=1)}
    return [_finding(row) for row in edition.query("quality_headcounts", **asked, **limits(edition))]


def _finding(row: dict) -> Finding:
    return Finding(
        rule="headcount_of_one",
        value=row["headcount"],
        expected=row["declared"],
        place=row["place"],
        owner=row["owner"],
        project=row["kode_proyek"],
        facts={"name": row["nama_proyek"], "contract_rp": row["nilai_kontrak"], "registered": row["registered_on"]},
    )


RULE = Rule(
    code="headcount_of_one",
    label=Text("Satu pekerja pada kontrak besar", "One worker on a large contract"),
    definition=defined(
        __doc__,
        "Satu pekerja didaftarkan pada kontrak besar. Tidak satu pun pendaftaran proyek itu menyebut lebih dari satu "
        "pekerja, semuanya menyebut jumlah, nilai kontraknya Rp1 miliar atau lebih, dan proyeknya berjalan dalam 12 "
        "bulan terakhir. Pendaftaran demikian tampak terdaftar padahal hanya melindungi satu orang. Pendaftaran tanpa "
        "jumlah berarti tidak diketahui, bukan satu.",
    ),
    why=Text(
        "{name}: {value} pekerja didaftarkan {registered} atas kontrak {contract_rp}.",
        "{name}: {value} worker registered on {registered} for a contract of {contract_rp}.",
    ),
    measured=Text("Pekerja terdaftar", "Workers registered"),
    unit="count",
    about="projects",
    severity="berat",
    owner="branch",
    version=1,
    thresholds=(
        Threshold(Text("Pekerja terdaftar, paling banyak", "Workers, at most"), MOST_WORKERS, SINCE, OWN),
        Threshold(Text("Nilai kontrak, sekurangnya (Rp)", "Contract, at least (Rp)"), LEAST_RP, SINCE, OWN),
    ),
    find=find,
)
