"""An edition written by hand, table by table, for rules that only read one: no files, no ledger, no rollup."""

import json
import tempfile
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from data.editions import Edition, open_edition
from data.home import Home
from data.places import all_places
from data.sql import read_sql

AS_OF = date(2025, 6, 30)
BRANCH = ("branch:palembang", "Cabang Palembang", "Cabang Palembang", "cabang", "16")
USUAL: dict[str, dict[str, Any]] = {
    "delivery": {
        "kind": "pendaftaran", "file_name": "kiriman.csv", "file_sha256": "0" * 64, "data_as_of": date(2025, 1, 1),
        "delivery": "lengkap", "rows_accepted": 100, "rows_rejected": 0, "rows_open": 0,
        "imported_at": datetime.fromisoformat("2025-01-01"),
    },
    "population": {"half_unit": 0, "origin": "report", "source": "Kanwil", "as_of": AS_OF},
    "sector_members": {"half_unit": 0, "origin": "report", "source": "Kanwil", "as_of": AS_OF},
    "vintage": {"sector": "konstruksi", "source": "BPS", "source_rank": 0},
    "project": {
        "nama_proyek": "Jalan", "place": "16.71", "owner": "Dinas PUPR", "owner_type": "OPD kabupaten/kota",
        "fund": "APBD kabupaten/kota", "mulai": date(2024, 1, 1), "selesai": date(2025, 12, 31),
        "file_name": "proyek.csv", "row_number": 2, "result": "memenuhi", "searched": "jalan",
    },
    "registration": {
        "place": "16.71", "owner": "Dinas PUPR", "fund": "APBD kabupaten/kota", "number": 1,
        "tgl_daftar": date(2024, 8, 1), "file_name": "pendaftaran.csv", "row_number": 2,
    },
    "payment": {
        "place": "16.71", "owner": "Dinas PUPR", "fund": "APBD kabupaten/kota", "number": 1, "kind": "termin",
        "file_name": "pembayaran.csv", "row_number": 2,
    },
    "activity": {
        "owner_type": "*", "owner": "*", "fund": "*", "running_projects": 1, "registration_known_projects": 1,
    },
    "official_figure": {"segment": "semua segmen", "source": "Kanwil"},
    "person_places": {},
}  # fmt: skip


def edition_of(home: Home, *, number: int = 1, demo: bool = False, **tables: list[dict[str, Any]]) -> Edition:
    """The edition of this number with these rows, over what is usual; columns that must be told and are not are 0."""
    home.editions_dir.mkdir(parents=True, exist_ok=True)
    path = home.editions_dir / f"{number:06}.duckdb"
    facts = {
        "number": number, "schema_version": 5, "as_of": AS_OF, "last_month": AS_OF, "first_month": date(2020, 1, 31),
        "home_place": "16", "demo": int(demo), "published_at": "2025-07-01T00:00:00+00:00",
    }  # fmt: skip
    path.write_bytes(_with_places())
    with duckdb.connect(str(path)) as building:
        _insert(building, "meta", [{"key": key, "value": str(value)} for key, value in facts.items()])
        for table, rows in tables.items():
            _insert(building, table, [USUAL[table] | row for row in rows])
    path.with_suffix(".json").write_text(json.dumps({"number": str(number)}), "utf-8")
    home.current_path.write_text(str(number), "utf-8")
    return open_edition(home, number)


@cache
def _with_places() -> bytes:
    """An edition's file with its places alone, to be copied: each test would spend half a second on them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "places.duckdb"
        with duckdb.connect(str(path)) as building:
            building.execute(read_sql("edition/schema"))
            places = [(p.code, p.name, p.short_name, p.kind, p.parent) for p in all_places().values()] + [BRANCH]
            columns = ("code", "name", "short_name", "kind", "parent")
            _insert(building, "place", [dict(zip(columns, place, strict=True)) for place in places])
            _insert(building, "branch_member", [{"branch": BRANCH[0], "place": code} for code in ("16.71", "16.02")])
        return path.read_bytes()


def _insert(building: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    zero = _zeros(table)
    filled = [zero | row for row in rows]
    names = list(dict.fromkeys(name for row in filled for name in row))
    marks = f"({', '.join('?' for _ in names)})"
    values = [row.get(name) for row in filled for name in names]
    building.execute(f"insert into {table} ({', '.join(names)}) values {', '.join([marks] * len(filled))}", values)


@cache
def _zeros(table: str) -> dict[str, int]:
    """0 for each number of a table that must be told."""
    asked = """
        select column_name from information_schema.columns
        where table_name = ? and is_nullable = 'NO' and data_type like '%INT%'
    """
    with duckdb.connect() as empty:
        empty.execute(read_sql("edition/schema"))
        return {name: 0 for (name,) in empty.execute(asked, [table]).fetchall()}
