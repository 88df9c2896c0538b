"""Entries in words: every kind has its sentence in both languages, and no fact can do harm."""

from datetime import UTC, datetime

import pytest

from data.journal import KINDS, Entry
from ui import journal_words

AT = datetime(2024, 7, 8, 18, 30, 5, tzinfo=UTC)
FACTS = {
    "import": {
        "batch": 3, "kind": "proyek", "file": "a.csv", "rows_accepted": 1234, "rows_rejected": 5, "complete_for": "16",
        "period": "2024-01-01..2024-12-31",
    },
    "undo": {"batch": 3, "kind": "proyek", "file": "a.csv", "rows_accepted": 1234},
    "publish": {"edition": 2, "as_of": "2024-07-31", "batches": 7, "content_hash": "ab" * 32},
    "preview": {"act": "import", "as_of": "2024-07-31", "sha256": ["ab" * 32, "cd" * 32]},
    "export": {"name": "a.csv", "rows": 12, "bytes": 3456, "edition": 2, "place": "16.71", "fund": "APBN"},
    "sign_in": {"address": "10.0.0.1", "mode": "password"},
    "account": {"act": "disable", "account": "budi"},
    "demonstration": {"act": "made"},
    "backup": {"backup": "cakupan-1", "edition": 2, "files": 1234, "has_keys": False, "manifest_sha256": "cd" * 32},
    "restore": {
        "backup": "cakupan-1", "edition": 2, "files": 34, "manifest_sha256": "cd" * 32, "former_journal_number": 7,
        "former_journal_hash": "ef" * 32,
    },
    "purge": {"originals": 2, "bytes": 3456, "log_files": 1},
    "proof": {
        "kode_proyek": "P-1", "certificate_no": "S-1", "receipt_no": "K-1", "registered_on": "2024-01-05",
        "paid_on": "2024-01-06", "cover_from": "2024-01-05", "cover_to": "2024-12-31", "scan_sha256": "ab" * 32,
        "scan_kind": "pdf", "edition": 2, "demo": False, "replaces": 7,
    },
    "decision": {
        "kode_proyek": "P-1", "payment": 2, "decision": "ditunda", "office": "PA Dinas", "reason": "Belum ada bukti.",
        "result_shown": "belum_memenuhi", "edition": 2, "demo": False,
    },
    "exception": {
        "kode_proyek": "P-1", "reason": "Darurat.", "approver_office": "Sekda", "expires_on": "2024-12-31",
        "edition": 2, "demo": False,
    },
    "finding": {
        "kode_proyek": None, "owner": "Dinas PUPR", "kondisi": "Belum terdaftar", "kriteria": "x", "sebab": "x",
        "akibat": "x", "rekomendasi": "x", "due": "2024-09-30", "state": "belum_sesuai", "edition": 2, "demo": False,
    },
    "finding_followup": {
        "finding": 12, "tindak_lanjut": "Sudah didaftarkan.", "state": "sesuai", "edition": 2, "demo": False,
    },
    "follow_up": {
        "kode_proyek": "P-1", "state": "berjanji", "officer": "Cabang Palembang", "promised_on": "2024-07-20",
        "note": "Minggu depan.", "edition": 2, "demo": False,
    },
    "pack": {
        "meeting": "Rapat koordinasi", "day": "2024-08-05", "audience": "opd", "month": "2024-07", "place": "16.71",
        "edition": 2, "rows": 1234, "content_hash": "ab" * 32, "sections": ["trend"],
        "files": [
            {"format": "xlsx", "bytes": 9, "sha256": "cd" * 32}, {"format": "pdf", "bytes": 9, "sha256": "ef" * 32},
        ],
    },
    "alias": {"field": "pemilik", "written": "DPUPR", "name": "Dinas PUPR", "verdict": "same", "demo": False},
    "mapping": {
        "sender": "Dinas PUPR", "kind": "tenaga_kerja", "headers_sha256": "ab" * 32,
        "columns": {"no ktp pekerja": "nik", "kode": "kode_proyek"},
    },
}  # fmt: skip
SENTENCES = {
    "import": "Batch 3: proyek dari a.csv, 1.234 baris diterima, 5 ditolak. Lengkap untuk 16, 2024-01-01..2024-12-31.",
    "undo": "Batch 3 dibatalkan: proyek dari a.csv, 1.234 baris.",
    "publish": "Edisi 2 diterbitkan, dihitung per 2024-07-31, dari 7 kiriman; sidik isi abababababab.",
    "preview": "Pratinjau pemasukan berkas dengan sidik abababababab, cdcdcdcdcdcd, dihitung per 2024-07-31.",
    "export": "a.csv: 12 baris, 3.456 bita, edisi 2. Lingkup: wilayah 16.71; sumber dana APBN.",
    "sign_in": "Dari alamat 10.0.0.1, cara masuk kata sandi.",
    "account": "Akun budi dinonaktifkan.",
    "demonstration": "Data contoh dibuat.",
    "backup": "Cadangan cakupan-1 dibuat tanpa kunci: edisi 2, 1.234 berkas; sidik daftar isinya cdcdcdcdcdcd.",
    "restore": (
        "Dipulihkan dari cadangan cakupan-1: edisi 2, 34 berkas; sidik daftar isinya cdcdcdcdcdcd. Jurnal yang "
        "digantikan berakhir di entri 7."
    ),
    "purge": "Lewat masa simpannya: 2 berkas asli (3.456 bita) dan 1 berkas catatan dihapus.",
    "proof": (
        "Proyek P-1: sertifikat S-1, bukti bayar K-1; terdaftar 5 Januari 2024, dibayar 6 Januari 2024, perlindungan "
        "5 Januari 2024 sampai 31 Desember 2024. Pindaian abababababab. Menggantikan entri 7."
    ),
    "decision": (
        "Proyek P-1, pembayaran 2: Ditunda oleh PA Dinas; hasil tampil: Belum memenuhi. Alasan: Belum ada bukti."
    ),
    "exception": "Proyek P-1: disetujui Sekda, berlaku sampai 31 Desember 2024. Alasan: Darurat.",
    "finding": "Dinas PUPR: Belum terdaftar; tenggat 30 September 2024.",
    "finding_followup": "Temuan 12: Sesuai rekomendasi. Sudah didaftarkan.",
    "follow_up": "Proyek P-1: Berjanji 20 Juli 2024, petugas Cabang Palembang. Minggu depan.",
    "pack": (
        "Rapat koordinasi, 5 Agustus 2024: XLSX, PDF, 1.234 baris, edisi 2; sidik isi abababababab. Lingkup: bulan "
        "2024-07; wilayah 16.71."
    ),
    "alias": "Pemilik proyek: 'DPUPR' berlaku sebagai 'Dinas PUPR' sejak penerbitan berikutnya.",
    "mapping": "Kolom kiriman Dinas PUPR dibaca sebagai tenaga_kerja: no ktp pekerja → nik; kode → kode_proyek.",
}


