"""Requests and payments of public contracts from 2024 on: advance, terms by progress, retention, or all at once."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from data.demo.deliveries import DemoDelivery, Demonstration, counts, dates, labels_of, write_csv
from data.demo.scenario import AS_OF, MAINTENANCE_DAYS, NO_DAY, day_number

FIRST_YEAR = 2024
ADVANCE, AT_ONCE, RETENTION = "Uang muka", "Sekaligus", "Retensi"
STEPS = (ADVANCE, "Termin 1", "Termin 2", "Termin 3", "Termin 4", AT_ONCE, RETENTION)


@dataclass(frozen=True)
class Payments:
    """Columns of equal length, one element a request; days since 1970-01-01, NO_DAY: not paid."""

    project: np.ndarray
    step: np.ndarray  # index into STEPS
    requested: np.ndarray
    paid: np.ndarray
    amount_rp: np.ndarray
    progress_pct: np.ndarray


def write_payments(demo: Demonstration, folder: Path) -> DemoDelivery:
    found = _by_project(_known(_drawn(demo), day_number(AS_OF)))
    table = pa.table(
        {
            "kode_proyek": labels_of(demo.projects.code, found.project),
            "tgl_permohonan": dates(found.requested),
            "termin": labels_of(list(STEPS), found.step),
            "jumlah": pa.array(found.amount_rp, pa.int64()),
            "progres": counts(found.progress_pct),
            "tgl_bayar": dates(found.paid),
        }
    )
    return DemoDelivery(write_csv(folder / "pembayaran_2024_2025.csv", table), "pembayaran", {"data_as_of": AS_OF})


def _drawn(demo: Demonstration) -> Payments:
    """All payments that the contracts provide for, whenever they come."""
    projects, settings = demo.projects, demo.scenario.settings
    public = np.array([owner.owner_type != "Swasta" for owner in demo.scenario.owners])[projects.owner]
    chosen = public & (projects.year >= FIRST_YEAR)
    has_terms = projects.value_rp >= settings["bertermin_sejak_juta"] * 1_000_000
    has_advance = np.char.find(projects.name, "(uang muka") >= 0
    random = demo.scenario.draws("payments")
    parts = [_at_once(demo, np.flatnonzero(chosen & ~has_terms), random)]
    terms = np.flatnonzero(chosen & has_terms)
    parts += _terms(demo, terms, has_advance[terms], random)
    return Payments(**{name: np.concatenate([vars(part)[name] for part in parts]) for name in vars(parts[0])})


def _at_once(demo: Demonstration, rows: np.ndarray, random: np.random.Generator) -> Payments:
    """As in real records: asked for about the handover, paid a few days later, more often after the contract's end."""
    end = demo.projects.end[rows]
    requested = np.maximum(end + random.integers(-12, 4, len(rows)), demo.projects.start[rows])
    step = np.full(len(rows), STEPS.index(AT_ONCE))
    return _payments(demo, rows, step, requested, demo.projects.value_rp[rows], np.full(len(rows), 100), random)


def _terms(
    demo: Demonstration, rows: np.ndarray, has_advance: np.ndarray, random: np.random.Generator
) -> list[Payments]:
    """20 % in advance where agreed, then by progress, 5 % held back until the maintenance period is over."""
    projects, settings = demo.projects, demo.scenario.settings
    start, end, value_rp = projects.start[rows], projects.end[rows], projects.value_rp[rows]
    advance_rp = np.where(has_advance, value_rp * settings["uang_muka_bagian_pct"] // 100, 0)
    retention_rp = value_rp * settings["retensi_pct"] // 100
    by_progress_rp = value_rp - advance_rp - retention_rp
    terms = np.where(end - start > 300, 4, 2)
    found = []
    asked = start[has_advance] + random.integers(5, 21, int(has_advance.sum()))
    at_advance = np.full(len(asked), STEPS.index(ADVANCE))
    found.append(
        _payments(demo, rows[has_advance], at_advance, asked, advance_rp[has_advance], np.zeros_like(asked), random)
    )
    for number in range(1, 5):
        due = np.flatnonzero(terms >= number)
        last = terms[due] == number
        reached = start[due] + (end[due] - start[due]) * number // terms[due]
        asked = np.where(last, reached + random.integers(-12, 4, len(due)), reached + random.integers(0, 15, len(due)))
        paid_before_rp = by_progress_rp[due] // terms[due] * (number - 1)
        amount_rp = np.where(last, by_progress_rp[due] - paid_before_rp, by_progress_rp[due] // terms[due])
        step = np.full(len(due), STEPS.index(f"Termin {number}"))
        found.append(_payments(demo, rows[due], step, asked, amount_rp, 100 * number // terms[due], random))
    asked = end + MAINTENANCE_DAYS + random.integers(1, 15, len(rows))
    at_end = np.full(len(rows), STEPS.index(RETENTION))
    return [*found, _payments(demo, rows, at_end, asked, retention_rp, np.full(len(rows), 100), random)]


def _payments(
    demo: Demonstration, rows: np.ndarray, step: np.ndarray, requested: np.ndarray, amount_rp: np.ndarray,
    progress_pct: np.ndarray, random: np.random.Generator,
) -> Payments:  # fmt: skip
    """Paid within the budget year of the request; where a project was registered at the last moment, the day after."""
    paid = requested + random.integers(1, 15, len(rows))
    year = requested.astype("datetime64[D]").astype("datetime64[Y]")
    year_end = (year + 1).astype("datetime64[D]").astype(np.int64) - 1
    paid = np.minimum(paid, np.maximum(year_end - random.integers(0, 4, len(rows)), requested))
    registered, end = demo.cover.registered_day[rows], demo.projects.contract_end[rows]
    waited = (registered != NO_DAY) & (registered >= end - 5) & (requested <= end + 10)
    paid = np.where(waited, registered + 1, paid)
    requested = np.where(waited, np.minimum(requested, registered), requested)
    return Payments(rows, step, requested, paid, amount_rp, progress_pct)


def _known(payments: Payments, day: int) -> Payments:
    """What a sender knew on the day: requests made by then, paid or waiting."""
    known = payments.requested <= day
    columns = {name: column[known] for name, column in vars(payments).items()}
    return Payments(**columns | {"paid": np.where(columns["paid"] <= day, columns["paid"], NO_DAY)})


def _by_project(payments: Payments) -> Payments:
    order = np.lexsort((payments.step, payments.project))
    return Payments(**{name: column[order] for name, column in vars(payments).items()})
