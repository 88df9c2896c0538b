"""Periksa berkas: whether a file that somebody holds left this system as it is."""

from html import escape
from pathlib import PurePath

import streamlit as st

from analytics.verification import verify
from data.access import Reader
from data.home import Home
from ui import cards, formats, verified
from ui.texts import translator

SUFFIXES = (".pdf", ".csv", ".xlsx", ".pptx", ".docx", ".png", ".zip")
MOST_MB = 10  # as much as the gate takes of who imports nothing; what is larger the shell checks


def show(reader: Reader, language: str) -> None:
    """The box and what is known of the file in it. The file is read in memory and kept nowhere."""
    _ = translator(language)
    cards.show_title(
        _("Periksa keaslian kartu atau berkas unduhan"),
        _(
            "Sidik berkas (SHA-256) dicocokkan dengan jurnal unduhan; kartu juga dihitung ulang dari edisinya. Berkas "
            "tidak disimpan."
        ),
    )
    if not (reader.may("hand_in_proof") or reader.may("import")):
        cards.show_notice(_("Peran akun ini tidak mengunggah berkas; mintalah petugas atau pembayar memeriksanya."))
        return
    text = _("Berkas unduhan atau bahan rapat, paling besar {size} MB")
    with st.container(key="verify-box"):
        uploaded = st.file_uploader(
            text.format(size=formats.number(MOST_MB, language)), max_upload_size=MOST_MB, key="verify-file"
        )
    if uploaded is None:
        return
    refused = refusal(uploaded.name, uploaded.size, language)
    if refused:
        cards.show_notice(refused, concern=True)
        return
    _show_found(reader, uploaded.name, uploaded.getvalue(), language)


def refusal(name: str, size: int, language: str) -> str | None:
    """Why this file is not looked at: not of a kind that leaves here, too large, or empty."""
    _ = translator(language)
    if PurePath(name.lower()).suffix not in SUFFIXES:
        return _("Berkas “{name}” bukan jenis berkas yang dibuat di sini, jadi bukan unduhan dari sini.").format(
            name=_short(name)
        )
    if size > MOST_MB * 2**20:
        text = _("Berkas “{name}” lebih besar daripada {size} MB; periksa dengan perintah cakupan.py verify.")
        return text.format(name=_short(name), size=formats.number(MOST_MB, language))
    return None if size else _("Berkas “{name}” kosong.").format(name=_short(name))


def _short(name: str) -> str:
    return name if len(name) <= 60 else name[:59] + "…"


def _show_found(reader: Reader, name: str, content: bytes, language: str) -> None:
    found = verify(Home.from_environment(), reader, content)
    first, *others = verified.told(found, language)
    lines = "".join(f"<p>{escape(line)}</p>" for line in others)
    tone, shape = ("better", "●") if found.is_confirmed else ("concern", "▲")
    st.html(
        f'<section class="ck-verdict {tone}" role="status"><p class="kicker">{escape(_short(name))}</p>'
        f'<h3><span aria-hidden="true">{shape}</span> {escape(first)}</h3>{lines}</section>'
    )
