"""Data & Definisi: bringing data in, what is wrong with it, and what every number means and is made from."""

from ui import cached, data_pages, data_view, frame, reader

language = frame.language_in_url()
looking = reader.of_this_run()
part = data_view.choose_part(looking, language)
data_pages.PARTS[part](cached.served_edition(looking.grant), looking, language)
