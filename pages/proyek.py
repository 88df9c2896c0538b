"""Proyek & Syarat Pencairan: what can still be mended, what is lost, every project, and the dossier of one."""

import streamlit as st

from ui import cached, empty_states, frame, project_pages, project_view, reader

language = frame.language_in_url()
looking = reader.of_this_run()
edition = cached.served_edition(looking.grant)
project_pages.show_styles()
if edition is None or not cached.months(edition.key):
    empty_states.show_no_edition(language)
elif not cached.has_register(edition.key):
    empty_states.show_older_edition(language)
elif code := st.query_params.get("proyek"):
    project_pages.show_project(edition, code, language)
else:
    section = project_view.choose_section(looking, language)
    project_pages.SECTIONS[section](edition, looking, language)
