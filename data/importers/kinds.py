"""The kinds of files that are understood. Detection, mapping, templates, rules and inserts all follow from here."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Reading(StrEnum):
    """How the text of a cell becomes a value; each one is a macro in data/sql/import/readings.sql."""

    TEXT = "text"
    IDENTIFIER = "identifier"
    NIK = "nik"
    CONTRACTOR = "contractor"
    PHONE = "phone"
    PLACE = "place"
    FUND = "fund"
    OWNER_TYPE = "owner_type"
    WORK_MODE = "work_mode"
    SEGMENT = "segment"
    OFFICIAL_SEGMENT = "official_segment"
    SECTOR = "sector"
    SECTOR_OR_ALL = "sector_or_all"
    DATE = "date"
    MONTH_END = "month_end"
    MONEY_RP = "money_rp"
    COUNT = "count"
    PERCENT = "percent"
    BOOLEAN = "boolean"
    YEAR = "year"
    NUMBER = "number"
    UNIT = "unit"


# What a workbook may well hold as numbers, dates or truth; everything else is text, digits and all.
NUMERIC = frozenset((
    Reading.DATE, Reading.MONTH_END, Reading.MONEY_RP, Reading.COUNT, Reading.PERCENT, Reading.BOOLEAN, Reading.YEAR,
    Reading.NUMBER,
))  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column of a kind; `name` is the template's header and, where `kept`, the ledger's column.

    personal: a number of a person, which no table keeps. required_when: the column it hangs on and the values of it
    that make this one required. pattern: what an identifier must match in full. past_only: a day that cannot lie ahead.
    reserved: texts that mean something else to an edition.
    """

    name: str
    reads_as: Reading
    aliases: tuple[str, ...] = ()
    required: bool = False
    required_when: tuple[str, tuple[str, ...]] | None = None
    personal: bool = False
    kept: bool = True
    past_only: bool = False
    reserved: tuple[str, ...] = ()
    pattern: str | None = None
    max_chars: int = 200


