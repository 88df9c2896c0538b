"""A printed percentage that its own figures contradict. An official figure prints a percentage beside its numerator
and denominator, and no values that round to these two give it: it lies outside what the stated precision of both
allows, by more than half of its last printed decimal."""

from datetime import date
from decimal import Decimal

from analytics.indicators import Text
from analytics.quality.rule import Finding, Rule, Span, Threshold, defined, of_people
from analytics.row import month_end
from data.editions import Edition


def find(edition: Edition, _span: Span) -> list[Finding]:
    rows = of_people(edition, "quality_official")
    return [_finding(row) for row in rows if is_contradicted(row)]


def is_contradicted(row: dict) -> bool:
    """`row` has members and potential, each with its precision (None: exact), and the percentage printed."""
    printed, half = row["printed_pct"], half_of_last_decimal(row["printed_pct"])
    of_members = Decimal(row["members_precision"] or 0) / 2
    of_potential = Decimal(row["potential_precision"] or 0) / 2
    fewest, largest = row["potential"] - of_potential, row["potential"] + of_potential
    if fewest <= 0:
        return False
    low, high = 100 * (row["members"] - of_members) / largest, 100 * (row["members"] + of_members) / fewest
    return printed + half < low or printed - half > high


def half_of_last_decimal(printed: Decimal) -> Decimal:
    """45.6 is printed to one decimal, 50.88 to two, 45 to none."""
    exponent = printed.normalize().as_tuple().exponent
    assert isinstance(exponent, int), printed
    return Decimal(5).scaleb(min(exponent, 0) - 1)


def _finding(row: dict) -> Finding:
    per = row["per_tanggal"]
    month = None if per is None else month_end(per)
    # A source may speak twice in a month.
    day = "" if per == month else f", {per}"
    return Finding(
        rule="printed_share",
        value=float(row["printed_pct"]),
        expected=100 * row["members"] / row["potential"],
        place=row["place"],
        month=month,
        subject=f"{row['segment']}, {row['source']}{day}",
        facts={"members": row["members"], "potential": row["potential"], "source": row["source"]},
    )


RULE = Rule(
    code="printed_share",
    label=Text("Persen tercetak tidak cocok", "Printed percentage does not fit"),
    definition=defined(
        __doc__,
        "Persen tercetak yang dibantah angkanya sendiri. Angka resmi mencetak persen di samping pembilang dan "
        "penyebutnya, dan tidak ada nilai yang dibulatkan menjadi keduanya yang menghasilkan persen itu: letaknya di "
        "luar yang dimungkinkan ketelitian keduanya, lebih dari setengah desimal terakhir yang tercetak.",
    ),
    why=Text(
        "{source} mencetak {value} di samping {members} dari {potential}, yaitu {expected}.",
        "{source} prints {value} beside {members} of {potential}, which is {expected}.",
    ),
    measured=Text("Persen tercetak", "Percentage printed"),
    unit="percent",
    about="people",
    severity="berat",
    owner="steward",
    version=1,
    thresholds=(
        Threshold(
            Text("Bagian desimal terakhir", "Part of the last decimal"),
            0.5,
            date(2025, 6, 1),
            Text("Pembulatan setengah ke atas.", "Rounding half up."),
        ),
    ),
    find=find,
)
