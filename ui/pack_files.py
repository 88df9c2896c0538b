"""The files of a meeting pack: built once from the screen's rows, laid out by their writers, kept."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

from data import journal, packs
from data.access import Grant, Reader
from data.casework import casework
from data.config import load_config
from data.editions import Edition, current_edition, open_edition
from data.errors import CakupanError, obstacle
from data.home import JAKARTA, Home
from data.letterhead import letterhead_of
from data.packs import Kept, PackFacts, PackRequest
from data.rollup import Progress
from reports.pack import Letterhead, Pack
from reports.zipped import zipped
from ui.cached import ServedEdition
from ui.former import former_of

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
    edition = _edition(home, reader.grant, edition_number)
    number, _hash = journal.head(home)
    former = packs.last_of_series(home, reader.grant, request)
    steps = list(dict.fromkeys([*DOCUMENTS, *formats] if "zip" in formats else formats))
    progress("Menyusun isi", 0, len(steps) + 2)
    pack = built(home, edition, request, until=number, former=former)
    stem = packs.file_stem(request, is_demo=pack.warning is not None)
    files: dict[str, bytes] = {}
    for step, format_ in enumerate(steps, start=1):
        progress(f"Menulis {format_.upper()}", step, len(steps) + 2)
        files[format_] = _laid_out(home, pack, files, format_, stem)
    progress("Menyimpan", len(steps) + 1, len(steps) + 2)
    shown_by = _narrowest(home, reader.grant, request, pack, (edition, number, former))
    kept = packs.keep(home, reader, request, files, _facts(edition, pack, number, former, shown_by))
    return Made(kept, {format_: files[format_] for format_ in formats})


def rebuild(home: Home, reader: Reader, number: int) -> Rebuilt:
    """Say a kept pack anew, by the number of its entry, with what may be seen by whom it is for."""
    kept = packs.find(home, reader.grant, number)
    facts = kept.facts
    limits = (facts.areas, facts.owners)
    grant = Grant(*(None if limit is None else frozenset(limit) for limit in limits))
    try:
        edition = open_edition(home, facts.edition, grant)
        former = None if facts.since is None else packs.find(home, grant, facts.since)
    except CakupanError:
        return Rebuilt(kept, None)
    return Rebuilt(kept, built(home, edition, kept.request, until=facts.casework, former=former).content_hash)


def _edition(home: Home, grant: Grant, number: int | None) -> Edition:
    edition = current_edition(home, grant) if number is None else open_edition(home, number, grant)
    if edition is None:
        raise CakupanError("Belum ada edisi; impor berkas lalu jalankan publish.")
    return edition


def built(home: Home, edition: Edition, request: PackRequest, *, until: int, former: Kept | None) -> Pack:
    """With the casework up to an entry of the journal: whoever writes meanwhile comes into the next pack."""
    from ui import pack

    of_scope = open_edition(home, edition.number, pack.scope_grant(request, edition.grant))
    return pack.build(
        ServedEdition(str(home.root), edition.number, dict(edition.meta), edition.grant),
        request,
        request.language,
        casework=casework(home, of_scope, until=until),
        letterhead=Letterhead(**asdict(letterhead_of(home, load_config(home)))),
        since=former_of(home, former, request, edition=edition, of_scope=of_scope),
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
        again = built(home, narrow, request, until=number, former=former)
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


def _laid_out(home: Home, pack: Pack, files: dict[str, bytes], format_: str, stem: str) -> bytes:
    if format_ == "zip":
        return zipped({f"{stem}.{name}": files[name] for name in DOCUMENTS})
    return _WRITERS[format_](home, pack)


# Each is imported where it is used: who makes one file does not wait for the libraries of the others.
def _workbook(_home: Home, pack: Pack) -> bytes:
    from reports.book import pack_workbook

    out = BytesIO()
    pack_workbook(pack, out)
    return out.getvalue()


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
    "xlsx": _workbook,
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
