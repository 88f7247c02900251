"""The address that phones in the same network can reach."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

import streamlit as st

HERE = ("localhost", "127.0.0.1", "::1", "")
ONLY_HERE = (
    "Phones cannot reach this address: it is this computer’s own. Stop the app, start it again with "
    "“make run HOST=0.0.0.0”, and join this room with its code and PIN: it is still there."
)


def for_phones(url: str, listens: str, own: str) -> tuple[str, str]:
    """The beginning of the address, and a warning where phones cannot reach it; empty where they can.

    ``url`` is the page's as the browser sees it, ``listens`` whom the server answers, ``own`` this computer's address
    in its network, empty where it has none.
    """
    parts = urlsplit(url)
    if (parts.hostname or "") not in HERE:
        return f"{parts.scheme}://{parts.netloc}", ""
    port = f":{parts.port}" if parts.port else ""
    if not own or listens in HERE[:3]:
        return f"{parts.scheme or 'http'}://{parts.hostname or 'localhost'}{port}", ONLY_HERE
    return f"{parts.scheme}://{own}{port}", ""


def own_address() -> str:
    """This computer's address in its network; empty where there is none. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(("192.0.2.1", 9))  # an address kept for examples: it only tells by which way packets would leave
        except OSError:
            return ""
        return str(asked.getsockname()[0])


def here() -> tuple[str, str]:
    """``for_phones`` of the page that is drawn."""
    return for_phones(st.context.url or "", st.get_option("server.address") or "0.0.0.0", own_address())
