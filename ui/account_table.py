"""The accounts on the screen: who may sign in with what role and scope, and how that is changed."""

from dataclasses import replace
from datetime import datetime
from html import escape

import streamlit as st

from data import accounts
from data.access import Reader
from data.accounts import Account
from data.errors import CakupanError
from data.home import JAKARTA, Home
from ui import account_menu, cached, cards, formats, journal_words
from ui.tables import Column, html_table
from ui.texts import translator

COMMANDS = (
    "python cakupan.py user add NAMA --role steward --place 16",
    "python cakupan.py user change NAMA --role branch --branch palembang",
    "python cakupan.py user passwd NAMA",
    "python cakupan.py user disable NAMA",
    "python cakupan.py user enable NAMA",
)


def show_accounts(reader: Reader, language: str) -> None:
    """The section of the accounts. CakupanError for a reader whose role may not keep them."""
    _ = translator(language)
    if not reader.may("keep_accounts"):
        raise CakupanError("Daftar akun hanya untuk pengelola; mintalah kepada pengelola.")
    home = Home.from_environment()
    cards.show_title(
        _("Daftar akun"), _("Peran dan lingkup berlaku pada pemuatan halaman berikutnya; akun tidak pernah dihapus.")
    )
    known = accounts.accounts(home) if home.accounts_path.exists() else []
    if known:
        st.html(html_table(_columns(cached.served_edition(reader.grant), language), known, _("Daftar akun")))
    else:
        cards.show_notice(_("Belum ada akun: semua yang membuka halaman di komputer ini bekerja tanpa autentikasi."))
    how = _("Akun dibuat dan diubah dari baris perintah di komputer peladen:")
    st.html(f'<p class="ck-subtitle">{escape(how)}</p>')
    st.code("\n".join(COMMANDS), language=None)


def _columns(edition: cached.ServedEdition | None, language: str) -> list[Column]:
    _ = translator(language)

    def texts(header: str, read) -> Column:
        return Column(header, read, read, numeric=False)

    return [
        texts(_("Akun"), lambda account: account.name),
        texts(_("Nama lengkap"), lambda account: journal_words.harmless(account.full_name)),
        texts(_("Peran"), lambda account: account_menu.role_name(account.role, language)),
        texts(_("Keadaan"), lambda account: _state(account, language)),
        texts(_("Terakhir masuk"), lambda account: _when(account.last_sign_in_at, language)),
        texts(_("Lingkup"), lambda account: _scope(account, edition, language)),
    ]


def _scope(account: Account, edition: cached.ServedEdition | None, language: str) -> str:
    """In the names that the account itself meets; who keeps accounts may have no scope at all."""
    known = replace(edition, grant=account.grant).key if edition else None
    return account_menu.scope_in_words(account.reader(), known, language)


def _state(account: Account, language: str) -> str:
    _ = translator(language)
    if account.is_disabled:
        return _("nonaktif")
    if account.must_change_password:
        return _("aktif, sandi harus diganti")
    return _("aktif") if account.has_password else _("aktif, tanpa sandi")


def _when(at: datetime | None, language: str) -> str:
    _ = translator(language)
    if at is None:
        return _("belum pernah")
    local = at.astimezone(JAKARTA)
    return f"{formats.day(local.date(), language)} {local:%H.%M}"
