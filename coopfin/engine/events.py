"""The capital events: investor rounds, convertible papers, and when which paper turns into shares.

In a sweep a round or paper with amount 0 is absent in that scenario, with all that hangs on it. Everything here
works for numbers and for arrays of scenarios, also on values that are not checked yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np

MAX_ROUNDS = 4
MAX_PAPERS = 2


class Round(NamedTuple):
    """A priced investor round; ``pool`` is 0 in the scenarios without the round."""

    number: int
    month: int
    amount: Any
    pre_money: Any
    preference: Any
    participating: Any
    pool: Any

    @property
    def sold(self) -> Any:
        """The part of the company that the new investors own after the round; 0 without the round."""
        return quotient(self.amount, self.pre_money + self.amount)

    @property
    def pool_before(self) -> Any:
        """The part of the company before the round that the pool must be, so that it is ``pool`` after it."""
        return quotient(self.pool, 1 - self.sold)


class Paper(NamedTuple):
    """A SAFE or convertible note: money now for shares later."""

    number: int
    month: int
    amount: Any
    cap: Any
    discount: Any
    interest: Any

    def owed(self, month: int) -> Any:
        """Its amount with simple interest up to ``month``."""
        return self.amount * (1 + self.interest * (month - self.month) / 12)


class Conversion(NamedTuple):
    """A paper and what converts of it, amount and interest; 0 in the scenarios in which it does not convert there."""

    paper: Paper
    amount: Any


def rounds(a: Any) -> tuple[Round, ...]:
    """The rounds that happen in some scenario, by month; equal months in order of number."""
    return tuple(sorted(_until_horizon(a, used_rounds(a)), key=_month))


def papers(a: Any) -> tuple[Paper, ...]:
    """The papers that are paid in in some scenario, by month; equal months in order of number."""
    return tuple(sorted(_until_horizon(a, used_papers(a)), key=_month))


def conversions(a: Any) -> tuple[tuple[Round, tuple[Conversion, ...]], ...]:
    """Every round of ``rounds`` with the papers that convert at it in some scenario: the first one from their month on."""
    paid_in = papers(a)
    waits = [paper.amount > 0 for paper in paid_in]  # by scenario
    result = []
    for entry in rounds(a):
        converting = []
        for place, paper in enumerate(paid_in):
            if paper.month <= entry.month and anywhere(here := waits[place] & (entry.amount > 0)):
                converting.append(Conversion(paper, _where(here, paper.owed(entry.month), 0.0)))
                waits[place] = waits[place] & (entry.amount <= 0)
        result.append((entry, tuple(converting)))
    return tuple(result)


def unconverted(a: Any) -> tuple[Conversion, ...]:
    """The papers that in some scenario no round has converted by the horizon, with what they have grown to by then."""
    result = []
    for paper in papers(a):
        waits = paper.amount > 0
        for entry in rounds(a):
            if paper.month <= entry.month:
                waits = waits & (entry.amount <= 0)
        if anywhere(waits):
            result.append(Conversion(paper, _where(waits, paper.owed(12 * int(a.years)), 0.0)))
    return tuple(result)


def used_rounds(values: Any) -> list[Round]:
    """The rounds with an amount above 0 in some scenario, by number, also those after the horizon."""
    used = []
    for number, terms in enumerate(_ROUNDS, start=1):
        month, amount, pre_money, preference, participating, pool = terms(values)
        if anywhere(amount > 0):
            pool = _where(amount > 0, pool, 0.0)
            used.append(Round(number, int(month), amount, pre_money, preference, participating, pool))
    return used


def used_papers(values: Any) -> list[Paper]:
    """The papers with an amount above 0 in some scenario, by number, also those after the horizon."""
    used = []
    for number, terms in enumerate(_PAPERS, start=1):
        month, amount, *rest = terms(values)
        if anywhere(amount > 0):
            used.append(Paper(number, int(month), amount, *rest))
    return used


def quotient(a: Any, b: Any) -> Any:
    """``a / b``, and 0 where ``b`` is not above 0."""
    above = b > 0
    if isinstance(above, bool | np.bool_):
        return a / b if above else 0.0
    return np.where(above, a / np.where(above, b, 1.0), 0.0)


def larger(a: Any, b: Any) -> Any:
    """The larger of two."""
    return np.maximum(a, b) if isinstance(a, np.ndarray) or isinstance(b, np.ndarray) else max(a, b)


def anywhere(mask: Any) -> bool:
    """Whether ``mask``, one truth or one for each scenario, holds in some scenario."""
    return bool(np.any(mask)) if isinstance(mask, np.ndarray) else bool(mask)


def _terms(kind: str, count: int, *parts: str) -> list[Callable[[Any], tuple[Any, ...]]]:
    return [attrgetter(*(f"{kind}_{number}_{part}" for part in parts)) for number in range(1, count + 1)]


_ROUNDS = _terms("equity", MAX_ROUNDS, "month", "amount", "pre_money", "preference", "participating", "pool")
_PAPERS = _terms("safe", MAX_PAPERS, "month", "amount", "cap", "discount", "interest")


def _until_horizon(a: Any, entries: list[Any]) -> Iterator[Any]:
    return (entry for entry in entries if entry.month <= 12 * a.years)


def _month(entry: Round | Paper) -> int:
    return entry.month


def _where(mask: Any, value: Any, other: Any) -> Any:
    if isinstance(mask, bool | np.bool_):
        return value if mask else other
    return np.where(mask, value, other)
