"""Files that a command writes where it was told to: whole under their name, or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from data.errors import CakupanError, obstacle
from data.home import Home


@contextmanager
def written(path: Path, content: bytes) -> Iterator[None]:
    """The file stands under its name only once what is done inside has succeeded.

    A link that somebody laid under that name is replaced, never followed.
    """
    unfinished = path.with_name(f".{path.name}.new")
    try:
        unfinished.unlink(missing_ok=True)
        # O_EXCL: neither a link nor a file that waits there is written through.
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as target:
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
        yield
        unfinished.replace(path)
    except OSError as hindered:
        raise _unwritable(path, hindered) from hindered
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def refuse_place(home: Home, path: Path) -> None:
    """CakupanError where no file can come to be, asked before it is made; and for what lies in CAKUPAN_HOME: there a
    file could take the place of the data."""
    try:
        if path.is_dir():
            raise CakupanError(f"'{path}' adalah folder; sebutkan nama berkas di dalamnya.")
        if not path.parent.is_dir():
            raise CakupanError(f"Folder '{path.parent}' tidak ada; buat dahulu atau sebutkan folder lain.")
        path.with_name(f".{path.name}.new").lstat()
    except FileNotFoundError:
        pass
    except OSError as hindered:
        raise _unwritable(path, hindered) from hindered
    folder, root = path.absolute().parent.resolve(), home.root.resolve()
    if folder == root or root in folder.parents:
        raise CakupanError(f"'{path}' ada di dalam CAKUPAN_HOME; tulis di folder lain.")


def _unwritable(path: Path, hindered: OSError) -> CakupanError:
    return CakupanError(f"Berkas '{path}' tidak dapat ditulis ({obstacle(hindered)}); sebutkan folder lain.")
