"""What an edition must hold, a second time: slow and obvious, from plain Python data with loops and sets.

A world is a dict of plain data:

`batches`   list of {batch_id, kind, data_as_of, delivery, scope_kind, scope_value, undone, period: (from, to)}
`rows`      {kind: list of dicts}: batch_id, data_as_of and the columns of the ledger's table of that kind
`places`    {code: parent code or None}: nation, provinces, kabupaten/kota
`branches`  {code: list of kabupaten/kota codes}: branches, and groups of places that count in the same way
`as_of`     the date of publication
`report_sources`, `denominator_sources`   configured order of sources, may be absent
`personal_covers_project`                 may be absent: true

Nothing here may be taken from data/ or analytics/: it is worth something only while it is independent.
"""

from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import holidays

NATION = "00"
UNKNOWN = "belum diisi"
ALL = ("semua",)
ALL_SECTORS = "semua sektor"
SPOKEN_OF = {"jasa konstruksi": "konstruksi", "semua segmen": ALL_SECTORS}
SECTORS = (
    "pertanian", "pertambangan", "industri pengolahan", "listrik dan gas", "air dan limbah", "konstruksi",
    "perdagangan", "transportasi dan pergudangan", "akomodasi dan makan minum", "informasi dan komunikasi",
    "keuangan dan asuransi", "real estat", "jasa perusahaan", "administrasi pemerintahan",
    "jasa pendidikan", "jasa kesehatan", "jasa lainnya",
)  # fmt: skip


def month_end(day):
    """The last day of the month that holds `day`."""
    first_of_next = date(day.year + (day.month == 12), day.month % 12 + 1, 1)
    return first_of_next - timedelta(days=1)


def previous_month_end(m):
    return m.replace(day=1) - timedelta(days=1)


def months(world, first=None):
    """Month ends to the last ≤ as_of, from the first with data: a running project, a construction member, a report.

    `first` begins them earlier: the texts leave open what else is data.
    """
    world, last = settled(world), month_end(world["as_of"])
    if last > world["as_of"]:
        last = previous_month_end(last)
    m, found = month_end(min(_earliest_day(world), first or date.max)), []
    while m <= last:
        if found or m == first or _has_data(MonthEnd(world, m)):
            found.append(m)
        m = month_end(m + timedelta(days=1))
    return found


def _earliest_day(world):
    days = [world["as_of"]]
    for rows in world["rows"].values():
        for row in rows:
            days += [row[name] for name in ("mulai", "bulan", "per_tanggal") if row.get(name)]
    return min(days)


def _has_data(at):
    stated = [row for row in at.officials if row["segmen"] in SPOKEN_OF and row["peserta"] is not None]
    return bool(at.running or at.jakon or at.personal_construction or at.recaps or stated)


def natural_key(world, kind, row):
    """What makes two rows of one kind the same thing; None for a row that waits for its project."""
    if kind == "proyek":
        return (row["kode_proyek"],)
    if kind == "pendaftaran":
        project = project_of_registration(world, row)
        if project not in {known["kode_proyek"] for known in world["winners"]["proyek"]}:
            return None
        return ("no", row["no_proyek_bpjs"]) if row["no_proyek_bpjs"] else ("proyek", project, row["tgl_daftar"])
    if kind == "tenaga_kerja":
        return (row["person_id"], row["kode_proyek"], row["mulai"])
    if kind == "kepesertaan":
        where = row["kode_proyek"] if row["segmen"] == "JAKON" else row["wilayah"]
        return (row["person_id"], row["segmen"], where, row["mulai"])
    if kind == "rekap":
        return (row["wilayah"], row["bulan"], row["segmen"], row["sektor"], row["sumber"])
    if kind == "penduduk_bekerja":
        return (row["wilayah"], row["sektor"], row["per_tanggal"], row["sumber"])
    if kind == "target":
        return tuple(row[name] for name in TARGET_KEY)
    assert kind == "angka_resmi", kind
    return (row["wilayah"], row["per_tanggal"], row["segmen"], row["sumber"])


def project_of_registration(world, row):
    """kode_proyek, else the only known project with that no_spk, else None."""
    if row["kode_proyek"]:
        return row["kode_proyek"]
    named = [project["kode_proyek"] for project in world["winners"]["proyek"] if project["no_spk"] == row["no_spk"]]
    return named[0] if row["no_spk"] and len(named) == 1 else None


def live_batches(world, kind):
    return {batch["batch_id"]: batch for batch in world["batches"] if batch["kind"] == kind and not batch["undone"]}


KINDS = ("proyek", "pendaftaran", "tenaga_kerja", "kepesertaan", "rekap", "penduduk_bekerja", "angka_resmi", "target")
TARGET_KEY = ("unit", "tahun", "indikator", "segmen", "sektor", "jenis_hitungan", "penerbit")


def settled(world):
    """The world with its winning rows by kind and the children of its places."""
    world = {**world, "winners": {}, "children": dict(world["branches"])}
    for place, parent in world["places"].items():
        world["children"].setdefault(parent, []).append(place)
    for kind in KINDS:
        world["winners"][kind] = _winners(world, kind)
    return world


