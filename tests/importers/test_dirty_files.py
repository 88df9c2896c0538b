"""Files that are damaged on their way: refused in a sentence or read, never a crash, and no row is lost."""

import csv
import io
import os
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.errors import CakupanError, FileRefused
from data.home import Home
from data.importers import ImportResult, import_file
from data.importers.files import open_file
from data.importers.recognise import RecognisedSheet, recognise
from tests.importers.conftest import NIK, OTHER_NIK, TODAY, write_workbook
from tests.worlds import begin

SAVED = Path(__file__).parents[1] / "fixtures" / "workbooks" / "libreoffice.xlsx"
with zipfile.ZipFile(SAVED) as archive:
    MEMBERS = {name: archive.read(name) for name in archive.namelist()}
READ_MEMBERS = ("xl/worksheets/sheet2.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml")
HEADER = "nik,kode_proyek,mulai,selesai\n"
CSV = (
    f'"DAFTAR\nPEKERJA",,\n{HEADER}{NIK},P-1,2024-07-01,\n{OTHER_NIK},"P,2",02/07/2024,\n\n1671010203850003,P-3,x,\n'
    "JUMLAH,3,,\nMengetahui,,,\n"
).encode()
IN_CSV = (
    b'"', b'""', b",", b";", b"\n", b"\r", b"\r\n", b"\t", b"\xff", b"\xc3", b"\xef\xbb\xbf", b"\0", b"\x1a", b"=1+1",
    b"'", b"\xe2\x80\x8b", b"\xc2\xa0", b",,,,,,", b"JUMLAH", b"(1),(2),(3)\n", HEADER.encode(), b"9" * 400, b"\x02",
    b"\n" * 50,
)  # fmt: skip
IN_XML = (
    b"<row>", b"</row>", b'<c r="A1" t="s"><v>99999</v></c>', b'<c r="XFD1048576"><v>1</v></c>', b'r="A0"', b'r="0"',
    b'<!DOCTYPE x [<!ENTITY a "bbbbbbbb"><!ENTITY c "&a;&a;&a;&c;">]>', b"&a;", b"&c;", b"&#0;", b"&#x110000;", b"\0",
    b"\xff", b"<v>1e999</v>", b"<v>nan</v>", b'<c t="d"><v>9999-99-99</v></c>', b'<c t="b"><v>2</v></c>',
    b'<f t="shared" si="7"/>',
    b'<mergeCell ref="A1:XFD1048576"/>', b'<dimension ref="B5:A1"/>', b'hidden="true"', b'uniqueCount="4294967296"',
    b's="-1"', b"<v>2958466</v>", b"<![CDATA[", b"<!--",
)  # fmt: skip
NOTHING_IN = TemporaryDirectory(prefix="cakupan-")
Change = tuple[str, float, bytes, int]


def examples(count: int) -> settings:
    """CAKUPAN_EXAMPLES multiplies the examples, for a long look now and then."""
    factor = int(os.environ.get("CAKUPAN_EXAMPLES", "1"))
    return settings(max_examples=count * factor, suppress_health_check=[HealthCheck.too_slow])


def changes(tokens: tuple[bytes, ...]) -> st.SearchStrategy[list[Change]]:
    """What happens to bytes: where, what comes in, and how many go."""
    how = st.sampled_from(["in", "in", "in", "out", "twice", "cut"])
    return st.lists(
        st.tuples(how, st.floats(0, 1), st.sampled_from(tokens), st.integers(1, 60)), min_size=1, max_size=4
    )


def changed(content: bytes, made: list[Change]) -> bytes:
    for how, place, token, length in made:
        at = int(place * len(content))
        before, after = content[:at], content[at:]
        content = {
            "in": before + token + after,
            "out": before + after[length:],
            "twice": before + after[:length] + after,
            "cut": before if length < 20 else content,
        }[how]
    return content


