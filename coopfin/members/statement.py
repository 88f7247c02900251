"""A member's statement for one year: what the refund is, when it comes, and what the same work brings elsewhere.

Money is in whole cents, as in the allocation it tells of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from coopfin.engine.projection import Projection
from coopfin.members.account import worth_today
from coopfin.members.cents import Number, ratio, to_cents
from coopfin.members.patronage import Allocation, Part


@dataclass(frozen=True)
class Terms:
    """What a statement needs besides the allocation; rates as ratios, ``member_share`` in cents.

    ``elsewhere_rate``: the other platform's take rate, None without one. ``interest_rate``: what the year pays on
    member shares. ``redemption_years`` 0: no date is known. ``earning``: the classes of the ledger whose patronage
    is money they sold or worked for through the platform.
    """

    take_rate: float
    elsewhere_rate: float | None
    member_share: int
    interest_rate: float
    redemption_years: int
    discount_rate: float
    earning: frozenset[str]


@dataclass(frozen=True)
class Statement:
    """One member's year in cents. ``pay`` and ``elsewhere``: what the same sales leave here and on the other platform.

    None where there is nothing to tell: no sales of one's own, no other platform, no date of redemption.
    """

    member: str
    label: str
    patronage: Number
    years: Number | None
    part: Part
    member_share: int
    interest: int
    pay: int | None
    elsewhere: int | None
    worth_today: int | None

    @property
    def in_hand(self) -> int:
        """Pay, refund paid now and interest: what reaches the member this year."""
        return (self.pay or 0) + self.part.cash + self.interest

    @property
    def total(self) -> int:
        """What reaches the member this year, and what is credited at its worth today (0 without a date)."""
        return self.in_hand + (self.worth_today or 0)

    @property
    def gain(self) -> int | None:
        """``total`` less what the same sales leave on the other platform."""
        return None if self.elsewhere is None else self.total - self.elsewhere


def terms(cooperative: Projection, elsewhere: Projection | None, year: int, earning: Iterable[str]) -> Terms:
    """The terms of trading year ``year`` (1..years) of a projection; one scenario only. Raises ``ValueError``."""
    if not 1 <= year <= cooperative.years:
        raise ValueError(f"the year is {year}; permitted: 1 to {cooperative.years}, the horizon")
    a = cooperative.assumptions
    capital = float(cooperative.member_shares[year - 1] + cooperative.allocated_equity[year - 1])
    return Terms(
        take_rate=float(a.take_rate),
        elsewhere_rate=None if elsewhere is None else float(elsewhere.assumptions.take_rate),
        member_share=to_cents(float(a.member_share)),
        interest_rate=float(cooperative.share_interest[year]) / capital if capital > 0 else 0.0,
        redemption_years=int(a.redemption_years),
        discount_rate=float(a.discount_rate),
        earning=frozenset(earning),
    )


def statements(allocation: Allocation, given: Terms, rows: Iterable[int] | None = None) -> Iterator[Statement]:
    """The statements of the members in ``rows`` of the ledger, of all if None."""
    members = allocation.members
    rows = range(len(members)) if rows is None else list(rows)
    for row, part in zip(rows, allocation.parts(rows), strict=True):
        earns = members.classes[row] in given.earning
        pay = _kept(members.patronage[row], given.take_rate) if earns else None
        elsewhere = _kept(members.patronage[row], given.elsewhere_rate) if earns and given.elsewhere_rate is not None else None
        yield Statement(
            members.names[row], members.classes[row], members.patronage[row], members.years[row] if members.years else None,
            part, given.member_share, to_cents(Fraction(given.member_share, 100) * Fraction(*ratio(given.interest_rate))),
            pay, elsewhere, _worth_today(part.retained, given),
        )  # fmt: skip


def _kept(sales: Number, take_rate: float) -> int:
    return to_cents(Fraction(*ratio(sales)) * (1 - Fraction(*ratio(take_rate))))


def _worth_today(retained: int, given: Terms) -> int | None:
    if retained and not given.redemption_years:
        return None
    return to_cents(float(worth_today(retained / 100, given.redemption_years, given.discount_rate))) if retained else 0
