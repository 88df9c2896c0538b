"""Month, place, owner, fund, sector, month of comparison, estimate. The address is the only state: a link
reproduces the screen.

Not by `bind="query-params"`: that writes the option as displayed ("Juli 2024"), so a link would break with the
language, and it drops an unknown value without a word. Here the address holds codes, and says what it ignored.
"""

from calendar import monthrange
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import streamlit as st

from analytics.compute import Scope
from analytics.indicators import INDICATORS
from data.categories import CONSTRUCTION, FUNDS
from data.editions import UNKNOWN
from ui import cached, cards, formats, sentences, tables
from ui.cached import Place
from ui.texts import translator

LONGEST_SHOWN = 40
EVERYTHING = ""


@dataclass(frozen=True)
class Selection:
    """What the reader looks at; `ignored` are sentences on values of the address that mean nothing here.

    `vintages` are the sources that have an estimate of the workers of this place by this month, the usual one first.
    """

    month: date
    compared: date | None
    scope: Scope
    place: Place
    ignored: tuple[str, ...] = ()
    vintage: str | None = None
    vintages: tuple[str, ...] = ()

    def vintage_of(self, measure: str) -> str | None:
        """The chosen source of estimates, for a measure that divides by one; None is the configured order."""
        return self.vintage if INDICATORS[measure].denominator == "vintage" else None

    @property
    def is_filtered(self) -> bool:
        return self.scope.owner is not None or self.scope.fund is not None

    def where(self, language: str) -> str:
        """Owner, fund, sector other than construction, and place in one phrase.

        A place that the name of the owner ends with is not said twice: Dinas PUPR Kota Palembang.
        """
        sector = None if self.scope.sector == CONSTRUCTION else sentences.sector_name(self.scope.sector, language)
        owner = self.scope.owner or ""
        place = "" if owner.endswith(f" {self.place.name}") else self.place.name
        return ", ".join(filter(None, [owner, self.scope.fund, sector, place]))


@dataclass(frozen=True)
class Options:
    """What the edition offers the reader. `months` are latest first; owners are those of all places seen.

    A link may name any of `known_places` and `known_funds`: that there are no data is an answer too. `default_owner` is
    not None for who sees the projects of some owners alone: one of them is always chosen.
    """

    places: dict[str, Place]
    known_places: Mapping[str, Place]
    owners: list[str]
    known_funds: list[str]
    months: list[date]
    default_place: str
    default_month: Callable[[Scope], date | None]
    vintages: Callable[[Scope, date], list[str]] = lambda _scope, _month: []
    sectors: Callable[[str], list[str]] = lambda _place: [CONSTRUCTION]
    default_owner: str | None = None


@dataclass(frozen=True)
class Choice:
    """One box of the bar: its parameter in the address, its label, the text of every value, and the value in force."""

    name: str
    label: str
    texts: dict[str, str]
    chosen: str


def month_code(month: date) -> str:
    return f"{month:%Y-%m}"


def year_before(month: date) -> date:
    return date(month.year - 1, month.month, monthrange(month.year - 1, month.month)[1])


def read_selection(params: Mapping[str, str], options: Options, language: str) -> Selection:
    """The selection an address means: defaults where it says nothing, a sentence where it says something unknown."""
    _ = translator(language)
    ignored: list[str] = []
    pick = partial(picked, params, ignored)
    place = pick(
        "place",
        options.known_places,
        options.default_place,
        _("Wilayah “{value}” pada tautan tidak dikenal; diabaikan."),
    )
    owner = pick(
        "owner",
        options.owners,
        options.default_owner,
        _("Pemilik proyek “{value}” pada tautan tidak dikenal; diabaikan."),
    )
    fund = pick("fund", options.known_funds, None, _("Sumber dana “{value}” pada tautan tidak dikenal; diabaikan."))
    assert place is not None
    sector = pick(
        "sector",
        options.sectors(place),
        CONSTRUCTION,
        _("Sektor “{value}” pada tautan tidak ada datanya di wilayah ini; diabaikan."),
    )
    if sector != CONSTRUCTION and (owner or fund):
        ignored.append(
            _("Proyek hanya ada untuk konstruksi, jadi sektor diabaikan selama pemilik atau sumber dana dipilih.")
        )
        sector = CONSTRUCTION
    scope = Scope(place=place, owner=owner, fund=fund, sector=sector or CONSTRUCTION)
    months = {month_code(month): month for month in options.months}
    latest = month_code(options.default_month(scope) or options.months[0])
    month = months[
        pick("month", months, latest, _("Bulan “{value}” pada tautan tidak ada datanya; diabaikan.")) or latest
    ]
    earlier = {code: other for code, other in months.items() if other < month}
    usual = month_code(year_before(month))
    default = usual if usual in earlier else min(earlier, default=None)
    refused = _("Bulan pembanding “{value}” pada tautan tidak dapat dipakai; diabaikan.")
    compared = earlier.get(pick("compare", earlier, default, refused) or "")
    vintages = options.vintages(scope, month)
    vintage = picked_vintage(params, ignored, vintages, language)
    known = options.known_places[place]
    return Selection(month, compared, scope, known, tuple(ignored), vintage, tuple(vintages))


