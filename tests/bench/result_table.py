"""The lines a measurement prints, as an aligned Markdown table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from tests.bench.child import Finished

HEADINGS = ("what was measured", "seconds", "CPU s", "peak MB", "ratio", "goal")


@dataclass(frozen=True)
class Line:
    """One measured thing. `ratio` is how many times longer the obvious way took in the same run.

    `goal` is text; `met` says whether this run reached it, None where there is no goal or the size is not the goal's.
    """

    what: str
    seconds: float | None = None
    cpu_seconds: float | None = None
    peak_mb: float | None = None
    ratio: str = ""
    goal: str = ""
    met: bool | None = None


def line_of(what: str, finished: Finished, **verdict: Any) -> Line:
    """The line of a function that ran in a process of its own."""
    return Line(what, finished.seconds, finished.cpu_seconds, finished.peak_mb, **verdict)


class Timed(Protocol):
    """Anything that took time and processor time."""

    @property
    def seconds(self) -> float: ...
    @property
    def cpu_seconds(self) -> float: ...


def times(slow: Timed, fast: Timed) -> str:
    """'4.2 × (CPU 3.9 ×)'; on a machine that others use at the same time the second tells more."""
    return f"{slow.seconds / fast.seconds:.1f} × (CPU {slow.cpu_seconds / fast.cpu_seconds:.1f} ×)"


def as_markdown(lines: Sequence[Line]) -> str:
    rows = [HEADINGS, *(_cells(line) for line in lines)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    ruler = [
        f":{'-' * (widths[0] - 1)}",
        *(f"{'-' * (width - 1)}:" for width in widths[1:-1]),
        f":{'-' * (widths[-1] - 1)}",
    ]
    return "\n".join(_row(cells, widths) for cells in (rows[0], ruler, *rows[1:]))


def _cells(line: Line) -> tuple[str, ...]:
    verdict = {True: " · met", False: " · MISSED", None: ""}[line.met]
    peak_mb = "" if line.peak_mb is None else f"{line.peak_mb:.0f}"
    return line.what, _seconds(line.seconds), _seconds(line.cpu_seconds), peak_mb, line.ratio, line.goal + verdict


def _seconds(seconds: float | None) -> str:
    if seconds is None:
        return ""
    return f"{seconds:.3f}" if seconds < 1 else f"{seconds:.1f}"


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [cell.rjust(width) for cell, width in zip(cells, widths, strict=True)]
    padded[0], padded[-1] = cells[0].ljust(widths[0]), cells[-1].ljust(widths[-1])
    return f"| {' | '.join(padded)} |"
