"""Every delivery with what became of it; one of them opened: its refused rows, what takes it back."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from html import escape
from urllib.parse import urlencode

import streamlit as st

from data.access import Reader
from data.preview import from_json
from ui import (
    cached,
    cards,
    deliveries,
    effects,
    empty_states,
    formats,
    frame,
    jobs,
    ledger_status,
    paging,
    rejects_download,
    scope_bar,
    tables,
    upload,
    upload_words,
    waiting,
)
from ui.cached import ServedEdition
from ui.ledger_status import Batch, LedgerStatus
from ui.project_columns import text_column
from ui.tables import Column
from ui.texts import translator

OPENED, STATE = "batch", "keadaan"
LIVE, OPEN, UNPUBLISHED, UNDONE = "berlaku", "terbuka", "belum-terbit", "dibatalkan"
PREVIEW, UNDO = "preview-undo", "undo"


def show(edition: ServedEdition | None, reader: Reader, language: str) -> None:
    """The list, or the delivery that the address names."""
    _ = translator(language)
    st.html(upload.STYLES)
    status = ledger_status.status(reader)
    opened = st.query_params.get(OPENED)
    if status.busy and status.busy not in waiting.refusals(reader, opened, PREVIEW, UNDO):
        cards.show_notice(status.busy)
    if status.refused:
        # What the edition was made from can still be told.
        cards.show_notice(status.refused, concern=True)
        if edition:
            deliveries.show_deliveries(edition, language)
        return
    if not status.batches:
        empty_states.show_too_few(_nothing(edition, language))
        return
    batch = next((one for one in status.batches if str(one.number) == opened), None)
    if opened and batch is None:
        text = _("Kiriman “{value}” pada tautan tidak ada, atau di luar lingkup akun ini.")
        cards.show_notice(text.format(value=opened[: scope_bar.LONGEST_SHOWN]))
    if batch:
        _show_one(batch, edition, reader, language)
    else:
        _show_list(status, edition, language)


def _nothing(edition: ServedEdition | None, language: str) -> str:
    _ = translator(language)
    if edition and not cached.sees_everything(edition.key):
        return _("Belum ada kiriman yang dinyatakan lengkap untuk lingkup akun ini.")
    return _("Belum ada kiriman; mulailah di Kirim berkas.")


def _show_list(status: LedgerStatus, edition: ServedEdition | None, language: str) -> None:
    _ = translator(language)
    published = _published(edition)
    cards.show_title(_title(status, published, language), _subtitle(status, edition, language))
    chosen = _choose_state(status.batches, published, language)
    found = [batch for batch in status.batches if chosen is None or _is(batch, chosen, published)]
    page = paging.page_of(st.query_params, len(found))
    columns = _columns(published, language, has_senders=bool(status.senders))
    with st.container(key="sent"):
        st.html(tables.html_table(columns, found[page.first : page.last], _("Daftar kiriman"), stacked=True))
    paging.show(page, language)
    stamp = upload.stamp(edition, "kiriman", language)
    tables.show_files(columns, found, "kiriman", _("Daftar kiriman"), stamp, language)
    _show_waiting(status, language)


def _published(edition: ServedEdition | None) -> frozenset[int]:
    return cached.batches(edition.key) if edition else frozenset()


def _title(status: LedgerStatus, published: frozenset[int], language: str) -> str:
    _ = translator(language)
    waiting_for = [batch for batch in status.batches if _is(batch, UNPUBLISHED, published)]
    if waiting_for:
        return _.plural("{count} kiriman menunggu terbit", len(waiting_for)).format(count=len(waiting_for))
    open_rows = sum(batch.rows_open for batch in status.batches if batch.is_live)
    if open_rows:
        text = _.plural("Semua kiriman sudah terbit; {rows} baris yang ditolak belum dibetulkan", open_rows)
        return text.format(rows=formats.number(open_rows, language))
    return _("Semua kiriman sudah terbit")


def _subtitle(status: LedgerStatus, edition: ServedEdition | None, language: str) -> str:
    _ = translator(language)
    told = [
        _.plural("{count} kiriman, terbaru lebih dahulu; klik nomornya untuk membuka.", len(status.batches)).format(
            count=len(status.batches)
        )
    ]
    if edition and not cached.sees_everything(edition.key):
        told.append(_("Hanya yang dinyatakan lengkap untuk lingkup akun ini, dan yang dimasukkan akun ini sendiri."))
    return " ".join(told)


def _is(batch: Batch, state: str, published: frozenset[int]) -> bool:
    return {
        LIVE: batch.is_live,
        OPEN: batch.is_live and batch.rows_open > 0,
        UNPUBLISHED: batch.is_live != (batch.number in published),
        UNDONE: not batch.is_live,
    }[state]


def _state_names(language: str) -> dict[str, str]:
    _ = translator(language)
    return {
        UNPUBLISHED: _("Menunggu terbit"), OPEN: _("Ada yang ditolak"), LIVE: _("Berlaku"), UNDONE: _("Dibatalkan"),
    }  # fmt: skip


def _choose_state(batches: Sequence[Batch], published: frozenset[int], language: str) -> str | None:
    """A filter with its counts; the address holds it."""
    _ = translator(language)
    ignored: list[str] = []
    names = _state_names(language)
    refused = _("Keadaan “{value}” pada tautan tidak dikenal; diabaikan.")
    chosen = scope_bar.picked(st.query_params, ignored, STATE, list(names), None, refused)
    counts = {state: sum(_is(batch, state, published) for batch in batches) for state in names}
    st.session_state["sent-state"] = chosen
    st.pills(
        _("Keadaan"),
        [state for state in names if counts[state] or state == chosen],
        format_func=lambda state: f"{names[state]} · {formats.number(counts[state], language)}",
        key="sent-state",
        on_change=_write_state,
        label_visibility="collapsed",
    )
    scope_bar.show_ignored(ignored)
    return chosen


def _write_state() -> None:
    chosen = st.session_state["sent-state"]
    st.query_params.pop("hal", None)
    if chosen:
        st.query_params[STATE] = chosen
    else:
        st.query_params.pop(STATE, None)


def state_of(batch: Batch, published: frozenset[int], language: str) -> str:
    """In words, with a shape."""
    _ = translator(language)
    is_out = batch.number in published
    if batch.is_live:
        return "● " + _("berlaku") if is_out else "◷ " + _("menunggu terbit")
    return "◷ " + _("dibatalkan, menunggu terbit") if is_out else "○ " + _("dibatalkan")


def _day_in(batch: Batch) -> date:
    return batch.imported_at.date()


def _address(batch: Batch) -> str:
    return "?" + urlencode(frame.url_with(**{OPENED: str(batch.number), STATE: None, "hal": None}))


def _columns(published: frozenset[int], language: str, *, has_senders: bool) -> list[Column]:
    _ = translator(language)

    def count(header: str, name: str) -> Column:
        return Column(header, lambda b: formats.number(getattr(b, name), language), lambda b: getattr(b, name))

    return [
        Column(
            _("Nomor"), lambda b: str(b.number), lambda b: b.number, numeric=False, link=_address, on_phone="labelled"
        ),
        text_column(_("Keadaan"), lambda b: state_of(b, published, language), on_phone="inline"),
        text_column(_("Jenis"), lambda b: upload_words.kind_title(b.kind, language), on_phone="inline"),
        text_column(_("Berkas"), lambda b: b.file_name, on_phone="title"),
        text_column(_("Pengirim"), lambda b: b.sender, only_in_file=not has_senders, on_phone="aside"),
        Column(
            _("Waktu masuk"), lambda b: formats.day(_day_in(b), language), _day_in, numeric=False, only_in_file=True,
        ),
        Column(
            _("Posisi"), lambda b: formats.day(b.data_as_of, language), lambda b: b.data_as_of, numeric=False,
            on_phone="labelled",
        ),
        count(_("Diterima"), "rows_accepted"),
        count(_("Ditolak"), "rows_rejected"),
        count(_("Belum dibetulkan"), "rows_open"),
        text_column(_("Kelengkapan"), lambda b: upload_words.scope(b, language), on_phone="labelled"),
    ]  # fmt: skip


def _show_waiting(status: LedgerStatus, language: str) -> None:
    _ = translator(language)
    waiting_rows = Counter[str]()
    for kind, rows in status.waiting:
        # 'pendaftaran (no_spk)' are registrations that name their project by its work order.
        waiting_rows[kind.partition(" ")[0]] += rows
    told = []
    for kind, rows in waiting_rows.items():
        text = _.plural("{kind}: {rows} baris menunggu proyeknya.", rows)
        told.append(text.format(kind=upload_words.kind_title(kind, language), rows=formats.number(rows, language)))
    cards.show_asides(told)


def _show_one(batch: Batch, edition: ServedEdition | None, reader: Reader, language: str) -> None:
    _ = translator(language)
    back = frame.url_with(**{OPENED: None})
    st.page_link(st.session_state["page"], label=_("‹ Semua kiriman"), query_params=back)
    title = _("Kiriman {number}: {name}").format(number=batch.number, name=batch.file_name)
    cards.show_title(title, state_of(batch, _published(edition), language))
    st.html(_facts_html(batch, language))
    if batch.rows_rejected:
        _show_refused(batch, edition, language)
    if batch.is_live:
        _show_undo(batch, edition, reader, language)


def _facts_html(batch: Batch, language: str) -> str:
    _ = translator(language)
    rows = _.plural("{accepted} diterima, {rejected} ditolak dari {read} baris", batch.rows_read).format(
        accepted=formats.number(batch.rows_accepted, language),
        rejected=formats.number(batch.rows_rejected, language),
        read=formats.number(batch.rows_read, language),
    )
    facts = [
        (_("Jenis"), upload_words.kind_title(batch.kind, language)),
        (_("Pengirim"), batch.sender or _("tidak disebut")),
        (_("Waktu masuk"), upload_words.when(batch.imported_at, language)),
        (_("Posisi"), formats.day(batch.data_as_of, language)),
        (_("Kelengkapan"), upload_words.scope(batch, language)),
        (_("Jumlah baris"), rows),
    ]
    if batch.undone_at:
        facts.append((_("Dibatalkan"), upload_words.when(batch.undone_at, language)))
    lines = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts)
    return f'<dl class="ck-facts">{lines}</dl>'


def _show_refused(batch: Batch, edition: ServedEdition | None, language: str) -> None:
    _ = translator(language)
    text = _.plural("{open} dari {rejected} baris yang ditolak belum dibetulkan", batch.rows_rejected)
    if not batch.is_live:
        # None of them is asked for any more, which is not the same as put right.
        text = _.plural(
            "{rejected} baris ditolak; kirimannya dibatalkan, jadi tidak perlu dibetulkan", batch.rows_rejected
        )
    heading = text.format(
        open=formats.number(batch.rows_open, language), rejected=formats.number(batch.rows_rejected, language)
    )
    st.html(f'<h2 class="ck-title">{escape(heading)}</h2>')
    if batch.reasons:
        columns = [
            Column(_("Jumlah baris"), lambda row: formats.number(row[1], language), lambda row: row[1]),
            text_column(_("Alasan"), lambda row: upload_words.reason(row[0], 0), on_phone="title"),
            text_column(_("Perbaikan"), lambda row: upload_words.reason(row[0], 1)),
        ]
        with st.container(key="reasons"):
            st.html(tables.html_table(columns, batch.reasons, heading, stacked=True))
    if batch.is_live and batch.rows_open:
        rejects_download.offer(batch.number, batch.file_name, edition, language)


def _show_undo(batch: Batch, edition: ServedEdition | None, reader: Reader, language: str) -> None:
    _ = translator(language)
    owner, asked = waiting.owner_of(reader), str(batch.number)
    about = _(
        "Barisnya tidak dihitung lagi sejak penerbitan berikutnya; catatannya tetap, dan berkasnya dapat dikirim lagi."
    )
    cards.show_title(_("Batalkan kiriman ini"), about)
    if waiting.show(reader, language):
        return
    previewed = jobs.last(owner, PREVIEW, asked)
    waiting.show_refusal(previewed)
    act = jobs.last(owner, UNDO, asked)
    if previewed is None or waiting.is_outdated(previewed, act):
        waiting.show_refusal(act)
        previewed = None
    if previewed is None or previewed.refused:
        arguments = ["preview", "undo", asked, "--json-lines"]
        _button(_("Lihat apa yang berubah"), reader, PREVIEW, asked, arguments, is_primary=False)
        return
    preview = from_json(previewed.told["preview"])
    effects.show(preview, upload.stamp(edition, "pembatalan", language), language)
    arguments = ["undo", asked, f"--expect={preview.token}", "--json-lines"]
    _button(_("Batalkan kiriman {number}").format(number=batch.number), reader, UNDO, asked, arguments)


def _button(text: str, reader: Reader, sort: str, asked: str, arguments: list[str], *, is_primary: bool = True) -> None:
    st.button(
        text,
        type="primary" if is_primary else "secondary",
        key=f"sent-{sort}",
        on_click=waiting.begin,
        args=(reader, sort, asked, arguments),
    )
