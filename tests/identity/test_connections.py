"""Whose Streamlit session and whose file in memory something is."""

import pytest

from data.errors import CakupanError
from identity import connections
from identity.connections import bind, forget, give_file, may_fetch, owner_of


def test_a_session_belongs_to_who_was_bound_first() -> None:
    bind("page", "siti")
    bind("page", "siti")
    with pytest.raises(CakupanError, match="dibuka oleh orang lain"):
        bind("page", "tono")
    assert owner_of("page") == "siti"
    assert owner_of("another page") is None


def test_equal_files_of_two_readers_are_given_to_both_and_to_nobody_else() -> None:
    give_file("file", "siti")
    give_file("file", "tono")
    assert [may_fetch("file", owner) for owner in ("siti", "tono", "dewi", "")] == [True, True, False, False]
    assert not may_fetch("another file", "siti")


def test_an_ended_session_keeps_nothing_and_takes_nothing_from_another() -> None:
    for owner in ("siti", "tono"):
        bind(f"page of {owner}", owner)
        give_file("file", owner)
    forget("siti")
    assert [owner_of("page of siti"), owner_of("page of tono")] == [None, "tono"]
    assert [may_fetch("file", "siti"), may_fetch("file", "tono")] == [False, True]


def test_what_is_remembered_has_an_end_and_the_oldest_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "REMEMBERED", 2)
    for page in ("first", "second", "first", "third"):
        bind(page, "siti")
        give_file(page, "siti")
    assert [owner_of(page) for page in ("first", "second", "third")] == ["siti", None, "siti"]
    assert [may_fetch(page, "siti") for page in ("first", "second", "third")] == [True, False, True]
