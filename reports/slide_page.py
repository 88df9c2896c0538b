"""What every slide has: its title, a line below it, the mark of demonstration data, source and number at the foot."""

from collections.abc import Sequence
from datetime import date

from babel.dates import format_date
from pptx.dml.color import RGBColor
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.oxml import parse_xml
from pptx.util import Pt

from reports.cells import visible
from reports.fitting import balanced_width, height_of, largest_size, lines_of, shortened
from reports.pack import Pack
from reports.slide_master import TITLES, Frame, Native, Stage
from reports.slide_text import COLOURS, GREY, LANGUAGES, Look, say, write

TITLE_SIZES = (28, 26, 24, 22, 20, 18, 16, 14, 12)
SUBTITLE_SIZES = (14, 13, 12)
FOOTER_SIZES = (10, 9, 8, 7)
# Inner margins of the places of a master, in points: left and right, above and below.
INSET_X, INSET_Y = 15, 7
MARK, MARK_GAP = (Pt(108), Pt(20)), Pt(10)
PAGE_NUMBER = """<a:fld xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 id="{{C1FF6DA9-008F-8B48-92A6-B652298478BF}}" type="slidenum"><a:rPr lang="{language}"/><a:t>{number}</a:t></a:fld>"""


def begun(on: Stage, pack: Pack, title: str, subtitle: str, source: str) -> tuple[Native, Frame]:
    """A new slide, and the room that it leaves between its title and its foot."""
    slide = on.show.slides.add_slide(on.layout)
    for shape in list(slide.placeholders):
        if shape.placeholder_format.type not in TITLES:
            shape._element.getparent().remove(shape._element)
    _write_title(slide, _unbroken(visible(title)), pack.language, is_own=on.is_own)
    _add_footer(on, slide, " · ".join(part for part in (visible(source), visible(pack.origin)) if part), pack.language)
    return slide, _add_subtitle(slide, visible(subtitle), pack, on.room)


def long_day(day: date, language: str) -> str:
    """5 Agustus 2024."""
    return format_date(day, "d MMMM y", locale=language)


def meeting_of(pack: Pack) -> str:
    return " · ".join(part for part in (visible(pack.meeting), long_day(pack.day, pack.language)) if part)


def write_notes(slide: Native, lines: Sequence[str]) -> None:
    """For the speaker, each line once."""
    body = slide.notes_slide.notes_text_frame
    if body is not None:  # a template's notes may have no place for text
        body.text = "\n".join(dict.fromkeys(visible(line) for line in lines if line))


def _write_title(slide: Native, text: str, language: str, *, is_own: bool) -> None:
    """At the largest letters that fit in two lines, on our own master both about as long: no line of a single word."""
    shape = slide.shapes.title
    wide, high = shape.width / Pt(1) - INSET_X, shape.height / Pt(1) - INSET_Y
    sizes = [size for size in TITLE_SIZES if height_of(2, size) <= high] or TITLE_SIZES[-1:]
    size = largest_size(text, wide, 2, sizes, bold=True)
    said = shortened(text, size, wide, max(2, int(high / height_of(1, size))), bold=True)
    frame = shape.text_frame
    frame.auto_size = MSO_AUTO_SIZE.NONE
    if is_own and lines_of(said, size, wide, bold=True) == 2:
        frame.margin_right += Pt(wide - balanced_width(said, size, wide, bold=True))
    run = frame.paragraphs[0].add_run()
    run.text, run.font.size, run.font.language_id = said, Pt(size), LANGUAGES[language]


def _unbroken(text: str) -> str:
    """No line begins with a lone %."""
    return text.replace(" %", "\u00a0%")


def _add_subtitle(slide: Native, text: str, pack: Pack, room: Frame) -> Frame:
    width = room.width - (MARK[0] + MARK_GAP if pack.warning else 0)
    size = largest_size(text, width / Pt(1), 2, SUBTITLE_SIZES)
    said = shortened(text, size, width / Pt(1), 3)
    high = Pt(height_of(lines_of(said, size, width / Pt(1)), size) + 4)
    if text:
        say(slide, [(said, Look(size, GREY))], Frame(room.left, room.top, width, high), pack.language)
    if pack.warning:
        place = Frame(room.right - MARK[0], room.top, *MARK)
        _add_mark(slide, visible(pack.warning), place, pack.language)
    return room.split(high + Pt(8))[1] if text or pack.warning else room


def _add_mark(slide: Native, text: str, frame: Frame, language: str) -> None:
    shape = say(slide, [(text, Look(12, COLOURS["concern"], is_bold=True, is_centred=True))], frame, language)
    shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    shape.line.color.rgb = RGBColor.from_string(COLOURS["concern"])
    shape.line.width = Pt(1.25)


def _add_footer(on: Stage, slide: Native, text: str, language: str) -> None:
    """Source and edition, and the number of the slide, where the master has its footer."""
    places = {shape.placeholder_format.type: shape for shape in on.layout.placeholders}
    place = _place_like(slide, places.get(PP_PLACEHOLDER.FOOTER))
    if place is None:
        place = slide.shapes.add_textbox(on.room.left, on.room.bottom, on.room.width * 4 // 5, Pt(22))
        place.text_frame.word_wrap = True
    wide, high = place.width / Pt(1) - INSET_X, place.height / Pt(1)
    fitting = (size for size in FOOTER_SIZES if height_of(lines_of(text, size, wide), size) <= high)
    size = next(fitting, FOOTER_SIZES[-1])
    said = shortened(text, size, wide, max(1, int(high / height_of(1, size))))
    write(place.text_frame, [(said, Look(size, GREY))], language)
    if (number := _place_like(slide, places.get(PP_PLACEHOLDER.SLIDE_NUMBER))) is not None:
        field = PAGE_NUMBER.format(language=LANGUAGES[language].xml_value, number=len(on.show.slides))
        number.text_frame.paragraphs[0]._p.append(parse_xml(field))


def _place_like(slide: Native, of_layout: Native | None) -> Native | None:
    """The layout's place on the slide, which the library leaves out for footers."""
    if of_layout is None:
        return None
    slide.shapes.clone_placeholder(of_layout)
    return slide.placeholders[of_layout.placeholder_format.idx]
