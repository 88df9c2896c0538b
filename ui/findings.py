"""Temuan: what the inspectorate found and what was done about it, open and overdue ones first."""

from collections.abc import Sequence

import streamlit as st

from data.access import Reader
from data.casework import SETTLED, FindingState
from ui import cached, cards, casework_forms, casework_tables, formats, project_stamp
from ui.cached import ServedEdition
from ui.scope_bar import Selection
from ui.tables import Stamp
from ui.texts import translator


def show(edition: ServedEdition, selection: Selection, reader: Reader, language: str) -> None:
    """How many are open and overdue, the monev table, and the forms that this reader may fill in."""
    _ = translator(language)
    owner = selection.scope.owner
    found = casework_tables.findings_of(cached.casework(edition.key), owner=owner)
    cards.show_title(title(edition, found, language), subtitle(edition, language))
    stamp = _stamp(edition, owner, language)
    casework_tables.show_findings(edition, stamp, language, owner=owner)
    _show_forms(edition, reader, language, has_findings=bool(found))


def title(edition: ServedEdition, found: Sequence[FindingState], language: str) -> str:
    _ = translator(language)
    if not found:
        return _("Belum ada temuan dalam lingkup ini")
    unsettled = [one for one in found if one.state not in SETTLED]
    overdue = sum(one.is_overdue(project_stamp.as_of(edition)) for one in unsettled)
    text = _.plural("{count} temuan, {open} belum selesai, {overdue} lewat tenggat", len(found))
    counts = {"count": len(found), "open": len(unsettled), "overdue": overdue}
    return text.format(**{name: formats.number(count, language) for name, count in counts.items()})


def subtitle(edition: ServedEdition, language: str) -> str:
    _ = translator(language)
    text = _("Tenggat dihitung terhadap posisi {day}. Temuan tidak dapat dihapus, hanya ditanggapi.")
    return text.format(day=formats.day(project_stamp.as_of(edition), language))


def _stamp(edition: ServedEdition, owner: str | None, language: str) -> Stamp:
    """A finding lies with an owner, in no place and no fund."""
    _ = translator(language)
    day = project_stamp.as_of(edition)
    columns = {_("Posisi"): day, _("Lingkup: pemilik proyek"): owner or _("semua"), _("Edisi"): edition.number}
    facts = {"edition": edition.number, "as_of": day.isoformat()} | ({"owner": owner} if owner else {})
    return Stamp(f"cakupan-{day.isoformat()}", columns, edition.is_demo, facts)


def _show_forms(edition: ServedEdition, reader: Reader, language: str, *, has_findings: bool) -> None:
    """A finding on an owner as a whole, and the answer to any; those on a project are made in its dossier."""
    _ = translator(language)
    if reader.may("find"):
        with st.expander(_("Catat temuan pada pemilik proyek")):
            casework_forms.finding_form(edition, None, language)
    if has_findings and reader.may("answer_finding"):
        with st.expander(_("Tanggapi temuan")):
            casework_forms.finding_answer_form(edition, None, language)
