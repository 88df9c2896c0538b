"""What somebody says about a finding of data quality: its history, and the form for a new note."""

from collections.abc import Callable, Sequence
from html import escape

import streamlit as st

from analytics.quality import RULES, resolutions
from analytics.quality.resolutions import Standing
from data.access import Reader
from data.errors import CakupanError
from data.home import Home
from data.quality_notes import STATES, Noted
from ui import account_menu, cached, case_words, journal_words
from ui import quality_words as words
from ui import reader as readers
from ui.cached import ServedEdition
from ui.texts import translator

SAID, ROUND = "quality-said", "quality-round"


def show(
    edition: ServedEdition, shown: Sequence[Standing], reader: Reader, name_of: Callable[[Standing], str], language: str
) -> None:
    """Choose one of the findings shown; its notes, and for who may the form."""
    _ = translator(language)
    _show_said()
    by_key = {one.finding.key: one for one in shown}
    label = _("Tanggapi temuan") if reader.may("resolve_quality") else _("Riwayat temuan")
    chosen = st.selectbox(
        label, list(by_key), None, format_func=lambda key: name_of(by_key[key]), key="quality-chosen",
        placeholder=_("Pilih satu temuan dari tabel di atas"),
    )  # fmt: skip
    if chosen not in by_key:
        return
    one = by_key[chosen]
    st.html(f'<p class="ck-aside">{escape(words.why(one.finding, language))}</p>')
    if reopened := words.reopened(one, language):
        told = _("Terbuka lagi: {why}.").format(why=reopened)
        st.html(f'<p class="ck-aside"><b>{escape(told)}</b></p>')
    _show_history(one.history, language)
    if reader.may("resolve_quality"):
        with st.container(key="quality-note"):
            _show_form(edition, one, language)


def _show_history(history: Sequence[Noted], language: str) -> None:
    for noted in reversed(history):
        state = words.state_name(noted.note.state, language)
        when = journal_words.moment(noted.at, language)
        head = f"{when} · {journal_words.harmless(noted.who)} · {noted.note.office} · {state}"
        st.html(f'<p class="ck-aside"><b>{escape(head)}</b><br>{escape(noted.note.reason)}</p>')


def _show_form(edition: ServedEdition, one: Standing, language: str) -> None:
    """Fields are empty again once a note was recorded: each round has keys of its own."""
    _ = translator(language)
    key = f"quality-note-{st.session_state.get(ROUND, 0)}"
    with st.form(key, enter_to_submit=False, border=True):
        said = fields(key, one.finding.rule, language)
        sent = st.form_submit_button(_("Catat"), type="primary")
    if sent:
        _send(edition, one.finding.key, said, language)


def fields(key: str, rule: str, language: str) -> dict[str, str]:
    """What is said of findings of a rule: state, office and reason, in a form that is begun."""
    _ = translator(language)
    state = st.selectbox(
        _("Penyelesaian"), STATES, key=f"{key}-state",
        format_func=lambda code: f"{words.state_name(code, language)} – {words.state_hint(code, language)}",
    )  # fmt: skip
    owner = account_menu.role_name(RULES[rule].owner, language)
    hint = _("Unit kerja, bukan nama orang. Aturan ini menjadi tanggung jawab {owner}.").format(owner=owner)
    office = st.text_input(_("Unit kerja"), key=f"{key}-office", help=hint)
    reason = st.text_area(_("Alasan"), key=f"{key}-reason", help=_("Sekurangnya satu kalimat."))
    return {"state": state or "", "office": office, "reason": reason}


def _send(edition: ServedEdition, key: str, said: dict[str, str], language: str) -> None:
    """Who sends is asked again: the page may have been open for hours."""
    _ = translator(language)
    try:
        who, opened = readers.current(), cached.opened(edition.key)
        entry = resolutions.resolve(Home.from_environment(), who, opened, key, **said)
    except CakupanError as refused:
        st.html(f'<p class="ck-wrong" role="alert">▲ {escape(case_words.refusal(refused, language))}</p>')
        return
    st.session_state[SAID] = _("Tercatat sebagai entri {number}.").format(number=entry.number)
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    st.rerun()


def _show_said() -> None:
    """That the last note was recorded, once."""
    if said := st.session_state.pop(SAID, None):
        st.html(f'<div class="ck-notice" role="status">✓ {escape(said)}</div>')
