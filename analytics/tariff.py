"""What a construction project owes for JKK and JKM: from its contract's value, or from wages where they are known."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from data.errors import CakupanError
from data.tariffs import Tariff, tariff_on, vat_on

RUPIAH = Decimal(1)
# Above a quarter of the state's budget of a year: a mistyped amount, no contract.
MOST_RP = Decimal(10) ** 15


@dataclass(frozen=True)
class Contribution:
    """What is owed in rupiah. Only the total is rounded, half up, once; `base_rp` is the value without VAT, or wages.

    `tariff` names the dated tariff by its code, `article` its source.
    """

    base_rp: Decimal
    jkk_rp: Decimal
    jkm_rp: Decimal
    total_rp: Decimal
    tariff: str
    article: str
    assumption: str


def contribution(value: Decimal, on: date, *, includes_vat: bool) -> Contribution:
    """What a contract signed on a day owes, wages unknown: marginal brackets on its value without VAT.

    `includes_vat`: whether the value holds the VAT of that day. Brackets: Permenaker 44/2015. CakupanError for amounts
    that no contract has and for days before the first tariff.
    """
    return _by_value(without_vat(value, on) if includes_vat else _refuse_odd(value), tariff_on(on))


def without_vat(value: Decimal, on: date) -> Decimal:
    """The value less the VAT of a day that it holds, unrounded."""
    return _refuse_odd(value) * 100 / (100 + vat_on(on).pct)


def addendum_difference(
    before: Decimal, after: Decimal, on: date, *, includes_vat: bool, signed_on: date | None = None
) -> Decimal:
    """New less old contribution of a contract that an addendum of a day changed, in whole rupiah.

    Both by the tariff of the addendum's day, so that what a relief once spared is not charged afterwards; VAT is taken
    off the old value at the rate of its signing (None: that of the addendum). Below zero where the value fell: nothing
    is owed then, and whether anything is paid back no source says.
    """
    old_base = without_vat(before, signed_on or on) if includes_vat else _refuse_odd(before)
    new = contribution(after, on, includes_vat=includes_vat)
    return new.total_rp - _by_value(old_base, tariff_on(on)).total_rp


def by_wages(wages: Decimal, on: date) -> Contribution:
    """What a month's known wages of all workers owe: 1,74 % JKK and 0,30 % JKM, unless a relief holds."""
    tariff, base = tariff_on(on), _refuse_odd(wages)
    return _owed(base, base * tariff.wages.jkk_pct / 100, base * tariff.wages.jkm_pct / 100, tariff)


def _by_value(base: Decimal, tariff: Tariff) -> Contribution:
    jkk = jkm = Decimal(0)
    for bracket in tariff.brackets:
        above = max(base - bracket.lower_rp, Decimal(0))
        part = above if bracket.upper_rp is None else min(above, Decimal(bracket.upper_rp - bracket.lower_rp))
        jkk += part * bracket.jkk_pct / 100
        jkm += part * bracket.jkm_pct / 100
    return _owed(base, jkk, jkm, tariff)


def _owed(base: Decimal, jkk: Decimal, jkm: Decimal, tariff: Tariff) -> Contribution:
    total = (jkk + jkm).quantize(RUPIAH, rounding=ROUND_HALF_UP)
    return Contribution(base, jkk, jkm, total, tariff.code, tariff.article, tariff.assumption)


def _refuse_odd(amount: Decimal) -> Decimal:
    if not amount.is_finite() or amount < 0 or amount > MOST_RP:
        raise CakupanError(f"Jumlah '{amount}' tidak mungkin; tulis rupiah antara 0 dan {MOST_RP:f}.")
    return amount
