"""Bahan Rapat: the scope, the form, the preview of the very pack that the files will say, and earlier packs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import streamlit as st

from data import packs
from data.access import Reader
from data.home import JAKARTA, Home
from data.packs import Kept, PackRequest
from reports.pack import Pack
from ui import (
    cached,
    frame,
    meeting,
    meeting_files,
    meeting_form,
    meeting_kept,
    meeting_preview,
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
    today = datetime.now(JAKARTA).date()
    asked = meeting.read(st.query_params, edition, selection, reader, today, language)
    scope_bar.show_ignored([*([told] if told else []), *asked.ignored])
    request = asked.request(selection, language)
    seen = seen_now(edition, reader, request)
    built = pack_of(seen)
    form, preview = st.columns([3, 7], gap="large")
    with form, st.container(key="meeting-form"):
        meeting_form.show(asked, [section.code for section in built.sections], today, language)
        if built.sections:
            meeting_files.show(meeting_files.kept_already(every, built), edition, language)
        else:
            meeting_form.show_nothing_chosen(asked, language)
        making = st.container()
        if built.sections:
            meeting_files.show_summary(built, language)
    with preview:
        st.html(preview_of(seen, dark=frame.is_dark()))
    meeting_kept.show_list(every, edition, language)
    with making:  # when all the rest stands already
        meeting_files.make(request, edition, environment, language)


@dataclass(frozen=True)
class Seen:
    """All that decides what a pack says, with a hash: an edition never changes, and casework only grows.

    `casework_number` is that of the last entry of casework, `former` the series' pack before this one.
    """

    key: cached.EditionKey
    request: PackRequest
    casework_number: int
    former: Kept | None


def seen_now(edition: ServedEdition, reader: Reader, request: PackRequest) -> Seen:
    """What a pack of this request would be made of now."""
    former = pack_files.earlier(Home(Path(edition.root)), reader, request)
    newest = max((noted.number for noted in cached.casework(edition.key).history), default=0)
    return Seen(edition.key, request, newest, former)


@lru_cache(maxsize=KEPT)
def pack_of(seen: Seen) -> Pack:
    """The very pack that making it would keep."""
    home, edition = Home(Path(seen.key[0])), cached.opened(seen.key)
    return pack_files.preview(home, edition, seen.request, until=seen.casework_number, former=seen.former)


@lru_cache(maxsize=KEPT)
def preview_of(seen: Seen, *, dark: bool) -> str:
    """The same as HTML."""
    return meeting_preview.pack_html(pack_of(seen), dark=dark)
