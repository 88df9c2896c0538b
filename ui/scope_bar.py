"""Month, place, owner, fund and month of comparison. The address is the only state: a link reproduces the screen.

Not by `bind="query-params"`: that writes the option as displayed ("Juli 2024"), so a link would break with the
language, and it drops an unknown value without a word. Here the address holds codes, and says what it ignored.
"""

from calendar import monthrange
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

import streamlit as st

from analytics import compute
from analytics.compute import Scope
from data.categories import FUNDS
from data.editions import UNKNOWN
from ui import cached, cards, formats, sentences, tables
from ui.cached import Place
from ui.texts import translator

LONGEST_SHOWN = 40
EVERYTHING = ""


@dataclass(frozen=True)
class Selection:
    """What the reader looks at; `ignored` are sentences on values of the address that mean nothing here."""

    month: date
    compared: date | None
    scope: Scope
    place: Place
    ignored: tuple[str, ...] = ()

    @property
    def is_filtered(self) -> bool:
        return self.scope.owner is not None or self.scope.fund is not None

    @property
    def where(self) -> str:
        """Owner, fund and place in one phrase."""
        return ", ".join(filter(None, [self.scope.owner, self.scope.fund, self.place.name]))


@dataclass(frozen=True)
class Options:
    """What the edition offers. `months` are latest first; owners and funds are those of the whole edition.

    A link may name any of `known_places` and `known_funds`: that there are no data is an answer too.
    """

    places: dict[str, Place]
    known_places: dict[str, Place]
    owners: list[str]
    funds: list[str]
    known_funds: list[str]
    months: list[date]
    default_place: str
    default_month: Callable[[Scope], date | None]


def month_code(month: date) -> str:
    return f"{month:%Y-%m}"


def year_before(month: date) -> date:
    return date(month.year - 1, month.month, monthrange(month.year - 1, month.month)[1])


def read_selection(params: Mapping[str, str], options: Options, language: str) -> Selection:
    """The selection an address means: defaults where it says nothing, a sentence where it says something unknown."""
    _ = translator(language)
    ignored: list[str] = []
    pick = partial(_pick, params, ignored)
    place = pick(
        "place",
        options.known_places,
        options.default_place,
        _("Wilayah “{value}” pada tautan tidak dikenal; diabaikan."),
    )
    owner = pick("owner", options.owners, None, _("Pemilik proyek “{value}” pada tautan tidak dikenal; diabaikan."))
    fund = pick("fund", options.known_funds, None, _("Sumber dana “{value}” pada tautan tidak dikenal; diabaikan."))
    assert place is not None
    scope = Scope(place=place, owner=owner, fund=fund)
    months = {month_code(month): month for month in options.months}
    latest = month_code(options.default_month(scope) or options.months[0])
    month = months[
        pick("month", months, latest, _("Bulan “{value}” pada tautan tidak ada datanya; diabaikan.")) or latest
    ]
    earlier = {code: other for code, other in months.items() if other < month}
    usual = month_code(year_before(month))
    default = usual if usual in earlier else min(earlier, default=None)
    refused = _("Bulan pembanding “{value}” pada tautan tidak dapat dipakai; diabaikan.")
    compared = pick("compare", earlier, default, refused)
    return Selection(month, earlier[compared] if compared else None, scope, options.known_places[place], tuple(ignored))


def _pick(
    params: Mapping[str, str],
    ignored: list[str],
    name: str,
    known: Collection[str],
    default: str | None,
    sentence: str,
) -> str | None:
    value = params.get(name)
    if value is None or value in known:
        return default if value is None else value
    shown = value if len(value) <= LONGEST_SHOWN else value[: LONGEST_SHOWN - 1] + "…"
    ignored.append(sentence.format(value=shown))
    return default


def choose(edition: cached.ServedEdition, language: str) -> Selection:
    """Draw the bar and return what is chosen."""
    options = edition_options(edition)
    selection = read_selection(st.query_params, options, language)
    _draw(edition, selection, options, language)
    for sentence in selection.ignored:
        cards.show_notice(sentence)
    return selection


def edition_options(edition: cached.ServedEdition) -> Options:
    """What can be chosen in this edition; it has at least one month."""
    key = edition.key
    return Options(
        places=cached.places(key),
        known_places=cached.known_places(key),
        owners=cached.owners(key, compute.NATION),
        funds=cached.funds(key, compute.NATION),
        known_funds=[*FUNDS, UNKNOWN],
        months=sorted(cached.months(key), reverse=True),
        default_place=cached.default_place(key),
        default_month=lambda scope: cached.default_month(key, scope),
    )


def stamp(edition: cached.ServedEdition, selection: Selection, language: str) -> tables.Stamp:
    """What every file taken from a page says of the scope and the edition it came from."""
    _ = translator(language)
    scope = selection.scope
    columns = {
        _("Lingkup: bulan"): month_code(selection.month),
        _("Lingkup: kode wilayah"): scope.place,
        _("Lingkup: wilayah"): selection.place.name,
        _("Lingkup: pemilik proyek"): sentences.category_name(scope.owner, language) if scope.owner else _("semua"),
        _("Lingkup: sumber dana"): sentences.category_name(scope.fund, language) if scope.fund else _("semua"),
        _("Edisi"): edition.number,
    }
    # A colon, as in the code of a branch, is no part of a file name on Windows.
    stem = f"cakupan-{scope.place.replace(':', '-')}-{month_code(selection.month)}"
    return tables.Stamp(stem, columns, edition.is_demo)


def _draw(edition: cached.ServedEdition, selection: Selection, options: Options, language: str) -> None:
    _ = translator(language)
    scope = selection.scope
    months = {month_code(month): formats.month(month, language) for month in options.months}
    earlier = {code: text for code, text in months.items() if code < month_code(selection.month)}
    places = {code: place.name for code, place in (options.places | {scope.place: selection.place}).items()}
    owners = _with_all(_("Semua pemilik"), cached.owners(edition.key, scope.place), scope.owner, language)
    funds = _with_all(_("Semua sumber dana"), cached.funds(edition.key, scope.place), scope.fund, language)
    with st.container(horizontal=True, key="scope-bar"):
        _select("month", _("Bulan"), months, month_code(selection.month))
        _select("place", _("Wilayah atau cabang"), places, scope.place)
        _select("owner", _("Pemilik proyek"), owners, scope.owner or EVERYTHING)
        _select("fund", _("Sumber dana"), funds, scope.fund or EVERYTHING)
        if selection.compared:
            _select("compare", _("Dibandingkan dengan"), earlier, month_code(selection.compared))


def _with_all(text: str, names: list[str], chosen: str | None, language: str) -> dict[str, str]:
    """Everything, then what the place has; what is chosen stays a choice though the place has none of it."""
    known = names if chosen is None or chosen in names else [chosen, *names]
    return {EVERYTHING: text} | {name: sentences.category_name(name, language) for name in known}


def _select(name: str, label: str, texts: dict[str, str], chosen: str) -> None:
    key = f"scope-{name}"
    st.session_state[key] = chosen  # the address decides, also after Back and after a link
    st.selectbox(label, list(texts), format_func=lambda value: texts[value], key=key, on_change=_write, args=(name,))


def _write(name: str) -> None:
    value = st.session_state[f"scope-{name}"]
    if value == EVERYTHING:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = value
    if name == "month" and st.query_params.get("compare", "") >= str(value):
        del st.query_params["compare"]
