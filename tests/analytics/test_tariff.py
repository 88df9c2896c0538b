from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.tariff import addendum_difference, by_wages, contribution, without_vat
from data.demo.contribution import contribution_rp
from data.errors import CakupanError
from data.tariffs import bracket_rows, tariff_on, tariffs, vat_on, vat_rates, vat_rows
from tests.naive_tariff import naive_parts, naive_total

TODAY = date(2024, 1, 15)
VALUES = st.integers(min_value=0, max_value=10**15).map(Decimal)
SEN = Decimal("0.01")


def owed(value_rp, on=TODAY, *, includes_vat=False):
    return contribution(Decimal(value_rp), on, includes_vat=includes_vat)


def test_the_assessment_letter_of_a_real_contract_is_met_to_the_rupiah():
    letter = owed(494_248_735_331, includes_vat=True)
    assert letter.base_rp.quantize(SEN) == Decimal("445269130928.83")
    assert letter.jkk_rp.quantize(SEN) == Decimal("402182217.84")
    assert letter.jkm_rp.quantize(SEN) == Decimal("44636913.09")
    assert letter.total_rp == 446_819_131


@pytest.mark.parametrize(
    ("upper_rp", "total_rp", "below", "above"),
    [
        (100_000_000, 240_000, Decimal("0.0024"), Decimal("0.0019")),
        (500_000_000, 1_000_000, Decimal("0.0019"), Decimal("0.0015")),
        (1_000_000_000, 1_750_000, Decimal("0.0015"), Decimal("0.0012")),
        (5_000_000_000, 6_550_000, Decimal("0.0012"), Decimal("0.0010")),
    ],
)
def test_each_boundary_belongs_to_its_bracket_and_the_next_rupiah_to_the_next(upper_rp, total_rp, below, above):
    at, before, after = owed(upper_rp), owed(upper_rp - 1), owed(upper_rp + 1)
    assert at.total_rp == at.jkk_rp + at.jkm_rp == total_rp
    assert before.jkk_rp + before.jkm_rp == total_rp - below
    assert after.jkk_rp + after.jkm_rp == total_rp + above


def test_every_part_of_a_contract_above_all_brackets_is_visible_arithmetic():
    letter = owed(6_000_000_000)
    assert letter.jkk_rp == 210_000 + 680_000 + 650_000 + 4_400_000 + 900_000
    assert letter.jkm_rp == 30_000 + 80_000 + 100_000 + 400_000 + 100_000


def test_nothing_is_owed_for_nothing():
    assert owed(0).total_rp == 0


def test_the_total_is_rounded_half_up_once():
    # 0,24 % of 625 rupiah is 1,5: JKK 1,3125 and JKM 0,1875 rounded apart would make 1.
    assert (owed(625).jkk_rp, owed(625).jkm_rp, owed(625).total_rp) == (Decimal("1.3125"), Decimal("0.1875"), 2)
    assert owed(624).total_rp == 1


@given(VALUES, VALUES)
def test_a_larger_contract_never_owes_less(one, other):
    small, large = sorted((one, other))
    assert owed(small).total_rp <= owed(large).total_rp


@given(VALUES)
def test_what_is_owed_is_the_sum_over_the_brackets(value):
    letter, brackets = owed(value), tariff_on(TODAY).brackets
    parts = [
        max(min(value, b.upper_rp if b.upper_rp is not None else value) - b.lower_rp, Decimal(0)) for b in brackets
    ]
    assert sum(parts) == value
    assert letter.jkk_rp == sum(part * b.jkk_pct for part, b in zip(parts, brackets, strict=True)) / 100
    assert letter.jkm_rp == sum(part * b.jkm_pct for part, b in zip(parts, brackets, strict=True)) / 100


@given(VALUES, st.booleans())
def test_a_second_reckoning_in_fractions_says_the_same(value, includes_vat):
    base = Fraction(value) * 100 / 111 if includes_vat else Fraction(value)
    letter = owed(value, includes_vat=includes_vat)
    assert letter.total_rp == naive_total(base)
    jkk, jkm = naive_parts(base)
    assert abs(Fraction(letter.jkk_rp) - jkk) < Fraction(1, 10**9)
    assert abs(Fraction(letter.jkm_rp) - jkm) < Fraction(1, 10**9)


