"""A line of the log says what happened and never a value."""

import json
import logging
import os
import re
import stat
import subprocess
import sys
import threading
import time
import warnings
from pathlib import Path

import pytest
import uvicorn

from data import logs
from data.home import Home
from data.logs import FILE_NAME, DailyFile, Line

ROOT = Path(__file__).parents[2]
NIK = "1671010101900001"
LINE = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z (INFO|WARNING|ERROR) ")
DAY = 24 * 60 * 60


@pytest.fixture
def started(home):
    """The log of a home in this process; afterwards logging is as it was."""
    root = logging.getLogger()
    before = (root.handlers, root.level, logging.getLogRecordFactory(), warnings.showwarning)
    hooks = (threading.excepthook, sys.excepthook)
    loggers = {name: logging.getLogger(name) for name in list(logging.root.manager.loggerDict)}
    ways = {name: (logger.handlers, logger.propagate) for name, logger in loggers.items()}
    logs.start(home, 90)
    yield home
    for handler in root.handlers:
        handler.close()
    root.handlers, root.level = before[0], before[1]
    logging.setLogRecordFactory(before[2])
    warnings.showwarning = before[3]
    threading.excepthook, sys.excepthook = hooks
    for name, (handlers, propagate) in ways.items():
        loggers[name].handlers, loggers[name].propagate = handlers, propagate


def lines(home: Home) -> list[str]:
    """What the log says, without time."""
    written = (home.logs_dir / FILE_NAME).read_text("utf-8").splitlines()
    assert all(LINE.match(line) for line in written), written
    return [line.split(" ", 1)[1] for line in written]


def test_our_own_line_is_written_as_it_is(started):
    logging.getLogger("cakupan.requests").info("%s %s %d", "GET", "/", 200)
    assert lines(started) == ["INFO GET / 200"]


def test_what_a_library_says_is_kept_without_its_arguments(started):
    logging.getLogger("streamlit.web").warning("Rejecting origin=%s, host=%s", f"http://{NIK}", NIK)
    assert lines(started) == ["WARNING streamlit.web: Rejecting origin=%s, host=%s"]


def test_a_message_that_a_library_made_of_values_is_only_placed(started):
    logging.getLogger("duckdb").error(f"could not convert '{NIK}'")
    logging.getLogger("duckdb").error("could not convert " + NIK)
    logging.getLogger("duckdb").error(ValueError(NIK))
    written = lines(started)
    assert len(written) == 3
    assert all(re.fullmatch(r"ERROR duckdb at test_logs\.py:\d+", line) for line in written), written


def test_of_an_error_class_and_place_are_kept(started):
    try:
        int(NIK + "x")
    except ValueError:
        logging.getLogger("asyncio").exception("Task exception was never retrieved", stack_info=True)
    [line] = lines(started)
    assert re.fullmatch(
        r"ERROR asyncio: Task exception was never retrieved \[ValueError at test_logs\.py:\d+\]", line
    ), line


def test_a_warning_and_an_error_that_nobody_caught_are_classes_and_places(started):
    def fail() -> None:
        raise RuntimeError(NIK)

    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning = logs._log_warning
        warnings.warn(NIK, stacklevel=1)
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    warned, failed = lines(started)
    assert re.fullmatch(r"WARNING UserWarning at test_logs\.py:\d+", warned)
    assert re.fullmatch(r"ERROR unforeseen: RuntimeError at test_logs\.py:\d+", failed)


def test_a_logger_that_has_its_own_way_to_the_screen_loses_it(started):
    logger = logging.getLogger("streamlit.of_its_own")
    logger.propagate = False
    logger.handlers = [logging.StreamHandler(sys.stderr)]
    logs.speak_through_root(logger)
    logger.warning("Said once")
    assert lines(started) == ["WARNING streamlit.of_its_own: Said once"]
    silenced = logging.getLogger("uvicorn.access")
    silenced.info("GET /?nik=%s", NIK)
    assert len(lines(started)) == 1


def test_a_line_break_cannot_forge_a_second_line(started):
    logging.getLogger("cakupan").info("%s", "GET /\n2026-01-01T00:00:00.000Z INFO forged")
    assert len(lines(started)) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such permissions")
def test_only_its_owner_reads_the_log(started):
    logging.getLogger("cakupan").info("hello")
    assert stat.S_IMODE((started.logs_dir / FILE_NAME).stat().st_mode) == 0o600
    assert stat.S_IMODE(started.logs_dir.stat().st_mode) == 0o700


