"""How every project must be judged at its payments and at the position, a second time: day by day, from a plain world.

It is given the months of the edition, and of tests/naive_projects.py what each running project has reached at month
ends. Nothing is taken from data/ or analytics/.
"""

import re
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from tests import naive

# The rules as documented: (code, demand, day from which, place, whether private work is bound too)
BINDING = (
    ("dibayar", "payment", date(2023, 1, 1), "16", False),
    ("syarat_pencairan", "payment", date(2025, 6, 24), "16.71", False),
    ("terdaftar", "registration", date(2015, 12, 29), "00", True),
)
NOTES_FROM = date(2015, 12, 29)
RP_PER_WORKER = 2_000_000_000
TOLERATED_PCT = 1
# JKK and JKM together, in per cent of the part of the value up to each bound.
BRACKETS = ((100_000_000, "0.24"), (500_000_000, "0.19"), (1_000_000_000, "0.15"), (5_000_000_000, "0.12"))
ABOVE = "0.10"
RELIEF = (date(2020, 8, 1), date(2021, 1, 31))
PROVINCES = re.compile(r"\d\d")
ONE_DAY = timedelta(days=1)


def judgements(world, months, named):
    """{(kode_proyek, payment): row of the edition's `judgement` without the columns of the project}.

    `months`: month ends of the edition. `named`: {(kode_proyek, month end of a running
    project): whether it was registered then without names of all}, where that is known.
    """
    world, found = naive.settled(world), {}
    for project in world["winners"]["proyek"]:
        if not naive.in_register(world, project):
            continue
        code = project["kode_proyek"]
        moments = {0: world["as_of"]} | {
            number: payment["tgl_bayar"] or world["as_of"]
            for number, payment in enumerate(payments(world, code), start=1)
        }
        listed = registrations(world, project, months)
        for payment, day in moments.items():
            names = [is_nameless for (of, month), is_nameless in sorted(named.items()) if of == code and month <= day]
            found[code, payment] = Moment(world, project, listed, payment, day).row(bool(names and names[-1]))
    return found


def nameless(project_months):
    """{(kode_proyek, month end)} of tests/naive_projects.py: whether it was registered then without names of all."""
    return {key: bool(row["is_registered"]) and row["is_named"] is False for key, row in project_months.items()}


RUNGS = ("terdaftar", "dibayar", "tepat_waktu", "nama_tercatat", "aktif")
FLAGS = ("is_registered", "is_paid", "is_on_time", "is_named", "is_active")


def ladder(world, m, project_months, codes):
    """{rung: (projects, lost, unknown, not due)} of these projects, each rung of those that are on the one below."""
    world = naive.settled(world)
    projects = {project["kode_proyek"]: project for project in world["winners"]["proyek"]}
    running = [code for code in codes if (code, m) in project_months]
    bound = [code for code in running if _is_bound(world, projects[code])]
    found, left = {"wajib": (len(bound), 0, 0, len(running) - len(bound))}, bound
    for rung, flag in zip(RUNGS, FLAGS, strict=True):
        on = {code: project_months[code, m][flag] for code in left}
        missing = [code for code, reached in on.items() if reached is False]
        early = [code for code in missing if rung in RUNGS[:2] and _is_early(projects[code], m)]
        left = [code for code, reached in on.items() if reached]
        unknown = sum(reached is None for reached in on.values())
        found[rung] = (len(left), len(missing) - len(early), unknown, len(early))
    return found


def _is_bound(world, project):
    """Without the date of a work order nobody knows, and it counts among those that are bound."""
    at_last = Moment(world, project, [], 0, world["as_of"])
    return at_last.begins is None or bool(at_last.rules())


def _is_early(project, m):
    begins = project["tgl_spk"] or (project["mulai"] if project["cara_pelaksanaan"] == "swakelola" else None)
    return begins is not None and m <= naive.deadline(begins)


