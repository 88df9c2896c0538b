"""A delivery of registrations complete for one OPD: what the edition before it and the one after it tell of whom."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from analytics import compute
from analytics.compute import Scope
from analytics.indicators import INDICATORS
from data.editions import Edition, open_edition, publish
from data.home import Home
from data.importers import import_file

JULY, LAST_DAY = date(2024, 7, 31), date(2024, 12, 31)
PUPR, PERKIM = "Dinas PUPR Kota Palembang", "Dinas Perkimtan Kota Palembang"
CITY, OWN = "APBD kabupaten/kota", "BLUD/BUMD"
# Of whose projects and whose money a group holds, its answers follow: P-1 and P-2 are those of the complete OPD.
PROJECTS = {"P-1": (PUPR, CITY), "P-2": (PUPR, OWN), "P-3": (PERKIM, CITY)}
PROJECT_FILE = f"""\
kode_proyek,nama_proyek,wilayah,pemilik,jenis_pemilik,sumber_dana,nilai_kontrak,tgl_spk,mulai,selesai,tenaga_kerja
P-1,Jalan,16.71,{PUPR},OPD Kota,{CITY},300000000,2024-06-03,2024-06-01,2024-12-31,10
P-2,Drainase,16.71,{PUPR},OPD Kota,{OWN},100000000,2024-06-03,2024-06-01,2024-12-31,4
P-3,Rumah,16.71,{PERKIM},OPD Kota,{CITY},500000000,2024-06-03,2024-06-01,2024-12-31,20
"""
REGISTRATION_FILE = """\
kode_proyek,tgl_daftar,tgl_bayar,iuran_dibayar,tenaga_kerja
P-1,2024-06-10,2024-06-10,640000,10
"""
FROM_REGISTRATIONS = {
    "placement_coverage": 100 * 10 / (10 + 4),
    "unprotected_placements": 10 + 4 - 10,
    "project_registration": 100 * 1 / 2,
    "value_registration": 100 * 300 / (300 + 100),
    "on_time_registration": 100 * 1 / 2,
    "uncovered_worker_days": 31 * 4,
    "contributions_paid_rp": Decimal(640_000),
    "projects_registered_ytd": 1,
    "workers_registered_ytd": 10,
}
UNTOUCHED = sorted(set(INDICATORS) - FROM_REGISTRATIONS.keys())
SCOPES = [Scope("16", owner, fund) for owner, fund in product((None, PUPR, PERKIM), (None, CITY, OWN))]

of_every_indicator = pytest.mark.parametrize("code", FROM_REGISTRATIONS)


@pytest.fixture(scope="module")
def editions(tmp_path_factory) -> tuple[Edition, Edition]:
    """Before and after the delivery."""
    folder = tmp_path_factory.mktemp("satu OPD")
    home = Home(folder / "home")
    bring_in(home, folder / "proyek.csv", PROJECT_FILE)
    before = publish(home, LAST_DAY)
    bring_in(home, folder / "pendaftaran.csv", REGISTRATION_FILE, complete_for=PUPR, period="2024-01..2024-12")
    after = publish(home, LAST_DAY)
    return open_edition(home, before), open_edition(home, after)


def bring_in(home, path, text, **options):
    path.write_text(text, "utf-8")
    [result] = import_file(home, path, **options)
    assert (result.rows_rejected, result.rows_accepted > 0) == (0, True)


def told(edition, code, scope, by=None):
    """{group: value} of the groups with a value."""
    found = compute.rows(edition, code, JULY, scope, by)
    assert all(row.status == "no_data" for row in found if row.value is None)
    return {row.group: row.value for row in found if row.value is not None}


def only_of_the_complete_owner(scope, by=None, group=None):
    """Whether the group has projects, and all of them are the complete OPD's."""
    owners = [
        owner
        for owner, fund in PROJECTS.values()
        if scope.owner in (None, owner)
        and scope.fund in (None, fund)
        and (by, group) in ((by, owner), (by, fund), ("place", "16.71"), (None, None))
    ]
    return bool(owners) and set(owners) == {PUPR}


@of_every_indicator
def test_the_owners_value_is_told_and_before_it_was_not(editions, code):
    before, after = editions
    scope = Scope("16", owner=PUPR)
    assert told(before, code, scope) == {}
    assert told(after, code, scope) == {"16": pytest.approx(FROM_REGISTRATIONS[code])}


@of_every_indicator
def test_by_owner_that_owner_alone_is_told(editions, code):
    before, after = editions
    assert told(before, code, Scope("16"), by="owner") == {}
    assert told(after, code, Scope("16"), by="owner") == {PUPR: pytest.approx(FROM_REGISTRATIONS[code])}


@of_every_indicator
def test_all_projects_together_stay_without_data(editions, code):
    for edition in editions:
        for place in ("00", "16", "16.71", "branch:palembang"):
            [row] = compute.rows(edition, code, JULY, Scope(place))
            assert (row.status, row.reason, row.value, row.numerator) == ("no_data", "not_complete", None, None)
        assert told(edition, code, Scope("16"), by="owner_type") == {}


@of_every_indicator
def test_a_fund_that_another_owner_spends_too_stays_without_data(editions, code):
    before, after = editions
    assert told(before, code, Scope("16"), by="fund") == {}
    assert told(after, code, Scope("16"), by="fund").keys() == {OWN}
    assert told(after, code, Scope("16", owner=PUPR), by="fund").keys() == {CITY, OWN}


@of_every_indicator
def test_no_other_group_of_any_scope_has_changed(editions, code):
    before, after = editions
    for scope, by in product(SCOPES, (None, "place", "owner", "fund")):
        rows = {row.group: without_the_known_part(row) for row in compute.rows(before, code, JULY, scope, by)}
        for row in map(without_the_known_part, compute.rows(after, code, JULY, scope, by)):
            is_theirs = only_of_the_complete_owner(scope, by, by and row.group)
            assert (row.value is not None) == is_theirs, (scope, by, row)
            assert (row == rows.pop(row.group)) == (not is_theirs), (scope, by, row)
        assert rows == {}


def without_the_known_part(row):
    return replace(row, known_projects=None, known_numerator=None)


@pytest.mark.parametrize(("code", "registered"), [("project_registration", 1), ("value_registration", 300_000_000)])
def test_of_all_projects_together_those_of_the_complete_owner_are_known(editions, code, registered):
    [before], [after] = (compute.rows(edition, code, JULY, Scope("16")) for edition in editions)
    assert (before.known_projects, before.known_numerator) == (0, 0)
    assert (after.known_projects, after.known_numerator) == (2, registered)  # P-1 and P-2, of which P-1


@pytest.mark.parametrize("code", UNTOUCHED)
def test_what_does_not_come_from_registrations_is_what_it_was(editions, code):
    before, after = editions
    splits = [by for by in INDICATORS[code].split_by if by in ("place", "branch", "owner", "fund")]
    for by in (None, *splits):
        assert compute.rows(before, code, JULY, Scope("16"), by) == compute.rows(after, code, JULY, Scope("16"), by)
