"""What the shell does without, so that a command starts sooner."""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType


class _Absent(MetaPathFinder):
    """To whoever looks for pandas in this process it is not installed."""

    def find_spec(self, fullname: str, _path: Sequence[str] | None, _target: ModuleType | None = None) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError("No module named 'pandas'", name=fullname)


def do_without_pandas() -> None:
    """DuckDB looks for pandas at the first value that it is given, and PyArrow at its first array, in case these are of
    its kinds. None is here, and to load it takes longer than most commands do."""
    sys.meta_path.insert(0, _Absent())
