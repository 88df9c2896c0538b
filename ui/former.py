"""The pack of the meeting before: what it was of, what has moved since, and what was known when it was made."""

from dataclasses import dataclass
from datetime import date

from analytics.row import Scope
from analytics.since import Position, Since, since
from data.casework import Casework, casework
from data.editions import Edition, open_edition
from data.errors import CakupanError
from data.home import Home
from data.packs import Kept, PackRequest


@dataclass(frozen=True)
class Former:
    """A series' earlier pack: `day` is that of its meeting, `month` and `edition` what it showed.

    `since` is from its position to the present one; `casework` what had been recorded when it was made, so that the
    actions promised then can be held against what has become of them.
    """

    number: int
    day: date
    month: date
    edition: int
    since: Since
    casework: Casework


def former_of(
    home: Home, kept: Kept | None, request: PackRequest, *, edition: Edition, of_scope: Edition
) -> Former | None:
    """What the pack of `request` begins with; None without an earlier pack, or where its edition is gone.

    `of_scope` is the edition under the grant by which the pack's casework is read.
    """
    if kept is None:
        return None
    try:
        before = open_edition(home, kept.facts.edition, edition.grant)
    except CakupanError:
        return None
    scope = Scope(request.place, request.owner, request.fund, request.sector)
    moved = since(Position(before, kept.request.month), Position(edition, request.month), scope, request.vintage)
    known = casework(home, of_scope, until=kept.facts.casework)
    return Former(kept.number, kept.request.day, kept.request.month, kept.facts.edition, moved, known)
