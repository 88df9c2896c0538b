"""Ways to start the dashboard that would leave it open are refused, with the reason."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from data.home import Home
from tests.bench.reader import Reader
from tests.browser.conftest import PROJECT, free_port, is_healthy
from tests.system.security.conftest import HIDDEN, PASSWORD, Office, found_in, said

WAIT_SECONDS = 60
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - what must be refused


def start(home: Home, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"CAKUPAN_HOME": str(home.root), "CAKUPAN_PORT": str(free_port())} | settings
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=WAIT_SECONDS,
        check=False,
    )


@pytest.mark.parametrize("address", [*EVERYWHERE, "", " ", "*", "192.0.2.1", "localhost.evil.example"])
def test_an_open_address_is_refused_while_nobody_has_to_sign_in(tmp_path: Path, address: str) -> None:
    home = Home(tmp_path / "rumah")
    home.root.mkdir()
    home.config_path.write_text(f'[server]\naddress = "{address}"\n', "utf-8")
    ended = start(home, "server.py")
    assert ended.returncode == 2, (ended.returncode, ended.stderr)
    assert "Traceback" not in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("address", EVERYWHERE)
def test_no_variable_opens_the_address_either(tmp_path: Path, address: str) -> None:
    home = Home(tmp_path / "rumah")
    home.root.mkdir()
    ended = start(home, "server.py", CAKUPAN_ADDRESS=address)
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr


def test_the_dashboard_alone_shows_nothing_where_somebody_has_to_sign_in(office: Office) -> None:
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    environment = os.environ | {"CAKUPAN_HOME": str(office.home.root)}
    process = subprocess.Popen(
        command, cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while not is_healthy(port):
            assert process.poll() is None
        for cookie in ("", office.cookie("kelola")):
            with Reader(port, cookie=cookie) as reader:
                for page in ("", "perbandingan", "pengelolaan", "data_definisi"):
                    text = said(reader.open(page, month="2024-07"))
                    assert found_in(text, HIDDEN["kosong"]) == []
                    assert "server.py" in text
    finally:
        process.terminate()
        process.wait(timeout=20)


def test_a_password_is_never_taken_from_the_command_line(office: Office) -> None:
    for option in (f"--password={PASSWORD}", "--password", "-p"):
        ended = start(
            office.home, "cakupan.py", "user", "add", "baru", "--full-name", "Baru", "--role", "viewer", option
        )
        assert ended.returncode != 0
