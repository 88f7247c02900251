"""Every measure of the comparison, declared once: a function with its name, label, unit, section and words."""

from __future__ import annotations

from coopfin.comparison.measures import business, capital, earns, pairs, surplus, survival, takes  # noqa: F401 in their order
from coopfin.comparison.measures.declare import (
    BUSINESS,
    CAPITAL,
    EARNS,
    HIGHER,
    LOWER,
    MEASURES,
    NEITHER,
    OWNERSHIP,
    PAIR_MEASURES,
    SECTIONS,
    SURPLUS,
    SURVIVAL,
    TAKES,
    UNIT_ECONOMICS,
    Measure,
    PairMeasure,
)

__all__ = [
    "BUSINESS",
    "CAPITAL",
    "EARNS",
    "HEADLINES",
    "HIGHER",
    "LOWER",
    "MEASURES",
    "NEITHER",
    "OWNERSHIP",
    "PAIR_MEASURES",
    "SECTIONS",
    "SURPLUS",
    "SURVIVAL",
    "TAKES",
    "UNIT_ECONOMICS",
    "Measure",
    "PairMeasure",
]

# The rows of the first screen, in their order.
HEADLINES: tuple[str, ...] = tuple(
    each.name for each in sorted(MEASURES.values(), key=lambda each: each.headline) if each.headline
)
