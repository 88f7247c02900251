"""Phones of a room as a program: they come in, listen, answer, and go to another server where one is gone."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

LOST = (OSError, asyncio.IncompleteReadError, ValueError, IndexError)


@dataclass
class Phone:
    """One phone; ``ports`` are servers on loopback, the first one that of its choice."""

    code: str
    ports: Sequence[int]
    cookie: str = ""
    told: float = 0.0  # when it heard that the question is open
    answered: bool = False
    failures: int = 0
    heard: asyncio.Event = field(default_factory=asyncio.Event)

    async def live(self, come: float, answer: float) -> None:
        """Come in after so many seconds, and answer so many seconds after the question was opened."""
        await asyncio.sleep(come)
        await self._until(self._join)
        listening = asyncio.create_task(self._listen())
        await self.heard.wait()
        await asyncio.sleep(answer)
        await self._until(self._answer)
        listening.cancel()

    async def _until(self, step) -> None:  # type: ignore[no-untyped-def]
        for attempt in range(60):
            try:
                await step(self.ports[attempt % len(self.ports)])
                return
            except LOST:
                self.failures += 1
                await asyncio.sleep(0.25)

    async def _join(self, port: int) -> None:
        await self._ask(port, "GET", "")  # the page itself
        head, _ = await self._ask(port, "POST", "/join", {})
        self.cookie = next(line for line in head if line.lower().startswith("set-cookie")).split(": ", 1)[1].split(";")[0]

    async def _answer(self, port: int) -> None:
        head, body = await self._ask(port, "POST", "/answer", {"number": 1, "value": 12})
        if " 200 " not in head[0]:
            raise ValueError(head[0])
        self.answered = json.loads(body) == {"value": 12.0}

    async def _listen(self) -> None:
        for attempt in range(200):
            try:
                async for told in self._events(self.ports[attempt % len(self.ports)]):
                    if told.get("q") and told["q"]["phase"] == "open" and not self.heard.is_set():
                        self.told = time.monotonic()
                        self.heard.set()
            except LOST:
                pass
            await asyncio.sleep(0.25)

    async def _events(self, port: int) -> AsyncIterator[dict]:  # type: ignore[type-arg]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(self._request("GET", "/events", port))
            await reader.readuntil(b"\r\n\r\n")
            while line := await reader.readline():
                if line.startswith(b"data: {"):
                    yield json.loads(line[6:])
        finally:
            writer.close()

    async def _ask(self, port: int, method: str, path: str, sent: object = None) -> tuple[list[str], bytes]:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(self._request(method, path, port, b"" if sent is None else json.dumps(sent).encode()))
            whole = await asyncio.wait_for(reader.read(), 10)
        finally:
            writer.close()
        head, _, body = whole.partition(b"\r\n\r\n")
        return head.decode().split("\r\n"), body

    def _request(self, method: str, path: str, port: int, body: bytes = b"") -> bytes:
        lines = [f"{method} /room/{self.code}{path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Connection: close"]
        lines += [f"Cookie: {self.cookie}"] if self.cookie else []
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"] if method == "POST" else []
        return "\r\n".join([*lines, "", ""]).encode() + body
