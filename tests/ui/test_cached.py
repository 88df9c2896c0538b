"""What ui/cached keeps between the runs of a page."""

from ui.cached import remembered


def test_what_is_remembered_is_computed_once_for_equal_arguments():
    asked = []

    @remembered
    def squares(upto: int) -> list[int]:
        asked.append(upto)
        return [number * number for number in range(upto)]

    assert (squares(3), squares(3), squares(2)) == ([0, 1, 4], [0, 1, 4], [0, 1])
    assert asked == [3, 2]


def test_a_caller_that_changes_its_copy_changes_no_other():
    @remembered
    def months() -> list[int]:
        return [1, 2]

    months().append(3)
    assert months() == [1, 2]
