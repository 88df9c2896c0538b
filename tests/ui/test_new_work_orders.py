"""Owners with work orders that can still be registered, who has least time first."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from analytics.deliveries import deliveries
from analytics.register import RegisterRow
from analytics.row import Scope
from data.home import Home
from tests.quality_edition import AS_OF, edition_of
from ui import new_work_orders
from ui.cached import Place
from ui.scope_bar import Selection


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


@pytest.mark.parametrize(
    ("known_to", "language", "told"),
    [
        (None, "id", "Sumatera Selatan: tidak ada SPK baru yang menunggu pendaftaran"),
        (date(2025, 6, 30), "id", "Sumatera Selatan: belum diketahui apakah ada SPK baru sesudah 30 Juni 2025"),
        (date(2025, 6, 30), "en", "Sumatera Selatan: not known whether there are new work orders after 30 June 2025"),
    ],
)
def test_where_no_projects_were_sent_it_is_not_said_that_there_is_no_new_order(known_to, language, told):
    selection = Selection(date(2026, 10, 31), None, Scope("16"), Place("16", "Sumatera Selatan", "provinsi"))
    assert new_work_orders.title([], selection, language, known_to=known_to) == told


@pytest.mark.parametrize(("sent", "known_to"), [(date(2025, 5, 30), None), (date(2025, 5, 29), date(2025, 5, 29))])
def test_new_orders_are_unknown_once_projects_are_more_than_a_month_old(tmp_path, sent, known_to):
    # 30 June less 31 days is 30 May.
    home = Home(tmp_path / "home")
    delivered = {"batch_id": 1, "kind": "proyek", "data_as_of": sent}
    edition = edition_of(home, delivery=[delivered, {"batch_id": 2, "data_as_of": date(2025, 6, 30)}])
    days = [one.as_of for one in deliveries(edition) if one.kind == "proyek"]
    assert new_work_orders.unknown_after(days, AS_OF) == known_to
