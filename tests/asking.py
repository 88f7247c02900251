"""Requests to a running server as they go over the wire, for tests."""

from __future__ import annotations

import urllib.error
import urllib.request
from email.message import Message


def ask(address: str, method: str = "GET", body: bytes | None = None, **headers: str) -> tuple[int, Message, bytes]:
    """Status, headers and body of the answer to a request."""
    request = urllib.request.Request(
        address, body, {name.replace("_", "-"): value for name, value in headers.items()}, method=method
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.headers, refused.read()
