"""On whose behalf the shell acts: the operating system's user, or the account that CAKUPAN_ACCOUNT names.

Whoever has a shell here can read and write the home itself, so nothing is proved by it. A page that starts a child
gives it the account and the session of its reader: the child sees and does what that account may, and no more.
"""

import os
from dataclasses import replace
from datetime import UTC, datetime
from getpass import getuser

from data.access import EVERYTHING, MAY, ROLE_NAMES, Reader
from data.errors import CakupanError
from data.home import Home
from ui.child import ACCOUNT, SESSION
from ui.child import child_environment as child_environment

ACTS = {
    "import": "memasukkan berkas atau melihat daftar kiriman",
    "undo": "membatalkan batch",
    "publish": "menerbitkan edisi",
    "name_aliases": "menyatukan nama",
    "read_journal": "membaca jurnal",
    "keep_accounts": "mengatur akun",
    "back_up": "membuat atau memulihkan cadangan",
}


def shell_reader(home: Home) -> Reader:
    """Who runs this command, with the role and grant of this moment.

    CakupanError when the account that is named does not exist or is disabled, or when its session has ended.
    """
    if ACCOUNT in os.environ:
        return _reader_of_account(home, os.environ[ACCOUNT])
    return Reader(_user_of_system(), "admin", EVERYTHING, is_authenticated=False)


def acting(home: Home, act: str) -> Reader:
    """Who runs this command; CakupanError unless the role allows this act of MAY."""
    reader = shell_reader(home)
    if not reader.may(act):
        able = " atau ".join(ROLE_NAMES[role] for role in MAY[act])
        raise CakupanError(
            f"Akun '{reader.name}' ({ROLE_NAMES[reader.role]}) tidak boleh {ACTS[act]}; mintalah kepada {able}."
        )
    return reader


def _reader_of_account(home: Home, name: str) -> Reader:
    from data import accounts

    account = accounts.find(home, name) if home.accounts_path.exists() else None
    if account is None or account.is_disabled:
        what = "tidak ada" if account is None else "dinonaktifkan"
        raise CakupanError(f"Akun '{name}' pada {ACCOUNT} {what}; periksa dengan user list.")
    if SESSION not in os.environ:
        return replace(account.reader(), is_authenticated=False)
    proved = accounts.session(home, os.environ[SESSION], datetime.now(UTC))
    if proved is None or proved.name != account.name:
        raise CakupanError(f"Sesi akun '{name}' sudah berakhir; masuk lagi.")
    return account.reader()


def _user_of_system() -> str:
    try:
        return getuser()
    except (OSError, KeyError):  # a container may run under a number that has no name
        return "shell"
