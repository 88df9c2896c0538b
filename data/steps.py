"""How far an act of many steps is: each told as it begins, with how many were done before and how many there are.

A step is a step: the next may take longer. What a step counts of its own is told within it.
"""

import re
from collections.abc import Callable

Progress = Callable[[str, int, int | None], None]

COUNTING = "Menghitung orang"
CHECKING, SAVING = "Memeriksa edisi", "Menyimpan edisi"
_BEGINNINGS = ("Menyiapkan ", "Menyusun ", COUNTING, CHECKING, SAVING)
_WITHIN = re.compile(r", bagian (\d+) dari (\d+)$")


class Steps:
    """Tells the steps of one act, of which there are `total`."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._begun = progress, total, 0

    def begin(self, stage: str) -> None:
        self._progress(stage, self._begun, self._total)
        self._begun += 1

    def within(self, stage: str, part: int, parts: int | None) -> None:
        """Of the step that was begun last, the part that begins; a step of one part was told already."""
        if parts is not None and parts > 1:
            self._progress(f"{stage}, bagian {part + 1} dari {parts}", self._begun - 1, self._total)


def one_of_several(progress: Progress | None, number: int, acts: int) -> Progress | None:
    """For one of several acts of as many steps each: its steps among those of all. `number` counts from 0."""
    if progress is None or acts == 1:
        return progress

    def among_all(stage: str, done: int, total: int | None) -> None:
        if total is None:
            progress(stage, done, total)
        else:
            progress(stage, number * total + done, acts * total)

    return among_all


def is_step(stage: str, total: int | None) -> bool:
    """Whether what is told counts the steps of a publication, not rows or bytes."""
    return bool(total) and stage.startswith(_BEGINNINGS)


def parts_within(stage: str) -> tuple[int, int] | None:
    """'…, bagian 2 dari 4' → (2, 4)."""
    found = _WITHIN.search(stage)
    return (int(found[1]), int(found[2])) if found else None
