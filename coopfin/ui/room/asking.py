"""What a room is to be asked: ready questions from the scenario, any lever, a choice in own words, or a run sheet."""

from __future__ import annotations

import streamlit as st

from coopfin.comparison.measures import MEASURES
from coopfin.display import words
from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.reading.mistakes import FileError
from coopfin.rooms import ready, run_sheet, store
from coopfin.rooms.questions import (
    CHOICE,
    LEVER,
    LONGEST_OPTION,
    LONGEST_TEXT,
    MOST_OPTIONS,
    POINTS,
    PREDICTION,
    Question,
    choice,
    find_mistakes,
    lever,
    points,
    prediction,
)  # fmt: skip
from coopfin.ui.parts.file_field import file_field
from coopfin.ui.room.opening import wording
from coopfin.ui.session.state import State

READY, OWN, FILE = "Ready ones", "On the spot", "From a file"
KINDS = {LEVER: "A lever", POINTS: "100 points", PREDICTION: "A prediction", CHOICE: "A choice"}


def asking(now: State, code: str) -> None:
    """Draw it."""
    way = st.segmented_control("Where from", [READY, OWN, FILE], default=READY, required=True, key="room-from")
    try:
        {READY: _ready, OWN: _own, FILE: _file}[str(way)](now, code)
    except store.RoomError as error:
        st.error(words.markdown(str(error)))


def _ready(now: State, code: str) -> None:
    there = {each.question.text for each in store.asked(code)}
    for place, question in enumerate(ready.ready(now.scenario.enterprises, wording(now.base.words))):
        text, add = st.columns([5, 1], vertical_alignment="center")
        text.markdown(f"{KINDS[question.kind]}: {words.markdown(question.text)}")
        if question.text in there:
            add.markdown("added")
        else:
            add.button("Add", key=f"room-add-{place}", on_click=store.add, args=(code, [question]))


def _own(now: State, code: str) -> None:
    kind = st.segmented_control(
        "Kind", list(KINDS), format_func=KINDS.__getitem__, default=CHOICE, required=True, key="room-kind"
    )
    firm, about = now.enterprises[0], ""
    if kind != CHOICE:
        last = min(1, len(now.enterprises) - 1)
        firm = st.selectbox("Firm", now.enterprises, index=last, format_func=words.firm, key="room-firm")
    if kind in (LEVER, PREDICTION):
        named = ASSUMPTIONS if kind == LEVER else MEASURES
        about = st.selectbox("About", list(named), format_func=lambda name: named[name].label, key=f"room-about-{kind}")
    text = st.text_input("The question, in your words", max_chars=LONGEST_TEXT, key="room-text")
    options = []
    if kind == CHOICE:
        most = MOST_OPTIONS * (LONGEST_OPTION + 2)
        typed = st.text_area(f"Options, one a line, up to {MOST_OPTIONS}", key="room-options", max_chars=most)
        options = [line.strip() for line in typed.splitlines() if line.strip()]
    percent = st.number_input("Quorum, % of all votes; 0 for none", 0, 100, 0, key="room-quorum")
    if st.button("Add the question", key="room-add-own"):
        question = Question(str(kind), text, about, firm if kind != CHOICE else "", options=tuple(options), quorum=percent / 100)
        mistakes = find_mistakes(question, now.enterprises)
        for mistake in mistakes:
            st.error(words.markdown(f"{mistake[0].upper()}{mistake[1:]}."))
        if not mistakes:
            store.add(code, [_made(now, question)])
            st.rerun()


def _made(now: State, question: Question) -> Question:
    currency = now.base.words.currency
    if question.kind == LEVER:
        value = now.value(question.about, question.firm)
        return lever(question.about, question.firm, question.text, value, currency, question.quorum)
    if question.kind == PREDICTION:
        return prediction(question.about, question.firm, question.text, currency, question.quorum)
    if question.kind == POINTS:
        return points(question.firm, question.text, question.quorum)
    return choice(question.text, question.options, question.quorum)


def _file(now: State, code: str) -> None:
    given = file_field("A run sheet: TOML, or a table as CSV", ["toml", "csv"], "room-sheet")
    st.caption(f"A table begins with the line {run_sheet.EXAMPLE}; options stand with | between them.")
    if given is None:
        return
    try:
        read = run_sheet.read_run_sheet(given.getvalue(), given.name, now.scenario.enterprises, now.base.words.currency)
    except FileError as error:
        for line in error.lines:
            st.error(words.markdown(line))
        return
    several = "question" if len(read) == 1 else "questions"
    st.button(f"Add {len(read)} {several}", key="room-add-sheet", on_click=store.add, args=(code, read))
