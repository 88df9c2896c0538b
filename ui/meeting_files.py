"""The files of a meeting pack: made by a child of the page, offered once they are kept; and its summary to copy."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from functools import partial
from html import escape
from urllib.parse import urlsplit

import streamlit as st

from data import packs
from data.errors import CakupanError
from data.packs import Kept, PackRequest
from reports.pack import Pack
from ui import cards, downloads, journal_words, pack_child, tables
from ui.cached import ServedEdition
from ui.texts import translator

MIMES = {
    "xlsx": tables.XLSX,
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "png": "image/png",
    "zip": "application/zip",
}
WANTED = "meeting-wanted"  # the button was pressed, and nothing has come of it yet
REFUSED = "meeting-refused"  # why nothing came of it
LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")


def kept_already(every: Sequence[Kept], pack: Pack) -> Kept | None:
    """The pack with all its files that says what the preview says, to the letter."""
    same = (one for one in every if one.facts.content_hash == pack.content_hash)
    return next((one for one in same if one.file("zip")), None)


def show(made: Kept | None, edition: ServedEdition, language: str) -> None:
    """The one thing to do, or what came of it. What the button starts is done at the end of the page."""
    is_wanted = WANTED in st.session_state
    if made and not is_wanted:
        _show_made(made, edition, language)
    else:
        _show_button(language, is_wanted=is_wanted)
    if refused := st.session_state.pop(REFUSED, ""):
        cards.show_notice(refused, concern=True)


def _show_button(language: str, *, is_wanted: bool) -> None:
    _ = translator(language)
    st.button(
        _("Buat bahan rapat"),
        type="primary",
        width="stretch",
        key="meeting-make",
        disabled=is_wanted,
        on_click=_want,
    )
    if not is_wanted:
        told = _("PowerPoint, Excel, Word, PDF dan gambar, disimpan bersama edisinya.")
        st.html(f'<p class="ck-aside ck-below">{escape(told)}</p>')


def _show_made(kept: Kept, edition: ServedEdition, language: str) -> None:
    """When the files were made, and the files. Again for a new letterhead, which changes files and no content."""
    _ = translator(language)
    text = _("● Berkas siap, dibuat {when} WIB dari edisi {edition}.")
    told = text.format(when=journal_words.moment(kept.at, language), edition=kept.facts.edition)
    st.html(f'<p class="ck-ready" role="status">{escape(told)}</p>')
    show_files(kept, edition, language)
    st.button(_("Buat lagi"), type="tertiary", key="meeting-again", on_click=_want)


def _want() -> None:
    st.session_state[WANTED] = True


def make(request: PackRequest, edition: ServedEdition, environment: Mapping[str, str], language: str) -> None:
    """Where the button was pressed: make the files in a child of this reader's, telling how far it is."""
    if not st.session_state.pop(WANTED, False):
        return
    _ = translator(language)
    bar = st.progress(0.0, _("Menyiapkan bahan rapat"))
    try:
        # Streamlit ends this run where the reader changes the form meanwhile.
        with closing(pack_child.made(request, edition.number, environment)) as making:
            for share, stage in making:
                bar.progress(min(share, 1.0), stage_name(stage, language))
    except CakupanError as refused:
        st.session_state[REFUSED] = str(refused)
    st.rerun()  # the files stand in the place of the button, or a sentence below it


def stage_name(stage: str, language: str) -> str:
    """What is being done, in words; the program itself speaks Indonesian."""
    _ = translator(language)
    words = {
        pack_child.WAITING: _("Menunggu giliran: bahan rapat lain sedang dibuat"),
        "Menyusun isi": _("Menyusun isi"),
        "Menyimpan": _("Menyimpan"),
    }
    format_ = stage.removeprefix("Menulis ")
    return words.get(stage) or (_("Menulis {format}").format(format=format_) if format_ != stage else stage)


def show_files(kept: Kept, edition: ServedEdition, language: str) -> None:
    """Every file of a kept pack; each that is taken is journaled."""
    names = file_names(kept, language)
    stem = packs.file_stem(kept.request, is_demo=edition.is_demo)
    taker = downloads.taker_of_this_run()
    with st.container(key="pack-files"):
        for format_, text in names.items():
            file = kept.file(format_)
            if file is None:
                continue
            read = partial(packs.read, taker.home, taker.reader, file.sha256)
            facts = packs.export_facts(kept)
            downloads.offer(
                text, read, f"{stem}.{format_}", MIMES[format_], key=f"pack-{kept.number}-{format_}", facts=facts
            )


def file_names(kept: Kept, language: str) -> dict[str, str]:
    """What is in each file, in the order in which they are offered."""
    _ = translator(language)
    of_inspectors = kept.request.audience == "inspektorat"
    return {
        "pptx": _("Paparan (PPTX)"),
        "xlsx": _("Tabel (XLSX)"),
        "docx": _("Laporan monev (DOCX)") if of_inspectors else _("Nota dinas (DOCX)"),
        "pdf": _("Lembar cetak (PDF)"),
        "png": _("Gambar (PNG)"),
        "zip": _("Semua (ZIP)"),
    }


def show_summary(pack: Pack, language: str) -> None:
    """Five lines for a message. The browser's clipboard is open to pages over https alone: elsewhere a click on the
    text selects all of it."""
    _ = translator(language)
    with st.popover(_("Salin ringkasan"), width="stretch", key="meeting-summary"):
        can_copy = _is_trusted(st.context.url or "")
        with st.container(key=f"summary-{language}" if can_copy else "summary-selected"):
            st.code("\n".join(pack.summary), language=None, wrap_lines=True)
        if not can_copy:
            st.caption(_("Klik teksnya, lalu salin dengan Ctrl+C; di ponsel, tekan lama lalu Salin."))


def _is_trusted(url: str) -> bool:
    """Whether a browser gives a page of this address its clipboard."""
    address = urlsplit(url)
    return address.scheme == "https" or address.hostname in LOCAL_HOSTS
