"""What every command of the shell tells in the same way: progress to who watches, facts as JSON."""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from signal import SIGTERM, signal
from threading import Event, Lock, Thread
from typing import Any

import typer

from data.errors import CakupanError
from data.steps import Progress, is_step

STOPPED = 128 + SIGTERM  # as a shell tells it
REPEAT_SECONDS = 0.3
FIRST_STAGE = "membaca"
_one_line_at_a_time = Lock()


def show_progress(stage: str, done: int, total: int | None) -> None:
    """One line that is written over, and only where somebody watches."""
    if not sys.stderr.isatty():
        return
    typer.echo(f"\r\x1b[K{_how_far(stage, done, total)}", err=True, nl=False)


def _how_far(stage: str, done: int, total: int | None) -> str:
    """Steps are counted; of rows and bytes it is a share."""
    if total is None or total == 0:
        return stage
    return f"Langkah {done + 1} dari {total}: {stage}" if is_step(stage, total) else f"{stage} {100 * done // total} %"


def print_json(facts: Any) -> None:
    """Facts as an indented object or list; dates and amounts as text."""
    typer.echo(json.dumps(facts, ensure_ascii=False, indent=1, default=str))


def print_line(facts: Any) -> None:
    """Facts as one line of JSON, at once: somebody waits for each."""
    with _one_line_at_a_time:
        typer.echo(json.dumps(facts, ensure_ascii=False, default=str))
        sys.stdout.flush()


def line_of_progress(stage: str, done: int, total: int | None) -> None:
    """How far it is, for a program that reads the lines."""
    print_line({"stage": stage, "done": done, "total": total})


@contextmanager
def progress_told(*, as_lines: bool, first: str = FIRST_STAGE) -> Iterator[Progress]:
    """What tells how far it is. Among lines the last one comes again while a stage takes its time: whoever reads them
    would take a silence for a standstill."""
    if not as_lines:
        yield show_progress
        return
    told = _Repeated(first)
    repeating = Thread(target=told.repeat, daemon=True)
    repeating.start()
    try:
        yield told.tell
    finally:
        told.ended.set()
        repeating.join()


class _Repeated:
    """The last line of progress, and when it was told."""

    def __init__(self, first: str) -> None:
        self.ended = Event()
        self.tell(first, 0, None)

    def tell(self, stage: str, done: int, total: int | None) -> None:
        self.last, self.told_at = (stage, done, total), time.monotonic()
        line_of_progress(stage, done, total)

    def repeat(self) -> None:
        with suppress(OSError):  # whoever listened has gone
            while not self.ended.wait(REPEAT_SECONDS):
                if time.monotonic() - self.told_at >= REPEAT_SECONDS:
                    line_of_progress(*self.last)


@contextmanager
def refusals_told(*, as_lines: bool) -> Iterator[None]:
    """Whoever reads the lines finds a refusal among them, too."""
    try:
        yield
    except CakupanError as refused:
        if as_lines:
            print_line({"error": str(refused)})
        raise


@contextmanager
def stopped_tidily() -> Iterator[None]:
    """A page whose reader left ends its child by SIGTERM, which would leave half-written files and copies behind."""
    is_stopped = Event()

    def stop(*_told: Any) -> None:
        is_stopped.set()
        sys.exit(STOPPED)

    former = signal(SIGTERM, stop)
    try:
        yield
    except Exception:
        # DuckDB ends a query that is stopped with an error of its own.
        if is_stopped.is_set():
            sys.exit(STOPPED)
        raise
    finally:
        signal(SIGTERM, former)
