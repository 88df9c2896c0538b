"""The slides of a meeting pack (PPTX): 16:9, one finding a slide, with native charts and tables that can be edited."""

from collections.abc import Sequence
from dataclasses import dataclass
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

from reports.cells import visible
from reports.fitting import height_of, largest_size, lines_of, shortened
from reports.pack import Headline, Pack, Section, Table
from reports.slide_charts import COLOURS, GREY, INK, add_chart, first_of, rows_that_fit
from reports.slide_master import Frame, Stage, stage
from reports.slide_tables import add_table, fitted, narrowest, shown_lines
from reports.zipped import without_times

MOST_SLIDES = 8
# The whole register is for a workbook.
ONLY_IN_A_WORKBOOK = frozenset({"projects"})
TITLE_SIZES = (28, 26, 24, 22, 20, 18, 16, 14, 12)
TEXT_SIZES = (20, 18, 16, 14, 13, 12)
FOOTER_SIZES = (10, 9, 8, 7)
SMALL, SUBTITLE = 11, 14
GAP = Pt(14)
# Shares of the width that a table may take beside its chart, the least first.
TABLE_SHARES = (0.36, 0.42, 0.48, 0.54, 0.60)
LEAST_BESIDE_CHART = 11
MOST_OF_ASIDES = 0.2
LANGUAGES = {"id": MSO_LANGUAGE_ID.INDONESIAN, "en": MSO_LANGUAGE_ID.ENGLISH_UK}
WORDS = {
    "id": {
        "more": "{count} baris lain ada di buku kerja, lembar “{name}”.",
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
        "more": "{count} more rows are in the workbook, sheet “{name}”.",
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
    """The sections with a slide of their own, and those that only a list has room for: first those with nothing to show."""
    sections = [section for section in pack.sections if section.code not in ONLY_IN_A_WORKBOOK]
    if len(sections) <= MOST_SLIDES:
        return sections, []
    full = [section for section in sections if not section.why_empty]
    told = [section for section in sections if section in full[: MOST_SLIDES - 1]]
    return told, [section for section in sections if section not in told]


def _date(on: Stage, pack: Pack) -> None:
    facts = on.show.core_properties
    facts.title, facts.subject = visible(pack.title)[:255], visible(pack.meeting)[:255]
    facts.author = facts.last_modified_by = "Cakupan"
    facts.keywords, facts.comments = "", visible(pack.origin)[:255]
    facts.language, facts.revision = pack.language, 1
    facts.created = facts.modified = _midnight(pack)


def _midnight(pack: Pack) -> Any:
    from datetime import datetime

    return datetime(pack.day.year, pack.day.month, pack.day.day)  # noqa: DTZ001


def _meeting(pack: Pack) -> str:
    day = format_date(pack.day, "d MMMM y", locale=pack.language)
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
    _write_title(slide, visible(title), pack.language)
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
    run.font.size, run.font.language_id = Pt(size), LANGUAGES[language]


def _add_subtitle(slide: Slide, text: str, pack: Pack, room: Frame) -> Frame:
    mark = Pt(118) if pack.warning else 0
    wide = (room.width - mark) / Pt(1)
    lines = min(2, lines_of(text, SUBTITLE, wide)) if text else 1
    tall = Pt(height_of(lines, SUBTITLE) + 4)
    if text:
        said = shortened(text, SUBTITLE, wide, 2)
        _say(slide, [(said, Look(SUBTITLE, GREY))], Frame(room.left, room.top, room.width - mark, tall))
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
    table = section.tables[0] if section.tables else None
    if section.chart is None or table is None:
        if section.chart is not None:
            _add_chart(slide, section, room, pack)
        if table is not None:
            _add_table(slide, section, table, room, pack.language)
        return
    share = _table_share(table, room.width / Pt(1))
    wide = int(share * room.width)
    _add_chart(slide, section, Frame(room.left, room.top, room.width - wide - GAP, room.height), pack)
    _add_table(slide, section, table, Frame(room.right - wide, room.top, wide, room.height), pack.language)


def _table_share(table: Table, wide: float) -> float:
    least = narrowest(table, LEAST_BESIDE_CHART)
    return next((share for share in TABLE_SHARES if least <= share * wide), TABLE_SHARES[-1])


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
    heading = Look(SMALL + 1, COLOURS["main"], is_bold=True)
    title = shortened(visible(table.title), heading.size, wide, 2, bold=True)
    tall = Pt(height_of(lines_of(title, heading.size, wide, bold=True), heading.size) + 4)
    _say(slide, [(title, heading)], Frame(frame.left, frame.top, frame.width, tall), language)
    below = _below(section, table, len(shown_lines(table)), language)
    least = sum(height_of(lines_of(text, SMALL, wide), SMALL) for text in below) + 6
    room = Frame(frame.left, frame.top + tall, frame.width, frame.height - tall)
    if not table.lines and table.total is None:
        _say(slide, [(visible(table.empty), Look(16, GREY))], room, language)
        return
    fit = fitted(table, wide, room.height / Pt(1) - least - 14)
    taken = add_table(slide, table, fit, room)
    below = _below(section, table, fit.lines, language)
    if below:
        left = Frame(frame.left, taken.bottom + Pt(6), frame.width, max(Pt(12), frame.bottom - taken.bottom - Pt(6)))
        _say(slide, [(text, Look(SMALL, GREY)) for text in below], left, language)


def _below(section: Section, table: Table, shown: int, language: str) -> list[str]:
    words, more = WORDS[language], len(table.lines) - shown
    said = [words["more"].format(count=more, name=visible(table.name))] if more > 0 else []
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
    """Where the meeting is, the headline with its anatomy, and the five lines of the summary."""
    slide, room = _begun(on, pack, pack.title, _meeting(pack), " · ".join(pack.sources))
    wide = int(0.42 * room.width) if pack.headline else 0
    if pack.headline:
        _say_headline(slide, pack.headline, Frame(room.left, room.top, wide - GAP, room.height), pack.language)
    right = Frame(room.left + wide, room.top, room.width - wide, room.height)
    heading = Look(SUBTITLE, COLOURS["main"], is_bold=True)
    _say(
        slide,
        [(WORDS[pack.language]["summary"], heading)],
        Frame(right.left, right.top, right.width, Pt(22)),
        pack.language,
    )
    lines = [visible(line) for line in pack.summary]
    _say_list(slide, lines, Frame(right.left, right.top + Pt(28), right.width, right.height - Pt(28)), pack.language)
    _write_notes(slide, _definitions(pack))


def _say_headline(slide: Slide, headline: Headline, frame: Frame, language: str) -> None:
    wide = frame.width / Pt(1)
    figure = largest_size(visible(headline.figure), wide, 1, (72, 66, 60, 54, 48, 40, 32), bold=True)
    colour = COLOURS["concern"] if headline.is_flagged else COLOURS["main"]
    parts = [
        (visible(headline.name), Look(SUBTITLE, GREY)),
        (visible(headline.figure), Look(figure, colour, is_bold=True)),
        (visible(headline.band), Look(18, COLOURS["main"], space_after=8)),
        *((visible(line), Look(16, space_after=2)) for line in headline.anatomy),
        *((visible(line), Look(13, GREY, space_after=2)) for line in headline.asides),
    ]
    _say(slide, [(text, look) for text, look in parts if text], frame, language)


def _definitions(pack: Pack) -> list[str]:
    words = WORDS[pack.language]
    said = []
    for one in pack.definitions:
        said.append(words["definition"].format(name=one.name, formula=one.formula))
        said += [words["exclusions"].format(text=one.exclusions)] if one.exclusions else []
    return [*said, *(words["source"].format(source=source) for source in pack.sources), pack.origin]
