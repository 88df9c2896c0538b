"""Each cause with a case that has it and one, at its edge, that does not; all of one edition of 30 June 2025.

A contract of Rp100.000.000 without VAT owes 0,24 % of it: Rp240.000.
"""

from datetime import date
from decimal import Decimal

import pytest

from analytics.causes import AT_REST, CAUSES, DIFFERENCES, OF_PROJECTS, OF_ROWS
from analytics.reconciliation import ReconciledProject, lines, reconciled, summary
from analytics.row import Scope
from analytics.unmatched import Candidate, UnmatchedRow
from data.access import Grant, OutsideScope
from data.editions import Edition, current_edition, publish
from data.errors import CakupanError
from data.home import Home
from tests.worlds import deliver, empty_world, load_world

POSITION = date(2025, 6, 30)
NATION, CITY, OKI = Scope("00"), Scope("16.71"), Scope("16.02")
PUPR, PERKIM = "Dinas PUPR", "Dinas Perkim"
SIGNED, ENDS = date(2025, 1, 6), date(2025, 12, 31)
REGISTERED, LATER, EARLIER = date(2025, 1, 13), date(2025, 3, 3), date(2025, 2, 3)
KNOWN = (date(2020, 1, 1), POSITION)
IN_RELIEF = date(2020, 9, 1)


def project(code, **columns):
    return {
        "kode_proyek": code,
        "nama_proyek": f"Pekerjaan {code}",
        "pemilik": PUPR,
        "wilayah": "16.71",
        "sumber_dana": "APBD kabupaten/kota",
        "nilai_kontrak": Decimal(100_000_000),
        "termasuk_ppn": False,
        "no_spk": f"600/{code}/SPK/2025",
        "tgl_spk": SIGNED,
        "mulai": SIGNED,
        "selesai": ENDS,
        "tenaga_kerja": 20,
    } | columns


def registration(code, iuran: int | None = 240_000, **columns):
    paid = {"tgl_bayar": REGISTERED, "iuran_dibayar": Decimal(iuran)} if iuran is not None else {}
    return {"kode_proyek": code, "tgl_daftar": REGISTERED, "tenaga_kerja": 20} | paid | columns


def payment(code, rupiah, day=LATER, **columns):
    return {"kode_proyek": code, "tgl_bayar": day, "jumlah": Decimal(rupiah)} | columns


