"""Outlines of places from a GeoJSON file that the user laid into the home; nothing in it is trusted.

RFC 7946: longitude before latitude, WGS 84. The Kemendagri code stands in the property `kode` or `kode_kemendagri`.
"""

import heapq
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path
from typing import Annotated

import msgspec

from data.errors import CakupanError
from data.home import Home
from data.places import Place, all_places, nearest_places, resolve_place

PREFERRED_NAME = "batas.geojson"
# Detailed outlines of a whole province are below 5 MB and 100.000 points; more takes longer than a page may.
LARGEST_FILE_BYTES = 10_000_000
MOST_POINTS = 100_000
# Of a drawing 700 pixels wide more points are not seen, and 17 kabupaten stay below 60 kB.
MOST_DRAWN_POINTS = 3_000
# Islands smaller than this part of the whole extent are less than a pixel.
SMALLEST_RING = 1 / 700**2
LABEL_GRID = 15

Point = tuple[float, float]
Ring = tuple[Point, ...]


@dataclass(frozen=True)
class Boundary:
    """The outline of one place, in degrees (longitude, latitude).

    Rings are closed. Outer ones run counter-clockwise and holes clockwise, as RFC 7946 wants and as a drawing by the
    non-zero rule needs. The largest outer ring comes first.
    """

    code: str
    rings: tuple[Ring, ...]
    inside: Point


@dataclass(frozen=True)
class Boundaries:
    """What one file outlines: each place once, in the order of the codes; `unknown` are codes that name no place."""

    file: str
    places: tuple[Boundary, ...]
    unknown: tuple[str, ...]


class _Polygon(msgspec.Struct, frozen=True, tag_field="type", tag="Polygon"):
    coordinates: list[Annotated[list["_Position"], msgspec.Meta(min_length=4)]]

    def polygons(self) -> list[list[list["_Position"]]]:
        return [self.coordinates]


class _MultiPolygon(msgspec.Struct, frozen=True, tag_field="type", tag="MultiPolygon"):
    coordinates: list[list[Annotated[list["_Position"], msgspec.Meta(min_length=4)]]]

    def polygons(self) -> list[list[list["_Position"]]]:
        return self.coordinates


_Position = Annotated[list[float], msgspec.Meta(min_length=2, max_length=4)]


class _Properties(msgspec.Struct, frozen=True):
    kode: str | int | None = None
    kode_kemendagri: str | int | None = None


class _Feature(msgspec.Struct, frozen=True, tag_field="type", tag="Feature"):
    properties: _Properties | None
    geometry: _Polygon | _MultiPolygon | None

    @property
    def code(self) -> str:
        own = self.properties or _Properties()
        return str(own.kode if own.kode is not None else own.kode_kemendagri or "").strip()


class _FeatureCollection(msgspec.Struct, frozen=True, tag_field="type", tag="FeatureCollection"):
    features: list[_Feature]


def boundary_file(home: Home) -> Path | None:
    """batas.geojson of the home, else its only *.geojson; None without any. CakupanError when it is unclear which."""
    found = sorted(home.root.glob("*.geojson"))
    preferred = home.root / PREFERRED_NAME
    if preferred in found or not found:
        return preferred if found else None
    if len(found) > 1:
        raise CakupanError(
            f"CAKUPAN_HOME berisi {len(found)} berkas batas wilayah ({found[0].name}, {found[1].name}, …); "
            f"beri nama {PREFERRED_NAME} pada yang dipakai."
        )
    return found[0]


def read_boundaries(path: Path) -> Boundaries:
    """The outlines in a file, simplified for the screen. CakupanError says what is wrong with it and what to do."""
    outlined: dict[str, list[Ring]] = {}
    unknown: list[str] = []
    for feature in _decoded(path).features:
        place = _place_of(feature, path.name)
        if place is None:
            unknown.append(feature.code)
        elif feature.geometry is not None:
            outlined.setdefault(place.code, []).extend(_rings(feature.geometry, path.name))
    outlined = {code: rings for code, rings in outlined.items() if rings}
    if not outlined:
        raise CakupanError(
            f"{path.name} tidak memuat batas satu wilayah pun; isi properti “kode” dengan kode Kemendagri "
            "seperti 16.71 pada setiap Polygon atau MultiPolygon."
        )
    drawn = _simplified(outlined, path.name)
    places = tuple(Boundary(code, drawn[code], _roomiest_point(drawn[code][0])) for code in sorted(drawn))
    return Boundaries(path.name, places, tuple(sorted(set(unknown))))


