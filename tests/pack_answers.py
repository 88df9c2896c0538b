"""What cakupan.py answers in the shell, laid out as the tables of a pack: number by number, by row and header.

A header is the Indonesian one. Nothing is taken from ui: the numbers are those of the shell's JSON, and where a table
adds something up, it is added up here.
"""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from data.home import Home
from data.places import all_places
from tests.shell import landed

Answers = dict[str, dict[str, Any]]  # by key of the row, by header


def name_of(group: str) -> str:
    """A place by its name; an owner or fund is its own."""
    return all_places()[group].name if group in all_places() else group


def exact(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


@dataclass
class Shell:
    """The answers of one scope at one month, each asked once."""

    home: Home
    month: str
    compared: str
    place: str
    owner: str | None = None
    fund: str | None = None
    said: dict[Any, Any] = field(default_factory=dict)

    def show(self, indicator: str, *, month: str | None = None, by: str | None = None) -> list[dict[str, Any]]:
        owner = [] if by == "owner" else self.owner
        arguments = ["show", indicator, "--month", month or self.month, "--place", self.place]
        arguments += ["--owner", owner] if owner else []
        arguments += ["--fund", self.fund] if self.fund and by != "fund" else []
        arguments += ["--by", by] if by else []
        return self._asked(*arguments)

    def row(self, indicator: str, month: str | None = None) -> dict[str, Any]:
        [row] = self.show(indicator, month=month)
        return row

    @cached_property
    def projects(self) -> dict[str, dict[str, Any]]:
        arguments = ["gate", "--place", self.place]
        arguments += ["--owner", self.owner] if self.owner else []
        arguments += ["--fund", self.fund] if self.fund else []
        return {row["kode_proyek"]: row for row in self._asked(*arguments)}

    @cached_property
    def targets(self) -> list[dict[str, Any]]:
        return self._asked("targets", "--place", self.place, "--month", self.month)

    def _asked(self, *arguments: str) -> Any:
        if arguments not in self.said:
            self.said[arguments] = landed(self.home, *arguments)
        return self.said[arguments]

    @property
    def measure(self) -> str:
        return "placement_coverage" if self.owner or self.fund else "population_coverage"


def trend(shell: Shell, months: list[str]) -> Answers:
    return {month: _of_trend(shell.row(shell.measure, month)) for month in months}


def _of_trend(row: dict[str, Any]) -> dict[str, Any]:
    columns = {
        "Cakupan, %": "value", "Rentang dari, %": "low", "Rentang sampai, %": "high", "Terlindungi": "numerator",
        "Bernama": "named_persons", "Tanpa nama": "unnamed_headcount", "Pekerja": "denominator",
    }  # fmt: skip
    return {header: exact(row[name]) for header, name in columns.items()}


def change(shell: Shell, months: list[str]) -> Answers:
    """`months` are those after the one compared with, up to the present one. Joined and ended are their sums."""
    before, after = shell.row(shell.measure, shell.compared), shell.row(shell.measure)
    moved = after["numerator"] - before["numerator"]
    if shell.measure == "population_coverage":
        joined, ended = (
            sum(shell.row(flow, month)["numerator"] for month in months) for flow in ("new_members", "ended_members")
        )
        steps = {"Peserta baru": joined, "Kepesertaan berakhir": -ended, "Tanpa nama": moved - joined + ended}
        last = "Penyebut"
    else:
        named = after["named_persons"] - before["named_persons"]
        steps = {"Bernama": named, "Tanpa nama": moved - named}
        last = f"Pekerja proyek {'bertambah' if after['denominator'] > before['denominator'] else 'berkurang'}"
    found: Answers = {
        name: {"Poin persen": Decimal(100 * persons) / before["denominator"], "Gerak, orang": persons}
        for name, persons in steps.items()
    }
    by_denominator = Decimal(100 * after["numerator"]) / after["denominator"]
    by_denominator -= Decimal(100 * after["numerator"]) / before["denominator"]
    found[last] = {"Poin persen": by_denominator, "Gerak, orang": None}
    for row in (before, after):
        found[row["month"]] = {"Poin persen": exact(row["value"]), "Gerak, orang": row["numerator"]}
    return found


def comparison(shell: Shell, by: str, header: str) -> Answers:
    """`header` is that of the measure, which for places is the coverage of workers."""
    measure = "population_coverage" if by == "place" and not (shell.owner or shell.fund) else "placement_coverage"
    registered = {row["group"]: row for row in shell.show("project_registration", by=by)}
    values = {row["group"]: row for row in shell.show("value_registration", by=by)}
    found: Answers = {}
    for row in shell.show(measure, by=by):
        group = row["group"]
        cells = {"Pembilang (n)": row["numerator"], "Penyebut (N)": row["denominator"], header: exact(row["value"])}
        if measure == "population_coverage":
            cells |= {"Rentang dari, %": exact(row["low"]), "Rentang sampai, %": exact(row["high"])}
        else:
            cells["Proyek berjalan"] = registered[group]["denominator"] or None  # none is known to run
            cells["Nilai kontrak, Rp"] = exact(values[group]["denominator"])
        found[name_of(group)] = cells
    return found


def recap(shell: Shell, by: str) -> Answers:
    """The groups and, as JUMLAH, the scope itself."""
    codes = (
        "project_registration",
        "value_registration",
        "placement_coverage",
        "contributions_paid_rp",
        "site_coverage",
    )
    found = {code: {row["group"]: row for row in shell.show(code, by=by)} for code in codes}
    groups = dict.fromkeys(group for rows in found.values() for group in rows)
    told = {name_of(group): _of_recap({code: found[code].get(group, {}) for code in codes}) for group in groups}
    return told | {"JUMLAH": _of_recap({code: shell.row(code) for code in codes})}


def _of_recap(rows: dict[str, dict[str, Any]]) -> dict[str, Any]:
    registration, work, persons = (
        rows[code] for code in ("project_registration", "placement_coverage", "site_coverage")
    )
    projects, registered = registration.get("denominator"), registration.get("numerator")
    known = projects if registered is not None else registration.get("known_projects")
    registered = registration.get("known_numerator", registered)
    return {
        "Proyek berjalan": projects,
        "Terdaftar": registered,
        "Belum terdaftar": None if registered is None else known - registered,
        "Belum dapat dinilai": None if known is None else projects - known,
        "Nilai kontrak, Rp": exact(rows["value_registration"].get("denominator")),
        "Tenaga kerja": work.get("denominator"),
        "Tenaga kerja terlindungi": work.get("numerator"),
        "Iuran tahun berjalan, Rp": exact(rows["contributions_paid_rp"].get("value")),
        "Proyek terdaftar, %": exact(registration.get("value")),
        "Tenaga kerja terlindungi, %": exact(work.get("value")),
        "Orang di daftar pekerja": persons.get("denominator"),
        "Orang terlindungi penuh": persons.get("numerator"),
    }


def targets(shell: Shell) -> Answers:
    return {
        row["issuer"]: {
            "Target": exact(row["target"]),
            "Sekarang": exact(row["value"]),
            "Capaian, %": exact(row["pct"]),
            "Semestinya sekarang": exact(row["expected"]),
            "Bulan yang sama tahun lalu": exact(row["last_year_value"]),
            "Proyeksi": exact(row["projection"]["points"][-1]["value"]),
            "Kekurangan": exact(row["gap"]),
            "Pembilang (n)": row["numerator"],
            "Penyebut (N)": row["denominator"],
        }
        for row in shell.targets
        if not row["obstacle"] and not row["is_superseded"]
    }


def other_targets(shell: Shell) -> Answers:
    others = [row for row in shell.targets if row["obstacle"]]
    return {row["document"]: {"Nilai": exact(row["target"])} for row in others}


def paces(shell: Shell) -> Answers:
    return {
        row["issuer"]: {
            "Masih kurang": exact(row["pace"]["remaining"]),
            "Perlu per minggu": exact(row["pace"]["needed_per_week"]),
            "Tahun ini per minggu": exact(row["pace"]["this_year_per_week"]),
        }
        | {str(past["year"]): exact(past["per_week"]) for past in row["pace"]["same_period_earlier"]}
        for row in shell.targets
        if row["pace"]
    }


def new_work_orders(shell: Shell) -> Answers:
    """Whose deadline is not over and which nobody has registered."""
    return {
        code: {
            "Sisa hari kerja": row["days_left"],
            "Tenaga kerja": row["workers"],
            "Nilai kontrak, Rp": exact(row["nilai_kontrak"]),
        }
        for code, row in shell.projects.items()
        if row["result"] == "belum_jatuh_tempo" and row["is_registered"] is False
    }


def new_work_orders_by_owner(shell: Shell) -> Answers:
    orders, found = new_work_orders(shell), {}
    for code, told in orders.items():
        found.setdefault(shell.projects[code]["owner"], []).append(told)
    return {
        owner: {
            "SPK baru": len(rows),
            "Jatuh tempo ≤ 3 hari kerja": sum(row["Sisa hari kerja"] <= 3 for row in rows),
            "Sisa hari kerja paling sedikit": min(row["Sisa hari kerja"] for row in rows),
            "Tenaga kerja": sum(row["Tenaga kerja"] or 0 for row in rows),
            "Nilai kontrak, Rp": sum(row["Nilai kontrak, Rp"] or 0 for row in rows),
        }
        for owner, rows in found.items()
    }


def closing(shell: Shell) -> Answers:
    return {
        row["kode_proyek"]: {
            "Menambah, orang": exact(row["closes"]),
            "Jumlah sampai di sini": exact(row["reached"]),
            "Pekerja": row["workers"],
            "Terlindungi": row["covered"],
            "Nilai kontrak, Rp": exact(row["nilai_kontrak"]),
            "Sisa hari kerja": row["days_left"],
        }
        for target in shell.targets
        for row in (target["closing"] or {}).get("rows", [])
    }


def register(shell: Shell) -> Answers:
    columns = {
        "Hari tanpa perlindungan": "unprotected_days", "Tenaga kerja": "workers", "Belum terlindungi": "uncovered",
        "Nilai kontrak, Rp": "nilai_kontrak", "Hari terlambat": "late_days", "Sisa hari kerja": "days_left",
    }  # fmt: skip
    return {
        code: {header: exact(row[name]) for header, name in columns.items()} for code, row in shell.projects.items()
    }


def results(shell: Shell) -> Answers:
    from analytics.gate import RESULTS

    counted = Counter(row["result"] for row in shell.projects.values())
    told = {RESULTS[result].label.id: {"Proyek": count} for result, count in counted.items()}
    return told | {"JUMLAH": {"Proyek": len(shell.projects)}}


def ladder(shell: Shell) -> Answers:
    """Of its rungs the shell says how many projects are registered; the others are those of no command."""
    return {"Terdaftar": {"Proyek": _registered(shell.row("project_registration"))}}


def ladder_by(shell: Shell, by: str) -> Answers:
    rows = shell.show("project_registration", by=by)
    return {name_of(row["group"]): {"Terdaftar": _registered(row)} for row in rows}


def _registered(row: dict[str, Any]) -> int | None:
    return row.get("known_numerator", row["numerator"])
