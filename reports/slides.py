"""The slides of a meeting pack (PPTX): 16:9, one finding a slide, with native charts and tables that can be edited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from babel.dates import format_date
from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.slide import Slide
from pptx.util import Pt

from data.errors import CakupanError
from reports.cells import Cell, visible
from reports.fitting import balanced_width, height_of, largest_size, lines_of, shortened
from reports.pack import Headline, Pack, Section, Table
from reports.slide_charts import COLOURS, GREY, INK, add_chart, first_of, rows_that_fit
from reports.slide_master import Frame, Stage, stage
from reports.slide_tables import Fit, add_table, fitted
from reports.zipped import without_times

MOST_SLIDES = 8
TITLE_SIZES = (28, 26, 24, 22, 20, 18, 16, 14, 12)
TEXT_SIZES = (20, 18, 16, 14, 13, 12)
FOOTER_SIZES = (10, 9, 8, 7)
SUBTITLE_SIZES = (14, 13, 12)
SMALL, SUBTITLE = 11, 14
GAP = Pt(14)
COVER_FOOT = Pt(48)
# Shares of the width that a table may take beside its chart, the least first.
TABLE_SHARES = (0.36, 0.42, 0.48, 0.54)
LEGIBLE, ENOUGH_COLUMNS = 12, 6
MOST_OF_ASIDES = 0.2
LANGUAGES = {"id": MSO_LANGUAGE_ID.INDONESIAN, "en": MSO_LANGUAGE_ID.ENGLISH_UK}
WORDS = {
    "id": {
        "more": "{missing} lain ada di buku kerja, lembar “{name}”.",
        "lines": "{count} baris",
        "columns": "{count} kolom",
        "and": " dan ",
        "more_rows": "Grafik memuat {shown} dari {count}; semuanya ada di buku kerja.",
        "more_tables": "Tabel lain di buku kerja: {names}.",
        "more_asides": "Catatan lain ada di catatan pembicara.",
        "summary": "Ringkasan",
        "rest": "{count} bagian lain dijelaskan di buku kerja dan dokumen rapat ini",
        "source": "Sumber: {source}",
        "exclusions": "Tidak termasuk: {text}",
        "definition": "{name} = {formula}.",
    },
    "en": {
        "more": "{missing} more in the workbook, sheet “{name}”.",
        "lines": "{count} rows",
        "columns": "{count} columns",
        "and": " and ",
        "more_rows": "The chart shows {shown} of {count}; all of them are in the workbook.",
        "more_tables": "Other tables in the workbook: {names}.",
        "more_asides": "More remarks are in the speaker’s notes.",
        "summary": "Summary",
        "rest": "{count} further parts are told in the workbook and the document of this meeting",
        "source": "Source: {source}",
        "exclusions": "Not included: {text}",
        "definition": "{name} = {formula}.",
    },
}
PAGE_NUMBER = """<a:fld xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 id="{{C1FF6DA9-008F-8B48-92A6-B652298478BF}}" type="slidenum"><a:rPr lang="{language}"/><a:t>{number}</a:t></a:fld>"""


@dataclass(frozen=True)
class Look:
    """How a text is written."""

    size: float
    colour: str = INK
    is_bold: bool = False
    is_right: bool = False
    space_after: float = 0


def pack_slides(pack: Pack, template: bytes | None = None) -> bytes:
    """At most eight slides; `template` is an office's own PPTX, whose master and emblem they take.

    Raises CakupanError on a template that cannot be used. Equal packs give equal bytes.
    """
    on = stage(template)
    told, rest = _divided(pack)
    has_cover = len(told) + bool(rest) < MOST_SLIDES
    if has_cover:
        _add_cover(on, pack)
    for number, section in enumerate(told):
        opening = _meeting(pack) if number == 0 and not has_cover else ""
        _add_section(on, section, pack, opening)
    if rest:
        _add_rest(on, rest, pack)
    _date(on, pack)
    out = BytesIO()
    on.show.save(out)
    return without_times(out.getvalue())


def _divided(pack: Pack) -> tuple[list[Section], list[Section]]:
    """The sections with a slide of their own, and those that only a list has room for: they are empty, or last."""
    sections = [section for section in pack.sections if not _is_for_a_workbook(section)]
    if len(sections) <= MOST_SLIDES:
        return sections, []
    full = [section for section in sections if not section.why_empty]
    told = [section for section in sections if section in full[: MOST_SLIDES - 1]]
    return told, [section for section in sections if section not in told]


def _is_for_a_workbook(section: Section) -> bool:
    """Such as the register of all projects: nothing of it is a finding that one slide can show."""
    has_only_long_tables = bool(section.tables) and all(table.only_in_workbook for table in section.tables)
    return section.chart is None and has_only_long_tables


def _date(on: Stage, pack: Pack) -> None:
    facts = on.show.core_properties
    facts.title, facts.subject = visible(pack.title)[:255], visible(pack.meeting)[:255]
    facts.author = facts.last_modified_by = "Cakupan"
    facts.keywords, facts.comments = "", visible(pack.origin)[:255]
    facts.language, facts.revision = pack.language, 1
    facts.created = facts.modified = _midnight(pack)


def _midnight(pack: Pack) -> Any:
    return datetime(pack.day.year, pack.day.month, pack.day.day)  # noqa: DTZ001


def _meeting(pack: Pack) -> str:
    day = _long_day(pack.day, pack.language)
    return f"{visible(pack.meeting)} · {day}" if pack.meeting else day


def _add_section(on: Stage, section: Section, pack: Pack, opening: str) -> None:
    subtitle = " · ".join(part for part in (opening, visible(section.subtitle)) if part)
    slide, room = _begun(on, pack, section.title, subtitle, section.source)
    if section.why_empty:
        _say(slide, [(visible(section.why_empty), Look(20, GREY))], room)
    else:
        room = _add_asides(slide, section, room, pack.language)
        _add_evidence(slide, section, room, pack)
    _annotate(slide, section, pack)


def _begun(on: Stage, pack: Pack, title: str, subtitle: str, source: str) -> tuple[Slide, Frame]:
    """A slide with title, subtitle, mark of demonstration data and footer; returns the room that is left."""
    slide = on.show.slides.add_slide(on.layout)
    for shape in list(slide.placeholders):
        if shape.placeholder_format.type not in (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE):
            shape._element.getparent().remove(shape._element)
    _write_title(slide, _unbroken(visible(title)), pack.language)
    _add_footer(on, slide, " · ".join(part for part in (visible(source), visible(pack.origin)) if part), pack.language)
    return slide, _add_subtitle(slide, subtitle, pack, on.room)


def _write_title(slide: Slide, text: str, language: str) -> None:
    shape = slide.shapes.title
    assert shape is not None
    wide, high = (shape.width - Pt(15)) / Pt(1), (shape.height - Pt(7)) / Pt(1)
    sizes = [size for size in TITLE_SIZES if height_of(2, size) <= high] or TITLE_SIZES[-1:]
    size = largest_size(text, wide, 2, sizes, bold=True)
    most = max(2, int(high / height_of(1, size)))
    frame = shape.text_frame
    frame.auto_size = MSO_AUTO_SIZE.NONE
    run = frame.paragraphs[0].add_run()
    run.text = shortened(text, size, wide, most, bold=True)
    if lines_of(run.text, size, wide, bold=True) == 2:  # else the second line may be a single word
        frame.margin_right = frame.margin_right + Pt(wide - balanced_width(run.text, size, wide, bold=True))
    run.font.size, run.font.language_id = Pt(size), LANGUAGES[language]


def _unbroken(text: str) -> str:
    """A title in two lines never begins the second with a lone %."""
    return text.replace(" %", "\u00a0%")


def _add_subtitle(slide: Slide, text: str, pack: Pack, room: Frame) -> Frame:
    mark = Pt(118) if pack.warning else 0
    wide = (room.width - mark) / Pt(1)
    size = largest_size(text, wide, 2, SUBTITLE_SIZES)
    said = shortened(text, size, wide, 3)
    tall = Pt(height_of(lines_of(said, size, wide), size) + 4)
    if text:
        _say(slide, [(said, Look(size, GREY))], Frame(room.left, room.top, room.width - mark, tall), pack.language)
    if pack.warning:
        _mark(slide, visible(pack.warning), Frame(room.right - Pt(108), room.top, Pt(108), Pt(20)))
    taken = tall + Pt(8) if text or pack.warning else 0
    return Frame(room.left, room.top + taken, room.width, room.height - taken)


def _mark(slide: Slide, text: str, frame: Frame) -> None:
    shape = _say(slide, [(text, Look(12, COLOURS["concern"], is_bold=True))], frame)
    shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    shape.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
    shape.line.color.rgb = RGBColor.from_string(COLOURS["concern"])
    shape.line.width = Pt(1.25)


def _add_footer(on: Stage, slide: Slide, text: str, language: str) -> None:
    """Source and edition, and the number of the slide, where the master has its footer."""
    places = {shape.placeholder_format.type: shape for shape in on.layout.placeholders}
    footer, number = places.get(PP_PLACEHOLDER.FOOTER), places.get(PP_PLACEHOLDER.SLIDE_NUMBER)
    if footer is not None:
        slide.shapes.clone_placeholder(footer)
        frame = slide.placeholders[footer.placeholder_format.idx]
    else:
        high = on.show.slide_height or 0
        frame = slide.shapes.add_textbox(on.room.left, high - Pt(26), on.room.width * 4 // 5, Pt(22))
    wide, high = (frame.width - Pt(15)) / Pt(1), frame.height / Pt(1)
    size = next(
        (size for size in FOOTER_SIZES if height_of(lines_of(text, size, wide), size) <= high), FOOTER_SIZES[-1]
    )
    said = shortened(text, size, wide, max(1, int(high / height_of(1, size))))
    _fill(frame.text_frame, [(said, Look(size, GREY))], language, keeps_alignment=True)
    if number is not None:
        slide.shapes.clone_placeholder(number)
        _number(slide.placeholders[number.placeholder_format.idx], len(on.show.slides), language)


def _number(shape: Any, number: int, language: str) -> None:
    paragraph = shape.text_frame.paragraphs[0]._p
    paragraph.append(parse_xml(PAGE_NUMBER.format(language=LANGUAGES[language].xml_value, number=number)))


def _say(slide: Slide, parts: Sequence[tuple[str, Look]], frame: Frame, language: str = "id") -> Any:
    """Paragraphs in a box without margins: what stands below each other begins at the same edge."""
    shape = slide.shapes.add_textbox(frame.left, frame.top, frame.width, frame.height)
    body = shape.text_frame
    body.margin_left = body.margin_right = body.margin_top = body.margin_bottom = 0
    _fill(body, parts, language)
    return shape


def _fill(body: Any, parts: Sequence[tuple[str, Look]], language: str, *, keeps_alignment: bool = False) -> None:
    body.word_wrap = True
    for number, (text, look) in enumerate(parts):
        paragraph = body.paragraphs[0] if number == 0 else body.add_paragraph()
        if not keeps_alignment:
            paragraph.alignment = PP_ALIGN.RIGHT if look.is_right else PP_ALIGN.LEFT
        paragraph.space_after = Pt(look.space_after)
        run = paragraph.add_run()
        run.text = text
        run.font.size, run.font.bold = Pt(look.size), look.is_bold
        run.font.color.rgb = RGBColor.from_string(look.colour)
        run.font.language_id = LANGUAGES[language]


def _add_asides(slide: Slide, section: Section, room: Frame, language: str) -> Frame:
    """Remarks below chart and table, as many as leave these their room; the notes have all."""
    wide, said, tall = room.width / Pt(1), [], 0.0
    for aside in map(visible, section.asides):
        high = height_of(lines_of(aside, SMALL + 1, wide), SMALL + 1)
        if tall + high > MOST_OF_ASIDES * room.height / Pt(1) - height_of(1, SMALL + 1):
            said.append(WORDS[language]["more_asides"])
            tall += height_of(1, SMALL + 1)
            break
        said.append(aside)
        tall += high
    if not said:
        return room
    high = Pt(tall)
    _say(
        slide,
        [(text, Look(SMALL + 1, GREY)) for text in said],
        Frame(room.left, room.bottom - high, room.width, high),
        language,
    )
    return Frame(room.left, room.top, room.width, room.height - high - Pt(8))


def _add_evidence(slide: Slide, section: Section, room: Frame, pack: Pack) -> None:
    """The chart at the left and its table at the right, as wide as it needs; one alone takes the whole width."""
    table = _table_of(section)
    if table is None:
        _add_chart(slide, section, room, pack)
    elif section.chart is None:
        _add_table(slide, section, table, room, pack.language)
    else:
        wide = int(_table_share(table, room) * room.width)
        left = Frame(room.left, room.top, room.width - wide - GAP, room.height)
        _add_chart(slide, section, left, pack)
        right = Frame(room.right - wide, room.top, wide, room.height)
        _add_table(slide, section, table, right, pack.language)


def _table_of(section: Section) -> Table | None:
    """Beside a chart of the same numbers the table with its JUMLAH says more; else the first."""
    tables = [table for table in section.tables if not table.only_in_workbook]
    return next((table for table in tables if table.total is not None), tables[0] if tables else None)


def _table_share(table: Table, room: Frame) -> float:
    """The least share of the width at which the table is as complete, and as legible, as at the greatest."""
    wide, high = room.width / Pt(1), 0.8 * room.height / Pt(1)

    def completeness(share: float) -> tuple[int, int, bool, float]:
        fit = fitted(table, share * wide, high)
        return min(len(fit.columns), ENOUGH_COLUMNS), fit.lines, fit.is_whole, min(fit.size, LEGIBLE)

    return max(TABLE_SHARES, key=completeness)  # the first of equals


def _add_chart(slide: Slide, section: Section, frame: Frame, pack: Pack) -> None:
    chart = section.chart
    assert chart is not None
    most = rows_that_fit(chart, frame.height / Pt(1) - height_of(1, SMALL))
    if len(chart.categories) > most:
        said = WORDS[pack.language]["more_rows"].format(shown=most, count=len(chart.categories))
        tall = Pt(height_of(lines_of(said, SMALL, frame.width / Pt(1)), SMALL))
        _say(
            slide, [(said, Look(SMALL, GREY))], Frame(frame.left, frame.bottom - tall, frame.width, tall), pack.language
        )
        frame = Frame(frame.left, frame.top, frame.width, frame.height - tall - Pt(4))
    add_chart(slide, first_of(chart, most), frame, language=pack.language, day=pack.day)


def _add_table(slide: Slide, section: Section, table: Table, frame: Frame, language: str) -> None:
    """Its title, its first lines, and what is left unsaid: how many lines more, and why the total is no sum."""
    wide = frame.width / Pt(1)
    room = frame if table.title == section.title else _add_table_title(slide, table, frame, language)
    if not table.lines and table.total is None:
        _say(slide, [(visible(table.empty), Look(16, GREY))], room, language)
        return
    left = room.height / Pt(1) - _height_below(_below(section, table, None, language), wide)
    is_course = section.chart is not None and section.chart.kind == "line"
    fit = fitted(table, wide, left, last=is_course)
    taken = add_table(slide, table, fit, room)
    below = _below(section, table, fit, language)
    if below:
        place = Frame(frame.left, taken.bottom + Pt(6), frame.width, Pt(_height_below(below, wide)))
        _say(slide, [(text, Look(SMALL, GREY)) for text in below], place, language)


def _add_table_title(slide: Slide, table: Table, frame: Frame, language: str) -> Frame:
    wide, look = frame.width / Pt(1), Look(SMALL + 1, COLOURS["main"], is_bold=True)
    title = shortened(visible(table.title), look.size, wide, 2, bold=True)
    tall = Pt(height_of(lines_of(title, look.size, wide, bold=True), look.size) + 4)
    _say(slide, [(title, look)], Frame(frame.left, frame.top, frame.width, tall), language)
    return Frame(frame.left, frame.top + tall, frame.width, frame.height - tall)


def _height_below(texts: Sequence[str], wide: float) -> float:
    return 8 + sum(height_of(lines_of(text, SMALL, wide), SMALL) for text in texts)


def _below(section: Section, table: Table, fit: Fit | None, language: str) -> list[str]:
    """What the slide leaves out; without a fit, what it might say at most."""
    words = WORDS[language]
    lines = len(table.lines) - (fit.lines if fit else 0)
    columns = sum(column.is_brief for column in table.columns) - (len(fit.columns) if fit else 0)
    name = visible(table.name)
    said = []
    if lines > 0 or columns > 0:
        missing = [words["lines"].format(count=lines)] if lines > 0 else []
        missing += [words["columns"].format(count=columns)] if columns > 0 else []
        said.append(words["more"].format(missing=words["and"].join(missing), name=name))
    said += [visible(table.total_note)] if table.total_note else []
    others = [visible(other.name) for other in section.tables if other is not table]
    return said + ([words["more_tables"].format(names=", ".join(others))] if others else [])


def _annotate(slide: Slide, section: Section, pack: Pack) -> None:
    """Definition, limits and source for whoever is asked about the slide."""
    words = WORDS[pack.language]
    notes = [*section.notes, *section.asides, *(table.total_note for table in section.tables if table.total_note)]
    _write_notes(slide, [*notes, words["source"].format(source=section.source) if section.source else "", pack.origin])


def _write_notes(slide: Slide, lines: Sequence[str]) -> None:
    body = slide.notes_slide.notes_text_frame
    said = [visible(line) for line in lines if line]
    if body is not None:  # a template's notes may have no place for text
        body.text = "\n".join(dict.fromkeys(said))


def _add_rest(on: Stage, rest: Sequence[Section], pack: Pack) -> None:
    title = WORDS[pack.language]["rest"].format(count=len(rest))
    slide, room = _begun(on, pack, title, "", "")
    _say_list(slide, [visible(section.title) for section in rest], room, pack.language)
    _write_notes(slide, [line for section in rest for line in (section.title, section.why_empty, *section.notes)])


def _say_list(slide: Slide, texts: Sequence[str], room: Frame, language: str) -> None:
    """The sentences below each other, at the largest letters that leave room for all."""
    wide, high = room.width / Pt(1), room.height / Pt(1)
    tall = {
        size: sum(height_of(lines_of(text, size, wide), size) + 0.6 * size for text in texts) for size in TEXT_SIZES
    }
    size = next((size for size in TEXT_SIZES if tall[size] <= high), TEXT_SIZES[-1])
    _say(slide, [(text, Look(size, space_after=0.6 * size)) for text in texts], room, language)


def _add_cover(on: Stage, pack: Pack) -> None:
    """Where the meeting is, the headline with its anatomy, the lines of the summary, and who writes."""
    slide, room = _begun(on, pack, pack.title, _meeting(pack), " · ".join(pack.sources))
    foot = Frame(room.left, room.bottom - COVER_FOOT, room.width, COVER_FOOT)
    room = Frame(room.left, room.top + GAP, room.width, room.height - COVER_FOOT - 2 * GAP)
    wide = int(0.42 * room.width) if pack.headline else 0
    if pack.headline:
        _say_headline(slide, pack.headline, Frame(room.left, room.top, wide - 2 * GAP, room.height), pack.language)
    right = Frame(room.left + wide, room.top, room.width - wide, room.height)
    heading = Look(SUBTITLE, COLOURS["main"], is_bold=True)
    _say(slide, [(WORDS[pack.language]["summary"], heading)], right, pack.language)
    below = Frame(right.left, right.top + Pt(28), right.width, right.height - Pt(28))
    _say_list(slide, [visible(line) for line in pack.summary], below, pack.language)
    _say_origin(slide, pack, foot, wide, has_emblem=on.is_own)
    _write_notes(slide, _definitions(pack))


def _say_origin(slide: Slide, pack: Pack, foot: Frame, wide: int, *, has_emblem: bool) -> None:
    """Who writes at the left, as in a letter, and the facts of the pack at the right; a template has its own emblem."""
    letterhead, left = pack.letterhead, foot.left
    if has_emblem and letterhead.emblem:
        left = _add_emblem(slide, letterhead.emblem, foot) + Pt(8)
    writer = [(visible(letterhead.government), Look(12, GREY)), (visible(letterhead.office), Look(12, is_bold=True))]
    office = Frame(left, foot.top, foot.left + (wide or foot.width // 2) - GAP - left, foot.height)
    if said := [(text, look) for text, look in writer if text]:
        _say(slide, said, office, pack.language)
    facts = [f"{visible(name)}: {_fact(value, pack.language)}" for name, value in pack.facts if _is_new(value, pack)]
    place = Frame(foot.left + wide, foot.top, foot.width - wide, foot.height)
    _say(slide, [(shortened(" · ".join(facts), 12, place.width / Pt(1), 3), Look(12, GREY))], place, pack.language)


def _add_emblem(slide: Slide, emblem: bytes, foot: Frame) -> int:
    """The emblem as high as its place; returns its right edge."""
    try:
        picture = slide.shapes.add_picture(BytesIO(emblem), foot.left, foot.top, height=foot.height)
    except (OSError, ValueError) as unreadable:
        raise CakupanError("Lambang kop surat tidak terbaca sebagai gambar; simpan ulang sebagai PNG.") from unreadable
    picture._element._nvXxPr.cNvPr.set("descr", "")  # decoration: the office is named beside it
    return picture.left + picture.width


def _is_new(value: Cell, pack: Pack) -> bool:
    return value not in (None, "", pack.meeting, pack.day)


def _fact(value: Cell, language: str) -> str:
    return _long_day(value, language) if isinstance(value, date) else visible(str(value))


def _long_day(day: date, language: str) -> str:
    return format_date(day, "d MMMM y", locale=language)


def _say_headline(slide: Slide, headline: Headline, frame: Frame, language: str) -> None:
    wide = frame.width / Pt(1)
    figure = largest_size(visible(headline.figure), wide, 1, (96, 88, 80, 72, 60, 48, 40, 32), bold=True)
    colour = COLOURS["concern"] if headline.is_flagged else COLOURS["main"]
    parts = [
        (visible(headline.name), Look(16, GREY)),
        (visible(headline.figure), Look(figure, colour, is_bold=True)),
        (visible(headline.band), Look(20, COLOURS["main"], space_after=10)),
        *((visible(line), Look(18, space_after=3)) for line in headline.anatomy),
        *((visible(line), Look(14, GREY, space_after=3)) for line in headline.asides),
    ]
    _say(slide, [(text, look) for text, look in parts if text], frame, language)


def _definitions(pack: Pack) -> list[str]:
    words = WORDS[pack.language]
    said = []
    for one in pack.definitions:
        said.append(words["definition"].format(name=one.name, formula=one.formula))
        said += [words["exclusions"].format(text=one.exclusions)] if one.exclusions else []
    return [*said, *(words["source"].format(source=source) for source in pack.sources), pack.origin]
