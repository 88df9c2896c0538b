"""kill -9 at any moment of a restore leaves the old home or the new one; of a backup, a whole one or none."""

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from data.backup import back_up
from data.editions import current_edition, publish
from data.errors import CakupanError
from data.home import Home
from data.importers import import_file
from data.ledger import status
from data.restore import check, restore
from tests.system.killing import Point, run_and_die

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")

OFFICIAL = "wilayah,per_tanggal,segmen,peserta,potensi,sumber\n16,2024-07-09,jasa konstruksi,{},270000,Kanwil\n"
OLD, NEW = ["123000", "124000"], ["123000"]


def bring_in(home: Home, folder: Path, members: str) -> None:
    path = folder / f"angka {members}.csv"
    path.write_text(OFFICIAL.format(members), "utf-8")
    import_file(home, path)
    publish(home, date(2024, 7, 31))


def held(home: Home) -> list[str]:
    """Which deliveries the home holds; its ledger, its edition and its pointer belong together."""
    names = [batch["file_name"].split()[1].removesuffix(".csv") for batch in status(home)["batches"]]
    edition = current_edition(home)
    assert edition is not None and edition.number == len(names)
    assert edition.query("meta")
    return names


@pytest.fixture(scope="module")
def backed_up(tmp_path_factory) -> tuple[Path, Path]:
    """A home with two deliveries, and the backup that was taken after the first of them."""
    folder = tmp_path_factory.mktemp("pemulihan dibunuh")
    home = Home(folder / "home")
    bring_in(home, folder, "123000")
    copy = back_up(home, folder).path
    bring_in(home, folder, "124000")
    return home.root, copy


LAST_STEP = Point(file=".pemulihan-belum-selesai", event="os.remove")
EXCHANGED = Point(file="", event="os.rename")  # the former home gets its name, the new one has its place
RESTORE_POINTS = [
    Point(stage="memeriksa"),
    Point(stage="memulihkan"),
    Point(stage="memulihkan", nth=3),
    Point(file="person.key", event="open", nth=2),
    Point(file="journal.sqlite", event="open", nth=2),
    LAST_STEP,
    Point(file="", event="ctypes.dlsym"),
    EXCHANGED,
    *(
        Point(file=".pemulihan-belum-selesai", event="os.remove", after_seconds=after)
        for after in (0.0005, 0.002, 0.01)
    ),
]


@pytest.mark.parametrize("point", RESTORE_POINTS, ids=str)
def test_a_killed_restore_leaves_the_old_home_or_the_new_one(backed_up, tmp_path, point):
    home = Home(shutil.copytree(backed_up[0], tmp_path / "home"))
    killed = run_and_die(home, ["restore", str(backed_up[1]), "--replace"], point)
    assert killed or point.after_seconds, str(point)
    now = held(home)
    assert now in (OLD, NEW), str(point)
    if not point.after_seconds:
        assert now == (NEW if point is EXCHANGED else OLD), str(point)
    # What was there before is never lost, whatever its name is now, and a second restore goes through.
    restore(home, backed_up[1], replace=True)
    assert held(home) == NEW
    kept = [held(Home(path)) for path in tmp_path.glob("home-sebelum-*")]
    assert OLD in kept
    assert not list(tmp_path.glob(".home-*"))


BACKUP_POINTS = [
    Point(stage="menyalin"),
    Point(stage="menyalin", nth=4),
    Point(file="cadangan.json", event="open"),
    Point(file="", event="os.rename"),
]


@pytest.mark.parametrize("point", BACKUP_POINTS, ids=str)
def test_a_killed_backup_leaves_none_that_passes_for_one(backed_up, tmp_path, point):
    assert run_and_die(Home(backed_up[0]), ["backup", str(tmp_path)], point)
    assert list(tmp_path.glob("cakupan-*")) == []
    for left_over in tmp_path.glob(".cakupan-*.belum"):
        if not (left_over / "cadangan.json").exists():
            with pytest.raises(CakupanError, match="bukan cadangan yang lengkap"):
                check(left_over)
    assert check(back_up(Home(backed_up[0]), tmp_path).path).edition == 2
    assert not list(tmp_path.glob(".cakupan-*.belum"))
