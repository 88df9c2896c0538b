"""Who looks, as the header says it: name, role and scope in words; where to begin, and the way out."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from urllib.parse import urlencode

import streamlit as st

from data.access import Reader
from data.places import all_places
from ui import cached, navigation, sentences
from ui.cached import EditionKey
from ui.texts import translator

# So many places or owners are named; the rest is counted.
NAMED = 6
LONGEST_NAME = 24


def show(reader: Reader, edition: EditionKey | None, language: str, *, has_password: bool = False) -> None:
    """The menu in the header; `has_password`: this installation keeps passwords, so one can be changed."""
    name = name_of(reader, language)
    shown = name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
    with st.popover(shown.replace("_", "\\_"), type="tertiary", key="account"):
        st.html(_menu(reader, edition, language, has_password=has_password))


def name_of(reader: Reader, language: str) -> str:
    """The account's name; who sits at the machine itself has proved none."""
    _ = translator(language)
    return reader.name if reader.is_authenticated else _("tanpa autentikasi")


def role_name(role: str, language: str) -> str:
    """The role as people call it."""
    _ = translator(language)
    return {
        "viewer": _("Pembaca"),
        "steward": _("Petugas data"),
        "branch": _("Cabang BPJS"),
        "opd": _("OPD"),
        "payer": _("Pembayar"),
        "inspector": _("Inspektorat"),
        "admin": _("Pengelola"),
    }[role]


def scope_in_words(reader: Reader, edition: EditionKey | None, language: str) -> str:
    """'Kota Palembang; pemilik proyek: Dinas PUPR', 'semua wilayah dan pemilik proyek', 'belum diberi lingkup'."""
    _ = translator(language)
    grant = reader.grant
    if not navigation.has_scope(grant):
        return _("belum diberi lingkup")
    if grant.areas is None and grant.owners is None:
        return _("semua wilayah dan pemilik proyek")
    places = _("semua wilayah") if grant.areas is None else _listed(_area_names(grant.areas, edition), language)
    if grant.owners is None:
        return places
    return _("{places}; pemilik proyek: {owners}").format(places=places, owners=_listed(sorted(grant.owners), language))


def _area_names(areas: Iterable[str], edition: EditionKey | None) -> list[str]:
    """Names of the edition, which knows branches too; of a place it lacks, that of the national list, else its code."""
    known = cached.known_places(edition) if edition else {}
    national = all_places()
    found = [known.get(code) or national.get(code) for code in sorted(areas)]
    return [place.name if place else code for code, place in zip(sorted(areas), found, strict=True)]


def _listed(names: list[str], language: str) -> str:
    return sentences.listed(names, NAMED, language)


@lru_cache(maxsize=512)
def _menu(reader: Reader, edition: EditionKey | None, language: str, *, has_password: bool) -> str:
    """Plain addresses, so that a beginning can be kept as a bookmark; the page for leaving asks once more."""
    _ = translator(language)
    role = _("Peran: {role}").format(role=role_name(reader.role, language))
    scope = _("Lingkup: {scope}").format(scope=scope_in_words(reader, edition, language))
    name = escape(name_of(reader, language))
    parts = [f"<p><b>{name}</b></p><p>{escape(role)}</p><p>{escape(scope)}</p>"]
    parts.append(_beginnings(reader, edition, language))
    if reader.is_authenticated:
        parts.append(_leaving(language, has_password=has_password))
    return f'<div class="ck-account">{"".join(parts)}</div>'


def _beginnings(reader: Reader, edition: EditionKey | None, language: str) -> str:
    _ = translator(language)
    every = navigation.beginnings_of(reader, edition, language)
    if len(every) < 2:
        return ""
    heading = escape(_("Mulai sebagai"))
    links = "".join(f'<li><a href="{escape(b.address(language))}">{escape(b.title)}</a></li>' for b in every)
    return f"<h3>{heading}</h3><ul>{links}</ul>"


def _leaving(language: str, *, has_password: bool) -> str:
    _ = translator(language)
    query = escape(f"?{urlencode(kept)}" if (kept := navigation.in_language(language)) else "")
    other, out = escape(_("Ganti sandi")), escape(_("Keluar"))
    change = f'<a href="sandi{query}">{other}</a>' if has_password else ""
    leave = f'<a href="keluar{query}">{out}</a>'
    return f'<div class="leaving">{change}{leave}</div>'
