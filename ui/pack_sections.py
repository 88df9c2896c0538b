"""The sections of a pack, each from the functions of the screen that shows the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analytics import compute
from analytics.compare import Entry
from analytics.indicators import INDICATORS, label_in
from analytics.row import Row
from data.casework import Casework
from reports.pack import Section, Tone
from ui import comparison, empty_states, overview, pack_charts, scope_bar, sentences, views
from ui.cached import ServedEdition
from ui.pack_tables import pack_table
from ui.scope_bar import Selection
from ui.texts import translator
from ui.views import View

TAB_OF = {"place": views.WILAYAH, "owner": views.PEMILIK, "fund": views.DANA}


@dataclass(frozen=True)
class Asked:
    """What a section is made of: `params` are those of the screen's address that shows the same scope."""

    edition: ServedEdition
    selection: Selection
    params: dict[str, str]
    language: str
    casework: Casework
    since: Any = None


def headline_of(edition: ServedEdition, selection: Selection) -> Row:
    """The row that Ringkasan begins with; without a numerator there is no figure."""
    return overview.headline_row(edition, selection, compute.headline_indicator(selection.scope))


def trend(asked: Asked) -> Section:
    """The line of the headline."""
    _ = translator(asked.language)
    edition, selection, language = asked.edition, asked.selection, asked.language
    row = headline_of(edition, selection)
    if row.numerator is None:
        return _without_figure("trend", _("Perkembangan"), asked, row)
    found = overview.trend(edition, selection, row, language)
    columns = overview.trend_columns(found, language)
    table = pack_table(
        "tren", (_("Perkembangan"), found.title), columns, found.rows, language,
        brief=(0, 1, 2, 3, 6) if found.counts else (0, 1, 4, 7, 8), status=6 if found.counts else 8, tone=tone_of,
    )  # fmt: skip
    chart = pack_charts.line_chart(found, selection.scope.sector, language)
    return Section(
        "trend", _("Perkembangan"), found.title, found.subtitle, chart, [table],
        notes=notes_on(found.measure, language), source=sources_of(found.drawn, language),
    )  # fmt: skip


def _without_figure(code: str, name: str, asked: Asked, row: Row) -> Section:
    heading, reason = empty_states.no_data_told(asked.selection, row, asked.language)
    return Section(code, name, heading, why_empty=reason)


def change(asked: Asked) -> Section:
    """The waterfall since the month compared with."""
    _ = translator(asked.language)
    edition, selection, language = asked.edition, asked.selection, asked.language
    row = headline_of(edition, selection)
    if row.numerator is None:
        return _without_figure("change", _("Perubahan"), asked, row)
    found = overview.change(edition, selection, row, language)
    if not found.steps:
        return Section("change", _("Perubahan"), found.title, why_empty=found.title)
    columns = overview.change_columns(edition, selection, row, found, language)
    table = pack_table("perubahan", (_("Perubahan"), found.title), columns, found.steps, language)
    measure = overview.shown_measure(selection, row)
    return Section(
        "change", _("Perubahan"), found.title, found.subtitle, pack_charts.waterfall_chart(found, language), [table],
        notes=notes_on(measure, language), source=sources_of([overview.shown_row(edition, selection, row)], language),
    )  # fmt: skip


def place(asked: Asked) -> Section:
    return _compared(asked, "place", translator(asked.language)("Wilayah"))


def owner(asked: Asked) -> Section:
    return _compared(asked, "owner", translator(asked.language)("Pemilik proyek"))


def fund(asked: Asked) -> Section:
    return _compared(asked, "fund", translator(asked.language)("Sumber dana"))


def view_of(edition: ServedEdition, params: dict[str, str], by: str, language: str) -> tuple[Selection, View]:
    """What Perbandingan shows of this scope by place, owner or fund."""
    _chosen, within, view = views.read({**params, "tab": TAB_OF[by], "by": by}, edition, language)
    return within, view


def _compared(asked: Asked, by: str, name: str) -> Section:
    edition, language = asked.edition, asked.language
    within, view = view_of(edition, asked.params, by, language)
    found = comparison.read(edition, within, view)
    told = comparison.tell(edition, within, view, found, language)
    if not found.entries:
        return Section(by, name, told.title, why_empty=told.subtitle)
    columns = comparison.table_columns(view, found, told, language)
    status = _status_at([column.header for column in columns], language)
    table = pack_table(
        f"perbandingan-{by}", (name, told.title), columns, told.lines, language,
        status=status, tone=lambda line: _tone_of_entry(line.entry, view),
    )  # fmt: skip
    rows = [entry.row for entry in found.entries if entry.row.value is not None]
    return Section(
        by, name, told.title, told.subtitle, _dots(asked, within, view, found, told), [table],
        asides=[*comparison.shapes(told, language), *told.asides],
        notes=notes_on(view.measure, language), source=sources_of(rows, language),
    )  # fmt: skip


def _dots(asked: Asked, within: Selection, view: View, found: comparison.Comparison, told: comparison.Told):
    if not told.drawn:
        return None
    _ = translator(asked.language)
    dots = [comparison.dot(entry, view, comparison.aims_of(told, entry), None, asked.language) for entry in told.drawn]
    average = comparison.average(within, view, found, asked.language)
    unit = INDICATORS[view.measure].unit
    return pack_charts.dots_chart(told, dots, (view.label(asked.language), _("target")), unit, average, asked.language)


def _status_at(headers: Sequence[str], language: str) -> int | None:
    """The judgement where one is given, else the status of the data."""
    _ = translator(language)
    return next((headers.index(word) for word in (_("Penilaian"), _("Keterangan")) if word in headers), None)


def _tone_of_entry(entry: Entry, view: View) -> Tone | None:
    better = INDICATORS[view.measure].better
    if entry.judgement in ("above", "below"):
        return "better" if (entry.judgement == "above") == (better == "higher") else "concern"
    return tone_of(entry.row)


def tone_of(row: Row) -> Tone | None:
    """Of a row's status: what is implausible concerns, what is not known stays grey."""
    if row.status == "implausible":
        return "concern"
    return None if row.value is not None or row.status == "ok" else "context"


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


def sources_of(rows: Sequence[Row], language: str) -> str:
    """The sources of numerators and denominators, each once."""
    told = [row.source for row in rows] + [row.denominator_source for row in rows]
    return "; ".join(dict.fromkeys(sentences.source_name(source, language) for source in told if source))


def label_of(measure: str, sector: str, language: str) -> str:
    return label_in(INDICATORS[measure], sector).in_language(language)


def compares(edition: ServedEdition, selection: Selection, params: dict[str, str], by: str) -> bool:
    """Whether the scope has groups of its own to lay beside each other.

    Where Perbandingan would widen the scope, to lay a kabupaten or an owner beside its like, a pack says nothing: who
    may see its scope may see all of it.
    """
    if by != "place" and selection.scope.sector != scope_bar.CONSTRUCTION:
        return False
    within, view = view_of(edition, params, by, "id")
    scope, own = view.scope, selection.scope
    if by not in view.breakdowns or view.by != by or (scope.place, scope.owner, scope.fund) != (
        own.place, own.owner, own.fund,
    ):  # fmt: skip
        return False
    return len(comparison.read(edition, within, view).entries) > 1
