"""Texts of slides: boxes without margins, so that what stands below each other begins at the same edge."""

from collections.abc import Sequence
from dataclasses import dataclass

from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import PP_ALIGN
from pptx.util import Pt

from reports.fitting import height_of, lines_of
from reports.pack import Tone
from reports.slide_master import Frame, Native

COLOURS: dict[Tone, str] = {
    "main": "1E3A5F",
    "context": "6B7280",
    "better": "0B6BCB",
    "concern": "B45309",
    "unmet": "B91C1C",
    "target": "111827",
}
INK, GREY = "111827", "6B7280"
LANGUAGES = {"id": MSO_LANGUAGE_ID.INDONESIAN, "en": MSO_LANGUAGE_ID.ENGLISH_UK}
LIST_SIZES = (20, 18, 16, 14, 13, 12)
BETWEEN_LINES = 0.6


@dataclass(frozen=True)
class Look:
    """How a paragraph is written; `space_after` in points."""

    size: float
    colour: str = INK
    is_bold: bool = False
    is_centred: bool = False
    space_after: float = 0


Paragraphs = Sequence[tuple[str, Look]]


def text_box(slide: Native, frame: Frame) -> Native:
    """An empty box whose text begins at its very edge."""
    shape = slide.shapes.add_textbox(frame.left, frame.top, frame.width, frame.height)
    body = shape.text_frame
    body.margin_left = body.margin_right = body.margin_top = body.margin_bottom = 0
    body.word_wrap = True
    return shape


def say(slide: Native, parts: Paragraphs, frame: Frame, language: str) -> Native:
    shape = text_box(slide, frame)
    write(shape.text_frame, parts, language)
    for paragraph, (_, look) in zip(shape.text_frame.paragraphs, parts, strict=True):
        paragraph.alignment = PP_ALIGN.CENTER if look.is_centred else PP_ALIGN.LEFT
        paragraph.space_after = Pt(look.space_after)
    return shape


def write(body: Native, parts: Paragraphs, language: str) -> None:
    """The paragraphs, aligned as the place is."""
    for number, (text, look) in enumerate(parts):
        paragraph = body.paragraphs[0] if number == 0 else body.add_paragraph()
        add_run(paragraph, text, look).font.language_id = LANGUAGES[language]


def add_run(paragraph: Native, text: str, look: Look) -> Native:
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(look.size), look.is_bold
    run.font.color.rgb = RGBColor.from_string(look.colour)
    return run


def height_in(parts: Paragraphs, width: float) -> float:
    """Points that the paragraphs take in a column of `width` points."""
    lines = ((look, lines_of(text, look.size, width, bold=look.is_bold)) for text, look in parts)
    return sum(height_of(count, look.size) + look.space_after for look, count in lines)


def say_list(slide: Native, texts: Sequence[str], frame: Frame, language: str) -> None:
    """The sentences below each other, at the largest letters that leave room for all."""
    tried = [[(text, Look(size, space_after=BETWEEN_LINES * size)) for text in texts] for size in LIST_SIZES]
    wide, high = frame.width / Pt(1), frame.height / Pt(1)
    if texts:
        say(slide, next((parts for parts in tried if height_in(parts, wide) <= high), tried[-1]), frame, language)
