"""A function in a process of its own, so that the peak memory is that of one measurement only."""

import importlib
import json
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Finished:
    """What the function returned, how long it ran (imports of its module not counted), and the most memory it held.

    `cpu_seconds` count all threads; on a machine that others use they tell more than `seconds`.
    """

    returned: Any
    seconds: float
    cpu_seconds: float
    peak_mb: float


def run_alone(function: str, *, within_seconds: float | None = None, **arguments: Any) -> Finished:
    """Run 'module:function' of this package with arguments that JSON can carry.

    subprocess.TimeoutExpired after `within_seconds`, CalledProcessError where it failed.
    """
    command = [sys.executable, "-m", "tests.bench.child", function, json.dumps(arguments, default=str)]
    answer = subprocess.run(command, cwd=PROJECT, stdout=subprocess.PIPE, check=True, text=True, timeout=within_seconds)
    return Finished(**json.loads(answer.stdout.splitlines()[-1]))


def peak_mb(pid: int | str = "self") -> float:
    """The most resident memory a process has held. Linux tells it for the program alone; elsewhere for this process."""
    status = Path(f"/proc/{pid}/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    # macOS counts bytes.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def main(function: str, arguments: str) -> None:
    module, name = function.split(":")
    run = getattr(importlib.import_module(f"tests.bench.{module}"), name)
    started, cpu_started = time.perf_counter(), time.process_time()
    returned = run(**json.loads(arguments))
    finished = Finished(returned, time.perf_counter() - started, time.process_time() - cpu_started, peak_mb())
    print(json.dumps(asdict(finished), default=str))


if __name__ == "__main__":
    main(*sys.argv[1:])
