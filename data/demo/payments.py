"""Requests and payments of public contracts from 2024 on: advance, terms by progress, retention, or all at once."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from data.demo.deliveries import DemoDelivery, Demonstration, counts, dates, labels_of, write_csv
from data.demo.scenario import AS_OF, MAINTENANCE_DAYS, NO_DAY, day_number

FIRST_YEAR = 2024
LONG_WORK_DAYS = 300
MOST_TERMS = 4
LAST_MOMENT_DAYS = 5
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
    random = demo.scenario.draws("payments")
    parts = [
        _at_once(demo, np.flatnonzero(chosen & ~has_terms), random),
        *_by_terms(demo, np.flatnonzero(chosen & has_terms), random),
    ]
    return Payments(**{name: np.concatenate([vars(part)[name] for part in parts]) for name in vars(parts[0])})


def _at_once(demo: Demonstration, rows: np.ndarray, random: np.random.Generator) -> Payments:
    requested = np.maximum(_about_handover(demo, rows, random), demo.projects.start[rows])
    return _payments(demo, rows, AT_ONCE, requested, demo.projects.value_rp[rows], 100, random)


def _by_terms(demo: Demonstration, rows: np.ndarray, random: np.random.Generator) -> list[Payments]:
    """A part in advance where agreed, then by progress, a part held back until the maintenance period is over."""
    projects, settings = demo.projects, demo.scenario.settings
    start, end, value_rp = projects.start[rows], projects.end[rows], projects.value_rp[rows]
    agreed = np.char.find(projects.name[rows], "(uang muka") >= 0
    advance_rp = np.where(agreed, value_rp * settings["uang_muka_bagian_pct"] // 100, 0)
    retention_rp = value_rp * settings["retensi_pct"] // 100
    asked_advance = start + random.integers(5, 21, len(rows))
    asked_retention = end + MAINTENANCE_DAYS + random.integers(1, 15, len(rows))
    return [
        _payments(demo, rows[agreed], ADVANCE, asked_advance[agreed], advance_rp[agreed], 0, random),
        *_by_progress(demo, rows, value_rp - advance_rp - retention_rp, random),
        _payments(demo, rows, RETENTION, asked_retention, retention_rp, 100, random),
    ]


def _by_progress(
    demo: Demonstration, rows: np.ndarray, total_rp: np.ndarray, random: np.random.Generator
) -> list[Payments]:
    """Two terms, four where the work takes longer; the last one takes what the division left."""
    start, end = demo.projects.start[rows], demo.projects.end[rows]
    terms = np.where(end - start > LONG_WORK_DAYS, MOST_TERMS, 2)
    found = []
    for number in range(1, MOST_TERMS + 1):
        due = np.flatnonzero(terms >= number)
        last = terms[due] == number
        reached = start[due] + (end[due] - start[due]) * number // terms[due] + random.integers(0, 15, len(due))
        asked = np.where(last, _about_handover(demo, rows[due], random), reached)
        each_rp = total_rp[due] // terms[due]
        amount_rp = np.where(last, total_rp[due] - each_rp * (number - 1), each_rp)
        found.append(
            _payments(demo, rows[due], f"Termin {number}", asked, amount_rp, 100 * number // terms[due], random)
        )
    return found


def _about_handover(demo: Demonstration, rows: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """So that, as in real records, a little more than half of the payments come after the contract's end."""
    return demo.projects.end[rows] + random.integers(-12, 4, len(rows))


def _payments(
    demo: Demonstration, rows: np.ndarray, step: str, requested: np.ndarray, amount_rp: np.ndarray,
    progress_pct: np.ndarray | int, random: np.random.Generator,
) -> Payments:  # fmt: skip
    """Paid within the budget year of the request; where a project was registered at the last moment, the day after."""
    paid = requested + random.integers(1, 15, len(rows))
    next_year = requested.astype("datetime64[D]").astype("datetime64[Y]") + 1
    last_days = next_year.astype("datetime64[D]").astype(np.int64) - 1 - random.integers(0, 4, len(rows))
    paid = np.minimum(paid, np.maximum(last_days, requested))
    registered, end = demo.cover.registered_day[rows], demo.projects.contract_end[rows]
    waited = (registered != NO_DAY) & (registered >= end - LAST_MOMENT_DAYS) & (requested <= end + 10)
    return Payments(
        project=rows,
        step=np.full(len(rows), STEPS.index(step)),
        requested=np.where(waited, np.minimum(requested, registered), requested),
        paid=np.where(waited, registered + 1, paid),
        amount_rp=amount_rp,
        progress_pct=np.broadcast_to(progress_pct, rows.shape),
    )


def _known(payments: Payments, day: int) -> Payments:
    """What a sender knew on the day: requests made by then, paid or waiting."""
    known = payments.requested <= day
    columns = {name: column[known] for name, column in vars(payments).items()}
    return Payments(**columns | {"paid": np.where(columns["paid"] <= day, columns["paid"], NO_DAY)})


def _by_project(payments: Payments) -> Payments:
    order = np.lexsort((payments.step, payments.project))
    return Payments(**{name: column[order] for name, column in vars(payments).items()})
