"""Rows that are rejected: for each rule a row that breaks it and, in the same file, one that does not."""

import pytest

from tests.importers.conftest import NIK, OTHER_NIK, codes

ROSTER = "nik,kpj,kode_proyek,mulai,selesai"
PROJECT = "kode_proyek,nama_proyek,wilayah,pemilik,mulai,selesai"
GOOD_PROJECT = "P-9,Jalan,16.71,Dinas PUPR,2024-01-01,2024-12-31"


def roster(*rows: str) -> str:
    return "\n".join([ROSTER, *rows, f"{OTHER_NIK},,P-9,2024-07-01,"]) + "\n"


def projects(extra: str, values: list[str]) -> str:
    rows = [f"P-{number},Jalan,16.71,Dinas,2024-01-01,2024-12-31,{value}" for number, value in enumerate(values)]
    return "\n".join([f"{PROJECT},{extra}", *rows])


def one_cell_a_row(header: str, start: str, cells: list[tuple[str, str, str | None]]) -> str:
    """A file with all columns of the cells, whose rows each fill one of them: one import for every case."""
    columns = list(dict.fromkeys(column for column, _, _ in cells))
    rows = [
        ",".join([start.format(number=number), *(value if column == filled else "" for column in columns)])
        for number, (filled, value, _) in enumerate(cells)
    ]
    return "\n".join([",".join([header, *columns]), *rows])


def project(extra: str, value: str) -> str:
    return f"{PROJECT},{extra}\nP-1,Jalan,16.71,Dinas,2024-01-01,2024-12-31,{value}\n{GOOD_PROJECT},\n"


def test_an_impossible_nik_is_rejected(deliver):
    impossible = [
        ("", "wajib_kosong"),
        ("167101010190001", "nik_bukan_16_digit"),
        ("16710101019000012", "nik_bukan_16_digit"),
        ("1671O10101900001", "nik_bukan_16_digit"),
        ("1799010101900001", "nik_wilayah"),
        ("1699010101900001", "nik_wilayah"),
        ("9999010101900001", "nik_wilayah"),
        ("1671013202900001", "nik_tanggal_lahir"),
        ("1671013002900001", "nik_tanggal_lahir"),
        ("1671017202900001", "nik_tanggal_lahir"),
        ("1671010001900001", "nik_tanggal_lahir"),
        ("1671014001900001", "nik_tanggal_lahir"),
        ("1671010113900001", "nik_tanggal_lahir"),
        ("1671012902010001", "nik_tanggal_lahir"),
        ("1671010101900000", "nik_nomor_urut"),
        ("1.67101E+15", "nik_angka"),
        ('"1,67101010190000E+15"', "nik_angka"),
    ]
    result = deliver(roster(*(f"{nik},,P-{number},2024-07-01," for number, (nik, _) in enumerate(impossible, 2))))
    assert codes(result) == [(number, code) for number, (_, code) in enumerate(impossible, 2)]
    assert (result.rows_read, result.rows_accepted, result.rows_rejected) == (17 + 1, 1, 17)


def test_a_possible_nik_lands(deliver):
    possible = [
        "1671014101900001",  # a woman born on the 1st
        "1671017112900001",  # a woman born on the 31st
        "1671012902000001",  # 29 February 2000
        "9127010101900001",  # Papua before it was divided
        "'1671010101900001",
        "1671 0101 0190 0001",
        "1671.010101.900001",
    ]
    result = deliver(roster(*(f"{nik},,P-{number},2024-07-01," for number, nik in enumerate(possible))))
    assert (result.rejects, result.rows_accepted) == ([], 7 + 1)


def test_all_reasons_of_a_row_are_told_at_once(deliver):
    result = deliver(roster("1799013202900000,123,,31/02/2024,x"))
    assert set(codes(result)) == {
        (2, "nik_wilayah"),
        (2, "nik_tanggal_lahir"),
        (2, "nik_nomor_urut"),
        (2, "bentuk_kpj"),
        (2, "wajib_kosong"),
        (2, "tanggal_mustahil"),
        (2, "bukan_tanggal"),
    }
    assert result.rows_rejected == 1


