"""One finding on one slide: its chart with a table beside it, remarks below, everything else in the speaker's notes."""

from collections.abc import Sequence
from dataclasses import replace

from babel.numbers import format_decimal
from pptx.util import Pt

from reports.cells import visible
from reports.fitting import height_of, lines_of, shortened
from reports.pack import Pack, Section, Table
from reports.slide_charts import add_chart, first_of, rows_that_fit
from reports.slide_master import Frame, Native, Stage
from reports.slide_page import begun, write_notes
from reports.slide_tables import Fit, add_table, fitted
from reports.slide_text import COLOURS, GREY, Look, height_in, say, say_list

GAP = Pt(14)
SMALL, REMARK = Look(11, GREY), Look(12, GREY)
TABLE_TITLE, EMPTY = Look(12, COLOURS["main"], is_bold=True), Look(16, GREY)
ROOM_FOR_TITLE = 38  # of two lines, and the distance to the table above
# Shares of the width that a table may take beside its chart, the least first.
TABLE_SHARES = (0.36, 0.42, 0.48, 0.54, 0.6)
# Neither more columns nor larger letters are worth a narrower chart.
LEGIBLE, ENOUGH_COLUMNS = 12, 7
MOST_OF_ASIDES, MOST_OF_TABLE, MOST_OF_NOTE = 0.2, 0.8, 2
WORDS = {
    "id": {
        "more": "{missing} lain ada di buku kerja, lembar “{name}”.",
        "and": " dan ",
        "more_rows": "Grafik memuat {shown} dari {count}; semuanya ada di buku kerja.",
        "more_tables": "Tabel lain di buku kerja: {names}.",
        "more_asides": "Keterangan lain ada di catatan pembicara.",
        "source": "Sumber: {source}",
    },
    "en": {
        "more": "{missing} more in the workbook, sheet “{name}”.",
        "and": " and ",
        "more_rows": "The chart shows {shown} of {count}; all of them are in the workbook.",
        "more_tables": "Other tables in the workbook: {names}.",
        "more_asides": "Further remarks are in the speaker’s notes.",
        "source": "Source: {source}",
    },
}
# Of one, and of more.
COUNTED = {
    "id": {"lines": ("{count} baris", "{count} baris"), "columns": ("{count} kolom", "{count} kolom")},
    "en": {"lines": ("{count} row", "{count} rows"), "columns": ("{count} column", "{count} columns")},
}


def add_section(on: Stage, section: Section, pack: Pack, opening: str = "") -> None:
    """The slide of a section; `opening` stands before its subtitle."""
    if section.chart is not None and not section.chart.categories:
        section = replace(section, chart=None)
    subtitle = " · ".join(part for part in (opening, section.subtitle) if part)
    slide, room = begun(on, pack, section.title, subtitle, section.source)
    if section.why_empty:
        say_list(slide, [visible(section.why_empty)], room, pack.language)
    elif section.chart is None and _table_of(section) is None:
        say_list(slide, [visible(aside) for aside in section.asides], room, pack.language)
    else:
        room = _add_asides(slide, section, room, pack.language)
        _add_evidence(slide, section, room, pack)
    _annotate(slide, section, pack)


def is_for_a_workbook(section: Section) -> bool:
    """Such as the register of all projects: nothing of it is a finding that one slide can show."""
    has_only_long_tables = bool(section.tables) and all(table.only_in_workbook for table in section.tables)
    return section.chart is None and has_only_long_tables


def _add_asides(slide: Native, section: Section, room: Frame, language: str) -> Frame:
    """Remarks below chart and table, as many as leave these their room; the notes have all."""
    wide, said = room.width / Pt(1), []
    most = MOST_OF_ASIDES * room.height / Pt(1) - height_of(1, REMARK.size)
    for aside in map(visible, section.asides):
        if height_in([*said, (aside, REMARK)], wide) > most:
            said.append((WORDS[language]["more_asides"], REMARK))
            break
        said.append((aside, REMARK))
    if not said:
        return room
    above, below = room.split(room.height - Pt(height_in(said, wide)))
    say(slide, said, below, language)
    return Frame(above.left, above.top, above.width, above.height - Pt(8))


def _add_evidence(slide: Native, section: Section, room: Frame, pack: Pack) -> None:
    """The chart at the left and its table at the right, as wide as it needs; one alone takes the whole width."""
    table = _table_of(section)
    if table is None:
        _add_chart(slide, section, room, pack)
    elif section.chart is None:
        _add_tables(slide, section, room, pack.language)
    else:
        wide = int(_table_share(table, room) * room.width)
        _add_chart(slide, section, Frame(room.left, room.top, room.width - wide - GAP, room.height), pack)
        _add_tables(slide, section, Frame(room.right - wide, room.top, wide, room.height), pack.language)


def _table_of(section: Section) -> Table | None:
    """Beside a chart of the same numbers the table with its JUMLAH says more; else the first."""
    tables = [table for table in section.tables if not table.only_in_workbook]
    return next((table for table in tables if table.total is not None), tables[0] if tables else None)


def _table_share(table: Table, room: Frame) -> float:
    """The least share of the width at which the table is as complete, and as legible, as at any other."""
    wide, high = room.width / Pt(1), MOST_OF_TABLE * room.height / Pt(1)

    def completeness(share: float) -> tuple[int, int, bool, float]:
        fit = fitted(table, share * wide, high)
        return fit.lines, min(len(fit.columns), ENOUGH_COLUMNS), fit.is_whole, min(fit.size, LEGIBLE)

    return max(TABLE_SHARES, key=completeness)  # the first of equals


