"""SPK baru tanpa pendaftaran: what can still be registered in time, by days left, per owner."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape

import streamlit as st

from analytics.register import RegisterRow
from data.cases import FollowUp
from data.casework import Noted
from ui import cached, cards, formats, paging, project_columns, project_stamp, project_view, sentences, tables
from ui.cached import ServedEdition
from ui.scope_bar import Selection
from ui.texts import translator

FollowUps = Mapping[str, Noted[FollowUp]]

# A week of office days is gone before a letter is answered.
URGENT_WORKING_DAYS = 3
# Projects are sent monthly: what is older has missed a delivery.
MONTH_DAYS = 31


@dataclass(frozen=True)
class OwnerLine:
    """The new SPK of one owner; `workers` and `contract_rp` are None where none of them states any."""

    owner: str
    orders: int
    urgent: int
    nearest_days: int | None
    workers: int | None
    contract_rp: Decimal | None


def by_owner(rows: Sequence[RegisterRow]) -> list[OwnerLine]:
    """One line an owner, who has least time left first."""
    owners: dict[str, list[RegisterRow]] = {}
    for row in rows:
        owners.setdefault(row.owner, []).append(row)
    lines = [_line(owner, own) for owner, own in owners.items()]
    return sorted(lines, key=lambda line: (line.nearest_days is None, line.nearest_days or 0, -line.orders, line.owner))


def _line(owner: str, rows: Sequence[RegisterRow]) -> OwnerLine:
    left = [row.days_left for row in rows if row.days_left is not None]
    workers = [row.workers for row in rows if row.workers is not None]
    values = [row.nilai_kontrak for row in rows if row.nilai_kontrak is not None]
    return OwnerLine(
        owner,
        len(rows),
        sum(days <= URGENT_WORKING_DAYS for days in left),
        min(left, default=None),
        sum(workers) if workers else None,
        sum(values, Decimal(0)) if values else None,
    )


def show(
    edition: ServedEdition,
    selection: Selection,
    follow_ups: FollowUps,
    overlaid: Mapping[str, str],
    language: str,
) -> None:
    """Finding, recapitulation by owner, the list, and what cannot be judged; `overlaid` as in the register."""
    _ = translator(language)
    known, unknown = read(edition, selection, overlaid)
    known_to = known_until(edition)
    cards.show_title(title(known, selection, language, known_to=known_to), subtitle(edition, language))
    if known_to:
        text = _("Data proyek terakhir posisi {day}; SPK sesudah itu belum diketahui.")
        cards.show_notice(text.format(day=formats.day(known_to, language)), concern=True)
    stamp = project_stamp.of(edition, selection, language)
    lines = by_owner(known)
    if len(lines) > 1:
        tables.show_table(
            owner_columns(language), lines, "spk-baru-per-pemilik", _("SPK baru per pemilik proyek"), stamp, language,
            heading=_("per pemilik proyek"),
        )  # fmt: skip
    if known:
        _show_list(known, follow_ups, stamp, language)
    _show_overdue(edition, selection, overlaid, language)
    if unknown:
        _show_unknown(unknown, follow_ups, stamp, language)


def read(
    edition: ServedEdition, selection: Selection, overlaid: Mapping[str, str]
) -> tuple[list[RegisterRow], list[RegisterRow]]:
    """The new SPK known not to be registered, and those of which it cannot be told."""
    # Who has shown proof by hand need not be called: the register lists it as such.
    rows = [row for row in cached.new_work_orders(edition.key, selection.scope) if row.kode_proyek not in overlaid]
    known = [row for row in rows if row.is_registered is not None]
    return known, [row for row in rows if row.is_registered is None]


def known_until(edition: ServedEdition) -> date | None:
    """The position of the last delivery of projects, where new SPK may well lack."""
    sent = [delivery.as_of for delivery in cached.deliveries(edition.key) if delivery.kind == "proyek"]
    return unknown_after(sent, project_stamp.as_of(edition))


def unknown_after(sent: Sequence[date], position: date) -> date | None:
    """The last of these days, where it lies more than a month before the position."""
    last = max(sent, default=None)
    return last if last and (position - last).days > MONTH_DAYS else None


def title(rows: Sequence[RegisterRow], selection: Selection, language: str, *, known_to: date | None) -> str:
    """Where no new SPK is known, it is not said that there is none: not of a time of which nothing was sent."""
    _ = translator(language)
    if not rows and known_to:
        text = _("{where}: belum diketahui apakah ada SPK baru sesudah {day}")
        return text.format(where=selection.where(language), day=formats.day(known_to, language))
    if not rows:
        return _("{where}: tidak ada SPK baru yang menunggu pendaftaran").format(where=selection.where(language))
    urgent = sum(row.days_left is not None and row.days_left <= URGENT_WORKING_DAYS for row in rows)
    count, soon = formats.number(len(rows), language), formats.number(urgent, language)
    if not urgent:
        return _.plural("{where}: {count} SPK baru belum terdaftar", len(rows)).format(
            where=selection.where(language), count=count
        )
    return _.plural(
        "{where}: {count} SPK baru belum terdaftar, {soon} jatuh tempo dalam {days} hari kerja", len(rows)
    ).format(where=selection.where(language), count=count, soon=soon, days=URGENT_WORKING_DAYS)


def subtitle(edition: ServedEdition, language: str) -> str:
    _ = translator(language)
    return _(
        "Posisi {day}. SPK yang batas pendaftarannya belum lewat, menurut sisa hari kerja; 0 berarti hari terakhir. "
        "Yang terdaftar sekarang tidak akan tersendat pada pencairan."
    ).format(day=formats.day(project_stamp.as_of(edition), language))


def owner_columns(language: str) -> list[tables.Column]:
    _ = translator(language)

    def address(line: OwnerLine) -> str:
        return project_view.address(owner=line.owner, hal=None)

    name = tables.Column(
        _("Pemilik proyek"),
        lambda line: sentences.category_name(line.owner, language),
        lambda line: line.owner,
        numeric=False,
        link=address,
    )
    number = project_columns.number_column
    soon = _("Jatuh tempo ≤ {days} hari kerja").format(days=URGENT_WORKING_DAYS)
    return [
        name,
        number(_("SPK baru"), "orders", language),
        number(soon, "urgent", language),
        number(_("Sisa hari kerja paling sedikit"), "nearest_days", language),
        number(_("Tenaga kerja"), "workers", language),
        number(_("Nilai kontrak, Rp"), "contract_rp", language),
    ]


def _show_list(rows: Sequence[RegisterRow], follow_ups: FollowUps, stamp: tables.Stamp, language: str) -> None:
    _ = translator(language)
    label = _("SPK baru tanpa pendaftaran")
    page = paging.page_of(st.query_params, len(rows))
    columns = project_columns.new_order_columns(follow_ups, language)
    with st.container(key="new-orders"):
        st.html(tables.html_table(columns, rows[page.first : page.last], label))
    paging.show(page, language)
    tables.show_files(columns, rows, "spk-baru", label, stamp, language)


def _show_overdue(edition: ServedEdition, selection: Selection, overlaid: Mapping[str, str], language: str) -> None:
    """What is no early help any more, one press away: as many as the register then lists."""
    text = overdue_told(edition, selection, overlaid, language)
    if not text:
        return
    address = project_view.address(bagian=project_view.REGISTER, hasil="belum_memenuhi", hal=None)
    st.html(f'<p class="ck-aside"><a href="{escape(address)}">{escape(text)}</a></p>')


def overdue_told(edition: ServedEdition, selection: Selection, overlaid: Mapping[str, str], language: str) -> str:
    """How many running projects are past the deadline; empty where none is."""
    _ = translator(language)
    counts = cached.counts_by_result(edition.key, selection.scope, tuple(sorted(overlaid.items())))
    overdue = counts.get("belum_memenuhi", 0)
    if not overdue:
        return ""
    text = _.plural("{count} proyek berjalan sudah lewat batas dan belum memenuhi", overdue)
    return text.format(count=formats.number(overdue, language))


def unknown_told(rows: Sequence[RegisterRow], language: str) -> str:
    _ = translator(language)
    text = _.plural(
        "{count} SPK baru lain belum dapat dinilai: data pendaftaran untuk pemilik atau wilayahnya belum dinyatakan "
        "lengkap. Tidak ada bukan berarti belum terdaftar.",
        len(rows),
    )
    return text.format(count=formats.number(len(rows), language))


def _show_unknown(rows: Sequence[RegisterRow], follow_ups: FollowUps, stamp: tables.Stamp, language: str) -> None:
    _ = translator(language)
    cards.show_asides([unknown_told(rows, language)])
    columns = project_columns.new_order_columns(follow_ups, language)
    label = _("SPK baru yang belum dapat dinilai")
    tables.show_table(columns, rows, "spk-baru-belum-dinilai", label, stamp, language, heading=label)
