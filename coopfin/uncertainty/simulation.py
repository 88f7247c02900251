"""Many futures at once: uncertain assumptions drawn, both enterprises projected in each draw, what was asked for kept.

The draws are worked through in blocks; only the requested outputs of a block are kept. A draw's results do not
depend on the block it falls into, nor on who works it out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial
from math import inf
from typing import Any, NamedTuple

import numpy as np

from coopfin.comparison.compare import difference, find_unshared
from coopfin.comparison.measures import MEASURES
from coopfin.engine.assumptions import Assumptions
from coopfin.engine.declaration import AssumptionError, Mistake
from coopfin.engine.projection import Projection, project
from coopfin.engine.units import Array
from coopfin.uncertainty.sampling import SAMPLINGS, sample, to_values
from coopfin.uncertainty.uncertain import BITS, Uncertain, copula, find_uncertain_mistakes

BLOCK = 8192  # in smaller blocks the calls take longer than the arithmetic, larger ones do not fit the processor's cache
MAX_DRAWS = 2**BITS
PERCENTILES = (5, 25, 50, 75, 95)


class Statistics(NamedTuple):
    """What the draws of one measure amount to, over those that have a value; ``sd`` is the standard deviation."""

    mean: float
    sd: float
    p05: float
    p25: float
    p50: float
    p75: float
    p95: float
    share_empty: float


def statistics(values: Array) -> Statistics:
    """Mean, standard deviation, percentiles and the share of empty draws (NaN); shape of ``values``: the draws."""
    present = values[~np.isnan(values)]
    empty = (values.size - present.size) / values.size
    if present.size == 0:
        return Statistics(np.nan, np.nan, np.nan, np.nan, np.nan, np.nan, np.nan, empty)
    p05, p25, p50, p75, p95 = map(float, np.percentile(present, PERCENTILES))
    return Statistics(float(np.mean(present)), float(np.std(present)), p05, p25, p50, p75, p95, empty)


@dataclass(frozen=True)
class Simulation:
    """What was kept of every draw.

    ``values[measure][enterprise]`` has one number per draw, NaN where there is none; ``lines[line][enterprise]`` the
    years first, then the draws; ``out_of_cash[enterprise]`` the first month in which cash is short, NaN if none.
    Where a method takes ``enterprise``, None asks for the difference, draw by draw: the second less the first.
    """

    uncertain: tuple[Uncertain, ...]
    draws: int
    seed: int
    values: Mapping[str, Mapping[str, Array]]
    lines: Mapping[str, Mapping[str, Array]]
    out_of_cash: Mapping[str, Array]
    sampling: str = "sobol"

    def of(self, measure: str, enterprise: str | None = None) -> Array:
        """The draws of one measure."""
        return _pick(self.values[measure], enterprise)

    def statistics(self, measure: str, enterprise: str | None = None) -> Statistics:
        """Mean, standard deviation, percentiles and the share of empty draws of one measure."""
        return statistics(self.of(measure, enterprise))

    def share_above(self, measure: str, threshold: float = 0.0, enterprise: str | None = None) -> float:
        """In what share of the draws that have a value it is above ``threshold``; NaN if none has.

        Of the difference and 0: in what share the second enterprise has more than the first.
        """
        values = self.of(measure, enterprise)
        present = values[~np.isnan(values)]
        return float(np.mean(present > threshold)) if present.size else np.nan

    def share_out_of_cash(self, enterprise: str, up_to: float = inf) -> float:
        """In what share of all draws cash is short in some month up to month ``up_to``."""
        return float(np.mean(self.out_of_cash[enterprise] <= up_to))

    def better_and_solvent(self, enterprise: str, measure: str = "provider_month") -> float:
        """In what share of all draws ``enterprise`` has more of the measure than the first one and never runs dry."""
        first = next(iter(self.values[measure].values()))
        return float(np.mean((self.of(measure, enterprise) > first) & np.isnan(self.out_of_cash[enterprise])))

    def fan(self, line: str, enterprise: str | None = None, percentiles: Sequence[float] = PERCENTILES) -> Array:
        """Percentiles of a line year by year: shape ``(len(percentiles), years + 1)``, NaN where no draw has a value."""
        by_year = _pick(self.lines[line], enterprise)
        present = [values[~np.isnan(values)] for values in by_year]
        return np.array(
            [np.percentile(values, percentiles) if values.size else np.full(len(percentiles), np.nan) for values in present]
        ).T

    def columns(self) -> dict[str, Array]:
        """Every draw as the columns of a table: first what was drawn, then each measure of each enterprise."""
        drawn = sample(self.uncertain, self.draws, self.seed, sampling=self.sampling)
        found = {f"{measure} {name}": array for measure, each in self.values.items() for name, array in each.items()}
        return drawn | found


def _pick(values: Mapping[str, Array], enterprise: str | None) -> Array:
    return difference(values) if enterprise is None else values[enterprise]


class Plan(NamedTuple):
    """What a block needs to be worked out anywhere: it is sent to the executor."""

    enterprises: Mapping[str, Assumptions]
    uncertain: tuple[Uncertain, ...]
    factor: Array
    seed: int
    measures: tuple[str, ...]
    lines: tuple[str, ...] = ()
    sampling: str = "sobol"
    draws: int = 0


class Outcome(NamedTuple):
    """What a block keeps of one enterprise: each with its draws on the last axis."""

    measures: Array
    lines: Array
    out_of_cash: Array


def simulate(
    enterprises: Mapping[str, Assumptions],
    uncertain: Sequence[Uncertain],
    draws: int,
    seed: int,
    *,
    measures: Sequence[str] = tuple(MEASURES),
    lines: Sequence[str] = (),
    sampling: str = "sobol",
    executor: Executor | None = None,
    block: int = BLOCK,
    progress: Callable[[float], None] | None = None,
) -> Simulation:
    """Draw the uncertain assumptions ``draws`` times and project every enterprise in each draw.

    The same seed gives the same bits, whatever ``block`` and ``executor`` are. ``sampling`` is "sobol", where fewer
    draws are the first of many, or "latin" for a Latin hypercube, laid out for all the draws at once. Kept are 8 bytes
    for each draw, measure and enterprise, and for each year of each line. ``executor`` works on the blocks (a pool of
    processes, a Dask client's ``get_executor()``); None does them here. ``progress`` is called with the share done
    after each block; what it raises stops the simulation.

    Raises ``AssumptionError`` with every mistake in ``uncertain``, or where draws are so large that they overflow.
    """
    uncertain = tuple(uncertain)
    check(enterprises, uncertain)
    if not 0 < draws <= MAX_DRAWS:
        raise ValueError(f"draws is {draws}; permitted: 1 to {MAX_DRAWS}, whole numbers")
    plan = Plan(enterprises, uncertain, copula(uncertain), seed, tuple(measures), tuple(lines), sampling, draws)
    years = next(iter(enterprises.values())).years
    kept = {
        name: Outcome(np.empty((len(measures), draws)), np.empty((len(lines), years + 1, draws)), np.empty(draws))
        for name in enterprises
    }
    for start, stop, outcomes in in_blocks(partial(_draw_block, plan), draws, block, executor, progress):
        for name, outcome in outcomes.items():
            for all_draws, part in zip(kept[name], outcome, strict=True):
                all_draws[..., start:stop] = part
    return Simulation(
        uncertain, draws, seed,
        values={measure: {name: kept[name].measures[i] for name in kept} for i, measure in enumerate(measures)},
        lines={line: {name: kept[name].lines[i] for name in kept} for i, line in enumerate(lines)},
        out_of_cash={name: kept[name].out_of_cash for name in kept},
        sampling=sampling,
    )  # fmt: skip


def check(enterprises: Mapping[str, Assumptions], uncertain: Sequence[Uncertain]) -> None:
    """Raise ``AssumptionError`` with every mistake in the uncertain assumptions of these enterprises."""
    mistakes = [*find_unshared(enterprises)] or find_uncertain_mistakes(uncertain, enterprises)
    if mistakes:
        raise AssumptionError(mistakes)


def in_blocks(
    work: Callable[[int, int], Any], total: int, block: int, executor: Executor | None, progress: Callable[[float], None] | None
) -> Iterator[tuple[int, int, Any]]:
    """``work(start, stop)`` for every block of 0 to ``total``, in order: start, stop and what it gave."""
    starts = range(0, total, block)
    stops = [min(start + block, total) for start in starts]
    results = (map if executor is None else executor.map)(work, starts, stops)
    for start, stop, result in zip(starts, stops, results, strict=True):
        yield start, stop, result
        if progress is not None:
            progress(stop / total)


def _draw_block(plan: Plan, start: int, stop: int) -> dict[str, Outcome]:
    points = SAMPLINGS[plan.sampling](len(plan.uncertain), start, stop, plan.draws, plan.seed)
    return outcomes(plan, to_values(plan.uncertain, points, plan.factor))


def outcomes(plan: Plan, drawn: Array) -> dict[str, Outcome]:
    """What the plan keeps of each enterprise where the uncertain assumptions are ``drawn``, a row for each."""
    # The C library (glibc) gives large pieces of memory back to the system at once and asks for them again in the next
    # block, which takes as long as the arithmetic. Freeing one very large piece, never touched, makes it keep them.
    np.empty(4_000_000)
    found = {}
    for name, a in plan.enterprises.items():
        mine = {each.assumption: drawn[i] for i, each in enumerate(plan.uncertain) if each.enterprise in (None, name)}
        found[name] = _outcome(plan, name, project(replace(a, **mine)), drawn.shape[1])
    return found


def _outcome(plan: Plan, name: str, x: Projection, draws: int) -> Outcome:
    if not np.all(np.isfinite(x.cash[-1]) & np.isfinite(x.gross_sales[-1])):
        raise AssumptionError(
            [Mistake(f"{name}: some draws are too large to compute; lower the highest growth rates, counts or amounts of money")]
        )
    measures, lines = np.empty((len(plan.measures), draws)), np.empty((len(plan.lines), x.years + 1, draws))
    for i, measure in enumerate(plan.measures):
        measures[i] = MEASURES[measure](x)
    for i, line in enumerate(plan.lines):
        lines[i] = getattr(x, line).reshape(x.years + 1, -1)
    return Outcome(measures, lines, np.broadcast_to(x.lows.first_short_month, draws))
