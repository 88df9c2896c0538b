"""Whether a target is expected to be reached: on its date, by the projection's band, by the course."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from analytics.attainment import TargetRow
from analytics.outlook import outlook
from analytics.projection import Point, Projection, TooFew
from analytics.row import Row
from analytics.targets import Target, rating

NONE: Any = TooFew("population_coverage", "too_few_seasons", (2024,))


def aimed(value, goal, measure="population_coverage", *, due=False, course="sesuai_jalur") -> Any:
    """A target of `goal` beside `value`, of 200 where it is a share."""
    target = Target("16", "16", 2025, measure, "jasa konstruksi", None, "", Decimal(goal), "%", "Pemprov", None)
    share = measure == "population_coverage"
    numerator = None if value is None else value * 2 if share else value
    nothing = dict.fromkeys(("low", "high", "named_persons", "unnamed_headcount", "as_of"))
    counted: Any = {"group": "16", "label": "", "month": "2025-06", "status": "ok", "source": "Kanwil", **nothing}
    found = Row(**counted, numerator=numerator, denominator=200 if share else None, value=value)
    pct = None if value is None else 100 * Decimal(value) / goal
    return TargetRow(
        target,
        measure,
        "percent",
        row=found,
        pct=pct,
        rating=rating(pct) if due and pct is not None else None,
        course=None if due or value is None else course,
    )


def projected(low, value, high) -> Any:
    end = Point(date(2025, 12, 31), float(value), float(low), float(high), None)
    points = (Point(date(2025, 7, 31), 1.0, 1.0, 1.0, None), end)
    nothing: Any = None
    return Projection(
        "population_coverage", nothing, points, nothing, nothing, (2022, 2023, 2024), nothing, is_demonstration=False
    )


@pytest.mark.parametrize(
    ("band", "code"),
    [
        ((50, 52, 54), "diperkirakan_tercapai"),
        ((49.9, 52, 54), "belum_pasti"),
        ((46, 48, 50), "belum_pasti"),
        ((46, 48, 49.9), "diperkirakan_tidak_tercapai"),
    ],
)
def test_only_a_whole_band_on_one_side_of_the_target_decides(band, code):
    assert outlook(aimed(40, 50), projected(*band)).code == code


def test_what_lacks_at_the_end_is_counted_with_the_denominator_of_now():
    # 50 - 48 percent of 200 workers.
    assert outlook(aimed(40, 50), projected(46, 48, 49)).end_gap == Decimal(2) / 100 * 200


@pytest.mark.parametrize(("value", "code"), [(50, "tercapai"), (49, "tidak_tercapai")])
def test_on_the_target_date_what_was_reached_decides(value, code):
    assert outlook(aimed(value, 50, due=True), projected(60, 70, 80)).code == code


def test_a_sum_of_the_year_that_reached_its_target_stays_there_and_a_state_may_fall():
    falling = projected(30, 40, 45)
    assert outlook(aimed(50, 50, "projects_registered_ytd"), falling).code == "tercapai"
    assert outlook(aimed(50, 50), falling).code == "diperkirakan_tidak_tercapai"


@pytest.mark.parametrize("course", ["sesuai_jalur", "di_bawah_jalur"])
def test_without_a_projection_the_course_is_all_that_is_known(course):
    assert outlook(aimed(40, 50, course=course), NONE).code == course


def test_without_a_value_nothing_is_expected():
    found = outlook(aimed(None, 50), NONE)
    assert (found.code, found.end, found.end_gap) == ("belum_dapat_dinilai", None, None)
