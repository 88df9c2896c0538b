"""Editions: built aside, checked, chained, immutable, and readable by many threads."""

import gzip
import hashlib
import json
import shutil
import threading
from datetime import date
from pathlib import Path

import duckdb
import pytest

from analytics import compute
from analytics.indicators import DECLARED
from data import editions
from data.editions import current_edition, open_edition, publish
from data.errors import CakupanError, HomeBusy
from data.home import Home
from data.importers import import_file
from data.ledger import mark_demo, open_ledger, undo
from tests.full_disk import SENTENCE, needs_limits, no_file_beyond

FIXTURES = Path(__file__).parents[1] / "fixtures"
AS_OF = date(2024, 7, 31)
OLDER_SCHEMAS = (1, 2, 3, 4)

FILES = {
    "proyek": (
        "kode_proyek,nama_proyek,wilayah,pemilik,mulai,selesai,tenaga_kerja\n"
        "P-1,Jalan,16.71,Dinas PUPR,2024-05-10,2024-12-31,10\n"
    ),
    "tenaga_kerja": "nik,nama,kode_proyek,mulai,selesai\n1671016507900001,Siti Rahayu,P-1,2024-06-01,2024-12-31\n",
    "angka_resmi": (
        "wilayah,per_tanggal,segmen,peserta,peserta_presisi,potensi,potensi_presisi,sumber\n"
        "16,2024-07-09,jasa konstruksi,123000,1000,270000,10000,Kanwil\n"
    ),
}


def deliver(home: Home, kind: str, folder: Path) -> None:
    path = folder / f"{kind}.csv"
    path.write_text(FILES[kind], "utf-8")
    import_file(home, path)


def sha256_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def imported(tmp_path_factory) -> Home:
    """A project and an official figure, not yet published; to be copied."""
    folder = tmp_path_factory.mktemp("masuk")
    home = Home(folder / "home")
    deliver(home, "proyek", folder)
    deliver(home, "angka_resmi", folder)
    return home


@pytest.fixture(scope="module")
def published(imported, tmp_path_factory) -> Home:
    """Two editions: one before and one after the roster came in. Read only, tests share it."""
    folder = tmp_path_factory.mktemp("terbit")
    home = Home(folder / "home")
    shutil.copytree(imported.root, home.root)
    publish(home, AS_OF)
    deliver(home, "tenaga_kerja", folder)
    publish(home, AS_OF)
    return home


@pytest.fixture
def ledger_home(home, imported) -> Home:
    """A home of this test alone, with a project and an official figure, not yet published."""
    shutil.copytree(imported.root, home.root, dirs_exist_ok=True)
    return home


def test_a_home_without_a_ledger_has_nothing_to_publish(home):
    with pytest.raises(CakupanError, match=r"^Belum ada data; impor berkas lebih dahulu\.$"):
        publish(home)


def test_before_the_first_publish_no_edition_is_served(ledger_home):
    assert current_edition(ledger_home) is None


def test_the_last_published_edition_is_the_current_one(published):
    edition = current_edition(published)
    assert edition is not None and edition.number == 2
    assert published.current_path.read_text() == "2"


def test_each_edition_carries_the_hash_of_the_one_before(published):
    first, second = (open_edition(published, number).meta for number in (1, 2))
    assert (first["previous_hash"], second["previous_hash"]) == ("", first["content_hash"])
    assert first["content_hash"] != second["content_hash"]


def test_an_earlier_edition_still_reads_as_it_was(published):
    first, second = (open_edition(published, number) for number in (1, 2))
    assert [len(e.query("population_rows", places=["16"], first=AS_OF, last=AS_OF)) for e in (first, second)] == [1, 1]
    kinds = [len(json.loads((published.editions_dir / f"{n:06}.json").read_text())["batches"]) for n in (1, 2)]
    assert kinds == [2, 3]


def test_the_same_ledger_gives_the_same_content(ledger_home):
    numbers = [publish(ledger_home, AS_OF), publish(ledger_home, AS_OF)]
    first, second = (open_edition(ledger_home, number).meta for number in numbers)
    assert first["content_hash"] == second["content_hash"]


def test_an_undone_batch_leaves_no_trace_in_the_numbers(ledger_home, tmp_path):
    before = publish(ledger_home, AS_OF)
    deliver(ledger_home, "tenaga_kerja", tmp_path)
    undo(ledger_home, 3)
    after = publish(ledger_home, AS_OF)
    assert (
        open_edition(ledger_home, after).meta["content_hash"] == open_edition(ledger_home, before).meta["content_hash"]
    )