def payments(world, code):
    """Those made by the position, and requests that are not paid yet, in the order of their days."""
    live, best = naive.live_batches(world, "pembayaran"), {}
    for number, row in enumerate(world["rows"]["pembayaran"]):
        key = tuple(row[name] for name in ("tgl_permohonan", "termin", "tgl_bayar"))
        if row["kode_proyek"] != code or row["batch_id"] not in live:
            continue
        if key not in best or naive.precedence(row) > naive.precedence(best[key]):
            best[key] = row | {"at": (row["batch_id"], number)}
    paid_requests = {key[:2] for key in best if key[2]}
    kept = []
    for (asked, instalment, paid), row in best.items():
        if paid is None and (asked, instalment) in paid_requests:
            continue
        is_paid = paid is not None and paid <= world["as_of"]
        day = paid if is_paid else asked
        if day is not None and day <= world["as_of"]:
            kept.append(row | {"tgl_bayar": paid if is_paid else None})

    def order(row):
        instalment = row["termin"]
        return (
            row["tgl_bayar"] or row["tgl_permohonan"],
            row["tgl_permohonan"] or date.max,
            (instalment is None, instalment or ""),
            row["at"],
        )

    return sorted(kept, key=order)


def registrations(world, project, months):
    """Those dated by the position that no later complete delivery takes back: for the month they began, or of late."""
    kept, first, last = [], min(months, default=date.max), max(months, default=date.min)
    for row in naive.registrations_of(world, project["kode_proyek"]):
        cover_to = row["selesai"] or project["selesai"]
        began = naive.month_end(row["tgl_daftar"])
        is_spoken_of = bool(months) and first.replace(year=first.year - 1, day=1) <= began <= last
        is_gone = is_spoken_of and _ended(world, project, row, began)
        if months and cover_to >= last.replace(day=1):
            is_gone = is_gone or _ended(world, project, row, last)
        if row["tgl_daftar"] > world["as_of"] or is_gone:
            continue
        is_later = row["tgl_bayar"] is not None and row["tgl_bayar"] > world["as_of"]
        forgotten = dict.fromkeys(("tgl_bayar", "iuran_dibayar", "no_sertifikat")) if is_later else {}
        kept.append(row | {"cover_to": cover_to} | forgotten)
    return kept


def _ended(world, project, row, month):
    return naive.is_ended(world, "pendaftaran", row, project["wilayah"], project["pemilik"], month)


