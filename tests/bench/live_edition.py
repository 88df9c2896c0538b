"""An edition that keeps no counts: what pages ask of it is counted in the ledger, by date, when they ask."""

import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

from data.editions import Edition, open_edition
from data.home import Home
from data.sql import read_sql as read_product_sql
from tests.bench.statements import FOLDER, read_sql

COUNTED_LIVE = {path.stem for path in (FOLDER / "live").glob("*.sql")}
# They read counts of the edition: a page that asks for them needs its own file in sql/live before it is compared.
NOT_COUNTED_LIVE = {"activity_rows", "spread_rows", "sector_member_rows"}


@dataclass(frozen=True, kw_only=True)
class LiveEdition(Edition):
    """The edition's lists (places, owners, funds, estimates) and, in place of its counts, joins over the ledger.

    The ledger must be one of tests/bench/synthetic.py: no second delivery, nothing incomplete.
    """

    ledger_path: Path

    def query(self, name: str, **parameters: Any) -> list[dict[str, Any]]:
        assert name not in NOT_COUNTED_LIVE, name
        if name not in COUNTED_LIVE:
            return super().query(name, **parameters)
        result = _cursor(self.ledger_path, self.path).execute(read_sql(f"live/{name}"), parameters)
        names = [column[0] for column in result.description or []]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def live_edition(home: Home, number: int) -> LiveEdition:
    """The edition by its number, its counts taken from the home's ledger. Nothing writes to that while it is read."""
    path = open_edition(home, number).path
    return LiveEdition(path=path, number=number, ledger_path=home.ledger_path)


_thread = threading.local()


def _cursor(ledger_path: Path, edition_path: Path) -> duckdb.DuckDBPyConnection:
    if not hasattr(_thread, "cursor"):
        _thread.cursor = _connect(ledger_path, edition_path).cursor()
        _thread.cursor.execute("use memory")
    return _thread.cursor


@lru_cache(maxsize=1)
def _connect(ledger_path: Path, edition_path: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(f"attach '{ledger_path}' as ledger (read_only)")
    connection.execute(f"attach '{edition_path}' as edition (read_only)")
    connection.execute(read_product_sql("publish/place_level").replace("temp table", "table"))
    return connection
