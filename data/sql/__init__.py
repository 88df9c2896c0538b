"""All SQL of the product, a file per table or query."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def read_sql(name: str, **identifiers: str) -> str:
    """The text of data/sql/<name>.sql. {mark} in it is replaced by an identifier of ours; values stay parameters."""
    sql = (FOLDER / f"{name}.sql").read_text("utf-8")
    for mark, identifier in identifiers.items():
        sql = sql.replace(f"{{{mark}}}", identifier)
    return sql
