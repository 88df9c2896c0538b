"""The files of a meeting pack: built once from the screen's rows, laid out by their writers, kept."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from data import journal, packs
from data.access import ALL, ANY, EVERYTHING, Grant, Reader
from data.config import load_config
from data.editions import Edition, open_edition, published_edition
from data.errors import CakupanError, obstacle
from data.home import JAKARTA, Home
from data.letterhead import letterhead_of
from data.packs import Kept, PackFacts, PackRequest
from data.steps import Progress
from reports.pack import Letterhead, Pack
from reports.zipped import zipped
from ui import formats as formatted
from ui.cached import ServedEdition

DOCUMENTS = ("xlsx", "pptx", "docx", "pdf", "png")
TEMPLATE_NAME = "template.pptx"
MOST_TEMPLATE_BYTES = 20_000_000


@dataclass(frozen=True)
class Made:
    """A pack as it was kept, and the content of its files by format, in the order asked for."""

    kept: Kept
    files: dict[str, bytes]


@dataclass(frozen=True)
class Rebuilt:
    """A kept pack said anew from its edition, with the casework of then. None: its edition is gone."""

    kept: Kept
    content_hash: str | None

    @property
    def is_same(self) -> bool | None:
        return None if self.content_hash is None else self.content_hash == self.kept.facts.content_hash


def make_pack(
    home: Home,
    reader: Reader,
    request: PackRequest,
    formats: Sequence[str],
    progress: Progress | None = None,
    *,
    edition_number: int | None = None,
) -> Made:
    """Build, lay out and keep a pack; "zip" makes the other files as well, and holds them.

    CakupanError where the reader may not see the scope, the edition does not know it, or the pack cannot be kept.
    """
    progress = progress or (lambda _stage, _done, _total: None)
    request = packs.checked(request, datetime.now(JAKARTA).date())
    edition = published_edition(home, reader.grant, edition_number)
    # The screen would choose one of the owners that a grant names: a pack is of what was asked for, or refused.
    edition.refuse_outside(place=request.place, owner=ALL if request.owner in (None, ANY) else request.owner)
    number, _hash = journal.head(home)
    former = _with_edition(home, packs.last_of_series(home, reader.grant, request))
    steps = list(dict.fromkeys([*DOCUMENTS, *formats] if "zip" in formats else formats))
    whole = len(steps) + 2
    progress("Menyusun isi", 0, whole)
    pack = _built(home, edition, request, until=number, former=former)
    stem = packs.file_stem(request, is_demo=pack.warning is not None)
    files: dict[str, bytes] = {}
    for done, format_ in enumerate(steps, start=1):
        told = partial(_tell_lines, progress, done, whole)
        progress(f"Menulis {format_.upper()}", done, whole)
        files[format_] = _laid_out(home, pack, files, format_, stem, told)
    progress("Menyimpan", whole - 1, whole)
    shown_by = _narrowest(home, reader.grant, request, pack, (edition, number, former))
    kept = packs.keep(home, reader, request, files, _facts(edition, pack, number, former, shown_by))
    return Made(kept, {format_: files[format_] for format_ in formats})


def earlier(home: Home, reader: Reader, request: PackRequest) -> Kept | None:
    """The pack that a new one of this series would begin with."""
    return _with_edition(home, packs.last_of_series(home, reader.grant, request))


def preview(home: Home, edition: Edition, request: PackRequest, *, until: int, former: Kept | None) -> Pack:
    """What make_pack would keep, before anything is kept: with the casework up to an entry of the journal."""
    return _built(home, edition, request, until=until, former=former)


def rebuild(home: Home, reader: Reader, number: int) -> Rebuilt:
    """Say a kept pack anew, by the number of its entry, with what may be seen by whom it is for."""
    kept = packs.find(home, reader.grant, number)
    facts = kept.facts
    limits = (facts.areas, facts.owners)
    grant = Grant(*(None if limit is None else frozenset(limit) for limit in limits))
    try:
        edition = open_edition(home, facts.edition, grant)
        former = None if facts.since is None else packs.find(home, EVERYTHING, facts.since)
    except CakupanError:
        return Rebuilt(kept, None)
    return Rebuilt(kept, _built(home, edition, kept.request, until=facts.casework, former=former).content_hash)


def _with_edition(home: Home, former: Kept | None) -> Kept | None:
    """The series begins anew where the edition of its earlier pack is gone, or of a program that is not this one."""
    try:
        return former and open_edition(home, former.facts.edition) and former
    except CakupanError:
        return None


def _built(home: Home, edition: Edition, request: PackRequest, *, until: int, former: Kept | None) -> Pack:
    """With the casework up to an entry of the journal: whoever writes meanwhile comes into the next pack."""
    from ui import pack

    served = ServedEdition(str(home.root), edition.number, dict(edition.meta), edition.grant)
    return pack.build(
        served,
        request,
        request.language,
        casework=pack.casework_of(served, request, until),
        letterhead=Letterhead(**asdict(letterhead_of(home, load_config(home)))),
        since=former,
    )


def _narrowest(
    home: Home, own: Grant, request: PackRequest, pack: Pack, made_with: tuple[Edition, int, Kept | None]
) -> Grant:
    """The grant of the pack's scope where that alone shows the same, else the maker's own: a pack of one kabupaten may
    name the others of its province. Where nobody has an account, nobody sees less than another."""
    if not home.accounts_path.exists():
        return own
    edition, number, former = made_with
    scope = Grant(frozenset({request.place}), None if request.owner is None else frozenset({request.owner}))
    try:
        narrow = open_edition(home, edition.number, scope)
        again = _built(home, narrow, request, until=number, former=former)
    except CakupanError:
        return own
    return scope if again.content_hash == pack.content_hash else own


def _facts(edition: Edition, pack: Pack, number: int, former: Kept | None, shown_by: Grant) -> PackFacts:
    return PackFacts(
        edition=edition.number,
        demo=edition.meta["demo"] == "1",
        content_hash=pack.content_hash,
        casework=number,
        sections=tuple(section.code for section in pack.sections),
        rows=sum(len(table.lines) for section in pack.sections for table in section.tables),
        since=former.number if former else None,
        areas=None if shown_by.areas is None else tuple(sorted(shown_by.areas)),
        owners=None if shown_by.owners is None else tuple(sorted(shown_by.owners)),
    )


def _tell_lines(progress: Progress, done: int, whole: int, lines: int, all_lines: int) -> None:
    """A register of all projects takes most of the time of a pack: it says how far it is."""
    counts = [formatted.number(count, "id") for count in (lines, all_lines)]
    progress("Menulis XLSX, {} dari {} baris".format(*counts), done, whole)


def _laid_out(
    home: Home, pack: Pack, files: dict[str, bytes], format_: str, stem: str, told: Callable[[int, int], None]
) -> bytes:
    if format_ == "zip":
        return zipped({f"{stem}.{name}": files[name] for name in DOCUMENTS})
    return _workbook(pack, told) if format_ == "xlsx" else _WRITERS[format_](home, pack)


# Each is imported where it is used: who makes one file does not wait for the libraries of the others.
def _workbook(pack: Pack, told: Callable[[int, int], None]) -> bytes:
    from reports.book import pack_workbook_bytes

    return pack_workbook_bytes(pack, told)


def _slides(home: Home, pack: Pack) -> bytes:
    from reports.slides import pack_slides

    return pack_slides(pack, _template(home))


def _document(_home: Home, pack: Pack) -> bytes:
    from reports.document import pack_document

    return pack_document(pack)


def _handout(_home: Home, pack: Pack) -> bytes:
    from reports.handout import pack_handout

    return pack_handout(pack)


def _picture(_home: Home, pack: Pack) -> bytes:
    from reports.handout import headline_png

    return headline_png(pack)


_WRITERS: dict[str, Callable[[Home, Pack], bytes]] = {
    "pptx": _slides,
    "docx": _document,
    "pdf": _handout,
    "png": _picture,
}


def _template(home: Home) -> bytes | None:
    """The office's own slides, whose master and emblem are taken; None without one."""
    path: Path = home.root / TEMPLATE_NAME
    try:
        with path.open("rb") as file:
            content = file.read(MOST_TEMPLATE_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as unreadable:
        raise CakupanError(
            f"{TEMPLATE_NAME} di CAKUPAN_HOME tidak dapat dibaca ({obstacle(unreadable)}); perbaiki atau pindahkan."
        ) from unreadable
    if len(content) > MOST_TEMPLATE_BYTES:
        raise CakupanError(
            f"{TEMPLATE_NAME} di CAKUPAN_HOME lebih besar daripada {MOST_TEMPLATE_BYTES // 10**6} MB; perkecil dahulu."
        )
    return content