def picked(
    params: Mapping[str, str],
    ignored: list[str],
    name: str,
    known: Collection[str],
    default: str | None,
    sentence: str,
) -> str | None:
    """The value of a parameter if it is `known`, else `default`; an unknown one adds its sentence to `ignored`."""
    value = params.get(name)
    if value is None or value in known:
        return default if value is None else value
    shown = value if len(value) <= LONGEST_SHOWN else value[: LONGEST_SHOWN - 1] + "…"
    ignored.append(sentence.format(value=shown))
    return default


def picked_vintage(
    params: Mapping[str, str], ignored: list[str], vintages: Collection[str], language: str
) -> str | None:
    """The source of estimates that the address names, if the scope has one from it."""
    _ = translator(language)
    no_estimate = _("Penyebut “{value}” pada tautan tidak punya perkiraan untuk wilayah dan bulan ini; diabaikan.")
    return picked(params, ignored, "vintage", vintages, None, no_estimate)


def choose(edition: cached.ServedEdition, language: str) -> Selection:
    """Draw the bar of Ringkasan and return what is chosen."""
    selection = read(st.query_params, edition, language)
    boxes = [*scope_choices(edition, selection, language), *compare_choice(edition, selection, language)]
    if not selection.is_filtered:
        boxes += vintage_choice(selection, language)
    draw(boxes)
    show_ignored(selection.ignored)
    return selection


def read(params: Mapping[str, str], edition: cached.ServedEdition, language: str) -> Selection:
    """What an address means in this edition."""
    return read_selection(params, edition_options(edition), language)


def show_ignored(ignored: Iterable[str]) -> None:
    for sentence in ignored:
        cards.show_notice(sentence)


def edition_options(edition: cached.ServedEdition) -> Options:
    """What can be chosen in this edition; it has at least one month."""
    key, usual = edition.key, cached.default_scope(edition.key)
    return Options(
        places=cached.places(key),
        known_places=cached.known_places(key),
        owners=cached.known_owners(key),
        known_funds=[*FUNDS, UNKNOWN],
        months=sorted(cached.months(key), reverse=True),
        default_place=usual.place,
        default_month=lambda scope: cached.default_month(key, scope),
        vintages=lambda scope, month: cached.vintages(key, scope, month),
        sectors=lambda place: cached.sectors(key, place),
        default_owner=usual.owner,
    )


def stamp(edition: cached.ServedEdition, selection: Selection, language: str) -> tables.Stamp:
    """What every file taken from a page says of the scope and the edition it came from."""
    _ = translator(language)
    scope = selection.scope
    columns = {
        _("Lingkup: bulan"): month_code(selection.month),
        _("Lingkup: kode wilayah"): scope.place,
        _("Lingkup: wilayah"): selection.place.name,
        _("Lingkup: pemilik proyek"): _owners_told(edition, scope.owner, language),
        _("Lingkup: sumber dana"): sentences.category_name(scope.fund, language) if scope.fund else _("semua"),
        _("Lingkup: sektor"): sentences.sector_name(scope.sector, language),
        _("Lingkup: penyebut pilihan"): selection.vintage or _("urutan baku"),
        _("Edisi"): edition.number,
    }
    # A colon, as in the code of a branch, is no part of a file name on Windows.
    stem = f"cakupan-{scope.place.replace(':', '-')}-{month_code(selection.month)}"
    return tables.Stamp(stem, columns, edition.is_demo, _facts(edition, selection))


def _owners_told(edition: cached.ServedEdition, owner: str | None, language: str) -> str:
    _ = translator(language)
    if owner:
        return sentences.category_name(owner, language)
    return _("semua dalam lingkup akun ini") if cached.sees_only_owners(edition.key) else _("semua")