# Code → what the project says besides, its registrations, its payments, and the causes that it must have.
PROJECTS = {
    "COCOK-PAS": ({}, [registration("COCOK-PAS")], [], ()),
    "TARIF-SERUPIAH-KURANG": ({}, [registration("TARIF-SERUPIAH-KURANG", 239_999)], [], ()),
    "TARIF-KURANG": ({}, [registration("TARIF-KURANG", 239_998)], [], ("iuran_kurang",)),
    "TARIF-SERUPIAH-LEBIH": ({}, [registration("TARIF-SERUPIAH-LEBIH", 240_001)], [], ()),
    "TARIF-LEBIH": ({}, [registration("TARIF-LEBIH", 240_002)], [], ("iuran_lebih",)),
    # Whether the value holds VAT is not said: Rp111 million owe Rp240.000 of 100 million, or 20.900 more of all of it.
    "PPN-TIDAK-DISEBUT": (
        {"nilai_kontrak": Decimal(111_000_000), "termasuk_ppn": None},
        [registration("PPN-TIDAK-DISEBUT", 260_900)], [], (),
    ),
    "PPN-LEBIH": (
        {"nilai_kontrak": Decimal(111_000_000), "termasuk_ppn": None},
        [registration("PPN-LEBIH", 260_902)], [], ("iuran_lebih",),
    ),
    # One per cent was enough, whoever paid all was not wrong.
    "KERINGANAN-DIPAKAI": (
        {"tgl_spk": IN_RELIEF, "mulai": IN_RELIEF}, [registration("KERINGANAN-DIPAKAI", 2_400)], [], (),
    ),
    "KERINGANAN-PENUH": (
        {"tgl_spk": IN_RELIEF, "mulai": IN_RELIEF}, [registration("KERINGANAN-PENUH", 240_000)], [], (),
    ),
    "KERINGANAN-KURANG": (
        {"tgl_spk": IN_RELIEF, "mulai": IN_RELIEF}, [registration("KERINGANAN-KURANG", 2_398)], [], ("iuran_kurang",),
    ),
    # 100 billion owe 240.000 + 760.000 + 750.000 + 4,8 million + 0,1 % of 95 billion.
    "NILAI-BESAR": (
        {"nilai_kontrak": Decimal(100_000_000_000)}, [registration("NILAI-BESAR", 6_550_000 + 95_000_000)],
        [payment("NILAI-BESAR", 111_000_000_001)], (),
    ),
    "IURAN-BELUM": ({}, [registration("IURAN-BELUM", None)], [], ("iuran_belum_dibayar",)),
    "IURAN-TIDAK-DISEBUT": ({}, [registration("IURAN-TIDAK-DISEBUT", None, tgl_bayar=REGISTERED)], [], ()),
    # Before the addendum the contract was worth 50 million and owed Rp120.000.
    "ADENDUM-LAMA": ({}, [registration("ADENDUM-LAMA", 120_000)], [], ("iuran_sebelum_adendum",)),
    "ADENDUM-LAIN": ({}, [registration("ADENDUM-LAIN", 120_002)], [], ("iuran_kurang",)),
    "ADENDUM-DIBAYAR": (
        {},
        [
            registration("ADENDUM-DIBAYAR", 120_000),
            registration("ADENDUM-DIBAYAR", 120_000, tgl_daftar=LATER, tgl_bayar=LATER, mulai=LATER, tenaga_kerja=0),
        ],
        [], (),
    ),
    "DAFTAR-BELUM": ({"pemilik": PERKIM, "no_spk": "900/77/SPK/PERKIM/2025"}, [], [], ("belum_terdaftar",)),
    "DAFTAR-BARU": ({"tgl_spk": date(2025, 6, 16), "mulai": date(2025, 6, 16)}, [], [], ()),
    "DAFTAR-ASING": ({"wilayah": "16.04"}, [], [], ()),
    "PEKERJA-SAJA": ({}, [], [], ("daftar_pekerja_saja",)),
    "BAYAR-DULU": (
        {}, [registration("BAYAR-DULU", tgl_daftar=LATER)], [payment("BAYAR-DULU", 1, EARLIER)],
        ("daftar_sesudah_bayar",),
    ),
    "BAYAR-SEHARI": (
        {}, [registration("BAYAR-SEHARI", tgl_daftar=LATER)], [payment("BAYAR-SEHARI", 1, LATER)], (),
    ),
    # 100 million and 11 % VAT on top.
    "LUNAS-SERUPIAH": (
        {}, [registration("LUNAS-SERUPIAH")],
        [payment("LUNAS-SERUPIAH", 100_000_000), payment("LUNAS-SERUPIAH", 11_000_001, POSITION)], (),
    ),
    "LUNAS-LEBIH": (
        {}, [registration("LUNAS-LEBIH")],
        [payment("LUNAS-LEBIH", 100_000_000), payment("LUNAS-LEBIH", 11_000_002, POSITION)],
        ("bayar_melebihi_kontrak",),
    ),
    # 25 per cent of 20 workers are five.
    "ORANG-LIMA-KURANG": ({}, [registration("ORANG-LIMA-KURANG", tenaga_kerja=15)], [], ()),
    "ORANG-ENAM-KURANG": ({}, [registration("ORANG-ENAM-KURANG", tenaga_kerja=14)], [], ("tenaga_kerja_beda",)),
    "ORANG-LIMA-LEBIH": ({}, [registration("ORANG-LIMA-LEBIH", tenaga_kerja=25)], [], ()),
    "ORANG-ENAM-LEBIH": ({}, [registration("ORANG-ENAM-LEBIH", tenaga_kerja=26)], [], ("tenaga_kerja_beda",)),
    "NOMOR-SATU": ({"no_spk": "700/5/SPK"}, [], [], ("spk_ganda",)),
    "NOMOR-DUA": ({"no_spk": "700/5/SPK", "pemilik": PERKIM}, [], [], ("spk_ganda",)),
    "NOMOR-TIGA": ({"no_spk": "700. 05 .spk"}, [registration("NOMOR-TIGA")], [], ("spk_ganda",)),
    "NOMOR-EMPAT": ({"no_spk": "700/50/SPK"}, [registration("NOMOR-EMPAT")], [], ()),
    "MACAM-MACAM": (
        {},
        [registration("MACAM-MACAM", 1_000, tgl_daftar=LATER, tenaga_kerja=1)],
        [payment("MACAM-MACAM", 1, EARLIER)],
        ("daftar_sesudah_bayar", "iuran_kurang", "tenaga_kerja_beda"),
    ),
}  # fmt: skip
AT_EASE = {"DAFTAR-BARU": "belum_jatuh_tempo", "DAFTAR-ASING": "belum_diketahui"}

