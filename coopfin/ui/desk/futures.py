"""How likely it is, told under the answer: worked out once the hand rests, and marked as old until then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

import streamlit as st

from coopfin.display.chance import chance
from coopfin.engine.declaration import AssumptionError
from coopfin.evidence.ranges import ends
from coopfin.ui.session import presets, state
from coopfin.ui.session.state import State
from coopfin.uncertainty.chances import chances as draw

PLACE = "futures"
NO_RANGES = "How likely is it? This scenario has no evidence ranges; the page of doubts takes the sliders' ranges."


@dataclass
class Told:
    """What was told last, and of which choice."""

    key: tuple[object, ...] = ()
    text: str = "How likely is it? It is being worked out."


def line(now: State) -> str:
    """The line as HTML, as it is known by now."""
    old = "" if known(now) else " old"
    title = "1,000 draws from the evidence ranges of the preset"
    return f'<p class="futures{old}" data-live="{PLACE}" title="{title}">{escape(state.kept(Told).text)}</p>'


def known(now: State) -> bool:
    """Whether the line tells of what is chosen now."""
    return state.kept(Told).key == _key(now)


def work_out(now: State) -> Mapping[str, str]:
    """The line in words, by its place, and kept."""
    found = chances(_key(now), now)
    text = NO_RANGES if found is None else chance(*found, now.enterprises[1], now.base.words)
    state.keep(Told(_key(now), text))
    return {PLACE: text}


def _key(now: State) -> tuple[object, ...]:
    return now.base.key, now.base.version, tuple(sorted(now.changes.items()))


@st.cache_data(max_entries=512, show_spinner=False)
def chances(key: tuple[object, ...], _now: State) -> tuple[float, float] | None:
    """In what share of futures the second firm pays more and lives, and in what share it lives; None without evidence."""
    ranges = ends(presets.evidence(_now.base))
    if not ranges or len(_now.enterprises) < 2:
        return None
    second = _now.enterprises[1]
    try:
        found = draw(_now.scenario.enterprises, ranges, alike=_now.base.alike)
    except AssumptionError:  # the ends of what is known cannot stand beside what was chosen
        return None
    return found.better_and_solvent[second], found.lives[second]
