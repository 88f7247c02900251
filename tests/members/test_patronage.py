"""Refunds: exact, complete and the same whatever the order of the rows."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from coopfin import MemberClass, Members, PatronageError, allocate, to_cents
from coopfin.members.cents import money_text

POOLS = st.one_of(st.integers(0, 300), st.integers(0, 10**14))
AMOUNTS = st.one_of(
    st.integers(0, 5).map(Decimal),
    st.decimals(0, 10**6, places=2),
    st.decimals(0, 10**15, places=12),
)
# Decimal shares that add up to 1 exactly, some of them 0.
SHARES = st.lists(st.integers(0, 1000), min_size=1, max_size=4).filter(any)


@st.composite
def classes(draw: st.DrawFn) -> list[MemberClass]:
    parts = draw(SHARES)
    bases = [draw(st.sampled_from(["equally", "patronage", "years"])) for _ in parts]
    return [MemberClass(name, Fraction(part, sum(parts)), basis) for name, part, basis in zip("ABCD", parts, bases, strict=False)]


@st.composite
def ledgers(draw: st.DrawFn, kinds: list[MemberClass]) -> Members:
    rows = draw(st.lists(st.tuples(st.sampled_from([each.name for each in kinds]), AMOUNTS, st.integers(0, 40)), max_size=40))
    # One member who counts in each class, so that no pool is left without owners.
    rows += [(each.name, Decimal("0.01"), 1) for each in kinds]
    names = draw(st.permutations([f"member {i}" for i in range(len(rows))]))
    return Members(tuple(names), tuple(r[0] for r in rows), tuple(r[1] for r in rows), tuple(r[2] for r in rows))


@st.composite
def cases(draw: st.DrawFn) -> tuple[int, Members, list[MemberClass]]:
    kinds = draw(classes())
    return draw(POOLS), draw(ledgers(kinds)), kinds


def exact_shares(pool: int, members: Members, kinds: list[MemberClass]) -> list[Fraction]:
    """What each would get if cents could be divided, read off the rule row by row."""
    shares = []
    for i, name in enumerate(members.classes):
        kind = next(each for each in kinds if each.name == name)
        column = {"equally": [1] * len(members), "patronage": members.patronage, "years": members.years}[kind.basis]
        of_all = sum(Fraction(column[j]) for j in range(len(members)) if members.classes[j] == name)
        shares.append(pool * Fraction(kind.share) * Fraction(column[i]) / of_all if kind.share else Fraction(0))
    return shares


@settings(deadline=None)
@given(cases())
def test_every_refund_is_less_than_a_cent_from_its_exact_share(case: tuple[int, Members, list[MemberClass]]) -> None:
    allocation = allocate(*case)
    for refund, exact in zip(allocation.refund.tolist(), exact_shares(*case), strict=True):
        assert abs(refund - exact) < 1


@settings(deadline=None)
@given(cases())
def test_refunds_add_up_to_the_class_pools_and_those_to_the_pool(case: tuple[int, Members, list[MemberClass]]) -> None:
    pool, members, kinds = case
    allocation = allocate(pool, members, kinds)
    assert sum(allocation.refund.tolist()) == pool == sum(allocation.class_pools.values())
    for kind in kinds:
        of_class = [r for r, name in zip(allocation.refund.tolist(), members.classes, strict=True) if name == kind.name]
        assert sum(of_class) == allocation.class_pools[kind.name]
        assert abs(allocation.class_pools[kind.name] - pool * Fraction(kind.share)) < 1


@settings(deadline=None)
@given(cases(), st.data())
def test_the_order_of_rows_and_classes_does_not_matter(case: tuple[int, Members, list[MemberClass]], data: st.DataObject) -> None:
    pool, members, kinds = case
    order = data.draw(st.permutations(range(len(members))))
    shuffled = Members(*(tuple(column[i] for i in order) for column in vars(members).values()))
    other_kinds = data.draw(st.permutations(kinds))
    refund = dict(zip(members.names, allocate(pool, members, kinds).refund.tolist(), strict=True))
    assert dict(zip(shuffled.names, allocate(pool, shuffled, other_kinds).refund.tolist(), strict=True)) == refund


@settings(deadline=None)
@given(cases())
def test_who_counts_for_more_never_gets_less_than_another_of_the_class(case: tuple[int, Members, list[MemberClass]]) -> None:
    pool, members, kinds = case
    exact, refund = exact_shares(pool, members, kinds), allocate(pool, members, kinds).refund.tolist()
    for name in set(members.classes):
        ranked = sorted((exact[i], refund[i]) for i in range(len(members)) if members.classes[i] == name)
        for (less, paid_less), (more, paid_more) in pairwise(ranked):
            assert less == more or paid_less <= paid_more


@settings(deadline=None)
@given(cases(), st.decimals(0, 1, places=4), st.integers(0, 10_000))
def test_cash_and_retained_add_up_and_cash_is_never_below_its_share(
    case: tuple[int, Members, list[MemberClass]], cash_share: Decimal, minimum: int
) -> None:
    allocation = allocate(*case, cash_share=cash_share, minimum_payout=minimum)
    for refund, cash, retained in zip(
        allocation.refund.tolist(), allocation.cash.tolist(), allocation.retained.tolist(), strict=True
    ):
        assert cash + retained == refund
        assert min(cash, retained) >= 0
        promised = Fraction(cash_share) * refund
        assert promised <= cash < promised + 1 or (cash == 0 and promised <= minimum)
        assert cash == 0 or cash >= minimum


@settings(deadline=None)
@given(cases())
def test_the_explanation_of_a_refund_agrees_with_the_rule(case: tuple[int, Members, list[MemberClass]]) -> None:
    allocation, exact = allocate(*case, cash_share=Fraction(1, 3)), exact_shares(*case)
    for row in range(len(case[1])):
        part = allocation.part(row)
        assert part.exact == exact[row]
        assert part.member_class.name == case[1].classes[row]
        assert (part.refund, part.cash, part.retained) == (
            allocation.refund[row], allocation.cash[row], allocation.retained[row],
        )  # fmt: skip
        if part.member_class.share:
            share = Fraction(part.member_class.share)
            assert case[0] * share * Fraction(part.basis) / part.basis_of_all == exact[row]


def test_a_cent_too_few_goes_to_the_first_name_not_the_first_row() -> None:
    members = Members(("Zoe", "Ada", "Ben"), ("C",) * 3, (1, 1, 1))
    assert allocate(100, members).refund.tolist() == [33, 34, 33]


def test_a_class_pool_that_is_rounded_up_moves_nobody_by_more_than_a_cent() -> None:
    # Ten classes of 1.1 cents each; A is rounded up to 2. Ada's exact share is 21/40 of 1.1, 0.5775 cents, but 21/40 of
    # those 2 are 1.05, and sharing out the rounded 2 would give her both.
    names = ("Ada", *(f"Ben {i:02}" for i in range(19)), *"BCDEFGHIJ")
    members = Members(names, ("A",) * 20 + tuple("BCDEFGHIJ"), (21, *[1] * 19, *[1] * 9))
    allocation = allocate(11, members, [MemberClass(name, Decimal("0.1"), "patronage") for name in "ABCDEFGHIJ"])
    assert allocation.class_pools["A"] == 2
    assert allocation.refund.tolist() == [1, 1] + [0] * 18 + [1] * 9


def test_floats_count_as_the_numbers_they_print_as() -> None:
    # In binary 0.1 + 0.2 is more than 0.3, and three classes of 0.1, 0.2 and 0.7 make more than 1.
    members = Members(("Ada", "Ben", "Cy"), ("A", "B", "C"), (0.1, 0.2, 0.3))
    kinds = [MemberClass("A", 0.1, "equally"), MemberClass("B", 0.2, "equally"), MemberClass("C", 0.7, "equally")]
    assert allocate(10**14, members, kinds).refund.tolist() == [10**13, 2 * 10**13, 7 * 10**13]
    assert allocate(6 * 10**13, members).refund.tolist() == [10**13, 2 * 10**13, 3 * 10**13]
    assert to_cents(1.005) == 101


def test_the_largest_pool_and_numbers_of_numpy_stay_exact() -> None:
    patronage = tuple(np.array([10**15 - 1, 1], dtype=np.int64))
    assert allocate(10**14, Members(("Ada", "Ben"), ("C", "C"), patronage)).refund.tolist() == [10**14, 0]
    assert allocate(10**14, Members(("Ada", "Ben"), ("C", "C"), (10**14 - 1, 1))).refund.tolist() == [10**14 - 1, 1]


def test_a_pool_of_nothing_gives_everyone_nothing() -> None:
    assert allocate(0, Members(("Ada", "Ben"), ("C", "C"), (1, 2))).refund.tolist() == [0, 0]


def test_without_classes_the_class_column_does_not_matter() -> None:
    assert allocate(30, Members(("Ada", "Ben"), ("A", "B"), (1, 2))).refund.tolist() == [10, 20]


A = MemberClass("A", Decimal("0.5"), "equally")
B = MemberClass("B", Decimal("0.5"), "patronage")
AB = Members(("Ada", "Ben"), ("A", "B"), (1, 2))


@pytest.mark.parametrize(
    ("members", "kinds", "words"),
    [
        (AB, [A, replace(B, share=Decimal("0.4"))], "add up to 0.9; permitted: exactly 1"),
        (AB, [A, replace(B, share=Decimal("1.5"))], "share is 1.5; permitted: 0 to 1"),
        (AB, [A, replace(B, basis="weight")], "basis is 'weight'; permitted: equally, patronage, years"),
        (AB, [A, A], "stands in the table 2 times"),
        (AB, [replace(A, share=1)], "class 'B' is not in the table of classes; permitted: A"),
        (AB, [A, replace(B, basis="years")], "class 'B' shares by years of membership, but not every member"),
        (Members(("Ada",), ("A",), (1,)), [A, B], "class 'B' gets a share of 0.5 of the pool, but it has no members"),
        (Members(("Ada", "Ben"), ("A", "B"), (1, 0)), [A, B], "but its total of patronage is 0"),
        (Members(("Ada",), ("A",), (0,)), None, "the ledger gets a share of 1 of the pool, but its total of patronage is 0"),
        (Members((), (), ()), None, "but it has no members"),
        (AB, [replace(A, votes=1.5), B], "votes is 1.5; permitted: a whole number"),
        (AB, [replace(A, votes=0.5), B], "write all of them in one way"),
        (AB, [replace(A, votes=0.5), replace(B, votes=0.4)], "shares of the votes add up to 0.9"),
    ],
)
def test_what_cannot_be_allocated_is_refused_in_words(members: Members, kinds: list[MemberClass] | None, words: str) -> None:
    with pytest.raises(PatronageError, match=words):
        allocate(100, members, kinds)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"pool": -1}, "the pool is -1 cents"),
        ({"pool": 10**14 + 1}, "permitted: 0 to 100,000,000,000,000 cents"),
        ({"pool": 10.5}, "whole numbers"),
        ({"cash_share": 50}, r"the cash share is 50; permitted: 0 to 1 \(20 % is written 0.2\)"),
        ({"cash_share": float("nan")}, "the cash share is nan"),
        ({"minimum_payout": -1}, "the minimum payout is -1 cents"),
    ],
)
def test_amounts_out_of_range_are_refused(arguments: dict[str, float], words: str) -> None:
    with pytest.raises(PatronageError, match=words):
        allocate(**{"pool": 100, "members": AB} | arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ((("Ada", "Ada"), ("C", "C"), (1, 2)), "Ada stands in the ledger 2 times"),
        ((("Ada", "Ben"), ("C", "C"), (1, -2)), "Ben: patronage is -2; permitted: 0 or more"),
        ((("Ada", "Ben"), ("C", "C"), (1, float("nan"))), "Ben: patronage is nan"),
        ((("Ada", "Ben"), ("C", "C"), (1, 2), (1, Decimal("-0.5"))), "Ben: years is -0.5"),
        ((("Ada", "Ben"), ("C",), (1, 2)), r"\[2, 1, 2\] entries"),
    ],
)
def test_ledgers_that_are_none_are_refused(columns: tuple[tuple[object, ...], ...], words: str) -> None:
    with pytest.raises(PatronageError, match=words):
        Members(*columns)  # type: ignore[arg-type]


def test_every_mistake_is_told_at_once() -> None:
    with pytest.raises(PatronageError) as refused:
        allocate(-1, AB, [A, replace(B, share=2)], cash_share=3, minimum_payout=-1)
    assert len(refused.value.mistakes) == 4


@pytest.mark.parametrize(
    ("cents", "text"), [(0, "0.00"), (5, "0.05"), (1250, "12.50"), (10**14, "1000000000000.00"), (-5, "-0.05"), (-199, "-1.99")]
)
def test_cents_are_written_with_two_decimals(cents: int, text: str) -> None:
    assert money_text(cents) == text
