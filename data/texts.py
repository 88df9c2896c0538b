"""Texts in Indonesian and English. The msgid is the Indonesian sentence; cakupan.po has the English one.

Write `_ = translator(language)` and then `_("Belum ada data")`: Babel finds the literal, a test finds what is missing.
Values are put in after translation: `_("{place}, per {day}").format(…)`. Indonesian says one project as it says two,
English does not: `_.plural("{count} proyek", count).format(count=…)` takes the form that fits the count.
"""

import gettext
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE_FOLDER = Path(__file__).resolve().parent.parent / "locale"
SOURCE_LANGUAGE = "id"
LANGUAGES = ("id", "en")


@dataclass(frozen=True)
class Translator:
    """Turns an Indonesian msgid into a language; a text without translation stays Indonesian."""

    catalog: gettext.NullTranslations

    def __call__(self, text: str) -> str:
        return self.catalog.gettext(text)

    def plural(self, text: str, count: int) -> str:
        """The text as it reads of so many; of a movement, of so many up or down."""
        return self.catalog.ngettext(text, text, abs(count))


@lru_cache(maxsize=8)
def translator(language: str) -> Translator:
    return Translator(_catalog(language))


def _catalog(language: str) -> gettext.NullTranslations:
    """Read once a process from the .po itself, so no compiled file can be older than its source."""
    if language == SOURCE_LANGUAGE:
        return gettext.NullTranslations()
    compiled = BytesIO()
    with (LOCALE_FOLDER / language / "LC_MESSAGES" / "cakupan.po").open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
