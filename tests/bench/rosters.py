"""Rosters of any length as files: CSV, and an XLSX with text and real dates."""

from datetime import datetime
from pathlib import Path

import duckdb
import xlsxwriter

from tests.bench.statements import read_sql

BLOCK_ROWS = 50_000


def write_csv(path: str, rows: int) -> int:
    """Bytes of the file."""
    connection = duckdb.connect()
    connection.execute(f"create table roster as {read_sql('roster/rows')}", {"rows": rows})
    connection.execute(f"copy roster to '{path}' (header, delimiter ',')")
    return Path(path).stat().st_size


def write_xlsx(path: str, rows: int) -> int:
    """Bytes of the file."""
    result = duckdb.connect().execute(read_sql("roster/rows"), {"rows": rows})
    with xlsxwriter.Workbook(path, {"strings_to_numbers": False}) as book:
        sheet, day = book.add_worksheet("Tenaga kerja"), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, [column[0] for column in result.description or []])
        line = 1
        while block := result.fetchmany(BLOCK_ROWS):
            for *texts, selesai in block:
                for position, text in enumerate(texts):
                    sheet.write_string(line, position, text)
                sheet.write_datetime(line, len(texts), datetime.combine(selesai, datetime.min.time()), day)
                line += 1
    return Path(path).stat().st_size
