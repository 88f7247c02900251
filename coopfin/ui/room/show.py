"""What a room sees in front: how many have answered, and after the reveal how the answers lie and what they decide."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path

import streamlit as st

from coopfin.comparison.measures import MEASURES
from coopfin.display import words
from coopfin.rooms import answers, store, web
from coopfin.rooms.count import RULES, Ballot, method
from coopfin.rooms.questions import CHOICE, POINTS, PREDICTION, Question
from coopfin.rooms.record import by_role, say
from coopfin.rooms.store import CLOSED, DRAFT, OPEN, REVEALED, Asked, Room
from coopfin.ui.room import door, effects, leader, picture
from coopfin.ui.session.state import State

CSS = Path(__file__).with_name("room.css")
NEAR = 0.1  # of what the model gives: a prediction that is as good as right
HEADS = next(iter(RULES))


def progress(counts: answers.Counts, asked: Asked | None) -> str:
    """How many have answered, or before a question how many are in, for the wall."""
    if asked is None or asked.phase == DRAFT:
        return f'<div class="room-count"><p><b>{counts.present}</b> {"is" if counts.present == 1 else "are"} in</p></div>'
    part = counts.answered / counts.present if counts.present else 0.0
    return (
        f'<div class="room-count"><p><b>{counts.answered}</b> of {counts.present} have answered</p>'
        f'<div class="track" aria-hidden="true"><span style="width:{100 * min(part, 1):.0f}%"></span></div></div>'
    )


def spread_of(now: State, question: Question, ballots: list[Ballot]) -> str:
    """The distribution of the answers, as markup; every word in it is escaped."""
    given = [answer for _, answer in ballots]
    if not given:
        return "<p>Nobody answered.</p>"
    if question.kind == CHOICE:
        times = Counter(given)
        return picture.options({option: times[place] for place, option in enumerate(question.options)})
    if question.kind == POINTS:
        splits = [each for each in given if isinstance(each, tuple)]
        uses = {use: [float(each[place]) for each in splits] for place, use in enumerate(question.options)}
        return picture.numbers(uses, picture.Axis(0, 100, lambda value: f"{value:g}"), {})
    rows = {"All": given, **by_role(ballots)}
    told = {label: [question.shown(float(each)) for each in row if not isinstance(each, tuple)] for label, row in rows.items()}
    marks = _marks(now, question)
    return picture.numbers(told, _axis(question, [*told["All"], *marks.values()]), marks)


def _axis(question: Question, values: list[float]) -> picture.Axis:
    sign = f" {question.sign}" if question.sign else ""
    if question.kind == PREDICTION:
        low, high = min(values), max(values)
        pad = (high - low) * 0.08 or max(abs(high) * 0.1, 1.0)
        return picture.Axis(
            low - pad if low < 0 else max(0.0, low - pad), high + pad, lambda value: f"{words.amount(value)}{sign}"
        )
    low, high = question.shown(question.low), question.shown(question.high)
    return picture.Axis(low, high, lambda value: f"{round(value, 2):,.12g}{sign}")


def _marks(now: State, question: Question) -> Mapping[str, float]:
    """What stands beside the answers: where the lever is now, or what the model gives."""
    if question.firm not in now.enterprises:
        return {}
    if question.kind == PREDICTION:
        value = now.comparison[question.about].values[question.firm]
        return {} if math.isnan(value) else {"the model": question.shown(value)}
    return {"now": question.shown(now.value(question.about, question.firm))}


def against_the_model(now: State, question: Question, ballots: list[Ballot]) -> str:
    """Predictions beside what the model gives, in words; empty where it gives nothing."""
    if question.kind != PREDICTION or question.firm not in now.enterprises or not ballots:
        return ""
    value = float(now.comparison[question.about].values[question.firm])
    if math.isnan(value):
        return f"The model gives no {MEASURES[question.about].label.lower()} here."
    given = [float(answer) for _, answer in ballots if not isinstance(answer, tuple)]
    near = sum(abs(each - value) <= NEAR * abs(value) for each in given)
    above = sum(each > value for each in given)
    shown = f"{words.measured(value, MEASURES[question.about])} {question.sign if question.factor == 1 else ''}".strip()
    return f"The model gives {shown}. Within a tenth of it: {near} of {len(given)}; above it: {above}."


def result(now: State, room: Room, asked: Asked, chosen: str = HEADS) -> None:
    """The answers and every way of counting them, with the method of the chosen one."""
    question = asked.question
    ballots, present = answers.ballots(room.code, asked.number), answers.present(room.code, asked.number)
    st.markdown(spread_of(now, question, ballots), unsafe_allow_html=True)  # st.html leaves no SVG
    if told := against_the_model(now, question, ballots):
        st.markdown(f"**{words.markdown(told)}**")
    counted = effects.tallies(question, ballots, present, room.setup.council)
    st.html(effects.table(now, question, counted, chosen))
    st.caption(words.markdown(f"{chosen}. {method(question, RULES[chosen])}"))


def in_words(asked: Asked | None, counts: answers.Counts, decision: str = "") -> str:
    """The room's state in one sentence."""
    there = f"{counts.present} {'is' if counts.present == 1 else 'are'} in"
    if asked is None:
        return f"{there}. Add a question, and choose it."
    return {
        DRAFT: f"{there}. The question is ready to be opened.",
        OPEN: "Answer now, silently. Nobody sees an answer before all are shown.",
        CLOSED: "The question is closed. Show the answers when the room is ready.",
        REVEALED: decision,
    }[asked.phase]


def decision_of(question: Question, ballots: list[Ballot], room: Room, number: int) -> str:
    """What the room decided, one member one vote, in words."""
    tally = effects.tallies(question, ballots, answers.present(room.code, number), room.setup.council)[0]
    if tally.value is None:
        return f"One member, one vote: no decision; {tally.why}."
    return f"One member, one vote, the room says: {say(question, tally.value)}."


def panel() -> Callable[[State], None] | None:
    """What the stage shows while this browser leads a room; None where it leads none."""
    return _panel if web.running() and leader.leading().code else None


@st.fragment(run_every=2)
def _panel(now: State) -> None:
    """The way in, then the question with how many have answered, then the answers, in large letters."""
    room = store.find(leader.leading().code)
    if room is None:
        return
    st.html(CSS)
    asked = store.on_show(room)
    with st.container(key="room-stage"):
        if asked is None:
            door.door(room.code, 240, warned=False)
        else:
            st.html(f'<p class="room-ask">{escape(asked.question.text)}</p>')
        if asked is not None and asked.phase == REVEALED:
            result(now, room, asked)
        else:
            st.html(progress(answers.counts(room.code, room.question), asked))
