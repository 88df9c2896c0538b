"""A backup holds all of a home but its sessions, appears in one step, and comes back to the byte or not at all."""

import hashlib
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from data import accounts, backup, journal, keys, packs, restore
from data.access import LOCAL
from data.accounts import Account
from data.backup import MANIFEST_NAME, back_up, read_manifest
from data.editions import current_edition, publish
from data.errors import CakupanError, HomeBusy
from data.home import Home
from data.importers import import_file
from data.journal import JournalUnusable
from data.ledger import log_of, open_ledger, status
from data.packs import PackFacts, PackRequest
from data.restore import check
from tests.full_disk import SENTENCE, needs_limits, no_file_beyond

OFFICIAL = "wilayah,per_tanggal,segmen,peserta,potensi,sumber\n16,2024-07-09,jasa konstruksi,{},270000,Kanwil\n"
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def bring_in(home: Home, members: int) -> None:
    path = home.root.parent / f"angka-{members}.csv"
    path.write_text(OFFICIAL.format(members), "utf-8")
    import_file(home, path)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> tuple[Home, str]:
    """A home with a delivery, an edition, an account and its session, and that session's token."""
    home = Home(tmp_path_factory.mktemp("asal") / "home")
    bring_in(home, 123_000)
    publish(home, date(2024, 7, 31))
    home.config_path.write_text("[retention]\nuploads_days = 0\n", "utf-8")
    (home.root / "batas.geojson").write_text("{}", "utf-8")
    (home.root / "Lambang kota.PNG").write_bytes(b"emblem")
    accounts.add(home, Account("ani", "Ani", "viewer", places=("16",)), "panjang sekali dan aman")
    accounts.begin_attempt(home, "ani", "10.0.0.1", NOW)
    return home, accounts.open_session(home, "ani", "10.0.0.1", NOW)


@pytest.fixture
def home(made, tmp_path) -> Home:
    """A copy of that home, to do with as one likes."""
    return Home(shutil.copytree(made[0].root, tmp_path / "home"))


@pytest.fixture
def folder(tmp_path) -> Path:
    shelf = tmp_path / "rak"
    shelf.mkdir()
    return shelf


def contents(root: Path) -> dict[str, str]:
    """SHA-256 of every file, by its path."""
    files = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def on_shelf(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("cakupan-*"))


def test_a_backup_holds_ledger_editions_originals_settings_and_outlines_to_the_byte(home, folder):
    copied = contents(back_up(home, folder).path)
    original = contents(home.root)
    [upload] = [name for name in original if name.startswith("uploads/")]
    for name in ("ledger.duckdb", "current", "editions/000001.duckdb", "editions/000001.json", upload):
        assert copied[name] == original[name], name
    assert copied["config.toml"] == original["config.toml"]
    assert copied["batas.geojson"] == original["batas.geojson"]
    assert copied["Lambang kota.PNG"] == original["Lambang kota.PNG"]
    left_out = {name for name in set(original) - set(copied) if not name.startswith("keys/")}
    assert left_out == {"writer.lock", "writer.json"}


def test_scans_come_along_and_come_back(home, folder, tmp_path):
    sha256 = hashlib.sha256(b"%PDF-1.7 bukti").hexdigest()
    keys.store_evidence(home, b"%PDF-1.7 bukti", sha256)
    (home.evidence_dir / ".lock").touch()
    made = back_up(home, folder, with_keys=True)
    held = {file.path for file in read_manifest(made.path).files if file.path.startswith("evidence/")}
    assert held == {f"evidence/{sha256}.aes"}
    restore.restore(Home(tmp_path / "lain"), made.path)
    assert keys.read_evidence(Home(tmp_path / "lain"), sha256) == b"%PDF-1.7 bukti"


