"""Tables read as somebody chose them: sheet, kind, header row and columns, and what cannot be chosen."""

import json
from pathlib import Path

import pytest

from data.errors import FileRefused
from data.home import Home
from data.importers import import_file
from data.importers.choice import Choice, read_choices
from data.importers.files import sha256_of
from data.ledger import open_ledger
from tests.importers.conftest import NIK, OTHER_NIK, TODAY, write_workbook

TITLE = ["DAFTAR PEKERJA", "", "", ""]
HEADER = ["No KTP Pekerja", "Nama", "Paket", "Masuk"]
ROWS = [[NIK, "Budi", "P-1", "2024-07-01"], [OTHER_NIK, "Ani", "P-2", "2024-07-02"]]
COLUMNS = {"nik": 0, "kode_proyek": 2, "mulai": 3}
CHOICE = Choice(None, "tenaga_kerja", 2, 1, COLUMNS)


def write_csv(folder: Path, rows: list[list[str]], delimiter: str = ",") -> Path:
    path = folder / "a.csv"
    path.write_text("\n".join(delimiter.join(row) for row in rows), "utf-8")
    return path


def chosen(home: Home, path: Path, *choices: Choice, **options):
    return import_file(home, path, today=TODAY, choices={path.name: choices}, **options)


def landed(home: Home, columns: str = "row_number, kode_proyek", table: str = "tenaga_kerja") -> list[tuple]:
    with home.writer_lock("uji"), open_ledger(home) as ledger:
        return ledger.execute(f"select {columns} from {table} order by batch_id, row_number").fetchall()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_headers_that_nobody_knows_are_read_as_chosen(home: Home, tmp_path: Path, delimiter: str):
    path = write_csv(tmp_path, [TITLE, HEADER, *ROWS], delimiter)
    [result] = chosen(home, path, CHOICE)
    assert (result.kind, result.rows_accepted) == ("tenaga_kerja", 2)
    assert result.notes[:2] == ["Judul kolom di baris 2.", "Kolom pribadi dibuang saat membaca: Nama."]
    assert landed(home) == [(3, "P-1"), (4, "P-2")]


def test_commas_in_cells_do_not_make_another_table_of_it(home: Home, tmp_path: Path):
    rows = [["KTP", "Pakt", "Msk", "Alamat"], [NIK, "P-1", "2024-07-01", "Jl. A, RT 1, RW 2, Kel. B, Kec. C, Kota D"]]
    columns = {"nik": 0, "kode_proyek": 1, "mulai": 2}
    [result] = chosen(home, write_csv(tmp_path, rows, ";"), Choice(None, "tenaga_kerja", 1, 1, columns))
    assert result.rows_accepted == 1


def test_a_choice_may_name_its_file_by_its_hash(home: Home, tmp_path: Path):
    path = write_csv(tmp_path, [TITLE, HEADER, *ROWS])
    [dry] = chosen(home, path, CHOICE, dry_run=True)
    [result] = import_file(home, path, today=TODAY, choices={sha256_of(path): [CHOICE]})
    assert (dry.rows_accepted, dry.batch, result.rows_accepted) == (2, None, 2)


def test_a_column_that_is_recognised_wrongly_is_read_from_where_it_was_chosen(home: Home, tmp_path: Path):
    rows = [["nik", "kode_proyek", "mulai", "kode yang benar"], [NIK, "salah", "2024-07-01", "P-7"]]
    chosen(
        home, write_csv(tmp_path, rows), Choice(None, "tenaga_kerja", 1, 1, {"nik": 0, "kode_proyek": 3, "mulai": 2})
    )
    assert landed(home, "kode_proyek") == [("P-7",)]


def test_a_choice_without_columns_recognises_those_under_its_header(home: Home, tmp_path: Path):
    rows = [["nik", "kode_proyek", "mulai"], ["NIK", "Kode Proyek", "TMT"], *([row[0], row[2], row[3]] for row in ROWS)]
    [result] = chosen(home, write_csv(tmp_path, rows), Choice(None, "tenaga_kerja", 2))
    assert result.rows_read == 2


