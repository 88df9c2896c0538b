"""Projects whose results can be told on paper, and accounts that look at them. The position is Monday 30 June 2025.

From Monday 16 June 2025 the 14th working day is Monday 7 July: 27 June is Muharram, so 17 to 20 make 4, 23 to 26 make
8, 30 June to 4 July 13.
"""

from datetime import date
from decimal import Decimal

from data import accounts
from data.accounts import Account
from data.editions import publish
from data.home import Home
from tests.worlds import deliver, empty_world, load_world

POSITION = date(2025, 6, 30)
KNOWN = (date(2024, 1, 1), date(2025, 12, 31))
OWN, OTHER = "Dinas PUPR", "Balai Rahasia"
HOSTILE = '<img src=x onerror="alert(1)"> *Jalan* [x](y) $a$'
NEW_ORDER, DEADLINE, DAYS_LEFT = date(2025, 6, 16), date(2025, 7, 7), 5
EARLY, LONG_BEFORE = date(2025, 1, 6), date(2025, 1, 7)
VALUE = Decimal(1_000_000_000)
# Code → (name, owner, place, SPK, end of the work); what has no row in REGISTERED is not registered.
PROJECTS = {
    "P-BARU": ("Normalisasi drainase", OWN, "16.71", NEW_ORDER, date(2025, 12, 31)),
    "P-TEPAT": ("Peningkatan jalan 100% tuntas", OWN, "16.71", EARLY, date(2025, 12, 31)),
    "P-LAMBAT": ("Gedung_A", OWN, "16.71", EARLY, date(2025, 12, 31)),
    "P-BELUM": (HOSTILE, OWN, "16.71", EARLY, date(2025, 12, 31)),
    "P-SELESAI": ("Rumah 'susun' \"sewa\"", OWN, "16.71", EARLY, date(2025, 3, 31)),
    "P-ASING": ("Pekerjaan tetangga", OTHER, "16.71", NEW_ORDER, date(2025, 12, 31)),
    "P-LAHAT": ("Jembatan gantung", OTHER, "16.04", NEW_ORDER, date(2025, 12, 31)),
}
REGISTERED = {"P-TEPAT": LONG_BEFORE, "P-LAMBAT": date(2025, 3, 3)}
RESULTS = {
    "P-BARU": "belum_jatuh_tempo",
    "P-TEPAT": "memenuhi",
    "P-LAMBAT": "terlambat",
    "P-BELUM": "belum_memenuhi",
    "P-SELESAI": "tidak_dapat_dipulihkan",
    "P-ASING": "belum_jatuh_tempo",
    "P-LAHAT": "belum_dapat_dinilai",  # nobody has declared the registrations of Lahat complete
}
# From 6 January to the day before 3 March 2025: 26 + 28 + 2.
UNPROTECTED = {"P-LAMBAT": 56}
PAID_ON = (date(2025, 1, 8), date(2025, 5, 5))
ACCOUNTS = (
    Account("pembaca", "Pembaca", "viewer", places=("16",)),
    Account("petugas", "Petugas", "steward", places=("16.71",)),
    Account("cabang", "Cabang", "branch", branches=("palembang",)),
    Account("opd", "OPD", "opd", owners=(OWN,)),
    Account("pembayar", "Pembayar", "payer", places=("16.71",)),
    Account("inspektorat", "Inspektorat", "inspector", places=("16.71",)),
    Account("pengelola", "Pengelola", "admin", places=("00",)),
)


def make_projects_home(folder):
    """Seven projects, two of them registered, one of those paid twice; an account of every role."""
    world = empty_world(POSITION)
    deliver(world, "proyek", *(_project(code) for code in PROJECTS))
    rows = [_registration(code, day) for code, day in REGISTERED.items()]
    deliver(world, "pendaftaran", *rows, complete_for="16.71", period=KNOWN)
    deliver(world, "pembayaran", *({"kode_proyek": "P-LAMBAT", "tgl_bayar": day, "jumlah": VALUE} for day in PAID_ON))
    for place in ("16.71", "16.04"):
        deliver(world, "penduduk_bekerja", {"wilayah": place, "per_tanggal": date(2024, 1, 31), "pekerja": 20_000})
    home = Home(folder / "home")
    load_world(home, world)
    publish(home, as_of=POSITION)
    return home


def _project(code):
    name, owner, place, order, end = PROJECTS[code]
    return {
        "kode_proyek": code,
        "nama_proyek": name,
        "pemilik": owner,
        "wilayah": place,
        "sumber_dana": "APBD kabupaten/kota",
        "nilai_kontrak": VALUE,
        "tenaga_kerja": 25,
        "no_spk": f"600/{code}/SPK/2025",
        "tgl_spk": order,
        "mulai": order,
        "selesai": end,
        "penyedia": "PT Contoh Karya",
        "cara_pelaksanaan": "penyedia",
    }


def _registration(code, day):
    paid = {"tgl_daftar": day, "tgl_bayar": day, "mulai": day, "selesai": PROJECTS[code][4], "tenaga_kerja": 25}
    return {"kode_proyek": code, "no_proyek_bpjs": f"24{code:>11}".replace(" ", "0"), **paid}


def with_accounts(home):
    """The same home, where people sign in."""
    (home.root / "config.toml").write_text('[identity]\nmode = "password"\n', "utf-8")
    for account in ACCOUNTS:
        accounts.add(home, account)
    return home
