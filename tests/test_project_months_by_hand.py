"""The state of single projects at month ends on paper, at each boundary day: two months, 31 May and 30 June 2025."""

from datetime import date, timedelta

import duckdb
import pytest

from data.editions import publish
from data.home import Home
from tests import naive_projects
from tests.worlds import deliver, empty_world, load_world

MAY, JUNE = date(2025, 5, 31), date(2025, 6, 30)
DAY = timedelta(days=1)
STARTS, ENDS = date(2025, 5, 5), date(2025, 12, 31)
# The 14th working day after Monday 9 June is Monday 30 June, as Friday 27 June is a holiday; after Tuesday 10 June
# Tuesday 1 July; after Friday 2 May it is Friday 23 May, as Monday 12 May is one.
DUE_IN_JUNE, DUE_IN_JULY = date(2025, 6, 9), date(2025, 6, 10)
NAMES_KNOWN, NAMES_KNOWN_IN_JUNE, UNKNOWN = "Dinas PUPR", "Dinas Perkim", "BBPJN"


class Paper:
    """The rows of the one world, written by the tests below as the module is read."""

    def __init__(self):
        self.rows = {kind: [] for kind in ("proyek", "pendaftaran", "kepesertaan", "tenaga_kerja")}
        self.persons = 0

    def project(self, code, *registrations, members=0, members_to=ENDS, **columns):
        """A project with its registrations, and so many members of it from its start."""
        self.rows["proyek"].append({"kode_proyek": code, "mulai": STARTS, "selesai": ENDS} | columns)
        for number, row in enumerate(registrations):
            unique = f"{len(self.rows['pendaftaran']):012}{number}"
            self.rows["pendaftaran"].append({"kode_proyek": code, "no_proyek_bpjs": unique, **row})
        for _ in range(members):
            self.persons += 1
            row = {"person_id": self.persons, "kode_proyek": code, "mulai": STARTS, "selesai": members_to}
            self.rows["kepesertaan"].append(row | {"tgl_bayar": STARTS})
        return code

    def roster(self, code, persons):
        for person in range(self.persons - persons + 1, self.persons + 1):
            self.rows["tenaga_kerja"].append({"person_id": person, "kode_proyek": code, "mulai": STARTS})


PAPER = Paper()
project = PAPER.project


def registered(on=STARTS, paid: date | None = STARTS, to: date | None = None, persons: int | None = 3):
    return {"tgl_daftar": on, "tgl_bayar": paid, "selesai": to, "tenaga_kerja": persons}


@pytest.fixture(scope="module")
def world():
    world = empty_world(JUNE)
    deliver(world, "proyek", *PAPER.rows["proyek"])
    for kind in ("pendaftaran", "kepesertaan", "tenaga_kerja"):
        deliver(world, kind, *PAPER.rows[kind])
    both, june = (date(2025, 5, 1), JUNE), (date(2025, 6, 1), JUNE)
    for owner in (NAMES_KNOWN, NAMES_KNOWN_IN_JUNE):
        deliver(world, "pendaftaran", complete_for=owner, period=both, as_of=date(2019, 1, 1))
    deliver(world, "kepesertaan", complete_for=NAMES_KNOWN, period=both, as_of=date(2019, 1, 1))
    deliver(world, "kepesertaan", complete_for=NAMES_KNOWN_IN_JUNE, period=june, as_of=date(2019, 1, 1))
    return world


@pytest.fixture(scope="module")
def months(world, tmp_path_factory):
    """{(code, month): row of project_month}"""
    home = Home(tmp_path_factory.mktemp("months") / "home")
    load_world(home, world)
    number = publish(home, JUNE)
    with duckdb.connect(str(home.editions_dir / f"{number:06}.duckdb"), read_only=True) as edition:
        result = edition.execute("select * from project_month")
        names = [column[0] for column in result.description]
        rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    return {(row["kode_proyek"], row["month"]): row for row in rows}


def flag(months, name, code):
    """What is told of a project at both month ends."""
    return tuple(months[code, month][name] for month in (MAY, JUNE))


def test_the_twin_finds_the_same(world, months):
    twin = naive_projects.project_months(world)
    assert months.keys() == twin.keys()
    for key, row in twin.items():
        assert {name: months[key][name] for name in row} == row, key


ON_THE_LAST_DAY = project("on-last-day", registered(MAY, MAY))
A_DAY_LATER = project("a-day-later", registered(MAY + DAY, MAY + DAY))
PAID_IN_JUNE = project("paid-in-june", registered(STARTS, MAY + DAY))
UNPAID = project("unpaid", registered(paid=None))
NEVER = project("never")
NOBODY_KNOWS = project("nobody-knows", registered(), pemilik=UNKNOWN)


