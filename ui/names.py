"""Mutu Data, Nama: which names may be two spellings of one."""

from collections import Counter
from collections.abc import Sequence
from html import escape

import streamlit as st

from analytics import names
from analytics.names import Candidate, Name
from data import aliases
from data.access import EVERYTHING, Reader
from data.aliases import FIELDS, Aliases, shown_name
from data.home import Home
from ui import alias_table, cached, cards, empty_states, formats, paging
from ui.alias_table import decide, field_name
from ui.cached import ServedEdition
from ui.texts import translator

LATER = "names-later"
MOST_PLACES = 3  # named as evidence


def show(edition: ServedEdition | None, reader: Reader, language: str) -> None:
    """Suggestions, the aliases in force, and a form for names that nobody suggested."""
    _ = translator(language)
    if edition is None:
        empty_states.show_no_edition(language)
        return
    if not names.are_told(cached.opened(edition.key)):
        empty_states.show_older_edition(language)
        return
    known = aliases.aliases_of(Home.from_environment())
    may_decide = reader.may("name_aliases") and reader.grant == EVERYTHING
    alias_table.show_said()
    _show_suggestions(edition, known, may_decide, language)
    alias_table.show(edition, known, may_decide, language)


def _show_suggestions(edition: ServedEdition, known: Aliases, may_decide: bool, language: str) -> None:
    _ = translator(language)
    later = st.session_state.setdefault(LATER, set())
    every = names.undecided(cached.alike_names(edition.key), known)
    found = [one for one in every if _key(one) not in later]
    cards.show_title(_suggestions_title(len(found), language), _explained(may_decide, language))
    if len(every) > len(found):
        text = _.plural("{count} usulan ditunda sampai Anda membuka halaman lagi.", len(every) - len(found))
        st.button(
            text.format(count=formats.number(len(every) - len(found), language)) + " " + _("Tampilkan lagi"),
            on_click=later.clear,
            key="names-again",
        )
    if not found:
        return
    found = _of_field(found, language)
    page = paging.page_of(st.query_params, len(found))
    for number, candidate in enumerate(found[page.first : page.last], page.first):
        _show_pair(candidate, number, may_decide, language)
    paging.show(page, language)


def _suggestions_title(count: int, language: str) -> str:
    _ = translator(language)
    if count == 0:
        return _("Tidak ada nama yang tampak ditulis dengan beberapa ejaan")
    return _.plural("{count} nama mungkin ejaan lain dari nama yang sudah ada", count).format(
        count=formats.number(count, language)
    )


def _explained(may_decide: bool, language: str) -> str:
    _ = translator(language)
    usual = _(
        "Usulan saja: angka baru berubah sesudah seseorang menyatukan namanya dan edisi berikutnya diterbitkan. Nama "
        "dengan nomor, wilayah atau bentuk usaha yang berbeda tidak pernah diusulkan."
    )
    if may_decide:
        widened = _("Akun yang dibatasi pada satu pemilik ikut melihat semua proyek di bawah nama yang disatukan.")
        return f"{usual} {widened}"
    return usual + " " + _("Petugas data atau pengelola tanpa batas lingkup yang memutuskan.")


def _of_field(found: Sequence[Candidate], language: str) -> list[Candidate]:
    """Those of the kind that the reader chose; nothing to choose where there is one kind."""
    _ = translator(language)
    counted = Counter(one.field for one in found)
    if len(counted) < 2:
        return list(found)
    chosen = st.pills(
        _("Jenis nama"),
        [field for field in FIELDS if field in counted],
        format_func=lambda field: f"{field_name(field, language)} ({formats.number(counted[field], language)})",
        key="names-field",
    )
    return [one for one in found if chosen in (None, one.field)]


def _show_pair(candidate: Candidate, number: int, may_decide: bool, language: str) -> None:
    _ = translator(language)
    with st.container(border=True, key=f"names-pair-{number}"):
        kicker = f"{field_name(candidate.field, language)} · {_why(candidate, language)}"
        st.html(f'<p class="ck-kicker">{escape(kicker)}</p>')
        if not may_decide:
            st.html("".join(_name_html(name, language) for name in (candidate.keep, candidate.other)))
            return
        kept = _choose_kept(candidate, language)
        with st.container(horizontal=True):
            _decide(candidate, _("Satukan nama"), "same", kept, language)
            _decide(candidate, _("Bukan nama yang sama"), "different", kept, language)
            key = f"names-later-{_key(candidate)}"
            st.button(_("Nanti"), on_click=st.session_state[LATER].add, args=(_key(candidate),), key=key)


