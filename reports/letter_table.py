"""A table of a pack as a table of Word: header row on every page, rows that no page parts, texts as on the screen."""

from collections.abc import Sequence
from itertools import islice
from xml.sax.saxutils import escape

from docx.document import Document as Letter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from reports.letter import LINE_WIDTH, shown
from reports.pack import Column, Line, Table, Tone

# More lines than a meeting turns over; the workbook has them all.
MOST_LINES = 400
# In twentieths of a point: a letter of 9 point Calibri, a heavy one, and what a cell keeps free on both sides.
LETTER, HEAVY, PADDING = 95, 102, 160
# Texts longer than this wrap; a column of names is never narrower than WIDE, as long as others can be read.
LONGEST_TEXT, WIDE = 26, 2400
STYLES = {True: ("KepalaAngka", "SelAngka"), False: ("KepalaTabel", "SelTabel")}


def add_table(letter: Letter, table: Table) -> int:
    """Append the table with its brief columns; returns how many lines it had no room for."""
    kept = [at for at, column in enumerate(table.columns) if column.is_brief]
    columns = [table.columns[at] for at in kept]
    lines = list(islice(table.lines, MOST_LINES))
    rows = [_texts(line, kept) for line in [*lines, *([table.total] if table.total else [])]]
    widths = column_widths(columns, rows)
    tones = {at: line.tone for at, line in enumerate(lines) if line.tone}
    status = kept.index(table.status_column) if table.status_column in kept else None
    xml = [_opening(table, widths), _row(columns, [shown(column.text) for column in columns], widths, is_head=True)]
    for at, texts in enumerate(rows):
        toned = {status: tones[at]} if status is not None and at in tones else {}
        xml.append(_row(columns, texts, widths, tones=toned))
    letter.element.body._insert_tbl(parse_xml("".join([*xml, "</w:tbl>"])))
    return len(table.lines) - len(lines)


def column_widths(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[int]:
    """In twentieths of a point; together as wide as the page. Numbers stand in one line, long texts share the rest."""
    wanted = [_wanted(column, [row[at] for row in rows]) for at, column in enumerate(columns)]
    over = sum(wanted) - LINE_WIDTH
    if over > 0:
        return _shares(wanted, LINE_WIDTH)
    stretched = [column.is_wide for column in columns]
    if not any(stretched):
        stretched = [not column.is_numeric for column in columns]
    if not any(stretched):
        stretched = [True] * len(columns)
    added = iter(_shares([width for width, takes in zip(wanted, stretched, strict=True) if takes], -over))
    return [width + (next(added) if takes else 0) for width, takes in zip(wanted, stretched, strict=True)]


def _wanted(column: Column, texts: Sequence[str]) -> int:
    longest = max(map(len, texts), default=0)
    word = max(map(len, column.text.split()), default=1)
    if not column.is_numeric:
        word = max(word, min(LONGEST_TEXT, max((len(part) for text in texts for part in text.split()), default=0)))
        longest = min(longest, LONGEST_TEXT)
    width = max(HEAVY * word, LETTER * longest) + PADDING
    return max(width, WIDE) if column.is_wide else width


def _shares(weights: Sequence[int], whole: int) -> list[int]:
    """`whole` in parts as the weights are to each other; what rounding leaves goes to the last."""
    parts = [whole * weight // sum(weights) for weight in weights]
    return [*parts[:-1], whole - sum(parts[:-1])]


def _texts(line: Line, kept: Sequence[int]) -> list[str]:
    return [shown(line.texts[at]) for at in kept]


def _opening(table: Table, widths: Sequence[int]) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    title = escape(shown(table.title), {'"': "&quot;"})
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TabelCakupan"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="0{"6" if table.total else "2"}0" w:firstRow="1" '
        f'w:lastRow="{int(table.total is not None)}" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{title}"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
    )


def _row(
    columns: Sequence[Column],
    texts: Sequence[str],
    widths: Sequence[int],
    *,
    is_head: bool = False,
    tones: dict[int, Tone] | None = None,
) -> str:
    cells = "".join(
        _cell(text, width, STYLES[column.is_numeric][not is_head], (tones or {}).get(at))
        for at, (column, text, width) in enumerate(zip(columns, texts, widths, strict=True))
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if is_head else ''}</w:trPr>{cells}</w:tr>"


def _cell(text: str, width: int, style: str, tone: Tone | None) -> str:
    look = f'<w:rPr><w:rStyle w:val="Nada{tone.capitalize()}"/></w:rPr>' if tone else ""
    run = f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p></w:tc>'
    )