@cache
def begun() -> Home:
    """A home whose ledger holds nothing; what is only tried leaves it so."""
    home = Home(Path(NOTHING_IN.name))
    begin(home)
    return home


def tried(content: bytes, name: str) -> tuple[list[ImportResult], tuple[RecognisedSheet, ...]]:
    """What an import would make of it and what is recognised, both nothing when it is refused in one sentence."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        sheets: tuple[RecognisedSheet, ...] = ()
        results: list[ImportResult] = []
        sentence = ""
        try:
            sheets = recognise(path, today=TODAY).sheets
            results = import_file(begun(), path, today=TODAY, dry_run=True)
        except CakupanError as refused:
            sentence = str(refused)
        assert "\n" not in sentence
        assert NIK not in sentence
        assert bool(results) != bool(sentence)
        return results, sheets


def told_skipped(notes: list[str]) -> int:
    counted = re.findall(r"^(\d+) baris (?:JUMLAH|tanda)", "\n".join(notes), re.MULTILINE)
    return sum(map(int, counted)) + sum("berisi nomor kolom" in note for note in notes)


def physical_rows(text: str, sheet: RecognisedSheet) -> int:
    """Records below the header with anything in a column that is read, or beyond the header; by csv alone."""
    read = [header.position for header in sheet.headers if header.column]
    width = len(sheet.headers)
    for delimiter in ",;\t":
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        below = records[sheet.header_row or 0 :]
        if len(records[(sheet.header_row or 1) - 1]) >= width > 1:
            return sum(
                any(visible(cell) for position, cell in enumerate(record) if position in read or position >= width)
                for record in below
            )
    raise AssertionError(sheet)


def visible(cell: str) -> bool:
    return any(char.isprintable() and not char.isspace() for char in cell)


@examples(120)
@given(made=changes(IN_CSV))
def test_no_row_of_a_damaged_csv_is_lost(made: list[Change]):
    content = changed(CSV, made)
    results, sheets = tried(content, "a.csv")
    for result in results:
        assert result.rows_read == result.rows_accepted + result.rows_rejected
        text = content.decode("utf-8-sig")
        assert result.rows_read + told_skipped(result.notes) == physical_rows(text, sheets[0])


@examples(60)
@given(made=changes(IN_XML), member=st.sampled_from(READ_MEMBERS))
def test_a_workbook_with_a_damaged_part_is_refused_or_read(made: list[Change], member: str):
    results, _ = tried(packed(MEMBERS | {member: changed(MEMBERS[member], made)}), "a.xlsx")
    for result in results:
        assert result.rows_read == result.rows_accepted + result.rows_rejected


@examples(60)
@given(made=changes((b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"\0" * 30, b"\xff" * 4)))
def test_a_damaged_archive_is_refused_or_read(made: list[Change]):
    tried(changed(SAVED.read_bytes(), made), "a.xlsx")


def packed(members: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in members.items():
            made.writestr(name, text)
    return content.getvalue()


@pytest.mark.parametrize("count", [b'count="4294967296"', b"uniqueCount='99999999999999999999999'"])
def test_more_texts_than_can_be_held_are_refused_before_memory_is_taken_for_them(tmp_path: Path, count: bytes):
    texts = re.sub(rb'\b(?:count|uniqueCount)="\d+"', b"", MEMBERS["xl/sharedStrings.xml"])
    (tmp_path / "a.xlsx").write_bytes(
        packed(MEMBERS | {"xl/sharedStrings.xml": texts.replace(b"<sst", b"<sst " + count)})
    )
    with pytest.raises(FileRefused, match=r"Isi buku kerja a.xlsx terlalu besar setelah dibuka"):
        open_file(tmp_path / "a.xlsx")


@pytest.mark.parametrize("member", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_a_wrong_checksum_of_the_list_of_sheets_stops_nothing(tmp_path: Path, member: str):
    content = bytearray(packed(MEMBERS))
    checksum = content.rfind(b"PK\x01\x02", 0, content.rfind(member.encode())) + 16
    content[checksum] ^= 0xFF
    (tmp_path / "a.xlsx").write_bytes(content)
    assert recognise(tmp_path / "a.xlsx").sheets == recognise(SAVED).sheets


def test_an_archive_whose_directory_points_before_its_begin_is_refused(tmp_path: Path):
    content = bytearray(SAVED.read_bytes())
    end = content.rindex(b"PK\x05\x06")
    # The end says that the directory begins 100 bytes later than it does, so every member begins 100 bytes too early.
    offset = int.from_bytes(content[end + 16 : end + 20], "little") + 100
    content[end + 16 : end + 20] = offset.to_bytes(4, "little")
    (tmp_path / "a.xlsx").write_bytes(content)
    with pytest.raises(FileRefused, match=r"Buku kerja a.xlsx terpotong atau rusak"):
        open_file(tmp_path / "a.xlsx")


def test_a_title_with_a_line_break_does_not_make_the_header_a_row(deliver):
    result = deliver(f'"DAFTAR\nPEKERJA",,\nnik,kode_proyek,mulai\n{NIK},P-1,2024-07-01\n{OTHER_NIK},P-1,x\n')
    assert (result.rows_read, [reject.row for reject in result.rejects]) == (2, [5])


def test_an_entity_of_a_workbook_is_never_fetched_nor_unfolded(home: Home, tmp_path: Path):
    bomb = b'<!DOCTYPE x [<!ENTITY a "' + b"x" * 1000 + b'"><!ENTITY b "' + b"&a;" * 1000 + b'">]>'
    for member in READ_MEMBERS:
        text = MEMBERS[member].replace(b"?>", b"?>" + bomb, 1).replace(b"Kode Paket", b"&b;")
        (tmp_path / "a.xlsx").write_bytes(packed(MEMBERS | {member: text}))
        for result in refused_or(home, tmp_path / "a.xlsx"):
            assert result.rows_read == 4


def refused_or(home: Home, path: Path) -> Iterator[ImportResult]:
    try:
        yield from import_file(home, path, today=TODAY, dry_run=True)
    except FileRefused:
        return


def test_a_million_blank_rows_between_two_rows_are_none(home: Home, tmp_path: Path):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx", {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["nik", "kode_proyek", "mulai"])
        sheet.write_row(1, 0, [NIK, "P-1", "2024-07-01"])
        sheet.write_row(1_000_000, 0, [OTHER_NIK, "P-1", "x"])
    [result] = import_file(home, tmp_path / "a.xlsx", today=TODAY, dry_run=True)
    assert (result.rows_read, result.rejects[0].row) == (2, 1_000_001)


def test_a_giant_cell_is_a_reason_in_a_workbook_and_a_refusal_in_a_csv(home: Home, tmp_path: Path):
    header = ["kode_proyek", "nama_proyek", "wilayah", "pemilik", "mulai", "selesai"]
    row = ["P-1", "x" * 32_767, "16.71", "Dinas", "2024-01-01", "2024-02-01"]
    write_workbook(tmp_path / "a.xlsx", {"A": [header, row]})
    [result] = import_file(home, tmp_path / "a.xlsx", today=TODAY, dry_run=True)
    assert [reject.code for reject in result.rejects] == ["terlalu_panjang"]
    (tmp_path / "a.csv").write_text(f"{','.join(header)}\nP-1,{'x' * 200_000},16.71,Dinas,2024-01-01,2024-02-01\n")
    with pytest.raises(FileRefused, match=r"Satu sel sebelum baris 2 dari a\.csv terlalu panjang"):
        import_file(home, tmp_path / "a.csv", today=TODAY, dry_run=True)
    (tmp_path / "b.csv").write_text(f"{'x' * 200_000},{','.join(header)}\n")
    with pytest.raises(FileRefused, match="tidak berpasangan atau satu selnya terlalu panjang"):
        import_file(home, tmp_path / "b.csv", today=TODAY, dry_run=True)
