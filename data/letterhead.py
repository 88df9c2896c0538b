"""Who writes a letter: the wording of config.toml with the emblem that lies beside it."""

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from data.config import Config
from data.errors import CakupanError, obstacle
from data.home import Home

MOST_EMBLEM_BYTES = 2_000_000
# A printed emblem is 2 cm: 4.000 dots are more than any printer shows, and a small file may unfold into far more.
MOST_EMBLEM_DOTS = 4_000
BEGINNINGS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


@dataclass(frozen=True)
class Letterhead:
    """Lines of the letterhead, signer and copies; what is unknown is empty. `emblem` is a PNG or JPG that opens."""

    government: str
    office: str
    address: str
    emblem: bytes | None
    city: str
    signer_office: str
    signer_name: str
    signer_number: str
    recipient: str
    copies: tuple[str, ...]


def letterhead_of(home: Home, config: Config) -> Letterhead:
    """The letterhead of an installation; CakupanError names an emblem that cannot be used and says what to do."""
    wording = config.letterhead
    return Letterhead(
        government=wording.government.strip(),
        office=wording.office.strip(),
        address=wording.address.strip(),
        emblem=_emblem(home.root / wording.emblem) if wording.emblem else None,
        city=wording.city.strip(),
        signer_office=wording.signer_office.strip(),
        signer_name=wording.signer_name.strip(),
        signer_number=wording.signer_number.strip(),
        recipient=wording.recipient.strip(),
        copies=tuple(copy.strip() for copy in wording.copies if copy.strip()),
    )


def _emblem(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_EMBLEM_BYTES + 1)
    except OSError as unreadable:
        raise CakupanError(
            f"Lambang '{path.name}' pada [letterhead] tidak dapat dibaca dari CAKUPAN_HOME ({obstacle(unreadable)}); "
            "letakkan berkasnya di sana, atau kosongkan emblem di config.toml."
        ) from unreadable
    if len(content) > MOST_EMBLEM_BYTES:
        raise _refused(path.name, f"lebih besar daripada {MOST_EMBLEM_BYTES // 10**6} MB; perkecil dahulu")
    if not content.startswith(BEGINNINGS):
        raise _refused(path.name, "bukan PNG atau JPG menurut isinya; simpan ulang sebagai PNG")
    _refuse_unshowable(path.name, content)
    return content


def _refuse_unshowable(name: str, content: bytes) -> None:
    """Its size is read before its dots are: a small file that unfolds into gigabytes is never unfolded."""
    try:
        with Image.open(io.BytesIO(content), formats=["PNG", "JPEG"]) as image:
            if max(image.size) > MOST_EMBLEM_DOTS:
                size = "{} × {}".format(*image.size)
                raise _refused(name, f"berukuran {size} titik, paling besar {MOST_EMBLEM_DOTS}; perkecil dahulu")
            image.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as broken:
        raise _refused(name, "rusak, terpotong atau terlalu besar untuk dibuka; simpan ulang sebagai PNG") from broken


def _refused(name: str, why: str) -> CakupanError:
    return CakupanError(f"Lambang '{name}' pada [letterhead] {why}.")