def test_a_header_of_two_rows_is_read_as_chosen(home: Home, tmp_path: Path):
    upper, lower = ["No KTP", "Paket", "Masa kerja", ""], ["", "", "dari", "hingga"]
    write_workbook(tmp_path / "a.xlsx", {"A": [upper, lower, [NIK, "P-1", "2024-07-01", "2024-08-01"]]})
    columns = {"nik": 0, "kode_proyek": 1, "mulai": 2, "selesai": 3}
    [result] = chosen(home, tmp_path / "a.xlsx", Choice("A", "tenaga_kerja", 1, 2, columns))
    assert landed(home, "row_number, mulai::varchar, selesai::varchar") == [(3, "2024-07-01", "2024-08-01")]
    assert result.notes[0] == "Lembar 'A', judul kolom di baris 1–2."


def test_sheets_of_the_same_kind_land_as_a_batch_each_when_both_are_chosen(home: Home, tmp_path: Path):
    path = tmp_path / "a.xlsx"
    write_workbook(path, {"Ilir": [HEADER, ROWS[0]], "Ulu": [HEADER, ROWS[1]], "Lain": [["x"]]})
    both = [Choice(sheet, "tenaga_kerja", 1, 1, COLUMNS) for sheet in ("Ilir", "Ulu")]
    results = chosen(home, path, *both)
    assert [(result.batch, result.rows_accepted) for result in results] == [(1, 1), (2, 1)]
    assert landed(home) == [(2, "P-1"), (2, "P-2")]
    assert "Lembar lain tidak dibaca: 'Lain'." in results[0].notes
    assert [result.batch for result in chosen(home, path, *both)] == [None, None]


def test_a_complete_delivery_is_one_sheet_of_a_kind(home: Home, tmp_path: Path):
    path = tmp_path / "a.xlsx"
    write_workbook(path, {"Ilir": [HEADER, ROWS[0]], "Ulu": [HEADER, ROWS[1]]})
    both = [Choice(sheet, "tenaga_kerja", 1, 1, COLUMNS) for sheet in ("Ilir", "Ulu")]
    with pytest.raises(FileRefused, match=r"'Ilir' dan 'Ulu' dari a.xlsx sama-sama berisi tenaga_kerja"):
        chosen(home, path, *both, complete_for="16")


def test_one_sheet_may_hold_two_kinds(home: Home, tmp_path: Path):
    rows = [["Kode", "Paket", "Kota", "Dinas", "A", "B", "Daftar"],
            ["P-1", "Jalan", "16.71", "Dinas PUPR", "2024-01-01", "2024-02-01", "2024-01-05"]]  # fmt: skip
    names = ["kode_proyek", "nama_proyek", "wilayah", "pemilik", "mulai", "selesai"]
    project = Choice(None, "proyek", 1, 1, {name: place for place, name in enumerate(names)})
    registration = Choice(None, "pendaftaran", 1, 1, {"kode_proyek": 0, "tgl_daftar": 6})
    results = chosen(home, write_csv(tmp_path, rows), project, registration)
    assert [(result.kind, result.rows_accepted) for result in results] == [("proyek", 1), ("pendaftaran", 1)]


def test_the_same_bytes_read_otherwise_are_no_repetition(home: Home, tmp_path: Path):
    rows = [["nik", "kode_proyek", "mulai", "paket"], [NIK, "salah", "2024-07-01", "P-7"]]
    path = write_csv(tmp_path, rows)
    [first] = import_file(home, path, today=TODAY)
    [again] = chosen(home, path, Choice(None, "tenaga_kerja", 1, 1, {"nik": 0, "kode_proyek": 3, "mulai": 2}))
    assert (first.batch, again.batch) == (1, 2)
    assert any("sudah masuk sebagai batch 1 dengan keterangan lain" in note for note in again.notes)


