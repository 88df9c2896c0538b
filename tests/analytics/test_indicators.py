"""The declarations: complete in both languages, and true of the tables they speak of."""

import re
from dataclasses import fields
from datetime import date

import pytest

from analytics import compute
from analytics.compute import DIMENSIONS, Scope
from analytics.indicators import DECLARED, INDICATORS, Indicator, Text
from data.editions import current_edition, publish
from data.errors import CakupanError
from data.sql import read_sql
from tests.worlds import deliver, empty_world, load_world

STATUSES = {"ok", "implausible", "no_data", "no_denominator", "zero_denominator", "mixed_sources"}
JUNE = date(2024, 6, 30)

every_indicator = pytest.mark.parametrize("indicator", DECLARED, ids=lambda indicator: indicator.code)


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    """One project of one owner in Palembang with its members, all complete, and an estimate of workers."""
    from data.home import Home

    world = empty_world(date(2024, 6, 30))
    year = (date(2024, 1, 1), date(2024, 12, 31))
    spell = {"mulai": date(2024, 5, 1), "selesai": date(2024, 12, 31), "kode_proyek": "P-1"}
    everything = {"complete_for": "16", "period": year}
    deliver(
        world, "proyek", spell | {"jenis_pemilik": "Swasta", "sumber_dana": "Swasta", "tenaga_kerja": 4}, **everything
    )
    deliver(world, "pendaftaran", {"kode_proyek": "P-1", "tgl_daftar": date(2024, 5, 2)}, **everything)
    deliver(world, "tenaga_kerja", spell | {"person_id": 1}, spell | {"person_id": 2}, **everything)
    deliver(world, "kepesertaan", spell | {"person_id": 1, "tgl_bayar": date(2024, 5, 3)}, **everything)
    deliver(world, "penduduk_bekerja", {"wilayah": "16", "per_tanggal": date(2024, 2, 1), "pekerja": 8})
    home = Home(tmp_path_factory.mktemp("indikator") / "home")
    load_world(home, world)
    publish(home, world["as_of"])
    return current_edition(home)


def test_the_indicators_of_this_step_are_declared():
    assert list(INDICATORS) == [indicator.code for indicator in DECLARED]
    assert set(INDICATORS) >= {
        "population_coverage", "site_coverage", "placement_coverage", "active_members", "gap_to_estimate",
        "new_members", "ended_members", "unprotected_placements",
    }  # fmt: skip


@every_indicator
def test_every_text_is_there_in_both_languages(indicator: Indicator):
    texts = [value for field in fields(indicator) if isinstance(value := getattr(indicator, field.name), Text)]
    assert len(texts) == 5
    for text in texts:
        assert text.id.strip() and text.en.strip()
        assert text.id != text.en
        assert (text.in_language("id"), text.in_language("en")) == (text.id, text.en)


def test_no_two_indicators_share_a_label():
    assert len({indicator.label.id for indicator in DECLARED}) == len({i.label.en for i in DECLARED}) == len(DECLARED)


@every_indicator
def test_what_is_summed_is_a_column_of_the_table_named(indicator: Indicator):
    table = re.search(rf"create table {indicator.table} \((.*?)\n\);", read_sql("edition/schema"), re.DOTALL)
    assert table is not None
    columns = set(re.findall(r"(\w+) (?:bigint|double|decimal)", table[1]))
    assert set(indicator.numerator) <= columns
    assert indicator.denominator in {None, "vintage"} | columns


@every_indicator
def test_an_indicator_is_split_only_by_dimensions_that_exist(indicator: Indicator):
    assert set(indicator.split_by) <= set(DIMENSIONS)
    assert {"place", "branch"} <= set(indicator.split_by)


@every_indicator
def test_no_survey_means_no_split_by_owner_or_fund(indicator: Indicator):
    assert indicator.table in ("work", "activity") or not {"owner", "owner_type", "fund"} & set(indicator.split_by)


@every_indicator
def test_a_percentage_has_a_denominator_and_a_plausible_range(indicator: Indicator):
    if indicator.unit == "percent":
        assert indicator.denominator is not None
        assert indicator.plausible == (0.0, None if indicator.table == "target" else 100.0)


@every_indicator
def test_every_promised_split_gives_rows_of_known_status(edition, indicator: Indicator):
    for by in (None, *indicator.split_by):
        found = compute.rows(edition, indicator.code, JUNE, Scope("16"), by)
        assert found, by
        assert {row.status for row in found} <= STATUSES
        assert all((row.value is not None) == (row.status in ("ok", "implausible")) for row in found)


@every_indicator
def test_a_split_that_is_not_promised_is_refused(edition, indicator: Indicator):
    for by in set(DIMENSIONS) - set(indicator.split_by):
        with pytest.raises(CakupanError, match=f"^{indicator.code} tidak ada menurut {by}"):
            compute.rows(edition, indicator.code, JUNE, Scope("16"), by)


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("population_coverage", 100 * 1 / 8),
        ("active_members", 1),
        ("gap_to_estimate", 8 - 1),
        ("new_members", 0),
        ("ended_members", 0),
        ("placement_coverage", 100 * 1 / 4),
        ("unprotected_placements", 4 - 1),
        ("site_coverage", 100 * 1 / 2),
    ],
)
def test_each_measure_of_the_small_world_is_what_can_be_counted_by_hand(edition, code, value):
    [row] = compute.rows(edition, code, JUNE, Scope("16"))
    assert (row.value, row.status) == (value, "ok")
