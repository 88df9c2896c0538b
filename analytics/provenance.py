"""From a number to what it is made from: its parts, the deliveries behind each, and where their rows stand."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from analytics.compute import rows
from analytics.counting import BY_PROJECT, COUNTED, ESTIMATES, REPORTS, span_of
from analytics.row import Amount, Row, Scope
from analytics.within import places_inside
from data.categories import ALL_SECTORS, CONSTRUCTION
from data.editions import Edition
from data.errors import CakupanError

OLDEST_SCHEMA = 5
EVERY_ROW = 1_000_000
# Parts that somebody states, with a source and a day, instead of being counted row by row.
STATED = ("reported", "estimate", "target")
COUNTED_KINDS = ("proyek", "pendaftaran", "tenaga_kerja", "kepesertaan")
OF_MONEY = ("value_registration", "contributions_paid_rp")
OF_ROWS = ("kode_proyek", "nama_proyek", "place_name", "sector", "source", "first_day", "last_day")
WHERE_ROWS = ("rows", "first_row", "last_row")

Side = Literal["numerator", "denominator"]
Question = tuple[dict[str, tuple[str, ...]], dict[str, Any]]


@dataclass(frozen=True)
class Asked:
    """Of which number the origin is asked."""

    measure: str
    month: date
    scope: Scope
    vintage: str | None = None


@dataclass(frozen=True)
class Part:
    """One addend of the numerator, or the denominator. The numerators' parts add up to it.

    `code`: named, unnamed, reported (one report), summed (the figure of one place within), estimate, target, or what
    COUNTED calls it. `amount` is None where it is not known, and adds nothing. `place` is whose report or estimate it
    is. `kinds` are the kinds of deliveries that it is counted from, empty where another number is meant.
    """

    side: Side
    code: str
    amount: Amount
    kinds: tuple[str, ...]
    place: str
    label: str = ""
    source: str | None = None
    as_of: date | None = None


@dataclass(frozen=True)
class Details:
    """What a delivery says of itself; only of those that may be seen as a whole."""

    sender: str | None
    file_sha256: str
    complete_for: str | None
    period_from: date | None
    period_to: date | None
    rows_accepted: int
    rows_rejected: int


@dataclass(frozen=True)
class Behind:
    """One delivery behind the number. `rows` speak of the scope and time asked for, on physical rows from `first_row`
    to `last_row` of the file, and of so many `projects`. `details` is None where more of the delivery lies outside the
    reader's grant.
    """

    number: int
    kind: str
    file_name: str
    as_of: date
    rows: int
    projects: int
    first_row: int
    last_row: int
    parts: tuple[str, ...]
    details: Details | None


@dataclass(frozen=True)
class Origin:
    """`parts` and `deliveries` are empty where the number is not known; `row` says why."""

    asked: Asked
    row: Row
    parts: tuple[Part, ...] = ()
    deliveries: tuple[Behind, ...] = ()

    def parts_of(self, side: Side) -> list[Part]:
        return [part for part in self.parts if part.side == side]


@dataclass(frozen=True)
class RowsAt:
    """Rows of one delivery about one project, or one place, sector and source; where they stand in the file."""

    kode_proyek: str | None
    nama_proyek: str | None
    place_name: str
    sector: str | None
    source: str | None
    rows: int
    first_row: int
    last_row: int
    first_day: date
    last_day: date


@dataclass(frozen=True)
class Counted:
    """What one project adds to the numerator and denominator; None where it is not known."""

    kode_proyek: str
    nama_proyek: str
    owner: str
    numerator: Amount
    denominator: Amount


@dataclass(frozen=True)
class Page:
    """Some of the `total` lines of a list. `numerator` and `denominator` are sums over all of it, as is `rows`."""

    found: tuple[Any, ...]
    total: int
    rows: int = 0
    numerator: Amount = None
    denominator: Amount = None


def has_origin(edition: Edition) -> bool:
    """Whether the edition keeps where its rows stand, as those before schema 5 do not."""
    return int(edition.meta["schema_version"]) >= OLDEST_SCHEMA


def origin(edition: Edition, asked: Asked) -> list[Origin]:
    """One of the number asked for; of target_attainment one a comparable target.

    CakupanError and OutsideScope as compute.rows, and for an edition that does not keep it.
    """
    if not has_origin(edition):
        raise CakupanError(f"Edisi {edition.number} diterbitkan oleh program yang lebih lama; terbitkan lagi.")
    found = rows(edition, asked.measure, asked.month, asked.scope, vintage=asked.vintage)
    return [_of_row(edition, asked, row) for row in found]


def delivery_rows(edition: Edition, asked: Asked, row: Row, behind: Behind, *, limit: int, offset: int = 0) -> Page:
    """The rows of one delivery that bear on the number, by project or place, in the order of the file.

    `rows` counts those of all of them, and equals that of the delivery.
    """
    questions = _questions(edition, asked, _parts(edition, asked, row), (behind.kind,))
    one = {"batch": behind.number}
    if behind.kind in COUNTED_KINDS:
        [(_codes, question)] = questions
        found = edition.query("origin_rows", **question, **one, limit=limit, offset=offset)
        return Page(tuple(map(_rows_at, found)), *((found[0]["total"], found[0]["total_rows"]) if found else (0, 0)))
    # A figure may be asked for twice: as the report that is divided, and as the estimate that divides.
    stated = dict.fromkeys(_rows_at(row) for _, asks in questions for row in _all(edition, asks | one))
    return Page(tuple(stated)[offset : offset + limit], len(stated), sum(row.rows for row in stated))


def counted_projects(edition: Edition, asked: Asked, *, limit: int, offset: int = 0) -> Page:
    """What every single project adds to the number; none of a measure that does not add up over projects.

    The sums are those of the number. `rows` is of counts of the year how many registrations or payments they add up:
    delivery_rows, which know a project's rows of one delivery together, may list others of the same projects too.
    """
    query = BY_PROJECT.get(asked.measure)
    if query is None:
        return Page((), 0)
    frame, scope = COUNTED[asked.measure].frame, asked.scope
    first, last = span_of(asked.measure, asked.month)
    times = {"last": last} | ({} if frame == "running" else {"first": first})
    measure = {} if frame == "due" else {"measure": asked.measure}
    found = edition.query(query, **_where(edition, scope), **times, **measure, limit=limit, offset=offset)
    if not found:
        return Page((), 0)
    listed = tuple(
        Counted(
            row["kode_proyek"],
            row["nama_proyek"],
            row["owner"],
            _amount(asked.measure, row["numerator"]),
            _amount(asked.measure, row["denominator"]),
        )
        for row in found
    )
    sums = (_amount(asked.measure, found[0][side]) for side in ("numerator_total", "denominator_total"))
    return Page(listed, found[0]["total"], found[0].get("total_rows", 0), *sums)


def _of_row(edition: Edition, asked: Asked, row: Row) -> Origin:
    if row.numerator is None:
        return Origin(asked, row)
    parts = _parts(edition, asked, row)
    return Origin(asked, row, tuple(parts), tuple(_deliveries(edition, asked, parts)))


def _parts(edition: Edition, asked: Asked, row: Row) -> list[Part]:
    return [*_numerator(edition, asked, row), *_denominator(asked, row)]


def _numerator(edition: Edition, asked: Asked, row: Row) -> list[Part]:
    place, counting = asked.scope.place, COUNTED[asked.measure]
    if row.origin == "report":
        return [Part("numerator", "reported", row.numerator, REPORTS, place, row.label, row.source, row.as_of)]
    if row.origin == "mixed":
        within = rows(edition, "active_members", asked.month, asked.scope, by="place")
        return [
            Part("numerator", "summed", child.numerator, (), child.group, child.label, child.source, child.as_of)
            for child in within
            if child.numerator is not None
        ]
    amounts = {
        "named": row.named_persons,
        "unnamed": row.unnamed_headcount,
        "named_days": row.named_days,
        "unnamed_days": row.unnamed_days,
    }
    return [
        Part("numerator", code, amounts.get(code, row.numerator), kinds, place, row.label, row.source, row.as_of)
        for code, kinds in counting.parts.items()
    ]


def _denominator(asked: Asked, row: Row) -> list[Part]:
    if row.denominator is None:
        return []
    place, of = asked.scope.place, COUNTED[asked.measure].of
    code, kinds = of or ("estimate", ESTIMATES)
    stated = (row.denominator_source, row.denominator_as_of)
    source, day = stated if code in STATED else (row.source, row.as_of)
    return [Part("denominator", code, row.denominator, kinds, place, row.label, source, day)]


def _deliveries(edition: Edition, asked: Asked, parts: list[Part]) -> list[Behind]:
    details = {row["batch_id"]: _details(row) for row in edition.query("origin_deliveries")}
    found: dict[tuple[int, str], Behind] = {}
    for codes, question in _questions(edition, asked, parts):
        for row in _all(edition, question | {"batch": None}):
            bearing = tuple(code for code, kinds in codes.items() if row["kind"] in kinds)
            behind = _behind(row, bearing, details.get(row["batch_id"]))
            key = (behind.number, behind.kind)
            found[key] = _merged(found[key], behind) if key in found else behind
    return sorted(found.values(), key=lambda behind: (-behind.number, behind.kind))


def _behind(row: dict[str, Any], parts: tuple[str, ...], details: Details | None) -> Behind:
    counts = {name: row[name] for name in ("kind", "file_name", "projects", *WHERE_ROWS)}
    return Behind(number=row["batch_id"], as_of=row["data_as_of"], parts=parts, details=details, **counts)


def _merged(one: Behind, other: Behind) -> Behind:
    """The same rows where they are the same, as of a figure that states members and workers; else both."""
    is_same = (one.rows, one.first_row, one.last_row) == (other.rows, other.first_row, other.last_row)
    return replace(
        one,
        parts=(*one.parts, *other.parts),
        rows=one.rows if is_same else one.rows + other.rows,
        first_row=min(one.first_row, other.first_row),
        last_row=max(one.last_row, other.last_row),
    )


def _details(row: dict[str, Any]) -> Details:
    names = ("sender", "file_sha256", "period_from", "period_to", "rows_accepted", "rows_rejected")
    return Details(complete_for=row["scope_value"], **{name: row[name] for name in names})


def _rows_at(row: dict[str, Any]) -> RowsAt:
    return RowsAt(**{name: row[name] for name in (*OF_ROWS, *WHERE_ROWS)})


def _all(edition: Edition, question: dict[str, Any]) -> list[dict[str, Any]]:
    return edition.query("origin_rows", **question, limit=EVERY_ROW, offset=0)


def _questions(
    edition: Edition, asked: Asked, parts: list[Part], only: tuple[str, ...] | None = None
) -> list[Question]:
    """Codes of parts with their kinds, and what origin_rows is asked: once for all counted parts, once a stated one."""
    counted = {part.code: part.kinds for part in parts if part.code not in STATED and part.kinds}
    questions = [(counted, _of_counted(edition, asked))] if counted else []
    questions += [({part.code: part.kinds}, _of_stated(edition, asked, part)) for part in parts if part.code in STATED]
    wanted = []
    for codes, question in questions:
        kinds = {kind for of_part in codes.values() for kind in of_part if only is None or kind in only}
        wanted += [(codes, question | {"kinds": sorted(kinds)})] if kinds else []
    return wanted


def _of_counted(edition: Edition, asked: Asked) -> dict[str, Any]:
    counting = COUNTED[asked.measure]
    first, last = span_of(asked.measure, asked.month)
    sectors = [CONSTRUCTION] if counting.frame == "people" else None
    times = {"first": first, "last": last, "ever": counting.ever}
    return _where(edition, asked.scope) | times | {"frame": counting.frame, "sectors": sectors, "source": None}


def _of_stated(edition: Edition, asked: Asked, part: Part) -> dict[str, Any]:
    """The place's own, or of a branch or group its members' as well; on the day of the report, estimate or year."""
    place, day = asked.scope.place, part.as_of
    assert day is not None, part
    # A recapitulation states all sectors by each of them; a target is its issuer's for that year, whatever it counts.
    of_any = part.code == "target" or (part.code == "reported" and asked.scope.sector == ALL_SECTORS)
    return {
        "places": places_inside(edition, place) if ":" in place else [place],
        "owners": None,
        "fund": None,
        "sectors": None if of_any else [asked.scope.sector],
        "frame": "stated",
        "first": day,
        "last": day,
        "ever": False,
        "source": part.source,
    }


def _where(edition: Edition, scope: Scope) -> dict[str, Any]:
    owners = [scope.owner] if scope.owner else None
    return {"places": places_inside(edition, scope.place), "owners": owners, "fund": scope.fund}


def _amount(measure: str, found: Amount) -> Amount:
    """One query answers for counts and for money; only the latter are rupiah."""
    return found if found is None or measure in OF_MONEY else int(found)