def _winners(world, kind):
    """Per natural key the live row with the latest data_as_of, ties by batch_id."""
    live, best = live_batches(world, kind), {}
    for row in world["rows"].get(kind, []):
        key = natural_key(world, kind, row)
        if row["batch_id"] not in live or key is None:
            continue
        if key not in best or precedence(row) > precedence(best[key]):
            best[key] = row
    return list(best.values())


def precedence(row):
    return (row["data_as_of"], row["batch_id"])


def within(world, place, scope):
    """Whether `place` is `scope` or lies below it."""
    while place is not None:
        if place == scope:
            return True
        place = world["places"][place]
    return False


def sees(world, areas, place):
    """Whether who was granted these areas (None: all) may see the numbers of a place, branch or group."""
    if areas is None or place in areas:
        return True
    if place in world["branches"]:
        members = world["branches"][place]
        return bool(members) and all(sees(world, areas, member) for member in members)
    granted = [area for area in areas if area in world["places"]]
    return any(within(world, place, area) for area in granted) or any(
        place in world["branches"].get(area, []) for area in areas
    )


def without_unseen(world, areas, owners):
    """The world as if projects outside these areas, and of other owners than these (None: all), had never been."""
    unseen = {
        project["kode_proyek"]
        for project in settled(world)["winners"]["proyek"]
        if not sees(world, areas, project["wilayah"]) or (owners is not None and project["pemilik"] not in owners)
    }
    left = [row for row in world["rows"]["proyek"] if row["kode_proyek"] not in unseen]
    return world | {"rows": world["rows"] | {"proyek": left}}


def in_scope(world, batch, place, owner):
    if batch["scope_kind"] == "wilayah":
        return place is not None and within(world, place, batch["scope_value"])
    return owner is not None and owner == batch["scope_value"]


def is_ended(world, kind, row, place, owner, m):
    """Whether a later complete delivery whose period holds `m`, and which should list the row, does not list it."""
    for batch in live_batches(world, kind).values():
        if batch["delivery"] != "lengkap" or not batch["period"][0] <= m <= batch["period"][1]:
            continue
        is_later = (batch["data_as_of"], batch["batch_id"]) > precedence(row)
        if is_later and in_scope(world, batch, place, owner) and not _lists(world, kind, batch, row):
            return True
    return False


def _lists(world, kind, batch, row):
    key = natural_key(world, kind, row)
    of_batch = [other for other in world["rows"].get(kind, []) if other["batch_id"] == batch["batch_id"]]
    return any(natural_key(world, kind, other) == key for other in of_batch)


