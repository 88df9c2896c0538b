"""The demonstration, checked on the files it writes."""

import hashlib
from datetime import date

import duckdb
import numpy as np
import pytest

from analytics import quality
from analytics.compute import Scope, default_month, rows, targets
from analytics.count_pairs import CAUSES, count_pairs
from data.categories import FUNDS, OWNER_TYPES
from data.demo import draw_demonstration, make_demo, write_demo_files
from data.demo.contribution import contribution_rp
from data.demo.scenario import AS_OF, read_table
from data.editions import current_edition, open_edition
from data.errors import CakupanError
from data.home import Home
from data.importers import import_file
from data.ledger import open_ledger, status, undo
from data.places import resolve_place
from data.working_days import working_days_after

SLICE = 0.05
SLICE_SHA256 = "7a1aa3f34304e7c6c8cf11e8bccf4424eb82db98f75d68f97f2e353a6eebb2ec"


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("contoh")
    return {delivery.path.stem: delivery for delivery in write_demo_files(folder)}


@pytest.fixture(scope="module")
def delivered(files):
    """The accepted rows, the latest delivery of each project winning; spoilt rows are left out by their spoilt keys."""
    tables = duckdb.connect()
    for name, delivery in files.items():
        tables.read_csv(str(delivery.path), all_varchar=True).create(name)
    tables.execute("""
        create table proyek as
        select * from (
            select 1 as delivery, * from proyek_2021_2024
            union all select 2, * from proyek_adendum_2024
            union all select 3, * from proyek_2025)
        where not starts_with(kode_proyek, 'DITOLAK')
        qualify row_number() over (partition by kode_proyek order by delivery desc) = 1
    """)
    registrations = [name for name in files if name.startswith("pendaftaran")]
    each = [f"select {order} as delivery, * from {name}" for order, name in enumerate(registrations)]
    tables.execute(f"""
        create table pendaftaran as
        select * exclude (delivery) from ({" union all ".join(each)})
        where not starts_with(no_proyek_bpjs, '99')
        qualify row_number() over (partition by no_proyek_bpjs order by delivery desc) = 1
    """)
    tables.execute("create table spoilt as select max(rowid) - 7 as after from kepesertaan")
    tables.execute("delete from kepesertaan where rowid > (select after from spoilt)")
    yield tables
    tables.close()


def count(tables, query, **parameters):
    return tables.execute(query, parameters).fetchone()[0]


ACTIVE = """
    select nik, kode_proyek, coalesce(kepesertaan.wilayah, proyek.wilayah) as wilayah
    from kepesertaan left join proyek using (kode_proyek)
    where kepesertaan.tgl_bayar <= $day and kepesertaan.mulai <= $day
        and coalesce(kepesertaan.selesai, proyek.selesai, '9999-12-31') >= $day
        and (segmen = 'JAKON' or sektor = 'konstruksi')
"""
HEADCOUNT = """
    select proyek.kode_proyek, sum(pendaftaran.tenaga_kerja::integer) as headcount
    from pendaftaran join proyek using (no_spk)
    where pendaftaran.tgl_bayar <= $day and pendaftaran.mulai <= $day and pendaftaran.selesai >= $day
    group by proyek.kode_proyek
"""
UNNAMED = f"""
    with named as (
        select kode_proyek, count(distinct nik) as persons
        from ({ACTIVE}) where kode_proyek is not null group by kode_proyek
    )
    select sum(greatest(headcount - coalesce(persons, 0), 0)) from ({HEADCOUNT}) left join named using (kode_proyek)
"""


def covered(tables, day):
    return count(tables, f"select count(distinct nik) from ({ACTIVE})", day=day) + count(tables, UNNAMED, day=day)


IN_PLACE = f"""
    with member as ({ACTIVE}), named as (
        select kode_proyek, count(distinct nik) as persons
        from member where kode_proyek is not null group by kode_proyek
    ), unnamed as (
        select sum(greatest(headcount - coalesce(persons, 0), 0)) as persons
        from ({HEADCOUNT}) left join named using (kode_proyek) join proyek using (kode_proyek)
        where proyek.wilayah = $place
    )
    select (select count(distinct nik) from member where wilayah = $place), cast(coalesce(persons, 0) as integer)
    from unnamed
"""


