"""Drafts: whose they are, that nothing lies in the clear, what is too much, and when they go."""

import json
import os
import signal
import stat
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile

import pytest
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st

from data import staging
from data.errors import CakupanError, FileRefused
from data.home import Home

SECRET = b"nik\n1671010101900001\n"
OTHER = b"kode_proyek\nP-1\n"


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home")


def zipped(**files):
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(".".join(name.replace("__", "/").rsplit("_", 1)), text)
    return content.getvalue()


def all_bytes(home):
    return b"".join(path.read_bytes() for path in home.root.rglob("*") if path.is_file())


def test_a_draft_is_its_accounts_own_and_others_learn_how_many_files_since_when(home):
    made = staging.add(home, "sari", [("a.csv", SECRET), ("b.csv", OTHER)])
    assert staging.draft_of(home, "sari") == made
    assert staging.draft_of(home, "budi") is None
    [seen] = staging.others(home, "budi")
    assert (seen.account, len(seen.files), seen.opened_at) == ("sari", 2, made.opened_at)
    assert staging.others(home, "sari") == []


def test_what_is_uploaded_lies_nowhere_in_the_clear_and_nobody_else_may_look(home):
    made = staging.add(home, "sari", [("a.csv", SECRET)])
    assert b"1671010101900001" not in all_bytes(home)
    assert stat.S_IMODE((home.drafts_dir / made.token).stat().st_mode) == 0o700


def test_the_same_bytes_again_are_the_same_file_and_more_files_join_the_draft(home):
    first = staging.add(home, "sari", [("a.csv", SECRET)])
    again = staging.add(home, "sari", [("salinan.csv", SECRET), ("b.csv", OTHER)])
    assert again.token == first.token
    assert [file.name for file in again.files] == ["a.csv", "b.csv"]


def test_a_name_keeps_neither_a_folder_nor_a_number_of_a_person(home):
    made = staging.add(home, "sari", [("../../etc/..\\daftar 1671010101900001.csv", SECRET)])
    [file] = made.files
    assert "1671010101900001" not in file.name
    assert "/" not in file.name
    assert "\\" not in file.name
    assert file.name.endswith(".csv")


def test_an_archive_is_its_files_and_what_is_no_data_is_left_out(home):
    made = staging.add(home, "sari", [("kiriman.zip", zipped(folder__a_csv="x\n1\n", b_csv="y\n2\n", jahat_exe="MZ"))])
    assert sorted(file.name for file in made.files) == ["a.csv", "b.csv"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", b"%PDF", "bukan CSV, XLSX, JSON atau ZIP"),
        ("a.zip", b"PK\x03\x04 rusak", "rusak atau berkata sandi"),
        ("a.zip", zipped(jahat_exe="MZ"), "Arsip a.zip tidak berisi berkas"),
        ("a.zip", zipped(folder__dalam_zip="PK", a_csv="x"), "Arsip a.zip berisi arsip lain: dalam.zip. Buka dahulu"),
        ("a.zip", zipped(**{f"p{n}_rar": "" for n in range(5)}), "p0.rar, p1.rar, p2.rar dan 2 lagi. Buka dahulu"),
    ],
)
def test_what_cannot_be_a_delivery_is_refused_and_nothing_is_kept(home, name, content, sentence):
    with pytest.raises(FileRefused, match=sentence):
        staging.add(home, "sari", [(name, content)])
    assert staging.draft_of(home, "sari") is None


def test_too_much_is_refused_as_a_whole_and_what_was_there_stays(home, monkeypatch):
    staging.add(home, "sari", [("a.csv", OTHER)])
    monkeypatch.setattr(staging, "MOST_BYTES", len(OTHER) + len(SECRET) - 1)
    with pytest.raises(FileRefused, match="paling besar"):
        staging.add(home, "sari", [("b.csv", SECRET)])
    monkeypatch.setattr(staging, "MOST_FILES", 1)
    with pytest.raises(FileRefused, match="paling banyak 1"):
        staging.add(home, "sari", [("c.csv", b"x\n1\n")])
    monkeypatch.setattr(staging, "MOST_BYTES_OF_ALL", len(OTHER))
    with pytest.raises(FileRefused, match="penuh"):
        staging.add(home, "budi", [("c.csv", b"x\n1\n")])
    draft = staging.draft_of(home, "sari")
    assert draft is not None
    assert [file.name for file in draft.files] == ["a.csv"]


