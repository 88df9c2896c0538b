"""How each uploaded file would be read, sheet by sheet, and the fields by which a person corrects that."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from html import escape
from threading import BoundedSemaphore
from typing import Any

import msgspec
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data import staging
from data.access import Reader
from data.errors import CakupanError
from data.home import Home
from data.importers.choice import Choice
from data.importers.files import HEAD_ROWS
from data.importers.kinds import KINDS, Column
from data.importers.recognise import Recognised, RecognisedSheet
from data.staging import Draft
from ui import cards, child, downloads, formats, upload_files, upload_words
from ui.texts import translator

KEPT = "upload-read"
LONGEST_SECONDS = 10 * 60
FOLDED_FROM = 4  # files; of fewer, all stand open
IGNORED = -1
WIDEST_CELL = 40  # characters
# A page that is loaded again and again begins anew each time, and the children of the earlier ones go on.
MOST_AT_ONCE = 2
_places = BoundedSemaphore(MOST_AT_ONCE)


def show(home: Home, draft: Draft, reader: Reader, language: str, *, disabled: bool) -> list[Recognised] | None:
    """What was recognised, file by file, or why nothing could be; None then."""
    _ = translator(language)
    about = _("Dikenali dari isinya dan dapat diperbaiki; nomor dan nama orang tidak ditampilkan.")
    upload_files.show_heading(2, _("Pembacaan"), about)
    try:
        read = recognised(draft, reader, language)
    except CakupanError as refused:
        cards.show_notice(str(refused), concern=True)
        return None
    for file in read:
        _show_file(home, draft, file, language, disabled=disabled)
    return read if any(sheet.is_read for file in read for sheet in file.sheets) else None


def recognised(draft: Draft, reader: Reader, language: str) -> list[Recognised]:
    """Asked of a child once for these files, sender and choices. CakupanError with its sentence."""
    _ = translator(language)
    asked = json.dumps([draft.token, draft.content, draft.answers.get("sender"), draft.answers.get("choices")])
    if st.session_state.get(KEPT, ("", None))[0] != asked:
        with st.spinner(_("Membaca berkas…")):
            st.session_state[KEPT] = (asked, _asked_of_child(draft, reader))
    told = st.session_state[KEPT][1]
    if isinstance(told, str):
        raise CakupanError(told)
    return told


def _asked_of_child(draft: Draft, reader: Reader) -> list[Recognised] | str:
    environment = child.child_environment(reader, downloads.session_of_this_run(reader))
    try:
        with _places:
            told = child.answer(["draft", "--recognise", draft.token], environment, LONGEST_SECONDS)
    except CakupanError as refused:
        return str(refused)
    return msgspec.convert(told, list[Recognised])


@dataclass(frozen=True)
class Reading:
    """One table of one file as it would be read, and whose it is."""

    home: Home
    draft: Draft
    file: Recognised
    number: int

    @property
    def sheet(self) -> RecognisedSheet:
        return self.file.sheets[self.number]

    @property
    def key(self) -> str:
        """Another reading has other fields: none keeps what was chosen in one of before."""
        choice = asdict(self.sheet.choice) if self.sheet.choice else None
        now = json.dumps([choice, self.sheet.is_read, self.sheet.kind], sort_keys=True)
        return f"read-{self.file.sha256[:12]}-{self.number}-{hashlib.sha256(now.encode()).hexdigest()[:8]}"


def _show_file(home: Home, draft: Draft, file: Recognised, language: str, *, disabled: bool) -> None:
    _ = translator(language)
    with st.container(border=True, key=f"reading-{file.sha256[:12]}"):
        st.html(f'<p class="ck-reading-file">{escape(file.file)}</p>')
        if file.problem:
            cards.show_notice(file.problem, concern=True)
        for number, sheet in enumerate(file.sheets):
            st.html(sheet_html(file, sheet, language))
            if not file.is_procurement and not disabled:
                with st.expander(_("Perbaiki pembacaan"), expanded=_needs_a_hand(file, sheet)):
                    _show_correction(Reading(home, draft, file, number), language)


def sheet_html(file: Recognised, sheet: RecognisedSheet, language: str) -> str:
    """Kind, place and size of a table, and what is to be known of its reading."""
    _ = translator(language)
    kind = upload_words.kind_title(sheet.kind, language) if sheet.kind else _("Jenis tidak dikenali")
    facts = [_("lembar “{name}”").format(name=sheet.name)] if sheet.name else []
    facts.append(_.plural("{count} baris", sheet.rows).format(count=formats.number(sheet.rows, language)))
    if sheet.header_row and not file.is_procurement:
        facts.append(_("judul kolom di baris {row}").format(row=sheet.header_row))
    if sheet.headers:
        read = sum(header.column is not None for header in sheet.headers)
        facts.append(
            _.plural("{read} dari {count} kolom dibaca", len(sheet.headers)).format(read=read, count=len(sheet.headers))
        )
    css = "read" if sheet.is_read else "unread"
    mark = "●" if sheet.is_read else "○"
    lines = "".join(f"<li>{escape(text)}</li>" for text in _remarks(sheet, language))
    problem = f'<p class="ck-reading-problem">▲ {escape(sheet.problem)}</p>' if sheet.problem else ""
    return (
        f'<div class="ck-reading {css}"><p><i aria-hidden="true">{mark}</i><b>{escape(kind)}</b>'
        f"<span>{escape(' · '.join(facts))}</span></p>{problem}<ul>{lines}</ul></div>"
    )


def _remarks(sheet: RecognisedSheet, language: str) -> list[str]:
    _ = translator(language)
    said = []
    if sheet.missing and not sheet.problem:
        said.append(_("Kolom wajib belum ditemukan: {names}.").format(names=", ".join(sheet.missing)))
    if sheet.mapping:
        said.append(_("Dibaca menurut pemetaan pengirim ini (jurnal, entri {number}).").format(number=sheet.mapping))
    if sheet.rivals:
        names = ", ".join(upload_words.kind_title(kind, language) for kind in sheet.rivals)
        said.append(_("Cocok juga sebagai: {names}.").format(names=names))
    if sheet.hidden_rows or sheet.hidden_columns:
        said.append(_hidden(sheet, language))
    if not sheet.is_visible:
        said.append(_("Lembar ini tersembunyi."))
    ignored = [header.text for header in sheet.headers if header.column is None and not header.is_personal]
    if ignored and sheet.is_read:
        said.append(_("Tidak dibaca: {names}.").format(names=", ".join(filter(None, ignored))))
    personal = [header.text for header in sheet.headers if header.column is None and header.is_personal]
    if personal and sheet.is_read:
        said.append(_("Data orang, tidak disimpan: {names}.").format(names=", ".join(personal)))
    return said


def _hidden(sheet: RecognisedSheet, language: str) -> str:
    """Rows, columns or both, whichever there are."""
    _ = translator(language)
    rows, columns = (formats.number(count, language) for count in (sheet.hidden_rows, sheet.hidden_columns))
    if not sheet.hidden_columns:
        return _("Baris tersembunyi yang ikut dibaca: {rows}.").format(rows=rows)
    if not sheet.hidden_rows:
        return _("Kolom tersembunyi yang ikut dibaca: {columns}.").format(columns=columns)
    return _("Baris dan kolom tersembunyi yang ikut dibaca: {rows} dan {columns}.").format(rows=rows, columns=columns)


def _needs_a_hand(file: Recognised, sheet: RecognisedSheet) -> bool:
    """The table that keeps its file out: recognised but for a column, or the only one."""
    return (bool(sheet.problem) and len(file.sheets) == 1) or bool(file.problem and sheet.kind and sheet.missing)


def _show_correction(read: Reading, language: str) -> None:
    _ = translator(language)
    sheet, key = read.sheet, read.key
    if len(read.file.sheets) > 1:
        st.toggle(
            _("Masukkan lembar ini"), sheet.is_read, key=f"{key}-read", on_change=_correct, args=(read, False, True)
        )
    kind, row, depth = st.columns([3, 1, 1])
    kind.selectbox(
        _("Jenis"),
        list(KINDS),
        index=list(KINDS).index(sheet.kind) if sheet.kind else None,
        format_func=lambda name: upload_words.kind_title(name, language),
        placeholder=_("Pilih jenisnya"),
        key=f"{key}-kind",
        on_change=_correct,
        args=(read,),
    )
    first = sheet.header_row or 1
    row.number_input(_("Baris judul"), 1, HEAD_ROWS, first, key=f"{key}-row", on_change=_correct, args=(read,))
    tall = sheet.header_depth - 1
    depth.selectbox(_("Banyak baris judul"), [1, 2], index=tall, key=f"{key}-depth", on_change=_correct, args=(read,))
    _show_first_rows(sheet, language)
    if sheet.kind and sheet.headers:
        _show_columns(read, language)
    if read.draft.answers.get("choices", {}).get(read.file.sha256):
        again = _("Kembali ke yang dikenali")
        st.button(again, type="tertiary", key=f"{key}-reset", on_click=_keep, args=(read, None))


def _show_first_rows(sheet: RecognisedSheet, language: str) -> None:
    """As they stand in the file, with their numbers; the header is marked."""
    _ = translator(language)
    last = (sheet.header_row or 0) + sheet.header_depth - 1
    rows = ""
    for row in sheet.first_rows:
        is_header = sheet.header_row is not None and sheet.header_row <= row.number <= last
        cells = "".join(f"<td>{escape(cell[:WIDEST_CELL])}</td>" for cell in row.cells)
        rows += f'<tr class="{"head" if is_header else ""}"><th scope="row">{row.number}</th>{cells}</tr>'
    label = escape(_("Baris-baris pertama"))
    st.html(
        f'<div class="ck-scroll ck-sample" role="region" aria-label="{label}" tabindex="0">'
        f'<table class="ck-table"><tbody>{rows}</tbody></table></div>'
    )


def _show_columns(read: Reading, language: str) -> None:
    """For every column of the kind, which one of the file it is."""
    _ = translator(language)
    sheet = read.sheet
    assert sheet.kind is not None
    nameless = _("kolom {number}")
    texts = {header.position: header.text or nameless.format(number=header.position + 1) for header in sheet.headers}
    options = [IGNORED, *texts]
    texts[IGNORED] = _("– tidak ada –")
    now = {header.column: header.position for header in sheet.headers if header.column}
    sides: Sequence[DeltaGenerator] = ()
    for place, column in enumerate(_in_order(KINDS[sheet.kind].columns)):
        sides = sides if place % 2 else st.columns(2)  # row by row, so that a phone keeps their order
        sides[place % 2].selectbox(
            f"{column.name} *" if column.required else column.name,
            options,
            index=options.index(now.get(column.name, IGNORED)),
            format_func=lambda position: texts[position],
            key=f"{read.key}-column-{column.name}",
            on_change=_correct,
            args=(read, True),
        )
    st.caption(_("Bertanda *: wajib ada."))


def _in_order(columns: Sequence[Column]) -> list[Column]:
    return sorted(columns, key=lambda column: not column.required)


def _correct(read: Reading, has_columns: bool = False, is_switch: bool = False) -> None:
    """Keep what the fields of a sheet say now. Another kind or header asks anew what its columns seem to be.

    Who corrects how a sheet is read wants it in: only its own switch (`is_switch`) leaves one out.
    """
    if st.session_state[f"{read.key}-kind"] is not None:
        _keep(read, chosen_tables(read, st.session_state, has_columns=has_columns, is_switch=is_switch))


def chosen_tables(
    read: Reading, fields: Mapping[Any, Any], *, has_columns: bool = False, is_switch: bool = False
) -> list[Choice]:
    """How all tables of the file that come in are read, with what `fields` say of this one."""
    sheet, key = read.sheet, read.key
    kind = fields[f"{key}-kind"]
    chosen = Choice(sheet.name, kind, int(fields[f"{key}-row"]), fields[f"{key}-depth"])
    if has_columns:
        named = {column.name: fields[f"{key}-column-{column.name}"] for column in KINDS[kind].columns}
        chosen = replace(chosen, columns={name: at for name, at in named.items() if at != IGNORED})
    elif sheet.choice and replace(sheet.choice, columns={}) == chosen:
        chosen = sheet.choice
    choices = [one.choice if one.is_read else None for one in read.file.sheets]
    choices[read.number] = chosen if not is_switch or fields[f"{key}-read"] else None
    return [choice for choice in choices if choice]


def _keep(read: Reading, choices: list[Choice] | None) -> None:
    kept = dict(read.draft.answers.get("choices", {}))
    kept.pop(read.file.sha256, None)
    if choices:
        kept[read.file.sha256] = [asdict(choice) for choice in choices]
    staging.answer(read.home, read.draft, choices=kept or None)