def test_a_registration_counts_from_its_day_on(months):
    assert flag(months, "is_registered", ON_THE_LAST_DAY) == (True, True)
    assert flag(months, "is_registered", A_DAY_LATER) == (False, True)
    assert flag(months, "is_registered", NEVER) == (False, False)


def test_a_contribution_counts_from_the_day_it_is_paid(months):
    assert flag(months, "is_paid", ON_THE_LAST_DAY) == (True, True)
    assert flag(months, "is_paid", PAID_IN_JUNE) == (False, True)
    assert flag(months, "is_paid", UNPAID) == (False, False)


def test_nothing_is_told_where_registrations_are_not_completely_known(months):
    for name in ("is_registered", "is_paid", "is_on_time", "is_named", "is_active"):
        assert flag(months, name, NOBODY_KNOWS) == (None, None), name


IN_TIME = project("in-time", registered(JUNE, None), tgl_spk=DUE_IN_JUNE)
LATE = project("late", registered(date(2025, 5, 24)), tgl_spk=date(2025, 5, 2))
ON_THE_DEADLINE = project("on-the-deadline", registered(date(2025, 5, 23)), tgl_spk=date(2025, 5, 2))
MISSED = project("missed", tgl_spk=DUE_IN_JUNE)
NOT_DUE = project("not-due", tgl_spk=DUE_IN_JULY)


def test_in_time_is_by_the_deadline_and_untold_before_it(months):
    assert flag(months, "is_on_time", ON_THE_DEADLINE) == (True, True)
    assert flag(months, "is_on_time", LATE) == (False, False)
    assert flag(months, "is_on_time", IN_TIME) == (None, True)
    assert flag(months, "is_on_time", MISSED) == (None, False)
    assert flag(months, "is_on_time", NOT_DUE) == (None, None)
    assert flag(months, "is_on_time", NEVER) == (None, None)  # no work order


COVER_TO_THE_DAY = project("to-the-day", registered(to=MAY))
COVER_TO_THE_DAY_BEFORE = project("day-before", registered(to=JUNE - DAY))


def test_cover_is_active_to_its_last_day(months):
    assert flag(months, "is_active", ON_THE_LAST_DAY) == (True, True)
    assert flag(months, "is_active", COVER_TO_THE_DAY) == (True, False)
    assert flag(months, "is_active", COVER_TO_THE_DAY_BEFORE) == (True, False)
    assert flag(months, "is_active", UNPAID) == (False, False)


NAMED = project("named", registered(to=MAY), members=3, members_to=MAY)
ONE_MISSING = project("one-missing", registered(to=MAY), members=2)
UNCOUNTED = project("uncounted", registered(persons=None), members=2)
NAMED_BEFORE = project("named-before", registered(to=MAY), members=3, members_to=MAY, pemilik=NAMES_KNOWN_IN_JUNE)
NOT_NAMED_BEFORE = project("not-named-before", registered(to=MAY), members=2, pemilik=NAMES_KNOWN_IN_JUNE)


def test_names_are_compared_while_the_cover_is_in_force(months):
    assert flag(months, "is_named", NAMED) == (True, True)
    assert flag(months, "is_named", ONE_MISSING) == (False, False)
    assert flag(months, "is_named", NEVER) == (False, False)


def test_names_are_untold_without_a_registered_headcount_or_complete_memberships(months):
    assert flag(months, "is_named", UNCOUNTED) == (None, None)
    assert flag(months, "is_named", UNPAID) == (None, None)  # never in force
    # In May, when the cover was in force, memberships were not completely known: more of them could only add names.
    assert flag(months, "is_named", NAMED_BEFORE) == (None, True)
    assert flag(months, "is_named", NOT_NAMED_BEFORE) == (None, None)


SIZED = project("sized", registered(persons=4), members=3, tenaga_kerja=9)
PAPER.roster(SIZED, 2)
UNSIZED = project("unsized", registered())
DECLARED_NONE = project("declared-none", tenaga_kerja=0)
NOT_JUDGED = project("not-judged", registered(), pemilik=UNKNOWN, tenaga_kerja=9)


def test_workers_and_how_many_of_them_are_covered(months):
    told = {
        code: tuple(months[code, JUNE][name] for name in ("is_judged", "workers", "covered_named", "covered_unnamed"))
        for code in (SIZED, UNSIZED, DECLARED_NONE, NOT_JUDGED)
    }
    assert told == {
        SIZED: (True, 9, 2, min(9 - 2, 4 - 2)),  # two on the roster, both members; four are registered
        UNSIZED: (True, None, None, None),
        DECLARED_NONE: (True, 0, 0, 0),
        NOT_JUDGED: (False, 9, None, None),
    }


def test_a_project_has_a_month_for_each_month_end_while_it_runs(months):
    assert {month for code, month in months if code == NEVER} == {MAY, JUNE}
