"""What each way of counting would do to the model: the scenario with that decision, and its main measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from coopfin.comparison import verdict
from coopfin.comparison.measures import MEASURES
from coopfin.display import words
from coopfin.rooms.count import RULES, Ballot, Tally, count
from coopfin.rooms.people import Member
from coopfin.rooms.questions import LEVER, POINTS, Question, decided
from coopfin.rooms.record import say
from coopfin.ui.session import state, transitions
from coopfin.ui.session.state import State

MAIN = "provider_month"
Values = dict[tuple[str, str], float]


@dataclass(frozen=True)
class Effect:
    """The main measure after a decision, as a number and in words, and how the firm fares; ``why``: it cannot be computed."""

    value: float = float("nan")
    shown: str = ""
    fate: str = ""
    why: str = ""


def tallies(question: Question, ballots: Sequence[Ballot], present: Sequence[Member], council: dict[str, float]) -> list[Tally]:
    """The decision by every way of counting."""
    return [count(question, ballots, rule, present, council) for rule in RULES.values()]


def after(now: State, firm: str, values: Values) -> Effect:
    """What the decision makes of the scenario as it stands now."""
    places = tuple(sorted(values.items()))
    return _after((now.base.key, now.base.version, tuple(sorted(now.changes.items())), firm, places), firm, dict(places))


@st.cache_data(max_entries=512, show_spinner=False)
def _after(key: tuple[object, ...], firm: str, _values: Values) -> Effect:
    done = transitions.set_all(state.record(), _values)
    refused = next(iter([*done.refused.values(), *done.state.mistakes]), "")
    return Effect(why=refused) if refused else of(done.state, firm)


def of(now: State, firm: str) -> Effect:
    """The main measure of a firm in a state."""
    x = now.comparison.projections[firm]
    value = now.comparison[MAIN].values[firm]
    fate = verdict.fate(x)
    return Effect(value, words.measured(value, MEASURES[MAIN]), fate.when if fate.runs_dry else "lives")


def table(now: State, question: Question, counted: Sequence[Tally], chosen: str) -> str:
    """All ways side by side: the decision, how much was cast, and what it would do."""
    moves = decidable(question) and question.firm in now.enterprises
    body = "".join(_row(now, question, tally, moves=moves, chosen=chosen) for tally in counted)
    body += _as_it_is(now, question) if moves else ""
    head = f'<th scope="col">The firm</th><th scope="col" class="number">{escape(_main(now))}</th>' if moves else ""
    said = "decides" if moves else "says"
    return (
        '<div class="scroll"><table class="comparison room-counts"><thead><tr><th scope="col">Counted</th>'
        f'<th scope="col" class="number">The room {said}</th><th scope="col" class="number">Cast</th>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def decidable(question: Question) -> bool:
    """Whether a decision can move levers."""
    return question.kind in (LEVER, POINTS)


def _main(now: State) -> str:
    currency = f", {now.base.words.currency}" if now.base.words.currency else ""
    return f"{MEASURES[MAIN].label}{currency}"


def _row(now: State, question: Question, tally: Tally, *, moves: bool, chosen: str) -> str:
    value = f"<b>{escape(say(question, tally.value))}</b>" if tally.value is not None else f"<small>{escape(tally.why)}</small>"
    cells = f'<td class="number">{value}</td><td class="number">{_part(tally)}</td>'
    if moves:
        effect = after(now, question.firm, decided(question, tally.value)) if tally.value is not None else Effect()
        cells += _told(effect)
    mark = ' class="chosen"' if tally.rule.name == chosen else ""
    return f'<tr{mark}><th scope="row">{escape(tally.rule.name)}</th>{cells}</tr>'


def _as_it_is(now: State, question: Question) -> str:
    """The scenario as it stands, to compare with."""
    value = say(question, now.value(question.about, question.firm)) if question.about else ""
    cells = f'<td class="number">{escape(value)}</td><td></td>{_told(of(now, question.firm))}'
    return f'<tr class="now"><th scope="row">As it is now</th>{cells}</tr>'


def _told(effect: Effect) -> str:
    if effect.why:
        return f'<td colspan="2"><small>{escape(effect.why)}</small></td>'
    return f'<td>{escape(effect.fate)}</td><td class="number"><b>{effect.shown}</b></td>'


def _part(tally: Tally) -> str:
    return words.percent(round(tally.cast / tally.possible, 3)) if tally.possible else "–"
