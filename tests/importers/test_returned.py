"""Refused rows go back as the workbook that was sent, and come in again by the rows that correct them."""

import io
import os
import tempfile
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import CakupanError, FileRefused
from data.home import Home
from data.importers import KINDS, Kind, import_file, import_files
from data.importers import returned as returning
from data.importers.choice import Choice
from data.importers.kinds import REFERENCE, RETURNED_HEADERS
from data.importers.returned import GUIDE, returned
from data.ledger import open_ledger, status, undo
from tests.importers.conftest import NIK, OTHER_NIK, TODAY, codes, write_workbook
from tests.importers.procurement_records import announced, contracted, ordered, paid, write_set
from tests.importers.test_random_tables import TYPED, cells, random_tables
from tests.worlds import begin

HEADER = ["NIK", "Nama", "Kode Proyek", "Mulai"]
GOOD = [NIK, "Budi", "P-1", "1/7/2024"]
SHORT_NIK = ["16710101", "Siti", "P-1", "31/2/2024"]
NO_PROJECT = [OTHER_NIK, "Ani", "", "1/7/2024"]


def as_csv(*rows: list[str]) -> str:
    return "".join(";".join(row) + "\n" for row in rows)


def rows_of(content: bytes) -> list[list]:
    """The cells of the only sheet, without the blank ones at the end of a row."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    return [row[: max((at + 1 for at, cell in enumerate(row) if cell is not None), default=0)] for row in rows]


def correct(content: bytes, path: Path, changes: dict[tuple[int, int], str]) -> Path:
    """The workbook with some cells, by row and column from 1, written anew as a person would."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for (row, column), value in changes.items():
        book.worksheets[0].cell(row, column, value)
    book.save(path)
    return path


def open_rows(home: Home) -> list[tuple[int, int]]:
    """Of every batch: refused rows put right later, and those still open."""
    return [(batch["rows_corrected"], batch["rows_open"]) for batch in status(home)["batches"]]


def test_the_refused_rows_of_a_csv_go_back_below_its_titles_with_reason_remedy_and_reference(deliver, home: Home):
    deliver("DAFTAR TENAGA KERJA\n" + as_csv(HEADER, GOOD, SHORT_NIK, NO_PROJECT))
    made = returned(home, 1)
    assert (made.name, made.rows) == ("perbaikan-batch-1.xlsx", 2)
    assert rows_of(made.content) == [
        [GUIDE],
        ["DAFTAR TENAGA KERJA"],
        [*HEADER, "Baris asal", "Alasan penolakan", "Perbaikan", "Rujukan baris"],
        [
            *SHORT_NIK, "4",
            "Mulai: Tanggal ini tidak ada dalam kalender.\nNIK: NIK harus 16 digit, ini 8 karakter.",
            "Periksa hari dan bulannya; hari ditulis dahulu.\nPeriksa NIK pada KTP.", "B1:4",
        ],
        [*NO_PROJECT[:2], None, NO_PROJECT[3], "5", "Kode Proyek: Sel wajib kosong.", "Isi sel ini.", "B1:5"],
    ]  # fmt: skip


def test_the_cells_that_are_wrong_are_marked_and_no_others(deliver, home: Home):
    deliver(as_csv(HEADER, GOOD, SHORT_NIK))
    sheet = openpyxl.load_workbook(io.BytesIO(returned(home, 1).content)).worksheets[0]
    fills = [sheet.cell(3, column).fill.fgColor.rgb[-6:] for column in (1, 2, 3, 4)]
    assert [fill == returning.COLOURS["wrong"].strip("#") for fill in fills] == [True, False, False, True]


def test_a_row_and_its_reasons_are_printed_beside_each_other(deliver, home: Home):
    deliver(as_csv(HEADER, GOOD, SHORT_NIK))
    sheet = openpyxl.load_workbook(io.BytesIO(returned(home, 1).content)).worksheets[0]
    page, fitted = sheet.page_setup, sheet.sheet_properties.pageSetUpPr
    # Fitted to one page wide, which a file leaves out, and as many long as it takes.
    assert (page.orientation, page.paperSize, page.fitToWidth or 1, page.fitToHeight) == ("landscape", 9, 1, 0)
    assert fitted is not None and fitted.fitToPage


