"""The CSV that pyproc writes of an SPSE site: announcement, winner and contracted winner of a package in one row.

It holds no period of work and no signing date, only the planned schedule; both come from start orders and contracts
of the same folder.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from data.importers.files import DeliveredFile, Sheet
from data.importers.header import header_key
from data.importers.procurement.records import Announcement, Contract, Records, amount_of, day_of, text_of

NEEDED = frozenset(("id_paket", "satuan_kerja", "nilai_hps_paket"))
CONTRACT_VALUE = ("harga_kontrak", "nilai_kontrak", "hasil_negosiasi", "harga_negosiasi", "harga_terkoreksi",
                  "penawaran_terkoreksi", "harga_penawaran", "penawaran")  # fmt: skip
WINNER = ("nama_pemenang", "nama_penyedia", "nama_peserta")
UNSIGNED = ("", "0", "false")


def may_be_pyproc(start: bytes) -> bool:
    """Whether the first bytes of a file name such columns; spares a second reading of every other CSV."""
    return all(name.encode() in start.lower() for name in NEEDED)


def pyproc_sheet(file: DeliveredFile) -> Sheet | None:
    """The file cut at the delimiter that shows such a header; None when it is another CSV."""
    return next((sheet for sheet in file.sheets if sheet.head and set(_header(sheet)) >= NEEDED), None)


def read_sheet(sheet: Sheet, today: date) -> Records:
    """The records of all rows. A row without a package code is none."""
    records = Records()
    for row in _rows(sheet):
        if package := text_of(row, "id_paket", "kode_tender", "kode_paket"):
            records.announcements.append(_announcement(package, row))
            records.contracts += _contracts(package, row, today)
    return records


def _header(sheet: Sheet) -> list[str]:
    return [str(cell).strip().lower() for cell in sheet.head[0]]


def _rows(sheet: Sheet) -> Iterator[dict[str, str]]:
    header = _header(sheet)
    for _, rows in sheet.blocks(2):
        for row in rows:
            yield dict(zip(header, row, strict=False))


def _announcement(package: str, row: dict[str, str]) -> Announcement:
    return Announcement(
        package=package,
        name=text_of(row, "nama_tender", "nama_paket"),
        work_type=text_of(row, "jenis_pengadaan", "kategori"),
        status=text_of(row, "tahap_tender_saat_ini", "tahap_paket_saat_ini"),
        buyer=text_of(row, "satuan_kerja"),
        government=text_of(row, "k/l/pd", "instansi"),
        # 'APBD 2025'; later versions give the year alone.
        fund=text_of(row, "tahun_anggaran"),
        locations=tuple(_locations(row.get("lokasi_pekerjaan") or "")),
    )


def _contracts(package: str, row: dict[str, str], today: date) -> list[Contract]:
    signed = [found for found in _objects(row.get("pemenang_berkontrak") or "") if isinstance(found, dict)]
    if not signed and text_of(row, "pk").lower() not in UNSIGNED:
        signed = [row]
    return [
        Contract(
            package=package,
            signed=day_of(found, "tanggal_kontrak", "tgl_kontrak", today=today),
            number=text_of(found, "nomor_kontrak", "no_kontrak"),
            value_rp=amount_of(found, *CONTRACT_VALUE),
            provider=text_of(found, *WINNER),
        )
        for found in signed[:1]
    ]


def _locations(text: str) -> list[str]:
    found = _objects(text) or text.split("||")
    return [place.strip() for place in found if isinstance(place, str) and header_key(place)]


def _objects(text: str) -> Sequence[Any]:
    """The list in a cell of JSON; empty when it holds none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return ()
    return found if isinstance(found, list) else ()
