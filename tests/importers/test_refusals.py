"""Files that are refused as a whole, with one sentence."""

import re
import zipfile
from pathlib import Path

import pytest

from data.errors import FileRefused
from data.home import Home
from data.importers import files, import_file, workbook
from tests.importers.conftest import NIK, write_workbook

ROSTER = f"nik,kode_proyek,mulai\n{NIK},P-1,2024-07-01\n"
ROSTER_ROWS = [["nik", "kode_proyek", "mulai"], [NIK, "P-1", "2024-07-01"]]


@pytest.fixture
def home(empty_home: Home) -> Home:
    """None that has begun: a refused file makes no ledger."""
    return empty_home


def refusal(home: Home, path: Path, **options) -> str:
    with pytest.raises(FileRefused) as refused:
        import_file(home, path, **options)
    sentence = str(refused.value)
    assert "\n" not in sentence
    assert not home.ledger_path.exists()
    return sentence


def written(tmp_path: Path, content: bytes, name: str = "kiriman.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_a_folder_is_refused(home: Home, tmp_path: Path):
    assert "adalah folder" in refusal(home, tmp_path)


def test_a_missing_file_is_refused(home: Home, tmp_path: Path):
    assert refusal(home, tmp_path / "tiada.csv").startswith("Berkas tiada.csv tidak ada")


@pytest.mark.parametrize("content", [b"", b"\n\n \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(home: Home, tmp_path: Path, content: bytes):
    sentence = refusal(home, written(tmp_path, content))
    assert "kosong" in sentence or "tidak berisi apa pun" in sentence


@pytest.mark.parametrize(
    ("start", "what"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n", "gambar"),
        (b'{"a": 1}', "JSON"),
        (b"<html>", "HTML"),
        (b"\x1f\x8b", "gzip"),
    ],
)
def test_another_kind_of_file_is_refused_by_its_content(home: Home, tmp_path: Path, start: bytes, what: str):
    assert what in refusal(home, written(tmp_path, start + b" isi", "kiriman.csv"))


def test_an_archive_that_is_no_workbook_is_refused(home: Home, tmp_path: Path):
    path = tmp_path / "kiriman.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert "bukan buku kerja XLSX" in refusal(home, path)


def test_an_old_workbook_is_refused(home: Home, tmp_path: Path):
    assert ".xls" in refusal(home, written(tmp_path, files.OLE_START + bytes(600), "lama.xls"))


def test_an_encrypted_workbook_is_refused(home: Home, tmp_path: Path):
    content = files.OLE_START + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    assert "kata sandi" in refusal(home, written(tmp_path, content, "kiriman.xlsx"))


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_workbook_is_refused(home: Home, tmp_path: Path, kept: float):
    path = tmp_path / "kiriman.xlsx"
    write_workbook(path, {"A": ROSTER_ROWS})
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    assert "terpotong" in refusal(home, path)


def test_a_damaged_member_of_a_workbook_is_refused(home: Home, tmp_path: Path):
    path = tmp_path / "kiriman.xlsx"
    write_workbook(path, {"A": ROSTER_ROWS * 50})
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("xl/worksheets/sheet1.xml").header_offset + 60
    content[start : start + 40] = b"\xff" * 40
    path.write_bytes(content)
    assert "rusak" in refusal(home, path)


def test_a_workbook_that_unpacks_far_beyond_its_size_is_refused(home: Home, tmp_path: Path):
    path = tmp_path / "bom.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(workbook.RATIO_FREE_BYTES * 2))
    assert "terlalu besar setelah dibuka" in refusal(home, path)


def test_a_workbook_that_lies_about_its_unpacked_size_is_refused(home: Home, tmp_path: Path):
    path = tmp_path / "bom.xlsx"
    size = workbook.RATIO_FREE_BYTES * 2
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(size))
    path.write_bytes(path.read_bytes().replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little")))
    assert "terlalu besar setelah dibuka" in refusal(home, path)


SHEET, TEXTS, RELATIONS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels"


def remake(path: Path, change) -> None:
    """Write a workbook anew with its members as `change` leaves them, in their order."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def as_made(_members: dict[str, bytes]) -> None:
    """The sheet where every program puts it."""


def in_another_folder(members: dict[str, bytes]) -> None:
    members["xl/data/s1.bin"] = members.pop(SHEET)
    members[RELATIONS] = members[RELATIONS].replace(b"worksheets/sheet1.xml", b"data/s1.bin")


def outside_of_xl(members: dict[str, bytes]) -> None:
    members["s1.xml"] = members.pop(SHEET)
    members[RELATIONS] = members[RELATIONS].replace(b"worksheets/sheet1.xml", b"/s1.xml")


def in_capitals(members: dict[str, bytes]) -> None:
    members["XL/WORKSHEETS/SHEET1.XML"] = members.pop(SHEET)


def texts_in_capitals_behind_the_sheet(members: dict[str, bytes]) -> None:
    members["xl/SharedStrings.XML"] = members.pop(TEXTS)


def with_prefixes(members: dict[str, bytes]) -> None:
    for name in (SHEET, TEXTS):
        members[name] = re.sub(rb"<(/?)(\w)", rb"<\1x:\2", members[name]).replace(b"xmlns=", b"xmlns:x=")


DISGUISES = [
    as_made, in_another_folder, outside_of_xl, in_capitals, texts_in_capitals_behind_the_sheet, with_prefixes,
]  # fmt: skip


@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_harmless_workbook_is_read_however_it_is_packed(home: Home, tmp_path: Path, disguise):
    path = tmp_path / "kiriman.xlsx"
    write_workbook(path, {"A": ROSTER_ROWS})
    remake(path, disguise)
    assert import_file(home, path)[0].rows_accepted == 1


@pytest.mark.parametrize("disguise", DISGUISES)
def test_one_cell_in_the_farthest_corner_is_refused(home: Home, tmp_path: Path, disguise):
    def stretch(members: dict[str, bytes]) -> None:
        members[SHEET] = members[SHEET].replace(b'r="A2"', b'r="XFD1048576"')
        disguise(members)

    path = tmp_path / "pojok.xlsx"
    write_workbook(path, {"A": [["nik", "kode_proyek", "mulai"], ["x"]]})
    remake(path, stretch)
    assert "terlalu besar setelah dibuka" in refusal(home, path)


@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_long_text_that_very_many_cells_share_is_refused(home: Home, tmp_path: Path, disguise):
    path = tmp_path / "bom.xlsx"
    cells = workbook.MAX_TEXT_BYTES // 30_000 + 10
    write_workbook(path, {"A": [["nik", "kode_proyek", "mulai"], *[["x" * 30_000]] * cells]})
    remake(path, disguise)
    assert path.stat().st_size < 2_000_000
    assert "terlalu besar setelah dibuka" in refusal(home, path)


@pytest.mark.parametrize("disguise", [as_made, with_prefixes])
def test_more_cells_than_can_be_held_are_refused_without_references(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, disguise
):
    def unreferenced(members: dict[str, bytes]) -> None:
        members[SHEET] = re.sub(rb' r="[A-Z]*\d+"', b"", members[SHEET])
        disguise(members)

    path = tmp_path / "kiriman.xlsx"
    write_workbook(path, {"A": ROSTER_ROWS * 50})
    remake(path, unreferenced)
    monkeypatch.setattr(workbook, "MAX_CELLS", 3 * 100 - 1)
    assert "terlalu besar setelah dibuka" in refusal(home, path)


def test_a_file_beyond_the_size_limit_is_refused(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(files, "MAX_FILE_BYTES", len(ROSTER) - 1)
    assert "terlalu besar" in refusal(home, written(tmp_path, ROSTER.encode()))


def test_a_missing_column_is_named(home: Home, tmp_path: Path):
    sentence = refusal(home, written(tmp_path, b"NIK,NO KPJ,TGL MULAI BEKERJA,UPAH\n1,2,3,4\n"))
    assert "tenaga_kerja: kode_proyek;" in sentence


def test_alternatives_are_named_when_both_are_missing(home: Home, tmp_path: Path):
    sentence = refusal(home, written(tmp_path, b"tgl_daftar,tgl_bayar,npp\n2024-07-01,,\n"))
    assert "pendaftaran: kode_proyek atau no_spk;" in sentence


def test_a_doubled_column_is_named_with_both_spellings(home: Home, tmp_path: Path):
    sentence = refusal(home, written(tmp_path, b"nik,No. KTP,kode_proyek,mulai\n1,1,P,2024-07-01\n"))
    assert "Kolom nik ada dua kali" in sentence
    assert "'nik' dan 'No. KTP'" in sentence


@pytest.mark.parametrize(
    "content",
    [ROSTER.encode("utf-16"), ROSTER.encode("utf-16-le"), ROSTER.replace("P-1", "P\u00e9").encode("latin-1")],
)
def test_another_encoding_is_refused(home: Home, tmp_path: Path, content: bytes):
    assert "CSV UTF-8" in refusal(home, written(tmp_path, content))


def test_the_row_of_the_first_foreign_byte_is_told(home: Home, tmp_path: Path):
    assert "Baris 2 dari" in refusal(home, written(tmp_path, ROSTER.replace("P-1", "P\u00e9").encode("latin-1")))


def test_an_unknown_header_is_refused_without_quoting_a_cell(home: Home, tmp_path: Path):
    sentence = refusal(home, written(tmp_path, f"{NIK},Budi Santoso\n".encode()))
    assert "tidak dikenali" in sentence
    assert NIK not in sentence
    assert "Budi" not in sentence


def test_an_unknown_kind_is_refused(home: Home, tmp_path: Path):
    assert "Jenis 'roster' tidak dikenal" in refusal(home, written(tmp_path, ROSTER.encode()), kind="roster")


def test_a_kind_that_the_header_does_not_fit_is_refused(home: Home, tmp_path: Path):
    assert "jenis kepesertaan: segmen" in refusal(home, written(tmp_path, ROSTER.encode()), kind="kepesertaan")


def test_an_unclosed_quote_is_refused(home: Home, tmp_path: Path):
    with pytest.raises(FileRefused, match="Tanda kutip"):
        import_file(home, written(tmp_path, ROSTER.encode() * 30 + b'"1,P-1,2024-07-01\n'))


@pytest.mark.parametrize("line", ['"1,P-1,2024-07-01\n1,P-1,2024-07-01\n', '"a" b,P-1,2024-07-01\n'])
def test_an_odd_quote_in_the_first_rows_is_told_by_its_line(home: Home, tmp_path: Path, line):
    """Cut at another delimiter the file can be read; then only its header would have seemed unknown."""
    assert "Tanda kutip sampai baris" in refusal(home, written(tmp_path, f"nik,kode_proyek,mulai\n{line}".encode()))


def test_a_file_of_nothing_but_a_byte_order_mark_holds_nothing(home: Home, tmp_path: Path):
    assert "tidak berisi apa pun" in refusal(home, written(tmp_path, b"\xef\xbb\xbf"))


def test_a_header_without_rows_is_refused(home: Home, tmp_path: Path):
    with pytest.raises(FileRefused, match="tidak berisi baris data"):
        import_file(home, written(tmp_path, b"nik,kode_proyek,mulai\n"))


def test_two_sheets_of_the_same_kind_are_refused(home: Home, tmp_path: Path):
    path = tmp_path / "kiriman.xlsx"
    write_workbook(path, {"Januari": ROSTER_ROWS, "Februari": ROSTER_ROWS})
    assert "'Januari' dan 'Februari'" in refusal(home, path)
