"""Who registers a project, when, how late, and with names or only a number of workers."""

from dataclasses import dataclass, replace

import numpy as np

from data.demo.projects import Projects
from data.demo.scenario import AS_OF, FIRST_DAY, NO_DAY, Scenario, day_number

HIGHEST_UNREGISTERED_PCT = 65
CARRIED_OVER_UNTIL = day_number(FIRST_DAY) + 28


@dataclass(frozen=True)
class Cover:
    """Columns of equal length, one element a project; days since 1970-01-01, NO_DAY where it has not happened."""

    registered_day: np.ndarray
    paid_day: np.ndarray
    cover_end: np.ndarray  # before the project's end where an addendum of time was not followed
    members: np.ndarray  # persons registered by name
    headcount: np.ndarray  # workers registered, named or not
    named: np.ndarray


def draw_cover(scenario: Scenario, projects: Projects) -> Cover:
    """Registrations as they stand on AS_OF, before calibration."""
    random = scenario.draws("cover")
    registered_day = _registered_days(scenario, projects, random)
    paid_day = _paid_days(scenario, registered_day, random)
    named = _named(scenario, projects, random) & (registered_day != NO_DAY)
    members = np.where(named, _members(scenario, projects, random), 0)
    extended = random.random(len(named)) * 100 < scenario.settings["adendum_diperpanjang_pct"]
    return Cover(
        registered_day=registered_day,
        paid_day=paid_day,
        cover_end=np.where(extended, projects.end, projects.contract_end),
        members=members,
        headcount=_headcount(projects, registered_day, named, members, random),
        named=named,
    )


def unnamed_on(projects: Projects, cover: Cover, day: int) -> np.ndarray:
    """Per project, registered headcount in force on a day less its named active members, not below 0."""
    in_force = (cover.paid_day != NO_DAY) & (cover.paid_day <= day) & (projects.start <= day) & (day <= cover.cover_end)
    return np.where(in_force, np.maximum(cover.headcount - cover.members, 0), 0)


def with_unnamed_total(projects: Projects, cover: Cover, *, day: int, total: int) -> Cover:
    """The same cover with all numbers registered without names scaled so that `total` are in force on the day.

    The whole series is scaled, so the day does not stand out; the rounding is settled one worker at a time.
    """
    before = int(unnamed_on(projects, cover, day).sum())
    assert before > 0, "no unnamed headcount in force on the reference day"
    adjustable = ~cover.named & ~projects.single_person & (cover.headcount > 0)
    scaled = np.where(adjustable, np.maximum(cover.headcount * total // before, 2), cover.headcount)
    scaled_cover = replace(cover, headcount=scaled)
    missing = total - int(unnamed_on(projects, scaled_cover, day).sum())
    rows = np.flatnonzero(adjustable & (unnamed_on(projects, scaled_cover, day) > 2))
    each, rest = divmod(abs(missing), len(rows))
    steps = np.full(len(rows), each) + (np.arange(len(rows)) < rest)
    scaled[rows] += steps if missing > 0 else -steps
    result = replace(scaled_cover, headcount=scaled)
    assert int(unnamed_on(projects, result, day).sum()) == total, (total, before, missing)
    return result


def _per_project(scenario: Scenario, projects: Projects, name: str) -> np.ndarray:
    return np.array([getattr(scenario.compliance[owner.owner_type], name) for owner in scenario.owners])[projects.owner]


def _per_year(scenario: Scenario, projects: Projects, name: str) -> np.ndarray:
    return np.array([getattr(year, name) for year in scenario.years])[projects.year - scenario.years[0].year]


def _per_place(scenario: Scenario, projects: Projects, name: str) -> np.ndarray:
    return np.array([getattr(place, name) for place in scenario.places])[projects.place]


def _registered_days(scenario: Scenario, projects: Projects, random: np.random.Generator) -> np.ndarray:
    count = len(projects.start)
    unregistered_pct = np.minimum(
        _per_project(scenario, projects, "unregistered_pct")
        * _per_year(scenario, projects, "unregistered_factor")
        * _per_place(scenario, projects, "unregistered_factor"),
        HIGHEST_UNREGISTERED_PCT,
    )
    never = (random.random(count) * 100 < unregistered_pct) & ~projects.single_person
    in_time_days, late_days = scenario.settings["tepat_waktu_hari"], scenario.settings["terlambat_hari"]
    on_time = projects.order_day + random.integers(1, in_time_days + 1, count)
    late = projects.order_day + random.integers(in_time_days + 2, late_days + 1, count)
    before_payment = projects.contract_end - random.integers(1, 6, count)
    habit = random.random(count) * 100
    on_time_factor = _per_year(scenario, projects, "on_time_factor")
    is_on_time = habit < _per_project(scenario, projects, "on_time_pct") * on_time_factor
    is_before_payment = habit >= 100 - _per_project(scenario, projects, "before_payment_pct")
    day = np.where(is_on_time, on_time, np.where(is_before_payment, before_payment, late))
    day = np.maximum(np.minimum(day, projects.contract_end - 1), projects.order_day)
    carried_over = projects.start < CARRIED_OVER_UNTIL
    day = np.where(carried_over, projects.order_day, day)
    return np.where(never | (day > day_number(AS_OF)), NO_DAY, day)


def _paid_days(scenario: Scenario, registered_day: np.ndarray, random: np.random.Generator) -> np.ndarray:
    count = len(registered_day)
    late = random.random(count) * 100 < scenario.settings["bayar_terlambat_pct"]
    paid = registered_day + np.where(late, random.integers(10, 46, count), random.integers(0, 4, count))
    unpaid = random.random(count) * 100 < scenario.settings["tidak_bayar_pct"]
    return np.where((registered_day == NO_DAY) | unpaid | (paid > day_number(AS_OF)), NO_DAY, paid)


def _named(scenario: Scenario, projects: Projects, random: np.random.Generator) -> np.ndarray:
    named_pct = (
        _per_project(scenario, projects, "named_pct")
        * _per_year(scenario, projects, "named_factor")
        * _per_place(scenario, projects, "named_factor")
    )
    return (random.random(len(projects.start)) * 100 < named_pct) & ~projects.single_person


def _members(scenario: Scenario, projects: Projects, random: np.random.Generator) -> np.ndarray:
    known_pct = scenario.settings["nama_dikenal_pct"] + random.integers(-7, 8, len(projects.start))
    return np.maximum(projects.workers * known_pct // 100, 1)


def _headcount(
    projects: Projects, registered_day: np.ndarray, named: np.ndarray, members: np.ndarray, random: np.random.Generator
) -> np.ndarray:
    count = len(members)
    beyond_names = np.where(random.random(count) < 0.2, projects.workers * random.integers(3, 12, count) // 100, 0)
    unnamed = np.maximum(projects.workers * random.integers(86, 106, count) // 100, 2)
    headcount = np.where(named, members + beyond_names, np.where(projects.single_person, 1, unnamed))
    return np.where(registered_day == NO_DAY, 0, headcount)
