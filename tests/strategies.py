"""Random assumptions over the whole possible range, read off the declarations."""

from __future__ import annotations

import math
from collections.abc import Set

import numpy as np
from hypothesis import strategies as st

from coopfin import ASSUMPTIONS, Assumptions
from coopfin.engine.assumptions import MAX_ROUNDS, SPLIT
from coopfin.engine.declaration import Assumption

STRUCTURAL = [name for name, each in ASSUMPTIONS.items() if each.structural]
FREE = [name for name, each in ASSUMPTIONS.items() if not each.structural]
# Amounts have no upper end; these are far beyond any platform.
LARGEST = {"money": 1e9, "count": 1e7, "multiple": 20.0, "years": 45}


def random_value(each: Assumption, rng: np.random.Generator) -> float:
    """A plausible value, a possible one up to the ends of the range, or an end itself."""
    low, high = each.unit.low, min(each.unit.high, LARGEST.get(each.unit.name, math.inf))
    low = low + 0.01 if each.unit.low_open else low
    kind = rng.integers(4)
    if kind == 0:
        drawn = float(rng.choice([low, high, max(low, min(0.0, high))]))
    elif kind == 1:
        drawn = rng.uniform(low, high)
    else:
        drawn = rng.uniform(*each.plausible)
    return float(round(drawn)) if each.unit.whole else float(f"{drawn:.4g}")


@st.composite
def values(draw: st.DrawFn, structural: dict[str, float] | None = None) -> dict[str, float]:
    """The values of one enterprise; some stay at their default, so that a failure is easy to read."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    unset = draw(st.sets(st.sampled_from(sorted(ASSUMPTIONS)), max_size=20))
    return random_values(rng, unset, structural)


def random_values(
    rng: np.random.Generator, unset: Set[str] = frozenset(), structural: dict[str, float] | None = None
) -> dict[str, float]:
    """The values of one enterprise, those in ``unset`` at their default.

    What must hold between values is put right by rescaling, not by rejecting.
    """
    drawn = {name: each.default if name in unset else random_value(each, rng) for name, each in ASSUMPTIONS.items()}
    drawn |= structural or {}
    total = sum(drawn[name] for name in SPLIT)
    if total > 1:
        drawn |= {name: math.floor(drawn[name] / total * 1000) / 1000 for name in SPLIT}
    rounds = range(1, MAX_ROUNDS + 1)
    if structural is None:
        years = sorted(drawn[f"equity_{n}_year"] for n in rounds)
        drawn |= {f"equity_{n}_year": year for n, year in zip(rounds, years, strict=True)}
    for n in rounds:
        drawn[f"equity_{n}_amount"] *= rng.integers(2)
        drawn[f"equity_{n}_pre_money"] = max(drawn[f"equity_{n}_pre_money"], 1.0)
    return drawn


@st.composite
def structures(draw: st.DrawFn) -> dict[str, float]:
    """Structural values that a whole sweep shares."""
    drawn = draw(values())
    return {name: drawn[name] for name in STRUCTURAL}


@st.composite
def sweeps(draw: st.DrawFn, size: int) -> list[Assumptions]:
    """Single scenarios that can be stacked into one sweep."""
    structural = draw(structures())
    return [Assumptions(**draw(values(structural))) for _ in range(size)]


def stack(scenarios: list[Assumptions]) -> Assumptions:
    """The same scenarios as one set of arrays."""
    free = {name: np.array([float(getattr(a, name)) for a in scenarios]) for name in FREE}
    return Assumptions(**free, **{name: getattr(scenarios[0], name) for name in STRUCTURAL})
