"""A small home with two owners in two places, an account of every kind, and one server that asks for a password."""

import csv
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data import accounts
from data.accounts import Account
from data.home import Home
from tests.bench.reader import Answer, Reader
from tests.browser.conftest import serve
from tests.shell import landed
from tests.system.security.wire import Browser, Heard, ask

PASSWORD = "kuda-nil-di-tepi-musi"
SESSION_COOKIE = "cakupan_sesi"
PAGES = ("", "perbandingan", "data_definisi", "pengelolaan")
ALFA, BETA = "Dinas Alfa Marga", "Dinas Beta Karya"
CITY, DISTRICT = "16.71", "16.02"
# Reported of the province alone; whoever sees only a part of it must never meet them.
PROVINCE_COUNTS = ("123.457", "123457", "271.829", "271829")
DISTRICT_NAMES = ("Ogan Komering Ilir", BETA)
PROJECTS = [
    *((f"A-{n}", f"Jalan Alfa {n}", CITY, ALFA, "OPD kabupaten/kota", "APBD kabupaten/kota", 30 + n) for n in range(6)),
    *((f"B-{n}", f"Jembatan Beta {n}", DISTRICT, BETA, "Kementerian", "APBN", 70 + n) for n in range(6)),
]
NIKS = [f"1671{1 + n % 8:02}{1 + n % 28:02}{1 + n % 12:02}90{n + 1:04}" for n in range(36)]
DAYS = ("2024-01-01", "2024-12-31")


def of(name: str, role: str, *, places: tuple[str, ...] = (), owners: tuple[str, ...] = ()) -> Account:
    return Account(name, f"Pemegang {name}", role, places=places, owners=owners)


ACCOUNTS = [
    of("alfa", "viewer", owners=(ALFA,)),
    of("kota", "viewer", places=(CITY,)),
    of("opd.beta", "opd", places=(DISTRICT,), owners=(BETA,)),
    Account("cabang", "Pemegang cabang", "branch", branches=("lahat",)),
    of("bayar", "payer", places=(CITY,)),
    of("periksa", "inspector", places=("16",)),
    of("petugas", "steward", places=("16",)),
    of("kelola", "admin", places=("00",)),
    of("kosong", "viewer"),
]
# What must not occur in anything sent to the account.
HIDDEN = {
    # Its owners may work anywhere: the names of places tell it nothing.
    "alfa": (BETA, *PROVINCE_COUNTS),
    "kota": (*DISTRICT_NAMES, *PROVINCE_COUNTS),
    "bayar": (*DISTRICT_NAMES, *PROVINCE_COUNTS),
    "opd.beta": (ALFA, "Kota Palembang", *PROVINCE_COUNTS),
    "cabang": (ALFA, *DISTRICT_NAMES, "Kota Palembang", *PROVINCE_COUNTS),
    "kosong": (ALFA, *DISTRICT_NAMES, "Kota Palembang", *PROVINCE_COUNTS),
}


@dataclass(frozen=True)
class Office:
    """The server of the tests, and ways to meet it."""

    port: int
    home: Home
    log: Path
    tokens: list[str] = field(default_factory=list)

    def token(self, name: str) -> str:
        """Of a new session, as the sign-in form would open it."""
        token = accounts.open_session(self.home, name, "127.0.0.1", datetime.now(UTC))
        self.tokens.append(token)
        return token

    def cookie(self, name: str) -> str:
        return f"{SESSION_COOKIE}={self.token(name)}"

    def reader(self, name: str) -> Reader:
        return Reader(self.port, cookie=self.cookie(name))

    def browser(self) -> Browser:
        return Browser(self.port, {})

    def get(self, path: str | bytes, *headers: str, method: str = "GET") -> Heard:
        return ask(self.port, path, *headers, method=method)

    def forget_attempts(self) -> None:
        """All tests come from one address."""
        with closing(sqlite3.connect(self.home.accounts_path, isolation_level=None)) as file:
            file.execute("delete from attempt")

    def new_account(self, name: str, role: str, **scope: tuple[str, ...]) -> str:
        """For tests that change it; returns its name."""
        accounts.add(self.home, of(name, role, **scope), PASSWORD)
        return name


def said(answer: Answer) -> str:
    """Everything that came over the wire, as text."""
    return b"\n".join(answer.frames).decode("utf-8", "replace")


def found_in(text: str, hidden: tuple[str, ...]) -> list[str]:
    return [mark for mark in hidden if mark in text]


def publish_small(folder: Path) -> Home:
    """Delivered, imported and published through the commands of the shell."""
    home, files = Home(folder / "home"), folder / "kiriman"
    files.mkdir()
    complete = ("--complete-for", "Sumatera Selatan", "--period", "2024-01..2024-12", "--data-as-of", "2024-08-05")
    for kind, header, rows in _deliveries():
        path = files / f"{kind}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header.split(","), *rows])
        landed(home, "import", path, *(("--data-as-of", "2024-08-05") if kind == "angka_resmi" else complete))
    landed(home, "publish", "--as-of", "2024-08-31")
    return home


def make_home(folder: Path) -> Home:
    """The small home, that asks for a password."""
    home = publish_small(folder)
    home.config_path.write_text('[identity]\nmode = "password"\n', "utf-8")
    for account in ACCOUNTS:
        accounts.add(home, account, PASSWORD)
    return home


def _deliveries() -> Iterator[tuple[str, str, list[tuple]]]:
    columns = "kode_proyek,nama_proyek,wilayah,pemilik,jenis_pemilik,sumber_dana,tenaga_kerja,mulai,selesai"
    yield "proyek", columns, [(*project, *DAYS) for project in PROJECTS]
    registered = [(code, "2024-01-05", "2024-01-06", 25, *DAYS) for code, *_ in PROJECTS]
    yield "pendaftaran", "kode_proyek,tgl_daftar,tgl_bayar,tenaga_kerja,mulai,selesai", registered
    roster = [(nik, PROJECTS[n % 12][0], *DAYS) for n, nik in enumerate(NIKS)]
    yield "tenaga_kerja", "nik,kode_proyek,mulai,selesai", roster
    members = [(nik, "JAKON", PROJECTS[n % 12][0], *DAYS, "2024-01-06") for n, nik in enumerate(NIKS) if n % 3]
    yield "kepesertaan", "nik,segmen,kode_proyek,mulai,selesai,tgl_bayar", members
    official = [("Sumatera Selatan", "2024-07-09", "jasa konstruksi", "123.457", "271.829", "Kanwil")]
    yield "angka_resmi", "wilayah,per_tanggal,segmen,peserta,potensi,sumber", official


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Tests add accounts of their own where they change one; the others are only looked through."""
    folder = tmp_path_factory.mktemp("kantor")
    home = make_home(folder)
    with serve(home.root, folder / "server.log") as server:
        yield Office(int(server.url.rpartition(":")[2]), home, server.log)