# How a row without a project names it → its cause, and the projects that it may mean.
ROWS = {
    "ENTAH-BERANTAH": ("pendaftaran_tanpa_proyek", ()),
    "900/78/SPK/PERKIM/2025": (
        "nomor_mirip", (Candidate("DAFTAR-BELUM", "no_spk", "satu_tanda", ("iuran", "tenaga_kerja")),),
    ),
    "900. 077 .spk.perkim.2025": ("nomor_mirip", (Candidate("DAFTAR-BELUM", "no_spk", "penulisan", ()),)),
    # The same but for one sign, long before the order was signed; and of a project that is registered.
    "900/76/SPK/PERKIM/2025": ("pendaftaran_tanpa_proyek", ()),
    "600/COCOK-PAZ/SPK/2025": ("pendaftaran_tanpa_proyek", ()),
    "700/5/SPK": (
        "pendaftaran_spk_ganda",
        (
            Candidate("NOMOR-DUA", "no_spk", "spk_sama", ()),
            Candidate("NOMOR-SATU", "no_spk", "spk_sama", ()),
            Candidate("NOMOR-TIGA", "no_spk", "penulisan", ()),
        ),
    ),
    "BAYAR-ENTAH": ("pembayaran_tanpa_proyek", ()),
    "DAFTAR-BELUN": ("nomor_mirip", (Candidate("DAFTAR-BELUM", "kode_proyek", "satu_tanda", ()),)),
    "LUNAS-LEBIK": ("pembayaran_tanpa_proyek", ()),  # that project is paid already
    "PEKERJA-ENTAH": ("pekerja_tanpa_proyek", ()),
    "PESERTA-ENTAH": ("peserta_tanpa_proyek", ()),
    "HILANG-DARI-DAFTAR": ("proyek_dihapus", ()),
}  # fmt: skip


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    world = empty_world(POSITION)
    first = deliver(world, "proyek", *(project(code, **told[0]) for code, told in PROJECTS.items()))
    deliver(world, "proyek", project("HILANG-DARI-DAFTAR", wilayah="16.02"))
    deliver(world, "proyek", as_of=date(2025, 2, 1), complete_for="16.02", period=(SIGNED, ENDS))
    known = [row for told in PROJECTS.values() for row in told[1]]
    deliver(
        world, "pendaftaran", *known, registration("ENTAH-BERANTAH", None), complete_for="16.71", period=KNOWN
    )  # fmt: skip
    by_order = {"tgl_daftar": REGISTERED, "iuran_dibayar": Decimal(240_000), "tgl_bayar": REGISTERED}
    deliver(
        world, "pendaftaran",
        {"no_spk": "900/78/SPK/PERKIM/2025", "tenaga_kerja": 20} | by_order,
        {"no_spk": "900. 077 .spk.perkim.2025", "tgl_daftar": REGISTERED},
        {"no_spk": "900/76/SPK/PERKIM/2025"} | by_order | {"tgl_daftar": date(2024, 12, 22)},
        {"no_spk": "600/COCOK-PAZ/SPK/2025"} | by_order,
        {"no_spk": "700/5/SPK", "tgl_daftar": REGISTERED},
        registration("HILANG-DARI-DAFTAR", None),
        registration("SESUDAH-POSISI", None, tgl_daftar=date(2025, 7, 1)),
    )  # fmt: skip
    paid = [row for told in PROJECTS.values() for row in told[2]]
    strangers = [payment(code, 7) for code in ("BAYAR-ENTAH", "DAFTAR-BELUN", "LUNAS-LEBIK")]
    deliver(world, "pembayaran", *paid, *strangers)
    roster = [("PEKERJA-SAJA", 1), ("PEKERJA-SAJA", 2), ("PEKERJA-ENTAH", 3), ("PEKERJA-ENTAH", 4)]
    deliver(
        world, "tenaga_kerja",
        *({"kode_proyek": code, "person_id": person, "mulai": date(2025, 5, 1)} for code, person in roster),
    )  # fmt: skip
    deliver(
        world, "kepesertaan", {"kode_proyek": "PESERTA-ENTAH", "person_id": 1, "mulai": SIGNED, "tgl_bayar": SIGNED}
    )
    for code in ("ADENDUM-LAMA", "ADENDUM-LAIN", "ADENDUM-DIBAYAR"):
        old = {"kode_proyek": code, "versi": 0, "tgl": SIGNED, "nilai_kontrak": Decimal(50_000_000), "selesai": ENDS}
        world["rows"]["nilai_lama"].append({"batch_id": first, "data_as_of": date(2020, 1, 1)} | old)
    home = Home(tmp_path_factory.mktemp("reconciliation") / "home")
    load_world(home, world)
    publish(home, POSITION)
    found = current_edition(home)
    assert found is not None
    return found


