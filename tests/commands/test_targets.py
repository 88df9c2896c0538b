"""cakupan.py targets: the rows that the page computes, as JSON and in words."""

import json
import shutil
from datetime import date
from decimal import Decimal

import pytest

from analytics.attainment import target_rows
from analytics.closing import closing_list
from analytics.compute import Scope
from analytics.pace import pace
from data.access import LOCAL
from data.casework import FollowUp, record_follow_up
from data.editions import current_edition, publish
from data.home import Home
from tests.naive import month_end
from tests.shell import landed, refused, run_here
from tests.worlds import deliver, empty_world, load_world

JUNE = date(2024, 6, 30)
YEAR = {"mulai": date(2024, 1, 1), "selesai": date(2024, 12, 31)}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Reports of four Junes and three Decembers, two projects without cover, targets of construction and of all."""
    home, world = Home(tmp_path_factory.mktemp("targets") / "home"), empty_world(JUNE)
    deliver(world, "pendaftaran", complete_for="16", period=(date(2021, 1, 1), date(2024, 12, 31)))
    for year, (june, december) in {2021: (60, 30), 2022: (80, 40), 2023: (100, 60), 2024: (120, None)}.items():
        rows = [(date(year, 6, 30), june), (month_end(date(year, 12, 1)), december)]
        told = [{"wilayah": "16", "bulan": day, "peserta_aktif": count} for day, count in rows if count]
        deliver(world, "rekap", *told)
    deliver(world, "penduduk_bekerja", {"wilayah": "16", "per_tanggal": date(2021, 1, 1), "pekerja": 1000})
    for code in ("P1", "P2"):
        deliver(world, "proyek", {"kode_proyek": code, "tenaga_kerja": 10, **YEAR})
    deliver(world, "target", {"tahun": 2024, "nilai": Decimal(13), "dokumen": "SK 1"}, as_of=date(2024, 1, 1))
    deliver(world, "target", {"tahun": 2024, "nilai": Decimal("12.5"), "dokumen": "SK 2"}, as_of=date(2024, 3, 1))
    deliver(world, "target", {"tahun": 2024, "nilai": Decimal(40), "segmen": "semua segmen", "penerbit": "Kemendagri"})
    deliver(world, "target", {"tahun": 2023, "nilai": Decimal(8)})
    load_world(home, world)
    publish(home, as_of=world["as_of"])
    return home


def test_the_rows_are_those_of_the_page(home):
    edition, scope = current_edition(home), Scope("16")
    assert edition is not None
    told = landed(home, "targets", "--month", "2024-06", "--place", "16")
    rows = target_rows(edition, JUNE, scope)
    assert [{name: row[name] for name in rows[0].as_json()} for row in told] == [row.as_json() for row in rows]
    [in_force] = [row for row in told if row["pace"]]
    assert in_force["pace"] == json.loads(json.dumps(pace(edition, JUNE, scope).rows[0].as_json()))
    closing = closing_list(edition, JUNE, scope, rows[0])
    assert closing is not None
    of_page = [row | {"follow_up": None} for row in closing.as_json()["rows"]]
    assert in_force["closing"] == json.loads(json.dumps(closing.as_json() | {"rows": of_page}))
    assert (in_force["document"], in_force["gap"], in_force["closing"]["closed"]) == ("SK 2", "5", "10")
    assert in_force["projection"]["seasons"] == [2021, 2022, 2023]
    assert [row["superseded_by"] for row in told if row["is_superseded"]] == ["SK 2"]


def test_the_talk_about_a_project_stands_beside_it(home, tmp_path):
    shutil.copytree(home.root, tmp_path / "home")
    talking = Home(tmp_path / "home")
    edition = current_edition(talking)
    assert edition is not None
    promised = FollowUp("P1", "berjanji", "Cabang Palembang", promised_on=date(2024, 7, 15))
    record_follow_up(talking, LOCAL, edition, promised)
    told = landed(talking, "targets", "--month", "2024-06", "--place", "16")
    [project] = next(row["closing"]["rows"] for row in told if row["closing"])
    assert (project["kode_proyek"], project["follow_up"]["state"], project["follow_up"]["promised_on"]) == (
        "P1",
        "berjanji",
        "2024-07-15",
    )
    assert "(berjanji)" in run_here(talking, "targets", "--month", "2024-06", "--place", "16").stdout


def test_in_words_each_number_stands_with_what_it_rests_on(home):
    said = run_here(home, "targets", "--month", "2024-06", "--place", "16")
    assert said.returncode == 0, said.stderr
    lines = [line.strip() for line in said.stdout.splitlines()]
    assert lines[0] == "Sasaran 2024, keadaan Juni 2024"
    assert "tidak dapat dibandingkan: segmennya lain" in lines
    assert "digantikan oleh SK 2; disebut sejak kiriman 1 Januari 2024" in lines
    assert "12,0 %, capaian 96,0 %: di bawah jalur" in lines  # 120 of 1.000 against 12,5 %
    assert (
        "uji mundur 2 tahun: galat rata-rata 10,0 %, tanpa tanda 10,0 %; 0 dari 1 di dalam pita tahun-tahun sebelumnya"
        in lines
    )
    assert "1 proyek menutup selisih: 10 dari 5; 0 proyek belum diketahui dan tidak dihitung" in lines
    assert lines[-1].startswith("Capaian di atas 90 % Sangat Baik")


def test_at_the_target_date_the_word_is_printed(home):
    said = run_here(home, "targets", "--month", "2023-12", "--place", "16")
    assert "6,0 %, capaian 75,0 %: Cukup" in said.stdout
    assert "tanpa proyeksi: tahunnya sudah berakhir" in said.stdout


def test_a_place_without_targets_is_told_so(home):
    assert landed(home, "targets", "--month", "2024-06", "--place", "16.71") == []
    said = run_here(home, "targets", "--month", "2024-06", "--place", "16.71")
    assert said.stdout.splitlines()[-1].startswith("Belum ada sasaran 2024")


def test_months_that_are_none_or_not_in_the_edition_are_refused_by_name(home, tmp_path):
    assert refused(home, "targets", "--month", "Juni") == "'Juni' bukan bulan; tulis seperti 2024-07."
    assert (
        refused(home, "targets", "--month", "2031-01")
        == "Bulan 2031-01 tidak ada di edisi ini; pilih 2021-06 sampai 2024-06."
    )
    assert refused(Home(tmp_path / "none"), "targets").startswith("Belum ada edisi")
