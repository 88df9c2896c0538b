"""Zip files without a clock: equal contents are equal bytes, whenever and wherever they are packed."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# The first moment that a zip can name; Office files written by XlsxWriter carry it too.
NO_TIME = (1980, 1, 1, 0, 0, 0)
UNIX, READABLE = 3, 0o100644 << 16


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files under their names, in the order given."""
    out = BytesIO()
    with ZipFile(out, "w") as made:
        for name, content in files.items():
            made.writestr(_entry(name), content)
    return out.getvalue()


def without_times(packed: bytes) -> bytes:
    """The same zip, such as a DOCX or PPTX, with a fixed time in place of the moment it was saved."""
    with ZipFile(BytesIO(packed)) as found:
        return zipped({info.filename: found.read(info) for info in found.infolist()})


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, NO_TIME)
    entry.compress_type = ZIP_DEFLATED
    # Otherwise the entry would name the system it was packed on.
    entry.create_system, entry.external_attr = UNIX, READABLE
    return entry
