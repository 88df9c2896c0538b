"""Small delivered files."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from data.home import Home
from data.importers import ImportResult, import_file
from tests.worlds import begin

TODAY = date(2025, 6, 30)
NIK = "1671010101900001"
OTHER_NIK = "1671014101900002"


@pytest.fixture
def home(empty_home: Home) -> Home:
    """A home whose ledger holds nothing yet: a third of the time of its first import. How one begins, test_landing
    and test_refusals see.
    """
    begin(empty_home)
    return empty_home


@pytest.fixture
def deliver(home: Home, tmp_path: Path) -> Callable[..., ImportResult]:
    """Import a CSV of this text, or a workbook of these rows, as of TODAY; the one result."""

    def deliver_one(content: str | bytes | list, name: str | None = None, **options) -> ImportResult:
        path = tmp_path / (name or ("kiriman.xlsx" if isinstance(content, list) else "kiriman.csv"))
        if isinstance(content, list):
            write_workbook(path, {"Sheet1": content})
        else:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        (result,) = import_file(home, path, today=TODAY, **options)
        return result

    return deliver_one


def write_workbook(path: Path, sheets: dict[str, list[list]], hidden: tuple[str, ...] = ()) -> None:
    """A workbook whose cells are typed as the Python values are."""
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy", "strings_to_formulas": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            if name in hidden:
                sheet.hide()
            else:
                sheet.activate()


def codes(result: ImportResult) -> list[tuple[int, str]]:
    """Row and code of every reason."""
    return [(reject.row, reject.code) for reject in result.rejects]