class MonthEnd:
    """The state of a world on one month end: sets of persons by project and place."""

    def __init__(self, world, m):
        self.world, self.m = world, m
        self.projects = {row["kode_proyek"]: row for row in world["winners"]["proyek"]}
        self.running = {code for code, project in self.projects.items() if self._runs(project)}
        self.roster = {code: self._roster(code) for code in self.projects}
        self.jakon = self._jakon()
        self.personal, self.personal_construction = self._personal()
        self.recaps = [row for row in world["winners"]["rekap"] if month_end(row["bulan"]) == m]
        self.officials = [
            row for row in world["winners"]["angka_resmi"] if row["per_tanggal"] and month_end(row["per_tanggal"]) == m
        ]
        self.complete_scopes = {}
        self.figures = {}

    def _runs(self, project):
        if not project["mulai"] <= self.m <= project["selesai"]:
            return False
        return not is_ended(self.world, "proyek", project, project["wilayah"], project["pemilik"], self.m)

    def _counts(self, kind, row, first, last, project):
        """Whether the row of a known project holds on the month end."""
        if not first <= self.m <= last:
            return False
        return not is_ended(self.world, kind, row, project["wilayah"], project["pemilik"], self.m)

    def _roster(self, code):
        persons = set()
        for row in self.world["winners"]["tenaga_kerja"]:
            if row["kode_proyek"] != code or code not in self.running:
                continue
            if self._counts("tenaga_kerja", row, row["mulai"], row["selesai"] or date.max, self.projects[code]):
                persons.add(row["person_id"])
        return persons

    def _jakon(self):
        """Persons with an active membership by known project."""
        active = {}
        for row in self.world["winners"]["kepesertaan"]:
            project = self.projects.get(row["kode_proyek"]) if row["segmen"] == "JAKON" else None
            if project is None or row["tgl_bayar"] is None or row["tgl_bayar"] > self.m:
                continue
            if self._counts("kepesertaan", row, row["mulai"], row["selesai"] or project["selesai"], project):
                active.setdefault(row["kode_proyek"], set()).add(row["person_id"])
        return active

    def _personal(self):
        """Persons with any active PU or BPU membership, and those in construction by place."""
        persons, construction = set(), {}
        for row in self.world["winners"]["kepesertaan"]:
            if row["segmen"] == "JAKON" or row["tgl_bayar"] is None or row["tgl_bayar"] > self.m:
                continue
            if not row["mulai"] <= self.m <= (row["selesai"] or date.max):
                continue
            if is_ended(self.world, "kepesertaan", row, row["wilayah"], None, self.m):
                continue
            persons.add(row["person_id"])
            if row["sektor"] == "konstruksi":
                construction.setdefault(row["wilayah"], set()).add(row["person_id"])
        return persons, construction

    def headcount(self, code):
        return sum(self.headcounts(code))

    def headcounts(self, code):
        """Known tenaga_kerja of the project's paid registrations whose cover holds on the month end."""
        project, found = self.projects[code], []
        for row in self.world["winners"]["pendaftaran"]:
            if project_of_registration(self.world, row) != code:
                continue
            if row["tgl_bayar"] is None or row["tgl_bayar"] > self.m:
                continue
            first, last = row["mulai"] or project["mulai"], row["selesai"] or project["selesai"]
            if row["tenaga_kerja"] is not None and self._counts("pendaftaran", row, first, last, project):
                found.append(row["tenaga_kerja"])
        return found

    def unnamed(self, code):
        return max(0, self.headcount(code) - len(self.jakon.get(code, set())))

    def children(self, place):
        return self.world["children"].get(place, [])

    def complete(self, kind, place):
        """Whether complete deliveries of the kind cover the place on the month end."""
        if kind not in self.complete_scopes:
            self.complete_scopes[kind] = self._scopes(kind, "wilayah")
        return self._complete(self.complete_scopes[kind], place)

    def _complete(self, scopes, place):
        is_branch = place in self.world["branches"]
        if not is_branch and any(within(self.world, place, scope) for scope in scopes):
            return True
        children = self.children(place)
        return bool(scopes and children) and all(self._complete(scopes, child) for child in children)

    def _scopes(self, kind, scope_kind):
        return {
            batch["scope_value"]
            for batch in live_batches(self.world, kind).values()
            if batch["delivery"] == "lengkap"
            and batch["scope_kind"] == scope_kind
            and batch["period"][0] <= self.m <= batch["period"][1]
        }

    def complete_for_project(self, kind, code):
        project = self.projects[code]
        declared = any(within(self.world, project["wilayah"], scope) for scope in self._scopes(kind, "wilayah"))
        return declared or project["pemilik"] in self._scopes(kind, "pemilik")

    def lies_in(self, where, place):
        if place in self.world["branches"]:
            return where in self.world["branches"][place]
        return within(self.world, where, place)

    def named(self, place):
        persons = set()
        for code, members in self.jakon.items():
            if self.lies_in(self.projects[code]["wilayah"], place):
                persons |= members
        for where, members in self.personal_construction.items():
            if self.lies_in(where, place):
                persons |= members
        return persons

    def report(self, place):
        """The place's own report of the month: (number, half its rounding unit, source, its date), or None."""
        return self._recap(place) or self._official(place)

    def _recap(self, place):
        rows = [
            row
            for row in self.recaps
            if row["wilayah"] == place and (row["segmen"] == "JAKON" or row["sektor"] == "konstruksi")
        ]
        with_jakon = {row["sumber"] for row in rows if row["segmen"] == "JAKON"}
        rows = self._of_one_source([row for row in rows if row["sumber"] in with_jakon])
        if not rows:
            return None
        number = sum(self._members_of_segment(rows, segment) for segment in ("JAKON", "PU", "BPU"))
        return (number, 0, rows[0]["sumber"], self.m)

    def _members_of_segment(self, rows, segment):
        """A row without a sector is the segment's total and stands for all of it; else its sectors add up."""
        of_segment = [row for row in rows if row["segmen"] == segment]
        totals = [row["peserta_aktif"] for row in of_segment if row["sektor"] is None]
        return sum(totals or [row["peserta_aktif"] for row in of_segment])

    def _official(self, place, segment="jasa konstruksi"):
        rows = [
            row
            for row in self.officials
            if row["wilayah"] == place and row["segmen"] == segment and row["peserta"] is not None
        ]
        latest = max((row["per_tanggal"] for row in rows), default=None)
        rows = self._of_one_source([row for row in rows if row["per_tanggal"] == latest])
        if not rows:
            return None
        row = rows[0]
        return (row["peserta"], (row["peserta_presisi"] or 0) / 2, row["sumber"], row["per_tanggal"])

    def _of_one_source(self, rows):
        """The rows of the first source in configured order, then of the latest data_as_of, then batch, then name."""
        order = self.world.get("report_sources", [])

        def merit(source):
            latest = max(precedence(row) for row in rows if row["sumber"] == source)
            return (-_rank(order, source), latest, [-ord(letter) for letter in source])

        if not rows:
            return []
        best = max({row["sumber"] for row in rows}, key=merit)
        return [row for row in rows if row["sumber"] == best]

    def population(self, place):
        """The place's row of the edition's `population`, or None when nothing is known."""
        if place not in self.figures:
            self.figures[place] = self._population(place)
        return self.figures[place]

    def _population(self, place):
        if self.complete("kepesertaan", place):
            named = len(self.named(place))
            here = [code for code, project in self.projects.items() if self.lies_in(project["wilayah"], place)]
            unnamed = sum(self.unnamed(code) for code in here)
            is_known = any(map(self.headcounts, here)) or self.complete("pendaftaran", place)
            return _figure(named + unnamed, 0, "persons", named=named, unnamed=unnamed if is_known else None)
        report = self.report(place)
        if report:
            number, half_unit, source, own_date = report
            return _figure(number, half_unit, "report", source=source, as_of=own_date)
        parts = [part for part in map(self.population, self.children(place)) if part]
        if not parts:
            return None
        return _figure(sum(part["numerator"] for part in parts), sum(part["half_unit"] for part in parts), "mixed")

    def sector_members(self, place, sector):
        """The place's row of the edition's `sector_members`, or None: its own report, else what its parts report."""
        report = self._sector_recap(place, sector)
        if report is None and sector == ALL_SECTORS:
            report = self._official(place, "semua segmen")
        if report:
            number, half_unit, source, own_date = report
            return _reported(number, half_unit, "report", source=source, as_of=own_date)
        parts = [part for child in self.children(place) if (part := self.sector_members(child, sector))]
        if not parts:
            return None
        return _reported(sum(part["numerator"] for part in parts), sum(part["half_unit"] for part in parts), "mixed")

    def _sector_recap(self, place, sector):
        numbers, used = {}, []
        here = [row for row in self.recaps if row["wilayah"] == place]
        for source in {row["sumber"] for row in here}:
            of_source = [row for row in here if row["sumber"] == source]
            number, rows = (
                self._all_sectors(of_source) if sector == ALL_SECTORS else self._one_sector(of_source, sector)
            )
            if number is not None:
                numbers[source] = number
                used += rows
        rows = self._of_one_source(used)
        return (numbers[rows[0]["sumber"]], 0, rows[0]["sumber"], self.m) if rows else None

    def _one_sector(self, rows, sector):
        """Members of PU and BPU together, where both are told."""
        found = [row for row in rows if row["sektor"] == sector and row["segmen"] != "JAKON"]
        return (sum(row["peserta_aktif"] for row in found) if len(found) == 2 else None), found

    def _all_sectors(self, rows):
        """All segments together, where all three are told: by a total, or by every sector."""
        for segment in ("JAKON", "PU", "BPU"):
            of_segment = [row for row in rows if row["segmen"] == segment]
            sectors = {row["sektor"] for row in of_segment}
            if not ((sectors and segment == "JAKON") or None in sectors or sectors == set(SECTORS)):
                return None, []
        return sum(self._members_of_segment(rows, segment) for segment in ("JAKON", "PU", "BPU")), rows

    def workers(self, code):
        return max(len(self.roster[code]), self.projects[code]["tenaga_kerja"] or 0)

    def is_unsized(self, code):
        return not self.roster[code] and self.projects[code]["tenaga_kerja"] is None

    def is_judged(self, code):
        if not self.complete_for_project("pendaftaran", code):
            return False
        return not self.roster[code] or self.complete_for_project("kepesertaan", code)

    def is_rostered(self, code):
        return self.complete_for_project("tenaga_kerja", code) and self.complete_for_project("kepesertaan", code)

    def covered(self, code):
        """Persons of the roster who are covered on the project."""
        cover = set(self.jakon.get(code, set()))
        if self.world.get("personal_covers_project", True):
            cover |= self.personal
        return self.roster[code] & cover

    def covered_unnamed(self, code):
        members_on_roster = self.roster[code] & self.jakon.get(code, set())
        return min(self.workers(code) - len(self.roster[code]), max(0, self.headcount(code) - len(members_on_roster)))

    def covered_placements(self, code):
        return len(self.covered(code)) + self.covered_unnamed(code)

    def registrations_known(self, code):
        return self.complete_for_project("pendaftaran", code)

    def is_registered(self, code):
        """Whether a registration of the project dated by the month end stands then."""
        return any(
            row["tgl_daftar"] <= self.m and not self.is_withdrawn("pendaftaran", row, code)
            for row in registrations_of(self.world, code)
        )

    def is_withdrawn(self, kind, row, code):
        project = self.projects[code]
        return is_ended(self.world, kind, row, project["wilayah"], project["pemilik"], self.m)

    def days_at_work(self, code):
        """Days of the month on which the project runs."""
        project = self.projects[code]
        if not in_register(self.world, project) or self.is_withdrawn("proyek", project, code):
            return []
        return [day for day in days_of_month(self.m) if project["mulai"] <= day <= project["selesai"]]

    def work_days(self, code):
        """{person: days of the month on the roster of the running project}."""
        found = {}
        for row in self.world["winners"]["tenaga_kerja"]:
            if row["kode_proyek"] != code or self.is_withdrawn("tenaga_kerja", row, code):
                continue
            for day in self.days_at_work(code):
                if row["mulai"] <= day <= (row["selesai"] or date.max):
                    found.setdefault(row["person_id"], set()).add(day)
        return found

    def cover_days(self, code, person):
        """Days of the month on which the person is covered on the project."""
        found = set()
        for row in self.world["winners"]["kepesertaan"]:
            if row["person_id"] == person and row["tgl_bayar"] and self._covers(row, code):
                last = row["selesai"] or (self.projects[code]["selesai"] if row["segmen"] == "JAKON" else date.max)
                first = max(row["mulai"], row["tgl_bayar"])
                found |= {day for day in days_of_month(self.m) if first <= day <= last}
        return found

    def _covers(self, row, code):
        if row["segmen"] == "JAKON":
            return row["kode_proyek"] == code and not self.is_withdrawn("kepesertaan", row, code)
        is_gone = is_ended(self.world, "kepesertaan", row, row["wilayah"], None, self.m)
        return self.world.get("personal_covers_project", True) and not is_gone

    def headcount_days(self, code):
        """Days of registered headcount in force on the running project."""
        project, total = self.projects[code], 0
        for row in registrations_of(self.world, code):
            if row["tgl_bayar"] is None or row["tenaga_kerja"] is None:
                continue
            if self.is_withdrawn("pendaftaran", row, code):
                continue
            first, last = row["mulai"] or project["mulai"], row["selesai"] or project["selesai"]
            days = [day for day in self.days_at_work(code) if first <= day <= last and row["tgl_bayar"] <= day]
            total += row["tenaga_kerja"] * len(days)
        return total

    def groups(self, code):
        """Every (place, owner group, fund) of the project; an owner group is ALL, its type, or the owner."""
        project = self.projects[code]
        places = [
            place
            for place in [*self.world["places"], *self.world["branches"]]
            if self.lies_in(project["wilayah"], place)
        ]
        owners = [ALL, ("jenis", project["jenis_pemilik"] or UNKNOWN), ("pemilik", project["pemilik"])]
        funds = ["*", project["sumber_dana"] or UNKNOWN]
        return [(place, owner, fund) for place in places for owner in owners for fund in funds]

    def work(self):
        """{(place, owner group, fund): row of the edition's `work`} of the groups with a running project."""
        members = {}
        for code in self.running:
            for group in self.groups(code):
                members.setdefault(group, []).append(code)
        return {group: self._work_row(codes) for group, codes in members.items()}

    def _work_row(self, codes):
        judged = [code for code in codes if self.is_judged(code)]
        persons = set().union(*(self.roster[code] for code in codes))
        exposed = set().union(*(self.roster[code] - self.covered(code) for code in codes))
        return {
            "running_projects": len(codes),
            "judged_projects": len(judged),
            "unsized_projects": sum(self.is_unsized(code) for code in codes),
            "workers": sum(self.workers(code) for code in codes),
            "covered_named": sum(len(self.covered(code)) for code in judged),
            "covered_unnamed": sum(self.covered_unnamed(code) for code in judged),
            "judged_workers": sum(self.workers(code) for code in judged),
            "rostered_projects": sum(self.is_rostered(code) for code in codes),
            "roster_persons": len(persons),
            "protected_persons": len(persons - exposed),
            "covered_squares": sum(self.covered_placements(code) ** 2 for code in judged),
            "covered_by_workers": sum(self.covered_placements(code) * self.workers(code) for code in judged),
            "workers_squares": sum(self.workers(code) ** 2 for code in judged),
        }

    def registrations(self, codes):
        """What the edition's `activity` says of registrations of these running projects."""
        known = [code for code in codes if self.registrations_known(code)]
        registered = [code for code in known if self.is_registered(code)]
        values = {code: self.projects[code]["nilai_kontrak"] for code in codes}
        priced = [code for code in codes if values[code] is not None]
        return {
            "running_projects": len(codes),
            "agency_placed_projects": sum(self.projects[code]["wilayah_dari"] == "instansi" for code in codes),
            "registration_known_projects": len(known),
            "registered_projects": len(registered),
            "unpriced_projects": len(codes) - len(priced),
            "contract_value_rp": sum(values[code] for code in priced) if priced else None,
            "registered_value_rp": sum(values[code] or Decimal(0) for code in registered) if priced else None,
        }


