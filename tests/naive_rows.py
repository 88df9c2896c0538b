"""The rows of every indicator, scope and breakdown a second time: from the projects and places themselves, no cube.

A row is a dict of what the screen may show. As in tests/naive.py nothing is taken from data/ or analytics/.
"""

from decimal import Decimal

from tests import naive

PEOPLE = ("population_coverage", "active_members", "gap_to_estimate", "new_members", "ended_members")
PLACEMENTS = ("placement_coverage", "site_coverage", "unprotected_placements")
# (all that must be known, known of those, numerator, denominator, what is left out)
REGISTRATIONS = {
    "project_registration": (
        "running_projects",
        "registration_known_projects",
        "registered_projects",
        "running_projects",
        None,
    ),
    "value_registration": (
        "running_projects",
        "registration_known_projects",
        "registered_value_rp",
        "contract_value_rp",
        "unpriced_projects",
    ),
    "on_time_registration": (
        "due_projects",
        "due_known_projects",
        "on_time_projects",
        "due_projects",
        "undated_projects",
    ),
}
YEAR_SO_FAR = {
    "contributions_paid_rp": ("contributions_rp", "unpriced_payments"),
    "projects_registered_ytd": ("projects_registered", None),
    "workers_registered_ytd": ("workers_registered", "unsized_registrations"),
}
ACTIVITIES = (*REGISTRATIONS, "uncovered_worker_days", *YEAR_SO_FAR)
OWNER_AND_FUND = ("owner_type", "owner", "fund", "payer", "level")
# Who pays a fund and whose money it is, as documented; an unstated fund stays for itself.
PAYER = {"APBN": "KPPN", "APBD kabupaten/kota": "BPKAD kabupaten/kota", "Swasta": "Swasta"}
LEVEL = {"APBN": "pusat", "APBD kabupaten/kota": "daerah", "Swasta": "swasta"}
BLANK = dict.fromkeys(
    (
        "numerator",
        "denominator",
        "value",
        "low",
        "high",
        "named_persons",
        "unnamed_headcount",
        "named_days",
        "unnamed_days",
        "running_projects",
        "unsized_projects",
        "left_out",
        "reason",
    )
)


class Month:
    """What a world holds at one month end, and what each of its projects adds to the measures of that month."""

    def __init__(self, world, m):
        self.world, self.m = naive.settled(world), m
        year = [end for end in naive.months(world) if end.year == m.year and end <= m]
        ends = {end: naive.MonthEnd(self.world, end) for end in {*year, m}}
        self.at = ends[m]
        self.before = naive.MonthEnd(self.world, naive.previous_month_end(m))
        self.parts = {code: naive._activity_of(self.world, ends, code, m) for code in self.at.projects}

    def rows(self, indicator, place, by=None, owner=None, fund=None):
        """{(group, issuer of the target or None): row}."""
        if indicator == "target_attainment":
            return {key: row for group in self.places(place, by) for key, row in self._attained(group).items()}
        if indicator in PEOPLE:
            return {(group, None): self._people(indicator, group) for group in self.places(place, by)}
        groups = self._groups(indicator, place, by, owner, fund)
        return {(group, None): self._of_projects(indicator, codes) for group, codes in groups.items()}

    def places(self, place, by):
        """The place itself, or the places or branches it is divided into."""
        if by == "branch":
            branches = [code for code in self.world["branches"] if code.startswith("branch:")]
            return branches if place in (naive.NATION, "16") else []
        return self.at.children(place) if by == "place" else [place]

    def _groups(self, indicator, place, by, owner, fund):
        """{group: its projects that count in the month}; a place stands there without any project, others do not."""
        found = {} if by in OWNER_AND_FUND else {group: [] for group in self.places(place, by)}
        for code, project in self.at.projects.items():
            is_chosen = owner in (None, project["pemilik"]) and fund in (None, project["sumber_dana"] or naive.UNKNOWN)
            if is_chosen and self._adds_something(indicator, code):
                for group in self._groups_of(project, place, by, found):
                    found.setdefault(group, []).append(code)
        return found

    def _groups_of(self, project, place, by, places):
        if by not in OWNER_AND_FUND:
            return [group for group in places if self.at.lies_in(project["wilayah"], group)]
        return [_group_of(project, by)] if self.at.lies_in(project["wilayah"], place) else []

    def _adds_something(self, indicator, code):
        return code in self.at.running if indicator in PLACEMENTS else any(self.parts[code].values())

    def _of_projects(self, indicator, codes):
        if not codes:
            return _row("no_data", reason="no_project")
        if indicator in PLACEMENTS:
            return _placement_row(indicator, self.at._work_row(codes))
        running = [code for code in codes if code in self.at.running]
        counted = self.at.registrations(running) | naive._activity_row([self.parts[code] for code in codes])
        return _activity_row(indicator, counted) | {"running_projects": len(running) or None}

    def _people(self, indicator, place):
        figure = self.at.population(place)
        if figure:
            figure = figure | naive._movement(self.before, self.at, place)
        estimate = self._estimate(place)
        found = naive.population_indicator(indicator, figure, estimate)
        needs_estimate = indicator in ("population_coverage", "gap_to_estimate")
        if needs_estimate and estimate:
            found["denominator"] = estimate[0]
        return BLANK | found

    def _estimate(self, place):
        return naive.denominator(self.world, place, self.m)

    def _attained(self, place):
        """A row for each issuer of a target in our own words; else one that says why there is none."""
        stated = [
            row
            for row in self.world["winners"]["target"]
            if (self._place_of(row["unit"]), row["tahun"]) == (place, self.m.year)
        ]
        ours = [row for row in stated if _is_comparable(row)]
        if not ours:
            return {(place, None): _row("no_denominator", reason="not_comparable" if stated else "no_target")}
        return {(place, row["penerbit"]): self._attainment(row, place) for row in ours}

    def _place_of(self, unit):
        """A place by its code; a branch or group by its code or its name (see tests/worlds.py)."""
        named = {f"Kelompok {code.split(':')[1]}": code for code in self.world["branches"]}
        return named.get(unit, unit)

    def _attainment(self, target, place):
        coverage = self._people("population_coverage", place)
        told = {"numerator": coverage["value"], "denominator": float(target["nilai"])}
        told |= {name: _share_of(coverage[name], target["nilai"]) for name in ("value", "low", "high")}
        return coverage | told


