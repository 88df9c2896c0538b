"""cakupan.py recognise, and import with choices and with lines of progress."""

import json
from pathlib import Path

import pytest

from data import accounts, journal
from data.accounts import Account
from data.home import Home
from tests.importers.conftest import NIK
from tests.shell import landed, refused, run_here

CHOICE = {"sheet": None, "kind": "tenaga_kerja", "header_row": 1, "columns": {"nik": 0, "kode_proyek": 1, "mulai": 2}}


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "a.csv"
    path.write_text(f"KTP;Pakt;Masuk\n{NIK};P-1;2024-07-01\n")
    return path


@pytest.fixture
def choices(tmp_path: Path) -> Path:
    path = tmp_path / "pilihan.json"
    path.write_text(json.dumps({"a.csv": [CHOICE]}))
    return path


def lines(told: str) -> list[dict]:
    return [json.loads(line) for line in told.splitlines()]


def test_a_file_is_recognised_as_json_and_in_words(home: Home, roster: Path, choices: Path):
    found = landed(home, "recognise", roster, "--choices", choices)
    assert found["sheets"][0]["choice"] == CHOICE | {"header_depth": 1}
    told = run_here(home, "recognise", roster, "--choices", choices).stdout
    assert "isi: tenaga_kerja, 1 baris, judul kolom di baris 1" in told
    assert NIK not in told
    assert not home.ledger_path.exists()


def test_an_import_tells_its_progress_and_its_results_line_by_line(home: Home, roster: Path, choices: Path):
    told = run_here(home, "import", roster, "--choices", choices, "--sender", "Dinas PUPR", "--json-lines")
    *progress, last = lines(told.stdout)
    assert told.returncode == 0
    assert list(dict.fromkeys(line["stage"] for line in progress)) == ["membaca", "memeriksa", "menyimpan"]
    assert [result["rows_accepted"] for result in last["results"]] == [1]
    assert landed(home, "recognise", roster, "--sender", "Dinas PUPR")["sheets"][0]["mapping"] == journal.head(home)[0]


def test_a_refusal_is_the_last_line(home: Home, roster: Path):
    told = run_here(home, "import", roster, "--json-lines")
    *_, line = lines(told.stdout)
    assert told.returncode == 2
    assert line["error"].startswith("Jenis a.csv tidak dikenali dari judul kolomnya")
    assert told.stderr.strip() == line["error"]


def test_whoever_may_not_import_may_not_look_either(home: Home, roster: Path, monkeypatch: pytest.MonkeyPatch):
    accounts.add(home, Account("dina", "Dina Contoh", "viewer"))
    monkeypatch.setenv("CAKUPAN_ACCOUNT", "dina")
    assert "tidak boleh memasukkan berkas" in refused(home, "recognise", roster)