def _figure(numerator, half_unit, origin, *, named=None, unnamed=None, source=None, as_of=None):
    """`source` and `as_of` are None where the texts fix no value: persons and mixed."""
    return {
        "numerator": numerator,
        "half_unit": half_unit,
        "origin": origin,
        "named_persons": named,
        "unnamed_headcount": unnamed,
        "source": source,
        "as_of": as_of,
    }


def _reported(numerator, half_unit, origin, *, source=None, as_of=None):
    """`source` and `as_of` are None for mixed: the texts fix no value."""
    return {"numerator": numerator, "half_unit": half_unit, "origin": origin, "source": source, "as_of": as_of}


def _rank(order, source):
    return order.index(source) if source in order else len(order)


def population(world, first=None):
    """{(place, month): row of the edition's `population`}; `first` as for `months`."""
    world, rows, before = settled(world), {}, None
    for m in months(world, first):
        before = before or MonthEnd(world, previous_month_end(m))
        at = MonthEnd(world, m)
        for place in [*world["places"], *world["branches"]]:
            row = at.population(place)
            if row:
                rows[place, m] = row | _movement(before, at, place)
        before = at
    return rows


def _movement(before, at, place):
    if not (at.complete("kepesertaan", place) and before.complete("kepesertaan", place)):
        return {"new_members": None, "ended_members": None}
    now, then = at.named(place), before.named(place)
    return {"new_members": len(now - then), "ended_members": len(then - now)}


