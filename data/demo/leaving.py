"""Out of the demonstration, into real data: the two never share a home."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from data import journal
from data.access import LOCAL, Reader
from data.home import Home
from data.importers import ImportResult, import_files


def try_instead(files: list[Path], options: dict[str, Any]) -> list[ImportResult]:
    """What the files would bring into a home without data; FileRefused when one of them cannot be imported."""
    with TemporaryDirectory() as scratch:
        return import_files(Home(Path(scratch) / "home"), files, dry_run=True, **options)


def clear_demo(home: Home, files: list[Path], options: dict[str, Any], *, reader: Reader = LOCAL) -> None:
    """Remove ledger, editions, keys, uploads and settings of a demonstration home.

    First the files that shall take its place are tried: when one is refused (FileRefused), the demonstration stays.
    The sidecars of its editions stay, so that no real edition ever bears the number of one: a server that runs on
    keeps what it computed by edition number. The journal stays as well and says that the demonstration went.
    """
    try_instead(files, options)
    with home.writer_lock("penggantian data contoh"):
        journal.append(home, "demonstration", {"act": "removed"}, reader)
        # The ledger goes last but for the keys: until then a killed replacement still finds a demonstration to leave.
        home.current_path.unlink(missing_ok=True)
        home.config_path.unlink(missing_ok=True)
        for edition in home.editions_dir.glob("*.duckdb"):
            edition.unlink()
        shutil.rmtree(home.uploads_dir, ignore_errors=True)
        home.ledger_path.unlink()
        shutil.rmtree(home.keys_dir, ignore_errors=True)
