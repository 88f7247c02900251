"""A slider and an entry field for one assumption of one enterprise. Both always show the state's value."""

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


def lever(now: State, name: str, enterprise: str, label: str, place: str = "", moves: tuple[str, ...] = ()) -> None:
    """One lever: slider and exact entry beside each other. ``place`` tells it from the same lever on the left.

    ``moves`` are the enterprises whose value it sets, where these are more than the one that it shows.
    """
    slider_key, entry_key = f"{place}slide-{name}-{enterprise}", f"{place}enter-{name}-{enterprise}"
    assumption, value = ASSUMPTIONS[name], _shown(now, name, enterprise)
    factor = words.shown_factor(assumption.unit)
    low, high = (end * factor for end in assumption.plausible)
    hold(slider_key, value)
    wide, narrow = st.columns([5, 3], vertical_alignment="bottom", gap="small")
    wide.slider(
        label, min(low, value), max(high, value), step=step(assumption), key=slider_key, format=_slider_format(assumption),
        help=words.markdown(assumption.help), on_change=_moved, args=(slider_key, name, moves or (enterprise,)),
    )  # fmt: skip
    with narrow:
        entry(now, name, enterprise, label, entry_key, hidden_label=True, moves=moves)


def entry(
    now: State, name: str, enterprise: str, label: str, key: str, *, hidden_label: bool = False, moves: tuple[str, ...] = ()
) -> None:
    """The exact entry of one value; what is not possible is refused in words under the field, and the value stays."""
    assumption = ASSUMPTIONS[name]
    hold(key, _shown(now, name, enterprise))
    st.number_input(
        label, step=step(assumption), key=key, format=_entry_format(assumption),
        label_visibility="collapsed" if hidden_label else "visible",
        on_change=_moved, args=(key, name, moves or (enterprise,)),
    )  # fmt: skip
    refused = state.record().refused.get((name, enterprise))
    if refused:
        st.error(words.markdown(f"{refused}. The value stays as it was."))


def _shown(now: State, name: str, enterprise: str) -> float:
    return round(now.value(name, enterprise) * words.shown_factor(ASSUMPTIONS[name].unit), 10)


def _moved(key: str, name: str, moves: tuple[str, ...]) -> None:
    if not moved(key):
        return
    value = round(st.session_state[key] / words.shown_factor(ASSUMPTIONS[name].unit), 12)
    if len(moves) == 1:
        state.change(name, moves[0], value)
    else:
        state.change_all({(name, each): value for each in moves})


def _slider_format(assumption: Assumption) -> str:
    if assumption.unit.name in words.RATIOS:
        return "%.1f %%"
    return "%.2f ×" if assumption.unit.name == "multiple" else "localized"


def _entry_format(assumption: Assumption) -> str:
    if assumption.unit.whole:
        return "%.0f"
    if assumption.unit.name == "money":
        return "%.0f" if step(assumption) >= 1 else "%.2f"
    return "%.2f" if assumption.unit.name in (*words.RATIOS, "multiple") else "%.0f"
