"""Runs of cakupan.py that die: a real SIGKILL at a named point, or some time after it.

They are forked from a server that has imported the program already: a kill costs the work, not the start.
"""

import multiprocessing
import os
import signal
import sys
import threading
from dataclasses import dataclass

from data.home import Home

WAIT_SECONDS = 60

_processes = multiprocessing.get_context("forkserver") if os.name != "nt" else multiprocessing.get_context()
_processes.set_forkserver_preload(
    [
        "pytest",
        "tests.system.killing",
        "cakupan",
        "data.importers",
        "data.editions",
        "pandas",
        "ui.pack_files",
        "ui.pack",
    ]
)


@dataclass(frozen=True)
class Point:
    """Where a run dies: at the nth progress report of a stage, or where a file of this name is opened or renamed to.

    `after_seconds` lets the run go on for a while, wherever that may take it.
    """

    stage: str = ""
    file: str = ""
    event: str = "os.rename"
    nth: int = 1
    after_seconds: float = 0.0

    def __str__(self) -> str:
        where = self.stage or f"{self.event} {self.file}"
        return f"{where} #{self.nth} +{1000 * self.after_seconds:.0f}ms"


def run_and_die(home: Home, arguments: list[str], point: Point) -> bool:
    """Run `cakupan.py arguments` in a process of its own; True when it was killed, False when it was through before."""
    process = _processes.Process(target=_run, args=(str(home.root), arguments, point))
    process.start()
    process.join(WAIT_SECONDS)
    assert process.exitcode in (-signal.SIGKILL, 0), (process.exitcode, arguments, str(point))
    return process.exitcode == -signal.SIGKILL


def _run(root: str, arguments: list[str], point: Point) -> None:
    import cakupan
    from commands import backup, export, telling

    os.environ["CAKUPAN_HOME"] = root
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    sys.argv = ["cakupan.py", *arguments]
    passed = _Counter(point)
    if point.stage:
        watch = lambda stage, _done, _total: passed.one_more() if point.stage in stage else None  # noqa: E731
        cakupan._show_progress = backup.show_progress = export.show_progress = telling.show_progress = watch
    else:
        sys.addaudithook(lambda event, details: passed.one_more() if _is_there(point, event, details) else None)
    cakupan.main()


class _Counter:
    def __init__(self, point: Point) -> None:
        self.point, self.seen = point, 0

    def one_more(self) -> None:
        self.seen += 1
        if self.seen == self.point.nth:
            self._die()

    def _die(self) -> None:
        if self.point.after_seconds:
            timer = threading.Timer(self.point.after_seconds, os.kill, (os.getpid(), signal.SIGKILL))
            timer.daemon = True
            timer.start()
        else:
            os.kill(os.getpid(), signal.SIGKILL)


def _is_there(point: Point, event: str, details: tuple) -> bool:
    if event != point.event:
        return False
    path = details[1] if event == "os.rename" else details[0]
    return str(path).endswith(point.file)
