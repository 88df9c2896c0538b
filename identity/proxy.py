"""Signing in at a proxy that stands before this server and says in a header who asks.

The header is believed only from the configured addresses and only beside the key that this server and the proxy share:
an address alone can be had by any other program on the proxy's machine.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_network
from threading import Lock

from data import accounts, journal
from data.accounts import Account
from data.config import Config
from data.errors import CakupanError
from data.home import Home
from data.keys import text_secret
from identity.asked import Asked, client_address, lies_in

KEY_FILE = "proxy.key"


@dataclass(frozen=True)
class Named:
    """Whom the proxy names: the id of the session here, and its account."""

    session_id: str
    account: Account


class Proxy:
    """One session per account and process, opened at the first request that names it and again when it has ended."""

    def __init__(self, home: Home, config: Config) -> None:
        if config.identity.mode == "proxy" and text_secret(home, KEY_FILE) is None:
            raise CakupanError(f"Kunci proksi tidak ada di {home.keys_dir / KEY_FILE}; buat dengan user proxy-key.")
        self._home = home
        self._config = config
        self._header = config.identity.proxy.header.lower()
        self._secret_header = config.identity.proxy.secret_header.lower()
        self._networks = [ip_network(address) for address in config.identity.proxy.addresses]
        self._lock = Lock()
        self._sessions: dict[str, str] = {}

    def named(self, asked: Asked, now: datetime) -> Named | None:
        """Who asks; None when no proxy of ours says so, or the account does not exist or is disabled.

        CakupanError when accounts cannot be read, or the journal cannot be written at the first request.
        """
        if not self._is_from_our_proxy(asked):
            return None
        # Said twice it may be the client's own beside the proxy's.
        names = asked.lines_of(self._header)
        account = accounts.find(self._home, names[0]) if len(names) == 1 and names[0] else None
        if account is None or account.is_disabled:
            return None
        with self._lock:
            return self._session_of(account, asked, now)

    def _is_from_our_proxy(self, asked: Asked) -> bool:
        keys, key = asked.lines_of(self._secret_header), text_secret(self._home, KEY_FILE)
        if key is None or len(keys) != 1 or not lies_in(asked.peer, self._networks):
            return False
        return hmac.compare_digest(keys[0].encode("latin-1"), key.encode())

    def _session_of(self, account: Account, asked: Asked, now: datetime) -> Named:
        kept = self._sessions.get(account.name)
        current = accounts.session(self._home, kept, now) if kept else None
        if kept and current:
            return Named(kept, current)
        address = client_address(asked, self._config)
        # Before there is a session: the next request would find one that was never written down.
        facts = {"address": address, "mode": self._config.identity.mode}
        journal.append(self._home, "sign_in", facts, account.reader())
        opened = accounts.session_id_of(accounts.open_session(self._home, account.name, address, now))
        self._sessions[account.name] = opened
        return Named(opened, account)
