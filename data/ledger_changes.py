"""Which rows of a ledger count otherwise between two states of it: two sets of its deliveries."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

import duckdb

from data.importers.kinds import KINDS, PROCURED_PROYEK, Kind
from data.places import all_places
from data.preview import SHOWN_CHANGES, CellChange, KindChanges
from data.sql import read_sql

BEFORE, AFTER = "before", "after"
SEPARATOR, BLANK = "chr(31)", "chr(30)"  # in no cell: what is invisible is taken out while reading
NOT_COMPARED = ("posisi_data",)
# A membership in construction belongs to its project, another to its place, as when an edition is made.
KEYS_IN_SQL = {
    "kepesertaan": (
        "person_id", "segmen", "case when segmen = 'JAKON' then kode_proyek end",
        "case when segmen <> 'JAKON' then wilayah end", "mulai",
    )
}  # fmt: skip


def kind_changes(
    ledger: duckdb.DuckDBPyConnection,
    before: Collection[int],
    after: Collection[int],
    *,
    owner_names: Mapping[str, str] = MappingProxyType({}),
) -> list[KindChanges]:
    """By kind of which some delivery counts in one state only: live rows by natural key. The states by batch numbers.

    One row is live where the latest delivery that names it is not followed by a complete one that leaves it out, of an
    owner by the name that its spelling comes to (`owner_names`). The connection gets temporary tables, the ledger stays
    as it is.
    """
    places = all_places().values()
    parents = {"codes": [place.code for place in places], "parents": [place.parent for place in places]}
    _run(ledger, "place_parents", **parents)
    _run(ledger, "owner_names", written=list(owner_names), names=list(owner_names.values()))
    for state, batches in ((BEFORE, before), (AFTER, after)):
        _run(ledger, "state_batches", {"state": state}, batches=sorted(batches))
        _run(ledger, "state_projects", {"state": state})
    differing = sorted(set(before) ^ set(after))
    kinds = {kind for (kind,) in _run(ledger, "kinds_of", batches=differing).fetchall()}
    return [_changes(ledger, kind) for name, kind in KINDS.items() if name in kinds]


def _changes(ledger: duckdb.DuckDBPyConnection, kind: Kind) -> KindChanges:
    for state in (BEFORE, AFTER):
        columns = ", ".join((*(["person_id"] if kind.has_persons else []), *_stored(kind)))
        _run(
            ledger, "state_rows", {"state": state, "table": kind.name, "key_text": _key_text(kind), "columns": columns}
        )
        if kind.may_be_complete:
            reach = read_sql(f"rehearsal/reach_{kind.name}", state=state)
            _run(ledger, "state_ended", {"state": state, "reach": reach}, kind=kind.name)
        else:
            _run(ledger, "none_ended", {"state": state})
    told = [name for name in _stored(kind) if name not in kind.key]
    sides = ["row(" + ", ".join(f"{side}_live.{name}" for name in told) + ")" for side in (BEFORE, AFTER)]
    counted = _run(ledger, "counted", {"differs": " is distinct from ".join(sides)}).fetchone()
    assert counted is not None, kind.name
    new, changed, gone, ended, unchanged = counted
    examples = _examples(ledger, kind, told) if changed and not kind.has_persons else []
    return KindChanges(kind.name, new, changed, gone, ended, unchanged, examples)


def _examples(ledger: duckdb.DuckDBPyConnection, kind: Kind, told: list[str]) -> list[CellChange]:
    shown = ", ".join(f"cast(before_live.{name} as varchar)" for name in kind.key)
    names = ", ".join(f"'{name}'" for name in told)
    old, new = (", ".join(f"cast({side}_live.{name} as varchar)" for name in told) for side in (BEFORE, AFTER))
    identifiers = {
        "key_shown": f"concat_ws(' · ', {shown})",
        "names": f"[{names}]",
        "places": f"range({len(told)})",
        "old_values": f"[{old}]",
        "new_values": f"[{new}]",
    }
    return [CellChange(*row) for row in _run(ledger, "changed_cells", identifiers, limit=SHOWN_CHANGES).fetchall()]


def _stored(kind: Kind) -> list[str]:
    """Columns of the kind's table but the numbers of persons; of projects what procurement records add as well."""
    columns = PROCURED_PROYEK.columns if kind.name == PROCURED_PROYEK.name else kind.columns
    return [column.name for column in columns if column.kept and column.name not in NOT_COMPARED]


def _key_text(kind: Kind) -> str:
    parts = KEYS_IN_SQL.get(kind.name) or tuple("person_id" if name == "nik" else name for name in kind.key)
    text = f"concat_ws({SEPARATOR}, " + ", ".join(f"coalesce(cast({part} as varchar), {BLANK})" for part in parts) + ")"
    if kind.key_alone is None:
        return text
    return f"coalesce({BLANK} || {BLANK} || {kind.key_alone}, {text})"


def _run(
    ledger: duckdb.DuckDBPyConnection, name: str, identifiers: dict[str, str] | None = None, **values: Any
) -> duckdb.DuckDBPyConnection:
    return ledger.execute(read_sql(f"rehearsal/{name}", **(identifiers or {})), values)
