"""A small home for casework: three owners in two places, one of them with a payment, and one example of each case."""

from datetime import date
from pathlib import Path

from data.access import Grant, Reader
from data.casework import Decision, Finding, FollowUp, Proof, Waiver
from data.editions import publish
from data.home import Home
from data.importers import import_file

ALFA, BETA, GAMMA = "Dinas Alfa Marga", "Dinas Beta Karya", "Dinas Gamma"
PROJECTS = (
    "kode_proyek,nama_proyek,wilayah,pemilik,jenis_pemilik,sumber_dana,tenaga_kerja,mulai,selesai\n"
    f"A-1,Jalan satu,16.71,{ALFA},OPD kabupaten/kota,APBD kabupaten/kota,20,2024-01-01,2024-12-31\n"
    f"A-2,Jalan dua,16.71,{ALFA},OPD kabupaten/kota,APBD kabupaten/kota,20,2024-01-01,2024-12-31\n"
    f"B-1,Jembatan,16.02,{BETA},Kementerian,APBN,20,2024-01-01,2024-12-31\n"
    f"C-1,Gedung di kota,16.71,{GAMMA},OPD provinsi,APBD provinsi,20,2024-01-01,2024-12-31\n"
    f"C-2,Gedung di kabupaten,16.02,{GAMMA},OPD provinsi,APBD provinsi,20,2024-01-01,2024-12-31\n"
)
PAYMENTS = "kode_proyek,tgl_permohonan,tgl_bayar,termin,jumlah\nA-1,2024-06-20,2024-06-28,Termin I,1000000\n"
PDF, JPG, PNG = b"%PDF-1.7\nisi", b"\xff\xd8\xff\xe0isi", b"\x89PNG\r\n\x1a\nisi"
DAY = date(2024, 8, 31)
PROOF = Proof("A-1", "S-24/001", "KW-7", date(2024, 1, 5), date(2024, 1, 6), date(2024, 1, 5), date(2024, 12, 31))
DECISION = Decision("A-1", 1, "disetujui", "PA Dinas Alfa", "Bukti sudah dilihat.", "bukti_manual", 0)
WAIVER = Waiver("A-1", "Pekerjaan darurat banjir.", "Sekretaris Daerah", date(2024, 12, 31))
FINDING = Finding(
    "A-1", "", "Belum terdaftar.", "Perda 2/2022.", "SPK terlambat.", "Tanpa perlindungan.", "Daftarkan.", DAY
)
FOLLOW_UP = FollowUp("A-1", "dihubungi", "Cabang Palembang")


def reader(role: str, *, areas: tuple[str, ...] | None = None, owners: tuple[str, ...] | None = None) -> Reader:
    grant = Grant(None if areas is None else frozenset(areas), None if owners is None else frozenset(owners))
    return Reader(f"akun.{role}", role, grant, is_authenticated=True)


PAYER, BRANCH, OPD, INSPECTOR = map(reader, ("payer", "branch", "opd", "inspector"))


def published_home(folder: Path) -> Home:
    """Published on the last day of August 2024."""
    home = Home(folder / "home")
    for name, text in {"proyek": PROJECTS, "pembayaran": PAYMENTS}.items():
        path = folder / f"{name}.csv"
        path.write_text(text, "utf-8")
        import_file(home, path)
    publish(home, DAY)
    return home
