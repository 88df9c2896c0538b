"""cakupan.py check: can the figures of a sentence be true of each other, and which stored figures are they near to."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

import typer

from commands.reader import shell_reader
from commands.telling import print_json
from commands.wanted import language_named
from data.home import Home

DECIMALS = 6


def check(
    text: Annotated[str, typer.Argument(help="Kalimat yang diperiksa, mis. '123 ribu dari 270 ribu, atau 45,6 %'.")],
    language: Annotated[str, typer.Option("--language", help="Bahasa jawaban: id atau en.")] = "id",
    as_json: Annotated[bool, typer.Option("--json", help="Keluaran JSON.")] = False,
) -> None:
    """Periksa angka dalam kalimat: dihitung ulang, dengan rentang pembulatan, dan dibandingkan dengan angka tersimpan.

    Rentang dari angka tercetak: 270 ribu berarti 269,5–270,5 ribu, 'sekitar 270 ribu' 265–275 ribu."""
    from analytics.claim_beside import beside as beside_of
    from analytics.claims import check as checked_text
    from data.editions import current_edition

    language = language_named(language)
    checked = checked_text(text)
    home = Home.from_environment()
    edition = current_edition(home, shell_reader(home).grant)
    beside = beside_of(home, edition, checked)
    if as_json:
        print_json(_facts(checked, beside, edition))
    else:
        _print(checked, beside, edition, language)


def _facts(checked: Any, beside: Any, edition: Any) -> dict[str, Any]:
    """Numbers as text: exact where they end, else to six decimals."""
    return {
        "verdict": beside.verdict,
        "reason": beside.reason,
        "claims": [_claim(claim, near) for claim, near in zip(checked.claims, beside.nearest, strict=True)],
        "lone": [_plain(asdict(one)) for one in beside.lone],
        "unchecked": [_plain(asdict(figure)) for figure in beside.unchecked],
        "figures": [_plain(asdict(figure)) for figure in checked.text.figures],
        "passed_over": [{"text": text, "as": kind} for text, kind in checked.text.passed_over],
        "edition": edition.number if edition else None,
        "demo": edition.meta["demo"] == "1" if edition else None,
    }


def _claim(claim: Any, near: Any) -> dict[str, Any]:
    return _plain(asdict(claim)) | {"nearest": _plain(asdict(near)) if near else None}


def _plain(fact: Any) -> Any:
    if isinstance(fact, dict):
        return {name: _plain(value) for name, value in fact.items()}
    if isinstance(fact, list | tuple):
        return [_plain(value) for value in fact]
    if isinstance(fact, Fraction):
        exact = round(Decimal(fact.numerator) / Decimal(fact.denominator), DECIMALS).normalize()
        return f"{exact:f}"
    return fact.isoformat() if isinstance(fact, date) else fact


def _print(checked: Any, beside: Any, edition: Any, language: str) -> None:
    from ui import claim_words

    if edition is not None and edition.meta["demo"] == "1":
        typer.echo("DATA CONTOH")
    for told in claim_words.told(checked, beside, has_edition=edition is not None, language=language):
        typer.echo("\n  ".join(told))
    if edition is None:
        typer.echo(claim_words.no_edition(language))
    if unchecked := claim_words.unchecked(beside, language):
        typer.echo(unchecked)
    typer.echo(claim_words.overall(beside, language))
