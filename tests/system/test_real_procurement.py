"""The real procurement records of one kabupaten, 2025: what lands equals a second, naive join of the files."""

import json
from calendar import month_abbr
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from analytics import compute
from analytics.compute import Scope
from data.editions import current_edition
from data.home import Home
from tests.shell import landed, run_child

RECORDS = Path(__file__).parents[3] / "shared" / "data" / "inaproc-2025"
WORKS = "Pekerjaan Konstruksi"
FIRMS, PERSONS = "Jasa Konsultansi Badan Usaha Konstruksi", "Jasa Konsultansi Perorangan Konstruksi"
OWNER = "Dinas Kesehatan Kab. Bandung"
FUND = "APBD kabupaten/kota"

pytestmark = pytest.mark.skipif(not RECORDS.exists(), reason="the real records are not on this machine")


def rows_of(*names: str) -> list[dict[str, Any]]:
    """Rows of these files, with the package's code under one name."""
    rows = [row for name in names for row in json.loads((RECORDS / f"{name}.json").read_text("utf-8"))]
    return [row | {"code": str(row.get("kd_tender") or row.get("kd_nontender"))} for row in rows]


@pytest.fixture(scope="module")
def naive() -> dict[str, set[str]]:
    """Package codes by what becomes of them."""
    work_type = {row["code"]: row["jenis_pengadaan"] for row in rows_of("tender-pengumuman", "nontender-pengumuman")}
    contracted = {row["code"] for row in rows_of("tender-kontrak", "nontender-kontrak")}
    started = {row["code"] for row in rows_of("tender-spmk", "nontender-spmk")}
    paid = {row["code"] for row in rows_of("nontender-bap-bast")}
    built = {code for code, kind in work_type.items() if kind in (WORKS, FIRMS, PERSONS)}
    return {
        "accepted": built & contracted & started,
        "tanpa_masa_kerja": (built & contracted) - started,
        "belum_berkontrak": built - contracted,
        "bukan_konstruksi": set(work_type) - built,
        "tanpa_pengumuman": contracted - set(work_type),
        "tanpa_pengumuman_dan_kontrak": (started | paid) - contracted - set(work_type),
    }


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Home:
    """An empty home into which only the real set came, by the commands of the shell."""
    home = Home(tmp_path_factory.mktemp("pengadaan") / "home")
    results = landed(home, "import", RECORDS, run=run_child)
    (home.root / "results.json").write_text(json.dumps(results))
    landed(home, "publish", "--as-of", "2025-12-31", run=run_child)
    return home


@pytest.fixture(scope="module")
def results(home) -> dict[str, Any]:
    return {result["kind"]: result for result in json.loads((home.root / "results.json").read_text())}


def written_day(text: str) -> date:
    """'Aug 13, 2025, 12:00:00AM'"""
    month, day, year = text.replace(",", "").split()[:3]
    return date(int(year), list(month_abbr).index(month), int(day))


def ask(home: Home, sql: str) -> list[tuple]:
    with duckdb.connect(str(home.ledger_path), read_only=True) as ledger:
        return ledger.execute(sql).fetchall()


def test_every_package_is_accepted_or_has_its_reason(home, results, naive):
    found: dict[str, set[str]] = {"accepted": {code for (code,) in ask(home, "select kode_proyek from proyek")}}
    for reject in results["proyek"]["rejects"]:
        found.setdefault(reject["code"], set()).add(reject["value"])
    assert found == naive


def test_the_counts_by_reason_add_up(results, naive):
    assert {reason: len(codes) for reason, codes in naive.items()} == {
        "accepted": 501,
        "tanpa_masa_kerja": 53,
        "belum_berkontrak": 38 + 1146,
        "bukan_konstruksi": 6 + 60,
        "tanpa_pengumuman": 57,
        "tanpa_pengumuman_dan_kontrak": 82,
    }
    projects = results["proyek"]
    assert projects["rows_read"] == 501 + 53 + 1184 + 66 + 57 + 82
    assert (projects["rows_accepted"], projects["rows_rejected"]) == (501, projects["rows_read"] - 501)


