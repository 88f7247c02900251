"""Notes on levers: written here, shown where the lever stands."""

from __future__ import annotations

import streamlit as st

from coopfin.comparison.notes import LONGEST
from coopfin.display import words
from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.ui.session import planning
from coopfin.ui.session.hold import hold, moved
from coopfin.ui.session.state import State

EVERY = ""  # firm: the note is on the assumption itself


def noted(now: State) -> None:
    """A note on one lever, and all there are."""
    left, middle, right = st.columns([3, 2, 5], vertical_alignment="bottom")
    lever = left.selectbox(
        "A note on", list(ASSUMPTIONS), index=list(ASSUMPTIONS).index("take_rate"), key="note-lever",
        format_func=lambda name: ASSUMPTIONS[name].label,
    )  # fmt: skip
    firms = [EVERY] if ASSUMPTIONS[lever].shared else [EVERY, *now.enterprises]
    firm = middle.selectbox("of", firms, key=f"note-firm-{len(firms)}", format_func=lambda each: words.firm(each) or "all firms")
    with right:
        field(now, lever, firm, f"note-{lever}-{firm}", "Note")
    for (name, each), text in now.notes.items():
        if name:
            whose = f", {words.firm(each)}" if each else ""
            st.caption(words.markdown(f"{ASSUMPTIONS[name].label}{whose}: {text}"))


def field(now: State, lever: str, firm: str, key: str, label: str) -> None:
    """The field of one note; emptied, the note goes."""
    hold(key, now.notes.get((lever, firm), ""))
    st.text_input(
        label,
        key=key,
        max_chars=LONGEST,
        placeholder="a sentence: the board's proposal",
        on_change=_write,
        args=(key, lever, firm),
    )


def _write(key: str, lever: str, firm: str) -> None:
    if moved(key):
        planning.note((lever, firm), st.session_state[key])


def of_lever(now: State, name: str) -> str:
    """The notes on a lever as one line; empty where there are none."""
    told = [text if not firm else f"{words.firm(firm)}: {text}" for (lever, firm), text in now.notes.items() if lever == name]
    return "; ".join(told)
