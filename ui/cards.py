"""The headline with its anatomy, and the small boxes around it. Every name from the data is escaped here."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from analytics.compute import Row
from reports.pack import Headline
from ui import formats, sentences
from ui.texts import translator


def show_notice(text: str, *, concern: bool = False) -> None:
    """One sentence beside the numbers; concern: something the reader must know before using them."""
    st.html(f'<div class="ck-notice{" concern" if concern else ""}" role="note">{escape(text)}</div>')


def show_title(title: str, subtitle: str = "") -> None:
    """The sentence above a chart."""
    below = f'<p class="ck-subtitle">{escape(subtitle)}</p>' if subtitle else ""
    st.html(f'<h2 class="ck-title">{escape(title)}</h2>{below}')


def show_asides(texts: Sequence[str]) -> None:
    """Sentences in small print, below what they speak of."""
    if texts:
        st.html("".join(f'<p class="ck-aside">{escape(text)}</p>' for text in texts))


def headline_texts(row: Row, name: str, asides: Sequence[str], language: str) -> Headline:
    """45,6 % ≈ 44,5–46,6 % · 123 ribu dari 270 ribu · Juli 2024, posisi 9 Juli · source; flagged where implausible.

    A row of active_members, for places without a percentage, shows its count and what its rounding allows.
    """
    figure = formats.percent(row.value, language) if _is_share(row) else sentences.count(row, language)
    allowed = _band(row, language)
    band = f"≈ {allowed}" if allowed else ""
    return Headline(name, figure, band, _anatomy(row, language), asides, row.status == "implausible")


def flag(row: Row, language: str) -> str:
    """Why a figure above 100 % must not be quoted."""
    _ = translator(language)
    text = _(
        "▲ {value} — melebihi 100 %: pembilang lebih besar daripada penyebut, biasanya karena orang yang sama "
        "dihitung sekali per proyek. Ditampilkan sebagaimana dilaporkan; jangan dikutip sebagai cakupan."
    )
    return text.format(value=formats.percent(row.value, language))


def show_headline(row: Row, name: str, asides: Sequence[str], language: str) -> None:
    """The big number, its anatomy below it, and what a reader must know to quote it."""
    told = headline_texts(row, name, asides, language)
    band = f' <span class="band">{told.band}</span>' if told.band else ""
    css = "flagged" if told.is_flagged else ""
    parts = [
        f'<p class="ck-kicker">{escape(name)}</p>',
        f'<p class="ck-figure"><b class="{css}">{told.figure}</b>{band}</p>',
        _anatomy_html(told.anatomy, has_source=bool(row.source)),
    ]
    parts += [f'<p class="ck-flag">{escape(flag(row, language))}</p>'] if told.is_flagged else []
    parts += [f'<p class="ck-aside">{escape(aside)}</p>' for aside in asides]
    st.html(f'<section class="ck-headline">{"".join(parts)}</section>')


def _is_share(row: Row) -> bool:
    return row.value is not None and row.denominator is not None


def _band(row: Row, language: str) -> str:
    if row.low is None or row.high is None:
        return ""
    if not _is_share(row):
        return formats.count_range(row.low, row.high, language) if sentences.rounding_unit(row) else ""
    if formats.percent(row.low, language) == formats.percent(row.high, language):
        return ""
    return formats.percent_range(row.low, row.high, language)


def _anatomy(row: Row, language: str) -> list[str]:
    """Numerator of denominator, the day it is of, and where one is known the source, last."""
    _ = translator(language)
    parts = [sentences.dated(row, language)]
    if row.value is not None and row.numerator is not None and row.denominator is not None:
        counts = _("{numerator} dari {denominator}")
        numerator, denominator = formats.persons([row.numerator, row.denominator], language)
        parts.insert(0, counts.format(numerator=numerator, denominator=denominator))
    return [*parts, sentences.source_name(row.source, language)] if row.source else parts


def _anatomy_html(parts: Sequence[str], *, has_source: bool) -> str:
    told = [f"<span>{escape(part)}</span>" for part in parts]
    if has_source:
        told[-1] = f'<span class="source">{escape(parts[-1])}</span>'
    return f'<p class="ck-anatomy">{" · ".join(told)}</p>'


def show_split(row: Row, rest: str, language: str) -> None:
    """Named, unnamed and the rest of the denominator as one bar; `rest` names what is missing.

    Without a denominator the bar is the count itself.
    """
    _ = translator(language)
    assert row.numerator is not None, row
    whole = row.denominator or row.numerator
    parts = [("gap", rest, whole - row.numerator)] if row.denominator else []
    if row.named_persons is not None and row.unnamed_headcount is not None:
        known = [("named", _("Bernama"), row.named_persons), ("unnamed", _("Tanpa nama"), row.unnamed_headcount)]
        parts = known + parts
    else:
        parts.insert(0, ("named", _("Terlindungi"), row.numerator))
    bar = "".join(f'<i class="ck-{kind}" style="flex:{count} 0 0"></i>' for kind, _name, count in parts)
    lines = "".join(_split_line(part, whole, language) for part in parts)
    st.html(f'<div class="ck-split"><div class="bar" aria-hidden="true">{bar}</div><dl>{lines}</dl></div>')


def _split_line(part: tuple[str, str, int], whole: int, language: str) -> str:
    kind, name, count = part
    share = formats.percent(100 * count / whole, language)
    return (
        f'<dt><i class="mark ck-{kind}"></i><span>{escape(name)}</span></dt>'
        f'<dd>{formats.number(count, language)}</dd><dd class="share">{share}</dd>'
    )
