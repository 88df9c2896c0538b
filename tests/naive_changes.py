"""A second, slow, obvious implementation of data/ledger_changes.py: two states of a world as dictionaries."""

from datetime import date

from tests.worlds import BLANK_ROW

FOREVER = date(9998, 12, 31)
ENDS = ("proyek", "pendaftaran", "tenaga_kerja", "kepesertaan")
KEYS = {
    "proyek": ("kode_proyek",),
    "tenaga_kerja": ("person_id", "kode_proyek", "mulai"),
    "rekap": ("wilayah", "bulan", "segmen", "sektor", "sumber"),
    "penduduk_bekerja": ("wilayah", "sektor", "per_tanggal", "sumber"),
    "angka_resmi": ("wilayah", "per_tanggal", "segmen", "sumber"),
    "pembayaran": ("kode_proyek", "tgl_permohonan", "termin", "tgl_bayar"),
    "target": ("unit", "tahun", "indikator", "segmen", "sektor", "jenis_hitungan", "penerbit"),
    "pendaftaran": ("kode_proyek", "no_spk", "tgl_daftar"),
    "kepesertaan": ("person_id", "segmen", "kode_proyek", "wilayah", "mulai"),
}


def naive_changes(world, before, after):
    """By kind with a batch in one state only: (new, changed, gone, of those ended, unchanged)."""
    differing = set(before) ^ set(after)
    kinds = {batch["kind"] for batch in world["batches"] if batch["batch_id"] in differing}
    return {kind: _changes(world, kind, before, after) for kind in kinds}


def _changes(world, kind, before, after):
    was, _ = _state(world, kind, before)
    has, ended = _state(world, kind, after)
    both = was.keys() & has.keys()
    changed = [key for key in both if _values(kind, was[key]) != _values(kind, has[key])]
    gone = was.keys() - has.keys()
    return len(has.keys() - was.keys()), len(changed), len(gone), len(gone & ended), len(both) - len(changed)


def _state(world, kind, numbers):
    """The live rows by key, and the keys that a later complete delivery leaves out."""
    batches = {batch["batch_id"]: batch for batch in world["batches"] if batch["batch_id"] in numbers}
    winners = _winners(world, kind, batches)
    projects = _winners(world, "proyek", batches)
    ended = {key for key, row in winners.items() if kind in ENDS and _is_ended(world, kind, row, batches, projects)}
    return {key: row for key, row in winners.items() if key not in ended}, ended


def _winners(world, kind, batches):
    found = {}
    for row in world["rows"][kind]:
        if row["batch_id"] in batches:
            key = _key(kind, row)
            kept = found.get(key)
            if kept is None or (row["data_as_of"], row["batch_id"]) > (kept["data_as_of"], kept["batch_id"]):
                found[key] = row
    return found


def _key(kind, row):
    if kind == "pendaftaran" and row["no_proyek_bpjs"]:
        return row["no_proyek_bpjs"]
    if kind == "kepesertaan":
        where = ("kode_proyek", "wilayah")[row["segmen"] != "JAKON"]
        return row["person_id"], row["segmen"], row[where], row["mulai"]
    return tuple(row[name] for name in KEYS[kind])


def _values(kind, row):
    return {name: row[name] for name in BLANK_ROW[kind] if name not in KEYS[kind]}


def _is_ended(world, kind, row, batches, projects):
    reach = _reach(world, kind, row, projects)
    if reach is None:
        return False
    scopes, first, last = reach
    return any(
        batch["kind"] == kind
        and batch["delivery"] == "lengkap"
        and number != row["batch_id"]
        and (batch["data_as_of"], number) > (row["data_as_of"], row["batch_id"])
        and (batch["scope_kind"], batch["scope_value"]) in scopes
        and first <= batch["period"][1]
        and (last or FOREVER) >= batch["period"][0]
        for number, batch in batches.items()
    )


def _reach(world, kind, row, projects):
    """The scopes that reach a row and its first and last day; None for one whose project is not known."""
    by_code = {project["kode_proyek"]: project for project in projects.values()}
    if kind == "kepesertaan" and row["segmen"] != "JAKON":
        return _scopes_of_place(world, row["wilayah"]), row["mulai"], row["selesai"]
    project = by_code.get(row["kode_proyek"])
    if kind == "pendaftaran" and row["kode_proyek"] is None:
        bearers = [one for one in by_code.values() if one["no_spk"] and one["no_spk"] == row["no_spk"]]
        project = bearers[0] if len(bearers) == 1 else None
    if project is None:
        return None
    scopes = [*_scopes_of_place(world, project["wilayah"]), ("pemilik", project["pemilik"])]
    if kind in ("pendaftaran", "kepesertaan"):
        first = row["tgl_daftar"] if kind == "pendaftaran" else row["mulai"]
        return scopes, first, row["selesai"] or project["selesai"]
    return scopes, row["mulai"], row["selesai"]


def _scopes_of_place(world, place):
    return [("wilayah", "00"), ("wilayah", world["places"].get(place)), ("wilayah", place)]
