"""What a rejected row is told: one message and one remedy for every code of a rule."""

from data.categories import FUNDS, OFFICIAL_SEGMENTS, OWNER_TYPES, SEGMENTS, WORK_MODES

# code: (message, remedy); {detail} is filled by the rule.
REASONS: dict[str, tuple[str, str]] = {
    "wajib_kosong": ("Sel wajib kosong{detail}.", "Isi sel ini."),
    "salah_satu_wajib": ("{detail} kosong semua.", "Isi salah satunya."),
    "sel_berlebih": (
        "Baris ini punya lebih banyak sel daripada judul kolom.",
        "Apit teks yang memuat tanda pemisah dengan tanda kutip.",
    ),
    "terlalu_panjang": ("Isi sel lebih dari {detail} karakter.", "Persingkat sampai {detail} karakter."),
    "bukan_nama": ("Tanda ini bukan nama.", "Tulis nama lengkapnya."),
    "nik_angka": ("NIK hilang digit: sel berformat angka.", "NIK hilang digit: kirim ulang sebagai teks."),
    "nik_bukan_16_digit": ("NIK harus 16 digit, ini {detail} karakter.", "Periksa NIK pada KTP."),
    "nik_wilayah": (
        "Empat digit pertama NIK ({detail}) bukan kode provinsi dan kabupaten/kota.",
        "Periksa NIK pada KTP.",
    ),
    "nik_tanggal_lahir": ("Digit 7 sampai 12 NIK bukan tanggal lahir.", "Periksa NIK pada KTP."),
    "nik_nomor_urut": ("Empat digit terakhir NIK 0000.", "Periksa NIK pada KTP."),
    "nik_di_kolom_lain": ("NIK tidak boleh di kolom ini.", "Hapus NIK dari sel ini."),
    "digit_hilang": ("Nomor tersimpan sebagai angka sehingga digitnya hilang.", "Kirim ulang kolom ini sebagai teks."),
    "bentuk_kpj": ("KPJ harus 11 digit.", "Periksa nomor pada kartu peserta; kirim sebagai teks."),
    "bentuk_npp": ("NPP harus 8 huruf atau angka.", "Periksa NPP; kirim sebagai teks."),
    "bentuk_no_proyek_bpjs": ("Nomor proyek BPJS harus 13 digit.", "Periksa nomor proyek; kirim sebagai teks."),
    "bukan_tanggal": ("Isi sel bukan tanggal.", "Tulis seperti 9/7/2024 (hari dahulu), 2024-07-09 atau 9 Juli 2024."),
    "tanggal_mustahil": ("Tanggal ini tidak ada dalam kalender.", "Periksa hari dan bulannya; hari ditulis dahulu."),
    "tanggal_terlalu_lampau": ("Tanggal sebelum 17 Agustus 1945.", "Periksa tahunnya."),
    "tanggal_terlalu_jauh": ("Tanggal lebih dari 10 tahun ke depan.", "Periksa tahunnya."),
    "sesudah_hari_ini": (
        "Tanggal sesudah hari ini ({detail}), padahal keadaan data tidak mungkin dari masa depan.",
        "Tulis tanggal keadaan datanya, paling lambat hari ini.",
    ),
    "selesai_sebelum_mulai": ("Tanggal akhir mendahului tanggal awal {detail}.", "Periksa kedua tanggal."),
    "batas_terbalik": ("Angka ini lebih kecil daripada {detail}, padahal tidak boleh.", "Periksa kedua angka."),
    "bukan_angka": ("Isi sel bukan angka.", "Tulis seperti 1.234.567,8 tanpa kata."),
    "bukan_bilangan_bulat": ("Jumlah orang harus bilangan bulat.", "Tulis tanpa desimal."),
    "angka_negatif": ("Angka di bawah nol.", "Tulis angka nol atau lebih."),
    "angka_terlalu_besar": ("Angka melebihi batas yang masuk akal.", "Periksa jumlah digitnya."),
    "bukan_ya_tidak": ("Isi sel bukan ya atau tidak.", "Tulis ya atau tidak."),
    "wilayah_tidak_dikenal": (
        "Wilayah tidak dikenal atau berarti lebih dari satu{detail}.",
        "Tulis nama lengkap atau kode Kemendagri bertitik, misalnya 16.71{detail}.",
    ),
    "sumber_dana_tidak_dikenal": ("Sumber dana tidak dikenal.", f"Pilih: {', '.join(FUNDS)}."),
    "jenis_pemilik_tidak_dikenal": ("Jenis pemilik tidak dikenal.", f"Pilih: {', '.join(OWNER_TYPES)}."),
    "cara_pelaksanaan_tidak_dikenal": ("Cara pelaksanaan tidak dikenal.", f"Pilih: {', '.join(WORK_MODES)}."),
    "segmen_tidak_dikenal": ("Segmen tidak dikenal.", f"Pilih: {', '.join(SEGMENTS)}."),
    "segmen_resmi_tidak_dikenal": ("Segmen angka resmi tidak dikenal.", f"Pilih: {', '.join(OFFICIAL_SEGMENTS)}."),
    "sektor_tidak_dikenal": (
        "Sektor tidak dikenal.",
        "Tulis nama lapangan usaha Sakernas, misalnya konstruksi, atau huruf kategorinya.",
    ),
    "bukan_tahun": ("Isi sel bukan tahun yang masuk akal.", "Tulis empat digit, misalnya 2025."),
    # These two and pembayaran_tanpa_proyek ask nothing of anybody: rows of them alone are not open (data/sql/ledger).
    "belum_berkontrak": (
        "Paket konstruksi diumumkan tetapi belum berkontrak ({detail}).",
        "Kirim data kontraknya bila sudah ditandatangani.",
    ),
    "bukan_konstruksi": ("Bukan pekerjaan konstruksi ({detail}).", "Tidak perlu apa-apa."),
    "tanpa_pengumuman": (
        "Kontrak tanpa pengumuman, jadi jenis pengadaannya tidak diketahui.",
        "Kirim pengumuman paketnya, atau kirim proyeknya sebagai berkas jenis proyek.",
    ),
    "tanpa_pengumuman_dan_kontrak": (
        "Ada SPMK atau pembayaran, tetapi pengumuman dan kontraknya tidak ada.",
        "Kirim pengumuman dan kontraknya.",
    ),
    "jenis_kosong": ("Jenis pengadaan kosong.", "Lengkapi jenis pengadaannya lalu kirim ulang."),
    "tanpa_masa_kerja": (
        "Kontrak konstruksi tanpa masa kerja: tidak ada SPMK, dan tanggal akhir kontrak bukan masa kerja.",
        "Kirim SPMK-nya, atau kirim proyeknya sebagai berkas jenis proyek.",
    ),
    "wilayah_tidak_diketahui": (
        "Lokasi pekerjaan dan wilayah instansi pembeli tidak dikenal.",
        "Lengkapi lokasi pekerjaan, misalnya Bandung (Kab.) - Jawa Barat.",
    ),
    "pembayaran_tanpa_proyek": ("Pembayaran untuk paket yang tidak dimasukkan: {detail}.", "Lihat alasan paketnya."),
    "kunci_ganda": (
        "Kunci yang sama ada di baris {detail}; tidak dapat ditentukan mana yang benar.",
        "Sisakan satu baris.",
    ),
}
