"""Who looks at this screen: asked again at every rerun, so that a disabled account is out at once."""

import streamlit as st

from data.access import LOCAL, Reader


def current() -> Reader:
    """The reader on whose behalf this script runs, with role and grant as they are now."""
    return LOCAL


def of_this_run() -> Reader:
    """What `current` found at the beginning of this rerun, for the page that it runs."""
    return st.session_state["reader"]
