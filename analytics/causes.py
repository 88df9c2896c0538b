"""Why procurement, registrations and payments do not agree: each probable cause with its words and who mends it."""

from dataclasses import dataclass
from typing import Literal

from analytics.indicators import Text

Severity = Literal["unmet", "late", "open", "unknown", "met"]


@dataclass(frozen=True)
class Cause:
    """What a line of the reconciliation may come to.

    `severity` chooses colour and shape as for the conditions before a payment: unmet (an obligation), late (a flaw that
    somebody mends), open (not due yet), unknown, met. `remedy` says who does what.
    """

    code: str
    label: Text
    severity: Severity
    explanation: Text
    remedy: Text


def _causes(*causes: Cause) -> dict[str, Cause]:
    return {cause.code: cause for cause in causes}


_ASK_SENDER = Text(
    "Tanyakan nomornya kepada pengirim; kirim ulang baris itu, atau kirim data proyeknya.",
    "Ask the sender for the number; send that row again, or send the project's data.",
)

# Rows of a file that belong to no project of the register.
OF_ROWS = _causes(
    Cause(
        "nomor_mirip",
        Text("Nomor mungkin salah tulis", "Number perhaps mistyped"),
        "late",
        Text(
            "Baris ini menyebut proyek yang tidak dikenal, tetapi ada proyek yang nomornya sama bila tanda baca "
            "diabaikan, atau berbeda satu tanda dan tanggalnya cocok.",
            "The row names an unknown project, but there is one whose number is the same but for punctuation, or "
            "differs in one character while the dates fit.",
        ),
        Text(
            "Cocokkan dengan proyek yang disebut; kirim ulang baris itu dengan nomor yang benar.",
            "Compare with the project named; send that row again with the right number.",
        ),
    ),
    Cause(
        "pendaftaran_tanpa_proyek",
        Text("Pendaftaran tanpa proyek", "Registration without a project"),
        "late",
        Text(
            "BPJS Ketenagakerjaan mencatat pendaftaran, tetapi tidak ada proyek dengan kode atau nomor SPK itu.",
            "BPJS Ketenagakerjaan holds a registration, but no project has that code or work order number.",
        ),
        _ASK_SENDER,
    ),
    Cause(
        "pendaftaran_spk_ganda",
        Text("Pendaftaran untuk salah satu dari beberapa proyek", "Registration of one of several projects"),
        "late",
        Text(
            "Pendaftaran hanya menyebut nomor SPK, dan nomor itu dipakai beberapa proyek; miliknya siapa tidak dapat "
            "ditentukan.",
            "The registration names nothing but a work order's number that several projects bear; whose it is cannot "
            "be told.",
        ),
        Text(
            "Minta cabang BPJS Ketenagakerjaan menambahkan kode proyek pada baris itu.",
            "Ask the BPJS branch to add the project's code to that row.",
        ),
    ),
    Cause(
        "proyek_dihapus",
        Text("Proyeknya tidak ada lagi dalam daftar lengkap", "Its project left the complete list"),
        "late",
        Text(
            "Proyek ini pernah ada, tetapi kiriman lengkap yang lebih baru tidak memuatnya lagi.",
            "The project existed, but a newer complete delivery does not list it.",
        ),
        Text(
            "Pastikan kepada pemilik proyek: dibatalkan, atau terlewat dalam kiriman lengkap.",
            "Ask the owner: was it cancelled, or missed in the complete delivery?",
        ),
    ),
    Cause(
        "pembayaran_tanpa_proyek",
        Text("Pembayaran tanpa proyek", "Payment without a project"),
        "late",
        Text("Ada pembayaran kontrak, tetapi tidak ada proyek dengan kode itu.",
             "A contract was paid, but no project has that code."),
        _ASK_SENDER,
    ),
    Cause(
        "pekerja_tanpa_proyek",
        Text("Daftar pekerja tanpa proyek", "Roster without a project"),
        "late",
        Text("Daftar tenaga kerja menyebut proyek yang tidak dikenal; pekerjanya menunggu dan belum terhitung.",
             "A roster names an unknown project; its workers wait and are not counted."),
        _ASK_SENDER,
    ),
    Cause(
        "peserta_tanpa_proyek",
        Text("Peserta tanpa proyek", "Members without a project"),
        "late",
        Text("Kepesertaan jasa konstruksi menyebut proyek yang tidak dikenal; pesertanya menunggu dan belum terhitung.",
             "Construction memberships name an unknown project; the members wait and are not counted."),
        _ASK_SENDER,
    ),
)  # fmt: skip

