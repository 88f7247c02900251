"""What the user has chosen: a base and the differences from it. Kept for the session, and in the address bar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

import streamlit as st

from coopfin.comparison.compare import Comparison, compare
from coopfin.comparison.scenario import Scenario
from coopfin.engine.assumptions import ASSUMPTIONS, Assumptions
from coopfin.engine.declaration import AssumptionError, Mistake
from coopfin.reading.mistakes import FileError
from coopfin.ui.parts import words
from coopfin.ui.session import link, presets
from coopfin.ui.session.presets import Base

Changes = dict[tuple[str, str], float]  # by assumption and enterprise


@dataclass(frozen=True)
class State:
    """The base, the changes to it, the scenario they make, its comparison, and what is wrong with it, if anything.

    Where something is wrong, ``scenario`` and ``comparison`` are the last ones that were right.
    """

    base: Base
    changes: Changes
    scenario: Scenario
    comparison: Comparison
    mistakes: tuple[str, ...] = ()

    def value(self, name: str, enterprise: str) -> float:
        """The chosen value of an assumption, right or wrong."""
        return self.changes.get((name, enterprise), base_value(self.base, name, enterprise))

    @property
    def enterprises(self) -> list[str]:
        """The names of the enterprises, in the order of the file."""
        return list(self.base.scenario.enterprises)


def base_value(base: Base, name: str, enterprise: str) -> float:
    """The value of an assumption in the base."""
    return float(getattr(base.scenario.enterprises[enterprise], name))


def holders(name: str, enterprise: str, enterprises: list[str]) -> list[str]:
    """Whose value changes along: all enterprises for a shared assumption."""
    return enterprises if ASSUMPTIONS[name].shared else [enterprise]


def current(*, turned: bool = False) -> State:
    """The state of this session; the first call of a session reads the link it was opened with.

    ``turned``: the page is another than before, and may have been reached without an address.
    """
    session = st.session_state
    query = st.query_params.to_dict()
    # A page change empties the address; any other address that this session did not write is a link to follow. Who moves
    # two levers in quick succession sends the address of before the first: what was just done here counts, not that.
    acted = session.pop("acted", False)
    if "base" not in session or (query and query != session.get("address") and not acted):
        _follow(query)
    if not query:
        session["aside"].pop("explain", None)
    base: Base = session["base"]
    enterprises = base.scenario.enterprises
    kept: Changes = session["changes"].setdefault(base.key, {})
    changes = {(name, enterprise): value for (name, enterprise), value in kept.items() if enterprise in enterprises}
    try:
        scenario = apply(base, changes)
        state = State(base, changes, scenario, compare(scenario.enterprises))
        session["last_right"] = state
    except AssumptionError as error:
        last = session.get("last_right")
        if last is None or last.base != base:
            last = State(base, {}, base.scenario, compare(enterprises))
        state = replace(last, changes=changes, mistakes=tuple(mistake.message for mistake in error.mistakes))
    address = link.write(state.base, state.changes) | session["aside"]
    # Written only when it is new: whoever goes back with the browser is not thrown forward again.
    if address != query and (address != session.get("address") or (turned and not query)):
        st.query_params.from_dict(address)
    session["address"] = address
    return state


def apply(base: Base, changes: Changes) -> Scenario:
    """The base with the changes; raises ``AssumptionError`` where a firm's values cannot stand together."""
    enterprises: dict[str, Assumptions] = {}
    mistakes: list[Mistake] = []
    for enterprise, a in base.scenario.enterprises.items():
        changed = {name: value for (name, holder), value in changes.items() if holder == enterprise}
        try:
            enterprises[enterprise] = replace(a, **changed) if changed else a
        except AssumptionError as error:
            mistakes += [replace(each, message=f"{words.firm(enterprise)}: {each.message}") for each in error.mistakes]
    if mistakes:
        raise AssumptionError(mistakes)
    sources = dict(base.scenario.sources)
    for name, _ in changes:
        sources[name] = f"assumption: changed by hand from {base.words.title}"
    return Scenario(enterprises, sources)


def change(name: str, enterprise: str, value: float) -> None:
    """Set a value; one equal to the base is no change."""
    st.session_state["acted"] = True
    base: Base = st.session_state["base"]
    changes: Changes = st.session_state["changes"][base.key]
    for holder in holders(name, enterprise, list(base.scenario.enterprises)):
        if value == base_value(base, name, holder):
            changes.pop((name, holder), None)
        else:
            changes[name, holder] = value


def undo(name: str, enterprise: str) -> None:
    """Take one value back to the base."""
    change(name, enterprise, base_value(st.session_state["base"], name, enterprise))


def reset() -> None:
    """Take every value back to the base."""
    st.session_state["acted"] = True
    st.session_state["changes"][st.session_state["base"].key] = {}


def choose(key: str) -> None:
    """Go to a preset, or back to it; what was changed there is still there."""
    st.session_state["acted"] = True
    st.session_state["base"] = presets.load(key)


def open_scenario(scenario: Scenario, file_name: str) -> None:
    """Make an opened file the base."""
    st.session_state["acted"] = True
    stem = file_name.removesuffix(".csv")
    st.session_state["base"] = Base(f"file:{stem}", scenario, replace(presets.words(stem), title=file_name))
    st.session_state["changes"][f"file:{stem}"] = {}


def aside(name: str) -> str:
    """What the link or a page keeps beside the scenario, such as the law that was chosen; empty if nothing."""
    kept: dict[str, str] = st.session_state["aside"]
    return kept.get(name, "")


def set_aside(name: str, value: str) -> None:
    """Keep it for the session and in the address bar; empty forgets it."""
    st.session_state["acted"] = True
    st.session_state["aside"] = {each: text for each, text in {**st.session_state["aside"], name: value}.items() if text}


def address() -> dict[str, str]:
    """What a link to another page carries: everything that was chosen, without the explanation asked for here."""
    return {name: value for name, value in st.session_state["address"].items() if name != "explain"}


def explain(anchor: str) -> str:
    """The address that explains a measure, an assumption or a line, with everything that was chosen."""
    return "method?" + urlencode(address() | {"explain": anchor})


def notices() -> list[str]:
    """What the link said that could not be followed to the letter; told once."""
    return list(st.session_state.pop("notices", ()))


def _follow(query: Mapping[str, str]) -> None:
    session = st.session_state
    session.setdefault("changes", {})
    session["aside"] = {name: query[name] for name in link.ASIDE if query.get(name)}
    try:
        base, changes, session["notices"] = link.read(query)
    except FileError as error:
        session["notices"] = [*error.lines]
        base, changes = link.first_base(), {}
    session["base"] = base
    if query:
        session["changes"][base.key] = changes
