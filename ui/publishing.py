"""Publishing: what has come in since the served edition, what would change, and the edition itself."""

from collections.abc import Sequence
from datetime import date, datetime
from html import escape

import streamlit as st

from data.access import Reader
from data.home import JAKARTA
from data.preview import Happening, Preview, from_json
from ui import cards, effects, formats, frame, jobs, journal_words, ledger_status, tables, upload, upload_words, waiting
from ui import reader as readers
from ui.cached import ServedEdition
from ui.ledger_status import Batch
from ui.project_columns import text_column
from ui.tables import Column
from ui.texts import translator

PREVIEW, PUBLISH = "preview-publish", "publish"
LATEST_YEARS_AHEAD = 1


def show(edition: ServedEdition | None, reader: Reader, language: str) -> None:
    """The list of what waits, the day, the preview, and the edition that came of it."""
    _ = translator(language)
    st.html(upload.STYLES)
    owner = waiting.owner_of(reader)
    published = jobs.last(owner, PUBLISH)
    if published and published.is_over and not published.refused:
        _show_published(published, language)
        return
    status = ledger_status.status(reader)
    told = status.refused or status.busy
    if told and told not in waiting.refusals(reader, None, PREVIEW, PUBLISH) and not jobs.running(owner):
        cards.show_notice(told, concern=bool(status.refused))
    cards.show_title(_("Terbitkan"), _subtitle(edition, language))
    if not status.refused and not status.batches:
        cards.show_notice(_("Belum ada kiriman; mulailah di Kirim berkas."))
        return
    as_of = _day(jobs.last(owner, PREVIEW), language, disabled=jobs.running(owner) is not None)
    cards.show_asides(position_told(edition, status.batches, as_of, language))
    _show_preview(edition, reader, as_of, language)


def _subtitle(edition: ServedEdition | None, language: str) -> str:
    _ = translator(language)
    about = _("Menerbitkan menghitung semua angka dari kiriman yang berlaku; edisi lama tetap tersimpan.")
    if edition is None:
        return about
    text = _("Yang dilayani sekarang edisi {number}, dihitung per {as_of}.")
    as_of = formats.day(date.fromisoformat(edition.meta["as_of"]), language)
    return f"{text.format(number=edition.number, as_of=as_of)} {about}"


def day_asked(previewed: jobs.Job | None, today: date) -> date:
    """The day to offer: that of a preview of today, for who has looked elsewhere meanwhile; else today."""
    if previewed is None or previewed.began_at.date() != today:
        return today
    return date.fromisoformat(previewed.asked.split()[-1])


def _day(previewed: jobs.Job | None, language: str, *, disabled: bool) -> date:
    _ = translator(language)
    today = datetime.now(JAKARTA).date()
    chosen = st.date_input(
        _("Dihitung per tanggal"),
        value=day_asked(previewed, today),
        min_value=date(2000, 1, 1),
        max_value=today.replace(year=today.year + LATEST_YEARS_AHEAD, day=1),
        format="DD/MM/YYYY",
        key="publish-day",
        help=_("Bulan terakhir yang dihitung adalah bulan terakhir yang berakhir pada atau sebelum tanggal ini."),
        width=220,
        disabled=disabled,
    )
    return chosen if isinstance(chosen, date) else today


def position_told(edition: ServedEdition | None, batches: Sequence[Batch], as_of: date, language: str) -> list[str]:
    """What another day than the served edition's changes without any delivery, and how far registrations are known."""
    _ = translator(language)
    told = []
    before = date.fromisoformat(edition.meta["as_of"]) if edition else as_of
    if before != as_of:
        text = _(
            "Posisi bergeser dari {before} ke {after}. Syarat pencairan, SPK baru, dan temuan mutu dinilai pada posisi "
            "itu; jadi isinya berubah walaupun tidak ada kiriman baru."
        )
        told.append(text.format(before=formats.day(before, language), after=formats.day(as_of, language)))
    known = [batch.period_to for batch in batches if batch.is_live and batch.kind == "pendaftaran" and batch.period_to]
    if known and as_of > max(known):
        text = _(
            "Pendaftaran dinyatakan lengkap sampai {day}. Sesudah hari itu proyek yang belum terdaftar tampil belum "
            "dapat dinilai; pilih {day} bila itu tidak dimaksud."
        )
        told.append(text.format(day=formats.day(max(known), language)))
    return told


