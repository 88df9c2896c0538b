"""Charts of a pack as SVG in the house look, and the same as PNG.

Five kinds: a line over time, dots with their intervals, a waterfall, bullets against targets, the ladder. The writers
of PDF, DOCX and the preview take them from here; numbers, words and the ends of axes come from the chart alone.
"""

from reports.canvas import DARK, LIGHT
from reports.drawn_line import drawn_line
from reports.drawn_rows import drawn_rows
from reports.pack import Chart
from reports.typesetting import png_of_svg

# At this width letters are 9 point on a page of A4 and still legible on half a slide.
WIDTH = 720


def svg(
    chart: Chart, *, width: float = WIDTH, height: float | None = None, language: str = "id", dark: bool = False
) -> str:
    """The chart as a file of SVG, `width` pixels wide.

    Without a `height` it is as high as its rows ask for; with one it fills it, and is higher where rows would collide.
    Its background is transparent.
    """
    look = DARK if dark else LIGHT
    draw = drawn_line if chart.kind == "line" else drawn_rows
    return draw(chart, width=width, height=height, language=language, look=look).svg(chart.alt)


def png_of_chart(chart: Chart, width_px: int, language: str) -> bytes:
    """The chart as a picture on white, `width_px` pixels wide: for files that cannot carry SVG."""
    return png_of_svg(svg(chart, language=language), width_px=width_px)
