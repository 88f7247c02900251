"""The page of the room, put together."""

from __future__ import annotations

import streamlit as st

from coopfin.display import words
from coopfin.rooms import answers, store, web
from coopfin.rooms.store import REVEALED, Asked, Room
from coopfin.ui.room import asking, door, leader, opening, show, turn
from coopfin.ui.session.state import State
from coopfin.ui.shell import controls, law_marks

START_IT = "Phones need the app's own server. Start it with “make run”, not “streamlit run app.py”, and open this page again."
INVITATION = "People answer on their phones, silently. All answers are shown together, and the room's decision moves the model."


def page(now: State) -> None:
    """Draw it: how to start the server, the opening, or the room that this browser leads."""
    st.html(show.CSS)
    _room(now)
    law_marks.others(now, set())


def _room(now: State) -> None:
    if not web.running():
        _answer(web.NOWHERE if web.broken() else START_IT)
        controls.scenario(now)
        return
    leading = leader.leading()
    if not leading.code:
        _answer(INVITATION)
        opening.opening(now, leading.told)
        controls.scenario(now)
        return
    leader.keep_in_browser(leading)
    room = store.found(leading.code)
    left, right = st.columns([7, 3], gap="large")
    with left, st.container(key="room-desk"):
        place = st.container()
        asked = turn.choose(room, store.asked(room.code))
        room = store.found(room.code)  # which may have been put before another question just now
        with place:
            _follow(room.code, room.version)
        if asked is not None:
            turn.turn(now, room, asked)
        st.subheader("What to ask", anchor=False)
        asking.asking(now, room.code)
    with right:
        door.door(room.code)
        door.for_facilitators(now, leading)
        controls.scenario(now)


@st.fragment(run_every=2)
def _follow(code: str, version: int) -> None:
    """The answer, which follows the room by itself; what another facilitator does draws the page anew."""
    room = store.find(code)
    if room is None or room.version != version:
        st.rerun()
        return
    asked = store.on_show(room)
    _answer(_sentence(room, asked))


def _sentence(room: Room, asked: Asked | None) -> str:
    counts = answers.counts(room.code, asked.number if asked else 0)
    decision = ""
    if asked is not None and asked.phase == REVEALED:
        decision = show.decision_of(asked.question, answers.ballots(room.code, asked.number), room, asked.number)
    return show.in_words(asked, counts, decision)


def _answer(text: str) -> None:
    st.markdown(f"#### {words.markdown(text)}")
