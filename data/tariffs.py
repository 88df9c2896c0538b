"""Dated tariffs of the contribution and dated rates of VAT, read from data/reference/tariffs.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from data.errors import CakupanError

TARIFFS = Path(__file__).parent / "reference" / "tariffs.toml"
FOREVER = date.max


@dataclass(frozen=True)
class Bracket:
    """Per cent of the part of a contract's value between two bounds in rupiah; `upper_rp` None: no end."""

    lower_rp: int
    upper_rp: int | None
    jkk_pct: Decimal
    jkm_pct: Decimal


@dataclass(frozen=True)
class Wages:
    """Per cent of a month's wages, where they are known."""

    jkk_pct: Decimal
    jkm_pct: Decimal


@dataclass(frozen=True)
class Tariff:
    """What is owed from a day on, both days included; the brackets and wages are already cut by a relief."""

    code: str
    effective_from: date
    effective_to: date
    article: str
    assumption: str
    brackets: tuple[Bracket, ...]
    wages: Wages


@dataclass(frozen=True)
class Vat:
    """The rate inside a contract's value, both days included."""

    effective_from: date
    effective_to: date
    pct: Decimal
    article: str


def tariff_on(day: date) -> Tariff:
    """The tariff in force on a day; CakupanError before the first one."""
    found = next((tariff for tariff in tariffs() if tariff.effective_from <= day <= tariff.effective_to), None)
    if found is None:
        raise CakupanError(f"Tarif iuran pada {day} tidak diketahui; tarif tertua berlaku sejak {_first(tariffs())}.")
    return found


def vat_on(day: date) -> Vat:
    """The rate of VAT on a day; CakupanError before the first one."""
    found = next((rate for rate in vat_rates() if rate.effective_from <= day <= rate.effective_to), None)
    if found is None:
        raise CakupanError(f"Tarif PPN pada {day} tidak diketahui; tarif tertua berlaku sejak {_first(vat_rates())}.")
    return found


def _first(dated: tuple[Tariff, ...] | tuple[Vat, ...]) -> date:
    return dated[0].effective_from


@cache
def tariffs() -> tuple[Tariff, ...]:
    """All tariffs, the oldest first."""
    facts = _facts()
    return tuple(
        Tariff(
            code=told["code"],
            effective_from=told["effective_from"],
            effective_to=until,
            article=told["article"],
            assumption=told["assumption"],
            brackets=_brackets(facts["bracket"], Decimal(told["share_pct"]) / 100),
            wages=Wages(**{name: pct * told["share_pct"] / 100 for name, pct in facts["wages"].items()}),
        )
        for told, until in _with_ends(facts["tariff"])
    )


@cache
def vat_rates() -> tuple[Vat, ...]:
    """All rates, the oldest first."""
    return tuple(
        Vat(told["effective_from"], until, Decimal(told["pct"]), told["article"])
        for told, until in _with_ends(_facts()["vat"])
    )


def bracket_rows() -> list[tuple[date, date, int, int | None, Decimal, Decimal]]:
    """(effective_from, effective_to, lower_rp, upper_rp, jkk_pct, jkm_pct), for a table to be joined in SQL."""
    return [
        (tariff.effective_from, tariff.effective_to, part.lower_rp, part.upper_rp, part.jkk_pct, part.jkm_pct)
        for tariff in tariffs()
        for part in tariff.brackets
    ]


def vat_rows() -> list[tuple[date, date, Decimal]]:
    """(effective_from, effective_to, pct), for a table to be joined in SQL."""
    return [(rate.effective_from, rate.effective_to, rate.pct) for rate in vat_rates()]


@cache
def _facts() -> dict[str, Any]:
    # As Decimal: 0.21 has no exact binary fraction.
    return tomllib.loads(TARIFFS.read_text("utf-8"), parse_float=Decimal)


def _with_ends(told: list[dict[str, Any]]) -> list[tuple[dict[str, Any], date]]:
    """Each entry with the last day on which it holds: the day before the next one begins."""
    begins = [one["effective_from"] for one in told]
    assert begins == sorted(set(begins)), begins
    ends = [date.fromordinal(begin.toordinal() - 1) for begin in begins[1:]]
    return list(zip(told, [*ends, FOREVER], strict=True))


def _brackets(told: list[dict[str, Any]], share: Decimal) -> tuple[Bracket, ...]:
    uppers = [one.get("up_to_rp") for one in told]
    lowers = [0, *uppers[:-1]]
    assert uppers[-1] is None and lowers == sorted(set(lowers)), uppers
    return tuple(
        Bracket(lower, upper, one["jkk_pct"] * share, one["jkm_pct"] * share)
        for lower, upper, one in zip(lowers, uppers, told, strict=True)
    )
