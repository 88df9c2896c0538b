"""Columns of a table on paper: numbers never break, texts take few lines, nothing stands beyond the margin."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.canvas import width_of
from reports.pack import Column
from reports.paper_table import CELL_INSET, PAGE_WIDTH, column_widths

WORDS = st.lists(st.text("abcdefghij", min_size=1, max_size=14), min_size=1, max_size=8).map(" ".join)
NUMBERS = st.integers(0, 10**10).map(lambda number: f"{number:,}".replace(",", "."))


@settings(max_examples=30)
@given(st.integers(1, 4), st.integers(1, 4), st.data())
def test_columns_stay_on_the_page_and_their_numbers_stand_in_one_line(texts, numbers, data):
    columns = [Column("Nama dinas", is_numeric=False)] * texts + [Column("Nilai, Rp")] * numbers
    row = st.tuples(*[WORDS] * texts, *[NUMBERS] * numbers)
    rows = data.draw(st.lists(row, min_size=1, max_size=12))
    size, widths = column_widths(columns, rows)
    assert sum(widths) <= PAGE_WIDTH + 0.01
    for at in range(texts, texts + numbers):
        assert all(width_of(row[at], size, bold=True) <= widths[at] - 2 * CELL_INSET for row in rows)


def test_a_name_stands_near_its_number_in_a_table_of_few_columns():
    columns = [Column("Unsur", is_numeric=False), Column("Poin")]
    size, widths = column_widths(columns, [["Peserta baru", "+4,0"], ["Penyebut", "−0,7"]])
    assert width_of("Peserta baru", size, bold=True) < widths[0] < width_of("Peserta baru", size, bold=True) + 130


def test_a_table_of_long_texts_is_as_wide_as_the_page():
    _size, widths = column_widths(
        [Column("Kondisi", is_numeric=False)] * 3, [["Rekening virtual iuran belum terbit " * 3] * 3]
    )
    assert sum(widths) == pytest.approx(PAGE_WIDTH)


def test_short_texts_stay_whole_beside_long_ones():
    columns = [Column("Tanggal", is_numeric=False), Column("Proyek", is_numeric=False, is_wide=True)]
    rows = [["30 September 2025", "Peningkatan Jalan Betung " * 12]] * 20
    size, widths = column_widths(columns, rows)
    assert widths[0] >= width_of("30 September 2025", size, bold=True) + 2 * CELL_INSET


def test_long_tables_of_many_numbers_take_letters_in_which_names_stand_in_one_line():
    columns = [Column("Pemilik proyek", is_numeric=False), *[Column("Nilai kontrak, Rp")] * 5]
    name, row = "Dinas Pendidikan Kota Palembang", ["633.689.409.880"] * 5
    few_size, few_widths = column_widths(columns, [[name, *row]] * 3)
    size, widths = column_widths(columns, [[name, *row]] * 20)
    assert width_of(name, few_size) > few_widths[0] and width_of(name, size) < widths[0]
    assert 7.0 <= size < few_size


def test_one_very_long_text_does_not_narrow_the_others():
    """A name of 300 letters among 20: the owners beside it still stand in one line."""
    columns = [Column("Proyek", is_numeric=False, is_wide=True), Column("Pemilik", is_numeric=False)]
    rows = [["Rehabilitasi Ruang Kelas", "Dinas Pekerjaan Umum Kota Palembang"]] * 19
    rows.append(["N" * 300, "Dinas PUPR"])
    size, widths = column_widths(columns, rows)
    assert widths[1] >= width_of("Dinas Pekerjaan Umum Kota Palembang", size, bold=True) + 2 * CELL_INSET


def test_letters_become_smaller_before_numbers_break():
    columns = [Column("Nilai kontrak, Rp")] * 8
    rows = [["Rp17.101.491.656.500"] * 8]
    size, widths = column_widths(columns, rows)
    assert size == 6.5
    assert sum(widths) == pytest.approx(PAGE_WIDTH)
    assert column_widths(columns[:4], [rows[0][:4]])[0] == 8.5
