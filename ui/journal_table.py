"""The journal on the screen: whether its chain is whole, filters, fifty entries a page, a file of them all."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

import streamlit as st

from data import journal
from data.access import ROLES, Reader
from data.errors import CakupanError
from data.home import JAKARTA, Home
from data.importers.masking import masked
from data.journal import Entry, Verification
from reports.cells import Cell
from ui import account_menu, cards, formats, journal_words, tables
from ui.tables import Column, Stamp
from ui.texts import translator

ON_A_PAGE = 50
SHOWN_FAULTS = 5
SHOWN_HASH = 16
EVERYTHING = ""


@dataclass(frozen=True)
class Filters:
    """What of the journal is asked for; None: all of it. The days are of Jakarta, both included."""

    kind: str | None = None
    who: str | None = None
    first: date | None = None
    last: date | None = None
    text: str | None = None


class Found(Sequence[Entry]):
    """All entries that match, as many as there were when they were counted, and read only when a file is made."""

    def __init__(self, home: Home, filters: Filters) -> None:
        self.home, self.filters = home, filters
        self.counted = journal.count(home, **asdict(filters))

    def __len__(self) -> int:
        return self.counted

    def __getitem__(self, index: Any) -> Any:
        start, stop, step = index.indices(self.counted)
        assert step == 1, index
        return journal.entries(self.home, **asdict(self.filters), limit=stop - start, offset=start)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self[:] if self.counted else [])


def show_journal(reader: Reader, language: str) -> None:
    """The section of the journal. CakupanError for a reader whose role may not read it."""
    _ = translator(language)
    if not reader.may("read_journal"):
        raise CakupanError("Jurnal hanya untuk pengelola; mintalah kepada pengelola.")
    home = Home.from_environment()
    cards.show_title(_("Jurnal"), _("Siapa berbuat apa dan kapan. Entri tidak dapat diubah maupun dihapus."))
    _show_state(home, language)
    filters = _chosen(home, language)
    found = Found(home, filters)
    first = _first_shown(len(found))
    _show_entries(found[first : first + ON_A_PAGE], language)
    _show_paging(first, len(found), language)
    if len(found):
        now = datetime.now(JAKARTA)
        tables.show_files(_columns(language), found, "jurnal", _("Jurnal"), _stamp(filters, now, language), language)


def _show_state(home: Home, language: str) -> None:
    _ = translator(language)
    found, checked = verified(home)
    at = f"{checked:%H.%M}"
    if found.is_whole:
        text = _.plural("Rantai utuh: {count} entri diperiksa pukul {at} WIB; ujungnya {hash}…", found.entries).format(
            count=formats.number(found.entries, language), at=at, hash=found.head_hash[:SHOWN_HASH]
        )
        cards.show_notice(text)
        return
    more = len(found.faults) - SHOWN_FAULTS
    # Not `_`: what is wrong is worded where it is found, and the catalogue takes the words from there.
    said = translator(language)
    sentences = [said(fault.text).format(**fault.values) for fault in found.faults[:SHOWN_FAULTS]]
    sentences += (
        [_.plural("… dan {count} kejanggalan lagi.", more).format(count=formats.number(more, language))]
        if more > 0
        else []
    )
    text = _("Rantai RUSAK, diperiksa pukul {at} WIB. Amankan berkas jurnal.sqlite dan cadangannya, lalu selidiki.")
    cards.show_notice(" ".join([text.format(at=at), *sentences]), concern=True)


def verified(home: Home) -> tuple[Verification, datetime]:
    """journal.verify and when it was asked, at most a minute ago: a hundred thousand entries take over a second."""
    now = datetime.now(UTC)
    return _verified(home.root, now.replace(second=0, microsecond=0))


@lru_cache(maxsize=4)
def _verified(root: Path, _minute: datetime) -> tuple[Verification, datetime]:
    return journal.verify(Home(root)), datetime.now(JAKARTA)


def _chosen(home: Home, language: str) -> Filters:
    """The boxes above the table. They are not in the address: what one looks for in a journal is nobody's business."""
    _ = translator(language)
    with st.container(horizontal=True, key="journal-filters"):
        kinds = {EVERYTHING: _("Semua perbuatan")} | {k: journal_words.kind_name(k, language) for k in journal.KINDS}
        kind = st.selectbox(
            _("Perbuatan"), list(kinds), format_func=kinds.__getitem__, key="journal-kind", on_change=_to_the_newest
        )
        names = {EVERYTHING: _("Semua akun")} | {name: journal_words.harmless(name) for name in journal.names(home)}
        who = st.selectbox(
            _("Pelaku"), list(names), format_func=names.__getitem__, key="journal-who", on_change=_to_the_newest
        )
        first, last = (
            st.date_input(label, None, format="DD/MM/YYYY", key=f"journal-{name}", on_change=_to_the_newest)
            for label, name in ((_("Sejak"), "first"), (_("Sampai dengan"), "last"))
        )
        text = st.text_input(_("Teks"), key="journal-text", max_chars=100, on_change=_to_the_newest)
    return Filters(kind or None, who or None, first or None, last or None, text.strip() or None)


