"""What the model's formulas are computed with: Python floats for one scenario, numpy arrays for many at once.

The formulas use + − × ÷ and the operations here, nothing else: those give the same last bit for a number and for a
lane of an array, so that one scenario equals itself in a sweep. (Powers, exponentials and numpy's sums do not.) The
workbook has a third carrier, whose values are formulas of cells.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

# cos(2π·k/12): whole twelfths of a turn, exact where they can be.
COSINES = (1.0, math.sqrt(3) / 2, 0.5, 0.0, -0.5, -math.sqrt(3) / 2, -1.0, -math.sqrt(3) / 2, -0.5, 0.0, 0.5, math.sqrt(3) / 2)
HALLEY_STEPS = 4


def power(base: Any, exponent: int) -> Any:
    """``base ** exponent`` for a whole exponent ≥ 0, by squaring."""
    result = 1.0
    while exponent:
        if exponent & 1:
            result = result * base
        base, exponent = base * base, exponent >> 1
    return result


def geometric_sum(ratio: Any, terms: int) -> Any:
    """``1 + ratio + … + ratio ** (terms - 1)``, by doubling; 0 for no terms. No cancellation for ratios near 1."""
    if terms == 0:
        return 0.0 * ratio
    half = geometric_sum(ratio, terms // 2)
    total = half + half * power(ratio, terms // 2)
    return total + power(ratio, terms - 1) if terms & 1 else total


def _cosine(months: int) -> float:
    return COSINES[months % 12]


class Floats:
    """One scenario, in Python floats."""

    @staticmethod
    def maximum(p: float, q: float) -> float:
        """The larger of two."""
        return p if p > q else q

    @staticmethod
    def minimum(p: float, q: float) -> float:
        """The smaller of two."""
        return p if p < q else q

    @staticmethod
    def where(condition: bool, p: float, q: float) -> float:
        """``p`` where the condition holds, else ``q``."""
        return p if condition else q

    @staticmethod
    def ratio(p: float, q: float, otherwise: float = 0.0) -> float:
        """``p ÷ q``, or ``otherwise`` where ``q`` is 0."""
        return p / q if q != 0 else otherwise

    @staticmethod
    def twelfth_root(x: float) -> float:
        """The twelfth root of ``x`` ≥ 0."""
        return _twelfth_root(x, math.sqrt) if x > 0 else 0.0

    cosine = staticmethod(_cosine)
    power = staticmethod(power)
    geometric_sum = staticmethod(geometric_sum)


class Arrays:
    """Many scenarios, in numpy arrays; a value that all share may be a float. The operations as in ``Floats``."""

    maximum: Any = np.maximum
    minimum: Any = np.minimum

    @staticmethod
    def where(condition: Any, p: Any, q: Any) -> Any:
        """``p`` where the condition holds, else ``q``; a condition that all scenarios share costs nothing."""
        return (p if condition else q) if isinstance(condition, bool) else np.where(condition, p, q)

    @staticmethod
    def ratio(p: Any, q: Any, otherwise: float = 0.0) -> Any:
        """``p ÷ q``, or ``otherwise`` where ``q`` is 0."""
        there = np.not_equal(q, 0)
        if there.all():
            return p / q
        return np.where(there, p / np.where(there, q, 1.0), otherwise)

    @staticmethod
    def twelfth_root(x: Any) -> Any:
        """The twelfth root of ``x`` ≥ 0."""
        positive = np.greater(x, 0)
        return np.where(positive, _twelfth_root(np.where(positive, x, 1.0), np.sqrt), 0.0)

    cosine = staticmethod(_cosine)
    power = staticmethod(power)
    geometric_sum = staticmethod(geometric_sum)


def _twelfth_root(x: Any, sqrt: Any) -> Any:
    """Two square roots, then the cube root of ``w``: a first guess w^(1/4 + 1/16 + 1/64), then Halley's method."""
    w = sqrt(sqrt(x))
    quarter = sqrt(sqrt(w))
    sixteenth = sqrt(sqrt(quarter))
    root = quarter * sixteenth * sqrt(sqrt(sixteenth))
    for _ in range(HALLEY_STEPS):
        cube = root * root * root
        root = root * ((cube + 2 * w) / (2 * cube + w))
    return root


Carrier = Any  # Floats, Arrays, or the workbook's cells
