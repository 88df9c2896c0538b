"""cakupan.py as a child of a page, on behalf of its reader: its lines as they come, or its whole answer.

A page never opens the ledger: the one writer at a time is a child like these.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Generator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from threading import Timer
from typing import IO, Any

from data.access import Reader
from data.errors import CakupanError

ACCOUNT, SESSION = "CAKUPAN_ACCOUNT", "CAKUPAN_SESSION"
PROGRAM = Path(__file__).parents[1] / "cakupan.py"
STOP_SECONDS = 5
REFUSED = 2  # the exit code of a sentence for its reader
MOST_OF_A_SENTENCE = 2_000  # characters
STOPPED = "Perintah ini berhenti karena terlalu lama atau karena kesalahan pada program; coba lagi."

Lines = Generator[dict[str, Any]]


def child_environment(reader: Reader, session_id: str | None) -> dict[str, str]:
    """The environment in which a page starts cakupan.py for its reader.

    `session_id` is the gate's, by which the child proves the account; None in the local mode, where nobody is proved.
    """
    inherited = {name: value for name, value in os.environ.items() if name not in (ACCOUNT, SESSION)}
    if session_id is None:
        assert not reader.is_authenticated, reader
        return inherited
    return inherited | {ACCOUNT: reader.name, SESSION: session_id}


def lines(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    longest_seconds: float,
    stopped: str = STOPPED,
    *,
    started: Callable[[subprocess.Popen[str]], None] | None = None,
) -> Lines:
    """What a command tells line by line, each as the object that it is. Whoever stops listening stops it.

    `started` is given the process, so that somebody else may end it. CakupanError with the child's own sentence when it
    refuses, with `stopped` when it fails or takes too long.
    """
    refusal = ""
    with TemporaryFile() as complaints:
        child = _start(arguments, environment, complaints)
        if started:
            started(child)
        watch = Timer(longest_seconds, child.kill)
        watch.daemon = True
        watch.start()
        try:
            assert child.stdout is not None
            for line in child.stdout:
                told = json.loads(line)
                refusal = told.get("error", refusal)
                if "error" not in told:
                    yield told
            if code := child.wait():
                raise CakupanError(refusal or _sentence(code, complaints) or stopped)
        finally:
            watch.cancel()
            _stop(child)


def answer(arguments: Sequence[str], environment: Mapping[str, str], longest_seconds: float) -> Any:
    """What a command with --json tells, as a whole. CakupanError as of `lines`."""
    return json.loads(answer_text(arguments, environment, longest_seconds))


def answer_text(arguments: Sequence[str], environment: Mapping[str, str], longest_seconds: float) -> str:
    """What a command says to standard output. CakupanError as of `lines`."""
    return answer_bytes(arguments, environment, longest_seconds).decode("utf-8")


def answer_bytes(arguments: Sequence[str], environment: Mapping[str, str], longest_seconds: float) -> bytes:
    """A file that a command writes to standard output, or what it says there. CakupanError as of `lines`."""
    command = [sys.executable, str(PROGRAM), *arguments]
    try:
        done = subprocess.run(command, env=dict(environment), capture_output=True, timeout=longest_seconds, check=False)
    except subprocess.TimeoutExpired:
        raise CakupanError(STOPPED) from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip() if done.returncode == REFUSED else ""
        raise CakupanError(said[-MOST_OF_A_SENTENCE:] or STOPPED)
    return done.stdout


def _start(arguments: Sequence[str], environment: Mapping[str, str], complaints: IO[bytes]) -> subprocess.Popen[str]:
    command = [sys.executable, str(PROGRAM), *arguments]
    # Complaints go into a file: nobody reads them while lines are read, and a full pipe would hold the child.
    return subprocess.Popen(command, env=dict(environment), stdout=subprocess.PIPE, stderr=complaints, encoding="utf-8")


def _sentence(code: int, complaints: IO[bytes]) -> str:
    """Only what the program says to its reader; a warning or a traceback could quote a cell."""
    if code != REFUSED:
        return ""
    complaints.seek(0)
    return complaints.read().decode("utf-8", "replace").strip()[-MOST_OF_A_SENTENCE:]


def _stop(child: subprocess.Popen[str]) -> None:
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    assert child.stdout is not None
    child.stdout.close()
