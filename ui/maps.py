"""Where the figures of a comparison lie: tiles that need no boundary file, and the map of a file in the home."""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import groupby, pairwise
from math import cos, radians
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from analytics.compare import Comparison
from analytics.compute import Row
from analytics.indicators import INDICATORS, label_in
from data.boundaries import Boundaries, Boundary, Point, boundary_file, read_boundaries
from data.errors import CakupanError
from data.home import Home
from data.places import all_places
from ui import cards, charts, formats, frame, sentences
from ui.cached import ServedEdition
from ui.charts import Figure, Trace
from ui.scope_bar import Selection
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
STRONG_LOOKS = ("3", "4")
FLAGGED_FILL = {False: "#FFF4E5", True: "#33230F"}
# The map is drawn on a grid of whole numbers: fewer characters to send, and finer than any screen.
GRID = 2000
MAP_HEIGHT = 470
MAP_RIM = 12
LISTED = 5
LONGEST_CODE = 20


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


def show_places(
    edition: ServedEdition, selection: Selection, comparison: Comparison, language: str, *, measure: str
) -> None:
    """The places of a comparison by place, on the map of the home's file or as tiles; nothing where neither knows two.

    With both the reader may switch. `measure` is the code of the indicator.
    """
    _ = translator(language)
    # Of several targets of a place the first, as in a trend.
    rows = list({entry.row.group: entry.row for entry in reversed(comparison.entries)}.values())[::-1]
    boundaries = _boundaries_of(edition)
    outlined = _outlined(boundaries, rows) if boundaries else []
    drawings = [name for name, drawn in (("map", outlined), ("tiles", _tiled(rows))) if len(drawn) > 1]
    if not drawings:
        return
    title = places_title(comparison, measure, language)
    cards.show_title(title, _subtitle(comparison, measure, language))
    st.html(STYLES)
    alt = f"{title}. {comparison.whole.label}."
    chosen = selection.scope.place
    in_percent = INDICATORS[measure].unit == "percent"
    if _chosen(drawings, language) == "map":
        assert boundaries, drawings
        _show_map(outlined, rows, alt, language, in_percent=in_percent, chosen=chosen)
        _show_strays(boundaries, rows, language)
    else:
        hint = _("Petak disusun menurut letak, bukan luas. Pilih petak untuk melihat wilayah itu saja.")
        grid = tiles_html(rows, alt, language, in_percent=in_percent, chosen=chosen)
        st.html(f'<p class="ck-aside">{escape(hint)}</p>{grid}')
    if legend := legend_html(rows, language, in_percent=in_percent):
        st.html(legend)


def _chosen(drawings: Sequence[str], language: str) -> str:
    """The reader's choice where there are both drawings, else the one there is."""
    _ = translator(language)
    if len(drawings) == 1:
        return drawings[0]
    names = {"map": _("Peta"), "tiles": _("Petak")}
    return st.radio(
        _("Bentuk gambar"),
        drawings,
        format_func=lambda drawing: names[drawing],
        horizontal=True,
        label_visibility="collapsed",
        key="places-drawing",
    )


def _show_map(
    outlined: Sequence[Boundary], rows: Sequence[Row], alt: str, language: str, *, in_percent: bool, chosen: str
) -> None:
    _ = translator(language)
    figure = map_figure(outlined, rows, language, dark=frame.is_dark(), in_percent=in_percent, chosen=chosen)
    width, height = _size(outlined)
    # A narrow screen leaves room below the map, which is as high as its width allows; what follows moves up.
    margin = f"min(0px, calc({height / width:.3f} * (100vw - 2rem) - {MAP_HEIGHT}px))"
    st.html(f"<style>@media (max-width: 640px) {{ .st-key-map {{ margin-bottom: {margin}; }} }}</style>")
    with st.container(key="map"):
        told = _("Peta {count} wilayah. {title}").format(count=len(outlined), title=alt)
        charts.show_chart(figure, told, language, "places")


def _show_strays(boundaries: Boundaries, rows: Sequence[Row], language: str) -> None:
    """Which compared places the file lacks, and which of its codes name no place."""
    _ = translator(language)
    drawn = {boundary.code for boundary in boundaries.places}
    missing = [row.label for row in rows if row.group not in drawn]
    if missing:
        text = _("Tanpa batas dalam {file}, jadi tidak digambar: {places}.")
        cards.show_notice(text.format(file=boundaries.file, places=_listed(missing, language)))
    if boundaries.unknown:
        text = _("Kode dalam {file} yang bukan kode Kemendagri, diabaikan: {codes}.")
        codes = [code[:LONGEST_CODE] or _("(kosong)") for code in boundaries.unknown]
        cards.show_notice(text.format(file=boundaries.file, codes=_listed(codes, language)))


def _listed(names: Sequence[str], language: str) -> str:
    _ = translator(language)
    told = ", ".join(names[:LISTED])
    more = len(names) - LISTED
    return told if more <= 0 else _("{names} dan {count} lainnya").format(names=told, count=more)


