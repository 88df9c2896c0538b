"""What every command of the shell tells in the same way: progress to who watches, facts as JSON."""

import json
import sys
from typing import Any

import typer


def show_progress(stage: str, done: int, total: int | None) -> None:
    """One line that is written over, and only where somebody watches."""
    if not sys.stderr.isatty():
        return
    share = f" {100 * done // total} %" if total else ""
    typer.echo(f"\r\x1b[K{stage}{share}", err=True, nl=False)


def print_json(facts: Any) -> None:
    """Facts as an indented object or list; dates and amounts as text."""
    typer.echo(json.dumps(facts, ensure_ascii=False, indent=1, default=str))
