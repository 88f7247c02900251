"""What the page says while the server is out of reach: at once, in words, and what to do, which is nothing."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

WORDS = "No connection to the server. Trying again by itself; what you entered here is kept."

_HERE = Path(__file__)
_CONNECTION = st.components.v2.component(
    "coopfin_connection", html='<p role="status"></p>', css=_HERE.with_suffix(".css").read_text(encoding="utf-8"),
    js=_HERE.with_suffix(".js").read_text(encoding="utf-8"),
)  # fmt: skip


def connection() -> None:
    """Draw it once on every page; it is not seen while there is a connection."""
    _CONNECTION(key="connection", data={"words": WORDS})
