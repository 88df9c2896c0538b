"""Targets that stand beside no measure, with the reason; former versions; and what to do where there is no target."""

from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

import streamlit as st

from analytics.attainment import TargetRow
from data.access import Reader
from data.categories import CONSTRUCTION
from ui import aims as aiming
from ui import cached, cards, downloads, empty_states, frame, navigation, scope_bar, sentences, tables, target_columns
from ui.aims import Aims
from ui.cached import ServedEdition
from ui.scope_bar import Selection
from ui.texts import translator

TEMPLATE = "target"


def show_apart(edition: ServedEdition, selection: Selection, aims: Aims, language: str) -> None:
    """The targets that must not be laid beside the measures of this page, each with its reason."""
    if not aims.apart:
        return
    _ = translator(language)
    title = apart_title(aims, language)
    subtitle = _("Target itu tetap berlaku, tetapi menghitung hal lain: menyandingkannya akan menyesatkan.")
    cards.show_title(title, subtitle)
    shown = apart_columns(aims, language)
    st.html(tables.html_table(shown, aims.apart, title))
    tables.show_files(
        shown, aims.apart, "target-tidak-sebanding", title, scope_bar.stamp(edition, selection, language), language
    )


def apart_title(aims: Aims, language: str) -> str:
    _ = translator(language)
    return _.plural("{count} target lain tidak sebanding dengan angka halaman ini", len(aims.apart)).format(
        count=len(aims.apart)
    )


def apart_columns(aims: Aims, language: str) -> list[tables.Column]:
    def reason(row: TargetRow) -> str:
        return why_apart(row, aims.scope.sector, language)

    return target_columns.apart_columns(reason, language)


def why_apart(row: TargetRow, sector: str, language: str) -> str:
    """The obstacle in words."""
    _ = translator(language)
    target, shown = row.target, sentences.sector_name(sector, language)
    text = {
        "indicator": _("“{indicator}” bukan ukuran yang dihitung di sini"),
        "segment": _("menghitung {segment}, sedangkan halaman ini {sector}"),
        "sector": _("menghitung sektor {own}, sedangkan halaman ini {sector}"),
        "counting": _("dihitung sebagai {counting}, sedangkan ukurannya lain"),
        "unit": _("dinyatakan dalam {unit}, sedangkan ukurannya dalam satuan lain"),
        "direction": _("untuk ukuran ini lebih kecil lebih baik, jadi capaian terhadap target tidak bermakna"),
    }[row.obstacle or "indicator"]
    own = sentences.sector_name(target.sector, language) if target.sector else _("semua sektor")
    return text.format(
        indicator=target.indicator,
        segment=target_columns.segment_told(row, language),
        sector=shown,
        own=own,
        counting=target.counting,
        unit=target.unit_of_measure,
    )


def show_superseded(edition: ServedEdition, selection: Selection, aims: Aims, language: str) -> None:
    """Former versions, folded: what was promised before stays to be seen."""
    if not aims.superseded:
        return
    _ = translator(language)
    label = _.plural("Riwayat: {count} target yang sudah diganti", len(aims.superseded)).format(
        count=len(aims.superseded)
    )
    shown = target_columns.superseded_columns(language)
    stamp = scope_bar.stamp(edition, selection, language)
    with st.expander(label):
        st.html(tables.html_table(shown, aims.superseded, label))
        tables.show_files(shown, aims.superseded, "target-diganti", label, stamp, language)


def show_none_comparable(selection: Selection, aims: Aims, language: str) -> None:
    """Targets there are, but none that counts what this page counts."""
    st.html(f'<h2 class="ck-answer">{escape(none_comparable(selection, aims, language))}</h2>')


def none_comparable(selection: Selection, aims: Aims, language: str) -> str:
    _ = translator(language)
    text = _.plural("{where}: {count} target {year}, tidak satu pun sebanding dengan angka {sector}", len(aims.apart))
    return text.format(
        where=selection.place.name,
        count=len(aims.apart),
        year=selection.month.year,
        sector=sentences.sector_name(aims.scope.sector, language),
    )