@given(st.lists(st.integers(min_value=0, max_value=10**12), min_size=1, max_size=20), st.sampled_from([0, 10, 11]))
def test_the_demonstration_owes_the_same_for_many_contracts_at_once(values_rp, vat_pct):
    found = contribution_rp(np.array(values_rp), np.full(len(values_rp), vat_pct))
    assert found.tolist() == [naive_total(Fraction(value) * 100 / (100 + vat_pct)) for value in values_rp]


@pytest.mark.parametrize(
    ("on", "pct"), [(date(2022, 3, 31), 10), (date(2022, 4, 1), 11), (date(2021, 1, 1), 10), (date(2026, 12, 31), 11)]
)
def test_value_added_tax_is_that_of_the_day(on, pct):
    assert vat_on(on).pct == pct
    assert without_vat(Decimal(1_100_000) + 10_000 * (pct - 10), on) == 1_000_000


@pytest.mark.parametrize(
    ("on", "total_rp"),
    [
        (date(2020, 7, 31), 1_000_000),
        (date(2020, 8, 1), 10_000),
        (date(2021, 1, 31), 10_000),
        (date(2021, 2, 1), 1_000_000),
    ],
)
def test_the_relief_of_the_pandemic_holds_from_its_first_to_its_last_day(on, total_rp):
    assert owed(500_000_000, on).total_rp == total_rp


def test_an_addendum_owes_the_difference():
    before, after = Decimal(400_000_000), Decimal(600_000_000)
    # 240.000 + 0,19 % of 300 million, and 1.000.000 + 0,15 % of 100 million.
    assert addendum_difference(before, after, TODAY, includes_vat=False) == 1_150_000 - 810_000


def test_an_addendum_that_takes_away_gives_a_difference_below_zero():
    assert addendum_difference(Decimal(600_000_000), Decimal(400_000_000), TODAY, includes_vat=False) == -340_000


def test_an_addendum_after_the_relief_charges_only_what_it_adds():
    before, after = Decimal(100_000_000), Decimal(200_000_000)
    difference = addendum_difference(before, after, date(2021, 3, 1), includes_vat=False, signed_on=date(2020, 9, 1))
    assert difference == 190_000


def test_an_addendum_takes_each_value_without_the_tax_of_its_own_day():
    signed, changed = date(2022, 3, 1), date(2022, 5, 1)
    difference = addendum_difference(
        Decimal(110_000_000), Decimal(222_000_000), changed, includes_vat=True, signed_on=signed
    )
    assert difference == 190_000


def test_known_wages_owe_their_own_percentages():
    month = by_wages(Decimal(50_000_000), TODAY)
    assert (month.jkk_rp, month.jkm_rp, month.total_rp) == (870_000, 150_000, 1_020_000)


def test_the_relief_holds_for_wages_as_well():
    assert by_wages(Decimal(50_000_000), date(2020, 9, 1)).total_rp == 10_200


@pytest.mark.parametrize("value", ["-1", "NaN", "Infinity", "1000000000000001"])
def test_an_amount_that_no_contract_has_is_refused(value):
    with pytest.raises(CakupanError, match=value):
        owed(value)


def test_a_day_before_the_first_tariff_is_refused():
    with pytest.raises(CakupanError, match="1990-01-01"):
        owed(1_000_000, date(1990, 1, 1))
    with pytest.raises(CakupanError, match="1980-01-01"):
        without_vat(Decimal(1_000_000), date(1980, 1, 1))


def test_every_tariff_is_cited_and_none_leaves_a_gap():
    for dated in (tariffs(), vat_rates()):
        assert all(one.article for one in dated)
        for one, following in pairwise(dated):
            assert following.effective_from == one.effective_to + timedelta(days=1)


def test_the_rows_for_a_table_are_those_of_the_tariffs():
    in_force = [row for row in bracket_rows() if row[0] <= TODAY <= row[1]]
    base = Decimal(750_000_000)
    total = sum(
        (max(min(base, upper or base) - lower, Decimal(0)) * (jkk + jkm) / 100)
        for _first, _last, lower, upper, jkk, jkm in in_force
    )
    assert total == owed(base).total_rp == 1_000_000 + 250_000_000 * Decimal("0.0015")
    assert [pct for first, last, pct in vat_rows() if first <= TODAY <= last] == [11]
