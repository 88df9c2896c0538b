"""The sections of Proyek & Syarat Pencairan, each computed only when it is the one on the screen."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from analytics import gate
from data.access import Reader
from ui import (
    cached,
    dossier,
    findings,
    ladder,
    new_work_orders,
    project_view,
    register,
    scope_bar,
    verify_box,
)
from ui.cached import ServedEdition

STYLES = f"<style>{(Path(__file__).parent / 'projects.css').read_text('utf-8')}</style>"


def show_styles() -> None:
    st.html(STYLES)


def overlaid(edition: ServedEdition) -> dict[str, str]:
    """Results that a proof by hand replaces, by project; journaled, so newer than the edition."""
    return gate.overlay(cached.casework(edition.key), cached.opened(edition.key))


def show_new_orders(edition: ServedEdition, _reader: Reader, language: str) -> None:
    selection = project_view.choose_scope(edition, language)
    follow_ups = cached.casework(edition.key).follow_ups
    new_work_orders.show(edition, selection, follow_ups, overlaid(edition), language)


def show_ladder(edition: ServedEdition, _reader: Reader, language: str) -> None:
    ladder.show(edition, project_view.choose_scope(edition, language, ("month", *project_view.SCOPE)), language)


def show_register(edition: ServedEdition, _reader: Reader, language: str) -> None:
    """The search stands above everything else."""
    view = project_view.read_register_view(st.query_params, language)
    register.show_search(view, language)
    selection = project_view.choose_scope(edition, language)
    scope_bar.show_ignored(view.ignored)
    replaced = overlaid(edition)
    register.show_filters(edition, selection, view, replaced, language)
    register.show(edition, selection, view, replaced, language)


def show_findings(edition: ServedEdition, reader: Reader, language: str) -> None:
    findings.show(edition, project_view.choose_scope(edition, language, ("owner",)), reader, language)


def show_file(_edition: ServedEdition, reader: Reader, language: str) -> None:
    verify_box.show(reader, language)


SECTIONS: dict[str, Callable[[ServedEdition, Reader, str], None]] = {
    project_view.NEW_ORDERS: show_new_orders,
    project_view.LADDER: show_ladder,
    project_view.REGISTER: show_register,
    project_view.FINDINGS: show_findings,
    project_view.FILE: show_file,
}


def show_project(edition: ServedEdition, code: str, language: str) -> None:
    """The dossier of one project; whoever may not see it is told what one is told of a project that does not exist."""
    dossier.show_way_back(language)
    ignored: list[str] = []
    shown = dossier.read(edition, code, ignored, language)
    scope_bar.show_ignored(ignored)
    if shown is None:
        dossier.show_unknown(code, language)
        return
    dossier.show_heading(shown, language)
    dossier.choose_moment(shown, language)
    dossier.show_result(shown, language)
    dossier.show_card(shown, language)
    dossier.show_payments(shown, language)
    dossier.show_rules(shown, language)
    dossier.show_evidence(shown, language)
    dossier.show_casework(shown, language)
