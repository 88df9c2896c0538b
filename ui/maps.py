"""Where the figures of a comparison lie: on the map of a file in the home, else as tiles."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from html import escape
from itertools import groupby
from math import cos, radians
from pathlib import Path
from typing import Any

import streamlit as st

from analytics.compare import Comparison
from analytics.compute import Row
from analytics.indicators import INDICATORS, label_in
from data.boundaries import Boundaries, Boundary, Point, boundary_file, read_boundaries
from data.errors import CakupanError
from data.home import Home
from data.places import all_places
from ui import cards, charts, formats, frame, sentences, tiles
from ui.cached import ServedEdition
from ui.charts import Figure, Trace
from ui.texts import translator

STRONG_LOOKS = ("3", "4")
# The map is drawn on a grid of whole numbers: fewer characters to send, and finer than any screen.
GRID = 2000
MAP_HEIGHT = 470
MAP_RIM = 12
LISTED = 5
LONGEST_CODE = 20


def show_places(
    edition: ServedEdition, comparison: Comparison, language: str, *, measure: str, chosen: str | None = None
) -> None:
    """The places of a comparison by place, on the map of the home's file or as tiles; nothing where neither knows two.

    With both the reader may switch. `measure` is the code of the indicator.
    """
    _ = translator(language)
    # Of several targets of a place the first, as in a trend.
    rows = list({entry.row.group: entry.row for entry in reversed(comparison.entries)}.values())[::-1]
    boundaries = _boundaries_of(edition)
    outlined = _outlined(boundaries, rows) if boundaries else []
    drawings = [name for name, drawn in (("map", outlined), ("tiles", tiles.tiled(rows))) if len(drawn) > 1]
    if not drawings:
        return
    title = places_title(comparison, measure, language)
    cards.show_title(title, _subtitle(comparison, measure, language))
    st.html(tiles.STYLES)
    alt = f"{title}. {comparison.whole.label}."
    in_percent = INDICATORS[measure].unit == "percent"
    if _chosen(drawings, language) == "map":
        assert boundaries, drawings
        _show_map(outlined, rows, alt, language, in_percent=in_percent, chosen=chosen)
        _show_strays(boundaries, rows, language)
    else:
        hint = _("Petak disusun menurut letak, bukan luas. Pilih petak untuk melihat wilayah itu saja.")
        grid = tiles.tiles_html(rows, alt, language, in_percent=in_percent, chosen=chosen)
        st.html(f'<p class="ck-aside">{escape(hint)}</p>{grid}')
    if legend := tiles.legend_html(rows, language, in_percent=in_percent):
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
    outlined: Sequence[Boundary], rows: Sequence[Row], alt: str, language: str, *, in_percent: bool, chosen: str | None
) -> None:
    _ = translator(language)
    figure = map_figure(outlined, rows, language, dark=frame.is_dark(), in_percent=in_percent, chosen=chosen)
    width, height = _size(outlined)
    # A narrow screen leaves room below the map, which is as high as its width allows; what follows moves up.
    margin = f"min(0px, calc({height / width:.3f} * (100vw - 2rem) - {MAP_HEIGHT}px))"
    st.html(f"<style>@media (max-width: 640px) {{ .st-key-map {{ margin-bottom: {margin}; }} }}</style>")
    with st.container(key="map"):
        told = _.plural("Peta {count} wilayah. {title}", len(outlined)).format(count=len(outlined), title=alt)
        charts.show_chart(figure, told, language, "places")


def _show_strays(boundaries: Boundaries, rows: Sequence[Row], language: str) -> None:
    """Which compared places the file lacks, and which of its codes name no place."""
    _ = translator(language)
    drawn = {boundary.code for boundary in boundaries.places}
    missing = [row.label for row in rows if row.group not in drawn]
    if missing:
        text = _("Tanpa batas dalam {file}, jadi tidak digambar: {places}.")
        cards.show_notice(text.format(file=boundaries.file, places=sentences.listed(missing, LISTED, language)))
    if boundaries.unknown:
        text = _("Kode dalam {file} yang bukan kode Kemendagri, diabaikan: {codes}.")
        codes = [code[:LONGEST_CODE] or _("(kosong)") for code in boundaries.unknown]
        cards.show_notice(text.format(file=boundaries.file, codes=sentences.listed(codes, LISTED, language)))


def _boundaries_of(edition: ServedEdition) -> Boundaries | None:
    """What the home's file outlines; None without one, and a notice where it cannot be used."""
    try:
        path = boundary_file(Home(Path(edition.root)))
        if path is None:
            return None
        facts = path.stat()
        read = _read(str(path), facts.st_mtime_ns, facts.st_size)
    except OSError:
        return None  # taken away since it was listed
    if isinstance(read, str):
        cards.show_notice(read, concern=True)
        return None
    return read


@lru_cache(maxsize=4)
def _read(path: str, changed_ns: int, size: int) -> Boundaries | str:  # noqa: ARG001 - keys: a changed file is read again
    """The outlines, or why the file is refused: that too is told once, not found out at every rerun."""
    try:
        return read_boundaries(Path(path))
    except CakupanError as refused:
        return str(refused)


def _outlined(boundaries: Boundaries, rows: Sequence[Row]) -> list[Boundary]:
    compared = {row.group for row in rows}
    return [boundary for boundary in boundaries.places if boundary.code in compared]


def places_title(comparison: Comparison, measure: str, language: str) -> str:
    """From the least to the most where places may be ranked; else of how many places a figure is known."""
    _ = translator(language)
    label = label_in(INDICATORS[measure], comparison.whole.sector).in_language(language)
    told = [entry.row for entry in comparison.entries if entry.row.status == "ok"]
    if not comparison.is_ranked or len(told) < 2 or INDICATORS[measure].unit != "percent":
        text = _.plural("{label}: ada angka bagi {told} dari {count} wilayah", len(comparison.entries))
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


def map_figure(
    outlined: Sequence[Boundary],
    rows: Sequence[Row],
    language: str,
    *,
    dark: bool,
    in_percent: bool,
    chosen: str | None = None,
) -> Figure:
    """Filled outlines of the rows' places, a heavy line around the chosen one.

    Degrees of longitude are shortened by the cosine of the middle latitude.
    """
    colours = charts.palette(dark=dark)
    by_code = {row.group: row for row in rows}
    to_grid = _projection(_points(outlined))
    width, height = _size(outlined)
    traces = []
    looks = {boundary.code: tiles.look_of(by_code[boundary.code], in_percent=in_percent) for boundary in outlined}
    # The strongest fills after the others and the chosen place last, that no neighbour covers their lines.
    for boundary in sorted(outlined, key=lambda found: (found.code == chosen, looks[found.code] in STRONG_LOOKS)):
        row, look = by_code[boundary.code], looks[boundary.code]
        xs, ys = _path(boundary, to_grid)
        fill = _fill(look, dark=dark)
        text = "<br>".join(map(escape, tiles.hover_lines(row, language, in_percent=in_percent)))
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
        return tiles.FLAGGED_FILL[dark], colours.concern
    return (tiles.DARK_CLASSES if dark else tiles.LIGHT_CLASSES)[int(look)]


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
    fills, inks = zip(*(_colours_of(tiles.look_of(row, in_percent=in_percent), dark=dark) for row in rows), strict=True)
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
    tile, place = tiles.tiles().get(row.group), all_places()[row.group]
    name = escape(tile.abbreviation if tile else place.short_name)
    return name if row.value is None else f"{name}<br><b>{tiles.value_text(row, language, in_percent=in_percent)}</b>"
