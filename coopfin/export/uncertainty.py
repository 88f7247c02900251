"""What leaves a simulation as CSV, and the file of what is uncertain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

import numpy as np

from coopfin.comparison.measures import PAIR_MEASURES
from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.engine.units import figure_text, number
from coopfin.reading.csv_text import csv_text
from coopfin.uncertainty.simulation import Simulation, Statistics
from coopfin.uncertainty.uncertain import Uncertain


def write_simulation(simulation: Simulation) -> str:
    """Mean, spread and percentiles of every measure kept as CSV: a row per measure and enterprise.

    Where ``provider_month`` is kept, with the share of draws in which a further enterprise is better by it and lives.
    """
    return write_statistics([simulation])


def write_statistics(simulations: Iterable[Simulation]) -> str:
    """The same for measures kept in several simulations, of which only one need be there at a time."""
    return csv_text(
        [["measure", "enterprise", *Statistics._fields], *chain.from_iterable(map(_statistics_rows, simulations))], figure_text
    )


def _statistics_rows(simulation: Simulation) -> Iterator[list[str | float]]:
    for measure, enterprises in simulation.values.items():
        for enterprise in enterprises:
            yield [measure, enterprise, *simulation.statistics(measure, enterprise)]
        if measure == "provider_month":
            _, *others = enterprises
            for enterprise in others:
                yield [*_chance(simulation, enterprise)]


def _chance(simulation: Simulation, enterprise: str) -> Iterator[str | float]:
    """The share of draws in which an enterprise is better than the first and lives; a share has no spread."""
    yield from (PAIR_MEASURES["better_and_solvent"].name, enterprise)
    yield simulation.better_and_solvent(enterprise)
    yield from [np.nan] * (len(Statistics._fields) - 2)
    yield 0.0


def write_uncertain(uncertain: Sequence[Uncertain]) -> str:
    """Uncertain assumptions as a file that ``read_uncertain`` reads back."""
    rows: list[list[str | float]] = [
        [
            each.assumption, ASSUMPTIONS[each.assumption].unit.name, each.enterprise or "", each.distribution,
            each.low, np.nan if each.likely is None else each.likely, each.high, write_correlations(each.correlations),
        ]
        for each in uncertain
    ]  # fmt: skip
    return csv_text([["assumption", "unit", "enterprise", "distribution", "low", "likely", "high", "correlation"], *rows], number)


def write_correlations(correlations: Mapping[str, float]) -> str:
    """Rank correlations as they stand in one cell: ``inflation 0.5; churn cooperative -0.3``."""
    return "; ".join(f"{other} {number(rank)}" for other, rank in correlations.items())
