"""How the server answers over the network."""

import socket

from streamlit.web.server.starlette import starlette_server

import server


def test_a_connection_sends_at_once_what_it_has():
    assert server.app
    with (
        starlette_server._bind_socket("127.0.0.1", 0, 1) as listening,
        socket.create_connection(listening.getsockname()),
        listening.accept()[0] as accepted,
    ):
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 1