def all_of(edition, scope=NATION, **asked):
    return lines(edition, scope, limit=1000, **asked).rows


def unmatched_of(edition, scope=NATION, *, causes=tuple(OF_ROWS)) -> list[UnmatchedRow]:
    return [row for row in all_of(edition, scope, causes=causes) if isinstance(row, UnmatchedRow)]


def rows_without_project(edition, scope=NATION):
    return {row.kode_proyek or row.no_spk: (row.cause, row.candidates) for row in unmatched_of(edition, scope)}


def project_of(edition, code) -> ReconciledProject:
    found = reconciled(edition, code)
    assert found is not None
    return found


def within(edition, *, areas=None, owners=None):
    limits = (None if limit is None else frozenset(limit) for limit in (areas, owners))
    return Edition(edition.path, edition.number, Grant(*limits))


@pytest.mark.parametrize("code", PROJECTS)
def test_a_project_has_the_causes_that_its_data_tell(edition, code):
    found = project_of(edition, code)
    expected = PROJECTS[code][3]
    assert found.causes == expected
    assert found.cause == (expected[0] if expected else AT_EASE.get(code, "cocok"))


def test_a_row_without_a_project_has_its_cause_and_the_projects_that_it_may_mean(edition):
    assert rows_without_project(edition) == ROWS


def test_every_cause_has_a_case_and_every_cause_of_a_project_one_without_it(edition):
    assert {line.cause for line in all_of(edition, causes=tuple(CAUSES))} | {"tenaga_kerja_beda"} == CAUSES.keys()
    told = [set(expected) for _, _, _, expected in PROJECTS.values()]
    assert set().union(*told) == OF_PROJECTS.keys()


def test_rows_of_one_file_that_name_one_project_are_one_line(edition):
    [roster] = unmatched_of(edition, causes=("pekerja_tanpa_proyek",))
    assert (roster.kode_proyek, roster.rows, roster.day) == ("PEKERJA-ENTAH", 2, date(2025, 5, 1))


