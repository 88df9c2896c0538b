"""Work beside the server on the same cores: it takes what the readers leave."""

import os

NICENESS = 10


def let_readers_go_first() -> None:
    """A machine that is otherwise idle notices nothing."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
