"""Before there is a room: who answers and what each holds, opening one, and joining one as a co-facilitator."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from coopfin.display import words
from coopfin.display.nouns import Words
from coopfin.members.ledger import read_classes
from coopfin.rooms import people, ready
from coopfin.rooms.people import Role, Setup
from coopfin.ui.room import leader
from coopfin.ui.session.state import State

CLASSES = Path(__file__).parents[3] / "sample_data" / "classes"
# Whose seats the classes of a sample are, in the order of the roles: who works, who buys, founders, staff, ....
SEATS = {
    "Three colleges: half to those who work through it, a quarter each to buyers and staff": (
        "multi-stakeholder.csv", "votes", ("freelancer", "client", "", "staff"),
    ),
    "Stocksy’s shares: 5 % founders, 5 % staff, 90 % to those who work through it": ("stocksy.csv", "share", ("C", "", "A", "B")),
}  # fmt: skip
ASSIGNED = {
    people.ALONE: "Everybody for themselves",
    people.CHOSEN: "Each one says for whom",
    people.DRAWN: "Roles are drawn",
}
HELD = {people.BY_ROLE: "By role, as in the table", people.RANDOM: "Drawn: most hold little, a few hold much"}


def wording(of: Words) -> ready.Wording:
    """The words of the preset that a room needs."""
    return ready.Wording(of.provider, of.providers, of.buyers, of.currency)


def council(blocks: str) -> tuple[float, ...]:
    """The share of each role in the council, from a sample of classes."""
    file, column, classes = SEATS[blocks]
    held = {each.name: float(getattr(each, column)) for each in read_classes((CLASSES / file).read_bytes(), file)}
    return tuple(held.get(each, 0.0) for each in classes)


def opening(now: State, told: str) -> None:
    """Draw it."""
    if told:
        st.info(words.markdown(told))
    left, right = st.columns([3, 2], gap="large")
    with left:
        setup = _setup(now)
        if st.button("Open a room", key="room-open", type="primary"):  # no callback: it would open the room as set up before
            leader.open_room(setup)
            st.rerun()
        st.caption(
            "No accounts and no names. The room ends after 12 hours, or at once by a button; then everything in it is deleted."
        )
    with right, st.form("room-join", border=True):
        st.markdown("**Lead a room that is open already**")
        code = st.text_input("Code", max_chars=12, key="room-join-code")
        pin = st.text_input("PIN", max_chars=12, key="room-join-pin", type="password")
        if st.form_submit_button("Join as a facilitator"):
            leader.come_in(code, pin)
            st.rerun()


def _setup(now: State) -> Setup:
    assigned = st.radio("Who answers?", list(ASSIGNED), format_func=ASSIGNED.__getitem__, key="room-assigned", horizontal=True)
    title = now.base.words.title
    if assigned == people.ALONE:
        held = (
            people.RANDOM
            if st.checkbox("Draw shares and use, so that the ways of counting differ", key="room-drawn")
            else people.BY_ROLE
        )
        return Setup(assigned=assigned, held=held, title=title)
    held = st.radio("What does each one hold?", list(HELD), format_func=HELD.__getitem__, key="room-held", horizontal=True)
    blocks = st.selectbox("Class blocks", list(SEATS), key="room-blocks")
    roles = ready.roles(wording(now.base.words), council(blocks))
    return Setup(_roles(roles, with_holdings=held == people.BY_ROLE), assigned, held, title)


def _roles(roles: tuple[Role, ...], *, with_holdings: bool) -> tuple[Role, ...]:
    """The roles with what each one holds, as typed."""
    chosen = []
    for place, role in enumerate(roles):
        name, shares, use = st.columns([2, 1, 1], vertical_alignment="bottom")
        taken = name.checkbox(words.markdown(role.name), value=place < 3, key=f"room-role-{place}")
        if with_holdings:
            held = partial(_held, role.name, place, disabled=not taken)
            role = Role(role.name, held(shares, "Shares", role.shares), held(use, "Use", role.patronage), role.council)
        if taken:
            chosen.append(role)
    return tuple(chosen)


def _held(role: str, place: int, column: DeltaGenerator, what: str, usual: float, *, disabled: bool) -> float:
    """What each one of a role holds; the first role's field has the words that stand above all of them."""
    label = f"{what} of each" if place == 0 else f"{what} of each of the {role}"
    visible: Literal["visible", "collapsed"] = "visible" if place == 0 else "collapsed"
    return float(
        column.number_input(
            label, 0.0, people.MOST_HELD, usual, 1.0, "%g", key=f"room-{what.lower()}-{place}", label_visibility=visible,
            disabled=disabled,
        )
    )  # fmt: skip
