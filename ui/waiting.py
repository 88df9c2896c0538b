"""The place where somebody waits for work of the program: how far it is, a way to stop it, what came of it."""

from datetime import datetime
from html import escape

import streamlit as st

from data import steps
from data.access import Reader
from data.errors import CakupanError
from data.home import JAKARTA, Home
from ui import cards, child, downloads, jobs, upload_words
from ui.jobs import Job, Owner
from ui.texts import translator

EVERY_SECONDS = 1.0
REFUSED = "work-refused"
# After these the edition that was published is no longer the last that happened.
CHANGING = ("import", "undo")


def owner_of(reader: Reader) -> Owner:
    """Whose work it is."""
    return str(Home.from_environment().root), reader.name, reader.grant


def begin(reader: Reader, sort: str, asked: str, arguments: list[str]) -> None:
    """Start a command for the reader of this rerun; why it cannot be is told where `show` stands."""
    environment = child.child_environment(reader, downloads.session_of_this_run(reader))
    if sort in CHANGING:
        jobs.forget(owner_of(reader), "publish", "preview-publish")
    try:
        jobs.begin(owner_of(reader), sort, asked, arguments, environment)
    except CakupanError as refused:
        st.session_state[REFUSED] = str(refused)


def show(reader: Reader, language: str, *, sort: str | None = None) -> bool:
    """Draw what runs for this reader and whether anything does; with `sort`, only work of that sort.

    The bar moves by itself; the page is drawn anew when the work is over.
    """
    if refused := st.session_state.pop(REFUSED, ""):
        cards.show_notice(refused, concern=True)
    job = jobs.running(owner_of(reader))
    if job is None or sort not in (None, job.sort):
        return False
    _watch(job, language)
    return True


def show_refusal(job: Job | None) -> None:
    """Why nothing came of it."""
    if job and job.is_over and job.refused:
        cards.show_notice(job.refused, concern=True)


def refusals(reader: Reader, asked: str | None, *sorts: str) -> set[str]:
    """What show_refusal tells of the last work of these sorts: nothing else on the page need say it again."""
    last = (jobs.last(owner_of(reader), sort, asked) for sort in sorts)
    return {job.refused for job in last if job and job.is_over and job.refused}


def is_outdated(previewed: Job, act: Job | None) -> bool:
    """Whether what a preview showed was refused since: it is asked for again, for its token is refused for good."""
    return bool(act and act.is_over and act.refused and act.began_at >= previewed.began_at)


@st.fragment(run_every=EVERY_SECONDS)
def _watch(job: Job, language: str) -> None:
    _ = translator(language)
    if job.is_over:
        st.rerun()
    told = upload_words.how_far(job, language)
    seconds = (datetime.now(JAKARTA) - job.began_at).seconds
    elapsed = _("{minutes} menit {seconds} detik").format(minutes=seconds // 60, seconds=seconds % 60)
    is_known = bool(job.total and (job.done or steps.is_step(job.stage, job.total)))
    share = f' style="width:{100 * job.share:.0f}%"' if is_known else ""
    css = "" if is_known else " unknown"
    with st.container(key="work"):
        st.html(
            f'<div class="ck-work" role="status"><p><b>{escape(told)}</b><span>{escape(elapsed)}</span></p>'
            f'<div class="bar{css}"><i{share}></i></div></div>'
        )
        st.button(_("Hentikan"), type="tertiary", key="work-stop", on_click=jobs.stop, args=(job,))
