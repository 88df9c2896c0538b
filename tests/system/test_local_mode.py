"""Without a sign-in: whoever sits at this machine sees everything, and nobody else is let in."""

from collections.abc import Iterator

import pytest

from tests.bench.reader import Reader
from tests.browser.conftest import serve
from tests.system.security.conftest import Office, publish_small, said


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("sendiri")
    home = publish_small(folder)
    with serve(home.root, folder / "server.log") as server:
        yield Office(int(server.url.rpartition(":")[2]), home, server.log)


def test_who_sits_at_the_machine_sees_the_numbers_and_is_called_unauthenticated(office: Office) -> None:
    with Reader(office.port) as reader:
        text = said(reader.open(month="2024-07"))
    assert "300 dari 271.829" in text
    assert "tanpa autentikasi" in text
