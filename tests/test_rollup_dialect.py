"""The rollup stays in the SQL that DuckDB and Spark share, so that the same files can run on a cluster."""

from pathlib import Path

import pytest
import sqlglot
from sqlglot import ErrorLevel, exp

ROLLUP = sorted((Path(__file__).parents[1] / "data" / "sql" / "rollup").glob("*.sql"))

SHARED_FUNCTIONS = {
    exp.And, exp.Case, exp.Cast, exp.Coalesce, exp.Count, exp.Greatest, exp.If, exp.Least, exp.Month, exp.Or, exp.Sum,
    exp.Year, exp.BitwiseOrAgg,
}  # fmt: skip


@pytest.fixture(params=ROLLUP, ids=lambda path: path.stem)
def text(request) -> str:
    return request.param.read_text("utf-8")


def test_only_functions_that_both_engines_have_are_called(text):
    called = {type(call) for call in sqlglot.parse_one(text, read="duckdb").find_all(exp.Func)}
    assert called and called <= SHARED_FUNCTIONS


def test_spark_reads_the_same_statement_as_duckdb(text):
    as_duckdb = sqlglot.transpile(text, read="duckdb", write="spark", unsupported_level=ErrorLevel.RAISE)
    as_spark = sqlglot.transpile(text, read="spark", write="spark", unsupported_level=ErrorLevel.RAISE)
    assert as_spark == as_duckdb


def test_a_function_of_duckdb_alone_would_be_found():
    foreign = sqlglot.parse_one("select list_aggregate(a, 'sum') from t", read="duckdb")
    assert not {type(call) for call in foreign.find_all(exp.Func)} <= SHARED_FUNCTIONS
