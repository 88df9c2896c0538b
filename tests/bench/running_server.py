"""A server started as a user starts it, and stopped at the end."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psutil

from data.home import Home
from tests.bench.child import PROJECT
from tests.browser.conftest import free_port, is_healthy

HEALTHY_WITHIN_SECONDS = 60


@dataclass(frozen=True)
class Running:
    """A healthy server."""

    port: int
    pid: int
    seconds_to_healthy: float

    def cpu_seconds(self) -> float:
        """Processor time used so far, of all its threads."""
        used = psutil.Process(self.pid).cpu_times()
        return used.user + used.system


@contextmanager
def running(home: Home, *program: str) -> Iterator[Running]:
    """The server that this program starts, from the moment it is healthy until the end of the block."""
    port = free_port()
    environment = {**os.environ, "CAKUPAN_HOME": str(home.root), "CAKUPAN_PORT": str(port)}
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, *program],
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,  # what it logs lies in its home as well
    )
    try:
        while not is_healthy(port):
            assert process.poll() is None, f"{program} ended with {process.poll()}"
            assert time.monotonic() - started < HEALTHY_WITHIN_SECONDS, program
            time.sleep(0.02)
        yield Running(port, process.pid, time.monotonic() - started)
    finally:
        process.terminate()
        process.wait(timeout=20)
