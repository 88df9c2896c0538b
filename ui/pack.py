"""A meeting's pack from one edition: everything that its files say, worded by the functions of the screen.

Nothing here draws, so that it runs in the shell's process too.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from analytics.indicators import INDICATORS
from data import casework as caseworks
from data import editions
from data.access import Grant
from data.casework import Casework
from data.errors import CakupanError
from data.home import Home
from data.packs import Kept, PackRequest
from reports.cells import Cell
from reports.pack import Definition, Headline, Letterhead, Pack, Section
from ui import (
    cached,
    cards,
    formats,
    overview,
    pack_chapters,
    pack_projects,
    pack_sections,
    pack_since,
    pack_targets,
    scope_bar,
)
from ui.cached import ServedEdition
from ui.pack_asked import Asked, Made
from ui.scope_bar import Selection
from ui.texts import translator

WARNING = "DATA CONTOH"
NATION = "00"
# In the order of the pack; since goes before them all, where the series has an earlier pack.
SECTIONS: dict[str, Callable[[Asked], Made]] = {
    "trend": pack_sections.trend,
    "change": pack_sections.change,
    "place": pack_sections.place,
    "owner": pack_sections.owner,
    "fund": pack_sections.fund,
    "targets": pack_targets.targets,
    "ladder": pack_projects.steps_of_protection,
    "new_work_orders": pack_projects.orders,
    "closing": pack_targets.closing,
    "findings": pack_projects.found,
    "exceptions": pack_projects.allowed,
    "projects": pack_projects.every_project,
}
# What each audience comes to see, in its order; the reader may add and remove.
AUDIENCES: dict[str, tuple[str, ...]] = {
    "pimpinan": ("trend", "change", "place", "owner", "fund", "targets", "new_work_orders"),
    "cabang": ("trend", "targets", "closing", "new_work_orders", "place"),
    "opd": ("trend", "change", "fund", "ladder", "new_work_orders", "projects"),
    "inspektorat": ("ladder", "owner", "findings", "exceptions", "new_work_orders", "projects"),
}


FIRST_ASKED = ("since", "trend", "targets", "ladder", "findings", "closing", "new_work_orders")


@dataclass(frozen=True)
class Offer:
    """A section that can say something in a scope; `is_usual`: the audience sees it unless it is taken out."""

    code: str
    name: str
    is_usual: bool


def section_name(code: str, language: str) -> str:
    """What a section is called where one chooses it."""
    _ = translator(language)
    return {
        "since": _("Sejak rapat terakhir"),
        "trend": _("Perkembangan"),
        "change": _("Perubahan"),
        "place": _("Wilayah"),
        "owner": _("Pemilik proyek"),
        "fund": _("Sumber dana"),
        "targets": _("Capaian target"),
        "ladder": _("Tangga perlindungan"),
        "new_work_orders": _("SPK baru"),
        "closing": _("Daftar penutup"),
        "findings": _("Temuan"),
        "exceptions": _("Pengecualian"),
        "projects": _("Semua proyek"),
    }[code]


def audience_name(code: str, language: str) -> str:
    _ = translator(language)
    return {
        "pimpinan": _("Pimpinan"),
        "cabang": _("Cabang BPJS"),
        "opd": _("OPD"),
        "inspektorat": _("Inspektorat"),
    }[code]


def sections_for(audience: str, edition: ServedEdition, selection: Selection, language: str) -> list[Offer]:
    """The sections that can say something in this scope: those of the audience first, in its order.

    Where it has none of its own, all of them are usual.
    """
    params, own = params_of(selection), AUDIENCES[audience]
    told = [code for code in SECTIONS if _has_something(code, edition, selection, params)]
    usual = [code for code in own if code in told] or told
    ordered = [*usual, *(code for code in told if code not in usual)]
    return [Offer(code, section_name(code, language), code in usual) for code in ordered]


def _has_something(code: str, edition: ServedEdition, selection: Selection, params: dict[str, str]) -> bool:
    if code == "trend":
        return True
    if code == "change":
        return pack_sections.has_change(edition, selection)
    if code in pack_sections.TAB_OF:
        return pack_sections.compares(edition, selection, params, code)
    if code in ("targets", "closing"):
        return pack_targets.has_targets(edition, selection)
    if code == "ladder":
        return pack_projects.has_ladder(edition, selection)
    return pack_projects.knows_projects(edition, selection)


def params_of(selection: Selection) -> dict[str, str]:
    """The address of the screen that shows this selection."""
    scope = selection.scope
    told = {
        "month": scope_bar.month_code(selection.month),
        "place": scope.place,
        "owner": scope.owner,
        "fund": scope.fund,
        "sector": None if scope.sector == scope_bar.CONSTRUCTION else scope.sector,
        "compare": selection.compared and scope_bar.month_code(selection.compared),
        "vintage": selection.vintage,
    }
    return {name: value for name, value in told.items() if value is not None}


def selection_of(edition: ServedEdition, request: PackRequest, language: str) -> Selection:
    """The screen's selection for a request. CakupanError where the edition does not know a value of it."""
    _ = translator(language)
    asked = {
        "month": scope_bar.month_code(request.month),
        "place": request.place,
        "owner": request.owner,
        "fund": request.fund,
        "sector": request.sector,
        "compare": request.compared and scope_bar.month_code(request.compared),
        "vintage": request.vintage,
    }
    selection = scope_bar.read({name: value for name, value in asked.items() if value is not None}, edition, language)
    found = params_of(selection) | {"sector": selection.scope.sector}
    names = {
        "month": _("Bulan"), "place": _("Wilayah"), "owner": _("Pemilik proyek"), "fund": _("Sumber dana"),
        "sector": _("Sektor"), "compare": _("Bulan pembanding"), "vintage": _("Penyebut"),
    }  # fmt: skip
    for name in ("place", "owner", "fund", "sector", "month", "compare", "vintage"):
        if asked[name] is not None and asked[name] != found.get(name):
            text = _("{name} “{value}” tidak dikenal edisi {number} atau di luar lingkup akun ini; pilih yang lain.")
            raise CakupanError(text.format(name=names[name], value=asked[name], number=edition.number))
    return selection