@dataclass(frozen=True)
class Kind:
    """One kind of delivery, one ledger table.

    key: the columns of the natural key, blank counting as a value. key_alone: a column that, where filled, is the key
    by itself. one_of: columns of which a row needs at least one. ordered: pairs whose first may not exceed the second.
    period: the columns where a row's first and last day stand. left_out: the column where a joined table says why it
    leaves a row out, by the code of a reason; `rincian` beside it completes the reason.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    key_alone: str | None = None
    one_of: tuple[str, ...] = ()
    ordered: tuple[tuple[str, str], ...] = ()
    period: tuple[str, str] = ("mulai", "selesai")
    may_be_complete: bool = False
    left_out: str | None = None

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    @property
    def has_persons(self) -> bool:
        return any(column.reads_as is Reading.NIK for column in self.columns)


GROUP_MARKS = ("*", "?")  # in an edition: the group of all, and any group but that
PROJECT_ALIASES = ("kode_paket", "id_proyek", "kode_pekerjaan", "kd_proyek", "no_proyek", "nomor_proyek")
PLACE_ALIASES = (
    "kode_wilayah", "kabupaten/kota", "kab/kota", "kabupaten_kota", "kabupaten", "kab", "kota", "daerah", "lokasi",
    "lokasi_proyek", "lokasi_pekerjaan", "wilayah_kerja", "provinsi",
)  # fmt: skip
START_ALIASES = ("tgl_mulai", "tanggal_mulai", "mulai_tgl", "mulai_tanggal", "awal")
END_ALIASES = ("tgl_selesai", "tanggal_selesai", "selesai_tgl", "tgl_akhir", "tanggal_akhir", "berakhir", "akhir")
PAID_ALIASES = ("tanggal_bayar", "tgl_pembayaran", "tanggal_pembayaran", "tgl_lunas")
SOURCE_ALIASES = ("sumber_data", "sumber_angka", "instansi")
HEADCOUNT_ALIASES = (
    "jumlah_tenaga_kerja", "jml_tenaga_kerja", "jumlah_tk", "jml_tk", "tk", "jumlah_pekerja", "jml_pekerja",
)  # fmt: skip

DATA_AS_OF = Column(
    "posisi_data", Reading.DATE, ("data_as_of", "tgl_data", "tanggal_data", "tgl_posisi"), kept=False, past_only=True
)
# Points at a refused row of an earlier delivery, as B12:345: batch 12, row 345. A spreadsheet would take a bare 12:345
# for a time of day. Never judged: a reference that points nowhere must not cost a good row.
REFERENCE = Column("rujukan_baris", Reading.IDENTIFIER, kept=False)
# What is put beside refused rows on their way back to the sender. The last one is read when they come in again.
RETURNED_HEADERS = ("Baris asal", "Alasan penolakan", "Perbaikan", "Rujukan baris")
UNASKED = (DATA_AS_OF.name, REFERENCE.name)  # columns that no template asks for
NIK = Column(
    "nik", Reading.NIK, ("no_nik", "nomor_nik", "no_ktp", "nomor_ktp", "nomor_induk_kependudukan", "nik_ktp"),
    required=True, personal=True, kept=False,
)  # fmt: skip
KPJ = Column(
    "kpj", Reading.IDENTIFIER, ("no_kpj", "nomor_kpj", "no_peserta", "nomor_peserta", "no_kartu_peserta"),
    personal=True, kept=False, pattern=r"\d{11}",
)  # fmt: skip


def _project(**changes) -> Column:
    return Column("kode_proyek", Reading.IDENTIFIER, PROJECT_ALIASES, max_chars=100, **changes)


def _place(**changes) -> Column:
    return Column("wilayah", Reading.PLACE, PLACE_ALIASES, **changes)


def _start(**changes) -> Column:
    return Column("mulai", Reading.DATE, (*START_ALIASES, *changes.pop("also", ())), **changes)


def _end(*also: str, **changes) -> Column:
    return Column("selesai", Reading.DATE, (*END_ALIASES, *also), **changes)


PROYEK = Kind(
    "proyek",
    "Proyek konstruksi",
    (
        _project(required=True),
        Column("nama_proyek", Reading.TEXT, ("nama_paket", "nama_pekerjaan", "uraian_pekerjaan", "paket_pekerjaan"),
               required=True, max_chars=500),
        _place(required=True),
        Column("pemilik", Reading.TEXT, ("pemilik_proyek", "opd", "skpd", "satker", "satuan_kerja", "pemberi_kerja"),
               required=True, reserved=GROUP_MARKS),
        Column("jenis_pemilik", Reading.OWNER_TYPE, ("tipe_pemilik", "kelompok_pemilik")),
        Column("sumber_dana", Reading.FUND, ("dana", "sumber_pendanaan", "sumber_anggaran")),
        Column("nilai_kontrak", Reading.MONEY_RP, ("nilai", "nilai_proyek", "harga_kontrak", "nilai_pekerjaan")),
        Column("termasuk_ppn", Reading.BOOLEAN, ("ppn", "sudah_termasuk_ppn", "nilai_termasuk_ppn")),
        Column("no_spk", Reading.IDENTIFIER, ("nomor_spk", "no_kontrak", "nomor_kontrak", "spk")),
        Column("tgl_spk", Reading.DATE, ("tanggal_spk", "tgl_kontrak", "tanggal_kontrak")),
        _start(required=True, also=("mulai_kontrak", "mulai_pekerjaan", "mulai_pelaksanaan")),
        _end("selesai_kontrak", "selesai_pekerjaan", "selesai_pelaksanaan", required=True),
        Column("selesai_pemeliharaan", Reading.DATE, ("akhir_pemeliharaan", "tgl_selesai_pemeliharaan")),
        Column("penyedia", Reading.CONTRACTOR, ("nama_penyedia", "kontraktor", "pelaksana", "rekanan")),
        Column("tenaga_kerja", Reading.COUNT, HEADCOUNT_ALIASES),
        Column("jenis_pekerjaan", Reading.TEXT, ("jenis_pengadaan", "kategori_pekerjaan")),
        Column("cara_pelaksanaan", Reading.WORK_MODE,
               ("cara_pengadaan", "metode_pengadaan", "metode_pelaksanaan", "metode_pemilihan", "metode")),
        Column("telepon_penyedia", Reading.PHONE,
               ("telp_penyedia", "no_telp_penyedia", "no_telepon_penyedia", "telepon_perusahaan", "telp_perusahaan",
                "no_telp_perusahaan", "no_telepon_perusahaan", "telepon_kontraktor", "telp_kontraktor")),
        DATA_AS_OF,
        REFERENCE,
    ),
    key=("kode_proyek",),
    ordered=(("mulai", "selesai"), ("selesai", "selesai_pemeliharaan")),
    may_be_complete=True,
)  # fmt: skip

PENDAFTARAN = Kind(
    "pendaftaran",
    "Pendaftaran proyek ke BPJS Ketenagakerjaan",
    (
        _project(),
        Column("no_spk", Reading.IDENTIFIER, ("nomor_spk", "no_kontrak", "nomor_kontrak", "spk")),
        Column("no_proyek_bpjs", Reading.IDENTIFIER, ("nomor_proyek_bpjs", "kode_proyek_bpjs", "no_pendaftaran"),
               pattern=r"\d{13}"),
        Column("npp", Reading.IDENTIFIER, ("no_npp", "nomor_npp", "nomor_pendaftaran_perusahaan"),
               pattern=r"[0-9A-Za-z]{8}"),
        Column("tgl_daftar", Reading.DATE, ("tanggal_daftar", "tgl_pendaftaran", "tanggal_pendaftaran"), required=True),
        Column("tgl_bayar", Reading.DATE, PAID_ALIASES),
        Column("iuran_dibayar", Reading.MONEY_RP, ("iuran", "jumlah_iuran", "nilai_iuran", "total_iuran")),
        Column("tenaga_kerja", Reading.COUNT, HEADCOUNT_ALIASES),
        _start(also=("mulai_perlindungan",)),
        _end("selesai_perlindungan"),
        Column("no_sertifikat", Reading.IDENTIFIER, ("nomor_sertifikat", "sertifikat")),
        DATA_AS_OF,
        REFERENCE,
    ),
    key=("kode_proyek", "no_spk", "tgl_daftar"),
    key_alone="no_proyek_bpjs",
    one_of=("kode_proyek", "no_spk"),
    ordered=(("mulai", "selesai"),),
    period=("tgl_daftar", "selesai"),
    may_be_complete=True,
)  # fmt: skip

TENAGA_KERJA = Kind(
    "tenaga_kerja",
    "Daftar tenaga kerja proyek",
    (
        NIK,
        KPJ,
        _project(required=True),
        _start(required=True, also=("tgl_mulai_bekerja", "tanggal_mulai_bekerja", "mulai_bekerja", "tmt")),
        _end("tgl_selesai_bekerja", "selesai_bekerja"),
        DATA_AS_OF,
        REFERENCE,
    ),
    key=("nik", "kode_proyek", "mulai"),
    ordered=(("mulai", "selesai"),),
    may_be_complete=True,
)

KEPESERTAAN = Kind(
    "kepesertaan",
    "Kepesertaan pekerja",
    (
        NIK,
        KPJ,
        Column("segmen", Reading.SEGMENT, ("segmen_kepesertaan", "segmentasi"), required=True),
        _project(required_when=("segmen", ("JAKON",))),
        _place(required_when=("segmen", ("PU", "BPU"))),
        Column("sektor", Reading.SECTOR, ("lapangan_usaha", "sektor_usaha")),
        Column("program", Reading.TEXT, ("program_kepesertaan", "program_diikuti")),
        _start(required=True, also=("mulai_kepesertaan", "tgl_kepesertaan", "mulai_perlindungan")),
        _end("selesai_kepesertaan", "selesai_perlindungan"),
        Column("tgl_bayar", Reading.DATE, PAID_ALIASES),
        DATA_AS_OF,
        REFERENCE,
    ),
    key=("nik", "segmen", "kode_proyek", "wilayah", "mulai"),
    ordered=(("mulai", "selesai"),),
    may_be_complete=True,
)

REKAP = Kind(
    "rekap",
    "Rekapitulasi peserta aktif per bulan",
    (
        _place(required=True),
        Column("bulan", Reading.MONTH_END, ("per_bulan", "periode", "bulan_data"), required=True),
        Column("segmen", Reading.SEGMENT, ("segmen_kepesertaan", "segmentasi"), required=True),
        Column("sektor", Reading.SECTOR, ("lapangan_usaha", "sektor_usaha")),
        Column("peserta_aktif", Reading.COUNT, ("peserta", "jumlah_peserta", "jumlah_peserta_aktif", "tk_aktif"),
               required=True),
        Column("sumber", Reading.TEXT, SOURCE_ALIASES, required=True),
        DATA_AS_OF,
        REFERENCE,
    ),
    key=("wilayah", "bulan", "segmen", "sektor", "sumber"),
    period=("bulan", "bulan"),
)  # fmt: skip

PENDUDUK_BEKERJA = Kind(
    "penduduk_bekerja",
    "Perkiraan penduduk bekerja menurut sektor",
    (
        _place(required=True),
        Column(
            "sektor", Reading.SECTOR_OR_ALL, ("lapangan_usaha", "lapangan_pekerjaan", "sektor_usaha"), required=True
        ),
        Column("per_tanggal", Reading.DATE, ("tanggal", "posisi", "per_tgl"), required=True),
        Column("pekerja", Reading.COUNT, ("jumlah_pekerja", "penduduk_bekerja", "jumlah", "orang"), required=True),
        Column("bawah", Reading.COUNT, ("batas_bawah", "pekerja_bawah")),
        Column("atas", Reading.COUNT, ("batas_atas", "pekerja_atas")),
        Column("sumber", Reading.TEXT, SOURCE_ALIASES, required=True),
        Column("dokumen", Reading.TEXT, ("judul_dokumen", "rujukan"), max_chars=500),
        DATA_AS_OF,
        REFERENCE,
    ),
    key=("wilayah", "sektor", "per_tanggal", "sumber"),
    ordered=(("bawah", "pekerja"), ("pekerja", "atas")),
    period=("per_tanggal", "per_tanggal"),
)

ANGKA_RESMI = Kind(
    "angka_resmi",
    "Angka resmi yang diumumkan",
    (
        _place(required=True),
        Column("per_tanggal", Reading.DATE, ("tanggal", "posisi", "per_tgl")),
        Column("segmen", Reading.OFFICIAL_SEGMENT, ("segmen_kepesertaan",), required=True),
        Column("peserta", Reading.COUNT, ("jumlah_peserta", "peserta_aktif_diumumkan")),
        Column("peserta_presisi", Reading.COUNT, ("presisi_peserta",)),
        Column("potensi", Reading.COUNT, ("jumlah_potensi", "potensi_pekerja")),
        Column("potensi_presisi", Reading.COUNT, ("presisi_potensi",)),
        Column("persen_tercetak", Reading.PERCENT, ("persen", "cakupan_tercetak")),
        Column("sumber", Reading.TEXT, SOURCE_ALIASES, required=True, max_chars=500),
        DATA_AS_OF,
        REFERENCE,
    ),
    key=("wilayah", "per_tanggal", "segmen", "sumber"),
    period=("per_tanggal", "per_tanggal"),
)

PEMBAYARAN = Kind(
    "pembayaran",
    "Pembayaran kontrak",
    (
        _project(required=True),
        Column("tgl_permohonan", Reading.DATE, ("tanggal_permohonan", "tgl_pengajuan", "tanggal_pengajuan")),
        Column("termin", Reading.TEXT, ("termin_ke", "cara_pembayaran", "cara_bayar", "uraian_pembayaran")),
        Column("jumlah", Reading.MONEY_RP, ("nilai_pembayaran", "besar_pembayaran", "jumlah_bayar"), required=True),
        Column("progres", Reading.PERCENT, ("progres_pekerjaan", "progres_fisik", "persen_progres", "kemajuan")),
        Column("tgl_bayar", Reading.DATE, (*PAID_ALIASES, "tgl_bap", "tanggal_bap", "tgl_sp2d", "tanggal_sp2d")),
        DATA_AS_OF,
        REFERENCE,
    ),
    key=("kode_proyek", "tgl_permohonan", "termin", "tgl_bayar"),
    one_of=("tgl_permohonan", "tgl_bayar"),
    period=("tgl_permohonan", "tgl_bayar"),
)  # fmt: skip

TARGET = Kind(
    "target",
    "Target yang ditetapkan",
    (
        Column("unit", Reading.UNIT, ("unit_kerja", "wilayah_target", "cabang"), required=True),
        Column("tahun", Reading.YEAR, ("tahun_target", "tahun_anggaran"), required=True),
        Column("indikator", Reading.TEXT, ("kode_indikator", "indikator_kinerja"), required=True),
        Column("segmen", Reading.OFFICIAL_SEGMENT, ("segmen_kepesertaan", "segmentasi"), required=True),
        Column("sektor", Reading.SECTOR_OR_ALL, ("lapangan_usaha", "sektor_usaha")),
        Column("jenis_hitungan", Reading.TEXT, ("cara_hitung", "jenis_perhitungan"), required=True),
        Column("nilai", Reading.NUMBER, ("nilai_target", "target"), required=True),
        Column("satuan", Reading.TEXT, ("satuan_target",), required=True),
        Column("penerbit", Reading.TEXT, ("ditetapkan_oleh", "instansi_penerbit"), required=True),
        Column("dokumen", Reading.TEXT, ("judul_dokumen", "rujukan", "dasar"), max_chars=500),
        DATA_AS_OF,
        REFERENCE,
    ),
    key=("unit", "tahun", "indikator", "segmen", "sektor", "jenis_hitungan", "penerbit"),
    period=("posisi_data", "posisi_data"),
)

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        PROYEK, PENDAFTARAN, TENAGA_KERJA, KEPESERTAAN, REKAP, PENDUDUK_BEKERJA, ANGKA_RESMI, PEMBAYARAN, TARGET,
    )
}  # fmt: skip

_LEFT_OUT = (Column("alasan", Reading.TEXT, kept=False), Column("rincian", Reading.TEXT, kept=False))

# The tables that joined procurement records make; no file holds them.
PROCURED_PROYEK = replace(
    PROYEK, columns=(*PROYEK.columns, Column("wilayah_dari", Reading.TEXT), *_LEFT_OUT), left_out="alasan"
)
PROCURED_PEMBAYARAN = replace(PEMBAYARAN, columns=(*PEMBAYARAN.columns, *_LEFT_OUT), left_out="alasan")
