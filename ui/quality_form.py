"""What somebody says about a finding of data quality: its history, and the form for a new note."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from html import escape

import streamlit as st

from analytics.quality import RULES, resolutions
from analytics.quality.resolutions import Seen, Standing
from data.access import Reader
from data.errors import CakupanError
from data.home import Home
from data.quality_notes import STATES, Noted, NoteRefused
from ui import account_menu, cached, case_words, formats, journal_words
from ui import quality_words as words
from ui import reader as readers
from ui.cached import ServedEdition
from ui.texts import translator

SAID, REFUSED, ROUND = "quality-said", "quality-refused", "quality-round"
CHOSEN = "quality-chosen"
FIELDS = ("state", "office", "reason")


def show(
    edition: ServedEdition,
    shown: Sequence[Standing],
    every: Mapping[str, Standing],
    reader: Reader,
    name_of: Callable[[Standing], str],
    language: str,
) -> None:
    """Choose one of the findings shown; its notes, and for who may the form. `every` are all findings by key."""
    _ = translator(language)
    _show_said(language)
    by_key = {one.finding.key: one for one in shown}
    refused = st.session_state.pop(REFUSED, None)
    if refused is not None:
        st.html(f'<p class="ck-wrong" role="alert">▲ {escape(case_words.refusal(refused, language))}</p>')
        held = str(st.session_state.get(CHOSEN))
        if held in every:
            by_key[held] = every[held]  # what was written stays, though the filters may show the finding no longer
    if not by_key:
        return
    names = distinct(by_key, name_of)
    label = _("Tanggapi temuan") if reader.may("resolve_quality") else _("Riwayat temuan")
    chosen = st.selectbox(
        label, list(by_key), None, format_func=names.__getitem__, key=CHOSEN,
        placeholder=_("Pilih satu temuan dari tabel di atas"),
    )  # fmt: skip
    if chosen is not None:
        _show_one(edition, by_key[chosen], reader, language)


def _show_one(edition: ServedEdition, one: Standing, reader: Reader, language: str) -> None:
    _ = translator(language)
    st.html(f'<p class="ck-aside">{escape(words.why(one.finding, language))}</p>')
    if reopened := words.reopened(one, language):
        told = _("Terbuka lagi: {why}.").format(why=reopened)
        st.html(f'<p class="ck-aside"><b>{escape(told)}</b></p>')
    _show_history(one.history, language)
    if reader.may("resolve_quality"):
        with st.container(key="quality-note"):
            _show_form(edition, one, language)


def distinct(by_key: Mapping[str, Standing], name_of: Callable[[Standing], str]) -> dict[str, str]:
    """A name for each finding; those of one name are numbered: the browser chooses by the name it shows."""
    names = {key: name_of(one) for key, one in by_key.items()}
    alike, numbered = Counter(names.values()), Counter[str]()
    for key, name in names.items():
        if alike[name] > 1:
            numbered[name] += 1
            names[key] = f"{name} ({numbered[name]})"
    return names


def _show_history(history: Sequence[Noted], language: str) -> None:
    for noted in reversed(history):
        state = words.state_name(noted.note.state, language)
        when = journal_words.moment(noted.at, language)
        head = f"{when} · {journal_words.harmless(noted.who)} · {noted.note.office} · {state}"
        st.html(f'<p class="ck-aside"><b>{escape(head)}</b><br>{escape(noted.note.reason)}</p>')


def _show_form(edition: ServedEdition, one: Standing, language: str) -> None:
    """Of this finding alone, and empty again once a note was recorded: each round has keys of its own."""
    _ = translator(language)
    key = f"quality-note-{st.session_state.get(ROUND, 0)}-{one.finding.key}"
    with st.form(key, enter_to_submit=False, border=True):
        fields(key, one.finding.rule, language)
        [seen] = resolutions.as_seen([one]).values()
        st.form_submit_button(_("Catat"), type="primary", on_click=_send, args=(edition, key, one.finding.key, seen))


def fields(key: str, rule: str, language: str) -> None:
    """What is said of findings of a rule, in a form that is begun: FIELDS, each kept under `key` and its name."""
    _ = translator(language)
    st.selectbox(
        _("Penyelesaian"), STATES, key=f"{key}-state",
        format_func=lambda code: f"{words.state_name(code, language)} – {words.state_hint(code, language)}",
    )  # fmt: skip
    owner = account_menu.role_name(RULES[rule].owner, language)
    hint = _("Unit kerja, bukan nama orang. Aturan ini menjadi tanggung jawab {owner}.").format(owner=owner)
    st.text_input(_("Unit kerja"), key=f"{key}-office", help=hint)
    st.text_area(_("Alasan"), key=f"{key}-reason", help=_("Sekurangnya satu kalimat."))


def said(key: str) -> dict[str, str]:
    """What stands in the fields of a form when it is sent."""
    return {name: st.session_state[f"{key}-{name}"] or "" for name in FIELDS}


def _send(edition: ServedEdition, key: str, finding: str, seen: Seen) -> None:
    """What is sent is what was seen. Before the page is drawn: its list, and with it the form, may be another now.

    Who sends is asked again: the page may have been open for hours.
    """
    try:
        who, opened = readers.current(), cached.opened(edition.key)
        entry = resolutions.resolve(Home.from_environment(), who, opened, finding, seen=seen, **said(key))
    except CakupanError as refused:
        if not (isinstance(refused, NoteRefused) and refused.is_recorded):
            st.session_state[REFUSED] = refused
            return
        st.session_state[SAID] = refused
    else:
        st.session_state[SAID] = entry.number
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1


def _show_said(language: str) -> None:
    """That the last note was recorded, once."""
    _ = translator(language)
    done = st.session_state.pop(SAID, None)
    if done is not None:
        is_refusal = isinstance(done, NoteRefused)
        text = _("Tercatat sebagai entri {number}.")
        told = case_words.refusal(done, language) if is_refusal else text.format(number=formats.number(done, language))
        st.html(f'<div class="ck-notice" role="status">✓ {escape(told)}</div>')
