"""Steps of a publication: each is told once, in its turn, and those of several publications are told together."""

from itertools import pairwise

import pytest

from data.editions import AFTER_ROLLUP, BEFORE_ROLLUP, PROJECTS, STEPS, publish
from data.rehearsal import rehearsed_import, rehearsed_publish
from data.steps import Steps, is_step, one_of_several, parts_within
from tests.card_home import AS_OF, LATE

MORE = LATE.replace("P-2,2400000000002", "P-3,2400000000003")


class Told:
    def __init__(self):
        self.all = []

    def __call__(self, stage, done, total):
        self.all.append((stage, done, total))

    @property
    def steps(self):
        return [told for told in self.all if is_step(told[0], told[2])]


def test_a_publication_tells_each_of_its_steps_once_and_in_turn(card_home):
    told = Told()
    publish(card_home, AS_OF, told)
    assert [(done, total) for _stage, done, total in told.all] == [(step, STEPS) for step in range(STEPS)]
    stages = [stage for stage, _done, _total in told.all]
    prepared = [f"Menyiapkan {name}" for name in PROJECTS + BEFORE_ROLLUP]
    counted = [*prepared, "Menghitung orang", *(f"Menyusun {name}" for name in AFTER_ROLLUP)]
    assert stages == [*counted, "Memeriksa edisi", "Menyimpan edisi"]


def test_parts_are_told_within_the_step_that_counts_persons(card_home):
    told = Told()
    publish(card_home, AS_OF, told, partitions=3)
    counting = [(parts_within(stage), done) for stage, done, _total in told.all if "Menghitung orang" in stage]
    step = len(PROJECTS + BEFORE_ROLLUP)
    assert counting == [(None, step), ((1, 3), step), ((2, 3), step), ((3, 3), step)]
    assert max(done for _stage, done, _total in told.all) == STEPS - 1


def test_a_preview_of_a_publication_is_one_publication(card_home):
    told = Told()
    with rehearsed_publish(card_home, as_of=AS_OF, progress=told):
        assert [(done, total) for _stage, done, total in told.steps] == [(step, STEPS) for step in range(STEPS)]


def test_a_preview_that_builds_both_editions_counts_the_steps_of_both(card_home, tmp_path):
    publish(card_home, AS_OF)
    other_day = AS_OF.replace(month=AS_OF.month - 1, day=28)
    (file := tmp_path / "pendaftaran.csv").write_text(MORE, "utf-8")
    told = Told()
    with rehearsed_import(card_home, [file], {"data_as_of": AS_OF}, as_of=other_day, progress=told) as rehearsed:
        assert rehearsed.baseline == "built"
    assert {total for _stage, _done, total in told.steps} == {2 * STEPS}
    assert all(before < after for (_, before, _), (_, after, _) in pairwise(told.steps))
    assert told.steps[-1] == ("Menyimpan edisi", 2 * STEPS - 1, 2 * STEPS)


def test_a_preview_beside_the_served_edition_builds_one(card_home, tmp_path):
    publish(card_home, AS_OF)
    (file := tmp_path / "pendaftaran.csv").write_text(MORE, "utf-8")
    told = Told()
    with rehearsed_import(card_home, [file], {"data_as_of": AS_OF}, as_of=AS_OF, progress=told) as rehearsed:
        assert rehearsed.baseline == "served"
    assert {total for _stage, _done, total in told.steps} == {STEPS}


def test_a_file_that_changes_nothing_has_no_steps_where_an_edition_is_served(card_home, tmp_path):
    publish(card_home, AS_OF)
    (file := tmp_path / "pendaftaran.csv").write_text(LATE, "utf-8")
    told = Told()
    with rehearsed_import(card_home, [file], {}, as_of=AS_OF, progress=told) as rehearsed:
        assert rehearsed.before is rehearsed.after
    assert told.all == []  # known by its bytes


def test_a_file_that_changes_nothing_has_the_steps_of_one_edition_on_another_day(card_home, tmp_path):
    publish(card_home, AS_OF)
    (file := tmp_path / "pendaftaran.csv").write_text(LATE, "utf-8")
    told, other_day = Told(), AS_OF.replace(month=AS_OF.month - 1, day=28)
    with rehearsed_import(card_home, [file], {}, as_of=other_day, progress=told):
        assert told.steps[-1] == ("Menyimpan edisi", STEPS - 1, STEPS)


def test_a_step_of_one_part_is_told_once():
    told = Told()
    steps = Steps(told, 2)
    steps.begin("Menghitung orang")
    steps.within("Menghitung orang", 0, 1)
    steps.begin("Memeriksa edisi")
    assert told.all == [("Menghitung orang", 0, 2), ("Memeriksa edisi", 1, 2)]


def test_rows_are_no_steps_and_stay_as_they_are_among_several_acts():
    told = Told()
    second = one_of_several(told, 1, 2)
    assert second is not None
    second("membaca", 120, None)
    second("Menyusun work", 5, 10)
    assert told.all == [("membaca", 120, None), ("Menyusun work", 10 + 5, 2 * 10)]
    assert told.steps == [("Menyusun work", 15, 20)]


@pytest.mark.parametrize("stage", ["menyalin", "memeriksa", "Menulis XLSX", "Memulai"])
def test_what_counts_no_steps_is_none(stage):
    assert not is_step(stage, 9)
