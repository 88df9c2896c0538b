"""Editions from before versions of targets and single projects were kept tell what they knew."""

import gzip
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analytics.attainment import target_rows
from analytics.closing import closing_list
from analytics.compute import Scope
from analytics.ends import known_ends
from analytics.pace import pace
from analytics.projection import TooFew, projection
from data.editions import current_edition

FIXTURES = Path(__file__).parents[1] / "fixtures"
JULY, SUMSEL = date(2024, 7, 31), Scope("16")


def edition_of_schema(home, version):
    home.editions_dir.mkdir()
    packed = (FIXTURES / f"edition-schema-{version}.duckdb.gz").read_bytes()
    (home.editions_dir / "000001.duckdb").write_bytes(gzip.decompress(packed))
    home.current_path.write_text("1")
    edition = current_edition(home)
    assert edition is not None
    return edition


@pytest.mark.parametrize("version", [2, 3])
def test_the_target_in_force_is_known_without_its_delivery_and_no_project_is(home, version):
    edition = edition_of_schema(home, version)
    [row] = target_rows(edition, JULY, SUMSEL)
    assert (row.target.data_as_of, row.target.file_name, row.is_superseded) == (None, None, False)
    assert row.pct == pytest.approx(100 * Decimal(100 * 123_000) / 270_000 / 50)
    assert row.gap == 270_000 / 2 - 123_000
    found = closing_list(edition, JULY, SUMSEL, row)
    assert found is not None
    assert (found.is_old, found.rows, found.unknown, found.is_closed) == (True, (), (), False)
    assert known_ends(edition, JULY, SUMSEL) is None
    assert projection(edition, JULY, SUMSEL) == TooFew("population_coverage", "too_few_seasons", ())
    [wanted] = pace(edition, JULY, SUMSEL).rows
    assert wanted.needed_per_week == pytest.approx(Decimal((135_000 - 123_000) * 7) / 153)


def test_before_targets_were_kept_there_are_none(home):
    edition = edition_of_schema(home, 1)
    assert (target_rows(edition, JULY, SUMSEL), pace(edition, JULY, SUMSEL).rows) == ([], ())
