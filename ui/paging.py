"""Rows by the page, the page in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

import streamlit as st

from ui import formats
from ui.texts import translator

ON_A_PAGE = 25


@dataclass(frozen=True)
class Page:
    """Rows `first` up to and without `last` of `total`; `number` counts from 1."""

    number: int
    total: int

    @property
    def first(self) -> int:
        return (self.number - 1) * ON_A_PAGE

    @property
    def last(self) -> int:
        return min(self.first + ON_A_PAGE, self.total)

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // ON_A_PAGE))


def number_in(params: Mapping[str, str]) -> int | None:
    """The page that an address names; None where what it says is no number of a page."""
    text = params.get("hal", "1")
    is_number = text.isascii() and text.isdecimal() and len(text) <= 9
    return int(text) if is_number and int(text) > 0 else None


def page_of(params: Mapping[str, str], total: int) -> Page:
    """The page asked for; the last where there are fewer, the first where nothing sensible was asked."""
    return clipped(number_in(params) or 1, total)


def clipped(number: int, total: int) -> Page:
    return Page(min(number, Page(1, total).pages), total)


def show(page: Page, language: str) -> None:
    """Where one is, and the ways to the next and the one before; nothing where all stands on one page."""
    _ = translator(language)
    if page.pages == 1:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="paging"):
        _button(_("‹ Sebelumnya"), page.number - 1, "paging-before", disabled=page.number == 1)
        text = _("{first}–{last} dari {count}").format(
            first=formats.number(page.first + 1, language),
            last=formats.number(page.last, language),
            count=formats.number(page.total, language),
        )
        st.html(f'<span class="ck-page">{escape(text)}</span>', width="content")
        _button(_("Berikutnya ›"), page.number + 1, "paging-after", disabled=page.number == page.pages)


def _button(text: str, number: int, key: str, *, disabled: bool) -> None:
    st.button(text, on_click=_turn, args=(number,), disabled=disabled, key=key)


def _turn(number: int) -> None:
    if number == 1:
        st.query_params.pop("hal", None)
    else:
        st.query_params["hal"] = str(number)
