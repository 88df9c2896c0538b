"""Bahan Rapat: the scope, the form, the preview of the very pack that the files will say, and earlier packs."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache

import streamlit as st

from data import casework, packs
from data.access import Reader
from data.home import JAKARTA, Home
from data.packs import Kept, PackRequest
from reports.pack import Pack
from ui import (
    cached,
    cards,
    frame,
    meeting,
    meeting_files,
    meeting_form,
    meeting_kept,
    meeting_preview,
    pack,
    pack_files,
    scope_bar,
)
from ui.cached import ServedEdition

# A pack is a few hundred kilobytes, and so is its preview.
KEPT = 40


def show(edition: ServedEdition, reader: Reader, environment: Mapping[str, str], language: str) -> None:
    """A pack to be made, or the kept one that the address names. `environment` is that of a child of the reader's."""
    st.html(meeting_preview.STYLES)
    every = packs.packs_of(Home(Path(edition.root)), reader.grant)
    named = st.query_params.get(meeting_kept.OPENED)
    found = meeting_kept.opened(every, named, language) if named else None
    if isinstance(found, Kept):
        meeting_kept.show_one(found, edition, reader, language)
        return
    _show_new(edition, reader, every, environment, language, told=found)


def _show_new(
    edition: ServedEdition,
    reader: Reader,
    every: Sequence[Kept],
    environment: Mapping[str, str],
    language: str,
    *,
    told: str | None,
) -> None:
    selection = scope_bar.choose(edition, language)
    asked = meeting.read(st.query_params, edition, selection, reader, datetime.now(JAKARTA).date(), language)
    scope_bar.show_ignored([*([told] if told else []), *asked.ignored])
    request = asked.request(selection, language)
    seen = preview_of(edition, request, language)
    form, preview = st.columns([3, 7], gap="large")
    with form, st.container(key="meeting-form"):
        meeting_form.show(asked, [section.code for section in seen.sections], language)
        former = meeting_files.kept_already(every, seen, request)
        if former:
            meeting_files.show_made(former, edition, language)
        else:
            meeting_files.show_button(language)
        making = st.container()
        meeting_files.show_summary(seen, language)
    with preview:
        st.html(_html(seen, dark=frame.is_dark()))
    meeting_kept.show_list(every, edition, language)
    with making:
        meeting_files.make(request, edition, environment, language)
