"""Dots with intervals, one row per group, as HTML: names are links, and it is as sharp on paper as on a phone."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

# Judgement → (class of the mark, shape beside the word).
SHAPES = {None: "●", "outside": "▶", "average": "●", "too_few": "○", "above": "▲", "below": "▼"}

# As many as 100,0 % and some air.
VALUE_CHARACTERS = 12


@dataclass(frozen=True)
class Dot:
    """One row: `text` is the value as written, `word` the judgement in words, `tone` better, concern or nothing.

    `targets` are values on the same axis, each a dashed line.
    """

    name: str
    address: str | None
    value: float
    text: str
    low: float | None = None
    high: float | None = None
    judgement: str | None = None
    word: str = ""
    tone: str = ""
    is_chosen: bool = False
    targets: tuple[float, ...] = ()


@dataclass(frozen=True)
class Axis:
    """From `least` to `most`; `marks` are (value, text)."""

    least: float
    most: float
    marks: Sequence[tuple[float, str]]

    def at(self, value: float) -> float:
        """Percent of the width, never outside the track."""
        return min(100.0, max(0.0, 100 * (value - self.least) / (self.most - self.least)))


def dot_chart(dots: Sequence[Dot], axis: Axis, whole: tuple[float, str] | None, label: str) -> str:
    """`whole` is the value of the scope itself and its label, a line through all rows."""
    rows = "".join(_row(dot, axis, whole and whole[0]) for dot in dots)
    judged = " judged" if any(dot.word for dot in dots) else ""
    # Rows are grids of their own, so the column of the values has to be told how wide its longest is.
    longest = max([VALUE_CHARACTERS, *(len(dot.text) for dot in dots)])
    axis_row = f'<div class="row axis" aria-hidden="true"><span></span><div class="track">{_marks(axis)}</div></div>'
    return (
        f'<div class="ck-dots{judged}" style="--ck-value:{0.56 * longest:.1f}rem">{_whole_label(axis, whole)}'
        f'<ul aria-label="{escape(label)}">{rows}</ul>{axis_row}</div>'
    )


def _whole_label(axis: Axis, whole: tuple[float, str] | None) -> str:
    if whole is None:
        return ""
    at = axis.at(whole[0])
    side = "from-left" if at < 50 else "from-right"
    place = f"left:{at:.2f}%" if at < 50 else f"right:{100 - at:.2f}%"
    text = f'<b class="{side}" style="{place}">{escape(whole[1])}</b>'
    return f'<div class="row whole"><span></span><div class="track">{text}</div></div>'


def _row(dot: Dot, axis: Axis, whole: float | None) -> str:
    grid = "".join(f'<i class="grid" style="left:{axis.at(value):.2f}%"></i>' for value, _text in axis.marks)
    line = "" if whole is None else f'<i class="line" style="left:{axis.at(whole):.2f}%"></i>'
    band = ""
    if dot.low is not None and dot.high is not None:
        left, right = axis.at(dot.low), axis.at(dot.high)
        band = f'<i class="band" style="left:{left:.2f}%;width:{right - left:.2f}%"></i>'
    aims = "".join(f'<i class="target" style="left:{axis.at(aim):.2f}%"></i>' for aim in dot.targets)
    mark = f'<i class="mark {dot.judgement or ""}" style="left:{axis.at(dot.value):.2f}%"></i>'
    word = f"<em>{SHAPES[dot.judgement]} {escape(dot.word)}</em>" if dot.word else ""
    css = " ".join(filter(None, ["row", dot.tone, "chosen" if dot.is_chosen else ""]))
    name = escape(dot.name)
    heading = f'<a href="{escape(dot.address)}">{name}</a>' if dot.address else name
    return (
        f'<li class="{css}"><span>{heading}</span>'
        f'<div class="track" aria-hidden="true">{grid}{line}{aims}{band}{mark}</div>'
        f"<b>{escape(dot.text)}</b>{word}</li>"
    )


def _marks(axis: Axis) -> str:
    """The texts below; those at the ends stay within the track."""
    places = [(axis.at(value), text) for value, text in axis.marks]
    return "".join(
        f'<span class="{"first" if at < 2 else "last" if at > 98 else ""}" style="left:{at:.2f}%">{escape(text)}</span>'
        for at, text in places
    )
