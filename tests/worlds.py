"""Worlds of plain data (see tests/naive.py) and how one gets into a ledger without files."""

import atexit
import json
import shutil
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from data.home import Home
from data.ledger import open_ledger
from data.places import all_places

BLANK_ROW = {
    "proyek": {
        "kode_proyek": None,
        "nama_proyek": "Peningkatan Jalan",
        "wilayah": "16.71",
        "pemilik": "Dinas PUPR",
        "jenis_pemilik": None,
        "sumber_dana": None,
        "nilai_kontrak": None,
        "termasuk_ppn": None,
        "no_spk": None,
        "tgl_spk": None,
        "mulai": None,
        "selesai": None,
        "selesai_pemeliharaan": None,
        "penyedia": None,
        "tenaga_kerja": None,
        "jenis_pekerjaan": None,
        "wilayah_dari": None,
        "cara_pelaksanaan": None,
        "telepon_penyedia": None,
    },
    "pendaftaran": {
        "kode_proyek": None,
        "no_spk": None,
        "no_proyek_bpjs": None,
        "npp": None,
        "tgl_daftar": None,
        "tgl_bayar": None,
        "iuran_dibayar": None,
        "tenaga_kerja": None,
        "mulai": None,
        "selesai": None,
        "no_sertifikat": None,
    },
    "tenaga_kerja": {"person_id": None, "kode_proyek": None, "mulai": None, "selesai": None},
    "kepesertaan": {
        "person_id": None,
        "segmen": "JAKON",
        "kode_proyek": None,
        "wilayah": None,
        "sektor": None,
        "program": None,
        "mulai": None,
        "selesai": None,
        "tgl_bayar": None,
    },
    "rekap": {
        "wilayah": None,
        "bulan": None,
        "segmen": "JAKON",
        "sektor": None,
        "peserta_aktif": None,
        "sumber": "Kanwil",
    },
    "penduduk_bekerja": {
        "wilayah": None,
        "sektor": "konstruksi",
        "per_tanggal": None,
        "pekerja": None,
        "bawah": None,
        "atas": None,
        "sumber": "BPS",
        "dokumen": None,
    },
    "angka_resmi": {
        "wilayah": None,
        "per_tanggal": None,
        "segmen": "jasa konstruksi",
        "peserta": None,
        "peserta_presisi": None,
        "potensi": None,
        "potensi_presisi": None,
        "persen_tercetak": None,
        "sumber": "Kanwil",
    },
    "pembayaran": {
        "kode_proyek": None,
        "tgl_permohonan": None,
        "termin": None,
        "jumlah": None,
        "progres": None,
        "tgl_bayar": None,
    },
    # Lives with a batch of projects: it is no kind of delivery.
    "nilai_lama": {"kode_proyek": None, "versi": None, "tgl": None, "nilai_kontrak": None, "selesai": None},
    "target": {
        "unit": "16",
        "tahun": None,
        "indikator": "population_coverage",
        "segmen": "jasa konstruksi",
        "sektor": None,
        "jenis_hitungan": "posisi akhir bulan",
        "nilai": None,
        "satuan": "%",
        "penerbit": "Kanwil",
        "dokumen": None,
    },
}
IMPORTED_AT, UNDONE_AT = datetime.fromisoformat("2029-01-01"), datetime.fromisoformat("2030-01-01")
DEFAULT_BRANCHES = {
    "branch:kota": ["16.71", "16.02"],
    "branch:musi": ["16.02", "16.07"],
    "group:satu": ["16.71", "16.07"],
}


def empty_world(as_of, **settings):
    """A world with the real places, two branches that share a kabupaten, and a group; `settings` replace keys."""
    return {
        "batches": [],
        "rows": {kind: [] for kind in BLANK_ROW},
        "places": {code: place.parent for code, place in all_places().items()},
        "branches": DEFAULT_BRANCHES,
        "as_of": as_of,
        "report_sources": [],
        "denominator_sources": [],
        "personal_covers_project": True,
    } | settings


