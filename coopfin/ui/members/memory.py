"""What was worked out of a ledger, kept in the session only, so that it can be forgotten: names are in it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

import streamlit as st

Made = TypeVar("Made")
PLACE = "members-memory"


def remember(what: str, key: Hashable, make: Callable[[], Made]) -> Made:
    """What ``make`` gives for ``key``, made once; of each ``what`` only the last is kept."""
    kept = st.session_state.setdefault(PLACE, {})
    if what not in kept or kept[what][0] != key:
        kept[what] = key, make()
    return kept[what][1]


def last(what: str) -> object:
    """What was remembered last, None if nothing."""
    return st.session_state.get(PLACE, {}).get(what, (None, None))[1]


def forget() -> None:
    """Forget it all."""
    st.session_state.pop(PLACE, None)