def show_no_target(edition: ServedEdition, selection: Selection, reader: Reader, language: str) -> None:
    """The place has no target of the year: who has one above or beside it, and how one comes in."""
    _ = translator(language)
    heading = _("Belum ada target {year} untuk {where}").format(year=selection.month.year, where=selection.place.name)
    st.html(f'<div class="ck-empty"><h2>{escape(heading)}</h2>{_steps(edition, selection, reader, language)}</div>')
    if reader.may("import"):
        with st.container(key="templates"):
            template = empty_states.template_of(TEMPLATE)
            downloads.offer(_("Templat target"), template, "target.csv", "text/csv", key="template-target")


def _steps(edition: ServedEdition, selection: Selection, reader: Reader, language: str) -> str:
    _ = translator(language)
    if selection.scope.sector != CONSTRUCTION:
        told = _("Target sektor ini belum dimasukkan; kosongkan pilihan sektor untuk melihat target konstruksi.")
        return f"<p>{escape(told)}</p>"
    parts = [_other_years(edition, selection, language), _nearest(edition, selection, language)]
    if reader.may("import"):
        how = escape(_("Isi templat target, masukkan, lalu terbitkan:"))
        parts.append(f"<p>{how} <code>python cakupan.py import target.csv</code></p>")
    else:
        who = escape(_("Petugas data memasukkan target dari dokumen penerbitnya."))
        parts.append(f"<p>{who}</p>")
    return "".join(parts)


def _other_years(edition: ServedEdition, selection: Selection, language: str) -> str:
    """Years of this edition for which the place itself has a target, each a link to the last month known of it."""
    _ = translator(language)
    last = {month.year: month for month in cached.months(edition.key)}
    scope = aiming.of_place(selection.scope)
    found = [
        f'<a href="?{escape(urlencode(frame.url_with(month=scope_bar.month_code(month))))}">{year}</a>'
        for year, month in last.items()
        if cached.targets_of_year(edition.key, scope, year)
    ]
    if not found:
        return ""
    told = escape(_("Wilayah ini punya target untuk tahun:"))
    return f"<p>{told} {', '.join(found)}</p>"


def _nearest(edition: ServedEdition, selection: Selection, language: str) -> str:
    """Places that hold this one and have a target of the year."""
    _ = translator(language)
    found = []
    for code in holders(edition, selection):
        scope = aiming.of_place(aiming.Scope(code, sector=selection.scope.sector))
        if cached.targets_of_year(edition.key, scope, selection.month.year):
            address = "?" + urlencode(frame.url_with(place=code, owner=None, fund=None))
            name = cached.known_places(edition.key)[code].name
            found.append(f'<a href="{escape(address)}">{escape(name)}</a>')
    if not found:
        return ""
    told = escape(_("Target tahun itu ada untuk:"))
    return f"<p>{told} {', '.join(found)}</p>"


def holders(edition: ServedEdition, selection: Selection) -> Sequence[str]:
    """The branch, the province and the nation that hold the place, as far as they may be seen."""
    known, place = cached.known_places(edition.key), selection.place
    held = [code for code in (cached.holder(edition.key, place.code), place.parent) if code]
    held += [above for code in held if code in known and (above := known[code].parent)]
    return [code for code in dict.fromkeys(held) if code in known and code != place.code]


def show_only_owners(language: str) -> None:
    """For a reader who sees the projects of some owners: targets are of places."""
    _ = translator(language)
    heading = _("Target ditetapkan bagi wilayah dan cabang")
    text = _("Lingkup akun ini adalah proyek pemilik tertentu, yang tidak mempunyai target sendiri.")
    way = _("Yang dapat dikerjakan sekarang: SPK baru yang belum terdaftar")
    address = "proyek?" + urlencode({"bagian": "spk"} | navigation.in_language(language))
    st.html(
        f'<div class="ck-empty"><h2>{escape(heading)}</h2><p>{escape(text)}</p>'
        f'<p><a href="{escape(address)}">{escape(way)}</a></p></div>'
    )
