"""What is said of the files: who sent them, of what day they are, whether they are all of a place or an owner."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import streamlit as st

from data import staging
from data.errors import CakupanError
from data.importers.delivery import read_period, read_sender
from data.importers.kinds import KINDS
from data.places import all_places
from data.staging import Draft
from ui import cached, upload_files
from ui.texts import translator

if TYPE_CHECKING:
    from data.importers.recognise import Recognised
    from ui.upload import Desk

ADDS, COMPLETE = "tambahan", "lengkap"
OF_PLACE, OF_OWNER = "wilayah", "pemilik"
FIRST_DAY = date(2000, 1, 1)


@dataclass(frozen=True)
class Terms:
    """A draft with what is said of it, as options of the import. problem: what is still to be said, in a sentence."""

    draft: Draft
    options: list[str]
    problem: str = ""


def show(desk: "Desk", draft: Draft, read: "list[Recognised] | None", language: str, *, disabled: bool) -> Terms | None:
    """Draw the fields, keep what they say with the draft."""
    _ = translator(language)
    about = _(
        "Pengirim diingat bersama cara membaca berkasnya; posisi dan kelengkapan menentukan baris mana yang berlaku."
    )
    upload_files.show_heading(3, _("Keterangan kiriman"), about)
    said: dict[str, Any] = {}
    with st.container(key="terms"):
        left, right = st.columns(2, gap="large")
        with left:
            said["sender"] = _sender(desk, draft, language, disabled=disabled)
            said["data_as_of"] = _position(draft, language, disabled=disabled)
        with right:
            said |= _completeness(desk, draft, read, language, disabled=disabled)
    if said != {name: draft.answers.get(name) for name in said}:
        draft = staging.answer(desk.home, draft, **said)
    return _terms(draft, language)


def _sender(desk: "Desk", draft: Draft, language: str, *, disabled: bool) -> str | None:
    _ = translator(language)
    kept = draft.answers.get("sender")
    known = list(dict.fromkeys([*([kept] if kept else []), *desk.status.senders]))
    chosen = st.selectbox(
        _("Instansi pengirim"),
        known,
        index=known.index(kept) if kept else None,
        placeholder=_("Pilih atau ketik, mis. Dinas PUPR Kota Palembang"),
        accept_new_options=True,
        key="terms-sender",
        disabled=disabled,
    )
    return str(chosen or "").strip() or None


def _position(draft: Draft, language: str, *, disabled: bool) -> str | None:
    _ = translator(language)
    kept = draft.answers.get("data_as_of")
    chosen = st.date_input(
        _("Posisi data"),
        value=date.fromisoformat(kept) if kept else None,
        min_value=FIRST_DAY,
        format="DD/MM/YYYY",
        key="terms-position",
        help=_("Bila kosong: menurut kolom posisi_data dalam berkas; tanpa kolom itu, hari ini."),
        disabled=disabled,
    )
    return chosen.isoformat() if isinstance(chosen, date) else None


def _completeness(
    desk: "Desk", draft: Draft, read: "list[Recognised] | None", language: str, *, disabled: bool
) -> dict[str, Any]:
    _ = translator(language)
    names = {
        ADDS: _("Tambahan: menambah dan memperbarui"),
        COMPLETE: _("Lengkap: yang tidak ada di berkas berarti berakhir"),
    }
    may = _may_be_complete(read)
    kept = draft.answers.get("mode", ADDS) if may else ADDS
    mode = st.radio(
        _("Kiriman ini"),
        list(names),
        index=list(names).index(kept),
        format_func=lambda value: names[value],
        key="terms-mode",
        disabled=disabled or not may,
        help=None if may else _("Laporan, perkiraan dan target tidak mengakhiri apa pun, jadi selalu tambahan."),
    )
    said = {"mode": None if mode == ADDS else mode, "of": None, "scope": None, "first": None, "last": None}
    return said if mode == ADDS else said | _scope(desk, draft, language, disabled=disabled)


def _may_be_complete(read: "list[Recognised] | None") -> bool:
    kinds = {sheet.kind for file in read or () for sheet in file.sheets if sheet.is_read and sheet.kind}
    return all(KINDS[kind].may_be_complete for kind in kinds)


def _scope(desk: "Desk", draft: Draft, language: str, *, disabled: bool) -> dict[str, Any]:
    _ = translator(language)
    names = {OF_PLACE: _("Wilayah"), OF_OWNER: _("Pemilik proyek")}
    kept = draft.answers
    of = st.segmented_control(
        _("Lengkap untuk"),
        list(names),
        format_func=lambda value: names[value],
        default=kept.get("of", OF_PLACE),
        required=True,
        key="terms-of",
        disabled=disabled,
    )
    labels = _places(desk) if of == OF_PLACE else {owner: owner for owner in _owners(desk)}
    options = list(labels)
    scope = st.selectbox(
        names[of or OF_PLACE],
        options,
        index=options.index(kept["scope"]) if kept.get("scope") in labels else None,
        format_func=lambda value: labels.get(value) or str(value),
        placeholder=_("Pilih atau ketik"),
        accept_new_options=of == OF_OWNER,
        key=f"terms-scope-{of}",
        disabled=disabled,
        label_visibility="collapsed",
    )
    sides = st.columns(2)
    said = {}
    for side, name, label in ((sides[0], "first", _("Dari bulan")), (sides[1], "last", _("Sampai bulan"))):
        before, hint = kept.get(name, ""), _("mis. 2025-01")
        text = side.text_input(label, before, 7, key=f"terms-{name}", placeholder=hint, disabled=disabled)
        said[name] = str(text or "").strip() or None
    st.caption(_("Bila kosong: dari tanggal dalam berkas."))
    return {"of": of, "scope": scope or None, **said}


def _places(desk: "Desk") -> dict[str, str]:
    """Those that the account may see; all of them before the first edition."""
    seen = cached.known_places(desk.edition.key) if desk.edition else all_places()
    return {code: f"{place.name} ({code})" for code, place in all_places().items() if code in seen}


def _owners(desk: "Desk") -> list[str]:
    return cached.known_owners(desk.edition.key) if desk.edition else []


def _terms(draft: Draft, language: str) -> Terms:
    """As options of the import; each in one word, since a name may begin with a hyphen."""
    _ = translator(language)
    said = draft.answers
    options = {"sender": said.get("sender"), "data-as-of": said.get("data_as_of")}
    problem = ""
    try:
        read_sender(said.get("sender"))
        if said.get("mode") == COMPLETE:
            options |= {"complete-for": said.get("scope"), "period": _period(said)}
            problem = "" if said.get("scope") else _("Pilih wilayah atau pemilik yang kirimannya lengkap.")
    except CakupanError as refused:
        problem = str(refused)
    return Terms(draft, [f"--{name}={value}" for name, value in options.items() if value], problem)


def _period(said: dict[str, Any]) -> str | None:
    first, last = said.get("first"), said.get("last")
    if not first and not last:
        return None
    period = f"{first or last}..{last or first}"
    read_period(period)
    return period
