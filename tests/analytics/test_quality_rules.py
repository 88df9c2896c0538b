"""Each rule of data quality: a case that triggers it, one that does not, and both sides of each threshold."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics import compute, quality
from analytics.quality import RULES, Finding, jump, outlier
from analytics.quality.delivery_rejected import is_too_many
from analytics.quality.printed_share import half_of_last_decimal, is_contradicted
from analytics.row import month_end
from data.access import ROLES, Grant, Reader
from data.editions import open_edition
from data.home import Home
from data.places import all_places
from tests.quality_edition import edition_of

APRIL, MAY, JUNE = date(2025, 4, 30), date(2025, 5, 31), date(2025, 6, 30)
MILLIARD = Decimal(1_000_000_000)
batches = count(1)


@pytest.fixture
def found(tmp_path):
    """What one rule finds in an edition of these rows: key without the rule, value, expected."""

    def find(rule, *, grant=None, **tables):
        home = Home(tmp_path / f"home-{next(batches)}")
        edition = edition_of(home, **tables)
        seen = edition if grant is None else open_edition(home, 1, grant)
        span = quality.span_of(seen)
        assert span is not None
        return {one.key.split("|", 1)[1]: (one.value, one.expected) for one in RULES[rule].find(seen, span)}

    return find


def delivered(scope, first, last, came=None, sender="Kanwil", kind="pendaftaran"):
    """A complete delivery; `came` is a day of Jakarta, at noon, by default the last day of its period."""
    arrived = datetime.combine(came or last, datetime.min.time()) + timedelta(hours=5)
    return {
        "batch_id": next(batches), "kind": kind, "scope_value": scope, "period_from": first, "period_to": last,
        "sender": sender, "imported_at": arrived,
    }  # fmt: skip


def months_of(first, last):
    month = first
    while month <= last:
        yield month
        month = month_end(month + timedelta(days=1))


def test_a_month_is_missing_when_nobody_is_complete_for_it(found):
    sent = [
        delivered("16", date(2025, 1, 1), date(2025, 2, 28)),
        delivered("16", date(2025, 4, 1), JUNE),
        delivered("16.71", date(2025, 3, 1), date(2025, 3, 31), sender="Cabang"),
    ]
    assert found("delivery_missing", delivery=sent) == {"16||Kanwil||2025-03|pendaftaran": (1, 17)}


def test_a_month_that_a_wider_place_or_all_parts_cover_is_not_missing(found):
    parts = [code for code, place in all_places().items() if place.parent == "16"]
    march = date(2025, 3, 1), date(2025, 3, 31)
    sent = [
        delivered("16", date(2025, 1, 1), date(2025, 2, 28)),
        delivered("16", date(2025, 4, 1), JUNE),
        *(delivered(code, *march, sender=f"Cabang {code}") for code in parts),
        delivered("16.71", date(2025, 1, 1), date(2025, 2, 28), sender="Cabang 16.71"),
    ]
    assert len(parts) == 17
    assert found("delivery_missing", delivery=sent) == {}
    # Without the last of them the province lacks the month, and so does that kabupaten's own sender none.
    assert found("delivery_missing", delivery=sent[:2] + sent[3:]) == {"16||Kanwil||2025-03|pendaftaran": (16, 17)}


def test_an_owner_who_sent_two_months_is_expected_to_go_on_and_who_sent_one_is_not(found):
    january, february = (date(2025, 1, 1), date(2025, 1, 31)), (date(2025, 1, 1), date(2025, 2, 28))
    sent = [delivered("Dinas PUPR", *february, sender="PUPR"), delivered("BBPJN", *january, sender="BBPJN")]
    # June is due on 14 July: by the position of 30 June it lacks nothing.
    assert found("delivery_missing", delivery=sent) == {
        f"|Dinas PUPR|PUPR||2025-{month:02}|pendaftaran": (0, 1) for month in (3, 4, 5)
    }


def test_the_last_month_counts_once_its_days_have_passed(found, monkeypatch):
    sent = [delivered("16.71", date(2025, 1, 1), APRIL)]
    assert list(found("delivery_missing", delivery=sent)) == ["16.71||Kanwil||2025-05|pendaftaran"]
    monkeypatch.setattr(quality.delivery_missing, "DAYS_ALLOWED", 31)  # 31 May and 31 days is 1 July
    assert found("delivery_missing", delivery=sent) == {}


def test_a_month_looked_back_too_far_is_not_told(found):
    """36 months to June 2025 begin with July 2022."""
    sent = [
        delivered("16.71", date(2022, 1, 1), date(2022, 4, 30)),
        delivered("16.71", date(2022, 6, 1), date(2022, 6, 30)),
        delivered("16.71", date(2022, 8, 1), JUNE),
    ]
    assert list(found("delivery_missing", delivery=sent)) == ["16.71||Kanwil||2022-07|pendaftaran"]


def test_fourteen_days_after_the_month_end_are_in_time_and_fifteen_are_late(found):
    sent = [
        delivered("16", date(2024, 1, 1), date(2025, 3, 31), came=date(2025, 6, 20)),  # the first one is never late
        delivered("16", date(2025, 4, 1), APRIL, came=date(2025, 5, 14)),
        delivered("16", date(2025, 5, 1), MAY, came=date(2025, 6, 15)),
        delivered("16", date(2025, 5, 1), MAY, came=date(2025, 6, 25)),  # again, put right: the first coming counts
    ]
    sent[0]["imported_at"] = datetime.fromisoformat("2025-04-01")
    assert found("delivery_late", delivery=sent) == {"16||Kanwil||2025-05|pendaftaran": (15, 14)}


def test_the_day_of_arrival_is_that_of_jakarta(found):
    sent = [delivered("16", date(2024, 1, 1), date(2025, 3, 31)), delivered("16", date(2025, 4, 1), APRIL)]
    sent[1]["imported_at"] = datetime.fromisoformat("2025-05-14T16:59")  # 23.59 there
    assert found("delivery_late", delivery=sent) == {}
    sent[1]["imported_at"] = datetime.fromisoformat("2025-05-14T17:00")  # midnight there
    assert found("delivery_late", delivery=sent) == {"16||Kanwil||2025-04|pendaftaran": (15, 14)}


def test_files_of_the_demonstration_come_on_the_day_of_their_story(found):
    sent = [
        delivered("16", date(2024, 1, 1), date(2025, 3, 31), came=date(2026, 1, 1)) | {"data_as_of": date(2025, 3, 31)},
        delivered("16", date(2025, 4, 1), APRIL, came=date(2026, 1, 1)) | {"data_as_of": APRIL},
    ]
    assert found("delivery_late", delivery=sent, demo=True) == {}


def naive_missing(sent):
    """(scope, sender, month) without a complete delivery, by asking for each month and each place in turn."""
    parts = [code for code, place in all_places().items() if place.parent == "16"]

    def covers(scope, month):
        return any(one["scope_value"] == scope and one["period_from"] <= month <= one["period_to"] for one in sent)

    missing = set()
    for one in sent:
        scope, sender = one["scope_value"], one["sender"]
        own = [other for other in sent if (other["scope_value"], other["sender"]) == (scope, sender)]
        begun = min(other["period_from"] for other in own)
        months = [m for m in months_of(date(2022, 7, 31), MAY) if m >= begun]
        said = {m for m in months_of(date(2020, 1, 31), JUNE) for o in own if o["period_from"] <= m <= o["period_to"]}
        for month in months if len(said) >= 2 else ():
            wider = (scope, "16", "00")
            by_parts = scope == "16" and all(covers(part, month) or covers("00", month) for part in parts)
            if not any(covers(place, month) for place in wider) and not by_parts:
                missing.add((scope, sender, month))
    return missing


@st.composite
def deliveries_of_a_year(draw) -> list[dict]:
    starts = st.integers(0, 11)

    def one():
        first = month_end(date(2024, 6, 1) + timedelta(days=30 * draw(starts)))
        last = month_end(first + timedelta(days=1 + 31 * draw(st.integers(0, 3))))
        scope, sender = draw(st.sampled_from(["16", "16.71", "16.02", "Dinas"])), draw(st.sampled_from(["A", "B"]))
        return delivered(scope, first.replace(day=1), last, sender=sender)

    return [one() for _ in range(draw(st.integers(1, 7)))]


@settings(max_examples=10, deadline=None, database=None)
@given(deliveries_of_a_year())
def test_missing_months_are_those_that_a_naive_search_finds(tmp_path_factory, sent):
    home = Home(tmp_path_factory.mktemp("twin") / "home")
    edition = edition_of(home, delivery=sent)
    span = quality.span_of(edition)
    assert span is not None
    rows = RULES["delivery_missing"].find(edition, span)
    assert {(one.place or one.owner, one.sender, one.month) for one in rows} == naive_missing(sent)
    assert len(rows) == len({one.key for one in rows})


def test_rows_refused_and_still_open_are_told_when_they_are_many(found):
    usual = {"delivery": "tambahan", "sender": "Cabang", "rows_accepted": 94}
    sent = [
        {**usual, "batch_id": 1, "rows_rejected": 6, "rows_open": 6},  # 6 of 100: more than 5 %
        {**usual, "batch_id": 2, "rows_rejected": 6, "rows_open": 5},  # 5 of 100
        {**usual, "batch_id": 3, "rows_rejected": 6, "rows_open": 0},
    ]
    assert found("delivery_rejected", delivery=sent) == {"||Cabang|||kiriman 1": (6, 0)}


@pytest.mark.parametrize(
    ("rows_open", "rows_read", "expected"),
    [(5, 100, False), (6, 100, True), (1, 19, True), (1, 20, False), (49, 100_000, False), (50, 100_000, True)],
)
def test_more_than_five_percent_or_fifty_rows_are_many(rows_open, rows_read, expected):
    assert is_too_many(rows_open, rows_read) is expected


def member_rows(place, *counts, last=JUNE, sector=None):
    """Members of a place in the months up to the last one."""
    rows, month = [], last
    for number in reversed(counts):
        rows.append({"place": place, "month": month, "numerator": number} | ({"sector": sector} if sector else {}))
        month = month.replace(day=1) - timedelta(days=1)
    return rows[::-1]


def estimate(place, day=date(2025, 1, 31), workers=100, **columns):
    return {"place": place, "per_tanggal": day, "workers": workers, **columns}


def test_coverage_over_a_hundred_is_told_and_a_hundred_is_not(found):
    people = {
        "population": member_rows("16.71", 150, last=date(2024, 6, 30)) + member_rows("16.71", 101)
        + member_rows("16.02", 100) + member_rows("16.03", 500),
        "sector_members": member_rows("16.71", 3, sector="perdagangan"),
        "vintage": [estimate("16.71"), estimate("16.71", date(2020, 1, 31)), estimate("16.02"),
                    estimate("16.71", workers=2, sector="perdagangan")],
    }  # fmt: skip
    assert found("over_hundred", **people) == {
        "16.71||||2025-06|konstruksi": (100 * 101 / 100, 100),
        "16.71||||2025-06|perdagangan": (100 * 3 / 2, 100),
    }


def test_the_rule_and_the_screen_call_the_same_coverage_implausible(tmp_path):
    """Every place of a world in which coverage goes from 98 to 103 %."""
    places = [code for code, place in all_places().items() if place.parent == "16"][:6]
    people = [row for number, place in enumerate(places) for row in member_rows(place, 98 + number)]
    edition = edition_of(Home(tmp_path / "home"), population=people, vintage=[estimate(place) for place in places])
    on_screen = {
        place for place in places
        if compute.rows(edition, "population_coverage", JUNE, compute.Scope(place))[0].status == "implausible"
    }  # fmt: skip
    assert {one.place for one in quality.findings(edition) if one.rule == "over_hundred"} == on_screen
    assert on_screen == set(places[3:])


def test_the_estimate_in_use_is_the_newest_of_the_first_source(found):
    vintages = [
        estimate("16.71", date(2024, 1, 31), workers=50),
        estimate("16.71", date(2024, 6, 30), workers=200),
        estimate("16.71", date(2025, 6, 30), workers=10, source="Dinas", source_rank=1),
        estimate("16.71", date(2025, 7, 31), workers=10),  # of after the month
    ]
    assert found("over_hundred", population=member_rows("16.71", 150), vintage=vintages) == {}
    assert found("over_hundred", population=member_rows("16.71", 150), vintage=vintages[:1]) != {}


def test_an_estimate_is_stale_when_it_is_older_than_fifteen_months(found):
    """June 2025 less 15 months is March 2024, whose last day is still young enough."""
    people = {
        "population": member_rows("16.71", 1) + member_rows("16.02", 1) + member_rows("16.03", 1),
        "vintage": [estimate("16.71", date(2024, 3, 31)), estimate("16.02", date(2024, 3, 30))],
    }
    assert found("stale_denominator", **people) == {"16.02|||||konstruksi": (date(2024, 3, 30), date(2024, 3, 31))}


@pytest.mark.parametrize(
    ("before", "after", "usual", "expected"),
    [
        (400, 500, None, False),  # + 25 %
        (400, 501, None, True),
        (400, 299, None, True),
        (200, 299, None, False),  # + 49,5 %, but 99 persons
        (200, 300, None, True),
        (1000, 700, -30.0, False),  # as every December
        (1000, 950, -30.0, False),  # - 5 %: 25 points from the usual
        (1000, 951, -30.0, True),
    ],
)
def test_a_jump_is_more_than_25_points_and_99_persons_from_the_usual(before, after, usual, expected):
    assert jump.is_jump(before, after, usual) is expected


def test_a_fall_that_comes_every_december_is_no_jump_and_one_that_does_not_is(found):
    """16.71 falls by 30 % each December; of 16.02 only the last one is known."""

    def december(year, place):
        return member_rows(place, 1000, 700, last=date(year, 12, 31))

    rows = [row for year in (2022, 2023, 2024) for row in december(year, "16.71")] + december(2024, "16.02")
    assert found("jump", population=rows) == {"16.02||||2024-12|konstruksi": (100 * (700 - 1000) / 1000, None)}


def test_months_that_do_not_follow_each_other_make_no_jump(found):
    rows = member_rows("16.71", 1000, last=APRIL) + member_rows("16.71", 5000)
    assert found("jump", population=rows) == {}


def test_an_outlier_needs_24_months_and_a_distance_of_20(found):
    """Two quiet years of 5 to 9 new members: the median is 7, their spread 1.4826 × 1."""
    quiet = [5, 6, 7, 8, 9, 7] * 4

    def joined(place, *counts):
        return [row | {"new_members": row.pop("numerator"), "numerator": 1000} for row in member_rows(place, *counts)]

    rows = joined("16.71", *quiet, 27) + joined("16.02", *quiet, 26) + joined("16.03", *quiet[:23], 500)
    assert found("outlier", population=rows) == {"16.71||||2025-06|new_members": (27, 7)}


def test_registrations_of_months_that_are_not_completely_known_are_not_compared(found):
    months = list(months_of(date(2023, 4, 30), JUNE))  # 26 of history, and the month itself
    many = [{"kode_proyek": f"P-{number}", "tgl_daftar": date(2025, 6, 2)} for number in range(20)]
    known = [{"place": "16.71", "month": month} for month in months]
    assert found("outlier", activity=known, registration=many) == {"16.71||||2025-06|registrations": (20, 0)}
    half = [row | ({"registration_known_projects": 0} if row["month"] == JUNE else {}) for row in known]
    assert found("outlier", activity=half, registration=many) == {}
    assert found("outlier", activity=known, registration=many[1:]) == {}  # 19: too near


@given(st.lists(st.integers(0, 500), min_size=24, max_size=36), st.integers(0, 2000))
def test_an_outlier_is_what_sorting_by_hand_says(history, value):
    def middle(values):
        ordered = sorted(values)
        half = len(ordered) // 2
        return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2

    distances = [abs(one - middle(history)) for one in history]
    scale = 1.4826 * middle(distances)
    if scale == 0:
        scale = 1.2533 * sum(distances) / len(distances)
    distance = abs(value - middle(history))
    assert outlier.is_outlier(value, history) is (distance >= 20 and distance > 3.5 * scale)


def test_one_strange_month_does_not_hide_the_next():
    quiet = [5, 6, 7, 8, 9, 7] * 4
    assert outlier.is_outlier(100, quiet) and outlier.is_outlier(100, [*quiet, 5000])
    assert not outlier.is_outlier(100, quiet[:23])


def with_headcounts(code, *headcounts, value=MILLIARD, **project):
    registrations = [
        {"kode_proyek": code, "number": number, "tenaga_kerja": workers} for number, workers in enumerate(headcounts, 1)
    ]
    return {"kode_proyek": code, "nilai_kontrak": value, **project}, registrations


def test_one_worker_on_a_milliard_is_told_and_two_workers_or_less_money_are_not(found):
    cases = [
        with_headcounts("SATU", 1, tenaga_kerja=40),
        with_headcounts("NOL", 0),
        with_headcounts("DUA", 2),
        with_headcounts("ADENDUM", 1, 12),
        with_headcounts("TAK-DIKETAHUI", 1, None),
        with_headcounts("MURAH", 1, value=MILLIARD - 1),
        with_headcounts("BELUM-TERDAFTAR"),
        with_headcounts("LAMA", 1, selesai=date(2024, 6, 30)),
    ]
    tables = {
        "project": [project for project, _ in cases],
        "registration": [one for _, registrations in cases for one in registrations],
    }
    assert found("headcount_of_one", **tables) == {
        "16.71|Dinas PUPR||SATU||": (1, 40), "16.71|Dinas PUPR||NOL||": (0, None)
    }  # fmt: skip


def test_registered_on_the_day_of_the_first_payment_or_the_day_before(found):
    def paid(code, registered, *paid_on):
        days = enumerate(paid_on, 1)
        return (
            {"kode_proyek": code},
            {"kode_proyek": code, "tgl_daftar": registered},
            [{"kode_proyek": code, "number": number, "tgl_bayar": day} for number, day in days],
        )

    tenth = date(2025, 3, 10)
    cases = [
        paid("SAMA", tenth, tenth),
        paid("SEHARI", tenth, date(2025, 3, 11)),
        paid("DUA-HARI", tenth, date(2025, 3, 12)),
        paid("SESUDAH", tenth, date(2025, 3, 9)),
        paid("TERMIN-DUA", tenth, date(2025, 1, 5), tenth),
        paid("DIMINTA", tenth, None),
        paid("LAMA", date(2024, 6, 30), date(2024, 6, 30)),
    ]
    tables = {
        "project": [project for project, _, _ in cases],
        "registration": [registration for _, registration, _ in cases],
        "payment": [payment for _, _, payments in cases for payment in payments],
    }
    assert found("registered_at_payment", **tables) == {
        "16.71|Dinas PUPR||SAMA|2025-03|": (0, None), "16.71|Dinas PUPR||SEHARI|2025-03|": (1, None)
    }  # fmt: skip


def test_persons_in_three_places_are_told_as_a_number_and_those_in_two_are_not(found):
    rows = [
        {"place": "16.71", "month": JUNE, "places": 2, "persons": 50},
        {"place": "16.71", "month": JUNE, "places": 3, "persons": 4},
        {"place": "16.71", "month": JUNE, "places": 5, "persons": 1},
        {"place": "16", "month": JUNE, "places": 3, "persons": 4},
        {"place": "16.71", "month": date(2024, 6, 30), "places": 3, "persons": 9},
    ]
    assert found("person_in_many_places", person_places=rows) == {"16.71||||2025-06|": (4 + 1, 0)}


@pytest.mark.parametrize(
    ("members", "potential", "printed", "precisions", "expected"),
    [
        (935_079, 1_873_899, "50.88", (1, 1), True),  # Bali: 49,90 %
        (935_079, 1_873_899, "49.90", (1, 1), False),
        (123_000, 270_000, "45.6", (1000, 1000), False),  # 45,37 to 45,82 %
        (123_000, 270_000, "46.0", (1000, 10_000), False),  # 44,5 to 46,6 %
        (123_000, 270_000, "47", (1000, 1000), True),
        (1, 3, "33.3", (None, None), False),
        (1, 3, "33.4", (None, None), True),
        (1, 1, "50", (None, 2), False),  # a precision as large as the denominator says nothing
    ],
)
def test_a_printed_percentage_must_be_possible_within_what_was_rounded(
    members, potential, printed, precisions, expected
):
    row = {
        "members": members, "potential": potential, "printed_pct": Decimal(printed).quantize(Decimal("0.01")),
        "members_precision": precisions[0], "potential_precision": precisions[1],
    }  # fmt: skip
    assert is_contradicted(row) is expected


def test_half_of_the_last_decimal_printed():
    cases = {"45.60": "0.05", "50.88": "0.005", "47.00": "0.5", "50.00": "0.5", "100.00": "0.5"}
    assert {text: str(half_of_last_decimal(Decimal(text))) for text in cases} == cases


def test_the_figure_of_bali_is_found_in_an_edition(found):
    printed = {"place": "51", "members": 935_079, "potential": 1_873_899, "source": "Antara"}
    rows = [printed | {"printed_pct": Decimal("50.88")}, printed | {"printed_pct": None}]
    [(key, (value, expected))] = found("printed_share", official_figure=rows).items()
    assert key == "51|||||semua segmen, Antara"
    assert (value, expected) == (50.88, pytest.approx(100 * 935_079 / 1_873_899))


def test_two_figures_that_a_source_prints_in_one_month_are_two_findings(found):
    printed = {"place": "51", "members": 50, "potential": 100, "source": "Antara"}
    rows = [
        printed | {"per_tanggal": date(2025, 5, 9), "printed_pct": Decimal("60.00")},
        printed | {"per_tanggal": MAY, "printed_pct": Decimal("70.00")},
    ]
    assert found("printed_share", official_figure=rows) == {
        "51||||2025-05|semua segmen, Antara, 2025-05-09": (60.0, 100 * 50 / 100),
        "51||||2025-05|semua segmen, Antara": (70.0, 100 * 50 / 100),
    }


WIDE = {
    "population": member_rows("16.71", 101) + member_rows("16.02", 101) + member_rows("branch:palembang", 202)
    + member_rows("16", 999),
    "vintage": [estimate(place) for place in ("16.71", "16.02", "branch:palembang", "16")],
    "person_places": [{"place": place, "month": JUNE, "places": 3, "persons": 2} for place in ("16.71", "16.02")],
    "project": [
        {"kode_proyek": f"{place}-{owner}", "place": place, "owner": owner, "nilai_kontrak": MILLIARD}
        for place in ("16.71", "16.02") for owner in ("Dinas PUPR", "BBPJN")
    ],
    "registration": [
        {"kode_proyek": f"{place}-{owner}", "place": place, "owner": owner, "tenaga_kerja": 1}
        for place in ("16.71", "16.02") for owner in ("Dinas PUPR", "BBPJN")
    ],
    "delivery": [
        delivered(scope, date(2025, 1, 1), date(2025, 2, 28), kind="tenaga_kerja") | {"rows_rejected": 90}
        for scope in ("16.71", "16.02", "Dinas PUPR")
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("grant", "places", "owners"),
    [
        (Grant(frozenset({"16.71"}), None), {"16.71"}, {None, "Dinas PUPR", "BBPJN"}),
        (
            Grant(frozenset({"branch:palembang"}), None),
            {"16.71", "16.02", "branch:palembang"},
            {None, "Dinas PUPR", "BBPJN"},
        ),
        (Grant(None, frozenset({"BBPJN"})), {"16.71", "16.02"}, {"BBPJN"}),
        (Grant(frozenset({"16.02"}), frozenset({"BBPJN"})), {"16.02"}, {"BBPJN"}),
        (Grant(frozenset(), None), set(), set()),
    ],
)
def test_nobody_is_told_of_what_the_grant_does_not_show(tmp_path, grant, places, owners):
    home = Home(tmp_path / "home")
    whole = quality.findings(edition_of(home, **WIDE))
    seen = quality.findings(open_edition(home, 1, grant))
    assert {one.place for one in seen} == places and {one.owner for one in seen} == owners
    assert {one.key for one in seen} < {one.key for one in whole}
    assert {"16", None} <= {one.place for one in whole}


DELIVERIES = {"delivery_missing", "delivery_late", "delivery_rejected"}
PEOPLE = {"over_hundred", "printed_share", "outlier", "jump", "person_in_many_places", "stale_denominator"}


@pytest.mark.parametrize(
    ("grant", "untold"),
    [
        (Grant(None, None), set()),
        (Grant(frozenset({"16"}), None), DELIVERIES),
        (Grant(frozenset({"16.71"}), None), DELIVERIES),
        (Grant(None, frozenset({"BBPJN"})), DELIVERIES | PEOPLE),
        (Grant(frozenset({"16.02"}), frozenset({"BBPJN"})), DELIVERIES | PEOPLE),
    ],
)
def test_no_finding_is_no_zero_where_the_grant_may_hide_some(grant, untold):
    assert quality.untold([], grant) == untold
    seen = [Finding(code, 1, 0) for code in RULES]
    assert quality.untold(seen, grant) == set()


@pytest.mark.parametrize(
    "grant",
    [Grant(frozenset({"16.71"}), None), Grant(frozenset({"16"}), None), Grant(None, frozenset({"BBPJN"}))],
)
def test_a_rule_that_hides_nothing_shows_all_that_is_of_the_grant(tmp_path, grant):
    """Of each rule: what the whole edition tells of a place and owner within the grant is seen under it."""
    home = Home(tmp_path / "home")
    whole = quality.findings(edition_of(home, **WIDE))
    limited = open_edition(home, 1, grant)
    seen = {one.key for one in quality.findings(limited)}
    hidden = {
        one.rule for one in whole
        if one.key not in seen and (one.place is None or one.place in limited.visible_places)
        and (grant.owners is None or one.owner is None or one.owner in grant.owners)
    }  # fmt: skip
    assert hidden <= {code for code, rule in RULES.items() if rule.may_hide(grant)}
    assert hidden


def test_findings_come_severest_first_and_their_keys_are_their_own(tmp_path):
    found = quality.findings(edition_of(Home(tmp_path / "home"), **WIDE))
    ranks = [quality.SEVERITIES.index(RULES[one.rule].severity) for one in found]
    assert ranks == sorted(ranks) and len(set(ranks)) > 1
    assert len({one.key for one in found}) == len(found)


def test_an_edition_of_before_schema_5_is_told_nothing_of(tmp_path):
    edition = edition_of(Home(tmp_path / "home"), **WIDE)
    edition.meta["schema_version"] = "4"
    assert quality.findings(edition) == []


def gaps(text: str) -> Iterator[str]:
    return iter(set(re.findall(r"{(\w+)}", text)))


@pytest.mark.parametrize("code", RULES)
def test_the_docstring_of_a_rules_file_is_its_definition(code):
    rule, path = RULES[code], Path(quality.__file__).parent / f"{code}.py"
    [documented] = re.findall(r'\A"""(.*?)"""', path.read_text("utf-8"), flags=re.DOTALL)
    assert rule.code == code and rule.definition.en == " ".join(documented.split())
    assert set(gaps(rule.why.id)) == set(gaps(rule.why.en))
    assert rule.owner in ROLES and Reader("x", rule.owner, Grant(None, None), True).may("resolve_quality")
    assert rule.severity in quality.SEVERITIES and rule.version >= 1 and rule.thresholds


def test_every_file_of_the_folder_is_a_rule_or_what_rules_share():
    files = {path.stem for path in Path(quality.__file__).parent.glob("*.py")}
    assert files - {"__init__", "rule", "resolutions"} == RULES.keys()


def test_thresholds_are_numbers_that_their_definitions_name():
    """A threshold that is changed without its definition would be a definition that lies."""
    for rule in RULES.values():
        for one in rule.thresholds:
            named = f"{one.value:,}" if one.value != MILLIARD else "1 billion"
            words = {"0.5": "half", "1": "one", "2": "two", "3": "three"}
            assert (
                named in rule.definition.en
                or words.get(str(one.value), "?") in rule.definition.en.lower()
                or (rule.code in ("delivery_missing", "delivery_late"))
            ), (rule.code, one.name.en)
