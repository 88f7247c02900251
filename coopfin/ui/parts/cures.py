"""What would it take? A red figure to choose, the levers that mend it one by one, what each costs, and a button for each."""

from __future__ import annotations

import streamlit as st

from coopfin.comparison.cures import Need, needs
from coopfin.display import words
from coopfin.display.cure_words import NO_CURE, needed, told
from coopfin.ui.session import cached, state
from coopfin.ui.session.state import State

SHOWN = 6


def cures(now: State, place: str) -> None:
    """The list; ``place`` tells it from one on another page."""
    found = needs(now.comparison.projections)
    if not found:
        st.markdown("No figure is red: no firm runs dry, and none is behind the first.")
        return
    by_name = {(each.enterprise, each.measure): each for each in found}
    chosen = st.selectbox(
        "What is to be mended", list(by_name), key=f"need-{place}",
        format_func=lambda name: needed(by_name[name], now.comparison.projections, now.base.words),
    )  # fmt: skip
    _mend(now, by_name[chosen], place)


def _mend(now: State, need: Need, place: str) -> None:
    x = now.comparison.projections[need.enterprise]
    with st.spinner("Trying every lever …"):
        found = cached.cures(x.assumptions, need.goal)[:SHOWN]
    if not found:
        st.info(NO_CURE)
        return
    st.caption(f"Each by itself does it in the {words.markdown(need.enterprise)}, all else equal; the smallest move first.")
    for cure in found:
        line = told(cure, x, now.base.words)
        text, button = st.columns([5, 2], vertical_alignment="center")
        text.markdown(words.markdown(line.line).replace(words.markdown(line.lever), f"**{words.markdown(line.lever)}**", 1))
        button.button(
            f"Set to {words.markdown(line.value)}", key=f"mend-{place}-{cure.lever}", on_click=state.change_all, width="stretch",
            args=({(cure.lever, need.enterprise): cure.value},), help="As exactly as it was found; undo takes it back",
        )  # fmt: skip
