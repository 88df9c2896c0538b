"""Charts as plotly figures. The sentence above a chart is its title, so figures carry none.

A figure is written as plain dicts: plotly's own objects validate every property, a third of a page's time. Tests build
every figure with validation, so a misspelt property is found there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from html import escape
from itertools import pairwise
from typing import Any

import streamlit as st
from plotly.basedatatypes import BaseFigure

from analytics.change import PersonsStep, Step
from analytics.compute import Row
from ui import formats, sentences
from ui.texts import translator


@dataclass(frozen=True)
class Palette:
    """Colours by meaning, on the background of one theme (design section 6)."""

    main: str
    band: str
    grey: str
    line: str
    ink: str
    better: str
    concern: str
    paper: str


LIGHT = Palette("#1E3A5F", "rgba(30,58,95,0.14)", "#6B7280", "#E3E7ED", "#111827", "#0B6BCB", "#B45309", "#FFFFFF")
DARK = Palette("#A9C4E6", "rgba(169,196,230,0.20)", "#9CA7B6", "#2A3647", "#E8ECF2", "#7DB8F5", "#F2A65A", "#10161F")

# A change of measuring or of what is known, not of protection.
MEASURING_KINDS = frozenset({"source", "denominator", "late", "correction", "revised", "revised_workers"})
# Room for the longest value right of its bar: +123.456.
WATERFALL_LABEL_PX = 68
# Months on either side of a point within which its label must not meet the line, at phone width too.
LABEL_REACH = 4

FONT = '"Source Sans", "Source Sans 3", sans-serif'
PERCENT_SIGN = {"id": " %", "en": "%"}
SEPARATORS = {"id": ",.", "en": ".,"}
# Plotly would fetch its own locale file. Ticks and hovers are written by ui/formats, so the marks are all it needs.
INDONESIAN = {"moduleType": "locale", "name": "id", "dictionary": {}, "format": {"decimal": ",", "thousands": "."}}
PLOTLY_CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "locales": {"id": INDONESIAN}}


def palette(*, dark: bool) -> Palette:
    return DARK if dark else LIGHT


# With `data`, a list of traces, and `layout`.
Figure = dict[str, Any]
Trace = dict[str, Any]


class Unvalidated(BaseFigure):
    """A figure as Streamlit takes it: a bare dict would be validated there, an object of plotly's is taken as it is."""

    def __init__(self, figure: Figure) -> None:  # plotly's own would validate and copy
        self._figure = figure

    def to_dict(self) -> Figure:
        return self._figure


def show_chart(figure: Figure, alt: str, language: str, key: str) -> None:
    """Draw without toolbar and without any request to another host; `alt` is read aloud instead of the picture."""
    config = PLOTLY_CONFIG | {"locale": language}
    st.plotly_chart(Unvalidated(figure), width="stretch", theme=None, config=config, alt=alt, key=key)


@lru_cache
def template(colours: Palette, language: str) -> dict[str, Any]:
    """The one look of all charts; only its colours differ between light and dark."""
    axis = {
        "gridcolor": colours.line,
        "linecolor": colours.grey,
        "zeroline": False,
        "tickfont": {"color": colours.grey, "size": 13},
        "fixedrange": True,
        "automargin": True,
    }
    return {
        "layout": {
            "font": {"family": FONT, "size": 14, "color": colours.ink},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "separators": SEPARATORS[language],
            "showlegend": False,
            "dragmode": False,
            "margin": {"l": 8, "r": 8, "t": 12, "b": 8},
            "hoverlabel": {"bgcolor": colours.paper, "bordercolor": colours.grey, "font": {"color": colours.ink}},
            "xaxis": axis,
            "yaxis": axis,
        }
    }


def scatter(**properties: Any) -> Trace:
    """Points or lines."""
    return {"type": "scatter", **properties}


def is_drawn(row: Row, *, counts: bool = False) -> bool:
    """Whether a month is a point of the line; implausible ones are flagged apart."""
    return row.numerator is not None if counts else row.status == "ok"


def runs(rows: Sequence[Row], *, counts: bool = False) -> list[list[Row]]:
    """Unbroken stretches of drawn months from one source: a line never crosses a gap or a change of source."""
    found: list[list[Row]] = []
    previous: Row | None = None
    for row in rows:
        if is_drawn(row, counts=counts):
            if previous is not None and is_drawn(previous, counts=counts) and previous.source == row.source:
                found[-1].append(row)
            else:
                found.append([row])
        previous = row
    return found


