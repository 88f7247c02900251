"""All firms and plans as a list: rename, note, order, duplicate, drop; and the ready ones to add."""

from __future__ import annotations

import streamlit as st

from coopfin.comparison.enterprises import MAX_NAME
from coopfin.comparison.notes import LONGEST
from coopfin.display import words
from coopfin.evidence.hybrids import hybrids
from coopfin.ui.plans.keep import free_name, numbered
from coopfin.ui.session import planning, plans, state
from coopfin.ui.session.hold import hold, moved
from coopfin.ui.session.state import State


def arrange(now: State) -> None:
    """A row for each firm."""
    st.caption(
        "All are compared with the first; the sentence speaks of the first two. A click on a name in the table puts it first."
    )
    for place, (name, mark) in enumerate(zip(now.enterprises, now.marks, strict=True)):
        with st.container(key=f"firm-{mark}-arrange", horizontal=True, vertical_alignment="bottom", gap="small"):
            _row(now, place, name, mark)


def _row(now: State, place: int, name: str, mark: int) -> None:
    called, noted = f"called-{mark}", f"noted-{mark}"
    hold(called, name)
    st.text_input(
        "Name" if words.firm(name) == name else f"Name ({words.firm(name)})", key=called, max_chars=MAX_NAME, width=190,
        on_change=_rename, args=(called, name),
    )  # fmt: skip
    hold(noted, now.notes.get(("", name), ""))
    st.text_input(
        "Note", key=noted, max_chars=LONGEST, placeholder="a sentence: the board's proposal", on_change=_note, args=(noted, name)
    )
    last = len(now.enterprises) - 1
    for told, key, to, off in (("Earlier", "up", place - 1, place == 0), ("Later", "down", place + 1, place == last)):
        st.button(
            told, key=f"{key}-{mark}", disabled=off, on_click=planning.place, args=(name, to),
            help=words.markdown(f"{words.firm(name)}, one place {told.lower()}"),
        )  # fmt: skip
    full = plans.full(state.record().now) is not None
    st.button("Duplicate", key=f"copy-{mark}", disabled=full, on_click=_copy, args=(name, free_name(numbered(name))))
    st.button("Drop", key=f"drop-{mark}", disabled=last == 0, on_click=planning.drop, args=(name,))


def _rename(key: str, name: str) -> None:
    if moved(key):
        planning.rename(name, st.session_state[key])


def _note(key: str, name: str) -> None:
    if moved(key):
        planning.note(("", name), st.session_state[key])


def _copy(name: str, called: str) -> None:
    planning.keep_plan(name, called)


def ready(now: State) -> None:
    """The ready firms, to add one."""
    told, found = plans.full(state.record().now), hybrids()
    with st.container(horizontal=True, vertical_alignment="bottom", key="ready"):
        key = st.selectbox("Add a ready firm", list(found), key="ready-which", format_func=lambda each: found[each].title)
        st.button(
            "Add it", key="ready-add", disabled=told is not None, on_click=_add, args=(key, free_name(numbered(found[key].name)))
        )
    st.caption(words.markdown(found[key].about + " What each of its values rests on stands in its notes."))
    if told:
        st.caption(f"No room for a further firm: {told}.")


def _add(key: str, name: str) -> None:
    hybrid, now = hybrids()[key], state.current()
    start = now.base.role(hybrid.of)
    planning.keep_plan(start, name, hybrid.values(now.scenario.enterprises[start]), hybrid.notes)
