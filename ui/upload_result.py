"""What came of an import: what landed, what was refused and goes back to its sender, and what to do next."""

from collections.abc import Sequence
from typing import Any

import msgspec
import streamlit as st

from data.preview import FileResult
from ui import cards, effects, formats, frame, jobs, rejects_download, waiting
from ui import reader as readers
from ui.cached import ServedEdition
from ui.jobs import Job
from ui.texts import translator


def show(done: Job, edition: ServedEdition | None, language: str) -> None:
    """The result of the last import of this account, until it begins another."""
    _ = translator(language)
    results = done.told.get("results", [])
    landed = [result for result in results if result["batch"]]
    cards.show_title(_title(results, landed, language), _subtitle(landed, language))
    effects.show_files(file_results(done), language, is_done=True)
    refused = [result for result in landed if result["rows_rejected"]]
    if refused:
        _show_way_back(refused, edition, language)
    _show_next(landed, language)


def file_results(done: Job) -> list[FileResult]:
    """What an import, or a trial of one, told of each file."""
    return [_file_result(result) for result in done.told.get("results", [])]


def _file_result(result: dict[str, Any]) -> FileResult:
    is_known = any("tidak ada yang berubah" in note for note in result["notes"])
    return msgspec.convert({**result, "lands": not is_known}, FileResult)


def _title(results: Sequence[dict[str, Any]], landed: Sequence[dict[str, Any]], language: str) -> str:
    _ = translator(language)
    if not landed:
        return _("Tidak ada yang baru: isi berkas ini sudah ada")
    accepted = sum(result["rows_accepted"] for result in landed)
    files = len({result["file"] for result in results})
    rows = _.plural("{count} baris", accepted).format(count=formats.number(accepted, language))
    from_files = _.plural("{rows} masuk dari {count} berkas", files)
    return from_files.format(rows=rows, count=formats.number(files, language))


def _subtitle(landed: Sequence[dict[str, Any]], language: str) -> str:
    _ = translator(language)
    if not landed:
        return _("Buku besar tidak berubah.")
    numbers = ", ".join(str(result["batch"]) for result in landed)
    text = _.plural("Kiriman nomor {numbers}. Angka pada halaman baru berubah sesudah diterbitkan.", len(landed))
    return text.format(numbers=numbers)


def _show_way_back(refused: Sequence[dict[str, Any]], edition: ServedEdition | None, language: str) -> None:
    _ = translator(language)
    rows = sum(result["rows_rejected"] for result in refused)
    heading = _("Kembalikan yang ditolak kepada pengirimnya")
    about = _.plural(
        "{rows} baris ditolak. Berkas di bawah hanya memuat baris itu, dengan alasan dan perbaikannya; bila dikirim "
        "lagi sesudah dibetulkan, baris itu tertutup dengan sendirinya.",
        rows,
    )
    cards.show_title(heading, about.format(rows=formats.number(rows, language)))
    with st.container(horizontal=True, key="rejects"):
        for result in refused:
            rejects_download.offer(result["batch"], result["file"], edition, language)


def _show_next(landed: Sequence[dict[str, Any]], language: str) -> None:
    _ = translator(language)
    page = st.session_state["page"]
    with st.container(horizontal=True, vertical_alignment="center", key="upload-next"):
        if landed:
            st.button(_("Lanjut: terbitkan"), type="primary", key="go-publish", on_click=_go, args=("terbit",))
        st.button(_("Kirim berkas lain"), key="upload-again", on_click=_again)
        st.page_link(page, label=_("Daftar kiriman"), query_params=frame.url_with(isi="kiriman"))


def _go(part: str) -> None:
    st.query_params["isi"] = part


def _again() -> None:
    jobs.forget(waiting.owner_of(readers.of_this_run()), "import", "preview-import")
