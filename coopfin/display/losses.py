"""What a change, or another firm, costs somebody: in words, the largest loss first."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Protocol

from coopfin.comparison.measures import MEASURES
from coopfin.display import words
from coopfin.display.nouns import Words

WORTH_TELLING = 0.005  # of what it was
Losses = Mapping[str, tuple[int, str]]  # by measure: which way is a loss, and how it is said
# What somebody else pays where providers have more.
OTHERS: Losses = {
    "founders_total": (-1, "founders forgo {gap}"),
    "product_total": (-1, "its product gets {gap} less"),
    "providers_final": (-1, "{gap} fewer {providers} have work"),
    "buyer_price": (1, "{buyers} pay {gap} more"),
}
EVERYBODY: Losses = {
    "provider_month": (-1, "{provider} has {gap} less a month"),
    **OTHERS,
    "community_total": (-1, "the community gets {gap} less"),
    "capital_gain": (-1, "outside capital gains {gap} less"),
}


class Measured(Protocol):
    """What gives the value of a measure by its name; NaN where it is empty."""

    def __getitem__(self, measure: str, /) -> float: ...


def losses(before: Measured, after: Measured, wording: Words, whose: Losses = EVERYBODY) -> list[str]:
    """Who loses how much from one to the other."""
    sizes = {}
    for name, (worse, _) in whose.items():
        size = max(abs(before[name]), abs(after[name]))
        sizes[name] = worse * (after[name] - before[name]) / size if size > 0 and math.isfinite(size) else 0.0
    lost = sorted((name for name in whose if sizes[name] >= WORTH_TELLING), key=lambda name: -sizes[name])
    return [_told(name, before, after, wording, whose[name][1]) for name in lost]


def _told(name: str, before: Measured, after: Measured, wording: Words, text: str) -> str:
    unit = MEASURES[name].unit
    gap = abs(words.shown(after[name], unit) - words.shown(before[name], unit))
    told = words.percent(gap / before[name]) if unit == "multiple" else words.amount(gap)
    who = words.one(wording.provider)
    return text.format(gap=told, provider=who, providers=wording.providers, buyers=wording.buyers)
