"""The files of a meeting pack: built once from the screen's rows, laid out by their writers, kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.access import Reader
from data.home import Home
from data.packs import Kept, PackRequest
from data.rollup import Progress


@dataclass(frozen=True)
class Made:
    """A pack as it was kept, and the content of its files by format."""

    kept: Kept
    files: dict[str, bytes]


@dataclass(frozen=True)
class Rebuilt:
    """A kept pack said anew from its edition, with the casework of then. None: its edition is gone."""

    kept: Kept
    content_hash: str | None

    @property
    def is_same(self) -> bool | None:
        return None if self.content_hash is None else self.content_hash == self.kept.facts.content_hash


def make_pack(
    home: Home,
    reader: Reader,
    request: PackRequest,
    formats: Sequence[str],
    progress: Progress | None = None,
    *,
    edition_number: int | None = None,
) -> Made:
    """Build, lay out and keep a pack; "zip" makes the other four documents and the picture as well, and holds them.

    CakupanError where the reader may not see the scope, the edition does not know it, or the pack cannot be kept.
    """
    raise NotImplementedError


def rebuild(home: Home, reader: Reader, number: int) -> Rebuilt:
    """Say a kept pack anew, by the number of its entry."""
    raise NotImplementedError
