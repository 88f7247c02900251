"""Counting: worked examples by hand, and what must hold of any answers."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest
from hypothesis import given, strategies as st

from coopfin.rooms.count import (
    BY_CLASSES,
    BY_HEADS,
    BY_SHARES,
    BY_USE,
    RULES,
    count,
    largest_remainders,
    method,
    points,
    spread,
    weighted_median,
)  # fmt: skip
from coopfin.rooms.people import Member
from coopfin.rooms.questions import Question, choice, lever, points as ask_points

RATE = lever("take_rate", "cooperative", "What should it take?", 0.15)
SURPLUS = ask_points("cooperative", "What should become of it?")
FIRMS = choice("Which?", ["one", "other", "none"])
DRIVER, FOUNDER, INVESTOR = Member("drivers", 1, 40), Member("founders", 50, 0), Member("investors", 100, 0)

VALUES = st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(0.001, 1e6)), min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("values", "weights", "median"),
    [
        ([3], [1], 3), ([1, 2], [1, 1], 1.5), ([1, 2, 10], [1, 1, 1], 2), ([1, 2, 3, 4], [1, 1, 1, 1], 2.5),
        ([1, 100], [1, 1.5], 100), ([5, 1, 3], [0, 1, 1], 2), ([0.1, 0.2], [1, 1], 0.15), ([1, 2, 3], [1, 1, 2], 2.5),
        ([7, 7], [1, 1], 7), ([0.1, 0.3, 0.9], [0.1, 0.2, 0.3], 0.6),
    ],
)  # fmt: skip
def test_the_weighted_median_by_hand(values: list[float], weights: list[float], median: float) -> None:
    assert weighted_median(values, weights) == median


def test_where_only_whole_numbers_go_the_lower_of_the_two_is_the_median() -> None:
    assert weighted_median([1, 2], [1, 1], whole=True) == 1


def test_without_weight_there_is_no_median() -> None:
    with pytest.raises(ValueError, match="nobody has a vote"):
        weighted_median([1, 2], [0, 0])


@given(VALUES)
def test_half_of_the_weight_lies_on_either_side(pairs: list[tuple[float, float]]) -> None:
    values, weights = zip(*pairs, strict=True)
    median, half = weighted_median(values, weights), math.fsum(weights) / 2
    assert min(values) <= median <= max(values)
    for side in (math.fsum(w for v, w in pairs if v <= median), math.fsum(w for v, w in pairs if v >= median)):
        assert side >= half * (1 - 1e-9)


@given(VALUES, st.randoms(use_true_random=False))
def test_the_order_of_the_answers_does_not_matter(pairs: list[tuple[float, float]], shuffle: object) -> None:
    mixed = list(pairs)
    shuffle.shuffle(mixed)  # type: ignore[attr-defined]
    assert weighted_median(*zip(*pairs, strict=True)) == pytest.approx(weighted_median(*zip(*mixed, strict=True)))


@given(st.lists(st.floats(0, 100), min_size=1, max_size=9).filter(lambda values: len(values) % 2))
def test_one_who_exaggerates_moves_nothing_by_it(values: list[float]) -> None:
    ones = [1.0] * len(values)
    median = weighted_median(values, ones)
    for place, value in enumerate(values):
        if value != median:
            louder = [*values[:place], 1e9 if value > median else -1e9, *values[place + 1 :]]
            assert weighted_median(louder, ones) == median


@given(st.lists(st.integers(1, 9), min_size=1, max_size=12), st.lists(st.integers(0, 100), min_size=12, max_size=12))
def test_a_weight_counts_as_so_many_people(weights: list[int], values: list[int]) -> None:
    values = values[: len(weights)]
    crowd = [value for value, weight in zip(values, weights, strict=True) for _ in range(weight)]
    assert weighted_median(values, weights) == weighted_median(crowd, [1] * len(crowd))


def test_points_by_hand() -> None:
    splits = [(50, 50, 0), (60, 20, 20), (40, 30, 30)]
    assert points(splits, [1, 1, 1]) == (50, 30, 20)  # medians 50, 30, 20
    assert points([(100, 0, 0), (34, 33, 33)], [1, 1]) == (67, 17, 16)  # medians 67, 16.5, 16.5
    assert points([(100, 0, 0), (0, 100, 0), (0, 0, 100)], [1, 1, 1]) is None


@st.composite
def splits(draw: st.DrawFn) -> list[tuple[int, ...]]:
    uses, voters = draw(st.integers(2, 6)), draw(st.integers(1, 8))
    made = []
    for _ in range(voters):
        cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=uses - 1, max_size=uses - 1)))
        made.append(tuple(b - a for a, b in zip([0, *cuts], [*cuts, 100], strict=True)))
    return made


@given(splits(), st.data())
def test_points_make_a_hundred_and_lie_where_somebody_wants_them(given_: list[tuple[int, ...]], data: st.DataObject) -> None:
    weights = data.draw(st.lists(st.floats(0.01, 100), min_size=len(given_), max_size=len(given_)))
    decided = points(given_, weights)
    if decided is None:
        return
    assert sum(decided) == 100
    assert min(decided) >= 0
    for use, column in zip(decided, zip(*given_, strict=True), strict=True):
        assert use == 0 or max(column) > 0


@given(splits())
def test_those_who_agree_get_what_they_say(given_: list[tuple[int, ...]]) -> None:
    assert points([given_[0]] * 3, [1, 2, 3]) == given_[0]


@given(st.lists(st.floats(0, 50), min_size=1, max_size=8))
def test_largest_remainders_stay_within_one(parts: list[float]) -> None:
    total = math.fsum(parts)
    scaled = [100 * each / total for each in parts] if total > 0 else [100.0]
    whole = largest_remainders(scaled)
    assert sum(whole) == 100
    assert all(abs(one - part) < 1 for one, part in zip(whole, scaled, strict=True))


def counted(
    question: Question, given_: Sequence[tuple[Member, object]], rule: str, present: Sequence[Member] = (), **council: float
):
    there = present or [member for member, _ in given_]
    return count(question, list(given_), RULES[rule], there, council)


ROOM = [(DRIVER, 0.1), (DRIVER, 0.1), (DRIVER, 0.12), (FOUNDER, 0.2), (INVESTOR, 0.3)]


def test_the_same_answers_by_heads_by_shares_by_use_and_by_classes() -> None:
    assert counted(RATE, ROOM, BY_HEADS.name).value == 0.12
    assert counted(RATE, ROOM, BY_SHARES.name).value == 0.3  # 100 of 153 shares want 30 %
    assert counted(RATE, ROOM, BY_USE.name).value == 0.1  # 80 of 120 of the use
    # Blocks of 40, 40 and 20 %: the three drivers have 13.3 % each; half is reached at the founder's 20 %.
    assert counted(RATE, ROOM, BY_CLASSES.name, drivers=0.4, founders=0.4, investors=0.2).value == 0.2


def test_a_class_block_weighs_the_same_whatever_its_number() -> None:
    many = [(DRIVER, 0.1)] * 30 + [(FOUNDER, 0.3)]
    council = {"drivers": 0.4, "founders": 0.6}
    assert counted(RATE, many, BY_CLASSES.name, **council).value == 0.3
    assert counted(RATE, many[-2:], BY_CLASSES.name, **council).value == 0.3
    assert counted(RATE, many, BY_HEADS.name).value == 0.1


def test_a_quorum_is_counted_in_the_unit_of_the_votes() -> None:
    half = lever("take_rate", "cooperative", "?", 0.15, quorum=0.5)
    present = [DRIVER, DRIVER, DRIVER, INVESTOR]
    given_ = [(DRIVER, 0.1), (DRIVER, 0.1)]
    by_heads, by_shares = (counted(half, given_, rule, present) for rule in (BY_HEADS.name, BY_SHARES.name))
    assert (by_heads.value, by_heads.cast, by_heads.possible) == (0.1, 2, 4)
    assert (by_shares.value, by_shares.cast, by_shares.possible) == (None, 2, 103)
    assert by_shares.why == "no quorum: 2 % of all shares were cast, 50 % are needed"
    by_classes = counted(half, given_, BY_CLASSES.name, present, drivers=0.5, investors=0.5)
    assert by_classes.cast == pytest.approx(1 / 3)  # two thirds of the drivers' half
    assert by_classes.value is None


def test_a_choice_goes_to_the_most_votes_and_a_tie_is_told() -> None:
    clear = counted(FIRMS, [(DRIVER, 0), (DRIVER, 0), (INVESTOR, 1)], BY_HEADS.name)
    assert clear.value == 0
    assert clear.votes == pytest.approx((2 / 3, 1 / 3, 0))
    assert counted(FIRMS, [(DRIVER, 0), (DRIVER, 0), (INVESTOR, 1)], BY_SHARES.name).value == 1
    tie = counted(FIRMS, [(DRIVER, 0), (DRIVER, 1)], BY_HEADS.name)
    assert (tie.value, tie.why) == (None, "a tie between one and other")


@pytest.mark.parametrize("question", [RATE, SURPLUS, FIRMS])
@pytest.mark.parametrize("rule", RULES)
def test_no_answers_and_no_votes_decide_nothing_and_say_why(question: Question, rule: str) -> None:
    assert counted(question, [], rule).why == "nobody answered"
    nobody = Member("", 0, 0)
    answer = {RATE: 0.1, SURPLUS: (100, 0, 0, 0, 0), FIRMS: 0}[question]
    found = counted(question, [(nobody, answer)], rule)
    assert found.value == (answer if rule == BY_HEADS.name else None)
    assert bool(found.why) == (rule != BY_HEADS.name)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_every_method_is_told_in_words(rule: object) -> None:
    said = method(RATE, rule)  # type: ignore[arg-type]
    assert said.startswith("The weighted median")
    assert said.endswith(".")


def test_the_spread_is_the_median_and_the_middle_half() -> None:
    lies = spread([1, 2, 3, 4, 5, 6, 7, 8])
    assert (lies.number, lies.median, lies.low, lies.high) == (8, 4.5, 2.5, 6.5)
    assert spread([5]).low == spread([5]).high == 5
