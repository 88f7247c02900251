"""The page of a phone: one small text that never changes, with a policy under which nothing else can run in it."""

from __future__ import annotations

import base64
import gzip
import hashlib
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

_HERE = Path(__file__).parent


def _text(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8").strip()


_CSS, _JS = _text("phone.css"), _text("phone.js")
NO_ROOM = "There is no room with this code. Look at the screen in front again."
ENTER = "Type the code that stands on the screen in front."
TOO_MANY = "Too many wrong codes from this network. Wait a minute, and look at the code again."


def _page(inside: str, words: str = "") -> bytes:
    page = _text("phone.html").replace("{{css}}", _CSS).replace("{{words}}", words)
    return page.replace("{{inside}}", inside.replace("{{js}}", _JS)).encode()


def _sha(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


ROOM = _page(_text("room.html"), "Coming in …")
DOORS = {words: _page(_text("door.html"), words) for words in (ENTER, NO_ROOM, TOO_MANY)}
POLICY = (
    f"default-src 'none'; script-src {_sha(_JS)}; style-src {_sha(_CSS)}; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_ZIPPED = {page: gzip.compress(page, 9, mtime=0) for page in (ROOM, *DOORS.values())}


def answer(request: Request, page: bytes, status: int = 200) -> Response:
    """One of the pages, small where the browser can read it so."""
    headers = {
        "Content-Security-Policy": POLICY,
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "Vary": "Accept-Encoding",
    }
    if "gzip" in request.headers.get("accept-encoding", ""):
        page, headers["Content-Encoding"] = _ZIPPED[page], "gzip"
    return Response(page, status, headers, media_type="text/html")