def test_a_row_is_as_high_as_its_reasons(deliver, home: Home):
    deliver(as_csv(HEADER, GOOD, SHORT_NIK, NO_PROJECT))
    sheet = openpyxl.load_workbook(io.BytesIO(returned(home, 1).content)).worksheets[0]
    # Two remedies, the first of 47 letters in a column of 50 with room for 46; then one, of the height of every row.
    assert [sheet.row_dimensions[row].height for row in (3, 4)] == [(2 + 1) * 15, None]


def test_what_stands_right_of_the_header_stays_right_of_all(deliver, home: Home, tmp_path: Path):
    deliver(as_csv(HEADER, GOOD, [OTHER_NIK, "Ani", "P-1", "1/7/2024", "x", "y"]))
    content = returned(home, 1).content
    assert rows_of(content)[2][4:] == [
        "3", "Baris ini punya lebih banyak sel daripada judul kolom.", returning.MOVE_LEFT, "B1:3", "x", "y",
    ]  # fmt: skip
    again = correct(content, tmp_path / "lagi.xlsx", {})
    assert codes(import_file(home, again, today=TODAY)[0]) == [(3, "sel_berlebih")]


def test_a_workbook_goes_back_with_its_sheet_its_titles_and_cells_of_their_types(home: Home, tmp_path: Path):
    path = tmp_path / "kiriman.xlsx"
    day = date(2024, 7, 1)
    write_workbook(
        path,
        {
            "Petunjuk": [["Isi lembar berikut"]],
            "TK Juli": [
                ["DAFTAR"],
                [],
                ["No", *HEADER, "Upah"],
                [1, *GOOD, 0],
                [2, 1671014101900002, "=1+1", 12, day, 1.5],
            ],
        },
    )
    import_file(home, path, today=TODAY)
    content = returned(home, 1).content
    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames == ["TK Juli"]
    assert rows_of(content)[:4] == [[GUIDE], ["DAFTAR"], [], ["No", *HEADER, "Upah", *RETURNED_HEADERS]]
    assert rows_of(content)[4][:6] == [2, 1671014101900002, "=1+1", 12, datetime(2024, 7, 1), 1.5]  # noqa: DTZ001


def test_a_nik_that_lost_digits_stays_a_number_and_is_typed_anew_as_text(home: Home, tmp_path: Path):
    path = tmp_path / "kiriman.xlsx"
    write_workbook(path, {"A": [HEADER, [1671014101900002, *GOOD[1:]]]})
    import_file(home, path, today=TODAY)
    content = returned(home, 1).content
    cell = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].cell(3, 1)
    assert (cell.value, cell.number_format) == (1671014101900002, "@")
    again = import_file(home, correct(content, tmp_path / "lagi.xlsx", {}), today=TODAY)[0]
    assert codes(again) == [(3, "nik_angka")]
    fixed = import_file(home, correct(content, tmp_path / "betul.xlsx", {(3, 1): OTHER_NIK}), today=TODAY)[0]
    assert fixed.rows_accepted == 1


def test_a_header_in_two_rows_is_found_again(home: Home, tmp_path: Path):
    path = tmp_path / "kiriman.xlsx"
    header = [["NIK", "Kode Proyek", "Tanggal", ""], ["", "", "Mulai", "Selesai"]]
    write_workbook(path, {"A": [*header, [NIK, "P-1", "32/7/2024", "31/12/2024"]]})
    import_file(home, path, today=TODAY)
    fixed = correct(returned(home, 1).content, tmp_path / "betul.xlsx", {(4, 3): "1/7/2024"})
    assert import_file(home, fixed, today=TODAY)[0].rows_accepted == 1
    assert open_rows(home) == [(1, 0), (0, 0)]


def test_the_mark_that_decided_a_number_goes_with_it(deliver, home: Home, tmp_path: Path):
    header = "kode_proyek;nama_proyek;wilayah;pemilik;mulai;selesai;nilai_kontrak"
    good, bad = "P-1;A;16.71;D;1/1/2024;2/1/2024;1,234.5", "P-2;B;16.71;D;1/1/2024;32/1/2024;1.234"
    deliver(f"{header}\n{good}\n{bad}\n")
    fixed = correct(returned(home, 1).content, tmp_path / "betul.xlsx", {(3, 6): "2/1/2024"})
    import_file(home, fixed, today=TODAY)
    with open_ledger(home) as ledger:
        [(value,)] = ledger.execute("select nilai_kontrak from proyek where kode_proyek = 'P-2'").fetchall()
    assert float(value) == 1.23  # one rupiah and twenty-three sen, not 1.234 rupiah