def _boundaries_of(edition: ServedEdition) -> Boundaries | None:
    """What the home's file outlines; None without one, and a notice where it cannot be used."""
    try:
        path = boundary_file(Home(Path(edition.root)))
        if path is None:
            return None
        facts = path.stat()
        return _read(str(path), facts.st_mtime_ns, facts.st_size)
    except OSError:
        return None  # taken away since it was listed
    except CakupanError as refused:
        cards.show_notice(str(refused), concern=True)
        return None


@st.cache_data(max_entries=4, show_spinner=False)
def _read(path: str, changed_ns: int, size: int) -> Boundaries:  # noqa: ARG001 - keys: a changed file is read again
    return read_boundaries(Path(path))


def _outlined(boundaries: Boundaries, rows: Sequence[Row]) -> list[Boundary]:
    compared = {row.group for row in rows}
    return [boundary for boundary in boundaries.places if boundary.code in compared]


def _tiled(rows: Sequence[Row]) -> list[Row]:
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


def places_title(comparison: Comparison, measure: str, language: str) -> str:
    """From the least to the most where places may be ranked; else of how many places a figure is known."""
    _ = translator(language)
    label = label_in(INDICATORS[measure], comparison.whole.sector).in_language(language)
    told = [entry.row for entry in comparison.entries if entry.row.status == "ok"]
    if not comparison.is_ranked or len(told) < 2 or INDICATORS[measure].unit != "percent":
        text = _("{label}: ada angka bagi {told} dari {count} wilayah")
        known = sum(entry.row.value is not None for entry in comparison.entries)
        return text.format(label=label, told=known, count=len(comparison.entries))
    most, least = max(told, key=lambda row: row.value), min(told, key=lambda row: row.value)
    return _("{label} dari {least} di {least_place} sampai {most} di {most_place}").format(
        label=label,
        least=formats.percent(least.value, language),
        least_place=least.label,
        most=formats.percent(most.value, language),
        most_place=most.label,
    )


def _subtitle(comparison: Comparison, measure: str, language: str) -> str:
    _ = translator(language)
    row = comparison.whole
    told = [sentences.dated(row, language) + "."]
    if INDICATORS[measure].unit != "percent":
        told.append(_("Jumlah tidak diwarnai: wilayah yang besar selalu tampak lebih tua."))
    if is_indicative(comparison, measure):
        told.append(
            _(
                "Angka kabupaten/kota indikatif: peserta menurut tempat bekerja, perkiraan pekerja menurut tempat "
                "tinggal."
            )
        )
    return " ".join(told)


def is_indicative(comparison: Comparison, measure: str) -> bool:
    """Whether the figures divide members by place of work by estimates of residents, of kabupaten or kota."""
    kinds = {all_places()[e.row.group].kind for e in comparison.entries if e.row.group in all_places()}
    return INDICATORS[measure].denominator == "vintage" and bool(kinds & {"kabupaten", "kota"})


