"""The sections of a pack that Ringkasan and Perbandingan show, from the functions of these pages."""

from collections.abc import Sequence
from dataclasses import replace

from analytics import compute
from analytics.compare import Comparison, Entry
from analytics.indicators import INDICATORS
from analytics.recap import INDICATORS_USED, Recap
from analytics.row import Row
from data.categories import CONSTRUCTION
from reports.pack import Chart, Section, Table, Tone
from ui import (
    charts,
    comparison,
    empty_states,
    formats,
    overview,
    pack_charts,
    recap,
    recap_columns,
    sentences,
    tables,
    views,
)
from ui.cached import ServedEdition
from ui.comparison import Told
from ui.pack_asked import Asked, Made, dated_sources, notes_on, sources_of, tone_of
from ui.pack_tables import line, pack_table
from ui.recap_columns import RecapLine
from ui.scope_bar import Selection
from ui.texts import translator
from ui.views import View

TAB_OF = {"place": views.WILAYAH, "owner": views.PEMILIK, "fund": views.DANA}
MEASURED = range(5)  # name, code, numerator, denominator, share


def headline_of(edition: ServedEdition, selection: Selection) -> Row:
    """The row that Ringkasan begins with; without a numerator there is no figure."""
    return overview.headline_row(edition, selection, compute.headline_indicator(selection.scope))


# A year of them is still read at a glance.
MOST_MONTHS_WITHOUT_DATA = 12


def trend(asked: Asked) -> Made:
    """The line of the headline."""
    _ = translator(asked.language)
    name, edition, selection, language = _("Perkembangan"), asked.edition, asked.selection, asked.language
    row = headline_of(edition, selection)
    if row.numerator is None:
        return _without_figure("trend", name, asked, row)
    found = overview.trend(edition, selection, row, language)
    written = _written(found.rows)
    # A month is read as on the screen in a workbook, too; its code is for machines.
    month, *others = overview.trend_columns(found, language)
    table = pack_table(
        "tren", (name, found.title), [replace(month, raw=month.text), *others], written, language,
        brief=(0, 1, 2, 3, 6) if found.counts else (0, 1, 4, 7, 8), status=6 if found.counts else 8, tone=tone_of,
    )  # fmt: skip
    chart = pack_charts.line_chart(found, selection.scope.sector, language)
    notes, source = notes_on(found.measure, language), sources_of(found.drawn, language)
    asides = [
        f"{sentences.dated(row, language)}: ▲ {charts.outside_scale(row, language)}."
        for row in found.drawn
        if row.status == "implausible"
    ]
    if left_out := len(found.rows) - len(written):
        text = _.plural("{count} bulan tanpa data tidak ditulis dalam tabel.", left_out)
        asides.append(text.format(count=formats.number(left_out, language)))
    section = Section(
        "trend", name, found.title, found.subtitle, chart, [table], asides=asides, notes=notes, source=source
    )  # fmt: skip
    now = overview.shown_row(edition, selection, row)
    return Made(section, [found.measure], dated_sources([now], language))


def _written(rows: Sequence[Row]) -> Sequence[Row]:
    """Months without data are lines of the table, unless they are so many that they alone would fill its pages."""
    known = [row for row in rows if row.numerator is not None]
    return rows if len(rows) - len(known) <= MOST_MONTHS_WITHOUT_DATA else known


def _without_figure(code: str, name: str, asked: Asked, row: Row) -> Made:
    heading, reason = empty_states.no_data_told(asked.selection, row, asked.language)
    return Made(Section(code, name, heading, why_empty=reason))


def change(asked: Asked) -> Made:
    """The waterfall since the month compared with."""
    _ = translator(asked.language)
    name, edition, selection, language = _("Perubahan"), asked.edition, asked.selection, asked.language
    row = headline_of(edition, selection)
    if row.numerator is None:
        return _without_figure("change", name, asked, row)
    found = overview.change(edition, selection, row, language)
    if not found.steps:
        return Made(Section("change", name, found.title, why_empty=found.title))
    columns = overview.change_columns(edition, selection, row, found, language)
    table = pack_table("perubahan", (name, found.title), columns, found.steps, language)
    measure, now = overview.shown_measure(selection, row), overview.shown_row(edition, selection, row)
    assert found.months is not None, found
    bars = [charts.step_label(step, found.months, language) for step in found.steps]
    series = overview.measure_label(selection, language)
    chart = pack_charts.waterfall_chart(found.steps, bars, (series, found.alt), language)
    notes, source = notes_on(measure, language), sources_of([now], language)
    section = Section("change", name, found.title, found.subtitle, chart, [table], notes=notes, source=source)
    return Made(section, [measure], dated_sources([now], language))


def has_change(edition: ServedEdition, selection: Selection) -> bool:
    row = headline_of(edition, selection)
    return row.numerator is not None and bool(overview.change(edition, selection, row, "id").steps)


def place(asked: Asked) -> Made:
    """The places of the scope beside each other."""
    return _compared(asked, "place", translator(asked.language)("Wilayah"))


def owner(asked: Asked) -> Made:
    """The owners of projects beside each other."""
    return _compared(asked, "owner", translator(asked.language)("Pemilik proyek"))