def test_corrected_rows_close_refused_ones_and_an_undo_opens_them_again(deliver, home: Home, tmp_path: Path):
    deliver(as_csv(HEADER, GOOD, SHORT_NIK, NO_PROJECT))
    assert open_rows(home) == [(0, 2)]
    fixed = correct(returned(home, 1).content, tmp_path / "betul.xlsx", {(4, 3): "P-1"})
    result = import_file(home, fixed, today=TODAY)[0]
    assert "1 baris yang dahulu ditolak kini diterima, 1 masih ditolak." in result.notes
    assert open_rows(home) == [(1, 0), (0, 1)]  # the other one is open where it came last
    undo(home, 2)
    assert open_rows(home) == [(0, 2), (0, 0)]


def test_a_row_that_is_refused_twice_is_put_right_for_both_deliveries(deliver, home: Home, tmp_path: Path):
    deliver(as_csv(HEADER, GOOD, NO_PROJECT))
    once = correct(returned(home, 1).content, tmp_path / "lagi.xlsx", {})
    import_file(home, once, today=TODAY)
    assert open_rows(home) == [(0, 0), (0, 1)]
    content = returned(home, 2).content
    assert rows_of(content)[1] == [*HEADER, *RETURNED_HEADERS]
    assert rows_of(content)[2][-1] == "B2:3"
    import_file(home, correct(content, tmp_path / "betul.xlsx", {(3, 3): "P-1"}), today=TODAY)
    assert open_rows(home) == [(1, 0), (1, 0), (0, 0)]


def test_a_returned_workbook_that_is_sent_twice_leaves_only_the_last_refusals_open(deliver, home, tmp_path):
    deliver(as_csv(HEADER, GOOD, SHORT_NIK, NO_PROJECT))
    content = returned(home, 1).content
    half = {(4, 3): "P-1"}
    import_file(home, correct(content, tmp_path / "separuh.xlsx", half), today=TODAY)
    assert open_rows(home) == [(1, 0), (0, 1)]
    whole = half | {(3, 1): NIK, (3, 4): "1/8/2024"}
    import_file(home, correct(content, tmp_path / "utuh.xlsx", whole), today=TODAY)
    assert open_rows(home) == [(2, 0), (1, 0), (0, 0)]
    undo(home, 3)
    assert open_rows(home)[:2] == [(1, 0), (0, 1)]


def test_status_groups_what_is_open_by_its_reason(deliver, home: Home):
    deliver(as_csv(HEADER, GOOD, SHORT_NIK, NO_PROJECT, ["16710102", *NO_PROJECT[1:]]))
    (batch,) = status(home)["batches"]
    assert (batch["rows_rejected"], batch["rows_open"]) == (3, 3)
    assert batch["reasons"] == [
        {"code": "nik_bukan_16_digit", "rows": 2}, {"code": "wajib_kosong", "rows": 2},
        {"code": "tanggal_mustahil", "rows": 1},
    ]  # fmt: skip


def test_a_corrected_row_is_as_old_as_its_delivery_and_loses_to_what_came_in_between(deliver, home, tmp_path):
    header = "kode_proyek;nama_proyek;wilayah;pemilik;mulai;selesai"
    deliver(f"{header}\nP-1;A;16.71;D;1/1/2024;32/1/2024\n", name="januari.csv", data_as_of=date(2024, 1, 31))
    content = returned(home, 1).content
    import_file(home, correct(content, tmp_path / "betul.xlsx", {(3, 6): "2/1/2024"}), today=TODAY)
    with open_ledger(home) as ledger:
        assert ledger.execute("select data_as_of from proyek").fetchall() == [(date(2024, 1, 31),)]


def test_a_position_that_is_told_for_the_corrected_file_counts(deliver, home, tmp_path):
    header = "kode_proyek;nama_proyek;wilayah;pemilik;mulai;selesai"
    deliver(f"{header}\nP-1;A;16.71;D;1/1/2024;32/1/2024\n", data_as_of=date(2024, 1, 31))
    fixed = correct(returned(home, 1).content, tmp_path / "betul.xlsx", {(3, 6): "2/1/2024"})
    import_file(home, fixed, today=TODAY, data_as_of=date(2024, 2, 29))
    with open_ledger(home) as ledger:
        assert ledger.execute("select data_as_of from proyek").fetchall() == [(date(2024, 2, 29),)]


