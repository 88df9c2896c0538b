"""Errors caused by what a user gave us."""

import errno
import os

OBSTACLES = {
    errno.ENOSPC: "cakram penuh",
    errno.EACCES: "izin ditolak",
    errno.EPERM: "izin ditolak",
    errno.EROFS: "cakram hanya dapat dibaca",
    errno.ENOENT: "berkas atau folder tidak ada",
    errno.EBUSY: "sedang dipakai sistem",
    errno.EFBIG: "berkas melebihi batas ukuran",
}
# What DuckDB and SQLite say in words of their own: of a file that another program has open, and of a full disk.
TOLD_OTHERWISE = {
    "Could not set lock on file": "sedang dipakai program lain",
    "being used by another process": "sedang dipakai program lain",
    "database or disk is full": OBSTACLES[errno.ENOSPC],
}


class CakupanError(Exception):
    """One Indonesian sentence that quotes the bad value and says what to do. Shown without a traceback."""

    exit_code = 2  # of the shell's door: refused, nothing happened


class FileRefused(CakupanError):
    """The file as a whole cannot be imported; nothing of it landed."""


class HomeBusy(CakupanError):
    """Another process is writing; the sentence names it and since when.

    `who` is the account that it writes for, `doing` its act, `since` the hour in Jakarta; None where not known.
    """

    def __init__(
        self, sentence: str, *, who: str | None = None, doing: str | None = None, since: str | None = None
    ) -> None:
        super().__init__(sentence)
        self.who, self.doing, self.since = who, doing, since


def obstacle(error: OSError) -> str:
    """What the operating system had against it, in a word or two."""
    return OBSTACLES.get(error.errno or 0) or errno.errorcode.get(error.errno or 0, type(error).__name__)


def hindrance(error: Exception) -> str | None:
    """What the operating system had against it, also where a database only quotes that; None: the fault lies elsewhere.

    Nothing else of the message gets out: it may quote a cell.
    """
    if isinstance(error, OSError):
        return obstacle(error)
    told = str(error)
    signs = TOLD_OTHERWISE | {os.strerror(number): word for number, word in OBSTACLES.items()}
    return next((word for sign, word in signs.items() if sign in told), None)
