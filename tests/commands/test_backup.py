"""backup, restore and purge as an official meets them in the shell."""

import os
import sys
from datetime import date

import pytest

from data import accounts
from data.accounts import Account
from data.editions import publish
from data.importers import import_file
from tests.shell import landed, refused, run_child, run_here

OFFICIAL = "wilayah,per_tanggal,segmen,peserta,potensi,sumber\n16,2024-07-09,jasa konstruksi,123000,270000,Kanwil\n"


@pytest.fixture
def filled(home, tmp_path):
    path = tmp_path / "angka.csv"
    path.write_text(OFFICIAL, "utf-8")
    import_file(home, path)
    publish(home, date(2024, 7, 31))
    return home


@pytest.fixture
def shelf(tmp_path):
    folder = tmp_path / "rak"
    folder.mkdir()
    return folder


def test_a_backup_says_where_it_lies_and_where_the_keys_are_not(filled, shelf):
    said = run_here(filled, "backup", shelf)
    [made] = shelf.glob("cakupan-*")
    first, second = said.stdout.splitlines()
    assert first.startswith(f"Cadangan {made}: ") and first.endswith(", edisi 1.")
    assert second.startswith("Kunci tidak ikut. Simpan folder keys terpisah")


def test_a_backup_with_keys_says_that_it_must_be_locked_away(filled, shelf):
    assert "Cadangan ini memuat kunci" in run_here(filled, "backup", shelf, "--with-keys").stdout


def test_a_backup_is_checked_and_restored_by_its_folder(filled, shelf):
    made = landed(filled, "backup", shelf)["path"]
    checked = run_here(filled, "restore", made, "--check")
    assert checked.stdout.startswith(f"Cadangan {made} utuh: ")
    assert "edisi 1, 1 kiriman, tanpa kunci" in checked.stdout
    assert landed(filled, "restore", made, "--check")["edition"] == 1
    said = run_here(filled, "restore", made, "--replace")
    assert f"{filled.root} dipulihkan dari {made}" in said.stdout
    assert f"Isi lama disisihkan di {filled.root}-sebelum-" in said.stdout


def test_a_refusal_is_one_sentence(filled, shelf):
    assert refused(filled, "backup", shelf / "tiada").startswith(f"Folder {shelf / 'tiada'} tidak ada")
    assert refused(filled, "backup", shelf, "--keep", 0) == (
        "--keep 0 akan menghapus semua cadangan; tulis 1 atau lebih."
    )
    assert "bukan cadangan yang lengkap" in refused(filled, "restore", shelf, "--check")
    made = landed(filled, "backup", shelf)["path"]
    assert "sudah berisi data; pakai --replace" in refused(filled, "restore", made)


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is one of Linux")
def test_a_disk_that_fills_up_is_one_sentence_and_leaves_nothing(filled, shelf):
    """A file may grow to 64 KB only, as if the disk were full then."""
    import resource

    def limited(*arguments, **named):
        hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (64_000, hard))
        try:
            return run_child(*arguments, **named)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    said = refused(filled, "backup", shelf, run=limited)
    assert said == f"Pencadangan ke {shelf} berhenti (berkas melebihi batas ukuran); perbaiki lalu ulangi."
    assert [path.name for path in shelf.iterdir() if not path.name.endswith(".lock")] == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the administrator may write everywhere")
def test_a_folder_that_may_not_be_written_is_one_sentence(filled, shelf):
    shelf.chmod(0o500)
    assert f"Pencadangan ke {shelf} berhenti (izin ditolak)" in refused(filled, "backup", shelf)


def test_only_an_administrator_backs_up_restores_and_purges(filled, shelf, monkeypatch):
    accounts.add(filled, Account("budi", "Budi Contoh", "steward", places=("16",)))
    made = landed(filled, "backup", shelf)["path"]
    monkeypatch.setenv("CAKUPAN_ACCOUNT", "budi")
    for command in (["backup", shelf], ["restore", made, "--replace"], ["purge"]):
        assert refused(filled, *command).startswith("Akun 'budi' (Petugas data) tidak boleh")


def test_purge_says_what_goes_and_an_import_purges_by_itself(filled, tmp_path):
    [original] = filled.uploads_dir.glob("*.aes")
    stray = original.with_name("0" * 64 + ".aes")
    stray.write_bytes(b"x" * 1_000_000)
    os.utime(stray, (0, 0))
    assert run_here(filled, "purge", "--dry-run").stdout == (
        "1 berkas asli (1.0 MB) dan 0 berkas catatan akan dihapus.\n"
    )
    path = tmp_path / "angka-2.csv"
    path.write_text(OFFICIAL.replace("123000", "124000"), "utf-8")
    run_here(filled, "import", path)
    assert not stray.exists() and original.exists()
    assert run_here(filled, "purge").stdout == "0 berkas asli (0.0 MB) dan 0 berkas catatan dihapus.\n"
