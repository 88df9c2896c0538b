"""Attempts to sign in: how many are free, how long the next one waits, and what the file keeps of them."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from data import accounts_file, attempts
from data.attempts import ADDRESS, NAME, PAIR, begin_attempt, note_success, wait_seconds

NOW = datetime(2024, 7, 31, 2, 0, tzinfo=UTC)
HERE = "10.1.2.3"


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def fail(home, name: str, address: str, times: int, now: datetime = NOW) -> None:
    for _ in range(times):
        assert begin_attempt(home, name, address, now) == 0


def rows(home) -> list[str]:
    with accounts_file.opened(home) as file:
        return [row["key"] for row in file.execute("select key from attempt")]


def test_five_failures_of_a_name_from_an_address_are_free_then_one_a_minute(home):
    fail(home, "siti", HERE, PAIR.at_once)
    assert begin_attempt(home, "siti", HERE, NOW) == 60
    assert begin_attempt(home, "siti", HERE, after(59)) == 1
    assert begin_attempt(home, "siti", HERE, after(60)) == 0
    assert begin_attempt(home, "siti", HERE, after(60)) == 60


def test_waiting_out_five_minutes_gives_five_free_failures_again(home):
    fail(home, "siti", HERE, PAIR.at_once)
    fail(home, "siti", HERE, PAIR.at_once, after(5 * 60))
    assert wait_seconds(home, "siti", HERE, after(5 * 60)) == 60


def test_a_refused_attempt_does_not_lengthen_the_wait(home):
    fail(home, "siti", HERE, PAIR.at_once)
    assert [begin_attempt(home, "siti", HERE, NOW) for _ in range(50)] == [60] * 50


def test_the_case_of_a_name_and_spaces_around_it_make_no_new_name(home):
    for name in ("siti", "SITI", " Siti", "siti ", "sItI"):
        assert begin_attempt(home, name, HERE, NOW) == 0
    assert begin_attempt(home, "siti", HERE, NOW) == 60


def test_twenty_failures_of_a_name_from_anywhere_are_free_then_one_every_three_minutes(home):
    for n in range(NAME.at_once):
        fail(home, "siti", f"10.2.0.{n}", 1)
    assert begin_attempt(home, "siti", "10.3.3.3", NOW) == 180
    assert begin_attempt(home, "siti", "10.3.3.3", after(180)) == 0
    assert begin_attempt(home, "budi", "10.3.3.3", after(180)) == 0


def test_forty_failures_from_an_address_are_free_then_one_every_twenty_seconds(home):
    for n in range(ADDRESS.at_once):
        fail(home, f"nama{n}", HERE, 1)
    assert begin_attempt(home, "nama-lain", HERE, NOW) == 20
    assert begin_attempt(home, "nama-lain", "10.1.2.4", NOW) == 0


def test_a_success_takes_the_attempt_back_and_forgets_the_mistakes_before_it(home):
    fail(home, "siti", HERE, PAIR.at_once)
    assert begin_attempt(home, "siti", HERE, after(60)) == 0
    note_success(home, "siti", HERE, after(60))
    fail(home, "siti", HERE, PAIR.at_once, after(60))


def test_signing_in_oneself_does_not_free_the_address_to_guess_at_others(home):
    for n in range(ADDRESS.at_once):
        fail(home, f"nama{n}", HERE, 1)
    assert begin_attempt(home, "penyerang", HERE, after(20)) == 0
    note_success(home, "penyerang", HERE, after(20))
    assert begin_attempt(home, "korban", HERE, after(20)) == 0
    assert begin_attempt(home, "korban", HERE, after(20)) == 20


def test_strangers_who_guess_at_a_name_do_not_keep_its_owner_out(home):
    fail(home, "siti", HERE, 1)
    note_success(home, "siti", HERE, NOW)
    for n in range(NAME.at_once):
        fail(home, "siti", f"10.2.0.{n}", 1)
    assert wait_seconds(home, "siti", "10.3.3.3", NOW) == 180
    assert wait_seconds(home, "siti", HERE, NOW) == 0
    assert wait_seconds(home, "siti", HERE, after(10)) == 0


def test_after_thirty_days_an_address_is_a_strangers_again(home):
    later = NOW + timedelta(days=30)
    fail(home, "siti", HERE, 1)
    note_success(home, "siti", HERE, NOW)
    for n in range(NAME.at_once):
        fail(home, "siti", f"10.2.0.{n}", 1, later)
    assert wait_seconds(home, "siti", HERE, later) == 180


def test_addresses_of_one_ipv6_network_count_as_one(home):
    for n in range(PAIR.at_once):
        fail(home, "siti", f"2001:db8:1:1::{n + 1:x}", 1)
    assert wait_seconds(home, "siti", "2001:db8:1:1:ffff::1", NOW) == 60
    assert wait_seconds(home, "siti", "2001:db8:1:2::1", NOW) == 0


def test_an_ipv4_address_inside_ipv6_is_that_address(home):
    fail(home, "siti", "::ffff:10.1.2.3", PAIR.at_once)
    assert wait_seconds(home, "siti", HERE, NOW) == 60


def test_a_restart_forgets_nothing(home):
    fail(home, "siti", HERE, PAIR.at_once)
    accounts_file._idle.close()
    assert wait_seconds(home, "siti", HERE, NOW) == 60


def test_a_clock_set_back_neither_fills_nor_empties(home):
    fail(home, "siti", HERE, PAIR.at_once)
    assert wait_seconds(home, "siti", HERE, NOW - timedelta(days=1)) == 60


def test_twenty_attempts_sent_at_once_are_not_more_than_five(home):
    answers = []

    def attempt() -> None:
        answers.append(begin_attempt(home, "siti", HERE, NOW))

    threads = [threading.Thread(target=attempt) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [0] * PAIR.at_once + [60] * (20 - PAIR.at_once)


def test_what_has_leaked_away_is_deleted(home):
    for n in range(30):
        fail(home, f"nama{n}", HERE, 1)
    assert len(rows(home)) == 30 + 30 + 1
    # The slowest bucket with one drop is empty after 180 seconds, that of the address with 31 after 31 × 20.
    fail(home, "lain", HERE, 1, after(600))
    assert len(rows(home)) == 3


def test_what_was_typed_as_a_name_cannot_be_read_from_the_file(home):
    fail(home, "kata-sandi-rahasia-siti", HERE, 1)
    written = b"".join(path.read_bytes() for path in home.root.glob("accounts.sqlite*"))
    assert b"rahasia" not in written
    assert HERE.encode() not in written
    assert all(len(key) == attempts.KEY_HEX_DIGITS for key in rows(home))


@pytest.mark.parametrize("name", ["", " ", "x" * 10_000, "nama\0lain", "\ud800"])
def test_whatever_is_typed_is_counted(home, name):
    fail(home, name, "bukan alamat", PAIR.at_once)
    assert begin_attempt(home, name, "bukan alamat", NOW) == 60
