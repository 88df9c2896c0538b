"""The sections of a pack that Capaian Target shows: where each target stands, and what closes the gap."""

from dataclasses import replace

from analytics.row import Row
from reports.pack import Section, Table, Tone
from ui import aims as aiming
from ui import attainment, cached, closing_table, course, other_targets, pack_charts, scope_bar, target_columns
from ui.aims import Aim, Aims
from ui.cached import ServedEdition
from ui.pack_asked import Asked, Made, dated_sources, notes_on, sources_of
from ui.pack_tables import pack_table
from ui.scope_bar import Selection
from ui.texts import translator


def aims_of(edition: ServedEdition, selection: Selection, language: str) -> tuple[Selection, Aims]:
    """What Capaian Target reads of this scope; targets are for a year, so no month is compared with."""
    year_before = scope_bar.year_before(selection.month)
    usual = year_before if year_before in cached.months(edition.key) else None
    own = replace(selection, compared=usual, vintage=None)
    return own, aiming.read(edition, own, {}, language)


def has_targets(edition: ServedEdition, selection: Selection) -> bool:
    """Targets are of places: of the projects of one owner alone none is told."""
    if selection.scope.owner is not None or cached.sees_only_owners(edition.key):
        return False
    return not aims_of(edition, selection, "id")[1].is_empty


def targets(asked: Asked) -> Made:
    """Where each comparable target stands, and those that stand beside no measure."""
    _ = translator(asked.language)
    name, language = _("Capaian target"), asked.language
    selection, aims = aims_of(asked.edition, asked.selection, language)
    if aims.followed is None:
        title = other_targets.none_comparable(selection, aims, language)
        return Made(Section("targets", name, title, tables=_apart(aims, language)))
    rows = [row for aim in aims.aims if (row := aim.row.row) is not None]
    section = Section(
        "targets", name,
        attainment.verdict(aims, selection, language),
        attainment.kicker(asked.edition, selection, aims, language),
        pack_charts.bullets_chart(aims, selection, language),
        [_attainment(aims, selection, language), *_pace(asked, selection, aims), *_apart(aims, language)],
        asides=[*attainment.rules(aims, language), *attainment.cautions(selection, aims, language)],
        notes=[note for measure in _measures(aims) for note in notes_on(measure, language)],
        source=sources_of(rows, language),
    )  # fmt: skip
    return Made(section, _measures(aims), dated_sources(rows, language))


def _measures(aims: Aims) -> list[str]:
    return list(dict.fromkeys(aim.measure for aim in aims.aims))


def _attainment(aims: Aims, selection: Selection, language: str) -> Table:
    columns = target_columns.attainment_columns(aims.scope.sector, language)
    names = (translator(language)("Capaian target"), attainment.table_title(selection, language))
    return pack_table(
        "capaian-target", names, columns, aims.aims, language, brief=(0, 1, 2, 3, 4, 7, 8), status=4,
        tone=lambda aim: _tone_of(aim, language),
    )  # fmt: skip


def _tone_of(aim: Aim, language: str) -> Tone | None:
    tones: dict[str, Tone] = {"better": "better", "concern": "concern"}
    _word, css = attainment.standing(aim.row, language)
    if aim.row.rating is not None and aim.row.pct is not None:
        return "better" if aim.row.pct >= 100 else "concern"
    return tones.get(css, "context")


def _pace(asked: Asked, selection: Selection, aims: Aims) -> list[Table]:
    _ = translator(asked.language)
    pace = cached.pace(asked.edition.key, selection.month, aims.scope)
    if pace.weeks_left <= 0 or aims.followed is None:
        return []
    columns, rows = course.pace_table(pace, aims, asked.language)
    own = pace.rows[aims.aims.index(aims.followed)]
    title = course.pace_title(own, aims.followed, aims, asked.language)
    return [pack_table("laju", (_("Laju per minggu"), title), columns, rows, asked.language)]


def _apart(aims: Aims, language: str) -> list[Table]:
    _ = translator(language)
    if not aims.apart:
        return []
    names = (_("Target lain"), other_targets.apart_title(aims, language))
    return [
        pack_table("target-tidak-sebanding", names, other_targets.apart_columns(aims, language), aims.apart, language)
    ]


def closing(asked: Asked) -> Made:
    """The fewest projects that close the gap to the target that the page follows first."""
    _ = translator(asked.language)
    name, edition, language = _("Daftar penutup"), asked.edition, asked.language
    selection, aims = aims_of(edition, asked.selection, language)
    if aims.followed is None:
        title = other_targets.none_comparable(selection, aims, language)
        return Made(Section("closing", name, title, why_empty=title))
    told = closing_table.tell(edition, selection, aims, aims.followed, language)
    if told.found is None:
        return Made(Section("closing", name, told.title, why_empty=told.subtitle or told.title))
    pace, found = cached.pace(edition.key, selection.month, aims.scope), told.found
    follow_ups = closing_table.newest_follow_ups(asked.casework)
    columns = closing_table.file_columns(found, follow_ups, pace.seen_on, language)
    made = [pack_table("penutup", (name, told.title), columns, found.rows, language, brief=(1, 3, 5, 7, 8, 15, 18))]
    asides = []
    if found.unknown:
        asides.append(closing_table.unknown_told(found, language))
        names = (_("Penutup belum dinilai"), _("Proyek yang belum dapat dinilai"))
        columns = closing_table.unknown_columns(found, selection, language)
        made.append(pack_table("belum-dapat-dinilai", names, columns, found.unknown, language, only_in_workbook=True))
    rows: list[Row] = [aims.followed.row.row] if aims.followed.row.row else []
    section = Section(
        "closing", name, told.title, told.subtitle, None, made if found.rows or found.unknown else [],
        asides=asides, notes=notes_on(aims.followed.measure, language), source=sources_of(rows, language),
    )  # fmt: skip
    return Made(section, [aims.followed.measure], dated_sources(rows, language))
