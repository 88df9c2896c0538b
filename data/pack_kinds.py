"""Meeting packs before there is one: for whom, in which formats, and how their files are called.

Apart from data.packs, since the settings and a backup know them as well.
"""

import re
import unicodedata
from typing import Literal, get_args

Audience = Literal["pimpinan", "cabang", "opd", "inspektorat"]
AUDIENCES: tuple[Audience, ...] = get_args(Audience)
Format = Literal["xlsx", "pptx", "docx", "pdf", "png", "zip"]
FORMATS: tuple[Format, ...] = get_args(Format)
KEPT_NAME = re.compile(rf"[0-9a-f]{{64}}\.({'|'.join(FORMATS)})")  # of a file in packs/: its own hash
LONGEST_NAME = 60


def name_parts(meeting: str, *scope: str | None) -> list[str]:
    """What of the meeting's name and of its scope is left in the name of a file: letters, digits and hyphens."""
    named = (_plain(name, LONGEST_NAME // 2) for name in scope if name)
    return [_plain(meeting, LONGEST_NAME) or "bahan-rapat", *filter(None, named)]


def _plain(text: str, longest: int) -> str:
    """Without accents, path marks and anything that is not seen."""
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.lower()).strip("-")[:longest].strip("-")
