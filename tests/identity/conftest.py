"""One home with accounts for a module, and gates in front of an app that notes what reaches it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from data import accounts
from data.accounts import Account
from data.config import load_config
from data.home import Home
from identity import connections, gate
from identity.gate import Gate
from tests.identity.asgi import App

PASSWORD = "empat kata acak saja"


@pytest.fixture(scope="module", autouse=True)
def _cheap_guesses() -> Iterator[None]:
    """What a guess costs is tests/data/test_accounts.py's affair; here it would only take time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "SCRYPT_LOG_N", 4)
        patch.setattr(accounts, "_NOBODYS_HASH", accounts._packed(bytes(16), bytes(16)))
        yield


@pytest.fixture(scope="module")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Accounts: siti (viewer), tono (steward), rudi (payer), dewi (has to choose a password), all with PASSWORD."""
    home = Home(tmp_path_factory.mktemp("home"))
    for name, role in (("siti", "viewer"), ("tono", "steward"), ("rudi", "payer"), ("dewi", "viewer")):
        accounts.add(home, Account(name, name.title(), role, places=("16",)), PASSWORD)
    accounts.set_password(home, "dewi", PASSWORD, must_change=True)
    return home


@pytest.fixture(autouse=True)
def _nobody_owns_anything() -> Iterator[None]:
    yield
    connections._owner_of_session.clear()
    connections._owners_of_file.clear()
    gate._standing.clear()


@pytest.fixture
def gated() -> Callable[..., tuple[Gate, App]]:
    """gated(home, '[identity] …') → a gate with these settings and the app behind it."""

    def built(home: Home, settings: str) -> tuple[Gate, App]:
        home.config_path.write_text(settings, "utf-8")
        app = App()
        return Gate(app, home, load_config(home)), app

    return built


@pytest.fixture
def password_gate(gated: Any, shared_home: Home) -> tuple[Gate, App]:
    return gated(shared_home, '[identity]\nmode = "password"\n')


@pytest.fixture
def local_gate(gated: Any, tmp_path: Path) -> tuple[Gate, App]:
    return gated(Home(tmp_path), "")


@pytest.fixture
def signed_in(shared_home: Home) -> Callable[[str], dict[str, str]]:
    """signed_in('siti') → the header with a cookie of a new session."""

    def cookie(name: str) -> dict[str, str]:
        token = accounts.open_session(shared_home, name, "127.0.0.1", datetime.now(UTC))
        return {"cookie": f"cakupan_sesi={token}"}

    return cookie
