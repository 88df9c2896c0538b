"""The funnel: who differs from the average by more than so few projects allow. For project-based measures only."""

import textwrap
from collections.abc import Sequence
from html import escape
from math import log10, sqrt
from typing import Any

from analytics.compare import FEWEST_GROUPS, FEWEST_PROJECTS, Z_95, Z_998, Comparison, Entry, funnel_limits
from ui import cards, charts, empty_states, formats, frame, sentences
from ui.charts import Figure, Palette, Trace
from ui.texts import translator

MOST_LABELS = 6
LABEL_LINE = 17
CURVE_POINTS = 60
LEFT_END = 0.8
HEIGHT = 420
# 105 points of the axis share what margins and marks leave of the height. Names of two lines that are nearer than
# LABEL_APART_PCT would lie on one another; on a phone a name is at most LABEL_REACH of the axis wide.
PIXELS_PER_PCT = 3.1
LABEL_APART_PCT = 9.5
LABEL_REACH = 0.4
SYMBOLS = {"above": "triangle-up", "below": "triangle-down", "average": "circle", "too_few": "circle-open"}
PROJECT_MARKS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)


def show_funnel(comparison: Comparison, names: str, language: str, *, chosen: str | None = None) -> None:
    """Nothing for measures without an average of projects; `names` is the plural of the groups ('pemilik proyek').

    The `chosen` group is named whatever is said of it.
    """
    _ = translator(language)
    if comparison.average_pct is None:
        return
    if comparison.overdispersion is None:
        empty_states.show_too_few(_why_no_funnel(comparison, names, language))
        return
    title = funnel_title(comparison, names, language)
    cards.show_title(title, funnel_subtitle(comparison, names, language))
    figure = funnel_figure(comparison, language, dark=frame.is_dark(), chosen=chosen)
    alt = _alt(comparison, title, names, language)
    charts.show_chart(figure, alt, language, "funnel")


def _why_no_funnel(comparison: Comparison, names: str, language: str) -> str:
    _ = translator(language)
    if comparison.average_pct in (0, 100):
        text = _("Tidak satu pun {names} berbeda dari rata-rata: semuanya {average}.")
        return text.format(names=names, average=formats.percent(comparison.average_pct, language))
    text = _("Siapa berbeda dari rata-rata belum dapat dinilai: kurang dari {groups} {names} punya {fewest} proyek.")
    return text.format(groups=FEWEST_GROUPS, names=names, fewest=FEWEST_PROJECTS)


def judged_as(comparison: Comparison, *words: str) -> list[Entry]:
    """The entries with one of these judgements, in the order of the comparison."""
    return [entry for entry in comparison.entries if entry.judgement in words]


def funnel_title(comparison: Comparison, names: str, language: str) -> str:
    """'3 dari 28 pemilik proyek berbeda dari rata-rata'; of those that can be judged."""
    _ = translator(language)
    judged, outside = judged_as(comparison, "above", "below", "average"), judged_as(comparison, "above", "below")
    if not outside:
        return _("Tidak satu pun dari {count} {names} berbeda dari rata-rata").format(count=len(judged), names=names)
    text = _("{outside} dari {count} {names} berbeda dari rata-rata")
    return text.format(outside=len(outside), count=len(judged), names=names)


def funnel_subtitle(comparison: Comparison, names: str, language: str) -> str:
    """The average, what the limits are, how far they were widened, and who is not on the picture."""
    _ = translator(language)
    told = [
        _(
            "Rata-rata {average}, {month}. Di luar garis penuh (batas 99,8 %) disebut berbeda dari rata-rata; garis "
            "titik: batas 95 %."
        ).format(
            average=formats.percent(comparison.average_pct, language), month=sentences.dated(comparison.whole, language)
        ),
        _dispersion_sentence(comparison, names, language),
    ]
    missing = sum(entry.row.value is None for entry in comparison.entries)
    if missing:
        text = _("{count} {names} belum ada data dan tidak digambar.")
        told.append(text.format(count=formats.number(missing, language), names=names))
    return " ".join(told)


def _dispersion_sentence(comparison: Comparison, names: str, language: str) -> str:
    _ = translator(language)
    assert comparison.overdispersion is not None, comparison
    factor = formats.number(comparison.overdispersion, language, 1)
    if factor == formats.number(1, language, 1):
        text = _("Beda antar-{names} tidak lebih besar daripada kebetulan (φ = {factor}), jadi batas tidak dilebarkan.")
        return text.format(names=names, factor=factor)
    text = _(
        "Beda antar-{names} lebih besar daripada kebetulan (φ = {factor}), maka batas dilebarkan {times} kali (√φ)."
    )
    return text.format(names=names, factor=factor, times=formats.number(sqrt(comparison.overdispersion), language, 1))


