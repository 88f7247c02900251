"""What the first screen shows of a comparison, as plain numbers: of the state as it is, or of one point of a sweep."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from coopfin.comparison.measures import HEADLINES, MEASURES, Measure
from coopfin.display.hundred import Hundred, hundred, hundred_of
from coopfin.engine.lines import LINES
from coopfin.engine.projection import Projection

PAIR = 2  # firms have a column for their difference, and pictures as large as they can be; more of them share the room
ROWS: tuple[Measure, ...] = tuple(MEASURES[name] for name in HEADLINES)
# What the sentence and the rows speak of besides.
BESIDE = (
    "first_short_month", "funding_gap", "lowest_cash_month", "break_even_year", "capital_raised", "product_total", "buyer_price",
    "provider_benefits_month",
)  # fmt: skip
MEASURED = (*(row.name for row in ROWS), *BESIDE)
SETTINGS = ("open_doors", "spend_response")  # what decides: assumptions that stand beside the answer
MONEY = (
    *(name for name, line in LINES.items() if line.goes_to or line.part_of in ("revenue", "gross_sales")),
    "gross_sales", "interest_income", "deficit_covered",
)  # fmt: skip


@dataclass(frozen=True)
class Firm:
    """One firm: its measures, what was set of what decides, whether it lives, how to find where every 100 goes.

    ``mark`` is the number of its shape, wherever its column stands.
    """

    name: str
    measures: Mapping[str, float]
    settings: Mapping[str, float]
    lives: bool
    split: Callable[[], Hundred | None]
    years: int
    mark: int = 0

    def __getitem__(self, measure: str) -> float:
        """One measure; NaN where it is empty."""
        return self.measures[measure]

    @cached_property
    def hundred(self) -> Hundred | None:
        """Where every 100 of its sales goes; None where there are no sales."""
        return self.split()


View = tuple[Firm, ...]  # in the order of the file


def view(projections: Mapping[str, Projection], marks: Sequence[int] = ()) -> View:
    """The view of one scenario; ``marks`` are those of its firms, by default their places."""
    return tuple(
        Firm(
            name,
            {each: float(MEASURES[each](x)) for each in MEASURED},
            {each: float(getattr(x.assumptions, each)) for each in SETTINGS},
            bool(x.lows.lives),
            partial(hundred, x),
            x.years,
            mark,
        )
        for (name, x), mark in zip(projections.items(), marks or range(len(projections)), strict=True)
    )


def views(projections: Mapping[str, Projection], points: int) -> list[View]:
    """The view of every point of a sweep; a firm that it does not move is the same at all."""
    swept = [_Swept(name, x, points) for name, x in projections.items()]
    return [tuple(each.at(i) for each in swept) for i in range(points)]


class _Swept:
    """One firm over a sweep."""

    def __init__(self, name: str, x: Projection, points: int) -> None:
        self._name, self._years = name, x.years
        self._measures = {each: np.broadcast_to(MEASURES[each](x), points).tolist() for each in MEASURED}
        self._settings = {each: np.broadcast_to(getattr(x.assumptions, each), points).tolist() for each in SETTINGS}
        self._lives = np.broadcast_to(x.lows.lives, points).tolist()
        self._totals = {line: np.broadcast_to(x.total(line), points).tolist() for line in dict.fromkeys(MONEY)}

    def at(self, i: int) -> Firm:
        """The firm at one point."""
        measures, settings = ({name: each[i] for name, each in values.items()} for values in (self._measures, self._settings))
        split = partial(hundred_of, lambda line: self._totals[line][i])
        return Firm(self._name, measures, settings, self._lives[i], split, self._years)
