"""The headline with its anatomy, and the small boxes around it. Every name from the data is escaped here."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from analytics.compute import Row
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


def show_headline(row: Row, name: str, asides: list[str], language: str) -> None:
    """45,6 % ≈ 44,5–46,6 % · 123 ribu dari 270 ribu · Juli 2024, posisi 9 Juli · source; flagged where implausible.

    A row of active_members, for places without a percentage, shows its count and what its rounding allows.
    """
    _ = translator(language)
    flagged = row.status == "implausible"
    parts = [f'<p class="ck-kicker">{escape(name)}</p>', _figure(row, language, flagged=flagged)]
    parts.append(_anatomy(row, language))
    if flagged:
        flag = _(
            "▲ {value} — melebihi 100 %: pembilang lebih besar daripada penyebut, biasanya karena orang yang sama "
            "dihitung sekali per proyek. Ditampilkan sebagaimana dilaporkan; jangan dikutip sebagai cakupan."
        )
        parts.append(f'<p class="ck-flag">{escape(flag.format(value=formats.percent(row.value, language)))}</p>')
    parts += [f'<p class="ck-aside">{escape(aside)}</p>' for aside in asides]
    st.html(f'<section class="ck-headline">{"".join(parts)}</section>')


def _figure(row: Row, language: str, *, flagged: bool) -> str:
    big = formats.percent(row.value, language) if _is_share(row) else sentences.count(row, language)
    allowed = _band(row, language)
    band = f' <span class="band">≈ {allowed}</span>' if allowed else ""
    return f'<p class="ck-figure"><b class="{"flagged" if flagged else ""}">{big}</b>{band}</p>'


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


def _anatomy(row: Row, language: str) -> str:
    _ = translator(language)
    parts = [sentences.dated(row, language)]
    if row.value is not None and row.numerator is not None and row.denominator is not None:
        counts = _("{numerator} dari {denominator}")
        numerator, denominator = formats.persons([row.numerator, row.denominator], language)
        parts.insert(0, counts.format(numerator=numerator, denominator=denominator))
    told = [f"<span>{escape(part)}</span>" for part in parts]
    if row.source:
        told.append(f'<span class="source">{escape(sentences.source_name(row.source, language))}</span>')
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
