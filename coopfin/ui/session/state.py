"""The session's record, kept under one key, and in the address bar. Pages read ``State`` and call these functions.

Every function may be a widget's callback: what goes wrong in it is logged and told, and the record stays as it was.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from coopfin.comparison.scenario import Scenario, read_scenario
from coopfin.reading.mistakes import FileError
from coopfin.ui.session import addresses, history, presets, transitions
from coopfin.ui.session.last_visit import Visit
from coopfin.ui.session.outcome import State
from coopfin.ui.session.record import Record

KEY = "coopfin"
LOG = logging.getLogger("coopfin")
Kept = TypeVar("Kept")

__all__ = ["State", "begin", "change", "current", "keep", "kept", "record"]


@dataclass(frozen=True)
class Opened:
    """How a session was opened: its name, and whether no link brought what was chosen; ``file`` stands for one too long."""

    token: str
    asks: bool
    file: str = ""


@dataclass
class Session:
    """What is kept: the record, how it was opened, what pages keep for themselves by type, widgets that hold a value."""

    record: Record
    opened: Opened
    pages: dict[type, Any] = field(default_factory=dict)
    widgets: set[str] = field(default_factory=set)
    sent: dict[str, str] | None = None  # the last address that was written


def begin(page: str, first: Callable[[], None] | None = None) -> State:
    """The state at the start of a run, after the browser's address was looked at; the address is brought up to date.

    ``first`` is done between the two: a step that a component of the page reports.
    """
    query, moment, session = st.query_params.to_dict(), time.monotonic(), st.session_state.get(KEY)
    if session is None:
        session = st.session_state[KEY] = Session(_first(query), _opened(query))
        before, turned = None, True
    else:
        before, turned = session.record.address, session.record.page not in ("", page)
        do(lambda record: addresses.arrived(record, query, moment, went=_went()))
    if turned:
        for key in session.widgets:
            st.session_state.pop(key, None)
        session.widgets.clear()
    session.record = transitions.turned(session.record, page)
    if first is not None:
        first()
    session.record = addresses.addressed(session.record, moment)
    address = dict(session.record.address)
    # Written only when it is new: whoever goes back with the browser is not thrown forward again. Where the browser tells this
    # very address, another one may still be on its way to it; a browser that has it already leaves its history as it is.
    new = address != before or query in (dict(each.query) for each in session.record.written) or (turned and not query)
    if (address != query and new) or (address == query and session.sent not in (None, address)):
        st.query_params.from_dict(address)
        session.sent = address
    return session.record.state


def _went() -> bool:
    """Whether the browser's own button, Back or Forward, made this run."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def _opened(query: Mapping[str, str]) -> Opened:
    return Opened(secrets.token_hex(8), not query or "file" in query, query.get("file", ""))


def _first(query: Mapping[str, str]) -> Record:
    """The record of a new session; a link that cannot be read at all is told, and the first preset opens."""
    try:
        return addresses.start(query)
    except Exception:
        number = trouble("a link could not be followed")
        notice = f"The link could not be followed (id {number}); this is the first preset instead."
        return replace(addresses.start({}), notices=(notice,))


def record() -> Record:
    """The record as it is now."""
    session: Session = st.session_state[KEY]
    return session.record


def current() -> State:
    """What is chosen now and what it makes."""
    return record().state


def do(transition: Callable[[Record], Record]) -> None:
    """Take a step. An error in it is logged, told with its number, and the record stays as it was."""
    session: Session = st.session_state[KEY]
    try:
        session.record = transition(session.record)
    except Exception:
        number = trouble("a step failed")
        session.record = replace(session.record, notices=(f"That did not work (id {number}). Nothing was changed.",))


def trouble(what: str) -> str:
    """Log the error that is being handled; gives the short number it is told with."""
    number = secrets.token_hex(2)
    LOG.exception("%s (id %s)", what, number)
    return number


def change(name: str, enterprise: str, value: float) -> None:
    """Set a value."""
    do(lambda record: transitions.moved(record, name, enterprise, value))


def seen(token: str) -> int:
    """How many steps of those that a row of buttons counts were taken."""
    return record().seen.get(token, 0)


