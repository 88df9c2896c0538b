"""One reader's connection to a running server: asks for a page over the websocket, as the browser does."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

LONGEST_SECONDS = 600


@dataclass(frozen=True)
class Answer:
    """What came back for one request: the elements of the page, and the seconds until the script had finished."""

    seconds: float
    elements: list[bytes]
    frames: list[bytes]  # everything, as it came over the wire


class Reader:
    """Use as a context manager; every `open` is a run of the script in the same session.

    `cookie` is the Cookie header of somebody who signed in.
    """

    def __init__(self, port: int, *, cookie: str = "") -> None:
        self.session_id = ""
        self._origin = f"http://127.0.0.1:{port}"
        self._connection = connect(
            f"ws://127.0.0.1:{port}/_stcore/stream",
            origin=Origin(self._origin),
            additional_headers={"Cookie": cookie} if cookie else None,
            subprotocols=[Subprotocol("streamlit")],
            max_size=None,
            ping_interval=None,  # a browser never asks; the server does
            compression=None,
        )

    def __enter__(self) -> Self:
        self._socket = self._connection.__enter__()
        return self

    def __exit__(self, *raised: object) -> None:
        self._socket.close()

    def open(self, page: str = "", **address: str) -> Answer:
        """Run the page at /page?place=…&month=… . Fails where the script does."""
        return self.run(self.request(page, **address))

    def request(self, page: str = "", **address: str) -> BackMsg:
        """What a browser sends that was led to this address."""
        request = BackMsg()
        request.rerun_script.query_string = urlencode(address)
        request.rerun_script.page_name = page
        request.rerun_script.context_info.url = f"{self._origin}/{page}"
        return request

    def run(self, request: BackMsg) -> Answer:
        """Whatever comes until the script that the request starts has finished."""
        started = time.perf_counter()
        self.send(request)
        elements, frames = [], []
        for frame in self.frames():
            message = ForwardMsg.FromString(frame)
            frames.append(frame)
            if message.HasField("new_session"):
                self.session_id = message.new_session.initialize.session_id
            if message.HasField("delta"):
                elements.append(_element(message))
            if message.HasField("script_finished") and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                assert message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY, message
                break
        return Answer(time.perf_counter() - started, elements, frames)

    def send(self, request: BackMsg) -> None:
        self._socket.send(request.SerializeToString())

    def frames(self, seconds: float = LONGEST_SECONDS) -> Iterator[bytes]:
        """Whatever the server sends from now on. TimeoutError after so long a silence."""
        while True:
            yield self._socket.recv(timeout=seconds, decode=False)


def _element(message: ForwardMsg) -> bytes:
    """The element without the number by which a server finds the file of a download button: drawn at random."""
    element = message.delta.new_element
    kind = element.WhichOneof("type")
    assert kind != "exception", element
    if kind == "download_button":
        element.download_button.ClearField("deferred_file_id")
    return message.delta.SerializeToString()