def sector_members(world):
    """{(place, sector, month): row of the edition's `sector_members`}."""
    world, rows = settled(world), {}
    for m in months(world):
        at = MonthEnd(world, m)
        sectors = {row["sektor"] for row in at.recaps} - {None, "konstruksi"} | {ALL_SECTORS}
        for place in [*world["places"], *world["branches"]] if at.recaps or at.officials else []:
            for sector in sectors:
                row = at.sector_members(place, sector)
                if row:
                    rows[place, sector, m] = row
    return rows


def work(world):
    """{(place, owner group, fund, month): row of the edition's `work`}."""
    world = settled(world)
    return {(*group, m): row for m in months(world) for group, row in MonthEnd(world, m).work().items()}


def days_of_month(m):
    return [m.replace(day=number) for number in range(1, m.day + 1)]


@cache
def deadline(work_order_date):
    """The 14th working day after the work order: neither weekend nor national holiday."""
    free, day, left = holidays.country_holidays("ID"), work_order_date, 14
    while left:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in free:
            left -= 1
    return day


def registrations_of(world, code):
    return [row for row in world["winners"]["pendaftaran"] if project_of_registration(world, row) == code]


def in_register(world, project):
    """Unless a later complete delivery over the project's whole time does not list it."""
    for batch in live_batches(world, "proyek").values():
        if batch["delivery"] != "lengkap" or (batch["data_as_of"], batch["batch_id"]) <= precedence(project):
            continue
        is_whole = batch["period"][0] <= project["mulai"] and project["selesai"] <= batch["period"][1]
        in_reach = in_scope(world, batch, project["wilayah"], project["pemilik"])
        if is_whole and in_reach and not _lists(world, "proyek", batch, project):
            return False
    return True


