"""The statements of tests/bench/sql: how one would write it who knows nothing of the rollup."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "sql"


@cache
def read_sql(name: str) -> str:
    """The text of tests/bench/sql/<name>.sql."""
    return (FOLDER / f"{name}.sql").read_text("utf-8")
