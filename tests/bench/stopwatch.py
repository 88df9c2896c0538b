"""Where the seconds go: time is charged to the innermost step that runs."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any


class Stopwatch:
    """`seconds` by step; what no named step claims is charged to `rest`."""

    def __init__(self, steps: Iterable[str], rest: str) -> None:
        self.seconds = dict.fromkeys([*steps, rest], 0.0)
        self._running = [rest]
        self._since = time.perf_counter()

    def stop(self) -> dict[str, float]:
        self._charge()
        return self.seconds

    def timed(self, function: Callable, step: str) -> Callable:
        """The function, its time charged to the step."""

        def run(*arguments: Any, **options: Any) -> Any:
            self._enter(step)
            try:
                return function(*arguments, **options)
            finally:
                self._leave()

        return run

    def timed_blocks(self, blocks: Iterator, step: str) -> Iterator:
        """The iterator, each of its items' making charged to the step."""
        step_on = self.timed(lambda: next(blocks, None), step)
        while (block := step_on()) is not None:
            yield block

    def _enter(self, step: str) -> None:
        self._charge()
        self._running.append(step)

    def _leave(self) -> None:
        self._charge()
        self._running.pop()

    def _charge(self) -> None:
        now = time.perf_counter()
        self.seconds[self._running[-1]] += now - self._since
        self._since = now