def test_a_nik_in_a_numeric_cell_is_rejected(deliver):
    rows = [["nik", "kode_proyek", "mulai"], [int(NIK), "P-1", "2024-07-01"], [OTHER_NIK, "P-1", "2024-07-01"]]
    result = deliver(rows)
    assert codes(result) == [(2, "nik_angka")]
    assert result.rejects[0].remedy == "NIK hilang digit: kirim ulang sebagai teks."


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ("1671010101900000,,P-1,2024-07-01,", "167101…"),
        (f"{NIK},,P-1,{NIK},", "167101…"),
        (f"{NIK},,P-1,24000000001,", "240000…"),
        (f"{NIK},,P-1,Budi Santoso,", "Budi S…"),
        (f"{NIK},2400000000A,P-1,2024-07-01,", "240000…"),
        (f"{NIK},,{NIK},2024-07-01,", "167101…"),
        (f"{NIK},,P-1,x,", "x"),
    ],
)
def test_no_cell_of_a_file_about_persons_shows_more_than_six_characters(deliver, row: str, shown: str):
    assert [reject.value for reject in deliver(roster(row)).rejects] == [shown]


def test_numbers_of_persons_are_masked_in_every_file_whatever_groups_them(deliver):
    shown = {
        NIK: "167101…",
        "16.71.01 010190-0001": "16.71.01…",
        "2400 0000 001": "2400 00…",
        "Budi 24000000001 x": "Budi 240000… x",
        "2400000000": "2400000000",
    }
    assert [reject.value for reject in deliver(projects("sumber_dana", list(shown))).rejects] == list(shown.values())


@pytest.mark.parametrize("column", ["no_spk", "penyedia", "jenis_pekerjaan"])
def test_a_nik_is_rejected_in_a_column_that_is_kept(deliver, column: str):
    niks = [NIK, "16.71.01 010190-0001", "1671 0101 0190 0001"]
    forms = ["{nik}", "Jalan {nik} tahap 2", "3 {nik} 2024", "a 12345 {nik}"]
    rejects = deliver(projects(column, [form.format(nik=nik) for form in forms for nik in niks])).rejects
    assert [(reject.row, reject.code) for reject in rejects] == [(row, "nik_di_kolom_lain") for row in range(2, 2 + 12)]
    for reject in rejects:
        assert NIK[6:] not in reject.value.replace(" ", "").replace(".", "").replace("-", "")


@pytest.mark.parametrize(
    "text",
    [
        f"kode_proyek,tgl_daftar,no_sertifikat\nP-1,2024-01-31,{NIK}\n",
        f"wilayah,bulan,segmen,peserta_aktif,sumber\n16,2024-07,JAKON,1,{NIK}\n",
        f"nik,segmen,wilayah,mulai,program\n{NIK},BPU,16.71,2024-07-01,{OTHER_NIK}\n",
    ],
)
def test_a_nik_is_rejected_whatever_kind_of_file_holds_it(deliver, text: str):
    assert codes(deliver(text)) == [(2, "nik_di_kolom_lain")]


def test_a_long_project_code_that_is_no_possible_nik_lands(deliver):
    long_codes = [
        "167101010190001",
        "16710101019000012",
        "2024010101900001",  # no such province
        "1671013202900001",  # no such day
        "1671010101900000",  # no such serial
        "16710101/01900001",
    ]
    rows = [f"{code},Jalan,16.71,Dinas,2024-01-01,2024-12-31" for code in long_codes]
    assert deliver("\n".join([PROJECT, *rows])).rejects == []


def test_a_kpj_has_eleven_digits(deliver):
    kpjs = ["24000000001", "", "2400000001", "2400000000A"]
    result = deliver(roster(*(f"{NIK},{kpj},P-{number},2024-07-01," for number, kpj in enumerate(kpjs))))
    assert codes(result) == [(4, "bentuk_kpj"), (5, "bentuk_kpj")]


def test_the_columns_of_a_registration(deliver):
    cells = [
        ("npp", "AB12345", "bentuk_npp"),
        ("npp", "AB123456", None),
        ("no_proyek_bpjs", "240000000001", "bentuk_no_proyek_bpjs"),
        ("no_proyek_bpjs", "2400000000001", None),
        ("no_proyek_bpjs", "2.4E+12", "digit_hilang"),
        ("iuran_dibayar", "-1", "angka_negatif"),
        ("iuran_dibayar", "0", None),
        ("tgl_bayar", "32/01/2024", "tanggal_mustahil"),
        ("tgl_bayar", "31/01/2024", None),
    ]
    told = codes(deliver(one_cell_a_row("kode_proyek,tgl_daftar", "P-{number},2024-01-31", cells)))
    expected = {(row, code) for row, (_, _, code) in enumerate(cells, 2) if code}
    assert set(told) == expected | {(6, "bentuk_no_proyek_bpjs")}  # what became a number has not its digits either