def _alt(comparison: Comparison, title: str, names: str, language: str) -> str:
    _ = translator(language)
    text = _("Grafik corong {names} di {where}: jumlah proyek mendatar, persentase tegak. {title}.")
    told = [text.format(names=names, where=comparison.whole.label, title=title)]
    for word, sentence in (("above", _("Di atas: {labels}.")), ("below", _("Di bawah: {labels}."))):
        labels = [sentences.category_name(entry.row.label, language) for entry in judged_as(comparison, word)]
        if labels:
            told.append(
                sentence.format(labels=", ".join(labels[:MOST_LABELS]) + ("…" if len(labels) > MOST_LABELS else ""))
            )
    return " ".join(told)


def funnel_figure(comparison: Comparison, language: str, *, dark: bool, chosen: str | None = None) -> Figure:
    """Number of projects (logarithmic) against percent, the average, and its limits from the fewest judged projects.

    Those that differ most are named, and the `chosen` group whatever is said of it.
    """
    colours = charts.palette(dark=dark)
    drawn = [entry for entry in comparison.entries if entry.row.value is not None and entry.projects]
    most = max(entry.projects or 0 for entry in drawn)
    first, last = LEFT_END, max(most, 2 * FEWEST_PROJECTS) * 1.3
    traces = [*_limit_traces(comparison, (first, last), colours)]
    traces += [
        _points(word, found, colours, language)
        for word in ("too_few", "average", "below", "above")
        if (found := [entry for entry in drawn if entry.judgement == word])
    ]
    layout = {
        "template": charts.template(colours, language),
        "height": HEIGHT,
        "margin": {"t": 44, "r": 12, "b": 48},
        "hovermode": "closest",
        "xaxis": _project_axis(first, last, language),
        "yaxis": {
            "range": [0, 105],
            "tickvals": list(range(0, 101, 20)),
            "ticktext": [f"{mark}{charts.PERCENT_SIGN[language]}" for mark in range(0, 101, 20)],
        },
        "annotations": [
            _average_label(comparison, first, colours, language),
            _unjudged_label(first, colours, language),
            *_group_labels(_named(comparison, drawn, chosen), (first, last), colours, language),
        ],
        "shapes": [_unjudged_strip(first, colours)],
    }
    return {"data": traces, "layout": layout}


def _limit_traces(comparison: Comparison, ends: tuple[float, float], colours: Palette) -> list[Trace]:
    """The average, and both pairs of limits, solid where they decide and dotted where they do not."""
    last = ends[1]
    xs = [FEWEST_PROJECTS * (last / FEWEST_PROJECTS) ** (step / CURVE_POINTS) for step in range(CURVE_POINTS + 1)]
    xs = [round(x, 2) for x in xs]
    traces = [_line(ends, [comparison.average_pct] * 2, {"color": colours.grey, "width": 1.5, "dash": "dash"})]
    for z, line in (
        (Z_998, {"color": colours.grey, "width": 1.5}),
        (Z_95, {"color": colours.grey, "width": 1, "dash": "dot"}),
    ):
        limits = [_limits(comparison, x, z) for x in xs]
        traces += [_line(xs, [round(pair[side], 2) for pair in limits], line) for side in (0, 1)]
    return traces


def _limits(comparison: Comparison, projects: float, z: float) -> tuple[float, float]:
    assert comparison.average_pct is not None, comparison
    assert comparison.overdispersion is not None, comparison
    return funnel_limits(comparison.average_pct, projects, comparison.overdispersion, z)


def _line(xs: Sequence[float], ys: Sequence[float | None], line: dict[str, Any]) -> Trace:
    return charts.scatter(x=xs, y=ys, mode="lines", line=line, hoverinfo="skip")


