"""The ledger: made once, migrated with a copy, opened only with its own key; batches are undone, never deleted."""

import gzip
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from data import ledger as ledgers
from data.errors import CakupanError, FileRefused
from data.importers import import_file
from data.keys import person_key_fingerprint
from tests.full_disk import SENTENCE, needs_limits, no_file_beyond

FIXTURES = Path(__file__).parents[1] / "fixtures"

ROSTER = "nik,kode_proyek,mulai,selesai\n1671016507900001,P-1,2024-01-10,2024-12-31\n1671010101850002,P-2,2024-02-01,\n"
PROJECTS = "kode_proyek,nama_proyek,wilayah,pemilik,mulai,selesai\nP-1,Jalan,16.71,Dinas PUPR,2024-01-01,2024-12-31\n"


def deliver(home, tmp_path, text: str, name: str = "kiriman.csv", **options):
    """Import a text as a file; returns its only result."""
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return import_file(home, path, **options)[0]


def count(home, table: str) -> int:
    """Rows of a table of the ledger."""
    with ledgers.open_ledger(home, key_needed=False) as ledger:
        return ledger.execute(f"select count(*) from {table}").fetchall()[0][0]


def test_a_new_home_gets_a_ledger_of_the_newest_schema_bound_to_its_key(home):
    with ledgers.open_ledger(home) as ledger:
        assert ledgers.read_meta(ledger, "schema_version") == str(ledgers.schema_versions()[-1][0])
        assert ledgers.read_meta(ledger, "person_key") == person_key_fingerprint(home)


def test_a_missing_key_refuses_imports_and_lands_nothing(home, tmp_path):
    deliver(home, tmp_path, PROJECTS)
    (home.keys_dir / "person.key").unlink()
    with pytest.raises(CakupanError, match=r"Kunci person.key tidak ada"):
        deliver(home, tmp_path, ROSTER)
    assert count(home, "batch") == 1


def test_another_key_refuses_imports_and_lands_nothing(home, tmp_path):
    deliver(home, tmp_path, PROJECTS)
    expected = person_key_fingerprint(home)
    (home.keys_dir / "person.key").write_bytes(bytes(32))
    with pytest.raises(CakupanError, match=rf"bukan kunci buku besar ini \({expected}\); pulihkan kunci dari cadangan"):
        deliver(home, tmp_path, ROSTER)
    assert count(home, "batch") == 1


def test_a_missing_key_is_never_replaced_by_a_new_one(home, tmp_path):
    deliver(home, tmp_path, PROJECTS)
    (home.keys_dir / "person.key").unlink()
    with pytest.raises(CakupanError):
        deliver(home, tmp_path, ROSTER)
    assert not (home.keys_dir / "person.key").exists()


def test_without_the_key_a_batch_can_still_be_undone(home, tmp_path):
    deliver(home, tmp_path, PROJECTS)
    (home.keys_dir / "person.key").unlink()
    ledgers.undo(home, 1)
    assert [batch["undone_at"] is not None for batch in ledgers.status(home)["batches"]] == [True]


def test_an_undone_batch_keeps_its_rows(home, tmp_path):
    deliver(home, tmp_path, ROSTER)
    ledgers.undo(home, 1)
    assert (count(home, "tenaga_kerja"), count(home, "live_batch")) == (2, 0)


def test_an_undone_file_may_come_in_again(home, tmp_path):
    deliver(home, tmp_path, ROSTER)
    ledgers.undo(home, 1)
    assert deliver(home, tmp_path, ROSTER).batch == 2
    assert count(home, "person") == 2


def test_a_batch_that_is_not_there_cannot_be_undone(home, tmp_path):
    deliver(home, tmp_path, ROSTER)
    with pytest.raises(CakupanError, match=r"^Batch 7 tidak ada; lihat nomor batch dengan perintah status\.$"):
        ledgers.undo(home, 7)


def test_a_batch_is_undone_once(home, tmp_path):
    deliver(home, tmp_path, ROSTER)
    ledgers.undo(home, 1)
    with pytest.raises(CakupanError, match=r"^Batch 1 sudah dibatalkan pada \d{4}-\d\d-\d\d \d\d:\d\d UTC\.$"):
        ledgers.undo(home, 1)


def test_status_counts_rows_whose_project_is_not_known(home, tmp_path):
    deliver(home, tmp_path, ROSTER)
    assert ledgers.status(home)["waiting"] == [{"kind": "tenaga_kerja", "rows": 2, "projects": 2}]
    deliver(home, tmp_path, PROJECTS)
    assert ledgers.status(home)["waiting"] == [{"kind": "tenaga_kerja", "rows": 1, "projects": 1}]


def test_rows_wait_again_when_their_project_is_undone(home, tmp_path):
    deliver(home, tmp_path, PROJECTS)
    deliver(home, tmp_path, ROSTER)
    ledgers.undo(home, 1)
    assert ledgers.status(home)["waiting"] == [{"kind": "tenaga_kerja", "rows": 2, "projects": 2}]


