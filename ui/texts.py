"""The texts of data/texts.py, under the name by which pages know them."""

from data.texts import LANGUAGES as LANGUAGES
from data.texts import LOCALE_FOLDER as LOCALE_FOLDER
from data.texts import Translator as Translator
from data.texts import translator as translator
