"""Rows to draw, without an edition."""

from datetime import date

import pytest

from analytics.compute import Row, month_end
from data.places import all_places


@pytest.fixture
def row():
    """A function that makes one month: `row("2024-07", 123_000, 270_000)`; without numbers a month without data."""

    def make(month, numerator=None, denominator=None, **columns):
        value = 100 * numerator / denominator if numerator is not None and denominator else None
        told = {
            "group": "16",
            "label": "Sumatera Selatan",
            "month": month,
            "numerator": numerator,
            "denominator": denominator,
            "value": value,
            "low": None,
            "high": None,
            "named_persons": None,
            "unnamed_headcount": None,
            "status": "no_data" if numerator is None else "ok" if denominator else "no_denominator",
            "source": None if numerator is None else "Kanwil",
            "as_of": None if numerator is None else month_end(date.fromisoformat(month + "-01")),
        }
        return Row(**told | columns)

    return make


@pytest.fixture
def place(row):
    """A function that makes July of one place."""

    def make(code, numerator=None, denominator=None, **columns):
        return row("2024-07", numerator, denominator, group=code, label=all_places()[code].name, **columns)

    return make