def fund(asked: Asked) -> Made:
    """The sources of funds beside each other."""
    return _compared(asked, "fund", translator(asked.language)("Sumber dana"))


def view_of(edition: ServedEdition, params: dict[str, str], by: str, language: str) -> tuple[Selection, View]:
    """What Perbandingan shows of this scope by place, owner or fund."""
    _chosen, within, view = views.read({**params, "tab": TAB_OF[by], "by": by}, edition, language)
    return within, view


def _compared(asked: Asked, by: str, name: str) -> Made:
    edition, language = asked.edition, asked.language
    within, view = view_of(edition, asked.params, by, language)
    found = comparison.read(edition, within, view)
    told = comparison.tell(edition, within, view, found, language)
    if not found.entries:
        return Made(Section(by, name, told.title, why_empty=told.subtitle))
    columns = comparison.table_columns(view, found, told, language)
    status, recaps = _status_at(columns, language), _recap(asked, within, view)
    # On paper the recapitulation says the same of each group, and its total.
    table = pack_table(
        f"perbandingan-{by}", (name, told.title), columns, told.lines, language,
        brief=_brief(columns, status, language), status=status, tone=lambda line: _tone_of_entry(line.entry, view),
        only_in_workbook=bool(recaps) and view.measure in INDICATORS_USED,
    )  # fmt: skip
    rows = [entry.row for entry in found.entries if entry.row.value is not None]
    section = Section(
        by, name, told.title, told.subtitle, _dots(asked, within, view, found, told),
        [table, *recaps],
        asides=[*comparison.shapes(told, language), *told.asides],
        notes=notes_on(view.measure, language), source=sources_of(rows, language),
    )  # fmt: skip
    recapped = INDICATORS_USED if recaps else ()
    return Made(section, [view.measure, *recapped], dated_sources(rows, language))


def _recap(asked: Asked, within: Selection, view: View) -> list[Table]:
    """What officials list of each group, with the scope's own row."""
    _ = translator(asked.language)
    groups, where = comparison.groups_word(view, asked.language), within.where(asked.language)
    found = _recapped(asked.edition, within, view)
    if found is None:
        return []
    columns = recap_columns.columns(groups, asked.language)
    total = None if found.total is None else line(columns, RecapLine(found.total), asked.language)
    names = {"place": _("Rekap wilayah"), "owner": _("Rekap pemilik proyek"), "fund": _("Rekap sumber dana")}
    return [
        pack_table(
            f"rekap-{view.by}", (names[view.by], recap_columns.finding(found, groups, where, asked.language)), columns,
            recap_columns.lines(found), asked.language, brief=recap_columns.BRIEF,
            paper=recap_columns.PAPER, total=total,
            total_note=recap_columns.total_note(found, groups, where, asked.language),
        )
    ]  # fmt: skip


def _recapped(edition: ServedEdition, within: Selection, view: View) -> Recap | None:
    """None where no project of the scope is known to run."""
    found = recap.read(edition, within, view)
    return found if found and any(row.projects for row in found.rows) else None


def _dots(asked: Asked, within: Selection, view: View, found: Comparison, told: Told) -> Chart | None:
    if not told.drawn:
        return None
    _ = translator(asked.language)
    dots = [comparison.dot(one, view, comparison.aims_of(told, one), None, asked.language) for one in told.drawn]
    average = comparison.average(within, view, found, asked.language)
    names, unit = (view.label(asked.language), _("target")), INDICATORS[view.measure].unit
    return pack_charts.dots_chart(told, dots, names, unit, average, asked.language)


def _status_at(columns: Sequence[tables.Column], language: str) -> int | None:
    """The judgement where one is given, else the status of the data."""
    _ = translator(language)
    headers = [column.header for column in columns]
    return next((headers.index(word) for word in (_("Penilaian"), _("Keterangan")) if word in headers), None)


def _brief(columns: Sequence[tables.Column], status: int | None, language: str) -> list[int]:
    _ = translator(language)
    shown = [at for at, column in enumerate(columns) if not column.only_in_file]
    return [at for at in shown if at in MEASURED or at == status or columns[at].header == _("Proyek berjalan")]


def _tone_of_entry(entry: Entry, view: View) -> Tone | None:
    better = INDICATORS[view.measure].better
    if entry.judgement in ("above", "below"):
        return "better" if (entry.judgement == "above") == (better == "higher") else "concern"
    return tone_of(entry.row)


def compares(edition: ServedEdition, selection: Selection, params: dict[str, str], by: str) -> bool:
    """Whether the scope has groups of its own to lay beside each other.

    Where Perbandingan would widen the scope, to lay a kabupaten or an owner beside its like, a pack says nothing: who
    may see its scope may see all of it.
    """
    if by != "place" and selection.scope.sector != CONSTRUCTION:
        return False
    within, view = view_of(edition, params, by, "id")
    scope, own = view.scope, selection.scope
    if view.by != by or (scope.place, scope.owner, scope.fund) != (own.place, own.owner, own.fund):
        return False
    rows = [entry.row for entry in comparison.read(edition, within, view).entries]
    is_known = any(row.numerator is not None for row in rows) or bool(_recapped(edition, within, view))
    return len(rows) > 1 and is_known