def source_changes(rows: Sequence[Row], *, counts: bool = False) -> list[Row]:
    """The first month of each new source, whether or not months without data lie before it."""
    drawn = [row for row in rows if is_drawn(row, counts=counts)]
    return [row for before, row in pairwise(drawn) if before.source != row.source]


def trend_figure(
    rows: Sequence[Row], marked: Sequence[date], language: str, *, dark: bool, counts: bool = False
) -> Figure:
    """Value by month with its band; `marked` months carry their value, the first of them in bold.

    `counts` draws numerators (persons) where there is no denominator.
    """
    colours = palette(dark=dark)
    top = _top_of_axis(rows, counts=counts)
    traces = [
        trace for run in runs(rows, counts=counts) for trace in _run_traces(run, colours, language, counts=counts)
    ]
    if not counts:
        traces += _implausible_traces(rows, top, colours, language)
    changes = source_changes(rows, counts=counts)
    labels = [_source_label(first, colours, language) for first in changes]
    lines = [_source_line(first, colours) for first in changes]
    for month in reversed(marked):
        point = next((row for row in rows if is_drawn(row, counts=counts) and row.month == f"{month:%Y-%m}"), None)
        if point:
            look = {"counts": counts, "bold": month == marked[0]}
            traces.append(_mark(point, colours, **look))
            labels.append(_mark_label(point, rows, colours, language, **look))
    layout = {"template": template(colours, language), "height": 330, "annotations": labels, "shapes": lines}
    layout |= {
        "margin": {"r": 66},
        "xaxis": _month_axis(rows, language),
        "yaxis": _value_axis(top, language, counts=counts),
    }
    return {"data": traces, "layout": layout}


def _value(row: Row, counts: bool) -> float:
    value = row.numerator if counts else row.value
    assert value is not None, row
    return float(value)


