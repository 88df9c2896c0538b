"""Copies of a whole home, taken while it is in use, and the way back from one."""

from dataclasses import dataclass
from pathlib import Path

from data.home import Home
from data.rollup import Progress

WAIT_SECONDS = 15 * 60
MANIFEST_NAME = "cadangan.json"


@dataclass(frozen=True)
class BackupMade:
    """Where a backup lies and what it holds; `removed` are the older ones that --keep took away."""

    path: Path
    files: int
    size_bytes: int
    edition: int | None
    has_keys: bool
    removed: list[str]


@dataclass(frozen=True)
class Restored:
    """What came back; `kept_aside` is where the former home lies now, `has_keys` whether imports can go on."""

    edition: int | None
    files: int
    kept_aside: Path | None
    has_keys: bool


def back_up(
    home: Home,
    folder: Path,
    *,
    with_keys: bool = False,
    wait_seconds: float = WAIT_SECONDS,
    keep: int | None = None,
    progress: Progress | None = None,
) -> BackupMade:
    """Copy the home into a new folder below `folder`, in one step from outside; a CakupanError leaves nothing."""
    raise NotImplementedError


def check(backup: Path) -> dict:
    """The manifest of a backup whose every file is as it was made; CakupanError names the first that is not."""
    raise NotImplementedError


def restore(home: Home, backup: Path, *, replace: bool = False, progress: Progress | None = None) -> Restored:
    """Put a checked copy of the backup in the place of the home, in one step."""
    raise NotImplementedError
