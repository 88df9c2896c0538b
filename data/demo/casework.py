"""What officials of the demonstration wrote by hand: data/reference/demo_casework.toml, recorded like anybody's."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from data.access import EVERYTHING, Reader
from data.casework import CASES, Case, FindingFollowUp, record_story
from data.demo.scenario import REFERENCE
from data.editions import Edition
from data.home import Home


def write_casework(home: Home, edition: Edition) -> None:
    """Record the entries in their order; each carries the day of the story, for the journal's own time is the clock."""
    told = tomllib.loads((REFERENCE / "demo_casework.toml").read_text("utf-8"))
    findings: dict[str, int] = {}
    for entry in told["entry"]:
        content = _content(entry, edition, findings)
        reader = Reader(told["readers"][entry["by"]], entry["by"], EVERYTHING, is_authenticated=False)
        recorded = record_story(home, reader, edition, content, told_on=entry["on"])
        if entry["kind"] == "finding":
            findings[entry.get("kode_proyek") or entry["owner"]] = recorded.number


def _content(entry: dict[str, Any], edition: Edition, findings: Mapping[str, int]) -> Case:
    case = CASES[entry["kind"]]
    values: dict[str, Any] = {"kode_proyek": None} if entry["kind"] == "finding" else {}
    values |= {field.name: entry[field.name] for field in fields(case) if field.name in entry}
    if entry["kind"] == "decision":
        values["edition"] = edition.number
    if case is FindingFollowUp:
        values["finding"] = findings[entry["about"]]
    return case(**values)
