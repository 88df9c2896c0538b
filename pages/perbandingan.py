"""Perbandingan: who truly differs, by place, by owner and by source of funds."""

from ui import cached, comparison, empty_states, frame, reader, recap, trends, views

language = frame.language_in_url()
edition = cached.served_edition(reader.of_this_run().grant)
if edition is None or not cached.months(edition.key):
    empty_states.show_no_edition(language)
else:
    selection, view = views.choose(edition, language)
    if not view.breakdowns:
        empty_states.show_alone(selection, views.other_tabs(view, language), language)
    else:
        compared = comparison.read(edition, selection, view)
        comparison.show_comparison(edition, selection, view, compared, language)
        comparison.show_pictures(edition, view, compared, language)
        if view.tab == views.WILAYAH:
            comparison.show_denominators(edition, selection, view, language)
        recap.show(edition, selection, view, language)
        trends.show_trends(edition, selection, view, compared, language)
