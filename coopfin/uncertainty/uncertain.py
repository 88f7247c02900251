"""One uncertain assumption, and everything that may be wrong with a set of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf, pi, sin
from types import SimpleNamespace

import numpy as np

from coopfin.engine.assumptions import ASSUMPTIONS, Assumptions, find_mistakes
from coopfin.engine.declaration import Assumption, AssumptionError, Mistake
from coopfin.engine.units import Array, number
from coopfin.reading.mistakes import quoted
from coopfin.uncertainty.distributions import DISTRIBUTIONS, Distribution

BITS = 30  # of the points that are drawn
AT_LOW = ("outside_keep", "crowding", "spend_needed", "order_value")  # worst where they are low
FINEST = 2.0 ** -(BITS + 1)  # they stand in the middle of their cell, so a probability is never 0 or 1


@dataclass(frozen=True)
class Uncertain:
    """One uncertain assumption: its distribution, and how it moves with others.

    ``low``, ``likely`` and ``high`` mean what the distribution's words say. Where the distribution reaches beyond
    what is possible it is cut off there, and what is cut off is spread over the rest: see ``cut_off``.
    ``enterprise`` None: one draw for every enterprise, as it must be for a shared assumption.
    ``correlations``: the rank correlation (Spearman's) with other uncertain assumptions, by their ``name``; those not
    mentioned here or there are independent.
    """

    assumption: str
    distribution: str
    low: float
    high: float
    likely: float | None = None
    enterprise: str | None = None
    correlations: Mapping[str, float] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What it is called by others: the assumption, and the enterprise if it is one enterprise's alone."""
        return f"{self.assumption} {self.enterprise}" if self.enterprise else self.assumption

    @property
    def cut_off(self) -> float:
        """The share of the distribution that lies outside what is possible and is cut off."""
        below, above = self._cut
        return below + 1 - above

    def quantile(self, p: Array) -> Array:
        """The value below which a draw falls with probability ``p``, element by element."""
        below, above = self._cut
        likely = self.low if self.likely is None else self.likely
        values = DISTRIBUTIONS[self.distribution].quantile(
            below + np.clip(p, FINEST, 1 - FINEST) * (above - below), self.low, likely, self.high
        )
        low, high = _possible(ASSUMPTIONS[self.assumption])
        return np.minimum(np.maximum(values, low), high)  # cut off already: this mends the last bit only

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest value that can be drawn."""
        if DISTRIBUTIONS[self.distribution].probability is None:
            return self.low, self.high
        low, high = self.quantile(np.array([0.0, 1.0]))
        return float(low), float(high)

    @property
    def _cut(self) -> tuple[float, float]:
        probability = DISTRIBUTIONS[self.distribution].probability
        if probability is None:
            return 0.0, 1.0
        low, high = _possible(ASSUMPTIONS[self.assumption])
        return probability(low, self.low, self.high), 1.0 if high == inf else probability(high, self.low, self.high)


def _possible(assumption: Assumption) -> tuple[float, float]:
    """The lowest and the highest possible value."""
    unit = assumption.unit
    return float(np.nextafter(unit.low, inf)) if unit.low_open else unit.low, unit.high


def prefill(assumption: str, distribution: str, now: float, enterprise: str | None = None, part: float = 1.0) -> Uncertain:
    """An uncertain assumption to start from: low and high are its plausible ends, moved out to the value as it is now.

    With ``part`` below 1 they lie only that part of the way from the value as it is now to the plausible ends.
    """
    low, high = ASSUMPTIONS[assumption].plausible
    low, high = (float(end + (1 - part) * (now - end)) for end in (min(low, now), max(high, now)))
    kind = DISTRIBUTIONS[distribution]
    if kind.positive:
        low = max(low, high / 100)  # two orders of magnitude: a scale of ratios has no 0
    return Uncertain(assumption, distribution, low, high, float(now) if kind.has_likely else None, enterprise)


def copula(uncertain: Sequence[Uncertain]) -> Array:
    """The triangular factor that turns independent normal scores into correlated ones (a Gaussian copula).

    Raises ``AssumptionError`` where the correlations cannot hold together.
    """
    place = {each.name: i for i, each in enumerate(uncertain)}
    matrix = np.eye(len(place))
    for each in uncertain:
        for other, rank in each.correlations.items():
            i, j = place[each.name], place[other]
            matrix[i, j] = matrix[j, i] = 2 * sin(pi * rank / 6)  # the correlation of scores that gives this one of ranks
    try:
        return np.asarray(np.linalg.cholesky(matrix), dtype=float)
    except np.linalg.LinAlgError:
        names = tuple(each.name for each in uncertain if each.correlations)
        message = (
            f"the correlations of {', '.join(names)} cannot hold together: what moves with two others ties those to each "
            "other; lower the largest, or give those not given yet"
        )
        raise AssumptionError([Mistake(message, names)]) from None


def find_uncertain_mistakes(uncertain: Sequence[Uncertain], enterprises: Mapping[str, Assumptions]) -> list[Mistake]:
    """Everything wrong with the uncertain assumptions of these enterprises; a mistake concerns them by their name."""
    if not uncertain:
        return [Mistake("no assumption is uncertain; give at least one")]
    mistakes = [Mistake(message, (each.name,)) for each in uncertain for message in refuse(each, enterprises)]
    mistakes = mistakes or [*_twice(uncertain, enterprises), *_correlation_mistakes(uncertain)]
    return mistakes or _end_mistakes(uncertain, enterprises)


def refuse(each: Uncertain, enterprises: Mapping[str, Assumptions]) -> Iterator[str]:
    """Why one uncertain assumption is not possible, taken alone."""
    assumption = ASSUMPTIONS.get(each.assumption)
    if assumption is None:
        yield f"{each.assumption!r} is not an assumption"
        return
    called = f"{each.assumption} ({assumption.label})"
    if assumption.structural or assumption.unit.whole:
        yield f"{called} is a whole number and cannot be drawn; leave it out and compare scenario files instead"
    if each.enterprise is not None and assumption.shared:
        yield f"{called} is shared by all enterprises, but enterprise is {quoted(each.enterprise)}; leave it empty"
    elif each.enterprise is not None and each.enterprise not in enterprises:
        yield f"{called} has enterprise {quoted(each.enterprise)}; permitted: {', '.join(enterprises)}, or empty for all of them"
    distribution = DISTRIBUTIONS.get(each.distribution)
    if distribution is None:
        yield f"{called} has distribution {quoted(each.distribution)}; permitted: {', '.join(DISTRIBUTIONS)}"
        return
    given = {"low": each.low, "likely": each.likely, "high": each.high}
    refused = [
        f"{end} of {message}" for end, value in given.items() if value is not None and (message := assumption.refuse(value))
    ]
    yield from refused
    if not refused:
        yield from (f"{message}; {assumption.permitted}" for message in _refuse_ends(each, distribution, called))


def _refuse_ends(each: Uncertain, distribution: Distribution, called: str) -> Iterator[str]:
    if each.low >= each.high:
        yield f"low of {called} is {number(each.low)} and high {number(each.high)}; low must be below high"
    elif distribution.has_likely and each.likely is None:
        yield f"likely of {called} is missing; a {each.distribution} distribution needs it: {distribution.words}"
    elif distribution.has_likely and each.likely is not None and not each.low <= each.likely <= each.high:
        yield f"likely of {called} is {number(each.likely)}; it must lie from low {number(each.low)} to high {number(each.high)}"
    if not distribution.has_likely and each.likely is not None:
        yield f"likely of {called} is {number(each.likely)}; leave it empty: {each.distribution} is {distribution.words}"
    if distribution.positive and each.low <= 0:
        yield f"low of {called} is {number(each.low)}; a {each.distribution} distribution needs it above 0"


def _twice(uncertain: Sequence[Uncertain], enterprises: Mapping[str, Assumptions]) -> Iterator[Mistake]:
    seen: dict[tuple[str, str], str] = {}
    for each in uncertain:
        for enterprise in [each.enterprise] if each.enterprise else enterprises:
            if (each.assumption, enterprise) in seen:
                first = seen[each.assumption, enterprise]
                yield Mistake(f"{each.name} is given twice, also as {first}; keep one of the two", (each.name,))
                break
            seen[each.assumption, enterprise] = each.name


def _correlation_mistakes(uncertain: Sequence[Uncertain]) -> list[Mistake]:
    by_name = {each.name: each for each in uncertain}
    mistakes = [
        Mistake(f"correlation of {name} with {other} is {number(rank) or 'not a number'}; {message}", (name,))
        for name, each in by_name.items()
        for other, rank in each.correlations.items()
        if (message := _refuse_correlation(name, other, rank, by_name))
    ]
    if not mistakes:
        try:
            copula(uncertain)
        except AssumptionError as error:
            mistakes += error.mistakes
    return mistakes


def _refuse_correlation(name: str, other: str, rank: float, by_name: Mapping[str, Uncertain]) -> str | None:
    others = [each for each in by_name if each != name]
    if other not in others:
        return f"it must be with another uncertain assumption: {', '.join(others) or 'there is none'}"
    if not -1 < rank < 1:
        return "permitted: above -1 and below 1; unit: rank correlation, 0 means independent"
    says = by_name[other].correlations.get(name, rank)
    return f"{other} says {number(says)}; give it once, or twice the same" if says != rank and name < other else None


def _end_mistakes(uncertain: Sequence[Uncertain], enterprises: Mapping[str, Assumptions]) -> list[Mistake]:
    """What cannot hold between the assumptions when those that are uncertain reach their worst ends together."""
    names = {each.name for each in uncertain}
    mistakes = {}
    for enterprise, a in enterprises.items():
        ends = {each.assumption: each.ends for each in uncertain if each.enterprise in (None, enterprise)}
        worst = {name: low if name.endswith("pre_money") or name in AT_LOW else high for name, (low, high) in ends.items()}
        values = {name: getattr(a, name) for name in ASSUMPTIONS} | worst
        for mistake in find_mistakes(SimpleNamespace(**values)):
            concerned = {f"{name} {enterprise}" for name in mistake.assumptions} | set(mistake.assumptions)
            mistakes[mistake.message] = Mistake(
                f"{enterprise}, at the ends of what can be drawn: {mistake.message}", tuple(sorted(concerned & names))
            )
    return list(mistakes.values())
