"""The words for attainment, at and around each limit."""

from decimal import Decimal

import pytest

from analytics.targets import LOWEST_RATING, RATINGS, rating

JUST = Decimal("0.0000001")


@pytest.mark.parametrize(
    ("limit", "above", "at"),
    [(90, "Sangat Baik", "Baik"), (75, "Baik", "Cukup"), (65, "Cukup", "Kurang"), (50, "Kurang", "Sangat Kurang")],
)
def test_a_word_is_earned_above_its_limit_and_not_at_it(limit, above, at):
    assert rating(limit + JUST).id == above
    assert rating(Decimal(limit)).id == at
    assert rating(limit - JUST).id == at


def test_what_is_shown_as_90_but_is_less_is_not_rated_as_more():
    attained = 100 * Decimal(89_999_999) / Decimal(100_000_000)
    assert f"{attained:.1f}" == "90.0"
    assert rating(attained).id == "Baik"


def test_attainment_is_rated_beyond_the_target_and_below_nothing():
    assert rating(Decimal(399)).id == "Sangat Baik"
    assert rating(Decimal(0)) is rating(Decimal(-20)) is LOWEST_RATING


def test_the_limits_fall():
    limits = [limit for limit, _word in RATINGS]
    assert limits == sorted(limits, reverse=True)
