"""Targets, their course, what is projected and what closes a gap a second time: from worlds, with plain loops.

As in tests/naive.py nothing is taken from data/ or analytics/. Of the measures only population_coverage is followed:
the others differ in what tests/naive_rows.py counts a second time.
"""

from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations

from tests import naive
from tests.naive_rows import _is_comparable

TARGET_WORDS = ("indikator", "segmen", "sektor", "jenis_hitungan", "penerbit")


def versions(world, place, year):
    """{(indicator, segment, sector, counting, issuer): its versions, the one in force first}, without repetitions."""
    world, found = naive.settled(world), {}
    live = naive.live_batches(world, "target")
    rows = sorted((row for row in world["rows"]["target"] if row["batch_id"] in live), key=naive.precedence)
    for row in rows:
        if (_place_of(world, row["unit"]), row["tahun"]) == (place, year):
            earlier = found.setdefault(tuple(row[word] for word in TARGET_WORDS), [])
            if not earlier or _stated(earlier[0]) != _stated(row):
                earlier.insert(0, row)
    return found


def _stated(row):
    return (row["nilai"], row["satuan"], row["dokumen"])


def _place_of(world, unit):
    """A place by its code; a branch or group by its code or its name, however it is written."""
    named = {f"kelompok {code.split(':')[1]}": code for code in world["branches"]}
    return named.get(unit.lower(), unit)


def in_force(world, place, year):
    """{issuer: target} of those in our own words."""
    first = [found[0] for found in versions(world, place, year).values()]
    return {row["penerbit"]: row for row in first if _is_comparable(row)}


def figure(world, m, place):
    """(members, workers, how it is counted) of the place at the month end; None where there is no coverage."""
    if m not in naive.months(world):
        return None
    row = naive.MonthEnd(naive.settled(world), m).population(place)
    estimate = naive.denominator(naive.settled(world), place, m)
    if row is None or row["origin"] == "mixed" or estimate is None or estimate[0] == 0:
        return None
    return (Fraction(row["numerator"]), Fraction(estimate[0]), (row["origin"], row["source"]))


def attainment(world, m, place, target):
    """{pct, gap, expected} of a target of the year of `m`; each None where it cannot be told."""
    now, goal = figure(world, m, place), Fraction(target["nilai"])
    told: dict[str, Fraction | None] = {"pct": None, "gap": None, "expected": None}
    if now:
        told["pct"] = 100 * (100 * now[0] / now[1]) / goal
        told["gap"] = goal * now[1] / 100 - now[0]
    december = date(m.year, 12, 31)
    past = list(seasons(world, m, december, place).values())
    if len(past) >= 3:
        told["expected"] = goal * sum(then / later for then, later in past) / len(past)
    else:
        begin = figure(world, date(m.year - 1, 12, 31), place)
        if begin and now and begin[2] == now[2]:
            start, passed = 100 * begin[0] / now[1], (m - date(m.year - 1, 12, 31)).days
            told["expected"] = start + (goal - start) * Fraction(passed, (december - date(m.year - 1, 12, 31)).days)
    return told


def seasons(world, m, until, place):
    """{earlier year: (members in the same month, members in the month of `until`)}."""
    found = {}
    for year in range(2000, m.year):
        then, later = (figure(world, naive.month_end(date(year, day.month, 1)), place) for day in (m, until))
        if then and later and then[2] == later[2] and then[0] and later[0]:
            found[year] = (then[0], later[0])
    return found


def projected(past, now, left=None):
    """(value, low, high, errors by year) from {year: (then, later, share then known to be left)}."""
    years, errors = sorted(past), {}
    for number, year in enumerate(years):
        if number:
            then, later, known = past[year]
            errors[year] = later / (then * _growth([past[y] for y in years[:number]], known)) - 1
    value = now * _growth([past[year] for year in years], left or 0)
    widest = max(abs(error) for error in errors.values())
    return (value, max(Fraction(0), value * (1 - widest)), value * (1 + widest), errors)


def _growth(past, left):
    came = 0
    for then, later, known in past:
        came += later / then - known
    return left + came / len(past)


def uncovered(world, m, place):
    """({project: workers without cover}, projects of which that cannot be told), of those that run in the place."""
    at, known, unknown = naive.MonthEnd(naive.settled(world), m), {}, set()
    for code in at.running:
        if not at.lies_in(at.projects[code]["wilayah"], place):
            continue
        if at.is_unsized(code) or not at.is_judged(code):
            unknown.add(code)
        elif at.workers(code) > at.covered_placements(code):
            known[code] = at.workers(code) - at.covered_placements(code)
    return known, unknown


def unregistered(world, m, place):
    """({project: 1}, projects of which that cannot be told) likewise."""
    at, known, unknown = naive.MonthEnd(naive.settled(world), m), {}, set()
    for code in at.running:
        if at.lies_in(at.projects[code]["wilayah"], place):
            if not at.registrations_known(code):
                unknown.add(code)
            elif not at.is_registered(code):
                known[code] = 1
    return known, unknown


def fewest(amounts, gap):
    """The smallest number of them that adds up to the gap, by trying all; None where all together do not."""
    for number in range(len(amounts) + 1):
        if any(sum(chosen) >= gap for chosen in combinations(amounts, number)):
            return number
    return None


def left_on(world, m, day, place):
    """The share of covered placements at `m` on projects then known to last until `day`; None where none is covered."""
    at, lasting, covered = naive.MonthEnd(naive.settled(world), m), 0, 0
    for code in at.running:
        if at.lies_in(at.projects[code]["wilayah"], place) and at.is_judged(code) and not at.is_unsized(code):
            covered += at.covered_placements(code)
            if min(at.projects[code]["selesai"], _paid_until(at, code)) >= day:
                lasting += at.covered_placements(code)
    return Fraction(lasting, covered) if covered else None


def _paid_until(at, code):
    project = at.projects[code]
    ends = [
        row["selesai"] or project["selesai"]
        for row in naive.registrations_of(at.world, code)
        if row["tgl_daftar"] <= at.m and row["tgl_bayar"] and row["tgl_bayar"] <= at.m
    ]
    return max(ends, default=project["selesai"])


def weeks(day, later):
    return Fraction((later - day) / timedelta(days=1)) / 7
