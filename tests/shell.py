"""cakupan.py as a user starts it: its exit code and what it says."""

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import cakupan
from data.home import Home

ROOT = Path(__file__).parents[1]
WAIT_SECONDS = 120

Run = subprocess.CompletedProcess[str]


def run_child(home: Home, *arguments: Any) -> Run:
    """Run a command in a process of its own. No run ever shows a traceback."""
    run = subprocess.run(
        [sys.executable, str(ROOT / "cakupan.py"), *map(str, arguments)],
        env=os.environ | {"CAKUPAN_HOME": str(home.root), "PYTHONUTF8": "1", "COLUMNS": "200"},
        capture_output=True,
        encoding="utf-8",
        timeout=WAIT_SECONDS,
        check=False,
    )
    assert "Traceback" not in run.stdout + run.stderr, run.stderr
    return run


def run_here(home: Home, *arguments: Any) -> Run:
    """Run a command inside the test's process: the same door without the second that a start costs."""
    out, err, command = io.StringIO(), io.StringIO(), ["cakupan.py", *map(str, arguments)]
    with (
        mock.patch.dict(os.environ, {"CAKUPAN_HOME": str(home.root)}),
        mock.patch.object(sys, "argv", command),
        mock.patch.object(sys, "excepthook"),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            cakupan.main()
            code = 0
        except SystemExit as ended:
            code = ended.code
    assert isinstance(code, int), code
    assert "Traceback" not in out.getvalue() + err.getvalue()
    return Run(command, code, out.getvalue(), err.getvalue())


def landed(home: Home, *arguments: Any, run: Callable[..., Run] = run_here) -> Any:
    """What a command that succeeds says with --json."""
    said = run(home, *arguments, "--json")
    assert said.returncode == 0, said.stderr
    return json.loads(said.stdout)


def refused(home: Home, *arguments: Any, run: Callable[..., Run] = run_here) -> str:
    """The one sentence of a command that is refused; it says nothing else."""
    said = run(home, *arguments)
    assert (said.returncode, said.stdout) == (2, ""), (said.stdout, said.stderr)
    assert said.stderr.count("\n") == 1, said.stderr
    return said.stderr.removesuffix("\n")
