"""One reader's connection to a running server: asks for a page over the websocket, as the browser does."""

import time
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Subprotocol

LONGEST_SECONDS = 600


@dataclass(frozen=True)
class Answer:
    """What came back for one request: the elements of the page, and the seconds until the script had finished."""

    seconds: float
    elements: list[bytes]


class Reader:
    """Use as a context manager; every `open` is a run of the script in the same session."""

    def __init__(self, port: int) -> None:
        self._socket = connect(
            f"ws://127.0.0.1:{port}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            max_size=None,
            compression=None,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def open(self, **address: str) -> Answer:
        """Run the page at ?place=…&month=… . Fails where the script does."""
        request = BackMsg()
        request.rerun_script.query_string = urlencode(address)
        started = time.perf_counter()
        self._socket.send(request.SerializeToString())
        elements = []
        while True:
            message = ForwardMsg.FromString(self._socket.recv(timeout=LONGEST_SECONDS, decode=False))
            if message.HasField("script_finished"):
                break
            if message.HasField("delta"):
                elements.append(_element(message))
        assert message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY, message
        return Answer(time.perf_counter() - started, elements)


def _element(message: ForwardMsg) -> bytes:
    """The element without the number by which a server finds the file of a download button: drawn at random."""
    element = message.delta.new_element
    kind = element.WhichOneof("type")
    assert kind != "exception", element
    if kind == "download_button":
        element.download_button.ClearField("deferred_file_id")
    return message.delta.SerializeToString()
