"""Numbers of projects that mean the same, or differ in one character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.near_numbers import KnownNumbers, written_plainly


def known_by(*numbers):
    return KnownNumbers([(written_plainly(number), code) for number, code in numbers])


KNOWN = known_by(("600/012/SPK.PU", "A"), ("600/112/SPK/PU", "B"), ("600/012/SPK/PU", "C"), ("12345", "D"), (None, "E"))
NUMBERS = st.text(alphabet="a1/", min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("600/012/SPK.PU", ["A", "C"]),
        (" 600.12 / spk / pu ", ["A", "C"]),  # other marks, no leading zero, small letters
        ("600/0120/SPK/PU", []),  # a zero at the end is another number
        ("", []),
        (None, []),
        ("///", []),
    ],
)
def test_marks_capitals_and_leading_zeros_are_as_one_likes(number, expected):
    assert KNOWN.same(number) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("600/13/SPK/PU", ["A", "C"]),  # another
        ("600/121/SPK/PU", ["A", "B", "C"]),  # one too many; for B two swapped
        ("600/12/SPK/P", ["A", "C"]),  # one too few
        ("600/12/PSK/PU", ["A", "C"]),  # two swapped
        ("600/112/SPK/PU", ["A", "C"]),  # B itself is no near one
        ("600/999/SPK/PU", []),
        ("12346", []),  # so short that one character is nothing
        (None, []),
    ],
)
def test_one_character_more_less_other_or_swapped_is_near(number, expected):
    assert sorted(KNOWN.one_off(number)) == expected


@given(st.lists(NUMBERS, max_size=6), NUMBERS)
def test_near_numbers_are_those_within_one_edit(numbers, number):
    known = known_by(*((one, str(place)) for place, one in enumerate(numbers)))
    plain = written_plainly(number)
    near = {
        str(place)
        for place, one in enumerate(numbers)
        if len(plain) >= 6
        and written_plainly(one)
        and written_plainly(one) != plain
        and written_plainly(one) in edits(plain)
    }
    assert set(known.one_off(number)) == near
    assert set(known.same(number)) == {
        str(place) for place, one in enumerate(numbers) if plain and written_plainly(one) == plain
    }


def edits(text):
    """Everything that one edit makes of a text, over the letters of NUMBERS."""
    letters = "a1/"
    cuts = [(text[:at], text[at:]) for at in range(len(text) + 1)]
    fewer = {left + right[1:] for left, right in cuts if right}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    other = {left + letter + right[1:] for left, right in cuts if right for letter in letters}
    return fewer | swapped | other | {left + letter + right for left, right in cuts for letter in letters}
