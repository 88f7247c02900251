"""The exact entry of one assumption of one enterprise: it always shows the state's value."""

from __future__ import annotations

import math

import streamlit as st

from coopfin.display import words
from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.engine.declaration import Assumption
from coopfin.ui.session import state
from coopfin.ui.session.hold import hold, moved
from coopfin.ui.session.state import State


def step(assumption: Assumption) -> float:
    """A round step, about a two-hundredth of the plausible range, in the numbers of the entry field."""
    if assumption.unit.whole:
        return 1.0
    low, high = (end * words.shown_factor(assumption.unit) for end in assumption.plausible)
    power = 10.0 ** math.floor(math.log10((high - low) / 200))
    return next(power * m for m in (1.0, 2.0, 5.0, 10.0) if power * m * 200 >= (high - low) * 0.999)


def entry(now: State, name: str, enterprise: str, label: str, key: str) -> None:
    """The exact entry of one value; what is not possible is refused in words under the field, and the value stays."""
    assumption = ASSUMPTIONS[name]
    hold(key, _shown(now, name, enterprise))
    st.number_input(
        label, step=step(assumption), key=key, format=_entry_format(assumption), on_change=_moved, args=(key, name, enterprise)
    )
    refused = state.record().refused.get((name, enterprise))
    if refused:
        st.error(words.markdown(f"{refused}. The value stays as it was."))


def _shown(now: State, name: str, enterprise: str) -> float:
    return round(now.value(name, enterprise) * words.shown_factor(ASSUMPTIONS[name].unit), 10)


def _moved(key: str, name: str, enterprise: str) -> None:
    if moved(key):
        state.change(name, enterprise, round(st.session_state[key] / words.shown_factor(ASSUMPTIONS[name].unit), 12))


def _entry_format(assumption: Assumption) -> str:
    if assumption.unit.whole:
        return "%.0f"
    if assumption.unit.name == "money":
        return "%.0f" if step(assumption) >= 1 else "%.2f"
    return "%.2f" if assumption.unit.name in (*words.RATIOS, "multiple") else "%.0f"
