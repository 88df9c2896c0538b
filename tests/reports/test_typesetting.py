"""A file is made of facts alone: no value is markup, nothing of this machine or moment goes in."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from reports import typesetting
from reports.typesetting import NO_GLYPH, SHAPES, UNSHOWN, pdf_bytes, png_of_svg, printable

DAY = date(2025, 6, 30)
HOSTILE = [
    "#set page(fill: red)", '#read("/etc/passwd")', "*tebal* _miring_ `kode` $x^2$", "<script>alert(1)</script>",
    "@acuan", "// komentar", "/* */", "\\ ] [ } {", "= Judul", "- butir", '"kutip"', "~", "https://contoh.id",
]  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _one_line(tmp_path_factory):
    """A template that shows one text, as every template shows texts."""
    folder = tmp_path_factory.mktemp("typst")
    (folder / "line.typ").write_text(
        '#let f = json(bytes(sys.inputs.facts))\n#set document(title: "Uji")\n'
        '#set text(font: "IBM Plex Sans", lang: "id")\n#f.text\n'
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typesetting, "TEMPLATES", folder)
        yield


def opened(content) -> Any:
    return PdfReader(BytesIO(content))


def drawn(text):
    reader = opened(pdf_bytes("line", {"text": text}, day=DAY))
    return " ".join(page.extract_text() for page in reader.pages).split()


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_a_value_is_shown_as_it_is_written(text):
    assert drawn(text) == text.split()


def test_marks_that_turn_or_hide_text_leave_no_trace():
    assert (
        printable("Jalan\u202e gnp.exe\u202c\u200f\u2066\u200b Rusa\u00adk\ufeff\x00\x1b[31m")
        == "Jalan gnp.exe Rusak[31m"
    )


def test_a_text_is_one_line_with_single_spaces():
    assert printable("  Jalan\n\tSekayu\u2028 \u00a0 II ") == "Jalan Sekayu II"


def test_what_the_font_cannot_show_becomes_one_visible_sign():
    assert printable("Jalan 😀 مر 路") == f"Jalan {NO_GLYPH} {NO_GLYPH * 2} {NO_GLYPH}"


def test_letters_are_composed_and_marks_that_no_letter_took_up_are_dropped():
    assert printable("Ke\u0301 Z\u0337\u0322\u0350a\u0336") == "Ké Za"


def test_shapes_stay_where_a_template_draws_them():
    assert printable({"a": "● ada ◷5 😀"}, shapes=SHAPES) == {"a": f"● ada ◷5 {NO_GLYPH}"}
    assert printable("● ada") == f"{NO_GLYPH} ada"


def test_a_percent_sign_stays_with_its_number():
    told = pdf_bytes("line", {"text": "naik 3,2 % lagi"}, day=DAY)
    assert "3,2\u00a0%" in opened(told).pages[0].extract_text()


def test_a_drawing_becomes_a_picture_as_wide_as_asked():
    square = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="20" height="10" fill="red"/></svg>'
    )
    picture = Image.open(BytesIO(png_of_svg(square, width_px=300)))
    assert picture.size == (300, 150)
    assert picture.convert("RGB").getpixel((150, 75)) == (255, 0, 0)


def test_a_text_without_end_is_cut():
    assert printable("A" * 100_000) == "A" * 999 + "…"


def test_all_texts_inside_of_the_facts_are_made_printable():
    told = printable({"a": ["\u202eb", {"c": ("d\u0000", 1, None, True)}]})
    assert told == {"a": ["b", {"c": ["d", 1, None, True]}]}


def test_the_font_has_every_letter_that_is_called_printable():
    """Typst refuses an accessible file with a letter that the font lacks."""
    letters = [chr(code) for code in range(0x20, 0x3000) if not UNSHOWN.match(chr(code))]
    assert len(letters) > 350
    assert drawn("".join(letters))


@settings(max_examples=40)
@given(st.text())
def test_any_text_at_all_makes_a_file(text):
    pdf_bytes("line", {"text": text}, day=DAY)


def test_equal_facts_are_equal_bytes_and_the_file_is_dated_as_told():
    once, again = (pdf_bytes("line", {"text": "Jalan"}, day=DAY) for _ in range(2))
    assert once == again
    assert opened(once).metadata["/CreationDate"] == "D:20250630000000Z"


def test_only_the_shipped_font_is_used_and_embedded():
    page = opened(pdf_bytes("line", {"text": "Jalan – ✓ Ÿ"}, day=DAY)).pages[0]
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    assert {font["/BaseFont"].split("+")[1] for font in fonts} == {"IBMPlexSans-Regular"}
    descriptors = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for font in fonts]
    assert all("/FontFile2" in found for found in descriptors)


def test_the_licence_stands_beside_the_font():
    assert "SIL OPEN FONT LICENSE Version 1.1" in (typesetting.FONTS / "LICENSE-IBMPlexSans.txt").read_text("utf-8")
