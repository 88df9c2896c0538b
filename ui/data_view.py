"""What Data & Definisi shows: its tab and the part of it. Both stand in the address."""

from collections.abc import Collection

import streamlit as st

from data.access import Reader
from ui import scope_bar
from ui.texts import translator

UPLOAD, QUALITY, DEFINITIONS = "unggah", "mutu", "definisi"
KEPT = ("lang", "bagian", "month", "place", "owner", "fund", "sector", "vintage", "compare")
# Of each tab its parts, the first shown first.
PARTS: dict[str, tuple[str, ...]] = {
    UPLOAD: ("kirim", "kiriman", "terbit"),
    QUALITY: ("temuan", "nama", "rekonsiliasi", "banding"),
    DEFINITIONS: ("indikator", "asal", "revisi", "klaim"),
}


def tabs_of(reader: Reader) -> tuple[str, ...]:
    """Who may bring nothing in has no tab for it."""
    return tuple(PARTS) if reader.may("import") else (QUALITY, DEFINITIONS)


def tab_names(language: str) -> dict[str, str]:
    _ = translator(language)
    return {UPLOAD: _("Unggah Data"), QUALITY: _("Mutu Data"), DEFINITIONS: _("Definisi")}


def part_names(language: str) -> dict[str, str]:
    _ = translator(language)
    return {
        "kirim": _("Kirim berkas"),
        "kiriman": _("Daftar kiriman"),
        "terbit": _("Terbitkan"),
        "temuan": _("Temuan mutu"),
        "nama": _("Nama"),
        "rekonsiliasi": _("Rekonsiliasi"),
        "banding": _("Orang dan laporan"),
        "indikator": _("Indikator"),
        "asal": _("Asal angka"),
        "revisi": _("Revisi"),
        "klaim": _("Periksa klaim"),
    }


def choose_part(reader: Reader, language: str) -> str:
    """Draw the tabs with the parts of the chosen one, and return the part that the address names, else the first."""
    _ = translator(language)
    ignored: list[str] = []
    tabs, names = tabs_of(reader), tab_names(language)
    refused = _("Bagian “{value}” pada tautan tidak dikenal; diabaikan.")
    tab = scope_bar.picked(st.query_params, ignored, "bagian", tabs, tabs[0], refused) or tabs[0]
    parts = PARTS[tab]
    part = scope_bar.picked(st.query_params, ignored, "isi", parts, parts[0], refused) or parts[0]
    with st.container(key="tabs"):
        _choose(_("Bagian halaman"), "bagian", tabs, tab, names)
    with st.container(key="parts"):
        _choose(_("Isi bagian"), "isi", parts, part, part_names(language))
    scope_bar.show_ignored(ignored)
    return part


def _choose(label: str, name: str, offered: Collection[str], chosen: str, names: dict[str, str]) -> None:
    key = f"data-{name}"
    st.session_state[key] = chosen  # the address decides
    st.segmented_control(
        label,
        offered,
        format_func=lambda value: names[value],
        key=key,
        required=True,
        on_change=_write,
        args=(name, key),
        label_visibility="collapsed",
    )


def _write(name: str, key: str) -> None:
    """What belongs to another part would be a riddle in this one; the language and the scope stay."""
    for other in set(st.query_params) - set(KEPT):
        st.query_params.pop(other)
    st.query_params[name] = st.session_state[key]