@pytest.mark.parametrize("reference", ["B1:2", "B7:3", "B2:3", "9:9999999999", "apa saja"])
def test_a_reference_that_points_at_no_refused_row_costs_no_row_and_closes_nothing(deliver, home, reference):
    deliver(as_csv(HEADER, GOOD, SHORT_NIK))
    deliver("wilayah;bulan;segmen;peserta_aktif;sumber\n;2024-07;PU;5;BPJS\n;2024-08;PU;5;BPJS\n", name="rekap.csv")
    result = deliver(as_csv([*HEADER, REFERENCE.name], [OTHER_NIK, *GOOD[1:], reference]), name="lain.csv")
    assert (result.rows_accepted, result.rows_rejected) == (1, 0)
    assert any(note.startswith("1 rujukan tidak menunjuk baris tenaga_kerja yang ditolak") for note in result.notes)
    assert open_rows(home)[0] == (0, 1)


def test_a_row_of_an_undone_delivery_is_not_closed(deliver, home, tmp_path):
    deliver(as_csv(HEADER, GOOD, NO_PROJECT))
    fixed = correct(returned(home, 1).content, tmp_path / "betul.xlsx", {(3, 3): "P-1"})
    undo(home, 1)
    result = import_file(home, fixed, today=TODAY)[0]
    assert (result.rows_accepted, open_rows(home)) == (1, [(0, 0), (0, 0)])


def test_a_refused_row_that_begins_like_a_total_is_no_total_on_its_way_back(deliver, home, tmp_path):
    header = "nama_proyek;kode_proyek;wilayah;pemilik;mulai;selesai"
    deliver(f"{header}\nTotal Rehab;P-1;16;D;1/1/2024;32/1/2024\nJalan;P-2;16;D;1/1/2024;2/1/2024\n")
    again = correct(returned(home, 1).content, tmp_path / "lagi.xlsx", {})
    assert codes(import_file(home, again, today=TODAY)[0]) == [(3, "tanggal_mustahil")]


def test_a_batch_of_before_its_layout_was_kept_is_recognised_anew(deliver, home: Home):
    deliver(as_csv(HEADER, GOOD, NO_PROJECT))
    before = rows_of(returned(home, 1).content)
    with open_ledger(home) as ledger:
        ledger.execute("update batch set layout = null")
    assert rows_of(returned(home, 1).content) == before


def test_a_table_that_a_person_mapped_goes_back_and_is_known_when_it_returns(home: Home, tmp_path: Path):
    path = tmp_path / "kiriman.csv"
    path.write_text(as_csv(["Identitas", "Nama", "Pekerjaan", "Tmt"], GOOD, NO_PROJECT), "utf-8")
    choice = Choice(None, "tenaga_kerja", 1, 1, {"nik": 0, "kode_proyek": 2, "mulai": 3})
    import_files(home, [path], today=TODAY, sender="Dinas PUPR", choices={path.name: [choice]})
    fixed = correct(returned(home, 1).content, tmp_path / "betul.xlsx", {(3, 3): "P-1"})
    (result,) = import_files(home, [fixed], today=TODAY, sender="Dinas PUPR")
    assert (result.rows_accepted, open_rows(home)) == (1, [(1, 0), (0, 0)])


def test_nothing_is_written_to_a_disk_in_clear(deliver, home: Home, monkeypatch: pytest.MonkeyPatch):
    deliver(as_csv(HEADER, GOOD, SHORT_NIK))
    before = sorted(home.root.rglob("*"))
    monkeypatch.setattr(tempfile, "tempdir", os.devnull)  # a folder in which nothing can be made
    assert returned(home, 1).rows == 1
    assert sorted(home.root.rglob("*")) == before


def test_of_a_procurement_set_a_table_of_reasons_goes_back(home: Home, tmp_path: Path):
    folder = write_set(
        tmp_path / "set", a=[announced(10001)], b=[contracted(10001), contracted(10002)], c=[ordered(10001)]
    )
    result = import_file(home, folder, today=TODAY)[0]
    assert (result.kind, codes(result)) == ("proyek", [(2, "tanpa_pengumuman")])
    made = returned(home, result.batch or 0)
    guide, headings, *reasons = rows_of(made.content)
    assert (guide[0][:14], headings[0], headings[3]) == ("Data pengadaan", "Baris", "Alasan penolakan")
    assert [int(row[0]) for row in reasons] == [reject.row for reject in result.rejects]