def _group_of(project, by):
    fund = project["sumber_dana"] or naive.UNKNOWN
    return {
        "owner_type": project["jenis_pemilik"] or naive.UNKNOWN,
        "owner": project["pemilik"],
        "fund": fund,
        "payer": PAYER.get(fund, fund),
        "level": LEVEL.get(fund, fund),
    }[by]


def _is_comparable(target):
    words = (target["indikator"], target["segmen"], target["sektor"] or "konstruksi", target["jenis_hitungan"])
    return words == ("population_coverage", "jasa konstruksi", "konstruksi", "posisi akhir bulan")


def _share_of(value, target):
    return None if value is None else 100 * value / float(target)


def _placement_row(indicator, work):
    told = {"running_projects": work["running_projects"], "unsized_projects": work["unsized_projects"]}
    told["left_out"] = work["unsized_projects"]
    if indicator == "site_coverage":
        if work["rostered_projects"] < work["running_projects"]:
            return _row("no_data", reason="not_complete", **told)
        named = {"named_persons": work["protected_persons"]}
        return _share(work["protected_persons"], work["roster_persons"]) | told | named
    if work["judged_projects"] < work["running_projects"]:
        nobody_knows = work["unsized_projects"] == work["running_projects"]
        workers = None if nobody_knows else work["workers"]
        return _row("no_data", reason="not_complete", denominator=workers, **told)
    named, unnamed = work["covered_named"], work["covered_unnamed"]
    told |= {"named_persons": named, "unnamed_headcount": unnamed}
    if indicator == "placement_coverage":
        return _share(named + unnamed, work["workers"]) | told
    gap = work["workers"] - named - unnamed
    return _row("ok", numerator=named + unnamed, denominator=work["workers"], value=gap) | told


def _activity_row(indicator, counted):
    if indicator in REGISTRATIONS:
        every, known, numerator, denominator, left_out = REGISTRATIONS[indicator]
        reason = _why_untold(counted[every], counted[known], [counted[numerator]])
        told = {"left_out": counted[left_out] if left_out else None}
        if reason:
            return _row("no_data", reason=reason, denominator=counted[denominator], **told)
        return _share(counted[numerator], counted[denominator]) | told
    if indicator == "uncovered_worker_days":
        days = [counted["uncovered_named_days"], counted["uncovered_unnamed_days"]]
        reason = _why_untold(counted["projects_at_work"], counted["day_judged_projects"], days)
        told = {"left_out": counted["unsized_projects_at_work"]}
        if reason:
            return _row("no_data", reason=reason, **told)
        return _count(sum(days)) | told | {"named_days": days[0], "unnamed_days": days[1]}
    column, left_out = YEAR_SO_FAR[indicator]
    told = {"left_out": counted[left_out] if left_out else None}
    reason = _why_untold(counted["year_project_months"], counted["known_year_project_months"], [counted[column]])
    return _row("no_data", reason=reason, **told) if reason else _count(counted[column]) | told


def _why_untold(every, known, numbers):
    if every == 0:
        return "no_project"
    if known < every:
        return "not_complete"
    return "none_stated" if None in numbers else None


def _share(numerator, denominator):
    told = {"numerator": numerator, "denominator": denominator}
    if denominator == 0:
        return _row("zero_denominator", **told)
    share = float(100 * Decimal(numerator) / Decimal(denominator))
    return _row("ok" if share <= 100 else "implausible", value=share, **told)


def _count(number):
    return _row("ok", numerator=number, value=number)


def _row(status, **columns):
    return BLANK | {"status": status} | columns