def activity(world):
    """{(place, owner group, fund, month): row of the edition's `activity`}."""
    world, at, found = settled(world), {}, {}
    for m in months(world):
        at[m] = MonthEnd(world, m)
        members = {}
        for code in at[m].projects:
            parts = _activity_of(world, at, code, m)
            if any(parts.values()):
                for group in at[m].groups(code):
                    members.setdefault(group, {})[code] = parts
        for group, parts in members.items():
            running = [code for code in parts if code in at[m].running]
            found[(*group, m)] = at[m].registrations(running) | _activity_row(parts.values())
    return found


def _activity_of(world, at, code, m):
    """What one project adds: lists and numbers, all empty where it adds nothing."""
    project = at[m].projects[code]
    if not in_register(world, project):
        return {}
    return _deadline_of(world, at, project, m) | _year_of(world, at, project, m) | _exposure_of(at[m], code)


def _deadline_of(world, at, project, m):
    year_before = month_end(date(m.year - 1, m.month, 1))
    if project["tgl_spk"] is None:
        return {"undated": int(year_before < project["mulai"] <= m)}
    due = deadline(project["tgl_spk"])
    if not year_before < due <= m:
        return {}
    then = at[month_end(due)] if month_end(due) in at else MonthEnd(world, month_end(due))
    code = project["kode_proyek"]
    on_time = any(
        row["tgl_daftar"] <= due and not then.is_withdrawn("pendaftaran", row, code)
        for row in registrations_of(world, code)
    )
    known = then.registrations_known(code)
    return {"due": 1, "due_known": int(known), "on_time": int(known and on_time)}


def _year_of(world, at, project, m):
    """The year to the month end: month ends of the project, its registrations and payments."""
    code = project["kode_proyek"]
    running = [end for end in at if end.year == m.year and end <= m and code in at[end].running]

    def in_year(row, column):
        day = row[column]
        if day is None or day.year != m.year or day > m:
            return False
        then = at[month_end(day)] if month_end(day) in at else MonthEnd(world, month_end(day))
        return not then.is_withdrawn("pendaftaran", row, code)

    rows = registrations_of(world, code)
    return {
        "months": len(running),
        "months_known": sum(at[end].registrations_known(code) for end in running),
        "headcounts": [row["tenaga_kerja"] for row in rows if in_year(row, "tgl_daftar")],
        "payments": [row["iuran_dibayar"] for row in rows if in_year(row, "tgl_bayar")],
    }


def _exposure_of(state, code):
    days = state.days_at_work(code)
    if not days:
        return {}
    working = state.work_days(code)
    named = sum(len(worked) for worked in working.values())
    exposed = sum(len(worked - state.cover_days(code, person)) for person, worked in working.items())
    declared = state.projects[code]["tenaga_kerja"]
    unnamed = max(0, (declared or 0) * len(days) - named)
    covered = min(unnamed, max(0, state.headcount_days(code) - (named - exposed)))
    is_judged = state.registrations_known(code) and (named == 0 or state.complete_for_project("kepesertaan", code))
    return {
        "at_work": 1,
        "judged": int(is_judged),
        "unsized": int(declared is None and named == 0),
        "named_days": exposed if is_judged else 0,
        "unnamed_days": unnamed - covered if is_judged else 0,
    }


