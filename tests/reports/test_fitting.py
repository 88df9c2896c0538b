"""Texts are measured before any office lays them out: what is said to fit, fits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.fitting import balanced_width, largest_size, lines_of, shortened, width_of

WORDS = st.lists(st.text("aiWm1%", min_size=1, max_size=30), min_size=1, max_size=20).map(" ".join)


def test_a_text_is_as_wide_as_its_signs_at_its_size():
    assert width_of("Wajib", 24) == pytest.approx(2 * width_of("Wajib", 12))
    assert width_of("aa", 10) == pytest.approx(2 * width_of("a", 10))
    assert width_of("a", 10, bold=True) > width_of("a", 10)


def test_lines_break_between_words_and_within_a_word_that_is_too_long():
    word = width_of("kata", 10)
    blank = width_of(" ", 10)
    assert lines_of("kata kata kata", 10, 2 * word + blank + 0.1) == 2
    assert lines_of("kata kata kata", 10, word + 0.1) == 3
    assert lines_of("N" * 300, 10, 100 * width_of("N", 10) + 0.1) == 3


@given(text=WORDS, width=st.floats(40, 400), most=st.integers(1, 4))
def test_what_was_shortened_fits_and_begins_as_the_text(text, width, most):
    cut = shortened(text, 10, width, most)
    assert lines_of(cut, 10, width) <= most
    assert cut == text or (cut.endswith("…") and text.startswith(cut[:-1]))


@given(text=WORDS, width=st.floats(100, 400))
def test_a_balanced_width_makes_no_line_more(text, width):
    narrow = balanced_width(text, 10, width)
    assert narrow <= width
    assert lines_of(text, 10, narrow) == lines_of(text, 10, width)


def test_the_largest_size_that_fits_is_taken():
    sizes = (20, 16, 12)
    wide = width_of("satu dua tiga", 16) + 1
    assert largest_size("satu dua tiga", wide, 1, sizes) == 16
    assert largest_size("satu dua tiga" * 40, wide, 1, sizes) == 12
