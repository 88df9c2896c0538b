"""The documents are true of the program they speak of."""

import re
import shlex
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from analytics.compute import targets
from analytics.gate import RESULTS
from analytics.glossary import DOCUMENT, definitions
from analytics.indicators import DECLARED
from analytics.targets import obstacle
from cakupan import app
from data.access import ROLE_NAMES
from data.categories import ALL_SECTORS, ALL_SEGMENTS, CONSTRUCTION
from data.config import load_config
from data.editions import open_edition, publish
from data.importers import import_file
from data.importers.kinds import KINDS, UNASKED
from data.importers.reasons import REASONS
from ui.pack import SECTIONS
from ui.results import SHAPES

DOCS = Path(__file__).parents[1] / "docs"
GUIDE = (DOCS / "panduan.md").read_text("utf-8")


def test_the_committed_definitions_are_those_of_the_program():
    assert DOCUMENT.read_text("utf-8") == definitions(), "run: make docs"


def test_the_definitions_name_every_indicator_with_its_version():
    for indicator in DECLARED:
        assert f"`{indicator.code}`, versi {indicator.version}" in definitions()


@pytest.mark.parametrize("kind", KINDS)
def test_the_guide_explains_every_column_of_a_kind_and_marks_what_is_required(kind):
    section = re.search(rf"^### {kind}\n(.*?)```csv", GUIDE, re.DOTALL | re.MULTILINE)
    assert section is not None
    explained = dict(re.findall(r"`(\w+)`(\*?)", section[1].replace("` atau `no_spk`*", "`, `no_spk`")))
    columns = {c.name: "*" if c.required else "" for c in KINDS[kind].columns if c.name not in UNASKED}
    assert explained == columns


@pytest.mark.parametrize("kind", KINDS)
def test_every_example_of_the_guide_comes_in_without_a_reject(home, tmp_path, kind):
    example = re.search(rf"^```csv {kind}\n(.*?)```", GUIDE, re.DOTALL | re.MULTILINE)
    assert example is not None
    path = tmp_path / "contoh.csv"
    path.write_text(example[1], "utf-8")
    [result] = import_file(home, path)
    assert (result.kind, result.rejects, result.rows_accepted > 0) == (kind, [], True)
    header = example[1].split("\n", 1)[0].split(",")
    assert header == [column.name for column in KINDS[kind].columns if column.name not in UNASKED]


def test_the_guide_explains_every_reason_of_a_reject():
    assert set(re.findall(r"^\| `(\w+)` \|", GUIDE, re.MULTILINE)) == set(REASONS)


def example(language, name):
    found = re.search(rf"^```{language} {name}\n(.*?)```", GUIDE, re.DOTALL | re.MULTILINE)
    assert found is not None, (language, name)
    return found[1]


def test_the_settings_of_the_guide_are_accepted(home):
    home.config_path.write_text(example("toml", "config"), "utf-8")
    config = load_config(home)
    assert [branch.code for branch in config.branch] == ["palembang", "lahat"]
    assert [group.code for group in config.place_group] == ["palembang-raya"]


def test_the_letterhead_of_the_guide_is_accepted_and_names_every_setting(home):
    home.config_path.write_text(example("toml", "kop"), "utf-8")
    wording = load_config(home).letterhead
    assert all(getattr(wording, setting) for setting in wording.__struct_fields__)


def test_the_schedule_of_the_guide_is_accepted_and_names_every_setting(home):
    home.config_path.write_text(example("toml", "schedule"), "utf-8")
    [schedule] = load_config(home).schedule
    assert all(getattr(schedule, setting) for setting in schedule.__struct_fields__)
    assert set(schedule.sections) <= set(SECTIONS)


@pytest.mark.parametrize("mode", ["oidc", "proxy"])
def test_the_ways_to_sign_in_of_the_guide_are_accepted(home, mode):
    home.config_path.write_text(example("toml", mode), "utf-8")
    assert load_config(home).identity.mode == mode