def _decoded(path: Path) -> _FeatureCollection:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE_BYTES + 1)
    except OSError as unreadable:
        raise CakupanError(f"{path.name} tidak dapat dibaca; periksa berkas itu dan izinnya.") from unreadable
    if len(content) > LARGEST_FILE_BYTES:
        raise CakupanError(
            f"{path.name} lebih besar daripada {LARGEST_FILE_BYTES // 10**6} MB; sederhanakan batasnya lebih dahulu."
        )
    try:
        return msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"), type=_FeatureCollection)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as wrong:
        raise CakupanError(
            f"{path.name} bukan FeatureCollection GeoJSON dari Polygon atau MultiPolygon yang sah: {wrong}; "
            "simpan ulang dari aplikasi peta."
        ) from wrong


def _place_of(feature: _Feature, file: str) -> Place | None:
    """The place of a feature's code; four digits without a dot only where they mean one place however they are read."""
    code = feature.code
    if not re.fullmatch(r"\d{4}", code):
        return all_places().get(code)
    meant = nearest_places(code)
    if len(meant) > 1:
        raise CakupanError(
            f"Kode '{code}' dalam {file} dapat berarti {' atau '.join(meant)}; tulis kode Kemendagri bertitik, "
            f"seperti {code[:2]}.{code[2:]}."
        )
    return resolve_place(meant[0]) if meant else None


def _rings(geometry: _Polygon | _MultiPolygon, file: str) -> Iterator[Ring]:
    """Rings with an area, each in its direction: the first of a polygon is its outline, the others are holes."""
    for polygon in geometry.polygons():
        for place, positions in enumerate(polygon):
            ring = _closed([_checked(position, file) for position in positions])
            area = _signed_area(ring)
            if area:
                yield ring if (area > 0) == (place == 0) else ring[::-1]


def _checked(position: list[float], file: str) -> Point:
    lon, lat = position[:2]
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise CakupanError(
            f"Titik {lon:.10g}, {lat:.10g} dalam {file} bukan bujur dan lintang; simpan ulang dengan sistem "
            "koordinat WGS 84 (EPSG:4326)."
        )
    return lon, lat


def _closed(points: list[Point]) -> Ring:
    return tuple(points) if points[0] == points[-1] else (*points, points[0])


def _signed_area(ring: Ring) -> float:
    """In square degrees, positive where the ring runs counter-clockwise; measured from its first point."""
    x0, y0 = ring[0]
    return sum((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0) for (x1, y1), (x2, y2) in pairwise(ring)) / 2


def _simplified(outlined: dict[str, list[Ring]], file: str) -> dict[str, tuple[Ring, ...]]:
    """The visible rings of every place, largest first, with at most MOST_DRAWN_POINTS points between them all.

    Borders are cut where places meet and each piece is simplified once, so neighbours stay together. Points are left
    out by the area that they add (Visvalingam and Whyatt 1993, Cartographic Journal 30, 46–51).
    """
    if sum(map(len, chain.from_iterable(outlined.values()))) > MOST_POINTS:
        raise _too_detailed(file)
    pieces = _cut(_visible(outlined), file)
    uses = Counter(_one_way(piece) for rings in pieces.values() for ring in rings for piece in ring)
    kept = _without_the_least(uses)
    return {code: tuple(_joined(ring, kept) for ring in rings) for code, rings in pieces.items()}


def _cut(visible: dict[str, list[Ring]], file: str) -> dict[str, list[list[Ring]]]:
    """Every ring in pieces, cut at points that stay: three corners of each ring, and where borders part.

    Neighbours that do not share their points part everywhere; then the corners alone.
    """
    rings = list(chain.from_iterable(visible.values()))
    corners = set(chain.from_iterable(map(_corners, rings)))
    for fixed in (corners | _partings(rings), corners):
        pieces = {code: [_pieces(ring, fixed) for ring in own] for code, own in visible.items()}
        if sum(map(len, chain.from_iterable(pieces.values()))) <= MOST_DRAWN_POINTS // 2:
            return pieces
    raise _too_detailed(file)


def _too_detailed(file: str) -> CakupanError:
    return CakupanError(
        f"{file} terlalu rinci untuk layar (lebih dari {MOST_POINTS // 1000} ribu titik, atau terlalu banyak pulau); "
        "sederhanakan batasnya lebih dahulu."
    )


def _visible(outlined: dict[str, list[Ring]]) -> dict[str, list[Ring]]:
    """Rings that a screen shows, and of every place at least its largest."""
    points = [point for rings in outlined.values() for ring in rings for point in ring]
    side = max(max(axis) - min(axis) for axis in zip(*points, strict=True))
    found = {}
    for code, rings in outlined.items():
        first, *others = sorted(rings, key=_signed_area, reverse=True)
        found[code] = [first, *(ring for ring in others if abs(_signed_area(ring)) >= SMALLEST_RING * side**2)]
    return found