def _activity_row(of_projects):
    def total(name):
        return sum(parts.get(name, 0) for parts in of_projects)

    headcounts = [count for parts in of_projects for count in parts["headcounts"]]
    payments = [amount for parts in of_projects for amount in parts["payments"]]
    is_unsized = total("unsized") == total("at_work")
    return {
        "due_projects": total("due"),
        "due_known_projects": total("due_known"),
        "on_time_projects": total("on_time"),
        "undated_projects": total("undated"),
        "year_project_months": total("months"),
        "known_year_project_months": total("months_known"),
        "projects_registered": sum(bool(parts["headcounts"]) for parts in of_projects),
        "registrations": len(headcounts),
        "unsized_registrations": headcounts.count(None),
        "workers_registered": _sum_of_known(headcounts),
        "payments": len(payments),
        "unpriced_payments": payments.count(None),
        "contributions_rp": _sum_of_known(payments),
        "projects_at_work": total("at_work"),
        "day_judged_projects": total("judged"),
        "unsized_projects_at_work": total("unsized"),
        "uncovered_named_days": None if is_unsized else total("named_days"),
        "uncovered_unnamed_days": None if is_unsized else total("unnamed_days"),
    }


def _sum_of_known(amounts):
    """None where there are some and not one is known."""
    known = [amount for amount in amounts if amount is not None]
    return None if amounts and not known else sum(known)


def vintages(world, sector="konstruksi"):
    """{(place, per_tanggal, source): (workers, low, high)} for the sector, reported potential included."""
    found = {}
    for row in world["winners"]["penduduk_bekerja"]:
        if row["sektor"] == sector:
            found[row["wilayah"], row["per_tanggal"], row["sumber"]] = (row["pekerja"], row["bawah"], row["atas"])
    for row in world["winners"]["angka_resmi"]:
        if SPOKEN_OF.get(row["segmen"]) == sector and row["per_tanggal"] and row["potensi"] is not None:
            half = (row["potensi_presisi"] or 0) / 2
            error = (row["potensi"] - half, row["potensi"] + half) if half else (None, None)
            found.setdefault((row["wilayah"], row["per_tanggal"], row["sumber"]), (row["potensi"], *error))
    return found | _summed_estimates(world["branches"], found)


def _summed_estimates(groups, stated):
    """Of a branch or group: the sum where one source states every part for one date."""
    found = {}
    for group, parts in groups.items():
        for _, day, source in stated:
            if all((part, day, source) in stated for part in parts):
                estimates = [stated[part, day, source] for part in parts]
                workers = sum(estimate[0] for estimate in estimates)
                low, high = (sum(end) for end in zip(*map(_extremes, estimates), strict=True))
                has_error = any(estimate[1:] != (None, None) for estimate in estimates)
                found[group, day, source] = (workers, low, high) if has_error else (workers, None, None)
    return found


def denominator(world, place, m, sector="konstruksi"):
    """(workers, low, high) of the place's vintage for the month, or None: first source in order, newest not after m."""
    order = world.get("denominator_sources", [])
    known = [
        ((-_rank(order, source), day), workers, low, high)
        for (where, day, source), (workers, low, high) in vintages(world, sector).items()
        if where == place and day <= m
    ]
    if not known:
        return None
    _, workers, low, high = max(known, key=lambda vintage: vintage[0])
    return (workers, low, high)


POPULATION_INDICATORS = ("population_coverage", "active_members", "gap_to_estimate", "new_members", "ended_members")
WORK_INDICATORS = ("placement_coverage", "site_coverage")
ACTIVITY_INDICATORS = (
    "project_registration",
    "value_registration",
    "on_time_registration",
    "uncovered_worker_days",
    "contributions_paid_rp",
    "projects_registered_ytd",
    "workers_registered_ytd",
)


def indicator(world, code, m, place, owner=ALL, fund="*") -> dict[str, Any]:
    """One row: numerator, denominator, value, low, high, status, named_persons, unnamed_headcount."""
    world = settled(world)
    if code in WORK_INDICATORS:
        row = MonthEnd(world, m).work().get((place, owner, fund))
        return _placement_coverage(row) if code == "placement_coverage" else _site_coverage(row)
    if code in ACTIVITY_INDICATORS:
        return activity_indicator(code, activity(world).get((place, owner, fund, m)))
    at = MonthEnd(world, m)
    row = at.population(place)
    if row:
        row = row | _movement(MonthEnd(world, previous_month_end(m)), at, place)
    return population_indicator(code, row, denominator(world, place, m))


SECTOR_INDICATORS = ("population_coverage", "active_members", "gap_to_estimate")


def sector_indicator(world, code, m, place, sector) -> dict[str, Any]:
    """As `indicator`, of a sector other than construction, or of all sectors."""
    world = settled(world)
    row = MonthEnd(world, m).sector_members(place, sector)
    row = row and row | {"named_persons": None, "unnamed_headcount": None}
    return population_indicator(code, row, denominator(world, place, m, sector))


def activity_indicator(code, row) -> dict[str, Any]:
    if row is None:
        return _row("no_data")
    if code == "project_registration":
        return _of_known(
            row, "registration_known_projects", "running_projects", "registered_projects", "running_projects"
        )
    if code == "value_registration":
        if row["contract_value_rp"] is None:
            return _row("no_data")
        return _of_known(
            row, "registration_known_projects", "running_projects", "registered_value_rp", "contract_value_rp"
        )
    if code == "on_time_registration":
        return _of_known(row, "due_known_projects", "due_projects", "on_time_projects", "due_projects")
    if code == "uncovered_worker_days":
        named, unnamed = row["uncovered_named_days"], row["uncovered_unnamed_days"]
        total = None if named is None else named + unnamed
        return _counted_when(row["day_judged_projects"], row["projects_at_work"], total)
    column = {
        "contributions_paid_rp": "contributions_rp",
        "projects_registered_ytd": "projects_registered",
        "workers_registered_ytd": "workers_registered",
    }[code]
    return _counted_when(row["known_year_project_months"], row["year_project_months"], row[column])


