"""Parts of a number and kinds of deliveries in words."""

from ui.texts import translator


def kind_name(kind: str, language: str) -> str:
    """What a kind of delivery holds."""
    _ = translator(language)
    return {
        "proyek": _("Proyek"),
        "pendaftaran": _("Pendaftaran"),
        "tenaga_kerja": _("Daftar tenaga kerja"),
        "kepesertaan": _("Kepesertaan"),
        "pembayaran": _("Pembayaran"),
        "rekap": _("Rekap"),
        "penduduk_bekerja": _("Perkiraan pekerja"),
        "angka_resmi": _("Angka resmi"),
        "target": _("Target"),
    }[kind]


def part_name(code: str, language: str) -> str:
    """What one addend of the numerator, or the denominator, counts."""
    _ = translator(language)
    return {
        "named": _("Bernama"),
        "unnamed": _("Tanpa nama"),
        "reported": _("Menurut laporan"),
        "estimate": _("Perkiraan jumlah pekerja"),
        "target": _("Target"),
        "measured": _("Nilai indikator"),
        "workers": _("Pekerja proyek berjalan"),
        "persons": _("Orang pada daftar pekerja"),
        "protected": _("Orang terlindungi di setiap proyeknya"),
        "projects": _("Proyek berjalan"),
        "registered": _("Proyek terdaftar"),
        "value": _("Nilai kontrak proyek berjalan"),
        "registered_value": _("Nilai kontrak proyek terdaftar"),
        "due": _("Proyek yang batas pendaftarannya jatuh"),
        "on_time": _("Proyek terdaftar tepat waktu"),
        "named_days": _("Hari pekerja bernama"),
        "unnamed_days": _("Hari pekerja tanpa nama, diperkirakan"),
        "contributions": _("Iuran dibayar"),
        "headcount": _("Tenaga kerja menurut pendaftaran"),
        "new_members": _("Peserta baru"),
        "ended_members": _("Peserta berakhir"),
    }[code]


def side_name(side: str, language: str) -> str:
    _ = translator(language)
    return {"numerator": _("Pembilang"), "denominator": _("Penyebut")}[side]
