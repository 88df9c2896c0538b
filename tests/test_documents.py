"""The documents are true of the program they speak of."""

import re
from pathlib import Path

import pytest

from analytics.glossary import DOCUMENT, definitions
from analytics.indicators import DECLARED
from data.importers import import_file
from data.importers.kinds import KINDS
from data.importers.reasons import REASONS

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
    columns = {c.name: "*" if c.required else "" for c in KINDS[kind].columns if c.name != "posisi_data"}
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
    assert header == [column.name for column in KINDS[kind].columns if column.name != "posisi_data"]


def test_the_guide_explains_every_reason_of_a_reject():
    assert set(re.findall(r"^\| `(\w+)` \|", GUIDE, re.MULTILINE)) == set(REASONS)


def test_no_document_names_a_path_of_a_machine():
    for document in [*DOCS.glob("*.md"), DOCS.parent / "README.md"]:
        assert not re.search(r"/(work|tmp|root|home)/", document.read_text("utf-8")), document.name