def test_publishing_again_leaves_earlier_files_untouched(ledger_home):
    publish(ledger_home, AS_OF)
    files = [ledger_home.editions_dir / "000001.duckdb", ledger_home.editions_dir / "000001.json"]
    before = [sha256_of(path) for path in files]
    publish(ledger_home, date(2024, 12, 31))
    assert [sha256_of(path) for path in files] == before


def test_the_sidecar_says_what_the_edition_says(published):
    sidecar = json.loads((published.editions_dir / "000002.json").read_text())
    meta = open_edition(published, 2).meta
    assert {key: sidecar[key] for key in meta if key != "home_place"} == {
        key: value for key, value in meta.items() if key != "home_place"
    }


def test_every_table_is_hashed_and_its_rows_counted(published):
    sidecar = json.loads((published.editions_dir / "000002.json").read_text())
    with duckdb.connect(str(published.editions_dir / "000002.duckdb"), read_only=True) as edition:
        tables = {name for (name,) in edition.execute("select table_name from duckdb_tables()").fetchall()}
        rows = {table: edition.execute(f"select count(*) from {table}").fetchall()[0][0] for table in tables - {"meta"}}
    assert set(editions.EDITION_TABLES) == tables - {"meta"}
    assert set(editions.STORED_IN_ORDER) <= tables
    assert sidecar["rows"] == rows


def test_the_sidecar_names_every_file_by_its_hash(published):
    sidecar = json.loads((published.editions_dir / "000002.json").read_text())
    assert [(b["kind"], b["sha256"], b["rows"]) for b in sidecar["batches"]] == [
        (kind, hashlib.sha256(FILES[kind].encode()).hexdigest(), 1)
        for kind in ("proyek", "angka_resmi", "tenaga_kerja")
    ]


def test_months_end_with_the_last_month_end_not_after_the_position(ledger_home):
    meta = open_edition(ledger_home, publish(ledger_home, date(2024, 7, 30))).meta
    assert (meta["first_month"], meta["last_month"], meta["as_of"]) == ("2024-05-31", "2024-06-30", "2024-07-30")


def test_an_edition_before_all_data_is_empty_and_opens(ledger_home):
    edition = open_edition(ledger_home, publish(ledger_home, date(2020, 1, 1)))
    assert (edition.meta["first_month"], edition.meta["last_month"]) == ("", "")
    assert edition.query("population_rows", places=["16"], first=date(1990, 1, 1), last=AS_OF) == []


def test_no_table_of_an_edition_has_a_person(published):
    with duckdb.connect(str(published.editions_dir / "000002.duckdb"), read_only=True) as edition:
        columns = {
            row[0] for row in edition.execute("select column_name from duckdb_columns() where not internal").fetchall()
        }
    assert not columns & {"person_id", "nik", "nik_hmac", "kpj", "nama"}


def test_an_edition_cannot_be_written_through(published):
    edition = open_edition(published, 2)
    with pytest.raises(duckdb.InvalidInputException, match="read-only"):
        edition._cursor().execute("delete from population")


def test_many_threads_read_one_edition(published):
    edition = open_edition(published, 2)
    answers = []

    def ask() -> None:
        answers.extend(
            edition.query("population_rows", places=["16"], first=AS_OF, last=AS_OF)[0]["numerator"] for _ in range(20)
        )

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [123000] * 8 * 20


def test_an_edition_that_contradicts_the_ledger_is_not_published(ledger_home, tmp_path):
    publish(ledger_home, AS_OF)
    deliver(ledger_home, "tenaga_kerja", tmp_path)
    with open_ledger(ledger_home) as ledger:
        ledger.execute("insert into tenaga_kerja select * from tenaga_kerja")
    with pytest.raises(CakupanError, match=r"batch 3: 1 baris diterima, 2 tersimpan; laporkan"):
        publish(ledger_home, AS_OF)
    assert ledger_home.current_path.read_text() == "1"
    assert not (ledger_home.editions_dir / "000002.duckdb").exists()


def test_a_batch_whose_rows_are_all_lost_is_not_published(ledger_home, tmp_path):
    deliver(ledger_home, "tenaga_kerja", tmp_path)
    with open_ledger(ledger_home) as ledger:
        ledger.execute("delete from tenaga_kerja")
    with pytest.raises(CakupanError, match=r"batch 3: 1 baris diterima, 0 tersimpan"):
        publish(ledger_home, AS_OF)