def deliver(world, kind, *rows, as_of=date(2020, 1, 1), complete_for=None, period=None, undone=False):
    """Add one batch with its rows and return its number.

    `complete_for` is a place code or an owner's name and makes the delivery complete for `period` (from, to).
    A row that carries its own data_as_of keeps it.
    """
    batch_id = len(world["batches"]) + 1
    is_place = complete_for in world["places"]
    batch = {
        "batch_id": batch_id,
        "kind": kind,
        "data_as_of": as_of,
        "delivery": "lengkap" if complete_for else "tambahan",
        "scope_kind": ("wilayah" if is_place else "pemilik") if complete_for else None,
        "scope_value": complete_for,
        "period": period,
        "undone": undone,
    }
    world["batches"].append(batch)
    for row in rows:
        assert row.keys() <= BLANK_ROW[kind].keys() | {"data_as_of"}, row
        world["rows"][kind].append({"batch_id": batch_id, "data_as_of": as_of} | BLANK_ROW[kind] | row)
    return batch_id


def load_world(home: Home, world) -> None:
    """Insert every batch of the world, undone ones marked so, and write its settings to config.toml."""
    home.root.mkdir(parents=True, exist_ok=True)
    home.config_path.write_text(_settings(world), "utf-8")
    if not home.ledger_path.exists():
        begin(home)
    with open_ledger(home) as ledger:
        fill_ledger(ledger, world)


def begin(home: Home) -> None:
    """Give the home its keys and a ledger without a batch."""
    shutil.copytree(_begun(), home.root, dirs_exist_ok=True)


@cache
def _begun() -> Path:
    """Made once, to be copied: that takes as long as a fifth of a small publish."""
    folder = TemporaryDirectory(prefix="cakupan-")
    atexit.register(folder.cleanup)
    open_ledger(Home(Path(folder.name))).close()
    return Path(folder.name)


def fill_ledger(ledger, world) -> None:
    """Every batch of the world with its rows and persons, in a ledger without any."""
    ledger.execute("begin")
    _insert(ledger, "batch", [_batch_row(world, batch) for batch in world["batches"]])
    for kind, rows in world["rows"].items():
        _insert(ledger, kind, [row | {"row_number": number} for number, row in enumerate(rows, start=2)])
    persons = {row["person_id"] for kind in ("tenaga_kerja", "kepesertaan") for row in world["rows"][kind]}
    _insert(ledger, "person", [{"person_id": p, "nik_hmac": p.to_bytes(2) * 16} for p in sorted(persons)])
    ledger.execute("commit")


def _batch_row(world, batch):
    rows = sum(row["batch_id"] == batch["batch_id"] for row in world["rows"][batch["kind"]])
    period_from, period_to = batch["period"] or (None, None)
    return {
        name: batch[name] for name in ("batch_id", "kind", "data_as_of", "delivery", "scope_kind", "scope_value")
    } | {
        "file_name": f"{batch['kind']}.csv",
        "file_sha256": f"{batch['batch_id']:064d}",
        "file_bytes": 1,
        "imported_at": IMPORTED_AT,
        "period_from": period_from,
        "period_to": period_to,
        "rows_read": rows,
        "rows_accepted": rows,
        "rows_rejected": 0,
        "notes": "{}",
        "undone_at": UNDONE_AT if batch["undone"] else None,
    }


def _insert(ledger, table, rows):
    """All rows in one statement: executemany costs a statement a row."""
    if not rows:
        return
    columns = list(rows[0])
    one = f"({', '.join('?' for _ in columns)})"
    values = [row[column] for row in rows for column in columns]
    ledger.execute(f"insert into {table} ({', '.join(columns)}) values {', '.join([one] * len(rows))}", values)


def _settings(world) -> str:
    lines = [f"{name} = {json.dumps(world[name])}" for name in ("report_sources", "denominator_sources")]
    lines.append(f"personal_covers_project = {json.dumps(world['personal_covers_project'])}")
    if not any(code.startswith("group:") for code in world["branches"]):
        lines.append("place_group = []")
    for code, places in world["branches"].items():
        kind, name = code.split(":")
        table = {"branch": "branch", "group": "place_group"}[kind]
        lines += [f"[[{table}]]", f'code = "{name}"', f'name = "Kelompok {name}"', f"places = {json.dumps(places)}"]
    return "\n".join(lines) + "\n"