def test_rows_are_numbered_by_their_position(home, results):
    numbers = [row for (row,) in ask(home, "select row_number from proyek")]
    numbers += [reject["row"] for reject in results["proyek"]["rejects"]]
    assert sorted(numbers) == list(range(1, results["proyek"]["rows_read"] + 1))


def test_works_and_consultancies_are_told_apart(home, naive):
    work_type = {row["code"]: row["jenis_pengadaan"] for row in rows_of("tender-pengumuman", "nontender-pengumuman")}
    expected = Counter(work_type[code] for code in naive["accepted"])
    assert dict(ask(home, "select jenis_pekerjaan, count(*) from proyek group by all")) == expected
    assert expected == {WORKS: 283, FIRMS: 194, PERSONS: 24}


def test_the_value_is_that_of_the_contracts_to_the_cent(home, naive):
    value = {row["code"]: row["nilai_kontrak"] for row in rows_of("tender-kontrak", "nontender-kontrak")}
    cents = sum(round(100 * value[code]) for code in naive["accepted"])
    assert ask(home, "select cast(100 * sum(nilai_kontrak) as bigint) from proyek") == [(cents,)]
    assert ask(home, "select distinct termasuk_ppn from proyek") == [(True,)]


def test_the_period_is_that_of_the_start_order(home, naive):
    expected = {}
    for row in rows_of("tender-spmk", "nontender-spmk"):
        expected[row["code"]] = tuple(written_day(row[f"tgl_{which}_pekerjaan"]) for which in ("mulai", "selesai"))
    found = {code: (first, last) for code, first, last in ask(home, "select kode_proyek, mulai, selesai from proyek")}
    different = {code: found[code] for code in naive["accepted"] if found[code] != expected[code]}
    # One order has its last day twice and promises 15 days: they are the 15 that end on it.
    assert expected["10080528000"] == (date(2025, 5, 6), date(2025, 5, 6))
    assert different == {"10080528000": (date(2025, 5, 6) - timedelta(days=15 - 1), date(2025, 5, 6))}


def test_no_contract_ends_on_the_day_it_was_signed(home):
    assert ask(home, "select count(*) from proyek where selesai = tgl_spk") == [(0,)]


def test_all_lie_in_the_kabupaten_and_say_how_that_is_known(home, naive):
    located = {row["code"] for row in rows_of("tender-pengumuman")} & naive["accepted"]
    by_source = {"lokasi": len(located), "instansi": len(naive["accepted"] - located)}
    found = ask(home, "select wilayah, wilayah_dari, count(*) from proyek group by all")
    assert {source: count for _, source, count in found} == by_source == {"lokasi": 41, "instansi": 460}
    assert {place for place, _, _ in found} == {"32.04"}


def test_owners_and_funds_are_those_of_the_kabupaten(home):
    assert ask(home, "select distinct jenis_pemilik, sumber_dana from proyek") == [("OPD kabupaten/kota", FUND)]
    owners = [owner for (owner,) in ask(home, "select distinct pemilik from proyek")]
    assert all(owner.endswith(" Kab. Bandung") for owner in owners)
    assert len(owners) == 32


def test_minutes_given_twice_are_one_payment(home, results, naive):
    rows = rows_of("nontender-bap-bast")
    expected = {(row["code"], row["no_bap"], row["tgl_bap"], row["besar_pembayaran"]) for row in rows}
    known = [payment for payment in expected if payment[0] in naive["accepted"] | naive["tanpa_masa_kerja"]]
    payments = results["pembayaran"]
    assert (payments["rows_read"], payments["rows_accepted"]) == (len(expected), len(known)) == (157, 97)
    cents = sum(round(100 * amount) for *_, amount in known)
    assert ask(home, "select cast(100 * sum(jumlah) as bigint) from pembayaran") == [(cents,)]
    assert {reject["code"] for reject in payments["rejects"]} == {"pembayaran_tanpa_proyek"}
    assert payments["waiting"] == 0


