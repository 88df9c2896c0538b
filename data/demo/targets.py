"""Targets of invented issuers, and a document that came late and is older than what it would replace."""

from datetime import date
from pathlib import Path

from data.demo.deliveries import DemoDelivery, Demonstration, write_rows
from data.demo.scenario import read_table


def write_targets(_demo: Demonstration, folder: Path) -> list[DemoDelivery]:
    """One delivery a position of demo_targets.csv, in the order of the table."""
    rows = read_table("targets")
    by_position: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_position.setdefault(row["posisi_data"], []).append(row)
    return [_delivery(folder, date.fromisoformat(day), stated) for day, stated in by_position.items()]


def _delivery(folder: Path, as_of: date, rows: list[dict[str, str]]) -> DemoDelivery:
    path = folder / f"target_{as_of:%Y_%m_%d}.csv"
    columns = [name for name in rows[0] if name != "posisi_data"]
    write_rows(path, columns, [{name: row[name] for name in columns} for row in rows])
    return DemoDelivery(path, "target", {"data_as_of": as_of})
