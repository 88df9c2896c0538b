"""Exceptions that offices allowed: until when each holds, and which have expired."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.casework import Casework, Noted, Waiver
from ui import cached, case_words, formats, sentences, tables
from ui.cached import ServedEdition
from ui.project_columns import text_column
from ui.texts import translator


@dataclass(frozen=True)
class WaiverRow:
    """One exception, with the project it was allowed for."""

    noted: Noted[Waiver]
    name: str
    owner: str

    @property
    def waiver(self) -> Waiver:
        return self.noted.content

    def is_expired(self, on: date) -> bool:
        return self.waiver.expires_on < on


def read(edition: ServedEdition, casework: Casework) -> list[WaiverRow]:
    """Every exception that was not replaced, the one that holds longest first."""
    noted = [one for waivers in casework.waivers.values() for one in waivers]
    noted.sort(key=lambda one: (-one.content.expires_on.toordinal(), one.number))
    return [_row(edition, one) for one in noted]


def _row(edition: ServedEdition, noted: Noted[Waiver]) -> WaiverRow:
    dossier = cached.dossier(edition.key, noted.content.kode_proyek)
    assert dossier is not None, noted  # casework is narrowed to projects that may be seen
    return WaiverRow(noted, dossier.project.nama_proyek, dossier.project.owner)


def title(rows: Sequence[WaiverRow], position: date, language: str) -> str:
    """'4 pengecualian, 1 sudah kedaluwarsa'."""
    _ = translator(language)
    if not rows:
        return _("Tidak ada pengecualian yang tercatat dalam lingkup ini")
    expired = sum(row.is_expired(position) for row in rows)
    count = formats.number(len(rows), language)
    if not expired:
        return _.plural("{count} pengecualian, semuanya masih berlaku", len(rows)).format(count=count)
    text = _.plural("{count} pengecualian, {expired} sudah kedaluwarsa", len(rows))
    return text.format(count=count, expired=formats.number(expired, language))


def columns(position: date, language: str) -> list[tables.Column]:
    """One row is one exception."""
    _ = translator(language)
    day = tables.Column(
        case_words.label("expires_on", language),
        lambda row: formats.day(row.waiver.expires_on, language),
        lambda row: row.waiver.expires_on,
        numeric=False,
    )
    return [
        tables.Column(_("Entri"), lambda row: str(row.noted.number), lambda row: row.noted.number),
        text_column(case_words.label("kode_proyek", language), lambda row: row.waiver.kode_proyek),
        text_column(_("Proyek"), lambda row: row.name),
        text_column(_("Pemilik proyek"), lambda row: sentences.category_name(row.owner, language)),
        text_column(case_words.label("reason", language), lambda row: row.waiver.reason),
        text_column(case_words.label("approver_office", language), lambda row: row.waiver.approver_office),
        day,
        text_column(_("Berlaku"), lambda row: _("kedaluwarsa") if row.is_expired(position) else _("berlaku")),
    ]
