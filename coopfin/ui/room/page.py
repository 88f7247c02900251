"""The page of the room, put together."""

from __future__ import annotations

import streamlit as st

from coopfin.display import words
from coopfin.rooms import answers, store, web
from coopfin.rooms.store import REVEALED, Asked, Room
from coopfin.ui.room import asking, door, leader, opening, show, turn
from coopfin.ui.session import state
from coopfin.ui.session.state import State
from coopfin.ui.shell import controls

START_IT = "Phones need the app's own server. Start it with “make run”, not “streamlit run app.py”, and open this page again."
INVITATION = "People answer on their phones, silently. All answers are shown together, and the room's decision moves the model."


def page(now: State) -> None:
    """Draw it: how to start the server, the opening, or the room that this browser leads."""
    st.html(show.CSS)
    if not web.running():
        _answer(START_IT)
        controls.scenario(now)
        return
    leading = leader.leading()
    if not leading.code:
        _answer(INVITATION)
        opening.opening(now, leading.told)
        controls.scenario(now)
        return
    leader.keep_in_browser(leading)
    left, right = st.columns([7, 3], gap="large")
    with left, st.container(key="room-desk"):
        _live(leading.code)
        st.subheader("What to ask", anchor=False)
        asking.asking(now, leading.code)
    with right:
        door.door(leading.code)
        door.for_facilitators(now, leading)
        controls.scenario(now)


@st.fragment(run_every=2)
def _live(code: str) -> None:
    """What follows the room by itself, and what another facilitator does."""
    now, room = state.current(), store.find(code)
    if room is None:
        st.rerun()
        return
    answer = st.empty()
    asked = turn.choose(room, store.asked(code))
    answer.markdown(f"#### {words.markdown(_sentence(room, asked))}")
    if asked is not None:
        turn.turn(now, room, asked)


def _sentence(room: Room, asked: Asked | None) -> str:
    counts = answers.counts(room.code, asked.number if asked else 0)
    decision = ""
    if asked is not None and asked.phase == REVEALED:
        decision = show.decision_of(asked.question, answers.ballots(room.code, asked.number), room, asked.number)
    return show.in_words(asked, counts, decision)


def _answer(text: str) -> None:
    st.markdown(f"#### {words.markdown(text)}")
