"""Ringkasan: where are we, what moved, and where are those who are not protected."""

from analytics import compute
from ui import cached, empty_states, frame, overview, reader, scope_bar

language = frame.language_in_url()
edition = cached.served_edition(reader.of_this_run().grant)
if edition is None or not cached.months(edition.key):
    empty_states.show_no_edition(language)
else:
    selection = scope_bar.choose(edition, language)
    measure = compute.headline_indicator(selection.scope)
    headline = overview.headline_row(edition, selection, measure)
    if headline.numerator is None:
        overview.show_nothing(edition, selection, headline, language)
    else:
        overview.show_headline(edition, selection, headline, language)
        overview.show_trend(edition, selection, headline, language)
        overview.show_change(edition, selection, headline, language)
    overview.show_lacking(edition, selection, language)
