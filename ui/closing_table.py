"""What it takes: the fewest projects that close the gap to the followed target, and how the talk with each stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from urllib.parse import urlencode

import streamlit as st

from analytics.closing import ClosingList, ClosingProject
from analytics.compute import Scope
from analytics.pace import Pace
from data.access import Reader
from data.casework import Casework, FollowUp
from data.categories import CONSTRUCTION
from ui import aims as aiming
from ui import (
    cached,
    cards,
    casework_forms,
    empty_states,
    formats,
    frame,
    project_view,
    scope_bar,
    sentences,
    tables,
    target_columns,
)
from ui.aims import Aim, Aims
from ui.cached import ServedEdition
from ui.scope_bar import Selection
from ui.texts import translator

# As many as fit on a page of paper; a file has all.
SHOWN = 20
# Measures whose target is reached by covering workers, not by registering projects.
BY_COVER = ("population_coverage", "active_members", "placement_coverage")


def show_closing(
    edition: ServedEdition, selection: Selection, aims: Aims, aim: Aim, reader: Reader, language: str
) -> None:
    """The list with its follow-up, what nobody can tell of, and files; a sentence where nothing is to be listed."""
    told = tell(edition, selection, aims, aim, language)
    cards.show_title(told.title, told.subtitle)
    found, title = told.found, told.title
    if found is None:
        return
    follow_ups = newest_follow_ups(cached.casework(edition.key))
    pace = cached.pace(edition.key, selection.month, aims.scope)
    if found.rows:
        st.html(_list(found.rows[:SHOWN], follow_ups, found.gap_unit, title, language))
        _show_files(edition, selection, found, follow_ups, pace, title, language)
        _record_follow_up(edition, found, reader, language)
    _show_unknown(edition, selection, found, language)


@dataclass(frozen=True)
class Closing:
    """The list and its words; without a list (`found` None) the title says why there is none."""

    found: ClosingList | None
    title: str
    subtitle: str


def tell(edition: ServedEdition, selection: Selection, aims: Aims, aim: Aim, language: str) -> Closing:
    """What closes the gap to a target."""
    found = _found(edition, selection, aims, aim)
    why_not = _why_no_list(found, selection, aim, language)
    if why_not or found is None:
        return Closing(None, why_not, _end_told(aim, language))
    return Closing(found, closing_title(found, aim, language), _subtitle(found, selection, aim, language))


def _found(edition: ServedEdition, selection: Selection, aims: Aims, aim: Aim) -> ClosingList | None:
    """Of the projects of the whole scope, owner and fund too; none of another sector than construction."""
    if aims.scope.sector != CONSTRUCTION or aim.is_due:
        return None
    scope = Scope(selection.scope.place, selection.scope.owner, selection.scope.fund)
    return cached.closing_list(edition.key, selection.month, scope, aim.number)


def newest_follow_ups(casework: Casework) -> dict[str, FollowUp]:
    """By project, where the talk about its registration stands."""
    return {code: noted.content for code, noted in casework.follow_ups.items()}


def _why_no_list(found: ClosingList | None, selection: Selection, aim: Aim, language: str) -> str:
    """A sentence in place of the list; empty where there is one."""
    _ = translator(language)
    if aim.is_due:
        return _("Tanggal sasaran sudah tiba: tidak ada lagi proyek yang dapat menutup kekurangan")
    if selection.scope.sector != CONSTRUCTION:
        return _("Daftar penutup hanya ada untuk konstruksi: proyek tidak dikenal di sektor lain")
    if aim.row.gap is None:
        return _("Kekurangan belum diketahui, jadi belum ada daftar proyek yang menutupnya")
    if aim.row.gap <= 0:
        return _("Target {goal} sudah dilampaui pada {month}: tidak ada kekurangan untuk ditutup").format(
            goal=aiming.goal(aim.row, language), month=formats.month(selection.month, language)
        )
    if found is None:
        return _("{measure} tidak ditutup dengan menghitung proyek; telusuri target orang atau proyek").format(
            measure=aim.label(language, selection.scope.sector)
        )
    if found.is_old:
        return _("Edisi ini terbit sebelum proyek tunggal disimpan; terbitkan edisi baru untuk daftar penutup")
    return ""


def _end_told(aim: Aim, language: str) -> str:
    """What lacks on the target date all the same, by the projection."""
    _ = translator(language)
    lacking = aim.outlook.end_gap
    if lacking is None or lacking <= 0 or aim.is_sum_of_year:
        return ""
    text = _("Menurut proyeksi, pada {day} kurang {count}, karena proyek yang berakhir tidak lagi terhitung.")
    count = aiming.amount(lacking, aim.row.gap_unit or "", language)
    return text.format(day=formats.day(aim.row.target.deadline, language), count=count)


def closing_title(found: ClosingList, aim: Aim, language: str) -> str:
    """'19 proyek terbesar menutup kekurangan saat ini, 4.648 orang, menuju target 48 %'."""
    _ = translator(language)
    count, gap = formats.number(len(found.rows), language), aiming.amount(found.gap, found.gap_unit, language)
    if not found.rows:
        return _("Tidak ada proyek berjalan yang diketahui dapat menutup kekurangan {gap}").format(gap=gap)
    if found.is_closed:
        text = _.plural(
            "{count} proyek terbesar menutup kekurangan saat ini, {gap}, menuju target {goal}", len(found.rows)
        )
    else:
        text = _.plural(
            "Semua {count} proyek yang diketahui baru menutup {closed} dari kekurangan saat ini, {gap}", len(found.rows)
        )
    closed = aiming.amount(found.closed, found.gap_unit, language)
    return text.format(count=count, gap=gap, closed=closed, goal=aiming.goal(aim.row, language))


def _subtitle(found: ClosingList, selection: Selection, aim: Aim, language: str) -> str:
    _ = translator(language)
    if aim.measure in BY_COVER:
        parts = [
            _(
                "Proyek berjalan menurut pekerja yang belum terlindungi, terbanyak lebih dahulu: tidak ada daftar yang "
                "lebih pendek. Seorang di dua proyek terhitung di keduanya."
            )
        ]
    elif aim.measure == "contributions_paid_rp":
        parts = [
            _(
                "Proyek berjalan yang belum terdaftar atau belum membayar iuran, terbesar lebih dahulu: tidak ada "
                "daftar yang lebih pendek. Proyek baru yang mulai sampai akhir tahun belum termasuk. Iuran ditaksir "
                "menurut tarif atas nilai kontraknya."
            )
        ]
    else:
        parts = [
            _(
                "Proyek berjalan yang belum terdaftar, terbesar lebih dahulu: tidak ada daftar yang lebih pendek. "
                "Proyek baru yang mulai sampai akhir tahun belum termasuk."
            )
        ]
    if selection.is_filtered:
        parts.append(_("Hanya proyek {where}.").format(where=selection.where(language)))
    parts += [_at_deadline(found, aim, language), _end_told(aim, language)]
    return " ".join(filter(None, parts))


def _at_deadline(found: ClosingList, aim: Aim, language: str) -> str:
    """How much of the list still counts on the target date."""
    _ = translator(language)
    if aim.is_sum_of_year or not found.rows or found.closed_at_deadline == found.closed:
        return ""
    text = _("Dari daftar ini {count} masih berjalan pada {day}.")
    count = aiming.amount(found.closed_at_deadline, found.gap_unit, language)
    return text.format(count=count, day=formats.day(aim.row.target.deadline, language))


def _list(
    rows: Sequence[ClosingProject], follow_ups: Mapping[str, FollowUp], unit: str, label: str, language: str
) -> str:
    _ = translator(language)
    adds = {"persons": _("Pekerja"), "projects": _("Proyek"), "rupiah": _("Nilai")}[unit]
    heads = [
        (_("Proyek, pemilik, dana"), ""), (_("Penyedia, telepon"), ""), (adds, "num"),
        (_("Sisa hari kerja"), "num"), (_("Tindak lanjut"), ""),
    ]  # fmt: skip
    head = "".join(f"<th scope='col' class='{css}'>{escape(text)}</th>" for text, css in heads)
    body = "".join(_item(row, follow_ups.get(row.kode_proyek), unit, language) for row in rows)
    return (
        f'<div class="ck-closing" role="region" aria-label="{escape(label)}" tabindex="0"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _item(row: ClosingProject, follow_up: FollowUp | None, unit: str, language: str) -> str:
    _ = translator(language)
    owner, fund = (sentences.category_name(name, language) for name in (row.owner, row.fund))
    where = " · ".join([owner, fund, row.place_name])
    firm = row.penyedia or _("penyedia tidak diketahui")
    phone = row.telepon_penyedia or _("telepon belum ada")
    closes = aiming.amount(row.closes, unit, language) if unit == "rupiah" else formats.number(row.closes, language)
    reached = formats.in_unit(row.reached, unit, language, short=unit == "rupiah")
    summed = _("jumlah {count}").format(count=reached)
    days, tone, until = days_told(row, language)
    return (
        f'<tr><td class="what"><a href="{escape(dossier_address(row.kode_proyek))}">'
        f"{escape(row.nama_proyek)}</a><small>{escape(where)}</small></td>"
        f'<td class="who">{escape(firm)}<small>{_phone(row.telepon_penyedia, phone)}</small></td>'
        f'<td class="num"><b>{escape(closes)}</b><small>{escape(summed)}</small></td>'
        f'<td class="num {tone}">{escape(days)}<small>{escape(until)}</small></td>'
        f'<td class="talk">{_talk(follow_up, language)}</td></tr>'
    )


def _phone(number: str | None, told: str) -> str:
    if number is None:
        return escape(told)
    dialled = "".join(char for char in number if char.isdigit() or char == "+")
    return f'<a href="tel:{escape(dialled)}">{escape(told)}</a>'


def days_told(row: ClosingProject, language: str) -> tuple[str, str, str]:
    """Working days to the last day to register, with a tone where it is past, and when the project itself ends."""
    _ = translator(language)
    until = _("selesai {day}").format(day=formats.day(row.selesai, language))
    if row.days_left is None:
        return _("tanpa tanggal SPK"), "", until
    if row.days_left < 0:
        return _("lewat {days}").format(days=formats.number(-row.days_left, language)), "concern", until
    return formats.number(row.days_left, language), "", until


def _talk(follow_up: FollowUp | None, language: str) -> str:
    _ = translator(language)
    if follow_up is None:
        nobody = escape(_("belum dihubungi"))
        return f"<small>{nobody}</small>"
    state = target_columns.state_told(follow_up, language) or ""
    beside = [follow_up.officer]
    if follow_up.promised_on:
        beside.insert(0, _("janji {day}").format(day=formats.day(follow_up.promised_on, language)))
    return f"<b>{escape(state)}</b><small>{escape(', '.join(filter(None, beside)))}</small>"


def dossier_address(code: str) -> str:
    """Where everything known of one project is; the scope goes along, and so does the way back here."""
    return "proyek?" + urlencode(frame.url_with(proyek=code, bayar=None, dari=project_view.FROM_TARGETS))


def _show_files(
    edition: ServedEdition,
    selection: Selection,
    found: ClosingList,
    follow_ups: Mapping[str, FollowUp],
    pace: Pace,
    title: str,
    language: str,
) -> None:
    _ = translator(language)
    if len(found.rows) > SHOWN:
        text = _("{shown} pertama dari {count} proyek; semuanya ada dalam berkas.")
        cards.show_asides([text.format(shown=SHOWN, count=formats.number(len(found.rows), language))])
    shown = file_columns(found, follow_ups, pace.seen_on, language)
    tables.show_files(
        shown, found.rows, "daftar-penutup", title, scope_bar.stamp(edition, selection, language), language
    )


def _record_follow_up(edition: ServedEdition, found: ClosingList, reader: Reader, language: str) -> None:
    """For who may: one project of the list, and the form that says where the talk with it stands."""
    if not reader.may("follow_up"):
        return
    _ = translator(language)
    casework_forms.show_said()
    names = {row.kode_proyek: f"{row.nama_proyek} · {row.penyedia or row.owner}" for row in found.rows}
    with st.container(key="closing-follow-up"):
        code = st.selectbox(
            _("Catat tindak lanjut untuk proyek"),
            list(names),
            index=None,
            format_func=lambda code: names[code],
            key="closing-project",
            placeholder=_("Pilih proyek dari daftar ini"),
        )
        if code in names:
            casework_forms.follow_up_form(edition, code, language)


def file_columns(
    found: ClosingList, follow_ups: Mapping[str, FollowUp], as_of: date, language: str
) -> list[tables.Column]:
    def link(row: ClosingProject) -> str:
        return dossier_address(row.kode_proyek)

    return target_columns.closing_columns(found.gap_unit, follow_ups, as_of, link, language)


def _show_unknown(edition: ServedEdition, selection: Selection, found: ClosingList, language: str) -> None:
    """Projects that might belong to the list, folded: nobody can tell, so they are never counted."""
    _ = translator(language)
    if not found.unknown:
        return
    empty_states.show_too_few(unknown_told(found, language))
    label = _("Proyek yang belum dapat dinilai")
    tables.show_table(
        unknown_columns(found, selection, language),
        found.unknown,
        "belum-dapat-dinilai",
        label,
        scope_bar.stamp(edition, selection, language),
        language,
        heading=label,
    )


def unknown_told(found: ClosingList, language: str) -> str:
    _ = translator(language)
    text = _.plural(
        "{count} proyek lain tidak dihitung karena belum dapat dinilai: tidak ada data bukan berarti belum terdaftar.",
        len(found.unknown),
    )
    return text.format(count=formats.number(len(found.unknown), language))


def unknown_columns(found: ClosingList, selection: Selection, language: str) -> list[tables.Column]:
    _ = translator(language)
    why = target_columns.text_column(_("Mengapa"), lambda row: why_unknown(row, language))
    return [*file_columns(found, {}, selection.month, language)[:7], why]


def why_unknown(row: ClosingProject, language: str) -> str:
    """Why nobody can tell what the project would add."""
    _ = translator(language)
    return {
        "unknown": _("data pendaftaran atau kepesertaan belum dinyatakan lengkap"),
        "unsized": _("jumlah pekerjanya tidak disebut"),
        "unpriced": _("nilai kontraknya tidak disebut"),
    }[row.reason or "unknown"]
