"""Which rows of a staged file cannot land, and why: every rule is a file in data/sql/import/rules."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from data.importers.date_order import doubtful_dates
from data.importers.header import Table
from data.importers.kinds import REFERENCE, Column, Kind, Reading
from data.importers.masking import DIGIT_RUN, NIK_RUN
from data.importers.meanings import NO_SPELLINGS, Meaning, decide_decimal_mark, read_texts
from data.importers.reasons import REASONS
from data.importers.statements import quoted, statement
from data.places import all_places

FORMER_NIK_REGIONS = Path(__file__).parent / "former_nik_regions.csv"
LEXICON_TYPES = {
    Reading.PLACE: pa.string(),
    Reading.FUND: pa.string(),
    Reading.OWNER_TYPE: pa.string(),
    Reading.WORK_MODE: pa.string(),
    Reading.SEGMENT: pa.string(),
    Reading.OFFICIAL_SEGMENT: pa.string(),
    Reading.SECTOR: pa.string(),
    Reading.SECTOR_OR_ALL: pa.string(),
    Reading.DATE: pa.date32(),
    Reading.MONTH_END: pa.date32(),
    Reading.MONEY_RP: pa.decimal128(18, 2),
    Reading.COUNT: pa.int32(),
    Reading.PERCENT: pa.decimal128(9, 2),
    Reading.BOOLEAN: pa.bool_(),
    Reading.YEAR: pa.int32(),
    Reading.NUMBER: pa.decimal128(18, 4),
    Reading.UNIT: pa.string(),
}
NUMBERS = (Reading.MONEY_RP, Reading.COUNT, Reading.PERCENT, Reading.NUMBER)
OF_THE_FILE = (Reading.MONEY_RP, Reading.NUMBER)  # the file decides what their ambiguous numbers are
TEXTS = (Reading.TEXT, Reading.IDENTIFIER, Reading.CONTRACTOR, Reading.UNIT)
SHOWN_CHARS, SHOWN_CHARS_OF_PERSONS = 60, 6
# So many NIK that all end in 0 by chance come once in ten thousand million files.
FEWEST_ROUNDED_NIK = 10
NIK_RULES = ("nik_numeric", "nik_digits", "nik_place", "nik_birth_date", "nik_serial")


def judge(
    ledger: duckdb.DuckDBPyConnection, table: Table, today: date, spellings: Mapping[str, str] = NO_SPELLINGS
) -> tuple[list[str], str]:
    """Make `typed` (values) and `found` (reasons) from `staged`; notes, and the file's decimal mark.

    `spellings`: codes of places by the keys of confirmed spellings.
    """
    notes, decimal_mark = _read_meanings(ledger, table.kind, today, spellings)
    ledger.execute(statement("readings"))
    judged = [column for column in table.kind.columns if column is not REFERENCE]
    kept = [column for column in judged if not (column.personal and column.reads_as is not Reading.NIK)]
    values = ", ".join(f"read_{column.reads_as}({quoted(column.name)}) as {quoted(column.name)}" for column in kept)
    ledger.execute(statement("create_typed", values=values))
    if table.kind.name == "kepesertaan":
        ledger.execute(statement("forget_other_segment"))
    if table.kind.name == "proyek":
        ledger.execute(statement("forget_phone_of_a_person"))
    ledger.execute(statement("create_found"))
    with_tables(ledger, statement("create_nik_region"), regions=pa.table({"region": sorted(nik_regions())}))
    ledger.execute(statement("nik_forms"))
    for column in judged:
        _judge_column(ledger, column, today)
    _judge_rows(ledger, table.kind)
    if table.kind.left_out:
        ledger.execute(statement("rules/left_out", reason=quoted(table.kind.left_out)))
    return [*notes, *doubtful_dates(ledger, table)], decimal_mark


def prepare_reasons(ledger: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Make `refused`: the reasons as the sender reads them, values masked."""
    codes = list(REASONS)
    with_tables(
        ledger,
        statement("create_reasons"),
        reasons=pa.table({
            "code": codes,
            "message": [REASONS[code][0] for code in codes],
            "remedy": [REASONS[code][1] for code in codes],
        }),
        headings=pa.table({
            "column_name": [column.name for column in table.kind.columns],
            "header": [table.headers.get(column.name, column.name) for column in table.kind.columns],
        }),
    )  # fmt: skip
    has_persons = table.kind.has_persons
    ledger.execute(
        statement("create_refused"),
        {
            "has_persons": has_persons,
            "digit_run": NIK_RUN if table.kind.left_out else DIGIT_RUN,
            "most_chars": SHOWN_CHARS_OF_PERSONS if has_persons else SHOWN_CHARS,
        },
    )


def with_tables(
    ledger: duckdb.DuckDBPyConnection, sql: str, values: dict[str, Any] | None = None, /, **tables: pa.Table
) -> None:
    """Run a statement that reads these Arrow tables by name."""
    for name, rows in tables.items():
        ledger.register(name, rows)
    ledger.execute(sql, values)
    for name in tables:
        ledger.unregister(name)


