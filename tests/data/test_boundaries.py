"""Boundary files: what is read, what is refused and why, and that neighbours stay neighbours."""

import json
import math
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from data import boundaries
from data.boundaries import MOST_DRAWN_POINTS, boundary_file, read_boundaries
from data.errors import CakupanError

SUMSEL_FILE = Path(__file__).parents[3] / "shared" / "data" / "batas-kabkota-sumsel.geojson"
WEST = [[104, -3], [105, -3], [105, -2], [104, -2], [104, -3]]
EAST = [[105, -3], [106, -3], [106, -2], [105, -2], [105, -3]]
HOLE = [[104.2, -2.8], [104.4, -2.8], [104.4, -2.6], [104.2, -2.6], [104.2, -2.8]]


def feature(properties, *rings):
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": list(rings)}}


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


@pytest.fixture
def read(tmp_path):
    """A function that reads a file of this content."""

    def from_content(content):
        path = tmp_path / "batas.geojson"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_boundaries(path)

    return from_content


def codes(found):
    return [place.code for place in found.places]


def signed_area(ring):
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2


def test_two_squares_are_two_places_in_the_order_of_their_codes(read):
    found = read(collection(feature({"kode": "16.71"}, EAST), feature({"kode": "16.02"}, WEST)))
    assert (codes(found), found.unknown, found.file) == (["16.02", "16.71"], (), "batas.geojson")
    assert set(found.places[0].rings[0]) == {(104.0, -3.0), (105.0, -3.0), (105.0, -2.0), (104.0, -2.0)}
    assert found.places[0].inside == pytest.approx((104.5, -2.5))


@pytest.mark.parametrize("outer", [WEST, WEST[::-1]])
@pytest.mark.parametrize("hole", [HOLE, HOLE[::-1]])
def test_outlines_run_counter_clockwise_and_holes_clockwise_whatever_the_file_does(read, outer, hole):
    [place] = read(collection(feature({"kode": "16.71"}, outer, hole))).places
    assert [round(signed_area(ring), 9) for ring in place.rings] == [1.0, -0.04]


def test_a_ring_that_the_file_leaves_open_is_closed(read):
    [place] = read(collection(feature({"kode": "16.71"}, WEST[:-1]))).places
    assert place.rings[0][0] == place.rings[0][-1]


def test_several_features_of_one_code_are_one_place(read):
    [place] = read(collection(feature({"kode": "16.71"}, WEST), feature({"kode": "16.71"}, EAST))).places
    assert len(place.rings) == 2


@pytest.mark.parametrize(
    "properties", [{"kode": "16.71"}, {"kode_kemendagri": " 16.71 "}, {"kode": "1671"}, {"kode": 1671}]
)
def test_a_code_is_read_from_either_property_and_without_its_dot_where_that_can_only_be_one(read, properties):
    assert codes(read(collection(feature(properties | {"nama": "x", "luas": 5}, WEST)))) == ["16.71"]


def test_a_code_without_dot_that_means_two_places_is_refused(read):
    with pytest.raises(CakupanError, match=r"'1608' .* Kabupaten Ogan Komering Ulu Timur atau .* 16\.08"):
        read(collection(feature({"kode": "1608"}, WEST)))


def test_codes_of_no_place_are_listed_and_the_others_are_read(read):
    strays = [feature({"kode": code}, EAST) for code in ("99.99", "<b>", "9999", "99.99")]
    found = read(collection(*strays, feature({}, EAST), feature(None, EAST), feature({"kode": "16.71"}, WEST)))
    assert (codes(found), found.unknown) == (["16.71"], ("", "99.99", "9999", "<b>"))


def test_a_feature_without_geometry_and_a_ring_without_area_are_passed_over(read):
    empty = {"type": "Feature", "properties": {"kode": "16.01"}, "geometry": None}
    flat = feature({"kode": "16.02"}, [[104, -3], [105, -3], [105, -3], [104, -3]])
    assert codes(read(collection(empty, flat, feature({"kode": "16.71"}, WEST)))) == ["16.71"]


