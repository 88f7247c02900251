"""Values so large that a result cannot be told: which assumption it is that makes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from coopfin.engine.assumptions import ASSUMPTIONS, Assumptions
from coopfin.engine.declaration import Assumption, AssumptionError, Mistake
from coopfin.engine.units import number

TRIED = 12  # the most unusual assumptions, each put back to its default in turn


def too_large(enterprise: str, what: str, a: Assumptions, overflows: Callable[[Assumptions], bool]) -> Mistake:
    """That ``what`` of this enterprise is too large to compute, and which assumption to lower.

    It is the most unusual one without which it could be computed, or the most unusual of all where no single one is.
    """
    unusual = sorted(ASSUMPTIONS.values(), key=lambda each: _unusual(a, each), reverse=True)[:TRIED]
    culprit = next((each for each in unusual if _is_computed_without(a, each, overflows)), unusual[0])
    value = number(float(getattr(a, culprit.name)))
    low, high = (number(end) for end in culprit.plausible)
    return Mistake(
        f"{enterprise}: {what} is too large to compute with {culprit.name} ({culprit.label}) at {value}; "
        f"{culprit.permitted}; usual: {low} to {high}; bring it nearer to that",
        (culprit.name,),
    )


def _unusual(a: Assumptions, each: Assumption) -> float:
    """How many times its usual size an assumption has."""
    return abs(float(getattr(a, each.name))) / (max(map(abs, each.plausible)) or 1.0)


def _is_computed_without(a: Assumptions, each: Assumption, overflows: Callable[[Assumptions], bool]) -> bool:
    try:
        return not overflows(replace(a, **{each.name: each.default}))
    except AssumptionError:
        return False
