"""Sending files: drop, see how they are read, say what they are, see what would change, and only then bring them in."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

import streamlit as st

from data import staging
from data.access import Reader
from data.home import Home
from data.importers.recognise import Recognised
from data.preview import Preview, from_json
from data.staging import Draft
from ui import (
    cards,
    effects,
    jobs,
    ledger_status,
    tables,
    upload_files,
    upload_reading,
    upload_result,
    upload_terms,
    waiting,
)
from ui.cached import ServedEdition
from ui.ledger_status import LedgerStatus
from ui.texts import translator

STYLES = "<style>" + (Path(__file__).parent / "upload.css").read_text("utf-8") + "</style>"
PREVIEW, IMPORT = "preview-import", "import"
AGREED = "upload-leaves-demo"


@dataclass(frozen=True)
class Desk:
    """What somebody works with who sends files: the home, the account's draft, the ledger, the served edition."""

    home: Home
    reader: Reader
    draft: Draft | None
    status: LedgerStatus
    edition: ServedEdition | None

    @property
    def leaves_demo(self) -> bool:
        return self.status.is_demo or bool(self.edition and self.edition.is_demo)


def show(edition: ServedEdition | None, reader: Reader, language: str) -> None:
    """The part of the page where files are sent."""
    st.html(STYLES)
    home = Home.from_environment()
    desk = Desk(home, reader, staging.draft_of(home, reader.name), ledger_status.status(reader), edition)
    _show_others(desk, language)
    owner = waiting.owner_of(reader)
    done = jobs.last(owner, IMPORT)
    if done and done.is_over and not done.refused and desk.draft is None:
        _show_steps(4, language)
        upload_result.show(done, edition, language)
        return
    if desk.draft is None:
        _show_steps(0, language)
        upload_files.show_empty(desk.leaves_demo, language, is_first=edition is None)
        return
    _show_draft(desk, desk.draft, language)


def _show_draft(desk: Desk, draft: Draft, language: str) -> None:
    owner = waiting.owner_of(desk.reader)
    asked = fingerprint(draft)
    previewed = jobs.last(owner, PREVIEW, asked)
    landing = jobs.last(owner, IMPORT, asked)
    is_seen = bool(previewed and previewed.is_over and not previewed.refused)
    is_seen = is_seen and not (previewed and waiting.is_outdated(previewed, landing))
    _show_steps(3 if is_seen else 1, language)
    is_busy = jobs.running(owner) is not None
    upload_files.show_files(desk.home, draft, language, disabled=is_busy)
    read = upload_reading.show(desk.home, draft, desk.reader, language, disabled=is_busy)
    terms = upload_terms.show(desk, draft, read, language, disabled=is_busy)
    if read is None or terms is None:
        return
    terms = with_all_read(terms, read, language)
    asked = fingerprint(terms.draft)
    previewed = jobs.last(owner, PREVIEW, asked)
    _show_preview(desk, terms, asked, previewed, language)


def with_all_read(terms: "upload_terms.Terms", read: list[Recognised], language: str) -> "upload_terms.Terms":
    """Files go in together: one that cannot be read is put right or taken out before anything is computed."""
    _ = translator(language)
    unread = ", ".join(file.file for file in read if file.problem)
    if terms.problem or not unread:
        return terms
    text = _("Belum dapat dibaca: {names}. Perbaiki pembacaannya pada langkah 2, atau keluarkan berkasnya.")
    return replace(terms, problem=text.format(names=unread))


def fingerprint(draft: Draft) -> str:
    """Files and all that is said of them: a preview of other files or words is not taken for one of these."""
    return json.dumps([draft.token, draft.content, draft.answers], sort_keys=True)


def _show_preview(
    desk: Desk, terms: "upload_terms.Terms", asked: str, previewed: jobs.Job | None, language: str
) -> None:
    _ = translator(language)
    _heading(4, _("Pratinjau"), _("Apa yang berubah bila berkas ini masuk lalu diterbitkan; belum ada yang disimpan."))
    if waiting.show(desk.reader, language):
        return
    landing = jobs.last(waiting.owner_of(desk.reader), IMPORT, asked)
    waiting.show_refusal(previewed)
    if previewed is None or waiting.is_outdated(previewed, landing):
        waiting.show_refusal(landing)
        previewed = None
    if previewed is None or not previewed.is_over or previewed.refused:
        arguments = _preview_arguments(desk, terms)
        st.button(
            _("Lihat pratinjau"),
            type="primary",
            key="upload-preview",
            disabled=bool(terms.problem),
            on_click=waiting.begin,
            args=(desk.reader, PREVIEW, asked, arguments),
        )
        if terms.problem:
            cards.show_asides([terms.problem])
        return
    preview = from_json(previewed.told["preview"])
    effects.show(preview, stamp(desk.edition, "pratinjau", language), language)
    _show_landing(desk, terms, asked, preview, language)


