"""The child that makes a meeting pack: what it is asked, what it tells, and that it ends with whoever listens."""

import os
from datetime import date

import pytest

from data import accounts, packs
from data.access import EVERYTHING
from data.accounts import Account
from data.editions import publish
from data.errors import CakupanError
from data.home import Home
from data.packs import PackRequest
from tests.worlds import deliver, empty_world, load_world
from ui import child, pack_child
from ui.pack_child import MOST_AT_ONCE, WAITING, arguments, made

REQUEST = PackRequest("--out=/tmp/x", date(2024, 8, 5), "opd", date(2024, 7, 31), "16", sections=("trend",))


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    world = empty_world(date(2024, 7, 31))
    deliver(world, "rekap", {"wilayah": "16", "bulan": date(2024, 7, 31), "peserta_aktif": 9})
    home = Home(tmp_path_factory.mktemp("child") / "home")
    load_world(home, world)
    publish(home, as_of=world["as_of"])
    return home


@pytest.fixture
def environment(home):
    return {**os.environ, "CAKUPAN_HOME": str(home.root)}


def test_each_option_is_one_word_so_that_a_name_is_never_an_option():
    assert arguments(REQUEST, 3) == [
        "--format=zip", "--month=2024-07", "--place=16", "--sector=konstruksi", "--meeting=--out=/tmp/x",
        "--day=2024-08-05", "--audience=opd", "--sections=trend", "--language=id", "--edition=3", "--json-lines",
    ]  # fmt: skip


def test_a_refusal_is_the_sentence_of_the_program(environment):
    unknown = PackRequest("Rapat", date(2024, 8, 5), "opd", date(2024, 7, 31), "16.99")
    with pytest.raises(CakupanError, match=r"16\.99"):
        list(made(unknown, 1, environment))


def test_who_stops_listening_stops_the_making_and_nothing_is_kept(environment, home):
    making = made(REQUEST, 1, environment)
    assert next(making)[0] == 0.0
    making.close()
    assert packs.packs_of(home, EVERYTHING) == []


def test_a_making_that_hangs_is_ended_and_leaves_its_place(environment, tmp_path, monkeypatch):
    hanging = tmp_path / "cakupan.py"
    hanging.write_text("import time; time.sleep(60)")
    with monkeypatch.context() as patch:
        patch.setattr(child, "PROGRAM", hanging)
        patch.setattr(pack_child, "LONGEST_SECONDS", 0.5)
        for _ in range(MOST_AT_ONCE + 1):
            with pytest.raises(CakupanError, match="terlalu lama"):
                list(made(REQUEST, 1, environment))
    making = made(REQUEST, 1, environment)
    assert next(making)[1] != WAITING
    making.close()


def test_an_account_makes_one_pack_at_a_time(environment):
    first = made(REQUEST, 1, environment)
    next(first)
    with pytest.raises(CakupanError, match="sedang dibuat"):
        next(made(REQUEST, 1, environment))
    first.close()
    again = made(REQUEST, 1, environment)
    assert next(again)[1] != WAITING
    again.close()


def test_who_is_too_many_waits_until_another_ends(environment, home):
    names = [f"pembaca{number}" for number in range(MOST_AT_ONCE + 1)]
    for name in names:
        accounts.add(home, Account(name, name, "viewer", places=("16",)), "kuda-nil-di-tepi-musi")
    making = [made(REQUEST, 1, environment | {"CAKUPAN_ACCOUNT": name}) for name in names]
    assert [next(one)[1] == WAITING for one in making] == [False, False, True]
    making[0].close()
    assert next(making[2])[1] != WAITING
    for one in making[1:]:
        one.close()
