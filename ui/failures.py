"""What a reader sees, and what the log keeps, when a page fails by no fault of the reader's."""

import logging
import traceback

from ui import cards, frame
from ui.texts import translator

LOG = logging.getLogger("cakupan")


def keep_messages_out_of_the_log() -> None:
    """Streamlit logs the whole exception; a message of the database could quote a cell, so only report() speaks."""
    logging.getLogger("streamlit.error_util").addFilter(lambda record: record.exc_info is None)


def report(error: Exception) -> bool:
    """Log class and place of an error, show one sentence; True tells Streamlit that nothing else is to be shown."""
    steps = traceback.extract_tb(error.__traceback__)
    where = f"{steps[-1].filename}:{steps[-1].lineno}" if steps else "?"
    LOG.error("%s at %s", type(error).__name__, where)
    _ = translator(frame.language_in_url())
    told = _(
        "Halaman ini tidak dapat ditampilkan karena kesalahan pada program; muat ulang, dan bila terulang beri tahu "
        "pengelola program."
    )
    cards.show_notice(told, concern=True)
    return True
