"""Dots with intervals as HTML."""

import re

from ui.dots import Axis, Dot, dot_chart

AXIS = Axis(0, 100, [(0, "0 %"), (50, "50 %"), (100, "100 %")])
HOSTILE = '<img src=x onerror="alert(1)">'


def test_a_dot_and_its_interval_stand_where_the_axis_says():
    chart = dot_chart([Dot("A", "?owner=A", 40, "40,0 %", low=30, high=60)], AXIS, (55, "Semua 55,0 %"), "Judul")
    assert '<i class="mark " style="left:40.00%"></i>' in chart
    assert '<i class="band" style="left:30.00%;width:30.00%"></i>' in chart  # from 30 to 60
    assert '<i class="line" style="left:55.00%"></i>' in chart
    assert "right:45.00%" in chart  # the label of the line, right of the middle, is held from the right


def test_a_value_beyond_the_axis_stays_on_the_track():
    assert 'style="left:100.00%"' in dot_chart([Dot("A", None, 399.1, "399,1 %")], AXIS, None, "Judul")


def test_an_axis_may_begin_below_zero():
    assert Axis(-100, 100, []).at(-50) == 25


def test_a_judgement_is_a_word_and_a_shape():
    chart = dot_chart([Dot("A", None, 90, "90,0 %", judgement="above", word="di atas", tone="better")], AXIS, None, "x")
    assert "<em>▲ di atas</em>" in chart
    assert '<i class="mark above"' in chart
    assert '<li class="row better">' in chart


def test_names_and_addresses_are_escaped():
    chart = dot_chart([Dot(HOSTILE, '?owner="><b>', 1, "1")], AXIS, None, HOSTILE)
    assert "<img" not in chart
    assert "&lt;img" in chart
    assert 'href="?owner=&quot;&gt;&lt;b&gt;"' in chart


def test_a_group_without_a_filter_is_no_link():
    assert "<a" not in dot_chart([Dot("KPPN", None, 1, "1")], AXIS, None, "x")


def test_the_track_is_hidden_from_readers_aloud_and_the_value_is_not():
    chart = dot_chart([Dot("A", None, 40, "40,0 %")], AXIS, None, "x")
    aloud = re.sub(r'<div class="track" aria-hidden="true">.*?</div>', "", chart)
    assert "<b>40,0 %</b>" in aloud
    assert "<i " not in aloud
