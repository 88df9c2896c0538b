"""Orang dan laporan: active members counted from persons beside the number reported, per place and month."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from operator import attrgetter
from typing import Any, Literal

from analytics import count_pairs
from analytics.count_pairs import CAUSES, CountPair
from analytics.row import Scope
from data.access import Reader
from ui import cached, cards, charts, empty_states, formats, frame, project_columns, project_view, scope_bar, tables
from ui import reconciliation_words as words
from ui.cached import EditionKey, ServedEdition
from ui.charts import Figure, Palette
from ui.origin_links import Link, Origins, linked, nowhere
from ui.scope_bar import Selection
from ui.texts import translator

BAR_DAYS = 20
DOT_PX = 8
SHORT_DAYS = 366  # of a year or less every month is named


@cached.remembered_wide
def pairs_of(key: EditionKey, scope: Scope) -> list[CountPair]:
    """count_pairs.count_pairs of this edition."""
    return count_pairs.count_pairs(cached.opened(key), scope)


def show(edition: ServedEdition | None, _reader: Reader, language: str) -> None:
    """The place that is chosen, month by month, and every place within it at the chosen month."""
    _ = translator(language)
    if edition is None or not cached.months(edition.key):
        empty_states.show_no_edition(language)
    elif not count_pairs.has_count_pairs(cached.opened(edition.key)):
        empty_states.show_older_edition(language)
    elif cached.sees_only_owners(edition.key):
        cards.show_notice(
            _("Orang dihitung per wilayah, bukan per pemilik proyek; akun ini hanya melihat pemilik tertentu.")
        )
    else:
        _show(edition, language)


def _show(edition: ServedEdition, language: str) -> None:
    _ = translator(language)
    selection = project_view.choose_scope(edition, language, ("month", "place"))
    pairs = pairs_of(edition.key, Scope(selection.scope.place))
    own = [pair for pair in pairs if pair.place == selection.scope.place]
    now = next((pair for pair in own if pair.month == selection.month), None)
    cards.show_title(title(now, selection, language), subtitle(now, own, language))
    stamp, place = scope_bar.stamp(edition, selection, language), selection.place.name
    link = linked(partial(_origin, Origins(edition, selection, language)), language)
    if own:
        _show_course(own, selection, language)
        heading = _("{place} menurut bulan").format(place=place)
        shown = pair_columns(language, link, by="month")
        tables.show_table(shown, own, "orang-laporan-bulan", heading, stamp, language, heading=heading, stacked=True)
    here = [pair for pair in pairs if pair.month == selection.month and pair.place != selection.scope.place]
    if here:
        month = formats.month(selection.month, language)
        heading = _("Wilayah di dalam {place}, {month}").format(place=place, month=month)
        shown = pair_columns(language, link, by="place")
        how = {"heading": heading, "expanded": True, "stacked": True}
        tables.show_table(shown, here, "orang-laporan-wilayah", heading, stamp, language, **how)


def _origin(origins: Origins, pair: CountPair) -> str | None:
    """Of the count from persons, which other pages show; the report beside it is used nowhere and has none."""
    there = replace(origins.selection, month=pair.month, scope=Scope(pair.place))
    return origins.at("active_members", there)


def title(now: CountPair | None, selection: Selection, language: str) -> str:
    """'Kota Palembang, Juni 2025: 34.670 menurut orang, 34.365 menurut laporan, selisih +305 (+0,9 %)'."""
    _ = translator(language)
    place, month = selection.place.name, formats.month(selection.month, language)
    if now is None:
        return _("{place}, {month}: tidak ada laporan di samping hitungan orang").format(place=place, month=month)
    text = _("{place}, {month}: {persons} menurut orang, {reported} menurut laporan, selisih {difference}")
    return text.format(
        place=place,
        month=month,
        persons=formats.number(now.persons, language),
        reported=formats.number(now.reported, language),
        difference=difference(now, language),
    )


def difference(pair: CountPair, language: str) -> str:
    """'+305 (+0,9 %)' or '−434 (−0,3 %)'; without a share where nothing was reported."""
    moved, share = formats.moved(pair.difference, language), pair.difference_pct
    sign = "+" if share and share > 0 else ""
    return moved if share is None else f"{moved} ({sign}{formats.percent(share, language)})"


def subtitle(now: CountPair | None, own: Sequence[CountPair], language: str) -> str:
    """Why, and what to do; without a pair of this month, where there are some."""
    _ = translator(language)
    if now is None and not own:
        return _(
            "Keduanya ada bila data kepesertaan per orang lengkap untuk wilayah itu, dan ada rekap atau angka resmi "
            "untuk bulan yang sama. Angka yang ditampilkan di halaman lain selalu dari orang bila keduanya ada."
        )
    if now is None:
        last = formats.month(own[-1].month, language)
        return _("Bulan terakhir yang punya keduanya: {month}.").format(month=last)
    cause = CAUSES[now.cause]
    why, remedy = cause.explanation.in_language(language), cause.remedy.in_language(language)
    return f"{words.shaped(cause, language)}. {why} {remedy}"


def _show_course(own: Sequence[CountPair], selection: Selection, language: str) -> None:
    _ = translator(language)
    figure = difference_figure(own, selection.month, language, dark=frame.is_dark())
    charts.show_chart(figure, course_told(own, selection, language), language, "count-pairs")
    cards.show_asides(
        [_("Orang dikurangi laporan, dalam persen laporan; titik abu-abu: cocok dalam pembulatan laporan.")]
    )


def course_told(own: Sequence[CountPair], selection: Selection, language: str) -> str:
    """The chart for who cannot see it: its months, and where the two are farthest apart."""
    _ = translator(language)
    text = _.plural(
        "{place}: orang dikurangi laporan, dalam persen laporan, dari {first} sampai {last}. Selisih terbesar "
        "{difference}, {month}; {within} dari {count} bulan dalam batas pembulatan.",
        len(own),
    )
    widest = max(own, key=lambda pair: abs(pair.difference))
    return text.format(
        place=selection.place.name,
        first=formats.month(own[0].month, language),
        last=formats.month(own[-1].month, language),
        difference=difference(widest, language),
        month=formats.month(widest.month, language),
        within=sum(pair.is_within_rounding for pair in own),
        count=len(own),
    )


def difference_figure(own: Sequence[CountPair], month: date, language: str, *, dark: bool) -> Figure:
    """Persons less report by month, as a share of the report: the two counts themselves would be one line. A month
    without both is a gap; the chosen month has the colour of concern, those within rounding are grey dots: a bar of no
    height would look like a gap."""
    colours = charts.palette(dark=dark)
    shown = [pair for pair in own if pair.difference_pct is not None]
    reach = 1.25 * max([abs(pair.difference_pct or 0) for pair in shown], default=0) or 1.0
    apart = [pair for pair in shown if not pair.is_within_rounding]
    agreeing = [pair for pair in shown if pair.is_within_rounding]
    bars = _points(apart, language) | {
        "type": "bar",
        "width": BAR_DAYS * 86_400_000,
        "marker": {"color": [colours.concern if pair.month == month else colours.main for pair in apart]},
    }
    dots = _points(agreeing, language) | {
        "type": "scatter",
        "mode": "markers",
        "marker": {"color": colours.grey, "size": DOT_PX},
        "cliponaxis": False,
    }
    layout = {
        "template": charts.template(colours, language),
        "height": 260,
        "shapes": [_zero_line(colours)],
        "xaxis": _month_axis(own, language),
        "yaxis": {
            "range": [-reach, reach],
            "tickformat": ".1f",
            "ticksuffix": charts.PERCENT_SIGN[language],
            "nticks": 6,
        },
    }
    return {"data": [bars, dots] if agreeing else [bars], "layout": layout}


def _points(pairs: Sequence[CountPair], language: str) -> dict[str, Any]:
    return {
        "x": [pair.month for pair in pairs],
        "y": [pair.difference_pct for pair in pairs],
        "customdata": [_hover(pair, language) for pair in pairs],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _hover(pair: CountPair, language: str) -> str:
    _ = translator(language)
    counts = {"persons": formats.number(pair.persons, language), "reported": formats.number(pair.reported, language)}
    told = _("orang {persons}, laporan {reported}").format(**counts)
    return f"<b>{formats.month(pair.month, language)}</b><br>{difference(pair, language)}<br>{told}"


def _zero_line(colours: Palette) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": 0,
        "y1": 0,
        "line": {"color": colours.ink, "width": 1},
    }


def _month_axis(own: Sequence[CountPair], language: str) -> dict[str, Any]:
    first, last = own[0].month, own[-1].month
    step = 6 if (last - first).days > SHORT_DAYS else 1
    years = range(first.year, last.year + 1)
    ends = [date(year, month, monthrange(year, month)[1]) for year in years for month in range(1, 13)]
    ticks = [end for end in ends if first <= end <= last and (end.month - 1) % step == 0]
    return {
        "tickvals": ticks,
        "ticktext": [formats.short_month(end, language).replace(" ", "<br>") for end in ticks],
        "range": [first - timedelta(days=BAR_DAYS), last + timedelta(days=BAR_DAYS)],
        "showgrid": False,
    }


def pair_columns(language: str, link: Link = nowhere, *, by: Literal["month", "place"]) -> list[tables.Column]:
    """One row is one place and month. What the rows are not told apart `by` stands above the table, and in its file.

    `link` leads to where the count from persons comes from.
    """
    _ = translator(language)
    number, text = partial(project_columns.number_column, language=language), project_columns.text_column
    day = partial(project_columns.day_column, language=language)
    return [
        tables.Column(
            _("Bulan"), lambda pair: formats.month(pair.month, language), attrgetter("month"), numeric=False,
            only_in_file=by == "place", on_phone="title",
        ),
        text(_("Wilayah"), attrgetter("place_name"), only_in_file=by == "month", on_phone="title"),
        link(number(_("Menurut orang"), "persons")),
        number(_("Bernama"), "named_persons"),
        number(_("Tanpa nama"), "unnamed_headcount"),
        number(_("Menurut laporan"), "reported"),
        tables.Column(_("Selisih"), lambda pair: formats.moved(pair.difference, language), attrgetter("difference")),
        tables.Column(
            _("Selisih, %"), lambda pair: formats.percent(pair.difference_pct, language), attrgetter("difference_pct"),
            decimals=1,
        ),
        text(_("Dugaan sebab"), lambda pair: words.shaped(CAUSES[pair.cause], language)),
        replace(day(_("Posisi laporan"), "as_of"), on_phone="labelled"),
        text(_("Sumber laporan"), attrgetter("source"), on_phone="aside"),
        text(_("Kode wilayah"), attrgetter("place"), only_in_file=True),
        text(_("Kode sebab"), attrgetter("cause"), only_in_file=True),
        number(_("Pembulatan laporan, ±"), "half_unit", only_in_file=True),
        day(_("Posisi data orang"), "persons_as_of", only_in_file=True),
        day(_("Posisi berkas laporan"), "reported_as_of", only_in_file=True),
    ]  # fmt: skip
