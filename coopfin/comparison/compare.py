"""Enterprises side by side: every measure for each, the difference, and the reason where a value is missing."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from coopfin.comparison.measures import MEASURES, PAIR_MEASURES, SECTIONS, Measure, PairMeasure
from coopfin.comparison.overflow import too_large
from coopfin.engine.assumptions import ASSUMPTIONS, Assumptions
from coopfin.engine.declaration import AssumptionError, Mistake
from coopfin.engine.lines import LINES, PER_PROVIDER
from coopfin.engine.projection import Projection, project
from coopfin.engine.units import number

FIRST_OF_ALL = "the others are compared with it"
ONLY_ONE = "there is only one enterprise"


@dataclass(frozen=True)
class Row:
    """One measure for every enterprise. ``difference`` is the second less the first; NaN where there is no value."""

    measure: Measure | PairMeasure
    values: Mapping[str, float]
    difference: float
    remark: str


@dataclass(frozen=True)
class Comparison:
    """The projections by enterprise, and a row per measure, section by section."""

    projections: Mapping[str, Projection]
    rows: Mapping[str, Row]

    def __getitem__(self, measure: str) -> Row:
        """The row of one measure, by name."""
        return self.rows[measure]


def compare(enterprises: Mapping[str, Assumptions], known: Mapping[str, Projection] | None = None) -> Comparison:
    """Project every enterprise (one scenario each) and set their measures side by side.

    ``known`` are projections from before, by enterprise: those of the same assumptions are taken, not made again.
    Raises ``AssumptionError`` where a shared assumption differs, or where values are so large that they overflow.
    """
    projections = project_all(enterprises, known)
    rows = {each.name: _row(each, projections) for each in _ORDER}
    mistakes = [*_overflowing_measures(rows, projections)]
    if mistakes:
        raise AssumptionError(mistakes)
    return Comparison(projections, rows)


def _in_order() -> list[Measure | PairMeasure]:
    """Section by section, in each those of one enterprise before those of two."""
    order: list[Measure | PairMeasure] = []
    for section in SECTIONS:
        order += [each for each in MEASURES.values() if each.section == section]
        order += [each for each in PAIR_MEASURES.values() if each.section == section and not each.of_draws]
    return order


_ORDER = _in_order()


def project_all(enterprises: Mapping[str, Assumptions], known: Mapping[str, Projection] | None = None) -> dict[str, Projection]:
    """Project every enterprise; ``known`` and errors as with ``compare``."""
    mistakes = [*find_unshared(enterprises)]
    if mistakes:
        raise AssumptionError(mistakes)
    before = known or {}
    fresh = {name: project(a) for name, a in enterprises.items() if name not in before or before[name].assumptions != a}
    projections = {name: fresh[name] if name in fresh else before[name] for name in enterprises}
    mistakes = [*_overflowing_lines(fresh)]
    if mistakes:
        raise AssumptionError(mistakes)
    return projections


def _row(measure: Measure | PairMeasure, projections: Mapping[str, Projection]) -> Row:
    first, *_ = projections
    if isinstance(measure, Measure):
        values = {name: float(measure(x)) for name, x in projections.items()}
        reasons = {name: measure.empty(projections[name]) for name, value in values.items() if np.isnan(value)}
    else:
        values = {name: np.nan if name == first else float(measure(projections[first], x)) for name, x in projections.items()}
        reasons = {name: _why_pair(measure, projections, name) for name, value in values.items() if np.isnan(value)}
    remarks = [f"{name}: {reason}" for name, reason in reasons.items()]
    if len(values) == 1:
        remarks.append(f"no difference: {ONLY_ONE}")
    return Row(measure, values, difference(values), "; ".join(remarks))


def _why_pair(measure: PairMeasure, projections: Mapping[str, Projection], name: str) -> str:
    first, *others = projections
    if name == first:
        return FIRST_OF_ALL if others else ONLY_ONE
    return measure.empty(projections[first], projections[name])


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
        if not assumption.shared:
            continue
        values = {enterprise: float(getattr(a, name)) for enterprise, a in enterprises.items()}
        first, value = next(iter(values.items()))
        other = next((enterprise for enterprise in values if values[enterprise] != value), None)
        if other is not None:
            yield Mistake(
                f"{name} ({assumption.label}) is shared by all enterprises, but {first} has {number(value)} "
                f"and {other} has {number(values[other])}; {assumption.permitted}; give all the same value",
                (name,),
            )


# Empty where nobody is active; what they are made of is infinite first.
_FINITE = tuple(name for name, line in LINES.items() if line.statement != PER_PROVIDER)


def _overflowing_lines(projections: Mapping[str, Projection]) -> Iterator[Mistake]:
    for enterprise, x in projections.items():
        what = _infinite_line(x)
        if what:
            yield too_large(enterprise, what, x.assumptions, lambda a: bool(_infinite_line(project(a))))


def _infinite_line(x: Projection) -> str:
    """The first line that is too large to compute, and its year; empty if there is none."""
    for t in range(x.years + 1):
        year = x.record(t)
        if math.isfinite(sum(year.get(name, 0.0) for name in _FINITE)):
            continue
        for name in _FINITE:
            if not math.isfinite(year.get(name, 0.0)):
                return f"{LINES[name].label} of year {t}"
    return ""


def _overflowing_measures(rows: Mapping[str, Row], projections: Mapping[str, Projection]) -> Iterator[Mistake]:
    for enterprise, x in projections.items():
        for row in rows.values():
            measure, value = row.measure, row.values[enterprise]
            unexplained = math.isnan(value) and isinstance(measure, Measure) and not measure.empty(x)
            if math.isinf(value) or math.isinf(row.difference) or unexplained:
                yield too_large(enterprise, measure.label, x.assumptions, partial(_is_infinite_with, measure))
                break


def _is_infinite(measure: Measure, x: Projection) -> bool:
    """Whether there is no value that can be told, and no reason why there should be none."""
    value = float(measure(x))
    return math.isinf(value) or (math.isnan(value) and not measure.empty(x))


def _is_infinite_with(measure: Measure | PairMeasure, a: Assumptions) -> bool:
    return isinstance(measure, Measure) and _is_infinite(measure, project(a))