def test_packs_come_along_with_their_entry_and_come_back_to_the_byte(home, folder, tmp_path):
    request = PackRequest("Rapat", date(2024, 8, 5), "opd", date(2024, 7, 31), "16")
    facts = PackFacts(edition=1, demo=False, content_hash="a" * 64, casework=0, sections=("trend",))
    kept = packs.keep(home, LOCAL, request, {"pdf": b"%PDF bahan", "xlsx": b"PK bahan"}, facts)
    (home.packs_dir / f".{'1' * 64}.pdf.new").write_bytes(b"setengah")
    (home.root / "template.pptx").write_bytes(b"PK kantor")
    made = back_up(home, folder)
    held = {file.path for file in read_manifest(made.path).files if file.path.startswith("packs/")}
    assert held == {f"packs/{file.sha256}.{file.format}" for file in kept.files}
    back = Home(tmp_path / "lain")
    restore.restore(back, made.path)
    assert [packs.read(back, LOCAL, file.sha256) for file in kept.files] == [b"PK bahan", b"%PDF bahan"]
    assert (back.root / "template.pptx").read_bytes() == b"PK kantor"


def test_the_manifest_says_what_was_copied(home, folder):
    made = back_up(home, folder)
    manifest = read_manifest(made.path)
    files = contents(made.path)
    del files[MANIFEST_NAME]
    assert {file.path: file.sha256 for file in manifest.files} == files
    assert sum(file.bytes for file in manifest.files) == made.size_bytes
    assert (manifest.edition, manifest.batches, manifest.demo, manifest.has_keys) == (1, 1, False, False)
    assert (manifest.journal.number, manifest.journal.hash) == journal.head(Home(made.path))
    assert manifest.journal.number > 0


def test_a_copy_of_the_accounts_signs_nobody_in(made, home, folder):
    session_id = accounts.session_id_of(made[1])
    assert accounts.session(home, session_id, NOW) is not None
    copy = back_up(home, folder).path
    assert session_id.encode() in (home.root / "accounts.sqlite").read_bytes() + _log_of_writes(home)
    assert session_id.encode() not in (copy / "accounts.sqlite").read_bytes()
    assert accounts.session(Home(copy), session_id, NOW) is None
    assert accounts.password_fits(Home(copy), "ani", "panjang sekali dan aman") is not None


def _log_of_writes(home: Home) -> bytes:
    beside = home.root / "accounts.sqlite-wal"
    return beside.read_bytes() if beside.exists() else b""


def test_what_a_killed_writer_had_committed_beside_the_ledger_comes_along(home, folder, tmp_path):
    """DuckDB keeps a commit beside its file until it is written into it; a writer that dies leaves it there."""
    program = (
        "import duckdb, os, sys; ledger = duckdb.connect(sys.argv[1]);"
        "ledger.execute('update batch set undone_at = now()'); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", program, str(home.ledger_path)], check=True)
    assert (home.root / "ledger.duckdb.wal").exists()
    made = back_up(home, folder)
    assert not (made.path / "ledger.duckdb.wal").exists()
    restore.restore(Home(tmp_path / "lain"), made.path)
    assert status(Home(tmp_path / "lain"))["batches"][0]["undone_at"] is not None


def test_keys_come_along_only_when_asked_for(home, folder):
    assert not (back_up(home, folder).path / "keys").exists()
    with_keys = back_up(home, folder, with_keys=True)
    key = with_keys.path / "keys" / "person.key"
    assert key.read_bytes() == (home.keys_dir / "person.key").read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such permissions")
def test_only_its_owner_reads_a_backup(home, folder):
    copy = back_up(home, folder, with_keys=True).path
    modes = {stat.S_IMODE(path.stat().st_mode) for path in copy.rglob("*") if path.is_file()}
    folders = {stat.S_IMODE(path.stat().st_mode) for path in (copy, *copy.rglob("*")) if path.is_dir()}
    assert (modes, folders) == ({0o600}, {0o700})


def test_a_second_backup_in_the_same_second_leaves_the_first_alone(home, folder):
    first = back_up(home, folder)
    before = contents(first.path)
    second = back_up(home, folder)
    assert first.path != second.path
    assert contents(first.path) == before
    assert len(on_shelf(folder)) == 2


