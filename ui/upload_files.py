"""The files of a draft: where they are dropped, what is there, who else has some."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from data import staging
from data.access import Reader
from data.errors import CakupanError
from data.home import JAKARTA, Home
from data.importers.kinds import KINDS
from data.staging import Draft, DraftFile
from ui import cards, downloads, empty_states, upload_words
from ui import reader as readers
from ui.texts import translator

ROUND, REFUSED = "upload-round", "upload-refused"
LISTED = 8  # more files fold away
ENDINGS = ["csv", "xlsx", "json", "zip"]
MEGABYTES = 200  # of one file; Streamlit's server takes no larger (server.maxUploadSize)


def show_heading(number: int, title: str, subtitle: str = "") -> None:
    """A step with its number."""
    below = f'<p class="ck-subtitle">{escape(subtitle)}</p>' if subtitle else ""
    st.html(f'<h2 class="ck-step"><i aria-hidden="true">{number}</i>{escape(title)}</h2>{below}')


def show_empty(leaves_demo: bool, language: str, *, is_first: bool) -> None:
    """Nothing is uploaded yet: the place to drop files, and empty ones to fill in."""
    _ = translator(language)
    if leaves_demo:
        title, about = (
            _("Mulai dengan data sendiri"),
            _(
                "Yang tampil sekarang adalah data contoh. Letakkan berkas Anda: data contoh baru dibuang sesudah "
                "berkas itu diperiksa, Anda melihat hasilnya, dan Anda menyetujuinya."
            ),
        )
    elif is_first:
        title, about = (
            _("Mulai di sini"),
            _(
                "Belum ada data. Letakkan berkas pertama; cara membacanya dikenali dari isinya, dan belum ada yang "
                "disimpan sebelum Anda menyetujuinya."
            ),
        )
    else:
        title, about = (
            _("Kirim berkas"),
            _(
                "Jenis, lembar dan judul kolom dikenali dari isinya. Belum ada yang masuk sebelum Anda melihat apa "
                "yang berubah dan menyetujuinya."
            ),
        )
    cards.show_title(title, about)
    show_drop(language)
    show_templates(language)


def show_drop(language: str, *, is_more: bool = False) -> None:
    """The place to drop files; what was refused of the last ones."""
    _ = translator(language)
    key = f"upload-{st.session_state.get(ROUND, 0)}"
    with st.container(key=f"drop-{language}"):
        st.file_uploader(
            _("Tambah berkas") if is_more else _("Berkas CSV, XLSX, JSON data pengadaan, atau ZIP"),
            ENDINGS,
            accept_multiple_files=True,
            key=key,
            on_change=_take,
            args=(key,),
            max_upload_size=MEGABYTES,
        )
    if refused := st.session_state.pop(REFUSED, ""):
        cards.show_notice(refused, concern=True)


def _take(key: str) -> None:
    """Out of the memory of the server into the draft, and a new place to drop."""
    uploads = [(file.name, file.getvalue()) for file in st.session_state[key]]
    if not uploads:
        return
    try:
        staging.add(Home.from_environment(), readers.of_this_run().name, uploads)
    except CakupanError as refused:
        st.session_state[REFUSED] = str(refused)
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1


def show_templates(language: str) -> None:
    """An empty file of every kind."""
    _ = translator(language)
    with st.expander(_("Templat kosong tiap jenis berkas")), st.container(horizontal=True, key="templates"):
        for kind in KINDS:
            title = upload_words.kind_title(kind, language)
            downloads.offer(title, empty_states.template_of(kind), f"{kind}.csv", "text/csv", key=f"template-{kind}")


def show_files(home: Home, draft: Draft, language: str, *, disabled: bool) -> None:
    """What is uploaded, each with a way to take it out; and the place for more."""
    _ = translator(language)
    size = upload_words.size(draft.size_bytes, language)
    told = _.plural(
        "{count} berkas, {size}; disimpan tersandi, dibuang sendiri sesudah 24 jam bila tidak dimasukkan.",
        len(draft.files),
    )
    show_heading(1, _("Berkas"), told.format(count=len(draft.files), size=size))
    with st.container(key="draft-files"):
        for file in draft.files[:LISTED]:
            _show_file(home, draft, file, language, disabled=disabled)
        if rest := draft.files[LISTED:]:
            with st.expander(_.plural("{count} berkas lagi", len(rest)).format(count=len(rest))):
                for file in rest:
                    _show_file(home, draft, file, language, disabled=disabled)
    if not disabled:
        with st.container(horizontal=True, vertical_alignment="center", key="draft-more"):
            with st.popover(_("Tambah berkas")):
                show_drop(language, is_more=True)
            st.button(_("Buang semua"), type="tertiary", key="draft-discard", on_click=_discard, args=(home, draft))


def _show_file(home: Home, draft: Draft, file: DraftFile, language: str, *, disabled: bool) -> None:
    _ = translator(language)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"file-{file.sha256[:12]}"):
        size = escape(upload_words.size(file.size_bytes, language))
        st.html(f'<div class="ck-file"><b>{escape(file.name)}</b><span>{size}</span></div>')
        st.button(
            _("Keluarkan"),
            type="tertiary",
            key=f"remove-{file.sha256}",
            disabled=disabled,
            on_click=_remove,
            args=(home, draft, file),
        )


def _remove(home: Home, draft: Draft, file: DraftFile) -> None:
    staging.remove(home, draft, file)


def _discard(home: Home, draft: Draft) -> None:
    staging.discard(home, draft)


def others_told(home: Home, reader: Reader, language: str) -> Sequence[str]:
    """Who else is at it: who, how many files, since when; nothing of what is in them."""
    _ = translator(language)
    told = []
    for other in staging.others(home, reader.name):
        since = other.opened_at.astimezone(JAKARTA)
        day, _space, clock = upload_words.when(since, language).rpartition(" ")
        text = _.plural("{who} sedang memeriksa {count} berkas sejak {day} pukul {clock}.", len(other.files))
        told.append(text.format(who=other.account, count=len(other.files), day=day, clock=clock))
    return told