def test_a_ledger_of_a_newer_program_is_refused(home):
    with ledgers.open_ledger(home) as ledger:
        ledger.execute("update meta set value = '99' where key = 'schema_version'")
    with pytest.raises(
        CakupanError, match=r"^Buku besar berversi 99, lebih baru daripada program ini; perbarui program"
    ):
        ledgers.open_ledger(home)


@pytest.mark.parametrize("content", [b"bukan basis data", b"\0" * 4096])
def test_a_file_that_is_no_ledger_is_refused_with_its_path(home, content):
    home.ledger_path.write_bytes(content)
    with pytest.raises(CakupanError, match=r"Buku besar .*ledger.duckdb tidak dapat dibuka; pulihkan dari cadangan"):
        ledgers.open_ledger(home)


def test_a_ledger_cut_short_is_refused_with_its_path(home, tmp_path):
    deliver(home, tmp_path, ROSTER)
    whole = home.ledger_path.read_bytes()
    home.ledger_path.write_bytes(whole[: len(whole) // 3])
    with pytest.raises(CakupanError, match="pulihkan dari cadangan"):
        ledgers.status(home)


@pytest.fixture
def next_migration(monkeypatch, tmp_path):
    """The migrations of the next program: today's and one more. Returns the file to be filled."""
    folder = tmp_path / "migrasi"
    shutil.copytree(ledgers.MIGRATIONS, folder)
    newest = ledgers.schema_versions()[-1][0]
    monkeypatch.setattr(ledgers, "MIGRATIONS", folder)
    return folder / f"{newest + 1:04}_next.sql"


def test_a_migration_keeps_the_rows_and_a_copy_of_before(home, tmp_path, next_migration):
    deliver(home, tmp_path, ROSTER)
    before = ledgers.schema_versions()[-1][0]
    next_migration.write_text("alter table batch add column warna varchar;")
    assert ledgers.status(home)["schema_version"] == before + 1
    assert (count(home, "tenaga_kerja"), ledgers.status(home)["batches"][0]["rows_accepted"]) == (2, 2)
    with duckdb.connect(str(home.root / f"ledger-versi-{before}.duckdb")) as copy:
        assert copy.execute("select count(*) from tenaga_kerja").fetchall() == [(2,)]


def test_a_migration_that_fails_changes_nothing(home, tmp_path, monkeypatch, next_migration):
    deliver(home, tmp_path, ROSTER)
    next_migration.write_text("alter table batch add column warna varchar; insert into nowhere values (1);")
    with pytest.raises(duckdb.CatalogException):
        ledgers.open_ledger(home)
    monkeypatch.undo()
    with ledgers.open_ledger(home, key_needed=False) as ledger:
        columns = ledger.execute("select column_name from duckdb_columns() where table_name = 'batch'").fetchall()
    assert ("warna",) not in columns and count(home, "tenaga_kerja") == 2


@pytest.mark.parametrize(
    ("version", "rows_accepted"),
    [
        (1, {"proyek": 1, "tenaga_kerja": 2}),
        *((version, {"proyek": 1, "tenaga_kerja": 2, "pendaftaran": 1, "kepesertaan": 1, "target": 1, "pembayaran": 1,
                     "angka_resmi": 1}) for version in (2, 4)),
    ],
)  # fmt: skip
def test_a_ledger_of_an_older_schema_still_opens(home, tmp_path, version, rows_accepted):
    home.ledger_path.write_bytes(gzip.decompress((FIXTURES / f"ledger-schema-{version}.duckdb.gz").read_bytes()))
    home.keys_dir.mkdir()
    (home.keys_dir / "person.key").write_bytes(b"k" * 32)
    (home.keys_dir / "files.key").write_bytes(b"f" * 32)
    assert {batch["kind"]: batch["rows_accepted"] for batch in ledgers.status(home)["batches"]} == rows_accepted
    assert {kind: count(home, kind) for kind in rows_accepted} == rows_accepted
    again = deliver(home, tmp_path, ROSTER.replace("2024-12-31", "2024-11-30"))
    assert (again.batch, count(home, "person")) == (len(rows_accepted) + 1, 2)


@pytest.fixture
def die_before_checkpoint(monkeypatch):
    """Every ledger closes as if its process were killed: what was committed stands in its log alone."""
    connect = ledgers._connect

    def connect_to_die(path: Path) -> duckdb.DuckDBPyConnection:
        ledger = connect(path)
        ledger.execute("pragma disable_checkpoint_on_shutdown")
        return ledger

    monkeypatch.setattr(ledgers, "_connect", connect_to_die)


@pytest.mark.usefixtures("die_before_checkpoint")
@pytest.mark.parametrize("version", [0, 1, 2, 3, 4])
def test_a_ledger_opens_again_when_its_migration_is_killed(home, version):
    if version:
        home.ledger_path.write_bytes(gzip.decompress((FIXTURES / f"ledger-schema-{version}.duckdb.gz").read_bytes()))
    with ledgers.open_ledger(home, key_needed=False) as ledger:
        found = ledger.execute("select count(*) from batch").fetchall()
    with ledgers.open_ledger(home, key_needed=False) as again:
        assert ledgers.read_meta(again, "schema_version") == str(ledgers.schema_versions()[-1][0])
        assert again.execute("select count(*) from batch").fetchall() == found
    assert [path.name for path in home.root.glob("ledger.new*")] == []


@pytest.mark.usefixtures("die_before_checkpoint")
def test_a_ledger_opens_again_when_acts_are_killed_before_their_checkpoint(home, tmp_path):
    deliver(home, tmp_path, PROJECTS)
    deliver(home, tmp_path, ROSTER, "tenaga.csv", sender="Dinas PUPR")
    assert ledgers.log_of(home.ledger_path).exists()
    ledgers.undo(home, 1)
    assert [batch["undone_at"] is None for batch in ledgers.status(home)["batches"]] == [False, True]
    assert (count(home, "proyek"), count(home, "tenaga_kerja"), count(home, "person")) == (1, 2, 2)


def test_what_a_killed_migration_left_is_begun_anew(home, tmp_path, next_migration):
    deliver(home, tmp_path, ROSTER)
    for name in ("ledger.new.duckdb", "ledger.new.duckdb.wal"):
        (home.root / name).write_bytes(b"setengah jadi")
    next_migration.write_text("alter table batch add column warna varchar;")
    assert count(home, "tenaga_kerja") == 2
    assert [path.name for path in home.root.glob("ledger.new*")] == []


@needs_limits
def test_a_migration_without_room_says_so_and_leaves_nothing(home, tmp_path, next_migration):
    deliver(home, tmp_path, ROSTER)
    before = sorted(path.name for path in home.root.iterdir())
    next_migration.write_text("create table besar as select random() as n from range(1000000);")
    with pytest.raises(CakupanError, match=SENTENCE), no_file_beyond(home.ledger_path.stat().st_size):
        ledgers.status(home)
    assert sorted(path.name for path in home.root.iterdir()) == before
    assert ledgers.status(home)["batches"][0]["rows_accepted"] == 2


@needs_limits
@pytest.mark.usefixtures("die_before_checkpoint")
def test_an_undo_without_room_says_so_and_undoes_nothing(home, tmp_path):
    persons = "".join(f"167101010190{serial:04},P-1,2024-01-10,\n" for serial in range(1, 5000))
    deliver(home, tmp_path, PROJECTS)
    deliver(home, tmp_path, f"nik,kode_proyek,mulai,selesai\n{persons}")
    room = ledgers.log_of(home.ledger_path).stat().st_size
    assert room > 2**16  # the journal's own files find room
    with pytest.raises(CakupanError, match=rf"Pembatalan batch 1 berhenti \({SENTENCE}\)"), no_file_beyond(room):
        ledgers.undo(home, 1)
    assert [batch["undone_at"] for batch in ledgers.status(home)["batches"]] == [None, None]


@needs_limits
def test_a_first_import_that_landed_is_told_so_without_room_for_its_checkpoint(home, tmp_path):
    ledgers.open_ledger(home).close()
    room = home.ledger_path.stat().st_size
    home.ledger_path.unlink()
    with no_file_beyond(room):
        landed = deliver(home, tmp_path, PROJECTS)
    assert landed.batch == 1 and ledgers.log_of(home.ledger_path).exists()
    assert [batch["rows_accepted"] for batch in ledgers.status(home)["batches"]] == [1]


def test_a_ledger_that_another_program_has_open_is_no_broken_one(home, tmp_path):
    deliver(home, tmp_path, ROSTER)
    hold = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", hold, str(home.ledger_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None and other.stdout.readline().strip() == b"open"
        with pytest.raises(CakupanError, match=r"tidak dapat dibuka \(sedang dipakai program lain\); perbaiki"):
            ledgers.status(home)
        other.communicate()
    assert count(home, "tenaga_kerja") == 2


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only the administrator gives files away")
def test_a_ledger_that_the_administrator_migrates_keeps_its_owner(home, tmp_path, next_migration):
    deliver(home, tmp_path, ROSTER)
    os.chown(home.ledger_path, 4711, 4712)
    next_migration.write_text("alter table batch add column warna varchar;")
    ledgers.status(home)
    assert (home.ledger_path.stat().st_uid, home.ledger_path.stat().st_gid) == (4711, 4712)


def test_how_work_is_done_is_unknown_of_what_came_before_it_was_asked(home):
    home.ledger_path.write_bytes(gzip.decompress((FIXTURES / "ledger-schema-2.duckdb.gz").read_bytes()))
    with ledgers.open_ledger(home, key_needed=False) as ledger:
        found = ledger.execute("select nama_proyek, cara_pelaksanaan, telepon_penyedia from proyek").fetchall()
    assert found == [("Jalan", None, None)]


def test_a_refused_file_leaves_no_batch(home, tmp_path):
    with pytest.raises(FileRefused):
        deliver(home, tmp_path, "nama,umur\nSiti,30\n")
    assert not home.ledger_path.exists()


def test_migrations_are_numbered_without_gaps():
    assert [number for number, _ in ledgers.schema_versions()] == list(range(1, len(ledgers.schema_versions()) + 1))
    assert all(re.fullmatch(r"\d{4}_[a-z_]+\.sql", path.name) for _, path in ledgers.schema_versions())
