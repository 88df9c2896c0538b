"""accounts.sqlite: who may sign in, who is signed in, and who tries to. Made and migrated when it is first needed."""

import atexit
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from threading import Lock

from data import disk
from data.errors import CakupanError, HomeBusy
from data.home import Home
from data.sql import FOLDER, read_sql

BUSY_SECONDS = 10
# Pages run in threads that come and go: connections are lent, not bound to a thread.
MOST_IDLE_CONNECTIONS = 8
File = tuple[str, int, int]  # path, device, inode


@contextmanager
def opened(home: Home) -> Iterator[sqlite3.Connection]:
    """A connection for this caller alone; every statement is its own transaction unless `writing` begins one.

    CakupanError when the file is damaged or was made by a newer program.
    """
    file, lent = _borrow(home)
    try:
        yield lent
    except sqlite3.DatabaseError as failed:
        lent.close()
        raise _told(home, failed) from failed
    except BaseException:
        lent.close()
        raise
    _give_back(home, file, lent)


@contextmanager
def writing(home: Home) -> Iterator[sqlite3.Connection]:
    """A connection inside a transaction that no other writer enters; kept when the block ends without an error."""
    with opened(home) as connection:
        connection.execute("begin immediate")
        yield connection
        connection.execute("commit")


@lru_cache(maxsize=1)
def schema_versions() -> tuple[tuple[int, Path], ...]:
    """Numbered migrations, oldest first."""
    return tuple(sorted((int(path.name[:4]), path) for path in (FOLDER / "accounts").glob("[0-9]*.sql")))


class _Idle:
    """Connections that nobody uses now, each with the file it belongs to: a restored file is another one."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.connections: list[tuple[File, sqlite3.Connection]] = []

    def take(self, file: File) -> sqlite3.Connection | None:
        with self.lock:
            place = next((at for at, (of, _) in enumerate(self.connections) if of == file), None)
            return None if place is None else self.connections.pop(place)[1]

    def put(self, file: File, connection: sqlite3.Connection) -> None:
        with self.lock:
            self.connections.insert(0, (file, connection))
            surplus = self.connections[MOST_IDLE_CONNECTIONS:]
            del self.connections[MOST_IDLE_CONNECTIONS:]
        for _, left in surplus:
            left.close()

    def close(self) -> None:
        with self.lock:
            while self.connections:
                self.connections.pop()[1].close()


_idle = _Idle()
atexit.register(_idle.close)


def _borrow(home: Home) -> tuple[File | None, sqlite3.Connection]:
    """A connection and the file that it reads; None where that is not certain: the connection is then used once."""
    file = _file(home)
    if file is not None and (idle := _idle.take(file)):
        return file, idle
    opened = _open(home)
    # Another file may have taken the name while this one was being opened.
    return (file if file == _file(home) else None), opened


def _give_back(home: Home, file: File | None, connection: sqlite3.Connection) -> None:
    if file is not None and file == _file(home):
        _idle.put(file, connection)
    else:
        connection.close()


def _file(home: Home) -> File | None:
    try:
        stat = home.accounts_path.stat()
    except FileNotFoundError:
        return None
    return str(home.accounts_path), stat.st_dev, stat.st_ino


def _open(home: Home) -> sqlite3.Connection:
    try:
        home.root.mkdir(parents=True, exist_ok=True)
        # SQLite gives its -wal and -shm files the mode of the file itself.
        disk.make_private(home.accounts_path)
        connection = sqlite3.connect(
            home.accounts_path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
    except (OSError, sqlite3.Error) as unusable:
        raise CakupanError(f"{home.accounts_path} tidak dapat dibuka; periksa izin folder.") from unusable
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = full")
        connection.execute("pragma foreign_keys = on")
        _migrate(connection)
    except sqlite3.DatabaseError as failed:
        connection.close()
        raise _told(home, failed) from failed
    except BaseException:
        connection.close()
        raise
    return connection


def _told(home: Home, failed: sqlite3.DatabaseError) -> CakupanError:
    """By the code, never the text: SQLite's messages may quote."""
    code = getattr(failed, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # the upper bits say more than is needed
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return HomeBusy("Akun sedang ditulis oleh proses lain; coba lagi sebentar lagi.")
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
        return CakupanError(f"{home.accounts_path} tidak dapat ditulis; periksa ruang cakram dan izin folder.")
    return CakupanError(f"{home.accounts_path} tidak dapat dibaca; pulihkan dari cadangan.")


def _migrate(connection: sqlite3.Connection) -> None:
    newest = schema_versions()[-1][0]
    version = _version(connection)
    if version > newest:
        raise CakupanError(f"accounts.sqlite berversi {version}, lebih baru daripada program ini; perbarui program.")
    if version == newest:
        return
    connection.execute("begin immediate")
    # Another process may have migrated while this one waited.
    for number, path in schema_versions():
        if number > _version(connection):
            _apply(connection, number, path)
    connection.execute("commit")


def _version(connection: sqlite3.Connection) -> int:
    return connection.execute("pragma user_version").fetchone()[0]


def _apply(connection: sqlite3.Connection, number: int, path: Path) -> None:
    # Not executescript: that one ends the transaction first.
    statement = ""
    for line in read_sql(f"accounts/{path.stem}").splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
    connection.execute(f"pragma user_version = {number:d}")
