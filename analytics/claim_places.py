"""Where figures stand in their text: what is between them, what before, and whether a sentence ends there."""

import re

from analytics.claim_figures import Text

FAR = 90  # characters between figures that belong together
ABBREVIATED = re.compile(r"\b(?:kab|prov|kec|no|jl|dr|rp|st|vs)\.$", re.IGNORECASE)
END = re.compile(r"[.;!?](?= |$)")


def gap(text: Text, place: int) -> str:
    """What stands between a figure and the next one."""
    return text.text[text.figures[place].end : text.figures[place + 1].start]


def before(text: Text, place: int) -> str:
    """What stands before a figure, back to the one before it."""
    start = text.figures[place - 1].end if place else 0
    return text.text[max(start, text.figures[place].start - FAR) : text.figures[place].start]


def near(text: Text, first: int, last: int) -> bool:
    """In one sentence and not far apart."""
    between = text.text[text.figures[first].end : text.figures[last].start]
    return len(between) <= 2 * FAR and not ends(between)


def ends(between: str) -> bool:
    """A sentence ends in the gap; the dot of 'Kab.' ends none."""
    return any(not ABBREVIATED.search(between[: match.end()]) for match in END.finditer(between))
