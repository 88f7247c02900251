"""What many futures amount to: few enough numbers to show, send and keep, whatever the number of draws."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coopfin.comparison.measures import MEASURES
from coopfin.comparison.verdict import Verdict, judge
from coopfin.engine.assumptions import Assumptions
from coopfin.engine.units import Array
from coopfin.uncertainty.chances import MEASURE
from coopfin.uncertainty.simulation import Simulation, Statistics, simulate
from coopfin.uncertainty.uncertain import Uncertain


@dataclass(frozen=True)
class Question:
    """Whose futures are drawn, what is uncertain in them, how many, and what is asked of each."""

    enterprises: Mapping[str, Assumptions]
    uncertain: tuple[Uncertain, ...]
    draws: int
    seed: int
    measures: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Futures:
    """The answer. Keyed by enterprise, and by None for the difference: the second less the first, draw by draw.

    ``above`` and ``below``: in what share of the draws that have a value the difference is above and below 0.
    ``better[measure][enterprise]``: in what share of all draws one of the first two is better by a measure, and lives.
    ``better_and_solvent[enterprise]``: in what share of all draws one of them leaves more to a provider a month, and lives.
    ``short[enterprise][t]``: in what share of all draws cash is short in some month up to the end of year ``t``.
    ``fans[line]``: the percentiles of every year, shape ``(len(PERCENTILES), years + 1)``.
    """

    draws: int
    statistics: Mapping[str, Mapping[str | None, Statistics]]
    above: Mapping[str, float]
    below: Mapping[str, float]
    better: Mapping[str, Mapping[str, float]]
    better_and_solvent: Mapping[str, float]
    short: Mapping[str, Array]
    fans: Mapping[str, Mapping[str | None, Array]]


Progress = Callable[[float], None]


def look_ahead(question: Question, progress: Progress | None = None) -> Futures:
    """Draw the futures and say what they amount to. Raises as ``simulate`` does."""
    q = question
    measures = tuple(dict.fromkeys((*q.measures, MEASURE)))
    drawn = simulate(q.enterprises, q.uncertain, q.draws, q.seed, measures=measures, lines=q.lines, progress=progress)
    years = next(iter(q.enterprises.values())).years
    whose: list[str | None] = [*q.enterprises, *([None] if len(q.enterprises) > 1 else [])]
    gaps = {measure: drawn.of(measure) for measure in q.measures} if None in whose else {}
    present = {measure: gap[~np.isnan(gap)] for measure, gap in gaps.items()}
    return Futures(
        q.draws,
        statistics={measure: {each: drawn.statistics(measure, each) for each in whose} for measure in q.measures},
        above={measure: _share(gap > 0) for measure, gap in present.items()},
        below={measure: _share(gap < 0) for measure, gap in present.items()},
        better={measure: _better(drawn, measure) for measure in gaps},
        better_and_solvent=_better_and_solvent(drawn) if None in whose else {},
        short={each: np.array([drawn.share_out_of_cash(each, 12 * t) for t in range(years + 1)]) for each in q.enterprises},
        fans={line: {each: drawn.fan(line, each) for each in whose} for line in q.lines},
    )


def _better_and_solvent(drawn: Simulation) -> dict[str, float]:
    first, second = list(drawn.out_of_cash)[:2]
    less = drawn.of(MEASURE) < 0
    return {
        first: float(np.mean(less & np.isnan(drawn.out_of_cash[first]))), second: drawn.better_and_solvent(second)
    }  # fmt: skip


def _better(drawn: Simulation, measure: str) -> dict[str, float]:
    """In what share of all draws each of the first two enterprises is better by a measure, and lives."""
    first, second = list(drawn.values[measure])[:2]
    lives = [np.isnan(drawn.out_of_cash[each]) for each in (first, second)]
    verdicts = judge(MEASURES[measure], *(drawn.values[measure][each] for each in (first, second)), *lives)
    return {first: float(np.mean(verdicts == Verdict.WORSE)), second: float(np.mean(verdicts == Verdict.BETTER))}


def _share(which: NDArray[np.bool_]) -> float:
    return float(np.mean(which)) if which.size else np.nan


def every_draw(question: Question, progress: Progress | None = None) -> dict[str, Array]:
    """Every draw as columns: what was drawn, then every measure of each enterprise."""
    q = question
    return simulate(q.enterprises, q.uncertain, q.draws, q.seed, progress=progress).columns()
