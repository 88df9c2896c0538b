"""The server starts where it may, and says in one sentence why where it may not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
SERVER = [sys.executable, str(PROJECT / "server.py")]
BY_STREAMLIT = [sys.executable, "-m", "streamlit", "run", str(PROJECT / "server.py"), "--server.port", "0"]
OPEN = 'terbuka bagi komputer lain, padahal identity.mode = "local"'


def start(command: list[str], home: Path, config: str = "", **environment: str) -> tuple[int, str]:
    """Exit code and what was printed as an error, by a start that is expected to end at once."""
    home.mkdir(exist_ok=True)
    (home / "config.toml").write_text(config, "utf-8")
    done = subprocess.run(
        command,
        env={**os.environ, "CAKUPAN_HOME": str(home), **environment},
        capture_output=True,
        timeout=60,
        check=False,
        encoding="utf-8",
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("config", "environment", "told"),
    [
        ('[server]\naddress = "0.0.0.0"\n', {}, OPEN),
        ('[server]\naddress = ""\n', {}, OPEN),
        ("", {"CAKUPAN_ADDRESS": "10.1.2.3"}, OPEN),
        ("", {"CAKUPAN_PORT": "abc"}, "CAKUPAN_PORT 'abc' bukan nomor port"),
        ('[identity]\nmode = "keluarga"\n', {}, "config.toml tidak dapat dipakai"),
        (
            '[identity]\nmode = "proxy"\n[identity.proxy]\nheader = "X-User"\naddresses = ["127.0.0.1"]\n',
            {},
            "Kunci proksi",
        ),
    ],
)
def test_what_a_setting_forbids_is_one_sentence_and_exit_code_2(
    tmp_path: Path, config: str, environment: dict[str, str], told: str
) -> None:
    code, error = start(SERVER, tmp_path / "home", config, **environment)
    assert code == 2
    assert told in error
    assert len(error.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--server.address", "0.0.0.0"], OPEN),  # noqa: S104 - what must be refused
        (["--server.address", ""], OPEN),
        (["--server.baseUrlPath", "lain"], "server.baseUrlPath 'lain' tidak didukung"),
    ],
)
def test_streamlit_run_does_not_go_round_the_check_of_the_address(
    tmp_path: Path, options: list[str], told: str
) -> None:
    code, error = start([*BY_STREAMLIT, *options], tmp_path / "home")
    assert code == 2
    assert told in error
    assert "Traceback" not in error
