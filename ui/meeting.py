"""What a meeting pack is asked for: meeting, day, audience, sections. All of it stands in the address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from data.access import Reader
from data.cases import clean, could_be_nik
from data.pack_kinds import AUDIENCES, Audience
from data.packs import MOST_YEARS, PackRequest
from ui import cached, pack, scope_bar
from ui.cached import EditionKey, ServedEdition
from ui.pack import Offer
from ui.scope_bar import Selection
from ui.texts import translator

# Who makes a pack most often makes it for the people around.
AUDIENCE_OF_ROLE: dict[str, Audience] = {"branch": "cabang", "opd": "opd", "inspector": "inspektorat"}
LONGEST_NAME = 120
SEPARATOR = ","
KEPT = 300  # scopes, each for four audiences


@dataclass(frozen=True)
class Asked:
    """What the address asks for. `sections` is empty for those of the audience; `ignored` are sentences.

    `offers` are the sections that can say something here, those of the audience first.
    """

    meeting: str
    day: date
    audience: Audience
    offers: tuple[Offer, ...]
    sections: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()

    def request(self, selection: Selection, language: str) -> PackRequest:
        """The same with the screen's scope."""
        scope = selection.scope
        return PackRequest(
            meeting=self.meeting,
            day=self.day,
            audience=self.audience,
            month=selection.month,
            place=scope.place,
            owner=scope.owner,
            fund=scope.fund,
            sector=scope.sector,
            compared=selection.compared,
            vintage=selection.vintage,
            sections=self.sections,
            language="en" if language == "en" else "id",
        )


def usual_meeting(audience: Audience, language: str) -> str:
    """The name of a meeting that nobody has named: the same every month, so that its packs are a series."""
    _ = translator(language)
    return {
        "pimpinan": _("Rapat koordinasi perlindungan pekerja konstruksi"),
        "cabang": _("Rapat evaluasi target cabang"),
        "opd": _("Rapat pendaftaran proyek OPD"),
        "inspektorat": _("Rapat monitoring dan evaluasi kepesertaan"),
    }[audience]


def read(
    params: Mapping[str, str], edition: ServedEdition, selection: Selection, reader: Reader, today: date, language: str
) -> Asked:
    """What an address asks for; values that mean nothing are ignored with a sentence."""
    _ = translator(language)
    ignored: list[str] = []
    usual = AUDIENCE_OF_ROLE.get(reader.role, "pimpinan")
    unknown = _("Peserta rapat “{value}” pada tautan tidak dikenal; diabaikan.")
    named = scope_bar.picked(params, ignored, "untuk", AUDIENCES, usual, unknown)
    audience: Audience = next(one for one in AUDIENCES if one == named)
    offers = _offers(edition.key, audience, selection, language)
    sections = _sections(params, [offer.code for offer in offers], ignored, language)
    if sections == tuple(offer.code for offer in offers if offer.is_usual):
        sections = ()  # the same pack under one name only
    name, day = _name(params, audience, ignored, language), _day(params, ignored, today, language)
    return Asked(name, day, audience, offers, sections, tuple(ignored))


@lru_cache(maxsize=KEPT)
def _offers(key: EditionKey, audience: Audience, selection: Selection, language: str) -> tuple[Offer, ...]:
    """Remembered: to find out what can be told of a hundred thousand projects takes longer than to draw the page."""
    root, number, grant = key
    edition = ServedEdition(root, number, dict(cached.opened(key).meta), grant)
    return tuple(pack.sections_for(audience, edition, selection, language))


def _sections(params: Mapping[str, str], known: Sequence[str], ignored: list[str], language: str) -> tuple[str, ...]:
    _ = translator(language)
    refused = _("Isi “{value}” pada tautan tidak ada untuk lingkup ini; diabaikan.")
    wanted = filter(None, params.get("isi", "").split(SEPARATOR))
    chosen = [scope_bar.picked({"isi": code}, ignored, "isi", known, None, refused) for code in wanted]
    return tuple(code for code in known if code in chosen)


def _name(params: Mapping[str, str], audience: Audience, ignored: list[str], language: str) -> str:
    _ = translator(language)
    name = clean(params.get("rapat", ""), paragraph=False)[:LONGEST_NAME].rstrip()
    if could_be_nik(name):  # it would stand in the journal and in every file
        ignored.append(_("Nama rapat dengan 16 angka, seperti NIK, tidak dipakai."))
        name = ""
    return name or usual_meeting(audience, language)


def _day(params: Mapping[str, str], ignored: list[str], today: date, language: str) -> date:
    _ = translator(language)
    try:
        day = date.fromisoformat(params.get("tanggal", today.isoformat()))
    except ValueError:
        day = None
    if day is not None and abs(day.year - today.year) <= MOST_YEARS:
        return day
    scope_bar.picked(params, ignored, "tanggal", (), None, _("Tanggal “{value}” pada tautan bukan tanggal; diabaikan."))
    return today
