"""The values of one enterprise's assumptions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from coopfin.engine.assumptions.capital import Capital
from coopfin.engine.assumptions.declared import ASSUMPTIONS
from coopfin.engine.assumptions.market import Market
from coopfin.engine.assumptions.platform import Platform
from coopfin.engine.assumptions.rules import find_mistakes
from coopfin.engine.assumptions.surplus import Surplus
from coopfin.engine.declaration import AssumptionError
from coopfin.engine.units import Array

STRUCTURAL = tuple(name for name, each in ASSUMPTIONS.items() if each.structural)


# Fields are collected from the last base to the first: this order of bases gives that of the declarations.
@dataclass(frozen=True)
class Assumptions(Surplus, Capital, Platform, Market):
    """The assumptions of one enterprise; a value may be a number or an array of scenarios.

    A number is held as a float, a structural one as an int, an array as an array of floats; arrays broadcast.
    Raises ``AssumptionError`` with every mistake when a value is not possible.
    """

    def __post_init__(self) -> None:
        held = self.__dict__  # the way past frozen; every scenario comes through here
        for name, value in held.items():
            if value.__class__ is not float:
                held[name] = _float_or_array(value)
        mistakes = find_mistakes(self)
        if mistakes:
            raise AssumptionError(mistakes)
        for name in STRUCTURAL:
            held[name] = int(held[name])

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """The shape of the scenarios: () for one, (n,) for a sweep of n."""
        return np.broadcast_shapes(*(value.shape for value in vars(self).values() if isinstance(value, np.ndarray)))


def _float_or_array(value: Any) -> float | Array:
    return np.asarray(value, dtype=float) if np.ndim(value) else float(value)
