"""Enterprises side by side: every measure for each, the difference, and the reason where a value is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from coopfin.compare.measures import MEASURES, Measure
from coopfin.engine.assumptions import ASSUMPTIONS, Assumptions
from coopfin.engine.declaration import AssumptionError, Mistake
from coopfin.engine.lines import LINES
from coopfin.engine.projection import Projection, project
from coopfin.engine.units import number


@dataclass(frozen=True)
class Row:
    """One measure for every enterprise. ``difference`` is the second less the first; NaN where there is no value."""

    measure: Measure
    values: Mapping[str, float]
    difference: float
    remark: str


@dataclass(frozen=True)
class Comparison:
    """The projections by enterprise, and a row per measure in the order of the declarations."""

    projections: Mapping[str, Projection]
    rows: Mapping[str, Row]

    def __getitem__(self, measure: str) -> Row:
        """The row of one measure, by name."""
        return self.rows[measure]


def compare(enterprises: Mapping[str, Assumptions]) -> Comparison:
    """Project every enterprise (one scenario each) and set their measures side by side.

    Raises ``AssumptionError`` where a shared assumption differs, or where values are so large that they overflow.
    """
    projections = project_all(enterprises)
    return Comparison(projections, {name: _row(measure, projections) for name, measure in MEASURES.items()})


def project_all(enterprises: Mapping[str, Assumptions]) -> dict[str, Projection]:
    """Project every enterprise; raises ``AssumptionError`` as ``compare`` does."""
    mistakes = [*find_unshared(enterprises)]
    if mistakes:
        raise AssumptionError(mistakes)
    projections = {name: project(a) for name, a in enterprises.items()}
    mistakes = [*_overflowing(projections)]
    if mistakes:
        raise AssumptionError(mistakes)
    return projections


def _row(measure: Measure, projections: Mapping[str, Projection]) -> Row:
    values = {name: float(measure(x)) for name, x in projections.items()}
    reasons = [f"{name}: {measure.empty(projections[name])}" for name, value in values.items() if np.isnan(value)]
    if len(values) == 1:
        reasons.append("no difference: there is only one enterprise")
    return Row(measure, values, difference(values), "; ".join(reasons))


def difference(values: Mapping[str, Any]) -> Any:
    """The second enterprise's value less the first's; NaN where there is only one. Numbers or arrays."""
    first, *others = values.values()
    return others[0] - first if others else np.nan


def concerned(enterprises: Mapping[str, Assumptions], enterprise: str | None) -> dict[str, Assumptions]:
    """The enterprise asked for, or where none is named the two that the difference is between."""
    names = list(enterprises)[:2] if enterprise is None else [enterprise]
    return {name: enterprises[name] for name in names}


def find_unshared(enterprises: Mapping[str, Any]) -> Iterator[Mistake]:
    """A mistake for every shared assumption that differs between the enterprises."""
    for name, assumption in ASSUMPTIONS.items():
        values = {enterprise: float(getattr(a, name)) for enterprise, a in enterprises.items()}
        first, value = next(iter(values.items()))
        other = next((enterprise for enterprise in values if values[enterprise] != value), None)
        if assumption.shared and other is not None:
            yield Mistake(
                f"{name} ({assumption.label}) is shared by all enterprises, but {first} has {number(value)} "
                f"and {other} has {number(values[other])}; {assumption.permitted}; give all the same value",
                (name,),
            )


def _overflowing(projections: Mapping[str, Projection]) -> Iterator[Mistake]:
    for enterprise, x in projections.items():
        for name, line in LINES.items():
            infinite = np.flatnonzero(~np.isfinite(getattr(x, name)))
            if infinite.size and name != "provider_income":  # empty where there are no providers
                yield Mistake(
                    f"{enterprise}: {line.label} is too large to compute from year {infinite[0]} on; "
                    "lower the largest growth rates, counts or amounts of money"
                )
                break
