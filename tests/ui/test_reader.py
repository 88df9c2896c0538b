"""Who looks, asked as the dashboard asks at every rerun. The browser is replaced where its headers are handed over."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from streamlit.runtime import context

from data import accounts
from data.access import EVERYTHING, LOCAL, Grant
from data.accounts import Account
from data.errors import CakupanError
from identity import connections, gate
from ui import reader as readers

SITI = Account("siti", "Siti Aminah", "viewer", places=("16.71",))


@pytest.fixture
def ask(monkeypatch):
    """A function that says who looks, given what the gate vouches for; each time in a Streamlit session of its own."""
    asked = []

    def current(vouched=None, streamlit_session=None):
        headers = [(gate.SESSION_HEADER, vouched)] if vouched else []
        asked.append(vouched)
        session = SimpleNamespace(session_id=streamlit_session or f"streamlit-{len(asked)}")
        browser = SimpleNamespace(headers=headers, cookies={}, remote_ip="127.0.0.1")
        monkeypatch.setattr(context, "_get_client_context", lambda: browser)
        monkeypatch.setattr(readers, "get_script_run_ctx", lambda: session)
        return readers.current()

    yield current
    for owner in asked:
        connections.forget(owner or connections.LOCAL_OWNER)


@pytest.fixture
def office(home, monkeypatch):
    """A home whose people sign in by password; the session of one of them."""
    monkeypatch.setattr(gate, "is_standing", lambda: True)
    (home.root / "config.toml").write_text('[identity]\nmode = "password"\n', "utf-8")
    accounts.add(home, SITI)
    token = accounts.open_session(home, "siti", "127.0.0.1", datetime.now(UTC))
    return home, accounts.session_id_of(token)


@pytest.mark.usefixtures("home")
def test_who_sits_at_the_machine_is_local_with_and_without_a_server_of_our_own(ask, monkeypatch):
    assert ask() == LOCAL
    monkeypatch.setattr(gate, "is_standing", lambda: True)
    assert ask(connections.LOCAL_OWNER) == LOCAL


def test_a_session_is_its_account_with_role_and_grant_as_they_are_now(office, ask):
    home, session = office
    found = ask(session)
    assert (found.name, found.role, found.is_authenticated) == ("siti", "viewer", True)
    assert found.grant == Grant(frozenset({"16.71"}), None)
    accounts.change(home, "siti", role="inspector", places=("00",))
    changed = ask(session)
    assert (changed.role, changed.grant) == ("inspector", EVERYTHING)


def test_a_disabled_account_is_out_at_its_next_rerun(office, ask):
    home, session = office
    ask(session)
    accounts.disable(home, "siti")
    with pytest.raises(readers.SignedOut):
        ask(session)


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("vouched", [None, "0" * 64, "siti", "' or 1=1 --"])
def test_no_session_or_one_that_nobody_opened_is_signed_out(ask, vouched):
    with pytest.raises(readers.SignedOut):
        ask(vouched)


def test_a_session_that_lay_idle_too_long_is_signed_out(office, ask):
    home, _session = office
    long_ago = datetime.now(UTC) - timedelta(minutes=121)
    idle = accounts.session_id_of(accounts.open_session(home, "siti", "127.0.0.1", long_ago))
    with pytest.raises(readers.SignedOut):
        ask(idle)


def test_without_a_gate_a_header_proves_nothing_and_the_reader_is_told_what_to_run(office, ask, monkeypatch):
    _home, session = office
    monkeypatch.setattr(gate, "is_standing", lambda: False)
    with pytest.raises(CakupanError, match=r"python server\.py"):
        ask(session)


@pytest.mark.usefixtures("home")
def test_in_the_local_mode_a_header_without_a_gate_names_nobody(ask):
    assert ask("somebody") == LOCAL


@pytest.mark.usefixtures("office")
def test_a_gate_that_was_built_for_the_local_mode_lets_nobody_in_once_people_must_sign_in(ask):
    with pytest.raises(CakupanError, match=r"jalankan ulang server\.py"):
        ask(connections.LOCAL_OWNER)


def test_the_streamlit_session_is_bound_to_the_session_that_looks_and_to_no_other(office, ask):
    home, session = office
    ask(session, "shared")
    assert connections.owner_of("shared") == session
    other = accounts.session_id_of(accounts.open_session(home, "siti", "127.0.0.1", datetime.now(UTC)))
    with pytest.raises(CakupanError, match="dibuka oleh orang lain"):
        ask(other, "shared")