def _partings(rings: list[Ring]) -> set[Point]:
    """Points with more than two neighbours."""
    beside: dict[Point, set[Point]] = {}
    for ring in rings:
        for one, next_one in pairwise(ring):
            beside.setdefault(one, set()).add(next_one)
            beside.setdefault(next_one, set()).add(one)
    return {point for point, others in beside.items() if len(others) > 2}


def _corners(ring: Ring) -> tuple[Point, Point, Point]:
    first = min(ring)
    second = max(ring, key=lambda point: (math.dist(first, point), point))
    return first, second, max(ring, key=lambda point: (_triangle(first, second, point), point))


def _triangle(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def _pieces(ring: Ring, fixed: set[Point]) -> list[Ring]:
    """The ring cut at its fixed points; each piece keeps both of its ends."""
    start = next(place for place, point in enumerate(ring) if point in fixed)
    turned = ring[start:-1] + ring[: start + 1]
    cuts = [place for place, point in enumerate(turned) if point in fixed]
    return [turned[begin : end + 1] for begin, end in pairwise(cuts)]


def _one_way(piece: Ring) -> Ring:
    """The same for both neighbours, who walk their common border in opposite directions."""
    return min(piece, piece[::-1])


def _without_the_least(uses: Counter[Ring]) -> dict[Ring, Ring]:
    """Each piece with those of its points that add most; `uses` says how often a piece is drawn."""
    pieces, times = list(uses), list(uses.values())
    kept: list[list[int]] = [[] for _piece in pieces]
    weighed = [(weight, which, at) for which, piece in enumerate(pieces) for at, weight in enumerate(_weights(piece))]
    free = MOST_DRAWN_POINTS - sum(times)
    for weight, which, at in sorted(weighed, reverse=True):
        free -= times[which] if weight < math.inf else 0
        if free >= 0 or weight == math.inf:
            kept[which].append(at)
    return {piece: tuple(piece[at] for at in sorted(places)) for piece, places in zip(pieces, kept, strict=True)}


def _weights(piece: Ring) -> list[float]:
    """For each point the area that is lost with it once all lesser points have gone; its ends are never lost."""
    before, after = [place - 1 for place in range(len(piece))], [place + 1 for place in range(len(piece))]
    weights = [math.inf] * len(piece)
    waiting = {place: _triangle(*piece[place - 1 : place + 2]) for place in range(1, len(piece) - 1)}
    heap = [(area, place) for place, area in waiting.items()]
    heapq.heapify(heap)
    least = 0.0
    while heap:
        area, place = heapq.heappop(heap)
        if waiting.get(place) != area:
            continue  # weighed anew since
        least = weights[place] = max(least, area)
        del waiting[place]
        left, right = before[place], after[place]
        after[left], before[right] = right, left
        for moved in {left, right} & waiting.keys():
            waiting[moved] = _triangle(piece[before[moved]], piece[moved], piece[after[moved]])
            heapq.heappush(heap, (waiting[moved], moved))
    return weights


def _joined(pieces: list[Ring], kept: dict[Ring, Ring]) -> Ring:
    points = [pieces[0][0]]
    for piece in pieces:
        one_way = _one_way(piece)
        points += (kept[one_way] if piece == one_way else kept[one_way][::-1])[1:]
    return tuple(points)


def _roomiest_point(ring: Ring) -> Point:
    """Of a grid over the ring the point inside it that is farthest from its points; the first corner if none is."""
    (west, *_, east), (south, *_, north) = (sorted(axis) for axis in zip(*ring, strict=True))
    steps = [(step + 0.5) / LABEL_GRID for step in range(LABEL_GRID)]
    tried = [(west + (east - west) * x, south + (north - south) * y) for x in steps for y in steps]
    inside = [point for point in tried if _is_inside(point, ring)]
    return max(inside, key=lambda point: min(math.dist(point, other) for other in ring), default=ring[0])


def _is_inside(point: Point, ring: Ring) -> bool:
    """Whether a line to the east crosses the ring an odd number of times."""
    x, y = point
    crossed = [(x1, y1, x2, y2) for (x1, y1), (x2, y2) in pairwise(ring) if (y1 > y) != (y2 > y)]
    return sum(x < x1 + (y - y1) * (x2 - x1) / (y2 - y1) for x1, y1, x2, y2 in crossed) % 2 == 1