def test_the_notes_say_the_counts_by_reason(results):
    notes = results["proyek"]["notes"]
    assert "Tidak dimasukkan: 57 × Kontrak tanpa pengumuman, jadi jenis pengadaannya tidak diketahui." in notes
    assert "Tidak dimasukkan: 25 × Bukan pekerjaan konstruksi (Pengadaan Barang)." in notes
    assert "460 kontrak tanpa lokasi pekerjaan memakai wilayah instansi pembelinya." in notes


def test_the_position_is_the_latest_day_of_the_service(home):
    days = [row["_event_date"] for row in rows_of("tender-pengumuman", "tender-spmk", "nontender-spmk")]
    assert ask(home, "select distinct data_as_of from batch") == [(date.fromisoformat(max(days)),)]


def test_the_set_comes_in_once(home):
    again = landed(home, "import", RECORDS, run=run_child)
    assert [result["batch"] for result in again] == [None, None]


def test_masked_fields_leave_no_trace(home):
    for path in home.root.rglob("*"):
        assert path.is_dir() or b"DISAMARKAN" not in path.read_bytes(), path
    tables = [name for (name,) in ask(home, "select table_name from duckdb_tables()")]
    assert "DISAMARKAN" not in json.dumps([ask(home, f"select * from {table}") for table in tables], default=str)


@pytest.mark.parametrize("by", [None, "owner", "fund"])
def test_registration_is_no_data_and_never_zero_percent(home, by):
    told = ["--by", by] if by else []
    rows = landed(home, "show", "placement_coverage", "--place", "32.04", "--month", "2025-06", *told, run=run_child)
    assert {(row["status"], row["value"], row["numerator"]) for row in rows} == {("no_data", None, None)}
    names = {row["group"] for row in rows}
    assert names == {"32.04"} if by is None else (OWNER in names if by == "owner" else names == {FUND})


def test_no_project_is_judged_without_registrations_and_the_reason_is_told(home, naive):
    rows = landed(home, "gate", "--place", "32.04", run=run_child)
    assert {row["kode_proyek"] for row in rows} == naive["accepted"]
    told = {(row["result"], row["reason"], row["is_registered"], row["unprotected_days"]) for row in rows}
    assert told == {("belum_dapat_dinilai", "registrations_unknown", None, None)}


def test_no_payment_is_judged_either(home):
    edition = current_edition(home)
    assert edition is not None
    with duckdb.connect(str(edition.path), read_only=True) as opened:
        told = opened.execute("select payment > 0, result, reason, count(*) from judgement group by all order by all")
        untold = ("belum_dapat_dinilai", "registrations_unknown")
        assert told.fetchall() == [(False, *untold, 501), (True, *untold, 97)]


def test_the_running_projects_placed_by_their_buyer_are_those_without_a_place_of_work(home):
    located = {row["code"] for row in rows_of("tender-pengumuman")}
    june = date(2025, 6, 30)
    spells = ask(home, "select kode_proyek, mulai, selesai from proyek")
    running = {code for code, first, last in spells if first <= june <= last}
    edition = current_edition(home)
    assert edition is not None
    assert compute.agency_placed(edition, june, Scope("32.04")) == len(running - located) == 93
    assert (len(running), len(running & located)) == (103, 10)


def test_without_a_place_the_kabupaten_is_shown(home):
    (row,) = landed(home, "show", "placement_coverage", "--month", "2025-06", run=run_child)
    assert row["group"] == "32.04"


def test_undoing_the_projects_leaves_the_payments_waiting(home):
    landed_before = landed(home, "status")
    assert landed_before["waiting"] == []
    assert run_child(home, "undo", 1).returncode == 0
    (waiting,) = landed(home, "status")["waiting"]
    assert (waiting["kind"], waiting["rows"]) == ("pembayaran", 97)
    (projects, payments) = landed(home, "import", RECORDS, run=run_child)
    assert (projects["batch"], projects["rows_accepted"], payments["batch"]) == (3, 501, None)
