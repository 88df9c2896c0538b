"""The history of each definition ends with the version in force."""

import pytest

from analytics.history import SECOND, history
from analytics.indicators import DECLARED, INDICATORS


@pytest.mark.parametrize("indicator", DECLARED, ids=lambda indicator: indicator.code)
def test_every_version_of_a_definition_has_its_entry_and_the_last_is_in_force(indicator):
    changes = history(indicator.code)
    assert [change.version for change in changes] == list(range(1, indicator.version + 1))
    days = [change.since for change in changes]
    assert days == sorted(days)
    assert all(change.what.id != change.what.en for change in changes)


def test_no_history_is_told_of_what_is_no_indicator():
    assert SECOND.keys() <= INDICATORS.keys()
