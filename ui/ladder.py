"""The ladder of protection: how many projects each step loses, and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Literal

import streamlit as st

from analytics.ladder import RUNGS, Rung, RungCode
from ui import cached, cards, definitions, formats, project_view, scope_bar, sentences, tables
from ui.cached import ServedEdition
from ui.scope_bar import Selection
from ui.texts import translator

Breakdown = Literal["owner", "fund"]
BREAKDOWNS: tuple[Breakdown, ...] = ("owner", "fund")
FIRST = next(iter(RUNGS))


@dataclass(frozen=True)
class GroupLadder:
    """All rungs of one owner or fund, by code."""

    group: str
    label: str
    rungs: dict[str, Rung]

    @property
    def lost(self) -> int:
        return sum(rung.lost for rung in self.rungs.values())

    @property
    def largest_loss(self) -> Rung:
        return max(self.rungs.values(), key=lambda rung: rung.lost)


def by_group(rungs: Sequence[Rung]) -> list[GroupLadder]:
    """Who loses most first."""
    groups: dict[str, GroupLadder] = {}
    for rung in rungs:
        groups.setdefault(rung.group, GroupLadder(rung.group, rung.label, {})).rungs[rung.rung] = rung
    return sorted(groups.values(), key=lambda one: (-one.lost, one.label))


def rung_name(code: RungCode, language: str) -> str:
    return RUNGS[code].in_language(language)


def show(edition: ServedEdition, selection: Selection, language: str) -> None:
    """The ladder of the scope, then the same by owner or fund."""
    rungs = cached.ladder(edition.key, selection.month, selection.scope)
    if not rungs or not rungs[0].projects:
        cards.show_notice(why_none(language))
        return
    told = title(rungs, selection, language)
    cards.show_title(told, subtitle(selection, language))
    st.html(_key(language) + ladder_html(rungs, told, language))
    definitions.show_popover("project_registration", language, selection)
    stamp = scope_bar.stamp(edition, selection, language)
    tables.show_table(rung_columns(language), rungs, "tangga", told, stamp, language)
    _show_groups(edition, selection, stamp, language)


def why_none(language: str) -> str:
    _ = translator(language)
    return _("Tidak ada proyek berjalan dalam pilihan ini pada bulan itu, jadi tidak ada tangganya.")


def title(rungs: Sequence[Rung], selection: Selection, language: str) -> str:
    """Names the step that loses most."""
    _ = translator(language)
    most = max(rungs, key=lambda rung: rung.lost)
    where, number = selection.where(language), partial(formats.number, language=language)
    told = [
        _.plural("{where}: dari {all} proyek wajib, {left} terlindungi penuh", rungs[0].projects).format(
            where=where, all=number(rungs[0].projects), left=number(rungs[-1].projects)
        )
    ]
    if unknown := sum(rung.unknown for rung in rungs):
        told.append(_("{count} belum dapat dinilai").format(count=number(unknown)))
    if most.lost:
        text = _("terbanyak hilang pada “{rung}” ({lost})")
        told.append(text.format(rung=rung_name(most.rung, language), lost=number(most.lost)))
    return "; ".join(told)


def subtitle(selection: Selection, language: str) -> str:
    _ = translator(language)
    return _(
        "Proyek berjalan pada {day}. Tiap anak tangga menyisakan proyek yang memenuhi syarat itu dan semua sebelumnya."
    ).format(day=formats.day(selection.month, language))


def _key(language: str) -> str:
    _ = translator(language)
    marks = {
        "kept": _("memenuhi"),
        "lost": _("hilang pada anak tangga ini"),
        "waiting": _("belum jatuh tempo"),
        "unknown": _("belum dapat dinilai"),
    }
    told = "".join(f'<span><i class="{css}"></i>{escape(text)}</span>' for css, text in marks.items())
    return f'<p class="ck-key ck-ladder-key" aria-hidden="true">{told}</p>'


def ladder_html(rungs: Sequence[Rung], label: str, language: str) -> str:
    """One row a rung, all bars to the scale of the first."""
    rows = "".join(_row(rung, rungs[0].projects, language) for rung in rungs)
    return f'<div class="ck-ladder"><ul aria-label="{escape(label)}">{rows}</ul></div>'


def _row(rung: Rung, whole: int, language: str) -> str:
    parts = {"kept": rung.projects, "lost": rung.lost, "unknown": rung.unknown}
    if rung.rung != FIRST:  # those that no rule binds stand beside the ladder
        parts["waiting"] = rung.not_due
    bars = "".join(
        f'<i class="{css}" style="width:{100 * count / whole:.2f}%"></i>' for css, count in parts.items() if count
    )
    return (
        f'<li><span>{escape(rung_name(rung.rung, language))}</span><div class="track" aria-hidden="true">{bars}</div>'
        f"<b>{formats.number(rung.projects, language)}</b><em>{escape(losses(rung, language))}</em></li>"
    )


def losses(rung: Rung, language: str) -> str:
    """'−132 · 40 belum dapat dinilai'; nothing for a step that loses nobody."""
    _ = translator(language)
    number = partial(formats.number, language=language)
    told = [formats.MINUS + number(rung.lost)] if rung.lost else []
    if rung.not_due:
        text = _("{count} lain tidak terikat aturan") if rung.rung == FIRST else _("{count} belum jatuh tempo")
        told.append(text.format(count=number(rung.not_due)))
    told += [_("{count} belum dapat dinilai").format(count=number(rung.unknown))] if rung.unknown else []
    return " · ".join(told)


def rung_columns(language: str) -> list[tables.Column]:
    _ = translator(language)

    def name(rung: Rung) -> str:
        return rung_name(rung.rung, language)

    def count(header: str, field: str) -> tables.Column:
        return tables.Column(
            header, lambda rung: formats.number(getattr(rung, field), language), lambda rung: getattr(rung, field)
        )

    return [
        tables.Column(_("Anak tangga"), name, name, numeric=False),
        count(_("Proyek"), "projects"),
        count(_("Hilang"), "lost"),
        count(_("Belum jatuh tempo"), "not_due"),
        count(_("Belum dapat dinilai"), "unknown"),
    ]


def _show_groups(edition: ServedEdition, selection: Selection, stamp: tables.Stamp, language: str) -> None:
    _ = translator(language)
    fitting = fitting_breakdowns(selection)
    if not fitting:
        return
    by = _choose_breakdown(fitting, language)
    groups = by_group(cached.ladder(edition.key, selection.month, selection.scope, by))
    label = groups_label(by, language)
    told = groups[0] if groups else None
    cards.show_title(
        groups_title(told, language) if told else label,
        _("Dalam kurung: {minus} hilang, ◷ belum jatuh tempo, ○ belum dapat dinilai.").format(minus=formats.MINUS),
    )
    columns = group_columns(by, language)
    tables.show_table(columns, groups, f"tangga-{by}", label, stamp, language, heading=label, expanded=True)


def fitting_breakdowns(selection: Selection) -> list[Breakdown]:
    """By what the scope can be split: not by what it is narrowed to."""
    return [by for by in BREAKDOWNS if getattr(selection.scope, by) is None]


def groups_label(by: Breakdown, language: str) -> str:
    _ = translator(language)
    return {"owner": _("Tangga per pemilik proyek"), "fund": _("Tangga per sumber dana")}[by]


def _choose_breakdown(fitting: Sequence[Breakdown], language: str) -> Breakdown:
    _ = translator(language)
    ignored: list[str] = []
    refused = _("Rincian “{value}” pada tautan tidak dapat dipakai di sini; diabaikan.")
    chosen = scope_bar.picked(st.query_params, ignored, "by", fitting, None, refused)
    by: Breakdown = "fund" if chosen == "fund" else fitting[0]
    scope_bar.show_ignored(ignored)
    names = {"owner": _("Pemilik Proyek"), "fund": _("Sumber Dana")}
    if len(fitting) > 1:
        st.session_state["ladder-by"] = by
        st.segmented_control(
            _("Rincian"),
            list(fitting),
            format_func=names.__getitem__,
            key="ladder-by",
            required=True,
            on_change=_write_breakdown,
            label_visibility="collapsed",
        )
    return by


def _write_breakdown() -> None:
    st.query_params["by"] = st.session_state["ladder-by"]


def groups_title(most: GroupLadder, language: str) -> str:
    _ = translator(language)
    rung = most.largest_loss
    if not rung.lost:
        return _("Tidak ada kelompok yang kehilangan proyek pada anak tangga mana pun")
    return _("{label} kehilangan terbanyak: {all} proyek, di antaranya {lost} pada “{rung}”").format(
        label=sentences.category_name(most.label, language),
        all=formats.number(most.lost, language),
        lost=formats.number(rung.lost, language),
        rung=rung_name(rung.rung, language),
    )


def group_columns(by: str, language: str) -> list[tables.Column]:
    """What is left on each rung, with what it lost; files have every count in a column of its own."""
    _ = translator(language)
    heading = {"owner": _("Pemilik proyek"), "fund": _("Sumber dana")}[by]

    def name(group: GroupLadder) -> str:
        return sentences.category_name(group.label, language)

    def address(group: GroupLadder) -> str:
        return project_view.address(**{by: group.group})

    columns = [tables.Column(heading, name, name, numeric=False, link=address)]
    for code in RUNGS:
        columns += _columns_of(code, language)
    return columns


def _columns_of(code: RungCode, language: str) -> list[tables.Column]:
    _ = translator(language)
    rung = rung_name(code, language)

    def left(group: GroupLadder) -> str:
        one = group.rungs[code]
        counts = {formats.MINUS: one.lost, "◷": 0 if code == FIRST else one.not_due, "○": one.unknown}
        told = " ".join(f"{mark}{formats.number(count, language)}" for mark, count in counts.items() if count)
        return formats.number(one.projects, language) + (f" ({told})" if told else "")

    def raw(group: GroupLadder, field: str) -> int:
        return getattr(group.rungs[code], field)

    more = {"lost": _("hilang"), "not_due": _("belum jatuh tempo"), "unknown": _("belum dapat dinilai")}
    hidden = [
        tables.Column(f"{rung}: {text}", str, partial(raw, field=field), only_in_file=True)
        for field, text in more.items()
        if code != FIRST
    ]
    return [tables.Column(rung, left, partial(raw, field="projects")), *hidden]