def test_a_backup_is_journaled_by_its_name_and_the_hash_of_its_manifest(home, folder):
    copy = back_up(home, folder).path
    [entry] = journal.entries(home, kind="backup")
    assert entry.facts["backup"] == copy.name
    assert entry.facts["manifest_sha256"] == hashlib.sha256((copy / MANIFEST_NAME).read_bytes()).hexdigest()


def test_a_backup_waits_for_who_writes(home, folder):
    told = []
    held = threading.Event()
    waited = threading.Event()

    def write() -> None:
        with home.writer_lock("impor besar"):
            held.set()
            waited.wait(20)

    writer = threading.Thread(target=write)
    writer.start()
    held.wait(20)

    def progress(stage: str, _done: int, _total: int | None) -> None:
        told.append(stage)
        if "menunggu" in stage:
            waited.set()

    made = back_up(home, folder, wait_seconds=20, progress=progress)
    writer.join()
    assert check(made.path).edition == 1
    assert "(impor besar)" in told[0]


def test_a_backup_that_waited_long_enough_names_who_writes(home, folder):
    with home.writer_lock("impor besar"), pytest.raises(HomeBusy, match=r"Sudah menunggu 0 detik.*\(impor besar\)"):
        back_up(home, folder, wait_seconds=0)
    assert on_shelf(folder) == []


def test_a_backup_that_cannot_be_made_says_why_and_leaves_nothing(home, folder, monkeypatch):
    with pytest.raises(CakupanError, match=r"Folder .*tiada tidak ada; buat folder itu atau pasang medianya"):
        back_up(home, folder / "tiada")
    inside = home.root / "cadangan"
    inside.mkdir()
    with pytest.raises(CakupanError, match="ada di dalam CAKUPAN_HOME"):
        back_up(home, inside)
    with pytest.raises(CakupanError, match=r"CAKUPAN_HOME .* belum ada"):
        back_up(Home(folder / "tiada"), folder)
    monkeypatch.setattr(backup, "ROOM_LEFT_BYTES", 10**18)
    with pytest.raises(CakupanError, match=r"memerlukan \d+ MB, sedangkan di .* hanya tersisa \d+ MB"):
        back_up(home, folder)
    assert on_shelf(folder) == []
    assert not list(folder.glob(".cakupan-*.belum"))


def test_a_pack_that_was_changed_is_named_and_older_backups_that_may_hold_it_stay(home, folder):
    request = PackRequest("Rapat", date(2024, 8, 5), "opd", date(2024, 7, 31), "16")
    facts = PackFacts(edition=1, demo=False, content_hash="a" * 64, casework=0, sections=("trend",))
    [file] = packs.keep(home, LOCAL, request, {"pdf": b"%PDF bahan"}, facts).files
    older = back_up(home, folder)
    assert older.broken == []
    name = f"packs/{file.sha256}.pdf"
    (home.root / name).write_bytes(b"%PDF lain.")
    again = back_up(home, folder, keep=1)
    assert (again.broken, again.removed, on_shelf(folder)) == ([name], [], sorted([older.path.name, again.path.name]))
    (home.root / name).write_bytes((older.path / name).read_bytes())
    assert {*back_up(home, folder, keep=1).removed} == {older.path.name, again.path.name}


def test_keep_removes_older_backups_of_this_installation_and_nothing_else(home, folder, tmp_path):
    other = Home(tmp_path / "lain")
    bring_in(other, 1)
    stranger = back_up(other, folder).path.name
    (folder / "cakupan-bukan-cadangan").mkdir()
    names = []
    for second in range(3):
        path = back_up(home, folder).path
        manifest = json.loads((path / MANIFEST_NAME).read_text("utf-8"))
        manifest["made_at"] = f"2026-11-2{second}T00:00:00+00:00"
        (path / MANIFEST_NAME).write_text(json.dumps(manifest), "utf-8")
        names.append(path.name)
    newest = back_up(home, folder, keep=2)
    assert newest.removed == [names[1], names[0]]
    assert set(on_shelf(folder)) == {newest.path.name, names[2], stranger, "cakupan-bukan-cadangan"}


