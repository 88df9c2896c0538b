"""Records as the procurement agency's data service gives them: one JSON list a file."""

from collections.abc import Callable
from datetime import date
from typing import Any

from data.importers.procurement.records import (
    Announcement,
    Contract,
    Payment,
    Records,
    StartOrder,
    amount_of,
    day_of,
    text_of,
    version_of,
)

PACKAGE = ("kd_tender", "kd_nontender")
PERSON = "perseorangan"
Taken = Callable[[Records, dict[str, Any], date], None]


def reader_of(record: dict[str, Any]) -> Taken | None:
    """How records with these fields are read; None when they are none of this service."""
    if not any(name in record for name in PACKAGE):
        return None
    # Names of fields change between years and services; what only one kind of record can tell does not.
    for field, take in {
        "besar_pembayaran": _take_payment,
        "no_bap": _take_payment,
        "no_spmk_spp": _take_start_order,
        "tgl_mulai_pekerjaan": _take_start_order,
        "no_kontrak": _take_contract,
        "jenis_pengadaan": _take_announcement,
    }.items():
        if field in record:
            return take
    return None


def read_list(rows: list[Any], today: date) -> Records:
    """The records of one file. A row without a package code is none."""
    records = Records()
    for row in rows:
        if isinstance(row, dict) and text_of(row, *PACKAGE) and (take := reader_of(row)):
            take(records, row, today)
            if take is not _take_announcement and "jenis_pengadaan" in row:
                _take_announcement(records, row, today)
            for field in ("_event_date", "tanggal_status", "tgl_penetapan_status_kontrak"):
                records.seen_on(day_of(row, field, today=today))
    return records


def _take_announcement(records: Records, row: dict[str, Any], _today: date) -> None:
    location = text_of(row, "lokasi_pekerjaan")
    records.announcements.append(
        Announcement(
            package=text_of(row, *PACKAGE),
            name=text_of(row, "nama_paket"),
            work_type=text_of(row, "jenis_pengadaan"),
            status=text_of(row, "status_tender", "status_nontender"),
            fund=text_of(row, "sumber_dana"),
            locations=(location,) if location else (),
            **_buyer(row),
        )
    )


def _take_contract(records: Records, row: dict[str, Any], today: date) -> None:
    signed = day_of(row, "tgl_kontrak", today=today)
    ends = day_of(row, "tgl_kontrak_akhir", today=today)
    provider = text_of(row, "nama_penyedia")
    legal_form = text_of(row, "bentuk_usaha_penyedia", "tipe_penyedia")
    # An end equal to the signing date is the service's placeholder.
    has_period = ends is not None and signed is not None and ends > signed
    records.contracts.append(
        Contract(
            package=text_of(row, *PACKAGE),
            number=text_of(row, "no_kontrak"),
            version=version_of(row),
            signed=signed,
            starts=(day_of(row, "tgl_kontrak_awal", today=today) or signed) if has_period else None,
            ends=ends if has_period else None,
            value_rp=amount_of(row, "nilai_kontrak"),
            provider=provider,
            is_person=PERSON in legal_form.lower() or PERSON in provider.lower(),
            name=text_of(row, "nama_paket"),
            **_buyer(row),
        )
    )


def _take_start_order(records: Records, row: dict[str, Any], today: date) -> None:
    records.start_orders.append(
        StartOrder(
            package=text_of(row, *PACKAGE),
            contract_number=text_of(row, "no_kontrak"),
            version=version_of(row),
            ordered=day_of(row, "tgl_spmk_spp", today=today),
            starts=day_of(row, "tgl_mulai_pekerjaan", today=today),
            ends=day_of(row, "tgl_selesai_pekerjaan", today=today),
            duration=text_of(row, "waktu_penyelesaian"),
        )
    )


def _take_payment(records: Records, row: dict[str, Any], today: date) -> None:
    records.payments.append(
        Payment(
            package=text_of(row, *PACKAGE),
            contract_number=text_of(row, "no_kontrak"),
            minutes_number=text_of(row, "no_bap"),
            handover_number=text_of(row, "no_bast"),
            paid=day_of(row, "tgl_bap", today=today),
            amount_rp=amount_of(row, "besar_pembayaran"),
            progress_pct=amount_of(row, "progres_pekerjaan"),
            instalment=text_of(row, "cara_pembayaran_kontrak"),
        )
    )


def _buyer(row: dict[str, Any]) -> dict[str, str]:
    return {
        "buyer": text_of(row, "nama_satker"),
        "government": text_of(row, "nama_klpd"),
        "government_type": text_of(row, "jenis_klpd"),
    }
