"""An office's own slides, whose master and emblem a pack takes. They come from outside: they are opened within limits,
emptied of their slides, and refused where they would run or fetch something.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

import pptx
from lxml.etree import LxmlError
from pptx.exc import PythonPptxError
from pptx.opc.constants import RELATIONSHIP_TYPE

from data.errors import CakupanError
from reports.zipped import zipped

# python-pptx is typed in part, and for writers of XML: what it makes is not checked by types.
Native = Any
MOST_UNPACKED, MOST_PARTS = 200_000_000, 2_000
POTX, PPTX = (
    f"application/vnd.openxmlformats-officedocument.presentationml.{kind}.main+xml"
    for kind in ("template", "presentation")
)
# What a broken file makes the libraries raise: they read parts as if they were well made.
BROKEN = (
    PythonPptxError,
    BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    LxmlError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    NotImplementedError,
    RuntimeError,
    AssertionError,
    ArithmeticError,
)
REMEDY = "Simpan ulang templat sebagai PPTX di PowerPoint atau LibreOffice, lalu letakkan lagi."
# Relationships and kinds of what an office program runs, whatever the part is called: macros, controls, embedded
# objects, buttons of its own, add-ins from a store.
ACTIVE = re.compile(
    r"vba|macro|activex|/control\b|oleobject|extensibility|webextension|toolbar|attachedtemplate", re.IGNORECASE
)
# What a click may open: a page or a letter, never a program or a share that asks for the reader's password.
OPENED_BY_CLICK = ("https://", "http://", "mailto:")


@contextmanager
def blamed_on_template() -> Iterator[None]:
    """Whatever a library raises over a broken template becomes a CakupanError that says what to do."""
    try:
        yield
    except BROKEN as error:
        raise CakupanError(f"Templat paparan tidak dapat dibaca ({type(error).__name__}). {REMEDY}") from error


def opened(template: bytes) -> Native:
    """The template without its slides. CakupanError where it is too large or would run or fetch something; whatever
    else is wrong with it is raised as it comes (BROKEN)."""
    show = pptx.Presentation(BytesIO(_unpacked(template)))
    remove_slides(show)
    _refuse_active(show)
    return show


def remove_slides(show: Native) -> None:
    """The sample slides and their picture go, and the lists that name them, which PowerPoint would call damaged."""
    slides = show.slides._sldIdLst
    for slide in list(slides):
        show.part.drop_rel(slide.rId)
        slides.remove(slide)
    package = show.part.package
    for reference in [key for key, to in package._rels.items() if to.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        package.drop_rel(reference)
    for name in ("custShowLst", "extLst"):
        for found in show.part._element.findall(f"{{*}}{name}"):
            show.part._element.remove(found)


def _unpacked(template: bytes) -> bytes:
    """The template as PPTX with the parts that it says it has, each no larger than it says."""
    with ZipFile(BytesIO(template)) as found:
        parts = found.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise CakupanError(f"Templat paparan terlalu besar bila dibuka: {len(parts)} bagian. {REMEDY}")
        if macros := [part.filename for part in parts if "vbaproject" in part.filename.lower()]:
            raise CakupanError(f"Templat paparan memuat makro ({macros[0]}). Simpan sebagai PPTX tanpa makro.")
        if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
            # No office program writes others, and a zip unpacks those at once, however large.
            raise BadZipFile("compression")
        contents: dict[str, bytes] = {}
        for part in parts:
            with found.open(part) as file:
                # Asked for all, a zip would unpack a part that lies about its size before it finds the lie.
                contents[part.filename] = file.read(part.file_size + 1)
    _refuse_declarations(contents)
    types = contents["[Content_Types].xml"]
    return zipped(contents | {"[Content_Types].xml": types.replace(POTX.encode(), PPTX.encode())})


def _refuse_declarations(contents: dict[str, bytes]) -> None:
    """What a document type declares is put in by whatever opens the part: files of the reader's, or gigabytes."""
    for name, content in contents.items():
        if name.lower().endswith((".xml", ".rels", ".vml")) and b"<!DOCTYPE" in content.replace(b"\0", b""):
            raise CakupanError(f"Templat paparan memuat deklarasi asing ({name}). {REMEDY}")


def _refuse_active(show: Native) -> None:
    """A meeting's slides run no macro and fetch nothing; links that a reader clicks may stay."""
    package = show.part.package
    for relation in package.iter_rels():
        kind = "" if relation.is_external else relation.target_part.content_type
        told = f"{relation.reltype} {kind}"
        if found := ACTIVE.search(told):
            raise CakupanError(
                f"Templat paparan memuat makro atau objek yang dijalankan ({found[0]}). Simpan sebagai PPTX tanpa itu."
            )
        if relation.is_external and not _is_for_readers(relation):
            raise CakupanError(
                f"Templat paparan mengambil isi dari luar ({relation.target_ref[:80]}). Sematkan ke dalam templat, "
                "atau hapus tautannya."
            )


def _is_for_readers(relation: Native) -> bool:
    link = relation.target_ref.lower()
    return relation.reltype == RELATIONSHIP_TYPE.HYPERLINK and link.startswith(OPENED_BY_CLICK)