def tiles_html(rows: Sequence[Row], label: str, language: str, *, in_percent: bool, chosen: str = "") -> str:
    """A list with a link for each place, cropped to the tiles there are; read in the order of rows and columns."""
    placed = sorted(
        ((tiles()[row.group], row) for row in _tiled(rows)), key=lambda found: (found[0].row, found[0].column)
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


def _tile_html(tile: Tile, row: Row, language: str, *, in_percent: bool, chosen: str) -> str:
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


def map_figure(
    outlined: Sequence[Boundary],
    rows: Sequence[Row],
    language: str,
    *,
    dark: bool,
    in_percent: bool,
    chosen: str = "",
) -> Figure:
    """Filled outlines of the rows' places, a heavy line around the chosen one.

    Degrees of longitude are shortened by the cosine of the middle latitude.
    """
    colours = charts.palette(dark=dark)
    by_code = {row.group: row for row in rows}
    to_grid = _projection(_points(outlined))
    width, height = _size(outlined)
    traces = []
    looks = {boundary.code: look_of(by_code[boundary.code], in_percent=in_percent) for boundary in outlined}
    # The strongest fills after the others and the chosen place last, that no neighbour covers their lines.
    for boundary in sorted(outlined, key=lambda found: (found.code == chosen, looks[found.code] in STRONG_LOOKS)):
        row, look = by_code[boundary.code], looks[boundary.code]
        xs, ys = _path(boundary, to_grid)
        fill = _fill(look, dark=dark)
        text = "<br>".join(map(escape, hover_lines(row, language, in_percent=in_percent)))
        line = _outline(look, colours, is_chosen=boundary.code == chosen)
        hover = {"hoveron": "fills", "hoverinfo": "text", "text": text}
        traces.append(charts.scatter(x=xs, y=ys, mode="lines", fill="toself", line=line, **fill, **hover))
    traces.append(_labels(outlined, by_code, language, dark=dark, in_percent=in_percent, to_grid=to_grid))
    axis = {"visible": False, "constrain": "domain"}
    layout = {
        "template": charts.template(colours, language),
        "height": MAP_HEIGHT,
        "margin": dict.fromkeys("lrtb", 2),
        "hovermode": "closest",
        "xaxis": axis | {"constraintoward": "left", "range": [-MAP_RIM, width + MAP_RIM]},
        "yaxis": axis | {"constraintoward": "top", "range": [-MAP_RIM, height + MAP_RIM], "scaleanchor": "x"},
    }
    return {"data": traces, "layout": layout}


def _projection(points: Sequence[Point]) -> Callable[[Point], tuple[int, int]]:
    """Degrees to whole numbers from 0 to GRID along the longer side, with equal aspect at the middle latitude."""
    lons, lats = zip(*points, strict=True)
    west, south = min(lons), min(lats)
    narrower = cos(radians((south + max(lats)) / 2))
    longer = max((max(lons) - west) * narrower, max(lats) - south)
    return lambda point: (
        round(GRID * (point[0] - west) * narrower / longer),
        round(GRID * (point[1] - south) / longer),
    )


def _points(outlined: Sequence[Boundary]) -> list[Point]:
    return [point for boundary in outlined for ring in boundary.rings for point in ring]


def _size(outlined: Sequence[Boundary]) -> tuple[int, int]:
    """Width and height of the map on its grid."""
    points = _points(outlined)
    lons, lats = zip(*points, strict=True)
    return _projection(points)((max(lons), max(lats)))


def _path(boundary: Boundary, to_grid: Callable[[Point], tuple[int, int]]) -> tuple[list[int | None], list[int | None]]:
    """All rings one after another, a gap between them; points that fall together are drawn once."""
    xs: list[int | None] = []
    ys: list[int | None] = []
    for ring in boundary.rings:
        drawn = [point for point, _run in groupby(map(to_grid, ring))]
        xs += [*([None] if xs else []), *(x for x, _y in drawn)]
        ys += [*([None] if ys else []), *(y for _x, y in drawn)]
    return xs, ys


def _fill(look: str, *, dark: bool) -> dict[str, Any]:
    """Hatched where there is no value, so that it is no colour of the scale."""
    colours = charts.palette(dark=dark)
    if look == "none":
        pattern = {"shape": "/", "fgcolor": colours.line, "bgcolor": colours.paper, "size": 7, "solidity": 0.25}
        return {"fillpattern": pattern, "fillcolor": colours.paper}
    return {"fillcolor": _colours_of(look, dark=dark)[0]}


def _outline(look: str, colours: charts.Palette, *, is_chosen: bool) -> dict[str, Any]:
    """Borders stand out from the fill: in the colour of the paper between strong fills, grey between pale ones."""
    if is_chosen:
        return {"color": colours.ink, "width": 2.5}
    if look == "flagged":
        return {"color": colours.concern, "width": 1.2}
    return {"color": colours.paper if look in STRONG_LOOKS else colours.grey, "width": 0.8}


def _colours_of(look: str, *, dark: bool) -> tuple[str, str]:
    """(fill, text on it)."""
    colours = charts.palette(dark=dark)
    if look in ("none", "plain"):
        return colours.paper, colours.ink
    if look == "flagged":
        return FLAGGED_FILL[dark], colours.concern
    return (DARK_CLASSES if dark else LIGHT_CLASSES)[int(look)]


def _labels(
    outlined: Sequence[Boundary],
    by_code: Mapping[str, Row],
    language: str,
    *,
    dark: bool,
    in_percent: bool,
    to_grid: Callable[[Point], tuple[int, int]],
) -> Trace:
    places = [to_grid(boundary.inside) for boundary in outlined]
    rows = [by_code[boundary.code] for boundary in outlined]
    fills, inks = zip(*(_colours_of(look_of(row, in_percent=in_percent), dark=dark) for row in rows), strict=True)
    return charts.scatter(
        x=[x for x, _y in places],
        y=[y for _x, y in places],
        mode="text",
        text=[_map_label(row, language, in_percent=in_percent) for row in rows],
        # A rim of the place's own colour: a name wider than its place stays legible on the neighbour.
        textfont={"color": inks, "size": 12, "shadow": [", ".join([f"0 0 2px {fill}"] * 4) for fill in fills]},
        hoverinfo="skip",
    )


def _map_label(row: Row, language: str, *, in_percent: bool) -> str:
    """Few letters, and the value below; the words of a place without one are in its hover, the legend and the table."""
    tile, place = tiles().get(row.group), all_places()[row.group]
    name = escape(tile.abbreviation if tile else place.short_name)
    return name if row.value is None else f"{name}<br><b>{value_text(row, language, in_percent=in_percent)}</b>"


def _class_styles() -> str:
    """The two palettes as CSS, so that tiles and map cannot differ."""
    pairs = zip(LIGHT_CLASSES, DARK_CLASSES, strict=True)
    return "".join(
        f".stApp .ck-class-{place} {{ background: light-dark({light[0]}, {dark[0]}); "
        f"color: light-dark({light[1]}, {dark[1]}); }}"
        for place, (light, dark) in enumerate(pairs)
    )


STYLES = f"<style>{(Path(__file__).parent / 'maps.css').read_text('utf-8')}{_class_styles()}</style>"
