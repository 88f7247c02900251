"""Which way a measure is better, so that a picture may say who is better off; where it depends on whom you ask, it does not."""

from __future__ import annotations

from coopfin.comparison.measures import MEASURES
from coopfin.comparison.measures.declare import EARNS, NEITHER, TAKES
from coopfin.display import words
from coopfin.display.nouns import Words


def ahead(measure: str, firm: str, said: Words) -> str:
    """How to say that a firm is the better one by a measure: ``Better for drivers in the cooperative``."""
    if MEASURES[measure].better == NEITHER:
        return f"More in {words.the(firm)}"
    whom = f" for {said.providers}" if MEASURES[measure].section in (EARNS, TAKES) else ""
    return f"Better{whom} in {words.the(firm)}"
