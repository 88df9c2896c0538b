"""One NIK in many places. Persons who stand on rosters of running projects in three or more kabupaten/kota at the
same month end, told in each of these places as a number for the last 12 month ends; nobody is listed. Somebody may
work in two neighbouring places, hardly in three: a roster was copied, or a NIK lent. Coverage of people counts each
of them once."""

from datetime import date

from analytics.indicators import Text
from analytics.quality.rule import Finding, Rule, Span, Threshold, defined, of_people
from data.editions import Edition

FEWEST_PLACES = 3


def find(edition: Edition, span: Span) -> list[Finding]:
    asked = {"fewest": FEWEST_PLACES, "first": span.first, "last": span.last}
    rows = of_people(edition, "quality_person_places", **asked)
    return [_finding(row) for row in rows]


def _finding(row: dict) -> Finding:
    return Finding(
        rule="person_in_many_places",
        value=row["persons"],
        expected=0,
        place=row["place"],
        month=row["month"],
        facts={"fewest": FEWEST_PLACES, "most": row["most_places"]},
    )


RULE = Rule(
    code="person_in_many_places",
    label=Text("Satu NIK di banyak tempat", "One NIK in many places"),
    definition=defined(
        __doc__,
        "Satu NIK di banyak tempat. Orang yang tercatat pada daftar tenaga kerja proyek berjalan di tiga "
        "kabupaten/kota atau lebih pada akhir bulan yang sama, disebut di setiap tempat itu sebagai jumlah untuk 12 "
        "akhir bulan terakhir; tidak ada orang yang didaftar. Orang dapat bekerja di dua tempat bertetangga, hampir "
        "tidak mungkin di tiga: daftarnya disalin, atau NIK-nya dipinjam. Cakupan pekerja menghitung masing-masing "
        "satu kali.",
    ),
    why=Text(
        "{value} orang pada daftar tenaga kerja di sini juga tercatat di tempat lain, seluruhnya {fewest} sampai "
        "{most} kabupaten/kota sekaligus.",
        "{value} persons on rosters here also stand on rosters elsewhere, in {fewest} to {most} kabupaten/kota at "
        "once.",
    ),
    measured=Text("Orang", "Persons"),
    unit="count",
    about="people",
    severity="sedang",
    owner="branch",
    version=1,
    thresholds=(
        Threshold(
            Text("Kabupaten/kota sekaligus, sekurangnya", "Kabupaten/kota at once, at least"),
            FEWEST_PLACES,
            date(2025, 6, 1),
            Text("Batas kewajaran pengelola, bukan aturan.", "What this office finds plausible, no rule."),
        ),
    ),
    find=find,
)