def named_and_unnamed(tables, place, day):
    return tables.execute(IN_PLACE, {"place": place, "day": day}).fetchone()


def reported(tables, file_name, place, day):
    rows = f"select sum(peserta_aktif::integer) from {file_name} where wilayah = $place and bulan = $day"
    return count(tables, rows, place=place, day=day)


def test_july_2024_has_84_000_named_members(delivered):
    assert count(delivered, f"select count(distinct nik) from ({ACTIVE})", day="2024-07-31") == 84_000


def test_july_2024_has_39_000_members_without_names(delivered):
    assert count(delivered, UNNAMED, day="2024-07-31") == 39_000


def test_the_estimate_for_july_2024_is_270_000_and_the_survey_stands_beside_it():
    stated = [row for row in read_table("denominators") if (row["wilayah"], row["sektor"]) == ("16", "konstruksi")]
    july = [row for row in stated if row["per_tanggal"] == "2024-02-29"]
    assert {row["sumber"]: int(row["pekerja"]) for row in july} == {
        "Estimasi contoh (data contoh)": 270_000,
        "BPS Sakernas": 174_890,
    }


def test_coverage_in_july_rises_from_about_thirty_percent(delivered):
    workers = {2021: 255_000, 2022: 260_000, 2023: 265_000, 2024: 270_000}
    shares = [100 * covered(delivered, f"{year}-07-31") / total for year, total in workers.items()]
    assert 27 < shares[0] < 33
    assert shares == sorted(shares)


def test_cover_falls_off_a_cliff_between_november_and_january(delivered):
    assert covered(delivered, "2024-01-31") < 0.8 * covered(delivered, "2023-11-30")


def test_there_are_about_twenty_thousand_projects(delivered):
    assert 19_500 <= count(delivered, "select count(*) from proyek") <= 20_500


def test_about_a_tenth_of_the_projects_are_not_registered(delivered):
    unregistered = count(
        delivered,
        """
        select 100 * avg((pendaftaran.no_spk is null)::integer)
        from proyek left join (select distinct no_spk from pendaftaran) as pendaftaran using (no_spk)""",
    )
    assert 8 <= unregistered <= 13


def test_private_projects_are_registered_less_often_than_those_of_public_works(delivered):
    shares = dict(
        delivered.execute("""
            select jenis_pemilik, avg((pendaftaran.no_spk is not null)::integer)
            from proyek left join (select distinct no_spk from pendaftaran) as pendaftaran using (no_spk)
            group by jenis_pemilik""").fetchall()
    )
    assert shares["Swasta"] == min(shares.values())


def test_every_nik_is_well_formed_unique_and_far_from_real_serials():
    demo = draw_demonstration(SLICE)
    assert len(np.unique(demo.nik)) == len(demo.nik)
    for nik in map(str, demo.nik[::50].tolist()):
        day, month, year = int(nik[6:8]) % 40, int(nik[8:10]), 1900 + int(nik[10:12])
        assert date(year if year >= 1964 else year + 100, month, day) < date(2005, 1, 1)
        assert resolve_place(f"{nik[:2]}.{nik[2:4]}")
        assert len(nik) == 16
        assert int(nik[12:]) > 9_000


def test_owners_and_funds_carry_canonical_names_and_known_places():
    for row in read_table("owners"):
        assert row["jenis_pemilik"] in OWNER_TYPES
        assert row["sumber_dana"] in FUNDS
        assert resolve_place(row["wilayah"])


@pytest.mark.parametrize(
    ("file_name", "place"),
    [("rekap_1610_2025", "16.10"), ("rekap_1673_2025", "16.73"), ("rekap_1606_1607_juni_2025", "16.06")],
)
def test_some_branches_report_each_person_once(delivered, file_name, place):
    assert reported(delivered, file_name, place, "2025-06-30") == sum(named_and_unnamed(delivered, place, "2025-06-30"))


