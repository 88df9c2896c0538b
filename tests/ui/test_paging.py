"""Which rows a page holds, whatever page is asked for."""

import pytest

from ui import paging


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ({}, 1),
        ({"hal": "3"}, 3),
        ({"hal": "0"}, None),
        ({"hal": "-1"}, None),
        ({"hal": "1e3"}, None),
        ({"hal": "٣"}, None),
    ],
)
def test_only_a_plain_positive_number_is_a_page(asked, number):
    assert paging.number_in(asked) == number


@pytest.mark.parametrize(
    ("total", "asked", "rows"),
    [
        (0, 1, (0, 0)),
        (25, 1, (0, 25)),
        (25, 2, (0, 25)),
        (26, 2, (25, 26)),
        (26, 999_999, (25, 26)),
        (100, 4, (75, 100)),
    ],
)
def test_a_page_beyond_the_last_is_the_last(total, asked, rows):
    page = paging.clipped(asked, total)
    assert (page.first, page.last) == rows
