"""Definisi, Periksa klaim: can the figures of a sentence be true of each other, and what is stored beside them?"""

from html import escape
from pathlib import Path

import streamlit as st

from analytics.claim_beside import beside
from analytics.claims import check
from data.access import Reader
from data.errors import CakupanError
from data.home import Home
from ui import cached, cards, claim_words
from ui.cached import ServedEdition
from ui.texts import translator

TONES = {"consistent": ("better", "●"), "inconsistent": ("concern", "▲"), "cannot_tell": ("", "○")}
# Verdicts look as those on projects do.
STYLES = f"<style>{(Path(__file__).parent / 'projects.css').read_text('utf-8')}</style>"
HEIGHT = 120  # pixels
MOST_CHARACTERS = 2000  # of a paragraph; the shell takes more


def show(edition: ServedEdition | None, _reader: Reader, language: str) -> None:
    """The box and, of what was sent, each claim with its verdict. The text is kept nowhere."""
    _ = translator(language)
    st.html(STYLES)
    examples = [
        _("123 ribu dari sekitar 270 ribu pekerja, atau 45,6 persen"),
        _("Bali 50,88 %: 935.079 dari 1.873.899 pekerja"),
    ]
    cards.show_title(
        _("Periksa angka dalam kalimat"),
        _(
            "Angka dihitung ulang dengan rentang pembulatannya, lalu dibandingkan dengan angka tersimpan. Teks tidak "
            "disimpan."
        ),
    )
    with st.form("claims-box", border=False):
        text = st.text_area(
            _("Kalimat yang diperiksa"),
            max_chars=MOST_CHARACTERS,
            height=HEIGHT,
            placeholder=examples[0],
            key="claims-text",
        )
        st.form_submit_button(_("Periksa"), type="primary")
    if not text.strip():
        cards.show_asides([_("Misalnya: {example}").format(example=example) for example in examples])
        return
    try:
        _show_checked(edition, text, language)
    except CakupanError as refused:
        cards.show_notice(str(refused), concern=True)


def _show_checked(edition: ServedEdition | None, text: str, language: str) -> None:
    opened = None if edition is None else cached.opened(edition.key)
    checked = check(text)
    found = beside(Home.from_environment(), opened, checked)
    _show_verdict(found.verdict, claim_words.overall(found, language), [])
    verdicts = [claim.verdict for claim in checked.claims] + [one.verdict for one in found.lone]
    told = claim_words.told(checked, found, has_edition=edition is not None, language=language)
    for verdict, (first, *others) in zip(verdicts, told, strict=True):
        _show_verdict(verdict, first, others)
    if unchecked := claim_words.unchecked(found, language):
        cards.show_asides([unchecked])
    if edition is None:
        cards.show_asides([claim_words.no_edition(language)])


def _show_verdict(verdict: str, heading: str, lines: list[str]) -> None:
    tone, shape = TONES[verdict]
    below = "".join(f"<p>{escape(line)}</p>" for line in lines)
    st.html(
        f'<section class="ck-verdict {tone}" role="status"><h3><span aria-hidden="true">{shape}</span> '
        f"{escape(heading)}</h3>{below}</section>"
    )
