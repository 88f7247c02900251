"""One question's turn: it is opened, closed and shown; ballots of paper come in; a way of counting is chosen."""

from __future__ import annotations

from html import escape

import streamlit as st

from coopfin.display import words
from coopfin.rooms import answers, store
from coopfin.rooms.count import RULES
from coopfin.rooms.questions import CHOICE, LARGEST, POINTS, AnswerError, Question
from coopfin.rooms.store import CLOSED, DRAFT, OPEN, REVEALED, Asked, Room
from coopfin.ui.room import decide, show
from coopfin.ui.session.state import State

# What may be done in each phase: the button, and the phase it leads to; the first is the next step.
STEPS = {
    DRAFT: (("Open the question", OPEN),),
    OPEN: (("Close it", CLOSED),),
    CLOSED: (("Show the answers", REVEALED), ("Open it again", OPEN)),
    REVEALED: (),
}


def turn(now: State, room: Room, asked: Asked) -> None:
    """Draw what can be done now with the question that is on show."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="room-steps"):
        for place, (label, phase) in enumerate(STEPS[asked.phase]):
            st.button(
                label,
                key=f"room-to-{phase}",
                type="secondary" if place else "primary",
                on_click=_to,
                args=(room.code, asked.number, phase),
            )
        if asked.phase == REVEALED:
            rule = str(
                st.segmented_control(
                    "Counted", list(RULES), default=show.HEADS, required=True, key="room-rule", label_visibility="collapsed"
                )
            )
            decide.take_over(now, room, asked, rule)
    if asked.phase == REVEALED:
        show.result(now, room, asked, rule)
        return
    if asked.phase != DRAFT:
        _progress(asked, room.code)
        with st.expander("Ballots on paper", key="room-paper-box"):
            _paper(room, asked)
    else:
        st.html(f'<p class="room-soon">{escape(what(asked.question))}</p>')


@st.fragment(run_every=2)
def _progress(asked: Asked, code: str) -> None:
    st.html(show.progress(answers.counts(code, asked.number), asked))


def what(question: Question) -> str:
    """How the question can be answered, in words."""
    if question.kind == CHOICE:
        return f"One of: {', '.join(question.options)}."
    if question.kind == POINTS:
        return f"100 points over: {', '.join(question.options)}."
    if question.high < LARGEST:
        return f"A number, {question.permitted}."
    return f"A number, in {question.sign}." if question.sign else "A number."


def choose(room: Room, all_asked: list[Asked]) -> Asked | None:
    """The question on show; choosing another puts it before the room."""
    by_number = {each.number: each for each in all_asked}
    if not by_number:
        return None
    key, seen = f"room-question-{room.code}", f"room-seen-{room.code}"
    if st.session_state.get(seen) != room.question:  # another facilitator, or this one before a reload, moved on
        st.session_state[seen] = room.question
        if room.question:
            st.session_state[key] = room.question
    # Without a callback: it would be given the choice as a text where questions were added since the list was drawn.
    number = st.selectbox(
        "Question", list(by_number), index=0 if room.question else None, key=key, placeholder="Choose the first question",
        format_func=lambda each: f"{each}. {by_number[each].question.text}", label_visibility="collapsed",
    )  # fmt: skip
    if number in by_number and number != room.question:
        store.show(room.code, number)
        st.session_state[seen] = number
    return by_number.get(number or 0)


def _to(code: str, number: int, phase: str) -> None:
    store.move(code, number, phase)


def _paper(room: Room, asked: Asked) -> None:
    roles = list(room.setup.council)
    how = {POINTS: "Points with spaces between.", CHOICE: "An option by its number or its words."}.get(asked.question.kind, "")
    whom = f" After a semicolon: {', '.join(roles)}." if roles else ""
    typed = st.text_area(f"One ballot a line. {how}{whom}".strip(), key="room-paper", max_chars=60_000)
    if st.button("Add these ballots", key="room-add-paper"):
        try:
            taken = answers.add_paper(room.code, asked.number, answers.read_paper(asked.question, typed, roles))
        except (AnswerError, store.RoomError) as error:
            st.error(words.markdown(str(error)))
        else:
            st.success(f"{taken} ballot{'s' if taken != 1 else ''} taken.")