def test_an_empty_home_is_not_backed_up_as_if_it_were_the_right_one(folder, tmp_path):
    (tmp_path / "salah-ketik").mkdir()
    with pytest.raises(CakupanError, match=r"Belum ada apa pun di .*salah-ketik yang dapat dicadangkan"):
        back_up(Home(tmp_path / "salah-ketik"), folder)
    assert list((tmp_path / "salah-ketik").iterdir()) == on_shelf(folder) == []


def test_the_backup_just_made_stays_though_the_clock_went_back(home, folder):
    older = back_up(home, folder).path
    altered(older, {"made_at": "2099-01-01T00:00:00+00:00"})
    newest = back_up(home, folder, keep=1)
    assert newest.removed == [older.name]
    assert on_shelf(folder) == [newest.path.name]


def test_a_backup_that_cannot_be_journaled_is_not_left_behind(home, folder, monkeypatch):
    def full(*_arguments):
        raise JournalUnusable("Jurnal tidak dapat ditulis, jadi perbuatan ini tidak dilakukan.")

    monkeypatch.setattr(journal, "append", full)
    with pytest.raises(JournalUnusable):
        back_up(home, folder)
    assert on_shelf(folder) == []


@needs_limits
def test_a_backup_that_finds_no_room_to_settle_the_ledger_says_so_and_leaves_nothing(home, folder):
    with open_ledger(home) as ledger:
        ledger.execute("pragma disable_checkpoint_on_shutdown")
        ledger.execute("insert into meta select 'k' || n, repeat(n || ' ', 300) from range(3000) as t (n)")
    room = max(home.ledger_path.stat().st_size, log_of(home.ledger_path).stat().st_size)
    with pytest.raises(CakupanError, match=rf"Pencadangan .* berhenti \({SENTENCE}\)"), no_file_beyond(room):
        back_up(home, folder)
    assert on_shelf(folder) == []
    assert back_up(home, folder).edition == 1


@pytest.mark.parametrize("name", ["peta: 2024.geojson", "a\x1b[2J.geojson", "b\udcff.geojson"])
def test_outlines_of_a_name_that_could_not_come_back_are_named_and_not_left_out(home, folder, name):
    (home.root / name).write_text("{}", "utf-8")
    with pytest.raises(CakupanError, match="tidak dapat dicadangkan; ganti namanya"):
        back_up(home, folder)
    assert on_shelf(folder) == []


def test_outlines_whose_names_differ_in_capitals_come_back(home, folder, tmp_path):
    (home.root / "Batas.geojson").write_text("[]", "utf-8")
    restored = Home(tmp_path / "pulih")
    restore.restore(restored, back_up(home, folder).path)
    assert {path.name for path in restored.root.glob("*.geojson")} == {"Batas.geojson", "batas.geojson"}


@pytest.mark.parametrize("content", [b"", b"bukan jurnal " * 500])
def test_a_home_whose_journal_is_beyond_reading_can_be_restored(home, folder, content):
    made = back_up(home, folder)
    for path in home.root.glob("journal.sqlite*"):
        path.unlink()
    home.journal_path.write_bytes(content)
    restore.restore(home, made.path, replace=True)
    assert journal.verify(home).is_whole
    entry = journal.entries(home)[0]
    assert entry.kind == "restore"
    assert entry.facts.get("former_journal_number") == (None if content else 0)


@pytest.mark.parametrize("name", ["accounts.sqlite", "journal.sqlite"])
def test_a_backup_of_a_newer_program_is_refused_by_its_files_and_changes_nothing(home, folder, name):
    with closing(sqlite3.connect(home.root / name)) as file:
        version = file.execute("pragma user_version").fetchone()[0]
    made = back_up(home, folder)
    with closing(sqlite3.connect(made.path / name)) as file:
        file.execute("pragma user_version = 99")
    files = json.loads((made.path / MANIFEST_NAME).read_text("utf-8"))["files"]
    for file in files:
        content = (made.path / file["path"]).read_bytes()
        file["sha256"], file["bytes"] = hashlib.sha256(content).hexdigest(), len(content)
    altered(made.path, {"files": files})
    with pytest.raises(CakupanError, match="lebih baru"):
        restore.restore(home, made.path, replace=True)
    with closing(sqlite3.connect(home.root / name)) as file:
        assert file.execute("pragma user_version").fetchone()[0] == version


