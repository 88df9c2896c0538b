"""The demonstration, checked on the files it writes."""

import hashlib
from datetime import date

import duckdb
import numpy as np
import pytest

from data.categories import FUNDS, OWNER_TYPES
from data.demo import draw_demonstration, make_demo, write_demo_files
from data.demo.contribution import contribution_rp
from data.demo.scenario import AS_OF, read_table
from data.editions import open_edition
from data.errors import CakupanError
from data.home import Home
from data.importers import import_file
from data.ledger import open_ledger, status, undo
from data.places import resolve_place

SLICE = 0.05
SLICE_SHA256 = "e72cd5823a7d64659e3a830b3338e5ac70e787bca2bdd85e50484152bef9524e"


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
    tables.execute("delete from pendaftaran where starts_with(no_proyek_bpjs, '99')")
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


def test_july_2024_has_84_000_named_members(delivered):
    assert count(delivered, f"select count(distinct nik) from ({ACTIVE})", day="2024-07-31") == 84_000


def test_july_2024_has_39_000_members_without_names(delivered):
    assert count(delivered, UNNAMED, day="2024-07-31") == 39_000


def test_the_estimate_for_july_2024_is_270_000_and_the_survey_stands_beside_it():
    rows = [row for row in read_table("denominators") if row["wilayah"] == "16" and row["per_tanggal"] == "2024-02-29"]
    assert {row["sumber"]: int(row["pekerja"]) for row in rows} == {
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
        "select 100 * avg((no_spk not in (select no_spk from pendaftaran))::integer) from proyek",
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


def test_private_owners_and_contractors_are_recognisably_invented(delivered):
    real_owner = "jenis_pemilik = 'Swasta' and pemilik not like 'PT Contoh %'"
    real_contractor = "penyedia not like '% Contoh %' and penyedia <> 'Swakelola'"
    assert count(delivered, f"select count(*) from proyek where {real_owner} or {real_contractor}") == 0


@pytest.mark.parametrize(
    "case",
    [
        "select * from proyek where penyedia like '% KSO'",
        "select * from proyek where penyedia = 'Swakelola'",
        "select * from proyek where nama_proyek like '%uang muka%'",
        "select * from proyek where date_diff('day', mulai::date, selesai::date) < 14",
        """select * from pendaftaran as d join proyek using (kode_proyek)
        where d.tenaga_kerja = '1' and nilai_kontrak::bigint > 9e9""",
        "select * from pendaftaran join proyek using (kode_proyek) where tgl_daftar::date + 1 = proyek.selesai::date",
        "select * from pendaftaran where tgl_bayar is null",
        "select * from pendaftaran where kode_proyek is null",
        """select * from proyek_adendum_2024 as new join proyek_2021_2024 as old using (kode_proyek)
        where new.selesai > old.selesai and new.nilai_kontrak::bigint > old.nilai_kontrak::bigint""",
        "select * from proyek where pemilik = 'Dinas Perkim Kota Palembang' and mulai < '2023'",
        "select * from proyek where pemilik = 'Dinas Perkimtan Kota Palembang' and mulai >= '2023'",
    ],
)
def test_a_case_worth_meeting_occurs(delivered, case):
    assert count(delivered, f"select count(*) from ({case})") > 0


def test_forty_persons_work_in_three_kabupaten_at_once(delivered):
    query = f"select count(*) from (select nik from ({ACTIVE}) group by nik having count(distinct wilayah) >= 3)"
    assert count(delivered, query, day="2024-07-31") >= 40


def test_nobody_sent_the_rosters_of_march_2023(files):
    periods = [files[name].options["period"] for name in ("tenaga_kerja_2021_2023", "tenaga_kerja_2023_2025")]
    assert periods == ["2021-01..2023-02", "2023-04..2025-06"]


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
    assert [(row["kind"], row["rows"]) for row in status(demo_home)["waiting"]] == [("tenaga_kerja", 12)]


def test_the_months_whose_rosters_nobody_sent_cannot_be_told(demo_edition):
    march = date(2023, 3, 31)
    all_projects = {"places": ["16"], "owner_type": "*", "owner": "*", "fund": "*"}
    work = demo_edition.query("work_rows", **all_projects, first=march, last=march)[0]
    assert work["rostered_projects"] == 0 < work["running_projects"]


def test_a_home_with_real_data_takes_no_demonstration(tmp_path):
    home, path = Home(tmp_path / "rumah"), tmp_path / "angka.csv"
    path.write_text("wilayah,per_tanggal,segmen,peserta,sumber\n16,2024-07-09,jasa konstruksi,1,Kanwil\n")
    import_file(home, path)
    undo(home, 1)
    with pytest.raises(CakupanError, match="data sungguhan"):
        make_demo(home)


def test_a_ledger_into_which_nothing_came_is_an_empty_home(demo_home):
    assert status(demo_home)["demo"]
