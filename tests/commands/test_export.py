"""cakupan.py export: the files it writes, keeps and journals, what it refuses, and the packs of config.toml."""

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from commands.telling import STOPPED
from data import journal, packs
from data.access import EVERYTHING
from data.home import Home
from tests.shell import ROOT, landed, refused, run_child, run_here

OF_CITY = ("--place", "16.71", "--day", "2024-10-07", "--meeting", "Rapat koordinasi")
BEGINNINGS = {"xlsx": b"PK", "pptx": b"PK", "docx": b"PK", "pdf": b"%PDF-", "png": b"\x89PNG", "zip": b"PK"}


@pytest.fixture(scope="module")
def taken(card_home, tmp_path_factory):
    """The pack of a meeting as a ZIP, and what was printed."""
    path = tmp_path_factory.mktemp("keluar") / "bahan.zip"
    return path, landed(card_home, "export", *OF_CITY, "--out", path)


def test_a_zip_holds_every_format_under_the_name_of_the_meeting(taken):
    path, told = taken
    with ZipFile(path) as zipped:
        held = {name: zipped.read(name) for name in zipped.namelist()}
        assert {info.date_time for info in zipped.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    stem = "cakupan-rapat-koordinasi-2024-10-07-16-71"
    assert list(held) == [f"{stem}.{ending}" for ending in ("xlsx", "pptx", "docx", "pdf", "png")]
    hashes = {file["format"]: file["sha256"] for file in told["files"]}
    for name, content in held.items():
        ending = name.rpartition(".")[2]
        assert content.startswith(BEGINNINGS[ending])
        assert hashlib.sha256(content).hexdigest() == hashes[ending]
    assert hashlib.sha256(path.read_bytes()).hexdigest() == hashes["zip"]


def test_a_pack_is_kept_and_its_file_journaled_as_one_that_left(card_home, taken):
    path, told = taken
    [made] = [one for one in packs.packs_of(card_home, EVERYTHING) if one.number == told["pack"]]
    assert (made.request.place, made.request.meeting, made.facts.edition) == ("16.71", "Rapat koordinasi", 1)
    [left] = journal.entries(card_home, kind="export", text=hashlib.sha256(path.read_bytes()).hexdigest())
    assert {name: left.facts[name] for name in ("name", "format", "table", "pack", "edition", "month", "place")} == {
        "name": "bahan.zip", "format": "zip", "table": "pack", "pack": told["pack"], "edition": 1, "month": "2024-09",
        "place": "16.71",
    }  # fmt: skip
    assert left.number > told["pack"]
    assert (left.facts["rows"], left.facts["content_hash"]) == (made.facts.rows, told["content_hash"])


def test_the_same_pack_is_the_same_files_to_the_byte(card_home, taken, tmp_path):
    path, told = taken
    again = landed(card_home, "export", *OF_CITY, "--out", tmp_path / "lagi.zip")
    assert (tmp_path / "lagi.zip").read_bytes() == path.read_bytes()
    assert again["pack"] == told["pack"]


def test_a_process_of_its_own_makes_the_same_bytes(card_home, taken, tmp_path):
    path, _told = taken
    assert run_child(card_home, "export", *OF_CITY, "--out", tmp_path / "lagi.zip").returncode == 0
    assert (tmp_path / "lagi.zip").read_bytes() == path.read_bytes()


def test_every_file_of_a_pack_is_recognised(card_home, taken, tmp_path):
    path, told = taken
    with ZipFile(path) as zipped:
        zipped.extractall(tmp_path)
    for file in [path, *tmp_path.iterdir()]:
        found = landed(card_home, "verify", file)
        assert (found["is_confirmed"], [entry["number"] for entry in found["packs"]]) == (True, [told["pack"]])
    said = run_here(card_home, "verify", next(tmp_path.glob("*.docx")))
    assert said.stdout.startswith("Cocok: ")
    assert "Disimpan sebagai bahan rapat" in said.stdout
    changed = tmp_path / "ubah.pdf"
    changed.write_bytes(next(tmp_path.glob("*.pdf")).read_bytes() + b" ")
    assert run_here(card_home, "verify", changed).returncode == 1


def test_the_format_is_that_of_the_file_and_case_does_not_matter(card_home, tmp_path):
    landed(card_home, "export", *OF_CITY, "--out", tmp_path / "BAHAN.PDF")
    assert (tmp_path / "BAHAN.PDF").read_bytes().startswith(b"%PDF-")


def test_lines_of_json_tell_progress_and_then_what_was_made(card_home):
    said = run_here(card_home, "export", *OF_CITY, "--format", "pdf,png", "--language", "en", "--json-lines")
    lines = [json.loads(line) for line in said.stdout.splitlines()]
    assert [line["done"] for line in lines[:-1]] == [0, 1, 2, 3]
    assert {line["total"] for line in lines[:-1]} == {4}
    assert [file["format"] for file in lines[-1]["made"]["files"]] == ["pdf", "png"]
    assert (said.returncode, said.stderr) == (0, "")


def test_a_refusal_stands_among_the_lines_too(card_home):
    said = run_here(card_home, "export", "--place", "99", "--json-lines")
    assert "Wilayah '99'" in json.loads(said.stdout)["error"]
    assert said.returncode == 2


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["--place", "99.99"], "Wilayah '99.99' tidak dikenal di edisi ini"),
        (["--place", "palembang"], "mungkin 16.71 (Kota Palembang)"),
        (["--month", "2031-01"], "Bulan 2031-01 tidak ada di edisi 1; pilih "),
        (["--month", "Juli"], "'Juli' bukan bulan"),
        (["--compare", "1999-01"], "Bulan 1999-01 tidak ada"),
        (["--owner", "Dinas PUPRR"], "mungkin Dinas PUPR"),
        (["--owner", "*"], "Pemilik '*'"),
        (["--owner", "?"], "Pemilik '?'"),
        (["--fund", "arisan"], "Sumber dana 'arisan' tidak dikenal; pilih: APBN"),
        (["--sector", "perdagangann"], "mungkin perdagangan"),
        (["--vintage", "Sensus"], "Sensus"),
        (["--sections", "trend,cuaca"], "cuaca"),
        (["--day", "kemarin"], "'kemarin' bukan tanggal"),
        (["--day", "1066-10-14"], "terlalu jauh"),
        (["--audience", "raja"], "Peserta rapat 'raja' tidak ada; pilih: pimpinan"),
        (["--language", "fr"], "Bahasa 'fr' tidak ada; pilih: id, en"),
        (["--meeting", " "], "Nama rapat belum diisi"),
        (["--meeting", "x" * 300], "300 huruf, paling banyak 200"),
        (["--edition", "9"], "Edisi 9 tidak ada"),
        (["--format", "doc"], "Format 'doc' tidak ada"),
        (["--format", "xlsx"], "tidak berakhiran .xlsx"),
        (["--format", "pdf,png"], "--out memuat satu format"),
        (["--schedule", "mingguan"], "--schedule mengambil lingkup"),
    ],
)
def test_what_means_nothing_is_refused_in_a_sentence_and_leaves_nothing(card_home, tmp_path, asked, told):
    before = journal.head(card_home)
    assert told in refused(card_home, "export", *asked, "--out", tmp_path / "bahan.pdf")
    assert (list(tmp_path.iterdir()), journal.head(card_home)) == ([], before)