@pytest.mark.parametrize(
    "change",
    [
        {"made_at": "2026\x1b]0;judul\x07"},
        {"batches": -1},
        {"journal": {"number": 1, "hash": "x"}},
        {"files": [{"path": "current", "bytes": -5, "sha256": "0" * 64}]},
    ],
)
def test_a_manifest_says_nothing_but_what_a_manifest_says(home, folder, change):
    made = back_up(home, folder)
    altered(made.path, change)
    with pytest.raises(CakupanError, match="bukan daftar isi cadangan yang dikenal"):
        check(made.path)


def test_what_a_killed_backup_left_goes_with_the_next(home, folder):
    left_over = folder / ".cakupan-1.belum"
    left_over.mkdir()
    (left_over / "ledger.duckdb").write_bytes(b"setengah")
    back_up(home, folder)
    assert not left_over.exists()


def test_a_backup_comes_back_into_another_home(home, folder, tmp_path):
    made = back_up(home, folder, with_keys=True)
    other = Home(tmp_path / "lain" / "home")
    other.root.parent.mkdir()
    restored = restore.restore(other, made.path)
    assert (restored.edition, restored.kept_aside, restored.has_keys) == (1, None, True)
    edition, original = current_edition(other), current_edition(home)
    assert edition is not None and original is not None
    assert edition.meta["content_hash"] == original.meta["content_hash"]
    bring_in(other, 124_000)
    assert [batch["rows_accepted"] for batch in status(other)["batches"]] == [1, 1]
    assert publish(other, date(2024, 7, 31)) == 2
    assert journal.verify(other).faults == []
    assert journal.entries(other, kind="restore")[0].facts["backup"] == made.path.name


def test_without_its_keys_a_restored_home_is_readable_and_takes_no_import(home, folder, tmp_path):
    other = Home(tmp_path / "lain")
    restored = restore.restore(other, back_up(home, folder).path)
    assert not restored.has_keys
    assert current_edition(other) is not None
    with pytest.raises(CakupanError, match=r"Kunci person.key tidak ada"):
        bring_in(other, 124_000)


def test_a_home_with_data_is_replaced_only_when_said_and_is_kept_beside(home, folder):
    made = back_up(home, folder)
    bring_in(home, 124_000)
    with pytest.raises(CakupanError, match="sudah berisi data; pakai --replace"):
        restore.restore(home, made.path)
    restored = restore.restore(home, made.path, replace=True)
    assert len(status(home)["batches"]) == 1
    assert restored.kept_aside is not None
    assert len(status(Home(restored.kept_aside))["batches"]) == 2
    assert restored.has_keys, "the fitting keys of the former home stay in use"


def test_the_number_of_an_edition_that_a_restore_took_away_never_comes_again(home, folder):
    made = back_up(home, folder)
    bring_in(home, 124_000)
    assert publish(home, date(2024, 7, 31)) == 2
    assert not restore.restore(home, made.path, replace=True).restart_needed
    edition = current_edition(home)
    assert edition is not None and edition.number == 1
    assert publish(home, date(2024, 7, 31)) == 3
    assert journal.verify(home).faults == []


def test_other_numbers_under_a_number_that_is_served_ask_for_a_restart(home, folder, tmp_path):
    other = Home(tmp_path / "lain")
    bring_in(other, 99_000)
    publish(other, date(2024, 7, 31))
    assert restore.restore(home, back_up(other, folder).path, replace=True).restart_needed


def altered(backup_path: Path, change: dict) -> None:
    manifest = json.loads((backup_path / MANIFEST_NAME).read_text("utf-8"))
    (backup_path / MANIFEST_NAME).write_text(json.dumps(manifest | change), "utf-8")


