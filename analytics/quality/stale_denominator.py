"""An estimate of workers that has grown old. The estimate by which the members of a place and sector are divided at
the last month end is dated more than 15 months before it: a yearly survey and three months until it is published. It
stays in use, since nothing is interpolated, but newer ones may exist and ought to be asked for."""

from datetime import date

from analytics.indicators import Text
from analytics.quality.delivery_missing import months_before
from analytics.quality.rule import Finding, Rule, Span, Threshold, defined, of_people
from analytics.row import month_end
from data.editions import Edition

MOST_MONTHS = 15
SUMS = ("cabang", "kelompok")  # their estimates are those of their members


def find(edition: Edition, span: Span) -> list[Finding]:
    oldest = month_end(months_before(span.last, MOST_MONTHS))
    rows = of_people(edition, "quality_people", first=span.last, last=span.last)
    dated = [row for row in rows if row["per_tanggal"] and row["place_kind"] not in SUMS]
    return [_finding(row, oldest) for row in dated if row["per_tanggal"] < oldest]


def _finding(row: dict, oldest: date) -> Finding:
    return Finding(
        rule="stale_denominator",
        value=row["per_tanggal"],
        expected=oldest,
        place=row["place"],
        subject=row["sector"],
        facts={"sector": row["sector"], "source": row["vintage_source"], "workers": row["workers"]},
    )


RULE = Rule(
    code="stale_denominator",
    label=Text("Penyebut sudah lama", "Estimate has grown old"),
    definition=defined(
        __doc__,
        "Perkiraan pekerja yang sudah lama. Perkiraan yang membagi peserta suatu wilayah dan sektor pada akhir bulan "
        "terakhir bertanggal lebih dari 15 bulan sebelumnya: survei tahunan ditambah tiga bulan sampai terbit. "
        "Perkiraan itu tetap dipakai, sebab tidak ada yang diinterpolasi, tetapi yang lebih baru mungkin ada dan "
        "patut diminta.",
    ),
    why=Text(
        "Pembagi sektor {sector}, {workers} pekerja menurut {source}, bertanggal {value}; paling lama {expected}.",
        "The estimate for {sector}, {workers} workers by {source}, is dated {value}; at the oldest {expected}.",
    ),
    measured=Text("Tanggal perkiraan", "Date of the estimate"),
    unit="day",
    about="people",
    severity="ringan",
    owner="steward",
    version=1,
    thresholds=(
        Threshold(
            Text("Umur perkiraan, paling banyak (bulan)", "Age of the estimate, at most (months)"),
            MOST_MONTHS,
            date(2025, 6, 1),
            Text(
                "Sakernas terbit setahun dua kali, sekitar tiga bulan sesudah surveinya.",
                "The labour force survey comes out twice a year, about three months after it.",
            ),
        ),
    ),
    find=find,
)