def test_a_file_without_an_ending_says_which_there_are(card_home, tmp_path):
    assert "Format '' tidak ada; pilih dengan --format: xlsx" in refused(card_home, "export", "--out", tmp_path / "b")


@pytest.mark.parametrize("name", ["current.pdf", "packs/bahan.pdf", "editions/../bahan.pdf"])
def test_nothing_is_written_into_the_home(card_home, name):
    before = journal.head(card_home)
    assert "di dalam CAKUPAN_HOME" in refused(card_home, "export", *OF_CITY, "--out", card_home.root / name)
    assert journal.head(card_home) == before


def test_a_folder_that_leads_into_the_home_is_no_way_around(card_home, tmp_path):
    (tmp_path / "pintas").symlink_to(card_home.root, target_is_directory=True)
    assert "di dalam CAKUPAN_HOME" in refused(card_home, "export", *OF_CITY, "--out", tmp_path / "pintas" / "bahan.pdf")


def test_a_link_under_the_name_of_the_file_is_replaced_and_never_followed(card_home, tmp_path):
    treasure = tmp_path / "penting.txt"
    treasure.write_text("penting", "utf-8")
    out = tmp_path / "bahan.pdf"
    out.symlink_to(treasure)
    (tmp_path / ".bahan.pdf.new").symlink_to(treasure)
    landed(card_home, "export", *OF_CITY, "--out", out)
    assert (treasure.read_text("utf-8"), out.is_symlink()) == ("penting", False)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bahan.pdf", "penting.txt"]


def test_where_nothing_can_be_written_nothing_is_made(card_home, tmp_path):
    before = journal.head(card_home)
    assert "tidak ada" in refused(card_home, "export", *OF_CITY, "--out", tmp_path / "tidak-ada" / "bahan.pdf")
    (tmp_path / "folder.pdf").mkdir()
    assert "adalah folder" in refused(card_home, "export", *OF_CITY, "--out", tmp_path / "folder.pdf")
    assert "tidak dapat ditulis" in refused(card_home, "export", *OF_CITY, "--out", tmp_path / f"{'b' * 300}.pdf")
    assert journal.head(card_home) == before


def test_a_journal_that_cannot_be_written_keeps_the_pack_back(card_home, tmp_path):
    before = sorted(card_home.packs_dir.iterdir())
    card_home.journal_path.rename(card_home.root / "jurnal")
    card_home.journal_path.mkdir()
    try:
        said = run_here(card_home, "export", "--meeting", "Lain", "--out", tmp_path / "bahan.pdf")
    finally:
        card_home.journal_path.rmdir()
        (card_home.root / "jurnal").rename(card_home.journal_path)
    assert said.returncode == 2
    assert (list(tmp_path.iterdir()), sorted(card_home.packs_dir.iterdir())) == ([], before)


