"""kill -9 while a meeting pack is made: it is kept whole with its entry or not at all, and nothing half stays."""

import os
import shutil

import pytest

from data import journal, packs
from data.access import EVERYTHING, LOCAL
from data.home import Home
from data.packs import UNFINISHED
from tests.shell import landed
from tests.system.killing import Point, run_and_die

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")

POINTS = [
    Point(stage="Menyimpan"),
    Point(file=UNFINISHED),  # the note of what is to come is about to get its name
    Point(file=".pdf"),  # the first file is about to get its name
    Point(file=".png"),  # one file is there, the other is not
    Point(file="journal.sqlite", event="open"),  # both are there, their entry is not
    Point(file=".png", after_seconds=0.01),
]


def kept_files(home: Home) -> set[str]:
    return {path.name for path in home.packs_dir.iterdir()} - {".lock"} if home.packs_dir.exists() else set()


def assert_only_what_is_named_is_kept(home: Home) -> None:
    named = {f"{file.sha256}.{file.format}" for one in packs.packs_of(home, EVERYTHING) for file in one.files}
    assert kept_files(home) == named
    for one in packs.packs_of(home, EVERYTHING):
        for file in one.files:
            assert len(packs.read(home, LOCAL, file.sha256)) == file.bytes
    assert journal.verify(home).faults == []


@pytest.fixture(scope="module")
def served(made_card_home, tmp_path_factory) -> Home:
    return Home(shutil.copytree(made_card_home.root, tmp_path_factory.mktemp("mati") / "rumah"))


@pytest.mark.parametrize("point", POINTS, ids=str)
def test_wherever_a_making_is_killed_the_next_leaves_only_whole_packs(served, point):
    arguments = ["export", "--meeting", f"Rapat {point}", "--day", "2024-10-07", "--format", "pdf,png"]
    before = packs.packs_of(served, EVERYTHING)
    assert run_and_die(served, arguments, point) or point.after_seconds
    after = packs.packs_of(served, EVERYTHING)
    assert [len(one.files) for one in after if one not in before] in ([], [2])
    for one in after:
        for file in one.files:
            packs.read(served, LOCAL, file.sha256)
    told = landed(served, *arguments)
    assert [file["format"] for file in told["files"]] == ["pdf", "png"]
    assert_only_what_is_named_is_kept(served)


def test_killed_before_its_file_has_its_name_there_is_no_file_and_the_pack_is_kept(served, tmp_path):
    out = tmp_path / "bahan.png"
    point = Point(file=str(out))
    assert run_and_die(served, ["export", "--meeting", "Rapat keluar", "--out", str(out)], point)
    assert not out.exists()
    assert packs.packs_of(served, EVERYTHING)[0].request.meeting == "Rapat keluar"
    landed(served, "export", "--meeting", "Rapat keluar", "--out", out)
    assert [path.name for path in tmp_path.iterdir()] == ["bahan.png"]
    assert_only_what_is_named_is_kept(served)
