"""Cells fit to be shown to whoever looks at a file before it is imported: no number and no name of a person."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from data.cases import could_be_nik
from data.categories import resolve_fund, resolve_official_segment, resolve_owner_type, resolve_sector, resolve_segment
from data.importers.header import header_key, personal_headers
from data.importers.kinds import Column, Reading
from data.importers.masking import masked
from data.places import resolve_place

HIDDEN = "•••"
MAX_CELL_CHARS = 60
# What may be somebody's name: one to six words of letters. A text with one of the words below is about something else.
NAME = re.compile(r"[^\W\d_][\w.,'’`/-]*(?: [^\W\d_][\w.,'’`/-]*){0,5}")
# Two words beside each other are a name also among digits and marks: 'Siti Rahayu (L)', 'Siti Rahayu 34'.
TWO_WORDS = re.compile(r"[^\W\d_]{3,} [^\W\d_]{3,}")
NO_NAMES = frozenset((
    "pt", "cv", "ud", "pd", "kso", "tbk", "dinas", "badan", "balai", "kantor", "kementerian", "sekretariat",
    "inspektorat", "rsud", "rs", "puskesmas", "perumda", "perum", "universitas", "sekolah", "sd", "sdn", "smp",
    "smpn", "sma", "sman", "smk", "provinsi", "prov", "kabupaten", "kab", "kecamatan", "kec", "kelurahan", "desa",
    "pembangunan", "peningkatan", "rehabilitasi", "pemeliharaan", "preservasi", "normalisasi", "perencanaan",
    "pengawasan", "pengadaan", "rekonstruksi", "penataan", "jalan", "jembatan", "gedung", "drainase", "irigasi",
    "daftar", "rekap", "rekapitulasi", "laporan", "data", "proyek", "paket", "pekerjaan", "konstruksi", "pekerja",
    "tenaga", "kerja", "peserta", "kontrak", "nilai", "tanggal", "tgl", "bulan", "tahun", "jumlah", "total", "no",
    "nomor", "kode", "nama", "nik", "kpj", "npp", "spk", "bpjs", "ketenagakerjaan", "apbd", "apbn", "blud", "bumd",
    "bumn", "swasta", "aktif", "lunas", "ya", "tidak", "jakon", "pu", "bpu", "termin", "uang", "muka", "iuran",
))  # fmt: skip
TOLD_BY = (resolve_place, resolve_fund, resolve_sector, resolve_segment, resolve_owner_type, resolve_official_segment)
# The sender says what these columns hold, and no rule would let a person's name pass into them.
NEVER_NAMES = frozenset(
    reading for reading in Reading if reading not in (Reading.CONTRACTOR, Reading.NIK, Reading.PHONE)
)
NO_WORDS = frozenset((
    Reading.DATE, Reading.MONTH_END, Reading.MONEY_RP, Reading.COUNT, Reading.PERCENT, Reading.YEAR, Reading.NUMBER,
    Reading.IDENTIFIER,
))  # fmt: skip


def seen_cells(cells: Sequence[Any], columns: Sequence[Column | None], headers: Sequence[str]) -> tuple[str, ...]:
    """A row below a header: `columns` are the declared ones, by position."""
    return tuple(
        _seen(
            cell,
            columns[position] if position < len(columns) else None,
            headers[position] if position < len(headers) else "",
        )
        for position, cell in enumerate(cells)
    )


def seen_text(cell: Any) -> str:
    """A cell of no known column: numbers and what is surely no name are shown, of another text its first letter."""
    if isinstance(cell, date | datetime):
        return cell.isoformat(" ") if isinstance(cell, datetime) else cell.isoformat()
    text = _one_line(cell)
    if not text:
        return ""
    if could_be_nik(text) or masked(text) != text:
        return HIDDEN
    return f"{text[0]}…" if _could_be_name(text) else text[:MAX_CELL_CHARS]


def _seen(cell: Any, column: Column | None, header: str) -> str:
    text = _one_line(cell)
    if not text:
        return ""
    if column is None:
        return HIDDEN if personal_headers([header]) else seen_text(cell)
    if column.personal or column.reads_as is Reading.PHONE:
        return HIDDEN
    if column.reads_as not in NEVER_NAMES:
        return seen_text(cell)
    if isinstance(cell, date | datetime):
        return seen_text(cell)
    if column.reads_as in NO_WORDS and _could_be_name(text):
        return f"{text[0]}…"  # from another column, as in a row that is shifted
    return HIDDEN if could_be_nik(text) else masked(text)[:MAX_CELL_CHARS]


def _one_line(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e18:
        return str(int(cell))
    return " ".join("".join(char if char.isprintable() else " " for char in str(cell)).split())


def _could_be_name(text: str) -> bool:
    is_like_one = TWO_WORDS.search(text) or (NAME.fullmatch(text) and not any(map(str.isdigit, text)))
    if not is_like_one or any(word in NO_NAMES for word in header_key(text).split()):
        return False
    return not any(told(text) for told in TOLD_BY)
