"""What should worry the reader, said in words near the figures, with what would mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import streamlit as st

from coopfin.comparison.compare import Comparison
from coopfin.comparison.measures import MEASURES
from coopfin.comparison.scenario import write_scenario
from coopfin.engine.projection import Projection, project
from coopfin.ui.parts import words
from coopfin.ui.parts.downloads import download
from coopfin.ui.session import state
from coopfin.ui.session.base import Words
from coopfin.ui.session.state import State

TAKE_RATES = np.linspace(0.0, 1.0, 201)


def told(now: State) -> None:
    """What there is to tell about the last step, the link, and values that cannot stand."""
    record = state.record()
    for notice in record.notices:
        st.warning(words.markdown(notice))
    if record.too_long:
        st.info(words.markdown(record.too_long))
        download(now, "scenario-of-link", "The scenario", lambda: write_scenario(now.scenario))
    for mistake in now.mistakes:
        st.error(words.markdown(f"{mistake}. Until then, you see the results from before."))


def notices(comparison: Comparison, wording: Words) -> list[str]:
    """One notice for each firm that runs out of cash or never breaks even."""
    told = []
    for enterprise, x in comparison.projections.items():
        told += [f"{words.firm(enterprise)}: {text}" for text in _of(comparison, enterprise, x, wording.currency)]
    return told


def _of(comparison: Comparison, enterprise: str, x: Projection, currency: str) -> Iterator[str]:
    gap = comparison["funding_gap"].values[enterprise]
    if gap > 0:
        deepest, first = (comparison[each].values[enterprise] for each in ("lowest_cash_month", "first_short_month"))
        yield (
            f"cash falls below 0 in {words.month(first)}, and {words.money(gap, currency)} are missing in "
            f"{words.month(deepest)}. A grant of that size at launch closes it, a loan or shares take a little more because "
            f"they cost something; {_take_rate(x, 'lowest_cash', 'so does')}."
        )
    if np.isnan(comparison["break_even_year"].values[enterprise]):
        last = float(x.surplus[-1])
        yield (
            f"never breaks even: in the last year {words.money(-last, currency)} are missing. "
            + f"{_take_rate(x, 'break_even_year', 'What would do it:').capitalize()}."
        )


def _take_rate(x: Projection, measure: str, opening: str) -> str:
    """The lowest take rate that mends it, all else equal, found by projecting every half percent at once."""
    a = x.assumptions
    values = MEASURES[measure](project(replace(a, take_rate=TAKE_RATES)))
    mended = TAKE_RATES[values >= 0]
    if mended.size == 0:
        return "no take rate would close it: costs must fall or sales must grow"
    needed, now = words.percent(float(mended[0])), words.percent(float(a.take_rate))
    return f"{opening} a take rate of {needed} instead of {now}, all else equal"
