"""What drawings are made of: shapes and words as SVG, words measured with the shipped font, colours by meaning."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape

from PIL import ImageFont

from reports.pack import Tone
from reports.typesetting import FONTS, SHAPES, printable

# A browser without the shipped font takes the next; widths leave room for that.
FAMILY = "'IBM Plex Sans', Calibri, Arial, sans-serif"
# Shapes that stand before a status word: the drawing has marks of its own, and the font has none of them.
UNDRAWN = re.compile(f"[{SHAPES}] ?")
MEASURED_PX = 1000
# The marks that are no circle: up, down, a square, a hollow diamond.
CORNERS: dict[Tone, Sequence[tuple[float, float]]] = {
    "better": ((0, -6), (6.5, 5), (-6.5, 5)),
    "concern": ((0, 6), (6.5, -5), (-6.5, -5)),
    "unmet": ((-5, -5), (5, -5), (5, 5), (-5, 5)),
    "context": ((0, -6), (6, 0), (0, 6), (-6, 0)),
}
ELLIPSIS = "…"
# So many letters of a word are given up rather than shown without its end.
LONGEST_BEGUN = 9


@dataclass(frozen=True)
class Look:
    """Colours by meaning on one background (design section 6); the same as those of the screen's charts."""

    main: str
    context: str
    better: str
    concern: str
    unmet: str
    target: str
    ink: str
    grey: str
    line: str
    rest: str
    paper: str

    def of(self, tone: Tone) -> str:
        return str(getattr(self, tone))


LIGHT = Look(
    "#1E3A5F", "#6B7280", "#0B6BCB", "#B45309", "#B91C1C", "#111827", "#111827", "#5B6472", "#DDE2EA", "#EDF0F5",
    "#FFFFFF",
)  # fmt: skip
DARK = Look(
    "#A9C4E6", "#9CA7B6", "#7DB8F5", "#F2A65A", "#F87171", "#E8ECF2", "#E8ECF2", "#9CA7B6", "#2A3647", "#1A2330",
    "#10161F",
)  # fmt: skip


@dataclass(frozen=True)
class Scale:
    """Where a value lies: `start` stands for `least`, `end` for `most`."""

    least: float
    most: float
    start: float
    end: float

    def at(self, value: float) -> float:
        return self.start + (self.end - self.start) * (value - self.least) / (self.most - self.least)


