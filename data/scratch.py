"""A private home beside the real one, for trying something out: only its owner sees it, and it never stays."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from filelock import FileLock, Timeout

from data.errors import CakupanError
from data.home import Home


@dataclass(frozen=True)
class Scratch(Home):
    """A home of its own for ledger, editions and journal, with the keys and settings of the one that it copies."""

    keys: Path | None = None
    config: Path | None = None

    @property
    def keys_dir(self) -> Path:
        return self.keys or super().keys_dir

    @property
    def config_path(self) -> Path:
        return self.config or super().config_path


@contextmanager
def private_folder(home: Home) -> Iterator[Path]:
    """A folder for its owner alone, that goes when this ends; those of processes that were killed go first.

    The operating system lets go of the lock beside it when its process dies, however it dies.
    """
    try:
        home.rehearsals_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as unusable:
        raise CakupanError(f"CAKUPAN_HOME {home.root} tidak dapat ditulis; sebutkan folder lain.") from unusable
    with _alone(home):
        _sweep(home)
        folder = Path(mkdtemp(dir=home.rehearsals_dir))
        in_use = FileLock(folder.with_suffix(".lock"))
        in_use.acquire(timeout=0)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        in_use.release()
        folder.with_suffix(".lock").unlink(missing_ok=True)


def sweep_rehearsals(home: Home) -> None:
    """Remove what killed rehearsals left; those that are under way stay."""
    if home.rehearsals_dir.is_dir():
        with _alone(home):
            _sweep(home)


def _alone(home: Home) -> FileLock:
    """Nobody else begins or sweeps meanwhile: a folder without its lock yet is not one that was left."""
    return FileLock(home.rehearsals_dir / "begin.lock")


def _sweep(home: Home) -> None:
    for folder in [path for path in home.rehearsals_dir.iterdir() if path.is_dir()]:
        left = FileLock(folder.with_suffix(".lock"))
        try:
            left.acquire(timeout=0)
        except Timeout:
            continue
        shutil.rmtree(folder, ignore_errors=True)
        left.release()
        folder.with_suffix(".lock").unlink(missing_ok=True)