def _facts(edition: cached.ServedEdition, selection: Selection) -> dict[str, str | int]:
    """The scope for the journal: what is not narrowed is left out."""
    scope = selection.scope
    told = {
        "edition": edition.number,
        "month": month_code(selection.month),
        "place": scope.place,
        "owner": scope.owner,
        "fund": scope.fund,
        "sector": scope.sector,
        "estimate": selection.vintage,
    }
    return {name: value for name, value in told.items() if value is not None}


def scope_choices(edition: cached.ServedEdition, selection: Selection, language: str) -> list[Choice]:
    """The boxes that every page has: month, place, owner, fund."""
    _ = translator(language)
    scope = selection.scope
    places = cached.places(edition.key) | {scope.place: selection.place}
    owners = _with_all(_("Semua pemilik"), cached.owners(edition.key, scope.place), scope.owner, language)
    if cached.sees_only_owners(edition.key):
        del owners[EVERYTHING]
    funds = _with_all(_("Semua sumber dana"), cached.funds(edition.key, scope.place), scope.fund, language)
    place_names = {code: place.name for code, place in places.items()}
    return [
        Choice("month", _("Bulan"), _month_names(edition, language), month_code(selection.month)),
        Choice("place", _("Wilayah atau cabang"), place_names, scope.place),
        Choice("owner", _("Pemilik proyek"), owners, scope.owner or EVERYTHING),
        Choice("fund", _("Sumber dana"), funds, scope.fund or EVERYTHING),
        *_sector_choice(edition, selection, language),
    ]


def _sector_choice(edition: cached.ServedEdition, selection: Selection, language: str) -> list[Choice]:
    """Where reports or estimates of other sectors exist; projects are construction alone."""
    _ = translator(language)
    sectors = cached.sectors(edition.key, selection.scope.place)
    if len(sectors) < 2 or selection.is_filtered:
        return []
    texts = {sector: sentences.sector_name(sector, language) for sector in sectors}
    return [Choice("sector", _("Sektor"), texts, selection.scope.sector)]


def _month_names(edition: cached.ServedEdition, language: str) -> dict[str, str]:
    """Latest first."""
    return {month_code(month): formats.month(month, language) for month in reversed(cached.months(edition.key))}


def compare_choice(edition: cached.ServedEdition, selection: Selection, language: str) -> list[Choice]:
    """The month compared with; none for the first month."""
    _ = translator(language)
    if selection.compared is None:
        return []
    months = _month_names(edition, language)
    earlier = {code: text for code, text in months.items() if code < month_code(selection.month)}
    return [Choice("compare", _("Dibandingkan dengan"), earlier, month_code(selection.compared))]


def vintage_choice(selection: Selection, language: str) -> list[Choice]:
    """The estimate to divide by, where the place has more than one."""
    _ = translator(language)
    if len(selection.vintages) < 2:
        return []
    texts = {source: source for source in selection.vintages}
    return [Choice("vintage", _("Penyebut"), texts, selection.vintage or selection.vintages[0])]


def draw(boxes: Sequence[Choice]) -> None:
    """The bar itself."""
    with st.container(horizontal=True, key="scope-bar"):
        for box in boxes:
            key = f"scope-{box.name}"
            st.session_state[key] = box.chosen  # the address decides, also after Back and after a link
            st.selectbox(
                box.label,
                list(box.texts),
                format_func=lambda value, texts=box.texts: texts[value],
                key=key,
                on_change=_write,
                args=(box.name,),
            )


def _with_all(text: str, names: list[str], chosen: str | None, language: str) -> dict[str, str]:
    """Everything, then what the place has; what is chosen stays a choice though the place has none of it."""
    known = names if chosen is None or chosen in names else [chosen, *names]
    return {EVERYTHING: text} | {name: sentences.category_name(name, language) for name in known}


def _write(name: str) -> None:
    value = st.session_state[f"scope-{name}"]
    if value == EVERYTHING:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = value
    _drop_what_no_longer_fits(name)
    if name == "month" and st.query_params.get("compare", "") >= str(value):
        del st.query_params["compare"]


def _drop_what_no_longer_fits(name: str) -> None:
    """A value that the reader's own choice makes impossible; said of a link, it would be a reproach."""
    params = st.query_params
    if params.pop("kiriman", None):  # a delivery behind one number is seldom behind another, nor is its page
        params.pop("hal", None)
    if name in ("place", "sector"):
        params.pop("vintage", None)  # an estimate of one place or sector is seldom one of another
    if params.get("owner") or params.get("fund"):
        measure = INDICATORS.get(params.get("measure", ""))
        if measure and "owner" not in measure.split_by:
            del params["measure"]
        if params.get("by") == "sector":
            del params["by"]
        params.pop("sector", None)
