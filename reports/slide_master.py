"""What slides stand on: the product's own master, or the master and emblem of an office's template.

A template is refused with a reason where it cannot carry a title and a chart; see reports.slide_template for the rest.
"""

import re
from dataclasses import dataclass
from functools import cache
from io import BytesIO

import pptx
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.util import Emu, Pt

from data.errors import CakupanError
from reports.slide_template import Native, blamed_on_template, opened, remove_slides

TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
FOOTERS = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.DATE)
# A smaller part of the slide is no room for a chart with its table.
LEAST_ROOM = 0.45
GAP = Pt(6)
# Own master, 13,33 × 7,5 inch: positions in points.
WIDE, HIGH = Pt(960), Pt(540)
OWN_PLACES = {
    PP_PLACEHOLDER.TITLE: (36, 22, 888, 68),
    PP_PLACEHOLDER.BODY: (36, 112, 888, 376),
    PP_PLACEHOLDER.FOOTER: (36, 502, 804, 28),
    PP_PLACEHOLDER.SLIDE_NUMBER: (850, 502, 74, 28),
    PP_PLACEHOLDER.DATE: (700, 502, 140, 28),
}
OWN_COLOURS = {
    "dk2": "1E3A5F",
    "accent1": "1E3A5F",
    "accent2": "0B6BCB",
    "accent3": "B45309",
    "accent4": "6B7280",
    "accent5": "8FA3BD",
    "accent6": "B91C1C",
}
RULE = """<p:cxnSp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:nvCxnSpPr><p:cNvPr id="99" name="Garis kaki"/>
<p:cNvCxnSpPr/><p:nvPr userDrawn="1"/></p:nvCxnSpPr><p:spPr><a:xfrm><a:off x="{left}" y="{top}"/>
<a:ext cx="{width}" cy="0"/></a:xfrm><a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="9525"><a:solidFill>
<a:srgbClr val="C9D1DC"/></a:solidFill></a:ln></p:spPr></p:cxnSp>"""


@dataclass(frozen=True)
class Frame:
    """A place on a slide, in EMU as python-pptx counts."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.left + self.width

    @property
    def bottom(self) -> int:
        return self.top + self.height

    def split(self, height: int) -> tuple["Frame", "Frame"]:
        """The upper part, so high, and what is left below it."""
        upper = Frame(self.left, self.top, self.width, height)
        return upper, Frame(self.left, self.top + height, self.width, self.height - height)


@dataclass(frozen=True)
class Stage:
    """An empty presentation, the layout that its slides take, and the room below their titles."""

    show: Native
    layout: Native
    room: Frame
    is_own: bool


def stage(template: bytes | None) -> Stage:
    """The product's own master, or the template's. Raises CakupanError on a template that cannot be used."""
    if template is None:
        show = pptx.Presentation(BytesIO(_own_master()))
        remove_slides(show)
        layout = next(layout for layout in show.slide_layouts if _kind(layout) == "titleOnly")
        return Stage(show, layout, _room(show, layout), is_own=True)
    with blamed_on_template():
        show = opened(template)
        layout = _title_layout(show)
        return Stage(show, layout, _room(show, layout), is_own=False)


def _title_layout(show: Native) -> Native:
    """The layout with a title and nothing else; else the one with the fewest other places."""
    titled = [layout for layout in show.slide_layouts if any(_has(shape, TITLES) for shape in layout.placeholders)]
    if not titled:
        raise CakupanError("Templat paparan tidak memiliki tata letak dengan judul. Tambahkan tata letak “Title Only”.")
    return min(
        titled,
        key=lambda layout: (
            _kind(layout) != "titleOnly",
            sum(not _has(shape, FOOTERS) for shape in layout.placeholders),
        ),
    )


def _kind(layout: Native) -> str:
    return layout._element.get("type", "")


def _has(shape: Native, kinds: tuple[PP_PLACEHOLDER, ...]) -> bool:
    return shape.is_placeholder and shape.placeholder_format.type in kinds


def _room(show: Native, layout: Native) -> Frame:
    """Between title and footer, and clear of the emblems and bands at the edges of the master."""
    high = show.slide_height or HIGH
    title = next(shape for shape in layout.placeholders if _has(shape, TITLES))
    below = [shape.top for shape in layout.placeholders if _has(shape, FOOTERS) and shape.top > 0.75 * high]
    edges = [shape for of in (layout, layout.slide_master) for shape in of.shapes if not shape.is_placeholder]
    top = max(
        [
            title.top + title.height,
            *(shape.top + shape.height for shape in edges if shape.top + shape.height < 0.25 * high),
        ]
    )
    bottom = min([int(0.94 * high), *below, *(shape.top for shape in edges if shape.top > 0.8 * high)]) - GAP
    if bottom - top < LEAST_ROOM * high:
        raise CakupanError(
            f"Tata letak “{layout.name}” templat paparan terlalu sempit di bawah judulnya. Naikkan judulnya."
        )
    return Frame(title.left, top, title.width, bottom - top)


@cache
def _own_master() -> bytes:
    """The library's plain presentation at 16:9 in the product's colours, its titles at the top left."""
    show = pptx.Presentation()
    was = show.slide_width, show.slide_height
    show.slide_width, show.slide_height = WIDE, HIGH
    for layout in show.slide_layouts:
        _stretch(layout, was)
    master = show.slide_master
    for shape in master.placeholders:
        shape.left, shape.top, shape.width, shape.height = (Pt(at) for at in OWN_PLACES[shape.placeholder_format.type])
    _style_places(master._element)
    master.shapes._spTree.append(parse_xml(RULE.format(left=Pt(36), top=Pt(498), width=Pt(888))))
    _colour(master.part.part_related_by(RELATIONSHIP_TYPE.THEME))
    out = BytesIO()
    show.save(out)
    return out.getvalue()


def _stretch(layout: Native, was: Native) -> None:
    """Places of the layout's own keep their share of the slide."""
    for shape in layout.placeholders:
        if shape._element.spPr.find("{*}xfrm") is not None:
            shape.left, shape.width = Emu(shape.left * WIDE // was[0]), Emu(shape.width * WIDE // was[0])
            shape.top, shape.height = Emu(shape.top * HIGH // was[1]), Emu(shape.height * HIGH // was[1])


def _style_places(master: Native) -> None:
    """Titles in navy, above their evidence; the foot begins at their edge."""
    style = master.find(".//{*}titleStyle/{*}lvl1pPr")
    style.set("algn", "l")
    letters = style.find("{*}defRPr")
    letters.set("b", "1")
    letters.find(".//{*}schemeClr").set("val", "tx2")
    for shape in master.iter("{*}sp"):
        kind, body = shape.find(".//{*}ph").get("type"), shape.find(".//{*}bodyPr")
        if kind in ("title", "ftr", "sldNum"):
            body.set("lIns", "0")
            body.set("rIns", "0")
        if kind == "title":
            body.set("anchor", "b")
        if kind == "ftr":
            shape.find(".//{*}lvl1pPr").set("algn", "l")


def _colour(theme: Native) -> None:
    """So that what an official adds takes the same colours."""
    for name, colour in OWN_COLOURS.items():
        old = rf"(<a:{name}>).*?(</a:{name}>)".encode()
        theme._blob = re.sub(old, rf'\g<1><a:srgbClr val="{colour}"/>\g<2>'.encode(), theme.blob, flags=re.DOTALL)
