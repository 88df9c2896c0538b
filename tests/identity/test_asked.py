"""Whose address counts, and under which names the server is asked."""

from pathlib import Path

import pytest

from data.config import Config, load_config
from data.home import Home
from identity.asked import Asked, OwnNames, client_address
from tests.identity.asgi import scope_of


def config_with(folder: Path, settings: str) -> Config:
    home = Home(folder)
    home.config_path.write_text(settings, "utf-8")
    return load_config(home)


def asked_by(peer: str, *forwarded: str) -> Asked:
    headers = [(b"x-forwarded-for", value.encode()) for value in forwarded]
    return Asked(scope_of("http", "/", headers, client=(peer, 1)))


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        # Nobody but the proxy is believed, and the proxy only as far as it saw for itself.
        ("10.0.0.9", (), "10.0.0.9"),
        ("10.0.0.9", ("6.6.6.6",), "10.0.0.9"),
        ("127.0.0.1", (), "127.0.0.1"),
        ("127.0.0.1", ("10.0.0.9",), "10.0.0.9"),
        ("127.0.0.1", ("6.6.6.6, 10.0.0.9",), "10.0.0.9"),
        ("127.0.0.1", ("6.6.6.6", "10.0.0.9"), "10.0.0.9"),
        ("127.0.0.1", ("6.6.6.6, 10.0.0.9, 192.168.1.4",), "10.0.0.9"),
        ("127.0.0.1", ("127.0.0.1, 192.168.1.4",), "127.0.0.1"),
        ("::ffff:127.0.0.1", ("10.0.0.9",), "10.0.0.9"),
        ("127.0.0.1", ("unknown",), "127.0.0.1"),
        ("127.0.0.1", ("",), "127.0.0.1"),
        ("127.0.0.1", ("2001:db8::1",), "2001:db8::1"),
    ],
)
def test_the_nearest_address_that_is_no_trusted_proxy_counts(
    tmp_path: Path, peer: str, forwarded: tuple[str, ...], address: str
) -> None:
    config = config_with(tmp_path, '[server]\ntrusted_proxies = ["127.0.0.1", "192.168.1.0/24"]\n')
    assert client_address(asked_by(peer, *forwarded), config) == address


def test_without_a_trusted_proxy_the_peer_counts_whatever_it_says(tmp_path: Path) -> None:
    config = config_with(tmp_path, "")
    assert client_address(asked_by("127.0.0.1", "10.0.0.9"), config) == "127.0.0.1"


@pytest.mark.parametrize(
    ("public_url", "origin"),
    [
        ("https://Cakupan.Contoh.go.id", "https://cakupan.contoh.go.id"),
        ("https://cakupan.contoh.go.id:443", "https://cakupan.contoh.go.id"),
        ("https://cakupan.contoh.go.id:8443", "https://cakupan.contoh.go.id:8443"),
        ("http://10.1.2.3:8501", "http://10.1.2.3:8501"),
        ("", ""),
    ],
)
def test_the_public_origin_is_written_as_a_browser_writes_it(tmp_path: Path, public_url: str, origin: str) -> None:
    config = config_with(tmp_path, f'[server]\npublic_url = "{public_url}"\n')
    assert OwnNames(config).public_origin == origin


def test_a_configured_address_is_a_name_of_the_server(tmp_path: Path) -> None:
    settings = '[identity]\nmode = "password"\n[server]\naddress = "10.1.2.3"\n'
    names = OwnNames(config_with(tmp_path, settings))
    asked = Asked(scope_of("http", "/", {"host": "10.1.2.3:8501"}))
    assert names.check_host(asked) == "10.1.2.3:8501"
    assert names.is_own_origin("http://10.1.2.3:8501", "10.1.2.3:8501")
    assert not names.is_own_origin("http://10.1.2.4:8501", "10.1.2.3:8501")
