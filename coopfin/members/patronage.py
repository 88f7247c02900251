"""Patronage refunds: a pool of money among members by class, to the cent.

Stands alone: knows ledgers and classes, no projection. All money here is in whole cents.

Rounding is by largest remainder against the exact share, first between the classes and then within each class. So
class pools add up to the pool and refunds to their class pool, everybody is less than one cent from the exact share,
and who used the platform more never gets less than another of the class. Ties go by the member's name, not the row.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from numbers import Integral
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from coopfin.members.cents import LARGEST_POOL, Number, on_one_scale, ratio, share_out
from coopfin.members.classes import (
    BY_PATRONAGE,
    EQUALLY,
    EVERYONE,
    MemberClass,
    Members,
    PatronageError,
    find_class_mistakes,
    in_one_class,
)

Cents = NDArray[np.int64]


@dataclass(frozen=True)
class Part:
    """How one member's refund came about: ``exact`` is the pool × class share × ``basis`` ÷ ``basis_of_all``.

    ``basis`` is 1, the member's patronage or the years, ``basis_of_all`` the same added up over the class. Money in
    cents; ``refund`` is ``exact`` rounded up or down, and ``cash`` + ``retained``.
    """

    member_class: MemberClass
    class_pool: int
    basis: Number
    basis_of_all: Fraction
    exact: Fraction
    refund: int
    cash: int
    retained: int


@dataclass(frozen=True)
class Allocation:
    """Who gets what, in cents, in the order of the ledger: ``refund`` = ``cash`` + ``retained``, one entry for each of its.

    ``class_pools`` are the class's parts of the pool by name; without a table of classes there is one, named "".
    """

    members: Members
    classes: tuple[MemberClass, ...]
    pool: int
    class_pools: Mapping[str, int]
    refund: Cents
    cash: Cents
    retained: Cents

    def part(self, row: int) -> Part:
        """The refund in ``row`` of the ledger (0, 1, …), step by step."""
        return next(self.parts([row]))

    def parts(self, rows: Iterable[int] | None = None) -> Iterator[Part]:
        """The refunds in ``rows`` of the ledger, in all if None, step by step, in that order."""
        bases: dict[int, tuple[MemberClass, Number, Fraction]] = {}
        for group in _groups(self.members, self.classes):
            weights = [weight or 0 for weight in group.weights]  # a class without a share of the pool may lack years
            scaled, scale = on_one_scale(weights)
            of_all = Fraction(sum(scaled), scale)
            bases |= {row: (group.member_class, weight, of_all) for row, weight in zip(group.rows, weights, strict=True)}
        for row in range(len(self.members)) if rows is None else rows:
            each, basis, of_all = bases[row]
            exact = self.pool * Fraction(*ratio(each.share)) * Fraction(*ratio(basis)) / (of_all or 1)
            amounts = int(self.refund[row]), int(self.cash[row]), int(self.retained[row])
            yield Part(each, self.class_pools[each.name], basis, of_all, exact, *amounts)


def allocate(
    pool: int,
    members: Members,
    classes: Sequence[MemberClass] | None = None,
    *,
    cash_share: Number = 1,
    minimum_payout: int = 0,
) -> Allocation:
    """Share ``pool`` out among ``members``; ``pool`` and ``minimum_payout`` in cents, ``cash_share`` 0 to 1.

    Without ``classes`` all members share the pool by patronage, whatever their class. The cash part of each refund
    is rounded up to a whole cent, so that nobody's is below ``cash_share`` (United States: at least 20 % of each
    refund, 26 U.S.C. 1388(c)(1)); the rest is retained. A member whose cash, from all classes together, is below
    ``minimum_payout`` has it retained too.

    A class that has a share of the pool, but no members or a basis of 0 in all, is refused: who gets that money
    instead is for the bylaws to say. Raises ``PatronageError`` with every mistake.
    """
    chosen = (EVERYONE,) if classes is None else tuple(classes)
    members = in_one_class(members, chosen[0].name) if len(chosen) == 1 else members
    mistakes = [*_mistaken_amounts(pool, cash_share, minimum_payout), *find_class_mistakes(chosen)]
    mistakes = mistakes or [*_mistaken_members(members, chosen)]
    if mistakes:
        raise PatronageError(mistakes)
    pool = int(pool)
    shares, whole = on_one_scale(each.share for each in chosen)
    class_pools = share_out(pool, [pool * share for share in shares], whole, [each.name for each in chosen])
    refund = np.zeros(len(members), dtype=np.int64)
    for group, share, class_pool in zip(_groups(members, chosen), shares, class_pools, strict=True):
        if share:
            weights, _ = on_one_scale(group.weights)
            # Against the exact share of the whole pool: against the rounded class pool it could miss by more than a cent.
            exact = [pool * share * weight for weight in weights]
            refund[group.rows] = share_out(class_pool, exact, whole * sum(weights), [members.names[i] for i in group.rows])
    numerator, denominator = ratio(cash_share)
    rounded_up = np.array([-(-amount * numerator // denominator) for amount in refund.tolist()], dtype=np.int64)
    cash = np.where(_by_person(members, rounded_up) < minimum_payout, 0, rounded_up)
    by_name = {each.name: class_pool for each, class_pool in zip(chosen, class_pools, strict=True)}
    return Allocation(members, chosen, pool, by_name, refund, cash, refund - cash)


def _by_person(members: Members, amounts: Cents) -> Cents:
    """To each entry what its member has in all classes together."""
    place: dict[str, int] = {}
    person = np.array([place.setdefault(name, len(place)) for name in members.names], dtype=np.int64)
    if len(place) == len(members):
        return amounts
    sums = np.zeros(len(place), dtype=np.int64)
    np.add.at(sums, person, amounts)
    return sums[person]


def split(pool: int, weights: Sequence[Number], names: Sequence[str]) -> Cents:
    """``pool`` cents in proportion to ``weights`` (0 or more, not all 0), rounded as ``allocate`` rounds."""
    scaled, _ = on_one_scale(weights)
    if min(scaled, default=0) < 0 or sum(scaled) == 0:
        raise PatronageError(["the weights are all 0, or one is below 0; permitted: 0 or more, at least one above 0"])
    return np.array(share_out(pool, [pool * weight for weight in scaled], sum(scaled), names), dtype=np.int64)


def _mistaken_amounts(pool: int, cash_share: Number, minimum_payout: int) -> Iterator[str]:
    if not (isinstance(pool, Integral) and 0 <= pool <= LARGEST_POOL):
        yield f"the pool is {pool} cents; permitted: 0 to {LARGEST_POOL:,} cents, whole numbers"
    if not (math.isfinite(cash_share) and 0 <= cash_share <= 1):
        yield f"the cash share is {cash_share}; permitted: 0 to 1 (20 % is written 0.2)"
    if not (isinstance(minimum_payout, Integral) and 0 <= minimum_payout <= LARGEST_POOL):
        yield f"the minimum payout is {minimum_payout} cents; permitted: 0 to {LARGEST_POOL:,} cents, whole numbers"


def _mistaken_members(members: Members, classes: tuple[MemberClass, ...]) -> Iterator[str]:
    names = {each.name for each in classes}
    if classes != (EVERYONE,):
        for unknown in sorted(set(members.classes) - names):
            yield f"class {unknown!r} is not in the table of classes; permitted: {', '.join(sorted(names))}"
    for each, rows, weights in _groups(members, classes):
        who = f"class {each.name!r}" if each.name else "the ledger"
        if each.share == 0:
            continue
        if None in weights:
            yield f"{who} shares by years of membership, but not every member of it has years; fill in the column years"
        elif not any(weights):
            why = f"its total of {each.basis} is 0" if rows else "it has no members"
            yield f"{who} gets a share of {each.share} of the pool, but {why}; mend the ledger or the shares"


class _Group(NamedTuple):
    """The members of a class: their rows in the ledger, and what each counts for in the class's part of the pool."""

    member_class: MemberClass
    rows: list[int]
    weights: list[Number]


def _groups(members: Members, classes: tuple[MemberClass, ...]) -> list[_Group]:
    rows: dict[str, list[int]] = {each.name: [] for each in classes}
    for i, name in enumerate(members.classes if classes != (EVERYONE,) else [EVERYONE.name] * len(members)):
        if name in rows:
            rows[name].append(i)
    return [_Group(each, rows[each.name], _weights(members, each, rows[each.name])) for each in classes]


def _weights(members: Members, each: MemberClass, rows: list[int]) -> list[Number]:
    if each.basis == EQUALLY:
        return [1] * len(rows)
    column = members.patronage if each.basis == BY_PATRONAGE else members.years or (None,) * len(members)
    return [column[i] for i in rows]  # type: ignore[misc]  # a missing year is refused before it is used
