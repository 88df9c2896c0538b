"""What is measured, declared once. Pickers, axis titles, glossary, docs/definitions.md and tests come from here."""

from dataclasses import dataclass
from typing import Literal

from data.categories import CONSTRUCTION


@dataclass(frozen=True)
class Text:
    """A text in both languages of the product."""

    id: str
    en: str

    def in_language(self, language: str) -> str:
        return self.en if language == "en" else self.id


MONTH_END = "posisi akhir bulan"
YEAR_TO_DATE = "kumulatif tahun berjalan"


@dataclass(frozen=True)
class Indicator:
    """One measure. `denominator` None means a count; `table` is the edition table that holds the numerator.

    Of a group of projects it can be told only where the two columns of `told` are equal and not zero. `left_out` is the
    column that counts what could not be judged. `named` and `unnamed` split the numerator. `segment` and `counting` say
    which targets stand beside it.
    """

    code: str
    label: Text
    table: Literal["population", "work", "activity", "target"]
    numerator: tuple[str, ...]
    denominator: str | None
    unit: Literal["percent", "persons", "projects", "days", "rupiah"]
    kind: Literal["stock", "flow"]
    better: Literal["higher", "lower", "neither"]
    split_by: tuple[str, ...]
    plausible: tuple[float | None, float | None]
    definition: Text
    exclusions: Text
    limits: Text
    source: Text
    version: int = 1
    told: tuple[str, str] | None = None
    left_out: str | None = None
    named: str | None = None
    unnamed: str | None = None
    segment: str = "jasa konstruksi"
    counting: str = MONTH_END


