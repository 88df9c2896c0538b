"""A home with three projects of two places: one registered in time, one late or not at all, one elsewhere."""

from datetime import date

from data.editions import publish
from data.home import Home
from data.importers import import_file

AS_OF = date(2024, 9, 30)
YEAR = "2024-01..2024-12"
FILES = {
    "proyek": (
        "kode_proyek,nama_proyek,wilayah,pemilik,jenis_pemilik,sumber_dana,nilai_kontrak,termasuk_ppn,no_spk,"
        "tgl_spk,mulai,selesai,penyedia,tenaga_kerja\n"
        "P-1,Peningkatan Jalan Sekip,16.71,Dinas PUPR,OPD Kab/Kota,APBD Kab/Kota,2220000000,ya,602/1/SPK/2024,"
        "2024-01-08,2024-01-15,2024-12-31,PT Contoh Musi,20\n"
        "P-2,Rehabilitasi Ruang Kelas,16.71,Dinas PUPR,OPD Kab/Kota,APBD Kab/Kota,150000000,ya,602/2/SPK/2024,"
        "2024-02-01,2024-02-05,2024-12-31,PT Contoh Ogan,8\n"
        "P-3,Normalisasi Drainase,16.07,Dinas PUTR,OPD Kab/Kota,APBD Kab/Kota,900000000,ya,602/3/SPK/2024,"
        "2024-01-08,2024-01-15,2024-12-31,PT Contoh Lematang,15\n"
    ),
    "pendaftaran": (
        "kode_proyek,no_proyek_bpjs,tgl_daftar,tgl_bayar,iuran_dibayar,tenaga_kerja,mulai,selesai,no_sertifikat\n"
        "P-1,2400000000001,2024-01-10,2024-01-11,2950000,20,2024-01-15,2024-12-31,JK/2400000000001\n"
    ),
    "pembayaran": (
        "kode_proyek,tgl_permohonan,tgl_bayar,termin,jumlah,progres\n"
        "P-1,2024-01-20,2024-02-01,Uang muka,444000000,0\n"
        "P-1,2024-05-27,2024-06-03,Termin 1,888000000,40\n"
    ),
}
LATE = (
    "kode_proyek,no_proyek_bpjs,tgl_daftar,tgl_bayar,iuran_dibayar,tenaga_kerja,mulai,selesai,no_sertifikat\n"
    "P-2,2400000000002,2024-09-02,2024-09-03,320000,8,2024-09-03,2024-12-31,JK/2400000000002\n"
)


def make_card_home(home: Home) -> None:
    """Two editions: in the first P-2 is not registered, in the second it is, months late."""
    home.root.mkdir(parents=True, exist_ok=True)
    for kind, text in FILES.items():
        _deliver(home, kind, text, complete_for="16.71" if kind == "pendaftaran" else None)
    assert publish(home, AS_OF) == 1
    _deliver(home, "pendaftaran", LATE, complete_for=None)
    assert publish(home, AS_OF) == 2


def serve(home: Home, edition: int) -> None:
    """Let the home serve one of its editions."""
    home.current_path.write_text(str(edition), "utf-8")


def _deliver(home: Home, kind: str, text: str, *, complete_for: str | None) -> None:
    path = home.root / f"{kind}.csv"
    path.write_text(text, "utf-8")
    import_file(home, path, kind=kind, complete_for=complete_for, period=YEAR if complete_for else None)