def scope_grant(request: PackRequest, grant: Grant) -> Grant:
    """What belongs to the scope of a pack, within what its maker may see: the grant with which its casework is read."""
    areas = grant.areas if request.place == NATION else frozenset({request.place})
    return Grant(areas, frozenset({request.owner}) if request.owner else grant.owners)


def casework_of(edition: ServedEdition, request: PackRequest, until: int | None = None) -> Casework:
    """What officials added to the projects of the scope, up to an entry of the journal or as it stands now.

    Of one fund, findings on an owner as a whole stay: they lie in none.
    """
    home, grant = Home(Path(edition.root)), scope_grant(request, edition.grant)
    work = caseworks.casework(home, editions.open_edition(home, edition.number, grant), until=until)
    if request.fund is None:
        return work
    codes = {code for noted in work.history if (code := work.subject(noted)[0])}
    elsewhere = {code for code in codes if _fund_of(edition, code) != request.fund}
    kept = (noted for noted in work.history if work.subject(noted)[0] not in elsewhere)
    return Casework(tuple(kept), work.unreadable)


def _fund_of(edition: ServedEdition, code: str) -> str:
    dossier = cached.dossier(edition.key, code)
    assert dossier is not None, code  # casework is narrowed to projects that may be seen
    return dossier.project.fund


def build(
    edition: ServedEdition,
    request: PackRequest,
    language: str,
    *,
    casework: Casework | None = None,
    letterhead: Letterhead | None = None,
    since: Kept | None = None,
) -> Pack:
    """The pack that was asked for. CakupanError where the edition does not know its scope.

    `casework` is that of the scope's own grant (`casework_of`), which is read where none is given. With the series'
    earlier pack (`since`) the pack begins with what has moved since then.
    """
    selection = selection_of(edition, request, language)
    work = casework if casework is not None else casework_of(edition, request)
    asked = Asked(edition, selection, params_of(selection), language, work, since)
    made = [] if since is None else [pack_since.since(asked)]
    made += [SECTIONS[code](asked) for code in chosen(edition, request, selection, language)]
    return _signed(_assembled(asked, request, made, letterhead or Letterhead()))


def chosen(edition: ServedEdition, request: PackRequest, selection: Selection, language: str) -> list[str]:
    """The sections of a request in their order: those it names, else those of its audience.

    CakupanError for one that is not known, or has nothing to say in this scope.
    """
    _ = translator(language)
    offers = sections_for(request.audience, edition, selection, language)
    known = [offer.code for offer in offers]
    for code in request.sections:
        if code not in known:
            text = _("Bagian “{code}” tidak ada untuk lingkup ini; yang ada: {known}.")
            raise CakupanError(text.format(code=code, known=", ".join(known)))
    return list(dict.fromkeys(request.sections)) or [offer.code for offer in offers if offer.is_usual]


