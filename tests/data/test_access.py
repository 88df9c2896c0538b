"""What a grant lets through, by hand: three kabupaten, two branches that share one, a group, three owners."""

import gzip
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analytics import change, compare, compute
from analytics.compute import Scope
from analytics.deliveries import deliveries
from data import access
from data.access import EVERYTHING, NOTHING, PUBLIC_FACTS, PUBLIC_QUERIES, WITHIN, Bounds, Grant, OutsideScope
from data.editions import current_edition, open_edition, publish
from data.home import Home
from data.sql import FOLDER
from tests.worlds import deliver, empty_world, load_world

FIXTURES = Path(__file__).parents[1] / "fixtures"
MAY, JUNE = date(2024, 5, 31), date(2024, 6, 30)
YEAR = (date(2024, 1, 1), date(2024, 12, 31))
RUNNING = {"mulai": date(2024, 5, 1), "selesai": date(2024, 12, 31), "tgl_spk": date(2024, 4, 1)}
# Code, kabupaten, owner, workers, of them registered and paid: P5 lies in the province, nobody knows where.
PROJECTS = (
    ("P1", "16.71", "Dinas PUPR", 5, 3),
    ("P2", "16.02", "BBPJN", 9, 4),
    ("P3", "16.07", "PT Contoh", 4, 0),
    ("P4", "16.02", "Dinas PUPR", 2, 2),
    ("P5", "16", "BBPJN", 7, 0),
)
FUND_OF = {"Dinas PUPR": "APBD kabupaten/kota", "BBPJN": "APBN", "PT Contoh": "Swasta"}


def areas(*codes):
    return Grant(frozenset(codes), None)


def owners(*names, within=None):
    return Grant(None if within is None else frozenset(within), frozenset(names))


