"""The recapitulation of Perbandingan: the same groups as officials list them, with the true total."""

from typing import get_args

from analytics.recap import By, Recap, RecapRow
from data.categories import CONSTRUCTION
from ui import cached, cards, comparison, formats, recap_columns, scope_bar, tables
from ui.cached import ServedEdition
from ui.origin_links import Link, Origins, linked
from ui.recap_columns import RecapLine
from ui.scope_bar import Selection
from ui.views import View


def read(edition: ServedEdition, selection: Selection, view: View) -> Recap | None:
    """None where nothing is known of projects by these groups: of other sectors than construction, and by sector."""
    by = next((by for by in get_args(By) if by == view.by), None)
    if by is None or view.scope.sector != CONSTRUCTION:
        return None
    return cached.recap(edition.key, selection.month, view.scope, by)


def show(edition: ServedEdition, selection: Selection, view: View, language: str) -> None:
    """Title, what the total means, and the table with its total."""
    recap = read(edition, selection, view)
    if recap is None or not any(row.projects for row in recap.rows):
        return
    groups, where = comparison.groups_word(view, language), selection.where(language)
    title = recap_columns.finding(recap, groups, where, language)
    name, note = recap_columns.title(groups, where, language), recap_columns.total_note(recap, groups, where, language)
    cards.show_title(title, f"{name}, {formats.month(selection.month, language)}. {note}")
    rows = [*recap_columns.lines(recap), *([RecapLine(recap.total)] if recap.total else [])]
    origins = Origins(edition, comparison.of_view(selection, view), language)

    def link_to(measure: str) -> Link:
        def way(row: RecapRow) -> str | None:
            return origins.of_row(row.rows[measure], measure, None if row is recap.total else view.by)

        return linked(way, language)

    shown, stamp = recap_columns.columns(groups, language, link_to), scope_bar.stamp(edition, selection, language)
    tables.show_table(shown, rows, f"rekapitulasi-{view.by}", title, stamp, language)
