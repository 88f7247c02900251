"""Values so large that a result cannot be told: which assumption it is that makes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from coopfin.engine.assumptions import ASSUMPTIONS, Assumptions
from coopfin.engine.declaration import Assumption, AssumptionError, Mistake
from coopfin.engine.units import number

TRIED = 12  # the most unusual assumptions, each put back to its default in turn


def too_large(enterprise: str, what: str, a: Assumptions, overflows: Callable[[Assumptions], bool]) -> Mistake:
    """That ``what`` of this enterprise is too large to be told, and which assumption to change.

    It is the most unusual one without which all could be told, or the most unusual of all where no single one is enough.
    """
    unusual = sorted(ASSUMPTIONS.values(), key=lambda each: _unusual(a, each), reverse=True)[:TRIED]
    culprit = next((each for each in unusual if _is_told_without(a, each, overflows)), unusual[0])
    value = number(float(getattr(a, culprit.name)))
    low, high = (number(end) for end in culprit.plausible)
    return Mistake(
        f"{enterprise}: {what} is too large to compute with {culprit.name} ({culprit.label}) at {value}; {culprit.permitted}; "
        f"usual: {low} to {high}; bring it nearer to that",
        (culprit.name,),
    )


def _unusual(a: Assumptions, each: Assumption) -> float:
    """How far outside its plausible range an assumption is: 1 at its larger end; a tiny one counts as its inverse."""
    value, largest = abs(float(getattr(a, each.name))), max(map(abs, each.plausible)) or 1.0
    return max(value / largest, 1e-6 * largest / value if value else 0.0)


def _is_told_without(a: Assumptions, each: Assumption, overflows: Callable[[Assumptions], bool]) -> bool:
    try:
        return not overflows(replace(a, **{each.name: each.default}))
    except AssumptionError:
        return False
