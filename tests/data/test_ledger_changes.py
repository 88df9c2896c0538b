"""Which rows count otherwise between two states of the ledger: by hand, and as plain dictionaries count them."""

from datetime import date

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.ledger import scratch_ledger
from data.ledger_changes import kind_changes
from data.preview import CellChange, KindChanges
from tests.naive_changes import naive_changes
from tests.strategies import worlds
from tests.worlds import BLANK_ROW, deliver, empty_world, fill_ledger

AS_OF = date(2024, 6, 30)
YEAR = (date(2024, 1, 1), date(2024, 12, 31))
SPAN = {"mulai": date(2024, 2, 1), "selesai": date(2024, 5, 31)}


@pytest.fixture(scope="module")
def ledger():
    with scratch_ledger() as connection:
        yield connection


def changes(ledger: duckdb.DuckDBPyConnection, world, before, after) -> dict[str, KindChanges]:
    for table in ("batch", "person", *BLANK_ROW):
        ledger.execute(f"delete from {table}")
    fill_ledger(ledger, world)
    return {one.kind: one for one in kind_changes(ledger, before, after)}


def counts(one: KindChanges) -> tuple[int | None, ...]:
    return one.new, one.changed, one.gone, one.ended, one.unchanged


def test_rows_are_new_changed_or_unchanged_by_their_natural_key(ledger):
    world = empty_world(AS_OF)
    deliver(world, "proyek", {"kode_proyek": "P-1"} | SPAN, {"kode_proyek": "P-2"} | SPAN)
    second = {"kode_proyek": "P-2", "tenaga_kerja": 12} | SPAN
    deliver(world, "proyek", second, {"kode_proyek": "P-3"} | SPAN)
    (one,) = changes(ledger, world, {1}, {1, 2}).values()
    assert counts(one) == (1, 1, 0, 0, 1)
    assert one.examples == [CellChange("P-2", "tenaga_kerja", None, "12")]


def test_an_undo_is_the_same_the_other_way_round(ledger):
    world = empty_world(AS_OF)
    deliver(world, "proyek", {"kode_proyek": "P-1"} | SPAN)
    deliver(world, "proyek", {"kode_proyek": "P-1", "penyedia": "PT Contoh"} | SPAN, {"kode_proyek": "P-3"} | SPAN)
    (one,) = changes(ledger, world, {1, 2}, {1}).values()
    assert counts(one) == (0, 1, 1, 0, 0)
    assert one.examples == [CellChange("P-1", "penyedia", "PT Contoh", None)]


def test_an_older_position_changes_nothing_that_a_newer_one_states(ledger):
    world = empty_world(AS_OF)
    deliver(world, "proyek", {"kode_proyek": "P-1", "tenaga_kerja": 5} | SPAN, as_of=date(2024, 3, 1))
    deliver(world, "proyek", {"kode_proyek": "P-1", "tenaga_kerja": 9} | SPAN, as_of=date(2024, 1, 5))
    (one,) = changes(ledger, world, {1}, {1, 2}).values()
    assert counts(one) == (0, 0, 0, 0, 1)


@pytest.mark.parametrize(
    ("scope", "period", "ended"),
    [
        ("16.71", YEAR, 1),
        ("16", YEAR, 1),
        ("00", YEAR, 1),
        ("Dinas PUPR", YEAR, 1),
        ("16.07", YEAR, 0),
        ("Dinas Lain", YEAR, 0),
        ("16.71", (date(2024, 5, 31), date(2024, 12, 31)), 1),
        ("16.71", (date(2024, 6, 1), date(2024, 12, 31)), 0),
        ("16.71", (date(2023, 1, 1), date(2024, 1, 31)), 0),
    ],
)
def test_a_later_complete_delivery_ends_what_it_does_not_list(ledger, scope, period, ended):
    world = empty_world(AS_OF)
    deliver(world, "proyek", {"kode_proyek": "P-1"} | SPAN, {"kode_proyek": "P-2"} | SPAN)
    later = date(2024, 3, 1)
    deliver(world, "proyek", {"kode_proyek": "P-2"} | SPAN, as_of=later, complete_for=scope, period=period)
    (one,) = changes(ledger, world, {1}, {1, 2}).values()
    assert counts(one) == (0, 0, ended, ended, 2 - ended)


