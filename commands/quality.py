"""cakupan.py quality: what the rules of data quality find in the served edition, and how the findings stand."""

from typing import Annotated, Any

import typer

from commands.reader import shell_reader
from commands.telling import print_json
from data.errors import CakupanError
from data.home import Home

SHOWN = 40


def quality(
    rule: Annotated[str | None, typer.Option(help="Hanya aturan ini, mis. delivery_missing.")] = None,
    is_open: Annotated[bool, typer.Option("--open", help="Hanya temuan yang terbuka.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Keluaran JSON.")] = False,
) -> None:
    """Temuan mutu data pada edisi yang dilayani, per aturan, dengan penyelesaiannya. Tidak ada angka yang dikoreksi."""
    from analytics import quality as rules
    from analytics.quality.resolutions import of_edition
    from data.editions import published_edition

    home = Home.from_environment()
    edition = published_edition(home, shell_reader(home).grant)
    if rule is not None and rule not in rules.RULES:
        raise CakupanError(f"Aturan '{rule}' tidak dikenal; pilih: {', '.join(rules.RULES)}.")
    if not rules.is_told(edition):
        raise CakupanError(
            f"Edisi {edition.number} diterbitkan oleh program yang lebih lama dan tidak memuat temuan mutu; terbitkan "
            "lagi dengan publish."
        )
    every = of_edition(home, edition)
    untold = rules.untold([one.finding for one in every], edition.grant)
    found = [one for one in every if rule in (None, one.finding.rule) and (one.is_open or not is_open)]
    if as_json:
        of_what = {"edition": edition.number, "demo": edition.meta["demo"] == "1"}
        print_json(of_what | {"rules": _rules(rule, untold), "findings": [_facts(one) for one in found]})
    else:
        _print(found, edition, rule, untold)


def _rules(chosen: str | None, untold: set[str]) -> list[dict[str, Any]]:
    """`is_told` is false where no findings of a rule are no zero: some may lie beyond the grant."""
    from analytics.quality import RULES

    return [
        {
            "code": rule.code,
            "label": rule.label.id,
            "severity": rule.severity,
            "owner": rule.owner,
            "version": rule.version,
            "is_told": rule.code not in untold,
            "definition": rule.definition.id,
            "thresholds": [
                {"name": one.name.id, "value": one.value, "since": one.since, "source": one.source.id}
                for one in rule.thresholds
            ],
        }
        for rule in RULES.values()
        if chosen in (None, rule.code)
    ]


def _facts(one: Any) -> dict[str, Any]:
    """One finding; `why` in words, in Indonesian."""
    from analytics.quality import RULES
    from ui import quality_words

    finding, last = one.finding, one.history[-1] if one.history else None
    return {
        "key": finding.key,
        "rule": finding.rule,
        "severity": RULES[finding.rule].severity,
        "place": finding.place,
        "owner": finding.owner,
        "sender": finding.sender,
        "project": finding.project,
        "month": None if finding.month is None else f"{finding.month:%Y-%m}",
        "value": finding.value,
        "expected": finding.expected,
        "why": quality_words.why(finding, "id"),
        "state": one.state,
        "is_open": one.is_open,
        "note": last and {"entry": last.number, "office": last.note.office, "reason": last.note.reason},
    }


def _print(found: list[Any], edition: Any, chosen: str | None, untold: set[str]) -> None:
    from analytics.quality import RULES
    from ui import quality_words

    if edition.meta["demo"] == "1":
        typer.echo("DATA CONTOH")
    for rule in RULES.values():
        of_rule = [one for one in found if one.finding.rule == rule.code]
        if chosen in (None, rule.code):
            still_open = sum(one.is_open for one in of_rule)
            severity = quality_words.severity_name(rule.severity, "id")
            counts = f"{still_open} terbuka dari {len(of_rule)}"
            told = "– (dapat berada di luar lingkup akun ini)" if rule.code in untold else counts
            typer.echo(f"{severity}  {rule.label.id} ({rule.code}): {told}")
    for one in found[:SHOWN]:
        typer.echo(f"  {quality_words.state_name(one.state, 'id')}: {quality_words.why(one.finding, 'id')}")
    if len(found) > SHOWN:
        typer.echo(f"  … dan {len(found) - SHOWN} lagi; saring dengan --rule, atau pakai --json.")