def test_what_a_killed_publish_left_is_cleared(ledger_home):
    ledger_home.editions_dir.mkdir()
    (ledger_home.editions_dir / ".building-000001.duckdb").write_bytes(b"setengah")
    (ledger_home.editions_dir / ".building-000001.duckdb.wal").write_bytes(b"setengah")
    (ledger_home.editions_dir / ".building-spill").mkdir()
    (ledger_home.editions_dir / ".building-spill" / "tumpahan").write_bytes(b"setengah")
    publish(ledger_home, AS_OF)
    assert sorted(path.name for path in ledger_home.editions_dir.iterdir()) == ["000001.duckdb", "000001.json"]


def test_while_another_writes_nothing_is_published(ledger_home):
    with ledger_home.writer_lock("impor roster.csv"), pytest.raises(HomeBusy, match=r"impor roster\.csv"):
        publish(ledger_home, AS_OF)
    assert current_edition(ledger_home) is None


def test_an_edition_that_does_not_exist_is_refused(published):
    with pytest.raises(CakupanError, match=r"^Edisi 9 tidak ada"):
        open_edition(published, 9)


def test_a_pointer_that_names_no_edition_is_refused(ledger_home):
    ledger_home.current_path.write_text("satu")
    with pytest.raises(CakupanError, match="berisi 'satu'; jalankan publish lagi"):
        current_edition(ledger_home)


def test_an_edition_of_a_newer_program_is_refused(ledger_home):
    publish(ledger_home, AS_OF)
    with duckdb.connect(str(ledger_home.editions_dir / "000001.duckdb")) as edition:
        edition.execute("update meta set value = '99' where key = 'schema_version'")
    with pytest.raises(CakupanError, match=r"^Edisi 1 dibuat oleh program yang lebih baru; perbarui program\.$"):
        current_edition(ledger_home)


def test_demonstration_data_is_marked_in_every_edition(ledger_home):
    mark_demo(ledger_home)
    assert open_edition(ledger_home, publish(ledger_home, AS_OF)).meta["demo"] == "1"


def test_real_data_is_not_marked_as_demonstration(published):
    assert open_edition(published, 2).meta["demo"] == "0"


def test_a_branch_of_the_settings_is_frozen_into_the_edition(ledger_home):
    first = open_edition(ledger_home, publish(ledger_home, AS_OF))
    ledger_home.config_path.write_text('[[branch]]\ncode = "satu"\nname = "Satu"\nplaces = ["16.71"]\n', "utf-8")
    second = open_edition(ledger_home, publish(ledger_home, AS_OF))
    assert [len(e.query("branch_places", branch="branch:palembang")) for e in (first, second)] == [3, 0]
    assert second.query("branch_places", branch="branch:satu") == [{"place": "16.71"}]


def edition_of_schema(home: Home, version: int) -> editions.Edition:
    """The edition that tests/fixtures keeps of this schema, as the current one of a home."""
    home.editions_dir.mkdir()
    packed = (FIXTURES / f"edition-schema-{version}.duckdb.gz").read_bytes()
    (home.editions_dir / "000001.duckdb").write_bytes(gzip.decompress(packed))
    home.current_path.write_text("1")
    edition = current_edition(home)
    assert edition is not None and edition.meta["schema_version"] == str(version)
    return edition


@pytest.mark.parametrize("version", OLDER_SCHEMAS)
def test_an_edition_of_an_older_schema_still_reads(home, version):
    edition = edition_of_schema(home, version)
    [row] = edition.query("population_rows", places=["16"], first=AS_OF, last=AS_OF)
    assert (row["numerator"], row["source"], row["as_of"]) == (123000, "Kanwil", date(2024, 7, 9))
    [coverage] = compute.rows(edition, "population_coverage", AS_OF, compute.Scope("16"))
    assert coverage.value == pytest.approx(100 * 123_000 / 270_000)
    assert [project["owner"] for project in compute.owners(edition, "16.71")] == ["Dinas PUPR"]
    assert {place["code"] for place in compute.places(edition) if place["has_data"]} >= {"00", "16", "16.71"}


def test_every_schema_before_the_current_one_is_read_again():
    assert set(range(1, editions.SCHEMA_VERSION)) <= set(OLDER_SCHEMAS)


@pytest.mark.parametrize("version", OLDER_SCHEMAS)
def test_what_an_edition_of_an_older_schema_cannot_tell_is_no_data_with_a_reason(home, version):
    edition = edition_of_schema(home, version)
    for indicator in DECLARED:
        for by in (None, *indicator.split_by):
            found = compute.rows(edition, indicator.code, AS_OF, compute.Scope("16"), by)
            is_older = compute.OLDEST_SCHEMA[indicator.table] > version
            if is_older:  # its places are known; owners and funds of what it does not tell are not
                assert bool(found) == (by in (None, "place", "branch", "sector")), (indicator.code, by)
            assert all((row.reason == "edition_older") == is_older for row in found), (indicator.code, by)
            assert all(row.status == "no_data" for row in found) or not is_older
    assert len(compute.targets(edition, "16", 2024)) == (0 if version == 1 else 1)


