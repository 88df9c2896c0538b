"""The workbook of a pack with a hundred thousand projects, against the same rows written by pandas."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from reports.book import pack_workbook
from reports.pack import Column, Headline, Letterhead, Line, Pack, Section, Table
from tests.bench.child import run_alone
from tests.bench.result_table import Line as Measured
from tests.bench.result_table import line_of, times
from tests.bench.workbench import Workbench

PROJECTS = 100_000
# More than this between a tenth of the rows and all of them is no constant memory.
MOST_GROWTH_MB = 10
FIRST = date(2024, 1, 1)
STATUS = 11
COLUMNS = (
    Column("Kode proyek", is_numeric=False),
    Column("Proyek", is_numeric=False, is_wide=True),
    Column("Pemilik proyek", is_numeric=False),
    Column("Sumber dana", is_numeric=False),
    Column("Wilayah", is_numeric=False),
    Column("Mulai", is_numeric=False),
    Column("Selesai", is_numeric=False),
    Column("Nilai kontrak, Rp"),
    Column("Tenaga kerja"),
    Column("Iuran, Rp"),
    Column("Hari tanpa perlindungan"),
    Column("Pendaftaran", is_numeric=False),
)


class Projects(Collection[Line]):
    """Lines that are made as they are walked through, as a pack reads those of an edition."""

    def __init__(self, count: int) -> None:
        self.count = count

    def __len__(self) -> int:
        return self.count

    def __contains__(self, line: object) -> bool:
        return any(line == own for own in self)

    def __iter__(self) -> Iterator[Line]:
        return (Line(_cells(number), [], "concern" if number % 3 else "better") for number in range(self.count))


def _cells(number: int) -> list[Any]:
    return [
        f"1234567{number:06d}",
        f"Peningkatan Jalan Ruas {number} Kecamatan Betung sampai Simpang Sekayu tahap {number % 7}",
        f"Dinas PU Bina Marga dan Tata Ruang {number % 80}",
        "APBD provinsi",
        "Kabupaten Musi Banyuasin",
        FIRST + timedelta(number % 300),
        FIRST + timedelta(150 + number % 300),
        Decimal(100_000_000 + 1111 * number),
        number % 200,
        Decimal(240_000 + number) / 4,
        number % 31,
        "terlambat" if number % 3 else "terdaftar",
    ]


def measure_book(bench: Workbench) -> list[Measured]:
    whole = round(PROJECTS * bench.scale)
    tenth = run_alone("pack_book:write_pack", path=bench.folder / "tenth.xlsx", projects=whole // 10)
    book = run_alone("pack_book:write_pack", path=bench.folder / "book.xlsx", projects=whole)
    frame = run_alone("pack_book:write_frame", path=bench.folder / "frame.xlsx", projects=whole)
    grown = book.peak_mb - tenth.peak_mb
    return [
        line_of(f"pack of {whole // 10:,} projects", tenth),
        line_of(
            f"pack of {whole:,} projects, formatted, {book.returned} times told of progress",
            book,
            ratio=f"{times(frame, book)}, memory {frame.peak_mb / book.peak_mb:.1f} ×",
            goal=f"≤ {MOST_GROWTH_MB} MB more than a tenth",
            met=bench.judge(grown <= MOST_GROWTH_MB),
        ),
        line_of("the same rows by pandas.to_excel, unformatted", frame),
    ]


def write_pack(path: str, projects: int) -> int:
    """How often progress was told."""
    told: list[int] = []
    pack_workbook(_pack(projects), Path(path), lambda done, _all: told.append(done))
    return len(told)


def _pack(projects: int) -> Pack:
    table = Table("projects", "Semua proyek", "Semua proyek", COLUMNS, Projects(projects), status_column=STATUS)
    return Pack(
        language="id",
        meeting="Rapat",
        day=FIRST,
        as_of=FIRST,
        edition=1,
        title="Semua proyek",
        where="Sumatera Selatan",
        facts=[],
        headline=Headline("Cakupan", "45,6 %", "", [], []),
        summary=[],
        sections=[Section("projects", "Semua proyek", "Semua proyek", tables=[table])],
        definitions=[],
        sources=[],
        document_title="",
        chapters=[],
        letterhead=Letterhead(),
        origin="",
        content_hash="",
    )


def write_frame(path: str, projects: int) -> None:
    import pandas as pd

    rows = (_cells(number) for number in range(projects))
    pd.DataFrame(rows, columns=[column.text for column in COLUMNS]).to_excel(path, index=False)