def _to_the_newest() -> None:
    st.session_state["journal-from"] = 0


def _turn(first: int) -> None:
    st.session_state["journal-from"] = first


def _first_shown(count: int) -> int:
    """Where this page begins; the last page where there are fewer entries than there were."""
    last_page = max(0, (count - 1) // ON_A_PAGE * ON_A_PAGE)
    return min(st.session_state.get("journal-from", 0), last_page)


def _show_entries(entries: list[Entry], language: str) -> None:
    _ = translator(language)
    if not entries:
        cards.show_notice(_("Tidak ada entri dengan saringan ini."))
        return
    head = "".join(
        f'<th scope="col"{css}>{escape(text)}</th>'
        for text, css in (
            (_("Nomor"), ' class="num"'),
            (_("Waktu (WIB)"), ""),
            (_("Pelaku"), ""),
            (_("Perbuatan"), ""),
            (_("Uraian"), ""),
        )
    )
    rows = "".join(_row(entry, language) for entry in entries)
    label = escape(_("Jurnal"))
    st.html(
        f'<div class="ck-journal" role="region" aria-label="{label}" tabindex="0">'
        f'<table class="ck-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _row(entry: Entry, language: str) -> str:
    role = _role(entry, language)
    who = escape(journal_words.who(entry, language)) + (f"<br><small>{escape(role)}</small>" if role else "")
    return (
        f'<tr><td class="num">{formats.number(entry.number, language)}</td>'
        f'<td class="when">{escape(journal_words.moment(entry.at, language))}</td><td class="who"><bdi>{who}</bdi></td>'
        f'<td class="what">{escape(journal_words.kind_name(entry.kind, language))}</td>'
        f"<td><bdi>{escape(journal_words.told(entry, language))}</bdi></td></tr>"
    )


def _role(entry: Entry, language: str) -> str:
    if entry.role in ROLES:
        return account_menu.role_name(entry.role, language)
    return journal_words.harmless(entry.role)


def _show_paging(first: int, count: int, language: str) -> None:
    _ = translator(language)
    if count <= ON_A_PAGE:
        return
    last = min(first + ON_A_PAGE, count)
    with st.container(horizontal=True, vertical_alignment="center", key="journal-paging"):
        newer, older = first - ON_A_PAGE, first + ON_A_PAGE
        st.button(_("‹ Lebih baru"), on_click=_turn, args=(max(0, newer),), disabled=first == 0, key="journal-newer")
        text = _("{first}–{last} dari {count}").format(
            first=formats.number(first + 1, language),
            last=formats.number(last, language),
            count=formats.number(count, language),
        )
        st.html(f'<span class="ck-page">{escape(text)}</span>', width="content")
        st.button(_("Lebih lama ›"), on_click=_turn, args=(older,), disabled=last >= count, key="journal-older")


def _columns(language: str) -> list[Column]:
    """A file carries all that the hash was made of, so that the chain can be checked from it as well."""
    _ = translator(language)

    def texts(header: str, read: Any) -> Column:
        return Column(header, read, read, numeric=False)

    return [
        Column(_("Nomor"), lambda entry: str(entry.number), lambda entry: entry.number),
        texts(_("Waktu (UTC)"), lambda entry: entry.at.isoformat(timespec="milliseconds")),
        texts(_("Pelaku"), lambda entry: entry.who),
        texts(_("Peran"), lambda entry: entry.role),
        texts(_("Terautentikasi"), lambda entry: _("ya") if entry.is_authenticated else _("tidak")),
        texts(_("Perbuatan"), lambda entry: entry.kind),
        texts(_("Uraian"), lambda entry: journal_words.told(entry, language)),
        texts(_("Fakta (JSON)"), lambda entry: journal.canonical(entry.facts)),
        texts(_("Hash entri sebelumnya"), lambda entry: entry.previous_hash),
        texts(_("Hash"), lambda entry: entry.hash),
    ]


def _stamp(filters: Filters, now: datetime, language: str) -> Stamp:
    _ = translator(language)
    # What is looked for may be a NIK.
    asked = {name: masked(str(value)) for name, value in asdict(filters).items() if value is not None}
    columns: dict[str, Cell] = {
        _("Diambil"): f"{now:%Y-%m-%d %H.%M} WIB",
        _("Saringan"): "; ".join(map("=".join, asked.items())),
    }
    return Stamp(f"cakupan-{now:%Y-%m-%d}", columns, demo=False, facts=asked)
