"""A meeting pack made in a process of its own, so that nobody's page waits for it, on behalf of its reader."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Any

from data.errors import CakupanError
from data.packs import PackRequest

PROGRAM = Path(__file__).parents[1] / "cakupan.py"
STOP_SECONDS = 5


def made(
    request: PackRequest, edition: int, environment: Mapping[str, str], format_: str = "zip"
) -> Iterator[dict[str, Any]]:
    """What the making tells, step by step; the last says what was kept. CakupanError with the child's own sentence.

    Whoever stops listening stops the making: nothing is then kept.
    """
    with TemporaryDirectory() as folder, TemporaryFile("w+", encoding="utf-8") as complaints:
        out = Path(folder) / f"bahan.{format_}"
        command = [sys.executable, str(PROGRAM), "export", *arguments(request, edition, format_, out)]
        child = subprocess.Popen(command, env=dict(environment), stdout=subprocess.PIPE, stderr=complaints, text=True)
        try:
            assert child.stdout is not None
            yield from (json.loads(line) for line in child.stdout)
            if child.wait() != 0:
                raise CakupanError(_last_line(complaints))
        finally:
            _stop(child)


def arguments(request: PackRequest, edition: int, format_: str, out: Path) -> Sequence[str]:
    """The options of `cakupan.py export` that ask for this pack of this edition."""
    asked = {
        "format": format_,
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
        "out": str(out),
    }
    # In one word: a name may begin with a hyphen.
    return [*(f"--{name}={value}" for name, value in asked.items() if value), "--json-lines"]


def progress_in(told: Mapping[str, Any]) -> tuple[float | None, str]:
    """How far it is, from 0 to 1, and with what; None where a line tells something else."""
    if "stage" not in told:
        return None, ""
    done, total = told.get("done") or 0, told.get("total") or 0
    return (min(1.0, done / total) if total else 0.0), str(told["stage"])


def _last_line(complaints: Any) -> str:
    complaints.seek(0)
    lines = complaints.read().strip().splitlines()
    return lines[-1] if lines else "Pembuatan bahan rapat berhenti tanpa keterangan; coba lagi."


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