def test_an_archive_that_unpacks_to_too_much_is_not_unpacked(home, monkeypatch):
    monkeypatch.setattr(staging, "MOST_BYTES", 1000)
    with pytest.raises(FileRefused, match="pecah dahulu"):
        staging.add(home, "sari", [("bom.zip", zipped(a_csv="0" * 1001))])


def test_several_archives_are_not_held_where_their_sum_is_too_much(home, monkeypatch):
    monkeypatch.setattr(staging, "MOST_BYTES", 1000)
    with pytest.raises(FileRefused, match="lebih dari"):
        staging.add(home, "sari", [(f"{n}.zip", zipped(a_csv=str(n) * 600)) for n in range(2)])
    assert not list(home.drafts_dir.glob("*/*"))


@pytest.mark.parametrize("method", [ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA])
@given(changes=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_a_damaged_archive_is_read_or_refused_in_a_sentence(method, changes):
    content = BytesIO()
    with ZipFile(content, "w", method) as archive:
        archive.writestr("é/a.csv", SECRET * 40)
    damaged = bytearray(content.getvalue())
    for place, value in changes:
        damaged[place % len(damaged)] = value
    with suppress(FileRefused):
        assert staging._unpacked([("a.zip", bytes(damaged))])


@pytest.mark.parametrize(
    "name",
    [
        "é" * 300 + ".csv", "😀" * 150 + ".json", "\ud800.csv", "-rf.csv", "--sender=x.csv", "..csv", "a\0.csv",
        "nul\n.csv", "\u202evsc.exe.csv", "<img src=x>.csv", "~.csv", "$(id).csv", "con:.csv", ".zip.csv",
    ],
)  # fmt: skip
def test_whatever_its_name_a_file_can_be_laid_out_and_keeps_its_ending(home, name):
    made = staging.add(home, "sari", [(name, OTHER)])
    with staging.in_the_clear(home, made) as laid:
        [path] = laid.paths
        assert path.read_bytes() == OTHER
        assert path.is_absolute()  # so no name is taken for an option
        assert path.parent.parent == laid.folder
        assert path.name.endswith(name[-4:])
        assert path.name.isprintable()


def test_a_long_name_is_kept_whole_and_a_longer_one_keeps_its_beginning_and_its_end(home):
    whole = "Rekapitulasi proyek konstruksi " * 7 + "kirim ulang (2).csv"
    [file] = staging.add(home, "sari", [(whole, OTHER)]).files
    assert (file.name, len(whole)) == (whole, 7 * 31 + 19)
    [file] = staging.add(home, "budi", [("Rekap " * 50 + "kirim ulang (2).csv", OTHER)]).files
    assert len(file.name.encode()) == 250
    beginning, end = file.name.split("…")
    assert beginning.startswith("Rekap Rekap ")
    assert end.endswith("Rekap kirim ulang (2).csv")


def test_after_a_day_a_draft_is_gone_and_the_next_upload_sweeps_it(home):
    made = staging.add(home, "sari", [("a.csv", SECRET)])
    path = home.drafts_dir / made.token / staging.FACTS
    facts = json.loads(path.read_text())
    path.write_text(json.dumps(facts | {"opened_at": (datetime.now(UTC) - timedelta(hours=25)).isoformat()}))
    assert staging.draft_of(home, "sari") is None
    assert staging.others(home, "budi") == []
    staging.add(home, "budi", [("b.csv", OTHER)])
    assert not path.parent.exists()


def test_files_lie_in_the_clear_only_as_long_as_somebody_reads_them(home):
    made = staging.add(home, "sari", [("a.csv", SECRET), ("a.csv", OTHER)])
    with staging.in_the_clear(home, made) as laid:
        assert [path.read_bytes() for path in laid.paths] == [SECRET, OTHER]
        assert {path.name for path in laid.paths} == {"a.csv"}
        assert stat.S_IMODE(laid.folder.stat().st_mode) == 0o700
    assert not laid.folder.exists()
    assert b"1671010101900001" not in all_bytes(home)


def test_the_parts_of_a_procurement_set_go_together_as_one_folder(home):
    made = staging.add(home, "sari", [("a.json", b"[]"), ("b.csv", OTHER), ("c.json", b"[1]")])
    with staging.in_the_clear(home, made) as laid:
        assert [path.name for path in laid.paths] == ["Data pengadaan (2 berkas)", "b.csv"]
        assert sorted(path.name for path in laid.paths[0].iterdir()) == ["a.json", "c.json"]


def test_what_a_killed_process_left_in_the_clear_goes_with_the_next_that_opens_one(home):
    made = staging.add(home, "sari", [("a.csv", SECRET)])
    left, held = (home.drafts_dir / made.token / name for name in ("open-mati", "open-hidup"))
    for folder in (left, held):
        folder.mkdir()
        (folder / "a.csv").write_bytes(SECRET)
        folder.with_suffix(".lock").touch()
    with FileLock(held.with_suffix(".lock")):
        staging.sweep(home)
        assert not left.exists()
        assert held.exists()
    staging.sweep(home)
    assert not held.exists()


KILLED_WHILE_READING = """
import os, signal, sys
from data import staging
from data.home import Home
home = Home.from_environment()
with staging.in_the_clear(home, staging.draft_with(home, sys.argv[1])) as laid:
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no signal of this kind on Windows")
def test_what_a_kill_leaves_in_the_clear_only_its_owner_could_read_until_it_is_swept(home):
    made = staging.add(home, "sari", [("a.csv", SECRET)])
    environment = os.environ | {"CAKUPAN_HOME": str(home.root)}
    killed = subprocess.run([sys.executable, "-c", KILLED_WHILE_READING, made.token], env=environment, check=False)
    assert killed.returncode == -signal.SIGKILL
    clear = [path for path in home.root.rglob("*") if path.is_file() and SECRET in path.read_bytes()]
    assert [path.name for path in clear] == ["a.csv"]
    closed = [parent for parent in clear[0].parents if parent.is_relative_to(home.drafts_dir)]
    assert stat.S_IMODE(closed[-1].stat().st_mode) == stat.S_IMODE(closed[-2].stat().st_mode) == 0o700
    staging.sweep(home)
    assert SECRET not in all_bytes(home)
    assert staging.draft_of(home, "sari") == made


def test_what_is_said_of_the_files_stays_with_them_and_none_takes_it_back(home):
    made = staging.add(home, "sari", [("a.csv", OTHER)])
    told = staging.answer(home, made, sender="Dinas PUPR", mode="lengkap")
    staging.answer(home, told, mode=None)
    draft = staging.draft_of(home, "sari")
    assert draft is not None
    assert draft.answers == {"sender": "Dinas PUPR"}


def test_the_last_file_takes_the_draft_along_and_a_draft_that_is_gone_says_so(home):
    made = staging.add(home, "sari", [("a.csv", OTHER), ("b.csv", SECRET)])
    rest = staging.remove(home, made, made.files[0])
    assert rest is not None
    assert [file.name for file in rest.files] == ["b.csv"]
    assert staging.remove(home, rest, rest.files[0]) is None
    with pytest.raises(CakupanError, match="sudah tidak ada"):
        staging.draft_with(home, made.token)
    assert staging.answer(home, rest, sender="x").answers == {"sender": "x"}  # kept nowhere
    assert staging.draft_of(home, "sari") is None


def test_a_file_added_in_another_tab_outlives_what_is_said_or_taken_out_in_this_one(home):
    seen = staging.add(home, "sari", [("a.csv", OTHER)])
    staging.add(home, "sari", [("b.csv", SECRET)])
    assert [file.name for file in staging.answer(home, seen, sender="Dinas PUPR").files] == ["a.csv", "b.csv"]
    rest = staging.remove(home, seen, *seen.files)
    assert rest is not None
    assert rest == staging.draft_of(home, "sari")
    assert ([file.name for file in rest.files], rest.answers) == (["b.csv"], {"sender": "Dinas PUPR"})


def test_how_a_file_is_read_goes_with_it_since_an_import_refuses_choices_of_no_file(home):
    made = staging.add(home, "sari", [("a.csv", OTHER), ("b.csv", SECRET)])
    first, second = made.content
    told = staging.answer(home, made, choices={first: [1], second: [2]}, sender="Dinas PUPR")
    rest = staging.remove(home, told, told.files[0])
    assert rest is not None
    assert rest.answers == {"choices": {second: [2]}, "sender": "Dinas PUPR"}
    more = staging.add(home, "sari", [("c.csv", b"x\n1\n")])
    left = staging.remove(home, more, rest.files[0])
    assert left is not None
    assert left.answers == {"sender": "Dinas PUPR"}
