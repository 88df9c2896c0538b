"""A small pack with everything a writer may meet: all charts, missing values, long tables, names that mean harm."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from reports.pack import (
    Chapter,
    Chart,
    Column,
    Definition,
    Headline,
    Letterhead,
    Line,
    Pack,
    Point,
    Section,
    Series,
    Table,
)

HOSTILE = (
    "=cmd|'/c calc'!A1",
    "<script>alert(1)</script> & Putra",
    "N" * 300,
    "Gedung \u202egnp.exe\u202c Arsip",
    "Jembatan 🏗️ Musi \U0001f1ee\U0001f1e9",
    "+62 711 \x07 @SUM(1)",
)
PERCENT_TICKS = [(value, f"{value} %") for value in (0, 20, 40, 60, 80, 100)]


def _table(code: str, name: str, owners: list[str]) -> Table:
    columns = [
        Column("No"),
        Column("OPD", is_numeric=False, is_wide=True),
        Column("Jumlah proyek"),
        Column("Terdaftar"),
        Column("Belum"),
        Column("Nilai, Rp", is_brief=False),
        Column("Cakupan, %", decimals=1),
        Column("Keterangan", is_numeric=False),
    ]
    lines = [_line(at, owner) for at, owner in enumerate(owners, start=1)]
    done = sum(3 * at for at in range(1, len(owners) + 1))
    whole = sum(4 * at for at in range(1, len(owners) + 1))
    total = Line(
        [None, "JUMLAH", whole, done, whole - done, Decimal("12345678901.50"), 75.0, ""],
        ["", "JUMLAH", _dotted(whole), _dotted(done), _dotted(whole - done), "Rp12.345.678.902", "75,0 %", ""],
    )
    note = "Orang tidak dijumlahkan antarpemilik: seorang pada dua pemilik dihitung sekali dalam JUMLAH."
    return Table(code, name, "Rekapitulasi menurut OPD, Juli 2024", columns, lines, total, note, status_column=7)


def _line(at: int, owner: str) -> Line:
    if at == 2:  # nothing is known: an empty cell, never a zero
        cells = [at, owner, 8, None, None, Decimal("900.25"), None, "belum ada data"]
        texts = [str(at), owner, "8", "–", "–", "Rp900", "–", "○ belum ada data"]
        return Line(cells, texts, tone="context")
    cells = [at, owner, 4 * at, 3 * at, at, Decimal("1000000000.25") * at, 75.0, "ada"]
    money = f"Rp{_dotted(round(1_000_000_000.25 * at))}"
    texts = [str(at), owner, _dotted(4 * at), _dotted(3 * at), _dotted(at), money, "75,0 %", "● ada"]
    return Line(cells, texts, tone="concern" if at % 5 == 0 else "better")


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _percent(
    value: float | None, *, low: float | None = None, high: float | None = None, marked: bool = False
) -> Point:
    text = "–" if value is None else f"{value:.1f} %".replace(".", ",")
    return Point(value, text, low, high, is_marked=marked)


def trend_chart() -> Chart:
    months = ["Jan 2024", "Feb 2024", "Mar 2024", "Apr 2024", "Mei 2024", "Jun 2024", "Jul 2024"]
    values = [41.2, 42.0, None, 43.8, 44.1, 45.0, 45.6]
    points = [_percent(value, low=value and value - 1, high=value and value + 1) for value in values]
    points[-1] = replace(points[-1], is_marked=True)
    target = [_percent(48.0) for _ in months]
    series = [Series("Cakupan", points), Series("Target", target, tone="target")]
    return Chart("line", "percent", months, series, PERCENT_TICKS, "Garis: 41,2 % ke 45,6 %.", breaks=[3])


def dots_chart() -> Chart:
    values = [(51.4, 48.0, 54.8), (12.0, 4.0, 30.0), (88.8, 80.0, 95.0)]
    points = [_percent(value, low=low, high=high, marked=True) for value, low, high in values]
    points[1] = replace(points[1], tone="concern")
    names = ["Dinas PUPR Kota Palembang", "Dinas Perumahan Rakyat dan Kawasan Permukiman " * 3, HOSTILE[0]]
    return Chart("dots", "percent", names, [Series("Cakupan", points)], PERCENT_TICKS, "Titik: 51,4; 12,0; 88,8 %.")


def waterfall_chart() -> Chart:
    steps = [
        Point(42.4, "42,4 %", is_marked=True),
        Point(46.4, "+4,0", base=42.4, is_marked=True, tone="better"),
        Point(45.6, "−0,8", base=46.4, is_marked=True, tone="concern"),
        Point(45.6, "45,6 %", is_marked=True),
    ]
    names = ["Juli 2023", "Peserta baru", "Kepesertaan berakhir", "Juli 2024"]
    return Chart("waterfall", "percent", names, [Series("Cakupan", steps)], PERCENT_TICKS, "Dari 42,4 ke 45,6 %.")


def bullets_chart() -> Chart:
    names = ["Cakupan, Kemendagri", "Proyek terdaftar, RKAT"]
    series = [
        Series("sekarang", [_percent(45.6, marked=True), _percent(88.0, marked=True)]),
        Series("bulan yang sama tahun lalu", [_percent(42.4), _percent(None)], tone="context"),
        Series("target", [_percent(52.15), _percent(80.0)], tone="target"),
    ]
    return Chart("bullets", "percent", names, series, PERCENT_TICKS, "45,6 dari 52,15 %; 88,0 dari 80,0 %.")


def ladder_chart() -> Chart:
    counts = [1200, 900, 840, 610, 500, 480]
    names = ["Wajib", "Terdaftar", "Dibayar", "Tepat waktu", "Nama tercatat", "Aktif hari ini"]
    points = [Point(float(count), _dotted(count), is_marked=True) for count in counts]
    ticks = [(0.0, "0"), (500.0, "500"), (1000.0, "1.000")]
    return Chart("ladder", "projects", names, [Series("Proyek", points)], ticks, "Dari 1.200 tersisa 480.")


def sample_sections() -> list[Section]:
    owners = [*HOSTILE, *(f"Dinas Pekerjaan Umum dan Penataan Ruang Nomor {at}" for at in range(7, 61))]
    notes = [
        "Cakupan = peserta konstruksi aktif dibagi perkiraan pekerja.",
        "Tidak termasuk pekerja lepas tanpa proyek.",
    ]
    source = "BPJS Ketenagakerjaan, posisi 9 Juli 2024"
    short = _table("tren", "Tren", ["Dinas PUPR", "Dinas Perkim", "Dinas Pendidikan"])
    return [
        Section(
            "trend",
            "Perkembangan",
            "Cakupan Sumatera Selatan naik 3,2 poin menjadi 45,6 % sejak Juli 2023",
            "Per akhir bulan. 1 bulan tanpa data dibiarkan kosong.",
            trend_chart(),
            [short],
            notes=notes,
            source=source,
        ),
        Section(
            "change",
            "Perubahan",
            "Naik 3,2 poin: peserta baru menambah 4,0 poin; kepesertaan berakhir mengurangi 0,8 poin",
            chart=waterfall_chart(),
            tables=[replace(short, code="perubahan", name="Perubahan")],
            source=source,
        ),
        Section(
            "owner",
            "Pemilik proyek",
            "3 dari 60 pemilik proyek berbeda dari rata-rata 45,6 %; di bawah, paling jauh Dinas Perkim 12,0 %",
            "Garis: selang kebetulan 95 %.",
            dots_chart(),
            [_table("rekap-owner", "Pemilik proyek", owners)],
            asides=["Di bawah 5 proyek tidak dinilai."],
            notes=notes,
            source=source,
        ),
        Section(
            "targets", "Target", "1 dari 2 target 2024 diperkirakan tercapai", chart=bullets_chart(), source=source
        ),
        Section("ladder", "Tangga", "Dari 1.200 proyek wajib 480 aktif hari ini", chart=ladder_chart(), source=source),
        Section("new_work_orders", "SPK baru", "Tidak ada SPK baru", why_empty="Tidak ada SPK baru tanpa pendaftaran."),
    ]


def sample_pack(**changes: object) -> Pack:
    """The pack; `changes` are fields to replace."""
    sections = sample_sections()
    made = Pack(
        language="id",
        meeting="Rapat koordinasi perlindungan pekerja konstruksi",
        day=date(2024, 8, 5),
        as_of=date(2024, 7, 31),
        edition=12,
        title="Cakupan pekerja konstruksi Sumatera Selatan, Juli 2024",
        where="Sumatera Selatan",
        facts=[
            ("Rapat", "Rapat koordinasi perlindungan pekerja konstruksi"),
            ("Tanggal", date(2024, 8, 5)),
            ("Lingkup", "Sumatera Selatan"),
            ("Posisi", date(2024, 7, 31)),
            ("Edisi", 12),
        ],
        headline=Headline(
            "Pekerja konstruksi yang terlindungi · Sumatera Selatan",
            "45,6 %",
            "≈ 44,5–46,6 %",
            ["123 ribu dari 270 ribu", "Juli 2024, posisi 9 Juli", "Kanwil Sumbagsel"],
            ["Selisih ke perkiraan: 147 ribu pekerja."],
        ),
        summary=[
            "Cakupan Sumatera Selatan 45,6 % (123 ribu dari 270 ribu), Juli 2024.",
            "Naik 3,2 poin sejak Juli 2023.",
            "3 dari 60 pemilik proyek berbeda dari rata-rata.",
            "1 dari 2 target 2024 diperkirakan tercapai.",
            "Sumber: BPJS Ketenagakerjaan; edisi 12.",
        ],
        sections=sections,
        definitions=[
            Definition(
                "Cakupan pekerja konstruksi",
                "peserta konstruksi aktif / perkiraan pekerja konstruksi",
                "pekerja yang proyeknya tidak tercatat",
                "BPJS Ketenagakerjaan; BPS Sakernas",
                2,
                "Perkiraan pekerja hanya ada setahun sekali.",
            )
        ],
        sources=["BPJS Ketenagakerjaan, posisi 9 Juli 2024", "BPS, Sakernas Agustus 2024"],
        document_title="Nota Dinas",
        chapters=[
            Chapter("Dasar", ["Perda Sumatera Selatan 2/2022."]),
            Chapter("Hasil", ["Berikut hasil pemantauan."], [section.code for section in sections]),
            Chapter("Tindak lanjut", ["OPD mendaftarkan proyeknya."]),
        ],
        letterhead=Letterhead(
            government="Pemerintah Provinsi Sumatera Selatan",
            office="Dinas Tenaga Kerja dan Transmigrasi",
            address="Jalan Kapten A. Rivai, Palembang",
            city="Palembang",
            signer_office="Kepala Dinas",
            signer_name="Nama Pejabat, S.H., M.Si.",
            signer_number="19700101 199503 1 001",
            recipient="Sekretaris Daerah",
            copies=["Inspektur Provinsi", "Kepala BPKAD"],
        ),
        origin="Edisi 12, posisi 31 Juli 2024, sidik 0a1b2c3d",
        content_hash="0a1b2c3d" * 8,
        warning="DATA CONTOH",
    )
    return replace(made, **changes)
