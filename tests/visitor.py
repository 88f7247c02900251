"""A browser without a screen: opens a page, moves levers, sends files, in Streamlit's own messages; many fit in a process."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from asking import ask
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

LEVERS = "coopfin_levers"  # what our component of levers is called, see coopfin/ui/levers/component.py
XSRF = "_streamlit_xsrf"


class Visitor:
    """One visit. ``page`` is the name of the page, empty for the first; what came with the last run is in ``messages``."""

    def __init__(self, address: str, socket: ClientConnection, cookies: dict[str, str], page: str, query: str) -> None:
        self.address, self.cookies, self.page, self.query = address, cookies, page, query
        self.socket = socket
        self.session = ""
        self.script = ""
        self.messages: list[ForwardMsg] = []
        self._cached: dict[str, ForwardMsg] = {}
        self._states: dict[str, dict[str, Any]] = {}
        self._levers: dict[str, Any] = {}
        self._levers_id = ""

    async def run(self) -> None:
        """Have the page drawn with what was entered, and wait until it is."""
        message = BackMsg()
        client = message.rerun_script
        client.query_string = self.query
        if self.script:
            client.page_script_hash = self.script
        else:
            client.page_name = self.page
        client.cached_message_hashes.extend(self._cached)
        for key, value in self._states.items():
            client.widget_states.widgets.add(id=key, **value)
        await self.socket.send(message.SerializeToString())
        await self._drawn()

    async def move(self, lever: str, firm: str, value: float) -> None:
        """Move a lever, and wait for the page that answers it; raises RuntimeError if it was not heard."""
        number = self._levers["seen"] + 1
        moves = {"to": self._levers["session"], "list": [[lever, firm, value, number]]}
        self._states[self._levers_id] = {"json_value": json.dumps({"moves": moves})}
        await self.run()
        if self._levers["seen"] < number:
            raise RuntimeError(f"the move of {lever} was not heard")

    async def unfold(self, label: str) -> None:
        """Open what is folded under this label, and wait until what is in it is drawn."""
        folds = [told.delta.add_block.expandable for told in self.messages if told.WhichOneof("type") == "delta"]
        self._states[next(each.id for each in folds if each.label == label)] = {"bool_value": True}
        await self.run()

    def value(self, lever: str, firm: str) -> float:
        """Where a lever stands."""
        row = next(each for each in self._levers["rows"] if each["name"] == lever)
        return next(float(each["value"]) for each in row["thumbs"] if each["firm"] == firm)

    async def announce(self, *names: str) -> list[str]:
        """Paths to send files of these names to."""
        message = BackMsg()
        message.file_urls_request.request_id = "files"
        message.file_urls_request.file_names.extend(names)
        await self.socket.send(message.SerializeToString())
        async for told in self._heard():
            if told.WhichOneof("type") == "file_urls_response":
                return [each.upload_url for each in told.file_urls_response.file_urls]
        raise RuntimeError("no addresses for files came")

    def put(self, path: str, content: bytes) -> tuple[int, str]:
        """Send a file to a path; status and text of the answer, which may come before all is sent."""
        head = 'Content-Disposition: form-data; name="file"; filename="mine.csv"\r\nContent-Type: text/csv'
        body = f"--border\r\n{head}\r\n\r\n".encode() + content + b"\r\n--border--\r\n"
        sent = {
            "Content-Type": "multipart/form-data; boundary=border", "Content-Length": str(len(body)),
            "Cookie": _written(self.cookies), "X-Xsrftoken": self.cookies[XSRF]
        }  # fmt: skip
        connection = HTTPConnection(urlsplit(self.address).netloc, timeout=60)
        try:
            connection.putrequest("PUT", path)
            for name, value in sent.items():
                connection.putheader(name, value)
            connection.endheaders()
            with suppress(BrokenPipeError, ConnectionResetError):
                connection.send(body)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    async def _drawn(self) -> None:
        self.messages = []
        async for told in self._heard():
            self.messages.append(told)
            kind = told.WhichOneof("type")
            if kind == "new_session":
                self.session = told.new_session.initialize.session_id or self.session
                self.script = told.new_session.page_script_hash
            elif kind == "delta":
                self._look_for_levers(told)
            elif kind == "script_finished":
                return

    def _look_for_levers(self, told: ForwardMsg) -> None:
        element = told.delta.new_element
        if element.WhichOneof("type") == "bidi_component" and element.bidi_component.component_name == LEVERS:
            self._levers_id = element.bidi_component.id
            self._levers = json.loads(element.bidi_component.json)

    async def _heard(self) -> AsyncIterator[ForwardMsg]:
        async for raw in self.socket:
            told = ForwardMsg.FromString(raw if isinstance(raw, bytes) else raw.encode())
            if told.WhichOneof("type") == "ref_hash":
                told = self._cached[told.ref_hash]
            elif told.metadata.cacheable and told.hash:
                self._cached[told.hash] = told
            yield told


@asynccontextmanager
async def visit(address: str, page: str = "", query: str = "") -> AsyncIterator[Visitor]:
    """Open a page as a browser does, and see it drawn."""
    cookies: dict[str, str] = {}
    for path in (f"/{page}", "/_stcore/health"):
        _, headers, _ = await asyncio.to_thread(ask, address + path, Cookie=_written(cookies))
        cookies |= _set(headers.get_all("Set-Cookie", []))
    where = f"ws://{urlsplit(address).netloc}/_stcore/stream"
    sent = {"Cookie": _written(cookies), "Origin": address}
    spoken = [Subprotocol("streamlit")]
    async with connect(where, subprotocols=spoken, additional_headers=sent, max_size=None, open_timeout=60) as socket:
        visitor = Visitor(address, socket, cookies, page, query)
        await visitor.run()
        yield visitor


def go(visits: Coroutine[Any, Any, None]) -> None:
    """Have visits made, in a thread of its own: the browser of other tests may have a loop running in this one."""
    with ThreadPoolExecutor(1) as beside:
        beside.submit(asyncio.run, visits).result()


def _set(lines: Iterable[str]) -> dict[str, str]:
    return {name: each.value for line in lines for name, each in SimpleCookie(line).items()}


def _written(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())
