"""Small procurement sets as the agency's service writes them; every personal field is filled."""

import json
from pathlib import Path
from typing import Any

# None of these may be found in a home again. The last is a person under a contract.
PERSONAL = {
    "nama_ppk": "Siti Rahayu Wulandari",
    "nip_ppk": "198001012005011001",
    "npwp_16_penyedia": "0123456789012345",
    "npwp16_penyedia": "0123456789012346",
    "npwp_penyedia_16": "0123456789012347",
    "npwp_penyedia": "01.234.567.8-901.000",
    "no_rek_bank": "7770001112223",
    "nama_pemilik_rek_bank": "Bambang Prakoso Adi",
    "wakil_sah_penyedia": "Citra Kusumaningtyas",
    "alamat_penyedia": "Jalan Rahasia Dalam 55",
    "nip_nama_ppk": "198001012005011002 / Dewi Anjani Putri",
    "jabatan_ppk": "DISAMARKAN",
}
BUYER = {"nama_klpd": "Kab. Bandung", "jenis_klpd": "KABUPATEN", "nama_satker": "DINAS KESEHATAN"}


def announced(package: int, **changes: Any) -> dict[str, Any]:
    """A package of works that was announced."""
    row = {
        "kd_nontender": package, "nama_paket": f"Paket {package}", "jenis_pengadaan": "Pekerjaan Konstruksi",
        "status_nontender": "Selesai", "sumber_dana": "APBD",
    }  # fmt: skip
    return PERSONAL | BUYER | row | changes


def contracted(package: int, **changes: Any) -> dict[str, Any]:
    """A contract of Rp100 million, signed on 3 March 2025."""
    row = {
        "kd_nontender": package, "nama_paket": f"Paket {package}", "no_kontrak": f"SPK/{package}",
        "tgl_kontrak": "2025-03-03T00:00:00.000000Z", "tgl_kontrak_akhir": "2025-03-03 00:00:00",
        "nilai_kontrak": 100_000_000.25, "nama_penyedia": "CV. CONTOH KARYA", "versi_addendum": 0,
        "bentuk_usaha_penyedia": "Persekutuan Komanditer (CV / Commanditer Venoschaap )",
    }  # fmt: skip
    return PERSONAL | BUYER | row | changes


def ordered(package: int, **changes: Any) -> dict[str, Any]:
    """A start order for 5 March to 3 April 2025."""
    row = {
        "kd_nontender": package, "no_kontrak": f"SPK/{package}", "no_spmk_spp": f"SPMK/{package}",
        "tgl_spmk_spp": "2025-03-04T00:00:00.000000Z", "tgl_mulai_pekerjaan": "Mar 5, 2025, 12:00:00AM",
        "tgl_selesai_pekerjaan": "Apr 3, 2025, 12:00:00AM", "waktu_penyelesaian": "30 Hari Kalender",
        "versi_addendum": 0,
    }  # fmt: skip
    return PERSONAL | BUYER | row | changes


def paid(package: int, **changes: Any) -> dict[str, Any]:
    """All of it paid on 20 April 2025."""
    row = {
        "kd_nontender": package, "no_kontrak": f"SPK/{package}", "no_bap": f"BAP/{package}", "no_bast": "BAST/1",
        "tgl_bap": "2025-04-20T00:00:00.000000Z", "besar_pembayaran": 100_000_000.25, "progres_pekerjaan": 100,
        "cara_pembayaran_kontrak": "Sekaligus", "nilai_kontrak": 100_000_000.25, "versi_addendum": 0,
    }  # fmt: skip
    return PERSONAL | BUYER | row | changes


def write_set(folder: Path, **files: list[dict[str, Any]]) -> Path:
    """A folder of JSON lists, named by the keywords."""
    folder.mkdir(exist_ok=True)
    for name, rows in files.items():
        (folder / f"{name}.json").write_text(json.dumps(rows), "utf-8")
    return folder
