"""What an import tells of itself."""

from collections.abc import Callable
from dataclasses import dataclass, field

Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True)
class Reject:
    """One reason why one row did not land. value is masked where the column is personal."""

    row: int
    column: str | None
    code: str
    value: str | None
    message: str
    remedy: str


@dataclass(frozen=True)
class ImportResult:
    """One kind of one file. batch is None when nothing changed: a dry run, or a file that had already landed.

    rejects holds the first of them when there are very many; the ledger keeps all. waiting counts accepted rows whose
    project no live delivery names yet. sha256 is that of the file, or of the set of files.
    """

    file: str
    kind: str
    batch: int | None
    rows_read: int
    rows_accepted: int
    rows_rejected: int
    rejects: list[Reject] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    waiting: int = 0
    sha256: str = ""