@pytest.mark.parametrize(("written", "complete_for"), [("Dinas PUPR", "PUPR"), ("PUPR", "Dinas PUPR")])
def test_an_owner_is_reached_by_whatever_it_is_called_in_its_complete_delivery(ledger, written, complete_for):
    world = empty_world(AS_OF)
    deliver(world, "proyek", {"kode_proyek": "P-1", "pemilik": written} | SPAN)
    other = {"kode_proyek": "P-2", "pemilik": "Dinas Lain"} | SPAN
    deliver(world, "proyek", other, as_of=date(2024, 3, 1), complete_for=complete_for, period=YEAR)
    (apart,) = changes(ledger, world, {1}, {1, 2}).values()
    (known,) = kind_changes(ledger, {1}, {1, 2}, owner_names={"PUPR": "Dinas PUPR"})
    assert (counts(apart), counts(known)) == ((1, 0, 0, 0, 1), (1, 0, 1, 1, 0))


def test_persons_are_counted_and_never_shown(ledger):
    world = empty_world(AS_OF)
    spell = {"person_id": 1, "kode_proyek": "P-1", "mulai": date(2024, 1, 1)}
    deliver(world, "tenaga_kerja", spell)
    deliver(world, "tenaga_kerja", spell | {"selesai": date(2024, 2, 1)}, spell | {"person_id": 2})
    (one,) = changes(ledger, world, {1}, {1, 2}).values()
    assert (counts(one), one.examples) == ((1, 1, 0, 0, 0), [])


def test_kinds_of_which_nothing_comes_or_goes_are_not_told(ledger):
    world = empty_world(AS_OF)
    deliver(world, "proyek", {"kode_proyek": "P-1"} | SPAN)
    deliver(world, "rekap", {"wilayah": "16", "bulan": date(2024, 1, 31), "peserta_aktif": 5})
    assert list(changes(ledger, world, {1}, {1, 2})) == ["rekap"]


def test_a_blank_of_a_key_is_a_value_of_its_own(ledger):
    world = empty_world(AS_OF)
    report = {"wilayah": "16", "bulan": date(2024, 1, 31), "peserta_aktif": 5}
    deliver(world, "rekap", report, report | {"sektor": "konstruksi"})
    deliver(world, "rekap", report | {"peserta_aktif": 6})
    (one,) = changes(ledger, world, {1}, {1, 2}).values()
    assert counts(one) == (0, 1, 0, 0, 1)
    assert one.examples == [CellChange("16 · 2024-01-31 · JAKON · Kanwil", "peserta_aktif", "5", "6")]


def test_at_most_twenty_cells_are_shown(ledger):
    world = empty_world(AS_OF)
    codes = [f"P-{number:02}" for number in range(30)]
    deliver(world, "proyek", *({"kode_proyek": code} | SPAN for code in codes))
    deliver(world, "proyek", *({"kode_proyek": code, "tenaga_kerja": 1} | SPAN for code in codes))
    (one,) = changes(ledger, world, {1}, {1, 2}).values()
    assert one.changed == 30
    assert [cell.key for cell in one.examples] == codes[:20]


@settings(max_examples=60)
@given(world=worlds(), data=st.data())
def test_two_states_differ_as_plain_dictionaries_say(ledger, world, data):
    numbers = [batch["batch_id"] for batch in world["batches"]]
    before, after = (set(data.draw(st.lists(st.sampled_from(numbers), unique=True))) for _ in range(2))
    found = {kind: counts(one) for kind, one in changes(ledger, world, before, after).items()}
    assert found == naive_changes(world, before, after)