def test_packages_that_are_no_construction_or_without_a_contract_ask_nothing_of_anybody(home: Home, tmp_path: Path):
    goods = announced(10003, jenis_pengadaan="Pengadaan Barang")
    folder = write_set(
        tmp_path / "set", a=[announced(10001), announced(10002), goods], c=[ordered(10001)],
        b=[contracted(10001), contracted(10003), contracted(10004)], d=[paid(10001), paid(10003)],
    )  # fmt: skip
    results = {result.kind: result for result in import_file(home, folder, today=TODAY)}
    assert codes(results["proyek"]) == [
        (2, "belum_berkontrak"), (3, "bukan_konstruksi"), (4, "tanpa_pengumuman"),
    ]  # fmt: skip
    assert [code for _, code in codes(results["pembayaran"])] == ["pembayaran_tanpa_proyek"]
    # What is open: the contract without an announcement; neither the unsigned one, nor the goods, nor their payment.
    refused = {kind: (result.rows_rejected, result.batch) for kind, result in results.items()}
    assert {kind: rows for kind, (rows, _) in refused.items()} == {"proyek": 3, "pembayaran": 1}
    told = {batch["kind"]: (batch["rows_open"], batch["reasons"]) for batch in status(home)["batches"]}
    assert told == {"proyek": (1, [{"code": "tanpa_pengumuman", "rows": 1}]), "pembayaran": (0, [])}
    with pytest.raises(CakupanError, match="tidak ada yang perlu diperbaiki"):
        returned(home, refused["pembayaran"][1] or 0)


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("none", r"^Batch 9 tidak ada; lihat nomor batch dengan perintah status\.$"),
        ("undone", r"^Batch 1 sudah dibatalkan; tidak ada baris yang perlu diperbaiki\.$"),
        ("accepted", r"^Semua baris batch 1 \(kiriman.csv\) diterima; tidak ada yang perlu diperbaiki\.$"),
        ("purged", r"^Berkas asli batch 1 \(kiriman.csv\) sudah dihapus karena melewati masa simpannya; "),
        ("many", r"^2 baris batch 1 \(kiriman.csv\) ditolak, terlalu banyak untuk dikembalikan; "),
    ],
)
def test_what_cannot_go_back_is_said_in_one_sentence(deliver, home, monkeypatch, what: str, said: str):
    deliver(as_csv(HEADER, GOOD) if what == "accepted" else as_csv(HEADER, GOOD, SHORT_NIK, NO_PROJECT))
    if what == "undone":
        undo(home, 1)
    if what == "purged":
        next(home.uploads_dir.glob("*.aes")).unlink()
    monkeypatch.setattr(returning, "MOST_ROWS", 1 if what == "many" else 2)
    with pytest.raises(CakupanError, match=said):
        returned(home, 9 if what == "none" else 1)


@random_tables(8)
@given(data=st.data(), kind=st.sampled_from(list(KINDS.values())))
def test_every_refused_row_goes_back_once_and_is_refused_again_for_the_same_reasons(data: st.DataObject, kind: Kind):
    names = [column.name for column in kind.columns if column is not REFERENCE]
    held = TYPED.filter(lambda cell: abs(cell) < 1e300 if isinstance(cell, float) else True)  # as a spreadsheet can
    row = st.tuples(cells(kind), st.lists(st.none() | held, min_size=len(names), max_size=len(names)))
    drawn = data.draw(st.lists(row, min_size=1, max_size=8))
    # Cells of one row, some of them typed: the last column, the reference, is left away.
    rows = [[text if typed is None else typed for text, typed in zip(pair[0], pair[1], strict=False)] for pair in drawn]
    with TemporaryDirectory() as folder:
        home, path = Home(Path(folder) / "home"), Path(folder) / "kiriman.xlsx"
        begin(home)
        write_workbook(path, {"A": [names, *rows]})
        try:
            (first,) = import_file(home, path, kind=kind.name, today=TODAY)
        except FileRefused:
            return
        if not first.rejects:
            return
        path.write_bytes(returned(home, 1).content)
        origin = {at: int(row[len(names)]) for at, row in enumerate(rows_of(path.read_bytes()), 1) if at > 2}
        assert sorted(origin.values()) == sorted({reject.row for reject in first.rejects})
        (second,) = import_file(home, path, kind=kind.name, today=TODAY)
        assert {(origin[row], code) for row, code in codes(second)} == set(codes(first))
        assert open_rows(home) == [(0, 0), (0, len(origin))]
