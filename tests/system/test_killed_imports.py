"""An import that is killed leaves nothing, and the next one is not hindered."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from data.home import Home
from data.importers import import_file
from data.ledger import open_ledger
from tests.importers.conftest import TODAY

ROOT = Path(__file__).parents[2]
IMPORT_AND_DIE = """
import os, signal, sys
from data.home import Home
from data.importers import import_file, run

def die(*_args):
    os.kill(os.getpid(), signal.SIGKILL)

def watch(stage, done, total):
    if stage == sys.argv[2]:
        die()

if sys.argv[2] == "store":
    run.store_encrypted = die
import_file(Home.from_environment(), sys.argv[1], progress=watch)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no signal of this kind on Windows")
@pytest.mark.parametrize("moment", ["membaca", "memeriksa", "menyimpan", "store"])
def test_a_killed_import_leaves_no_half_batch(home: Home, tmp_path: Path, moment: str):
    path = tmp_path / "kiriman.csv"
    rows = [f"167101010190{serial:04d},P-{serial % 7},2024-07-01" for serial in range(1, 3001)]
    path.write_text("\n".join(["nik,kode_proyek,mulai", *rows]))
    killed = subprocess.run([sys.executable, "-c", IMPORT_AND_DIE, str(path), moment], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    with home.writer_lock("uji"), open_ledger(home) as ledger:
        counts = (
            "select (select count(*) from batch), (select count(*) from person), (select count(*) from tenaga_kerja)"
        )
        assert ledger.execute(counts).fetchone() == (0, 0, 0)
    for left in home.root.rglob("*"):
        assert left.is_dir() or b"1671010101900001" not in left.read_bytes()
    (result,) = import_file(home, path, today=TODAY)
    assert result.rows_accepted == 3000
