"""`show` as a reader with a calculator meets it: what is printed gives what is printed beside it."""

import pytest
from typer.testing import CliRunner

from cakupan import app
from data.editions import publish
from data.home import Home
from tests.ui.test_glossary_words import MONTHS, attained_world
from tests.worlds import load_world


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home, world = Home(tmp_path_factory.mktemp("shown") / "home"), attained_world()
    load_world(home, world)
    publish(home, as_of=world["as_of"])
    return home


def shown(home, monkeypatch, place):
    monkeypatch.setenv("CAKUPAN_HOME", str(home.root))
    told = CliRunner().invoke(app, ["show", "target_attainment", "--place", place, "--month", f"{MONTHS[3]:%Y-%m}"])
    assert told.exit_code == 0, told.output
    return " ".join(told.stdout.split())


def test_a_value_beside_its_target_has_the_decimals_that_give_the_attainment(home, monkeypatch):
    # 124.042 of 274.000 are 45,2708 %, and 45,3 of 48 would be 94,4 %.
    assert "94,3 % 45,27 dari 48 (" in shown(home, monkeypatch, "16")


def test_a_target_is_quoted_in_every_digit(home, monkeypatch):
    # 2.111 + 3 × 1.013 of 9.700 workers are 53,09 %.
    assert " dari 22,35 (" in shown(home, monkeypatch, "16.04")


def test_money_and_counts_beside_their_target_are_whole(home, monkeypatch):
    told = shown(home, monkeypatch, "branch:kota")
    assert "58,6 % Rp8.170.328 dari Rp13.950.000 (" in told
    assert "33,3 % 1 dari 3 (" in told
