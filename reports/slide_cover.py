"""The first slide: which meeting, the headline with its anatomy, the summary, and who writes."""

from datetime import date
from io import BytesIO

from pptx.util import Pt

from reports.cells import Cell, visible
from reports.emblem import emblem_png
from reports.fitting import largest_size, shortened
from reports.pack import Headline, Pack
from reports.slide_master import Frame, Native, Stage
from reports.slide_page import begun, long_day, meeting_of, write_notes
from reports.slide_text import COLOURS, GREY, Look, Paragraphs, height_in, say, say_list

GAP, FOOT, HEADING = Pt(14), Pt(48), Pt(28)
HEADLINE_SHARE = 0.42
FIGURE_SIZES = (96, 88, 80, 72, 60, 48, 40, 32)
# Shares of its largest letters at which the headline is tried.
SHRUNK = (1.0, 0.9, 0.8, 0.7, 0.6)
SMALL = 12
WORDS = {
    "id": {
        "summary": "Ringkasan",
        "definition": "{name} = {formula}",
        "exclusions": "Tidak termasuk: {text}",
        "limits": "Batas: {text}",
        "source": "Sumber: {source}",
    },
    "en": {
        "summary": "Summary",
        "definition": "{name} = {formula}",
        "exclusions": "Not included: {text}",
        "limits": "Limits: {text}",
        "source": "Source: {source}",
    },
}


def add_cover(on: Stage, pack: Pack) -> None:
    slide, room = begun(on, pack, pack.title, meeting_of(pack), " · ".join(pack.sources))
    room, foot = room.split(room.height - FOOT)
    _, room = Frame(room.left, room.top, room.width, room.height - GAP).split(GAP)
    wide = int(HEADLINE_SHARE * room.width)
    if pack.headline:
        place = Frame(room.left, room.top, wide - 2 * GAP, room.height)
        _say_headline(slide, pack.headline, place, pack.language)
        room = Frame(room.left + wide, room.top, room.width - wide, room.height)
    heading, below = room.split(HEADING)
    look = Look(14, COLOURS["main"], is_bold=True)
    say(slide, [(WORDS[pack.language]["summary"], look)], heading, pack.language)
    say_list(slide, [visible(line) for line in pack.summary], below, pack.language)
    _say_origin(slide, pack, foot, wide, has_emblem=on.is_own)
    write_notes(slide, _definitions(pack))


def _say_headline(slide: Native, headline: Headline, frame: Frame, language: str) -> None:
    wide, high = frame.width / Pt(1), frame.height / Pt(1)
    tried = [_headline(headline, wide, share) for share in SHRUNK]
    say(slide, next((parts for parts in tried if height_in(parts, wide) <= high), tried[-1]), frame, language)


def _headline(headline: Headline, width: float, share: float) -> Paragraphs:
    figure = largest_size(visible(headline.figure), width, 1, [share * size for size in FIGURE_SIZES], bold=True)
    parts = [
        (headline.name, Look(16 * share, GREY)),
        (headline.figure, Look(figure, COLOURS["concern" if headline.is_flagged else "main"], is_bold=True)),
        (headline.band, Look(20 * share, COLOURS["main"], space_after=10 * share)),
        *((line, Look(18 * share, space_after=3)) for line in headline.anatomy),
        *((line, Look(14 * share, GREY, space_after=3)) for line in headline.asides),
    ]
    return [(visible(text), look) for text, look in parts if text]


def _say_origin(slide: Native, pack: Pack, foot: Frame, wide: int, *, has_emblem: bool) -> None:
    """Who writes at the left, as in a letter, and the facts of the pack at the right; a template has its own emblem."""
    letterhead, left = pack.letterhead, foot.left
    if has_emblem and letterhead.emblem:
        left = _add_emblem(slide, letterhead.emblem, foot) + GAP
    place = Frame(left, foot.top, foot.left + wide - GAP - left, foot.height)
    writer = [(letterhead.government, Look(SMALL, GREY)), (letterhead.office, Look(SMALL, is_bold=True))]
    room = place.width / Pt(1)
    said = [(shortened(visible(text), SMALL, room, 1, bold=True), look) for text, look in writer if text]
    if said:
        say(slide, said, place, pack.language)
    place = Frame(foot.left + wide, foot.top, foot.width - wide, foot.height)
    told = [(name, value) for name, value in pack.facts if value not in (None, "", pack.meeting, pack.day)]
    facts = " · ".join(f"{visible(name)}: {_fact(value, pack.language)}" for name, value in told)
    if facts:
        say(slide, [(shortened(facts, SMALL, place.width / Pt(1), 3), Look(SMALL, GREY))], place, pack.language)


def _add_emblem(slide: Native, emblem: bytes, foot: Frame) -> int:
    """The emblem as high as its place; returns its right edge."""
    picture = slide.shapes.add_picture(BytesIO(emblem_png(emblem)), foot.left, foot.top, height=foot.height)
    picture._element._nvXxPr.cNvPr.set("descr", "")  # decoration: the office is named beside it
    return picture.left + picture.width


def _fact(value: Cell, language: str) -> str:
    return long_day(value, language) if isinstance(value, date) else visible(str(value))


def _definitions(pack: Pack) -> list[str]:
    words, said = WORDS[pack.language], []
    for one in pack.definitions:
        said.append(words["definition"].format(name=one.name, formula=one.formula))
        said += [words["exclusions"].format(text=one.exclusions)] if one.exclusions else []
        said += [words["limits"].format(text=one.limits)] if one.limits else []
    return [*said, *(words["source"].format(source=source) for source in pack.sources), pack.origin]