def _assembled(asked: Asked, request: PackRequest, made: Sequence[Made], letterhead: Letterhead) -> Pack:
    edition, selection, language = asked.edition, asked.selection, asked.language
    headline, sections = _headline(edition, selection, language), [one.section for one in made]
    measures = dict.fromkeys(measure for one in made for measure in one.measures)
    return Pack(
        language=language,
        meeting=request.meeting,
        day=request.day,
        as_of=asked.position,
        edition=edition.number,
        title=_title(selection, language),
        where=selection.where(language),
        facts=_facts(edition, request, selection, language),
        headline=headline,
        summary=_summary(headline, sections, edition, language),
        sections=sections,
        definitions=[_definition(measure, language) for measure in measures],
        sources=list(dict.fromkeys(source for one in made for source in one.sources)),
        document_title=pack_chapters.document_title(request, language),
        chapters=pack_chapters.chapters(asked, request, sections),
        letterhead=letterhead,
        origin="",
        content_hash="",
        warning=WARNING if edition.is_demo else None,
        is_memorandum=pack_chapters.is_memorandum(request),
    )


def _title(selection: Selection, language: str) -> str:
    """'Cakupan Sumatera Selatan, Juli 2024'."""
    return f"{overview.measure_label(selection, language)}, {formats.month(selection.month, language)}"


def _facts(edition: ServedEdition, request: PackRequest, selection: Selection, language: str) -> list[tuple[str, Cell]]:
    _ = translator(language)
    facts: list[tuple[str, Cell]] = [
        (_("Rapat"), request.meeting),
        (_("Tanggal rapat"), request.day),
        (_("Untuk"), audience_name(request.audience, language)),
        (_("Lingkup"), selection.where(language)),
        (_("Bulan"), formats.month(selection.month, language)),
    ]
    if selection.compared:
        facts.append((_("Dibandingkan dengan"), formats.month(selection.compared, language)))
    if selection.vintage:
        facts.append((_("Penyebut"), selection.vintage))
    return [*facts, (_("Posisi data"), date.fromisoformat(edition.meta["as_of"])), (_("Edisi"), edition.number)]


def _headline(edition: ServedEdition, selection: Selection, language: str) -> Headline | None:
    row = pack_sections.headline_of(edition, selection)
    if row.numerator is None:
        return None
    row = overview.shown_row(edition, selection, row)
    name = overview.headline_name(edition, selection, row, language)
    told = cards.headline_texts(row, name, overview.headline_asides(edition, selection, row, language), language)
    return replace(told, asides=[cards.flag(row, language), *told.asides]) if told.is_flagged else told


def _summary(
    headline: Headline | None, sections: Sequence[Section], edition: ServedEdition, language: str
) -> list[str]:
    """At most five lines: the figure, what a meeting asks first, where it comes from."""
    _ = translator(language)
    told = []
    if headline is not None:
        figure = " ".join(filter(None, [headline.figure, headline.band and f"({headline.band})"]))
        told.append(f"{headline.name}: {figure}, {' · '.join(headline.anatomy)}.")
    told += [f"{section.title.removesuffix('.')}." for section in _first_asked(sections, 4 - len(told))]
    as_of = formats.day(date.fromisoformat(edition.meta["as_of"]), language)
    return [*told, _("Edisi {number}, posisi {day}.").format(number=edition.number, day=as_of)]


def _first_asked(sections: Sequence[Section], most: int) -> list[Section]:
    """Those of a message, in the order of the pack: whether it moves, whether the target is reached, what is due."""
    known = [section for section in sections if not section.why_empty]
    ranked = sorted(known, key=lambda section: section.code not in FIRST_ASKED)
    return [section for section in known if section in ranked[:most]]


def _definition(measure: str, language: str) -> Definition:
    indicator = INDICATORS[measure]
    return Definition(
        indicator.label.in_language(language),
        indicator.definition.in_language(language),
        indicator.exclusions.in_language(language),
        indicator.source.in_language(language),
        indicator.version,
        indicator.limits.in_language(language),
    )


def _signed(pack: Pack) -> Pack:
    """With the hash of everything it says, and the line that names it."""
    _ = translator(pack.language)
    content_hash = hash_of(pack)
    origin = _("Edisi {number}, posisi {day}, sidik {hash}").format(
        number=pack.edition, day=formats.day(pack.as_of, pack.language), hash=content_hash[:8]
    )
    return replace(pack, origin=origin, content_hash=content_hash)


# Who signs is no content: a pack that is rebuilt under a new head of office says the same.
NOT_CONTENT = ("letterhead", "origin", "content_hash")


def hash_of(pack: Pack) -> str:
    """SHA-256 of the canonical JSON of what a pack says, in hexadecimal digits."""
    said = {field.name: getattr(pack, field.name) for field in fields(pack) if field.name not in NOT_CONTENT}
    return sha256(msgspec.json.encode(said, enc_hook=_identity, order="deterministic")).hexdigest()


def _identity(lines: Any) -> Any:
    """Lines that are read piece by piece are named by what was asked, which an edition answers always alike."""
    return lines.identity
