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
SAID = {DRAFT: "not asked yet", OPEN: "open", CLOSED: "closed", REVEALED: "shown"}


def turn(now: State, room: Room, all_asked: list[Asked]) -> None:
    """Draw the question that is on, with what can be done now."""
    asked = _choose(room, all_asked)
    if asked is None:
        return
    counts = answers.counts(room.code, asked.number)
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
        st.html(show.progress(asked, counts))
        with st.expander("Ballots on paper", key="room-paper-box"):
            _paper(room, asked)
    else:
        st.html(f'<p class="room-soon">{escape(what(asked.question))}</p>')


def what(question: Question) -> str:
    """How the question can be answered, in words."""
    if question.kind == CHOICE:
        return f"One of: {', '.join(question.options)}."
    if question.kind == POINTS:
        return f"100 points over: {', '.join(question.options)}."
    if question.high < LARGEST:
        return f"A number, {question.permitted}."
    return f"A number, in {question.sign}." if question.sign else "A number."


def _choose(room: Room, all_asked: list[Asked]) -> Asked | None:
    """The question on show; choosing another puts it before the room."""
    by_number = {each.number: each for each in all_asked}
    key = f"room-question-{room.code}"
    st.session_state[key] = room.question if room.question in by_number else None
    numbers = list(by_number)
    number = st.selectbox(
        "Question", numbers, index=0 if room.question in by_number else None, key=key,
        format_func=lambda each: f"{each}. {by_number[each].question.text} · {SAID[by_number[each].phase]}",
        placeholder="Choose the first question" if numbers else "Add a question below", label_visibility="collapsed",
        on_change=_show, args=(room.code, key),
    )  # fmt: skip
    return by_number.get(number) if number is not None else None


def _show(code: str, key: str) -> None:
    number = st.session_state.get(key)
    if number is not None:
        store.show(code, number)


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