@cache
def nik_regions() -> frozenset[str]:
    """The first four digits a NIK may begin with: kabupaten/kota of today, and of before their province was divided."""
    with FORMER_NIK_REGIONS.open(encoding="utf-8", newline="") as file:
        former = [row["kode"] for row in csv.DictReader(file)]
    return frozenset(code.replace(".", "") for code in (*all_places(), *former) if len(code) == 5)


def _read_meanings(
    ledger: duckdb.DuckDBPyConnection, kind: Kind, today: date, spellings: Mapping[str, str]
) -> tuple[list[str], str]:
    texts = {reading: _distinct_texts(ledger, kind, reading) for reading in LEXICON_TYPES}
    amounts, others = (
        [text for reading in readings for text in sorted(texts[reading])]
        for readings in (OF_THE_FILE, [reading for reading in NUMBERS if reading not in OF_THE_FILE])
    )
    mark, note = decide_decimal_mark(amounts, others)
    for reading, distinct in texts.items():
        rows = _as_table(read_texts(reading, distinct, mark, today, spellings), LEXICON_TYPES[reading])
        with_tables(ledger, statement("create_lexicon", lexicon=f"lexicon_{reading}"), meanings=rows)
    return [note] if note else [], mark


def _distinct_texts(ledger: duckdb.DuckDBPyConnection, kind: Kind, reading: Reading) -> set[str]:
    columns = [column.name for column in kind.columns if column.reads_as is reading]
    return {
        text
        for name in columns
        for (text,) in ledger.execute(statement("distinct_texts", column=quoted(name))).fetchall()
    }


def _as_table(meanings: dict[str, Meaning], value_type: pa.DataType) -> pa.Table:
    return pa.table({
        "text": pa.array(list(meanings), pa.string()),
        "value": pa.array([meaning.value for meaning in meanings.values()], value_type),
        "problem": pa.array([meaning.problem for meaning in meanings.values()], pa.string()),
        "hint": pa.array([meaning.hint for meaning in meanings.values()], pa.string()),
    })  # fmt: skip


def _judge_column(ledger: duckdb.DuckDBPyConnection, column: Column, today: date) -> None:
    def find(rule: str, *, also: dict[str, str] | None = None, **values: Any) -> None:
        identifiers = {"column": quoted(column.name), **(also or {})}
        ledger.execute(statement(f"rules/{rule}", **identifiers), {"column": column.name, **values})

    if column.required:
        find("required")
    if column.required_when:
        decides, values = column.required_when
        detail = f" untuk {decides} {'/'.join(values)}"
        find("required_when", also={"decides": quoted(decides)}, values=list(values), detail=detail)
    if column.reads_as in LEXICON_TYPES:
        find("meaning", also={"lexicon": f"lexicon_{column.reads_as}"})
    if column.past_only:
        find("after_today", today=today)
    for rule, values in _text_rules(column):
        find(rule, **values)
    if column.reads_as is Reading.NIK:
        for rule in NIK_RULES:
            find(rule)
        find("nik_rounded", fewest=FEWEST_ROUNDED_NIK)


def _text_rules(column: Column) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rules that a column's text has to keep, and what each of them is told."""
    if column.reserved:
        yield "reserved", {"reserved": list(column.reserved)}
    if column.reads_as in TEXTS:
        yield "too_long", {"max_chars": column.max_chars}
    if column.reads_as is Reading.IDENTIFIER:
        yield "digits_lost", {}
    if column.pattern:
        yield "pattern", {"code": f"bentuk_{column.name}", "pattern": column.pattern}
    elif column.reads_as in TEXTS:
        yield "nik_misplaced", {"max_chars": column.max_chars}


def _judge_rows(ledger: duckdb.DuckDBPyConnection, kind: Kind) -> None:
    ledger.execute(statement("rules/too_wide"))
    if kind.one_of:
        detail = " dan ".join(kind.one_of)
        ledger.execute(
            statement("rules/one_of", columns=quoted(*kind.one_of)), {"column": kind.one_of[0], "detail": detail}
        )
    for first, second in kind.ordered:
        is_date = kind.column(second).reads_as is Reading.DATE
        ledger.execute(
            statement("rules/order", first=quoted(first), second=quoted(second)),
            {"column": second, "code": "selesai_sebelum_mulai" if is_date else "batas_terbalik"},
        )
    _find_doubled(ledger, kind)


def _find_doubled(ledger: duckdb.DuckDBPyConnection, kind: Kind) -> None:
    needed = [name for name in kind.key if kind.column(name).required]
    applies = " and ".join(f"{quoted(name)} is not null" for name in needed)
    keys = [(kind.key, applies)]
    if kind.key_alone:
        alone = quoted(kind.key_alone)
        keys = [(kind.key, f"{applies} and {alone} is null"), ((kind.key_alone,), f"{alone} is not null")]
    for key, condition in keys:
        ledger.execute(
            statement("rules/doubled_key", key=quoted(*key), applies=condition),
            {"column": key[0], "key_columns": list(key)},
        )
