"""Texts in Indonesian and English. The msgid is the Indonesian sentence; cakupan.po has the English one.

Write `_ = translator(language)` and then `_("Belum ada data")`: Babel finds the literal, a test finds what is missing.
Values are put in after translation: `_("{count} proyek").format(count=…)`.
"""

import gettext
from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE_FOLDER = Path(__file__).resolve().parent.parent / "locale"
SOURCE_LANGUAGE = "id"
LANGUAGES = ("id", "en")


def translator(language: str) -> Callable[[str], str]:
    """The function that turns an Indonesian msgid into `language`; a text without translation stays Indonesian."""
    return _catalog(language).gettext


@lru_cache(maxsize=8)
def _catalog(language: str) -> gettext.NullTranslations:
    """Read once a process from the .po itself, so no compiled file can be older than its source."""
    if language == SOURCE_LANGUAGE:
        return gettext.NullTranslations()
    compiled = BytesIO()
    with (LOCALE_FOLDER / language / "LC_MESSAGES" / "cakupan.po").open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