SCHEDULES = """
[[schedule]]
name = "kota"
every = "week"
meeting = "Rapat mingguan"
audience = "opd"
formats = ["pdf", "xlsx"]
folder = {folder}
scope = {{ place = "16.71" }}

[[schedule]]
name = "hilang"
every = "week"
meeting = "Rapat mingguan"
audience = "opd"
formats = ["pdf"]
folder = {missing}

[[schedule]]
name = "bulanan"
every = "month"
meeting = "Monthly meeting"
audience = "pimpinan"
formats = ["png"]
folder = {folder}
language = "en"
scope = {{ owner = "Dinas PUPR" }}
"""


@pytest.fixture
def scheduled(card_home, tmp_path) -> Iterator[tuple[Home, Path]]:
    """The same home with three schedules, one of which has no folder to write to."""
    folder = tmp_path / "rak"
    folder.mkdir()
    missing, written = json.dumps(str(tmp_path / "hilang")), json.dumps(str(folder))
    card_home.config_path.write_text(SCHEDULES.format(folder=written, missing=missing), "utf-8")
    yield card_home, folder
    card_home.config_path.unlink()


def test_a_schedule_writes_its_files_into_its_folder_and_says_so(scheduled):
    home, folder = scheduled
    said = run_here(home, "export", "--schedule", "kota")
    written = sorted(path.name for path in folder.iterdir())
    day = packs.packs_of(home, EVERYTHING)[0].request.day.isoformat()
    assert written == [f"cakupan-rapat-mingguan-{day}-16-71.{ending}" for ending in ("pdf", "xlsx")]
    assert (said.returncode, said.stderr) == (0, "")
    assert all(str(folder / name) in said.stdout for name in written)


def test_one_schedule_that_fails_keeps_none_of_the_others_back(scheduled):
    home, folder = scheduled
    said = run_here(home, "export", "--schedule", "weekly")
    assert said.returncode == 1
    assert said.stderr.startswith("Jadwal hilang tidak jadi: Folder ")
    assert len(list(folder.iterdir())) == 2


def test_a_monthly_schedule_comes_with_the_month_and_not_with_the_week(scheduled):
    home, folder = scheduled
    said = run_here(home, "export", "--schedule", "monthly", "--json-lines")
    made = json.loads(said.stdout.splitlines()[-1])["made"]
    assert [Path(path).parent for path in made["written"]] == [folder]
    [path] = folder.iterdir()
    assert path.name.endswith("-16-dinas-pupr.png")
    assert packs.packs_of(home, EVERYTHING)[0].request.language == "en"


def test_a_schedule_that_is_not_there_names_those_that_are(scheduled):
    home, _folder = scheduled
    told = refused(home, "export", "--schedule", "harian")
    assert told == "Jadwal 'harian' tidak ada di config.toml; yang ada: kota, hilang, bulanan."


def test_a_schedule_takes_nothing_from_the_command_line(scheduled, tmp_path):
    home, folder = scheduled
    for more in (["--out", tmp_path / "x.pdf"], ["--place", "16.71"], ["--format", "pdf"], ["--language", "en"]):
        assert "hilangkan yang lain" in refused(home, "export", "--schedule", "kota", *more)
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_a_folder_of_a_schedule_that_leads_into_the_home_is_refused(card_home, tmp_path):
    (tmp_path / "pintas").symlink_to(card_home.root, target_is_directory=True)
    link = json.dumps(str(tmp_path / "pintas"))
    card_home.config_path.write_text(SCHEDULES.format(folder=link, missing=link), "utf-8")
    try:
        said = run_here(card_home, "export", "--schedule", "kota")
    finally:
        card_home.config_path.unlink()
    assert (said.returncode, list(card_home.root.glob("*.pdf"))) == (1, [])
    assert "di dalam CAKUPAN_HOME" in said.stderr


STOPPED_IN_THE_WORKBOOK = """
import os, signal, cakupan, reports.book
reports.book.write_cover = lambda *_asked: os.kill(os.getpid(), signal.SIGTERM)
cakupan.main()
"""


def test_who_stops_a_making_finds_nothing_of_it_anywhere(card_home, tmp_path):
    before = packs.packs_of(card_home, EVERYTHING)
    asked = ["export", *OF_CITY[:4], "--meeting", "Rapat batal", "--format", "xlsx"]
    stopped = subprocess.run(
        [sys.executable, "-c", STOPPED_IN_THE_WORKBOOK, *asked],
        env=os.environ | {"CAKUPAN_HOME": str(card_home.root), "TMPDIR": str(tmp_path)},
        cwd=ROOT,
        check=False,
    )
    assert stopped.returncode in (STOPPED, -signal.SIGTERM)
    assert list(tmp_path.iterdir()) == []
    assert packs.packs_of(card_home, EVERYTHING) == before


def test_a_picture_stands_alone(card_home, tmp_path):
    landed(card_home, "export", *OF_CITY, "--out", tmp_path / "angka.png")
    assert BytesIO((tmp_path / "angka.png").read_bytes()).read(4) == b"\x89PNG"
