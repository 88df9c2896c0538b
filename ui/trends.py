"""How each group moved: small multiples on one axis, the year before behind each. Pictures are SVG, words are HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from urllib.parse import quote

import streamlit as st

from analytics.compare import Comparison
from analytics.compute import Row
from analytics.indicators import INDICATORS
from ui import cached, cards, charts, columns, comparison, empty_states, formats, frame, scope_bar, sentences, tables
from ui.cached import ServedEdition
from ui.charts import Palette
from ui.origin_links import Origins
from ui.scope_bar import Selection
from ui.texts import translator
from ui.views import FOLLOWED, PEMILIK, View, choose_owners

SHOWN_MONTHS = 24
YEAR = 12
WIDTH, HEIGHT, EDGE = 240, 80, 3


@dataclass(frozen=True)
class Series:
    """Months of one group, oldest first: a year more than is shown, so that the year before can stand behind."""

    group: str
    name: str
    rows: list[Row]

    @property
    def shown(self) -> list[Row]:
        return self.rows[-SHOWN_MONTHS:]

    @property
    def year_before(self) -> list[Row | None]:
        """For each month shown the same month a year earlier; None before the edition begins."""
        earlier: list[Row | None] = [*self.rows[:-YEAR]]
        return [None] * (len(self.shown) - len(earlier[-SHOWN_MONTHS:])) + earlier[-SHOWN_MONTHS:]


def show_trends(edition: ServedEdition, selection: Selection, view: View, compared: Comparison, language: str) -> None:
    """Small multiples of the groups; of owners those that the reader follows."""
    _ = translator(language)
    if not compared.entries:
        return
    groups = _followed(view, compared)
    span = _span(cached.months(edition.key), selection.month)
    found = _series(edition, selection, view, groups, span)
    whole = _whole(edition, selection, view, span)
    told = sum(row.value is not None for series in found for row in series.shown)
    if told < 2 or len({row.month for series in found for row in series.shown if charts.is_drawn(row)}) < 2:
        empty_states.show_too_few(_("Tren belum dapat digambar: belum ada dua bulan yang ada datanya."))
        return
    title = _title(view, found, comparison.groups_word(view, language), language)
    cards.show_title(title, _subtitle(found, told, language))
    if view.tab == PEMILIK:
        choose_owners(cached.owners(edition.key, view.scope.place), groups, language)
    drawn = [series for series in found if any(row.value is not None for row in series.shown)]
    key = _key(drawn, selection.where(language) if whole else "", language)
    st.html(key + _panels(drawn, whole, view, language))
    names = (view.label(language), comparison.groups_word(view, language))
    way = Origins(edition, comparison.of_view(selection, view), language).of(view.measure, view.by)
    shown = columns.group_month_columns(INDICATORS[view.measure], names, language, way)
    rows = [row for series in found for row in series.shown]
    stamp = scope_bar.stamp(edition, selection, language)
    tables.show_table(shown, rows, f"tren-{view.by}-{view.measure}", title, stamp, language)


def _followed(view: View, compared: Comparison) -> list[str]:
    """Codes of the groups shown. Owners are many: the chosen ones, else the largest."""
    every = [entry.row.group for entry in compared.entries]
    if view.tab != PEMILIK:
        return every
    known = [entry for entry in compared.entries if entry.row.value is not None] or compared.entries
    usual = [entry.row.group for entry in comparison.largest(known, FOLLOWED)]
    if view.chosen and view.chosen not in usual:
        usual = [view.chosen, *usual]
    return list(view.show) or usual


def _span(months: Sequence[date], last: date) -> tuple[date, date]:
    end = months.index(last)
    return months[max(0, end + 1 - SHOWN_MONTHS - YEAR)], last


def _series(
    edition: ServedEdition, selection: Selection, view: View, groups: Sequence[str], span: tuple[date, date]
) -> list[Series]:
    vintage = selection.vintage_of(view.measure)
    found = cached.trends(edition.key, view.measure, view.scope, span, view.by, tuple(groups), vintage)
    return [Series(group, rows[0].label, rows) for group, rows in found.items()]


def _whole(edition: ServedEdition, selection: Selection, view: View, span: tuple[date, date]) -> Series | None:
    """All groups together as a line of context; a sum of counts would dwarf its parts."""
    if INDICATORS[view.measure].unit != "percent" or not view.has_whole:
        return None
    rows = cached.trend(edition.key, view.measure, view.scope, *span, selection.vintage_of(view.measure))
    whole = Series("", "", rows)
    return whole if any(map(charts.is_drawn, whole.shown)) else None


def _title(view: View, found: Sequence[Series], groups: str, language: str) -> str:
    _ = translator(language)
    measure = view.label(language)
    pairs = [(series.rows[-1], series.rows[-1 - YEAR]) for series in found if len(series.rows) > YEAR]
    # Figures of two sources are not compared, as the line breaks between them.
    alike = ((now, before) for now, before in pairs if now.source == before.source)
    both = [(now, before) for now, before in alike if now.status == "ok" and before.status == "ok"]
    if not both:
        return _("{measure} dari bulan ke bulan").format(measure=measure)
    return _("{measure} naik di {up} dari {all} {groups} sejak {month}").format(
        measure=measure,
        up=formats.number(sum(now.value > before.value for now, before in both), language),
        all=formats.number(len(both), language),
        groups=groups,
        month=formats.month(sentences.last_day(both[0][1]), language),
    )


def _subtitle(found: Sequence[Series], told: int, language: str) -> str:
    _ = translator(language)
    first, last = (formats.month(sentences.last_day(row), language) for row in (found[0].shown[0], found[0].shown[-1]))
    months = sum(len(series.shown) for series in found)
    text = _("{first} sampai {last}; semua panel bersumbu sama.").format(first=first, last=last)
    if any(row.status == "implausible" for series in found for row in series.shown):
        text += " " + _("▲ di luar batas wajar: tidak digambar, angkanya ada dalam tabel.")
    if told == months:
        return text
    blank = _.plural("{told} dari {months} bulan ada datanya; yang lain dibiarkan kosong.", told)
    return f"{text} {blank.format(told=formats.number(told, language), months=formats.number(months, language))}"


def _key(drawn: Sequence[Series], where: str, language: str) -> str:
    """What the lines are, of those that are drawn; `where` names the scope itself, empty where it has no line."""
    _ = translator(language)
    months = max(len(series.shown) for series in drawn)
    parts = [("now", _.plural("{count} bulan terakhir", months).format(count=months))]
    if any(row is not None and charts.is_drawn(row) for series in drawn for row in series.year_before):
        parts.append(("before", _("setahun sebelumnya")))
    parts += [("whole", where)] if where else []
    return (
        '<p class="ck-key">'
        + "".join(f'<span><i class="{css}"></i>{escape(text)}</span>' for css, text in parts)
        + "</p>"
    )


def _panels(found: Sequence[Series], whole: Series | None, view: View, language: str) -> str:
    colours = charts.palette(dark=frame.is_dark())
    top = _top([*found, whole] if whole else found, view)
    marks = _marks(top, view, language)
    panels = "".join(_panel(series, whole, view, (top, marks), colours, language) for series in found)
    wide = {"percent": "", "rupiah": " money"}.get(INDICATORS[view.measure].unit, " count")
    return f'<div class="ck-panels{wide}">{panels}</div>'


def _top(found: Sequence[Series], view: View) -> float:
    values = [float(row.value) for series in found for row in series.rows if charts.is_drawn(row)]
    highest = max([*values, 1.0])
    if INDICATORS[view.measure].unit == "percent":
        return min(100.0, 20 * (highest // 20 + 1))
    step = charts.round_marks(highest)[1] if highest > 1 else 1
    return step * -(-highest // step)


def _marks(top: float, view: View, language: str) -> tuple[str, str]:
    """Text of the top and of the middle of the axis."""
    unit = INDICATORS[view.measure].unit
    if unit == "percent":
        return formats.whole_percent(int(top), language), formats.whole_percent(int(top / 2), language)
    prefix = "Rp" if unit == "rupiah" else ""
    return prefix + formats.short(top, language), prefix + formats.short(top / 2, language)


def _panel(
    series: Series,
    whole: Series | None,
    view: View,
    axis: tuple[float, tuple[str, str]],
    colours: Palette,
    language: str,
) -> str:
    top, (mark, middle) = axis
    name = escape(sentences.category_name(series.name, language))
    address = comparison.address_of(series.group, view)
    heading = f'<a href="{escape(address)}">{name}</a>' if address else name
    last = series.shown[-1]
    flag = "▲ " if last.status == "implausible" else ""
    value = flag + formats.in_unit(last.value, INDICATORS[view.measure].unit, language, short=True)
    first_month, last_month = (
        formats.short_month(sentences.last_day(row), language) for row in (series.shown[0], last)
    )
    chosen = " chosen" if series.group == view.chosen else ""
    picture = f'<img alt="{escape(_alt(series, view, language))}" src="{_picture(series, whole, top, colours)}">'
    marks = "".join(
        f'<i aria-hidden="true" class="{css}">{escape(text)}</i>'
        for css, text in (("top", mark), ("middle", middle), ("zero", "0"))
    )
    return (
        f'<figure class="panel{chosen}"><figcaption><span>{heading}</span><b>{escape(value)}</b></figcaption>'
        f'<div class="plot">{picture}{marks}</div>'
        f'<p aria-hidden="true"><span>{first_month}</span><span>{last_month}</span></p></figure>'
    )


def _alt(series: Series, view: View, language: str) -> str:
    """First and last value in words; all of them are in the table."""
    _ = translator(language)
    told = [row for row in series.shown if row.value is not None]
    name = sentences.category_name(series.name, language)
    if not told:
        return _("{name}: belum ada data").format(name=name)
    unit = INDICATORS[view.measure].unit
    first, last = told[0], told[-1]
    return _("{name}: {before} pada {first}, {now} pada {last}").format(
        name=name,
        before=formats.in_unit(first.value, unit, language),
        first=formats.month(sentences.last_day(first), language),
        now=formats.in_unit(last.value, unit, language),
        last=formats.month(sentences.last_day(last), language),
    )


def _picture(series: Series, whole: Series | None, top: float, colours: Palette) -> str:
    """An SVG as the address of an image: Streamlit lets no SVG element into its HTML."""
    grid = "".join(
        f"<path d='M0 {y}H{WIDTH}' stroke='{colours.line}' stroke-width='1'/>"
        for y in (EDGE, HEIGHT / 2, HEIGHT - EDGE)
    )
    lines = [_path(series.year_before, top, f"stroke='{colours.grey}' stroke-width='1' opacity='.75'")]
    if whole:
        lines.append(_path(whole.shown, top, f"stroke='{colours.grey}' stroke-width='1.2' stroke-dasharray='3 3'"))
    lines.append(_path(series.shown, top, f"stroke='{colours.main}' stroke-width='2.2'"))
    if charts.is_drawn(series.shown[-1]):
        # The value beside the name is this point; without it a gap before would leave it unseen.
        only_last = [None] * (len(series.shown) - 1) + [series.shown[-1]]
        lines.append(_path(only_last, top, f"stroke='{colours.main}' stroke-width='6'"))
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {HEIGHT}' preserveAspectRatio='none' "
        f"fill='none' stroke-linecap='round' stroke-linejoin='round'><style>path{{vector-effect:non-scaling-stroke}}"
        f"</style>{grid}{''.join(lines)}</svg>"
    )
    return "data:image/svg+xml," + quote(svg, safe=" =:/'(){};.,-")


def _path(rows: Sequence[Row | None], top: float, style: str) -> str:
    """One line, broken where a month has no value or the source changes."""
    parts: list[str] = []
    before: Row | None = None
    for place, row in enumerate(rows):
        drawn = row is not None and charts.is_drawn(row)
        if drawn and row is not None:
            x = EDGE + place * (WIDTH - 2 * EDGE) / max(1, len(rows) - 1)
            y = HEIGHT - EDGE - min(1.0, float(row.value) / top) * (HEIGHT - 2 * EDGE)
            is_next = before is not None and before.source == row.source
            # A month alone is a dot: a line of no length with round ends.
            parts.append(f"L{x:.1f} {y:.1f}" if is_next else f"M{x:.1f} {y:.1f}h0")
        before = row if drawn else None
    return f"<path d='{''.join(parts)}' {style}/>" if parts else ""
