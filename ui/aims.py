"""What Capaian Target shows: the targets of the scope's place, what is to be expected of each, and the one followed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import streamlit as st

from analytics.attainment import TargetRow
from analytics.compute import Scope
from analytics.indicators import INDICATORS, YEAR_TO_DATE, label_in
from analytics.outlook import Outlook, outlook
from analytics.projection import Projection, TooFew
from analytics.row import Amount
from ui import cached, formats, rankings, scope_bar
from ui.cached import ServedEdition
from ui.scope_bar import Selection
from ui.texts import translator

SEPARATOR = "|"
# Which target is followed first: people before projects, projects before money.
FIRST_FOLLOWED = (
    "population_coverage", "active_members", "placement_coverage", "workers_registered_ytd", "project_registration",
    "projects_registered_ytd",
)  # fmt: skip


@dataclass(frozen=True)
class Aim:
    """A comparable target: `number` among target_rows of the place, `code` in the address."""

    number: int
    code: str
    row: TargetRow
    projected: Projection | TooFew
    outlook: Outlook

    @property
    def measure(self) -> str:
        assert self.row.measure is not None, self.row
        return self.row.measure

    @property
    def unit(self) -> str:
        return INDICATORS[self.measure].unit

    @property
    def is_sum_of_year(self) -> bool:
        return INDICATORS[self.measure].counting == YEAR_TO_DATE

    @property
    def is_due(self) -> bool:
        return self.row.rating is not None

    def label(self, language: str, sector: str) -> str:
        return label_in(INDICATORS[self.measure], sector).in_language(language)


@dataclass(frozen=True)
class Aims:
    """All targets of the place and the year of the month. `followed` is one of `aims`, None without any."""

    scope: Scope
    aims: list[Aim]
    followed: Aim | None
    apart: list[TargetRow]
    superseded: list[TargetRow]
    ignored: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.aims and not self.apart


STYLES = "<style>" + (Path(__file__).parent / "aims.css").read_text("utf-8") + "</style>"


def show_styles() -> None:
    """What only this page has."""
    st.html(STYLES)


def choose_scope(edition: ServedEdition, language: str) -> Selection:
    """Draw the bar and return what is chosen; targets are for a year, so no month is compared with."""
    params = {name: value for name, value in st.query_params.to_dict().items() if name not in ("compare", "vintage")}
    selection = scope_bar.read(params, edition, language)
    scope_bar.draw(scope_bar.scope_choices(edition, selection, language))
    scope_bar.show_ignored(selection.ignored)
    return selection


def of_place(scope: Scope) -> Scope:
    """Targets belong to places and branches, whatever owner and fund a scope names."""
    return Scope(scope.place, sector=scope.sector)


def read(edition: ServedEdition, selection: Selection, params: Mapping[str, str], language: str) -> Aims:
    """The targets, and the one that the address names; an unknown name is ignored with a sentence."""
    _ = translator(language)
    scope = of_place(selection.scope)
    # Targets are of all owners together, which a reader of some must not be told of.
    only_owners = cached.sees_only_owners(edition.key)
    rows = [] if only_owners else cached.target_rows(edition.key, selection.month, scope)
    found: dict[str, Aim] = {}
    for number, row in enumerate(rows):
        if row.row is not None:
            aim = _aim(edition, selection.month, scope, number, row, found)
            found[aim.code] = aim
    ignored: list[str] = []
    refused = _("Target “{value}” pada tautan tidak ada untuk wilayah dan tahun ini; diabaikan.")
    followed = scope_bar.picked(params, ignored, "target", found, _first(list(found.values())), refused)
    return Aims(
        scope,
        list(found.values()),
        found[followed] if followed else None,
        [row for row in rows if row.obstacle and not row.is_superseded],
        [row for row in rows if row.is_superseded],
        tuple(ignored),
    )


def _aim(
    edition: ServedEdition, month: date, scope: Scope, number: int, row: TargetRow, known: Mapping[str, Aim]
) -> Aim:
    assert row.measure is not None, row
    projected = cached.projection(edition.key, month, scope, row.measure)
    code = SEPARATOR.join([row.measure, row.target.issuer])
    if code in known:  # the same issuer, of another segment
        code = SEPARATOR.join([code, row.target.segment, row.target.sector or ""])
    return Aim(number, code, row, projected, outlook(row, projected))


def _first(aims: Sequence[Aim]) -> str | None:
    ranks = {measure: rank for rank, measure in enumerate(FIRST_FOLLOWED)}
    ordered = sorted(aims, key=lambda aim: (ranks.get(aim.measure, len(ranks)), aim.number))
    return ordered[0].code if ordered else None


def name_of(aim: Aim, aims: Aims, language: str) -> str:
    """The measure; with its issuer where several state a target for it."""
    label = aim.label(language, aims.scope.sector)
    alike = [other for other in aims.aims if other.measure == aim.measure]
    return f"{label} · {aim.row.target.issuer}" if len(alike) > 1 else label


def choose(aims: Aims, language: str) -> None:
    """The box for the target that the rest of the page follows; nothing where there is one."""
    _ = translator(language)
    if len(aims.aims) < 2 or aims.followed is None:
        return
    names = {aim.code: rankings.plain(name_of(aim, aims, language)) for aim in aims.aims}
    st.session_state["aim-followed"] = aims.followed.code  # the address decides
    with st.container(key="aim-choice"):
        st.segmented_control(
            _("Target yang ditelusuri"),
            list(names),
            format_func=lambda code: names[code],
            key="aim-followed",
            required=True,
            on_change=_write,
        )


def _write() -> None:
    st.query_params["target"] = st.session_state["aim-followed"]


def amount(value: Amount | Decimal | None, unit: str, language: str) -> str:
    """46,3 %, 981 proyek, 35.326 orang, Rp8,1 M."""
    _ = translator(language)
    if value is None:
        return formats.UNKNOWN
    text = formats.in_unit(value, unit, language, short=unit == "rupiah")
    if unit not in ("persons", "projects"):
        return text
    return _counted(unit, int(value), language).format(count=text)


def goal(row: TargetRow, language: str) -> str:
    """The target as its issuer states it."""
    _ = translator(language)
    value = formats.stated(row.target.target, language)
    if row.unit == "percent":
        return value + (" %" if language == "id" else "%")
    if row.unit == "rupiah":
        return formats.stated_rupiah(row.target.target, language)
    # A unit that is none of ours is its issuer's own text, and may hold braces.
    if row.unit not in ("persons", "projects"):
        return f"{value} {row.target.unit_of_measure}"
    return _counted(row.unit, int(row.target.target), language).format(count=value)


def _counted(unit: str, count: int, language: str) -> str:
    _ = translator(language)
    return _.plural("{count} orang", count) if unit == "persons" else _.plural("{count} proyek", count)
