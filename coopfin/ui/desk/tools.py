"""One click each: copy the link, copy the table, show the link as a QR code, go on stage, take the comparison as CSV."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from coopfin.export import write_comparison
from coopfin.ui.desk import code
from coopfin.ui.parts.downloads import download
from coopfin.ui.session import planning, state
from coopfin.ui.session.state import State

_TOOLS = st.components.v2.component(
    "coopfin_tools",
    html="""
<div class="tools">
  <button name="link">Copy link</button>
  <button name="table">Copy table</button>
  <button name="code">QR code</button>
  <button name="stage" title="Large, for a room: one lever, moved by keys">Stage</button>
  <span role="status"></span>
</div>
""",
    css=Path(__file__).with_name("tools.css").read_text(encoding="utf-8"),
    js=Path(__file__).with_name("tools.js").read_text(encoding="utf-8"),
)


def tools(now: State) -> None:
    """Draw them in one row."""
    with st.container(horizontal=True, key="desk-tools", gap="small", vertical_alignment="center"):
        asked = _TOOLS(
            key="tools", data={}, width="content",
            on_against_change=_against, on_code_change=_nothing, on_stage_change=state.go_on_stage,
        )  # fmt: skip
        download(now, "comparison", "CSV", lambda: write_comparison(now.comparison))
    if asked.code:
        _code()


def _against() -> None:
    """A head of the table was clicked: that firm comes first, and the others are compared with it."""
    name = (st.session_state.get("tools") or {}).get("against")
    if isinstance(name, str):
        planning.place(name, 0)


def _nothing() -> None:
    """The code is shown where the tools are drawn."""


@st.dialog("The link to this scenario")
def _code() -> None:
    """The link as a code that a phone reads."""
    address = code.address()
    picture = code.svg(address)
    if picture is None:
        st.info(code.TOO_LONG)
        return
    st.image(picture, width="stretch")
    st.code(address, wrap_lines=True)
