"""What a meeting pack was asked for, and (once made) the files kept of it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Audience = Literal["pimpinan", "cabang", "opd", "inspektorat"]
FORMATS = ("xlsx", "pptx", "docx", "pdf", "png", "zip")


@dataclass(frozen=True)
class PackRequest:
    """A meeting and the screen's scope. Packs of one `meeting` and scope are a series.

    `sections` are codes of ui.pack.SECTIONS in their order; empty: those of the audience. `compared` and `vintage` are
    those of the screen, None: as the screen chooses. `place` is a Kemendagri code, branch:CODE or group:CODE.
    """

    meeting: str
    day: date
    audience: Audience
    month: date
    place: str
    owner: str | None = None
    fund: str | None = None
    sector: str = "konstruksi"
    compared: date | None = None
    vintage: str | None = None
    sections: tuple[str, ...] = ()
    language: Literal["id", "en"] = "id"