def move(name: str, enterprises: tuple[str, ...], value: float) -> None:
    """Set a value in one enterprise, or in several as one step."""
    if len(enterprises) == 1:
        change(name, enterprises[0], value)
    else:
        change_all({(name, each): value for each in enterprises})


def change_all(values: Mapping[tuple[str, str], float]) -> None:
    """Set several values as one step."""
    do(lambda record: transitions.set_all(record, values))


def decide(values: Mapping[tuple[str, str], float], words: str) -> None:
    """Set several values as one step that others decided; ``words`` say who and how."""
    do(lambda record: transitions.decided(record, values, words))


def take_back(name: str, enterprise: str) -> None:
    """Set one value back to that of the preset."""
    do(lambda record: transitions.taken_back(record, name, enterprise))


def opened_with() -> Opened:
    """How this session was opened."""
    session: Session = st.session_state[KEY]
    return session.opened


def go_on(visit: Visit) -> None:
    """Go on where an earlier visit was."""
    do(lambda record: transitions.resumed(record, visit.choice, visit.notices))


def reset() -> None:
    """Set every value back to that of the preset."""
    do(transitions.reset)


def steps(token: str, asked: list[str]) -> None:
    """Steps back and forth as a row of buttons counted them since it was drawn; those already taken count no more."""
    for number, step in enumerate(asked, 1):
        if number > seen(token):
            do(partial(history.stepped, step=step, token=token, number=number))


def pin() -> None:
    """Make what is chosen now the baseline."""
    do(transitions.pinned)


def unpin() -> None:
    """Make the preset the baseline again."""
    do(transitions.unpinned)


def choose(key: str) -> None:
    """Go to a preset or an opened file, or back to it; what was changed there is still there."""
    left = record().left.get(key)
    do(lambda record: transitions.chosen(record, presets.load(key) if key in presets.names() or not left else left.base))


def open_file(data: bytes, name: str) -> None:
    """Open a scenario file; its mistakes are told, and change nothing."""
    try:
        scenario = read_scenario(data, name)
    except FileError as error:
        mistakes = list(error.lines)
        do(lambda record: transitions.file_refused(record, mistakes))
    else:
        open_scenario(scenario, name)


def open_scenario(scenario: Scenario, title: str) -> None:
    """Make a scenario the base."""
    do(lambda record: transitions.opened(record, scenario, title))


def law() -> str:
    """The law that was chosen; empty for none."""
    return record().now.law


def choose_law(key: str) -> None:
    """Choose a law; empty for none."""
    do(lambda record: transitions.law_chosen(record, key))


def ledger() -> str:
    """Whether the address says that an own ledger is open, as the page of members marked it."""
    return record().ledger


def mark_ledger(mark: str) -> None:
    """Mark in the address that an own ledger is open; empty: none is."""
    do(lambda record: transitions.ledger_opened(record, mark))


def stage() -> bool:
    """Whether the comparison is shown on a stage, for a room."""
    return bool(record().stage)


def go_on_stage() -> None:
    """Show the comparison on a stage."""
    do(lambda record: transitions.staged(record, "1"))


def leave_stage() -> None:
    """Back from the stage to the desk."""
    do(lambda record: transitions.staged(record, ""))


def explained() -> str:
    """What the page is asked to explain; empty for nothing."""
    return record().explain


def close_explanation() -> None:
    """Ask for no explanation any more."""
    do(lambda record: transitions.explained(record, ""))


def kept(what: type[Kept]) -> Kept:
    """What a page keeps for itself over the session: one dataclass with defaults, known by its type."""
    session: Session = st.session_state[KEY]
    if what not in session.pages:
        session.pages[what] = what()
    found: Kept = session.pages[what]
    return found


def keep(value: Any) -> None:
    """Keep this instead of what was kept of its type."""
    session: Session = st.session_state[KEY]
    session.pages[type(value)] = value


def drawn() -> None:
    """The page was drawn to its end."""
    do(transitions.drawn)


def failed(number: str) -> None:
    """The page could not be drawn; the choice with which one could comes back."""
    do(lambda record: transitions.failed(record, number))


def back() -> None:
    """Back to where you were: the choice of before the error has come back, the page only needs to be drawn again."""
    do(lambda record: replace(record, notices=()))


def start_anew() -> None:
    """Forget everything of this session and its address."""
    st.session_state.clear()
    st.query_params.clear()
