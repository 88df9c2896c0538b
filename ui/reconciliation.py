"""Rekonsiliasi: procurement, registrations and payments against each other, line by line, with the probable cause."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from analytics import reconciliation
from analytics.causes import CAUSES, DIFFERENCES
from analytics.reconciliation import CauseCount, Line, Lines, ReconciledProject
from analytics.row import Scope
from data.access import Reader
from data.cases import clean, could_be_nik
from ui import (
    cached,
    cards,
    empty_states,
    formats,
    frame,
    paging,
    project_columns,
    project_stamp,
    project_view,
    scope_bar,
    search_box,
    sentences,
    tables,
)
from ui import reconciliation_words as words
from ui.cached import EditionKey, ServedEdition
from ui.scope_bar import Selection
from ui.texts import translator

STYLES = f"<style>{(Path(__file__).parent / 'reconciliation.css').read_text('utf-8')}</style>"
ALL = ""
# So many lines of a file are read at a time, as of the register.
READ_TOGETHER = 10_000


@dataclass(frozen=True)
class View:
    """What of the lines is asked for; `cause` empty: all that differ. `page` counts from 1."""

    cause: str = ALL
    search: str = ""
    page: int = 1

    @property
    def causes(self) -> tuple[str, ...]:
        return (self.cause,) if self.cause else DIFFERENCES


class Found(Sequence[Line]):
    """All lines that match, as many as were counted, and read only when a file is made."""

    def __init__(self, key: EditionKey, scope: Scope, view: View, total: int) -> None:
        self.key, self.scope, self.view, self.total = key, scope, view, total

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, index: Any) -> Any:
        start, stop, step = index.indices(self.total)
        assert step == 1, index
        asked = {"causes": self.view.causes, "search": self.view.search}
        edition = cached.opened(self.key)
        return reconciliation.lines(edition, self.scope, **asked, offset=start, limit=stop - start).rows

    def __iter__(self) -> Iterator[Line]:
        for start in range(0, self.total, READ_TOGETHER):
            yield from self[start : start + READ_TOGETHER]


@cached.remembered
def summary(key: EditionKey, scope: Scope) -> list[CauseCount]:
    """reconciliation.summary of this edition."""
    return reconciliation.summary(cached.opened(key), scope)


@cached.remembered_wide
def lines_of(key: EditionKey, scope: Scope, causes: tuple[str, ...], search: str, offset: int) -> Lines:
    """One page of reconciliation.lines of this edition."""
    edition, limit = cached.opened(key), paging.ON_A_PAGE
    return reconciliation.lines(edition, scope, causes=causes, search=search, limit=limit, offset=offset)


def show(edition: ServedEdition | None, _reader: Reader, language: str) -> None:
    """Scope, what differs by cause, and the lines of the cause that the address names."""
    if edition is None or not cached.months(edition.key):
        empty_states.show_no_edition(language)
    elif not reconciliation.has_reconciliation(cached.opened(edition.key)):
        empty_states.show_older_edition(language)
    else:
        _show(edition, language)


def _show(edition: ServedEdition, language: str) -> None:
    st.html(STYLES)
    selection = project_view.choose_scope(edition, language)
    view = read_view(st.query_params, language)
    counts = summary(edition.key, selection.scope)
    cards.show_title(title(counts, selection, language), subtitle(edition, language))
    if not counts:
        return
    stamp = project_stamp.of(edition, selection, language)
    _show_summary(counts, stamp, language)
    _show_filters(counts, view, language)
    _show_lines(edition, selection, view, language)


def read_view(params: Mapping[str, str], language: str) -> View:
    """What an address asks for; what means nothing is ignored with a sentence."""
    _ = translator(language)
    ignored: list[str] = []
    refused = _("Sebab “{value}” pada tautan tidak dikenal; diabaikan.")
    cause = scope_bar.picked(params, ignored, "sebab", CAUSES, None, refused)
    search = clean(params.get("q", ""), paragraph=False)[: project_view.LONGEST_SEARCH]
    if could_be_nik(search):
        search = ""
        ignored.append(project_view.no_persons(language))
    scope_bar.show_ignored(ignored)
    return View(cause or ALL, search, paging.number_in(params) or 1)


def title(counts: Sequence[CauseCount], selection: Selection, language: str) -> str:
    """'Sumatera Selatan: 4.822 baris tidak cocok, terbanyak: jumlah tenaga kerja berbeda'."""
    _ = translator(language)
    where = selection.where(language)
    differing = [count for count in counts if count.cause in DIFFERENCES]
    if not counts:
        return _("{where}: belum ada proyek, pendaftaran, atau pembayaran untuk dicocokkan").format(where=where)
    if not differing:
        return _("{where}: tidak ada yang berbeda sejauh datanya ada").format(where=where)
    most = max(differing, key=lambda count: count.lines)
    lines = sum(count.lines for count in differing)
    text = _.plural("{where}: {count} baris tidak cocok, terbanyak: {cause}", lines)
    return text.format(
        where=where, count=formats.number(lines, language), cause=words.name(most.cause, language).lower()
    )


def subtitle(edition: ServedEdition, language: str) -> str:
    _ = translator(language)
    return _(
        "Proyek, pendaftaran, dan pembayaran yang saling dicocokkan pada posisi {day}. Setiap baris dihitung sekali, "
        "pada sebab yang paling mungkin; yang memutuskan tetap petugasnya."
    ).format(day=formats.day(project_stamp.as_of(edition), language))


def _show_summary(counts: Sequence[CauseCount], stamp: tables.Stamp, language: str) -> None:
    _ = translator(language)
    label = _("Hasil pencocokan menurut sebab")
    columns = summary_columns(language)
    with st.container(key="reconciliation-causes"):
        st.html(tables.html_table(columns, counts, label, stacked=True))
    tables.show_files(columns, counts, "rekonsiliasi-sebab", label, stamp, language)


def summary_columns(language: str) -> list[tables.Column]:
    """One row is one probable cause."""
    _ = translator(language)

    def link(row: CauseCount) -> str:
        return project_view.address(sebab=row.cause, hal=None)

    text = project_columns.text_column
    return [
        tables.Column(
            _("Sebab"), lambda row: words.marked(row.cause, language), lambda row: words.name(row.cause, language),
            numeric=False, link=link,
        ),
        replace(project_columns.number_column(_("Jumlah baris"), "lines", language), on_phone="inline"),
        replace(project_columns.number_column(_("Iuran kurang, Rp"), "lacking_rp", language), on_phone="hidden"),
        text(_("Artinya"), lambda row: CAUSES[row.cause].explanation.in_language(language), on_phone="aside"),
        text(_("Tindak lanjut"), lambda row: CAUSES[row.cause].remedy.in_language(language), only_in_file=True),
        text(_("Kode sebab"), attrgetter("cause"), only_in_file=True),
    ]  # fmt: skip


def _show_filters(counts: Sequence[CauseCount], view: View, language: str) -> None:
    _ = translator(language)
    lines = {count.cause: count.lines for count in counts}
    differing = sum(count for cause, count in lines.items() if cause in DIFFERENCES)
    offered = [ALL, *(cause for cause in CAUSES if cause in lines or cause == view.cause)]

    def told(cause: str) -> str:
        name = words.marked(cause, language) if cause else _("Semua yang tidak cocok")
        return f"{name} ({formats.number(lines.get(cause, 0) if cause else differing, language)})"

    st.session_state["reconciliation-cause"] = view.cause
    with st.container(horizontal=True, vertical_alignment="bottom", key="reconciliation-filters"):
        st.selectbox(_("Sebab"), offered, format_func=told, key="reconciliation-cause", on_change=_write_cause)
        asked = _("Kode, nomor SPK, nama, penyedia, pemilik, atau berkas")
        search_box.draw(view.search, _("Cari baris"), asked, key="reconciliation-search")
    search_box.show_refusal(language, key="reconciliation-search")


def _write_cause() -> None:
    search_box.write("sebab", st.session_state["reconciliation-cause"])


def _show_lines(edition: ServedEdition, selection: Selection, view: View, language: str) -> None:
    """The page of the table that the address asks for, its paging and its files."""
    _ = translator(language)
    read = partial(lines_of, edition.key, selection.scope, view.causes, view.search)
    found = read((view.page - 1) * paging.ON_A_PAGE)
    page = paging.clipped(view.page, found.total)
    if page.number != view.page:  # beyond the last: the last
        found = read(page.first)
    if not found.total:
        _show_nothing(language)
        return
    label = _.plural("{count} baris: {cause}", found.total).format(
        count=formats.number(found.total, language),
        cause=words.name(view.cause, language) if view.cause else _("semua yang tidak cocok"),
    )
    cards.show_title(label, CAUSES[view.cause].remedy.in_language(language) if view.cause else "")
    columns = line_columns(language)
    with st.container(key="reconciliation"):
        st.html(tables.html_table(columns, found.rows, label, stacked=True))
    paging.show(page, language)
    files = Found(edition.key, selection.scope, view, found.total)
    tables.show_files(
        columns, files, "rekonsiliasi", _("Rekonsiliasi"), _stamp(edition, selection, view, language), language
    )


def _show_nothing(language: str) -> None:
    _ = translator(language)
    cards.show_notice(_("Tidak ada baris yang cocok dengan pencarian dan sebab ini."))
    way = frame.url_with(q=None, sebab=None, hal=None)
    st.page_link(st.session_state["page"], label=_("Hapus pencarian dan saringan"), query_params=way)


def _stamp(edition: ServedEdition, selection: Selection, view: View, language: str) -> tables.Stamp:
    _ = translator(language)
    asked = {
        _("Saringan: pencarian"): view.search or None,
        _("Saringan: sebab"): words.name(view.cause, language) if view.cause else None,
    }
    facts = {"cause": view.cause or None, "is_searched": bool(view.search)}
    more = {header: value for header, value in asked.items() if value}
    return project_stamp.of(edition, selection, language, more=more, facts=facts)


def dossier_address(code: str) -> str:
    """Where everything known of one project is; the scope goes along, and so does the way back here."""
    return "proyek?" + urlencode(frame.url_with(proyek=code, bayar=None, dari=project_view.FROM_DATA))


def _project_of(line: Line) -> str | None:
    """The project of a line; of a row without one the first that it may mean."""
    if isinstance(line, ReconciledProject):
        return line.kode_proyek
    return line.candidates[0].kode_proyek if line.candidates else None


def line_columns(language: str) -> list[tables.Column]:
    """One row is one line: a project, or a row of a file that belongs to none."""
    _ = translator(language)

    def link(line: Line) -> str | None:
        code = _project_of(line)
        return dossier_address(code) if code else None

    def amount(header: str, field: str) -> tables.Column:
        return tables.Column(header, lambda _line: "", lambda line: getattr(line, field, None), only_in_file=True)

    def perhaps(line: Line) -> str | None:
        return ", ".join(one.kode_proyek for one in getattr(line, "candidates", ())) or None

    def fact(header: str, read: Any) -> tables.Column:
        return tables.Column(header, lambda _line: "", read, numeric=False, only_in_file=True)

    return [
        tables.Column(
            _("Sebab"), lambda line: words.marked(line.cause, language), lambda line: words.name(line.cause, language),
            numeric=False, on_phone="title",
        ),
        tables.Column(
            _("Proyek atau baris"), lambda line: _shortened(words.subject(line, language)),
            lambda line: words.subject(line, language), numeric=False, link=link,
        ),
        project_columns.text_column(_("Yang berbeda"), lambda line: words.explained(line, language)),
        project_columns.text_column(_("Pemilik proyek"), lambda line: _owner(line, language), on_phone="labelled"),
        fact(_("Berkas"), _place_in_file),
        fact(_("Kode sebab"), lambda line: ", ".join(getattr(line, "causes", ())) or line.cause),
        fact(_("Kode proyek"), attrgetter("kode_proyek")),
        fact(_("Mungkin proyek"), perhaps),
        fact(_("Nomor SPK"), attrgetter("no_spk")),
        fact(_("Kode wilayah"), attrgetter("place")),
        fact(_("Sumber dana"), lambda line: getattr(line, "fund", None)),
        amount(_("Nilai kontrak, Rp"), "nilai_kontrak"),
        amount(_("Iuran dibayar, Rp"), "contribution_rp"),
        amount(_("Iuran menurut tarif, Rp"), "owed_rp"),
        amount(_("Iuran menurut tarif paling banyak, Rp"), "owed_most_rp"),
        fact(_("Terdaftar pertama"), lambda line: getattr(line, "registered_on", None)),
        fact(_("Dibayar pertama"), lambda line: getattr(line, "first_paid_on", None)),
        amount(_("Kontrak dibayar, Rp"), "paid_rp"),
        amount(_("Tenaga kerja terdaftar"), "headcount"),
        amount(_("Tenaga kerja menurut data proyek"), "expected_workers"),
        amount(_("Orang dalam daftar pekerja"), "roster_persons"),
    ]  # fmt: skip


def _shortened(text: str) -> str:
    most = project_columns.LONGEST_NAME
    return text if len(text) <= most else text[: most - 1] + "…"


def _owner(line: Line, language: str) -> str | None:
    return sentences.category_name(line.owner, language) if line.owner else None


def _place_in_file(line: Line) -> str:
    return f"{line.file_name}:{line.row_number}"
