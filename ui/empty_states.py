"""What a page says where there is nothing to draw: why, and the next step. Never a zero."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote, urlencode, urlsplit

import streamlit as st
from streamlit.navigation.page import Page

from analytics.compute import Row
from data.home import Home
from data.importers.kinds import KINDS
from data.importers.templates import write_template
from ui import cards, downloads, formats, frame, sentences
from ui import reader as readers
from ui.navigation import DOOR
from ui.rankings import plain
from ui.scope_bar import Selection
from ui.texts import translator

# Deliveries are monthly; a quarter without one means that somebody should ask for it.
STALE_AFTER_DAYS = 92


def show_no_edition(language: str) -> None:
    """Nothing with data has been published in this home yet: what to do, with empty files to fill in."""
    _ = translator(language)
    if Home.from_environment().ledger_path.exists():
        _show_unpublished(language)
        return
    steps = [
        (_("Siapkan berkas CSV atau XLSX menurut templat di bawah."), ""),
        (_("Masukkan berkasnya:"), "python cakupan.py import BERKAS.csv"),
        (_("Terbitkan angkanya, lalu muat ulang halaman ini:"), "python cakupan.py publish"),
        (_("Atau lihat dulu dengan data contoh:"), "python cakupan.py demo"),
    ]
    items = "".join(f"<li>{escape(text)} {_code(command)}</li>" for text, command in steps)
    heading = escape(_("Belum ada data"))
    reason = escape(_("Belum ada edisi berisi data yang diterbitkan, jadi belum ada angka yang dapat ditampilkan."))
    way_in = _way_in(language) if readers.of_this_run().may("import") else ""
    st.html(f'<div class="ck-empty"><h2>{heading}</h2><p>{reason}</p>{way_in}<ol>{items}</ol></div>')
    templates = escape(_("Templat berkas"))
    st.html(f'<p class="ck-subtitle">{templates}</p>')
    with st.container(horizontal=True, key="templates"):
        for kind in KINDS:
            downloads.offer(kind, template_of(kind), f"{kind}.csv", "text/csv", key=f"template-{kind}")


def _show_unpublished(language: str) -> None:
    """Something has come in, as when a demonstration was left: what is missing is the edition."""
    _ = translator(language)
    heading = escape(_("Belum ada edisi"))
    reason = escape(_("Kiriman sudah masuk, tetapi belum diterbitkan, jadi belum ada angka yang dapat ditampilkan."))
    address = "data_definisi?" + urlencode({"bagian": "unggah", "isi": "terbit", "lang": language})
    link = f'<p><a href="{escape(address)}" target="_self">{escape(_("Terbitkan"))}</a></p>'
    way_on = link if readers.of_this_run().may("publish") else ""
    st.html(f'<div class="ck-empty"><h2>{heading}</h2><p>{reason}</p>{way_on}</div>')


def _way_in(language: str) -> str:
    """Files come in through the browser first; the commands stay for who works in a shell."""
    _ = translator(language)
    address = "data_definisi?" + urlencode({"bagian": "unggah", "isi": "kirim", "lang": language})
    send, shell = escape(_("Kirim berkas pertama lewat peramban")), escape(_("Atau dari baris perintah:"))
    return f'<p><a href="{escape(address)}" target="_self">{send}</a></p><p>{shell}</p>'


def show_no_scope(language: str) -> None:
    """For an account that nobody has given a place, a branch or an owner yet."""
    _ = translator(language)
    cards.show_notice(_("Akun ini belum diberi lingkup; hubungi pengelola."))


def pages_for_unknown_address(known: list[Page], language: str) -> list[Page]:
    """A page for the address in the browser if no known page has it: Streamlit's own answer is English only.

    The door's name leads to the door.
    """
    address = unquote(urlsplit(st.context.url or "").path).strip("/")
    if not address or "/" in address or address in [page.url_path for page in known]:
        return []
    if address == DOOR.name:
        return [st.Page(_go_to_the_door, title="Cakupan", url_path=address)]
    return [st.Page(partial(_show_unknown_address, address, language), title="Cakupan", url_path=address)]


def _go_to_the_door() -> None:
    st.switch_page(st.session_state["home"], query_params=frame.url_with())


def _show_unknown_address(address: str, language: str) -> None:
    _ = translator(language)
    heading = escape(_("Halaman “{address}” tidak ada").format(address=address))
    st.html(f'<div class="ck-empty"><h2>{heading}</h2></div>')
    st.page_link(st.session_state["home"], label=_("Ke Ringkasan"), query_params=frame.url_with())


def _code(command: str) -> str:
    return f"<code>{escape(command)}</code>" if command else ""


def template_of(kind: str) -> Callable[[], bytes]:
    """Makes the empty file of one kind when somebody takes it."""
    return partial(_template, kind)


def _template(kind: str) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{kind}.csv"
        write_template(kind, path)
        return path.read_bytes()


def show_no_data(
    selection: Selection, row: Row, latest: date | None, language: str, *, has_all_owners: bool = True
) -> None:
    """The scope has no number: names the filters in force; ways out are the `latest` month with data and no filters.

    `has_all_owners`: an owner can be taken out of the choice.
    """
    _ = translator(language)
    heading, reason = no_data_told(selection, row, language)
    st.html(f'<div class="ck-empty"><h2>{escape(heading)}</h2><p>{escape(reason)}</p></div>')
    page = st.session_state["page"]
    if latest and latest != selection.month and not selection.is_filtered:
        text = _("Lihat bulan terakhir yang ada datanya: {month}").format(month=formats.month(latest, language))
        st.page_link(page, label=text, query_params=frame.url_with(month=f"{latest:%Y-%m}", compare=None))
    owner = selection.scope.owner if has_all_owners else None
    for name, chosen in (("owner", owner), ("fund", selection.scope.fund)):
        if chosen:
            text = _("Hapus pilihan {name}").format(name=plain(sentences.category_name(chosen, language)))
            st.page_link(page, label=text, query_params=frame.url_with(**{name: None}))
    reset = {name: value for name, value in st.query_params.to_dict().items() if name == "lang"}
    if len(reset) < len(st.query_params):
        st.page_link(page, label=_("Hapus semua saringan"), query_params=reset)


def no_data_told(selection: Selection, row: Row, language: str) -> tuple[str, str]:
    """That the scope has no number, and why."""
    _ = translator(language)
    heading = _("{where}: belum ada angka untuk {month}").format(
        where=selection.where(language), month=formats.month(selection.month, language)
    )
    return heading, _reason(selection, row, language)


def _reason(selection: Selection, row: Row, language: str) -> str:
    _ = translator(language)
    if selection.is_filtered and row.running_projects is None:
        return _(
            "Tidak ada proyek berjalan yang tercatat dalam pilihan ini pada bulan itu, jadi tidak ada yang dinilai."
        )
    if selection.is_filtered:
        return _.plural(
            "{count} proyek berjalan tercatat, tetapi data pendaftaran atau kepesertaannya belum lengkap, jadi cakupan "
            "penempatannya belum dapat dinilai. Tidak ada bukan berarti nol.",
            row.running_projects or 0,
        ).format(count=formats.number(row.running_projects, language))
    return _(
        "Belum ada data kepesertaan yang lengkap maupun laporan resmi untuk wilayah dan bulan ini. Tidak ada bukan "
        "berarti nol."
    )


def why_no_percent(status: str, selection: Selection, language: str) -> str:
    """Why a count of this place stands without a percentage."""
    _ = translator(language)
    no_estimate = (
        _(
            "Tanpa persen karena belum ada perkiraan jumlah {workers} untuk wilayah dan bulan ini; perkiraan "
            "kabupaten/kota tidak diturunkan dari angka provinsi."
        )
        if selection.place.kind in ("kabupaten", "kota")
        else _("Tanpa persen karena belum ada perkiraan jumlah {workers} untuk pilihan dan bulan ini.")
    ).format(workers=sentences.workers(selection.scope.sector, language))
    return {
        "no_denominator": no_estimate,
        "zero_denominator": _("Tanpa persen karena perkiraan jumlah pekerjanya nol."),
        "mixed_sources": _(
            "Tanpa persen karena jumlah ini hanya menggabungkan wilayah di bawahnya yang ada datanya; wilayah tanpa "
            "data tidak terhitung."
        ),
    }[status]


def show_alone(selection: Selection, others: Sequence[str], language: str) -> None:
    """A place of which nothing that holds it may be seen; `others` are the tabs that do compare."""
    _ = translator(language)
    text = _(
        "{place} tidak dapat disandingkan: wilayah yang memuatnya bersama wilayah lain berada di luar lingkup akun "
        "ini. Lihat {tabs}."
    )
    cards.show_notice(text.format(place=selection.place.name, tabs=", ".join(others)))


def show_too_few(text: str) -> None:
    """A chart that would mislead gives way to one sentence."""
    cards.show_notice(text)


def show_stale(as_of: date, today: date, language: str) -> None:
    """Only where nothing new has come for more than a quarter."""
    _ = translator(language)
    if (today - as_of).days > STALE_AFTER_DAYS:
        text = _("Data terakhir posisi {day}; belum ada kiriman baru sejak itu.")
        cards.show_notice(text.format(day=formats.day(as_of, language)), concern=True)


def show_older_edition(language: str) -> None:
    """An edition from before projects were kept one by one."""
    _ = translator(language)
    cards.show_notice(_("Edisi ini terbit sebelum halaman ini ada; terbitkan edisi baru untuk melihatnya."))
