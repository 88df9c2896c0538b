"""Capaian Target: will we arrive, and what does it take."""

import streamlit as st

from ui import aims as aiming
from ui import attainment, cached, closing_table, course, empty_states, frame, other_targets, reader, scope_bar

language = frame.language_in_url()
looking = reader.of_this_run()
edition = cached.served_edition(looking.grant)
if edition is None or not cached.months(edition.key):
    empty_states.show_no_edition(language)
else:
    aiming.show_styles()
    selection = aiming.choose_scope(edition, language)
    aims = aiming.read(edition, selection, st.query_params, language)
    scope_bar.show_ignored(aims.ignored)
    if cached.sees_only_owners(edition.key):
        other_targets.show_only_owners(language)
    elif aims.is_empty:
        other_targets.show_no_target(edition, selection, looking, language)
    elif aims.followed is None:
        other_targets.show_none_comparable(selection, aims, language)
    else:
        attainment.show_verdict(edition, selection, aims, language)
        attainment.show_bullets(edition, selection, aims, language)
    if attainment.is_for_branch(selection, looking):
        attainment.show_branch_figures(edition, selection, language)
    if aims.followed:
        aiming.choose(aims, language)
        course.show_course(edition, selection, aims, aims.followed, language)
        course.show_pace(edition, selection, aims, aims.followed, language)
        closing_table.show_closing(edition, selection, aims, aims.followed, looking, language)
    other_targets.show_apart(edition, selection, aims, language)
    other_targets.show_superseded(edition, selection, aims, language)