def test_a_registration_needs_a_project_or_a_work_order(deliver):
    result = deliver("kode_proyek,no_spk,tgl_daftar\n,,2024-01-31\nP-1,,2024-01-31\n,SPK/1,2024-01-31\n")
    assert codes(result) == [(2, "salah_satu_wajib")]


def test_a_project_number_that_became_a_number_is_rejected(deliver):
    rows = [["nik", "kode_proyek", "mulai"], [NIK, 1234567890123456, "2024-07-01"], [OTHER_NIK, 12345, "2024-07-01"]]
    assert codes(deliver(rows)) == [(2, "digit_hilang")]


def test_an_unknown_place_comes_with_the_nearest_names(deliver):
    result = deliver(f"{PROJECT}\nP-1,Jalan,Palembnag,Dinas,2024-01-01,2024-12-31\n{GOOD_PROJECT}\n")
    assert codes(result) == [(2, "wilayah_tidak_dikenal")]
    assert "Kota Palembang" in result.rejects[0].message
    assert result.rejects[0].value == "Palembnag"


def test_the_columns_of_a_project(deliver):
    cells = [
        ("sumber_dana", "Dana Desa Gaib", "sumber_dana_tidak_dikenal"),
        ("sumber_dana", "APBN", None),
        ("jenis_pemilik", "Perorangan Gaib", "jenis_pemilik_tidak_dikenal"),
        ("jenis_pemilik", "Swasta", None),
        ("cara_pelaksanaan", "Gotong royong", "cara_pelaksanaan_tidak_dikenal"),
        ("cara_pelaksanaan", "Pengadaan Langsung", None),
        ("termasuk_ppn", "mungkin", "bukan_ya_tidak"),
        ("termasuk_ppn", "Ya", None),
        ("nilai_kontrak", "-5", "angka_negatif"),
        ("nilai_kontrak", "(5)", "angka_negatif"),
        ("nilai_kontrak", "lima juta", "bukan_angka"),
        ("nilai_kontrak", "1" + "0" * 16, "angka_terlalu_besar"),
        ("nilai_kontrak", "9" * 16, None),
        ("tenaga_kerja", "-1", "angka_negatif"),
        ("tenaga_kerja", "2.5", "bukan_bilangan_bulat"),
        ("tenaga_kerja", str(2**31), "angka_terlalu_besar"),
        ("tenaga_kerja", str(2**31 - 1), None),
        ("selesai_pemeliharaan", "2024-12-30", "selesai_sebelum_mulai"),
        ("selesai_pemeliharaan", "2024-12-31", None),
        ("tgl_spk", "16/08/1945", "tanggal_terlalu_lampau"),
        ("tgl_spk", "17/08/1945", None),
        ("tgl_spk", "2035-07-01", "tanggal_terlalu_jauh"),
        ("tgl_spk", "2035-06-30", None),
        ("penyedia", "P" * 201, "terlalu_panjang"),
        ("penyedia", "P" * 200, None),
    ]
    result = deliver(one_cell_a_row(PROJECT, "P-{number},Jalan,16.71,Dinas,2024-01-01,2024-12-31", cells))
    assert codes(result) == [(row, code) for row, (_, _, code) in enumerate(cells, 2) if code]


@pytest.mark.parametrize(("posisi_data", "reasons"), [("30/6/2025", []), ("1/7/2025", [(2, "sesudah_hari_ini")])])
def test_data_cannot_be_as_of_a_day_after_today(deliver, posisi_data: str, reasons: list):
    assert codes(deliver(project("posisi_data", posisi_data))) == reasons


@pytest.mark.parametrize(("owner", "reasons"), [("*", ["bukan_nama"]), (" ? ", ["bukan_nama"]), ("**", []), ("A*", [])])
def test_an_owner_is_not_named_by_the_mark_of_a_group(deliver, owner: str, reasons: list):
    result = deliver(f"{PROJECT}\nP-1,Jalan,16.71,{owner},2024-01-01,2024-12-31\n{GOOD_PROJECT}\n")
    assert [reject.code for reject in result.rejects] == reasons