def _preview_arguments(desk: Desk, terms: "upload_terms.Terms") -> list[str]:
    words = ["preview", "import", "--json-lines", *(["--replace-demo"] if desk.leaves_demo else [])]
    return ["draft", terms.draft.token, "--", *words, *terms.options]


def _show_landing(desk: Desk, terms: "upload_terms.Terms", asked: str, preview: Preview, language: str) -> None:
    _ = translator(language)
    words = ["import", "--json-lines", *terms.options]
    words += ["--replace-demo"] if desk.leaves_demo else []
    words += [f"--expect={preview.token}"]
    agreed = True
    about = _("Angka baru berubah sesudah diterbitkan; kiriman dapat dibatalkan kapan saja.")
    if desk.leaves_demo and not any(file.rows_accepted for file in preview.files):
        cards.show_notice(_("Tidak ada baris yang diterima, jadi data contoh tetap. Betulkan berkasnya dahulu."))
        return
    if desk.leaves_demo:
        about = _("Halaman lain kosong sampai berkas ini diterbitkan.")
        agreed = _agreed_to_leave(language)
    with st.container(horizontal=True, vertical_alignment="center", key="upload-land"):
        st.button(
            _("Mulai dengan data sendiri") if desk.leaves_demo else _("Masukkan"),
            type="primary",
            key="upload-import",
            disabled=not agreed,
            on_click=waiting.begin,
            args=(desk.reader, IMPORT, asked, ["draft", "--landed", terms.draft.token, "--", *words]),
        )
        st.html(f'<p class="ck-aside">{escape(about)}</p>')


def _agreed_to_leave(language: str) -> bool:
    """The demonstration goes for good: a second yes."""
    _ = translator(language)
    told = _(
        "Pemasangan ini masih berisi data contoh. Data contoh dan data sendiri tidak pernah tercampur: buku besar, "
        "edisi, bahan rapat dan pengaturan contoh dibuang; akun dan jurnal tetap. Ini tidak dapat dibatalkan."
    )
    cards.show_notice(told, concern=True)
    return st.checkbox(_("Ya, buang data contoh dan mulai dengan berkas ini"), key=AGREED)


def _show_others(desk: Desk, language: str) -> None:
    for sentence in others_told(desk, language):
        cards.show_notice(sentence)
    if desk.status.refused:
        cards.show_notice(desk.status.refused, concern=True)


def others_told(desk: Desk, language: str) -> Sequence[str]:
    """Who writes now, else who looks at files; nothing where one's own bar or the refused button below tells it."""
    is_own = jobs.running(waiting.owner_of(desk.reader)) is not None
    if is_own or not desk.status.busy:
        return upload_files.others_told(desk.home, desk.reader, language)
    refused = waiting.refusals(desk.reader, fingerprint(desk.draft), PREVIEW, IMPORT) if desk.draft else set()
    return [desk.status.busy] if desk.status.busy not in refused else []


def _show_steps(now: int, language: str) -> None:
    """Where one is on the way; done steps bear a tick as well as a colour."""
    _ = translator(language)
    names = [_("Berkas"), _("Pembacaan"), _("Keterangan kiriman"), _("Pratinjau"), _("Hasil")]
    items = []
    for number, name in enumerate(names):
        css = "done" if number < now else "now" if number == now else ""
        current = ' aria-current="step"' if number == now else ""
        mark = "✓" if number < now else str(number + 1)
        items.append(f'<li class="{css}"{current}><i>{mark}</i>{escape(name)}</li>')
    label = escape(_("Langkah"))
    st.html(f'<ol class="ck-steps" aria-label="{label}">{"".join(items)}</ol>')


def _heading(number: int, title: str, subtitle: str) -> None:
    upload_files.show_heading(number, title, subtitle)


def stamp(edition: ServedEdition | None, what: str, language: str) -> tables.Stamp:
    """What a table of a preview says of itself in a file."""
    _ = translator(language)
    number = edition.number if edition else None
    columns: dict[str, tables.Cell] = {_("Dibandingkan dengan edisi"): number}
    return tables.Stamp(f"cakupan-{what}", columns, bool(edition and edition.is_demo), {"edition": number})
