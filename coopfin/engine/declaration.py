"""One assumption: its declaration, and how a value that is not possible is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from coopfin.engine.units import UNITS, Unit, number


@dataclass(frozen=True)
class Assumption:
    """What one assumption is. Everything that shows, checks, reads or writes it reads this.

    ``plausible`` are the ends of its slider and of a tornado; a value outside is allowed and marked.
    ``shared`` ones are equal in every enterprise of a scenario; ``structural`` ones cannot vary in a sweep.
    ``meaning``, ``watch`` and ``figure`` are the help text: what it is, what to watch, a real figure.
    ``source`` is the id of the figure's row in ``coopfin/data/facts.csv``, or ``assumption: why``.
    """

    name: str
    label: str
    unit: Unit
    default: float
    plausible: tuple[float, float]
    section: str
    meaning: str
    watch: str
    figure: str
    source: str
    shared: bool = False
    structural: bool = False

    @property
    def help(self) -> str:
        """The help text, always in the same order: what it is, what to watch, a real figure."""
        return " ".join(part for part in (self.meaning, self.watch, self.figure) if part)

    def refuse(self, value: Any) -> str | None:
        """Why ``value`` (a number or an array) is not possible, in words, or None if it is."""
        if isinstance(value, float | int):
            if self.unit.permits(value):
                return None
            refused = value
        else:
            values = np.atleast_1d(np.asarray(value, dtype=float))
            if self.structural and np.ndim(value) > 0:
                return f"{self.name} ({self.label}) is structural: one whole number for all scenarios"
            outside = values[~self.unit.permits(values)]
            if outside.size == 0:
                return None
            refused = outside[0]
        return f"{self.name} ({self.label}) is {number(refused) or 'not a number'}; {self.permitted}"

    @property
    def permitted(self) -> str:
        """Range and unit, as they stand at the end of an error message."""
        return f"permitted: {self.unit.range}; unit: {self.unit.told}"

    def is_plausible(self, value: float) -> bool:
        """Whether ``value`` lies between the slider's ends."""
        return self.plausible[0] <= value <= self.plausible[1]


@dataclass(frozen=True)
class Mistake:
    """One thing wrong with a set of values: the message and the names of the assumptions it concerns."""

    message: str
    assumptions: tuple[str, ...] = ()


class AssumptionError(ValueError):
    """Values that are not possible. ``mistakes`` holds every one of them."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("\n".join(mistake.message for mistake in mistakes))
        self.mistakes = tuple(mistakes)

    def __reduce__(self) -> tuple[type[AssumptionError], tuple[tuple[Mistake, ...]]]:
        """What another process needs to raise it again."""
        return type(self), (self.mistakes,)


def assume(
    label: str,
    unit: str,
    default: float,
    plausible: tuple[float, float],
    section: str,
    meaning: str,
    watch: str,
    figure: str = "",
    *,
    source: str,
    shared: bool = False,
    structural: bool = False,
    low: float | None = None,
    high: float | None = None,
    low_open: bool = False,
    high_open: bool = False,
) -> Any:
    """Declare an assumption as a dataclass field; the field's name is the assumption's name."""
    declaration = {
        "label": label,
        "unit": UNITS[unit].within(low, high, low_open=low_open, high_open=high_open),
        "default": default,
        "plausible": plausible,
        "section": section,
        "meaning": meaning,
        "watch": watch,
        "figure": figure,
        "source": source,
        "shared": shared,
        "structural": structural,
    }
    return field(default=float(default), metadata=declaration)
