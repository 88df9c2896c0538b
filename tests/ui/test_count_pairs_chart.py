"""Persons less report by month: what differs is a bar, what agrees a dot, and a month without both is neither."""

from datetime import date

from analytics.count_pairs import CountPair
from ui.count_pairs import difference_figure

JUNE, JULY, SEPTEMBER = date(2024, 6, 30), date(2024, 7, 31), date(2024, 9, 30)


def pair(month, persons, reported):
    return CountPair("16.71", "Kota Palembang", month, persons, persons, 0, month, reported, 0, "Rekap", month, month)


def test_months_that_agree_are_dots_and_no_gaps():
    own = [pair(JUNE, 100, 100), pair(JULY, 90, 100), pair(SEPTEMBER, 110, 100)]
    bars, dots = difference_figure(own, JULY, "id", dark=False)["data"]
    assert (bars["type"], bars["x"], bars["y"]) == ("bar", [JULY, SEPTEMBER], [-10, 10])
    assert (dots["mode"], dots["x"], dots["y"]) == ("markers", [JUNE], [0])
    assert bars["marker"]["color"][0] != bars["marker"]["color"][1]  # the chosen month


def test_where_nothing_agrees_there_are_bars_alone():
    [bars] = difference_figure([pair(JULY, 90, 100)], JULY, "id", dark=False)["data"]
    assert bars["x"] == [JULY]
