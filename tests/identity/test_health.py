"""/healthz says that the program answers, /readyz which components do; neither says more."""

import asyncio
import json
from datetime import date

import pytest

from data import journal
from data.access import LOCAL
from data.accounts import Account, add
from data.editions import publish
from data.importers import import_file
from identity import health
from identity.health import Readyz, components, healthz

OFFICIAL = "wilayah,per_tanggal,segmen,peserta,potensi,sumber\n16,2024-07-09,jasa konstruksi,123000,270000,Kanwil\n"


@pytest.fixture
def ready(home, tmp_path):
    """A home that serves an edition, with a journal and an account."""
    path = tmp_path / "angka.csv"
    path.write_text(OFFICIAL, "utf-8")
    import_file(home, path)
    publish(home, date(2024, 7, 31))
    journal.append(home, "export", {}, LOCAL)
    add(home, Account("ani", "Ani", "viewer", places=("16",)))
    return home


def asked(app) -> tuple[int, dict]:
    """Status and body of one answer."""
    sent = []

    async def send(message) -> None:
        sent.append(message)

    async def receive() -> dict:
        return {"type": "http.request"}

    asyncio.run(app({"type": "http", "path": "/"}, receive, send))
    assert dict(sent[0]["headers"])[b"cache-control"] == b"no-store"
    return sent[0]["status"], json.loads(sent[1]["body"])


def test_a_program_that_answers_is_alive():
    assert asked(healthz) == (200, {"status": "ok"})


def test_a_home_that_serves_is_ready(ready):
    assert asked(Readyz(ready)) == (200, {"edition": "ok", "journal": "ok", "accounts": "ok", "disk": "ok"})


def test_without_an_edition_nobody_is_served(home):
    assert asked(Readyz(home)) == (503, {"edition": "not ok", "journal": "ok", "accounts": "ok", "disk": "ok"})


@pytest.mark.parametrize("component", ["journal", "accounts"])
def test_a_file_that_is_no_database_is_not_ok_and_nothing_of_it_is_told(ready, component):
    for path in ready.root.glob(f"{component}.sqlite*"):
        path.write_bytes(b"NIK 1671010101900001 " * 500)
    status, told = asked(Readyz(ready))
    assert (status, told[component]) == (503, "not ok")
    assert set(told.values()) == {"ok", "not ok"}


def test_a_pointer_to_an_edition_that_is_gone_is_not_ok(ready):
    (ready.editions_dir / "000001.duckdb").unlink()
    assert not components(ready)["edition"]


def test_a_full_disk_is_not_ok(ready, monkeypatch):
    monkeypatch.setattr(health, "LEAST_FREE_BYTES", 10**18)
    assert components(ready) == {"edition": True, "journal": True, "accounts": True, "disk": False}


def test_questions_in_quick_succession_look_once(ready, monkeypatch):
    looked = []

    def look(home) -> dict:
        looked.append(home)
        return {"disk": True}

    monkeypatch.setattr(health, "components", look)
    monkeypatch.setattr(health, "ANSWER_KEPT_SECONDS", 1000.0)
    readyz = Readyz(ready)

    async def fifty() -> None:
        async def receive() -> dict:
            return {}

        async def send(_message) -> None:
            """Nobody reads the answer."""

        await asyncio.gather(*(readyz({"type": "http"}, receive, send) for _ in range(50)))

    asyncio.run(fifty())
    assert len(looked) == 1


def test_a_home_that_went_away_is_not_ready_and_nothing_fails(ready):
    away = ready.root.rename(ready.root.parent / "away")
    assert components(ready)["edition"] is components(ready)["disk"] is False
    assert not ready.root.exists()
    away.rename(ready.root)
    assert all(components(ready).values())


def test_a_journal_not_yet_written_is_no_fault(ready):
    for path in ready.root.glob("journal.sqlite*"):
        path.unlink()
    ready.journal_path.touch()
    assert components(ready)["journal"]