def test_one_branch_reports_who_has_a_name_only(delivered):
    named, unnamed = named_and_unnamed(delivered, "16.04", "2025-06-30")
    assert reported(delivered, "rekap_1604_2025", "16.04", "2025-06-30") == named
    assert unnamed > 0.1 * named


def test_one_branch_reports_again_whoever_was_extended(delivered):
    persons = sum(named_and_unnamed(delivered, "16.07", "2025-05-31"))
    assert 1.02 < reported(delivered, "rekap_1606_1607_mei_2025", "16.07", "2025-05-31") / persons < 1.04


def test_one_branch_reports_may_before_everybody_was_recorded(files, delivered):
    assert files["rekap_1606_1607_mei_2025"].options["data_as_of"] == date(2025, 5, 31)
    persons = sum(named_and_unnamed(delivered, "16.06", "2025-05-31"))
    assert 0.95 < reported(delivered, "rekap_1606_1607_mei_2025", "16.06", "2025-05-31") / persons < 0.97


def test_official_figures_are_of_a_day_within_the_month_or_rounded(delivered):
    told = "select per_tanggal, peserta::integer, peserta_presisi from angka_resmi_2025 where wilayah = $place"
    [_may, june] = delivered.execute(told, {"place": "16.03"}).fetchall()
    assert june == ("2025-06-12", sum(named_and_unnamed(delivered, "16.03", "2025-06-12")), None)
    [(day, rounded, unit)] = delivered.execute(told, {"place": "16.74"}).fetchall()
    persons = sum(named_and_unnamed(delivered, "16.74", day))
    assert (rounded, unit) == (50 * ((persons + 25) // 50), "50")


def test_the_regional_office_counts_persons_once_where_it_settled_the_half_year(delivered):
    settled = "select sum(peserta_aktif::integer) from rekap_2023_2025 where wilayah = '16' and bulan = $day"
    construction = f"{settled} and (segmen = 'JAKON' or sektor = 'konstruksi')"
    assert count(delivered, construction, day="2024-06-30") == covered(delivered, "2024-06-30")
    assert count(delivered, construction, day="2024-05-31") > covered(delivered, "2024-05-31")


def test_private_owners_and_contractors_are_recognisably_invented(delivered):
    real_owner = "jenis_pemilik = 'Swasta' and pemilik not like 'PT Contoh %'"
    real_contractor = "penyedia not like '% Contoh %' and penyedia <> 'Swakelola'"
    assert count(delivered, f"select count(*) from proyek where {real_owner} or {real_contractor}") == 0


@pytest.mark.parametrize(
    "case",
    [
        "select * from pendaftaran where tgl_bayar is null",
        "select * from pendaftaran where kode_proyek is null",
    ],
)
def test_what_senders_leave_open_occurs(delivered, case):
    assert count(delivered, f"select count(*) from ({case})") > 0


def test_forty_persons_work_in_three_kabupaten_at_once(delivered):
    query = f"select count(*) from (select nik from ({ACTIVE}) group by nik having count(distinct wilayah) >= 3)"
    assert count(delivered, query, day="2024-07-31") >= 40


def test_payments_of_a_contract_add_up_to_its_value_once_the_retention_is_asked_for(delivered):
    query = """
        select count(*), count(*) filter (paid_rp = nilai_kontrak::bigint) from (
            select kode_proyek, sum(jumlah::bigint) as paid_rp, bool_or(termin in ('Retensi', 'Sekaligus')) as is_whole
            from pembayaran_2024_2025 group by kode_proyek
        ) join proyek using (kode_proyek) where is_whole"""
    contracts, whole = delivered.execute(query).fetchone()
    assert whole == contracts > 4_000


def test_most_contracts_are_paid_at_once_and_about_half_after_their_end(delivered):
    query = """
        select 100 * avg((termin = 'Sekaligus')::integer) as at_once_pct,
            100 * avg((tgl_bayar > selesai)::integer) filter (termin = 'Sekaligus') as late_pct
        from pembayaran_2024_2025 join proyek using (kode_proyek)"""
    at_once_pct, late_pct = delivered.execute(query).fetchone()
    assert at_once_pct > 50
    assert 45 < late_pct < 65


def test_only_public_contracts_are_paid_and_none_before_it_is_asked_for(delivered):
    wrong = """
        select * from pembayaran_2024_2025 left join proyek using (kode_proyek)
        where jenis_pemilik = 'Swasta' or nama_proyek is null or tgl_bayar < tgl_permohonan"""
    assert count(delivered, f"select count(*) from ({wrong})") == 0


def test_nobody_sent_the_rosters_of_march_2023(files):
    periods = [files[name].options["period"] for name in ("tenaga_kerja_2021_2023", "tenaga_kerja_2023_2025")]
    assert periods == ["2021-01..2023-02", "2023-04..2025-06"]


def test_each_registration_is_delivered_as_its_sender_knew_it(files):
    late = """
        select count(*) from read_csv($path, all_varchar=true)
        where not starts_with(no_proyek_bpjs, '99') and (tgl_daftar > $day or tgl_bayar > $day)"""
    for delivery in files.values():
        if delivery.kind == "pendaftaran":
            values = {"path": str(delivery.path), "day": delivery.options["data_as_of"].isoformat()}
            assert duckdb.execute(late, values).fetchone() == (0,), delivery.path.stem


def test_nothing_is_known_from_after_the_last_day(delivered):
    late = "select count(*) from pendaftaran where tgl_daftar > $day or tgl_bayar > $day"
    assert count(delivered, late, day=AS_OF.isoformat()) == 0


def test_a_slice_has_the_same_bytes_on_every_machine(tmp_path):
    digest = hashlib.sha256()
    for delivery in write_demo_files(tmp_path, share=SLICE):
        digest.update(delivery.path.read_bytes())
    assert digest.hexdigest() == SLICE_SHA256


def test_the_assessment_letter_of_a_real_contract_is_met_to_the_rupiah():
    assert contribution_rp(np.array([494_248_735_331]), np.array([11])).tolist() == [446_819_131]


@pytest.mark.parametrize(
    ("value_rp", "due_rp"),
    [(100_000_000, 240_000), (500_000_000, 1_000_000), (1_000_000_000, 1_750_000), (5_000_000_000, 6_550_000)],
)
def test_brackets_add_up_at_their_upper_bounds(value_rp, due_rp):
    assert contribution_rp(np.array([value_rp]), np.array([0])).tolist() == [due_rp]


@pytest.fixture(scope="module")
def demo_home(tmp_path_factory):
    """Made where a ledger was begun but nothing came in."""
    home = Home(tmp_path_factory.mktemp("rumah"))
    with home.writer_lock("uji"):
        open_ledger(home).close()
    make_demo(home, share=SLICE)
    return home


@pytest.fixture(scope="module")
def demo_edition(demo_home):
    return open_edition(demo_home, 1)


def test_the_published_demonstration_counts_what_the_scenario_promises(demo_edition):
    july = date(2024, 7, 31)
    row = demo_edition.query("population_rows", places=["16"], first=july, last=july)[0]
    assert (row["named_persons"], row["unnamed_headcount"]) == (SLICE * 84_000, SLICE * 39_000)


def test_the_demonstration_spans_january_2021_to_june_2025_and_says_what_it_is(demo_edition):
    meta = demo_edition.meta
    assert (meta["first_month"], meta["last_month"], meta["demo"]) == ("2021-01-31", "2025-06-30", "1")


def test_only_the_rows_meant_to_be_rejected_are_rejected(demo_home):
    pasted = int(next(row["nilai"] for row in read_table("settings") if row["nama"] == "tempelan_baris"))
    rejected = sum(batch["rows_rejected"] for batch in status(demo_home)["batches"])
    assert rejected == len(read_table("rejects")) + pasted


def test_some_roster_rows_wait_for_their_project(demo_home):
    waiting = {row["kind"]: row["rows"] for row in status(demo_home)["waiting"]}
    assert waiting.pop("tenaga_kerja") == 12
    # Of demo_difference_*.csv: three members, a payment, and a registration by code and one by a mistyped order.
    assert waiting == {"kepesertaan": 3, "pembayaran": 1, "pendaftaran": 1, "pendaftaran (no_spk)": 1}


def test_the_months_whose_rosters_nobody_sent_cannot_be_told(demo_edition):
    march = date(2023, 3, 31)
    all_projects = {"places": ["16"], "owner_type": "*", "owner": "*", "fund": "*"}
    work = demo_edition.query("work_rows", **all_projects, first=march, last=march)[0]
    assert work["rostered_projects"] == 0 < work["running_projects"]


@pytest.fixture
def demo_ledger(demo_home):
    with demo_home.writer_lock("uji"), open_ledger(demo_home) as ledger:
        yield ledger


def found(ledger, query, **values):
    return [tuple(row) for row in ledger.execute(query, values).fetchall()]


CASES = {
    "registered the day before payment": """
        select kode_proyek from pendaftaran join pembayaran using (kode_proyek)
        where pembayaran.tgl_bayar = tgl_daftar + 1""",
    "one worker registered on Rp10 billion": """
        select kode_proyek from pendaftaran join proyek using (kode_proyek)
        where pendaftaran.tenaga_kerja = 1 and nilai_kontrak between 9e9 and 11e9""",
    "one person active in three places": """
        select person_id from kepesertaan join proyek using (kode_proyek)
        where kepesertaan.mulai <= date '2024-07-31' and kepesertaan.tgl_bayar <= date '2024-07-31'
            and coalesce(kepesertaan.selesai, proyek.selesai) >= date '2024-07-31'
        group by person_id having count(distinct proyek.wilayah) >= 3""",
    "addendum of value and time": """
        select old.kode_proyek from proyek as old join proyek as new using (kode_proyek)
        where new.batch_id > old.batch_id and new.nilai_kontrak > old.nilai_kontrak and new.selesai > old.selesai""",
    "joint operation": "select kode_proyek from proyek where penyedia like 'PT % - PT % KSO'",
    "self-managed work": "select kode_proyek from proyek where penyedia = 'Swakelola'",
    "advance payment": "select kode_proyek from pembayaran where termin = 'Uang muka' and progres is null",
    "retention paid half a year after the end": """
        select kode_proyek from pembayaran join proyek using (kode_proyek)
        where termin = 'Retensi' and tgl_bayar > selesai + 180""",
    "paid after the contract's end": """
        select kode_proyek from pembayaran join proyek using (kode_proyek) where tgl_bayar > selesai""",
    "asked for, not yet paid": "select kode_proyek from pembayaran where tgl_bayar is null",
    "an owner renamed": """
        select old.pemilik from proyek as old, proyek as new
        where old.pemilik = 'Dinas Perkim Kota Palembang' and new.pemilik = 'Dinas Perkimtan Kota Palembang'
            and old.mulai < date '2023-01-01' and new.mulai >= date '2023-01-01'""",
    "roster pasted as numbers": """
        select row_number from reject join batch using (batch_id)
        where file_name = 'tenaga_kerja_tempelan.csv' and code = 'nik_angka'""",
}


@pytest.mark.parametrize("case", CASES)
def test_a_case_that_officials_meet_is_found_in_the_imported_demonstration(demo_ledger, case):
    assert found(demo_ledger, CASES[case]), case


def test_a_contract_ends_before_the_fourteen_working_days_to_register_are_over(demo_ledger):
    ends = dict(found(demo_ledger, "select tgl_spk, min(selesai) from proyek where tgl_spk >= '2024-01-01' group by 1"))
    deadlines = working_days_after(ends, 14)
    assert [day for day, end in ends.items() if end < deadlines[day]]


def test_in_april_and_may_2025_registrations_are_complete_for_some_owners_only(demo_edition):
    may = date(2025, 5, 31)
    told = rows(demo_edition, "placement_coverage", may, Scope("16"), "owner")
    assert {row.status for row in told} == {"ok", "no_data"}
    complete = {row.group for row in told if row.status == "ok"}
    assert {"BBPJN Sumatera Selatan", "Dinas PUPR Kota Palembang", "PT Contoh Griya Musi"} <= complete
    assert complete.isdisjoint({"BBWS Sumatera VIII", "Dinas PUPR OKU Timur", "Dinas PSDA Provinsi Sumatera Selatan"})


def test_a_fund_and_a_place_are_told_where_every_owner_in_them_is_complete(demo_edition):
    may = date(2025, 5, 31)
    by_fund = {row.group: row.status for row in rows(demo_edition, "placement_coverage", may, Scope("16"), "fund")}
    assert (by_fund["Swasta"], by_fund["APBN"], by_fund["APBD provinsi"]) == ("ok", "no_data", "no_data")
    by_place = {row.group: row.status for row in rows(demo_edition, "placement_coverage", may, Scope("16"), "place")}
    assert (by_place["16.71"], by_place["16.08"]) == ("ok", "no_data")
    [whole] = rows(demo_edition, "placement_coverage", may, Scope("16"))
    assert (whole.status, whole.reason) == ("no_data", "not_complete")


@pytest.mark.parametrize("month", [date(2025, 3, 31), date(2025, 6, 30)])
def test_before_and_after_the_two_months_the_province_is_complete(demo_edition, month):
    for by in (None, "place", "fund", "owner"):
        told = rows(demo_edition, "placement_coverage", month, Scope("16"), by)
        assert {row.status for row in told if row.reason != "no_project"} == {"ok"}


def test_the_headline_needs_no_complete_registrations_and_the_default_month_is_the_last(demo_edition):
    [may] = rows(demo_edition, "population_coverage", date(2025, 5, 31), Scope("16"))
    assert (may.status, may.origin) == ("ok", "persons")
    assert default_month(demo_edition, Scope("16")) == date(2025, 6, 30)


def test_recapitulations_change_nothing_where_persons_are_counted(demo_edition, demo_ledger):
    july = date(2024, 7, 31)
    reported = "select peserta_aktif from rekap where wilayah = '16' and bulan = $july and segmen = 'JAKON'"
    [(jakon,)] = found(demo_ledger, reported, july=july)
    [row] = rows(demo_edition, "population_coverage", july, Scope("16"))
    assert (row.numerator, row.origin) == (SLICE * 123_000, "persons")
    assert jakon != row.numerator


def test_persons_and_reports_differ_for_every_cause_that_is_known(demo_edition):
    pairs = {(pair.place, pair.month): pair for pair in count_pairs(demo_edition, Scope("16"))}
    assert {pair.cause for pair in pairs.values()} == CAUSES.keys()
    # Of a slice the cases, written by hand and never fewer, outweigh the province's members with two memberships.
    assert pairs.pop(("16", AS_OF)).cause == "kiriman_susulan"
    assert pairs["16", date(2024, 5, 31)].cause == "definisi_lain"
    assert {place: pair.cause for (place, month), pair in pairs.items() if month == AS_OF} == {
        "16.03": "tanggal_lain",
        "16.04": "hanya_bernama",
        "16.06": "cocok",
        "16.07": "definisi_lain",
        "16.10": "cocok",
        "16.71": "kiriman_susulan",  # projects of the cases, recorded after the recapitulation was closed
        "16.73": "cocok",
        "16.74": "cocok",  # within its rounding
    }
    assert pairs["16.06", date(2025, 5, 31)].cause == "kiriman_susulan"
    assert pairs["16.73", date(2025, 3, 31)].cause == "belum_dijelaskan"
    assert pairs["16", date(2024, 6, 30)].cause == "cocok"


def test_all_sectors_and_single_sectors_have_members_and_an_estimate(demo_edition):
    found_sectors = rows(demo_edition, "population_coverage", date(2024, 7, 31), Scope("16"), "sector")
    by_status = {
        status: {row.group for row in found_sectors if row.status == status} for status in ("ok", "no_denominator")
    }
    assert {"konstruksi", "semua sektor", "perdagangan", "pertanian", "pertambangan"} <= by_status["ok"]
    assert by_status["no_denominator"] == {"jasa pendidikan"}
    assert {row.group: row.denominator for row in found_sectors}["semua sektor"] == 3_000_000


def test_a_group_of_places_has_the_estimate_of_all_its_members(demo_edition):
    [row] = rows(demo_edition, "population_coverage", date(2024, 7, 31), Scope("group:palembang-raya"))
    assert (row.status, row.denominator) == ("ok", 66_000 + 29_500 + 17_000)


def test_the_target_for_all_workers_stands_beside_all_sectors_alone(demo_edition):
    july = date(2024, 7, 31)
    construction = rows(demo_edition, "target_attainment", july, Scope("16"))
    all_sectors = rows(demo_edition, "target_attainment", july, Scope("16", sector="semua sektor"))
    assert [row.denominator for row in construction] == [45.0]
    assert sorted(row.denominator for row in all_sectors) == [31.33, 45.0]


def test_the_older_document_that_came_later_replaces_nothing(demo_edition, demo_ledger):
    [(stated,)] = found(demo_ledger, "select count(*) from target where unit = 'Cabang Palembang' and tahun = 2025")
    standing = [target for target, _ in targets(demo_edition, "branch:palembang", 2025)]
    assert (stated, len(standing)) == (3 + 3, 3)
    assert {target.document for target in standing} == {"RKAT perubahan contoh 2025"}


def test_every_branch_has_the_targets_of_its_work_plan(demo_edition):
    december = date(2024, 12, 31)
    attained = rows(demo_edition, "target_attainment", december, Scope("16"), "branch")
    assert [row.status for row in attained] == ["ok"] * 6 * 3


def test_every_issuer_and_document_says_that_it_is_an_example():
    for row in read_table("targets"):
        assert "contoh" in row["penerbit"]
        assert "contoh" in row["dokumen"]


def test_every_file_has_a_sender_and_two_senders_miss_months(files, demo_home):
    """Nobody sent the rosters of March 2023, nor all registrations of April and May 2025."""
    assert all(delivery.options["sender"] for delivery in files.values())
    edition = current_edition(demo_home)
    assert edition is not None
    missing = [one for one in quality.findings(edition) if one.rule == "delivery_missing"]
    assert {(one.subject, one.month.isoformat()[:7], one.sender) for one in missing if one.month} == {
        ("tenaga_kerja", "2023-03", "Dinas Tenaga Kerja dan Transmigrasi Provinsi Sumatera Selatan"),
        ("pendaftaran", "2025-04", "BPJS Ketenagakerjaan Kanwil Sumbagsel"),
        ("pendaftaran", "2025-05", "BPJS Ketenagakerjaan Kanwil Sumbagsel"),
    }


def test_the_demonstration_shows_what_rules_of_quality_find(demo_home):
    edition = current_edition(demo_home)
    assert edition is not None
    found = {one.rule for one in quality.findings(edition)}
    # No place has more members than workers, and no official figure prints a percentage.
    assert quality.RULES.keys() - found == {"over_hundred", "printed_share"}


def test_a_home_with_real_data_takes_no_demonstration(tmp_path):
    home, path = Home(tmp_path / "rumah"), tmp_path / "angka.csv"
    path.write_text("wilayah,per_tanggal,segmen,peserta,sumber\n16,2024-07-09,jasa konstruksi,1,Kanwil\n")
    import_file(home, path)
    undo(home, 1)
    with pytest.raises(CakupanError, match="data sungguhan"):
        make_demo(home)


def test_a_ledger_into_which_nothing_came_is_an_empty_home(demo_home):
    assert status(demo_home)["demo"]
