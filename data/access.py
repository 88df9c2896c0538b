"""Who may see and do what: roles, grants, and the reader on whose behalf something is shown or done."""

from dataclasses import dataclass

ROLES = ("viewer", "steward", "branch", "opd", "payer", "inspector", "admin")

# What a role may do besides looking at what its grant allows. An act that is not named here nobody may.
MAY = {
    "import": ("steward", "admin"),
    "undo": ("steward", "admin"),
    "publish": ("steward", "admin"),
    "read_journal": ("admin",),
    "keep_accounts": ("admin",),
    "back_up": ("admin",),
}


@dataclass(frozen=True)
class Grant:
    """What may be seen. Both must hold: a project lies in one of `areas` and belongs to one of `owners`.

    `areas` are codes of places with all that lies in them, of branches ('branch:lahat') and of groups; None is all of
    them, an empty set none. Likewise `owners`, by name.
    """

    areas: frozenset[str] | None
    owners: frozenset[str] | None


EVERYTHING = Grant(None, None)
NOTHING = Grant(frozenset(), frozenset())


@dataclass(frozen=True)
class Reader:
    """Who looks or acts now. `is_authenticated` is False in the local mode and in the shell: nobody proved a name.

    `start` is where this reader begins ("Mulai sebagai"); None: as the role does.
    """

    name: str
    role: str
    grant: Grant
    is_authenticated: bool
    start: str | None = None

    def may(self, act: str) -> bool:
        """Whether this reader's role allows an act of MAY."""
        return self.role in MAY[act]


# The only reader of an installation without sign-in: whoever sits at this machine.
LOCAL = Reader("lokal", "admin", EVERYTHING, is_authenticated=False)
