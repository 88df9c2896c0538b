"""Tests that meet the machine as a user does."""

import pytest


@pytest.fixture(scope="session", autouse=True)
def _duckdb_on_one_thread() -> None:
    """Here DuckDB takes the threads it takes for a user."""
