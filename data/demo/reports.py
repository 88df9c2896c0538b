"""Monthly recapitulations of active members by segment and sector, as a regional office would send them, and what
branches report of single places: demo_place_reports.csv and demo_official_figures.csv. Beside the persons, which are
complete, each probable cause of a difference occurs; no report is a headline.
"""

from datetime import date, timedelta
from pathlib import Path

from data.demo.deliveries import DemoDelivery, Demonstration, write_rows
from data.demo.reported import Report, builders_in, construction_rows, persons_of, report_row
from data.demo.scenario import AS_OF, read_table

REGIONAL = "rekap_2023_2025"
REGIONAL_SINCE = date(2023, 1, 1)
WOBBLE_PERMIL = 4


def write_reports(demo: Demonstration, folder: Path) -> DemoDelivery:
    """Construction is counted from the persons of the demonstration, the other sectors grow by demo_sectors.csv."""
    random = demo.scenario.draws("reports")
    told_otherwise = _reports(REGIONAL)
    source, closed = _source_and_position(REGIONAL)
    places = sorted({row["wilayah"] for row in read_table("sectors")})
    builders = [builders_in(demo, place, since=REGIONAL_SINCE) for place in places]
    rows = []
    for number, month in enumerate(_month_ends(REGIONAL_SINCE, AS_OF)):
        for of_place in builders:
            report = told_otherwise.get((of_place.place, month), Report(source))
            rows += construction_rows(demo, of_place, month, report)
        for told in read_table("sectors"):
            first, growth = int(told["peserta_januari_2023"]), int(told["tambah_per_bulan_permil"])
            permil = 1000 + growth * number + int(random.integers(-WOBBLE_PERMIL, WOBBLE_PERMIL + 1))
            members = round(first * demo.scenario.share) * permil // 1000
            rows.append(report_row(told["wilayah"], month, told["segmen"], told["sektor"], members, source))
    return _written(folder / f"{REGIONAL}.csv", "rekap", rows, closed)


def write_place_reports(demo: Demonstration, folder: Path) -> list[DemoDelivery]:
    """What branches send of their own places."""
    names = dict.fromkeys(row["berkas"] for row in read_table("place_reports"))
    return [_write_branch(demo, folder, name) for name in names if name != REGIONAL]


def _write_branch(demo: Demonstration, folder: Path, name: str) -> DemoDelivery:
    reports = _reports(name)
    since = min(month for _place, month in reports)
    builders = {place: builders_in(demo, place, since=since) for place in dict.fromkeys(place for place, _ in reports)}
    rows = []
    for (place, month), report in reports.items():
        rows += construction_rows(demo, builders[place], month, report)
    return _written(folder / f"{name}.csv", "rekap", rows, _source_and_position(name)[1])


def write_official_figures(demo: Demonstration, folder: Path) -> DemoDelivery:
    """What a branch told an audience: of a day within the month, or rounded."""
    rows = [_official_figure(demo, told) for told in read_table("official_figures")]
    return _written(folder / "angka_resmi_2025.csv", "angka_resmi", rows, AS_OF)


def _official_figure(demo: Demonstration, told: dict[str, str]) -> dict[str, str]:
    day, unit = date.fromisoformat(told["per_tanggal"]), int(told["pembulatan"])
    persons = persons_of(demo, builders_in(demo, told["wilayah"], since=day), day)
    return {
        "wilayah": told["wilayah"],
        "per_tanggal": told["per_tanggal"],
        "segmen": "jasa konstruksi",
        "peserta": str((persons + unit // 2) // unit * unit),
        "peserta_presisi": str(unit) if unit > 1 else "",
        "sumber": told["sumber"],
    }


def _reports(file_name: str) -> dict[tuple[str, date], Report]:
    """What the table says of one file, by place and month."""
    found = {}
    for row in _rows_of(file_name):
        report = Report(row["sumber"], row["dihitung"], int(row["jakon_permil"]))
        first, last = (date.fromisoformat(f"{row[name]}-01") for name in ("dari", "sampai"))
        found |= {(row["wilayah"], month): report for month in _month_ends(first, last)}
    return found


def _source_and_position(file_name: str) -> tuple[str, date]:
    row = _rows_of(file_name)[0]
    return row["sumber"], date.fromisoformat(row["posisi"])


def _rows_of(file_name: str) -> list[dict[str, str]]:
    return [row for row in read_table("place_reports") if row["berkas"] == file_name]


def _month_ends(since: date, until: date) -> list[date]:
    """The month ends from the month of one day to that of another."""
    months = range(since.year * 12 + since.month - 1, until.year * 12 + until.month)
    return [date((month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1) for month in months]


def _written(path: Path, kind: str, rows: list[dict[str, str]], as_of: date) -> DemoDelivery:
    write_rows(path, list(rows[0]), rows)
    return DemoDelivery(path, kind, {"data_as_of": as_of})
