"""cakupan.py rejects: what it writes and journals, and whom it refuses."""

import subprocess
import sys
from pathlib import Path

import pytest

from commands.reader import ACCOUNT
from data import accounts, journal
from data.accounts import Account
from data.editions import publish
from data.home import Home
from data.importers import import_file
from tests.shell import ROOT, landed, refused, run_child, run_here

ROSTER = "nik,kode_proyek,mulai\n1671010101900001,P-1,2024-07-01\n1671014101900002,P-1,2024-07-32\n"
PROJECTS = (
    "kode_proyek,nama_proyek,wilayah,pemilik,mulai,selesai\nP-1,A,16.71,D,2024-01-01,2024-12-31\nP-2,A,16.71,D,x,y\n"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Home:
    """Batch 1: one refused row of persons; batch 2: one of projects, complete for Palembang; published."""
    folder = tmp_path_factory.mktemp("tolak")
    home = Home(folder / "rumah")
    (folder / "tk.csv").write_text(ROSTER, "utf-8")
    (folder / "proyek.csv").write_text(PROJECTS, "utf-8")
    import_file(home, folder / "tk.csv")
    import_file(home, folder / "proyek.csv", complete_for="16.71", period="2024-01..2024-12")
    publish(home)
    return home


def test_the_workbook_is_written_and_journaled_without_a_value(made: Home, tmp_path: Path):
    out = tmp_path / "balik.xlsx"
    said = run_here(made, "rejects", 1, "--out", out)
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.startswith(f"{out}: 1 baris yang ditolak dari batch 1. Dicatat di jurnal sebagai entri ")
    assert out.read_bytes().startswith(b"PK")
    entry = journal.entries(made, kind="export")[0]
    assert sorted(entry.facts) == ["batch", "bytes", "format", "name", "rows", "sha256"]
    assert (entry.facts["batch"], entry.facts["rows"], entry.facts["name"]) == (1, 1, "balik.xlsx")


def test_a_page_takes_it_from_standard_output(made: Home):
    run = subprocess.run(
        [sys.executable, str(ROOT / "cakupan.py"), "rejects", "1", "--out", "-"],
        env={"CAKUPAN_HOME": str(made.root), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert (run.returncode, run.stderr, run.stdout[:2]) == (0, b"", b"PK")


def test_status_tells_what_is_open_of_each_batch(made: Home):
    told = landed(made, "status")
    assert [(batch["rows_rejected"], batch["rows_open"]) for batch in told["batches"]] == [(1, 1), (1, 1)]
    assert told["batches"][0]["reasons"] == [{"code": "tanggal_mustahil", "rows": 1}]
    assert "1 ditolak (1 belum diperbaiki)  tk.csv" in run_here(made, "status").stdout


def test_status_does_not_fail_while_somebody_writes(made: Home):
    run_here(made, "status")
    with made.writer_lock("impor lain.csv"):
        said = run_child(made, "status")
    assert (said.returncode, said.stderr) == (0, "")
    assert "(impor lain.csv) sejak pukul" in said.stdout.splitlines()[0]
    assert "tk.csv" in said.stdout


def test_a_batch_that_is_not_there_and_a_place_in_the_home_are_refused(made: Home, tmp_path: Path):
    assert refused(made, "rejects", 9, "--out", tmp_path / "x.xlsx").startswith("Batch 9 tidak ada")
    assert "ada di dalam CAKUPAN_HOME" in refused(made, "rejects", 1, "--out", made.root / "x.xlsx")
    assert not (tmp_path / "x.xlsx").exists()


def test_who_may_not_import_gets_no_rows_and_a_limited_steward_those_of_his_scope(made, tmp_path, monkeypatch):
    accounts.add(made, Account("dewi", "Dewi", "viewer", places=("16",)))
    accounts.add(made, Account("tono", "Tono", "steward", places=("16.71",)))
    monkeypatch.setenv(ACCOUNT, "dewi")
    assert "tidak boleh" in refused(made, "rejects", 1, "--out", tmp_path / "x.xlsx")
    monkeypatch.setenv(ACCOUNT, "tono")
    assert "Batch 1 tidak ada dalam lingkup akun 'tono'" in refused(made, "rejects", 1, "--out", tmp_path / "x.xlsx")
    assert run_here(made, "rejects", 2, "--out", tmp_path / "x.xlsx").returncode == 0