def test_the_guide_explains_every_role():
    assert dict(re.findall(r"^\| `(\w+)` ([\w ]+?) \| [^|]+ \| [^|]+ \|$", GUIDE, re.MULTILINE)) == ROLE_NAMES


def test_every_target_of_the_guide_stands_beside_a_measure(home, tmp_path):
    path = tmp_path / "target.csv"
    path.write_text(example("csv", "target"), "utf-8")
    import_file(home, path, data_as_of=date(2025, 5, 31))
    edition = open_edition(home, publish(home, date(2025, 6, 30)))
    stated = [target for place in ("16", "branch:palembang") for target, _ in targets(edition, place, 2025)]
    sectors = [ALL_SECTORS if target.segment == ALL_SEGMENTS else CONSTRUCTION for target in stated]
    assert [obstacle(target, sector) for target, sector in zip(stated, sectors, strict=True)] == [None] * 4


def test_every_question_of_the_guide_is_understood(home, tmp_path):
    """Measures, breakdowns, places and sectors are known; this home has no projects, so most answers are 'no data'."""
    for kind in ("penduduk_bekerja", "angka_resmi"):
        path = tmp_path / f"{kind}.csv"
        path.write_text(example("csv", kind), "utf-8")
        import_file(home, path, data_as_of=date(2025, 5, 31))
    home.config_path.write_text(example("toml", "config"), "utf-8")
    publish(home, date(2025, 6, 30))
    questions = re.findall(r"^    cakupan (show .*)$", GUIDE, re.MULTILINE)
    assert len(questions) >= 8
    for question in questions:
        answer = CliRunner().invoke(app, shlex.split(question))
        assert answer.exit_code == 0, (question, answer.exception)


def commands_of_the_guide():
    return [
        shlex.split(line, comments=True)
        for line in re.findall(r"^ {4,}cakupan (.*?)(?: {3,}.*)?$", GUIDE, re.MULTILINE)
    ]


def test_every_command_of_the_guide_is_one_of_the_program_with_these_options():
    program = typer.main.get_command(app)
    for words in commands_of_the_guide():
        command: Any = program
        names = list(words)
        while hasattr(command, "commands"):
            command = command.commands[names.pop(0)]
        known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
        assert {word for word in names if word.startswith("--")} <= known, words


def test_every_service_starts_a_command_of_the_program():
    program: Any = typer.main.get_command(app)
    started = [
        shlex.split(words)
        for path in (DOCS.parent / "deploy").glob("*.service")
        for words in re.findall(r"cakupan\.py (.*)$", path.read_text("utf-8"), re.MULTILINE)
    ]
    assert {words[0] for words in started} == {"backup", "export"}
    for name, *words in started:
        known = {option for parameter in program.commands[name].params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= known, words


def test_every_picture_of_a_document_is_there_and_small():
    for document in [*DOCS.glob("*.md"), DOCS.parent / "README.md"]:
        for name in re.findall(r"!\[[^]]+\]\(([^)]+)\)", document.read_text("utf-8")):
            assert (document.parent / name).stat().st_size < 150_000, (document.name, name)


def test_the_guide_explains_every_result_by_its_sign_and_name():
    told = dict(re.findall(r"^\| ([●▲◐◷■◆○]) ([^|]+?) \|", GUIDE, re.MULTILINE))
    assert set(told) == set(SHAPES.values())
    for code, shape in SHAPES.items():
        assert RESULTS[code].label.id.startswith(told[shape]), code


def test_the_rules_of_the_guide_are_accepted(home):
    home.config_path.write_text(example("toml", "rule"), "utf-8")
    assert [rule.code for rule in load_config(home).rule] == ["terdaftar", "syarat_pencairan", "headcount_low"]


def test_no_document_names_a_path_of_a_machine():
    for document in [*DOCS.glob("*.md"), DOCS.parent / "README.md"]:
        assert not re.search(r"/(work|tmp|root|home)/", document.read_text("utf-8")), document.name