SQUARE = feature({"kode": "16.71"}, WEST)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "bukan FeatureCollection GeoJSON"),
        ("{", "bukan FeatureCollection GeoJSON"),
        ("[]", "Expected `object`, got `array`"),
        (json.dumps(SQUARE), "Invalid value 'Feature'"),
        (b"\xff\xfe{}", "bukan FeatureCollection GeoJSON"),
        (b'{"type": "\xff"}', "bukan FeatureCollection GeoJSON"),
        (b"[" * 1_000_000, "bukan FeatureCollection GeoJSON"),
        (b'{"type":"FeatureCollection","x":' + b"[" * 1_000_000, "bukan FeatureCollection GeoJSON"),
        (collection(), "tidak memuat batas satu wilayah pun"),
        (collection(feature({"kode": "99.99"}, WEST)), "tidak memuat batas satu wilayah pun"),
        (collection(feature({"kode": ["16.71"]}, WEST)), r"\$.features\[0\].properties.kode"),
        (collection(feature({"kode": "16.71"}, WEST[:3])), "length >= 4"),
        (collection(feature({"kode": "16.71"}, [["a", 1]] * 4)), "Expected `float`, got `str`"),
        (collection(feature({"kode": "16.71"}, [[math.nan, 1]] * 4)), "JSON is malformed"),
        (collection(feature({"kode": "16.71"}, [[104]] * 4)), "length >= 2"),
        (collection(feature({"kode": "16.71"}, [[470_000, 9_670_000]] * 4)), r"^Titik 470000, 9670000 .*EPSG:4326"),
        (collection(feature({"kode": "16.71"}, [[-3, 104]] * 4)), "bukan bujur dan lintang"),
        (collection(feature({"kode": "16.71"}, [[10**400, 1]] * 4)), "out of range"),
        (collection(SQUARE | {"geometry": {"type": "Point", "coordinates": [1, 2]}}), "Invalid value 'Point'"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_refused_in_one_sentence_that_names_it(read, content, said):
    with pytest.raises(CakupanError, match=said) as refused:
        read(content)
    assert "batas.geojson" in str(refused.value)
    assert len(str(refused.value)) < 400


def test_a_byte_order_mark_is_no_obstacle(read):
    assert codes(read("\ufeff" + collection(SQUARE))) == ["16.71"]


def test_a_file_too_large_to_draw_is_refused_before_it_is_parsed(tmp_path):
    path = tmp_path / "batas.geojson"
    with path.open("wb") as file:
        file.truncate(boundaries.LARGEST_FILE_BYTES + 1)
    with pytest.raises(CakupanError, match="lebih besar daripada 10 MB"):
        read_boundaries(path)


def test_too_many_points_and_too_many_islands_are_refused(read):
    crowded = [[104 + step / boundaries.MOST_POINTS, -3] for step in range(boundaries.MOST_POINTS)]
    with pytest.raises(CakupanError, match="100 ribu titik"):
        read(collection(feature({"kode": "16.71"}, [*crowded, [104.5, -2]])))
    squares = [
        [[x + dx / 200, y + dy / 200] for dx, dy in ((0, 0), (1, 0), (1, 1), (0, 1))]
        for x in (100 + step / 100 for step in range(40))
        for y in (-3 + step / 100 for step in range(40))
    ]
    islands = {"type": "MultiPolygon", "coordinates": [[square] for square in squares]}
    with pytest.raises(CakupanError, match="terlalu banyak pulau"):
        read(collection(SQUARE | {"geometry": islands}))


def test_the_file_is_found_by_its_name_or_as_the_only_one(home):
    assert boundary_file(home) is None
    (home.root / "b.geojson").touch()
    assert boundary_file(home) == home.root / "b.geojson"
    (home.root / "a.geojson").touch()
    with pytest.raises(CakupanError, match=r"2 berkas .*a\.geojson, b\.geojson.* batas\.geojson"):
        boundary_file(home)
    (home.root / "batas.geojson").touch()
    assert boundary_file(home) == home.root / "batas.geojson"


def test_a_folder_in_the_place_of_the_file_is_refused(home):
    (home.root / "batas.geojson").mkdir()
    with pytest.raises(CakupanError, match=r"batas\.geojson tidak dapat dibaca"):
        read_boundaries(home.root / "batas.geojson")


def zigzag(points):
    """From (105, -3) to (105, -2), never straight."""
    return [[105 + 0.01 * math.sin(step) * (0 < step < points), -3 + step / points] for step in range(points + 1)]


def test_neighbours_are_simplified_alike_to_what_a_screen_shows(read):
    border = zigzag(20_000)
    west = [*border, [104, -2], [104, -3], border[0]]
    east = [*border, [106, -2], [106, -3], border[0]]
    found = read(collection(feature({"kode": "16.02"}, west), feature({"kode": "16.71"}, east)))
    one, other = (place.rings[0] for place in found.places)
    assert MOST_DRAWN_POINTS / 2 < len(one) + len(other) <= MOST_DRAWN_POINTS + 10
    assert {point for point in one if 104.5 < point[0] < 105.5} == {
        point for point in other if 104.5 < point[0] < 105.5
    }
    assert {(104.0, -2.0), (104.0, -3.0), (105.0, -3.0), (105.0, -2.0)} <= set(one)


def test_a_ring_that_visits_its_corners_again_and_again_is_refused(read):
    with pytest.raises(CakupanError, match="terlalu rinci"):
        read(collection(feature({"kode": "16.71"}, [[103, -3], [104, -3], [103, -2]] * 1000)))


def test_a_place_smaller_than_a_pixel_is_still_drawn_but_its_islets_are_not(read):
    speck = [[104.5, -2.5], [104.5001, -2.5], [104.5001, -2.4999], [104.5, -2.5]]
    islands = {"type": "MultiPolygon", "coordinates": [[EAST], [speck]]}
    found = read(
        collection(feature({"kode": "16.71"}, speck), SQUARE | {"properties": {"kode": "16.02"}, "geometry": islands})
    )
    assert [len(place.rings) for place in found.places] == [1, 1]
    assert len(found.places[1].rings[0]) == 4


NUMBERS = some.floats(allow_nan=True) | some.integers() | some.integers(100, 110)
ANY_JSON = some.recursive(
    some.none() | some.booleans() | NUMBERS | some.text(max_size=8) | some.sampled_from(["FeatureCollection", "16.71"]),
    lambda inner: (
        some.lists(inner, max_size=4)
        | some.dictionaries(
            some.sampled_from(["type", "features", "geometry", "properties", "coordinates", "kode"]), inner
        )
    ),
    max_leaves=25,
)
POSITIONS = some.tuples(some.integers(100, 104), some.integers(-4, 0)) | some.lists(NUMBERS, max_size=3)
RINGS = some.lists(POSITIONS, min_size=3, max_size=9)
GEOMETRIES = some.fixed_dictionaries(
    {"type": some.sampled_from(["Polygon", "Polygon", "MultiPolygon"]), "coordinates": some.lists(RINGS, max_size=3)}
)
FEATURES = some.fixed_dictionaries(
    {
        "type": some.just("Feature"),
        "properties": some.fixed_dictionaries({"kode": some.sampled_from(["16.71", "16.02", 1671, "1608", "x", None])}),
        "geometry": GEOMETRIES | some.none() | ANY_JSON,
    }
)
COLLECTIONS = some.fixed_dictionaries(
    {"type": some.just("FeatureCollection"), "features": some.lists(FEATURES, max_size=4)}
)


@given(ANY_JSON | COLLECTIONS)
def test_no_json_does_more_than_be_read_or_be_refused(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.geojson"
    path.write_text(json.dumps(content), "utf-8")
    try:
        found = read_boundaries(path)
    except CakupanError:
        return
    assert all(len(ring) >= 4 and ring[0] == ring[-1] for place in found.places for ring in place.rings)


@given(some.lists(some.tuples(some.integers(100, 106), some.integers(-4, 2)), min_size=4, max_size=40))
def test_a_ring_of_whole_degrees_is_never_lost(tmp_path_factory, points):
    path = tmp_path_factory.getbasetemp() / "ring.geojson"
    path.write_text(collection(feature({"kode": "16.71"}, points)), "utf-8")
    try:
        [place] = read_boundaries(path).places
    except CakupanError:
        assert abs(signed_area([*points, points[0]])) < 1e-9
    else:
        # Few points: all of them stay, in their order or the opposite one.
        assert set(place.rings[0]) == {(float(x), float(y)) for x, y in points}
        assert signed_area(place.rings[0]) == pytest.approx(abs(signed_area([*points, points[0]])))


@pytest.mark.skipif(not SUMSEL_FILE.exists(), reason="the shared outlines of Sumsel are not beside this clone")
def test_the_outlines_of_sumsel_are_read_whole():
    found = read_boundaries(SUMSEL_FILE)
    assert (len(found.places), found.unknown) == (17, ())
    # 459.000 km² would be the box; Sumsel is 86.772 km² (Kepmendagri 2025), a degree at 3° south 111,0 × 110,6 km.
    area = sum(signed_area(ring) for place in found.places for ring in place.rings)
    assert area * 111.0 * 110.6 == pytest.approx(86_772, rel=0.05)