def record(at: float) -> logging.LogRecord:
    made = logging.makeLogRecord({"name": "cakupan", "msg": "x" * 80, "levelno": 20, "levelname": "INFO"})
    made.created = at
    return made


@pytest.fixture
def daily(home):
    handler = DailyFile(home.logs_dir, 90)
    handler.setFormatter(Line())
    yield handler
    handler.close()


def files(home: Home) -> list[str]:
    return sorted(path.name for path in home.logs_dir.iterdir())


def test_a_file_that_is_full_makes_room_and_the_oldest_goes(home, daily):
    daily.maxBytes, daily.backupCount = 300, 2
    for _ in range(20):
        daily.emit(record(time.time()))
    assert files(home) == [FILE_NAME, f"{FILE_NAME}.1", f"{FILE_NAME}.2"]
    assert all(path.stat().st_size <= 300 for path in home.logs_dir.iterdir())


def test_a_new_day_begins_a_new_file_and_ends_those_past_their_time(home, daily):
    now = time.time()
    daily.emit(record(now))
    old = home.logs_dir / f"{FILE_NAME}.1"
    old.write_text("x", "utf-8")
    os.utime(old, (now - 91 * DAY, now - 91 * DAY))
    daily.emit(record(now + DAY))
    assert files(home) == [FILE_NAME, f"{FILE_NAME}.1"], "yesterday's is number 1 now; what was number 1 has gone"


def test_the_log_goes_on_in_a_home_that_was_exchanged(home, daily):
    daily.emit(record(time.time()))
    home.logs_dir.rename(home.root / "dahulu")
    daily.emit(record(time.time()))
    assert len((home.logs_dir / FILE_NAME).read_text("utf-8").splitlines()) == 1


def test_while_there_is_no_home_nothing_is_made_and_nobody_is_stopped_and_then_the_log_goes_on(home, daily):
    daily.emit(record(time.time()))
    away = home.root.rename(home.root.parent / "away")
    daily.emit(record(time.time()))
    assert not home.root.exists(), "a restore on its way would find its place taken"
    away.rename(home.root)
    (home.logs_dir).rename(home.root / "dahulu")
    home.logs_dir.write_text("a file where the folder belongs", "utf-8")
    daily.emit(record(time.time()))
    home.logs_dir.unlink()
    daily.emit(record(time.time()))
    assert len((home.logs_dir / FILE_NAME).read_text("utf-8").splitlines()) == 1


@pytest.mark.parametrize("module", ["websockets_impl", "websockets_sansio_impl"])
def test_what_uvicorn_says_of_each_websocket_is_left_to_the_log_of_requests(started, module):
    source = (Path(uvicorn.__file__).parent / f"protocols/websockets/{module}.py").read_text("utf-8")
    said = [text for text in logs.SAID_TWICE if "%s" in text]
    assert all(text in source for text in said), "uvicorn says it in other words now"
    logging.getLogger("uvicorn.error").info('%s - "WebSocket %s" [accepted]', "127.0.0.1", NIK)
    logging.getLogger("uvicorn.error").info("connection open")
    logging.getLogger("uvicorn.error").info("connection closed")
    logging.getLogger("uvicorn.error").info("Finished server process [%d]", 1)
    assert lines(started) == ["INFO uvicorn.error: Finished server process [%d]"]


def test_a_file_that_got_its_next_name_meanwhile_is_not_purged(home, monkeypatch):
    home.logs_dir.mkdir(parents=True)
    monkeypatch.setattr(Path, "glob", lambda folder, _pattern: [folder / "gone"])
    assert logs.purge_logs(home, 1) == 0


def test_without_a_writable_folder_stderr_alone_is_told(home):
    """In a process of its own: what a test sees as stderr is pytest's."""
    home.logs_dir.write_text("a file where the folder belongs", "utf-8")
    program = (
        "import logging, sys; from pathlib import Path; from data import logs; from data.home import Home\n"
        f"logs.start(Home(Path({json.dumps(str(home.root))})), 90)\n"
        "logging.getLogger('cakupan').info('hello'); raise ValueError('1671010101900001')"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    told = [line.split(" ", 1)[1] for line in run.stderr.splitlines()]
    assert told[0].startswith("WARNING no log file: ")
    assert told[1] == "INFO hello"
    assert re.fullmatch(r"ERROR unforeseen: ValueError at <string>:\d+", told[2])
    assert len(told) == 3
