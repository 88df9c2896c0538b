"""The server's log: one line an event, its time in UTC, its level, and what happened, but never a value.

What other libraries say may quote a cell, a header or an address with its query. Of them only such words are kept as
stand literally in their program, with logger, place and class of an error. A line goes into the folder of logs and to
stderr, where systemd keeps it.
"""

import logging
import os
import sys
import threading
import time
import traceback
import warnings
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

from data.home import Home

OWN_LOGGER = "cakupan"
FILE_NAME = "cakupan.log"
# A file a day, or as soon as one is this large; so many are kept, if days do not end them earlier.
MOST_BYTES = 5_000_000
MOST_FILES = 150
SILENCED = ("uvicorn.access",)  # identity/request_log.py says of every request what may be said
# The same of every websocket, in words from which the values are gone.
SAID_TWICE = (
    '%s - "WebSocket %s" [accepted]', '%s - "WebSocket %s" 403', '%s - "WebSocket %s" %d',
    "connection open", "connection closed",
)  # fmt: skip
SECONDS_A_DAY = 24 * 60 * 60


def start(home: Home, keep_days: int) -> None:
    """Send every line of every logger of this process to the home's log and to stderr, without values.

    Where the folder of logs cannot be written, to stderr only.
    """
    logging.setLogRecordFactory(record_without_values)
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    root.handlers = []
    _add_handler(root, logging.StreamHandler(sys.stderr))
    try:
        _add_handler(root, DailyFile(home.logs_dir, keep_days))
    except OSError as unwritable:
        logging.getLogger(OWN_LOGGER).warning("no log file: %s", type(unwritable).__name__)
    for name in (*logging.root.manager.loggerDict, *SILENCED):
        speak_through_root(logging.getLogger(name))
    warnings.showwarning = _log_warning
    threading.excepthook = lambda failed: _log_unforeseen(failed.exc_type, failed.exc_traceback)
    sys.excepthook = lambda kind, _error, trace: _log_unforeseen(kind, trace)


def _add_handler(logger: logging.Logger, handler: logging.Handler) -> None:
    handler.setFormatter(Line())
    handler.addFilter(lambda record: record.name != "uvicorn.error" or record.msg not in SAID_TWICE)
    logger.addHandler(handler)


def speak_through_root(logger: logging.Logger) -> None:
    """Take a logger's own way to the screen from it."""
    logger.handlers = []
    logger.propagate = logger.name not in SILENCED


def record_without_values(
    name: str, level: int, path: str, line: int, message: Any, arguments: Any, error: Any, *more: Any, **named: Any
) -> logging.LogRecord:
    """The record that logging makes of a call, with what may quote a value taken out of it."""
    if name.split(".")[0] != OWN_LOGGER:
        message, arguments = _literal(message, path, line), ()
    record = logging.LogRecord(name, level, path, line, message, arguments, None, *more, **named)
    record.stack_info = None
    record.failed = _class_and_place(error)
    return record


def purge_logs(home: Home, keep_days: int, *, dry_run: bool = False) -> int:
    """Delete files of the log whose last line is older than `keep_days`; 0 keeps all. Returns how many."""
    too_old = time.time() - keep_days * SECONDS_A_DAY
    found = [path for path in home.logs_dir.glob(f"{FILE_NAME}*") if keep_days and _changed_at(path) < too_old]
    for path in found if not dry_run else []:
        path.unlink(missing_ok=True)
    return len(found)


def _changed_at(path: Path) -> float:
    """Another process may have given the file its next name meanwhile: then it is not old."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return time.time()


class Line(logging.Formatter):
    """2026-11-22T03:04:05.123Z INFO what happened."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        told = " ".join(record.getMessage().split())
        if record.name.split(".")[0] != OWN_LOGGER:
            told = f"{record.name}: {told}" if told else f"{record.name} at {record.filename}:{record.lineno}"
        return " ".join(filter(None, (at, record.levelname, told, getattr(record, "failed", ""))))


class DailyFile(RotatingFileHandler):
    """The log's file: a new one each day and at each 5 MB, the oldest deleted; only its owner reads them."""

    def __init__(self, folder: Path, keep_days: int) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.keep_days, self.folder = keep_days, folder
        super().__init__(folder / FILE_NAME, maxBytes=MOST_BYTES, backupCount=MOST_FILES, encoding="utf-8")

    def emit(self, record: logging.LogRecord) -> None:
        try:
            if self._is_gone():
                self.close()
                # Not the home as well: while there is none, it is being moved or its disk is away.
                self.folder.mkdir(mode=0o700, exist_ok=True)
                self.stream = self._open()
        except OSError:
            self.handleError(record)
            return
        super().emit(record)

    # The names of the four below are those of the library.
    def shouldRollover(self, record: logging.LogRecord) -> bool:  # noqa: N802
        written = Path(self.baseFilename).stat()
        is_other_day = written.st_size > 0 and _day(written.st_mtime) != _day(record.created)
        return is_other_day or bool(super().shouldRollover(record))

    def doRollover(self) -> None:  # noqa: N802
        super().doRollover()
        purge_logs(Home(self.folder.parent), self.keep_days)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """A full disk must neither stop the server nor print the record; stderr has the line."""

    def _open(self):
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return os.fdopen(descriptor, "a", encoding="utf-8")

    def _is_gone(self) -> bool:
        """A restore moves the folder away while the server runs on."""
        if self.stream is None:
            return True
        try:
            return not os.path.samestat(os.fstat(self.stream.fileno()), Path(self.baseFilename).stat())
        except FileNotFoundError:
            return True


def _day(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def _literal(message: Any, path: str, line: int) -> str:
    """The message if it stands literally in the program that logs it; else nothing: it was made of values."""
    frame: FrameType | None = sys._getframe()
    while frame is not None and (frame.f_code.co_filename, frame.f_lineno) != (path, line):
        frame = frame.f_back
    if frame is None or not isinstance(message, str) or message not in frame.f_code.co_consts:
        return ""
    # Shown as it stands; %s in it says that something stood there.
    return message


def _class_and_place(error: Any) -> str:
    if isinstance(error, BaseException):
        error = (type(error), error, error.__traceback__)
    if not isinstance(error, tuple) or error[0] is None:
        return ""
    return f"[{said_error(error[0], error[2])}]"


def said_error(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Class and place of an error."""
    steps = traceback.extract_tb(trace)
    where = f"{Path(steps[-1].filename).name}:{steps[-1].lineno}" if steps else "?"
    return f"{kind.__name__} at {where}"


def _log_warning(_message: Any, category: type[Warning], path: str, line: int, *_more: Any) -> None:
    logging.getLogger(OWN_LOGGER).warning("%s at %s:%d", category.__name__, Path(path).name, line)


def _log_unforeseen(kind: type[BaseException], trace: TracebackType | None) -> None:
    logging.getLogger(OWN_LOGGER).error("unforeseen: %s", said_error(kind, trace))
