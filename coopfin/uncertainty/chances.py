"""How likely the answer is, quickly: few draws of what the evidence leaves open, and only what the answer needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from coopfin.engine.assumptions import ASSUMPTIONS, Assumptions
from coopfin.uncertainty.sensitivity import Lever, Ranges
from coopfin.uncertainty.simulation import simulate
from coopfin.uncertainty.uncertain import Uncertain

DRAWS, SEED = 1000, 1
MEASURE = "provider_month"
TOGETHER = 0.999  # the rank correlation of what moves together where the firms do not start from the same value


@dataclass(frozen=True)
class Chances:
    """In what share of the draws something holds, by enterprise.

    ``better_and_solvent``: more is left to a provider a month than in the first, and the enterprise never runs dry; the
    first itself is missing. ``lives``: it never runs dry.
    """

    draws: int
    better_and_solvent: Mapping[str, float]
    lives: Mapping[str, float]


Alike = Mapping[str, Sequence[str]]  # by enterprise, the others that its own ranges hold for as well


def chances(
    enterprises: Mapping[str, Assumptions],
    ranges: Ranges,
    draws: int = DRAWS,
    seed: int = SEED,
    alike: Alike = MappingProxyType({}),
) -> Chances:
    """How likely each enterprise lives, and how likely a further one is better than the first and lives.

    ``ranges``: what is open, from low to high; where a lever stands is the most likely. Raises ``AssumptionError`` where
    there is no range, or where values at their ends cannot hold together.
    """
    drawn = simulate(enterprises, within(enterprises, ranges, alike), draws, seed, measures=(MEASURE,))
    _, *others = enterprises
    return Chances(
        draws,
        {name: drawn.better_and_solvent(name) for name in others},
        {name: float(np.mean(np.isnan(drawn.out_of_cash[name]))) for name in enterprises},
    )


def within(enterprises: Mapping[str, Assumptions], ranges: Ranges, alike: Alike = MappingProxyType({})) -> tuple[Uncertain, ...]:
    """The ranges as uncertain assumptions: most likely is where each lever stands, and the ends reach as far as that.

    A range of all enterprises is drawn once for all. Where they do not start from the same value it is drawn for each,
    and all of these move together; so do those of an enterprise and of the others that are ``alike``.
    """
    return tuple(each for lever, ends in ranges.items() for each in _drawn(enterprises, lever, ends, alike))


def _drawn(enterprises: Mapping[str, Assumptions], lever: Lever, ends: tuple[float, float], alike: Alike) -> Iterator[Uncertain]:
    name, values = lever.assumption, {each: float(getattr(a, lever.assumption)) for each, a in enterprises.items()}
    now = {each: value for each, value in values.items() if lever.moves(each)}
    # What the one has and the other has not, such as a sale, is decided: the evidence says nothing of it.
    now |= {
        each: values[each]
        for each in alike.get(lever.enterprise or "", ())
        if (values[each] == 0) in {v == 0 for v in now.values()}
    }
    if lever.enterprise is None and (ASSUMPTIONS[name].shared or len(set(now.values())) == 1):
        now = {"": next(iter(now.values()))}
    tie: dict[str, float] = {}
    for each, value in now.items():
        yield Uncertain(name, "pert", min(ends[0], value), max(ends[1], value), value, each or None, dict(tie))
        tie[f"{name} {each}"] = TOGETHER
