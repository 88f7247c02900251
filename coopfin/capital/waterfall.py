"""How the value of a sale is shared out among all who own the enterprise, exactly.

With v the value of all common stock per unit of ownership, every holder's claim is made of straight pieces in v; so is
their sum. Where the value lies among the sums at the pieces' ends says on which piece each holder is, and v follows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

import numpy as np

from coopfin.capital.cap_table import CapTable, Step, Value, at_exit, history
from coopfin.engine.assumptions import Assumptions
from coopfin.engine.carriers import Arrays, Carrier
from coopfin.engine.events import anywhere, papers, rounds
from coopfin.engine.projection import carrier


@dataclass(frozen=True)
class Claim:
    """What one class of shares gets: ``preference`` + v·``owns`` up to ``ceiling``, or v·``owns`` once that is more.

    Shares that do not participate have their preference as ceiling. ``round`` is the number of the round it ranks with,
    0 the last of all; ``participates``: in some scenario.
    """

    owns: Value
    preference: Value
    ceiling: Value
    round: Value
    participates: bool

    def gets(self, o: Carrier, v: Value) -> Value:
        """What it gets at ``v``."""
        first = o.minimum(self.preference + v * self.owns, self.ceiling) if self.participates else self.preference
        return o.maximum(first, v * self.owns)


def waterfall(a: Assumptions, value: Value, last: Step | None = None) -> CapTable:
    """How ``value`` is paid out among the holders at the horizon, in money; the sum is ``value``.

    ``value`` is one for each scenario, or for one scenario an array of any values in a sale. ``last`` is the last
    step of the cap table, if it is at hand. Source: the model's text, section 3.
    """
    o = Arrays if isinstance(value, np.ndarray) and value.ndim else carrier(a)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        end = history(a)[-1] if last is None else last
        table, of_papers = at_exit(a, end)
        claims = _claims(o, a, table, of_papers, end)
        v, paid = _paid(o, a, table.founders + table.option_pool, claims, value)
    number_of_rounds = len(table.rounds)
    return CapTable(
        founders=v * table.founders,
        option_pool=v * table.option_pool,
        rounds=dict(zip(table.rounds, paid[:number_of_rounds], strict=True)),
        papers=dict(zip(table.papers, paid[number_of_rounds:], strict=True)),
    )


def _claims(o: Carrier, a: Assumptions, table: CapTable, of_papers: Mapping[int, Value], end: Step) -> list[Claim]:
    claims = []
    for entry in rounds(a):
        preference, shares_too = entry.preference * entry.amount, entry.participating == 1
        cap = o.where(a.participation_cap > 0, a.participation_cap * entry.amount, np.inf)
        ceiling = o.where(shares_too, o.maximum(cap, preference), preference)
        claims.append(Claim(table.rounds[entry.number], preference, ceiling, entry.number, anywhere(shares_too)))
    for paper in papers(a):
        preference, number = of_papers[paper.number], end.converted_in[paper.number]
        claims.append(Claim(table.papers[paper.number], preference, preference, number, participates=False))
    return claims


def _paid(o: Carrier, a: Assumptions, common: Value, claims: Sequence[Claim], value: Value) -> tuple[Value, list[Value]]:
    """v, and what each class gets."""

    def reached(at: Value, there: Value) -> Value:
        """Whether the value is enough to bring v up to ``at``, where that is ``there``."""
        at = o.where(there, at, 0.0)
        return there & (value >= _sum([at * common, *(claim.gets(o, at) for claim in claims)]))

    fixed, growing = [], []
    for claim in claims:
        owned, finite = claim.owns > 0, claim.ceiling < np.inf
        # One after the other: at first the preference, with or without a part of the rest; its ceiling; its part alone.
        stands, grows = claim.preference, claim.owns if claim.participates else 0.0
        full = o.ratio(claim.ceiling, claim.owns)
        if claim.participates:
            capped = reached(o.ratio(claim.ceiling - claim.preference, claim.owns), owned & finite)
            stands, grows = o.where(capped, claim.ceiling, stands), o.where(capped, 0.0, grows)
        converted = reached(full, owned & finite)
        fixed.append(o.where(converted, 0.0, stands))
        growing.append(o.where(converted, claim.owns, grows))

    first = _sum([claim.preference for claim in claims])
    enough = value >= first
    v = o.where(enough, o.ratio(o.maximum(0.0, value - _sum(fixed)), _sum([common, *growing])), 0.0)
    paid = [stands + v * grows for stands, grows in zip(fixed, growing, strict=True)]
    if anywhere(value < first):
        too_little = _too_little(o, a, claims, value, first)
        paid = [o.where(enough, much, little) for much, little in zip(paid, too_little, strict=True)]
    return v, paid


def _too_little(o: Carrier, a: Assumptions, claims: Sequence[Claim], value: Value, first: Value) -> list[Value]:
    """What each class gets where the value does not reach all preferences: in proportion, or the last round first."""
    in_proportion = [value * o.ratio(claim.preference, first) for claim in claims]
    by_rank, left = [0.0 for _ in claims], value
    for number in (*(entry.number for entry in reversed(rounds(a))), 0):
        asked = [o.where(claim.round == number, claim.preference, 0.0) for claim in claims]
        together = _sum(asked)
        met = o.minimum(left, together)
        by_rank = [paid + met * o.ratio(each, together) for paid, each in zip(by_rank, asked, strict=True)]
        left = left - met
    later_first = a.later_rounds_first == 1
    return [o.where(later_first, rank, part) for rank, part in zip(by_rank, in_proportion, strict=True)]


def _sum(values: Sequence[Value]) -> Value:
    return reduce(add, values, 0.0)
