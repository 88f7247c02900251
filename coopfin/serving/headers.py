"""What every response says to the browser about what it may do, and what is not for the world to see."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import file_util

# Figures about the process, and an interface for programs that nobody here uses.
CLOSED = ("/_stcore/metrics", "/_stcore/agent")


def _inline_scripts() -> str:
    """The hashes of the scripts that stand in Streamlit's own start page: these may run, another in their place may not."""
    start = Path(file_util.get_static_dir(), "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", start, flags=re.DOTALL)
    return " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(each.encode()).digest()).decode()}'" for each in scripts)


# Nothing from outside, no frame around it, and as little else as Streamlit's front end can do with.
POLICY = {
    "default-src": "'none'",
    # Our own components are modules at an address in the browser; messages are decoded with a few lines of WebAssembly.
    "script-src": f"'self' blob: 'wasm-unsafe-eval' {_inline_scripts()}",
    "style-src": "'self' 'unsafe-inline'",  # emotion, React and our own components write styles as they draw
    "img-src": "'self' data:",  # the page's icon is sent so
    "font-src": "'self' data:",  # two fonts stand in Streamlit's style sheet
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in POLICY.items()),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class Headers:
    """ASGI middleware: the headers on every response that does not set them itself, and 404 for what is ``CLOSED``."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def with_headers(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start", "websocket.accept"):
                told = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    told.setdefault(name, value)
            await send(message)

        if scope["type"] == "http" and scope["path"].startswith(CLOSED):
            await PlainTextResponse("Not Found", status_code=404)(scope, receive, with_headers)
        else:
            await self.app(scope, receive, with_headers)
