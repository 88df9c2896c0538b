"""What the measurements of one run share: a temporary folder, the size, and homes that are made once."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from data.home import Home
from tests.bench.child import Finished, run_alone
from tests.bench.synthetic import GOAL_PERSONS


@dataclass(frozen=True, eq=False)
class Workbench:
    """`scale` 1 is the size the goals speak of; at another size nothing is judged."""

    folder: Path
    scale: float

    def judge(self, reached: bool) -> bool | None:
        return reached if self.scale == 1 else None

    @cached_property
    def synthetic_home(self) -> tuple[Home, dict[str, Any]]:
        """A home whose ledger holds scale × 270.000 persons, and its rows by kind."""
        home = Home(self.folder / "synthetic")
        persons = round(GOAL_PERSONS * self.scale)
        made = run_alone("synthetic:fill_ledger", root=home.root, persons=persons)
        return home, {"persons": persons, **made.returned}

    @cached_property
    def demo_home(self) -> tuple[Home, Finished]:
        """A home with the demonstration data, and what making it took. It has one size."""
        home = Home(self.folder / "demo")
        return home, run_alone("serving:make_demo", root=home.root)
