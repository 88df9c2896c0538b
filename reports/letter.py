"""An empty letter (DOCX) in the house look, and the parts that Word has no button for in python-docx.

Look, numbering and settings are reports/word/*.xml, read as they stand: the file has the styles of a letter and none
besides, so that who edits it picks "Catatan" or "Tanda Tangan" from a short list.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as Letter
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Twips
from docx.text.paragraph import Paragraph

from reports.cells import visible
from reports.pack import Pack
from reports.zipped import without_times

PARTS = Path(__file__).parent / "word"
LANGUAGES = {"id": "id-ID", "en": "en-GB"}
# A4 with the margins of official letters; what is left between them, in twentieths of a point.
WIDTH, HEIGHT = Cm(21), Cm(29.7)
LEFT, RIGHT, TOP, BOTTOM = Cm(2.5), Cm(2), Cm(2), Cm(2)
LINE_WIDTH = 9355
NO_CELL_MARGINS = (
    f'<w:tblCellMar {nsdecls("w")}><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
)
BEFORE_PERCENT = re.compile(r"(?<=\d) (?=%)")
# What python-docx's own template brings along besides text: a picture of its first page, styles of Word 2010, a source
# of citations.
UNUSED = ("stylesWithEffects", "webSettings", "customXml", "thumbnail")


def empty_letter(pack: Pack) -> Letter:
    """A document without a page yet; its properties name the pack, its dates are the day of the pack."""
    letter = Document()
    _replace_parts(letter, LANGUAGES[pack.language])
    page = letter.sections[0]
    page.page_width, page.page_height = WIDTH, HEIGHT
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = LEFT, RIGHT, TOP, BOTTOM
    page.header_distance = page.footer_distance = Cm(1)
    _set_properties(letter, pack)
    return letter


def letter_bytes(letter: Letter) -> bytes:
    """The file: equal letters are equal bytes."""
    out = BytesIO()
    letter.save(out)
    return without_times(out.getvalue())


def shown(text: str) -> str:
    """The text as one visible line in which no number loses its per cent sign at the end of a line."""
    return BEFORE_PERCENT.sub("\u00a0", visible(text))


def styled(paragraph: Paragraph, style: str) -> Paragraph:
    """The paragraph with a style of reports/word/styles.xml, by its id: a name takes python-docx 5 ms to find."""
    paragraph._p.style = style
    return paragraph


def add_run(paragraph: Paragraph, text: str, style: str) -> None:
    """Append text in a style for letters of reports/word/styles.xml."""
    paragraph.add_run(text)._r.style = style


def add_field(paragraph: Paragraph, instruction: str, counted: str) -> None:
    """A number that Word keeps up to date; `counted` stands there until then."""
    _field_sign(paragraph, "begin")
    paragraph.add_run()._r.append(OxmlElement("w:instrText"))
    paragraph.runs[-1]._r[0].text = f" {instruction} "
    _field_sign(paragraph, "separate")
    paragraph.add_run(counted)
    _field_sign(paragraph, "end")


def _field_sign(paragraph: Paragraph, kind: str) -> None:
    paragraph.add_run()._r.append(OxmlElement("w:fldChar", attrs={qn("w:fldCharType"): kind}))


def describe_picture(run: Any, name: str, alt: str) -> None:
    """Name and alternative text of the picture in a run, which keeps no distance of its own."""
    for inline in run._r.iter(qn("wp:inline")):
        for side in "TBLR":
            inline.set(f"dist{side}", "0")
    for properties in run._r.iter(qn("wp:docPr"), qn("pic:cNvPr")):
        properties.set("name", name)
        properties.set("descr", alt)


def add_layout_table(letter: Letter, widths: Sequence[int]) -> list[Paragraph]:
    """One row without borders, for things side by side and centred; returns the paragraph of every cell."""
    table = letter.add_table(rows=1, cols=len(widths))
    table.autofit = False
    # Before the last child, tblLook, as the schema has it. The default is said again: not every program goes by it.
    table._tbl.tblPr.insert(-1, parse_xml(NO_CELL_MARGINS))
    for column, cell, width in zip(table.columns, table.rows[0].cells, widths, strict=True):
        column.width = cell.width = Twips(width)
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    return [cell.paragraphs[0] for cell in table.rows[0].cells]


def _replace_parts(letter: Letter, language: str) -> None:
    """Styles, numbering and settings of our own; whatever else the template has is left out."""
    own = {
        RELATIONSHIP_TYPE.STYLES: "styles",
        RELATIONSHIP_TYPE.NUMBERING: "numbering",
        RELATIONSHIP_TYPE.SETTINGS: "settings",
    }
    for kind, name in own.items():
        text = (PARTS / f"{name}.xml").read_text("utf-8").replace("LANGUAGE", language)
        letter.part.part_related_by(kind)._element = parse_xml(text.encode())  # pyright: ignore[reportAttributeAccessIssue]
    package = letter.part.package
    assert package is not None
    for rels in (letter.part.rels, package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.rsplit("/", 1)[-1] in UNUSED]:
            del rels[key]


def _set_properties(letter: Letter, pack: Pack) -> None:
    made = datetime(pack.day.year, pack.day.month, pack.day.day)  # noqa: DTZ001 - a day, wherever it is read
    about = letter.core_properties
    about.title, about.subject = visible(pack.title)[:255], visible(pack.document_title)[:255]
    about.author = about.last_modified_by = visible(pack.letterhead.office)[:255] or "Cakupan"
    about.comments, about.keywords = visible(pack.origin)[:255], pack.content_hash
    about.language, about.revision = LANGUAGES[pack.language], 1
    about.created = about.modified = made
