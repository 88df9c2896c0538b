"""What a reader sees, and what the log keeps, when a page fails by no fault of the reader's."""

import logging

import streamlit as st
import streamlit.logger

from data.logs import said_error, speak_through_root
from ui import cards, frame
from ui.texts import translator

LOG = logging.getLogger("cakupan")


def keep_messages_out_of_the_log() -> None:
    """Streamlit logs the whole exception; a message of the database could quote a cell, so only report() speaks."""
    st.set_option("logger.enableRich", False)  # rich, where it is installed, would print past the log
    # Streamlit gives each of its loggers, also those that it makes later, a way of its own to the screen.
    streamlit.logger.setup_formatter = speak_through_root
    logging.getLogger("streamlit.error_util").addFilter(_is_not_of_report)


def _is_not_of_report(record: logging.LogRecord) -> bool:
    """Streamlit's own line of an error of a page would be the second one of it."""
    return record.exc_info is None and not getattr(record, "failed", "")


def report(error: Exception) -> bool:
    """Log class and place of an error, show one sentence; True tells Streamlit that nothing else is to be shown."""
    LOG.error("%s", said_error(type(error), error.__traceback__))
    _ = translator(frame.language_in_url())
    told = _(
        "Halaman ini tidak dapat ditampilkan karena kesalahan pada program; muat ulang, dan bila terulang beri tahu "
        "pengelola program."
    )
    cards.show_notice(told, concern=True)
    return True
