"""Places as tiles that need no boundary file, and what a value looks like on tiles and map alike."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlencode

from analytics.compute import Row
from data.places import all_places
from ui import charts, formats, frame, sentences
from ui.texts import translator

TILES_FILE = Path(__file__).resolve().parent.parent / "data" / "reference" / "tiles.csv"
# Fixed, so that a colour means the same on every page and in every month: 0–20–40–60–80–100 %.
CLASS_WIDTH_PCT = 20
LAST_CLASS = 4
# (fill, text on it) from the least to the most, on the background of each theme.
LIGHT_CLASSES = (
    ("#EAF0F8", "#111827"), ("#C3D5EA", "#111827"), ("#8FB1D6", "#111827"), ("#44709F", "#FFFFFF"),
    ("#1E3A5F", "#FFFFFF"),
)  # fmt: skip
DARK_CLASSES = (
    ("#1B2737", "#E8ECF2"), ("#2B4361", "#E8ECF2"), ("#42658F", "#FFFFFF"), ("#7FA5D3", "#10161F"),
    ("#C9DDF5", "#10161F"),
)  # fmt: skip
FLAGGED_FILL = {False: "#FFF4E5", True: "#33230F"}


@dataclass(frozen=True)
class Tile:
    """Where a place stands in the grid of its province (row and column from 1), and its name in few letters."""

    code: str
    row: int
    column: int
    abbreviation: str


@lru_cache(maxsize=1)
def tiles() -> dict[str, Tile]:
    """By code, the places that have a tile."""
    with TILES_FILE.open(encoding="utf-8", newline="") as file:
        found = [
            Tile(row["kode"], int(row["baris"]), int(row["kolom"]), row["singkatan"]) for row in csv.DictReader(file)
        ]
    return {tile.code: tile for tile in found}


def tiled(rows: Sequence[Row]) -> list[Row]:
    """The rows whose place has a tile."""
    return [row for row in rows if row.group in tiles()]


def class_of(value: float) -> int:
    """0 to 4: the class whose lower end is the value or less; what exceeds 100 % is in the last."""
    return min(LAST_CLASS, max(0, int(value // CLASS_WIDTH_PCT)))


def look_of(row: Row, *, in_percent: bool) -> str:
    """'0' to '4', 'flagged', 'none' where there is no value, 'plain' for counts, which are not coloured."""
    if row.value is None:
        return "none"
    if row.status == "implausible":
        return "flagged"
    return str(class_of(row.value)) if in_percent else "plain"


def value_text(row: Row, language: str, *, in_percent: bool) -> str:
    """45,6 %, 1,2 jt, or the word of the status; what is implausible carries its mark."""
    if row.value is None:
        return sentences.status_word(row.status, language)
    text = formats.percent(row.value, language) if in_percent else formats.short(row.value, language)
    return f"▲ {text}" if row.status == "implausible" else text


def tiles_html(rows: Sequence[Row], label: str, language: str, *, in_percent: bool, chosen: str | None = None) -> str:
    """A list with a link for each place, cropped to the tiles there are; read in the order of rows and columns."""
    placed = sorted(
        ((tiles()[row.group], row) for row in tiled(rows)), key=lambda found: (found[0].row, found[0].column)
    )
    top, left = min(tile.row for tile, _row in placed), min(tile.column for tile, _row in placed)
    columns = max(tile.column for tile, _row in placed) - left + 1
    items = "".join(
        f'<li style="grid-row:{tile.row - top + 1};grid-column:{tile.column - left + 1}">'
        f"{_tile_html(tile, row, language, in_percent=in_percent, chosen=chosen)}</li>"
        for tile, row in placed
    )
    width = f"grid-template-columns:repeat({columns},minmax(0,1fr))"
    return f'<ul class="ck-tiles" aria-label="{escape(label)}" style="{width}">{items}</ul>'


def _tile_html(tile: Tile, row: Row, language: str, *, in_percent: bool, chosen: str | None) -> str:
    # An estimate of one place is seldom one of another.
    address = escape("?" + urlencode(frame.url_with(place=row.group, vintage=None)))
    current = ' aria-current="true"' if row.group == chosen else ""
    worded = " worded" if row.value is None else ""
    name = escape(all_places()[tile.code].short_name)
    return (
        f'<a class="ck-tile ck-class-{look_of(row, in_percent=in_percent)}" href="{address}" target="_self"{current} '
        f'title="{escape(" · ".join(hover_lines(row, language, in_percent=in_percent)))}">'
        f'<span class="full">{name}</span><span class="abbr" aria-hidden="true">{escape(tile.abbreviation)}</span> '
        f'<span class="value{worded}">{escape(value_text(row, language, in_percent=in_percent))}</span></a>'
    )


def hover_lines(row: Row, language: str, *, in_percent: bool) -> list[str]:
    """Name, value, numerator of denominator, and the day the figure is of."""
    _ = translator(language)
    told = [row.label, value_text(row, language, in_percent=in_percent)]
    if row.value is not None and in_percent:
        numerator, denominator = (formats.number(n, language) for n in (row.numerator, row.denominator))
        told.append(_("{numerator} dari {denominator}").format(numerator=numerator, denominator=denominator))
    return [*told, sentences.dated(row, language)]


def legend_html(rows: Sequence[Row], language: str, *, in_percent: bool) -> str:
    """What each colour means, in words; marks without a value only where they occur."""
    names = _class_names(language) if in_percent else []
    found = [(str(place), name) for place, name in enumerate(names)]
    marked = dict.fromkeys(row.status for row in rows if row.value is None or row.status == "implausible")
    found += [
        ("flagged" if status == "implausible" else "none", sentences.status_word(status, language)) for status in marked
    ]
    items = "".join(
        f'<li><i class="ck-class-{look}" aria-hidden="true"></i>{escape(name)}</li>' for look, name in found
    )
    return f'<ul class="ck-legend">{items}</ul>' if items else ""


def _class_names(language: str) -> list[str]:
    _ = translator(language)
    sign = charts.PERCENT_SIGN[language]
    between = _("{least} sampai di bawah {most}")
    ends = [f"{CLASS_WIDTH_PCT * place}{sign}" for place in range(1, LAST_CLASS + 1)]
    return [
        _("di bawah {most}").format(most=ends[0]),
        *(between.format(least=least, most=most) for least, most in pairwise(ends)),
        _("{least} atau lebih").format(least=ends[-1]),
    ]


def _class_styles() -> str:
    """The two palettes as CSS, so that tiles and map cannot differ."""
    pairs = zip(LIGHT_CLASSES, DARK_CLASSES, strict=True)
    return "".join(
        f".stApp .ck-class-{place} {{ background: light-dark({light[0]}, {dark[0]}); "
        f"color: light-dark({light[1]}, {dark[1]}); }}"
        for place, (light, dark) in enumerate(pairs)
    )


STYLES = f"<style>{(Path(__file__).parent / 'tiles.css').read_text('utf-8')}{_class_styles()}</style>"
