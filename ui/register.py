"""The register of all projects: search first, then filters, order and pages. Only the rows on the screen are read."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from analytics.compute import Scope
from analytics.register import RegisterRow, register
from ui import (
    cached,
    cards,
    formats,
    frame,
    paging,
    project_columns,
    project_stamp,
    project_view,
    results,
    search_box,
    tables,
)
from ui.cached import ServedEdition
from ui.project_view import RegisterView
from ui.scope_bar import Selection
from ui.texts import translator

# So many rows of a file are read at a time: a hundred thousand at once would take memory from every other reader.
READ_TOGETHER = 10_000


class Found(Sequence[RegisterRow]):
    """All projects that match, as many as were counted, and read only when a file is made."""

    def __init__(self, edition: ServedEdition, asked: dict[str, Any], total: int) -> None:
        self.edition, self.asked, self.total = edition, asked, total

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, index: Any) -> Any:
        start, stop, step = index.indices(self.total)
        assert step == 1, index
        asked: dict[str, Any] = {**self.asked, "overlaid": dict(self.asked["overlaid"])}
        found = register(cached.opened(self.edition.key), **asked, offset=start, limit=stop - start)
        return found.rows

    def __iter__(self) -> Iterator[RegisterRow]:
        for start in range(0, self.total, READ_TOGETHER):
            yield from self[start : start + READ_TOGETHER]


def question(scope: Scope, view: RegisterView, overlaid: Mapping[str, str]) -> dict[str, Any]:
    """What the register is asked, whichever page of it."""
    column, descending = project_view.ORDERS[view.order]
    return {
        "scope": scope,
        "search": view.search,
        "results": view.results,
        "running_only": view.running_only,
        "sort": column,
        "descending": descending,
        "overlaid": tuple(sorted(overlaid.items())),
    }


def show_search(view: RegisterView, language: str) -> None:
    """The one box: first thing on the screen of who has a payment request in his hand."""
    _ = translator(language)
    asked = _("Kode proyek, nama, nomor SPK, penyedia, atau pemilik")
    search_box.draw(view.search, _("Cari proyek"), asked, key="register-search")
    search_box.show_refusal(language, key="register-search")


def show_filters(
    edition: ServedEdition, selection: Selection, view: RegisterView, overlaid: Mapping[str, str], language: str
) -> None:
    """Results with their counts in the scope, running ones only, order."""
    _ = translator(language)
    counts = cached.counts_by_result(edition.key, selection.scope, tuple(sorted(overlaid.items())))
    shown = [code for code in results.SHAPES if counts.get(code) or code in view.results]
    st.session_state["register-results"] = [code for code in shown if code in view.results]
    with st.container(horizontal=True, vertical_alignment="bottom", key="register-filters"):
        st.pills(
            _("Hasil"),
            shown,
            selection_mode="multi",
            format_func=lambda code: (
                f"{results.marked(code, language)} {formats.number(counts.get(code, 0), language)}"
            ),
            key="register-results",
            on_change=_write_results,
            wrap=True,
        )
        st.session_state["register-running"] = view.running_only
        st.checkbox(_("Hanya yang berjalan"), key="register-running", on_change=_write_running)
        _show_order(view, language)


def _write_results() -> None:
    search_box.write("hasil", project_view.SEPARATOR.join(st.session_state["register-results"]))


def _write_running() -> None:
    search_box.write("berjalan", "1" if st.session_state["register-running"] else "")


def _show_order(view: RegisterView, language: str) -> None:
    _ = translator(language)
    names = order_names(language)
    st.session_state["register-order"] = view.order
    st.selectbox(
        _("Urutkan"),
        list(names),
        format_func=names.__getitem__,
        key="register-order",
        on_change=_write_order,
        width=260,
    )


def order_names(language: str) -> dict[str, str]:
    _ = translator(language)
    return {
        "kode": _("kode proyek"),
        "spk": _("SPK terbaru"),
        "batas": _("batas daftar terdekat"),
        "nilai": _("nilai kontrak terbesar"),
        "pekerja": _("tenaga kerja terbanyak"),
        "tanpa-perlindungan": _("hari tanpa perlindungan terbanyak"),
        "pemilik": _("pemilik proyek"),
    }


def _write_order() -> None:
    order = st.session_state["register-order"]
    search_box.write("urut", "" if order == project_view.FIRST_ORDER else order)


def show(
    edition: ServedEdition, selection: Selection, view: RegisterView, overlaid: Mapping[str, str], language: str
) -> None:
    """The page of the table that the address asks for, its paging and its files."""
    _ = translator(language)
    asked = question(selection.scope, view, overlaid)
    read = partial(cached.register_page, edition.key, **asked, limit=paging.ON_A_PAGE)
    found = read(offset=(view.page - 1) * paging.ON_A_PAGE)
    page = paging.clipped(view.page, found.total)
    if page.number != view.page:  # beyond the last: the last
        found = read(offset=page.first)
    if not found.total:
        _show_nothing(selection, view, language)
        return
    label = title(found.total, selection, view, language)
    cards.show_title(label, subtitle(edition, language))
    columns = project_columns.register_columns(language)
    with st.container(key="register"):
        st.html(tables.html_table(columns, found.rows, label))
    paging.show(page, language)
    stamp = _stamp(edition, selection, view, language)
    tables.show_files(columns, Found(edition, asked, found.total), "proyek", _("Daftar proyek"), stamp, language)


def title(total: int, selection: Selection, view: RegisterView, language: str) -> str:
    _ = translator(language)
    count = formats.number(total, language)
    if view.search:
        text = _.plural("{count} proyek cocok dengan “{search}”, {where}", total)
        return text.format(count=count, search=view.search, where=selection.where(language))
    return _.plural("{count} proyek, {where}", total).format(count=count, where=selection.where(language))


def subtitle(edition: ServedEdition, language: str) -> str:
    _ = translator(language)
    return _("Dinilai pada posisi {day}. Pilih proyek untuk melihat syarat, bukti, dan pencairannya.").format(
        day=formats.day(project_stamp.as_of(edition), language)
    )


def _show_nothing(selection: Selection, view: RegisterView, language: str) -> None:
    """Names what was asked, and the way out of it."""
    _ = translator(language)
    told = [_("Tidak ada proyek yang cocok, {where}.").format(where=selection.where(language))]
    if view.search:
        told.append(_("Pencarian: “{search}”.").format(search=view.search))
    if view.results:
        names = ", ".join(results.name(code, language) for code in view.results)
        told.append(_("Hasil: {names}.").format(names=names))
    if view.running_only:
        told.append(_("Hanya proyek yang berjalan."))
    cards.show_notice(" ".join(told))
    way = frame.url_with(**dict.fromkeys(("q", "hasil", "berjalan", "hal", "owner", "fund")))
    st.page_link(st.session_state["page"], label=_("Hapus pencarian dan saringan"), query_params=way)


def _stamp(edition: ServedEdition, selection: Selection, view: RegisterView, language: str) -> tables.Stamp:
    """With the filters: a list of some projects must not pass for all of them."""
    _ = translator(language)
    asked = {
        _("Saringan: pencarian"): view.search or None,
        _("Saringan: hasil"): ", ".join(view.results) or None,
        _("Saringan: hanya yang berjalan"): _("ya") if view.running_only else None,
    }
    facts = {"results": list(view.results), "running_only": view.running_only, "is_searched": bool(view.search)}
    return project_stamp.of(edition, selection, language, more={k: v for k, v in asked.items() if v}, facts=facts)
