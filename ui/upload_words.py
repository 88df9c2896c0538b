"""Words of bringing data in: kinds of files, ways of delivery, what is being done, sizes."""

import re
from datetime import datetime

from data import steps
from data.importers.kinds import KINDS
from data.importers.reasons import REASONS
from data.places import all_places
from data.steps import CHECKING, COUNTING, SAVING
from ui import formats, jobs
from ui.jobs import Job
from ui.ledger_status import Batch
from ui.texts import translator

KILOBYTE = 1024
# Said of many rows at once where the sentence of one needs what is of that row alone.
OF_MANY = {
    "salah_satu_wajib": ("Kolom yang salah satunya wajib diisi kosong semua.", "Isi salah satunya."),
    "terlalu_panjang": ("Isi sel terlalu panjang.", "Persingkat isinya."),
    "nik_bukan_16_digit": ("NIK harus 16 digit.", "Periksa NIK pada KTP."),
    "selesai_sebelum_mulai": ("Tanggal akhir mendahului tanggal awal.", "Periksa kedua tanggal."),
    "batas_terbalik": ("Batas bawah lebih besar daripada angkanya, atau angkanya daripada batas atas.",
                       "Periksa kedua angka."),
    "pembayaran_tanpa_proyek": ("Pembayaran untuk paket yang tidak dimasukkan.", "Lihat alasan paketnya."),
    "kunci_ganda": (
        "Kunci yang sama ada di beberapa baris; tidak dapat ditentukan mana yang benar.", "Sisakan satu baris.",
    ),
}  # fmt: skip
ROWS_COUNTED = ("membaca", "memeriksa", "menyimpan")
GLUED = re.compile(r"(?<=\w)\{detail\}")  # what one row adds to a sentence that is whole without it


def kind_title(kind: str, language: str) -> str:
    """What a file of this kind holds; a kind that is not known stays as it is."""
    _ = translator(language)
    if language == "id":
        return KINDS[kind].title if kind in KINDS else kind
    return {
        "proyek": _("Proyek konstruksi"),
        "pendaftaran": _("Pendaftaran proyek ke BPJS Ketenagakerjaan"),
        "tenaga_kerja": _("Daftar tenaga kerja proyek"),
        "kepesertaan": _("Kepesertaan pekerja"),
        "rekap": _("Rekapitulasi peserta aktif per bulan"),
        "penduduk_bekerja": _("Perkiraan penduduk bekerja menurut sektor"),
        "angka_resmi": _("Angka resmi yang diumumkan"),
        "pembayaran": _("Pembayaran kontrak"),
        "target": _("Target yang ditetapkan"),
    }.get(kind, kind)


def reason(code: str, part: int) -> str:
    """Message (0) or remedy (1) of a whole group of refused rows: without what is of a single one."""
    if code not in REASONS:
        return code
    return OF_MANY[code][part] if code in OF_MANY else GLUED.sub("", REASONS[code][part].replace(" ({detail})", ""))


def size(count: int, language: str) -> str:
    """1,2 MB or 340 kB; an empty file has 0 kB, the smallest other one 1 kB."""
    kilobytes = count / KILOBYTE
    if kilobytes < KILOBYTE:
        return f"{formats.number(max(int(count > 0), round(kilobytes)), language)} kB"
    return f"{formats.number(kilobytes / KILOBYTE, language, 1)} MB"


def clock(at: datetime) -> str:
    """10.05, by the office's clock."""
    return f"{at:%H.%M}"


def when(at: datetime, language: str) -> str:
    """9 Juli 2024 10.05."""
    return f"{formats.day(at.date(), language)} {clock(at)}"


def scope(batch: Batch, language: str) -> str:
    """What a delivery is complete for, or that it only adds."""
    _ = translator(language)
    if batch.scope is None:
        return _("tambahan")
    place = all_places().get(batch.scope)
    return _("{scope}, {first} – {last}").format(
        scope=place.name if place else batch.scope,
        first=formats.day(batch.period_from, language),
        last=formats.day(batch.period_to, language),
    )


def stage(text: str, language: str, *, is_preview: bool = False) -> str:
    """What is being done; the program itself speaks Indonesian. A preview keeps nothing: it does the act in a copy."""
    _ = translator(language)
    known = {
        jobs.WAITING: _("Menunggu giliran"),
        jobs.BEGINNING: _("Memulai"),
        "membaca": _("Membaca berkas"),
        "memeriksa": _("Memeriksa baris"),
        "menyimpan": _("Mencoba pada salinan data") if is_preview else _("Menyimpan ke buku besar"),
        CHECKING: _("Memeriksa edisi"),
        SAVING: _("Menyimpan edisi"),
    }
    if text in known:
        return known[text]
    begins = {"Menyiapkan ": _("Menyiapkan angka"), "Menyusun ": _("Menyusun angka"), COUNTING: _("Menghitung orang")}
    return next((told for begin, told in begins.items() if text.startswith(begin)), text[:1].upper() + text[1:])


def how_far(job: Job, language: str) -> str:
    """'Langkah 12 dari 55: Menyusun angka'; of a file its rows, as far as they are counted."""
    _ = translator(language)
    told = stage(job.stage, language, is_preview=job.sort.startswith("preview-"))
    rows = job.total or job.done
    if steps.is_step(job.stage, job.total):
        if parts := steps.parts_within(job.stage):
            told = _("{told}, bagian {part} dari {parts}").format(told=told, part=parts[0], parts=parts[1])
        return _("Langkah {step} dari {steps}: {told}").format(step=job.done + 1, steps=job.total, told=told)
    if job.stage in ROWS_COUNTED and rows:
        return _.plural("{told}: {rows} baris", rows).format(told=told, rows=formats.number(rows, language))
    return told
