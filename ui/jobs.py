"""Work that a page has begun and somebody waits for: it goes on while its reader looks elsewhere.

One piece of work of each sort is remembered for an account, until another of its sort begins; one at a time runs.
"""

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from subprocess import Popen
from threading import BoundedSemaphore, Lock, Thread
from typing import Any

from data.access import Grant
from data.errors import CakupanError
from data.home import JAKARTA
from ui import child

# Each takes a core and some hundred megabytes; the rest of a small server is for who looks.
MOST_AT_ONCE = 2
# A year of persons of a province lands in minutes. A child that hangs would keep its account waiting for good.
LONGEST_SECONDS = 60 * 60
ENDED = "Dihentikan; tidak ada yang berubah."
# What a child does last takes one step: it may have come that far when it is ended.
ENDED_LATE = "Dihentikan; tidak ada yang berubah, kecuali bila sudah terlanjur selesai: periksa daftar kiriman."
WAITING, BEGINNING = "Menunggu giliran", "Memulai"

# The root of a home, the account, and what it may see: who sees less now finds nothing of before.
Owner = tuple[str, str, Grant]
_places = BoundedSemaphore(MOST_AT_ONCE)
_asking = Lock()
_known: dict[tuple[Owner, str], "Job"] = {}


@dataclass
class Job:
    """One command. `asked` says what for, so that its answer is never taken for that to another question.

    told: everything it said besides how far it is, by name. refused: why nothing came of it, in a sentence.
    """

    sort: str
    asked: str
    began_at: datetime
    stage: str = WAITING
    done: int = 0
    total: int | None = None
    told: dict[str, Any] = field(default_factory=dict)
    refused: str = ""
    is_over: bool = False
    is_stopped: bool = False
    process: Popen[str] | None = None

    @property
    def share(self) -> float:
        return min(1.0, self.done / self.total) if self.total else 0.0


def begin(owner: Owner, sort: str, asked: str, arguments: Sequence[str], environment: Mapping[str, str]) -> Job:
    """Start a command of the program for an account. CakupanError while another one of it runs."""
    with _asking:
        if running := _running(owner):
            raise CakupanError(f"Pekerjaan lain dari akun ini masih berjalan ({running.stage}); tunggu sampai selesai.")
        job = _known[owner, sort] = Job(sort, asked, datetime.now(JAKARTA))
    Thread(target=_follow, args=(job, list(arguments), dict(environment)), daemon=True).start()
    return job


def running(owner: Owner) -> Job | None:
    """What runs for this account now."""
    with _asking:
        return _running(owner)


def last(owner: Owner, sort: str, asked: str | None = None) -> Job | None:
    """The last work of this sort; with `asked`, only where it was for just that."""
    job = _known.get((owner, sort))
    return job if job and asked in (None, job.asked) else None


def forget(owner: Owner, *sorts: str) -> None:
    """Remember work no longer; what still runs goes on unseen."""
    with _asking:
        for sort in sorts:
            _known.pop((owner, sort), None)


def stop(job: Job) -> None:
    """End it. What lands or is published does so in one step: all of it or nothing."""
    job.is_stopped = True
    if job.process:
        job.process.terminate()


def _running(owner: Owner) -> Job | None:
    return next((job for (whose, _sort), job in _known.items() if whose == owner and not job.is_over), None)


def _follow(job: Job, arguments: list[str], environment: dict[str, str]) -> None:
    try:
        with _places:
            if job.is_stopped:
                raise CakupanError(ENDED)
            job.stage = BEGINNING
            started = partial(_started, job)
            with closing(child.lines(arguments, environment, LONGEST_SECONDS, started=started)) as lines:
                for told in lines:
                    _note(job, told)
    except CakupanError as refused:
        job.refused = _why_not(job, str(refused))
    except Exception:
        job.refused = child.STOPPED  # its reader would wait for good; the log has the rest
        raise
    finally:
        job.is_over = True


def _started(job: Job, process: Popen[str]) -> None:
    job.process = process
    if job.is_stopped:  # while it was being started
        process.terminate()


def _why_not(job: Job, refused: str) -> str:
    """Of work that was stopped what it came to; nothing where it had told its result already."""
    if not job.is_stopped:
        return refused
    if job.told:
        return ""
    return ENDED_LATE if job.process else ENDED


def _note(job: Job, told: dict[str, Any]) -> None:
    if "stage" in told:
        job.stage, job.done, job.total = told["stage"], told["done"], told["total"]
    else:
        job.told |= told