REFUSED = {
    "kind": (Choice(None, "gaji", 2, 1, COLUMNS), "Jenis 'gaji' tidak dikenal; pilih salah satu dari proyek"),
    "sheet of a CSV": (Choice("A", "tenaga_kerja", 2, 1, COLUMNS), "adalah CSV tanpa lembar; hapus lembar 'A'"),
    "row 0": (Choice(None, "tenaga_kerja", 0, 1, COLUMNS), "tidak mungkin di baris 0 setinggi 1 baris"),
    "row beyond": (Choice(None, "tenaga_kerja", 5, 1, COLUMNS), "di antara baris 1 dan 4"),
    "depth": (Choice(None, "tenaga_kerja", 1, 3, COLUMNS), "setinggi 3 baris"),
    "column": (Choice(None, "tenaga_kerja", 2, 1, COLUMNS | {"gaji": 1}), "tidak punya kolom 'gaji'; pilih dari"),
    "position": (Choice(None, "tenaga_kerja", 2, 1, COLUMNS | {"selesai": 4}), "Kolom ke-5 untuk selesai tidak ada"),
    "negative": (Choice(None, "tenaga_kerja", 2, 1, COLUMNS | {"selesai": -1}), "Kolom ke-0 untuk selesai tidak ada"),
    "shared": (Choice(None, "tenaga_kerja", 2, 1, COLUMNS | {"selesai": 3}), "dipilih untuk mulai dan selesai"),
    "missing": (Choice(None, "tenaga_kerja", 2, 1, {"nik": 0}), "belum dipilih untuk a.csv: kode_proyek, mulai"),
    "data row": (Choice(None, "tenaga_kerja", 3, 1, COLUMNS), "Baris 3 dari a.csv berisi data, bukan judul kolom"),
    "nothing known": (Choice(None, "proyek", 1), "Tidak ada kolom jenis proyek yang dikenali di baris 1"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_chosen_is_refused_in_a_sentence_and_nothing_lands(empty_home: Home, tmp_path: Path, case: str):
    choice, sentence = REFUSED[case]
    with pytest.raises(FileRefused) as refused:
        chosen(empty_home, write_csv(tmp_path, [TITLE, HEADER, *ROWS]), choice)
    assert sentence in str(refused.value)
    assert NIK not in str(refused.value)
    assert not empty_home.ledger_path.exists()


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(home: Home, tmp_path: Path):
    write_workbook(tmp_path / "a.xlsx", {"A": [HEADER, *ROWS], "B": [["x"]]})
    with pytest.raises(FileRefused, match=r"Lembar 'C' tidak dapat ditentukan di a.xlsx; pilih satu dari 'A', 'B'"):
        chosen(home, tmp_path / "a.xlsx", Choice("C", "tenaga_kerja", 1, 1, COLUMNS))


def test_a_sheet_whose_name_is_a_number_of_a_person_is_found_by_its_masked_name(home: Home, tmp_path: Path):
    write_workbook(tmp_path / "a.xlsx", {NIK: [HEADER, *ROWS]})
    [result] = chosen(home, tmp_path / "a.xlsx", Choice("167101…", "tenaga_kerja", 1, 1, COLUMNS))
    assert result.rows_accepted == 2


def test_the_same_choice_twice_is_refused(home: Home, tmp_path: Path):
    with pytest.raises(FileRefused, match=r"Dari a.csv isinya dipilih dua kali sebagai tenaga_kerja; sisakan satu"):
        chosen(home, write_csv(tmp_path, [TITLE, HEADER, *ROWS]), CHOICE, CHOICE)


def test_choices_for_a_file_that_is_not_delivered_are_refused(home: Home, tmp_path: Path):
    known = write_csv(tmp_path, [["nik", "kode_proyek", "mulai"], [NIK, "P-1", "2024-07-01"]])
    with pytest.raises(FileRefused, match=r"menyebut 'b.csv', yang tidak ada di antara berkas ini"):
        import_file(home, known, today=TODAY, choices={"b.csv": [CHOICE]})


def test_a_kind_beside_choices_is_refused(home: Home, tmp_path: Path):
    with pytest.raises(FileRefused, match=r"sudah disebut dalam pilihan pembacaannya; hapus --kind proyek"):
        chosen(home, write_csv(tmp_path, [TITLE, HEADER, *ROWS]), CHOICE, kind="proyek")


def test_choices_for_a_procurement_set_are_refused(home: Home):
    with pytest.raises(FileRefused, match=r"data pengadaan yang kolomnya sudah tetap"):
        chosen(home, Path(__file__).parents[1] / "fixtures" / "procurement" / "oc4ids.json", CHOICE)


def test_choices_are_read_from_json(tmp_path: Path):
    path = tmp_path / "pilihan.json"
    path.write_text(
        json.dumps({"a.csv": [{"sheet": None, "kind": "tenaga_kerja", "header_row": 2, "columns": COLUMNS}]})
    )
    assert read_choices(path) == {"a.csv": [CHOICE]}


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"a": 1}', '{"a": [{"kind": "proyek"}]}', '{"a": [{"sheet": 3}]}', "[" * 10**5]
)
def test_what_is_no_choices_is_refused(tmp_path: Path, text: str):
    path = tmp_path / "pilihan.json"
    path.write_text(text)
    with pytest.raises(FileRefused, match=r"Pilihan pembacaan pilihan.json tidak terbaca; tulis JSON dengan sheet"):
        read_choices(path)
