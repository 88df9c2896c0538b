"""Work that goes on while its reader looks elsewhere, and the children that do it."""

import os
import time
from threading import BoundedSemaphore

import pytest

from data.access import EVERYTHING, Grant
from data.errors import CakupanError
from ui import child, jobs

OWNER = ("/home", "sari", EVERYTHING)
PROGRAM = """
import json, sys, time
what = sys.argv[1]
if what == "tells":
    print(json.dumps({"stage": "memeriksa", "done": 1, "total": 4}), flush=True)
    print(json.dumps({"answer": {"batch": 7}}), flush=True)
elif what == "lingers":
    print(json.dumps({"results": [{"batch": 7}]}), flush=True)
    time.sleep(60)
elif what == "refuses":
    print(json.dumps({"error": "Berkas a.csv kosong; kirim ulang."}), flush=True)
    sys.exit(2)
elif what == "says":
    print("Kunci tidak ada; pulihkan.", file=sys.stderr)
    sys.exit(2)
elif what == "fails":
    print("1671010101900001 quoted by a database", file=sys.stderr)
    sys.exit(1)
elif what == "waits":
    while True:
        print(json.dumps({"stage": "membaca", "done": 0, "total": None}), flush=True)
        time.sleep(0.02)
elif what == "whole":
    print(json.dumps({"demo": False}, indent=1))
"""


@pytest.fixture(autouse=True)
def program(tmp_path, monkeypatch):
    path = tmp_path / "cakupan.py"
    path.write_text(PROGRAM)
    monkeypatch.setattr(child, "PROGRAM", path)
    yield
    jobs.forget(OWNER, "import", "publish")


def ended(job):
    for _ in range(1000):
        if job.is_over:
            return job
        time.sleep(0.02)
    raise AssertionError(job)


def begun(what, sort="import", owner=OWNER):
    return jobs.begin(owner, sort, what, [what], os.environ)


def test_it_tells_how_far_it_is_and_then_what_came_of_it():
    job = ended(begun("tells"))
    assert (job.stage, job.share, job.refused) == ("memeriksa", 1 / 4, "")
    assert job.told == {"answer": {"batch": 7}}
    assert jobs.last(OWNER, "import", "tells") is job
    assert jobs.last(OWNER, "import", "something else") is None
    assert jobs.running(OWNER) is None


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ("refuses", "Berkas a.csv kosong; kirim ulang."),
        ("says", "Kunci tidak ada; pulihkan."),
        ("fails", child.STOPPED),
    ],
)
def test_a_refusal_is_the_programs_own_sentence_and_a_fault_quotes_nothing(what, sentence):
    assert ended(begun(what)).refused == sentence


def test_an_account_has_one_piece_of_work_at_a_time_and_another_account_its_own():
    first = begun("waits")
    with pytest.raises(CakupanError, match="masih berjalan"):
        begun("tells", "publish")
    assert jobs.running(OWNER) is first
    other = ended(begun("tells", owner=("/home", "budi", EVERYTHING)))
    assert other.refused == ""
    jobs.stop(first)
    assert ended(first).refused == jobs.ENDED_LATE
    assert ended(begun("tells", "publish")).refused == ""
    jobs.forget(("/home", "budi", EVERYTHING), "import")


def test_work_that_is_stopped_once_it_has_told_its_result_is_not_said_to_have_changed_nothing():
    job = begun("lingers")
    while not job.told:
        time.sleep(0.02)
    jobs.stop(job)
    assert (ended(job).refused, job.told) == ("", {"results": [{"batch": 7}]})


def test_work_that_is_stopped_before_it_begins_changes_nothing(monkeypatch):
    monkeypatch.setattr(jobs, "_places", BoundedSemaphore(1))
    with jobs._places:
        job = begun("tells")
        jobs.stop(job)
    assert (ended(job).refused, job.told) == (jobs.ENDED, {})


def test_an_account_that_sees_less_now_finds_nothing_of_what_it_was_told_before():
    ended(begun("tells"))
    assert jobs.last(("/home", "sari", Grant(frozenset({"16.71"}), None)), "import", "tells") is None


def test_a_whole_answer_is_read_as_one_and_a_child_that_hangs_is_ended():
    assert child.answer(["whole"], os.environ, 20) == {"demo": False}
    with pytest.raises(CakupanError, match="Kunci tidak ada"):
        child.answer(["says"], os.environ, 20)
    with pytest.raises(CakupanError, match="terlalu lama"):
        child.answer(["waits"], os.environ, 0.3)
    with pytest.raises(CakupanError, match="terlalu lama"):
        list(child.lines(["waits"], os.environ, 0.3))