def _add_chart(slide: Native, section: Section, frame: Frame, pack: Pack) -> None:
    chart = section.chart
    assert chart is not None, section.code
    most = rows_that_fit(chart, frame.height / Pt(1) - height_of(1, SMALL.size))
    if len(chart.categories) > most:
        count = format_decimal(len(chart.categories), locale=pack.language)
        said = [(WORDS[pack.language]["more_rows"].format(shown=most, count=count), SMALL)]
        frame, below = frame.split(frame.height - Pt(height_in(said, frame.width / Pt(1))))
        say(slide, said, below, pack.language)
    add_chart(slide, first_of(chart, most), frame, language=pack.language, day=pack.day)


def _add_tables(slide: Native, section: Section, frame: Frame, language: str) -> None:
    """The table of the section, further ones that fit below it as a whole, and the names of those that do not."""
    wide, first = frame.width / Pt(1), _table_of(section)
    left = [table for table in section.tables if table is not first]
    foot = height_in(_named(left, language), wide)
    assert first is not None, section.code
    room, _ = frame.split(frame.height - Pt(foot))
    room = _add_table(slide, section, first, room, language)
    for table in list(left):
        if not table.only_in_workbook and table.lines and _fits_whole(table, room):
            room = _add_table(slide, section, table, room, language)
            left.remove(table)
    if left:
        say(slide, _named(left, language), Frame(room.left, room.top, room.width, Pt(foot)), language)


def _named(tables: Sequence[Table], language: str) -> list[tuple[str, Look]]:
    names = ", ".join(visible(table.name) for table in tables)
    return [(WORDS[language]["more_tables"].format(names=names), SMALL)] if tables else []


def _fits_whole(table: Table, room: Frame) -> bool:
    wide, high = room.width / Pt(1), room.height / Pt(1)
    fit = fitted(table, wide, max(high - ROOM_FOR_TITLE, 0))
    brief = sum(column.is_brief for column in table.columns)
    is_complete = fit.lines == len(table.lines) and len(fit.columns) == brief and fit.is_whole
    return is_complete and fit.height + ROOM_FOR_TITLE <= high and not table.total_note


def _add_table(slide: Native, section: Section, table: Table, frame: Frame, language: str) -> Frame:
    """Its title, its first lines, and what is left unsaid: how many lines more, and why the total is no sum.

    Returns the room that is left below.
    """
    if table.title != section.title:
        frame = _add_table_title(slide, table, frame, language)
    wide = frame.width / Pt(1)
    if not table.lines and table.total is None:
        said = [(visible(table.empty), EMPTY)]
        above, below = frame.split(Pt(height_in(said, wide) + 6))
        say(slide, said, above, language)
        return below
    most = frame.height / Pt(1) - height_in(_below(table, None, wide, language), wide) - 8
    is_course = section.chart is not None and section.chart.kind == "line"
    fit = fitted(table, wide, most, last=is_course)
    taken = add_table(slide, table, fit, frame)
    _, room = frame.split(taken.height + Pt(6))
    if said := _below(table, fit, wide, language):
        above, room = room.split(Pt(height_in(said, wide)))
        say(slide, said, above, language)
    return room


def _add_table_title(slide: Native, table: Table, frame: Frame, language: str) -> Frame:
    wide = frame.width / Pt(1)
    title = shortened(visible(table.title), TABLE_TITLE.size, wide, 2, bold=True)
    high = height_of(lines_of(title, TABLE_TITLE.size, wide, bold=True), TABLE_TITLE.size)
    above, below = frame.split(Pt(high + 4))
    say(slide, [(title, TABLE_TITLE)], above, language)
    return below


def _below(table: Table, fit: Fit | None, wide: float, language: str) -> list[tuple[str, Look]]:
    """What the slide leaves out of a table; without a fit, all that it might leave out."""
    words, counted = WORDS[language], COUNTED[language]
    counts = {
        "lines": len(table.lines) - (fit.lines if fit else 0),
        "columns": sum(column.is_brief for column in table.columns) - (len(fit.columns) if fit else 0),
    }
    missing = [
        counted[what][count > 1].format(count=format_decimal(count, locale=language))
        for what, count in counts.items()
        if count > 0
    ]
    said = [words["more"].format(missing=words["and"].join(missing), name=visible(table.name)) if missing else ""]
    said.append(_brief(visible(table.total_note), wide, words))
    return [(text, SMALL) for text in said if text]


def _brief(note: str, wide: float, words: dict[str, str]) -> str:
    """The note, or its first sentence where it would take the room of the lines: the speaker has all of it."""
    if not note or lines_of(note, SMALL.size, wide) <= MOST_OF_NOTE:
        return note
    first = note.split(". ")[0].rstrip(".")
    return f"{shortened(first, SMALL.size, wide, MOST_OF_NOTE)}. {words['more_asides']}"


def _annotate(slide: Native, section: Section, pack: Pack) -> None:
    """Definition, limits and source for whoever is asked about the slide."""
    notes: Sequence[str] = [*section.notes, *section.asides, *(table.total_note for table in section.tables)]
    source = WORDS[pack.language]["source"].format(source=section.source) if section.source else ""
    write_notes(slide, [*notes, source, pack.origin])
