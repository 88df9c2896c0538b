"""Pengelolaan: who did what, whether that history is whole, and who has an account."""

from ui import account_table, frame, journal_table, reader

language = frame.language_in_url()
journal_table.show_journal(reader.of_this_run(), language)
account_table.show_accounts(reader.of_this_run(), language)
