"""Every measure of the comparison, declared once: a function with its name, label, unit, section and words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from coopfin.comparison.measures import business, capital, earns, pairs, surplus, survival, takes  # noqa: F401 they declare
from coopfin.comparison.measures.declare import (
    BUSINESS,
    CAPITAL,
    EARNS,
    HIGHER,
    LOWER,
    NEITHER,
    OWNERSHIP,
    SECTIONS,
    SURPLUS,
    SURVIVAL,
    TAKES,
    UNIT_ECONOMICS,
    Measure,
    PairMeasure,
    declared,
    declared_pairs,
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

# Section by section, whatever the order in which the modules were loaded.
MEASURES: Mapping[str, Measure] = MappingProxyType(
    {name: each for section in SECTIONS for name, each in declared.items() if each.section == section}
)
PAIR_MEASURES: Mapping[str, PairMeasure] = MappingProxyType(declared_pairs)
# The rows of the first screen, in their order.
HEADLINES: tuple[str, ...] = tuple(
    each.name for each in sorted(MEASURES.values(), key=lambda each: each.headline) if each.headline
)
