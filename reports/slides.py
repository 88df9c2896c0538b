"""The slides of a meeting pack (PPTX): 16:9, one finding a slide, with native charts and tables that can be edited."""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import datetime
from io import BytesIO

from reports.cells import visible
from reports.pack import Pack, Section
from reports.slide_cover import add_cover
from reports.slide_master import FOOTERS, Stage, stage
from reports.slide_page import begun, meeting_of, write_notes
from reports.slide_section import add_section, is_for_a_workbook
from reports.slide_template import blamed_on_template
from reports.slide_text import say_list
from reports.zipped import without_times

MOST_SLIDES = 8
LONGEST_FACT = 255  # of a property of the file
WORDS = {
    "id": "{count} bagian lain dijelaskan di buku kerja dan dokumen rapat ini",
    "en": "Further parts, told in the workbook and the document of this meeting: {count}",
}


def pack_slides(pack: Pack, template: bytes | None = None) -> bytes:
    """At most eight slides; `template` is an office's own PPTX, whose master and emblem they take.

    Raises CakupanError on a template that cannot be used. Equal packs give equal bytes.
    """
    with nullcontext() if template is None else blamed_on_template():
        return _written(pack, stage(template))


def _written(pack: Pack, on: Stage) -> bytes:
    told, rest = _divided(pack)
    has_cover = len(told) + bool(rest) < MOST_SLIDES
    if has_cover:
        add_cover(on, pack)
    for number, section in enumerate(told):
        add_section(on, section, pack, meeting_of(pack) if number == 0 and not has_cover else "")
    if rest:
        _add_rest(on, rest, pack)
    _put_feet_last(on)
    _describe(on, pack)
    out = BytesIO()
    on.show.save(out)
    return without_times(out.getvalue())


def _divided(pack: Pack) -> tuple[list[Section], list[Section]]:
    """The sections with a slide of their own, and those that only a list has room for: they are empty, or last."""
    sections = [section for section in pack.sections if not is_for_a_workbook(section)]
    if len(sections) <= MOST_SLIDES:
        return sections, []
    full = [section for section in sections if not section.why_empty]
    told = full[: MOST_SLIDES - 1]
    return told, [section for section in sections if all(section is not one for one in told)]


def _add_rest(on: Stage, rest: Sequence[Section], pack: Pack) -> None:
    slide, room = begun(on, pack, WORDS[pack.language].format(count=len(rest)), "", "")
    say_list(slide, [visible(section.title) for section in rest], room, pack.language)
    write_notes(slide, [line for section in rest for line in (section.title, section.why_empty, *section.notes)])


def _put_feet_last(on: Stage) -> None:
    """Read aloud, a slide tells its finding before its source and number."""
    for slide in on.show.slides:
        for shape in slide.placeholders:
            if shape.placeholder_format.type in FOOTERS:
                slide.shapes._spTree.append(shape._element)


def _describe(on: Stage, pack: Pack) -> None:
    """Properties of the file, with the day of the meeting in place of a clock."""
    facts = on.show.core_properties
    facts.title, facts.subject = visible(pack.title)[:LONGEST_FACT], visible(pack.meeting)[:LONGEST_FACT]
    facts.comments, facts.keywords = visible(pack.origin)[:LONGEST_FACT], ""
    facts.author = facts.last_modified_by = "Cakupan"
    facts.language, facts.revision = pack.language, 1
    facts.created = facts.modified = datetime(pack.day.year, pack.day.month, pack.day.day)  # noqa: DTZ001