class Moment:
    """One project on the day on which it is judged."""

    def __init__(self, world, project, listed, payment, day):
        self.world, self.project, self.payment, self.day = world, project, payment, day
        own_hands = project["cara_pelaksanaan"] == "swakelola"
        self.begins = project["tgl_spk"] or (project["mulai"] if own_hands else None)
        self.ends = self._ends()
        self.dated = [row for row in listed if row["tgl_daftar"] <= day]
        last_useful = min(day, self.ends)
        self.worked = _days(project["mulai"], last_useful)
        self.protect_on = max(project["mulai"], last_useful)
        self.registered = [row for row in self.dated if row["tgl_daftar"] <= last_useful]
        self.paid = [row for row in self.registered if row["tgl_bayar"] and row["tgl_bayar"] <= last_useful]
        self.in_force = [row for row in self.paid if self.protect_on in self._cover(row)]

    def _versions(self):
        """What the contract said before, oldest first, each with the day the next was signed where that is known."""
        rows = self._recorded() or self._restated()
        return [(row, later["tgl"] if later else None) for row, later in zip(rows, [*rows, None][1:], strict=True)]

    def _recorded(self):
        key = (self.project["kode_proyek"], self.project["batch_id"])
        rows = [row for row in self.world["rows"]["nilai_lama"] if (row["kode_proyek"], row["batch_id"]) == key]
        return sorted(rows, key=lambda row: row["versi"])

    def _restated(self):
        """Of earlier deliveries, where the next one says otherwise; only the first is dated, by its work order."""
        live, code = naive.live_batches(self.world, "proyek"), self.project["kode_proyek"]
        rows = [row for row in self.world["rows"]["proyek"] if row["kode_proyek"] == code and row["batch_id"] in live]
        rows.sort(key=naive.precedence)
        terms = ("nilai_kontrak", "selesai")
        before = [row for row, later in pairwise(rows) if any(row[name] != later[name] for name in terms)]
        return [row | {"tgl": None if number else row["tgl_spk"]} for number, row in enumerate(before)]

    def _ends(self):
        for row, replaced_on in self._versions():
            if replaced_on and self.day < replaced_on:
                return row["selesai"] or self.project["selesai"]
        return self.project["selesai"]

    def _value(self):
        values = [self.project["nilai_kontrak"]]
        for row, replaced_on in self._versions():
            may_hold = self.day < replaced_on if replaced_on else row["selesai"] and self.day <= row["selesai"]
            if self.payment and may_hold:
                values.append(row["nilai_kontrak"])
        return min((value for value in values if value is not None), default=None)

    def _cover(self, row):
        first = max(row["tgl_daftar"], row["tgl_bayar"], row["mulai"] or self.project["mulai"])
        return set(_days(first, row["cover_to"]))

    def rules(self):
        if self.begins is None:
            return []
        is_private = self.project["sumber_dana"] == "Swasta"
        return [
            (code, demand)
            for code, demand, since, place, binds_private in BINDING
            if self.begins >= since
            and naive.within(self.world, self.project["wilayah"], place)
            and (binds_private or not is_private)
        ]

    def _may_be_meant(self):
        """Whether a registration dated by then names nothing but the number of a work order that others bear too."""
        world, number = self.world, self.project["no_spk"]
        if number is None or sum(other["no_spk"] == number for other in world["winners"]["proyek"]) < 2:
            return False
        live, rows = naive.live_batches(world, "pendaftaran"), world["rows"]["pendaftaran"]
        resolved = {row["no_proyek_bpjs"] for row in world["winners"]["pendaftaran"]} - {None}
        return any(
            row["batch_id"] in live
            and (row["kode_proyek"], row["no_spk"]) == (None, number)
            and row["tgl_daftar"] <= self.day
            and row["no_proyek_bpjs"] not in resolved
            for row in rows
        )

    def is_known(self):
        project = self.project
        if self._may_be_meant():
            return False
        return any(
            batch["delivery"] == "lengkap"
            and batch["period"][0] <= self.day <= batch["period"][1]
            and naive.in_scope(self.world, batch, project["wilayah"], project["pemilik"])
            for batch in naive.live_batches(self.world, "pendaftaran").values()
        )

    def row(self, is_nameless):
        result, reason = self._judged()
        deadline = self.begins and naive.deadline(self.begins)
        counting = self._counting()
        protected = set().union(*(self._cover(row) for row in self.paid))
        known = True if self.dated else False if self.is_known() else None
        return {
            "judged_on": self.day,
            "result": result,
            "reason": reason,
            "late_days": (counting[0]["tgl_daftar"] - deadline).days if result == "terlambat" else None,
            "unprotected_days": None if result == "belum_dapat_dinilai" else len(set(self.worked) - protected),
            "days_left": working_days(self.day, deadline) if deadline and self.day <= deadline else None,
            "is_registered": known,
            "notes": ",".join(sorted(self._notes(is_nameless))) or None,
            "rules": ",".join(sorted(code for code, _ in self.rules())) or None,
        }

    def _is_payment_demanded(self):
        return "payment" in {demand for _, demand in self.rules()}

    def _counting(self):
        rows = self.paid if self._is_payment_demanded() else self.registered
        return sorted(rows, key=lambda row: row["tgl_daftar"])

    def _is_paid_some_day(self):
        return any(row["tgl_bayar"] is None and _says_paid(row) for row in self.registered)

    def _judged(self):
        if self.begins is None:
            return "belum_dapat_dinilai", "no_work_order_date"
        if not self.rules():
            return "belum_dapat_dinilai", "rule_later"
        deadline = naive.deadline(self.begins)
        if self.in_force if self._is_payment_demanded() else self.registered:
            in_time = self._counting()[0]["tgl_daftar"] <= deadline
            return "memenuhi" if in_time else "terlambat", None
        return self._unmet(deadline)

    def _unmet(self, deadline):
        if self.registered and not self.paid and (self._is_paid_some_day() or not self.is_known()):
            return "belum_dapat_dinilai", "payment_unknown"
        if not self.is_known():
            return "belum_dapat_dinilai", "registrations_unknown"
        if self._is_paid_some_day():
            return "belum_dapat_dinilai", "payment_unknown"
        missing = "unregistered" if not self.registered else "unpaid" if not self.paid else "uncovered"
        if self.day > self.ends:
            return "tidak_dapat_dipulihkan", f"over_{missing}"
        if missing == "uncovered":
            has_ended = any(row["cover_to"] < self.protect_on for row in self.paid)
            if has_ended:
                return "belum_memenuhi", "cover_ended"
            missing = "cover_not_begun"
        return "belum_jatuh_tempo" if self.day <= deadline else "belum_memenuhi", missing

    def _notes(self, is_nameless):
        found, project, rules = set(), self.project, self.rules()
        is_unpaid = self.registered and not self.paid and not self._is_paid_some_day()
        if is_unpaid and rules and not self._is_payment_demanded():
            found.add("not_paid")
        if "kso" in re.findall(r"\w+", (project["penyedia"] or "").lower()):
            found.add("kso")
        for way, note in (("swakelola", "swakelola"), ("darurat", "emergency")):
            if project["cara_pelaksanaan"] == way:
                found.add(note)
        if PROVINCES.fullmatch(project["wilayah"]) and project["wilayah"] != "00":
            found.add("province_placed")
        if (self.begins or project["mulai"]) >= NOTES_FROM:
            found |= self._doubts(is_nameless)
        return found

    def _doubts(self, is_nameless):
        found, value = set(), self._value()
        headcounts = [row["tenaga_kerja"] for row in self.in_force]
        if headcounts and None not in headcounts:
            declared = self.project["tenaga_kerja"]
            if declared is not None and 4 * sum(headcounts) < 3 * declared:
                found.add("headcount_below_declared")
            if value is not None and value > RP_PER_WORKER * sum(headcounts):
                found.add("headcount_low")
        counting = self._counting()
        if self.payment and counting and 0 <= (self.day - counting[0]["tgl_daftar"]).days <= 1:
            found.add("registered_at_payment")
        amounts = [row["iuran_dibayar"] for row in self.paid]
        if amounts and None not in amounts and value is not None:
            owed = contribution(value, self.begins or self.project["mulai"], self.project["termasuk_ppn"])
            if sum(amounts) < owed * (100 - TOLERATED_PCT) / 100:
                found.add("contribution_short")
        if is_nameless:
            found.add("names_missing")
        return found


def contribution(value, on, includes_vat):
    """What a contract of that day owes; VAT counts as inside where it is not said."""
    vat = 0 if includes_vat is False else 11 if on >= date(2022, 4, 1) else 10
    base, owed, below = Decimal(value) * 100 / (100 + vat), Decimal(0), 0
    for bound, pct in BRACKETS:
        owed += max(Decimal(0), min(base, bound) - below) * Decimal(pct) / 100
        below = bound
    owed += max(Decimal(0), base - below) * Decimal(ABOVE) / 100
    return owed / 100 if RELIEF[0] <= on <= RELIEF[1] else owed


def working_days(first, last):
    """Working days after the first day up to the last."""
    free = naive.holidays.country_holidays("ID")
    return sum(day.weekday() < 5 and day not in free for day in _days(first + ONE_DAY, last))


def _says_paid(row):
    return bool(row["iuran_dibayar"]) or row["no_sertifikat"] is not None


def _days(first, last):
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
