"""What was recorded, on the screen and to take away: the history of a project, the monev table, the scans."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from html import escape
from pathlib import Path

import streamlit as st

from data import casework, evidence
from data.access import ROLES, Reader
from data.casework import Casework, FindingState, Noted
from data.editions import Edition
from data.home import Home
from ui import account_menu, cached, cards, case_words, downloads, formats, journal_words, project_columns, tables
from ui import reader as readers
from ui.cached import ServedEdition
from ui.tables import Column, Stamp
from ui.texts import translator

MIMES = {extension: mime for extension, mime, _beginning in evidence.KINDS}
PARTS = ("kondisi", "kriteria", "sebab", "akibat", "rekomendasi")


def show_history(edition: ServedEdition, code: str, stamp: Stamp, language: str) -> None:
    """Everything that was recorded on a project, newest first, also what was replaced; with its downloads."""
    _ = translator(language)
    work = cached.casework(edition.key)
    history = work.of_project(code)[::-1]
    if not history:
        return
    title, columns = _("Riwayat catatan petugas"), _history_columns(work, _position(edition), language)
    cards.show_title(title, _("Yang diganti atau ditarik tetap terlihat; tidak ada yang dihapus."))
    tables.show_table(columns, history, "riwayat", title, stamp, language, heading=title, expanded=True)
    _show_scans(edition, history, language)


def show_findings(
    edition: ServedEdition, stamp: Stamp, language: str, *, owner: str | None = None, code: str | None = None
) -> None:
    """The monev table of all findings that may be seen, of an owner or of a project; open ones first, by due day."""
    _ = translator(language)
    position = _position(edition)
    found = findings_of(cached.casework(edition.key), owner=owner, code=code)
    if not found:
        return
    title, columns = _("Temuan monitoring dan evaluasi"), finding_columns(position, language)
    if code is not None:
        cards.show_title(title)
    with st.container(key="monev"):
        # On the screen what is due comes first; the file has the order of a report.
        number, code_, owner_, *parts, due, state = columns
        st.html(tables.html_table([number, state, due, code_, owner_, *parts], found, title))
        tables.show_files(columns, found, "monev", title, stamp, language)


def findings_of(work: Casework, *, owner: str | None = None, code: str | None = None) -> list[FindingState]:
    """Those on an owner or a project; open ones first, by due day."""
    found = [
        finding
        for finding in work.findings
        if owner in (None, finding.noted.content.owner) and code in (None, finding.noted.content.kode_proyek)
    ]
    return sorted(found, key=lambda one: (one.state in casework.SETTLED, one.noted.content.due, one.number))


def finding_columns(position: date, language: str) -> list[Column]:
    """The columns of a monev report (domain section 8)."""
    _ = translator(language)

    def part(name: str) -> Column:
        return _text(case_words.label(name, language), lambda finding: getattr(finding.noted.content, name))

    return [
        Column(_("No. temuan"), lambda finding: str(finding.number), lambda finding: finding.number),
        Column(
            _("Kode proyek"),
            lambda finding: finding.noted.content.kode_proyek or _("seluruhnya"),
            lambda finding: finding.noted.content.kode_proyek,
            numeric=False,
            link=_dossier,
        ),
        part("owner"),
        *(part(name) for name in PARTS),
        _text(case_words.label("tindak_lanjut", language), lambda finding: _answers(finding, language)),
        Column(
            case_words.label("due", language),
            lambda finding: formats.day(finding.noted.content.due, language),
            lambda finding: finding.noted.content.due,
            numeric=False,
        ),
        _text(case_words.label("state", language), lambda finding: _state(finding, position, language)),
    ]


def _position(edition: ServedEdition) -> date:
    return date.fromisoformat(edition.meta["as_of"])


def _dossier(finding: FindingState) -> str | None:
    code = finding.noted.content.kode_proyek
    return project_columns.address_of(code) if code else None


def _answers(finding: FindingState, language: str) -> str:
    return " | ".join(
        f"{formats.day(noted.day, language)}: {noted.content.tindak_lanjut}" for noted in finding.follow_ups
    )


def _state(finding: FindingState, position: date, language: str) -> str:
    _ = translator(language)
    name, overdue = case_words.finding_state_name(finding.state, language), _("lewat tenggat")
    return f"▲ {name} – {overdue}" if finding.is_overdue(position) else name


def _history_columns(work: Casework, position: date, language: str) -> list[Column]:
    _ = translator(language)
    return [
        Column(_("Entri"), lambda noted: str(noted.number), lambda noted: noted.number),
        _text(_("Waktu (WIB)"), lambda noted: _when(noted, language)),
        _text(_("Pelaku"), lambda noted: _who(noted, language)),
        _text(_("Perbuatan"), lambda noted: journal_words.kind_name(noted.kind, language)),
        _text(_("Berlaku"), lambda noted: _standing(work, noted, position, language)),
        _text(_("Uraian"), lambda noted: case_words.content(noted.content, language)),
    ]


def _when(noted: Noted, language: str) -> str:
    """Of the demonstration's own entries the day of its story; the journal has the time at which it was made."""
    return journal_words.moment(noted.at, language) if noted.told_on is None else formats.day(noted.told_on, language)


def _who(noted: Noted, language: str) -> str:
    name = journal_words.who(noted, language)
    return f"{name}, {account_menu.role_name(noted.role, language)}" if noted.role in ROLES else name


def _standing(work: Casework, noted: Noted, position: date, language: str) -> str:
    _ = translator(language)
    other = work.replaced_by.get(noted.number)
    if other is None and isinstance(noted.content, casework.Withdrawal):
        return _("penarikan")
    if other is None:
        has_expired = isinstance(noted.content, casework.Waiver) and noted.content.expires_on < position
        return _("kedaluwarsa") if has_expired else _("berlaku")
    is_withdrawn = isinstance(work.by_number[other].content, casework.Withdrawal)
    text = _("ditarik oleh entri {number}") if is_withdrawn else _("diganti oleh entri {number}")
    return text.format(number=other)


def _show_scans(edition: ServedEdition, history: Sequence[Noted], language: str) -> None:
    """One button a scan, for the roles that may open one; made and journaled when it is taken."""
    _ = translator(language)
    who, opened = readers.of_this_run(), cached.opened(edition.key)
    scans = [noted for noted in history if noted.kind == "proof" and getattr(noted.content, "scan_sha256", None)]
    if not scans or not who.may("read_scan"):
        return
    home = Home(Path(edition.root))
    with st.container(horizontal=True):
        for noted in scans:
            if not evidence.is_kept(home, noted.content.scan_sha256):
                missing = _("Pindaian entri {number} sudah tidak disimpan.").format(number=noted.number)
                st.html(f'<p class="ck-aside">{escape(missing)}</p>')
                continue
            kind = noted.content.scan_kind
            downloads.offer(
                _("Pindaian entri {number}").format(number=noted.number),
                partial(_scan, home, who, opened, noted.number),
                f"bukti-{noted.number}.{kind}",
                MIMES[kind],
                key=f"scan-{noted.number}",
                facts={"table": "bukti", "rows": 1, "edition": edition.number, "entry": noted.number},
            )


def _scan(home: Home, who: Reader, edition: Edition, number: int) -> bytes:
    return casework.read_scan(home, who, edition, number).content


def _text(header: str, read) -> Column:
    return Column(header, read, read, numeric=False)
