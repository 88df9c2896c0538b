"""Out of the demonstration, into real data: the two never share a home."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from data.home import Home
from data.importers import import_file


def clear_demo(home: Home, files: list[Path], options: dict[str, Any]) -> None:
    """Remove ledger, editions, keys, uploads and settings of a demonstration home.

    First the files that shall take its place are tried in a scratch home: when one is refused (FileRefused),
    the demonstration stays.
    """
    with TemporaryDirectory() as scratch:
        for path in files:
            import_file(Home(Path(scratch)), path, dry_run=True, **options)
    with home.writer_lock("penggantian data contoh"):
        home.current_path.unlink(missing_ok=True)
        home.ledger_path.unlink()
        home.config_path.unlink(missing_ok=True)
        for folder in (home.editions_dir, home.uploads_dir, home.keys_dir):
            shutil.rmtree(folder, ignore_errors=True)
