"""What Perbandingan shows of the scope: tab, breakdown, measure, owners to follow. All of it stands in the address."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import streamlit as st

from analytics import compute
from analytics.compute import Scope
from analytics.indicators import INDICATORS, label_in
from data.categories import ALL_SECTORS, CONSTRUCTION
from ui import cached, scope_bar, sentences
from ui.scope_bar import Choice, Selection
from ui.texts import translator

WILAYAH, PEMILIK, DANA = "wilayah", "pemilik", "dana"
BREAKDOWNS = {WILAYAH: ("place", "branch", "sector"), PEMILIK: ("owner",), DANA: ("fund", "payer", "level")}
# What can be compared, the usual one first. New and ended members are in the waterfall of Ringkasan.
OF_PEOPLE = ("population_coverage", "active_members", "gap_to_estimate")
OF_PROJECTS = (
    "placement_coverage",
    "site_coverage",
    "unprotected_placements",
    "project_registration",
    "value_registration",
    "on_time_registration",
    "uncovered_worker_days",
    "contributions_paid_rp",
    "projects_registered_ytd",
    "workers_registered_ytd",
)
# The usual measure of places where nobody has counted people: the projects are known all the same.
WITHOUT_PEOPLE = "project_registration"
FOLLOWED = 5
MOST_FOLLOWED = 12
SEPARATOR = "|"


@dataclass(frozen=True)
class View:
    """`scope` holds the groups compared: without the owner or fund that the tab itself compares, so that the `chosen`
    one stands among the others. `show` are the owners that the reader wants to follow; empty: the largest. Without
    `breakdowns` there is nothing to compare: a kabupaten of which the reader may see nothing that holds it.
    `has_whole`: the groups together are the scope; not so where the reader sees some of the owners alone.
    `names_sector`: the address chose a sector, which owners and funds do not know.
    """

    tab: str
    by: str
    measure: str
    scope: Scope
    chosen: str | None
    show: tuple[str, ...]
    ignored: tuple[str, ...] = ()
    breakdowns: tuple[str, ...] = ()
    tabs: tuple[str, ...] = tuple(BREAKDOWNS)
    has_whole: bool = True
    names_sector: bool = False

    def label(self, language: str) -> str:
        """The measure as it is called for this sector."""
        name = label_in(INDICATORS[self.measure], self.scope.sector).in_language(language)
        if self.by == "sector" or self.scope.sector == CONSTRUCTION:
            return name
        return f"{name} · {sentences.sector_name(self.scope.sector, language)}"


@dataclass(frozen=True)
class Known:
    """What an edition knows that the reader may see: places, owners, sectors of a place, whether a scope has members or
    an estimate. `only_owners`: of projects theirs alone, so that owners are compared among these, and not with all.
    `holder` gives the smallest of the places that holds another.
    """

    places: Mapping[str, cached.Place]
    owners: list[str]
    sectors: Callable[[str], list[str]]
    has_people: Callable[[Scope], bool]
    only_owners: bool = False
    holder: Callable[[str], str | None] = lambda _place: None


def read_view(params: Mapping[str, str], selection: Selection, known: Known, language: str) -> View:
    """The view an address means; values that mean nothing, or do not fit each other, are ignored with a sentence."""
    _ = translator(language)
    ignored: list[str] = []
    pick = partial(scope_bar.picked, params, ignored)
    tabs = tuple(tab for tab in BREAKDOWNS if tab != PEMILIK or not known.only_owners or len(known.owners) > 1)
    # Who sees one place alone begins where there is more than one: sectors are no places.
    first_tab = next(tab for tab in tabs if {*_breakdowns(tab, selection, known)} - {"sector"})
    tab = pick("tab", tabs, first_tab, _("Bagian “{value}” pada tautan tidak dikenal; diabaikan.")) or first_tab
    breakdowns = _breakdowns(tab, selection, known)
    usual = next(iter(breakdowns), "place")
    by = (
        pick("by", breakdowns, usual, _("Rincian “{value}” pada tautan tidak dapat dipakai di sini; diabaikan."))
        or usual
    )
    scope, chosen = _compared_scope(selection, by, known)
    fitting = fitting_measures(scope, by)
    first = fitting[0] if fitting[0] not in OF_PEOPLE or known.has_people(scope) else WITHOUT_PEOPLE
    measure = pick("measure", fitting, first, _refusal(params.get("measure"), language)) or first
    wanted = list(filter(None, params.get("show", "").split(SEPARATOR))) if tab == PEMILIK else []
    unknown = _("Pemilik proyek “{value}” pada tautan tidak dikenal; diabaikan.")
    show = [scope_bar.picked({"show": name}, ignored, "show", known.owners, None, unknown) for name in wanted]
    show = list(filter(None, show))
    if len(show) > MOST_FOLLOWED:
        text = _("Paling banyak {count} pemilik diikuti sekaligus; sisanya pada tautan diabaikan.")
        ignored.append(text.format(count=MOST_FOLLOWED))
    has_whole = not (by == "owner" and known.only_owners)
    followed = tuple(show[:MOST_FOLLOWED])
    names_sector = "sector" in params
    return View(tab, by, measure, scope, chosen, followed, tuple(ignored), breakdowns, tabs, has_whole, names_sector)


def _breakdowns(tab: str, selection: Selection, known: Known) -> tuple[str, ...]:
    """Sectors only where there is more than construction; projects, and so owners and funds, are construction alone.

    Places and branches only where the reader may see more than one.
    """
    has_sectors = not selection.is_filtered and len(known.sectors(selection.scope.place)) > 1
    absent = set() if has_sectors else {"sector"}
    undivided = [by for by in ("place", "branch") if _is_undivided(selection.place, by)]
    absent |= {by for by in undivided if _whole_of(selection.place, by, known) is None}
    return tuple(by for by in BREAKDOWNS[tab] if by not in absent)


def _is_undivided(place: cached.Place, by: str) -> bool:
    """A kabupaten has no places within it, and a branch no branches: they stand among their like."""
    return place.kind in ("kabupaten", "kota") or (by == "branch" and place.kind in compute.GROUPS)


def _whole_of(place: cached.Place, by: str, known: Known) -> str | None:
    """What holds the place and its like, as far as the reader sees: its province, else, of a kabupaten, a branch."""
    if place.parent in known.places:
        return place.parent
    return known.holder(place.code) if by == "place" else None


def _refusal(measure: str | None, language: str) -> str:
    _ = translator(language)
    if measure in OF_PEOPLE:
        return _(
            "Ukuran “{value}” tidak dapat dipilah menurut pemilik atau sumber dana, karena tidak ada survei pekerja "
            "menurut keduanya; yang ditampilkan cakupan penempatan kerja."
        )
    return _("Ukuran “{value}” pada tautan tidak dapat dipakai di sini; diabaikan.")


def _compared_scope(selection: Selection, by: str, known: Known) -> tuple[Scope, str | None]:
    """Where the groups are, and which of them the scope bar has chosen."""
    scope, place = selection.scope, selection.place
    if by == "sector":
        return replace(scope, sector=ALL_SECTORS), scope.sector
    if by not in ("place", "branch"):
        scope = replace(scope, sector=CONSTRUCTION)  # projects are construction alone
    if by == "owner":
        return replace(scope, owner=None), scope.owner
    if by == "fund":
        return replace(scope, fund=None), scope.fund
    if by in ("place", "branch") and _is_undivided(place, by) and (whole := _whole_of(place, by, known)):
        return replace(scope, place=whole), place.code
    return scope, None


def fitting_measures(scope: Scope, by: str) -> list[str]:
    """The measures that exist for this breakdown and these filters, the usual one first."""
    if by == "sector":
        return [code for code in OF_PEOPLE if by in INDICATORS[code].split_by]
    if by not in ("place", "branch") or scope.owner or scope.fund:
        return [code for code in OF_PROJECTS if by in INDICATORS[code].split_by]
    return [*OF_PEOPLE] if scope.sector != CONSTRUCTION else [*OF_PEOPLE, *OF_PROJECTS]


def choose(edition: cached.ServedEdition, language: str) -> tuple[Selection, View]:
    """Draw the bar of Perbandingan with its tabs; what is chosen, as a selection of the groups that are compared."""
    selection, within, view = read(st.query_params.to_dict(), edition, language)
    boxes = [*scope_bar.scope_choices(edition, selection, language), _measure_choice(view, language)]
    if INDICATORS[view.measure].denominator == "vintage":
        boxes += scope_bar.vintage_choice(within, language)
    scope_bar.draw(boxes)
    _draw_tabs(view, language)
    scope_bar.show_ignored((*within.ignored, *view.ignored))
    return within, view


def read(params: Mapping[str, str], edition: cached.ServedEdition, language: str) -> tuple[Selection, Selection, View]:
    """What an address means: the selection as chosen, that of the groups which are compared, and how."""
    selection = scope_bar.read({name: value for name, value in params.items() if name != "vintage"}, edition, language)
    known = Known(
        cached.known_places(edition.key),
        cached.known_owners(edition.key),
        partial(cached.sectors, edition.key),
        partial(_has_people, edition, selection.month),
        cached.sees_only_owners(edition.key),
        partial(cached.holder, edition.key),
    )
    view = read_view(params, selection, known, language)
    vintages = _vintages(edition, selection, view)
    return selection, selection_within(params, selection, view, known.places, vintages, language), view


def selection_within(
    params: Mapping[str, str],
    selection: Selection,
    view: View,
    places: Mapping[str, cached.Place],
    vintages: Sequence[str],
    language: str,
) -> Selection:
    """The selection of the groups compared: their scope and place, and an estimate that this scope has."""
    ignored = list(selection.ignored)
    # Sectors have estimates of their own, each in the configured order.
    vintage = None if view.by == "sector" else scope_bar.picked_vintage(params, ignored, vintages, language)
    place = places[view.scope.place]
    return replace(
        selection, scope=view.scope, place=place, ignored=tuple(ignored), vintage=vintage, vintages=tuple(vintages)
    )


def _vintages(edition: cached.ServedEdition, selection: Selection, view: View) -> list[str]:
    return [] if view.by == "sector" else cached.vintages(edition.key, view.scope, selection.month)


def _has_people(edition: cached.ServedEdition, month: date, scope: Scope) -> bool:
    if scope.sector != CONSTRUCTION or cached.vintages(edition.key, scope, month):
        return True
    months = cached.months(edition.key)
    rows = cached.trend(edition.key, "active_members", scope, months[0], months[-1])
    return any(row.numerator is not None for row in rows)


def _measure_choice(view: View, language: str) -> Choice:
    _ = translator(language)
    known = fitting_measures(view.scope, view.by)
    labels = {code: label_in(INDICATORS[code], view.scope.sector).in_language(language) for code in known}
    return Choice("measure", _("Ukuran"), labels, view.measure)


def tab_names(language: str) -> dict[str, str]:
    _ = translator(language)
    return {WILAYAH: _("Wilayah"), PEMILIK: _("Pemilik Proyek"), DANA: _("Sumber Dana")}


def other_tabs(view: View, language: str) -> list[str]:
    """Names of the tabs that the reader is not on."""
    return [name for tab, name in tab_names(language).items() if tab in view.tabs and tab != view.tab]


def breakdown_names(language: str) -> dict[str, str]:
    _ = translator(language)
    return {
        "place": _("Kabupaten/kota"),
        "branch": _("Cabang"),
        "sector": _("Sektor"),
        "fund": _("Sumber dana"),
        "payer": _("Pembayar"),
        "level": _("Pusat dan daerah"),
    }


def _draw_tabs(view: View, language: str) -> None:
    _ = translator(language)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="tabs"):
        tabs = {tab: name for tab, name in tab_names(language).items() if tab in view.tabs}
        _segments("tab", _("Bandingkan menurut"), tabs, view.tab)
        names = breakdown_names(language)
        if len(view.breakdowns) > 1:
            if view.scope.place == compute.NATION:
                names["place"] = _("Provinsi")
            _segments("by", _("Rincian"), {by: names[by] for by in view.breakdowns}, view.by)


def _segments(name: str, label: str, texts: dict[str, str], chosen: str) -> None:
    key = f"view-{name}"
    st.session_state[key] = chosen  # the address decides
    st.segmented_control(
        label,
        list(texts),
        format_func=lambda value: texts[value],
        key=key,
        required=True,
        on_change=_write,
        args=(name,),
        label_visibility="collapsed",
    )


def _write(name: str) -> None:
    st.query_params[name] = st.session_state[f"view-{name}"]
    if name == "tab":
        st.query_params.pop("by", None)
    tab = st.session_state["view-tab"]
    by = st.query_params.get("by") or BREAKDOWNS[tab][0]
    # A measure of the other tab would be refused with a sentence that nobody has asked for.
    sector = st.query_params.get("sector", CONSTRUCTION) if tab == WILAYAH else CONSTRUCTION
    filters = Scope("", st.query_params.get("owner"), st.query_params.get("fund"), sector)
    own = replace(filters, owner=None) if by == "owner" else replace(filters, fund=None) if by == "fund" else filters
    if st.query_params.get("measure") not in fitting_measures(own, by):
        st.query_params.pop("measure", None)


def choose_owners(owners: list[str], followed: list[str], language: str) -> None:
    """The box for the owners to follow; without a choice those that stand in it are the largest."""
    _ = translator(language)
    st.session_state["view-show"] = followed
    st.multiselect(
        _("Pemilik yang diikuti"),
        owners,
        key="view-show",
        on_change=_write_owners,
        max_selections=MOST_FOLLOWED,
        placeholder=_("Pilih pemilik proyek"),
    )


def _write_owners() -> None:
    st.query_params["show"] = SEPARATOR.join(st.session_state["view-show"])
    if not st.query_params["show"]:
        del st.query_params["show"]
