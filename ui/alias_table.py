"""Mutu Data, Nama: the aliases in force, and what is decided on them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from data import aliases
from data.access import EVERYTHING, Reader
from data.aliases import FIELDS, Alias, Aliases, shown_name
from data.cases import CaseRefused
from data.errors import CakupanError
from data.home import Home
from data.journal import Entry
from ui import cached, cards, formats, journal_words, tables
from ui import reader as readers
from ui.cached import ServedEdition
from ui.project_columns import text_column
from ui.tables import Column
from ui.texts import translator

SAID, ROUND = "names-said", "names-round"


@dataclass(frozen=True)
class _Line:
    """One alias beside what it comes to; `state` says since when."""

    alias: Alias
    name: str
    state: str


def show(edition: ServedEdition, known: Aliases, may_decide: bool, language: str) -> None:
    """What is in force, and for who may decide the forms to take it back or to say more."""
    _show_in_force(edition, known, may_decide, language)
    if may_decide:
        _show_other_two(language)
        _show_different(known, language)


def _show_in_force(edition: ServedEdition, known: Aliases, may_decide: bool, language: str) -> None:
    _ = translator(language)
    lines = _lines(edition, known, language)
    title = _("{count} alias berlaku").format(count=formats.number(len(lines), language))
    cards.show_title(
        title, _("Ejaan yang dinyatakan seseorang sama dengan nama lain; asal-usulnya tercatat di jurnal.")
    )
    if not lines:
        cards.show_notice(_("Belum ada alias."))
        return
    page_of_them = lines[: tables.MOST_ON_THE_SCREEN]
    columns = _columns(language)
    st.html(tables.html_table(columns, page_of_them, title, stacked=True))
    stamp = tables.Stamp(
        f"cakupan-edisi-{edition.number}", {_("Edisi"): edition.number}, edition.is_demo, {"edition": edition.number}
    )
    tables.show_files(columns, lines, "alias", title, stamp, language)
    if may_decide:
        _show_withdrawal(lines, language)


def _lines(edition: ServedEdition, known: Aliases, language: str) -> list[_Line]:
    """Newest first; a reader with a limited grant sees those of owners whose name is among those that are shown."""
    _ = translator(language)
    opened = cached.opened(edition.key)
    is_whole = edition.grant == EVERYTHING
    applied = (
        {(row["field"], row["written"]): row["name"] for row in opened.query("aliases", places=None, owners=None)}
        if is_whole
        else {}
    )
    shown = None if is_whole else set(cached.known_owners(edition.key))
    lines = []
    for alias in reversed(known.in_force):
        name = known.names[alias.field][alias.written]
        if shown is not None and (alias.field != "pemilik" or name not in shown):
            continue
        in_edition = applied.get((alias.field, alias.written), opened.owner_name(alias.written)) == name
        if alias.field == "wilayah":
            state = _("pada impor berikutnya")
        else:
            state = _("dalam edisi ini") if in_edition else _("pada penerbitan berikutnya")
        lines.append(_Line(alias, name, state))
    return lines


def _columns(language: str) -> list[Column]:
    _ = translator(language)

    def kind(line: _Line) -> str:
        return field_name(line.alias.field, language)

    def name(line: _Line) -> str:
        return shown_name(line.alias.field, line.name)

    def who(line: _Line) -> str:
        return line.alias.who if line.alias.is_authenticated else f"{line.alias.who} ({_('tanpa autentikasi')})"

    return [
        text_column(_("Jenis"), kind, on_phone="inline"),
        text_column(_("Tertulis"), lambda line: line.alias.written, on_phone="title"),
        text_column(_("Berlaku sebagai"), name, on_phone="labelled"),
        text_column(_("Berlaku"), lambda line: line.state, on_phone="labelled"),
        text_column(_("Oleh"), who, on_phone="labelled"),
        Column(
            _("Waktu"),
            lambda line: journal_words.moment(line.alias.at, language),
            lambda line: line.alias.at.isoformat(timespec="seconds"),
            numeric=False,
            on_phone="inline",
        ),
        Column(_("Entri"), lambda line: str(line.alias.number), lambda line: line.alias.number),
    ]


def _show_withdrawal(lines: Sequence[_Line], language: str) -> None:
    _ = translator(language)
    with st.expander(_("Tarik alias")):
        chosen = st.selectbox(
            _("Alias yang ditarik"),
            lines,
            format_func=lambda line: f"{line.alias.written} → {shown_name(line.alias.field, line.name)}",
            index=None,
            key=f"names-withdraw-{st.session_state.get(ROUND, 0)}",
        )
        if st.button(_("Tarik alias"), disabled=chosen is None, key="names-withdraw-send") and chosen is not None:
            decide(lambda home, who: aliases.withdraw(home, chosen.alias.field, chosen.alias.written, who), language)


def _show_other_two(language: str) -> None:
    """For what no comparison of letters finds: an office that was renamed."""
    _ = translator(language)
    with st.expander(_("Satukan dua nama lain")), st.form(f"names-form-{st.session_state.get(ROUND, 0)}"):
        field = st.selectbox(_("Jenis nama"), list(FIELDS), format_func=lambda code: field_name(code, language))
        written = st.text_input(_("Tertulis dalam berkas, persis"), max_chars=aliases.LONGEST)
        name = st.text_input(_("Berlaku sebagai"), max_chars=aliases.LONGEST)
        if st.form_submit_button(_("Satukan nama")):
            decide(lambda home, who: aliases.confirm(home, field, written, name, who), language)


def _show_different(known: Aliases, language: str) -> None:
    _ = translator(language)
    if not known.different:
        return
    text = _.plural("Bukan nama yang sama: {count} pasangan", len(known.different))
    with st.expander(text.format(count=formats.number(len(known.different), language))):
        chosen = st.selectbox(
            _("Pasangan yang boleh diusulkan lagi"),
            known.different,
            format_func=lambda pair: " ≠ ".join(shown_name(pair.field, name) for name in pair.names),
            index=None,
            key=f"names-different-{st.session_state.get(ROUND, 0)}",
        )
        if st.button(_("Usulkan lagi"), disabled=chosen is None, key="names-reconsider") and chosen is not None:
            decide(lambda home, who: aliases.reconsider(home, chosen.field, *chosen.names, who), language)


def decide(record: Callable[[Home, Reader], Entry], language: str) -> None:
    """Who decides is asked again: the page may have been open for hours."""
    try:
        entry = record(Home.from_environment(), readers.current())
    except CaseRefused as refused:
        cards.show_notice(refused.told(translator(language)), concern=True)
        return
    except CakupanError as refused:
        cards.show_notice(str(refused), concern=True)
        return
    st.session_state[SAID] = journal_words.told(entry, language)
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    st.rerun()


def show_said() -> None:
    """What was recorded last, once."""
    if said := st.session_state.pop(SAID, None):
        st.html(f'<div class="ck-notice" role="status">✓ {escape(said)}</div>')


def field_name(field: str, language: str) -> str:
    return translator(language)(FIELDS[field]).capitalize()
