"""All SQL of the product, a file per table or query."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def read_sql(name: str) -> str:
    """The text of data/sql/<name>.sql."""
    return (FOLDER / f"{name}.sql").read_text("utf-8")
