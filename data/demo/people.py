"""Persons of the demonstration, on projects and as personal members. All invented: see `identity_numbers`."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from data.demo.cover import Cover
from data.demo.projects import Projects
from data.demo.scenario import AS_OF, FIRST_DAY, NO_DAY, REFERENCE_DAY, Scenario, day_number

FIRST_SERIAL = 9001
RESERVED_PERSONS = 200
KECAMATAN_PER_PLACE = 4


@dataclass(frozen=True)
class Placements:
    """Columns of equal length, one element a person on a project; days since 1970-01-01."""

    project: np.ndarray
    person: np.ndarray
    member: np.ndarray  # registered by name
    on_roster: np.ndarray
    start: np.ndarray
    end: np.ndarray


@dataclass(frozen=True)
class Personal:
    """Columns of equal length, one element a PU or BPU membership; NO_DAY: not ended, not paid."""

    person: np.ndarray
    place: np.ndarray
    is_wage_earner: np.ndarray  # PU, else BPU
    is_construction: np.ndarray
    start: np.ndarray
    end: np.ndarray
    paid_day: np.ndarray


def place_workers(scenario: Scenario, projects: Projects, cover: Cover) -> tuple[Placements, np.ndarray]:
    """Persons on projects, and the home place (an index) of every person so far."""
    random = scenario.draws("people")
    project, member = _slots(scenario, projects, cover, random)
    person, home = _assign(scenario, projects, project)
    person = _in_three_places(scenario, projects, cover, project, member, person)
    left_early = ~member & (random.random(len(project)) < 0.25)
    arrived_late = random.random(len(project)) < 0.2
    days = projects.end[project] - projects.start[project]
    start = projects.start[project] + np.where(arrived_late, _part(days, 0.3, random), 0)
    end = projects.end[project] - np.where(left_early, _part(days, 0.4, random), 0)
    on_roster = (~member | (random.random(len(project)) < 0.97)) & (start <= day_number(AS_OF))
    return Placements(project, person, member, on_roster, start, end), home


def named_on(projects: Projects, cover: Cover, placements: Placements, day: int) -> np.ndarray:
    """Distinct persons with an active project membership on a day, sorted."""
    project = placements.project
    paid = (cover.paid_day[project] != NO_DAY) & (cover.paid_day[project] <= day)
    running = (projects.start[project] <= day) & (day <= cover.cover_end[project])
    return np.unique(placements.person[placements.member & paid & running])


def draw_personal(
    scenario: Scenario, home: np.ndarray, on_projects: np.ndarray, *, named_total: int
) -> tuple[Personal, np.ndarray]:
    """PU and BPU memberships: so many that `named_total` persons are active construction members on REFERENCE_DAY.

    on_projects: persons with an active project membership that day. Also returns the home of every person.
    """
    random = scenario.draws("personal")
    needed = named_total - len(on_projects)
    assert needed > 0, f"{len(on_projects)} named members on projects leave none of {named_total} for PU and BPU"
    spells, home = _personal_spells(scenario, home, needed * 6, random)
    day = day_number(REFERENCE_DAY)
    active = spells.is_construction & (spells.start <= day) & ((spells.end == NO_DAY) | (day <= spells.end))
    active &= (spells.paid_day != NO_DAY) & (spells.paid_day <= day)
    new = np.cumsum(active & ~np.isin(spells.person, on_projects))
    assert new[-1] >= needed, (int(new[-1]), needed)
    count = int(np.searchsorted(new, needed)) + 1
    return replace(spells, **{name: column[:count] for name, column in vars(spells).items()}), home


def identity_numbers(scenario: Scenario, home: np.ndarray) -> np.ndarray:
    """A NIK for every person, as an integer: valid in form, unique, and nobody's.

    Serials start at 9001; registry offices count from 0001 per kecamatan and birth date and never come near it.
    """
    random = scenario.draws("identity")
    count = len(home)
    codes = np.array([int(place.code.replace(".", "")) for place in scenario.places], dtype=np.int64)[home]
    kecamatan = random.integers(1, KECAMATAN_PER_PLACE + 1, count)
    born = random.integers(day_number(date(1964, 1, 1)), day_number(date(2005, 1, 1)), count).astype("datetime64[D]")
    month = born.astype("datetime64[M]")
    day = (born - month).astype(np.int64) + 1 + np.where(random.random(count) < 0.04, 40, 0)
    month_number = month.astype(np.int64) % 12 + 1
    year_number = (born.astype("datetime64[Y]").astype(np.int64) + 1970) % 100
    prefix = ((codes * 100 + kecamatan) * 100 + day) * 10_000 + month_number * 100 + year_number
    return prefix * 10_000 + FIRST_SERIAL + _rank_within(prefix)


def _part(days: np.ndarray, most: float, random: np.random.Generator) -> np.ndarray:
    return np.floor(days * most * random.random(len(days))).astype(np.int64)


def _rank_within(values: np.ndarray) -> np.ndarray:
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    first = np.r_[True, ordered[1:] != ordered[:-1]]
    group_start = np.maximum.accumulate(np.where(first, np.arange(len(values)), 0))
    rank = np.empty(len(values), dtype=np.int64)
    rank[order] = np.arange(len(values)) - group_start
    return rank


def _slots(
    scenario: Scenario, projects: Projects, cover: Cover, random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """One slot a known person of a project: its members first, then workers who were never registered."""
    sends_roster = random.random(len(projects.start)) * 100 < scenario.settings["daftar_nama_pct"]
    unregistered = cover.registered_day == NO_DAY
    later = (projects.workers - cover.members) * scenario.settings["pekerja_susulan_pct"] // 100
    only_roster = np.where(unregistered & sends_roster, projects.workers * 9 // 10, 0)
    extra = np.where(cover.named, np.maximum(later, 0), only_roster)
    count = cover.members + extra
    project = np.repeat(np.arange(len(count)), count)
    slot = np.arange(len(project)) - np.repeat(np.cumsum(count) - count, count)
    return project, slot < cover.members[project]


def _assign(scenario: Scenario, projects: Projects, project: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Workers of a kabupaten take turns in the order in which its projects start: most work on several."""
    place = projects.place[project]
    slots = np.bincount(place, minlength=len(scenario.places))
    largest = np.zeros(len(scenario.places), dtype=np.int64)
    np.maximum.at(largest, projects.place, np.bincount(project, minlength=len(projects.place)))
    pool = np.maximum(slots * scenario.settings["putaran_orang_pct"] // 100, largest * 2)
    pool = np.minimum(pool, np.maximum(slots, 1))
    first_person = np.cumsum(pool) - pool
    order = np.argsort(place, kind="stable")
    turn = np.empty(len(project), dtype=np.int64)
    turn[order] = np.arange(len(project)) - np.repeat(np.cumsum(slots) - slots, slots)
    return first_person[place] + turn % pool[place], np.repeat(np.arange(len(pool)), pool)


def _in_three_places(
    scenario: Scenario, projects: Projects, cover: Cover, project: np.ndarray, member: np.ndarray, person: np.ndarray
) -> np.ndarray:
    """Some persons stand on rosters of three kabupaten at once: real, or a NIK lent to others."""
    day = day_number(REFERENCE_DAY)
    count = scenario.scaled("tiga_tempat_orang")
    busy = member & (projects.start[project] <= day) & (day <= cover.cover_end[project])
    busy &= (cover.paid_day[project] != NO_DAY) & (cover.paid_day[project] <= day)
    places = [
        np.flatnonzero(busy & (projects.place[project] == index))
        for index, place in enumerate(scenario.places)
        if place.code in ("16.07", "16.10", "16.71")
    ]
    count = min(count, *(len(rows) for rows in places))
    spread = [rows[:: max(1, len(rows) // max(1, count))][:count] for rows in places]
    changed = person.copy()
    changed[spread[1]] = person[spread[0]]
    changed[spread[2]] = person[spread[0]]
    return changed


def _personal_spells(
    scenario: Scenario, home: np.ndarray, count: int, random: np.random.Generator
) -> tuple[Personal, np.ndarray]:
    """More memberships than needed, in random order, one a person; a prefix of them is kept."""
    weights = np.cumsum(np.array([place.personal_weight for place in scenario.places]))
    place = np.searchsorted(weights, random.integers(0, weights[-1], count), side="right")
    from_projects = random.random(count) * 100 < scenario.settings["perorangan_dari_proyek_pct"]
    known = random.permutation(len(home))[: int(from_projects.sum())]
    person = len(home) + np.arange(count)
    place[from_projects][: len(known)] = home[known]
    person[np.flatnonzero(from_projects)[: len(known)]] = known
    first, last = day_number(FIRST_DAY), day_number(AS_OF)
    since_start = random.random(count) < 0.24
    start = np.where(since_start, first, first + random.integers(0, last - first, count))
    end = start + random.integers(200, 1800, count)
    is_wage_earner = random.random(count) < 0.6
    paid_day = start + random.integers(0, 15, count)
    spells = Personal(
        person=person,
        place=place,
        is_wage_earner=is_wage_earner,
        is_construction=random.random(count) < 0.93,
        start=start,
        end=np.where((end > last) | (random.random(count) < 0.35), NO_DAY, end),
        paid_day=np.where((random.random(count) < 0.01) | (paid_day > last), NO_DAY, paid_day),
    )
    return spells, np.r_[home, place]
