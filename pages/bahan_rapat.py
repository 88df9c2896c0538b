"""Bahan Rapat: the pack for a meeting, seen before it is made, and those of earlier meetings."""

from commands.reader import child_environment
from ui import cached, downloads, empty_states, frame, meeting_page, reader

language = frame.language_in_url()
looking = reader.of_this_run()
edition = cached.served_edition(looking.grant)
if edition is None or not cached.months(edition.key):
    empty_states.show_no_edition(language)
else:
    environment = child_environment(looking, downloads.session_of_this_run(looking))
    meeting_page.show(edition, looking, environment, language)