def _points(word: str, entries: Sequence[Entry], colours: Palette, language: str) -> Trace:
    """One trace for each judgement: its shape, its colour and what the pointer says."""
    colour = {"above": colours.better, "below": colours.concern}.get(
        word, colours.main if word == "average" else colours.grey
    )
    marker = {"symbol": SYMBOLS[word], "color": colour, "size": 12 if word in ("above", "below") else 8}
    return charts.scatter(
        x=[entry.projects for entry in entries],
        y=[float(entry.row.value) for entry in entries],
        mode="markers",
        marker=marker | ({"opacity": 0.75} if word == "average" else {}),
        cliponaxis=False,
        customdata=[_hover(entry, language) for entry in entries],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _hover(entry: Entry, language: str) -> str:
    _ = translator(language)
    row = entry.row
    counts = _.plural("{numerator} dari {denominator} proyek", row.denominator or 0).format(
        numerator=formats.number(row.numerator, language), denominator=formats.number(row.denominator, language)
    )
    name = escape(sentences.category_name(row.label, language))
    assert entry.judgement, entry
    judgement = sentences.marked_judgement(entry.judgement, language)
    return "<br>".join([f"<b>{name}</b>", formats.percent(row.value, language), counts, judgement])


def _project_axis(first: float, last: float, language: str) -> dict[str, Any]:
    _ = translator(language)
    marks = [mark for mark in PROJECT_MARKS if first <= mark <= last]
    return {
        "type": "log",
        "range": [log10(first), log10(last)],
        "tickvals": marks,
        "ticktext": [formats.number(mark, language) for mark in marks],
        "title": {"text": _("jumlah proyek (skala logaritmik)"), "font": {"size": 13}},
        "showgrid": False,
        "showline": True,
        "ticks": "outside",
        "ticklen": 4,
    }


def _average_label(comparison: Comparison, first: float, colours: Palette, language: str) -> dict[str, Any]:
    _ = translator(language)
    font = {"color": colours.grey, "size": 13}
    where = {"x": log10(first), "y": comparison.average_pct, "xanchor": "left", "yanchor": "bottom"}
    text = _("rata-rata {average}").format(average=formats.percent(comparison.average_pct, language))
    return {**where, "text": text, "font": font, "showarrow": False}


def _unjudged_label(first: float, colours: Palette, language: str) -> dict[str, Any]:
    _ = translator(language)
    text = _("di bawah {fewest} proyek:<br>tidak dinilai").format(fewest=FEWEST_PROJECTS)
    where = {"x": log10(first), "y": 1, "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    return {**where, "text": text, "align": "left", "font": {"color": colours.grey, "size": 12}, "showarrow": False}


def _unjudged_strip(first: float, colours: Palette) -> dict[str, Any]:
    ends = {"x0": first, "x1": FEWEST_PROJECTS - 0.5, "y0": 0, "y1": 1, "yref": "paper"}
    return {"type": "rect", **ends, "fillcolor": colours.band, "opacity": 0.5, "line": {"width": 0}, "layer": "below"}


def _named(comparison: Comparison, drawn: Sequence[Entry], chosen: str | None) -> list[Entry]:
    outside = sorted(judged_as(comparison, "above", "below"), key=lambda entry: -_distance(comparison, entry))
    named = outside[:MOST_LABELS]
    return named + [entry for entry in drawn if entry.row.group == chosen and entry not in named]


def _group_labels(
    named: Sequence[Entry], ends: tuple[float, float], colours: Palette, language: str
) -> list[dict[str, Any]]:
    """Names beside their points, none on another; those below the average give way downwards."""
    below = [entry for entry in named if entry.judgement == "below"]
    others = [entry for entry in named if entry.judgement != "below"]
    heights = [*_spread(others, 1, ends), *_spread(below, -1, ends)]
    return [_group_label(entry, height, ends, colours, language) for entry, height in heights]


def _spread(entries: Sequence[Entry], direction: int, ends: tuple[float, float]) -> list[tuple[Entry, float]]:
    """Each with the height of its name, moved in `direction` (up 1, down -1) until it is clear of those near it."""
    placed: list[tuple[Entry, float]] = []
    for entry in sorted(entries, key=lambda entry: direction * entry.row.value):
        near = [level for other, level in placed if abs(_across(other, ends) - _across(entry, ends)) < LABEL_REACH]
        clear = [direction * level + LABEL_APART_PCT for level in near]
        placed.append((entry, direction * max([direction * float(entry.row.value), *clear])))
    return placed


def _across(entry: Entry, ends: tuple[float, float]) -> float:
    """Where a point lies between the ends of the axis, from 0 to 1."""
    first, last = (log10(end) for end in ends)
    return (log10(entry.projects or 1) - first) / (last - first)


def _distance(comparison: Comparison, entry: Entry) -> float:
    """How far from the average, in units of what chance allows to so many projects."""
    assert comparison.average_pct is not None, comparison
    return abs(float(entry.row.value) - comparison.average_pct) * sqrt(entry.projects or 0)


def _group_label(
    entry: Entry, height: float, ends: tuple[float, float], colours: Palette, language: str
) -> dict[str, Any]:
    """In two short lines, tied to its point: right of it where a phone has room there, since the points lie left."""
    is_right = _across(entry, ends) < 1 - LABEL_REACH
    name = sentences.category_name(entry.row.label, language)
    lines = textwrap.wrap(name, LABEL_LINE, max_lines=2, placeholder="…")
    return {
        "x": log10(entry.projects or 1),
        "y": float(entry.row.value),
        "ax": 16 if is_right else -16,
        "ay": (float(entry.row.value) - height) * PIXELS_PER_PCT,
        "text": "<br>".join(map(escape, lines)),
        "align": "left" if is_right else "right",
        # A rim instead of a box: points and lines behind the name stay visible.
        "font": {"color": colours.ink, "size": 12, "shadow": ", ".join([f"0 0 2px {colours.paper}"] * 4)},
        "showarrow": True,
        "arrowhead": 0,
        "arrowwidth": 1,
        "arrowcolor": colours.grey,
        "standoff": 7,
        "xanchor": "left" if is_right else "right",
        "yanchor": "middle",
    }
