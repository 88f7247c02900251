"""Taking a decision over: it moves the levers as one step that can be undone, and says whose decision it was."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.rooms import answers
from coopfin.rooms.count import RULES, Tally, count
from coopfin.rooms.questions import Question, decided
from coopfin.rooms.record import decide as note, say
from coopfin.rooms.store import Asked, Room
from coopfin.ui.room import effects
from coopfin.ui.session import link, state
from coopfin.ui.session.state import State


def tally(room: Room, asked: Asked, rule: str) -> Tally:
    """What the room decides by a rule."""
    ballots, present = answers.ballots(room.code, asked.number), answers.present(room.code, asked.number)
    return count(asked.question, ballots, RULES[rule], present, room.setup.council)


def take_over(now: State, room: Room, asked: Asked, rule: str) -> None:
    """The button, where there is something to take over; what stands in the way is said beside it."""
    question = asked.question
    if not effects.decidable(question):
        return
    found = tally(room, asked, rule)
    if question.firm not in now.enterprises:
        st.caption(f"This scenario has no firm called {question.firm}; go back to the one the question was made for.")
        return
    clicked = st.button("Take it over", key="room-take", type="primary", disabled=found.value is None)
    if clicked and found.value is not None:
        _take(room, asked, found)
        st.rerun()


def _take(room: Room, asked: Asked, found: Tally) -> None:
    question = asked.question
    if found.value is None:
        return
    told = words_of(question, found)
    state.decide(decided(question, found.value), f"{told} Undo takes it back.")
    address = (st.context.url or "").partition("?")[0].removesuffix("/room")
    note(room.code, asked.number, told, f"{address}/?{urlencode(link.write(state.record().now).query)}")


def words_of(question: Question, found: Tally) -> str:
    """Whose decision it is, in words."""
    what = ASSUMPTIONS[question.about].label if question.about else "The surplus"
    value = say(question, found.value) if found.value is not None else ""
    rule = found.rule.name[0].lower() + found.rule.name[1:]
    return f"The room decided, {rule}: {what} of the {question.firm}: {value}."