PLACE_DIMENSIONS = ("place", "branch")
SECTOR_DIMENSIONS = (*PLACE_DIMENSIONS, "sector")
# Persons who work with money of several funds must not be added up over them.
PERSONS_ONCE_DIMENSIONS = ("place", "branch", "owner_type", "owner", "fund")
ALL_DIMENSIONS = (*PERSONS_ONCE_DIMENSIONS, "payer", "level")
MEMBERSHIP_SOURCE = Text(
    "Permenaker 44/2015; kepesertaan, pendaftaran, rekap dan angka resmi BPJS Ketenagakerjaan",
    "Permenaker 44/2015; memberships, registrations, recapitulations and official figures of BPJS Ketenagakerjaan",
)
PROJECT_SOURCE = Text(
    "Permenaker 44/2015; proyek, pendaftaran, tenaga kerja dan kepesertaan",
    "Permenaker 44/2015; projects, registrations, workers and memberships",
)
REGISTRATION_SOURCE = Text(
    "Permenaker 44/2015; proyek dan pendaftaran", "Permenaker 44/2015; projects and registrations"
)
DEADLINE_SOURCE = Text(
    "Permenaker 44/2015 (14 hari kerja sesudah SPK); proyek dan pendaftaran; libur nasional: paket holidays",
    "Permenaker 44/2015 (14 working days after the SPK); projects and registrations; national holidays: the package "
    "holidays",
)
REGISTRATIONS_TOLD = ("registration_known_projects", "running_projects")
YEAR_TOLD = ("known_year_project_months", "year_project_months")
YEAR_LIMIT = Text(
    "Hanya bila data pendaftaran lengkap bagi setiap proyek kelompok itu pada setiap akhir bulan tahun itu "
    "selama proyek berjalan.",
    "Only where registrations are complete for every project of the group at every month end of the year at "
    "which it runs.",
)

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
        split_by=SECTOR_DIMENSIONS,
        plausible=(0.0, 100.0),
        definition=Text(
            "Peserta konstruksi aktif pada akhir bulan (orang dihitung sekali, ditambah tenaga kerja terdaftar "
            "tanpa nama) dibagi perkiraan jumlah pekerja konstruksi. Sektor lain dan semua sektor: peserta aktif "
            "menurut laporan, dibagi perkiraan pekerja sektor itu.",
            "Active construction members at month end (each person once, plus registered headcount without names) "
            "divided by the estimated number of construction workers. Of another sector, or of all sectors: the "
            "reported active members, divided by the estimated workers of that sector.",
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
        version=2,
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
        split_by=SECTOR_DIMENSIONS,
        plausible=(0.0, None),
        definition=Text(
            "Peserta konstruksi aktif pada akhir bulan: orang dihitung sekali, ditambah tenaga kerja terdaftar "
            "tanpa nama. Sektor lain dan semua sektor: menurut laporan.",
            "Active construction members at month end: each person once, plus registered headcount without names. "
            "Of another sector, or of all sectors: as reported.",
        ),
        exclusions=Text(
            "Kepesertaan yang iurannya belum dibayar atau masa kontraknya telah lewat.",
            "Memberships whose contribution is unpaid or whose contract period has passed.",
        ),
        limits=Text(
            "Dari laporan bila data per orang belum lengkap untuk wilayah dan bulan itu. Rekap dipakai bila memuat "
            "JAKON; baris tanpa sektor adalah jumlah segmennya dan tidak ditambah dengan baris sektornya. Sektor lain "
            "hanya bila rekap memuat PU dan BPU sektor itu; semua sektor bila rekap memuat JAKON, PU dan BPU secara "
            "utuh, atau dari angka resmi semua segmen.",
            "From reports where data by person is not complete for the place and month. A recapitulation is used "
            "when it holds JAKON; its row without a sector is the segment's total and is not added to its sectors. "
            "Another sector only where it holds PU and BPU of that sector; all sectors where it holds JAKON, PU and "
            "BPU in full, or from an official figure of all segments.",
        ),
        source=MEMBERSHIP_SOURCE,
        version=2,
    ),
    Indicator(
        code="gap_to_estimate",
        label=Text("Selisih ke perkiraan", "Gap to the estimate"),
        table="population",
        numerator=("numerator",),
        denominator="vintage",
        unit="persons",
        kind="stock",
        better="lower",
        split_by=SECTOR_DIMENSIONS,
        plausible=(0.0, None),
        definition=Text(
            "Perkiraan jumlah pekerja konstruksi dikurangi peserta konstruksi aktif pada akhir bulan; sektor lain dan "
            "semua sektor demikian pula, menurut laporan.",
            "Estimated number of construction workers less active construction members at month end; of another "
            "sector, or of all sectors, likewise, as reported.",
        ),
        exclusions=Text("Sama dengan cakupan pekerja konstruksi.", "As for coverage of construction workers."),
        limits=Text(
            "Bergantung pada penyebut yang dipakai; negatif berarti peserta melebihi perkiraan.",
            "Depends on the denominator in use; negative means more members than estimated workers.",
        ),
        source=MEMBERSHIP_SOURCE,
        version=2,
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
        told=("judged_projects", "running_projects"),
        left_out="unsized_projects",
        named="covered_named",
        unnamed="covered_unnamed",
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
        split_by=PERSONS_ONCE_DIMENSIONS,
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
        told=("rostered_projects", "running_projects"),
        left_out="unsized_projects",
        named="protected_persons",
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
        told=("judged_projects", "running_projects"),
        left_out="unsized_projects",
        named="covered_named",
        unnamed="covered_unnamed",
    ),
    Indicator(
        code="project_registration",
        label=Text("Proyek terdaftar", "Projects registered"),
        table="activity",
        numerator=("registered_projects",),
        denominator="running_projects",
        unit="percent",
        kind="stock",
        better="higher",
        split_by=ALL_DIMENSIONS,
        plausible=(0.0, 100.0),
        definition=Text(
            "Proyek berjalan yang mempunyai pendaftaran bertanggal paling lambat akhir bulan, dibagi semua proyek "
            "berjalan pada akhir bulan.",
            "Running projects with a registration dated by the month end, divided by all projects running at "
            "month end.",
        ),
        exclusions=Text(
            "Pendaftaran yang tidak lagi tercantum dalam kiriman lengkap yang lebih baru.",
            "Registrations that a later complete delivery no longer lists.",
        ),
        limits=Text(
            "Terdaftar belum tentu dibayar atau aktif. Hanya bila data pendaftaran lengkap untuk semua proyek berjalan "
            "kelompok itu: tanpa itu, belum terdaftar tidak dapat dibedakan dari belum ada data.",
            "Registered need not mean paid or active. Only where registrations are complete for every running project "
            "of the group: otherwise unregistered cannot be told from unknown.",
        ),
        source=REGISTRATION_SOURCE,
        told=REGISTRATIONS_TOLD,
    ),
    Indicator(
        code="value_registration",
        label=Text("Nilai kontrak terdaftar", "Contract value registered"),
        table="activity",
        numerator=("registered_value_rp",),
        denominator="contract_value_rp",
        unit="percent",
        kind="stock",
        better="higher",
        split_by=ALL_DIMENSIONS,
        plausible=(0.0, 100.0),
        definition=Text(
            "Nilai kontrak proyek berjalan yang terdaftar dibagi nilai kontrak semua proyek berjalan pada akhir bulan, "
            "dalam rupiah.",
            "Contract value of running projects that are registered, divided by the contract value of all projects "
            "running at month end, in rupiah.",
        ),
        exclusions=Text(
            "Proyek tanpa nilai kontrak: dihitung tersendiri, tidak menambah pembilang maupun penyebut.",
            "Projects without a contract value: counted apart, they add to neither numerator nor denominator.",
        ),
        limits=Text(
            "Nilai sebagaimana tertulis, dengan atau tanpa PPN; beberapa proyek besar menentukan angkanya. Hanya bila "
            "data pendaftaran lengkap untuk semua proyek berjalan kelompok itu.",
            "Values as written, with or without VAT; a few large projects decide the figure. Only where registrations "
            "are complete for every running project of the group.",
        ),
        source=REGISTRATION_SOURCE,
        told=REGISTRATIONS_TOLD,
        left_out="unpriced_projects",
    ),
    Indicator(
        code="on_time_registration",
        label=Text("Pendaftaran tepat waktu", "Registered on time"),
        table="activity",
        numerator=("on_time_projects",),
        denominator="due_projects",
        unit="percent",
        kind="flow",
        better="higher",
        split_by=ALL_DIMENSIONS,
        plausible=(0.0, 100.0),
        definition=Text(
            "Proyek dengan pendaftaran bertanggal paling lambat 14 hari kerja sesudah tanggal SPK, dibagi proyek yang "
            "batas pendaftarannya jatuh dalam dua belas bulan sampai akhir bulan itu. Hari kerja: bukan Sabtu, Minggu "
            "atau libur nasional; cuti bersama adalah hari kerja.",
            "Projects with a registration dated no later than 14 working days after the work order (SPK), "
            "divided by the projects whose deadline fell in the twelve months to the month end. Working days are "
            "neither Saturday, Sunday nor national holiday; joint leave is a working day.",
        ),
        exclusions=Text(
            "Proyek tanpa tanggal SPK: tidak dinilai, dihitung tersendiri menurut bulan mulainya.",
            "Projects without the date of a work order: not judged, counted apart by the month they begin.",
        ),
        limits=Text(
            "Menilai tanggal pendaftaran, bukan pembayaran. Hanya bila data pendaftaran lengkap pada bulan batas waktu "
            "setiap proyek itu. Libur nasional tahun mendatang adalah perkiraan.",
            "Judges the date of registration, not of payment. Only where registrations are complete in the month "
            "of the deadline of every such project. National holidays of years to come are estimates.",
        ),
        source=DEADLINE_SOURCE,
        told=("due_known_projects", "due_projects"),
        left_out="undated_projects",
    ),
    Indicator(
        code="uncovered_worker_days",
        label=Text("Hari kerja tanpa perlindungan", "Worker-days without cover"),
        table="activity",
        numerator=("uncovered_named_days", "uncovered_unnamed_days"),
        denominator=None,
        unit="days",
        kind="flow",
        better="lower",
        split_by=ALL_DIMENSIONS,
        plausible=(0.0, None),
        definition=Text(
            "Hari dalam bulan itu ketika pekerja berada di proyek berjalan tanpa perlindungan. Bernama: hari "
            "pada daftar pekerja dikurangi hari kepesertaan aktif. Tanpa nama, diperkirakan: pekerja yang "
            "dinyatakan dikali hari berjalan, dikurangi hari pekerja bernama dan hari tenaga kerja terdaftar "
            "yang belum dipakai oleh yang bernama.",
            "Days of the month on which workers are on a running project without cover. Named: days on the "
            "roster less days of active membership. Unnamed, estimated: declared workers times days running, "
            "less the days of named workers and the days of registered headcount that named workers have not "
            "used up.",
        ),
        exclusions=Text(
            "Hari sebelum proyek mulai dan sesudah selesai; proyek tanpa daftar pekerja dan tanpa jumlah pekerja.",
            "Days before a project begins and after it ends; projects with neither roster nor declared headcount.",
        ),
        limits=Text(
            "Hari kalender; satu orang di dua proyek pada hari yang sama adalah dua hari. Jumlah terdaftar "
            "dihitung per hari. Kiriman lengkap mengakhiri baris per bulan utuh. Hanya bila data pendaftaran, "
            "dan kepesertaan bila ada nama, lengkap untuk semua proyek kelompok itu pada bulan itu.",
            "Calendar days; one person on two projects on one day is two days. Registered headcount is taken day "
            "by day. Complete deliveries end rows by whole months. Only where registrations, and memberships "
            "where there are names, are complete for every project of the group in the month.",
        ),
        source=PROJECT_SOURCE,
        told=("day_judged_projects", "projects_at_work"),
        left_out="unsized_projects_at_work",
        named="uncovered_named_days",
        unnamed="uncovered_unnamed_days",
    ),
    Indicator(
        code="contributions_paid_rp",
        label=Text("Iuran dibayar tahun berjalan", "Contributions paid, year to date"),
        table="activity",
        numerator=("contributions_rp",),
        denominator=None,
        unit="rupiah",
        kind="flow",
        better="higher",
        split_by=ALL_DIMENSIONS,
        plausible=(0.0, None),
        definition=Text(
            "Jumlah iuran yang dibayar atas pendaftaran proyek, menurut tanggal bayar, dari 1 Januari sampai "
            "akhir bulan.",
            "Contributions paid on registrations of projects, by date of payment, from 1 January to the month end.",
        ),
        exclusions=Text(
            "Pembayaran tanpa jumlah: dihitung tersendiri. Iuran proyek yang belum dikenal.",
            "Payments without an amount: counted apart. Contributions of projects not known.",
        ),
        limits=Text("Bukan iuran terutang. " + YEAR_LIMIT.id, "Not what is owed. " + YEAR_LIMIT.en),
        source=REGISTRATION_SOURCE,
        told=YEAR_TOLD,
        left_out="unpriced_payments",
        counting=YEAR_TO_DATE,
    ),
    Indicator(
        code="projects_registered_ytd",
        label=Text("Proyek didaftarkan tahun berjalan", "Projects registered, year to date"),
        table="activity",
        numerator=("projects_registered",),
        denominator=None,
        unit="projects",
        kind="flow",
        better="higher",
        split_by=ALL_DIMENSIONS,
        plausible=(0.0, None),
        definition=Text(
            "Proyek dengan pendaftaran bertanggal 1 Januari sampai akhir bulan tahun itu; tiap proyek sekali setahun.",
            "Projects with a registration dated from 1 January to the month end; each project once a year.",
        ),
        exclusions=Text("Pendaftaran proyek yang belum dikenal.", "Registrations of projects not known."),
        limits=Text(
            "Proyek tahun jamak yang didaftarkan lagi dihitung lagi. " + YEAR_LIMIT.id,
            "A project of several years that is registered again counts again. " + YEAR_LIMIT.en,
        ),
        source=REGISTRATION_SOURCE,
        told=YEAR_TOLD,
        counting=YEAR_TO_DATE,
    ),
    Indicator(
        code="workers_registered_ytd",
        label=Text("Tenaga kerja didaftarkan tahun berjalan", "Workers registered, year to date"),
        table="activity",
        numerator=("workers_registered",),
        denominator=None,
        unit="persons",
        kind="flow",
        better="higher",
        split_by=ALL_DIMENSIONS,
        plausible=(0.0, None),
        definition=Text(
            "Jumlah tenaga kerja pada pendaftaran bertanggal 1 Januari sampai akhir bulan tahun itu.",
            "Headcount of the registrations dated from 1 January to the month end.",
        ),
        exclusions=Text(
            "Pendaftaran tanpa jumlah tenaga kerja: dihitung tersendiri. Pendaftaran proyek yang belum dikenal.",
            "Registrations without a headcount: counted apart. Registrations of projects not known.",
        ),
        limits=Text(
            "Jumlah penempatan, bukan orang: satu orang di dua proyek dihitung dua. " + YEAR_LIMIT.id,
            "Placements, not persons: one person on two projects counts twice. " + YEAR_LIMIT.en,
        ),
        source=REGISTRATION_SOURCE,
        told=YEAR_TOLD,
        left_out="unsized_registrations",
        counting=YEAR_TO_DATE,
    ),
    Indicator(
        code="target_attainment",
        label=Text("Capaian target", "Attainment of the target"),
        table="target",
        numerator=(),
        denominator="target",
        unit="percent",
        kind="stock",
        better="higher",
        split_by=SECTOR_DIMENSIONS,
        plausible=(0.0, None),
        definition=Text(
            "Nilai indikator pada akhir bulan dibagi target tahun itu untuk wilayah, segmen, sektor, penyebut "
            "dan jenis hitungan yang sama; satu baris per target.",
            "Value of the indicator at month end divided by the year's target for the same place, segment, sector, "
            "denominator and counting type; one row per target.",
        ),
        exclusions=Text(
            "Target segmen, sektor atau jenis hitungan lain: dicantumkan sebagai tidak sebanding. Target UCJ untuk "
            "semua pekerja sebanding hanya dengan cakupan semua sektor.",
            "Targets of another segment, sector or counting type: listed as not comparable. The UCJ targets for all "
            "workers are comparable with the coverage of all sectors alone.",
        ),
        limits=Text(
            "Target setahun: capaian sebelum Desember bukan penilaian akhir. Indikator yang lebih baik bila "
            "turun tidak dibagi target.",
            "A year's target: attainment before December is no final judgement. Indicators that are better when "
            "lower are not divided by a target.",
        ),
        source=Text("Target menurut penerbit dan dokumennya", "Targets by their issuer and document"),
        version=2,
    ),
)

INDICATORS = {indicator.code: indicator for indicator in DECLARED}

LABELS_OF_OTHER_SECTORS = {
    "population_coverage": Text("Cakupan pekerja", "Coverage of workers"),
    "active_members": Text("Peserta aktif", "Active members"),
}


def label_in(indicator: Indicator, sector: str) -> Text:
    """The indicator's label, without construction where it is told of another sector; the sector is not named."""
    return indicator.label if sector == CONSTRUCTION else LABELS_OF_OTHER_SECTORS.get(indicator.code, indicator.label)
