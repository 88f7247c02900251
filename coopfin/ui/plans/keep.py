"""“Keep this as a plan”: a firm as it is now, put beside the others under a name of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from string import ascii_uppercase

import streamlit as st

from coopfin.comparison.enterprises import MAX_NAME
from coopfin.display import words
from coopfin.ui.session import planning, plans, state
from coopfin.ui.session.state import State

NAME, OF = "plan-name", "plan-of"


def free_name(wishes: Iterable[str]) -> str:
    """The first of these names that a further firm may have."""
    choice = state.record().now
    return next(each for each in wishes if plans.refused(choice, each) is None)


def numbered(wish: str) -> Iterator[str]:
    """A wish, then the same with a number behind it."""
    yield wish
    for number in count(2):
        yield f"{wish[: MAX_NAME - 4].rstrip()} {number}"


def keep(now: State) -> None:
    """A button that asks for the name, and does it."""
    with st.popover("Keep as a plan", key=f"keep-{len(now.enterprises)}", on_change="rerun") as asked:
        if not asked.open:
            return
        if told := plans.full(state.record().now):
            st.caption(f"No room for a plan: {told}.")
            return
        field = f"{NAME}-{len(now.enterprises)}"
        name = free_name(f"Plan {letter}" for letter in ascii_uppercase)
        st.text_input("Name of the plan", value=name, key=field, max_chars=MAX_NAME)
        at = now.enterprises.index(now.cooperative)
        st.selectbox(
            "What to keep", now.enterprises, index=at, key=OF, format_func=lambda each: f"{words.firm(each)}, as it is now"
        )
        st.button("Keep it", key="plan-keep", type="primary", on_click=_keep, args=(field,))
        st.caption("A column of its own, and a thumb on every lever.")


def _keep(field: str) -> None:
    planning.keep_plan(st.session_state[OF], st.session_state[field])
