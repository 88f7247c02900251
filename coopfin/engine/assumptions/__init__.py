"""Every assumption of the model, declared once.

``Assumptions`` holds the values of one enterprise: numbers, or arrays of scenarios. Labels, units, ranges, help
and sources live in the declarations of ``market``, ``platform``, ``capital`` and ``surplus`` and nowhere else;
``ASSUMPTIONS`` lists them by name.
"""

from __future__ import annotations

from coopfin.engine.assumptions.declared import ASSUMPTIONS, SPLIT, SPLIT_TOLERANCE
from coopfin.engine.assumptions.rules import conflicts, find_mistakes
from coopfin.engine.assumptions.sections import (
    CAPITAL,
    COSTS,
    GROWTH,
    MARKET,
    OWNERSHIP,
    PAPERS,
    PAYMENT,
    RESPONSES,
    ROUNDS,
    SALE,
    SURPLUS,
    TAKE,
    TAX,
)
from coopfin.engine.assumptions.values import Assumptions
from coopfin.engine.events import MAX_PAPERS, MAX_ROUNDS

__all__ = [
    "ASSUMPTIONS",
    "CAPITAL",
    "COSTS",
    "GROWTH",
    "MARKET",
    "MAX_PAPERS",
    "MAX_ROUNDS",
    "OWNERSHIP",
    "PAPERS",
    "PAYMENT",
    "RESPONSES",
    "ROUNDS",
    "SALE",
    "SPLIT",
    "SPLIT_TOLERANCE",
    "SURPLUS",
    "TAKE",
    "TAX",
    "Assumptions",
    "conflicts",
    "find_mistakes",
]
