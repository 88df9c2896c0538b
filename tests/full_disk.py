"""A disk without room for more: no file may grow beyond a size, which is what DuckDB meets on a full one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

SENTENCE = "berkas melebihi batas ukuran"
needs_limits = pytest.mark.skipif(os.name == "nt", reason="Windows limits no file")


@contextmanager
def no_file_beyond(size_bytes: int) -> Iterator[None]:
    """Writing beyond that fails, in this process, until the block ends."""
    import resource

    former = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, former[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, former)