def small_world():
    world = empty_world(JUNE, denominator_sources=["BPS", "Dinas"])
    deliver(
        world,
        "proyek",
        *(
            {
                **RUNNING,
                "kode_proyek": code,
                "wilayah": place,
                "pemilik": owner,
                "sumber_dana": FUND_OF[owner],
                "tenaga_kerja": workers,
                "nilai_kontrak": Decimal(1_000_000) * workers,
                "wilayah_dari": "instansi",
            }
            for code, place, owner, workers, _ in PROJECTS
        ),
    )
    paid = {"tgl_daftar": date(2024, 4, 3), "tgl_bayar": date(2024, 4, 5), "mulai": RUNNING["mulai"]}
    registrations = [
        {**paid, "selesai": RUNNING["selesai"], "kode_proyek": code, "tenaga_kerja": registered}
        for code, _, _, _, registered in PROJECTS
        if registered
    ]
    deliver(world, "pendaftaran", *registrations, complete_for="16", period=YEAR)
    for month, more in ((MAY, 0), (JUNE, 1)):
        reported = (("16.71", 30 + more), ("16.02", 20), ("16.07", 10), ("16", 99))
        deliver(world, "rekap", *({"wilayah": p, "bulan": month, "peserta_aktif": n} for p, n in reported))
    trade = ({"segmen": segment, "sektor": "perdagangan", "peserta_aktif": 7} for segment in ("PU", "BPU"))
    deliver(world, "rekap", *({**row, "wilayah": "16.07", "bulan": JUNE} for row in trade))
    for place, workers, source in (
        ("16.71", 100, "BPS"),
        ("16.02", 50, "BPS"),
        ("16.07", 40, "Dinas"),
        ("16", 300, "BPS"),
    ):
        estimate = {"wilayah": place, "per_tanggal": date(2024, 1, 31), "pekerja": workers, "sumber": source}
        deliver(world, "penduduk_bekerja", estimate)
    for unit in ("16.71", "16.07"):
        deliver(world, "target", {"unit": unit, "tahun": 2024, "nilai": Decimal(50)})
    return world


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A function that opens the one edition of the small world within a grant."""
    home = Home(tmp_path_factory.mktemp("small") / "home")
    load_world(home, small_world())
    publish(home, as_of=JUNE)

    def within(grant=EVERYTHING):
        edition = current_edition(home, grant)
        assert edition is not None
        return edition

    return within


def placed(edition, place, owner=None, by=None):
    """(covered placements, workers) by group."""
    found = compute.rows(edition, "placement_coverage", JUNE, Scope(place, owner=owner), by)
    return {row.group: (row.numerator, row.denominator) for row in found}


def has_data(edition):
    return {row["code"] for row in compute.places(edition) if row["has_data"]}


@pytest.mark.parametrize(
    ("granted", "visible"),
    [
        ({"16.71"}, {"16.71"}),
        ({"branch:kota"}, {"branch:kota", "16.71", "16.02"}),
        ({"16.71", "16.02"}, {"branch:kota", "16.71", "16.02"}),
        ({"branch:kota", "16.07"}, {"branch:kota", "branch:musi", "group:satu", "16.71", "16.02", "16.07"}),
        ({"group:satu"}, {"group:satu", "16.71", "16.07"}),
        ({"branch:gone"}, set()),
        ({"branch:gone", "16.07"}, {"16.07"}),
        (set(), set()),
    ],
)
def test_a_place_shows_what_lies_in_it_and_a_branch_when_all_of_it_is_seen(small, granted, visible):
    assert small(areas(*granted)).visible_places == visible


def test_a_province_shows_its_kabupaten_and_branches_and_neither_the_nation_nor_another(small):
    visible = small(areas("16")).visible_places
    assert {"16", "16.71", "16.02", "16.07", "16.01", "branch:kota", "branch:musi", "group:satu"} < visible
    assert all(code.startswith(("16", "branch:", "group:")) for code in visible)


def test_all_kabupaten_of_a_province_do_not_show_the_province(small):
    kabupaten = [code for code in small().visible_places if code.startswith("16.")]
    assert len(kabupaten) == 17
    assert "16" not in small(areas(*kabupaten)).visible_places


def test_the_nation_shows_everything(small):
    assert small(areas("00")).visible_places == small().visible_places


def test_a_branch_sees_its_own_numbers(small):
    edition = small(areas("branch:kota"))
    assert placed(edition, "branch:kota") == {"branch:kota": (3 + 4 + 2, 5 + 9 + 2)}
    assert placed(edition, "branch:kota", by="place") == {"16.71": (3, 5), "16.02": (4 + 2, 9 + 2)}
    assert placed(edition, "branch:kota", by="owner") == {"Dinas PUPR": (3 + 2, 5 + 2), "BBPJN": (4, 9)}
    [row] = compute.rows(edition, "population_coverage", JUNE, Scope("16.71"))
    assert (row.numerator, row.denominator, row.value) == (31, 100, 100 * 31 / 100)


def test_an_owner_sees_its_own_projects_in_every_place(small):
    edition = small(owners("Dinas PUPR"))
    assert placed(edition, "00", "Dinas PUPR") == {"00": (3 + 2, 5 + 2)}
    assert placed(edition, "16", "Dinas PUPR", by="place").items() >= {"16.71": (3, 5), "16.02": (2, 2)}.items()
    assert placed(edition, "branch:kota", "Dinas PUPR", by="place") == {"16.71": (3, 5), "16.02": (2, 2)}
    assert placed(edition, "16.02", "Dinas PUPR") == {"16.02": (2, 2)}
    assert placed(edition, "16", by="owner") == {"Dinas PUPR": (3 + 2, 5 + 2)}
    assert placed(edition, "16.07", "Dinas PUPR") == {"16.07": (None, None)}


def test_places_and_owners_together_show_what_both_allow(small):
    edition = small(owners("BBPJN", within=["branch:kota"]))
    assert placed(edition, "branch:kota", "BBPJN") == {"branch:kota": (4, 9)}
    assert placed(edition, "branch:kota", by="owner") == {"BBPJN": (4, 9)}


QUESTIONS = {
    "rows": lambda e, s: compute.rows(e, "placement_coverage", JUNE, s),
    "rows before the first month": lambda e, s: compute.rows(e, "project_registration", date(1990, 1, 31), s),
    "rows by place": lambda e, s: compute.rows(e, "placement_coverage", JUNE, s, "place"),
    "rows by branch": lambda e, s: compute.rows(e, "placement_coverage", JUNE, s, "branch"),
    "rows by fund": lambda e, s: compute.rows(e, "value_registration", JUNE, s, "payer"),
    "trend": lambda e, s: compute.trend(e, "placement_coverage", s, MAY, JUNE),
    "trend of no month": lambda e, s: compute.trend(e, "placement_coverage", s, JUNE, MAY),
    "trends": lambda e, s: compute.trends(e, "placement_coverage", s, (MAY, JUNE), "fund"),
    "spreads": lambda e, s: compute.spreads(e, JUNE, s, "fund"),
    "default month": compute.default_month,
    "agency placed": lambda e, s: compute.agency_placed(e, JUNE, s),
    "targets beside": lambda e, s: compute.targets_beside(e, "population_coverage", 2024, s),
    "comparison": lambda e, s: compare.compared(e, "placement_coverage", JUNE, s, "fund"),
}
QUESTIONS_OF_PEOPLE = {
    "people": lambda e, s: compute.rows(e, "population_coverage", JUNE, s),
    "people by sector": lambda e, s: compute.rows(e, "population_coverage", JUNE, s, "sector"),
    "attainment": lambda e, s: compute.rows(e, "target_attainment", JUNE, s),
    "by vintage": lambda e, s: compute.by_vintage(e, "population_coverage", JUNE, s),
    "steps": lambda e, s: change.steps(e, s, JUNE, MAY),
    "steps in persons": lambda e, s: change.steps_in_persons(e, s, JUNE, MAY),
    "targets": lambda e, s: compute.targets(e, s.place, 2024),
}
QUESTIONS_OF_A_PLACE = {
    "sectors": lambda e, s: compute.sectors(e, s.place),
    "owners": lambda e, s: compute.owners(e, s.place),
    "funds": lambda e, s: compute.funds(e, s.place),
}


@pytest.mark.parametrize("question", [*QUESTIONS, *QUESTIONS_OF_PEOPLE, *QUESTIONS_OF_A_PLACE])
@pytest.mark.parametrize("place", ["16.07", "16", "00", "branch:musi", "group:satu", "16.99", "branch:gone", "'"])
def test_no_question_about_another_place_is_answered(small, question, place):
    ask = (QUESTIONS | QUESTIONS_OF_PEOPLE | QUESTIONS_OF_A_PLACE)[question]
    with pytest.raises(OutsideScope, match=rf"^Wilayah {place} di luar lingkup akun ini\.$"):
        ask(small(areas("branch:kota")), Scope(place))


@pytest.mark.parametrize("question", [*QUESTIONS, *QUESTIONS_OF_PEOPLE, *QUESTIONS_OF_A_PLACE])
def test_nothing_is_answered_to_who_was_granted_nothing(small, question):
    ask = (QUESTIONS | QUESTIONS_OF_PEOPLE | QUESTIONS_OF_A_PLACE)[question]
    with pytest.raises(OutsideScope, match="Wilayah 16 di luar"):
        ask(small(NOTHING), Scope("16"))


@pytest.mark.parametrize("question", [*QUESTIONS, *QUESTIONS_OF_PEOPLE])
def test_no_question_about_all_owners_is_answered_to_one(small, question):
    with pytest.raises(
        OutsideScope, match=r"^Angka semua pemilik proyek di luar .*; pilih pemilik proyek: Dinas PUPR\.$"
    ):
        (QUESTIONS | QUESTIONS_OF_PEOPLE)[question](small(owners("Dinas PUPR")), Scope("16.71"))


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("owner", ["BBPJN", "Dinas Lain", "*", "?"])
def test_no_question_about_another_owner_is_answered(small, question, owner):
    with pytest.raises(OutsideScope, match="di luar lingkup akun ini; pilih pemilik proyek: Dinas PUPR"):
        QUESTIONS[question](small(owners("Dinas PUPR")), Scope("16.71", owner=owner))


@pytest.mark.parametrize("by", ["owner_type", "fund", "payer", "level", "place", "branch"])
def test_no_breakdown_of_all_owners_is_answered_to_one(small, by):
    with pytest.raises(OutsideScope, match="Angka semua pemilik proyek"):
        compute.rows(small(owners("Dinas PUPR")), "placement_coverage", JUNE, Scope("16"), by)


def test_a_place_within_is_refused_where_the_owner_is_not(small):
    edition = small(owners("BBPJN", within=["branch:kota"]))
    with pytest.raises(OutsideScope, match="Pemilik proyek Dinas PUPR"):
        placed(edition, "16.71", "Dinas PUPR")
    with pytest.raises(OutsideScope, match="Wilayah 16 "):
        placed(edition, "16", "BBPJN")


def test_of_owners_only_the_projects_are_known(small):
    edition = small(owners("Dinas PUPR"))
    assert compute.sectors(edition, "16.07") == ["konstruksi"]
    assert compute.targets_beside(edition, "population_coverage", 2024, Scope("16.71", owner="Dinas PUPR")) == {}
    assert has_data(edition) == {"00", "16", "16.71", "16.02", "branch:kota", "branch:musi", "group:satu"}
    assert has_data(small(owners("BBPJN", within=["16.02", "16.71"]))) == {"16.02", "branch:kota"}


def test_a_target_or_sector_of_another_place_is_not_known(small):
    edition = small(areas("16.71"))
    assert compute.sectors(small(), "16.07") == ["konstruksi", "perdagangan"]
    assert compute.sectors(edition, "16.71") == ["konstruksi"]
    assert [target.place for target, _ in compute.targets(edition, "16.71", 2024)] == ["16.71"]


def test_the_sources_of_estimates_of_other_places_are_not_told(small):
    with pytest.raises(compute.CakupanError, match="pilih: BPS, Dinas"):
        compute.rows(small(), "population_coverage", JUNE, Scope("16.71"), vintage="Lain")
    with pytest.raises(compute.CakupanError, match=r"pilih: BPS\.$"):
        compute.rows(small(areas("16.71")), "population_coverage", JUNE, Scope("16.71"), vintage="Dinas")


def test_projects_are_counted_within_the_grant(small):
    def counts(edition, place):
        of_owners = {row["owner"]: row["projects"] for row in compute.owners(edition, place)}
        return of_owners, {row["fund"]: row["projects"] for row in compute.funds(edition, place)}

    assert counts(small(), "16.71") == ({"Dinas PUPR": 2}, {"APBD kabupaten/kota": 2})
    assert counts(small(areas("16.71")), "16.71") == ({"Dinas PUPR": 1}, {"APBD kabupaten/kota": 1})
    assert counts(small(areas("16.02")), "16.02") == (
        {"Dinas PUPR": 1, "BBPJN": 1},
        {"APBD kabupaten/kota": 1, "APBN": 1},
    )
    assert counts(small(owners("BBPJN")), "16.02") == ({"BBPJN": 2}, {"APBN": 2})
    assert counts(small(owners("BBPJN", within=["16.02"])), "16.02") == ({"BBPJN": 1}, {"APBN": 1})


def test_owners_and_funds_are_named_that_have_projects_within(small):
    def names(grant):
        edition = small(grant)
        return compute.known_owners(edition), compute.known_funds(edition)

    assert names(EVERYTHING) == (["BBPJN", "Dinas PUPR", "PT Contoh"], ["APBD kabupaten/kota", "APBN", "Swasta"])
    assert names(areas("16.71", "16.07")) == (["Dinas PUPR", "PT Contoh"], ["APBD kabupaten/kota", "Swasta"])
    assert names(owners("BBPJN", "Dinas Baru")) == (["BBPJN", "Dinas Baru"], ["APBN"])
    assert names(NOTHING) == ([], [])


def test_deliveries_are_listed_that_were_declared_for_what_is_seen(small):
    def complete_for(grant):
        return [delivery.complete_for for delivery in deliveries(small(grant))]

    assert complete_for(EVERYTHING).count("16") == 1
    assert len(complete_for(EVERYTHING)) > 1
    assert complete_for(areas("16")) == ["16"]
    assert complete_for(areas("16.71")) == complete_for(owners("BBPJN", within=["16"])) == []
    assert complete_for(owners("BBPJN")) == complete_for(NOTHING) == []


@pytest.mark.parametrize(
    ("grant", "scope"),
    [
        (EVERYTHING, Scope("16")),
        (areas("branch:musi"), Scope("branch:musi")),
        (areas("16.07"), Scope("16.07")),
        (areas("16.71", "16.02"), Scope("branch:kota")),
        (areas("16.71", "branch:kota"), Scope("branch:kota")),
        (areas("16", "16.07", "branch:kota"), Scope("16")),
        (areas("11.01", "16.07"), Scope("16.07")),
        (areas("11.01", "93.01"), Scope("11.01")),
        (owners("PT Contoh"), Scope("16.07", owner="PT Contoh")),
        (owners("Dinas PUPR"), Scope("branch:kota", owner="Dinas PUPR")),
        (owners("BBPJN"), Scope("16", owner="BBPJN")),
        (owners("PT Contoh", "Dinas PUPR"), Scope("16", owner="Dinas PUPR")),
        (owners("Dinas Baru"), Scope("16", owner="Dinas Baru")),
        (owners("BBPJN", within=["16.02", "16.71"]), Scope("16.02", owner="BBPJN")),
        (owners("PT Contoh", within=["16.02", "16.71"]), Scope("branch:kota", owner="PT Contoh")),
    ],
)
def test_a_page_begins_with_the_smallest_place_that_holds_all_that_is_seen(small, grant, scope):
    assert compute.default_scope(small(grant)) == scope


def test_the_first_month_is_the_latest_with_the_headline_of_the_first_scope(small):
    for grant in (areas("branch:kota"), owners("BBPJN")):
        edition = small(grant)
        scope = compute.default_scope(edition)
        assert compute.default_month(edition, scope) == JUNE
    assert compute.headline_indicator(scope) == "placement_coverage"


@pytest.mark.parametrize(
    ("grant", "why"),
    [
        (NOTHING, "belum diberi lingkup"),
        (owners(), "belum diberi lingkup"),
        (areas("branch:gone"), r"tidak memuat wilayah akun ini \(branch:gone\)"),
    ],
)
def test_no_page_begins_where_nothing_is_seen(small, grant, why):
    with pytest.raises(OutsideScope, match=why):
        compute.default_scope(small(grant))


def test_the_hashes_of_an_edition_are_not_told_to_a_limited_grant(small):
    assert small().meta.keys() == {*PUBLIC_FACTS, "content_hash", "previous_hash"}
    assert small(areas("16")).meta.keys() == {*PUBLIC_FACTS}


def test_a_query_that_names_nothing_is_refused_and_one_that_names_an_empty_list_finds_nothing(small):
    edition = small(areas("16.71"))
    everything = {"first": MAY, "last": JUNE, "owner_type": "*", "owner": "*", "fund": "*"}
    with pytest.raises(OutsideScope, match="Seluruh wilayah di luar lingkup akun ini"):
        edition.query("work_rows", **everything)
    assert edition.query("work_rows", **everything, places=[]) == []
    with pytest.raises(OutsideScope, match="Wilayah None"):
        edition.query("vintage_sectors", place=None)
    with pytest.raises(OutsideScope, match=r"Wilayah 16\.02"):
        edition.query("work_rows", **everything, places=("16.71", "16.02"))


def test_rows_that_name_something_outside_are_taken_out():
    """As of a query on single projects that would forget its filter."""
    rows = [
        {"kode_proyek": code, "place": place, "owner": owner}
        for code, place, owner, *_ in (*PROJECTS, ("P6", None, None, 0, 0))
    ]
    within = [
        row["kode_proyek"] for row in Bounds(frozenset({"16.71", "16.02"}), frozenset({"Dinas PUPR"})).within(rows)
    ]
    assert within == ["P1", "P4"]
    assert len(Bounds(frozenset(), None).within(rows)) == 0
    assert Bounds(None, None).within(rows) == rows
    assert Bounds(frozenset({"16.07"}), None).within([{"branch": "branch:kota", "place": "16.07"}]) == []
    assert Bounds(frozenset({"16.07"}), None).within([]) == []


QUERIES = sorted(
    path.stem for path in (FOLDER / "edition").glob("*.sql") if path.stem not in ("schema", *WITHIN.values())
)


@pytest.mark.parametrize("name", QUERIES)
def test_every_query_names_its_places_or_says_why_it_need_not(name):
    """And its owners, or none: then a grant of owners gets no answer."""
    text = (FOLDER / "edition" / f"{name}.sql").read_text("utf-8")
    bound = set(re.findall(r"\$(\w+)", text))
    if name in PUBLIC_QUERIES:
        assert len(PUBLIC_QUERIES[name]) > 20
    else:
        assert bound & {*access.PLACE_PARAMETERS}, name


TOO_MUCH = {"place": "16", "branch": "16", "places": ["16"], "owner": "*", "owners": ["Dinas PUPR", "BBPJN"]}


@pytest.mark.parametrize("name", [name for name in QUERIES if name not in PUBLIC_QUERIES])
def test_every_query_is_refused_that_asks_too_much_or_of_nobody(small, name):
    text = (FOLDER / "edition" / f"{name}.sql").read_text("utf-8")
    asked = {key: TOO_MUCH.get(key) for key in re.findall(r"\$(\w+)", text)}
    with pytest.raises(OutsideScope, match="Wilayah 16 di luar"):
        small(areas("16.71")).query(name, **asked)
    if name not in WITHIN:
        with pytest.raises(OutsideScope, match="pemilik proyek"):
            small(owners("Dinas PUPR")).query(name, **asked)


def test_every_query_that_is_asked_in_the_place_of_another_keeps_to_the_grant():
    for name in WITHIN.values():
        text = (FOLDER / "edition" / f"{name}.sql").read_text("utf-8")
        assert {"areas", "owners"} <= set(re.findall(r"\$(\w+)", text)), name


def test_two_grants_never_share_a_kept_row(small):
    """One process, all caches warm from whoever sees everything."""
    for _ in range(2):
        assert placed(small(), "16", by="owner") == {"Dinas PUPR": (5, 7), "BBPJN": (4, 16), "PT Contoh": (0, 4)}
        assert placed(small(owners("BBPJN")), "16", by="owner") == {"BBPJN": (4, 9 + 7)}
        assert placed(small(owners("BBPJN", within=["16.02"])), "16.02", by="owner") == {"BBPJN": (4, 9)}
        assert placed(small(), "16.02", by="owner") == {"BBPJN": (4, 9), "Dinas PUPR": (2, 2)}
        assert {p["code"] for p in compute.places(small(areas("16.07")))} == {"16.07"}
        with pytest.raises(OutsideScope):
            placed(small(areas("16.07")), "16", by="owner")
        with pytest.raises(OutsideScope):
            compute.sectors(small(areas("16.71")), "16.07")


def test_editions_are_equal_when_file_and_grant_are(small):
    assert small(areas("16.71", "16.02")) == small(areas("16.02", "16.71"))
    assert len({small(), small(areas("16")), small(areas("16")), small(owners("BBPJN"))}) == 3


def test_an_edition_that_is_opened_by_number_keeps_to_the_grant(small):
    edition = small(areas("16.07"))
    home = Home(edition.path.parents[1])
    assert open_edition(home, 1, areas("16.07")) is edition
    assert open_edition(home, 1).grant == EVERYTHING


@pytest.mark.parametrize("schema", [1, 2])
def test_an_older_edition_keeps_to_the_grant(tmp_path, schema):
    """123.000 of 270.000 in the province, one project of Dinas PUPR in Palembang; nothing of Banyuasin."""
    home = Home(tmp_path)
    home.editions_dir.mkdir(parents=True)
    packed = (FIXTURES / f"edition-schema-{schema}.duckdb.gz").read_bytes()
    (home.editions_dir / "000001.duckdb").write_bytes(gzip.decompress(packed))
    december = date(2024, 12, 31)
    province, town, own = (
        open_edition(home, 1, grant) for grant in (areas("16"), areas("16.71"), owners("Dinas PUPR"))
    )
    assert compute.default_scope(province) == Scope("16")
    assert compute.default_scope(town) == Scope("16.71")
    assert compute.default_scope(own) == Scope("16.71", owner="Dinas PUPR")
    [row] = compute.rows(own, "placement_coverage", december, Scope("16.71", owner="Dinas PUPR"))
    assert row.running_projects == 1
    for edition, scope in ((town, Scope("16")), (own, Scope("16")), (own, Scope("16", owner="BBPJN"))):
        for indicator in ("placement_coverage", "project_registration", "uncovered_worker_days"):
            with pytest.raises(OutsideScope):
                compute.rows(edition, indicator, december, scope)
        with pytest.raises(OutsideScope):
            compute.targets_beside(edition, "population_coverage", 2024, scope)
        with pytest.raises(OutsideScope):
            compute.spreads(edition, december, scope, "fund")
        with pytest.raises(OutsideScope):
            compute.agency_placed(edition, december, scope)
