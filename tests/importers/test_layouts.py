"""How real files are laid out: titles, sheets, totals, delimiters, headers of rosters."""

import json
from pathlib import Path

import pytest

from data.home import Home
from data.importers import files, import_file
from data.ledger import open_ledger
from tests.importers.conftest import NIK, OTHER_NIK, TODAY, codes, write_workbook

HEADER = ["nik", "kode_proyek", "mulai"]
ROW = [NIK, "P-1", "2024-07-01"]
OTHER_ROW = [OTHER_NIK, "P-1", "2024-07-01"]


def rows_of(home: Home, table: str, columns: str) -> list[tuple]:
    with home.writer_lock("uji"), open_ledger(home) as ledger:
        return ledger.execute(f"select {columns} from {table} order by row_number").fetchall()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_delimiter_mark_and_line_ends_do_not_matter(deliver, delimiter: str, mark: str, line_end: str):
    lines = [delimiter.join(row) for row in (HEADER, ROW, OTHER_ROW)]
    assert deliver(mark + line_end.join(lines)).rows_accepted == 2


def test_quoted_cells_may_hold_the_delimiter(deliver, home: Home):
    deliver('kode_proyek,nama_proyek,wilayah,pemilik,mulai,selesai\nP-1,"Jalan, \'A\' ""B""",16,D,1/1/2024,2/1/2024')
    assert rows_of(home, "proyek", "nama_proyek") == [("Jalan, 'A' \"B\"",)]


def test_the_header_may_stand_under_title_rows(deliver):
    text = f"DAFTAR TENAGA KERJA\nPer 9 Juli 2024,,\n\nNIK,Kode Proyek,Tgl. Mulai\n{NIK},P-1,31/02/2024\n"
    result = deliver(text)
    assert codes(result) == [(5, "tanggal_mustahil")]
    assert "Judul kolom di baris 4." in result.notes


def test_row_numbers_are_those_of_the_file_also_past_line_breaks_inside_cells(deliver):
    header = "kode_proyek,nama_proyek,wilayah,pemilik,mulai,selesai"
    rows = ['P-1,"Jalan\nBaru\r\nSekali",16,D,1/1/2024,2/1/2024', "", "P-2,Jalan,16,D,32/1/2024,2/1/2024"]
    assert codes(deliver("\n".join([header, *rows]))) == [(6, "tanggal_mustahil")]


