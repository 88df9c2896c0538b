"""A delivered procurement set: a folder of records, or one file that holds them, as tables of projects and payments."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from data.errors import FileRefused
from data.importers.files import DeliveredFile, Original, Sheet, open_file, sha256_of, shown_name
from data.importers.header import Table
from data.importers.kinds import PROCURED_PEMBAYARAN, PROCURED_PROYEK, Kind
from data.importers.meanings import MAX_MONEY_RP
from data.importers.procurement import inaproc, oc4ids, pyproc
from data.importers.procurement.packages import Joined, Package, PaidPackage, count_reasons, join
from data.importers.procurement.records import Records
from data.importers.reasons import REASONS

MAX_JSON_BYTES = 256 << 20  # a JSON document is held whole while it is read
MAX_FILES = 1_000
START_BYTES = 4096
ROWS_A_BLOCK = 20_000
VAT_NOTE = "Nilai kontrak dianggap termasuk PPN."
PERSONAL_NOTE = "Nama orang, NIP, NPWP, alamat dan rekening tidak dibaca."


def read_set(path: Path, today: date) -> tuple[DeliveredFile, list[Table]] | None:
    """The set's files as one delivery, with its table of projects and that of payments; None when it is no such set.

    A row of a table is a package or payment; its number is its position in the joined list, in the order of package
    codes. FileRefused when a file of the set is damaged.
    """
    found, unread, damaged = _read_files(path, today)
    if damaged and (found or not path.is_dir()):
        raise damaged[0]
    if not found:
        return None
    records = Records()
    for part in found.values():
        records.add(part)
    originals = tuple(Original(file, sha256_of(file)) for file in found)
    joined = join(records)
    if not joined.packages:
        raise FileRefused(f"{shown_name(path)} tidak berisi satu paket pun; kirim ulang data yang berisi.")
    delivered = DeliveredFile(
        path=path,
        name=shown_name(path),
        sha256=_hash_of_hashes(originals),
        size_bytes=sum(original.path.stat().st_size for original in originals),
        sheets=[],
        is_workbook=True,
        originals=originals,
        data_as_of=min(records.position, today) if records.position else None,
    )
    common = [_notes_on_files(originals, unread), PERSONAL_NOTE]
    return delivered, [_projects(joined, common), *([_payments(joined, common)] if joined.payments else [])]


def _read_files(path: Path, today: date) -> tuple[dict[Path, Records], list[str], list[FileRefused]]:
    """Records by file, the names of files that hold none, and why others could not be read."""
    found: dict[Path, Records] = {}
    unread: list[str] = []
    damaged: list[FileRefused] = []
    for file in _files(path):
        try:
            records = _records(file, today, is_alone=file == path)
        except FileRefused as refusal:
            damaged.append(refusal)
            continue
        if records is None:
            unread.append(shown_name(file))
        else:
            found[file] = records
    return found, unread, damaged


def _files(path: Path) -> list[Path]:
    try:
        if not path.is_dir():
            return [path] if path.suffix.lower() in (".json", ".csv") and path.is_file() else []
    except OSError:
        return []  # a name that cannot be one; refused where files are opened
    try:
        files = sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith("."))
    except OSError as unreadable:
        raise FileRefused(f"Folder {shown_name(path)} tidak dapat dibuka; periksa izin bacanya.") from unreadable
    if len(files) > MAX_FILES:
        raise FileRefused(f"Folder {shown_name(path)} berisi lebih dari {MAX_FILES} berkas; kirim folder datanya saja.")
    return files


def _records(file: Path, today: date, *, is_alone: bool) -> Records | None:
    """The records of one file; None when it holds none of any system known."""
    if file.suffix.lower() == ".csv":
        if not pyproc.may_be_pyproc(_start(file)):
            return None
        delivered = open_file(file)
        sheet = pyproc.pyproc_sheet(delivered)
        return pyproc.read_sheet(sheet, today) if sheet else None
    if file.suffix.lower() != ".json":
        return None
    content = _json(file)
    if oc4ids.is_project_package(content):
        return oc4ids.read_package(content, today)
    if isinstance(content, list) and any(isinstance(row, dict) and inaproc.reader_of(row) for row in content[:100]):
        if is_alone:
            raise FileRefused(f"{shown_name(file)} hanya satu bagian data pengadaan; sebutkan foldernya.")
        return inaproc.read_list(content, today)
    return None


def _start(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(START_BYTES)
    except OSError:
        return b""


def _json(file: Path) -> Any:
    name = shown_name(file)
    try:
        if file.stat().st_size > MAX_JSON_BYTES:
            raise FileRefused(f"{name} terlalu besar untuk JSON; pecah di bawah {MAX_JSON_BYTES >> 20} MB.")
        # Amounts keep every digit as written.
        return json.loads(file.read_bytes().decode("utf-8-sig"), parse_float=Decimal, parse_constant=_no_number)
    except OSError as unreadable:
        raise FileRefused(f"Berkas {name} tidak dapat dibuka; periksa nama dan izin bacanya.") from unreadable
    except (ValueError, RecursionError):
        raise FileRefused(f"{name} bukan JSON yang utuh; unduh lalu kirim ulang.") from None


def _no_number(text: str) -> None:
    raise ValueError(text)


def _hash_of_hashes(originals: Iterable[Original]) -> str:
    """The same files under other names are the same set."""
    return hashlib.sha256("\n".join(sorted(original.sha256 for original in originals)).encode()).hexdigest()


def _notes_on_files(originals: tuple[Original, ...], unread: list[str]) -> str:
    kept = ", ".join(f"{shown_name(original.path)} ({original.sha256[:12]})" for original in originals)
    return f"Dibaca: {kept}." + (f" Tidak dibaca: {', '.join(unread)}." if unread else "")


def _projects(joined: Joined, common: list[str]) -> Table:
    rows = [_project_cells(package) for package in joined.packages]
    old_values = [
        (number, package.code, old.version, old.signed, _storable(old.value_rp), old.ends)
        for number, package in enumerate(joined.packages, 1)
        for old in package.old_values
    ]
    notes = [*common, *_note_on_copies(joined.same_contracts, "kontrak"), VAT_NOTE, *_notes_on_reasons(joined.packages)]
    by_territory = sum(package.reason is None and package.site is not None and package.site.known_from == "instansi"
                       for package in joined.packages)  # fmt: skip
    if by_territory:
        notes.append(f"{by_territory} kontrak tanpa lokasi pekerjaan memakai wilayah instansi pembelinya.")
    return _table(PROCURED_PROYEK, rows, notes, old_values)


def _payments(joined: Joined, common: list[str]) -> Table:
    rows = [_payment_cells(paid) for paid in joined.payments]
    notes = [*common, *_note_on_copies(joined.same_payments, "BAP"), *_notes_on_reasons(joined.payments)]
    return _table(PROCURED_PEMBAYARAN, rows, notes, [])


def _project_cells(package: Package) -> dict[str, Any]:
    contract, site = package.contract, package.site
    return {
        "kode_proyek": package.code,
        "nama_proyek": package.name,
        "wilayah": site.code if site else None,
        "wilayah_dari": site.known_from if site else None,
        "pemilik": package.owner,
        "jenis_pemilik": package.owner_type,
        "sumber_dana": package.fund,
        "nilai_kontrak": contract.value_rp if contract else None,
        "termasuk_ppn": True,
        "no_spk": contract.number if contract else None,
        "tgl_spk": contract.signed if contract else None,
        "mulai": package.starts,
        "selesai": package.ends,
        "penyedia": package.provider,
        "jenis_pekerjaan": package.announcement.work_type if package.announcement else None,
        "alasan": package.reason,
        "rincian": package.detail,
    }


def _payment_cells(paid: PaidPackage) -> dict[str, Any]:
    return {
        "kode_proyek": paid.code,
        "termin": paid.instalment,
        "jumlah": paid.payment.amount_rp,
        "progres": paid.payment.progress_pct,
        "tgl_bayar": paid.payment.paid,
        "alasan": paid.reason,
        "rincian": paid.detail,
    }


def _table(kind: Kind, rows: list[dict[str, Any]], notes: list[str], old_values: list[tuple]) -> Table:
    names = [column.name for column in kind.columns]
    cells = [["" if row.get(name) is None else row[name] for name in names] for row in rows]

    def blocks(_first_row: int) -> Iterator[tuple[range, list[Any]]]:
        for start in range(0, len(cells), ROWS_A_BLOCK):
            block = cells[start : start + ROWS_A_BLOCK]
            yield range(start + 1, start + 1 + len(block)), block

    return Table(
        sheet=Sheet("", True, [], blocks, is_workbook=True),
        kind=kind,
        first_data_row=1,
        width=len(names),
        positions={name: position for position, name in enumerate(names)},
        headers={},
        ignored=(),
        doubled={},
        notes=tuple(notes),
        old_values=_old_values(old_values) if old_values else None,
    )


def _storable(value_rp: Decimal | None) -> Decimal | None:
    """Rounded half up to two decimals; None where the rules would refuse it."""
    if value_rp is None or not 0 <= value_rp < MAX_MONEY_RP:
        return None
    return value_rp.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _old_values(rows: list[tuple]) -> pa.Table:
    types = {
        "row_number": pa.int32(), "kode_proyek": pa.string(), "versi": pa.int32(), "tgl": pa.date32(),
        "nilai_kontrak": pa.decimal128(18, 2), "selesai": pa.date32(),
    }  # fmt: skip
    columns = zip(*rows, strict=True)
    return pa.table({
        name: pa.array(list(values), sql_type)
        for (name, sql_type), values in zip(types.items(), columns, strict=True)
    })  # fmt: skip


def _note_on_copies(count: int, what: str) -> list[str]:
    return [f"{count} catatan {what} yang terulang digabung."] if count else []


def _notes_on_reasons(rows: Iterable[Package | PaidPackage]) -> list[str]:
    counted = sorted(count_reasons(rows).items(), key=lambda item: (-item[1], item[0]))
    return [
        f"Tidak dimasukkan: {count} × {REASONS[code][0].replace('{detail}', detail)}"
        for (code, detail), count in counted
    ]
