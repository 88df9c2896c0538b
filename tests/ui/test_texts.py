"""Every text of the screen has an English one, and none is left over; one of a thing reads as one."""

import ast
import re
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
    *(
        PROJECT / "data" / f"{name}.py"
        for name in ("journal", "cases", "casework", "evidence", "aliases", "quality_notes")
    ),
    *(path for folder in FOLDERS for path in sorted((PROJECT / folder).glob("*.py"))),
]
# Of these there is never one: they are constants of the program, or decimals, or all months of several panels.
NEVER_ONE = {"fewest", "most", "shown", "drawn", "days", "factor", "times", "months"}
WORDS = {"_": None, "plural": (1, 1)}  # what Babel looks for; Indonesian has one form, which stands for both


def texts_in_code():
    """Every text, and whether it takes the form of its count."""
    found = [message for path in SOURCES for _line, message, _, _ in extract_from_file("python", path, WORDS)]
    return {(message, False) if isinstance(message, str) else (message[0], True) for message in found}


@pytest.fixture(scope="module")
def catalog():
    with (LOCALE_FOLDER / "en" / "LC_MESSAGES" / "cakupan.po").open("rb") as source:
        return [message for message in read_po(source, locale="en") if message.id]


@pytest.fixture(scope="module")
def english(catalog):
    """English by text, where nothing depends on a count."""
    return {message.id: message.string for message in catalog if not message.pluralizable}


@pytest.fixture(scope="module")
def of_counts(catalog):
    """English of one and of several, by text."""
    return {message.id[0]: message.string for message in catalog if message.pluralizable}


@pytest.fixture(scope="module")
def nouns(of_counts):
    """What is counted, by its plural, as far as the two forms of a text differ in it: 'rows' is of 'row'."""
    words = [[set(re.findall(r"[a-z]+", form)) for form in forms] for forms in of_counts.values()]
    pairs = [(one, many) for of_one, of_many in words for one in of_one - of_many for many in of_many - of_one]
    found = {many: one for one, many in pairs if many in (one + "s", one[:-1] + "ies", "people")}
    found.pop("others")  # 'and 3 others', but '3 other projects'
    return found


def fields(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def counted(number, words):
    """The number and then one of the words, at most two others between them: '1 hidden rows'."""
    between = r"(?:(?!(?:of|on|in|by|for|to|with|and|has)\b)[\w-]+ ){0,2}"
    return re.compile(rf"{number} {between}(?:{'|'.join(sorted(words))})\b")


def test_the_english_catalog_has_every_text_of_the_code_and_no_other(english, of_counts):
    in_catalog = {(text, False) for text in english} | {(text, True) for text in of_counts}
    assert texts_in_code() == in_catalog


def test_the_plural_of_an_indonesian_text_is_the_text_itself(catalog):
    assert [message.id for message in catalog if message.pluralizable and len(set(message.id)) > 1] == []


def test_every_english_text_is_written(english, of_counts):
    assert [text for text, translated in english.items() if not translated.strip()] == []
    assert [text for text, forms in of_counts.items() if not all(form.strip() for form in forms)] == []


def test_a_translation_has_the_same_values_to_fill_in(english, of_counts):
    told = [*english.items(), *((text, many) for text, (_one, many) in of_counts.items())]
    assert {text for text, translated in told if fields(text) != fields(translated)} == set()


def test_of_one_the_number_alone_may_be_left_unsaid(of_counts):
    """'The largest project closes the gap' fills in all but the count."""
    assert {text for text, (one, _many) in of_counts.items() if fields(text) - fields(one) > {"count"}} == set()
    assert {text for text, (one, _many) in of_counts.items() if not fields(one) <= fields(text)} == set()


def test_a_text_of_a_count_reads_right_of_one_and_of_two(of_counts, nouns):
    def read(form, number):
        return form.format_map({name: 12 if name in NEVER_ONE else number for name in fields(form)})

    of_one = {text: read(one, 1) for text, (one, _many) in of_counts.items()}
    of_two = {text: read(many, 2) for text, (_one, many) in of_counts.items()}
    assert {text: told for text, told in of_one.items() if counted(1, nouns).search(told)} == {}
    assert {text: told for text, told in of_two.items() if counted(2, nouns.values()).search(told)} == {}
    assert [text for text, told in of_one.items() if told.replace("1", "2") == of_two[text]] == []


def test_what_is_counted_has_a_form_of_one_unless_it_is_never_one(english, nouns):
    """A new '{count} rows …' without one is found here."""
    found = {field for told in english.values() for field in counted(r"\{(\w+)\}", nouns).findall(told)}
    assert found - NEVER_ONE == set()


def test_babel_sees_every_text_that_python_sees():
    """Babel does not look into f-strings; a text there would stay Indonesian without a word."""
    called = [
        (ast.literal_eval(node.args[0]), isinstance(node.func, ast.Attribute))
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("_", "_.plural")
    ]
    assert set(called) == texts_in_code()


def test_indonesian_is_the_text_itself_and_an_unknown_text_stays_as_it_is():
    assert translator("id")("Ringkasan") == "Ringkasan"
    assert translator("en")("Ringkasan") == "Summary"
    assert translator("en")("tidak ada di katalog") == "tidak ada di katalog"


@pytest.mark.parametrize(("count", "english"), [(0, "0 rows"), (1, "1 row"), (2, "2 rows"), (21, "21 rows")])
def test_english_has_one_row_and_two_rows_and_indonesian_one_form(count, english):
    assert translator("en").plural("{count} baris", count).format(count=count) == english
    assert translator("id").plural("{count} baris", count).format(count=count) == f"{count} baris"


def test_one_person_less_is_one_person():
    assert translator("en").plural("Berkurang {change} orang", -1).format(change=1) == "Down by 1 person"
    assert translator("en").plural("tidak ada di katalog", 1) == "tidak ada di katalog"
