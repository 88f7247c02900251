"""What should worry the reader, said in words near the figures, with what would mend it."""

from __future__ import annotations

import streamlit as st

from coopfin.comparison.compare import Comparison
from coopfin.comparison.cures import DRY, NO_SURPLUS, Need, needs
from coopfin.comparison.scenario import write_scenario
from coopfin.display import cure_words, words
from coopfin.display.nouns import Words
from coopfin.ui.parts.downloads import download
from coopfin.ui.session import cached, state
from coopfin.ui.session.state import State

NAMED = 2  # cures in a warning; the list of all stands below


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
    return [_notice(each, comparison, wording) for each in needs(comparison.projections) if each.measure in (DRY, NO_SURPLUS)]


def _notice(need: Need, comparison: Comparison, wording: Words) -> str:
    x = comparison.projections[need.enterprise]
    found = [cure_words.told(each, x, wording) for each in cached.cures(x.assumptions, need.goal)[:NAMED]]
    named = " or ".join(f"“{each.lever}” of {each.value} instead of {each.now}" for each in found)
    cure = f"What would do, all else equal: {named}." if named else cure_words.NO_CURE
    return f"{cure_words.needed(need, comparison.projections, wording)}. {cure}"
