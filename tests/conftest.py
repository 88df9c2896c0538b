"""Fixtures that every test may use. No test reads or writes the developer's own CAKUPAN_HOME."""

import shutil
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path

import duckdb
import pytest
from hypothesis import settings
from streamlit.components.v2 import manifest_scanner

from data.home import Home
from tests.card_home import make_card_home, serve
from tests.side_by_side import Cases

# Two shared cores: how long one example takes says nothing about the code.
settings.register_profile("cakupan", deadline=None, derandomize=True)
settings.load_profile("cakupan")


@pytest.fixture(scope="session", autouse=True)
def _no_test_finds_a_real_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAKUPAN_HOME", str(tmp_path_factory.mktemp("nobody") / "home"))
        yield


@pytest.fixture(scope="session", autouse=True)
def _duckdb_on_one_thread() -> Iterator[None]:
    """A few rows are counted a third quicker when DuckDB plans them for one thread. tests/system keeps the default."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(duckdb, "connect", partial(duckdb.connect, config={"threads": 1}))
        yield


@pytest.fixture
def empty_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """An empty CAKUPAN_HOME; child processes of the test find it too."""
    root = tmp_path / "home"
    root.mkdir()
    monkeypatch.setenv("CAKUPAN_HOME", str(root))
    return Home(root)


@pytest.fixture
def home(empty_home: Home) -> Home:
    """As `empty_home`; where a ledger that begins is not what is tested, a folder of tests gives one that has begun."""
    return empty_home


@pytest.fixture(scope="module")
def side_by_side(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Cases:
    """The CASES of a module, published together."""
    return request.module.CASES.publish(tmp_path_factory.mktemp("cases"))


@pytest.fixture(scope="session")
def made_card_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Three projects and two editions; made once, to be copied and never written."""
    home = Home(tmp_path_factory.mktemp("kartu") / "rumah")
    make_card_home(home)
    return home


@pytest.fixture(scope="module")
def card_home(made_card_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A copy for the tests of one module, which serves the first edition."""
    home = Home(tmp_path_factory.mktemp("kartu") / "rumah")
    shutil.copytree(made_card_home.root, home.root)
    serve(home, 1)
    return home


@pytest.fixture(scope="session", autouse=True)
def _packages_are_scanned_once() -> Iterator[None]:
    """Every new AppTest reads the metadata of all installed packages, for components: ten times the work of a page."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield
