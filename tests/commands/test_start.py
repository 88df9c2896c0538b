"""What a command loads before it does anything."""

import os
import subprocess
import sys
from pathlib import Path

from data.home import Home
from data.ledger import mark_demo

PROGRAM = Path(__file__).parents[2] / "cakupan.py"
# Each takes longer to load than the ledger to be read; the first two come with whatever reads a file. A package that is
# looked for in vain is listed as well, its parts are not.
SLOW = {"pyarrow", "numpy", "pandas.core", "streamlit", "plotly"}


def test_status_is_told_without_what_reads_files_and_what_nobody_uses(home: Home):
    mark_demo(home)
    told = subprocess.run(
        [sys.executable, "-X", "importtime", PROGRAM, "status"],
        env={**os.environ, "CAKUPAN_HOME": str(home.root)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    loaded = {line.rpartition("|")[2].strip() for line in told.stderr.splitlines()}
    assert loaded >= {"duckdb", "data.ledger", "commands.draft"}
    assert loaded & SLOW == set()
