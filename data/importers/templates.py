"""Empty files with the right header, to be filled in by senders."""

import csv
from pathlib import Path

from data.errors import CakupanError
from data.importers.kinds import KINDS, UNASKED


def write_template(kind: str, path: Path) -> None:
    """A CSV with the header of a kind; UTF-8 with a mark, so that spreadsheets read it as such."""
    if kind not in KINDS:
        raise CakupanError(f"Jenis '{kind}' tidak dikenal; pilih salah satu dari {', '.join(KINDS)}.")
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerow(column.name for column in KINDS[kind].columns if column.name not in UNASKED)
