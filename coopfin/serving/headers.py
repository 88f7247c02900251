"""What every response says to the browser about what it may do, and what is not for the world to see."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
# Figures about the process, and an interface for programs that nobody here uses.
CLOSED = ("/_stcore/metrics", "/_stcore/agent")


class Headers:
    """ASGI middleware: the headers on every response, and 404 for what is ``CLOSED``."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def with_headers(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                told = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    told.setdefault(name, value)
            await send(message)

        if scope["type"] == "http" and scope["path"].startswith(CLOSED):
            await PlainTextResponse("Not Found", status_code=404)(scope, receive, with_headers)
        else:
            await self.app(scope, receive, with_headers)
