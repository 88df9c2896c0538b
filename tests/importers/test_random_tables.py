"""Whatever a sender writes: no crash, and every row is accepted or has a reason."""

import contextlib
import csv
import io
import os
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.errors import FileRefused
from data.home import Home
from data.importers import KINDS, Kind, import_file
from data.importers.kinds import Reading
from data.ledger import open_ledger
from tests.importers.conftest import NIK, TODAY, write_workbook
from tests.worlds import begin

PLAUSIBLE = {
    Reading.NIK: [NIK, "1671014101900002", "1671010101900000"],
    Reading.PLACE: ["16.71", "Lahat", "Bandung", "16"],
    Reading.DATE: ["9/7/2024", "2024-07-09", "31/02/2024", "9 Juli 2024"],
    Reading.MONTH_END: ["2024-07", "Juli 2024"],
    Reading.SEGMENT: ["JAKON", "PU", "BPU"],
    Reading.OFFICIAL_SEGMENT: ["jasa konstruksi"],
    Reading.SECTOR: ["konstruksi"],
    Reading.YEAR: ["2025", "1800", "25"],
    Reading.NUMBER: ["43,92 %", "1.000.000", "-1"],
}
ANYTHING = st.one_of(
    st.text(max_size=12),
    st.text(alphabet="0123456789.,-/ Rp()eE+'\"=;\t\n", max_size=18),
    st.sampled_from(["", "", "JUMLAH", "Total", "1.234", "-5", "1e400", "\x02" + "5", "nan", "9" * 40, "'" * 3]),
)
TYPED = st.one_of(st.integers(-(10**18), 10**18), st.floats(allow_nan=False, allow_infinity=False), st.booleans(),
                  st.dates(date(1900, 3, 1), date(9999, 12, 31)))  # fmt: skip


def random_tables(examples: int) -> settings:
    """CAKUPAN_EXAMPLES multiplies the examples, for a long look now and then."""
    factor = int(os.environ.get("CAKUPAN_EXAMPLES", "1"))
    return settings(max_examples=examples * factor, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def cells(kind: Kind) -> st.SearchStrategy[list]:
    return st.tuples(
        *(
            st.one_of(st.sampled_from(PLAUSIBLE.get(column.reads_as, ["P-1", "12", "ya"])), ANYTHING)
            for column in kind.columns
        )
    ).map(list)


@random_tables(20)
@given(data=st.data(), kind=st.sampled_from(list(KINDS.values())), delimiter=st.sampled_from(",;\t"))
def test_no_row_of_a_dirty_csv_is_lost(data: st.DataObject, kind: Kind, delimiter: str):
    rows = data.draw(st.lists(cells(kind), min_size=1, max_size=12))
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(column.name for column in kind.columns)
    writer.writerows([str(cell).replace("\0", "") for cell in row] for row in rows)
    land(text.getvalue().encode("utf-8", "replace"), kind, len(rows))


@random_tables(15)
@given(data=st.data(), kind=st.sampled_from(list(KINDS.values())))
def test_no_row_of_a_dirty_workbook_is_lost(data: st.DataObject, kind: Kind):
    row = st.tuples(cells(kind), st.lists(st.none() | TYPED, min_size=len(kind.columns), max_size=len(kind.columns)))
    drawn = data.draw(st.lists(row, min_size=1, max_size=8))
    rows = [[text if typed is None else typed for text, typed in zip(*pair, strict=True)] for pair in drawn]
    land([[column.name for column in kind.columns], *rows], kind, len(rows))


@random_tables(60)
@given(content=st.binary(max_size=400))
def test_any_bytes_are_refused_or_read(content: bytes):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "kiriman.xlsx"
        for start in (b"", b"PK\x03\x04", b"nik,kode_proyek,mulai\n"):
            path.write_bytes(start + content)
            with contextlib.suppress(FileRefused):
                import_file(Home(Path(folder) / "home"), path, today=TODAY, dry_run=True)


def land(content: bytes | list, kind: Kind, most_rows: int) -> None:
    with TemporaryDirectory() as folder:
        home, path = Home(Path(folder) / "home"), Path(folder) / "kiriman"
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            write_workbook(path, {"A": content})
        begin(home)
        results, refusal = [], ""
        try:
            results = import_file(home, path, kind=kind.name, today=TODAY)
        except FileRefused as refused:
            refusal = str(refused)
        if not results:
            # Every row was a blank or a total one.
            assert "tidak berisi baris data" in refusal
            return
        (result,) = results
        assert result.rows_read == result.rows_accepted + result.rows_rejected <= most_rows
        with home.writer_lock("uji"), open_ledger(home) as ledger:
            rejected = {row for (row,) in ledger.execute("select distinct row_number from reject").fetchall()}
            landed = ledger.execute(f"select row_number from {kind.name}").fetchall()
        assert {reject.row for reject in result.rejects} == rejected
        assert len(rejected) == result.rows_rejected
        assert len(landed) == result.rows_accepted
        assert not {row for (row,) in landed} & rejected


@pytest.mark.parametrize("days", [0, 59, 60, 730])
def test_excel_serials_are_the_days_excel_shows(deliver, home: Home, days: int):
    day = date(2020, 1, 1) + timedelta(days)
    serial = (day - date(1899, 12, 30)).days
    deliver([["nik", "kode_proyek", "mulai"], [NIK, "P-1", serial]])
    with home.writer_lock("uji"), open_ledger(home) as ledger:
        assert ledger.execute("select mulai from tenaga_kerja").fetchall() == [(day,)]
