"""Import of a roster against openpyxl and pandas doing the same."""

import dataclasses
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from data.home import Home
from data.importers import import_file, run, workbook
from data.importers.header import Table
from data.keys import ensure_keys
from data.ledger import open_ledger
from tests.bench.child import run_alone
from tests.bench.result_table import Line, line_of, times
from tests.bench.statements import read_sql
from tests.bench.stopwatch import Stopwatch
from tests.bench.workbench import Workbench

CSV_ROWS, XLSX_ROWS = 1_000_000, 300_000
GOAL_SECONDS = 20
GOAL_PEAK_MB = 700
GOAL_XLSX_RATIO = 3
DATA_AS_OF = "2025-06-30"
CHECKING = "checking the file, its hash and headings"
READING = "reading cells"
CLEANING = "cleaning them into columns of text"
JUDGING = "judging every rule"
LANDING = "landing persons, rows, reasons and the encrypted original"


def measure_csv(bench: Workbench) -> list[Line]:
    return _measure(bench, "csv", round(CSV_ROWS * bench.scale), "pandas.read_csv", None)


def measure_xlsx(bench: Workbench) -> list[Line]:
    return _measure(bench, "xlsx", round(XLSX_ROWS * bench.scale), "openpyxl + pandas", GOAL_XLSX_RATIO)


def _measure(bench: Workbench, suffix: str, rows: int, other_way: str, goal_ratio: int | None) -> list[Line]:
    path = bench.folder / f"roster.{suffix}"
    size_mb = run_alone(f"rosters:write_{suffix}", path=path, rows=rows).returned / 1e6
    ours, theirs = _two_homes_with_one_key(bench.folder / f"import-{suffix}")
    imported = run_alone("importing:import_roster", root=ours.root, path=path)
    obvious = run_alone("pandas_import:import_with_pandas", root=theirs.root, path=path, data_as_of=DATA_AS_OF)
    path.unlink()
    held, expected = _landed(ours), _landed(theirs)
    assert held == expected, (held, expected)
    assert held[0] + imported.returned["rejected"] == rows, (held, imported.returned)
    ratio = obvious.seconds / imported.seconds
    same = f"the same {held[0]:,} rows, {held[1]:,} persons, {held[3]:,} reasons"
    return [
        line_of(
            f"import of {rows:,} rows, {size_mb:.0f} MB {suffix.upper()}",
            imported,
            goal=f"≤ {GOAL_SECONDS} s",
            met=bench.judge(imported.seconds <= GOAL_SECONDS),
        ),
        Line(
            "· its memory",
            peak_mb=imported.peak_mb,
            goal=f"≤ {GOAL_PEAK_MB} MB",
            met=bench.judge(imported.peak_mb <= GOAL_PEAK_MB),
        ),
        *(Line(f"· of which {step}", seconds) for step, seconds in imported.returned["seconds"].items()),
        line_of(
            f"{other_way}: {same}",
            obvious,
            ratio=times(obvious, imported),
            goal=f"≥ {goal_ratio} ×" if goal_ratio else "",
            met=bench.judge(ratio >= goal_ratio) if goal_ratio else None,
        ),
    ]


def _two_homes_with_one_key(folder: Path) -> tuple[Home, Home]:
    ours, theirs = Home(folder / "cakupan"), Home(folder / "obvious")
    ensure_keys(ours)
    shutil.copytree(ours.keys_dir, theirs.keys_dir)
    return ours, theirs


def _landed(home: Home) -> tuple[int, ...]:
    return tuple(run_alone("importing:landed", root=home.root).returned)


def landed(root: str) -> tuple[int, ...]:
    """Rows, persons, their checksum; reasons, their checksum, how many kinds of them."""
    with open_ledger(Home(Path(root))) as ledger:
        return ledger.execute(read_sql("roster/landed")).fetchall()[0]


def import_roster(root: str, path: str) -> dict[str, Any]:
    """Rejected rows, and the seconds of each step."""
    watch = Stopwatch((CHECKING, READING, CLEANING, JUDGING), LANDING)
    for module, name, step in (
        (run, "open_file", CHECKING),
        (run, "find_tables", CHECKING),
        (workbook, "open_sheets", READING),
        (run, "judge", JUDGING),
        (run, "prepare_reasons", JUDGING),
    ):
        setattr(module, name, watch.timed(getattr(module, name), step))
    run.stage = watch.timed(_with_cells_timed(run.stage, watch), CLEANING)
    [result] = import_file(Home(Path(root)), path, data_as_of=date.fromisoformat(DATA_AS_OF))
    return {"rejected": result.rows_rejected, "seconds": watch.stop()}


def _with_cells_timed(stage: Callable, watch: Stopwatch) -> Callable:
    def stage_timed(ledger: Any, table: Table, progress: Any) -> list[str]:
        sheet = table.sheet
        timed = dataclasses.replace(sheet, blocks=lambda first: watch.timed_blocks(sheet.blocks(first), READING))
        return stage(ledger, dataclasses.replace(table, sheet=timed), progress)

    return stage_timed
