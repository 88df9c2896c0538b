"""python -m tests.bench [--list] [--scale 0.1] [NAME …]: measure, and print a Markdown table each."""

import argparse
import os
import platform
import tempfile
from pathlib import Path

from tests.bench.measurements import MEASUREMENTS
from tests.bench.result_table import as_markdown
from tests.bench.workbench import Workbench


def main() -> None:
    asked = _read_arguments()
    if asked.list:
        for name, measurement in MEASUREMENTS.items():
            print(f"{name:12} {measurement.about}")
        return
    print(f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, scale {asked.scale:g}")
    with tempfile.TemporaryDirectory(prefix="cakupan-bench-") as folder:
        bench = Workbench(Path(folder), asked.scale)
        for name in asked.names or MEASUREMENTS:
            print(f"\n## {name}: {MEASUREMENTS[name].about}\n", flush=True)
            print(as_markdown(MEASUREMENTS[name].measure(bench)), flush=True)


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="What the product costs.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="default: all")
    parser.add_argument("--list", action="store_true", help="name the measurements")
    parser.add_argument("--scale", type=float, default=1.0, help="1 is the size the goals speak of (default)")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(MEASUREMENTS):
        parser.error(f"no measurement named {', '.join(sorted(unknown))}; see --list")
    return asked


if __name__ == "__main__":
    main()
