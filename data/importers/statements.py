"""The statements of data/sql/import, with the identifiers of the declared kinds put in. Values stay parameters."""

from collections.abc import Iterable
from typing import Any

import duckdb

from data.sql import read_sql


def statement(name: str, **identifiers: str) -> str:
    """The SQL of data/sql/import/<name>.sql; {name} marks an identifier or a list of them."""
    return read_sql(f"import/{name}", **identifiers)


def quoted(*names: str) -> str:
    """Column names as a comma-separated list of SQL identifiers."""
    return ", ".join(f'"{name}"' for name in names)


def declared(names: Iterable[str], sql_type: str) -> str:
    """Column definitions of one type."""
    return ", ".join(f'"{name}" {sql_type}' for name in names)


def one_row(
    ledger: duckdb.DuckDBPyConnection, name: str, *, identifiers: dict[str, str] | None = None, **values: Any
) -> tuple[Any, ...]:
    """The only row of a statement of data/sql/import."""
    found = ledger.execute(statement(name, **(identifiers or {})), values).fetchone()
    assert found is not None, name
    return found
