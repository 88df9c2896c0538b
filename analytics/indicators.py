"""What is measured, declared once. Pickers, axis titles, glossary, docs/definitions.md and tests come from here."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Text:
    """A text in both languages of the product."""

    id: str
    en: str

    def in_language(self, language: str) -> str:
        return self.en if language == "en" else self.id


@dataclass(frozen=True)
class Indicator:
    """One measure. `denominator` None means a count; `table` is the edition table that holds the numerator."""

    code: str
    label: Text
    table: Literal["population", "work"]
    numerator: tuple[str, ...]
    denominator: str | None
    unit: Literal["percent", "persons"]
    kind: Literal["stock", "flow"]
    better: Literal["higher", "lower", "neither"]
    split_by: tuple[str, ...]
    plausible: tuple[float | None, float | None]
    definition: Text
    exclusions: Text
    limits: Text
    source: str
    version: int = 1


PLACE_DIMENSIONS = ("place", "branch")
ALL_DIMENSIONS = ("place", "branch", "owner_type", "owner", "fund")
MEMBERSHIP_SOURCE = "Permenaker 44/2015; kepesertaan, pendaftaran, rekap dan angka resmi BPJS Ketenagakerjaan"
PROJECT_SOURCE = "Permenaker 44/2015; proyek, pendaftaran, tenaga kerja dan kepesertaan"

DECLARED = (
    Indicator(
        code="population_coverage",
        label=Text("Cakupan pekerja konstruksi", "Coverage of construction workers"),
        table="population",
        numerator=("numerator",),
        denominator="vintage",
        unit="percent",
        kind="stock",
        better="higher",
        split_by=PLACE_DIMENSIONS,
        plausible=(0.0, 100.0),
        definition=Text(
            "Peserta konstruksi aktif pada akhir bulan (orang dihitung sekali, ditambah tenaga kerja terdaftar "
            "tanpa nama) dibagi perkiraan jumlah pekerja konstruksi.",
            "Active construction members at month end (each person once, plus registered headcount without names) "
            "divided by the estimated number of construction workers.",
        ),
        exclusions=Text(
            "Kepesertaan yang iurannya belum dibayar; PU dan BPU di luar sektor konstruksi; laporan tanpa tanggal.",
            "Memberships whose contribution is unpaid; PU and BPU outside construction; undated reports.",
        ),
        limits=Text(
            "Pembilang menurut tempat bekerja, penyebut menurut tempat tinggal: angka kabupaten/kota indikatif "
            "dan tidak diperingkat. Penyebut tetap sampai survei berikutnya. Jumlah bernama saja adalah batas "
            "bawah.",
            "Numerator by place of work, denominator by residence: kabupaten figures are indicative and unranked. "
            "The denominator stays until the next survey. Named persons alone are the lower bound.",
        ),
        source=MEMBERSHIP_SOURCE,
    ),
    Indicator(
        code="active_members",
        label=Text("Peserta konstruksi aktif", "Active construction members"),
        table="population",
        numerator=("numerator",),
        denominator=None,
        unit="persons",
        kind="stock",
        better="higher",
        split_by=PLACE_DIMENSIONS,
        plausible=(0.0, None),
        definition=Text(
            "Peserta konstruksi aktif pada akhir bulan: orang dihitung sekali, ditambah tenaga kerja terdaftar "
            "tanpa nama.",
            "Active construction members at month end: each person once, plus registered headcount without names.",
        ),
        exclusions=Text(
            "Kepesertaan yang iurannya belum dibayar atau masa kontraknya telah lewat.",
            "Memberships whose contribution is unpaid or whose contract period has passed.",
        ),
        limits=Text(
            "Dari laporan bila data per orang belum lengkap untuk wilayah dan bulan itu. Rekap dipakai bila memuat "
            "JAKON; baris tanpa sektor adalah jumlah segmennya dan tidak ditambah dengan baris sektornya.",
            "From reports where data by person is not complete for the place and month. A recapitulation is used "
            "when it holds JAKON; its row without a sector is the segment's total and is not added to its sectors.",
        ),
        source=MEMBERSHIP_SOURCE,
    ),
    Indicator(
        code="gap_to_estimate",
        label=Text("Kesenjangan terhadap perkiraan", "Gap to the estimate"),
        table="population",
        numerator=("numerator",),
        denominator="vintage",
        unit="persons",
        kind="stock",
        better="lower",
        split_by=PLACE_DIMENSIONS,
        plausible=(0.0, None),
        definition=Text(
            "Perkiraan jumlah pekerja konstruksi dikurangi peserta konstruksi aktif pada akhir bulan.",
            "Estimated number of construction workers less active construction members at month end.",
        ),
        exclusions=Text("Sama dengan cakupan pekerja konstruksi.", "As for coverage of construction workers."),
        limits=Text(
            "Bergantung pada penyebut yang dipakai; negatif berarti peserta melebihi perkiraan.",
            "Depends on the denominator in use; negative means more members than estimated workers.",
        ),
        source=MEMBERSHIP_SOURCE,
    ),
    Indicator(
        code="new_members",
        label=Text("Peserta baru", "New members"),
        table="population",
        numerator=("new_members",),
        denominator=None,
        unit="persons",
        kind="flow",
        better="higher",
        split_by=PLACE_DIMENSIONS,
        plausible=(0.0, None),
        definition=Text(
            "Orang bernama yang aktif pada akhir bulan ini dan tidak aktif pada akhir bulan sebelumnya.",
            "Named persons active at this month end and not at the month end before.",
        ),
        exclusions=Text("Tenaga kerja tanpa nama.", "Headcount without names."),
        limits=Text(
            "Hanya bila data per orang lengkap pada kedua bulan; orang yang kembali dihitung lagi.",
            "Only where data by person is complete in both months; a person who returns counts again.",
        ),
        source=MEMBERSHIP_SOURCE,
    ),
    Indicator(
        code="ended_members",
        label=Text("Peserta berakhir", "Ended members"),
        table="population",
        numerator=("ended_members",),
        denominator=None,
        unit="persons",
        kind="flow",
        better="lower",
        split_by=PLACE_DIMENSIONS,
        plausible=(0.0, None),
        definition=Text(
            "Orang bernama yang aktif pada akhir bulan sebelumnya dan tidak aktif pada akhir bulan ini.",
            "Named persons active at the month end before and not at this month end.",
        ),
        exclusions=Text("Tenaga kerja tanpa nama.", "Headcount without names."),
        limits=Text(
            "Hanya bila data per orang lengkap pada kedua bulan. Perlindungan berakhir bersama proyek.",
            "Only where data by person is complete in both months. Cover ends with the project.",
        ),
        source=MEMBERSHIP_SOURCE,
    ),
    Indicator(
        code="placement_coverage",
        label=Text("Cakupan penempatan kerja", "Coverage of placements"),
        table="work",
        numerator=("covered_named", "covered_unnamed"),
        denominator="workers",
        unit="percent",
        kind="stock",
        better="higher",
        split_by=ALL_DIMENSIONS,
        plausible=(0.0, 100.0),
        definition=Text(
            "Penempatan terlindungi pada proyek berjalan (bernama dan terlindungi, ditambah tanpa nama sampai "
            "jumlah terdaftar yang berlaku, dikurangi peserta proyek itu yang sudah ada di daftar pekerja) dibagi "
            "pekerja proyek berjalan.",
            "Covered placements on running projects (named and covered, plus unnamed up to the registered "
            "headcount in force less the project's members who are on its roster) divided by the workers of "
            "running projects.",
        ),
        exclusions=Text(
            "Proyek yang belum mulai atau sudah selesai pada akhir bulan.",
            "Projects not yet begun or already finished at month end.",
        ),
        limits=Text(
            "Satu orang di dua proyek adalah dua penempatan. Hanya bila data pendaftaran lengkap untuk semua "
            "proyek kelompok itu; proyek tanpa jumlah pekerja tidak menambah penyebut.",
            "One person on two projects is two placements. Only where registrations are complete for every "
            "project of the group; a project without a headcount adds nothing to the denominator.",
        ),
        source=PROJECT_SOURCE,
    ),
    Indicator(
        code="site_coverage",
        label=Text("Pekerja proyek terlindungi penuh", "Fully protected project workers"),
        table="work",
        numerator=("protected_persons",),
        denominator="roster_persons",
        unit="percent",
        kind="stock",
        better="higher",
        split_by=ALL_DIMENSIONS,
        plausible=(0.0, 100.0),
        definition=Text(
            "Orang pada daftar pekerja proyek berjalan yang terlindungi di setiap proyek tempatnya bekerja dalam "
            "kelompok itu, dibagi semua orang pada daftar itu; orang dihitung sekali.",
            "Persons on rosters of running projects who are covered on every project they work on within the "
            "group, divided by all persons on those rosters; each person once.",
        ),
        exclusions=Text("Tenaga kerja tanpa nama.", "Headcount without names."),
        limits=Text(
            "Hanya bila daftar pekerja dan kepesertaan lengkap untuk semua proyek kelompok itu.",
            "Only where rosters and memberships are complete for every project of the group.",
        ),
        source=PROJECT_SOURCE,
    ),
    Indicator(
        code="unprotected_placements",
        label=Text("Penempatan belum terlindungi", "Unprotected placements"),
        table="work",
        numerator=("covered_named", "covered_unnamed"),
        denominator="workers",
        unit="persons",
        kind="stock",
        better="lower",
        split_by=ALL_DIMENSIONS,
        plausible=(0.0, None),
        definition=Text(
            "Pekerja proyek berjalan dikurangi penempatan terlindungi pada akhir bulan.",
            "Workers of running projects less covered placements at month end.",
        ),
        exclusions=Text("Sama dengan cakupan penempatan kerja.", "As for coverage of placements."),
        limits=Text("Sama dengan cakupan penempatan kerja.", "As for coverage of placements."),
        source=PROJECT_SOURCE,
    ),
)

INDICATORS = {indicator.code: indicator for indicator in DECLARED}