def _choose_kept(candidate: Candidate, language: str) -> Name | None:
    """Which of the two stays; of a spelling of a place, which place it means: None until that is chosen."""
    _ = translator(language)
    if candidate.field == "wilayah":
        return _choose_place(candidate, language)
    both = [candidate.keep, candidate.other]
    chosen = st.radio(
        _("Nama yang dipakai"),
        range(2),
        format_func=lambda n: _as_text(both[n].name),
        captions=[_as_text(evidence(name, language)) for name in both],
        key=f"names-keep-{_key(candidate)}",
    )
    return both[chosen or 0]


def _choose_place(candidate: Candidate, language: str) -> Name | None:
    """'Kab. Ogan Komering' may be Ulu or Ilir: where several places are alike nothing is chosen beforehand."""
    _ = translator(language)
    st.html(_name_html(candidate.other, language))
    chosen = st.radio(
        _("Wilayah yang dimaksud"),
        candidate.offered,
        index=0 if len(candidate.offered) == 1 else None,
        key=f"names-keep-{_key(candidate)}",
    )
    st.caption(_("Berlaku bagi berkas yang diimpor sesudah ini; kirim ulang baris yang sudah ditolak."))
    return Name("wilayah", chosen, 0) if chosen else None


def _decide(candidate: Candidate, text: str, verdict: str, kept: Name | None, language: str) -> None:
    primary = "primary" if verdict == "same" else "secondary"
    pressed = st.button(text, type=primary, disabled=kept is None, key=f"names-{verdict}-{_key(candidate)}")
    if not pressed or kept is None:
        return
    other = candidate.keep if kept == candidate.other else candidate.other
    record = aliases.confirm if verdict == "same" else aliases.reject
    decide(lambda home, who: record(home, candidate.field, other.name, kept.name, who), language)


def _why(candidate: Candidate, language: str) -> str:
    _ = translator(language)
    if candidate.field == "wilayah":
        return _("ditolak saat impor sebab tidak dikenal")
    return {
        "key": _("sama sesudah singkatan, tanda baca dan bentuk usaha diabaikan"),
        "close": _("satu kata tampak salah ketik"),
        "part": _("yang satu tampak nama pendek atau nama lama dari yang lain"),
    }[candidate.how]


def evidence(name: Name, language: str) -> str:
    """How often the name occurs, where, since when and in which files."""
    _ = translator(language)
    if name.field == "wilayah":
        return _("{count} baris ditolak").format(count=formats.number(name.count, language)) if name.count else ""
    counted = _.plural("{count} target", name.count) if name.field == "unit" else _.plural("{count} proyek", name.count)
    told = [counted.format(count=formats.number(name.count, language))]
    if name.places:
        told.append(_several([shown_name("wilayah", place) for place in name.places], MOST_PLACES, language))
    if name.first and name.last:
        first, last = formats.month(name.first, language), formats.month(name.last, language)
        told.append(_("mulai {first}").format(first=first) if first == last else f"{first} – {last}")
    if name.files:
        told.append(_several(name.files, 1, language))
    return " · ".join(told)


def _several(texts: Sequence[str], most: int, language: str) -> str:
    _ = translator(language)
    shown = ", ".join(texts[:most])
    if len(texts) <= most:
        return shown
    return _("{shown} dan {count} lagi").format(shown=shown, count=formats.number(len(texts) - most, language))


def _name_html(name: Name, language: str) -> str:
    said = evidence(name, language)
    below = f'<p class="ck-aside">{escape(said)}</p>' if said else ""
    return f"<p><b>{escape(shown_name(name.field, name.name))}</b></p>{below}"


def _as_text(text: str) -> str:
    """A name from a file in a widget that reads Markdown."""
    return "".join(f"\\{char}" if char in r"\`*_{}[]()<>#+-.!|~$:&" else char for char in text)


def _key(candidate: Candidate) -> str:
    return f"{candidate.field}-{candidate.keep.name}-{candidate.other.name}"