@dataclass
class Canvas:
    """A drawing that grows from back to front. Texts are escaped here and nowhere else."""

    width: float
    height: float
    look: Look
    parts: list[str] = field(default_factory=list)

    def shape(self, name: str, hover: str = "", /, **properties: float | str) -> None:
        """One element; `_` in the name of a property stands for `-`. `hover` is read when a pointer rests on it."""
        told = "".join(f' {key.replace("_", "-")}="{_shown(value)}"' for key, value in properties.items())
        inside = f"><title>{escape(drawable(hover))}</title></{name}>" if hover else "/>"
        self.parts.append(f"<{name}{told}{inside}")

    def line(
        self, start: tuple[float, float], end: tuple[float, float], colour: str, **properties: float | str
    ) -> None:
        self.shape("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], stroke=colour, **properties)

    def box(self, corner: tuple[float, float], size: tuple[float, float], colour: str, **more: float | str) -> None:
        self.shape("rect", x=corner[0], y=corner[1], width=size[0], height=size[1], fill=colour, **more)

    def text(
        self,
        place: tuple[float, float],
        text: str,
        *,
        size: float,
        colour: str,
        anchor: str = "start",
        bold: bool = False,
        halo: bool = False,
    ) -> None:
        """A line of text with `place` at half of its height, so that it stands level with what it names."""
        look = {"x": place[0], "y": place[1] + 0.35 * size, "font_size": size, "fill": colour}
        look |= {"text_anchor": anchor} if anchor != "start" else {}
        look |= {"font_weight": "600"} if bold else {}
        look |= {"stroke": self.look.paper, "stroke_width": 4, "paint_order": "stroke"} if halo else {}
        told = "".join(f' {key.replace("_", "-")}="{_shown(value)}"' for key, value in look.items())
        self.parts.append(f"<text{told}>{escape(drawable(text))}</text>")

    def mark(self, place: tuple[float, float], tone: Tone, hover: str, **more: float | str) -> None:
        """A value of a series: its tone is a shape as well as a colour."""
        (x, y), colour = place, self.look.of(tone)
        if tone not in CORNERS:
            self.shape("circle", hover, cx=x, cy=y, r=5.5, fill=colour, **more)
            return
        look: dict[str, float | str] = {"fill": colour}
        if tone == "context":
            look = {"fill": self.look.paper, "stroke": colour, "stroke_width": 2}
        self.shape("path", hover, d=_path([(x + right, y + down) for right, down in CORNERS[tone]]), **look, **more)

    def svg(self, alt: str) -> str:
        """The drawing as a file; `alt` is read aloud in its place."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_shown(self.width)} {_shown(self.height)}" '
            f'width="{_shown(self.width)}" height="{_shown(self.height)}" role="img" aria-label="{escape(alt)}" '
            f'font-family="{FAMILY}">{"".join(self.parts)}</svg>'
        )


def _path(corners: Sequence[tuple[float, float]]) -> str:
    return "M" + " L".join(f"{_shown(x)} {_shown(y)}" for x, y in corners) + " Z"


def _shown(value: float | str) -> str:
    """Numbers with at most two decimals, never -0; texts escaped."""
    if isinstance(value, str):
        return escape(value)
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def drawable(text: str) -> str:
    """The text as the font can show it: one line, nothing hidden, no shapes before words."""
    return printable(UNDRAWN.sub("", text))


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """How long a line of text is, in pixels."""
    return sum(_advance(letter, bold) for letter in drawable(text)) * size / MEASURED_PX


def widest(texts: Sequence[str], size: float, *, bold: bool = False) -> float:
    return max((width_of(text, size, bold=bold) for text in texts), default=0.0)


@cache
def _advance(letter: str, bold: bool) -> float:
    return _font(bold).getlength(letter)


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    # The plain layout: another could be installed on another machine, and measures differently.
    font = ImageFont.truetype(FONTS / "IBMPlexSans-Variable.ttf", MEASURED_PX, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_name("SemiBold" if bold else "Regular")
    return font


def wrapped(text: str, size: float, *, width: float, most: int) -> list[str]:
    """The text in at most `most` lines no longer than `width`, the last of them shortened with … where it is longer.

    Words that are longer than a line break anywhere.
    """
    lines, rest = [], drawable(text)
    while rest and len(lines) < most:
        line = _first_line(rest, size, width)
        lines.append(line)
        rest = rest[len(line) :].lstrip()
    if rest:
        lines[-1] = shortened(f"{lines[-1]} {rest}", size, width=width)
    return lines or [""]


def _first_line(text: str, size: float, width: float) -> str:
    """As many words as fit, or as many letters of a word that does not."""
    kept = ""
    for piece in re.findall(r"\s*\S+", text):
        if width_of(kept + piece, size) > width:
            break
        kept += piece
    return kept or _first_letters(text, size, width)


def _first_letters(text: str, size: float, width: float) -> str:
    used = 0.0
    for at, letter in enumerate(text):
        used += _advance(letter, False) * size / MEASURED_PX
        if used > width and at:
            return text[:at]
    return text


def shortened(text: str, size: float, *, width: float) -> str:
    """The text, cut with … where it is longer than `width`; before a word, unless the word is long."""
    text = drawable(text)
    if width_of(text, size) <= width:
        return text
    kept = _first_letters(text, size, width - width_of(ELLIPSIS, size))
    before, blank, begun = kept.rpartition(" ")
    if blank and before and len(begun) <= LONGEST_BEGUN and text[len(kept) : len(kept) + 1] != " ":
        kept = before
    return kept.rstrip(" ,;·-–") + ELLIPSIS
