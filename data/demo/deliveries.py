"""How the files of the demonstration are carried and written."""

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv

from data.demo.cover import Cover
from data.demo.people import Personal, Placements
from data.demo.projects import Projects
from data.demo.scenario import NO_DAY, Scenario, read_table

HOME = "16"

Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True)
class DemoDelivery:
    """One file and how its sender delivered it: keyword arguments of import_file."""

    path: Path
    kind: str
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Demonstration:
    """Everything the files are written from. `nik` has one element a person; the last ones belong to rejected rows."""

    scenario: Scenario
    projects: Projects
    ways: np.ndarray  # one a project: how it is carried out
    cover: Cover
    placements: Placements
    personal: Personal
    nik: np.ndarray
    reserved: int


def complete(first: str, last: str, as_of: date, whom: str = HOME) -> dict[str, Any]:
    """How a file is delivered that is complete for a place or an owner in these months."""
    return {"complete_for": whom, "period": f"{first}..{last}", "data_as_of": as_of}


def rejects_of(file_name: str) -> list[dict[str, str]]:
    return [row for row in read_table("rejects") if row["berkas"] == file_name]


def first_row(table: pa.Table) -> dict[str, str]:
    row = table.slice(0, 1).to_pylist()[0]
    return {name: "" if value is None else str(value) for name, value in row.items()}


def labels_of(labels: Any, index: np.ndarray) -> pa.Array:
    return pa.array(labels, pa.string()).take(pa.array(index))


def dates(days: np.ndarray) -> pa.Array:
    return pa.array(days.astype(np.int32), pa.int32(), mask=days == NO_DAY).cast(pa.date32())


def counts(numbers: np.ndarray) -> pa.Array:
    """Whole numbers; 0 means not told and becomes a blank cell."""
    return pa.array(numbers, pa.int64(), mask=numbers == 0)


def write_csv(path: Path, table: pa.Table, text_rows: list[dict[str, str]] | None = None) -> Path:
    """The table with plain headers, then rows as text for cells that no typed column could hold."""
    with path.open("wb") as file:
        file.write((",".join(table.column_names) + "\n").encode())
        options = pyarrow.csv.WriteOptions(include_header=False, quoting_style="needed")
        pyarrow.csv.write_csv(table, file, options)
    write_rows(path, table.column_names, text_rows or [], append=True)
    return path


def write_rows(path: Path, columns: list[str], rows: list[dict[str, str]], *, append: bool = False) -> None:
    with path.open("a" if append else "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        if not append:
            writer.writeheader()
        writer.writerows(rows)
