"""What the sections of a pack have in common: what was asked, and where their numbers come from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analytics import gate
from analytics.indicators import INDICATORS
from analytics.row import Row
from analytics.within import NATION, places_inside
from data.casework import Casework
from data.packs import Kept
from reports.pack import Section, Tone
from ui import cached, formats, sentences
from ui.cached import ServedEdition
from ui.scope_bar import Selection
from ui.texts import translator


@dataclass(frozen=True)
class Asked:
    """What a section is made of: `params` are those of the screen's address that shows the same scope.

    `casework` is what officials added to the projects of the scope, `since` the series' earlier pack.
    """

    edition: ServedEdition
    selection: Selection
    params: dict[str, str]
    language: str
    casework: Casework
    since: Kept | None = None

    @property
    def position(self) -> date:
        """The day on which projects are judged."""
        return date.fromisoformat(self.edition.meta["as_of"])

    @property
    def overlaid(self) -> dict[str, str]:
        """Results that a proof by hand replaces, by project."""
        return gate.overlay(self.casework, cached.opened(self.edition.key))


@dataclass(frozen=True)
class Made:
    """A section, the codes of the measures it rests on, and the dated sources of its numbers."""

    section: Section
    measures: Sequence[str] = ()
    sources: Sequence[str] = ()


def notes_on(measure: str, language: str) -> list[str]:
    """Definition, what is left out, limits: for who is asked about a number."""
    _ = translator(language)
    indicator = INDICATORS[measure]
    told = {
        indicator.label.in_language(language): indicator.definition,
        _("Tidak termasuk"): indicator.exclusions,
        _("Batasan"): indicator.limits,
    }
    return [f"{term}: {text.in_language(language)}" for term, text in told.items()]


def rule_notes(edition: ServedEdition, selection: Selection, language: str) -> list[str]:
    """The rules that projects of the scope are judged by, each with its article; what nobody has confirmed says so."""
    _ = translator(language)
    told = []
    for rule in gate.rules(cached.opened(edition.key)):
        if rule.kind == "wajib" and _binds(rule, edition, selection):
            assumed = " " + _("(asumsi, belum dikonfirmasi)") if rule.is_assumption else ""
            told.append(f"{rule.text.in_language(language)} {rule.article}{assumed}.")
    return told


def _binds(rule: gate.Rule, edition: ServedEdition, selection: Selection) -> bool:
    """Whether the rule holds in a place of the scope, or in one that holds the scope."""
    if not rule.places or selection.scope.place == NATION:
        return True
    known, inside = cached.known_places(edition.key), places_inside(cached.opened(edition.key), selection.scope.place)
    above = {known[code].parent for code in inside or [] if code in known}
    return bool({*rule.places} & {selection.scope.place, *(inside or []), *above})


def sources_of(rows: Sequence[Row], language: str) -> str:
    """The sources of numerators and denominators, each once."""
    told = [row.source for row in rows] + [row.denominator_source for row in rows]
    return "; ".join(dict.fromkeys(sentences.source_name(source, language) for source in told if source))


def dated_sources(rows: Sequence[Row], language: str) -> list[str]:
    """The same, one by one, with the newest day that each speaks of."""
    _ = translator(language)
    days: dict[str, date] = {}
    for row in rows:
        for source, day in ((row.source, row.as_of), (row.denominator_source, row.denominator_as_of)):
            if source and day:
                name = sentences.source_name(source, language)
                days[name] = max(day, days.get(name, day))
    return [_("{source}, posisi {day}").format(source=name, day=formats.day(days[name], language)) for name in days]


def tone_of(row: Row) -> Tone | None:
    """Of a row's status: what is implausible concerns, what is not known stays grey."""
    if row.status == "implausible":
        return "concern"
    return None if row.value is not None or row.status == "ok" else "context"
