"""Widgets that always show the state's value, also where another widget, a link or a reset changed it.

A value set from code reaches the browser only at the end of a run. If the user moves something else meanwhile, the
browser still reports the old value, which looks like a move back. Such an echo is told from a real move by what
the widget showed before.
"""

from __future__ import annotations

from typing import Any

import streamlit as st


def turn_page(page: str) -> bool:
    """Tell which page is drawn; True if it is another than before.

    On another page the browser makes every widget anew: each must be told its value again.
    """
    turned: bool = st.session_state.get("page", page) != page
    if turned:
        for key in st.session_state.pop("held", ()):
            st.session_state.pop(key, None)
        st.session_state.pop("pending", None)
    st.session_state["page"] = page
    return turned


def hold(key: str, value: Any) -> None:
    """Make the widget ``key`` show ``value``; call just before the widget is drawn."""
    pending = st.session_state.setdefault("pending", {})
    st.session_state.setdefault("held", set()).add(key)
    shown = st.session_state.get(key)
    if shown == value:
        pending.pop(key, None)  # the browser has it
        return
    if shown is not None:
        pending.setdefault(key, shown)
    st.session_state[key] = value


def moved(key: str) -> bool:
    """Whether the user moved the widget; False for the echo of a value that was just replaced."""
    pending = st.session_state.setdefault("pending", {})
    if key in pending and st.session_state[key] == pending[key]:
        return False
    pending.pop(key, None)
    return True
