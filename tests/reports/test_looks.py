"""Texts as a cell of a spreadsheet may hold them."""

import pytest

from reports.looks import LONGEST_TEXT, safe


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Dinas  PUPR", "Dinas  PUPR"),
        ("\u202e=1+1", "'=1+1"),
        ("\u200b@SUM(1)", "'@SUM(1)"),
        ("Dua\nbaris\tdan \x07 lonceng", "Dua baris dan lonceng"),
        ("Jalan\ud800", "Jalan"),
    ],
)
def test_a_text_is_seen_as_it_is_and_run_by_nobody(text, held):
    assert safe(text) == held


def test_a_text_longer_than_a_cell_is_cut_visibly_and_never_left_out():
    assert safe("x" * LONGEST_TEXT) == "x" * LONGEST_TEXT
    assert safe("x" * (LONGEST_TEXT + 1)) == "x" * (LONGEST_TEXT - 1) + "…"
