"""From a delivered file to rows of the ledger, or reasons."""

from data.importers.kinds import KINDS, Column, Kind
from data.importers.results import ImportResult, Reject
from data.importers.run import import_file, import_files
from data.importers.templates import write_template

__all__ = ["KINDS", "Column", "ImportResult", "Kind", "Reject", "import_file", "import_files", "write_template"]
