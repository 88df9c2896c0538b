"""Capaian Target: will we arrive, and what does it take."""

from ui import cached, empty_states, frame, reader, scope_bar

language = frame.language_in_url()
edition = cached.served_edition(reader.of_this_run().grant)
if edition is None or not cached.months(edition.key):
    empty_states.show_no_edition(language)
else:
    selection = scope_bar.choose(edition, language)
