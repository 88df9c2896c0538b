"""A table of a pack as a table of Word: header row on every page, rows that no page parts, texts as on the screen."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from xml.sax.saxutils import escape

from docx.document import Document as Letter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from reports.letter import LINE_WIDTH, shown
from reports.pack import Column, Line, Table, Tone

# More lines than a meeting turns over; the workbook has them all.
MOST_LINES = 100
# A table of so few rows stands on one page; of a longer one that many stay together at either end.
SHORT, TOGETHER = 12, 2
# Widths of the letters of Calibri, the widest first, in hundredths of its size; those not named are as wide as a digit,
# and signs from other fonts, such as shapes, as wide as a capital M.
LETTER_WIDTHS = ((90, "MW@mw%"), (60, "ABCDEFGHKNOPQRTUVXYZ&"), (31, " .,:;!'|()[]-/ijlfrt"))
DIGIT_WIDTH, SHAPE_WIDTH, FIRST_SHAPE = 51, 92, "\u2190"


@dataclass(frozen=True)
class Letters:
    """Sizes in twentieths of a point: of letters, of heavy ones (a little more), and what a cell keeps free on both
    sides; `style` ends the names of the styles that have this size."""

    size: int
    heavy: int
    padding: int
    style: str


# 9 points; a table whose numbers would break takes 7.
USUAL, SMALL = Letters(180, 190, 180, ""), Letters(140, 148, 112, "Kecil")

# Where a line of text may end.
BREAKS = re.compile(r"[\s-]+")
# Words wider than this are broken while others need the room.
WIDEST_WORD = 1500
# What a column may take for itself to stay in one line, such as one of dates.
MOST_FOR_A_LINE = 700
# Per cent of a heading that its longest line takes when it wraps once, and twice.
HEADING_LINE, HEADING_THIRD = 60, 45


def add_table(letter: Letter, table: Table) -> int:
    """Append the table with its brief columns; returns how many lines it had no room for."""
    kept = [at for at, column in enumerate(table.columns) if column.is_brief or column.is_on_paper]
    columns = [table.columns[at] for at in kept]
    lines = list(islice(table.lines, MOST_LINES))
    rows = [_texts(line, kept) for line in [*lines, *([table.total] if table.total else [])]]
    letters = letters_of(columns, rows)
    widths = column_widths(columns, rows, letters)
    status = kept.index(table.status_column) if table.status_column in kept else None
    xml = [_opening(table, widths, letters), _head(columns, widths, letters)]
    for at, texts in enumerate(rows):
        tones: dict[int, Tone | None] = {status: lines[at].tone} if status is not None and at < len(lines) else {}
        cells = _cells(
            columns, texts, widths, letters, tones=tones, stays=_stays(at, len(rows), bool(table.total_note))
        )
        xml.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
    letter.element.body._insert_tbl(parse_xml("".join([*xml, "</w:tbl>"])))
    return len(table.lines) - len(lines)


def _stays(at: int, rows: int, is_explained: bool) -> bool:
    """Whether no page may end after this row: heading, total and what explains the total are never alone."""
    if at == rows - 1:
        return is_explained
    return rows <= SHORT or at < TOGETHER - 1 or at >= rows - 1 - TOGETHER


def letters_of(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> Letters:
    """The usual ones, unless words or numbers of so many columns would break."""
    return USUAL if sum(_leasts(columns, rows, USUAL)) <= LINE_WIDTH else SMALL


def column_widths(columns: Sequence[Column], rows: Sequence[Sequence[str]], letters: Letters = USUAL) -> list[int]:
    """In twentieths of a point; together as wide as the page.

    Every column has room for its numbers and words. What is left goes first to headings of more than three lines, then
    to those that need little more, such as dates, so that long texts alone wrap; where nothing wraps, to headings in
    two lines and then to names.
    """
    least = _leasts(columns, rows, letters)
    if sum(least) >= LINE_WIDTH:
        return _shares(least, LINE_WIDTH)
    one_line = [max(width, _longest(own, letters)) for width, own in zip(least, _down(columns, rows), strict=True)]
    headed = [max(width, _heading(column, letters)) for column, width in zip(columns, one_line, strict=True)]
    low = [max(width, _heading(column, letters, HEADING_THIRD)) for column, width in zip(columns, least, strict=True)]
    widths = _filled(_filled(_filled(least, low), one_line), headed)
    takes = next(
        filter(any, ([c.is_wide for c in columns], [not c.is_numeric for c in columns])), [True] * len(columns)
    )
    more = _shares(
        [width * is_taking for width, is_taking in zip(widths, takes, strict=True)], LINE_WIDTH - sum(widths)
    )
    return [width + part for width, part in zip(widths, more, strict=True)]


def _down(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[list[str]]:
    return [[row[at] for row in rows] for at in range(len(columns))]


def _leasts(columns: Sequence[Column], rows: Sequence[Sequence[str]], letters: Letters) -> list[int]:
    return [_least(column, own, letters) for column, own in zip(columns, _down(columns, rows), strict=True)]


def _least(column: Column, texts: Sequence[str], letters: Letters) -> int:
    """Room for every word of the heading, for every number, and for the words of texts unless they are endless."""
    parts = texts if column.is_numeric else (word for text in texts for word in BREAKS.split(text))
    # The last row may be the total, which is heavy.
    size = letters.heavy if column.is_numeric else letters.size
    longest = max((_width(part, size) for part in parts), default=0)
    heading = max((_width(word, letters.heavy) for word in column.text.split()), default=0)
    return max(heading, longest if column.is_numeric else min(WIDEST_WORD, longest)) + letters.padding


def _longest(texts: Sequence[str], letters: Letters) -> int:
    return max((_width(text, letters.size) for text in texts), default=0) + letters.padding


def _heading(column: Column, letters: Letters, part: int = HEADING_LINE) -> int:
    """Room for a heading in two lines, or as many as `part` makes of it."""
    return part * _width(column.text, letters.heavy) // 100 + letters.padding


def _filled(widths: Sequence[int], wanted: Sequence[int]) -> list[int]:
    """The widths made as wide as wanted until the page is full: first where little is wanting, then by what is."""
    wanting = [max(0, wish - width) for width, wish in zip(widths, wanted, strict=True)]
    left, more = LINE_WIDTH - sum(widths), [0] * len(widths)
    for at in sorted(range(len(widths)), key=wanting.__getitem__):
        if wanting[at] > min(left, MOST_FOR_A_LINE):
            break
        more[at] = wanting[at]
        left -= wanting[at]
    rest = [need - given for need, given in zip(wanting, more, strict=True)]
    if any(rest):
        parts = _shares(rest, min(left, sum(rest)))
        more = [given + part for given, part in zip(more, parts, strict=True)]
    return [width + given for width, given in zip(widths, more, strict=True)]


def _width(text: str, size: int) -> int:
    return size * sum(_WIDTHS.get(letter) or _other_width(letter) for letter in text) // 100


def _other_width(letter: str) -> int:
    return DIGIT_WIDTH if letter < FIRST_SHAPE or letter == "−" else SHAPE_WIDTH


_WIDTHS = {letter: width for width, letters in LETTER_WIDTHS for letter in letters}


def _shares(weights: Sequence[int], whole: int) -> list[int]:
    """`whole` in parts as the weights are to each other; what rounding leaves goes to the last."""
    parts = [whole * weight // sum(weights) for weight in weights]
    return [*parts[:-1], whole - sum(parts[:-1])]


def _texts(line: Line, kept: Sequence[int]) -> list[str]:
    return [shown(line.texts[at]) for at in kept]


def _opening(table: Table, widths: Sequence[int], letters: Letters) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    title = escape(shown(table.title), {'"': "&quot;"})
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TabelCakupan{letters.style}"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="06{"6" if table.total else "2"}0" w:firstRow="1" '
        f'w:lastRow="{int(table.total is not None)}" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{title}"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
    )


def _head(columns: Sequence[Column], widths: Sequence[int], letters: Letters) -> str:
    cells = (
        _cell(
            shown(column.text),
            width,
            f"Kepala{'Angka' if column.is_numeric else 'Tabel'}{letters.style}",
            None,
            stays=True,
        )
        for column, width in zip(columns, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def _cells(
    columns: Sequence[Column],
    texts: Sequence[str],
    widths: Sequence[int],
    letters: Letters,
    *,
    tones: Mapping[int, Tone | None],
    stays: bool,
) -> str:
    """One row's cells."""
    return "".join(
        _cell(text, width, f"Sel{'Angka' if column.is_numeric else 'Tabel'}{letters.style}", tones.get(at), stays=stays)
        for at, (column, text, width) in enumerate(zip(columns, texts, widths, strict=True))
    )


def _cell(text: str, width: int, style: str, tone: Tone | None, *, stays: bool) -> str:
    look = f'<w:rPr><w:rStyle w:val="Nada{tone.capitalize()}"/></w:rPr>' if tone else ""
    run = f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{"<w:keepNext/>" if stays else ""}</w:pPr>{run}</w:p></w:tc>'
    )
