"""Errors caused by what a user gave us."""

import errno

OBSTACLES = {
    errno.ENOSPC: "cakram penuh",
    errno.EACCES: "izin ditolak",
    errno.EPERM: "izin ditolak",
    errno.EROFS: "cakram hanya dapat dibaca",
    errno.ENOENT: "berkas atau folder tidak ada",
    errno.EBUSY: "sedang dipakai sistem",
    errno.EFBIG: "berkas melebihi batas ukuran",
}


class CakupanError(Exception):
    """One Indonesian sentence that quotes the bad value and says what to do. Shown without a traceback."""

    exit_code = 2  # of the shell's door: refused, nothing happened


class FileRefused(CakupanError):
    """The file as a whole cannot be imported; nothing of it landed."""


class HomeBusy(CakupanError):
    """Another process is writing; the sentence names it and since when."""


def obstacle(error: OSError) -> str:
    """What the operating system had against it, in a word or two."""
    return OBSTACLES.get(error.errno or 0) or errno.errorcode.get(error.errno or 0, type(error).__name__)
