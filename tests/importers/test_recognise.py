"""What a file seems to hold, shown before it is imported: kinds, headers, what is missing, and nothing of a person."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import FileRefused
from data.home import Home
from data.importers import import_file
from data.importers.choice import Choice
from data.importers.recognise import recognise
from data.importers.seen import HIDDEN, seen_text
from tests.importers.conftest import NIK, OTHER_NIK, TODAY, write_workbook

ROSTER = [
    ["DAFTAR TENAGA KERJA PROYEK"],
    [],
    ["No", "NIK", "Nama Lengkap", "No KPJ", "Kode Paket", "Mulai", "Ukuran Sepatu", "Mandor"],
    [1, NIK, "Budi Santoso", "12345678901", "P-1", "2024-07-01", 41, "Slamet Riyadi"],
    [2, OTHER_NIK, "Ani", "12345678902", "P-1", "2024-07-02", 38, "Slamet Riyadi"],
]


def of_rows(folder: Path, sheets: dict[str, list[list]], choices: tuple[Choice, ...] = (), **options):
    write_workbook(folder / "a.xlsx", sheets)
    return recognise(folder / "a.xlsx", (), choices, today=TODAY, **options)


def of_text(folder: Path, text: str, *choices: Choice):
    (folder / "a.csv").write_text(text, "utf-8")
    return recognise(folder / "a.csv", (), choices, today=TODAY)


def test_a_roster_is_recognised_with_its_header_and_rows(tmp_path: Path):
    found = of_rows(tmp_path, {"Juli": ROSTER})
    [sheet] = found.sheets
    assert (found.file, found.problem, found.bytes) == ("a.xlsx", None, (tmp_path / "a.xlsx").stat().st_size)
    assert (sheet.name, sheet.kind, sheet.header_row, sheet.header_depth, sheet.rows) == (
        "Juli",
        "tenaga_kerja",
        3,
        1,
        2,
    )
    assert [header.column for header in sheet.headers] == [
        None, "nik", None, "kpj", "kode_proyek", "mulai", None, None,
    ]  # fmt: skip
    assert [header.text for header in sheet.headers if header.is_personal] == ["Nama Lengkap"]
    assert sheet.choice == Choice("Juli", "tenaga_kerja", 3, 1, {"nik": 1, "kpj": 3, "kode_proyek": 4, "mulai": 5})
    assert sheet.is_read


def test_nothing_of_a_person_is_shown(tmp_path: Path):
    found = of_rows(tmp_path, {"Juli": ROSTER})
    assert found.sheets[0].first_rows[3].cells == ("1", HIDDEN, HIDDEN, HIDDEN, "P-1", "2024-07-01", "41", "S…")
    told = json.dumps(asdict(found))
    assert not [word for row in ROSTER[3:] for word in (*row[1:4], row[7]) if str(word) in told]


def test_a_name_in_a_column_of_dates_or_numbers_is_not_shown_either(tmp_path: Path):
    (tmp_path / "a.csv").write_text(f"nik,kode_proyek,mulai,selesai\n{NIK},Siti Rahayu N-1,2024-07-01,Budi Santoso\n")
    [sheet] = recognise(tmp_path / "a.csv", today=TODAY).sheets
    assert sheet.first_rows[1].cells == (HIDDEN, "S…", "2024-07-01", "B…")


def test_what_the_choice_says_is_what_an_import_reads(home: Home, tmp_path: Path):
    found = of_rows(tmp_path, {"Juli": ROSTER, "Kosong": []})
    choices = [sheet.choice for sheet in found.sheets if sheet.choice]
    plain = import_file(home, tmp_path / "a.xlsx", today=TODAY, dry_run=True)
    chosen = import_file(home, tmp_path / "a.xlsx", today=TODAY, dry_run=True, choices={found.sha256: choices})
    assert plain == chosen
    assert chosen[0].rows_accepted == 2


def test_missing_columns_of_the_nearest_kind_are_named(tmp_path: Path):
    found = of_text(tmp_path, "nik,tmt,kode\n1,2,3\n")
    [sheet] = found.sheets
    assert (sheet.kind, sheet.missing, sheet.is_read) == ("tenaga_kerja", ("kode_proyek",), False)
    assert found.problem == (
        "Kolom wajib tidak ada di a.csv untuk jenis tenaga_kerja: kode_proyek; tambahkan lalu kirim ulang."
    )


def test_a_file_of_which_nothing_is_known_shows_its_rows(tmp_path: Path):
    found = of_text(tmp_path, "satu;dua\nA-1;2\n")
    [sheet] = found.sheets
    assert (sheet.kind, sheet.choice, sheet.headers, sheet.rows) == (None, None, (), 2)
    assert sheet.first_rows[1].cells == ("A-1", "2")
    assert "tidak dikenali dari judul kolomnya" in str(found.problem)


def test_rivals_are_named(tmp_path: Path):
    found = of_text(tmp_path, "wilayah,sektor,sumber,bulan,segmen,peserta_aktif,per_tanggal,pekerja,dokumen\n1\n")
    [sheet] = found.sheets
    assert (sheet.kind, sheet.rivals) == ("rekap", ("penduduk_bekerja",))
    assert found.problem == "a.csv dapat berarti penduduk_bekerja atau rekap; sebutkan jenisnya dengan --kind."


def test_two_sheets_of_a_kind_are_both_offered(tmp_path: Path):
    found = of_rows(tmp_path, {"A": ROSTER, "B": ROSTER})
    assert [sheet.is_read for sheet in found.sheets] == [False, False]
    assert [sheet.choice.sheet for sheet in found.sheets if sheet.choice] == ["A", "B"]
    assert "sama-sama berisi tenaga_kerja; pilih lembarnya" in str(found.problem)


def test_a_choice_is_shown_as_it_would_be_read(tmp_path: Path):
    choice = Choice(None, "tenaga_kerja", 2, 1, {"nik": 0, "kode_proyek": 1, "mulai": 2})
    found = of_text(tmp_path, "Judul\nKTP,Pakt,Msk\n1,2,3\n", choice)
    [sheet] = found.sheets
    assert (found.problem, sheet.choice, sheet.is_read, sheet.rows) == (None, choice, True, 1)
    assert [(header.text, header.column) for header in sheet.headers] == [
        ("KTP", "nik"), ("Pakt", "kode_proyek"), ("Msk", "mulai"),
    ]  # fmt: skip


def test_a_choice_that_cannot_be_followed_says_why(tmp_path: Path):
    found = of_text(tmp_path, "nik,kode_proyek,mulai\n1,2,3\n", Choice(None, "tenaga_kerja", 9, 1, {"nik": 0}))
    assert "tidak mungkin di baris 9" in str(found.problem)
    assert "tidak mungkin di baris 9" in str(found.sheets[0].problem)


def test_a_choice_still_without_required_columns_is_shown_with_what_is_missing(tmp_path: Path):
    found = of_text(tmp_path, "KTP,Pakt,Msk\n1,2,3\n", Choice(None, "tenaga_kerja", 1, 1, {"nik": 0}))
    assert (found.sheets[0].missing, found.sheets[0].is_read) == (("kode_proyek", "mulai"), False)
    assert "belum dipilih untuk a.csv: kode_proyek, mulai" in str(found.problem)


def test_hidden_rows_columns_and_sheets_are_told(home: Home, tmp_path: Path):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        for name in ("A & B", "C"):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(ROSTER[2:]):
                sheet.write_row(number, 0, row)
            sheet.set_row(1, None, None, {"hidden": True})
            sheet.set_column("C:D", None, None, {"hidden": True})
        sheet.hide()
    found = recognise(tmp_path / "a.xlsx", today=TODAY)
    assert [(sheet.is_visible, sheet.hidden_rows, sheet.hidden_columns) for sheet in found.sheets] == [
        (True, 1, 2), (False, 1, 2),
    ]  # fmt: skip
    [result] = import_file(home, tmp_path / "a.xlsx", today=TODAY, dry_run=True)
    assert result.rows_accepted == 2
    assert (
        "1 baris dan 2 kolom tersembunyi di lembar ini ikut dibaca; hapus dari berkas bila tidak dimaksud."
        in result.notes
    )


def test_a_procurement_set_has_its_tables_and_nothing_to_choose():
    found = recognise(Path(__file__).parents[1] / "fixtures" / "procurement" / "oc4ids.json", today=TODAY)
    assert (found.is_procurement, [sheet.kind for sheet in found.sheets]) == (True, ["proyek", "pembayaran"])
    assert [sheet.choice for sheet in found.sheets] == [None, None]


def test_what_is_no_table_at_all_is_refused(tmp_path: Path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    with pytest.raises(FileRefused, match="melainkan PDF"):
        recognise(tmp_path / "a.pdf", today=TODAY)


@pytest.mark.parametrize(
    "text", ["P-1", "16.71", "Palembang", "Dinas PUPR", "PT Contoh", "2024-07-01", "JAKON", "12,5"]
)
def test_what_is_no_name_is_shown(text: str):
    assert seen_text(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Budi", "Budi Santoso", "H. M. Ali, S.T.", "SITI AISYAH", "Nur'aini", "Siti Rahayu (L)", "Siti Rahayu 34",
        "Siti Rahayu binti Budi Santoso anak ke dua dari tiga", "Jl. Budi Santoso 5",
    ],
)  # fmt: skip
def test_what_may_be_a_name_is_not_shown(text: str):
    assert seen_text(text) == f"{text[0]}…"


@settings(max_examples=60)
@given(digits=st.integers(10**10, 10**17), around=st.sampled_from(["{}", "'{}", "no {} a", "NIK: {}"]))
def test_no_long_number_is_shown(digits: int, around: str):
    assert str(digits) not in seen_text(around.format(digits))
    assert seen_text(digits) == HIDDEN
