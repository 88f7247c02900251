"""Who owns the enterprise, counted in shares, from the founding through every round and convertible paper.

Formulas for one number or for lanes of them alike (see ``engine.carriers``). What a scenario of a sweep leaves out has
amount 0 there; every step then multiplies by exactly 1 and adds exactly 0, so that the scenario equals itself alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product
from operator import add
from typing import Any

import numpy as np

from coopfin.engine.assumptions import Assumptions
from coopfin.engine.carriers import Carrier
from coopfin.engine.events import Conversion, Round, conversions, papers, unconverted
from coopfin.engine.projection import Projection, carrier, once

Value = Any  # a number, or an array of scenarios


@dataclass(frozen=True)
class CapTable:
    """What each holder has: parts of all shares, together 1, or parts of a value in money, together that value.

    ``rounds`` and ``papers`` by the number the assumptions give them: ``rounds[2]`` is that of ``equity_2``. Each is
    a number for one scenario, an array for many. A paper owns nothing until it turns into shares.
    """

    founders: Value
    option_pool: Value
    rounds: Mapping[int, Value]
    papers: Mapping[int, Value]

    @property
    def outside(self) -> Value:
        """What all investors have: rounds and papers."""
        return reduce(add, (*self.rounds.values(), *self.papers.values()), 0.0)


@dataclass(frozen=True)
class Step:
    """The cap table from the end of ``month`` on, after round ``number``; 0 is the founding.

    By paper: what it had grown to when it became shares (``converted``), and the number of the round in which it did
    (``converted_in``); both 0 before.
    """

    month: int
    number: int
    table: CapTable
    converted: Mapping[int, Value]
    converted_in: Mapping[int, Value]


def cap_table(a: Assumptions, month: int | None = None) -> CapTable:
    """The cap table at the end of ``month`` (the horizon if None). Source: the model's text, section 3."""
    return at(history(a), 12 * a.years if month is None else month).table


def history(a: Assumptions) -> tuple[Step, ...]:
    """The cap table at the founding and after each round that is used in some scenario, in their order."""
    o = carrier(a)
    none: dict[int, Value] = {paper.number: 0.0 for paper in papers(a)}
    steps = [Step(0, 0, CapTable(1 - a.option_pool, a.option_pool, {}, none), none, none)]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        for entry, converting in conversions(a):
            steps.append(_after(o, steps[-1], entry, converting))
    return tuple(steps)


@once
def ownership(x: Projection) -> tuple[Step, ...]:
    """The history of the cap table of a projected enterprise."""
    return history(x.assumptions)


def at(steps: Sequence[Step], month: int) -> Step:
    """The last step by the end of ``month``."""
    return [step for step in steps if step.month <= month][-1]


def at_exit(a: Assumptions, last: Step) -> tuple[CapTable, dict[int, Value]]:
    """The cap table in a sale at the horizon, and what each paper may claim first.

    A paper that never met a round has A·T ÷ cap of all T shares, so its part is A ÷ cap whatever the others have;
    without a cap it owns nothing. It claims A ÷ (1 − discount), a converted one what it was when it converted.
    """
    left = unconverted(a)
    if not left:
        return last.table, dict(last.converted)
    o, table = carrier(a), last.table
    owned = {each.paper.number: o.ratio(each.amount, each.paper.cap) for each in left}
    claims = {each.paper.number: each.amount / (1 - each.paper.discount) for each in left}
    keeps = 1 - reduce(add, owned.values(), 0.0)
    return (
        CapTable(
            founders=table.founders * keeps,
            option_pool=table.option_pool * keeps,
            rounds={number: part * keeps for number, part in table.rounds.items()},
            papers={number: part * keeps + owned.get(number, 0.0) for number, part in table.papers.items()},
        ),
        {number: claim + claims.get(number, 0.0) for number, claim in last.converted.items()},
    )


def _after(o: Carrier, before: Step, entry: Round, converting: Sequence[Conversion]) -> Step:
    """The cap table after a round, in which papers become shares; all shares before it are 1."""
    old = before.table
    left = o.ratio(entry.pre_money, entry.pre_money + entry.amount, 1.0)
    free = 1 - entry.pool_before  # of the shares before the round, the part outside the pool
    amount = {each.paper.number: each.amount for each in converting}
    by_cap = {each.paper.number: o.ratio(each.amount, each.paper.cap) for each in converting}
    by_price = {each.paper.number: o.ratio(each.amount, (1 - each.paper.discount) * entry.pre_money) for each in converting}
    pieces = [(o.maximum(by_cap[number], by_price[number]), by_price[number] / free) for number in amount]
    shares = _all_shares(o, old.option_pool, pieces)
    with_options = o.maximum(shares, (shares - old.option_pool) / free)
    each_share = left / with_options  # the part of the company it is after the round
    new = {number: o.maximum(by_cap[number] * shares, by_price[number] * with_options) for number in amount}
    table = CapTable(
        founders=old.founders * each_share,
        option_pool=(old.option_pool + (with_options - shares)) * each_share,
        rounds={number: part * each_share for number, part in old.rounds.items()} | {entry.number: entry.sold},
        papers={number: (part + new.get(number, 0.0)) * each_share for number, part in old.papers.items()},
    )
    converted = {number: claim + amount.get(number, 0.0) for number, claim in before.converted.items()}
    converted_in = {
        number: o.where(amount[number] > 0, float(entry.number), earlier) if number in amount else earlier
        for number, earlier in before.converted_in.items()
    }
    return Step(entry.month, entry.number, table, converted, converted_in)


def _all_shares(o: Carrier, pool: Value, pieces: Sequence[tuple[Value, Value]]) -> Value:
    """T, all shares before the new options: the one number that is 1 + the shares the papers get at T.

    Each paper gets the larger of m·T and g·(T − pool), so what is asked of T is the largest of straight lines whose
    slopes are below 1: their crossings with T are never above the one sought, and one of them is it.
    """
    found = []
    for late in product((False, True), repeat=len(pieces)):
        slope = reduce(add, (piece[beyond] for piece, beyond in zip(pieces, late, strict=True)), 0.0)
        of_pool = reduce(add, (piece[1] for piece, beyond in zip(pieces, late, strict=True) if beyond), 0.0)
        found.append((1 - pool * of_pool) / (1 - slope))
    return reduce(o.maximum, found)
