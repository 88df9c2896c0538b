"""Owners with work orders that can still be registered, who has least time first."""

from datetime import date
from decimal import Decimal
from typing import Any

from analytics.register import RegisterRow
from ui import new_work_orders


def row(owner, days_left, *, workers=None, value=None):
    blank: dict[str, Any] = dict.fromkeys(RegisterRow.__dataclass_fields__)
    told: dict[str, Any] = {
        "owner": owner,
        "days_left": days_left,
        "workers": workers,
        "nilai_kontrak": value,
        "notes": (),
    }
    told |= {"mulai": date(2025, 6, 1), "selesai": date(2025, 12, 1)}
    return RegisterRow(**blank | told)


def test_an_owner_is_counted_once_and_the_nearest_deadline_decides_the_order():
    lines = new_work_orders.by_owner([row("A", 9), row("B", 4), row("A", 3), row("C", 4), row("C", 12)])
    assert [(line.owner, line.orders, line.urgent, line.nearest_days) for line in lines] == [
        ("A", 2, 1, 3),
        ("C", 2, 0, 4),
        ("B", 1, 0, 4),
    ]


def test_workers_and_value_are_unknown_only_where_no_order_states_them():
    [known, unknown] = new_work_orders.by_owner([row("A", 1, workers=7, value=Decimal(5)), row("A", 2), row("B", 3)])
    assert (known.workers, known.contract_rp) == (7 + 0, Decimal(5))
    assert (unknown.workers, unknown.contract_rp) == (None, None)
