"""Pages of the register, what falls due, results counted and single projects: asked of one edition of eleven."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from analytics.register import SORTS, RegisterRow, counts_by_result, dossier, new_work_orders, register
from analytics.row import Scope
from data.access import Grant, OutsideScope
from data.editions import Edition, current_edition, publish
from data.errors import CakupanError
from data.home import Home
from tests.worlds import deliver, empty_world, load_world

POSITION = date(2025, 6, 30)
NATION, PROVINCE, CITY, OKI = (Scope(place) for place in ("00", "16", "16.71", "16.02"))
PUPR, PERKIM, BALAI = "Dinas PUPR", "Dinas Perkim 100%", "BBPJN"
DAY = timedelta(days=1)
# Of the 14 working days after Monday 16 June 2025 nine have passed with Monday 30 June: Friday 27 June is a holiday.
MID_JUNE, TODAY = date(2025, 6, 16), POSITION


def project(code, *, owner=PUPR, place="16.71", spk: date | None = date(2024, 3, 4), **columns):
    return {
        "kode_proyek": code,
        "nama_proyek": f"Peningkatan Jalan {code}",
        "pemilik": owner,
        "wilayah": place,
        "sumber_dana": "APBD kabupaten/kota",
        "tgl_spk": spk,
        "no_spk": f"600/{code}/SPK",
        "mulai": spk or date(2024, 3, 11),
        "selesai": date(2025, 12, 31),
    } | columns


PROJECTS = [
    project("A-1", nilai_kontrak=Decimal(500), penyedia="PT Contoh Karya", tenaga_kerja=10),
    project("A-2", nilai_kontrak=Decimal(700), penyedia="CV Contoh Musi", telepon_penyedia="(0711) 350-001"),
    project("A-3", nilai_kontrak=None, selesai=date(2024, 12, 31), tenaga_kerja=4),
    project("B-1", owner=PERKIM, nilai_kontrak=Decimal(500), nama_proyek="Drainase_Sekip", tenaga_kerja=7),
    project("B-2", owner=PERKIM, spk=None, sumber_dana=None),
    project("C-1", owner=BALAI, place="16.02", sumber_dana="APBN", nilai_kontrak=Decimal(900)),
    project("C-2", owner=BALAI, place="16", sumber_dana="APBN"),
    project("N-1", spk=TODAY, mulai=TODAY + DAY),
    project("N-2", owner=PERKIM, spk=MID_JUNE),
    project("N-3", owner=BALAI, place="16.02", spk=MID_JUNE, sumber_dana="APBN"),
    project("N-4", owner=PERKIM, spk=MID_JUNE),
]
CODES = [row["kode_proyek"] for row in PROJECTS]


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    world = empty_world(POSITION)
    batch_id = deliver(world, "proyek", *PROJECTS)
    late = {"kode_proyek": "A-2", "tgl_daftar": date(2024, 6, 3), "tgl_bayar": date(2024, 6, 5), "tenaga_kerja": 3}
    first = {"kode_proyek": "A-1", "tgl_daftar": date(2024, 3, 6), "tgl_bayar": date(2024, 3, 7), "tenaga_kerja": 8}
    second = {"kode_proyek": "A-1", "tgl_daftar": date(2024, 9, 6), "no_sertifikat": "S-2"}
    new = {"kode_proyek": "N-4", "tgl_daftar": MID_JUNE + DAY}
    deliver(
        world, "pendaftaran", first, second, late, new,
        complete_for="16.71", period=(date(2024, 1, 1), POSITION),
    )  # fmt: skip
    paid = {"kode_proyek": "A-1", "termin": "Termin 1", "tgl_bayar": date(2024, 8, 1), "jumlah": Decimal(100)}
    advance = {"kode_proyek": "A-1", "termin": "Uang muka", "tgl_bayar": date(2024, 4, 1), "jumlah": Decimal(50)}
    deliver(world, "pembayaran", paid, advance)
    old = {"kode_proyek": "A-1", "versi": 0, "tgl": date(2024, 3, 4), "nilai_kontrak": Decimal(400)}
    world["rows"]["nilai_lama"].append(
        {"batch_id": batch_id, "data_as_of": date(2020, 1, 1), "selesai": date(2025, 6, 30)} | old
    )
    home = Home(tmp_path_factory.mktemp("register") / "home")
    load_world(home, world)
    publish(home, POSITION)
    found = current_edition(home)
    assert found is not None
    return found


def codes(edition, scope=NATION, **asked):
    return [row.kode_proyek for row in register(edition, scope, **asked).rows]


def within(edition, *, areas=None, owners=None):
    limits = (None if limit is None else frozenset(limit) for limit in (areas, owners))
    return Edition(edition.path, edition.number, Grant(*limits))


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (NATION, CODES),
        (PROVINCE, CODES),  # also what is placed in the province only
        (OKI, ["C-1", "N-3"]),
        (Scope("16.71", owner=PERKIM), ["B-1", "B-2", "N-2", "N-4"]),
        (Scope("16", fund="APBN"), ["C-1", "C-2", "N-3"]),
        (Scope("16.07"), []),
    ],
)
def test_the_register_holds_the_projects_of_the_scope(edition, scope, expected):
    page = register(edition, scope)
    assert ([row.kode_proyek for row in page.rows], page.total) == (expected, len(expected))


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("a-2", ["A-2"]),  # code
        ("drainase", ["B-1"]),  # name
        ("600/C-1/spk", ["C-1"]),  # work order
        ("cv contoh", ["A-2"]),  # contractor
        (" BBPJN ", ["C-1", "C-2", "N-3"]),  # owner
        ("100%", ["B-1", "B-2", "N-2", "N-4"]),  # a sign of patterns is a sign
        ("e_s", ["B-1"]),
        ("_", ["B-1"]),
        ("%%", []),
        ("", CODES),
        ("tidak ada", []),
    ],
)
def test_words_are_looked_for_in_code_name_work_order_contractor_and_owner(edition, search, expected):
    page = register(edition, NATION, search=search)
    assert ([row.kode_proyek for row in page.rows], page.total) == (expected, len(expected))


def test_only_projects_that_run_at_the_position(edition):
    assert codes(edition, running_only=True) == [code for code in CODES if code not in ("A-3", "N-1")]


def test_results_are_filtered(edition):
    by_result = {}
    for row in register(edition, NATION).rows:
        by_result.setdefault(row.result, []).append(row.kode_proyek)
    assert len(by_result) >= 4
    for result, expected in by_result.items():
        assert codes(edition, results=(result,)) == expected
    assert codes(edition, results=("terlambat", "memenuhi")) == sorted(by_result["terlambat"] + by_result["memenuhi"])


def test_a_proof_by_hand_takes_the_place_of_the_result(edition):
    overlaid = {"B-1": "bukti_manual", "X-9": "bukti_manual"}
    page = register(edition, NATION, results=("bukti_manual",), overlaid=overlaid)
    assert [(row.kode_proyek, row.result) for row in page.rows] == [("B-1", "bukti_manual")]
    stored = next(row.result for row in register(edition, NATION).rows if row.kode_proyek == "B-1")
    assert "B-1" not in codes(edition, results=(stored,), overlaid=overlaid)
    counted = {row.result: row.projects for row in counts_by_result(edition, NATION, overlaid=overlaid)}
    before = {row.result: row.projects for row in counts_by_result(edition, NATION)}
    assert counted.pop("bukti_manual") == 1
    assert counted.pop(stored, 0) == before.pop(stored) - 1
    assert counted == before


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("descending", [False, True])
def test_each_column_sorts_with_the_unknown_last(edition, sort, descending):
    rows = register(edition, NATION, sort=sort, descending=descending).rows
    values = [getattr(row, sort) for row in rows]
    known = [value for value in values if value is not None]
    keys = [value.lower() if isinstance(value, str) else value for value in known]
    assert values[: len(known)] == known
    assert keys == sorted(keys, reverse=descending)
    assert sorted(row.kode_proyek for row in rows) == CODES


def test_projects_that_are_equal_come_by_their_codes(edition):
    assert codes(edition, sort="nilai_kontrak")[:2] == ["A-1", "B-1"]
    assert codes(edition, sort="nilai_kontrak")[4:] == [c for c in CODES if c not in ("A-1", "A-2", "B-1", "C-1")]


def test_pages_put_together_are_the_whole(edition):
    pages = [
        register(edition, NATION, sort="owner", descending=True, limit=3, offset=start) for start in range(0, 12, 3)
    ]
    assert [row for page in pages for row in page.rows] == register(edition, NATION, sort="owner", descending=True).rows
    assert {page.total for page in pages} == {len(CODES)}


def test_a_page_past_the_end_still_tells_how_many_there_are(edition):
    page = register(edition, CITY, search="drainase", offset=50)
    assert (page.rows, page.total) == ([], 1)
    assert register(edition, CITY, search="tidak ada", offset=50).total == 0


def test_a_column_that_does_not_sort_is_refused(edition):
    with pytest.raises(CakupanError, match="'kode_proyek; drop'"):
        register(edition, NATION, sort="kode_proyek; drop")
    with pytest.raises(CakupanError, match="Rincian 'place'"):
        counts_by_result(edition, NATION, "place")


def test_a_row_says_what_is_known_of_a_project(edition):
    [row] = register(edition, CITY, search="a-2").rows
    assert (row.place_name, row.payer, row.telepon_penyedia) == (
        "Kota Palembang", "BPKAD kabupaten/kota", "(0711) 350-001",
    )  # fmt: skip
    assert (row.result, row.is_registered, row.file_name, row.row_number) == ("terlambat", True, "proyek.csv", 3)
    # Neither a roster nor a declared headcount: the three registered workers do not say how many there are.
    assert (row.workers, row.uncovered) == (None, None)


def test_workers_are_those_of_the_last_month_end_else_the_declared(edition):
    rows = {row.kode_proyek: row for row in register(edition, NATION).rows}
    assert (rows["A-1"].workers, rows["A-1"].uncovered) == (10, 10 - 8)
    assert (rows["B-1"].workers, rows["B-1"].uncovered) == (7, 7 - 0)
    assert (rows["A-3"].workers, rows["A-3"].uncovered) == (4, None)  # over since December


def test_new_work_orders_come_by_days_left_and_the_unknown_are_told_apart(edition):
    found = [(row.kode_proyek, row.days_left, row.is_registered) for row in new_work_orders(edition, NATION)]
    # N-4 is registered, of Ogan Komering Ilir nobody knows.
    assert found == [("N-2", 14 - 9, False), ("N-3", 14 - 9, None), ("N-1", 14, False)]
    assert [row.kode_proyek for row in new_work_orders(edition, OKI)] == ["N-3"]


def test_a_work_order_is_new_to_the_last_day_of_its_deadline(tmp_path):
    # The 14th working day after Monday 9 June 2025 is Monday 30 June; after Thursday 5 June, as Friday is Idul Adha,
    # Thursday 26 June.
    world = empty_world(POSITION)
    deliver(
        world, "proyek",
        project("L-1", spk=date(2025, 6, 9), selesai=POSITION),
        project("L-2", spk=date(2025, 6, 5)),
        project("L-3", spk=date(2025, 6, 9), selesai=POSITION - DAY),  # over: registering it protects nobody
        project("L-4", spk=POSITION + DAY),
    )  # fmt: skip
    load_world(Home(tmp_path / "home"), world)
    publish(Home(tmp_path / "home"), POSITION)
    found = current_edition(Home(tmp_path / "home"))
    assert found is not None
    assert [(row.kode_proyek, row.deadline, row.days_left) for row in new_work_orders(found, NATION)] == [
        ("L-1", POSITION, 0)
    ]


def test_results_are_counted_in_all_by_owner_and_by_fund(edition):
    rows = register(edition, NATION).rows
    for by in (None, "owner", "fund"):
        expected = {}
        for row in rows:
            key = (getattr(row, by) if by else "*", row.result)
            expected.setdefault(key, []).append(row)
        found = {(row.group, row.result): row for row in counts_by_result(edition, NATION, by)}
        assert {key: row.projects for key, row in found.items()} == {key: len(of) for key, of in expected.items()}
        for key, of in expected.items():
            stated = [row.nilai_kontrak for row in of if row.nilai_kontrak is not None]
            assert found[key].nilai_kontrak == (sum(stated) if stated else None)


def test_a_dossier_holds_all_that_is_known_of_a_project(edition):
    found = dossier(edition, "A-1")
    assert found is not None
    assert isinstance(found.project, RegisterRow)
    assert [(row.number, row.tgl_daftar, row.cover_from, row.cover_to) for row in found.registrations] == [
        (1, date(2024, 3, 6), date(2024, 3, 7), date(2025, 12, 31)),
        (2, date(2024, 9, 6), None, None),  # not paid: it covers nobody
    ]
    assert [
        (row.number, row.kind, row.tgl_bayar, row.jumlah, row.file_name, row.row_number) for row in found.payments
    ] == [
        (1, "uang muka", date(2024, 4, 1), Decimal(50), "pembayaran.csv", 3),
        (2, "termin", date(2024, 8, 1), Decimal(100), "pembayaran.csv", 2),
    ]
    assert [(row.versi, row.nilai_kontrak, row.selesai) for row in found.addenda] == [
        (0, Decimal(400), date(2025, 6, 30))
    ]
    assert [(row.payment, row.judged_on) for row in found.judgements] == [
        (0, POSITION), (1, date(2024, 4, 1)), (2, date(2024, 8, 1)),
    ]  # fmt: skip
    at_position = found.judgements[0]
    assert (at_position.result, at_position.notes) == (found.project.result, found.project.notes)


def test_a_project_that_there_is_not_has_no_dossier(edition):
    assert dossier(edition, "X-9") is None
    assert dossier(edition, "") is None


def test_what_lies_outside_a_grant_is_answered_as_what_there_is_not(edition):
    city = within(edition, areas=["16.71"])
    assert dossier(city, "C-1") is None and dossier(city, "A-1") == dossier(edition, "A-1")
    own = within(edition, owners=[PERKIM])
    assert dossier(own, "A-1") is None and dossier(own, "B-1") == dossier(edition, "B-1")
    nothing = within(edition, areas=[], owners=[])
    assert all(dossier(nothing, code) is None for code in CODES)


def test_under_a_grant_of_owners_the_register_is_theirs_and_counts_theirs(edition):
    own = within(edition, owners=[PERKIM, BALAI])
    expected = [code for code in CODES if code[0] in "BC" or code in ("N-2", "N-3", "N-4")]
    page = register(own, NATION, limit=2)
    assert ([row.kode_proyek for row in page.rows], page.total) == (expected[:2], len(expected))
    assert codes(own, CITY, search="jalan") == ["B-2", "N-2", "N-4"]
    assert sum(row.projects for row in counts_by_result(own, NATION)) == len(expected)
    assert [row.kode_proyek for row in new_work_orders(own, NATION)] == ["N-2", "N-3"]
    with pytest.raises(OutsideScope):
        register(own, replace(CITY, owner=PUPR))


def test_under_a_grant_of_places_nothing_beyond_them_is_asked(edition):
    city = within(edition, areas=["16.71"])
    assert codes(city, CITY) == [code for code in CODES if not code.startswith("C") and code != "N-3"]
    for ask in (register, new_work_orders, counts_by_result):
        with pytest.raises(OutsideScope):
            ask(city, PROVINCE)
        with pytest.raises(OutsideScope):
            ask(within(edition, areas=["16.71"], owners=[PERKIM]), Scope("16.71", owner=PUPR))


def test_an_unknown_place_is_named(edition):
    with pytest.raises(CakupanError, match=r"'16\.99'"):
        register(edition, Scope("16.99"))
