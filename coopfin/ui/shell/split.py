"""The split of the distributable surplus: its parts and the rest always make 100 %."""

from __future__ import annotations

import numpy as np
import streamlit as st

from coopfin.engine.assumptions import ASSUMPTIONS, SPLIT
from coopfin.engine.projection import Projection
from coopfin.ui.parts import words
from coopfin.ui.session import state
from coopfin.ui.session.state import State


def change(name: str, enterprise: str, value: float) -> None:
    """Set one part. What the rest cannot give comes from the other parts, in proportion, and is said."""
    base, changes = st.session_state["base"], st.session_state["changes"][st.session_state["base"].key]
    others = {each: changes.get((each, enterprise), state.base_value(base, each, enterprise)) for each in SPLIT if each != name}
    missing = round(value + sum(others.values()) - 1, 12)
    state.change(name, enterprise, value)
    st.session_state["split_note"] = ""
    if missing > 0:
        total = sum(others.values())
        left = 1 - value
        for each, share in others.items():
            state.change(each, enterprise, round(share / total * left, 12))
        taken = " and ".join(ASSUMPTIONS[each].label.lower() for each, share in others.items() if share > 0)
        st.session_state["split_note"] = f"{words.percent(missing)} came out of: {taken}."


def notes() -> list[str]:
    """What the last move took from other parts; told once."""
    note = st.session_state.pop("split_note", "")
    return [note] if note else []


def sentence(chosen: State, enterprise: str) -> str:
    """The split in words: each part, the rest, and their sum."""
    parts = {ASSUMPTIONS[name].label.lower(): chosen.value(name, enterprise) for name in SPLIT}
    total = sum(parts.values())
    told = " + ".join(f"{label} {words.percent(share)}" for label, share in parts.items() if share).capitalize()
    if total > 1 + 1e-9:
        return f"{told} = {words.percent(total)}. That is more than there is: lower one part by {words.percent(total - 1)}."
    rest = f"rest kept by the firm {words.percent(max(0.0, 1 - total))} = 100{words.THIN}%"
    return f"{told} + {rest}" if told else rest


def idle(x: Projection, enterprise: str) -> str | None:
    """Why the split moves nothing, in words, or None if it does."""
    if np.any(x.distributable > 0):
        return None
    losses = float(np.max(x.accumulated_deficit))
    reason = f"earlier losses, {words.amount(losses)} at most, are covered first" if losses > 0 else "nothing is left over"
    return f"The {enterprise} has no surplus to split in any year: {reason}. The split moves nothing yet."