def one_file(path: str) -> dict:
    return {"files": [{"path": path, "bytes": 1, "sha256": "0" * 64}], "edition": None}


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "../ledger.duckdb",
        "editions/../../ledger.duckdb",
        "editions/000001.duckdb/../../x",
        "keys/../config.toml",
        "uploads\\..\\x",
        "C:/x",
        ".pemulihan-belum-selesai",
        "ledger.duckdb\n",
        "logs/cakupan.log",
    ],
)
def test_a_manifest_that_names_what_no_backup_holds_is_refused(home, folder, path):
    copy = back_up(home, folder).path
    altered(copy, one_file(path))
    with pytest.raises(CakupanError, match="yang tidak pernah ada dalam cadangan"):
        check(copy)


def change_byte(copy: Path) -> str:
    path = copy / "ledger.duckdb"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    return "Berkas 'ledger.duckdb' dalam cadangan sudah berubah"


def remove_file(copy: Path) -> str:
    (copy / "editions" / "000001.json").unlink()
    return "Berkas 'editions/000001.json' hilang"


def add_file(copy: Path) -> str:
    (copy / "editions" / "000002.json").write_text("{}", "utf-8")
    return "Berkas 'editions/000002.json' tidak disebut"


def link_file(copy: Path) -> str:
    path = copy / "config.toml"
    path.rename(copy.parent / "config.toml")
    path.symlink_to(copy.parent / "config.toml")
    return "'config.toml' dalam cadangan bukan berkas biasa"


def link_folder(copy: Path) -> str:
    (copy / "uploads").rename(copy.parent / "uploads")
    (copy / "uploads").symlink_to(copy.parent / "uploads", target_is_directory=True)
    return "'uploads' dalam cadangan bukan berkas biasa"


def lose_manifest(copy: Path) -> str:
    (copy / MANIFEST_NAME).unlink()
    return "bukan cadangan yang lengkap"


def cut_manifest(copy: Path) -> str:
    (copy / MANIFEST_NAME).write_text("{", "utf-8")
    return "bukan daftar isi cadangan yang dikenal"


def come_from_the_future(copy: Path) -> str:
    altered(copy, {"ledger_schema": 99})
    return "dibuat oleh program yang lebih baru"


def name_an_edition_that_is_not_there(copy: Path) -> str:
    altered(copy, {"edition": 7})
    return "menyebut edisi 7, tetapi tidak memuatnya"


@pytest.mark.skipif(os.name == "nt", reason="Windows lets only some accounts make links")
@pytest.mark.parametrize(
    "damage",
    [
        change_byte, remove_file, add_file, link_file, link_folder, lose_manifest, cut_manifest, come_from_the_future,
        name_an_edition_that_is_not_there,
    ],
)  # fmt: skip
def test_a_backup_that_is_not_as_it_was_made_is_named_and_changes_nothing(home, folder, damage):
    copy = back_up(home, folder).path
    reason = damage(copy)
    before = contents(home.root)
    with pytest.raises(CakupanError, match=reason):
        check(copy)
    with pytest.raises(CakupanError, match=reason):
        restore.restore(home, copy, replace=True)
    assert contents(home.root) == before
    assert [path.name for path in home.root.parent.glob(".home-pemulihan-*")] == []


def test_a_restore_waits_for_nobody_and_names_who_writes(home, folder):
    copy = back_up(home, folder).path
    with home.writer_lock("impor besar"), pytest.raises(HomeBusy, match="impor besar"):
        restore.restore(home, copy, replace=True)


def test_what_killed_restores_left_is_cleared_and_a_former_home_kept(home, folder):
    copy = back_up(home, folder).path
    unfinished = home.root.with_name(".home-pemulihan-1")
    unfinished.mkdir()
    (unfinished / restore.UNFINISHED_MARK).touch()
    former = Home(shutil.copytree(home.root, home.root.with_name(".home-pemulihan-2")))
    restore.restore(home, copy, replace=True)
    assert not unfinished.exists() and not former.root.exists()
    kept = sorted(home.root.parent.glob("home-sebelum-*"))
    assert len(kept) == 2
    assert all(len(status(Home(path))["batches"]) == 1 for path in kept)
