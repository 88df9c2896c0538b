"""Every result, reason and note of the gate on paper, at each boundary day; edition and twin must both agree.

One edition holds all projects: each test looks at its own. The work order of most is of Monday 3 June 2024: Tue 4 to
Fri 7 make 4 working days, Fri 14 is the 9th, Mon 17 is Idul Adha, Fri 21 is the 13th, Mon 24 the 14th and last.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from data.editions import current_edition, publish
from data.home import Home
from tests import naive, naive_gate, naive_projects
from tests.worlds import deliver, empty_world, load_world

SPK, DEADLINE = date(2024, 6, 3), date(2024, 6, 24)
STARTS, ENDS = date(2024, 6, 10), date(2024, 12, 20)
POSITION = date(2025, 1, 31)
MID = date(2024, 9, 2)
DAY = timedelta(days=1)
KNOWN = (date(2015, 1, 1), POSITION)
# Complete registrations are known of Palembang, not of Banyuasin beyond August 2024.
KNOWN_PLACE, OTHER_PLACE, KNOWN_UNTIL = "16.71", "16.07", date(2024, 8, 31)
OF_KNOWN_NAMES = "Dinas Perkim"  # its memberships are completely known as well
VALUE = Decimal(1_000_000_000)


class Paper:
    """The rows of the one world, written by the tests below as the module is read."""

    def __init__(self):
        self.rows = {kind: [] for kind in ("proyek", "pendaftaran", "pembayaran", "nilai_lama", "kepesertaan")}

    def project(self, code, *registrations, paid=(), before=(), **columns):
        """A project, its registrations, the days of its payments, and what the contract said before."""
        start = {"kode_proyek": code, "tgl_spk": SPK, "mulai": STARTS, "selesai": ENDS, "sumber_dana": "APBD provinsi"}
        self.rows["proyek"].append(start | columns)
        for row in registrations:
            number = f"{len(self.rows['pendaftaran']):013}"
            self.rows["pendaftaran"].append({"kode_proyek": code, "no_proyek_bpjs": number, **row})
        for day in paid:
            row = day if isinstance(day, dict) else {"tgl_bayar": day, "termin": f"Termin {day}", "jumlah": VALUE}
            self.rows["pembayaran"].append({"kode_proyek": code, **row})
        for version, row in enumerate(before):
            self.rows["nilai_lama"].append({"kode_proyek": code, "versi": version, **row})
        return code

    def members(self, code, persons):
        """So many persons with a membership of the project to its end."""
        for _ in range(persons):
            row = {"person_id": 1 + len(self.rows["kepesertaan"]), "kode_proyek": code}
            self.rows["kepesertaan"].append(row | {"mulai": STARTS, "selesai": ENDS, "tgl_bayar": DEADLINE})


PAPER = Paper()
project = PAPER.project
SAME_DAY = object()


def registered(on=DEADLINE, paid: Any = SAME_DAY, **columns):
    """A registration of that day, paid the same day unless told."""
    return {"tgl_daftar": on, "tgl_bayar": on if paid is SAME_DAY else paid, **columns}


@pytest.fixture(scope="module")
def world():
    world = empty_world(POSITION)
    batch = deliver(world, "proyek", *PAPER.rows["proyek"])
    rows = [
        {"versi": 0} | row | {"batch_id": batch, "data_as_of": date(2020, 1, 1)} for row in PAPER.rows["nilai_lama"]
    ]
    world["rows"]["nilai_lama"] = [
        {"tgl": None, "nilai_kontrak": None, "selesai": None} | row for row in rows
    ]  # fmt: skip
    deliver(world, "pendaftaran", *PAPER.rows["pendaftaran"], as_of=date(2025, 2, 1))
    deliver(world, "pendaftaran", complete_for=KNOWN_PLACE, period=KNOWN, as_of=date(2019, 1, 1))
    deliver(world, "pendaftaran", complete_for=OTHER_PLACE, period=(KNOWN[0], KNOWN_UNTIL), as_of=date(2019, 1, 1))
    deliver(world, "kepesertaan", *PAPER.rows["kepesertaan"], as_of=date(2025, 2, 1))
    deliver(world, "kepesertaan", complete_for=OF_KNOWN_NAMES, period=KNOWN, as_of=date(2019, 1, 1))
    deliver(world, "pembayaran", *PAPER.rows["pembayaran"])
    return world


@pytest.fixture(scope="module")
def edition(world, tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("gate") / "home")
    load_world(home, world)
    publish(home, as_of=POSITION)
    edition = current_edition(home)
    assert edition is not None
    return edition


@pytest.fixture(scope="module")
def judged(edition):
    """{(code, payment): row}"""
    found = {}
    for code in {row["kode_proyek"] for row in PAPER.rows["proyek"]}:
        for row in edition.query("judgements_of", places=sorted(edition.visible_places), owners=None, code=code):
            found[code, row["payment"]] = row
    return found


@pytest.fixture(scope="module")
def results(judged):
    """{code: [result of each payment in order, then that at the position]}"""
    found = {}
    for (code, _payment), row in sorted(judged.items(), key=lambda one: (one[0][0], one[0][1] or 99)):
        found.setdefault(code, []).append(row["result"])
    return found


MEETS, LATE, NOT_YET = "memenuhi", "terlambat", "belum_jatuh_tempo"
UNMET, OVER, UNTOLD = "belum_memenuhi", "tidak_dapat_dipulihkan", "belum_dapat_dinilai"


def test_the_twin_judges_everything_alike(world, edition, judged):
    months = [date.fromisoformat(edition.meta[name]) for name in ("first_month", "last_month")]
    twin = naive_gate.judgements(world, months, naive_gate.nameless(naive_projects.project_months(world)))
    assert judged.keys() == twin.keys()
    for key, row in twin.items():
        assert {column: judged[key][column] for column in row} == row, key


IN_TIME = project("in-time", registered(DEADLINE), paid=[MID])
A_DAY_LATE = project("a-day-late", registered(DEADLINE + DAY), paid=[MID])


def test_registered_on_the_last_day_meets_the_conditions(judged):
    row = judged[IN_TIME, 1]
    assert (row["result"], row["reason"], row["late_days"]) == (MEETS, None, None)
    assert row["unprotected_days"] == (DEADLINE - STARTS).days == 14
    assert (row["rules"], row["is_registered"], row["days_left"]) == ("dibayar,terdaftar", True, None)


def test_registered_a_day_later_is_late_and_not_retroactive(judged):
    row = judged[A_DAY_LATE, 1]
    assert (row["result"], row["late_days"], row["unprotected_days"]) == (LATE, 1, 14 + 1)


UNREGISTERED = project(
    "unregistered", paid=[DEADLINE - 3 * DAY, DEADLINE, DEADLINE + DAY, ENDS, ENDS + DAY]
)  # fmt: skip


def test_without_registration_it_falls_due_then_is_unmet_then_cannot_be_restored(judged, results):
    assert results[UNREGISTERED] == [NOT_YET, NOT_YET, UNMET, UNMET, OVER, OVER]
    reasons = [judged[UNREGISTERED, payment]["reason"] for payment in (1, 2, 3, 4, 5, 0)]
    assert reasons == ["unregistered"] * 4 + ["over_unregistered"] * 2
    # Friday 21 June has Monday 24 June before it; on the last day none is left.
    assert [judged[UNREGISTERED, payment]["days_left"] for payment in (1, 2, 3)] == [1, 0, None]
    assert judged[UNREGISTERED, 4]["unprotected_days"] == (ENDS - STARTS).days + 1
    assert judged[UNREGISTERED, 0]["unprotected_days"] == (ENDS - STARTS).days + 1
    assert judged[UNREGISTERED, 4]["is_registered"] is False


PAID_ON = project("paid-on", registered(DEADLINE, paid=MID), paid=[MID - DAY, MID])


def test_the_contribution_may_be_paid_on_the_day_of_the_payment_itself(judged, results):
    assert results[PAID_ON] == [UNMET, MEETS, MEETS]
    assert judged[PAID_ON, 1]["reason"] == "unpaid"
    assert judged[PAID_ON, 2]["unprotected_days"] == (MID - STARTS).days


NOT_PAID_YET = project("not-paid-yet", registered(DEADLINE - 7 * DAY, paid=MID), paid=[DEADLINE])


def test_registered_but_unpaid_before_the_deadline_is_not_due(judged):
    row = judged[NOT_PAID_YET, 1]
    assert (row["result"], row["reason"], row["is_registered"], row["days_left"]) == (NOT_YET, "unpaid", True, 0)


NEVER_PAID = project("never-paid", registered(DEADLINE, paid=None), paid=[ENDS, ENDS + DAY])


def test_work_that_ended_before_its_contribution_was_paid_cannot_be_restored(judged, results):
    assert results[NEVER_PAID] == [UNMET, OVER, OVER]
    assert judged[NEVER_PAID, 2]["reason"] == "over_unpaid"


SHORT_COVER = project("short-cover", registered(DEADLINE, selesai=MID), paid=[MID, MID + DAY, ENDS, ENDS + DAY])


def test_cover_must_include_the_day_judged(judged, results):
    assert results[SHORT_COVER] == [MEETS, UNMET, UNMET, OVER, OVER]
    reasons = [judged[SHORT_COVER, payment]["reason"] for payment in (1, 2, 4)]
    assert reasons == [None, "cover_ended", "over_uncovered"]
    assert judged[SHORT_COVER, 2]["unprotected_days"] == 14 + 1


LATER_COVER = project("later-cover", registered(DEADLINE - DAY, mulai=MID), paid=[DEADLINE, DEADLINE + DAY, MID])


def test_cover_that_begins_later_protects_nobody_yet(judged, results):
    assert results[LATER_COVER] == [NOT_YET, UNMET, MEETS, MEETS]
    assert judged[LATER_COVER, 2]["reason"] == "cover_not_begun"


TWO_COVERS = project(
    "two-covers",
    registered(DEADLINE, selesai=date(2024, 7, 31)),
    registered(date(2024, 8, 15), mulai=date(2024, 8, 11)),
    paid=[date(2024, 8, 14), date(2024, 8, 15)],
)


def test_gaps_between_covers_are_days_without_protection(judged, results):
    assert results[TWO_COVERS] == [UNMET, MEETS, MEETS]
    # Paid on 15 August: cover begins then, whatever day the registration states.
    assert judged[TWO_COVERS, 2]["unprotected_days"] == 14 + len(range(1, 15))
    assert judged[TWO_COVERS, 1]["reason"] == "cover_ended"


PAID_AHEAD = project("paid-ahead", registered(DEADLINE + DAY, paid=STARTS - DAY), paid=[DEADLINE, DEADLINE + DAY, MID])


def test_a_contribution_paid_before_the_registration_does_not_protect_backwards(judged, results):
    assert results[PAID_AHEAD] == [NOT_YET, LATE, LATE, LATE]
    # On the deadline nobody is registered: 10 to 24 June. To register on the 25th takes none of these days back.
    assert [judged[PAID_AHEAD, payment]["unprotected_days"] for payment in (1, 2, 3, 0)] == [15, 15, 15, 15]


OVERLAPPING = project(
    "overlapping",
    registered(DEADLINE, selesai=date(2024, 9, 30)),
    registered(DEADLINE, mulai=date(2024, 7, 1), selesai=date(2024, 8, 1)),
    registered(date(2024, 8, 1), selesai=ENDS),
    paid=[ENDS],
)


def test_days_of_overlapping_covers_count_once(judged):
    assert judged[OVERLAPPING, 1]["unprotected_days"] == 14


# Retention is paid after the work: cover over the whole work suffices.
RETENTION = project("retention", registered(DEADLINE), paid=[ENDS + 40 * DAY])
RETENTION_SHORT = project("retention-short", registered(DEADLINE, selesai=ENDS - DAY), paid=[ENDS + 40 * DAY])


def test_a_retention_needs_cover_to_the_end_of_the_work_only(judged):
    assert (judged[RETENTION, 1]["result"], judged[RETENTION, 1]["unprotected_days"]) == (MEETS, 14)
    row = judged[RETENTION_SHORT, 1]
    assert (row["result"], row["reason"], row["unprotected_days"]) == (OVER, "over_uncovered", 14 + 1)


REGISTERED_AT_THE_END = project("registered-at-the-end", registered(ENDS), paid=[ENDS, ENDS + DAY])
REGISTERED_AFTERWARDS = project("registered-afterwards", registered(ENDS + DAY), paid=[ENDS + DAY])


def test_who_registers_when_the_work_is_over_protects_nobody(judged, results):
    assert results[REGISTERED_AT_THE_END] == [LATE, LATE, LATE]
    row = judged[REGISTERED_AFTERWARDS, 1]
    assert (row["result"], row["reason"], row["is_registered"]) == (OVER, "over_unregistered", True)


PAID_AFTERWARDS = project("paid-afterwards", registered(DEADLINE, paid=ENDS + DAY), paid=[ENDS + DAY])


def test_a_contribution_paid_when_the_work_is_over_protects_nobody(judged):
    assert (judged[PAID_AFTERWARDS, 1]["result"], judged[PAID_AFTERWARDS, 1]["reason"]) == (OVER, "over_unpaid")


# Advance payments: the work begins on 1 August, long after the deadline of its work order.
LATE_START = {"mulai": date(2024, 8, 1)}
ADVANCE = project("advance", paid=[DEADLINE, DEADLINE + DAY, date(2024, 7, 31)], **LATE_START)
ADVANCE_MET = project("advance-met", registered(DEADLINE), paid=[DEADLINE, date(2024, 7, 31), MID], **LATE_START)


def test_an_advance_is_not_due_until_the_deadline_of_the_work_order(judged, results):
    assert results[ADVANCE] == [NOT_YET, UNMET, UNMET, OVER]
    assert [judged[ADVANCE, payment]["unprotected_days"] for payment in (1, 2, 3)] == [0, 0, 0]


def test_an_advance_before_the_work_needs_cover_of_its_first_day(judged, results):
    assert results[ADVANCE_MET] == [MEETS, MEETS, MEETS, MEETS]
    assert judged[ADVANCE_MET, 3]["unprotected_days"] == 0


# Addenda of time: to 31 October at first, on 1 October to 30 November, at last (nobody says when) to 20 December.
FIRST_END, SECOND_END, SIGNED_AGAIN = date(2024, 10, 31), date(2024, 11, 30), date(2024, 11, 5)
EXTENDED = project(
    "extended",
    registered(DEADLINE, selesai=FIRST_END),
    paid=[FIRST_END, FIRST_END + DAY, SIGNED_AGAIN - DAY, SIGNED_AGAIN, SECOND_END + DAY, ENDS + DAY],
    before=[{"tgl": SPK, "selesai": FIRST_END}, {"tgl": SIGNED_AGAIN, "selesai": SECOND_END}],
)


def test_an_addendum_of_time_moves_the_end_from_the_day_it_is_signed(judged, results):
    # Between the first end and the addendum the work is over and was covered to its end.
    assert results[EXTENDED] == [MEETS, MEETS, MEETS, UNMET, UNMET, OVER, OVER]
    reasons = [judged[EXTENDED, payment]["reason"] for payment in (4, 5, 6)]
    assert reasons == ["cover_ended", "cover_ended", "over_uncovered"]


# 1 milyar without VAT owes 240.000 + 760.000 + 750.000; twice as much 1.750.000 + 1.200.000.
WORTH_MORE = {"nilai_kontrak": 2 * VALUE, "termasuk_ppn": False}
OWED, OWED_MORE = 240_000 + 760_000 + 750_000, 240_000 + 760_000 + 750_000 + 1_200_000
DEARER = project(
    "dearer",
    registered(DEADLINE, iuran_dibayar=Decimal(OWED), tenaga_kerja=9),
    paid=[MID, ENDS + DAY],
    before=[{"tgl": SPK, "nilai_kontrak": VALUE, "selesai": FIRST_END}],
    **WORTH_MORE,
)


def test_an_addendum_of_value_owes_the_difference(judged):
    # Until the first end it may have been signed or not; after it, and at the position, it was.
    assert judged[DEARER, 1]["notes"] is None
    assert judged[DEARER, 2]["notes"] == judged[DEARER, 0]["notes"] == "contribution_short"
    assert judged[DEARER, 2]["result"] == MEETS


JUST_ENOUGH = project(
    "just-enough", registered(iuran_dibayar=OWED_MORE * Decimal("0.99"), tenaga_kerja=9), **WORTH_MORE
)
SHORT = project("short", registered(iuran_dibayar=OWED_MORE * Decimal("0.99") - 1, tenaga_kerja=9), **WORTH_MORE)
WITH_VAT = project(
    "with-vat",
    registered(iuran_dibayar=Decimal(OWED), tenaga_kerja=9),
    nilai_kontrak=VALUE * 111 / 100,
    termasuk_ppn=True,
)
VAT_UNSAID = project(
    "vat-unsaid", registered(iuran_dibayar=Decimal(OWED), tenaga_kerja=9), nilai_kontrak=VALUE * 111 / 100
)
AMOUNT_UNSAID = project("amount-unsaid", registered(tenaga_kerja=9), nilai_kontrak=VALUE)
IN_PARTS = project(
    "in-parts",
    registered(iuran_dibayar=Decimal(OWED), tenaga_kerja=9),
    registered(MID, iuran_dibayar=Decimal(OWED_MORE - OWED), tenaga_kerja=1),
    **WORTH_MORE,
)


def test_a_contribution_more_than_one_per_cent_below_the_tariff_is_noted(judged):
    assert judged[JUST_ENOUGH, 0]["notes"] is None
    assert judged[SHORT, 0]["notes"] == "contribution_short"
    assert judged[IN_PARTS, 0]["notes"] is None


def test_the_tariff_counts_without_vat_and_an_unsaid_amount_is_no_shortage(judged):
    assert [judged[code, 0]["notes"] for code in (WITH_VAT, VAT_UNSAID, AMOUNT_UNSAID)] == [None, None, None]


RELIEVED = project(
    "relieved",
    registered(date(2020, 8, 10), iuran_dibayar=Decimal(OWED) / 100, tenaga_kerja=9),
    tgl_spk=date(2020, 8, 3),
    mulai=date(2020, 8, 3),
    nilai_kontrak=VALUE,
    termasuk_ppn=False,
)


def test_a_contract_of_the_relief_owes_one_per_cent_of_the_tariff(judged):
    assert judged[RELIEVED, 0]["notes"] is None


FEW = project("few", registered(tenaga_kerja=1), nilai_kontrak=Decimal(10_000_000_000))
AT_THE_LIMIT = project("at-the-limit", registered(tenaga_kerja=5), nilai_kontrak=Decimal(10_000_000_000))
FAR_FEWER = project("far-fewer", registered(tenaga_kerja=5), tenaga_kerja=8)
THREE_QUARTERS = project("three-quarters", registered(tenaga_kerja=5), registered(MID, tenaga_kerja=1), tenaga_kerja=8)


def test_one_worker_for_ten_milyar_is_noted(judged):
    assert judged[FEW, 0]["notes"] == "headcount_low"
    assert judged[AT_THE_LIMIT, 0]["notes"] is None
    assert judged[FEW, 0]["result"] == MEETS


def test_less_than_three_quarters_of_the_workers_stated_is_noted(judged):
    assert judged[FAR_FEWER, 0]["notes"] == "headcount_below_declared"
    assert judged[THREE_QUARTERS, 0]["notes"] is None


HASTY = project("hasty", registered(MID), paid=[MID, MID + DAY, MID + 2 * DAY])


def test_registration_on_the_day_of_the_payment_or_the_day_before_is_noted(judged):
    assert [judged[HASTY, payment]["notes"] for payment in (1, 2, 3, 0)] == [
        "registered_at_payment", "registered_at_payment", None, None,
    ]  # fmt: skip


NAMED = project("named", registered(DEADLINE, tenaga_kerja=2), pemilik=OF_KNOWN_NAMES)
ONE_NAMED = project(
    "one-named", registered(DEADLINE, tenaga_kerja=2), paid=[DEADLINE + 2 * DAY, MID], pemilik=OF_KNOWN_NAMES
)
PAPER.members("named", 2)
PAPER.members("one-named", 1)


def test_fewer_names_than_registered_workers_are_noted_from_the_next_month_end_on(judged):
    assert [judged[ONE_NAMED, payment]["notes"] for payment in (1, 2, 0)] == [None, "names_missing", "names_missing"]
    assert judged[NAMED, 0]["notes"] is None


KSO = project("kso", registered(), penyedia="KSO Contoh Musi - Contoh Ogan")
KSO_BEHIND = project("kso-behind", registered(), penyedia="PT Contoh Musi, KSO")
NO_KSO = project("no-kso", registered(), penyedia="PT Aksoma Contoh")


def test_a_joint_operation_is_told_and_judged_like_any_other(judged):
    assert [judged[code, 0]["notes"] for code in (KSO, KSO_BEHIND, NO_KSO)] == ["kso", "kso", None]
    assert judged[KSO, 0]["result"] == MEETS


# Work by the owner itself has no contractor and often no work order: the deadline counts from its start, Mon 10 June:
# Fri 14 is the 4th working day, Mon 17 and Tue 18 are none, Fri 21 is the 7th, Fri 28 the 12th, Tue 2 July the 14th.
OWN_DEADLINE = date(2024, 7, 1)
OWN = {"cara_pelaksanaan": "swakelola", "tgl_spk": None}
BY_OWNER = project("by-owner", registered(OWN_DEADLINE), **OWN)
BY_OWNER_LATE = project("by-owner-late", registered(OWN_DEADLINE + DAY), **OWN)
BY_OWNER_ORDERED = project("by-owner-ordered", registered(DEADLINE + DAY), cara_pelaksanaan="swakelola")


def test_work_by_the_owner_counts_from_its_start_where_it_has_no_work_order(judged):
    assert naive.deadline(STARTS) == OWN_DEADLINE
    assert [judged[code, 0]["result"] for code in (BY_OWNER, BY_OWNER_LATE, BY_OWNER_ORDERED)] == [MEETS, LATE, LATE]
    assert judged[BY_OWNER, 0]["notes"] == "swakelola"


# Emergency work begins before its work order.
BEGAN = date(2024, 5, 27)
EMERGENCY = project("emergency", registered(DEADLINE), mulai=BEGAN, cara_pelaksanaan="darurat")


def test_emergency_work_is_due_from_its_work_order_and_unprotected_from_its_start(judged):
    row = judged[EMERGENCY, 0]
    assert (row["result"], row["notes"]) == (MEETS, "emergency")
    assert row["unprotected_days"] == (DEADLINE - BEGAN).days == 28


# A contract that ends on 17 June, a week before its deadline.
BRIEF_END = date(2024, 6, 17)
BRIEF = project("brief", paid=[BRIEF_END, BRIEF_END + DAY, DEADLINE], selesai=BRIEF_END)
BRIEF_MET = project("brief-met", registered(BRIEF_END), paid=[DEADLINE], selesai=BRIEF_END)
BRIEF_LATE = project("brief-late", registered(BRIEF_END + DAY), paid=[DEADLINE], selesai=BRIEF_END)


def test_a_contract_shorter_than_the_deadline_must_be_registered_before_it_ends(judged, results):
    assert results[BRIEF] == [NOT_YET, OVER, OVER, OVER]
    assert results[BRIEF_MET] == [MEETS, MEETS]
    row = judged[BRIEF_LATE, 1]
    assert (row["result"], row["reason"], row["unprotected_days"]) == (OVER, "over_unregistered", 8)


RULE, PAYMENT_RULE = date(2015, 12, 29), date(2023, 1, 1)
LONG = {"mulai": RULE, "selesai": ENDS}
BEFORE_RULES = project("before-rules", registered(RULE), paid=[MID], tgl_spk=RULE - DAY, **LONG)
FIRST_RULE = project("first-rule", registered(RULE + DAY, paid=None), paid=[MID], tgl_spk=RULE, **LONG)
BEFORE_PAYMENT = project(
    "before-payment", registered(PAYMENT_RULE, paid=None), paid=[MID], tgl_spk=PAYMENT_RULE - DAY, **LONG
)
PAYMENT_RULED = project("payment-ruled", registered(PAYMENT_RULE, paid=None), paid=[MID], tgl_spk=PAYMENT_RULE, **LONG)


def test_a_work_order_before_a_rule_is_not_judged_by_it(judged):
    rows = [judged[code, 1] for code in (BEFORE_RULES, FIRST_RULE, BEFORE_PAYMENT, PAYMENT_RULED)]
    assert [(row["result"], row["reason"], row["rules"]) for row in rows] == [
        (UNTOLD, "rule_later", None),
        (MEETS, None, "terdaftar"),
        (MEETS, None, "terdaftar"),
        (UNMET, "unpaid", "dibayar,terdaftar"),
    ]
    assert rows[1]["notes"] == "not_paid"


PALEMBANG_RULE = date(2025, 6, 24)
ELSEWHERE = project("elsewhere", registered(DEADLINE, paid=None), wilayah="93.01")
TOO_EARLY = project("too-early", tgl_spk=PALEMBANG_RULE - DAY, mulai=date(2025, 7, 1), selesai=date(2025, 12, 1))
BY_THE_CITY = project("by-the-city", tgl_spk=PALEMBANG_RULE, mulai=date(2025, 7, 1), selesai=date(2025, 12, 1))


def test_a_rule_binds_where_it_is_the_law(judged):
    assert (judged[ELSEWHERE, 0]["rules"], judged[ELSEWHERE, 0]["result"]) == ("terdaftar", MEETS)
    assert judged[TOO_EARLY, 0]["rules"] == "dibayar,terdaftar"
    assert judged[BY_THE_CITY, 0]["rules"] == "dibayar,syarat_pencairan,terdaftar"


PRIVATE = {"sumber_dana": "Swasta", "pemilik": "PT Contoh Griya Musi"}
PRIVATE_UNPAID = project("private-unpaid", registered(DEADLINE, paid=None), paid=[MID], **PRIVATE)
PRIVATE_PAID = project("private-paid", registered(DEADLINE, selesai=MID), paid=[MID + DAY], **PRIVATE)
PRIVATE_UNREGISTERED = project("private-unregistered", paid=[DEADLINE, DEADLINE + DAY], **PRIVATE)


def test_private_work_has_the_duty_to_register_only(judged, results):
    row = judged[PRIVATE_UNPAID, 1]
    assert (row["result"], row["rules"], row["notes"]) == (MEETS, "terdaftar", "not_paid")
    assert row["unprotected_days"] == (MID - STARTS).days + 1
    assert (judged[PRIVATE_PAID, 1]["result"], judged[PRIVATE_PAID, 1]["notes"]) == (MEETS, None)
    assert results[PRIVATE_UNREGISTERED] == [NOT_YET, UNMET, OVER]


OTHER_FUNDS = project("other-funds", sumber_dana="Lain")
NO_FUND = project("no-fund", sumber_dana=None)


def test_every_rule_binds_where_nobody_knows_who_pays(judged):
    assert [judged[code, 0]["rules"] for code in (OTHER_FUNDS, NO_FUND)] == ["dibayar,terdaftar"] * 2


CENTRAL = project("central", paid=[DEADLINE + DAY], sumber_dana="APBN")


def test_work_paid_by_the_state_is_judged_alike(judged):
    assert (judged[CENTRAL, 1]["result"], judged[CENTRAL, 1]["rules"]) == (UNMET, "dibayar,terdaftar")


UNDATED = project("undated", registered(DEADLINE, iuran_dibayar=Decimal(1)), paid=[MID], tgl_spk=None)
UNDATED_UNREGISTERED = project("undated-unregistered", paid=[MID], tgl_spk=None, cara_pelaksanaan="penyedia")


def test_without_the_date_of_a_work_order_nothing_can_be_told(judged):
    for code in (UNDATED, UNDATED_UNREGISTERED):
        row = judged[code, 1]
        assert (row["result"], row["reason"], row["days_left"]) == (UNTOLD, "no_work_order_date", None)
        assert (row["unprotected_days"], row["rules"]) == (None, None)


BANYUASIN = {"wilayah": OTHER_PLACE}
UNKNOWN = project("unknown", paid=[DEADLINE, KNOWN_UNTIL, KNOWN_UNTIL + DAY, ENDS + DAY], **BANYUASIN)
UNKNOWN_EXTENSION = project("unknown-extension", registered(selesai=MID), paid=[MID, MID + DAY], **BANYUASIN)
UNKNOWN_PAYMENT = project("unknown-payment", registered(paid=None), paid=[KNOWN_UNTIL, KNOWN_UNTIL + DAY], **BANYUASIN)


def test_nothing_is_missing_where_registrations_are_not_completely_known(judged, results):
    assert results[UNKNOWN] == [NOT_YET, UNMET, UNTOLD, UNTOLD, UNTOLD]
    row = judged[UNKNOWN, 3]
    assert (row["reason"], row["is_registered"], row["unprotected_days"]) == ("registrations_unknown", None, None)
    assert results[UNKNOWN_EXTENSION] == [MEETS, UNTOLD, UNTOLD]
    assert results[UNKNOWN_PAYMENT] == [UNMET, UNTOLD, UNTOLD]
    assert judged[UNKNOWN_PAYMENT, 2]["reason"] == "payment_unknown"


# Two contracts of one number, as in the real procurement set; a registration that names it alone may be of either.
ONE_NUMBER = {"no_spk": "POK/010"}
EITHER = project("either", paid=[MID - DAY, MID], **ONE_NUMBER)
OR_THE_OTHER = project("or-the-other", registered(DEADLINE), paid=[MID], **ONE_NUMBER)
NUMBER_ALONE = {"kode_proyek": None, "no_spk": "POK/010", "no_proyek_bpjs": "either", "tgl_daftar": MID}
PAPER.rows["pendaftaran"].append(NUMBER_ALONE)
# Of these the sender said since which one was meant.
SAID = project("said", paid=[MID], no_spk="POK/011")
NOT_MEANT = project("not-meant", paid=[MID], no_spk="POK/011")
PAPER.rows["pendaftaran"] += [
    NUMBER_ALONE | {"no_spk": "POK/011", "no_proyek_bpjs": "said", "data_as_of": date(2025, 1, 1)},
    NUMBER_ALONE | {"kode_proyek": SAID, "no_spk": None, "no_proyek_bpjs": "said", "tgl_bayar": MID},
]


def test_a_registration_that_may_be_of_either_project_leaves_neither_unregistered(judged, results):
    assert results[EITHER] == [UNMET, UNTOLD, UNTOLD]
    assert (judged[EITHER, 2]["reason"], judged[EITHER, 2]["is_registered"]) == ("registrations_unknown", None)
    assert results[OR_THE_OTHER] == [MEETS, MEETS]
    assert (results[SAID], results[NOT_MEANT]) == ([LATE, LATE], [UNMET, OVER])


NEW_THERE = project("new-there", tgl_spk=date(2025, 1, 27), mulai=POSITION, selesai=date(2025, 6, 30), **BANYUASIN)


def test_a_new_work_order_of_unknown_registration_still_tells_its_days_left(judged):
    row = judged[NEW_THERE, 0]
    # Tuesday 28, Thursday 30 and Friday 31 January are over; Wednesday 29 is the lunar new year.
    assert (row["result"], row["reason"], row["days_left"]) == (UNTOLD, "registrations_unknown", 14 - 3)


NO_DAY = project("no-day", registered(paid=None, iuran_dibayar=Decimal(240_000)), paid=[MID, ENDS + DAY])
CERTIFIED = project("certified", registered(paid=None, no_sertifikat="JK/1"), paid=[MID])


def test_a_contribution_without_a_day_was_paid_nobody_knows_when(judged, results):
    assert results[NO_DAY] == [UNTOLD, UNTOLD, UNTOLD]
    assert [judged[code, 1]["reason"] for code in (NO_DAY, CERTIFIED)] == ["payment_unknown"] * 2


ASKED = project(
    "asked", registered(ENDS - DAY), paid=[{"tgl_permohonan": MID, "termin": "Termin 1", "jumlah": VALUE}]
)  # fmt: skip


def test_a_request_that_is_not_paid_is_judged_at_the_position(judged):
    assert (judged[ASKED, 1]["judged_on"], judged[ASKED, 1]["result"]) == (POSITION, LATE)


IN_THE_PROVINCE = project("in-the-province", wilayah="16", paid=[MID])


def test_work_placed_in_a_province_only_says_so(judged):
    row = judged[IN_THE_PROVINCE, 1]
    assert (row["notes"], row["result"], row["rules"]) == ("province_placed", UNTOLD, "dibayar,terdaftar")
