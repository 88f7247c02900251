"""Counting: the same answers by heads, by shares, by use and by classes. Pure functions, each with its method in words.

Numbers are decided by the weighted median: half of the votes want at least as much, half at most as much, so nobody gains
by exaggerating. Points by the median of each use, brought to 100; choices by the most votes.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from coopfin.rooms.people import Member
from coopfin.rooms.questions import CHOICE, POINTS, WHOLE, Answer, Question

TOLERANCE = 1e-12  # shares that make exactly half on paper may make a little more or less in binary

Council = Mapping[str, float]
Ballot = tuple[Member, Answer]


@dataclass(frozen=True)
class Rule:
    """A way of counting: its name, what is counted, what each one weighs among those who answer, and in words."""

    name: str
    unit: str
    words: str
    weights: Callable[[Sequence[Member], Council], list[float]]
    turnout: Callable[[Sequence[Member], Sequence[Member], Council], tuple[float, float]]


@dataclass(frozen=True)
class Tally:
    """What a way of counting makes of the answers.

    ``value`` is the decision, None where there is none and ``why`` says why not. ``votes`` are the parts of all votes cast
    for each option of a choice. ``cast`` of ``possible`` votes were cast, in the rule's unit.
    """

    rule: Rule
    value: Answer | None
    cast: float
    possible: float
    votes: tuple[float, ...] = ()
    why: str = ""


def weighted_median(values: Sequence[float], weights: Sequence[float], *, whole: bool = False) -> float:
    """The value at which half of the weight is reached; where exactly half lies below, the mean of the two around it.

    ``whole``: then the lower of the two. Weights are 0 or more, some of them above 0; else ``ValueError``.
    """
    pairs = sorted((value, weight) for value, weight in zip(values, weights, strict=True) if weight > 0)
    if not pairs:
        raise ValueError("nobody has a vote")
    total, below = math.fsum(weight for _, weight in pairs), 0.0
    for place, (value, weight) in enumerate(pairs):
        below += weight
        if below / total >= 0.5 - TOLERANCE:
            is_half = below / total <= 0.5 + TOLERANCE and place + 1 < len(pairs)
            return value if whole or not is_half else _middle(value, pairs[place + 1][0])
    raise AssertionError("the weights make their own total")


def _middle(low: float, high: float) -> float:
    """The mean of two numbers as people write it: no 0.15000000000000002."""
    return min(max(float(f"{low / 2 + high / 2:.12g}"), low), high)


def points(splits: Sequence[Sequence[int]], weights: Sequence[float]) -> tuple[int, ...] | None:
    """100 points over uses: the weighted median of each use, brought to 100 together, to whole points by largest remainders.

    None where every median is 0: the voters want different things, and no use has half of the votes.
    """
    medians = [weighted_median(use, weights) for use in zip(*splits, strict=True)]
    total = math.fsum(medians)
    return None if total == 0 else largest_remainders([WHOLE * each / total for each in medians])


def largest_remainders(parts: Sequence[float]) -> tuple[int, ...]:
    """Whole numbers with the sum of ``parts``, which is a whole number: what is missing goes to the largest remainders."""
    whole = [math.floor(each + TOLERANCE) for each in parts]
    missing = round(math.fsum(parts)) - sum(whole)
    largest = sorted(range(len(parts)), key=lambda place: (whole[place] - parts[place], place))
    for place in largest[:missing]:
        whole[place] += 1
    return tuple(whole)


def _each(weight: Callable[[Member], float]) -> Callable[[Sequence[Member], Council], list[float]]:
    return lambda members, council: [weight(each) for each in members]


def _sums(
    weight: Callable[[Member], float],
) -> Callable[[Sequence[Member], Sequence[Member], Council], tuple[float, float]]:
    return lambda voters, present, council: (math.fsum(map(weight, voters)), math.fsum(map(weight, present)))


def _blocks(members: Sequence[Member], council: Council) -> list[float]:
    heads = Counter(each.role for each in members)
    return [council.get(each.role, 0.0) / heads[each.role] for each in members]


def _block_turnout(voters: Sequence[Member], present: Sequence[Member], council: Council) -> tuple[float, float]:
    there, voted = Counter(each.role for each in present), Counter(each.role for each in voters)
    seats = {role: seat for role, seat in council.items() if there[role]}
    return math.fsum(seat * voted[role] / there[role] for role, seat in seats.items()), math.fsum(seats.values())


BY_HEADS = Rule(
    "One member, one vote", "members", "each member weighs the same", _each(lambda each: 1.0), _sums(lambda each: 1.0)
)
BY_SHARES = Rule(
    "One share, one vote", "shares", "each member weighs the shares held",
    _each(lambda each: each.shares), _sums(lambda each: each.shares),
)  # fmt: skip
BY_USE = Rule(
    "By patronage", "patronage", "each member weighs the use of the platform",
    _each(lambda each: each.patronage), _sums(lambda each: each.patronage),
)  # fmt: skip
BY_CLASSES = Rule(
    "Class blocks", "seats",
    "each class has its share of all votes, whatever its number, and its members share it equally; without answers it has none",
    _blocks, _block_turnout,
)  # fmt: skip
RULES = {rule.name: rule for rule in (BY_HEADS, BY_SHARES, BY_USE, BY_CLASSES)}


def count(question: Question, ballots: Sequence[Ballot], rule: Rule, present: Sequence[Member], council: Council) -> Tally:
    """The decision of the ballots by a rule; ``present`` are all who could answer, those who did among them."""
    voters = [member for member, _ in ballots]
    weights = rule.weights(voters, council)
    cast, possible = rule.turnout(voters, present, council)
    if not math.fsum(weights) > 0:
        why = "nobody answered" if not ballots else f"nobody who answered holds {rule.unit}"
        return Tally(rule, None, cast, possible, why=why)
    answers = [answer for _, answer in ballots]
    value, votes, why = _decide(question, answers, weights)
    if cast < question.quorum * possible * (1 - TOLERANCE):
        return Tally(rule, None, cast, possible, votes, _short(question, rule, cast, possible))
    return Tally(rule, value, cast, possible, votes, why)


def _decide(
    question: Question, answers: Sequence[Answer], weights: Sequence[float]
) -> tuple[Answer | None, tuple[float, ...], str]:
    if question.kind == POINTS:
        value = points([each for each in answers if isinstance(each, tuple)], weights)
        return value, (), "" if value else "no use has half of the votes behind it: every median is 0"
    if question.kind == CHOICE:
        return _most(question, answers, weights)
    numbers = [float(each) for each in answers if not isinstance(each, tuple)]
    return weighted_median(numbers, weights, whole=question.whole), (), ""


def _most(question: Question, answers: Sequence[Answer], weights: Sequence[float]) -> tuple[int | None, tuple[float, ...], str]:
    total = math.fsum(weights)
    votes = tuple(
        math.fsum(weight for answer, weight in zip(answers, weights, strict=True) if answer == place) / total
        for place in range(len(question.options))
    )
    best = [place for place, part in enumerate(votes) if part >= max(votes) - TOLERANCE]
    if len(best) > 1:
        return None, votes, f"a tie between {' and '.join(question.options[place] for place in best)}"
    return best[0], votes, ""


def _short(question: Question, rule: Rule, cast: float, possible: float) -> str:
    part = cast / possible if possible else 0.0
    return f"no quorum: {100 * part:.0f} % of all {rule.unit} were cast, {100 * question.quorum:.0f} % are needed"


def method(question: Question, rule: Rule) -> str:
    """How the decision was found, in words."""
    how = {
        POINTS: "The median of each use, brought to 100 points together, to whole points by largest remainders",
        CHOICE: "The option with the most votes",
    }.get(question.kind, "The weighted median: half of the votes want as much or more, half as much or less")
    quorum = f" Quorum: {100 * question.quorum:.0f} % of all {rule.unit}." if question.quorum else ""
    return f"{how}; {rule.words}.{quorum}"


@dataclass(frozen=True)
class Spread:
    """How numbers lie: how many, the median, and the ends of the middle half."""

    number: int
    median: float
    low: float
    high: float


def spread(values: Sequence[float]) -> Spread:
    """The spread of at least one number."""
    ones = [1.0] * len(values)
    ordered = sorted(values)
    half = (len(ordered) + 1) // 2
    lower, upper = ordered[:half], ordered[-half:]
    return Spread(
        len(values), weighted_median(values, ones), weighted_median(lower, ones[:half]), weighted_median(upper, ones[:half])
    )