def test_row_numbers_hold_across_blocks(deliver, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(files, "BLOCK_ROWS", 2)
    rows = [[NIK, f"P-{n}", "2024-07-01"] for n in range(7)]
    rows[5][2] = "32/1/2024"
    assert codes(deliver("\n".join(",".join(row) for row in [HEADER, *rows]))) == [(2 + 5, "tanggal_mustahil")]


def test_short_rows_lack_their_last_cells(deliver):
    assert codes(deliver(f"nik,kode_proyek,mulai\n{NIK},P-1\n")) == [(2, "wajib_kosong")]


def test_blank_rows_are_no_data_rows(deliver):
    assert deliver(f"nik,kode_proyek,mulai\n,,\n \n{','.join(ROW)}\n , , \n").rows_read == 1


def test_rows_with_only_a_running_number_are_no_data_rows(deliver):
    assert deliver([["No", *HEADER], ["1", *ROW], ["2"], ["3"]]).rows_read == 1


@pytest.mark.parametrize("total", ["JUMLAH", "Total", "Jumlah Total", "GRAND TOTAL", "TOTAL SELURUHNYA :", "Jumlah:"])
def test_total_rows_at_the_end_are_skipped_and_counted(deliver, total: str):
    result = deliver("\n".join(",".join(row) for row in [HEADER, ROW, OTHER_ROW, [total, "", "2"], ["", "", ""]]))
    assert (result.rows_read, result.rows_accepted) == (2, 2)
    assert "1 baris JUMLAH/TOTAL dilewati." in result.notes


def test_a_project_called_total_is_no_total_row(deliver):
    header = "nama_proyek,kode_proyek,wilayah,pemilik,mulai,selesai"
    rows = ["Total Rehab SDN 1,P-1,16,D,1/1/2024,2/1/2024", "Jalan,P-2,16,D,1/1/2024,2/1/2024"]
    assert deliver("\n".join([header, *rows])).rows_read == 2


def test_a_row_of_column_numbers_is_skipped(deliver):
    result = deliver("\n".join(",".join(row) for row in [HEADER, ["(1)", "(2)", "(3)"], ROW]))
    assert (result.rows_read, result.rows_accepted) == (1, 1)
    assert "Baris 2 berisi nomor kolom, dilewati." in result.notes


def test_the_sheet_whose_header_fits_is_read_and_named(home: Home, tmp_path: Path):
    path = tmp_path / "kiriman.xlsx"
    write_workbook(path, {"Petunjuk": [["Isi lembar Data"]], "Data": [["Judul"], [], HEADER, ROW]})
    (result,) = import_file(home, path, today=TODAY)
    assert result.rows_accepted == 1
    assert "Lembar 'Data', judul kolom di baris 3." in result.notes
    assert "Lembar lain tidak dibaca: 'Petunjuk'." in result.notes


def test_a_workbook_may_hold_several_kinds(home: Home, tmp_path: Path):
    path = tmp_path / "kiriman.xlsx"
    project = ["kode_proyek", "nama_proyek", "wilayah", "pemilik", "mulai", "selesai"]
    write_workbook(
        path,
        {"TK": [HEADER, ROW], "Proyek": [project, ["P-1", "Jalan", "16.71", "Dinas", "1/1/2024", "2/1/2024"]]},
    )
    results = import_file(home, path, today=TODAY)
    assert [(result.kind, result.batch) for result in results] == [("tenaga_kerja", 1), ("proyek", 2)]


def test_hidden_sheets_give_way_to_visible_ones(home: Home, tmp_path: Path):
    path = tmp_path / "kiriman.xlsx"
    write_workbook(path, {"Lama": [HEADER, ROW, OTHER_ROW], "Baru": [HEADER, ROW]}, hidden=("Lama",))
    (result,) = import_file(home, path, today=TODAY)
    assert result.rows_read == 1


def test_headers_merged_across_and_down_are_read(deliver, home: Home):
    result = deliver([["NIK", "Kode Proyek", "Tanggal", ""], ["", "", "Mulai", "Selesai"], [*ROW, "2024-07-31"]])
    assert (result.rows_read, result.rows_accepted) == (1, 1)
    assert rows_of(home, "tenaga_kerja", "cast(selesai as varchar)") == [("2024-07-31",)]


def test_a_real_roster_lands_without_its_personal_columns(deliver):
    header = [
        "NO", "NIK", "NO KPJ", "NAMA LENGKAP", "TEMPAT LAHIR", "TANGGAL LAHIR", "JENIS KELAMIN", "KODE PROYEK",
        "TGL MULAI BEKERJA", "UPAH", "STATUS KEPESERTAAN",
    ]  # fmt: skip
    row = [1, NIK, "24000000001", "BUDI SANTOSO", "Palembang", "01/01/1990", "L", "P-1", "1/7/2024", 3500000, "AKTIF"]
    result = deliver([["DAFTAR TENAGA KERJA"], [], header, row])
    assert (result.kind, result.rows_accepted) == ("tenaga_kerja", 1)
    personal = "NAMA LENGKAP, TEMPAT LAHIR, TANGGAL LAHIR, JENIS KELAMIN, UPAH"
    assert f"Kolom pribadi dibuang saat membaca: {personal}." in result.notes
    assert "Kolom lain diabaikan: NO, STATUS KEPESERTAAN." in result.notes
    assert "BUDI" not in repr(result)


def test_dates_and_numbers_of_a_workbook_need_no_guessing(deliver, home: Home):
    header = ["kode_proyek", "nama_proyek", "wilayah", "pemilik", "mulai", "selesai", "nilai_kontrak", "termasuk_ppn"]
    row = ["P-1", "Jalan", 16.71, "Dinas", TODAY.replace(day=9), 45482 + 365, 1.234, True]
    result = deliver([header, row])
    assert result.notes == ["Lembar 'Sheet1', judul kolom di baris 1."]
    columns = "wilayah, cast(mulai as varchar), cast(selesai as varchar), cast(nilai_kontrak as varchar), termasuk_ppn"
    assert rows_of(home, "proyek", columns) == [("16.71", "2025-06-09", "2025-07-09", "1.23", True)]


def test_the_ambiguous_number_follows_the_others_and_is_told(deliver, home: Home):
    header = "kode_proyek;nama_proyek;wilayah;pemilik;mulai;selesai;nilai_kontrak;tenaga_kerja"
    rows = [
        "P-1;J;16;D;1/1/2024;2/1/2024;Rp1.234.567,50;",
        "P-2;J;16;D;1/1/2024;2/1/2024;1234567.8;",
        "P-3;J;16;D;1/1/2024;2/1/2024;1.234;",
    ]
    result = deliver("\n".join([header, *rows]))
    assert rows_of(home, "proyek", "cast(nilai_kontrak as varchar)") == [("1234567.50",), ("1234567.80",), ("1234.00",)]
    assert any("'1.234' dibaca dengan titik sebagai pemisah ribuan" in note for note in result.notes)


def test_persons_are_counted_in_thousands_whatever_mark_the_percentages_have(deliver, home: Home):
    header = "wilayah;per_tanggal;segmen;peserta;potensi;persen_tercetak;sumber"
    rows = ["16;31/7/2024;JAKON;123.000;270.000;45.6;Kanwil", "16.71;31/7/2024;JAKON;30,000;1.873.899;45.678;Kanwil"]
    result = deliver("\n".join([header, *rows]))
    assert rows_of(home, "angka_resmi", "peserta, potensi, cast(persen_tercetak as varchar)") == [
        (123_000, 270_000, "45.60"),
        (30_000, 1_873_899, "45.68"),
    ]
    assert not [note for note in result.notes if note.startswith("Angka seperti")]


def test_percentages_do_not_outvote_amounts(deliver, home: Home):
    header = "kode_proyek;tgl_permohonan;jumlah;progres"
    rows = ["P-1;1/7/2024;500.000;10.5", "P-2;1/7/2024;1.250.000;20.5", "P-3;1/7/2024;1.500.000;30.5"]
    deliver("\n".join([header, *rows, "P-4;1/7/2024;1.750.000;40.25", "P-5;1/7/2024;1.900.000;50.25"]))
    assert rows_of(home, "pembayaran", "cast(jumlah as varchar)")[0] == ("500000.00",)


def test_a_last_row_whose_first_cell_begins_with_total_is_kept_when_it_is_whole(deliver, home: Home):
    header = "pemilik;kode_proyek;nama_proyek;wilayah;mulai;selesai"
    rows = ["Dinas PUPR;P-1;Jalan;16.71;1/1/2024;2/1/2024", "Total Persada, PT;P-2;Gudang;16.71;1/1/2024;2/1/2024"]
    result = deliver("\n".join([header, *rows, "Jumlah seluruhnya;;;;;", "Total nilai;;;;;"]))
    assert rows_of(home, "proyek", "kode_proyek") == [("P-1",), ("P-2",)]
    assert "2 baris JUMLAH/TOTAL dilewati." in result.notes


def test_texts_are_trimmed_and_freed_of_what_is_invisible(deliver, home: Home):
    header = "kode_proyek,nama_proyek,wilayah,pemilik,mulai,selesai"
    row = "P-1, <b>Jalan</b>\u00a0\u202eA\x07 , kota  palembang ,\u200bDinas   PUPR\t,1/1/2024,2/1/2024"
    assert deliver(f"{header}\n{row}").rows_accepted == 1
    assert rows_of(home, "proyek", "nama_proyek, wilayah, pemilik") == [("<b>Jalan</b> A", "16.71", "Dinas PUPR")]


def test_cells_that_begin_like_a_formula_are_kept_as_text(deliver, home: Home):
    header = ["kode_proyek", "nama_proyek", "wilayah", "pemilik", "mulai", "selesai"]
    deliver([header, ["+1", '=HYPERLINK("http://x")', "16", "@SUM(A1)", "1/1/2024", "2/1/2024"]])
    assert rows_of(home, "proyek", "kode_proyek, nama_proyek, pemilik") == [
        ("+1", '=HYPERLINK("http://x")', "@SUM(A1)")
    ]


def test_a_text_cell_cannot_pretend_to_be_a_typed_one(deliver):
    result = deliver([HEADER, [NIK, "P-1", "\x0245482"], OTHER_ROW])
    assert codes(result) == [(2, "bukan_tanggal")]
    assert codes(deliver(f"nik,kode_proyek,mulai\n{NIK},P-1,\x0245482\n")) == [(2, "bukan_tanggal")]


PERSONS = [
    "Budi Santoso", "Siti Aminah, S.Pd", "Siti Aminah, S. Pd", "Budi Santoso, M.Pd.", "Budi, S. Pt", "Nur Fa'izah",
    "Fa'izah Nur", "Jo Hartono", "Drs. Amir UD", "Ir. Amir, M.T.", "Tuan T.B. Simatupang", "TB Hasan", "Balai Sutrisno",
]  # fmt: skip
FIRMS = [
    "PT. Karya Musi", "P.T. Karya Musi", "CV.Maju", "Karya Musi, CV", "KARYA MUSI. CV", "Karya Musi PT", "Fa. Sumber",
    "UD Jaya", "KSO Adhi - Wika", "Adhi - Wika KSO", "Karya (Persero) Tbk", "Koperasi Maju", "Swakelola",
    "Balai Besar Wilayah Sungai",
]  # fmt: skip
CONTRACTS = Path(__file__).parents[3] / "shared" / "data" / "inaproc-2025"


def contractors_kept(deliver, home: Home, names: list[str]) -> list[str]:
    header = "kode_proyek,nama_proyek,wilayah,pemilik,mulai,selesai,penyedia"
    rows = [f'P-{n},J,16,D,1/1/2024,2/1/2024,"{name}"' for n, name in enumerate(names)]
    deliver("\n".join([header, *rows]))
    return [name for (name,) in rows_of(home, "proyek", "penyedia")]


def test_numbers_of_persons_in_headers_are_masked(deliver):
    result = deliver(f"nik,kode_proyek,mulai,catatan {NIK} 1671 0101 0190 0001\n{NIK},P-1,2024-07-01,\n")
    assert result.notes == ["Kolom lain diabaikan: catatan 167101…."]


def test_a_contractor_who_is_a_person_loses_the_name_whatever_initials_and_degrees(deliver, home: Home):
    assert contractors_kept(deliver, home, PERSONS) == ["Perseorangan"] * len(PERSONS)


def test_a_contractor_with_a_legal_form_keeps_the_name(deliver, home: Home):
    assert contractors_kept(deliver, home, [*FIRMS, ""]) == [*FIRMS, None]


def test_how_a_project_is_carried_out_is_read_from_the_words_of_senders(deliver, home: Home):
    words = {"Tender": "penyedia", "Swakelola Tipe II": "swakelola", "SWAKELOLA": "swakelola", "": None,
             "Penanganan Darurat": "darurat", "e-purchasing": "penyedia"}  # fmt: skip
    header = "kode_proyek,nama_proyek,wilayah,pemilik,mulai,selesai,metode_pengadaan"
    rows = [f"P-{n},J,16,D,1/1/2024,2/1/2024,{word}" for n, word in enumerate(words)]
    deliver("\n".join([header, *rows]))
    assert [mode for (mode,) in rows_of(home, "proyek", "cara_pelaksanaan")] == list(words.values())


def test_a_telephone_number_is_kept_of_a_company_alone(deliver, home: Home):
    contractors = {
        ("PT Karya Musi", "(0711) 350-001"): "(0711) 350-001",
        ("CV Maju", "+62 711 350001"): "+62 711 350001",
        ("Budi Santoso", "0812 3456 7890"): None,
        ("", "0812 3456 7890"): None,
        ("PT Karya Musi", "Budi 0812 3456 7890"): None,
        ("PT Karya Musi", NIK): None,
    }
    header = "kode_proyek,nama_proyek,wilayah,pemilik,mulai,selesai,penyedia,telp_penyedia"
    rows = [f"P-{n},J,16,D,1/1/2024,2/1/2024,{name},{phone}" for n, (name, phone) in enumerate(contractors)]
    assert deliver("\n".join([header, *rows])).rejects == []
    assert [phone for (phone,) in rows_of(home, "proyek", "telepon_penyedia")] == list(contractors.values())


@pytest.mark.skipif(not CONTRACTS.exists(), reason="the real contracts are not shipped with the product")
def test_every_firm_of_the_real_contracts_keeps_its_name(deliver, home: Home):
    records = [record for path in CONTRACTS.glob("*.json") for record in json.loads(path.read_text("utf-8"))]
    names = sorted({record["nama_penyedia"] for record in records if record.get("nama_penyedia")})
    assert len(names) == 248
    lost = [name for name, kept in zip(names, contractors_kept(deliver, home, names), strict=True) if kept != name]
    assert lost == ["PENYEDIA PERSEORANGAN"]
