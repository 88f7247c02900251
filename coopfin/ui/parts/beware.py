"""What must be said beside the values of a measure, such as a return that stands on paper only."""

from __future__ import annotations

from html import escape

from coopfin.comparison.compare import Comparison
from coopfin.comparison.measures import MEASURES
from coopfin.display import words


def beware(comparison: Comparison, measure: str) -> str:
    """It as HTML, firm by firm; empty where nothing must be said."""
    if measure not in MEASURES:  # a figure of two firms
        return ""
    told = [(name, MEASURES[measure].beware(x)) for name, x in comparison.projections.items()]
    return "".join(f'<small class="remark">{escape(words.firm(name))}: {escape(text)}.</small>' for name, text in told if text)
