"""Widgets that always show the record's value, also where another widget, a link or a step back changed it.

A value set from code reaches the browser only at the end of a run. If the user moves something else meanwhile, the
browser still reports the old value, which looks like a move back: an echo, told from a move by what it showed before.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from coopfin.ui.session import echoes
from coopfin.ui.session.state import KEY, Session


def hold(key: str, value: Any) -> None:
    """Make the widget ``key`` show ``value``; call just before the widget is drawn."""
    session: Session = st.session_state[KEY]
    showing = st.session_state.get(key)
    session.record = echoes.held(session.record, key, showing, value)
    session.widgets.add(key)
    if showing != value:
        st.session_state[key] = value


def moved(key: str) -> bool:
    """Whether the user moved the widget; False for the echo of a value that was just replaced."""
    session: Session = st.session_state[KEY]
    session.record, is_move = echoes.reported(session.record, key, st.session_state[key])
    return is_move
