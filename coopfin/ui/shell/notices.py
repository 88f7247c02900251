"""What should worry the reader, said in words near the figures, with what would mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from coopfin.comparison.compare import Comparison
from coopfin.comparison.measures import MEASURES
from coopfin.engine.projection import Projection, project
from coopfin.ui.parts import words
from coopfin.ui.session.presets import Words

TAKE_RATES = np.linspace(0.0, 1.0, 201)


def notices(comparison: Comparison, said: Words) -> list[str]:
    """One notice for each firm that runs out of cash or never breaks even."""
    told = []
    for enterprise, x in comparison.projections.items():
        told += [f"{words.firm(enterprise)}: {text}" for text in _of(comparison, enterprise, x, said.currency)]
    return told


def _of(comparison: Comparison, enterprise: str, x: Projection, currency: str) -> Iterator[str]:
    gap = comparison["funding_gap"].values[enterprise]
    if gap > 0:
        year = comparison["lowest_cash_year"].values[enterprise]
        first = int(np.argmax(x.cash < 0))
        missing = f"{words.amount(gap)} {currency}".strip()
        yield (
            f"short of {missing} in year {year:.0f}; cash first falls below 0 in year {first}. "
            f"A grant of that size at launch closes it, a loan or shares take a little more because they cost something; "
            f"{_take_rate(x, 'lowest_cash', 'so does')}."
        )
    if np.isnan(comparison["break_even_year"].values[enterprise]):
        last = float(x.surplus[-1])
        yield (
            f"never breaks even: in the last year {words.amount(-last)} {currency}".rstrip()
            + f" are missing. {_take_rate(x, 'break_even_year', 'What would do it:').capitalize()}."
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
