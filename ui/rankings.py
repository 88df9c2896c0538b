"""Where most unprotected placements are: ranked bars, each name a link to that scope."""

import re
from collections.abc import Sequence
from decimal import Decimal
from html import escape

import streamlit as st

from analytics.compute import Row
from ui import formats, frame, sentences
from ui.texts import translator

SHOWN = 7


def ranked(rows: Sequence[Row]) -> list[Row]:
    """Rows of unprotected_placements that could be judged and have workers, most first; ties by name."""
    judged = [row for row in rows if row.value is not None and row.denominator]
    return sorted(judged, key=lambda row: (-lacking_placements(row), row.label))


def lacking_placements(row: Row) -> int:
    assert row.value is not None, row
    return int(row.value)


def lacking_percent(row: Row) -> Decimal:
    """Share of the group's placements that is not covered."""
    assert row.denominator, row
    return Decimal(100 * lacking_placements(row)) / row.denominator


def lacking_title(rows: list[Row], language: str) -> str:
    """'Palembang: 23,1 % dari 12.345 penempatan yang belum terlindungi'; rows as ranked(), most first."""
    _ = translator(language)
    total = sum(lacking_placements(row) for row in rows)
    if not total:
        return _("Semua penempatan terlindungi")
    share = formats.percent(Decimal(100 * lacking_placements(rows[0])) / total, language)
    return _("{label}: {share} dari {total} penempatan yang belum terlindungi").format(
        label=sentences.category_name(rows[0].label, language), share=share, total=formats.number(total, language)
    )


def show_ranking(rows: Sequence[Row], heading: str, parameter: str, language: str) -> None:
    """The first of `rows` (as ranked() gives them); what is left is in the table below."""
    _ = translator(language)
    with st.container(key=f"rank-{parameter}"):
        unit = _("belum terlindungi / pekerja · %")
        st.html(f'<div class="ck-listhead"><b>{escape(heading)}</b><span>{escape(unit)}</span></div>')
        most = max((lacking_placements(row) for row in rows), default=0)
        for row in rows[:SHOWN]:
            link = frame.url_with(**{parameter: row.group})
            st.page_link(
                st.session_state["page"],
                label=plain(sentences.category_name(row.label, language)),
                query_params=link,
                width="stretch",
            )
            st.html(_bar(row, most, language))


def _bar(row: Row, most: int, language: str) -> str:
    width = 100 * lacking_placements(row) / most if most else 0
    count, workers = formats.number(lacking_placements(row), language), formats.number(row.denominator or 0, language)
    share = formats.percent(lacking_percent(row), language)
    return (
        f'<div class="ck-bar"><div class="track" aria-hidden="true"><i style="width:{width:.1f}%"></i></div>'
        f"<span><b>{count}</b> / {workers} · {share}</span></div>"
    )


def plain(label: str) -> str:
    """A name as Markdown that shows as written: link labels are Markdown to Streamlit."""
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|~:$&])", r"\\\1", label)
