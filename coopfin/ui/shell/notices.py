"""What should worry the reader, said in words near the figures, with what would mend it."""

from __future__ import annotations

import math
from collections.abc import Iterator

import streamlit as st

from coopfin.comparison import goal_seek, verdict
from coopfin.comparison.compare import Comparison
from coopfin.comparison.goal_seek import Goal
from coopfin.comparison.scenario import write_scenario
from coopfin.display import words
from coopfin.display.nouns import Words
from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.engine.projection import Projection
from coopfin.ui.parts.downloads import download
from coopfin.ui.session import cached, state
from coopfin.ui.session.state import State

# One assumption at a time that may close a gap of cash, or bring a surplus.
CLOSING, TURNING = ("take_rate", "grants"), ("take_rate",)


def told(now: State) -> None:
    """What there is to tell about the last step, the link, and values that cannot stand."""
    record = state.record()
    for notice in record.notices:
        st.warning(words.markdown(notice))
    if record.decided:
        st.success(words.markdown(record.decided))
    if record.too_long:
        st.info(words.markdown(record.too_long))
        download(now, "scenario-of-link", "The scenario", lambda: write_scenario(now.scenario))
    for mistake in now.mistakes:
        st.error(words.markdown(f"{mistake}. Until then, you see the results from before."))


def notices(comparison: Comparison, wording: Words) -> list[str]:
    """One notice for each firm that runs out of cash or never breaks even, with what would mend it, all else equal."""
    told = []
    for enterprise, x in comparison.projections.items():
        told += [f"{words.firm(enterprise)}: {text}" for text in _of(x, wording.currency)]
    return told


def _of(x: Projection, currency: str) -> Iterator[str]:
    fate = verdict.fate(x)
    if fate.runs_dry:
        deepest = words.month(float(fate.lowest_cash_month))
        yield (
            f"{fate.when}, {words.money(float(fate.gap), currency)} missing in {deepest}. "
            f"{_cures(x, goal_seek.CASH_NEVER_BELOW_0, CLOSING, currency)}"
        )
    if not fate.breaks_even:
        missing = words.money(-float(x.surplus[-1]), currency)
        cures = _cures(x, goal_seek.breaks_even_by(x.years), TURNING, currency)
        yield f"never has a surplus: in the last year {missing} are missing. {cures}"


def _cures(x: Projection, goal: Goal, levers: tuple[str, ...], currency: str) -> str:
    """The values that goal seek finds, one assumption at a time: what the page of the years offers is the same."""
    a, told = x.assumptions, []
    for lever in levers:
        found = cached.seek(a, lever, goal)
        if not math.isnan(found.value):
            needed, now = (words.setting(value, ASSUMPTIONS[lever]) for value in (found.value, float(getattr(a, lever))))
            unit = f" {currency}" if currency and ASSUMPTIONS[lever].unit.name == "money" else ""
            told.append(f"“{ASSUMPTIONS[lever].label}” of {needed}{unit} instead of {now}{unit}")
    if not told:
        return "No take rate would do: costs must fall or sales must grow."
    return f"What would do, all else equal: {' or '.join(told)}."