def test_what_lacks_of_contributions_is_added_up(edition):
    lacking = {count.cause: (count.lines, count.lacking_rp) for count in summary(edition, NATION)}
    assert lacking["iuran_belum_dibayar"] == (1, 240_000)
    assert lacking["iuran_sebelum_adendum"] == (1, 240_000 - 120_000)
    # Of the project with several causes the contribution stands under the first of them.
    assert lacking["iuran_kurang"] == (3, (240_000 - 239_998) + (2_400 - 2_398) + (240_000 - 120_002))
    assert lacking["cocok"][1] is None


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("adendum-lama", ["ADENDUM-LAMA"]),
        ("600/tarif-kurang", ["TARIF-KURANG"]),
        (" Perkim ", [*(number for number in ROWS if "perkim" in number.lower()), "NOMOR-DUA", "DAFTAR-BELUM"]),
        ("tidak ada", []),
    ],
)  # fmt: skip
def test_words_are_looked_for_in_projects_and_rows(edition, search, expected):
    found = lines(edition, NATION, search=search)
    assert {row.kode_proyek or row.no_spk for row in found.rows} == set(expected)
    assert found.total == len(expected)


def test_pages_follow_each_other_across_rows_and_projects(edition):
    whole = lines(edition, NATION, limit=1000)
    assert whole.total == len(whole.rows) == len(ROWS) + sum(bool(told[3]) for told in PROJECTS.values())
    assert [line.cause for line in whole.rows] == sorted([line.cause for line in whole.rows], key=list(CAUSES).index)
    pages = [lines(edition, NATION, limit=5, offset=offset) for offset in range(0, whole.total + 10, 5)]
    assert [line for page in pages for line in page.rows] == whole.rows
    assert {page.total for page in pages} == {whole.total}


def test_an_unknown_cause_is_refused(edition):
    with pytest.raises(CakupanError, match="'salah' tidak dikenal"):
        lines(edition, NATION, causes=("salah",))


def test_a_fund_or_owner_leaves_out_rows_that_nobody_can_place(edition):
    assert rows_without_project(edition, Scope("00", fund="APBD kabupaten/kota")) == {}
    assert rows_without_project(edition, Scope("00", owner=PERKIM)) == {}
    # Of a city only what was declared complete for it; of a province everything that nobody has placed.
    assert rows_without_project(edition, CITY) == {"ENTAH-BERANTAH": ROWS["ENTAH-BERANTAH"]}
    assert rows_without_project(edition, Scope("16")) == ROWS


def test_a_limited_reader_sees_nothing_beyond_the_grant(edition):
    city = within(edition, areas={"16.71"})
    assert rows_without_project(city, CITY) == {"ENTAH-BERANTAH": ROWS["ENTAH-BERANTAH"]}
    seen = {line.kode_proyek for line in all_of(city, CITY, causes=(*OF_PROJECTS, *AT_REST))}
    assert seen == PROJECTS.keys() - {"DAFTAR-ASING"}
    with pytest.raises(OutsideScope):
        lines(city, NATION)
    with pytest.raises(OutsideScope):
        summary(city, OKI)
    assert reconciled(city, "DAFTAR-ASING") is None


def test_a_reader_of_one_owner_sees_its_projects_and_no_other_by_name(edition):
    perkim = within(edition, owners={PERKIM})
    assert {line.kode_proyek for line in all_of(perkim, causes=tuple(CAUSES))} == {"DAFTAR-BELUM", "NOMOR-DUA"}
    own = project_of(perkim, "NOMOR-DUA")
    assert (own.cause, own.same_order) == ("spk_ganda", None)
    assert project_of(edition, "NOMOR-DUA").same_order == "NOMOR-SATU"
    with pytest.raises(OutsideScope):
        lines(perkim, Scope("00", owner=PUPR))
    assert sum(count.lines for count in summary(perkim, NATION)) == 2


def test_the_causes_that_differ_are_those_of_rows_and_of_projects():
    assert (*DIFFERENCES, *AT_REST) == tuple(CAUSES)