@pytest.mark.parametrize("version", [2, 3])
def test_an_edition_since_schema_2_tells_every_indicator_of_its_time(home, version):
    edition, december = edition_of_schema(home, version), date(2024, 12, 31)

    def value(code: str, place: str = "16.71", month: date = december) -> float | None:
        [row] = compute.rows(edition, code, month, compute.Scope(place))
        return None if row.value is None else float(row.value)

    assert {code: value(code) for code in ("placement_coverage", "site_coverage", "unprotected_placements")} == {
        "placement_coverage": 100 * (1 + 3) / 5,
        "site_coverage": 100 * 1 / 1,
        "unprotected_placements": 5 - (1 + 3),
    }
    assert {code: value(code) for code in ("project_registration", "value_registration", "on_time_registration")} == {
        "project_registration": 100 * 1 / 1,
        "value_registration": 100 * 500_000_000 / 500_000_000,
        "on_time_registration": 100 * 1 / 1,
    }
    assert {code: value(code) for code in ("contributions_paid_rp", "projects_registered_ytd")} == {
        "contributions_paid_rp": 1_200_000,
        "projects_registered_ytd": 1,
    }
    assert (value("workers_registered_ytd"), value("uncovered_worker_days")) == (4, 31 * (5 - 4))
    assert (value("active_members"), value("new_members"), value("ended_members")) == (1 + (4 - 1), 0, 0)
    assert value("gap_to_estimate", "16", AS_OF) == 270_000 - 123_000
    assert value("target_attainment", "16", AS_OF) == pytest.approx(100 * (100 * 123 / 270) / 50)


def test_the_position_defaults_to_today_in_jakarta(ledger_home, monkeypatch):
    class Midnight(editions.datetime):
        @classmethod
        def now(cls, tz=None):
            return editions.datetime(2024, 7, 31, 17, 30, tzinfo=editions.UTC).astimezone(tz)

    monkeypatch.setattr(editions, "datetime", Midnight)
    assert open_edition(ledger_home, publish(ledger_home)).meta["as_of"] == "2024-08-01"


@needs_limits
def test_a_publish_without_room_says_so_leaves_nothing_and_the_last_edition_served(home, tmp_path):
    deliver(home, "proyek", tmp_path)
    publish(home, AS_OF)
    before = sorted(path.name for path in home.editions_dir.iterdir())
    size = (home.editions_dir / before[0]).stat().st_size
    sentence = rf"Penerbitan berhenti \({SENTENCE}\); edisi yang dilayani tidak berubah, perbaiki lalu ulangi\."
    with pytest.raises(CakupanError, match=sentence), no_file_beyond(size // 2):
        publish(home, AS_OF)
    assert sorted(path.name for path in home.editions_dir.iterdir()) == before
    edition = current_edition(home)
    assert edition is not None and edition.number == 1


@pytest.mark.parametrize("harm", ["gone", "damaged", "pointer"])
def test_a_publish_takes_the_place_of_an_edition_that_cannot_be_read(published, tmp_path, harm):
    home = Home(tmp_path / "home")
    shutil.copytree(published.root, home.root)
    if harm == "gone":
        shutil.rmtree(home.editions_dir)
    elif harm == "damaged":
        (home.editions_dir / "000002.duckdb").write_bytes(b"bukan edisi")
    else:
        home.current_path.write_text("", "utf-8")
    assert publish(home, AS_OF) == 3
    edition = current_edition(home)
    assert edition is not None and (edition.number, edition.meta["previous_hash"]) == (3, "")


@pytest.mark.parametrize("name", [".building-000003.duckdb", ".building-text", "tmp_.building-text", "000003.json.new"])
def test_what_a_killed_publish_left_goes_with_the_next(published, tmp_path, name):
    home = Home(tmp_path / "home")
    shutil.copytree(published.root, home.root)
    (home.editions_dir / name).write_bytes(b"setengah jadi")
    with pytest.raises(CakupanError, match="Tanda pratinjau"):
        publish(home, AS_OF, expect="bukan tanda")
    assert sorted(path.name for path in home.editions_dir.iterdir()) == [
        "000001.duckdb", "000001.json", "000002.duckdb", "000002.json",
    ]  # fmt: skip
