"""Which way a measure is better, so that a picture may say who is better off; where it depends on whom you ask, it does not."""

from __future__ import annotations

from coopfin.comparison.measures import EARNS, MEASURES, TAKES
from coopfin.ui.session.presets import Words

MORE = frozenset(
    ("provider_votes", "provider_keeps", "provider_pay_first", "provider_pay_final", "provider_income_final",
     "provider_income_total", "provider_value", "operating_surplus_total", "surplus_total", "surplus_margin", "capital_gain",
     "capital_irr", "equity_irr", "equity_multiple", "lowest_cash")
)  # fmt: skip
LESS = frozenset(("take_rate", "effective_take_rate", "funding_gap", "break_even_year"))


def ahead(measure: str, firm: str, said: Words) -> str:
    """How to say that a firm is the better one by a measure: ``Better for drivers in the cooperative``."""
    if measure not in MORE | LESS:
        return f"More in the {firm}"
    whom = f" for {said.providers}" if MEASURES[measure].section in (EARNS, TAKES) else ""
    return f"Better{whom} in the {firm}"


def second_ahead(measure: str, above: float, below: float) -> float:
    """Of the shares where the second firm has more and where it has less: the share where it is ahead."""
    return below if measure in LESS else above
