"""Who may see and do what: roles, grants, and the reader on whose behalf something is shown or done."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from data.errors import CakupanError

ROLES = ("viewer", "steward", "branch", "opd", "payer", "inspector", "admin")
ROLE_NAMES = {
    "viewer": "Pembaca",
    "steward": "Petugas data",
    "branch": "Cabang BPJS",
    "opd": "OPD",
    "payer": "Pembayar",
    "inspector": "Inspektorat",
    "admin": "Pengelola",
}

# What a role may do besides looking at what its grant allows. An act that is not named here nobody may.
MAY = {
    "import": ("steward", "admin"),
    "undo": ("steward", "admin"),
    "publish": ("steward", "admin"),
    "name_aliases": ("steward", "admin"),
    "resolve_quality": ("steward", "branch", "inspector", "admin"),
    "read_journal": ("admin",),
    "keep_accounts": ("admin",),
    "back_up": ("admin",),
    "record_proof": ("payer", "branch", "admin"),
    # Scans, and cards to be verified: files that are looked at, not imported.
    "hand_in_proof": ("opd", "payer", "branch", "inspector", "admin"),
    # A scan shows names: not for everybody who sees the project.
    "read_scan": ("payer", "branch", "inspector", "admin"),
    "decide": ("payer", "admin"),
    "waive": ("payer", "admin"),
    "find": ("inspector", "admin"),
    "answer_finding": ("opd", "inspector", "admin"),
    # The owner tells what it did; whether that suffices is not for itself to say.
    "settle_finding": ("inspector", "admin"),
    "follow_up": ("branch", "opd", "admin"),
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

    @property
    def account(self) -> str | None:
        """The name of the account, None where nobody proved one."""
        return self.name if self.is_authenticated else None


# The only reader of an installation without sign-in: whoever sits at this machine.
LOCAL = Reader("lokal", "admin", EVERYTHING, is_authenticated=False)


class OutsideScope(CakupanError):
    """More was asked than the account may see. Never answered with 'no data', which would be an answer."""


# What may be asked without naming a place and an owner, and why that tells nobody anything beyond the grant.
PUBLIC_QUERIES = {
    "meta": "facts of the edition as a whole, of which a limited grant sees PUBLIC_FACTS",
    "rules": "by what projects are judged: configured, and published",
    "payers": "the list of funds that funds.csv publishes, and who pays them",
    "places": "names; under a limited grant places_within, and what lies outside is taken out",
    "deliveries": "files and their rows; under a limited grant deliveries_within, those declared for what is seen",
    "origin_deliveries": "who sent them, their hashes and periods; under a limited grant as of deliveries",
    "place_parts": "which kabupaten make up a province, branch or group: configured, and published",
    "branch_places": "which kabupaten make up one branch or group: likewise",
}
# Asked under a limited grant in the place of a query that looks further than the grant; with $areas and $owners.
WITHIN = {
    "places": "places_within",
    "owners": "owners_within",
    "funds": "funds_within",
    "deliveries": "deliveries_within",
    "origin_deliveries": "origin_deliveries_within",
}
# The hashes of an edition are left out: they let one guess at what lies outside, and check the guess.
PUBLIC_FACTS = (
    "number", "schema_version", "as_of", "published_at", "first_month", "last_month", "demo", "home_place",
)  # fmt: skip
PLACE_PARAMETERS = ("place", "places", "branch")
PLACE_COLUMNS = ("place", "branch", "code")
OWNER_PARAMETERS = ("owner", "owners")
OWNER_COLUMNS = ("owner",)
OFFERED = 3
ALL, ANY = "*", "?"  # in a group column of an edition: all of them together, and each of them


@dataclass(frozen=True)
class Bounds:
    """A grant in one edition: the codes of all places and names of owners that may be seen. None: all of them."""

    places: frozenset[str] | None
    owners: frozenset[str] | None

    def refuse(self, query: str, parameters: Mapping[str, Any]) -> None:
        """OutsideScope when the parameters name, or leave open, more than may be seen."""
        if query in PUBLIC_QUERIES:
            return
        if self.places is not None:
            self._refuse_places(_named(parameters, PLACE_PARAMETERS))
        if self.owners is not None and query not in WITHIN:
            self._refuse_owners(_named(parameters, OWNER_PARAMETERS))

    def within(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The rows that name nothing outside: a second net, should a query ever answer more than it was asked."""
        columns = [(name, self.places) for name in PLACE_COLUMNS] + [(name, self.owners) for name in OWNER_COLUMNS]
        limits = [(name, seen) for name, seen in columns if seen is not None and rows and name in rows[0]]
        return [row for row in rows if all(row[name] in seen for name, seen in limits)]

    def _refuse_places(self, named: list[Any] | None) -> None:
        assert self.places is not None
        outside = [place for place in named or () if place not in self.places]
        if outside or named is None:
            what = f"Wilayah {outside[0]}" if outside else "Seluruh wilayah"
            raise OutsideScope(f"{what} di luar lingkup akun ini.")

    def _refuse_owners(self, named: list[Any] | None) -> None:
        assert self.owners is not None
        outside = [owner for owner in named or () if owner != ANY and owner not in self.owners]
        if named is None or ALL in outside:
            raise OutsideScope(f"Angka semua pemilik proyek di luar lingkup akun ini; {_offer(self.owners)}.")
        if outside:
            raise OutsideScope(f"Pemilik proyek {outside[0]} di luar lingkup akun ini; {_offer(self.owners)}.")


def visible_places(areas: Collection[str], parts: Iterable[tuple[str, str]], known: Collection[str]) -> frozenset[str]:
    """The granted areas with all that lies in them, and every branch or group all of whose members do; never a parent.

    `parts` are (part, whole): kabupaten and province, province and nation, member and branch or group. `known` are the
    codes of the edition: an area that it does not know gives nothing.
    """
    inside: dict[str, set[str]] = {}
    for part, whole in parts:
        inside.setdefault(whole, set()).add(part)
    seen: set[str] = set()
    new = set(areas) & set(known)
    while new:
        seen |= new
        new = {part for whole in new for part in inside.get(whole, ())} - seen
    # A province is more than its kabupaten (work that no record places closer), a branch or group is not.
    seen |= {whole for whole, members in inside.items() if ":" in whole and members <= seen}
    return frozenset(seen)


def _named(parameters: Mapping[str, Any], names: tuple[str, ...]) -> list[Any] | None:
    """The values of these parameters, lists taken apart; None where the query has none of them."""
    values = [parameters[name] for name in names if name in parameters]
    if not values:
        return None
    return [
        one for value in values for one in (value if isinstance(value, list | tuple | set | frozenset) else [value])
    ]


def _offer(owners: frozenset[str]) -> str:
    if not owners:
        return "minta pengelola memeriksa lingkupnya"
    named = sorted(owners)[:OFFERED]
    return f"pilih pemilik proyek: {', '.join(named)}{' atau yang lain' if len(owners) > OFFERED else ''}"
