"""An account of every role, and a home in which each meets something that is not theirs."""

from datetime import date

from data import accounts
from data.accounts import Account
from data.editions import publish
from data.home import Home
from tests.worlds import deliver, empty_world, load_world

YEAR = (date(2024, 1, 1), date(2024, 12, 31))
SPAN = {"mulai": date(2024, 5, 1), "selesai": date(2024, 12, 31)}
SEEN_OWNER, OTHER_OWNER = "Dinas PUPR", "Balai Rahasia"
# Of Palembang and Dinas PUPR, of Palembang and the other owner, and of Lahat: numbers that occur nowhere else.
SEEN, OTHERS, FAR = 7_111, 8_333, 9_777
ACCOUNTS = {
    "pembaca": Account("pembaca", "Pembaca", "viewer", places=("16",)),
    "petugas": Account("petugas", "Petugas", "steward", places=("16.71",)),
    "cabang": Account("cabang", "Cabang", "branch", branches=("palembang",)),
    "opd": Account("opd", "OPD", "opd", owners=(SEEN_OWNER,)),
    "opd.kota": Account("opd.kota", "OPD kota", "opd", places=("16.71",), owners=(SEEN_OWNER,)),
    "pembayar": Account("pembayar", "Pembayar", "payer", places=("16.71",)),
    "inspektorat": Account("inspektorat", "Inspektorat", "inspector", places=("16.71",)),
    "pengelola": Account("pengelola", "Pengelola", "admin", places=("00",)),
    "tanpa.lingkup": Account("tanpa.lingkup", "Tanpa", "viewer"),
    "pengelola.saja": Account("pengelola.saja", "Pengelola", "admin"),
}


def make_roles_home(folder):
    """Palembang with two owners and Lahat with one of them, in July 2024; an account of every role."""
    world = empty_world(date(2024, 7, 31))
    sized = {("16.71", SEEN_OWNER): SEEN, ("16.71", OTHER_OWNER): OTHERS, ("16.04", OTHER_OWNER): FAR}
    for (place, owner), workers in sized.items():
        code = f"{place}-{owner}"
        project = {"kode_proyek": code, "wilayah": place, "pemilik": owner, "sumber_dana": "APBN", **SPAN}
        deliver(world, "proyek", project | {"tenaga_kerja": workers})
        day = {"tgl_daftar": date(2024, 6, 1), "tgl_bayar": date(2024, 6, 1), "tenaga_kerja": workers - 1000}
        deliver(world, "pendaftaran", {"kode_proyek": code, **day}, complete_for=place, period=YEAR)
    for place, workers in (("16.71", 20_111), ("16.04", 30_777), ("16", 90_555)):
        of_place = {"wilayah": place, "per_tanggal": date(2024, 1, 31), "pekerja": workers}
        deliver(world, "penduduk_bekerja", of_place | {"sumber": f"BPS {place}"})
        deliver(world, "rekap", {"wilayah": place, "bulan": date(2024, 7, 31), "peserta_aktif": workers - 10_000})
    home = Home(folder / "home")
    load_world(home, world)
    (home.root / "config.toml").write_text('[identity]\nmode = "password"\n', "utf-8")
    publish(home, as_of=world["as_of"])
    for account in ACCOUNTS.values():
        accounts.add(home, account)
    return home
