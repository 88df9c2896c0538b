"""dashboard.py as a running server knows it: from a folder without "pages", which AppTest takes for the older way."""

import runpy
from pathlib import Path

runpy.run_path(str(Path(__file__).parents[2] / "dashboard.py"))
