"""The contribution a second time, bracket after bracket in whole numbers and fractions."""

from fractions import Fraction

# Permenaker 44/2015 as its table is printed: per 100.000 rupiah of the bracket, JKK and JKM.
STEPS = ((100_000_000, 210, 30), (500_000_000, 170, 20), (1_000_000_000, 130, 20), (5_000_000_000, 110, 10))
ABOVE = (90, 10)


def naive_parts(base: Fraction) -> tuple[Fraction, Fraction]:
    """JKK and JKM of a value without VAT, by going up the brackets one after the other."""
    jkk, jkm, left, reached = Fraction(0), Fraction(0), base, 0
    for upper, jkk_rate, jkm_rate in STEPS:
        part = min(left, Fraction(upper - reached))
        jkk, jkm = jkk + part * jkk_rate / 100_000, jkm + part * jkm_rate / 100_000
        left, reached = left - part, upper
    return jkk + left * ABOVE[0] / 100_000, jkm + left * ABOVE[1] / 100_000


def naive_total(base: Fraction) -> int:
    """Both together in whole rupiah, half up."""
    return int(sum(naive_parts(base)) + Fraction(1, 2))
