"""A home whose targets, course, projection and gap can be counted on paper, and accounts that see parts of it."""

from datetime import date
from decimal import Decimal

from analytics.row import month_end
from data import accounts
from data.accounts import Account
from data.editions import publish
from data.home import Home
from tests.worlds import deliver, empty_world, load_world

AS_OF = date(2025, 6, 30)
YEARS = (date(2021, 1, 1), date(2025, 12, 31))
# Of 100 estimated workers, members at the end of June and of December in every earlier year, and in June 2025.
JUNE, DECEMBER, NOW = 50, 40, 60
# Workers on the two projects that run without registration; in Palembang.
LARGE, SMALL = 10, 6
OWNER, OTHER_OWNER = "Dinas PUPR", "Dinas Perkim"
IN_PROVINCE = {"unit": "16", "penerbit": "Pemprov", "dokumen": "Rencana aksi"}
ACCOUNTS = {
    "pembaca": Account("pembaca", "Pembaca", "viewer", places=("16",)),
    "petugas": Account("petugas", "Petugas", "steward", places=("16",)),
    "cabang": Account("cabang", "Cabang", "branch", branches=("kota",)),
    "opd": Account("opd", "OPD", "opd", owners=(OWNER,)),
    "pembayar": Account("pembayar", "Pembayar", "payer", places=("16.71",)),
    "inspektorat": Account("inspektorat", "Inspektorat", "inspector", places=("16",)),
    "pengelola": Account("pengelola", "Pengelola", "admin", places=("00",)),
}


def targets_world():
    """The province has a target in reach (70), one that is not comparable, and one that replaced a former; the branch
    targets of the year so far; Palembang none."""
    world = empty_world(AS_OF)
    months = [month_end(date(year, month, 1)) for year in range(2021, 2026) for month in (6, 12)]
    members = {6: JUNE, 12: DECEMBER}
    counts = [(month, NOW if month == AS_OF else members[month.month]) for month in months if month <= AS_OF]
    deliver(world, "rekap", *({"wilayah": "16", "bulan": month, "peserta_aktif": count} for month, count in counts))
    deliver(world, "penduduk_bekerja", {"wilayah": "16", "per_tanggal": date(2021, 1, 1), "pekerja": 100})
    project = {"wilayah": "16.71", "sumber_dana": "APBD kabupaten/kota", "jenis_pekerjaan": None}
    running = {"mulai": date(2025, 6, 2), "selesai": date(2026, 3, 31), "tgl_spk": date(2025, 6, 20)}
    firm = {"penyedia": "PT Contoh Satu", "telepon_penyedia": "(0711) 000-0001", "no_spk": "1/SPK"}
    deliver(
        world,
        "proyek",
        {"kode_proyek": "A", "nama_proyek": "Gedung <A>", "pemilik": OWNER, "tenaga_kerja": LARGE, **firm},
        {"kode_proyek": "B", "nama_proyek": "Jalan B", "pemilik": OTHER_OWNER, "tenaga_kerja": SMALL},
        {"kode_proyek": "C", "nama_proyek": "Tanpa jumlah", "pemilik": OTHER_OWNER},
        {"kode_proyek": "D", "nama_proyek": "Terdaftar", "pemilik": OWNER, "tenaga_kerja": 5},
    )
    for row in world["rows"]["proyek"]:
        row.update(project | running | {"nilai_kontrak": Decimal(100_000_000)})
    day = {"tgl_daftar": date(2025, 6, 23), "tgl_bayar": date(2025, 6, 23), "tenaga_kerja": 5}
    registration = {"kode_proyek": "D", "iuran_dibayar": Decimal(240_000), **day}
    deliver(world, "pendaftaran", registration, complete_for="16", period=YEARS)
    deliver(
        world,
        "target",
        {**IN_PROVINCE, "tahun": 2024, "nilai": Decimal(36)},
        {**IN_PROVINCE, "tahun": 2025, "nilai": Decimal(70), "dokumen": "Rencana perubahan"},
        {**IN_PROVINCE, "tahun": 2025, "nilai": Decimal("52.15"), "segmen": "semua segmen", "penerbit": "Kemendagri"},
        *_of_branch(2025),
        as_of=date(2025, 3, 1),
    )
    deliver(world, "target", {**IN_PROVINCE, "tahun": 2025, "nilai": Decimal(75)}, as_of=date(2025, 1, 1))
    return world


def _of_branch(year):
    counted = {"unit": "branch:kota", "tahun": year, "jenis_hitungan": "kumulatif tahun berjalan"}
    return [
        {**counted, "indikator": "projects_registered_ytd", "nilai": Decimal(4), "satuan": "proyek"},
        {**counted, "indikator": "workers_registered_ytd", "nilai": Decimal(21), "satuan": "orang"},
        {**counted, "indikator": "contributions_paid_rp", "nilai": Decimal(13_950_000), "satuan": "rupiah"},
    ]


def make_targets_home(folder, world=None):
    """The world of targets_world(), published; in the local mode."""
    world = world or targets_world()
    home = Home(folder / "home")
    load_world(home, world)
    publish(home, as_of=world["as_of"])
    return home


def let_sign_in(home):
    """From then on the home asks who looks; one account of every role."""
    settings = home.config_path.read_text("utf-8")
    home.config_path.write_text(settings + '\n[identity]\nmode = "password"\n', "utf-8")
    for account in ACCOUNTS.values():
        accounts.add(home, account)
    return home