def entry(kind: str, facts: dict, *, who: str = "siti", is_authenticated: bool = True) -> Entry:
    return Entry(1, AT, who, "steward", is_authenticated, kind, facts, "", "")


@pytest.mark.parametrize("kind", SENTENCES)
def test_an_entry_is_a_sentence(kind):
    assert journal_words.told(entry(kind, FACTS[kind]), "id") == SENTENCES[kind]


def test_an_entry_is_a_sentence_in_english_too():
    assert journal_words.told(entry("undo", FACTS["undo"]), "en") == "Batch 3 undone: proyek from a.csv, 1,234 rows."


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"act": "undo", "batch": 1234}, "Pratinjau pembatalan batch 1.234, dihitung per 2024-07-31."),
        ({"act": "publish"}, "Pratinjau penerbitan, dihitung per 2024-07-31."),
        ({"act": "tebak"}, "act: tebak; as_of: 2024-07-31"),
    ],
)
def test_a_preview_is_told_by_what_was_previewed(facts, told):
    assert journal_words.told(entry("preview", facts | {"as_of": "2024-07-31"}), "id") == told


def test_a_withdrawal_says_what_it_takes_back():
    facts = {"kode_proyek": "P-1", "withdrawal": "Keliru.", "replaces": 12, "edition": 2, "demo": False}
    assert journal_words.told(entry("proof", facts), "id") == "P-1: Entri 12 ditarik. Alasan: Keliru."


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        ("withdrawn", "Pemilik proyek: 'DPUPR' tidak lagi berlaku sebagai 'Dinas PUPR'."),
        ("different", "Pemilik proyek: 'DPUPR' dan 'Dinas PUPR' bukan nama yang sama."),
        ("reconsidered", "Pemilik proyek: 'DPUPR' dan 'Dinas PUPR' boleh diusulkan lagi."),
    ],
)
def test_what_was_said_of_two_names_is_told(verdict, said):
    assert journal_words.told(entry("alias", FACTS["alias"] | {"verdict": verdict}), "id") == said