# Projects whose registrations or payments differ from the contract, the most telling first. Which of them a project
# has is worked out when an edition is published (data/sql/publish/reconciliation.sql).
OF_PROJECTS = _causes(
    Cause(
        "spk_ganda",
        Text("Nomor SPK dipakai dua proyek", "Two projects bear one work order number"),
        "late",
        Text(
            "Proyek lain memakai nomor SPK yang sama; pendaftaran yang hanya menyebut nomor itu tidak dapat "
            "ditempatkan.",
            "Another project bears the same number; a registration that names it alone cannot be placed.",
        ),
        Text("Pemilik proyek membetulkan salah satu nomor.", "The owner corrects one of the numbers."),
    ),
    Cause(
        "daftar_pekerja_saja",
        Text("Ada daftar pekerja, belum terdaftar", "Roster, but not registered"),
        "unmet",
        Text(
            "Daftar tenaga kerjanya sudah dikirim, tetapi proyeknya belum terdaftar pada BPJS Ketenagakerjaan.",
            "Its roster was sent, but the project is not registered with BPJS Ketenagakerjaan.",
        ),
        Text("Penyedia mendaftarkan proyek; namanya sudah ada.", "The contractor registers; the names are known."),
    ),
    Cause(
        "belum_terdaftar",
        Text("Belum terdaftar", "Not registered"),
        "unmet",
        Text(
            "Data pendaftaran sudah lengkap untuk wilayah atau pemiliknya, dan tidak memuat proyek ini.",
            "Registrations are complete for its place or owner, and hold none of this project.",
        ),
        Text("Penyedia mendaftarkan proyek; OPD menagihnya.", "The contractor registers; the owner sees to it."),
    ),
    Cause(
        "daftar_sesudah_bayar",
        Text("Terdaftar sesudah pembayaran pertama", "Registered after the first payment"),
        "late",
        Text(
            "Kontrak sudah dibayar ketika proyek belum terdaftar.",
            "The contract was paid while the project was not registered.",
        ),
        Text("Periksa dasar pembayaran pertama.", "Look into the first payment's grounds."),
    ),
    Cause(
        "bayar_melebihi_kontrak",
        Text("Pembayaran melebihi kontrak", "Paid beyond the contract"),
        "unmet",
        Text(
            "Jumlah pembayaran melebihi nilai kontrak, walau PPN belum termasuk di dalamnya.",
            "The payments add up to more than the contract's value, even if VAT comes on top.",
        ),
        Text(
            "Cari adendum yang belum dikirim, atau pembayaran yang tercatat dua kali.",
            "Look for an addendum not yet sent, or a payment entered twice.",
        ),
    ),
    Cause(
        "iuran_belum_dibayar",
        Text("Terdaftar, iuran belum dibayar", "Registered, contribution not paid"),
        "unmet",
        Text("Proyek terdaftar, tetapi tidak ada iuran yang dibayar.", "Registered, but no contribution was paid."),
        Text("Penyedia membayar iuran; tanpa itu tidak ada perlindungan.", "The contractor pays; without it no cover."),
    ),
    Cause(
        "iuran_sebelum_adendum",
        Text("Nilai kontrak berubah, iuran tidak", "Contract changed, contribution did not"),
        "late",
        Text(
            "Iuran yang dibayar tepat menurut nilai kontrak sebelum adendum; selisihnya belum dibayar.",
            "What was paid is exactly due on the value before an addendum; the difference is not paid.",
        ),
        Text("Penyedia membayar selisih iuran baru dan lama.", "The contractor pays the new amount less the old."),
    ),
    Cause(
        "iuran_kurang",
        Text("Iuran kurang dari tarif", "Contribution below the tariff"),
        "late",
        Text(
            "Iuran yang dibayar kurang dari tarif atas nilai kontrak tanpa PPN, lebih dari pembulatan.",
            "Paid is less than the tariff on the value without VAT, by more than rounding.",
        ),
        Text("Cabang menghitung ulang; penyedia membayar sisanya.", "The branch reckons again; the rest is paid."),
    ),
    Cause(
        "iuran_lebih",
        Text("Iuran lebih dari tarif", "Contribution above the tariff"),
        "late",
        Text(
            "Iuran yang dibayar melebihi tarif atas nilai kontrak: nilai kontrak di data proyek mungkin belum yang "
            "terakhir.",
            "Paid is more than the tariff on the value: the project's data may not hold the last value.",
        ),
        Text("Cari adendum yang belum dikirim.", "Look for an addendum not yet sent."),
    ),
    Cause(
        "tenaga_kerja_beda",
        Text("Jumlah tenaga kerja berbeda", "Headcounts differ"),
        "late",
        Text(
            "Tenaga kerja terdaftar jauh berbeda dari yang disebut data proyek, atau dari daftar pekerjanya.",
            "The registered headcount is far from what the project's data state, or from its roster.",
        ),
        Text("Penyedia memperbarui jumlah atau daftar pekerja.", "The contractor updates headcount or roster."),
    ),
)  # fmt: skip

# Projects of which nothing differs, as far as known.
AT_REST = _causes(
    Cause(
        "belum_jatuh_tempo",
        Text("Belum jatuh tempo", "Not yet due"),
        "open",
        Text("Belum terdaftar atau belum dibayar, dan batas waktunya belum lewat.",
             "Not registered or not paid, and the deadline has not passed."),
        Text("Ingatkan sebelum batas waktu.", "Remind before the deadline."),
    ),
    Cause(
        "belum_diketahui",
        Text("Belum dapat dicocokkan", "Cannot be matched yet"),
        "unknown",
        Text("Data pendaftaran belum lengkap untuk wilayah atau pemiliknya. Tidak ada bukan berarti belum terdaftar.",
             "Registrations are not complete for its place or owner. Not there does not mean not registered."),
        Text("Minta kiriman lengkap pendaftaran.", "Ask for a complete delivery of registrations."),
    ),
    Cause(
        "cocok",
        Text("Cocok", "In agreement"),
        "met",
        Text("Terdaftar, dan tidak ada yang berbeda sejauh datanya ada.",
             "Registered, and nothing differs as far as data tell."),
        Text("Tidak ada.", "Nothing."),
    ),
)  # fmt: skip

CAUSES: dict[str, Cause] = OF_ROWS | OF_PROJECTS | AT_REST
DIFFERENCES = (*OF_ROWS, *OF_PROJECTS)
