"""A meeting pack made in a process of its own, so that nobody's page waits for it, on behalf of its reader."""

import json
import subprocess
import sys
from collections.abc import Generator, Mapping
from pathlib import Path

from data.errors import CakupanError
from data.packs import PackRequest

PROGRAM = Path(__file__).parents[1] / "cakupan.py"
STOP_SECONDS = 5
# How far a pack is, from 0 to 1, and with what.
Making = Generator[tuple[float, str], None, None]


def made(request: PackRequest, edition: int, environment: Mapping[str, str]) -> Making:
    """Make and keep all files of a pack.

    CakupanError with the child's own sentence. Whoever stops listening stops the making: nothing is then kept.
    """
    command = [sys.executable, str(PROGRAM), "export", *arguments(request, edition)]
    refusal = ""
    told_in = {**environment, "PYTHONUTF8": "1"}  # on Windows a pipe would speak another code page
    child = subprocess.Popen(command, env=told_in, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8")
    try:
        assert child.stdout is not None
        for line in child.stdout:
            told = json.loads(line)
            refusal = told.get("error", refusal)
            if "stage" in told:
                yield told["done"] / (told["total"] or 1), told["stage"]
        if child.wait() != 0:
            raise CakupanError(refusal or "Bahan rapat berhenti dibuat karena kesalahan pada program; coba lagi.")
    finally:
        _stop(child)


def arguments(request: PackRequest, edition: int) -> list[str]:
    """The options of `cakupan.py export` that ask for this pack of this edition."""
    asked = {
        "format": "zip",
        "month": f"{request.month:%Y-%m}",
        "place": request.place,
        "owner": request.owner,
        "fund": request.fund,
        "sector": request.sector,
        "vintage": request.vintage,
        "compare": request.compared and f"{request.compared:%Y-%m}",
        "meeting": request.meeting,
        "day": request.day.isoformat(),
        "audience": request.audience,
        "sections": ",".join(request.sections),
        "language": request.language,
        "edition": str(edition),
    }
    # In one word each: a name may begin with a hyphen.
    return [*(f"--{name}={value}" for name, value in asked.items() if value), "--json-lines"]


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
