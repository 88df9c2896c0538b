"""Which rows of which delivery are counted, a second time: the winning rows one by one. See tests/naive.py."""

from datetime import date

from tests import naive

FOREVER = date(9998, 12, 31)


def source_rows(world):
    """(kind, batch, project, place, sector, source, day of what is stated) → (rows, first and last physical row)."""
    world = naive.settled(world)
    at = {id(row): number for rows in world["rows"].values() for number, row in enumerate(rows, start=2)}
    found = {}
    for kind, winners in world["winners"].items():
        for row in winners:
            about = _about(world, kind, row)
            if about is not None:
                found.setdefault((kind, row["batch_id"], *about), []).append(at[id(row)])
    return {key: (len(rows), min(rows), max(rows)) for key, rows in found.items()}


def _about(world, kind, row):
    """What a counted row speaks of; None where it is not counted."""
    codes = {project["kode_proyek"]: project for project in world["winners"]["proyek"]}
    if kind == "rekap":
        sector = "konstruksi" if row["segmen"] == "JAKON" else row["sektor"] or naive.ALL_SECTORS
        return (None, row["wilayah"], sector, row["sumber"], row["bulan"])
    if kind == "penduduk_bekerja":
        return (None, row["wilayah"], row["sektor"], row["sumber"], row["per_tanggal"])
    if kind == "angka_resmi":
        sector = {"jasa konstruksi": "konstruksi", "semua segmen": naive.ALL_SECTORS}.get(row["segmen"])
        return row["per_tanggal"] and (None, row["wilayah"], sector, row["sumber"], row["per_tanggal"])
    if kind == "target":
        return None  # compared by hand
    if kind in ("tenaga_kerja", "kepesertaan") and not naive.months(world):
        return None
    if kind == "kepesertaan" and row["tgl_bayar"] is None:
        return None
    if kind == "kepesertaan" and row["segmen"] != "JAKON":
        return (None, row["wilayah"], "konstruksi" if row["sektor"] == "konstruksi" else None, None, None)
    code = naive.project_of_registration(world, row) if kind == "pendaftaran" else row["kode_proyek"]
    return (code, codes[code]["wilayah"], None, None, None) if code in codes else None
