"""Errors caused by what a user gave us."""


class CakupanError(Exception):
    """One Indonesian sentence that quotes the bad value and says what to do. Shown without a traceback."""


class FileRefused(CakupanError):
    """The file as a whole cannot be imported; nothing of it landed."""


class HomeBusy(CakupanError):
    """Another process is writing; the sentence names it and since when."""
