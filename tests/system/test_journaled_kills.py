"""kill -9 between an act and its entry: the journal catches up, once, and says that it did."""

import os
from collections import Counter
from pathlib import Path

import pytest

from data import journal
from data.acts import catch_up
from data.editions import current_edition
from data.home import Home
from data.importers import import_file
from data.journal import entries, verify
from data.ledger import open_ledger, status, undo
from tests.shell import landed
from tests.system.killing import Point, run_and_die

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")

AS_OF = "2024-07-31"


def write_projects(folder: Path, code: str) -> Path:
    path = folder / f"proyek-{code}.csv"
    line = f"{code},Jalan {code},16.71,Dinas PUPR,2021-01-01,2024-12-31,7"
    path.write_text(f"kode_proyek,nama_proyek,wilayah,pemilik,mulai,selesai,tenaga_kerja\n{line}\n", "utf-8")
    return path


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Home:
    """A home with one batch, in which runs die."""
    folder = tmp_path_factory.mktemp("tak-tercatat")
    home = Home(folder / "home")
    import_file(home, write_projects(folder, "P-0"))
    return home


def late(home: Home) -> list:
    return [entry for entry in entries(home, limit=-1) if entry.facts.get("recorded_late")]


def assert_every_act_has_one_entry(home: Home) -> None:
    batches = status(home)["batches"]
    told = {kind: Counter(e.facts["batch"] for e in entries(home, kind=kind, limit=-1)) for kind in ("import", "undo")}
    assert told["import"] == Counter(batch["batch_id"] for batch in batches)
    assert told["undo"] == Counter(batch["batch_id"] for batch in batches if batch["undone_at"])
    edition = current_edition(home)
    published = Counter(entry.facts["edition"] for entry in entries(home, kind="publish", limit=-1))
    assert set(published.values()) <= {1}
    assert edition is None or max(published) == edition.number
    assert verify(home).faults == []


# The journal is opened for writing to see that it can be, and once more for the entry.
ENTRY = Point(file="journal.sqlite", event="open", nth=2)


def test_an_import_killed_before_its_entry_is_recorded_late(served, tmp_path):
    before = len(status(served)["batches"])
    assert run_and_die(served, ["import", str(write_projects(tmp_path, "P-1"))], ENTRY)
    assert len(status(served)["batches"]) == before + 1
    assert landed(served, "journal", "verify")["recorded_late"] == 1
    [entry] = entries(served, limit=1)
    assert (entry.kind, entry.who, entry.facts["batch"]) == ("import", "tidak diketahui", before + 1)
    assert_every_act_has_one_entry(served)


def test_an_undo_killed_before_its_entry_is_recorded_late_by_the_next_act(served, tmp_path):
    batch = import_file(served, write_projects(tmp_path, "P-2"))[0].batch
    assert run_and_die(served, ["undo", str(batch)], ENTRY)
    assert status(served)["batches"][-1]["undone_at"] is not None
    import_file(served, write_projects(tmp_path, "P-3"))
    imported, undone = entries(served, limit=2)
    assert (undone.kind, undone.facts["batch"], undone.facts["recorded_late"]) == ("undo", batch, True)
    assert (imported.kind, "recorded_late" in imported.facts) == ("import", False)
    assert_every_act_has_one_entry(served)


def test_a_publish_killed_before_its_entry_is_recorded_late_by_the_next_publish(served):
    assert run_and_die(served, ["publish", "--as-of", AS_OF], ENTRY)
    edition = current_edition(served)
    assert edition is not None
    assert not journal.count(served, kind="publish", text=f'"edition":{edition.number},')
    again = landed(served, "publish", "--as-of", AS_OF)
    assert int(again["number"]) == edition.number + 1
    told = [(e.facts["edition"], e.facts.get("recorded_late")) for e in entries(served, kind="publish", limit=2)]
    assert told == [(edition.number + 1, None), (edition.number, True)]
    assert_every_act_has_one_entry(served)


POINTS = [
    *(Point(file="journal.sqlite", event="open", nth=1, after_seconds=after) for after in (0, 0.004, 0.02)),
    *(Point(file="journal.sqlite", event="open", nth=2, after_seconds=after) for after in (0.001, 0.003)),
    *(Point(file=file, after_seconds=after) for file in (".aes", "current") for after in (0, 0.006)),
]


def test_wherever_an_act_is_killed_the_journal_is_whole_and_catches_up(served, tmp_path):
    for number, point in enumerate(POINTS):
        projects = write_projects(tmp_path, f"Q-{number}")
        for command in (["import", str(projects)], ["publish", "--as-of", AS_OF]):
            run_and_die(served, command, point)
            assert verify(served).faults == [], (command, str(point))
            landed(served, "journal", "verify")
            assert_every_act_has_one_entry(served)
    with served.writer_lock("percobaan"), open_ledger(served, key_needed=False) as ledger:
        assert catch_up(served, ledger) == 0
    undo(served, 1)
    assert_every_act_has_one_entry(served)
