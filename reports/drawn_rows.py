"""Charts of one row a category, its name at the left and its value at the right: dots with their intervals, waterfall,
bullets against targets, ladder."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reports.canvas import Canvas, Look, Scale, shortened, widest, width_of, wrapped
from reports.drawn_line import span
from reports.pack import Chart, Series

NAME, VALUE, SMALL = 13, 14, 12
LINE_PX = 16
MOST_LINES = 2
# Narrower than this, names stand above their rows.
NARROW = 480
# The least height of a row's own drawing.
TRACK = {"dots": 25, "waterfall": 32, "bullets": 44, "ladder": 34}
BAR = {"waterfall": 18, "bullets": 16, "ladder": 20}
KEY_PX, AXIS_PX, GAP_PX = 26, 26, 14
TARGET_PX = 34


@dataclass(frozen=True)
class Row:
    """One category: its lines of name, and the strip from `top` to `bottom` where its values are drawn."""

    at: int
    name: Sequence[str]
    name_y: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Frame:
    """The rows and the axis they share."""

    rows: Sequence[Row]
    values: Scale
    top: float
    bottom: float


def drawn_rows(chart: Chart, *, width: float, height: float | None, language: str, look: Look) -> Canvas:  # noqa: ARG001
    canvas = Canvas(width, 0, look)
    frame = _frame(chart, canvas, height or 0)
    _draw_key(canvas, chart)
    if chart.kind == "bullets":
        _draw_tracks(canvas, frame)
    _draw_axis(canvas, chart, frame)
    if chart.series:
        DRAW[chart.kind](canvas, chart, frame)
    _draw_names(canvas, frame)
    return canvas


def _frame(chart: Chart, canvas: Canvas, height: float) -> Frame:
    """Rows as high as their names ask for, wider apart where there is height to spare."""
    is_narrow = canvas.width < NARROW
    room = canvas.width if is_narrow else min(widest(chart.categories, NAME) * 1.06, 0.36 * canvas.width)
    names = [wrapped(name, NAME, width=room, most=MOST_LINES) for name in chart.categories]
    track, top = TRACK[chart.kind], 6 + KEY_PX * len({y for _x, y in _key_places(chart, canvas.width)})
    needed = [len(name) * LINE_PX + track if is_narrow else max(len(name) * LINE_PX + 8, track) for name in names]
    spare = max(0.0, height - top - AXIS_PX - sum(needed)) / max(len(needed), 1)
    rows, y = [], float(top)
    for at, (name, high) in enumerate(zip(names, needed, strict=True)):
        above = len(name) * LINE_PX if is_narrow else 0
        rows.append(Row(at, name, y if is_narrow else y + (high + spare) / 2, y + above, y + high + spare))
        y += high + spare
    canvas.height = y + AXIS_PX
    least, most = span(chart)
    left = 8 if is_narrow else room + GAP_PX
    right = canvas.width - _room_for_values(chart, is_narrow) - GAP_PX
    return Frame(rows, Scale(least, most, left, right), top, y)


def _room_for_values(chart: Chart, is_narrow: bool) -> float:
    texts = [point.text for point in chart.series[0].points] if chart.series else []
    needed = widest(texts, VALUE, bold=True) * 1.06
    if chart.kind == "bullets" and not is_narrow:
        needed = max(needed, widest([_aim(chart, at) for at in range(len(chart.categories))], SMALL) * 1.06)
    return needed


def _key_places(chart: Chart, width: float) -> list[tuple[float, float]]:
    """Where the words begin that tell what each mark stands for; none where there is but one."""
    places, x, y = [], 6.0, 11.0
    for series in chart.series if _has_key(chart) else ():
        needed = 14 + width_of(series.name, SMALL) * 1.06
        if places and x + needed > width:
            x, y = 6.0, y + KEY_PX - 4
        places.append((x, y))
        x += needed + 22
    return places


def _has_key(chart: Chart) -> bool:
    return len(chart.series) > 1


def _draw_key(canvas: Canvas, chart: Chart) -> None:
    for number, (x, y) in enumerate(_key_places(chart, canvas.width)):
        _draw_key_mark(canvas, chart, number, (x, y))
        name = shortened(chart.series[number].name, SMALL, width=canvas.width - x - 14)
        canvas.text((x + 14, y), name, size=SMALL, colour=canvas.look.grey)


def _draw_key_mark(canvas: Canvas, chart: Chart, number: int, place: tuple[float, float]) -> None:
    (x, y), series = place, chart.series[number]
    if series.tone == "target":
        canvas.line((x, y - 8), (x, y + 8), canvas.look.target, stroke_width=2.5, stroke_dasharray="4 2")
    elif chart.kind == "ladder" or (chart.kind == "bullets" and number == 0):
        canvas.box((x - 6, y - 5), (14, 10), canvas.look.of(series.tone))
    elif chart.is_level(series):
        canvas.line((x, y - 8), (x, y + 8), canvas.look.context, stroke_width=1.5)
    else:
        canvas.mark(place, series.tone, "")


def _draw_axis(canvas: Canvas, chart: Chart, frame: Frame) -> None:
    """Fine lines through all rows; their values below, each, every second, … as they have room."""
    for value, _text in chart.ticks:
        x = frame.values.at(value)
        canvas.line((x, frame.top), (x, frame.bottom), canvas.look.line)
    for x, text in _tick_texts(canvas, chart, frame):
        canvas.text((x, frame.bottom + 13), text, size=SMALL, colour=canvas.look.grey, anchor="middle")


def _tick_texts(canvas: Canvas, chart: Chart, frame: Frame) -> list[tuple[float, str]]:
    """Each text with its middle, within the drawing."""
    for step in range(1, len(chart.ticks) + 1):
        told, ends = [], 0.0
        for value, text in chart.ticks[::step]:
            half = width_of(text, SMALL) / 2
            x = min(max(frame.values.at(value), half), canvas.width - half)
            if told and x - half < ends + 8:
                break
            told.append((x, text))
            ends = x + half
        else:
            return told
    return []


def _draw_names(canvas: Canvas, frame: Frame) -> None:
    is_narrow = canvas.width < NARROW
    for row in frame.rows:
        first = row.name_y + LINE_PX / 2 if is_narrow else row.name_y - (len(row.name) - 1) * LINE_PX / 2
        for number, line in enumerate(row.name):
            place = (0, first + number * LINE_PX)
            canvas.text(place, line, size=NAME, colour=canvas.look.ink, halo=is_narrow)


def _draw_value(canvas: Canvas, chart: Chart, row: Row, y: float) -> None:
    """The value of the first series, at the right end of its row."""
    point = chart.series[0].points[row.at]
    colour = canvas.look.of(point.tone or chart.series[0].tone) if point.value is not None else canvas.look.grey
    canvas.text((canvas.width, y), point.text, size=VALUE, colour=colour, anchor="end", bold=True)


def _told(chart: Chart, series: Series, at: int) -> str:
    name = f"{chart.categories[at]}, {series.name}" if _has_key(chart) else chart.categories[at]
    return f"{name}: {series.points[at].text}"


def _draw_dots(canvas: Canvas, chart: Chart, frame: Frame) -> None:
    for number, series in enumerate(chart.series):
        if chart.is_level(series):
            _draw_whole(canvas, chart, number, frame)
    for row in frame.rows:
        for number in range(len(chart.series) - 1, -1, -1):
            if not chart.is_level(chart.series[number]):
                _draw_dot(canvas, chart, number, row, frame)
        _draw_value(canvas, chart, row, row.middle)


def _draw_whole(canvas: Canvas, chart: Chart, number: int, frame: Frame) -> None:
    value = chart.series[number].points[0].value
    assert value is not None, chart.series[number]
    x = frame.values.at(value)
    canvas.line((x, frame.top), (x, frame.bottom), canvas.look.context, stroke_width=1.5, data_series=number)


def _draw_dot(canvas: Canvas, chart: Chart, number: int, row: Row, frame: Frame) -> None:
    series = chart.series[number]
    point = series.points[row.at]
    tone = point.tone or series.tone
    if point.low is not None and point.high is not None:
        ends = [(frame.values.at(value), row.middle) for value in (point.low, point.high)]
        look = {"stroke_width": 7, "stroke_opacity": 0.28, "stroke_linecap": "butt"}
        canvas.line(ends[0], ends[1], canvas.look.of(tone), data_interval=row.at, **look)
    if point.value is None:
        return
    place = (frame.values.at(point.value), row.middle)
    if tone == "target":
        _draw_target(canvas, chart, number, row, frame)
    else:
        canvas.mark(place, tone, _told(chart, series, row.at), data_series=number, data_at=row.at)


def _draw_target(canvas: Canvas, chart: Chart, number: int, row: Row, frame: Frame) -> None:
    series = chart.series[number]
    value = series.points[row.at].value
    if value is not None:
        x, half = frame.values.at(value), min(TARGET_PX, row.bottom - row.top - 4) / 2
        ends = ((x, row.middle - half), (x, row.middle + half))
        canvas.line(*ends, canvas.look.paper, stroke_width=6)  # it is seen on a bar as well
        look = {"stroke_width": 2.5, "stroke_dasharray": "4 2", "data_series": number, "data_at": row.at}
        canvas.line(*ends, canvas.look.target, **look)


def _draw_bar(
    canvas: Canvas, ends: tuple[float, float], middle: float, high: float, colour: str, hover: str, **more: float | str
) -> None:
    left, right = min(ends), max(ends)
    look = {"x": left, "y": middle - high / 2, "width": max(right - left, 1), "height": high, "fill": colour}
    canvas.shape("rect", hover, **look, **more)


def _draw_waterfall(canvas: Canvas, chart: Chart, frame: Frame) -> None:
    """Every bar begins where the one above ended; its value stands right of it."""
    series, high = chart.series[0], BAR["waterfall"]
    for row, below in pairwise(frame.rows):
        value = series.points[row.at].value
        if value is not None:
            x = frame.values.at(value)
            canvas.line((x, row.middle + high / 2), (x, below.middle - high / 2), canvas.look.grey)
    for row in frame.rows:
        point = series.points[row.at]
        tone = point.tone or series.tone
        ends = [frame.values.at(value) for value in (point.base, point.value) if value is not None]
        if point.value is not None:
            told = {"data_series": 0, "data_at": row.at}
            _draw_bar(canvas, (ends[0], ends[1]), row.middle, high, canvas.look.of(tone),
                      _told(chart, series, row.at), **told)  # fmt: skip
        colour = canvas.look.of(tone) if point.value is not None else canvas.look.grey
        canvas.text((max(ends) + 7, row.middle), point.text, size=VALUE, colour=colour, bold=True, halo=True)


def _draw_tracks(canvas: Canvas, frame: Frame) -> None:
    for row in frame.rows:
        canvas.box((frame.values.start, row.middle - 13), (frame.values.end - frame.values.start, 26), canvas.look.rest)


def _draw_bullets(canvas: Canvas, chart: Chart, frame: Frame) -> None:
    """The value as a bar, the target as a dashed line across it, what else is compared as a hollow mark."""
    for row in frame.rows:
        for number, series in enumerate(chart.series):
            point = series.points[row.at]
            if point.value is None:
                continue
            x, told = frame.values.at(point.value), {"data_series": number, "data_at": row.at}
            hover = _told(chart, series, row.at)
            if number == 0:
                colour = canvas.look.of(point.tone or series.tone)
                ends = (frame.values.at(point.base), x)
                _draw_bar(canvas, ends, row.middle, BAR["bullets"], colour, hover, **told)
            elif series.tone == "target":
                _draw_target(canvas, chart, number, row, frame)
            else:
                canvas.mark((x, row.middle), point.tone or series.tone, hover, **told)
        aim = "" if canvas.width < NARROW else _aim(chart, row.at)
        _draw_value(canvas, chart, row, row.middle - (8 if aim else 0))
        canvas.text((canvas.width, row.middle + 9), aim, size=SMALL, colour=canvas.look.grey, anchor="end")


def _aim(chart: Chart, at: int) -> str:
    """The targets of a row, as 'target 52,2 %'."""
    aims = [series for series in chart.series[1:] if series.tone == "target" and series.points[at].value is not None]
    return ", ".join(f"{series.name} {series.points[at].text}" for series in aims)


def _draw_ladder(canvas: Canvas, chart: Chart, frame: Frame) -> None:
    """What is left on each rung; what the rung above still had stands pale behind it, or the parts that were lost."""
    for row in frame.rows:
        left, parts = frame.values.at(0), chart.series
        before = parts[0].points[row.at - 1].value if row.at and len(parts) == 1 else None
        if before is not None:
            ends = (left, frame.values.at(before))
            _draw_bar(canvas, ends, row.middle, BAR["ladder"], canvas.look.rest, "")
        for number, series in enumerate(parts):
            point = series.points[row.at]
            if point.value is None or (number and not point.value):
                continue
            right = left + frame.values.at(point.value) - frame.values.at(0)
            colour = canvas.look.of(point.tone or series.tone)
            told = {"data_series": number, "data_at": row.at}
            _draw_bar(canvas, (left, right), row.middle, BAR["ladder"], colour, _told(chart, series, row.at), **told)
            left = right
        _draw_value(canvas, chart, row, row.middle)


DRAW = {"dots": _draw_dots, "waterfall": _draw_waterfall, "bullets": _draw_bullets, "ladder": _draw_ladder}
