"""Out of the demonstration, into real data: the two never share a home."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from data import journal
from data.access import LOCAL, Reader
from data.demo import CONFIG
from data.errors import CakupanError
from data.home import Home
from data.importers import ImportResult, import_files
from data.keys import DATA_KEYS
from data.ledger import open_ledger
from data.state import refuse_moved


def try_instead(files: list[Path], options: dict[str, Any]) -> list[ImportResult]:
    """What the files would bring into a home without data; FileRefused when one of them cannot be imported."""
    with TemporaryDirectory() as scratch:
        return import_files(Home(Path(scratch) / "home"), files, dry_run=True, **options)


def clear_demo(
    home: Home, files: list[Path], options: dict[str, Any], *, reader: Reader = LOCAL, expect: str | None = None
) -> None:
    """Remove ledger, editions, keys of the data, uploads, scans, packs and settings of a demonstration.

    Accounts, how one signs in and the secrets of that are the installation's and stay: without them everybody who
    reaches the machine would be let in.

    First the files that shall take its place are tried: when one is refused (FileRefused), or no row of any
    is accepted (CakupanError), the demonstration stays.
    The sidecars of its editions stay, so that no real edition ever bears the number of one: a server that runs on
    keeps what it computed by edition number. The journal stays as well and says that the demonstration went; what was
    recorded on projects of the demonstration stays in it and does not count on real ones (data/casework.py). `expect`
    is the token of a preview: state.Moved when the data has changed since.
    """
    if not any(result.rows_accepted for result in try_instead(files, options)):
        raise CakupanError("Tidak ada baris yang diterima, jadi data contoh tetap. Betulkan berkasnya dahulu.")
    with home.writer_lock("penggantian data contoh", who=reader.account):
        with open_ledger(home, key_needed=False) as ledger:
            refuse_moved(home, ledger, expect, reader.grant)
        journal.append(home, "demonstration", {"act": "removed"}, reader)
        # The ledger goes last but for the keys: until then a killed replacement still finds a demonstration to leave.
        home.current_path.unlink(missing_ok=True)
        _drop_settings(home)
        for edition in home.editions_dir.glob("*.duckdb"):
            edition.unlink()
        shutil.rmtree(home.uploads_dir, ignore_errors=True)
        shutil.rmtree(home.evidence_dir, ignore_errors=True)
        shutil.rmtree(home.packs_dir, ignore_errors=True)
        home.ledger_path.unlink()
        for name in DATA_KEYS:
            (home.keys_dir / name).unlink(missing_ok=True)


def demo_in_the_way(home: Home) -> CakupanError:
    """For real files that are brought to a demonstration which nobody said is to go."""
    return CakupanError(
        f"{home.root} berisi data contoh; pakai --replace-demo untuk membuangnya, atau CAKUPAN_HOME yang lain."
    )


def settings_left(home: Home) -> str:
    """What stays of config.toml when the demonstration goes: what an administrator added."""
    if not home.config_path.exists():
        return ""
    added = home.config_path.read_text("utf-8").replace(CONFIG, "").strip()
    return f"{added}\n" if added else ""


def _drop_settings(home: Home) -> None:
    """Take what the demonstration wrote out of config.toml."""
    if not home.config_path.exists():
        return
    added = settings_left(home)
    if not added:
        home.config_path.unlink()
        return
    unfinished = home.config_path.with_suffix(".new")
    shutil.copy2(home.config_path, unfinished)  # its mode as well
    unfinished.write_text(added, "utf-8")
    unfinished.replace(home.config_path)
