"""A member's statement for one year: what the refund is, when it comes, and what the same work brings elsewhere.

Money is in whole cents, as in the allocation it tells of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from coopfin.engine.projection import Projection
from coopfin.members.account import worth_today
from coopfin.members.cents import Number, ratio, to_cents
from coopfin.members.classes import people
from coopfin.members.patronage import Allocation, Part


@dataclass(frozen=True)
class Terms:
    """What a statement needs besides the allocation; rates as ratios, ``member_share`` in cents. None: nobody said.

    ``take_rate``: what the cooperative keeps of a member's sales, ``elsewhere_rate``: what another platform keeps.
    ``interest_rate``: what the year pays on member shares. ``redemption_years`` 0: no date is known. ``earning``: the
    classes of the ledger whose patronage is money they sold or worked for through the platform. ``shares``: the money a
    member holds in shares, by name, where the ledger says so. ``decimals`` of the currency: 2 where money is in cents.
    """

    take_rate: float | None
    elsewhere_rate: float | None
    member_share: int | None
    interest_rate: float | None
    redemption_years: int | None
    discount_rate: float | None
    earning: frozenset[str]
    shares: Mapping[str, Number] = field(default_factory=dict, compare=False)
    decimals: int = 2


@dataclass(frozen=True)
class Entry:
    """What a member did in one class, and the refund for it. ``pay`` and ``elsewhere``: see ``Statement``."""

    label: str
    patronage: Number
    years: Number | None
    part: Part
    pay: int | None
    elsewhere: int | None


@dataclass(frozen=True)
class Statement:
    """One member's year in cents: an entry for each class. ``pay`` and ``elsewhere``: what the same sales leave here and
    on another platform.

    None where there is nothing to tell: no sales of one's own, no other platform, no date of redemption, no share.
    """

    member: str
    entries: tuple[Entry, ...]
    member_share: int | None
    interest: int | None
    worth_today: int | None

    @cached_property
    def label(self) -> str:
        """The member's class, or classes."""
        return " and ".join(filter(None, (each.label for each in self.entries)))

    @cached_property
    def patronage(self) -> Number:
        """The patronage of the first class."""
        return self.entries[0].patronage

    @cached_property
    def years(self) -> Number | None:
        """The years of membership in the first class."""
        return self.entries[0].years

    @cached_property
    def part(self) -> Part:
        """How the refund of the first class came about."""
        return self.entries[0].part

    @cached_property
    def refund(self) -> int:
        """The refund of all classes: ``cash`` and ``retained``."""
        return sum(each.part.refund for each in self.entries)

    @cached_property
    def cash(self) -> int:
        """What of it is paid now."""
        return sum(each.part.cash for each in self.entries)

    @cached_property
    def retained(self) -> int:
        """What of it is credited."""
        return sum(each.part.retained for each in self.entries)

    @cached_property
    def pay(self) -> int | None:
        """What the sales of all classes leave here."""
        return _sum(each.pay for each in self.entries)

    @cached_property
    def elsewhere(self) -> int | None:
        """What they leave on another platform."""
        return _sum(each.elsewhere for each in self.entries)

    @cached_property
    def in_hand(self) -> int:
        """Pay, refund paid now and interest: what reaches the member this year."""
        return (self.pay or 0) + self.cash + (self.interest or 0)

    @cached_property
    def total(self) -> int:
        """What reaches the member this year, and what is credited at its worth today (0 without a date)."""
        return self.in_hand + (self.worth_today or 0)

    @cached_property
    def gain(self) -> int | None:
        """``total`` less what the same sales leave on the other platform."""
        return None if self.elsewhere is None or self.pay is None else self.total - self.elsewhere


def terms(cooperative: Projection, elsewhere: Projection | None, year: int, earning: Iterable[str]) -> Terms:
    """The terms of trading year ``year`` (1..years) of a projection; one scenario only. Raises ``ValueError``."""
    if not 1 <= year <= cooperative.years:
        raise ValueError(f"the year is {year}; permitted: 1 to {cooperative.years}, the horizon")
    a = cooperative.assumptions
    capital = float(cooperative.member_shares[year - 1] + cooperative.allocated_equity[year - 1])
    return Terms(
        take_rate=float(cooperative.take[year]),
        elsewhere_rate=None if elsewhere is None else float(elsewhere.take[year]),
        member_share=to_cents(float(a.member_share)),
        interest_rate=float(cooperative.share_interest[year]) / capital if capital > 0 else 0.0,
        redemption_years=int(a.redemption_years),
        discount_rate=float(a.discount_rate),
        earning=frozenset(earning),
    )


def statements(allocation: Allocation, given: Terms, rows: Iterable[int] | None = None) -> Iterator[Statement]:
    """The statements of the members in ``rows`` of the ledger, of all if None: one for each person, in that order."""
    members = allocation.members
    of_person = people(members)
    names = [members.names[row] for row in rows] if rows is not None else of_person
    chosen = [(name, of_person[name]) for name in dict.fromkeys(names)]
    parts = allocation.parts(row for _, found in chosen for row in found)
    for name, found in chosen:
        entries = tuple(_entry(allocation, given, row, next(parts)) for row in found)
        share = to_cents(given.shares[name], given.decimals) if name in given.shares else given.member_share
        retained = sum(each.part.retained for each in entries)
        yield Statement(name, entries, share, _interest(share, given), _worth_today(retained, given))


def _entry(allocation: Allocation, given: Terms, row: int, part: Part) -> Entry:
    members = allocation.members
    label, patronage = members.classes[row], members.patronage[row]
    earns = label in given.earning
    pay, elsewhere = (
        _kept(patronage, rate, given.decimals) if earns else None for rate in (given.take_rate, given.elsewhere_rate)
    )
    return Entry(label, patronage, members.years[row] if members.years else None, part, pay, elsewhere)


def _kept(sales: Number, take_rate: float | None, decimals: int) -> int | None:
    return None if take_rate is None else to_cents(Fraction(*ratio(sales)) * (1 - Fraction(*ratio(take_rate))), decimals)


def _interest(share: int | None, given: Terms) -> int | None:
    if share is None or given.interest_rate is None:
        return None
    return to_cents(Fraction(share) * Fraction(*ratio(given.interest_rate)), 0)


def _worth_today(retained: int, given: Terms) -> int | None:
    if not retained:
        return 0
    if not given.redemption_years or given.discount_rate is None:
        return None
    unit = 10**given.decimals
    return to_cents(float(worth_today(retained / unit, given.redemption_years, given.discount_rate)), given.decimals)


def _sum(amounts: Iterable[int | None]) -> int | None:
    """The sum of the amounts that are there; None where none is."""
    there = [amount for amount in amounts if amount is not None]
    return sum(there) if there else None