def _top_of_axis(rows: Sequence[Row], *, counts: bool) -> float:
    drawn = [row for row in rows if is_drawn(row, counts=counts)]
    if counts:
        return max((_value(row, counts) if row.high is None else float(row.high) for row in drawn), default=1) * 1.1
    highest = max((_value(row, counts) if row.high is None else float(row.high) for row in drawn), default=90)
    return min(100.0, max(20.0, 10 * (highest * 1.12 // 10 + 1)))


def _run_traces(run: list[Row], colours: Palette, language: str, *, counts: bool) -> list[Trace]:
    months = [sentences.last_day(row) for row in run]
    values = [_value(row, counts) for row in run]
    lows = [value if row.low is None else row.low for row, value in zip(run, values, strict=True)]
    highs = [value if row.high is None else row.high for row, value in zip(run, values, strict=True)]
    alone, has_band = len(run) == 1, highs != lows
    traces = []
    if has_band and not alone:
        band = {"fill": "toself", "fillcolor": colours.band, "line": {"width": 0}, "mode": "lines", "hoverinfo": "skip"}
        traces.append(scatter(x=months + months[::-1], y=highs + lows[::-1], **band))
    errors = {"array": [highs[0] - values[0]], "arrayminus": [values[0] - lows[0]], "color": colours.main, "width": 5}
    traces.append(
        scatter(
            x=months,
            y=values,
            mode="markers" if alone else "lines+markers",
            line={"color": colours.main, "width": 2.5},
            marker={"color": colours.main, "size": 8 if alone else 3},
            cliponaxis=False,
            customdata=[_hover(row, language, counts=counts) for row in run],
            hovertemplate="%{customdata}<extra></extra>",
            **{"error_y": errors} if alone and has_band else {},
        )
    )
    return traces


def _hover(row: Row, language: str, *, counts: bool = False) -> str:
    _ = translator(language)
    told = [f"<b>{sentences.dated(row, language)}</b>"]
    if counts or row.value is None:
        told.append(_.plural("{numerator} orang", row.numerator or 0).format(numerator=sentences.count(row, language)))
    else:
        told.append(formats.percent(row.value, language))
        numerator, denominator = (formats.number(n, language) for n in (row.numerator, row.denominator))
        told.append(_("{numerator} dari {denominator}").format(numerator=numerator, denominator=denominator))
    return "<br>".join([*told, escape(sentences.source_name(row.source, language))])


def _implausible_traces(rows: Sequence[Row], top: float, colours: Palette, language: str) -> list[Trace]:
    """Above the axis and named: drawn to scale they would flatten every other month."""
    flagged = [row for row in rows if row.status == "implausible"]
    trace = scatter(
        x=[sentences.last_day(row) for row in flagged],
        y=[top * 1.04] * len(flagged),
        mode="markers+text",
        marker={"symbol": "triangle-up", "color": colours.concern, "size": 12},
        text=[" " + outside_scale(row, language) for row in flagged],
        textposition="middle right",
        textfont={"color": colours.concern, "size": 14},
        cliponaxis=False,
        customdata=[_hover(row, language) for row in flagged],
        hovertemplate="%{customdata}<extra></extra>",
    )
    return [trace] if flagged else []


def outside_scale(row: Row, language: str) -> str:
    """'399,1 %, di luar skala'."""
    _ = translator(language)
    return _("{value}, di luar skala").format(value=formats.percent(row.value, language))


def _source_line(first: Row, colours: Palette) -> dict[str, Any]:
    x = sentences.last_day(first).isoformat()
    line = {"color": colours.grey, "width": 1, "dash": "dot"}
    return {"type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "paper", "line": line}


def _source_label(first: Row, colours: Palette, language: str) -> dict[str, Any]:
    _ = translator(language)
    return {
        "x": sentences.last_day(first).isoformat(),
        "y": 1,
        "yref": "paper",
        "text": _("ganti sumber"),
        "font": {"color": colours.grey, "size": 12},
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "top",
        "xshift": 3,
    }


def _mark(row: Row, colours: Palette, *, counts: bool, bold: bool) -> Trace:
    marker = {"color": colours.main if bold else colours.paper, "size": 9, "line": {"color": colours.main, "width": 2}}
    x, y = [sentences.last_day(row)], [_value(row, counts)]
    return scatter(x=x, y=y, mode="markers", marker=marker, hoverinfo="skip", cliponaxis=False)


def _mark_label(
    row: Row, rows: Sequence[Row], colours: Palette, language: str, *, counts: bool, bold: bool
) -> dict[str, Any]:
    """The value of one month: right of the last point, else above or below all of the line that is near."""
    text = sentences.count(row, language) if counts else formats.percent(row.value, language)
    label = {
        "x": sentences.last_day(row).isoformat(),
        "text": f"<b>{text}</b>" if bold else text,
        "font": {"color": colours.main if bold else colours.grey, "size": 16 if bold else 13},
        "showarrow": False,
    }
    value = _value(row, counts)
    if row is rows[-1]:
        return label | {"y": value, "xanchor": "left", "yanchor": "middle", "xshift": 9}
    at = rows.index(row)
    around = rows[max(0, at - LABEL_REACH) : at + LABEL_REACH + 1]
    near = [_value(other, counts) for other in around if is_drawn(other, counts=counts)]
    if max(near) - value <= value - min(near):
        return label | {"y": max(near), "yanchor": "bottom", "yshift": 7}
    return label | {"y": min(near), "yanchor": "top", "yshift": -7}


def _month_axis(rows: Sequence[Row], language: str) -> dict[str, Any]:
    months = [sentences.last_day(row) for row in rows]
    step = 6 if len(months) <= 48 else 12
    ticks = [month for month in months if month.month % step == 1]
    edge = timedelta(days=max(10, 8 * len(months) // 12))
    return {
        "tickvals": ticks,
        "ticktext": [f"{formats.short_month(month, language).split()[0]}<br>{month.year}" for month in ticks],
        "range": [months[0] - edge, months[-1] + edge / 2],
        "showgrid": False,
        "showline": True,
        "ticks": "outside",
        "ticklen": 4,
    }


def _value_axis(top: float, language: str, *, counts: bool) -> dict[str, Any]:
    """From 0. Plotly's own marks for counts would say M for a million."""
    if counts:
        marks = round_marks(top)
        texts = [formats.short(mark, language) for mark in marks]
    else:
        marks = list(range(0, int(top) + 1, 10 if top <= 60 else 20))
        texts = [f"{mark}{PERCENT_SIGN[language]}" for mark in marks]
    return {"tickvals": marks, "ticktext": texts, "range": [0, top * 1.09]}


def round_marks(top: float) -> list[int]:
    """From 0 to at most `top` in at most six steps of 1, 2 or 5 times a power of ten."""
    power = 10 ** max(0, len(str(int(top))) - 2)
    step = next(power * times for times in (1, 2, 5, 10, 20) if top / (power * times) <= 6)
    return list(range(0, int(top) + 1, step))


AnyStep = Step | PersonsStep


def span(step: AnyStep) -> tuple[float, float]:
    """Where a bar begins and ends, in percent or in persons."""
    return (step.from_pct, step.to_pct) if isinstance(step, Step) else (step.from_persons, step.to_persons)


def waterfall_figure(steps: Sequence[AnyStep], months: tuple[date, date], language: str, *, dark: bool) -> Figure:
    """From the month compared with to the month shown; every bar between them is a reason, and they add up.

    In percent, or in persons where there is no percentage.
    """
    colours = palette(dark=dark)
    names = [step_label(step, months, language) for step in steps]
    places = list(range(len(steps)))
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": places,
        "base": [min(span(step)) for step in steps],
        "x": [max(span(step)) - min(span(step)) for step in steps],
        "marker": {"color": [_step_colour(step, colours) for step in steps]},
        "customdata": [_step_hover(step, name, language) for step, name in zip(steps, names, strict=True)],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    reach = max(max(span(step)) for step in steps)
    layout = {
        "template": template(colours, language),
        "height": 62 + 40 * len(steps),
        "bargap": 0.42,
        "annotations": [_step_value(place, step, colours, language) for place, step in enumerate(steps)],
        "shapes": [_connector(place, step, colours) for place, step in enumerate(steps[:-1])],
        "margin": {"r": WATERFALL_LABEL_PX},
        "xaxis": _waterfall_axis(reach, language, counts=isinstance(steps[0], PersonsStep)),
        "yaxis": {"tickvals": places, "ticktext": names, "tickfont": {"color": colours.ink}, "showgrid": False}
        | {"autorange": "reversed", "ticklabelstandoff": 6},
    }
    return {"data": [bars], "layout": layout}


def _waterfall_axis(reach: float, language: str, *, counts: bool) -> dict[str, Any]:
    """The values stand right of their bars, so the axis may end with the longest one."""
    if not counts:
        return {"range": [0, reach * 1.02], "ticksuffix": PERCENT_SIGN[language], "nticks": 6}
    marks = round_marks(reach)
    return {
        "range": [0, reach * 1.02],
        "tickvals": marks,
        "ticktext": [formats.short(mark, language) for mark in marks],
    }


def _is_total(step: AnyStep) -> bool:
    return step.kind in ("start", "end")


def step_label(step: AnyStep, months: tuple[date, date], language: str) -> str:
    if _is_total(step):
        return formats.short_month(months[step.kind == "end"], language)
    return sentences.step_name(step.kind, language)


def _step_colour(step: AnyStep, colours: Palette) -> str:
    if _is_total(step):
        return colours.main
    if step.kind in MEASURING_KINDS:
        return colours.grey
    begin, end = span(step)
    return colours.better if end >= begin else colours.concern


def step_text(step: AnyStep, language: str) -> str:
    if isinstance(step, PersonsStep):
        return persons_text(step, language)
    if _is_total(step):
        return formats.percent(step.to_pct, language)
    return formats.points(step.points, language, signed=True)


def persons_text(step: AnyStep, language: str) -> str:
    """Persons of a month, or with their sign those of a movement; a dash where none stand behind a bar."""
    if step.persons is None or _is_total(step):
        return formats.number(step.persons, language)
    return formats.moved(step.persons, language)


def _step_hover(step: AnyStep, name: str, language: str) -> str:
    _ = translator(language)
    told = [f"<b>{name}</b>"]
    if isinstance(step, Step):
        told.append(step_text(step, language) + ("" if _is_total(step) else " " + _("poin")))
    if step.persons is not None:
        told.append(_.plural("{numerator} orang", step.persons).format(numerator=persons_text(step, language)))
    return "<br>".join(told)


def _step_value(place: int, step: AnyStep, colours: Palette, language: str) -> dict[str, Any]:
    return {
        "x": max(span(step)),
        "y": place,
        "text": step_text(step, language),
        "font": {"color": colours.main if _is_total(step) else colours.ink},
        "showarrow": False,
        "xanchor": "left",
        "xshift": 6,
    }


def _connector(place: int, step: AnyStep, colours: Palette) -> dict[str, Any]:
    """The thin line down to the next bar, at the level both share."""
    level = span(step)[1]
    ends = {"x0": level, "x1": level, "y0": place + 0.29, "y1": place + 0.71}
    return {"type": "line", **ends, "line": {"color": colours.grey, "width": 1}}