def test_a_place_that_a_spelling_means_is_named_beside_its_code():
    facts = FACTS["alias"] | {"field": "wilayah", "written": "Kota Palembnag", "name": "16.71"}
    said = "Wilayah: 'Kota Palembnag' dibaca sebagai 'Kota Palembang (16.71)' sejak impor berikutnya."
    assert journal_words.told(entry("alias", facts), "id") == said


def test_scans_that_passed_their_time_are_told():
    told = journal_words.told(entry("purge", FACTS["purge"] | {"scans": 3}), "id")
    assert told.endswith("1 berkas catatan dihapus. 3 pindaian bukti dihapus.")


def test_a_card_is_told_by_its_project_and_not_by_rows():
    facts = {"name": "k.pdf", "bytes": 3456, "edition": 2, "project": "P-1", "card_hash": "ab" * 32, "place": "16.71"}
    entry = Entry(1, AT, "siti", "payer", True, "export", facts, "", "")
    assert journal_words.told(entry, "id") == "k.pdf: kartu proyek P-1, 3.456 bita, edisi 2. Lingkup: wilayah 16.71."


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_kind_has_a_name_and_tells_whatever_it_holds(kind, language):
    assert journal_words.kind_name(kind, language) != kind
    for facts in ({}, {"unreadable": "{"}, dict.fromkeys(FACTS["import"] | FACTS["export"] | {"act": 1}, None)):
        assert isinstance(journal_words.told(entry(kind, facts), language), str)


def test_a_changed_account_is_told_by_before_and_now():
    facts = {"act": "change", "account": "budi", "changed": ["places", "role"], "role": ["viewer", "branch"]}
    told = journal_words.told(entry("account", facts | {"places": [[], ["16.71", "16.04"]]}), "id")
    assert told == "Akun budi diubah: peran Pembaca → Cabang BPJS; wilayah – → 16.71, 16.04."
    facts = {"act": "add", "account": "budi", "role": "branch", "branches": ["lahat", "palembang"]}
    assert (
        journal_words.told(entry("account", facts), "id")
        == "Akun budi dibuat: peran Cabang BPJS; cabang lahat, palembang."
    )


def test_an_unknown_kind_is_told_all_the_same():
    assert journal_words.kind_name("temuan", "id") == "temuan"
    assert journal_words.told(entry("temuan", {"nomor": 7}), "id") == "nomor: 7"


def test_what_was_recorded_late_says_so_and_when_it_happened():
    facts = FACTS["undo"] | {"recorded_late": True, "happened_at": "2024-07-01T03:04:05+00:00"}
    assert journal_words.told(entry("undo", facts), "id").endswith(
        "1.234 baris. Dicatat belakangan; terjadi 1 Juli 2024 10.04.05, pelakunya tidak diketahui."
    )


def test_times_are_those_of_jakarta():
    assert journal_words.moment(AT, "id") == "9 Juli 2024 01.30.05"


def test_a_name_that_nobody_proved_is_marked():
    assert journal_words.who(entry("undo", {}), "id") == "siti"
    assert journal_words.who(entry("undo", {}, is_authenticated=False), "id") == "siti (tanpa autentikasi)"
    assert journal_words.who(entry("undo", {}, is_authenticated=False), "en") == "siti (not authenticated)"


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u200f", "\x00", "\n", "\x1b", "\u2028", "\ud800"])
def test_no_mark_turns_or_breaks_the_line(mark):
    told = journal_words.told(entry("undo", {"batch": f"1{mark}2", "file": mark}, who=mark), "id")
    assert mark not in told + journal_words.who(entry("undo", {}, who=mark), "id") and "1 2" in told


def test_a_long_fact_is_cut():
    told = journal_words.told(entry("undo", {"batch": 1, "file": "x" * 300}), "id")
    assert "x" * 119 + "…" in told and "x" * 120 not in told
    many = {f"nama-{n}": "x" * 300 for n in range(50)}
    assert len(journal_words.told(entry("temuan", many), "id")) == journal_words.LONGEST_SENTENCE
