"""How much room a text takes in an office's font, known before any program lays it out: always the same answer."""

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from PIL import ImageFont

# Office files name Calibri, which is not ours to ship: measured with the shipped font, of which Calibri takes at most
# 0.93 in bold. A little more is reckoned, so that what fits here fits everywhere.
MEASURED = Path(__file__).parent / "fonts" / "IBMPlexSans-Variable.ttf"
CALIBRI, CALIBRI_BOLD = 0.93, 0.96
LINE_HEIGHT = 1.22
_SCALE = 100
# Shapes, emoji and other scripts come from whatever font an office finds: wide, to be safe.
FIRST_FOREIGN, KNOWN = "\u0250", "–—‘’“”…•−≈≤≥"


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Points that the text takes in one line."""
    share = CALIBRI_BOLD if bold else CALIBRI
    return share * size / _SCALE * _units(text)


def lines_of(text: str, size: float, width: float, *, bold: bool = False) -> int:
    """Lines that the text takes in a column of `width` points; a word longer than a line is broken, as offices do."""
    lines, used, blank = 1, 0.0, width_of(" ", size, bold=bold)
    for word in text.split(" "):
        long = width_of(word, size, bold=bold)
        if used and used + blank + long <= width:
            used += blank + long
            continue
        lines += bool(used) + int(long // width)
        used = long % width
    return lines


def height_of(lines: int, size: float) -> float:
    return lines * size * LINE_HEIGHT


def largest_size(text: str, width: float, most_lines: int, sizes: Sequence[float], *, bold: bool = False) -> float:
    """The first of the sizes, the largest before, at which the text takes no more lines; else the last."""
    return next((size for size in sizes if lines_of(text, size, width, bold=bold) <= most_lines), sizes[-1])


def balanced_width(text: str, size: float, width: float, *, bold: bool = False) -> float:
    """The least width, in hundredths of the given, at which the text takes no more lines: all are as long."""
    lines = lines_of(text, size, width, bold=bold)
    shares = (percent / 100 for percent in range(30, 100))
    return next((share * width for share in shares if lines_of(text, size, share * width, bold=bold) <= lines), width)


def shortened(text: str, size: float, width: float, most_lines: int, *, bold: bool = False) -> str:
    """The text, or as much of its beginning as fits into the lines, with an ellipsis."""
    if lines_of(text, size, width, bold=bold) <= most_lines:
        return text
    short, long = 0, len(text)
    while long - short > 1:
        middle = (short + long) // 2
        fits = lines_of(text[:middle] + "…", size, width, bold=bold) <= most_lines
        short, long = (middle, long) if fits else (short, middle)
    return text[:short].rstrip() + "…"


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(MEASURED, _SCALE, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(50_000)
def _units(text: str) -> float:
    return sum(_advance(sign) for sign in text)


@cache
def _advance(sign: str) -> float:
    own = _font().getlength(sign)
    return own if sign < FIRST_FOREIGN or sign in KNOWN else max(own, 1.25 * _SCALE)