def test_an_end_before_its_start_is_rejected(deliver):
    result = deliver(roster(f"{NIK},,P-1,2024-07-02,2024-07-01", f"{NIK},,P-2,2024-07-01,2024-07-01"))
    assert codes(result) == [(2, "selesai_sebelum_mulai")]
    assert "2024-07-02" in result.rejects[0].message


def test_an_estimate_outside_its_own_bounds_is_rejected(deliver):
    header = "wilayah,sektor,per_tanggal,pekerja,bawah,atas,sumber"
    rows = ["16,konstruksi,2024-08-31,100,101,200,BPS", "16,konstruksi,2023-08-31,100,100,100,BPS"]
    assert codes(deliver("\n".join([header, *rows]))) == [(2, "batas_terbalik")]


def test_an_unknown_sector_or_segment_is_rejected(deliver):
    header = "wilayah,bulan,segmen,sektor,peserta_aktif,sumber"
    rows = ["16,2024-07,JAKO,konstruksi,1,K", "16,2024-07,PU,sihir,1,K", "16,2024-07,PU,konstruksi,1,K"]
    assert codes(deliver("\n".join([header, *rows]))) == [(2, "segmen_tidak_dikenal"), (3, "sektor_tidak_dikenal")]


def test_a_membership_needs_what_its_segment_hangs_on(deliver):
    header = "nik,segmen,kode_proyek,wilayah,mulai"
    rows = [f"{NIK},JAKON,,16.71,2024-07-01", f"{NIK},PU,P-1,,2024-07-01", f"{NIK},BPU,,16.71,2024-07-01"]
    result = deliver("\n".join([header, *rows]))
    assert [(reject.row, reject.column) for reject in result.rejects] == [(2, "kode_proyek"), (3, "wilayah")]


def test_every_copy_of_a_key_is_rejected_and_told_of_the_others(deliver):
    row = f"{NIK},,P-1,2024-07-01,"
    result = deliver(roster(row, f"{NIK},,P-2,2024-07-01,", f"{NIK},,P-1,1/7/2024,2024-12-31"))
    assert codes(result) == [(2, "kunci_ganda"), (4, "kunci_ganda")]
    assert "baris 2, 4" in result.rejects[0].message


def test_the_project_number_of_bpjs_alone_is_the_key_of_a_registration(deliver):
    rows = ["P-1,2400000000001,2024-01-01", "P-1,2400000000002,2024-01-01", "P-2,2400000000001,2024-02-02"]
    result = deliver("\n".join(["kode_proyek,no_proyek_bpjs,tgl_daftar", *rows]))
    assert codes(result) == [(2, "kunci_ganda"), (4, "kunci_ganda")]


def test_without_it_project_and_day_are_the_key(deliver):
    rows = ["P-1,,2024-01-01", "P-1,,2024-01-02", "P-1,,2024-01-01", "P-1,2400000000001,2024-01-01"]
    result = deliver("\n".join(["kode_proyek,no_proyek_bpjs,tgl_daftar", *rows]))
    assert codes(result) == [(2, "kunci_ganda"), (4, "kunci_ganda")]


def test_two_unreadable_keys_are_not_called_the_same(deliver):
    rows = [f"{NIK},BPU,Entah,2024-07-01", f"{NIK},BPU,Antah,2024-07-01"]
    result = deliver("\n".join(["nik,segmen,wilayah,mulai", *rows]))
    assert codes(result) == [(2, "wilayah_tidak_dikenal"), (3, "wilayah_tidak_dikenal")]


def test_a_blank_part_of_a_key_counts_as_a_value(deliver):
    rows = ["16,2024-07,JAKON,,1,K", "16,2024-07,JAKON,konstruksi,1,K", "16,2024-07,JAKON,,2,K"]
    result = deliver("\n".join(["wilayah,bulan,segmen,sektor,peserta_aktif,sumber", *rows]))
    assert codes(result) == [(2, "kunci_ganda"), (4, "kunci_ganda")]


def test_more_cells_than_headers_are_rejected(deliver):
    result = deliver(roster(f"{NIK},,P-1,2024-07-01,,1,234", f"{NIK},,P-2,2024-07-01,,,"))
    assert codes(result) == [(2, "sel_berlebih")]


def test_a_reject_names_the_column_as_the_file_spells_it(deliver):
    result = deliver(f"NIK;Kode Proyek;Tgl Mulai Bekerja\n{NIK};P-1;31/02/2024\n")
    assert result.rejects[0].column == "Tgl Mulai Bekerja"
    assert (result.rows_accepted, result.batch) == (0, 1)
