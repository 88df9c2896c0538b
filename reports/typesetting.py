"""PDF files: a Typst template of reports/typst and facts, nothing of this machine.

Facts reach a template as JSON and are shown as strings, so that no value is ever read as markup. Only the font shipped
in reports/fonts is used, no package is loaded and no clock is asked: equal facts are equal bytes, on every machine.
"""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

TEMPLATES = Path(__file__).parent / "typst"
FONTS = Path(__file__).parent / "fonts"
# Accessible PDF: tagged, titled, in a named language; Typst refuses to write one with a letter that the font lacks.
STANDARD = "ua-1"
LONGEST_TEXT = 1_000
# What the font shows: Latin with its accents, punctuation, arrows and marks. Everything else becomes one visible sign.
UNSHOWN = re.compile("[^ -~\u00a1-\u00ac\u00ae-\u017f\u1ea0-\u1ef9–—‘’‚“”„†‡•…‰‹›⁄€™←↑→↓−∞≈≠≤≥√φ‑✓❌\ufffd]")
# Status shapes that the font lacks; a template that imports words.typ draws them.
SHAPES = "●○▲▼◆◇■□▶◀◷◐┆"
NO_GLYPH = "\ufffd"
# A percent sign does not stand on another line than its number.
PERCENT = re.compile(r"(?<=\d) %")


def pdf_bytes(
    template: str, facts: Mapping[str, Any], *, day: date, drawings: Sequence[str] = (), shapes: str = ""
) -> bytes:
    """The PDF of a template of reports/typst; `day` is what the file says it was made on.

    `drawings` are files of SVG; `shapes` are the signs that the template draws because the font lacks them.
    """
    made = typst.compile(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=_fonts(),
        sys_inputs=_inputs(facts, drawings, shapes),
        timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
        pdf_standards=[STANDARD],
    )
    assert isinstance(made, bytes), template
    return made


def png_bytes(template: str, facts: Mapping[str, Any], *, drawings: Sequence[str] = (), shapes: str = "") -> bytes:
    """The only page of a template as a picture, one pixel a point."""
    made = typst.compile(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=_fonts(),
        sys_inputs=_inputs(facts, drawings, shapes),
        format="png",
        ppi=72,
    )
    assert isinstance(made, bytes), template
    return made


def png_of_svg(svg: str, *, width_px: int) -> bytes:
    """A drawing as a picture on white, its words in the shipped font."""
    source = b"""#set page(width: 1000pt, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%)"""
    made = typst.compile(source, font_paths=_fonts(), sys_inputs={"svg": svg}, format="png", ppi=72 * width_px / 1000)
    assert isinstance(made, bytes)
    return made


def _inputs(facts: Mapping[str, Any], drawings: Sequence[str], shapes: str) -> dict[str, str]:
    told = PERCENT.sub("\u00a0%", json.dumps(printable(facts, shapes=shapes), ensure_ascii=False))
    return {"facts": told} | {f"drawing-{number}": svg for number, svg in enumerate(drawings)}


def printable(value: Any, *, shapes: str = "") -> Any:
    """The facts with every text as one line of letters that the font has: nothing hidden, nothing that turns.

    `shapes` are kept although the font has none of them.
    """
    if isinstance(value, str):
        return _printable(value, shapes)
    if isinstance(value, Mapping):
        return {name: printable(inner, shapes=shapes) for name, inner in value.items()}
    return [printable(inner, shapes=shapes) for inner in value] if isinstance(value, list | tuple) else value


def _printable(text: str, shapes: str) -> str:
    if text.isascii() and text.isprintable() and "  " not in text:  # most texts: nothing to do
        shown = text.strip()
    else:
        composed = unicodedata.normalize("NFC", text)
        # Marks that no letter took up would pile up over the lines above; hidden signs leave no trace, breaks a space.
        kept = "".join(
            " " if char.isspace() else char
            for char in composed
            if char.isspace() or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Mn", "Me")
        )
        shown = UNSHOWN.sub(lambda found: found[0] if found[0] in shapes else NO_GLYPH, " ".join(kept.split()))
    return shown if len(shown) <= LONGEST_TEXT else shown[: LONGEST_TEXT - 1] + "…"


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
