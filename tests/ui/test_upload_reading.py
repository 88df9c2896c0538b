"""What somebody says of how a table is read, and what is told of it."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from data.home import Home
from data.importers.choice import Choice
from data.importers.recognise import Header, Recognised, RecognisedSheet
from data.staging import Draft
from ui import upload
from ui.upload_reading import Reading, chosen_tables, sheet_html
from ui.upload_terms import Terms

HEADERS = (Header(0, "NIK", "nik"), Header(1, "Proyek (kode)", None), Header(2, "Mulai", "mulai"))
WORKERS = RecognisedSheet(
    name="Pekerja", is_visible=True, hidden_rows=2, hidden_columns=0, rows=20, first_rows=(), kind="tenaga_kerja",
    rivals=(), header_row=5, header_depth=1, headers=HEADERS, missing=("kode_proyek",),
    choice=Choice("Pekerja", "tenaga_kerja", 5, 1), is_read=False,
)  # fmt: skip
FILE = Recognised("pekerja.xlsx", "ab" * 32, 7000, True, False, (WORKERS,), "Kolom wajib tidak ada: kode_proyek.")
DRAFT = Draft("t", "sari", datetime(2026, 3, 2, tzinfo=UTC))


def fields_of(read: Reading, **columns: int) -> dict[str, object]:
    """What the boxes of a table hold; its switch is off, as it is not read."""
    named = {"nik": 0, "mulai": 2} | columns
    every = ("nik", "kpj", "kode_proyek", "mulai", "selesai", "posisi_data", "rujukan_baris")
    boxes: dict[str, object] = {f"{read.key}-column-{name}": named.get(name, -1) for name in every}
    return boxes | {
        f"{read.key}-kind": "tenaga_kerja", f"{read.key}-row": 5, f"{read.key}-depth": 1, f"{read.key}-read": False,
    }  # fmt: skip


def test_a_table_that_was_left_out_comes_in_once_its_column_is_named(tmp_path: Path) -> None:
    read = Reading(Home(tmp_path), DRAFT, FILE, 0)
    chosen = chosen_tables(read, fields_of(read, kode_proyek=1), has_columns=True)
    assert [choice.columns for choice in chosen] == [{"nik": 0, "kode_proyek": 1, "mulai": 2}]


def test_only_the_switch_of_a_table_leaves_it_out(tmp_path: Path) -> None:
    read = Reading(Home(tmp_path), DRAFT, FILE, 0)
    assert chosen_tables(read, fields_of(read), is_switch=True) == []


def test_hidden_rows_are_told_without_columns_where_no_column_is_hidden() -> None:
    assert "Baris tersembunyi yang ikut dibaca: 2." in sheet_html(FILE, WORKERS, "id")
    both = replace(WORKERS, hidden_columns=1)
    assert "Baris dan kolom tersembunyi yang ikut dibaca: 2 dan 1." in sheet_html(FILE, both, "id")


def test_nothing_is_previewed_while_a_file_cannot_be_read() -> None:
    terms = upload.with_all_read(Terms(DRAFT, []), [FILE], "id")
    assert "pekerja.xlsx" in terms.problem
    assert upload.with_all_read(Terms(DRAFT, []), [replace(FILE, problem=None)], "id").problem == ""
