"""One word on many findings of a rule: how many they are, the form, and which were left out."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from html import escape

import streamlit as st

from analytics.quality import resolutions
from analytics.quality.resolutions import CHANGED, GONE, STANDINGS, Seen, Standing
from data.access import Reader
from data.errors import CakupanError
from data.home import Home
from data.quality_notes import SAID as SAID_ALREADY
from data.quality_notes import SPOKEN, Together
from ui import cards, case_words, formats, quality_form
from ui import quality_words as words
from ui import reader as readers
from ui.texts import translator

DONE, REFUSED, ROUND = "quality-together-done", "quality-together-refused", "quality-together-round"
NAMED = 8  # of those left out; the rest are counted


def show(
    chosen: Sequence[Standing],
    rule: str | None,
    every: Mapping[str, Standing],
    reader: Reader,
    name_of: Callable[[Standing], str],
    language: str,
) -> None:
    """For who may: the form for all findings that the filters show, of one rule. `every` are all findings by key."""
    _ = translator(language)
    if not reader.may("resolve_quality"):
        return
    if done := st.session_state.pop(DONE, None):
        _show_done(done, every, name_of, language)
    if len(chosen) > 1 and rule is None:
        cards.show_asides([_("Untuk menyelesaikan banyak temuan bersama, pilih satu aturan pada saringan di atas.")])
    elif len(chosen) > 1 and rule is not None:
        title = _.plural("Selesaikan {count} temuan ini bersama", len(chosen)).format(
            count=formats.number(len(chosen), language)
        )
        with st.expander(title), st.container(key="quality-note-together"):
            st.html(f'<p class="ck-aside">{escape(_explained(chosen, language))}</p>')
            _show_form(chosen, rule, language)
    if refused := st.session_state.pop(REFUSED, None):
        st.html(f'<p class="ck-wrong" role="alert">▲ {escape(case_words.refusal(refused, language))}</p>')


def _explained(chosen: Sequence[Standing], language: str) -> str:
    """How the findings stand now, and what one word on all of them does."""
    _ = translator(language)
    counts = Counter(one.state for one in chosen)
    states = ", ".join(
        f"{formats.number(counts[state], language)} {words.state_name(state, language).lower()}"
        for state in STANDINGS
        if counts[state]
    )
    text = _(
        "Semua temuan menurut saringan ini, pada semua halaman: {states}. Penyelesaian, unit kerja dan alasan yang "
        "sama dicatat pada setiap temuan; saringlah dahulu bila hanya sebagian yang dimaksud."
    )
    return text.format(states=states)


def _show_form(chosen: Sequence[Standing], rule: str, language: str) -> None:
    """Fields are empty again once notes were recorded: each round has keys of its own."""
    _ = translator(language)
    key = f"quality-together-{st.session_state.get(ROUND, 0)}"
    with st.form(key, enter_to_submit=False, border=True):
        quality_form.fields(key, rule, language)
        text = _.plural("Catat untuk {count} temuan", len(chosen)).format(count=formats.number(len(chosen), language))
        seen = resolutions.as_seen(chosen)
        st.form_submit_button(text, type="primary", on_click=_send, args=(key, seen))


def _send(key: str, seen: Mapping[str, Seen]) -> None:
    """What is sent is what was seen. Before the page is drawn: its list, and with it the button, may be another now.

    Who sends is asked again: the page may have been open for hours.
    """
    try:
        done = resolutions.resolve_together(Home.from_environment(), readers.current(), seen, **quality_form.said(key))
    except CakupanError as refused:
        st.session_state[REFUSED] = refused
        return
    st.session_state[DONE] = done
    if done.entries:
        st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1


def _show_done(
    done: Together, every: Mapping[str, Standing], name_of: Callable[[Standing], str], language: str
) -> None:
    """What was recorded, once, and every reason for which findings were left out."""
    st.html(f'<div class="ck-notice" role="status">{escape(told(done, language))}</div>')
    for why, keys in done.left_out.items():
        # One that is not seen any more has no name here.
        named = [name_of(every[key]) for key in keys if key in every][:NAMED]
        lines = "".join(f"<li>{escape(name)}</li>" for name in named)
        text = escape(left_out(why, len(keys), language))
        st.html(f'<div class="ck-notice concern" role="note">{text}<ul>{lines}</ul></div>')


def told(done: Together, language: str) -> str:
    """'✓ 574 temuan tercatat dengan entri 12 sampai 17.'"""
    _ = translator(language)
    if not done.entries:
        return _("Tidak ada yang dicatat.")
    first, last = done.entries[0].number, done.entries[-1].number
    text = (
        _("{count} temuan tercatat dengan entri {first}.")
        if first == last
        else _("{count} temuan tercatat dengan entri {first} sampai {last}.")
    )
    counts = {"count": len(done.noted), "first": first, "last": last}
    return "✓ " + text.format(**{name: formats.number(count, language) for name, count in counts.items()})


def left_out(why: str, count: int, language: str) -> str:
    """Why findings were left out, and what to do."""
    _ = translator(language)
    text = {
        CHANGED: _("{count} temuan tidak ikut: nilainya berubah sejak halaman ini dibuka. Periksa nilainya yang baru."),
        GONE: _("{count} temuan tidak ikut: tidak ada lagi dalam edisi sekarang, atau di luar lingkup akun ini."),
        SPOKEN: _("{count} temuan tidak ikut: orang lain menanggapinya sejak halaman ini dibuka. Baca tanggapannya."),
        SAID_ALREADY: _("{count} temuan tidak ikut: isi yang sama sudah tercatat."),
    }[why]
    return text.format(count=formats.number(count, language))
