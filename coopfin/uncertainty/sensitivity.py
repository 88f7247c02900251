"""Which assumption decides it, and where: one lever at a time, and two levers against each other.

Either way all values of the levers go through one projection of each enterprise at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coopfin.comparison.compare import concerned, difference, find_unshared
from coopfin.comparison.measures import MEASURES
from coopfin.engine.assumptions import ASSUMPTIONS, SPLIT, Assumptions, conflicts
from coopfin.engine.declaration import AssumptionError
from coopfin.engine.projection import project
from coopfin.engine.units import Array


@dataclass(frozen=True)
class Lever:
    """An assumption that is moved: that of one enterprise, or with None that of every enterprise together."""

    assumption: str
    enterprise: str | None = None

    def moves(self, enterprise: str) -> bool:
        """Whether it moves the assumption of this enterprise."""
        return self.enterprise in (None, enterprise)


@dataclass(frozen=True)
class Bar:
    """One bar of a tornado: the lever's two ends, and the measure at each; NaN where it has no value.

    ``swing`` is how far apart the measure is at the two ends and as things are, of those that have a value.
    ``evidence``: whether the ends are a range that was given for it, and not the slider's.
    """

    lever: Lever
    low: float
    high: float
    at_low: float
    at_high: float
    swing: float
    evidence: bool


Ranges = Mapping[Lever, tuple[float, float]]


@dataclass(frozen=True)
class Tornado:
    """The measure as things are, and a bar for every lever, the widest first."""

    base: float
    bars: tuple[Bar, ...]


def tornado(
    enterprises: Mapping[str, Assumptions], measure: str, enterprise: str | None = None, ranges: Ranges | None = None
) -> Tornado:
    """Every assumption by itself from the low to the high end of its range, all others as they are.

    The range is that of ``ranges``, what is known of it, or the plausible one of its declaration. ``enterprise`` says
    whose measure; None: the second enterprise's less the first's. A shared assumption is moved in every enterprise
    together, and so is one whose range is given for all; the others in one at a time; structural ones are left out.
    An end that the other assumptions do not permit is moved to the nearest they do, and a lever that cannot be moved is
    left out.
    Raises ``AssumptionError`` where a shared assumption differs.
    """
    firms = _checked(enterprises, enterprise)
    known = {} if ranges is None else ranges
    ends = {lever: found for lever in _levers(firms, known) if (found := _ends(firms, lever, known)) is not None}
    lanes = 1 + 2 * len(ends)  # first as things are, then a low and a high end for each lever
    values: dict[str, Array] = {}
    for name, a in firms.items():
        moved: dict[str, Array] = {}
        for number, (lever, low_and_high) in enumerate(ends.items()):
            if lever.moves(name):
                column = moved.setdefault(lever.assumption, np.full(lanes, float(getattr(a, lever.assumption))))
                column[1 + 2 * number : 3 + 2 * number] = low_and_high
        values[name] = MEASURES[measure](project(replace(a, **moved)))
    result = difference(values) if enterprise is None else values[enterprise]
    base, *at_ends = map(float, result)
    bars = [
        Bar(lever, *low_and_high, at_low, at_high, _spread(base, at_low, at_high), lever in known)
        for (lever, low_and_high), at_low, at_high in zip(ends.items(), at_ends[::2], at_ends[1::2], strict=True)
    ]
    return Tornado(base, tuple(sorted(bars, key=lambda bar: -bar.swing)))


def _spread(*values: float) -> float:
    present = [value for value in values if not np.isnan(value)]
    return max(present) - min(present) if present else 0.0


def _checked(enterprises: Mapping[str, Assumptions], enterprise: str | None) -> dict[str, Assumptions]:
    mistakes = [*find_unshared(enterprises)]
    if mistakes:
        raise AssumptionError(mistakes)
    return concerned(enterprises, enterprise)


def _levers(enterprises: Mapping[str, Assumptions], known: Ranges) -> list[Lever]:
    return [
        Lever(name, enterprise)
        for name, assumption in ASSUMPTIONS.items()
        if not assumption.structural
        for enterprise in ([None] if assumption.shared or Lever(name) in known else enterprises)
    ]


def _ends(enterprises: Mapping[str, Assumptions], lever: Lever, known: Ranges) -> tuple[float, float] | None:
    """The ends of the range, as near as the other assumptions permit; None where the lever cannot be moved."""
    low, high = map(float, known.get(lever, ASSUMPTIONS[lever.assumption].plausible))
    for name, a in enterprises.items():
        if lever.moves(name):
            low, high = _permitted(a, lever.assumption, low), _permitted(a, lever.assumption, high)
    return None if low == high else (low, high)


def _permitted(a: Assumptions, assumption: str, end: float) -> float:
    """``end``, or the nearest value that the other assumptions permit."""
    now = float(getattr(a, assumption))
    if not np.any(_conflict(a, {assumption: end})):
        return end
    return min(end, 1 - sum(float(getattr(a, name)) for name in SPLIT) + now) if assumption in SPLIT else now


def _conflict(a: Assumptions, moved: Mapping[str, Any]) -> NDArray[np.bool_]:
    """Scenario by scenario, whether the moved values cannot hold together with the others."""
    values = SimpleNamespace(**{name: moved.get(name, getattr(a, name)) for name in ASSUMPTIONS})
    return reduce(or_, (broken for broken, _ in conflicts(values)), np.asarray(False))


@dataclass(frozen=True)
class LeverMap:
    """A measure over a grid of two levers: ``across`` on the last axis, ``up`` on the first; shape ``(up, across)``.

    ``values[enterprise]`` is NaN where there is no value or the two levers' values cannot hold together;
    ``out_of_cash[enterprise]`` says where cash is short in some month.
    """

    across: Array
    up: Array
    values: Mapping[str, Array]
    out_of_cash: Mapping[str, NDArray[np.bool_]]

    @property
    def difference(self) -> Array:
        """The second enterprise's measure less the first's."""
        return np.asarray(difference(self.values), dtype=float)


def lever_map(
    enterprises: Mapping[str, Assumptions],
    across: Lever,
    up: Lever,
    measure: str,
    *,
    size: int = 61,
    across_ends: tuple[float, float] | None = None,
    up_ends: tuple[float, float] | None = None,
) -> LeverMap:
    """A measure of the two enterprises over ``size`` by ``size`` values of two levers, all else as it is.

    The ends are those of the plausible range unless given, moved out to where the levers stand now. Raises
    ``AssumptionError`` where a shared assumption differs or an end is not possible, ``ValueError`` where both levers
    move the same assumption of an enterprise.
    """
    firms = _checked(enterprises, None)
    if across.assumption == up.assumption and any(across.moves(name) and up.moves(name) for name in firms):
        raise ValueError(f"both levers move {up.assumption}; choose two different ones")
    grid = {
        across: np.linspace(*(across_ends or _around(firms, across)), size),
        up: np.linspace(*(up_ends or _around(firms, up)), size).reshape(-1, 1),
    }
    values, out_of_cash = {}, {}
    for name, a in firms.items():
        moved = {lever.assumption: column for lever, column in grid.items() if lever.moves(name)}
        broken = _conflict(a, moved)
        if np.any(broken):
            moved = {each: np.where(broken, getattr(a, each), column) for each, column in moved.items()}
        x = project(replace(a, **moved))
        values[name] = np.broadcast_to(np.where(broken, np.nan, MEASURES[measure](x)), (size, size))
        out_of_cash[name] = np.broadcast_to(~x.lows.lives & ~broken, (size, size))
    return LeverMap(grid[across], grid[up].reshape(-1), values, out_of_cash)


def _around(enterprises: Mapping[str, Assumptions], lever: Lever) -> tuple[float, float]:
    """The ends of the plausible range, moved out to the values as they are."""
    now = [float(getattr(a, lever.assumption)) for name, a in enterprises.items() if lever.moves(name)]
    low, high = ASSUMPTIONS[lever.assumption].plausible
    return min(low, *now), max(high, *now)
