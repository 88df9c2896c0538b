"""What of the findings of data quality is on the screen: filters and page, all of them in the address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from analytics.quality import RULES, Finding
from analytics.quality.resolutions import OPEN_STANDINGS, STANDINGS, Standing
from ui import formats, quality_words, scope_bar, sentences
from ui.texts import translator

EVERY = ""
IS_OPEN, ALL_STATES = "terbuka", "semua"  # of the filter: whatever is open, and everything
FILTERS = ("aturan", "keadaan", "tempat", "pemilik", "pengirim", "bulan")  # as the address names them


@dataclass(frozen=True)
class View:
    """None: all of them. `state` is IS_OPEN, ALL_STATES or one of the states of a note, `month` as in 2025-06."""

    rule: str | None
    state: str
    place: str | None
    owner: str | None = None
    sender: str | None = None
    month: str | None = None

    def shows(self, one: Standing) -> bool:
        is_chosen = one.state in OPEN_STANDINGS if self.state == IS_OPEN else self.state in (ALL_STATES, one.state)
        asked = (self.rule, self.place, self.owner, self.sender, self.month)
        found = (one.finding.rule, one.finding.place, one.finding.owner, one.finding.sender, month_of(one.finding))
        return is_chosen and all(wanted in (None, value) for wanted, value in zip(asked, found, strict=True))


@dataclass(frozen=True)
class Offered:
    """The names of the places, owners, senders and months that findings are of, by what the address calls them."""

    places: Mapping[str, str]
    owners: Mapping[str, str]
    senders: Mapping[str, str]
    months: Mapping[str, str]


def offered(findings: Sequence[Finding], places: Mapping[str, str], language: str) -> Offered:
    """`places` are names by code. Months newest first, all else by name."""
    owners = {one.owner: sentences.category_name(one.owner, language) for one in findings if one.owner}
    used = {one.place: places[one.place] for one in findings if one.place and one.place in places}
    months = sorted({one.month for one in findings if one.month}, reverse=True)
    return Offered(
        _by_name(used),
        _by_name(owners),
        _by_name({one.sender: one.sender for one in findings if one.sender}),
        {scope_bar.month_code(month): formats.month(month, language) for month in months},
    )


def _by_name(names: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(names.items(), key=lambda pair: pair[1].casefold()))


def month_of(finding: Finding) -> str | None:
    return scope_bar.month_code(finding.month) if finding.month else None


def states() -> tuple[str, ...]:
    return (IS_OPEN, ALL_STATES, *(state for state in STANDINGS if state != IS_OPEN))


def read(params: Mapping[str, str], known: Offered, language: str) -> View:
    """What the address names; what it names wrongly is told and left out."""
    _ = translator(language)
    ignored: list[str] = []
    pick = partial(scope_bar.picked, params, ignored)
    rule = pick("aturan", RULES, None, _("Aturan mutu “{value}” pada tautan tidak dikenal; diabaikan."))
    state = pick("keadaan", states(), IS_OPEN, _("Status temuan “{value}” pada tautan tidak dikenal; diabaikan."))
    place = pick("tempat", known.places, None, _("Wilayah “{value}” pada tautan tidak dikenal; diabaikan."))
    owner = pick("pemilik", known.owners, None, _("Pemilik “{value}” pada tautan tidak punya temuan; diabaikan."))
    sender = pick("pengirim", known.senders, None, _("Pengirim “{value}” pada tautan tidak punya temuan; diabaikan."))
    month = pick("bulan", known.months, None, _("Bulan “{value}” pada tautan tidak punya temuan; diabaikan."))
    scope_bar.show_ignored(ignored)
    assert state is not None
    return View(rule, state, place, owner, sender, month)


def show_filters(view: View, every: Sequence[Standing], places: Mapping[str, str], language: str) -> None:
    """Rules with how many there are of each, states, and what the findings of the rule differ in."""
    _ = translator(language)
    rules = {EVERY: _("Semua aturan")} | {code: quality_words.rule_name(code, language) for code in RULES}
    names = {IS_OPEN: _("Yang terbuka"), ALL_STATES: _("Semua")}
    named = {state: names.get(state) or quality_words.state_name(state, language) for state in states()}
    of_rule = offered([one.finding for one in every if view.rule in (None, one.finding.rule)], places, language)
    with st.container(horizontal=True, vertical_alignment="bottom", key="quality-filters"):
        _box(_("Aturan"), "aturan", _counted(rules, every, "rule", language), view.rule or EVERY, 320)
        _box(_("Status"), "keadaan", named, view.state, 220)
        _narrowing(_("Wilayah"), "tempat", _("Semua wilayah"), of_rule.places, view.place)
        _narrowing(_("Pemilik"), "pemilik", _("Semua pemilik"), of_rule.owners, view.owner)
        _narrowing(_("Pengirim"), "pengirim", _("Semua pengirim"), of_rule.senders, view.sender)
        _narrowing(_("Bulan"), "bulan", _("Semua bulan"), of_rule.months, view.month)


def _counted(names: Mapping[str, str], every: Sequence[Standing], field: str, language: str) -> dict[str, str]:
    found = [getattr(one.finding, field) for one in every]
    return {
        code: f"{name} ({formats.number(found.count(code) if code else len(found), language)})"
        for code, name in names.items()
    }


def _narrowing(label: str, name: str, every: str, names: Mapping[str, str], chosen: str | None) -> None:
    """No box where there is nothing to choose; what is chosen can always be let go, though the rule has none of it."""
    if chosen is not None and chosen not in names:
        names = {**names, chosen: chosen}
    if len(names) > 1 or chosen is not None:
        _box(label, name, {EVERY: every} | dict(names), chosen or EVERY, 260 if name != "bulan" else 190)


def _box(label: str, name: str, names: Mapping[str, str], chosen: str, width: int) -> None:
    key = f"quality-{name}"
    st.session_state[key] = chosen  # the address decides
    st.selectbox(
        label, list(names), format_func=names.__getitem__, key=key, on_change=_write, args=(name,), width=width
    )


def _write(name: str) -> None:
    value = st.session_state[f"quality-{name}"]
    st.query_params.pop("hal", None)
    if value and not (name == "keadaan" and value == IS_OPEN):
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)
