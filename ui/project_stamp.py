"""What a file of projects says of itself: judged at the edition's position, not at a month end."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from reports.cells import Cell
from ui import scope_bar, tables
from ui.cached import ServedEdition
from ui.scope_bar import Selection
from ui.texts import translator


def as_of(edition: ServedEdition) -> date:
    """The day that counts as today: pages are reproducible."""
    return date.fromisoformat(edition.meta["as_of"])


def of(
    edition: ServedEdition,
    selection: Selection,
    language: str,
    *,
    more: Mapping[str, Cell] = MappingProxyType({}),
    facts: Mapping[str, Any] = MappingProxyType({}),
) -> tables.Stamp:
    """The stamp of a page, with the position in the place of the month and of what projects have no choice of.

    `more` columns and journaled `facts` say what else was chosen.
    """
    _ = translator(language)
    usual = scope_bar.stamp(edition, selection, language)
    unasked = (_("Lingkup: bulan"), _("Lingkup: sektor"), _("Lingkup: penyebut pilihan"))
    columns = {header: value for header, value in usual.columns.items() if header not in unasked}
    scope = {name: value for name, value in usual.facts.items() if name not in ("month", "sector", "estimate")}
    day = as_of(edition).isoformat()
    stem = f"cakupan-{selection.scope.place.replace(':', '-')}-{day}"
    told = {_("Posisi"): as_of(edition)} | columns | dict(more)
    return replace(usual, file_stem=stem, columns=told, facts=scope | {"as_of": day} | dict(facts))
