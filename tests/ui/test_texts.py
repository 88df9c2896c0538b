"""Every text of the screen has an English one, and none is left over."""

import ast
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from ui.texts import LOCALE_FOLDER, translator

PROJECT = Path(__file__).parents[2]
FOLDERS = ("ui", "pages", "identity")
# The journal words its faults itself, casework its refusals: the shell says them as well.
SOURCES = [
    PROJECT / "dashboard.py",
    *(PROJECT / "data" / f"{name}.py" for name in ("journal", "cases", "casework", "evidence")),
    *(path for folder in FOLDERS for path in sorted((PROJECT / folder).glob("*.py"))),
]


def texts_in_code():
    return {message for path in SOURCES for _line, message, _, _ in extract_from_file("python", path, {"_": None})}


@pytest.fixture
def english():
    with (LOCALE_FOLDER / "en" / "LC_MESSAGES" / "cakupan.po").open("rb") as source:
        catalog = read_po(source, locale="en")
    return {message.id: message.string for message in catalog if message.id}


def test_the_english_catalog_has_every_text_of_the_code_and_no_other(english):
    assert texts_in_code() == english.keys()


def test_every_english_text_is_written(english):
    assert [text for text, translated in english.items() if not translated.strip()] == []


def test_a_translation_has_the_same_values_to_fill_in(english):
    def fields(text):
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    assert {text for text, translated in english.items() if fields(text) != fields(translated)} == set()


def test_babel_sees_every_text_that_python_sees():
    """Babel does not look into f-strings; a text there would stay Indonesian without a word."""
    called = [
        ast.literal_eval(node.args[0])
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_"
    ]
    assert set(called) == texts_in_code()


def test_indonesian_is_the_text_itself_and_an_unknown_text_stays_as_it_is():
    assert translator("id")("Ringkasan") == "Ringkasan"
    assert translator("en")("Ringkasan") == "Summary"
    assert translator("en")("tidak ada di katalog") == "tidak ada di katalog"
