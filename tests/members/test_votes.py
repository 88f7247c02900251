"""Votes by member, by share and by college; caps; and who can decide alone."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import assume, given, settings, strategies as st

from coopfin import (
    Assumptions,
    MemberClass,
    PatronageError,
    cap_votes,
    deciding_group,
    fewest_people,
    votes_by_class,
    votes_by_heads,
    votes_by_shares,
)

VOTES = st.lists(st.integers(0, 20), min_size=1, max_size=7).filter(any)
A, B = MemberClass("A", Decimal("0.1"), "equally"), MemberClass("B", Decimal("0.9"), "patronage")


def college(name: str, votes: str) -> MemberClass:
    return MemberClass(name, 0, "equally", Decimal(votes))


def test_one_share_one_vote_follows_the_cap_table() -> None:
    rounds = {
        "equity_1_amount": 1e6,
        "equity_1_pre_money": 3e6,
        "equity_2_month": 48,
        "equity_2_amount": 1e6,
        "equity_2_pre_money": 1e6,
    }
    a = Assumptions(option_pool=0.2, **rounds)
    assert votes_by_shares(a, 0) == pytest.approx({"providers": 0, "founders": 0.6, "staff": 0.15, "round 1": 0.25})
    final = votes_by_shares(a)
    assert final == pytest.approx({"providers": 0, "founders": 0.3, "staff": 0.075, "round 1": 0.125, "round 2": 0.5})
    assert deciding_group(final) == ("round 2", "founders")  # exactly half is not more than half


def test_providers_votes_come_before_those_of_shares() -> None:
    assert votes_by_shares(Assumptions(provider_votes=0.8)) == pytest.approx({"providers": 0.8, "founders": 0.2, "staff": 0})


def test_one_member_one_vote_counts_heads() -> None:
    assert votes_by_class([A, B], {"A": 5, "B": 15}) == pytest.approx({"A": 0.25, "B": 0.75})
    three_each = MemberClass("A", Decimal("0.1"), "equally", votes=3)
    assert votes_by_class([three_each, B], {"A": 5, "B": 15}) == pytest.approx({"A": 0.5, "B": 0.5})


def test_a_college_has_its_votes_whatever_its_size_and_none_without_members() -> None:
    colleges = [college("A", "0.5"), college("B", "0.3"), college("C", "0.2")]
    assert votes_by_class(colleges, {"A": 1, "B": 1000, "C": 3}) == pytest.approx({"A": 0.5, "B": 0.3, "C": 0.2})
    assert votes_by_class(colleges, {"B": 1000, "C": 3}) == pytest.approx({"A": 0, "B": 0.6, "C": 0.4})
    with pytest.raises(PatronageError, match="no class with members has votes"):
        votes_by_class(colleges, {})


def test_what_a_cap_cuts_off_goes_to_the_others_in_proportion() -> None:
    assert cap_votes({"A": 0.7, "B": 0.2, "C": 0.1}, 0.4) == pytest.approx({"A": 0.4, "B": 0.4, "C": 0.2})
    assert cap_votes({"A": 0.8, "B": 0.1, "C": 0.1}, 1 / 3) == pytest.approx({"A": 1 / 3, "B": 1 / 3, "C": 1 / 3})
    # B is below the cap at first and above it once it takes its part of what A may not cast.
    assert cap_votes({"A": 0.6, "B": 0.35, "C": 0.05}, 0.45) == pytest.approx({"A": 0.45, "B": 0.45, "C": 0.1})


@settings(deadline=None)
@given(VOTES, st.floats(0.05, 1))
def test_a_cap_holds_and_no_vote_is_lost(counts: list[int], cap: float) -> None:
    votes = {str(i): count / sum(counts) for i, count in enumerate(counts)}
    enough = cap * sum(count > 0 for count in counts) - 1
    assume(abs(enough) > 1e-9)
    if enough < 0:
        with pytest.raises(PatronageError, match="permitted"):
            cap_votes(votes, cap)
        return
    capped = cap_votes(votes, cap)
    assert sum(capped.values()) == pytest.approx(1)
    assert max(capped.values()) <= cap + 1e-9
    for one in votes:
        for other in votes:
            assert votes[one] > votes[other] or capped[one] <= capped[other] + 1e-9
            assert votes[one] or not capped[one]


@pytest.mark.parametrize("cap", [0, -1, 1.5, float("nan"), 0.3])
def test_a_cap_that_is_none_is_refused(cap: float) -> None:
    with pytest.raises(PatronageError, match=r"permitted: 0.333333 to 1"):
        cap_votes({"A": 0.5, "B": 0.3, "C": 0.2}, cap)


@settings(deadline=None)
@given(VOTES)
def test_no_smaller_group_than_the_deciding_one_has_more_than_half(counts: list[int]) -> None:
    votes = {str(i): count / sum(counts) for i, count in enumerate(counts)}
    group = deciding_group(votes)
    assert 2 * sum(counts[int(name)] for name in group) > sum(counts)
    for smaller in combinations(counts, len(group) - 1):
        assert 2 * sum(smaller) <= sum(counts)
    for as_small in combinations(counts, len(group)):
        assert sum(as_small) <= sum(counts[int(name)] for name in group)


def test_exactly_half_does_not_decide() -> None:
    assert deciding_group({"B": 0.5, "A": 0.5}) == ("A", "B")
    assert deciding_group({"A": 0.1, "B": 0.2, "C": 0.7}) == ("C",)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 6), st.integers(0, 5)), min_size=1, max_size=5).filter(lambda g: any(v for _, v in g)))
def test_no_fewer_people_than_said_have_more_than_half(groups: list[tuple[int, int]]) -> None:
    # Each group: how many people, and how many votes each of them has.
    total = sum(people * each for people, each in groups)
    votes = {str(i): people * each / total for i, (people, each) in enumerate(groups)}
    people = fewest_people(votes, {str(i): people for i, (people, _) in enumerate(groups)})
    one_by_one = sorted((each for people, each in groups for _ in range(people)), reverse=True)
    assert 2 * sum(one_by_one[:people]) > total
    assert 2 * sum(one_by_one[: people - 1]) <= total


def test_a_majority_of_a_thousand_members_and_of_three_shareholders() -> None:
    assert fewest_people({"members": 1.0}, {"members": 1000}) == 501
    assert fewest_people({"founders": 0.4, "round 1": 0.35, "staff": 0.25}, {"staff": 50}) == 2


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 50), min_size=1).filter(lambda heads: any(heads.values())))
def test_one_member_one_vote_is_a_share_of_all_heads(heads: dict[str, int]) -> None:
    votes = votes_by_heads(heads)
    assert sum(votes.values()) == pytest.approx(1)
    assert fewest_people(votes, {name: number for name, number in heads.items() if number}) == sum(heads.values()) // 2 + 1


def test_nobody_cannot_vote() -> None:
    with pytest.raises(PatronageError, match="nobody"):
        votes_by_heads({"A": 0})
