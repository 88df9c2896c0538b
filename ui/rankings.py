"""Where most unprotected placements are: ranked bars, each name a link to that scope."""

import re
from collections.abc import Sequence
from decimal import Decimal
from html import escape

import streamlit as st

from analytics.compute import Row
from ui import formats, frame, sentences, tables
from ui.origin_links import Origins
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


def lacking_title(rows: Sequence[Row], whole: Row, language: str) -> str:
    """'Kota Palembang menanggung 21,7 % dari seluruh 40.026 penempatan yang belum terlindungi'.

    `rows` as ranked(), most first; `whole` is the scope's own row, since some projects may be in none of its groups.
    """
    _ = translator(language)
    label, most = sentences.category_name(rows[0].label, language), lacking_placements(rows[0])
    if whole.value is None:
        told = _.plural("{label}: {count} penempatan belum terlindungi, terbanyak di antara yang dapat dinilai", most)
        return told.format(label=label, count=formats.number(most, language))
    total = lacking_placements(whole)
    if not total:
        return _("Semua penempatan terlindungi")
    return _.plural("{label} menanggung {share} dari seluruh {total} penempatan yang belum terlindungi", total).format(
        label=label,
        share=formats.percent(Decimal(100 * most) / total, language),
        total=formats.number(total, language),
    )


def outside(rows: Sequence[Row], whole: Row) -> int:
    """Placements without protection of the scope that are in none of its places; 0 where not all could be judged."""
    return 0 if whole.value is None else lacking_placements(whole) - sum(map(lacking_placements, rows))


def show_ranking(rows: Sequence[Row], heading: str, parameter: str, origins: Origins, language: str) -> None:
    """The first of `rows` (as ranked() gives them), each count with the way to its origin; what is left is summed up,
    and in the table below.
    """
    _ = translator(language)
    shown, others = rows[:SHOWN], rows[SHOWN:]
    with st.container(key=f"rank-{parameter}"):
        unit = _("belum terlindungi / pekerja · %")
        st.html(f'<div class="ck-listhead"><b>{escape(heading)}</b><span>{escape(unit)}</span></div>')
        most = max((row.denominator or 0 for row in shown), default=0)
        for row in shown:
            link = frame.url_with(**{parameter: row.group})
            st.page_link(
                st.session_state["page"],
                label=plain(sentences.category_name(row.label, language)),
                query_params=link,
                width="stretch",
            )
            st.html(_bar(row, most, origins.of_row(row, "unprotected_placements", parameter), language))
        if others:
            lacking = formats.number(sum(map(lacking_placements, others)), language)
            count = formats.number(len(others), language)
            show_rest(
                _.plural("dan {count} lainnya: {lacking} belum terlindungi", len(others)).format(
                    count=count, lacking=lacking
                )
            )


def show_rest(text: str) -> None:
    """What a ranking does not show, below it."""
    st.html(f'<p class="ck-rest">{escape(text)}</p>')


def _bar(row: Row, most: int, origin: str | None, language: str) -> str:
    """The track is as long as the group has workers, filled as far as they lack protection."""
    assert row.denominator, row
    lacking = lacking_placements(row)
    track, filled = 100 * row.denominator / most, 100 * lacking / row.denominator
    count = tables.number_html(formats.number(lacking, language), origin, language)
    workers = formats.number(row.denominator, language)
    share = formats.percent(lacking_percent(row), language)
    return (
        f'<div class="ck-bar"><div aria-hidden="true"><div class="track" style="width:{track:.1f}%">'
        f'<i style="width:{filled:.1f}%"></i></div></div><span><b>{count}</b> / {workers} · {share}</span></div>'
    )


def plain(label: str) -> str:
    """A name as Markdown that shows as written: link labels are Markdown to Streamlit."""
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|~:$&])", r"\\\1", label)