def attainments(world, m, place, sector="konstruksi"):
    """{(issuer, segment, sector): value / target in percent} of the place's targets for the year that speak of this.

    Only targets of population_coverage in the exact words: jasa konstruksi, or semua segmen of the sector itself, or of
    none for all sectors; posisi akhir bulan, %.
    """
    found = {}
    for row in settled(world)["winners"]["target"]:
        if row["indikator"] != "population_coverage":
            continue
        spoken_of = row["sektor"] if row["sektor"] not in (None, ALL_SECTORS) else SPOKEN_OF.get(row["segmen"])
        segments = {"konstruksi": ("jasa konstruksi", "semua segmen")}.get(sector, ("semua segmen",))
        is_ours = spoken_of == sector and row["segmen"] in segments
        is_ours = is_ours and (row["jenis_hitungan"], row["satuan"]) == ("posisi akhir bulan", "%")
        if is_ours and (row["unit"], row["tahun"]) == (place, m.year):
            is_construction = sector == "konstruksi"
            code = row["indikator"]
            twin = (
                indicator(world, code, m, place) if is_construction else sector_indicator(world, code, m, place, sector)
            )
            value = twin["value"]
            key = (row["penerbit"], row["segmen"], row["sektor"])
            found[key] = None if value is None else 100 * value / float(row["nilai"])
    return found


def _of_known(row, known, all_of_them, part, whole):
    if row[all_of_them] == 0 or row[known] < row[all_of_them]:
        return _row("no_data")
    return _share(row[part], 0, (row[whole], None, None))


def _counted_when(known, all_of_them, number):
    if all_of_them == 0 or known < all_of_them or number is None:
        return _row("no_data")
    return _count(number, 0)


def population_indicator(code, row, estimate):
    if row is None:
        return _row("no_data")
    if code in ("new_members", "ended_members"):
        return _row("no_data") if row[code] is None else _count(row[code], 0)
    split = {"named_persons": row["named_persons"], "unnamed_headcount": row["unnamed_headcount"]}
    if row["origin"] == "mixed":
        return _row("mixed_sources", numerator=row["numerator"], **split)
    if code == "active_members":
        return _count(row["numerator"], row["half_unit"]) | split
    if estimate is None:
        return _row("no_denominator", numerator=row["numerator"], **split)
    if code == "gap_to_estimate":
        return _gap(row, estimate) | split
    return _share(row["numerator"], row["half_unit"], estimate) | split


def _gap(row, estimate):
    """Estimated workers that are not members; an estimate below the members is implausible."""
    members, half, workers = row["numerator"], row["half_unit"], estimate[0]
    lowest, highest = _extremes(estimate)
    status = "ok" if workers >= members else "implausible"
    band = _band(half, estimate, lowest - members - half, highest - members + half)
    return _row(status, numerator=members, denominator=workers, value=workers - members, **band)


def _share(numerator, half_unit, estimate):
    workers, (lowest, highest) = estimate[0], _extremes(estimate)
    if workers == 0:
        return _row("zero_denominator", numerator=numerator, denominator=0)
    share = 100 * numerator / workers
    band = _band(
        half_unit, estimate, 100 * (numerator - half_unit) / highest, 100 * (numerator + half_unit) / (lowest or 1)
    )
    status = "ok" if share <= 100 else "implausible"
    return _row(status, numerator=numerator, denominator=workers, value=share, **band)


def _extremes(estimate):
    workers, low, high = estimate
    return (workers if low is None else low, workers if high is None else high)


def _band(half_unit, estimate, low, high):
    """No band where no rounding and no error is published, or where it reaches down to nobody."""
    lowest, highest = _extremes(estimate) if estimate[0] is not None else (1, 1)
    is_exact = (half_unit == 0 and lowest == highest) or lowest <= 0
    return {"low": None, "high": None} if is_exact else {"low": low, "high": high}


def _placement_coverage(row):
    if row is None or row["judged_projects"] < row["running_projects"]:
        return _row("no_data")
    split = {"named_persons": row["covered_named"], "unnamed_headcount": row["covered_unnamed"]}
    return _share(row["covered_named"] + row["covered_unnamed"], 0, (row["workers"], None, None)) | split


def _site_coverage(row):
    if row is None or row["rostered_projects"] < row["running_projects"]:
        return _row("no_data")
    named = {"named_persons": row["protected_persons"]}
    return _share(row["protected_persons"], 0, (row["roster_persons"], None, None)) | named


def _count(number, half_unit):
    band = _band(half_unit, (None, None, None), number - half_unit, number + half_unit)
    return _row("ok", numerator=number, value=number, **band)


def _row(status, **columns):
    empty = dict.fromkeys(("numerator", "denominator", "value", "low", "high", "named_persons", "unnamed_headcount"))
    return empty | {"status": status} | columns
