"""How soon the dashboard is there on a machine, and what a first visit weighs."""

import os
import shutil
import subprocess
import sys
import time

from playwright.sync_api import sync_playwright

from tests.bench.child import PROJECT, peak_mb
from tests.bench.result_table import Line, line_of
from tests.bench.running_server import running
from tests.bench.workbench import Workbench
from tests.browser.conftest import CHROMIUM_NAMES, CHROMIUM_OPTIONS, settle

GOAL_BYTES = 3_000_000
GOAL_DEMO_SECONDS = 45
GOAL_START_SECONDS = 6


def measure_first_load(bench: Workbench) -> list[Line]:
    home, _ = bench.demo_home
    with running(home, "server.py") as server, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=_chromium(), args=CHROMIUM_OPTIONS)
        page = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="id-ID").new_page()
        network, files, messages = page.context.new_cdp_session(page), [], []
        network.send("Network.enable")
        network.on("Network.loadingFinished", lambda event: files.append(event["encodedDataLength"]))
        # A frame of bytes is told in base64, four letters for three bytes.
        network.on(
            "Network.webSocketFrameReceived",
            lambda event: messages.append(len(event["response"]["payloadData"]) * 3 / 4),
        )
        started = time.perf_counter()
        page.goto(f"http://localhost:{server.port}")
        page.wait_for_selector(".js-plotly-plot .main-svg", timeout=60_000)
        drawn = time.perf_counter() - started
        settle(page)
        chromium.close()
    total = sum(files) + sum(messages)
    parts = f"{len(files)} files {sum(files) / 1e6:.2f} MB, {len(messages)} messages {sum(messages) / 1e6:.2f} MB"
    return [
        Line(
            f"first load of Ringkasan: {total / 1e6:.2f} MB over the wire ({parts}), until the first chart is drawn",
            drawn,
            goal=f"≤ {GOAL_BYTES / 1e6:.0f} MB",
            met=bench.judge(total <= GOAL_BYTES),
        )
    ]


def measure_demo(bench: Workbench) -> list[Line]:
    home, made = bench.demo_home
    environment = {**os.environ, "CAKUPAN_HOME": str(home.root)}
    started = time.monotonic()
    own_code = ["analytics", "data", "pages", "ui"]
    subprocess.run([sys.executable, "-m", "compileall", "-q", *own_code], cwd=PROJECT, check=True)
    subprocess.run([sys.executable, "cakupan.py", "demo", "--if-empty"], cwd=PROJECT, env=environment, check=True)
    before_server = time.monotonic() - started
    with running(home, "server.py") as server:
        healthy = before_server + server.seconds_to_healthy
        used_mb = peak_mb(server.pid)
    return [
        line_of(
            "demonstration data ready: cakupan.py demo in an empty home",
            made,
            goal=f"≤ {GOAL_DEMO_SECONDS} s",
            met=bench.judge(made.seconds <= GOAL_DEMO_SECONDS),
        ),
        Line(
            "second start to a healthy server: what make run does",
            healthy,
            peak_mb=used_mb,
            goal=f"≤ {GOAL_START_SECONDS} s",
            met=bench.judge(healthy <= GOAL_START_SECONDS),
        ),
        Line("· of which before the server starts", before_server),
    ]


def make_demo(root: str) -> None:
    """As the command does it, in this process."""
    os.environ["CAKUPAN_HOME"] = root
    from cakupan import demo

    demo()


def _chromium() -> str:
    found = os.environ.get("CAKUPAN_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    assert found, "No Chromium found: install Chromium or Chrome, or set CAKUPAN_CHROMIUM to its program file."
    return found
