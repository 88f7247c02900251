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
from coopfin.engine.events import Paper, Round, papers, rounds
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

    By paper: what of its amount is not yet shares (``open``), what it had grown to when it became shares
    (``converted``, 0 before) and the number of the round in which it did (``converted_in``, 0 before).
    """

    month: int
    number: int
    table: CapTable
    open: Mapping[int, Value]
    converted: Mapping[int, Value]
    converted_in: Mapping[int, Value]


def cap_table(a: Assumptions, month: int | None = None) -> CapTable:
    """The cap table at the end of ``month`` (the horizon if None). Source: the model's text, section 3."""
    return at(history(a), 12 * a.years if month is None else month).table


def history(a: Assumptions) -> tuple[Step, ...]:
    """The cap table at the founding and after each round that is used in some scenario, in their order."""
    o, notes = carrier(a), papers(a)
    none: dict[int, Value] = {paper.number: 0.0 for paper in notes}
    founding = CapTable(1 - a.option_pool, a.option_pool, {}, none)
    steps = [Step(0, 0, founding, {paper.number: paper.amount for paper in notes}, none, none)]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        for entry in rounds(a):
            steps.append(_after(o, steps[-1], entry, notes))
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
    o, table = carrier(a), last.table
    notes = papers(a)
    grown = {paper.number: _grown(paper, last.open[paper.number], 12 * a.years) for paper in notes}
    owned = {paper.number: o.ratio(grown[paper.number], paper.cap) for paper in notes}
    keeps = 1 - reduce(add, owned.values(), 0.0)
    claims = {paper.number: last.converted[paper.number] + grown[paper.number] / (1 - paper.discount) for paper in notes}
    return (
        CapTable(
            founders=table.founders * keeps,
            option_pool=table.option_pool * keeps,
            rounds={number: part * keeps for number, part in table.rounds.items()},
            papers={number: part * keeps + owned[number] for number, part in table.papers.items()},
        ),
        claims,
    )


def _grown(paper: Paper, amount: Value, month: int) -> Value:
    """An amount of the paper with its simple interest until ``month``."""
    return amount * (1 + paper.interest * (month - paper.month) / 12)


def _after(o: Carrier, before: Step, entry: Round, notes: Sequence[Paper]) -> Step:
    """The cap table after a round, in which every paper paid in by then becomes shares; all shares before it are 1."""
    old, used = before.table, entry.amount > 0
    taken = o.ratio(entry.amount, entry.pre_money + entry.amount)
    left = o.ratio(entry.pre_money, entry.pre_money + entry.amount, 1.0)
    free = 1 - o.ratio(o.where(used, entry.pool, 0.0), left)  # the part of the shares before the round outside the pool

    here = [paper for paper in notes if paper.month <= entry.month]
    grown = {p.number: _grown(p, o.where(used, before.open[p.number], 0.0), entry.month) for p in here}
    by_cap = {p.number: o.ratio(grown[p.number], p.cap) for p in here}
    by_price = {p.number: o.ratio(grown[p.number], (1 - p.discount) * entry.pre_money) for p in here}
    pieces = [(o.maximum(by_cap[n], by_price[n]), by_price[n] / free) for n in grown]
    shares = _all_shares(o, old.option_pool, pieces)
    with_options = o.maximum(shares, (shares - old.option_pool) / free)
    each = left / with_options  # what part of the company one share is after the round

    new = {n: o.maximum(by_cap[n] * shares, by_price[n] * with_options) for n in grown}
    table = CapTable(
        founders=old.founders * each,
        option_pool=(old.option_pool + (with_options - shares)) * each,
        rounds={number: part * each for number, part in old.rounds.items()} | {entry.number: taken},
        papers={number: (part + new.get(number, 0.0)) * each for number, part in old.papers.items()},
    )
    return Step(
        entry.month,
        entry.number,
        table,
        open={n: o.where(used, 0.0, amount) if n in grown else amount for n, amount in before.open.items()},
        converted={n: claim + grown.get(n, 0.0) for n, claim in before.converted.items()},
        converted_in={
            n: o.where(grown[n] > 0, float(entry.number), number) if n in grown else number
            for n, number in before.converted_in.items()
        },
    )


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