def _show_preview(edition: ServedEdition | None, reader: Reader, as_of: date, language: str) -> None:
    _ = translator(language)
    if waiting.show(reader, language):
        return
    owner, asked = waiting.owner_of(reader), f"{edition.number if edition else 0} {as_of}"
    previewed = jobs.last(owner, PREVIEW, asked)
    waiting.show_refusal(previewed)
    act = jobs.last(owner, PUBLISH)
    if previewed is None or waiting.is_outdated(previewed, act):
        waiting.show_refusal(act)
        previewed = None
    if previewed is None or previewed.refused:
        arguments = ["preview", "publish", f"--as-of={as_of}", "--json-lines"]
        _button(_("Lihat apa yang berubah"), reader, PREVIEW, asked, arguments)
        return
    preview = from_json(previewed.told["preview"])
    _show_happened(preview, language)
    effects.show(preview, upload.stamp(edition, "penerbitan", language), language)
    arguments = ["publish", f"--as-of={as_of}", f"--expect={preview.token}", "--json-lines"]
    _button(_("Terbitkan sekarang"), reader, PUBLISH, asked, arguments)


def _button(text: str, reader: Reader, sort: str, asked: str, arguments: list[str]) -> None:
    st.button(text, type="primary", key=f"do-{sort}", on_click=waiting.begin, args=(reader, sort, asked, arguments))


def _show_happened(preview: Preview, language: str) -> None:
    """What was done since the served edition and is not in it yet."""
    _ = translator(language)
    count = len(preview.happened) + preview.settings_changed
    if not count:
        cards.show_notice(_("Tidak ada yang baru sejak edisi yang dilayani; menerbitkan hanya memperbarui tanggalnya."))
        return
    heading = _.plural("{count} hal menunggu terbit", count).format(count=formats.number(count, language))
    st.html(f'<h3 class="ck-effects-title">{escape(heading)}</h3>')
    if preview.happened:
        st.html(tables.html_table(_columns(language), preview.happened, heading))
    if preview.settings_changed:
        cards.show_asides([_("Pengaturan (config.toml) atau program berubah sejak edisi itu.")])


def _columns(language: str) -> list[Column]:
    _ = translator(language)

    def when(one: Happening) -> str:
        return upload_words.when(datetime.fromisoformat(one.at).astimezone(JAKARTA), language)

    def what(one: Happening) -> str:
        return journal_words.kind_name(one.what, language)

    def about(one: Happening) -> str:
        if one.names:
            return journal_words.of_names(one.names, language)
        kind = upload_words.kind_title(one.kind, language) if one.kind else ""
        number = _("kiriman {number}").format(number=one.batch) if one.batch else ""
        return " · ".join(filter(None, [number, kind, one.file]))

    return [
        text_column(_("Kapan"), when),
        text_column(_("Perbuatan"), what),
        text_column(_("Oleh"), lambda one: one.who and journal_words.harmless(one.who)),
        Column(_("Jumlah baris"), lambda one: formats.number(one.rows, language), lambda one: one.rows),
        text_column(_("Apa"), about),
    ]


def _show_published(published: jobs.Job, language: str) -> None:
    _ = translator(language)
    meta = published.told["edition"]
    title = _("Edisi {number} diterbitkan").format(number=meta["number"])
    as_of = formats.day(date.fromisoformat(meta["as_of"]), language)
    cards.show_title(title, _("Dihitung per {day}; semua halaman sekarang memakai edisi ini.").format(day=as_of))
    with st.container(horizontal=True, vertical_alignment="center", key="publish-next"):
        st.page_link(
            st.session_state["home"], label=_("Lihat Ringkasan"), query_params=frame.url_with(isi=None, bagian=None)
        )
        st.button(_("Kembali ke Terbitkan"), key="publish-done", on_click=_done)


def _done() -> None:
    jobs.forget(waiting.owner_of(readers.of_this_run()), PUBLISH, PREVIEW)
