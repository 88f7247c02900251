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
from coopfin.comparison.verdict import Verdict, judge
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
class End:
    """What comes out with a lever at one end of its range: the measure (NaN: no value), and who runs dry there.

    ``verdict`` is that on the second enterprise; EMPTY where only one is asked for.
    """

    value: float
    dry: tuple[str, ...]
    verdict: Verdict


@dataclass(frozen=True)
class Bar:
    """One bar of a tornado: the lever's two ends, and what comes out at each.

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
    ends: tuple[End, End]


Ranges = Mapping[Lever, tuple[float, float]]


@dataclass(frozen=True)
class Tornado:
    """The measure as things are, and a bar for every lever, the widest first."""

    base: float
    now: End
    bars: tuple[Bar, ...]

    def turns(self, bar: Bar) -> bool:
        """Whether this lever alone can turn the answer around: the other enterprise is better, and lives, at one end."""
        answers = {Verdict.BETTER, Verdict.WORSE} - {self.now.verdict}
        return any(end.verdict in answers for end in bar.ends)


def tornado(
    enterprises: Mapping[str, Assumptions], measure: str, enterprise: str | None = None, ranges: Ranges | None = None
) -> Tornado:
    """Every assumption by itself from the low to the high end of its range, all others as they are.

    The range is that of ``ranges``, what is known of it, or the plausible one of its declaration. ``enterprise`` says
    whose measure; None: the second enterprise's less the first's. A shared assumption is moved in every enterprise
    together, and so is one whose range is given for all, as long as all have the same value; the others in one at a
    time; structural ones are left out. An end that the other assumptions do not permit is moved to the nearest they do,
    and a lever that cannot be moved is left out.
    Raises ``AssumptionError`` where a shared assumption differs.
    """
    firms = _checked(enterprises, enterprise)
    ranges = {} if ranges is None else ranges
    ends = _ends(firms, {lever: _range(lever, ranges) for lever in _levers(firms, ranges)})
    projections = {name: project(a) for name, a in _moved(firms, ends).items()}
    values = {name: MEASURES[measure](x) for name, x in projections.items()}
    lives = {name: x.lows.lives for name, x in projections.items()}
    lanes = [
        End(float(value), tuple(name for name in firms if not lives[name][lane]), Verdict(int(verdict)))
        for lane, (value, verdict) in enumerate(zip(_results(values), _verdicts(measure, values, lives), strict=True))
    ]
    now, *reached = lanes
    bars = [
        Bar(lever, low, high, at_low.value, at_high.value, _spread(now.value, at_low.value, at_high.value),
            _known(lever, ranges) is not None, (at_low, at_high))
        for (lever, (low, high)), at_low, at_high in zip(ends.items(), reached[::2], reached[1::2], strict=True)
    ]  # fmt: skip
    return Tornado(now.value, now, tuple(sorted(bars, key=lambda bar: -bar.swing)))


def effects(enterprises: Mapping[str, Assumptions], ranges: Ranges, measure: str = "provider_month") -> dict[Lever, Bar]:
    """How far every lever moves the difference of a measure over its range: the bars of a tornado by lever.

    All levers go through one projection of each enterprise. A lever that cannot be moved is missing.
    """
    return {bar.lever: bar for bar in tornado(enterprises, measure, ranges=ranges).bars}


def _results(values: Mapping[str, Array]) -> Array:
    """The difference of two, or the values of one."""
    return np.asarray(difference(values)) if len(values) > 1 else next(iter(values.values()))


def _verdicts(measure: str, values: Mapping[str, Array], lives: Mapping[str, NDArray[np.bool_]]) -> Any:
    if len(values) < 2:
        return np.full(next(iter(values.values())).shape, Verdict.EMPTY.value)
    return judge(MEASURES[measure], *values.values(), *lives.values())


def _moved(firms: Mapping[str, Assumptions], ends: Mapping[Lever, tuple[float, float]]) -> dict[str, Assumptions]:
    """The enterprises with a lane as things are, then one for the low and one for the high end of each lever."""
    return {name: replace(a, **_lanes(name, a, ends)) for name, a in firms.items()}


def _lanes(name: str, a: Assumptions, ends: Mapping[Lever, tuple[float, float]]) -> dict[str, Array]:
    count = 1 + 2 * len(ends)
    # One assumption at least is an array, so that both enterprises have all lanes.
    lanes: dict[str, Array] = {"providers": np.full(count, float(a.providers))}
    for number, (lever, low_and_high) in enumerate(ends.items()):
        if lever.moves(name):
            column = lanes.setdefault(lever.assumption, np.full(count, float(getattr(a, lever.assumption))))
            column[1 + 2 * number : 3 + 2 * number] = low_and_high
    return lanes


def _spread(*values: float) -> float:
    present = [value for value in values if not np.isnan(value)]
    return max(present) - min(present) if present else 0.0


def _checked(enterprises: Mapping[str, Assumptions], enterprise: str | None) -> dict[str, Assumptions]:
    mistakes = [*find_unshared(enterprises)]
    if mistakes:
        raise AssumptionError(mistakes)
    return concerned(enterprises, enterprise)


def _levers(enterprises: Mapping[str, Assumptions], known: Ranges) -> list[Lever]:
    def together(name: str) -> bool:
        same = len({float(getattr(a, name)) for a in enterprises.values()}) == 1
        return ASSUMPTIONS[name].shared or (same and Lever(name) in known)

    return [
        Lever(name, enterprise)
        for name, assumption in ASSUMPTIONS.items()
        if not assumption.structural
        for enterprise in ([None] if together(name) else enterprises)
    ]


def _known(lever: Lever, known: Ranges) -> tuple[float, float] | None:
    """The range that is given for a lever, or for its assumption in every enterprise."""
    return known.get(lever) or known.get(Lever(lever.assumption))


def _range(lever: Lever, known: Ranges) -> tuple[float, float]:
    low, high = _known(lever, known) or ASSUMPTIONS[lever.assumption].plausible
    return float(low), float(high)


def _ends(firms: Mapping[str, Assumptions], asked: Mapping[Lever, tuple[float, float]]) -> dict[Lever, tuple[float, float]]:
    """The ends of each range, as near as the other assumptions permit, without the levers that cannot be moved."""
    broken = reduce(or_, (_conflict(a, _lanes(name, a, asked)) for name, a in firms.items()))
    broken = np.broadcast_to(broken, 1 + 2 * len(asked))
    ends = {}
    for number, (lever, low_and_high) in enumerate(asked.items()):
        low, high = low_and_high
        for name, a in firms.items() if broken[1 + 2 * number : 3 + 2 * number].any() else ():
            if lever.moves(name):
                low, high = _permitted(a, lever.assumption, low), _permitted(a, lever.assumption, high)
        if low != high:
            ends[lever] = (low, high)
    return ends


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
