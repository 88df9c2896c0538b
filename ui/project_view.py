"""What Proyek & Syarat Pencairan shows: section, search, results, order, page. All of it stands in the address."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

import streamlit as st

from analytics.gate import RESULTS
from data.access import Reader
from data.cases import clean, could_be_nik
from ui import cached, frame, paging, scope_bar
from ui.scope_bar import Selection
from ui.texts import translator

NEW_ORDERS, LADDER, REGISTER, FINDINGS, FILE = "spk", "tangga", "cari", "temuan", "berkas"
SECTIONS = (NEW_ORDERS, LADDER, REGISTER, FINDINGS, FILE)
# Who pays has a project in his hand, who inspects his findings; everybody else sees first what can still be mended.
FIRST_OF_ROLE = {"payer": REGISTER, "inspector": FINDINGS}
# In the address of a dossier: its way back leads to Capaian Target, or to Data & Definisi.
FROM_TARGETS, FROM_DATA = "target", "data"
SCOPE = ("place", "owner", "fund")
LONGEST_SEARCH = 100
SEPARATOR = ","
# In the address → column of the register, and whether the largest comes first.
ORDERS = {
    "spk": ("tgl_spk", True),
    "kode": ("kode_proyek", False),
    "batas": ("deadline", False),
    "nilai": ("nilai_kontrak", True),
    "pekerja": ("workers", True),
    "tanpa-perlindungan": ("unprotected_days", True),
    "pemilik": ("owner", False),
}
FIRST_ORDER = "spk"


@dataclass(frozen=True)
class RegisterView:
    """What of the register is asked for. `page` counts from 1 and may lie beyond the last; `ignored` are sentences."""

    search: str = ""
    results: tuple[str, ...] = ()
    running_only: bool = False
    order: str = FIRST_ORDER
    page: int = 1
    ignored: tuple[str, ...] = ()


def read_register_view(params: Mapping[str, str], language: str) -> RegisterView:
    """What an address asks of the register; values that mean nothing are ignored with a sentence."""
    _ = translator(language)
    ignored: list[str] = []
    pick = partial(scope_bar.picked, params, ignored)
    refused = _("Hasil “{value}” pada tautan tidak dikenal; diabaikan.")
    results = [
        scope_bar.picked({"hasil": code}, ignored, "hasil", RESULTS, None, refused)
        for code in filter(None, params.get("hasil", "").split(SEPARATOR))
    ]
    order = pick("urut", ORDERS, FIRST_ORDER, _("Urutan “{value}” pada tautan tidak dikenal; diabaikan."))
    running = pick("berjalan", ("1",), None, _("Saringan berjalan “{value}” pada tautan tidak dikenal; diabaikan."))
    page = paging.number_in(params)
    if page is None:
        text = _("Halaman “{value}” pada tautan bukan nomor halaman; yang tampil halaman pertama.")
        pick("hal", (), None, text)
    search = clean(params.get("q", ""), paragraph=False)[:LONGEST_SEARCH]
    if could_be_nik(search):  # it goes neither into an address nor into a query
        search = ""
        ignored.append(no_persons(language))
    chosen = tuple(dict.fromkeys(filter(None, results)))
    return RegisterView(search, chosen, running == "1", order or FIRST_ORDER, page or 1, tuple(ignored))


def no_persons(language: str) -> str:
    _ = translator(language)
    return _("Pencarian 16 angka, seperti NIK, tidak dilayani: daftar ini tidak memuat data perorangan.")


def section_names(language: str) -> dict[str, str]:
    _ = translator(language)
    return {
        NEW_ORDERS: _("SPK baru"),
        LADDER: _("Tangga perlindungan"),
        REGISTER: _("Semua proyek"),
        FINDINGS: _("Temuan"),
        FILE: _("Periksa berkas"),
    }


def choose_section(reader: Reader, language: str) -> str:
    """Draw the tabs and return the one that the address names, else the first for this reader's role."""
    _ = translator(language)
    ignored: list[str] = []
    first = FIRST_OF_ROLE.get(reader.role, NEW_ORDERS)
    refused = _("Bagian “{value}” pada tautan tidak dikenal; diabaikan.")
    section = scope_bar.picked(st.query_params, ignored, "bagian", SECTIONS, first, refused) or first
    names = section_names(language)
    with st.container(key="tabs"):
        st.session_state["project-section"] = section  # the address decides
        st.segmented_control(
            _("Bagian halaman"),
            list(names),
            format_func=lambda value: names[value],
            key="project-section",
            required=True,
            on_change=_write_section,
            label_visibility="collapsed",
        )
    scope_bar.show_ignored(ignored)
    return section


def _write_section() -> None:
    """Search and page belong to the register: in another section they would be a riddle."""
    st.query_params["bagian"] = st.session_state["project-section"]
    forget(("q", "hasil", "berjalan", "urut", "hal", "by"))


def forget(names: Collection[str]) -> None:
    for name in names:
        st.query_params.pop(name, None)


def choose_scope(edition: cached.ServedEdition, language: str, boxes: Collection[str] = SCOPE) -> Selection:
    """Draw these boxes of the bar and return what is chosen. What is judged at the edition's position has no month."""
    params = {name: value for name, value in st.query_params.to_dict().items() if name not in ("sector", "vintage")}
    if "month" not in boxes:
        params = {name: value for name, value in params.items() if name not in ("month", "compare")}
    selection = scope_bar.read(params, edition, language)
    choices = scope_bar.scope_choices(edition, selection, language)
    scope_bar.draw([choice for choice in choices if choice.name in boxes])
    scope_bar.show_ignored(selection.ignored)
    return selection


def address(**changes: str | None) -> str:
    """The address of this page with some parameters replaced; None takes one out."""
    return "?" + urlencode(frame.url_with(**changes))
