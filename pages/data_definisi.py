"""Data & Definisi: what the numbers were made from."""

from ui import cached, deliveries, empty_states, frame, reader

language = frame.language_in_url()
edition = cached.served_edition(reader.of_this_run().grant)
if edition is None:
    empty_states.show_no_edition(language)
else:
    deliveries.show_deliveries(edition, language)
