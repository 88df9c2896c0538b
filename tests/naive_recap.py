"""The recapitulation a second time: group by group from the projects themselves. See tests/naive.py."""

from decimal import Decimal
from typing import Any

from tests import naive

COLUMNS = (
    "projects", "registered", "unregistered", "untold", "contract_value_rp", "workers", "covered", "contributions_rp",
    "persons", "protected_persons",
)  # fmt: skip


def recap(world, m, place, by, owner=None, fund=None):
    """({group: columns}, columns of the scope itself), of which each is None where it is not known."""
    world = naive.settled(world)
    at = {end: naive.MonthEnd(world, end) for end in naive.months(world) if end.year == m.year and end <= m}
    state = at.get(m) or naive.MonthEnd(world, m)
    scope = [
        code
        for code, project in state.projects.items()
        if state.lies_in(project["wilayah"], place)
        and owner in (None, project["pemilik"])
        and fund in (None, _fund(project))
    ]
    groups = {}
    if by == "branch":
        groups = {code: [] for code in world["branches"] if code.startswith("branch:") and place in ("00", "16")}
    elif by == "place":
        groups = {child: [] for child in state.children(place)}
    for code in scope:
        for group in _groups_of(state, state.projects[code], by, groups):
            groups.setdefault(group, []).append(code)
    told = {group: _columns(world, at, state, codes) for group, codes in groups.items()}
    if by in ("owner", "fund"):
        told = {group: told[group] for group, codes in groups.items() if _counts(at, state, codes)}
    return told, _columns(world, at, state, scope)


def _fund(project):
    return project["sumber_dana"] or naive.UNKNOWN


def _groups_of(state, project, by, places):
    if by in ("place", "branch"):
        return [group for group in places if state.lies_in(project["wilayah"], group)]
    return [project["pemilik"] if by == "owner" else _fund(project)]


def _counts(at, state, codes):
    """Whether one of them runs now, or ran at a month end of the year."""
    return any(code in end.running for code in codes for end in {**at, state.m: state}.values())


def _columns(world, at, state, codes):
    running = [code for code in codes if code in state.running]
    known = [code for code in running if state.registrations_known(code)]
    registered = [code for code in known if state.is_registered(code)]
    told: dict[str, Any] = (
        {
            "projects": len(running),
            "registered": len(registered),
            "unregistered": len(known) - len(registered),
            "untold": len(running) - len(known),
        }
        if running
        else {}
    )
    told["contract_value_rp"] = _sum([state.projects[code]["nilai_kontrak"] for code in running])
    sized = [code for code in running if not state.is_unsized(code)]
    if sized or (running and all(state.is_judged(code) for code in running)):
        told["workers"] = sum(state.workers(code) for code in sized)
    if running and all(state.is_judged(code) for code in running):
        told["covered"] = sum(state.covered_placements(code) for code in running)
    if running and all(state.is_rostered(code) for code in running):
        persons = set().union(*(state.roster[code] for code in running))
        exposed = set().union(*(state.roster[code] - state.covered(code) for code in running))
        told |= {"persons": len(persons), "protected_persons": len(persons - exposed)}
    told["contributions_rp"] = _contributions(world, at, state, codes)
    return dict.fromkeys(COLUMNS) | told


def _contributions(world, at, state, codes):
    """Where every month end of the year at which a project runs is known; 0 where nothing was paid."""
    ends = [(end, code) for end in at.values() for code in codes if code in end.running]
    if not ends or not all(end.registrations_known(code) for end, code in ends):
        return None
    paid = [amount for code in codes for amount in _payments(world, at, state, code)]
    return _sum(paid) if paid else Decimal(0)


def _payments(world, at, state, code):
    project = state.projects[code]
    if not naive.in_register(world, project):
        return []
    return naive._year_of(world, at, project, state.m)["payments"]


def _sum(amounts):
    stated = [amount for amount in amounts if amount is not None]
    return sum(stated) if stated else None
