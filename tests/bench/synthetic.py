"""A ledger of as many persons as wanted, made with SQL and always the same: three stays a person, 54 months."""

from datetime import date
from pathlib import Path

from data.home import Home
from data.ledger import open_ledger
from data.places import all_places
from tests.bench.statements import read_sql

GOAL_PERSONS = 270_000
STAYS_PER_PERSON = 3
PERSONS_PER_PROJECT = 13
AS_OF = date(2025, 6, 30)
NATION_OWNERS = 4_000  # the same at every size: more persons work on more projects of the same owners
NATION_KINDS = ("proyek", "tenaga_kerja", "kepesertaan")
KINDS = ("proyek", "pendaftaran", "tenaga_kerja", "kepesertaan", "penduduk_bekerja")


def fill_ledger(root: str, persons: int, nation: bool = False) -> dict[str, int]:
    """Rows by kind of the new ledger in the home at `root`: of one province, or of all of the `nation`."""
    codes = [place.code for place in all_places().values() if place.kind in ("kabupaten", "kota")]
    projects = max(306, persons // PERSONS_PER_PROJECT)
    given = {"persons": persons, "projects": projects, "codes": codes, "owners": NATION_OWNERS}
    rows = {}
    with open_ledger(Home(Path(root))) as ledger:
        for batch_id, kind in enumerate(KINDS, 1):
            text = read_sql(f"nation/{kind}" if nation and kind in NATION_KINDS else f"synthetic/{kind}")
            ledger.execute(text, {name: value for name, value in given.items() if f"${name}" in text})
            rows[kind] = ledger.execute(f"select count(*) from {kind}").fetchall()[0][0]
            complete = kind != "penduduk_bekerja"
            ledger.execute(
                read_sql("synthetic/batch"),
                {"batch_id": batch_id, "kind": kind, "complete": complete, "rows": rows[kind]},
            )
    return rows
